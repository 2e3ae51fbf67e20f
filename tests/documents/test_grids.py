"""Columns as wide as their words: numbers, dates and short words are never broken where there is room for them."""

import re

from gbtool.documents.grids import WIDE, fitted, grid
from gbtool.word import wordml

WIDTH = 9184
STYLES = ("Cell", "CellHead")


def rows(*lines: tuple[str, ...]) -> str:
    """Rows whose cells have no width yet, the first one a head."""
    return "".join(
        wordml.row("".join(f"<w:tc>{text}</w:tc>" for text in line), head=not at) for at, line in enumerate(lines)
    )


def widths(xml: str) -> list[int]:
    """The columns of a table."""
    return [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', xml)]


def room(characters: float) -> float:
    """The twips of a cell that holds so many characters on a line."""
    return characters * 210 + 170


def test_short_words_numbers_and_domains_stand_on_one_line() -> None:
    long = "把这一步要做的事情写得比较长一些以便换行" * 4
    line = ("持续更新", "LW-IPM-JL-09-01", "lanwan.example", long)
    found = widths(str(grid(rows(("频次", "编号", "网址", "内容"), line), STYLES, WIDTH)))
    assert sum(found) == WIDTH
    assert found[0] >= room(4)
    assert found[1] >= room(15 * 0.6)
    assert found[2] >= room(14 * 0.6)


def test_a_month_stands_on_one_line_with_the_air_between_its_number_and_its_word() -> None:
    long = "要写好几行才能写完的一件事情，因为有很多话要说"
    found = widths(str(grid(rows(("月份", "任务", "记录"), ("10月", long, long)), STYLES, 6000)))
    assert found[0] >= room(2.5)


def test_where_room_is_scarce_text_gives_way_before_numbers() -> None:
    head = ("编号一", "编号二", "说明文字", "责任部门", "另一说明")
    line = ("LW-IPM-JL-09-01", "LW-IPM-JL-17-05", "说明六个字的", "知识产权部", "又是六个字的")
    found = widths(fitted(rows(head, line), STYLES, 6800))
    assert sum(found) == 6800
    assert min(found[:2]) >= room(15 * 0.6)
    assert max(found[2:]) < room(6)


def test_shares_are_kept_but_for_numbers() -> None:
    table = rows(("甲", "编号"), ("文字", "LW-IPM-JL-22-03-001"))
    assert widths(fitted(rows(("甲", "乙"), ("文字", "文字")), STYLES, 9000, (2.0, 1.0))) == [6000, 3000]
    lifted = widths(fitted(table, STYLES, 9000, (9.0, 1.0)))
    assert sum(lifted) == 9000
    assert lifted[1] >= room(19 * 0.6)
    assert widths(fitted(table, STYLES, 2000, (1.0, 1.0))) == [1000, 1000]


def test_where_there_is_no_room_at_all_everything_gives_way() -> None:
    line = ("LW-IPM-JL-09-01",) * 6
    assert sum(widths(fitted(rows(line, line), STYLES, 3000))) == 3000


def test_numbers_after_each_other_stand_on_lines_of_their_own() -> None:
    xml = str(grid(rows(("记录",), ("LW-IPM-JL-09-01、LW-IPM-JL-09-02、见台账",)), STYLES, WIDTH))
    assert xml.count("<w:br/>") == 1
    assert re.sub("<[^>]*>", "", xml) == "记录LW-IPM-JL-09-01、LW-IPM-JL-09-02、见台账"


def test_a_table_that_needs_more_than_the_page_lies_on_its_side() -> None:
    line = ("六个字的栏目",) * 9
    assert str(grid(rows(line, line), STYLES, WIDTH)).startswith(WIDE)


def test_all_cells_are_measured_at_once_as_each_alone() -> None:
    texts = ["", "甲", "LW-01、乙·丙", "一行\n两行 two\n", "—…“”é\u2000"]
    alone = [max(wordml.width_of(line) for line in text.split("\n")) for text in texts]
    assert wordml.widths_of(texts) == alone


def test_cells_of_several_runs_and_short_rows_are_measured_too() -> None:
    bold = wordml.paragraph("Cell", "甲乙丙丁") + wordml.paragraph("Cell", "A&amp;B")
    made = grid(rows(("名称", "数"), ("甲", "1"), (bold,)), STYLES, WIDTH)
    assert made.count("<w:tcW") == 5
    assert made.count('"CellHead"') == 2
    assert made.count('"Cell"') == 4
    assert widths(made)[0] > widths(made)[1]


def test_a_text_without_special_signs_stays_and_others_are_escaped() -> None:
    assert wordml.inside("甲乙") == wordml.escape("甲乙") == "甲乙"
    assert wordml.inside("a<b\tc\n\x01d") == (
        'a&lt;b</w:t><w:tab/><w:t xml:space="preserve">c</w:t><w:br/><w:t xml:space="preserve">d'
    )
    assert wordml.escape('GB/T 29490 "x"') == "GB/T\xa029490 &quot;x&quot;"
