"""A file that somebody worked on follows the facts: hers stays, ours comes in, both is told; no word is ever lost."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordDocument
from openxml_audit import OpenXmlValidator

import edited
from drafted import example_desk
from edited import Hand, W, needs_office, opened, printed_by_office, saved_by_office
from gbtool.documents.papers import Block, Heading, Items, Paper, Table, Text, paper
from gbtool.model.difference import Dispute, Side, Take
from gbtool.word.merging.merge import Merged, Versions, WordsLost, merge
from gbtool.word.merging.opened import NotReadable
from gbtool.word.merging.threefold import Judge

BLOCKS: tuple[Block, ...] = (
    Heading("总则"),
    Text("为奖励创造知识产权的员工，制定本制度。"),
    Text("本制度适用于全体员工，包括试用期员工。"),
    Heading("奖励"),
    Items(("发明专利授权，奖励6000元。", "实用新型授权，奖励2000元。", "软件著作权登记，奖励1000元。")),
    Table(
        ("事项", "奖励", "时间"), (("发明授权", "6000元/件", "授权后三个月"), ("实用新型", "2000元/件", "授权后三个月"))
    ),
    Heading("附则"),
    Text("本制度由知识产权部解释。"),
    Text("本制度自发布之日起实施。"),
)


def drafted(*blocks: Block, number: str = "LW-ZD-04") -> bytes:
    """A file as gbtool writes it."""
    return paper(Paper("sys-reward", "奖励制度", number, blocks or BLOCKS, "A/0", "2026-05-15"), example_desk())


def replaced(old: Block, *new: Block) -> tuple[Block, ...]:
    """The blocks with others in the place of one."""
    return tuple(each for block in BLOCKS for each in (new if block == old else (block,)))


def by_hand(change: Callable[[Hand], object], data: bytes | None = None) -> bytes:
    """A file as somebody changed and saved it."""
    hand = opened(data or drafted())
    change(hand)
    return hand.saved()


def merged(theirs: bytes, ours: bytes, judge: Judge | None = None, base: bytes | None = None) -> Merged:
    """The three in one; the file opens in another program, and no id is there twice."""
    result = merge(Versions(base or drafted(), theirs, ours, "x.docx"), judge or Judge())
    WordDocument(io.BytesIO(result.data))
    return result


def conflicts(result: Merged) -> list[tuple[str, str, str]]:
    """The three texts of each conflict."""
    return [(each.base, each.theirs, each.ours) for each in result.of(Side.CONFLICT)]


def told(result: Merged) -> list[tuple[Side, str, str, str]]:
    """Every difference without its place."""
    return [(each.side, each.base, each.theirs, each.ours) for each in result.differences]


SCOPE = BLOCKS[2]
EXPLAINS = BLOCKS[7]
WIDER = replaced(SCOPE, Text("本制度适用于全体员工，包括试用期员工和劳务派遣员工。"))


def test_what_was_only_saved_again_is_ours() -> None:
    def save(hand: Hand) -> None:
        for paragraph in hand.paragraphs:
            edited.split_runs(paragraph)

    theirs = by_hand(save)
    result = merged(theirs, drafted(*WIDER))
    assert not result.touched
    assert result.data == drafted(*WIDER)


def test_what_she_touched_stays_and_what_she_did_not_touch_follows() -> None:
    theirs = by_hand(lambda hand: edited.write(hand.paragraph("本制度由"), "本制度由总经办解释。"))
    result = merged(theirs, drafted(*WIDER))
    words = edited.words(result.data)
    assert "本制度由总经办解释。" in words
    assert "本制度适用于全体员工，包括试用期员工和劳务派遣员工。" in words
    assert "本制度适用于全体员工，包括试用期员工。" not in words
    assert {side for side, *_ in told(result)} == {Side.THEIRS, Side.OURS}


def test_nothing_of_ours_leaves_her_file_byte_by_byte() -> None:
    theirs = by_hand(lambda hand: edited.write(hand.paragraph("本制度由"), "本制度由总经办解释。"))
    result = merged(theirs, drafted())
    assert result.data == theirs
    assert result.touched
    assert told(result) == [
        (Side.THEIRS, "本制度由知识产权部解释。", "本制度由总经办解释。", "本制度由知识产权部解释。")
    ]


def test_neighbours_are_no_conflict() -> None:
    theirs = by_hand(lambda hand: edited.write(hand.paragraph("为奖励"), "为鼓励发明创造，制定本制度。"))
    result = merged(theirs, drafted(*WIDER))
    assert not conflicts(result)
    assert {"为鼓励发明创造，制定本制度。", WIDER[2].text} <= set(edited.words(result.data))  # type: ignore[union-attr]


def test_what_both_changed_is_hers_and_told_with_all_texts() -> None:
    theirs = by_hand(lambda hand: edited.write(hand.paragraph("本制度适用"), "本制度适用于正式员工。"))
    result = merged(theirs, drafted(*WIDER))
    assert conflicts(result) == [(SCOPE.text, "本制度适用于正式员工。", WIDER[2].text)]  # type: ignore[union-attr]
    assert result.data == theirs
    assert result.differences[0].place == "“总则”下 第2段"


def test_both_changing_to_the_same_is_nothing_to_tell() -> None:
    theirs = by_hand(lambda hand: edited.write(hand.paragraph("本制度适用"), WIDER[2].text))  # type: ignore[union-attr]
    assert not merged(theirs, drafted(*WIDER)).differences


def test_a_deleted_paragraph_stays_deleted() -> None:
    theirs = by_hand(lambda hand: edited.delete(hand.paragraph("本制度适用")))
    result = merged(theirs, drafted(*replaced(EXPLAINS, Text("本制度由法务部解释。"))))
    assert SCOPE.text not in edited.words(result.data)  # type: ignore[union-attr]
    assert not conflicts(result)


def test_a_deleted_paragraph_that_ours_changed_is_told_and_stays_deleted() -> None:
    theirs = by_hand(lambda hand: edited.delete(hand.paragraph("本制度适用")))
    result = merged(theirs, drafted(*WIDER))
    assert conflicts(result) == [(SCOPE.text, "", WIDER[2].text)]  # type: ignore[union-attr]
    assert "本制度适用" not in edited.raw(result.data)


def test_what_ours_no_longer_says_goes_unless_she_changed_it() -> None:
    ours = drafted(*replaced(SCOPE))
    untouched = merged(by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。")), ours)
    assert "本制度适用" not in edited.raw(untouched.data)
    assert not conflicts(untouched)
    theirs = by_hand(lambda hand: edited.append(hand.paragraph("本制度适用"), "外包人员除外。"))
    touched = merged(theirs, ours)
    assert conflicts(touched) == [(SCOPE.text, f"{SCOPE.text}外包人员除外。", "")]  # type: ignore[union-attr]
    assert touched.data == theirs


def test_what_both_added_stands_one_after_the_other_and_the_same_only_once() -> None:
    theirs = by_hand(lambda hand: edited.add_after(hand.paragraph("本制度适用"), "她加的一段。"))
    ours = drafted(*replaced(SCOPE, SCOPE, Text("子公司参照执行，并报总部备案。")))
    words = edited.words(merged(theirs, ours).data)
    at = words.index("她加的一段。")
    assert words[at - 1 : at + 2] == (SCOPE.text, "她加的一段。", "子公司参照执行，并报总部备案。")  # type: ignore[union-attr]
    same = by_hand(lambda hand: edited.add_after(hand.paragraph("本制度适用"), "子公司参照执行，并报总部备案。"))
    assert edited.words(merged(same, ours).data).count("子公司参照执行，并报总部备案。") == 1
    near = by_hand(lambda hand: edited.add_after(hand.paragraph("本制度适用"), "子公司参照执行，并报集团备案。"))
    assert conflicts(merged(near, ours)) == [("", "子公司参照执行，并报集团备案。", "子公司参照执行，并报总部备案。")]


def test_a_rewritten_stretch_is_paired_with_what_it_was() -> None:
    def rewrite(hand: Hand) -> None:
        edited.write(hand.paragraph("本制度由"), "完全不同的一句。")
        edited.delete(hand.paragraph("本制度自"))
        edited.add_after(hand.paragraph("完全不同"), "再来一句别的。")
        edited.add_after(hand.paragraph("再来一句"), "第三句也是新的。")

    result = merged(by_hand(rewrite), drafted(*WIDER))
    assert {"完全不同的一句。", "再来一句别的。", "第三句也是新的。"} <= set(edited.words(result.data))
    assert "本制度自发布" not in edited.raw(result.data)


@pytest.mark.parametrize(
    ("touch", "note"),
    [
        (lambda _, paragraph: edited.embolden(paragraph), "格式"),
        (lambda hand, paragraph: edited.comment(hand, paragraph, "请核对"), "批注"),
        (lambda _, paragraph: edited.delete_tracked(paragraph), ""),
        (lambda _, paragraph: edited.insert_tracked(paragraph, ""), "修订"),
    ],
    ids=["bold", "comment", "struck out", "tracked"],
)
def test_what_does_not_change_the_text_is_an_edit_too(touch: Callable[[Hand, object], object], note: str) -> None:
    theirs = by_hand(lambda hand: touch(hand, hand.paragraph("本制度适用")))
    quiet = merged(theirs, drafted())
    assert quiet.touched
    assert quiet.differences[0].note == note
    result = merged(theirs, drafted(*WIDER))
    assert result.data == theirs
    assert result.of(Side.CONFLICT)


def test_what_was_merged_is_what_word_opens_without_repair(tmp_path: Path) -> None:
    def review(hand: Hand) -> None:
        edited.insert_tracked(hand.paragraph("本制度由"), "和总经办")
        edited.add_row(hand.tables[0], "商标注册")
        edited.comment(hand, hand.paragraph("为奖励"), "请核对")

    rows = (*BLOCKS[5].rows, ("软著登记", "1000元/件", ""))  # type: ignore[union-attr]
    table = Table(BLOCKS[5].heads, rows)  # type: ignore[union-attr]
    blocks = [table if each == BLOCKS[5] else each for each in WIDER]
    path = tmp_path / "x.docx"
    path.write_bytes(merged(by_hand(review), drafted(*blocks, Items(("甲", "乙")), number="LWK-ZD-04")).data)
    found = {str(error.description) for error in OpenXmlValidator().validate(path).errors}
    path.write_bytes(by_hand(review))
    assert found <= {str(error.description) for error in OpenXmlValidator().validate(path).errors}


def test_tracked_changes_and_comments_stay_while_the_rest_follows() -> None:
    def review(hand: Hand) -> None:
        edited.insert_tracked(hand.paragraph("本制度由"), "和总经办")
        edited.delete_tracked(hand.paragraph("本制度自"))
        edited.comment(hand, hand.paragraph("为奖励"), "请核对")

    result = merged(by_hand(review), drafted(*WIDER))
    assert WIDER[2].text in edited.words(result.data)  # type: ignore[union-attr]
    file = opened(result.data).file
    assert [each.get(f"{W}author") for each in file.body.iter(f"{W}ins", f"{W}del")] == ["她", "她"]
    assert "本制度自发布之日起实施。" in edited.raw(result.data)
    assert "请核对" in edited.raw(result.data)


def test_cells_are_merged_one_by_one() -> None:
    def fill(hand: Hand) -> None:
        edited.write(edited.cell(hand.tables[0], 1, 2), "授权后一个月")
        edited.add_row(hand.tables[0], "商标注册")

    rows = (
        ("发明授权", "8000元/件", "授权后三个月"),
        ("实用新型", "2000元/件", "授权后三个月"),
        ("软著登记", "1000元/件", ""),
    )
    result = merged(by_hand(fill), drafted(*replaced(BLOCKS[5], Table(BLOCKS[5].heads, rows))))  # type: ignore[union-attr]
    words = edited.words(result.data)
    assert {"授权后一个月", "商标注册", "8000元/件", "软著登记"} <= set(words)
    assert "6000元/件" not in words
    assert not conflicts(result)


def test_a_cell_that_both_changed_is_hers_and_told() -> None:
    theirs = by_hand(lambda hand: edited.write(edited.cell(hand.tables[0], 1, 1), "9000元/件"))
    rows = (("发明授权", "8000元/件", "授权后三个月"), ("实用新型", "2000元/件", "授权后一个月"))
    result = merged(theirs, drafted(*replaced(BLOCKS[5], Table(BLOCKS[5].heads, rows))))  # type: ignore[union-attr]
    assert conflicts(result) == [("6000元/件", "9000元/件", "8000元/件")]
    assert result.of(Side.CONFLICT)[0].place == "“奖励”下 表1 第2行第2列"
    assert {"9000元/件", "授权后一个月"} <= set(edited.words(result.data))


def test_rows_that_ours_dropped_go_and_a_table_whose_rows_are_all_gone_too() -> None:
    theirs = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"))
    one = Table(BLOCKS[5].heads, BLOCKS[5].rows[:1])  # type: ignore[union-attr]
    assert "2000元/件" not in edited.words(merged(theirs, drafted(*replaced(BLOCKS[5], one))).data)
    assert not opened(merged(theirs, drafted(*replaced(BLOCKS[5]))).data).tables


def test_a_table_of_other_columns_replaces_one_that_nobody_touched_and_is_told_where_somebody_did() -> None:
    other = drafted(*replaced(BLOCKS[5], Table(("事项", "奖励"), (("发明授权", "6000元/件"),))))
    away = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"))
    assert [len(row.findall(f"{W}tc")) for row in opened(merged(away, other).data).tables[0].findall(f"{W}tr")] == [
        2,
        2,
    ]
    inside = by_hand(lambda hand: edited.write(edited.cell(hand.tables[0], 1, 1), "9000元/件"))
    result = merged(inside, other)
    assert len(conflicts(result)) == 1
    assert result.data == inside


def test_a_new_item_joins_her_list_and_a_new_list_is_one_of_its_own() -> None:
    items = (*BLOCKS[4].texts, "外观设计授权，奖励1500元。")  # type: ignore[union-attr]
    ours = drafted(*replaced(BLOCKS[4], Items(("发明一次。", "发明两次。")), Text("又一段。"), Items(items)))

    def numbered_by_another_program(hand: Hand) -> None:
        edited.append(hand.paragraph("本制度由"), "特此说明。")
        for number in hand.file.body.iter(f"{W}numId"):
            number.set(f"{W}val", str(int(number.get(f"{W}val", "")) + 30))
        for number in hand.file.tree("word/numbering.xml").findall(f"{W}num"):
            number.set(f"{W}numId", str(int(number.get(f"{W}numId", "")) + 30))

    result = opened(merged(by_hand(numbered_by_another_program), ours).data)

    def number(beginning: str) -> str:
        found = result.paragraph(beginning).find(f"{W}pPr/{W}numPr/{W}numId")
        return found.get(f"{W}val", "") if found is not None else ""

    assert number("外观设计") == number("发明专利") == number("软件著作权") == "40"
    assert number("发明一次") == number("发明两次") == "41"
    known = [each.get(f"{W}numId") for each in result.file.tree("word/numbering.xml").findall(f"{W}num")]
    assert len(known) == len(set(known))
    assert {"40", "41"} <= set(known)


@needs_office
def test_numbers_go_on_in_a_file_that_another_program_saved(tmp_path: Path) -> None:
    items = (BLOCKS[4].texts[0], "发明专利申请受理，奖励500元。", *BLOCKS[4].texts[1:])  # type: ignore[union-attr]
    ours = drafted(*replaced(BLOCKS[4], Items(items)), Items(("甲事项。", "乙事项。")))
    hers = by_hand(
        lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"), saved_by_office(drafted(), tmp_path)
    )
    lines = printed_by_office(merged(saved_by_office(hers, tmp_path), ours).data, tmp_path)
    numbers = {line.partition(".")[2].strip()[:4]: line.partition(".")[0] for line in lines if ". " in line}
    assert numbers == {"发明专利": "2", "实用新型": "3", "软件著作": "4", "甲事项。": "1", "乙事项。": "2"}


def test_styles_are_found_by_name_and_brought_along_where_they_are_missing() -> None:
    def renamed(hand: Hand) -> None:
        edited.append(hand.paragraph("本制度由"), "特此说明。")
        styles = hand.file.tree("word/styles.xml")
        for style in styles.findall(f"{W}style"):
            if style.get(f"{W}styleId") == "Body":
                style.set(f"{W}styleId", "a3")
            if style.get(f"{W}styleId") == "Item":
                styles.remove(style)
        for used in hand.file.body.iter(f"{W}pStyle"):
            used.set(f"{W}val", {"Body": "a3", "Item": "a3"}.get(used.get(f"{W}val", ""), used.get(f"{W}val", "")))

    ours = drafted(*replaced(SCOPE, SCOPE, Text("子公司参照执行。"), Items(("甲", "乙"))))
    result = opened(merged(by_hand(renamed), ours).data)
    assert result.paragraph("子公司").find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "a3"  # type: ignore[union-attr]
    assert "Item" in {style.get(f"{W}styleId") for style in result.file.tree("word/styles.xml").iter(f"{W}style")}


def test_the_header_follows_unless_she_changed_it() -> None:
    ours = drafted(number="LWK-ZD-04")
    away = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"))
    result = opened(merged(away, ours).data)
    assert "LWK-ZD-04" in edited.text(result.file.tree("word/header1.xml"))
    assert [each.text for each in result.file.tree("docProps/core.xml") if each.tag.endswith("subject")] == [
        "LWK-ZD-04"
    ]

    def change(hand: Hand) -> None:
        edited.append(next(hand.file.tree("word/header1.xml").iter(f"{W}p")), " 内部资料")

    touched = merged(by_hand(change), ours)
    assert touched.of(Side.CONFLICT)[0].place == "页眉"
    assert "LW-ZD-04 A/0 内部资料" in edited.raw(touched.data)


def test_a_page_break_or_a_moved_column_is_an_edit() -> None:
    def break_(hand: Hand) -> None:
        run = hand.paragraph("本制度由").find(f"{W}r")
        run.insert(0, run.makeelement(f"{W}br", {f"{W}type": "page"}))  # type: ignore[union-attr]

    def widen(hand: Hand) -> None:
        for width in hand.tables[0].iter(f"{W}tcW"):
            width.set(f"{W}w", str(int(width.get(f"{W}w", "")) + 300))

    for change in (break_, widen):
        result = merged(by_hand(change), drafted(*WIDER))
        assert result.touched
        assert WIDER[2].text in edited.words(result.data)  # type: ignore[union-attr]
    widths = {each.get(f"{W}w") for each in opened(result.data).tables[0].iter(f"{W}tcW")}
    assert widths == {each.get(f"{W}w") for each in opened(by_hand(widen)).tables[0].iter(f"{W}tcW")}


def both() -> tuple[bytes, bytes]:
    """Her file and ours, where both changed one paragraph and ours another."""
    theirs = by_hand(lambda hand: edited.write(hand.paragraph("本制度适用"), "本制度适用于正式员工。"))
    changed = tuple(Text("本制度由法务部解释。") if block == EXPLAINS else block for block in WIDER)
    return theirs, drafted(*changed)


@pytest.mark.parametrize(("take", "stands"), [(Take.THEIRS, "本制度适用于正式员工。"), (Take.OURS, WIDER[2].text)])  # type: ignore[union-attr]
def test_somebody_says_whose_text_stands(take: Take, stands: str) -> None:
    theirs, ours = both()
    result = merged(theirs, ours, Judge(take))
    assert not conflicts(result)
    assert {stands, "本制度由法务部解释。"} <= set(edited.words(result.data))


def test_a_conflict_stays_one_until_somebody_settles_it() -> None:
    theirs, ours = both()
    first = merged(theirs, ours)
    (difference,) = first.of(Side.CONFLICT)
    dispute = Dispute(difference.base, difference.theirs, difference.ours)
    again = Judge(disputes=frozenset({dispute}))
    assert conflicts(merged(first.data, ours, again, base=ours)) == conflicts(first)
    for take, stands in ((Take.THEIRS, "本制度适用于正式员工。"), (Take.OURS, WIDER[2].text)):  # type: ignore[union-attr]
        settled = merged(first.data, ours, Judge(take, again.disputes), base=ours)
        assert not conflicts(settled)
        assert stands in edited.words(settled.data)
    rewritten = by_hand(lambda hand: edited.write(hand.paragraph("本制度适用"), "两边都说到了。"), first.data)
    assert not conflicts(merged(rewritten, ours, again, base=ours))


@pytest.mark.parametrize("data", [b"no zip", drafted()[:400], b""], ids=["text", "cut", "empty"])
def test_a_file_that_nobody_can_read_is_not_merged(data: bytes) -> None:
    with pytest.raises(NotReadable, match=r"x\.docx"):
        merged(data, drafted())


def test_a_merge_that_would_lose_words_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = by_hand(lambda hand: edited.write(hand.paragraph("本制度由"), "本制度由总经办解释。"))
    monkeypatch.setattr("gbtool.word.merging.opened.Opened.packed", lambda _: drafted())
    with pytest.raises(WordsLost):
        merge(Versions(drafted(), theirs, drafted(*WIDER), "x.docx"), Judge())
