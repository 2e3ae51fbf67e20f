"""A firm's own Word file for forms, filled records and the papers of audits and reviews."""

import io

import pytest
from docx import Document as WordDocument
from docx.shared import Cm

from drafted import example_desk, example_facts
from gbtool.documents import drafting, papers, starter
from gbtool.documents.desk import Desk
from gbtool.documents.papers import Heading, Items, Paper, Table
from gbtool.documents.plan import Planned
from gbtool.documents.readback import read_back
from gbtool.errors import FileFaults
from gbtool.model.document import Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.template import Template
from gbtool.structs import replace
from gbtool.word import reading
from gbtool.word.cells import filed
from gbtool.word.lint.opened import W, opened
from gbtool.word.stamping import property_of, with_styles
from gbtool.word.turning import turned

KNOWN = {specification.id: specification for specification in example_facts().specifications}
CHECK, REPORT = KNOWN["rec-routine-check"], KNOWN["report-audit"]
HEADER = "示例咨询公司的信笺"


def letter(*paragraphs: str) -> bytes:
    """A firm's letter with these paragraphs; its styles are those of another program."""
    file = WordDocument()
    file.sections[0].header.paragraphs[0].text = HEADER
    for text in paragraphs:
        file.add_paragraph(text)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def desk(specification: Specification, data: bytes) -> Desk:
    """The desk of a client whose firm has its own Word file for a document."""
    template = Template(f"records/{specification.id}.docx", "机构", {}, "", data=data)
    found = example_desk()
    shelf = replace(found.shelf, word=lambda asked: template if asked.id == specification.id else None)
    return replace(found, shelf=shelf)


def entry() -> Entry:
    """A filled form."""
    data: dict[str, object] = {
        "head": {"检查日期": "2026-09-01", "检查部门": "质量部", "检查人": "林 & 疏桐"},
        "rows": [
            {"检查内容": "研发日志", "结果": "符合"},
            {"检查内容": "台账", "结果": "需改进", "整改期限": "2026-09-30"},
        ],
        "sign": [{"role": "编制", "name": "林疏桐", "date": "2026-09-01"}],
    }
    return Entry(EntryKind.RECORD, "LW-X-001", "2026-09-01", "2026-09-01", CHECK.id, data)


def planned(specification: Specification, data: bytes) -> Planned:
    """A document that is made from a firm's Word file."""
    template = Template(f"records/{specification.id}.docx", "机构", {}, "", data=data)
    return Planned(specification, specification.title, "LW-1", "A/0", "x.docx", (template,))


@pytest.mark.parametrize("begun", [True, False])
def test_a_filled_record_stands_in_the_firms_letter_and_is_read_back(begun: bool) -> None:
    data = starter.word_file(CHECK, [], {}, example_desk().look) if begun else letter("{{p content }}")
    made = papers.filled_form(CHECK, entry(), desk(CHECK, data))
    assert (HEADER in reading.content(made).sides) is not begun
    found = read_back(filed(made), CHECK.fields, "表.docx")
    assert found.faults == []
    assert found.head == {"检查日期": "2026-09-01", "检查部门": "质量部", "检查人": "林 & 疏桐"}
    assert [row["检查内容"] for row in found.rows] == ["研发日志", "台账"]
    assert property_of(made, "gbtool.record") == "LW-X-001"
    styles = opened(made).styles
    assert {"FormCell", "Grid"} <= set(styles)


def pages(data: bytes) -> list[tuple[int, int, bool]]:
    """Width, height and way of lying of each section; on its side, every table fits between its margins."""
    sections = opened(data).sections
    for section in (each for each in sections if each.landscape):
        grids = [grid for block in section.blocks for grid in block.iter(f"{W}tblGrid")]
        assert all(sum(int(str(column.get(f"{W}w"))) for column in grid) <= section.room for grid in grids)
    return [(each.width, each.height, each.landscape) for each in sections]


def test_a_wide_form_keeps_its_wide_page_in_an_upright_letter() -> None:
    wide = KNOWN["reg-contracts"]
    data = letter("{{p content }}")
    upright = pages(data)[0]
    made = drafting.draft(planned(wide, data), desk(wide, data))
    assert pages(made) == [(upright[1], upright[0], True)]
    assert HEADER in reading.content(made).sides
    narrow = KNOWN["rec-disclosure"]
    assert pages(drafting.draft(planned(narrow, data), desk(narrow, data))) == [upright]


def test_only_the_section_of_a_wide_table_is_turned() -> None:
    file = WordDocument()
    file.add_section()
    for column in file.add_table(1, 2).columns:
        column.width = Cm(12)
    made = io.BytesIO()
    file.save(made)
    assert [each.landscape for each in opened(turned(made.getvalue(), "x")).sections] == [False, True]
    assert turned(letter(), "x") == letter()  # the same bytes where nothing is wide


def test_an_empty_form_is_printed_by_the_same_file() -> None:
    made = drafting.draft(planned(CHECK, letter("{{ this.title }}", "{{p content }}")), example_desk())
    said = reading.content(made)
    assert said.blocks[0] == CHECK.title
    assert "检查人" in said.blocks
    assert said.sides == (HEADER,)
    assert property_of(made, "gbtool.fields")


def test_a_firm_may_set_the_parts_of_a_form_itself() -> None:
    texts = (
        "{{ this.number }}：{{ head['检查人'] }}",
        "{%p for row in rows %}",
        "{{ row['检查内容'] }}／{{ row['结果'] }}",
        "{%p endfor %}",
        "{%p for each in sign %}",
        "{{ each.role }}：{{ each.name }}",
        "{%p endfor %}",
    )
    said = reading.content(papers.filled_form(CHECK, entry(), desk(CHECK, letter(*texts)))).blocks
    assert said[0] == "LW-X-001：林 & 疏桐"
    assert said[1].startswith("研发日志／")
    assert "☑ 符合" in said[1]
    assert said[-1] == "编制：林疏桐"
    empty = reading.content(drafting.draft(planned(CHECK, letter(*texts)), example_desk())).blocks
    assert [each for each in empty if each.startswith(("编制", "审核"))]
    with pytest.raises(FileFaults, match="印不出来"):
        papers.filled_form(CHECK, entry(), desk(CHECK, letter("{{ head['没有的'] }}")))


def test_a_letter_without_a_place_for_it_leaves_records_as_they_are() -> None:
    made = papers.filled_form(CHECK, entry(), desk(CHECK, letter("{{ this.title }}")))
    assert made == papers.filled_form(CHECK, entry(), example_desk())


def test_a_report_of_an_audit_stands_in_the_firms_letter() -> None:
    blocks = (Heading("概况"), Items(("甲 < 乙", "丙")), Table(("项", "数"), (("合格", "3"),)))
    given = Paper(REPORT.id, "内部审核报告", "LW-IPM-BG-02", blocks, "A/0", "2026-09-01")
    made = papers.paper(given, desk(REPORT, letter("{{ this.title }}　{{ company_name }}", "{{p content }}")))
    said = reading.content(made)
    assert said.blocks[0].startswith("内部审核报告 重庆岚湾")
    assert {"概况", "甲 < 乙", "合格"} <= set(said.blocks)
    assert said.sides == (HEADER,)
    assert papers.paper(given, desk(REPORT, letter("甲"))) == papers.paper(given, example_desk())


def test_styles_that_are_there_stay_as_they_are() -> None:
    look = example_desk().look
    ours = papers.paper(Paper(REPORT.id, "报告", "1", (Heading("概况"),)), example_desk())
    assert opened(with_styles(ours, look, "x")).styles.keys() == opened(ours).styles.keys()
