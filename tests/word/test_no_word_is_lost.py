"""Random edits on both sides: no word of hers is ever lost, what she left alone follows, what both touched is told."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx import Document as WordDocument
from hypothesis import HealthCheck, given, settings, strategies as st

import edited
from drafted import example_desk
from edited import Hand, needs_office, opened, saved_by_office
from gbtool.documents.papers import Block, Heading, Items, Paper, Table, Text, paper
from gbtool.model.difference import Side, Take
from gbtool.structs import Mutable, field
from gbtool.word.merging.merge import Merged, Versions, merge
from gbtool.word.merging.threefold import Judge

_FILLER = "各部门按职责收集资料，由知识产权部汇总，报管理者代表批准后实施，记录保存三年。"
_HERS = ("change", "append", "bold", "delete", "add", "split", "comment", "tracked", "struck", "move", "picture")
_OURS = ("change", "delete", "add")
_CELLS = ("change", "add row")


def sentence(number: int) -> str:
    """A paragraph that no other resembles too much."""
    start = number * 7 % len(_FILLER)
    return f"〔{number}〕{chr(0x4E00 + number * 97)}{_FILLER[start:]}{chr(0x5E00 + number * 89)}{_FILLER[:start]}"


class Story(Mutable):
    """What happened to a document: the paragraphs by number, and what each side did to which of them."""

    paragraphs: int
    rows: int
    hers: Mapping[int, str]
    ours: Mapping[int, str]
    her_cells: Mapping[tuple[int, int], str]
    our_cells: Mapping[tuple[int, int], str]
    wrote: list[str] = field(default_factory=list)

    def blocks(self, *, now: bool) -> tuple[Block, ...]:
        """The blocks as gbtool wrote them, or as it writes them now."""
        found: list[Block] = [Heading("第一部分")]
        for number in range(self.paragraphs):
            if number == self.paragraphs // 2:
                found += [self._table(now=now), Heading("第二部分")]
            found += [Text(text) for text in self._texts(number, self.ours.get(number, "") if now else "")]
        return (*found, Items(("〔甲〕逐项登记。", "〔乙〕逐项核对。")))

    def _texts(self, number: int, deed: str) -> Sequence[str]:
        plain = sentence(number)
        return {
            "change": [plain.replace("三年", "五年")],
            "delete": [],
            "add": [plain, f"〔新{number}〕另由{number}号专人复核{'甲乙丙丁'[number % 4]}。"],
        }.get(deed, [plain])

    def _table(self, *, now: bool) -> Table:
        rows = [tuple(self.cell(row, column, now=now) for column in range(3)) for row in range(self.rows)]
        added = [("〔新行〕", "甲", "乙")] if now and "add row" in self.our_cells.values() else []
        return Table(("项目", "内容", "备注"), (*rows, *added))

    def cell(self, row: int, column: int, *, now: bool) -> str:
        """What stands in a cell."""
        changed = now and self.our_cells.get((row, column)) == "change"
        return f"格{row}-{column}{'改' if changed else ''}" if (row + column) % 4 else ("新值" if changed else "")


def edit(story: Story, hand: Hand, number: int, deed: str) -> None:
    """Do one thing with one paragraph."""
    paragraph = hand.paragraph(f"〔{number}〕")
    match deed:
        case "change":
            edited.write(paragraph, wrote(story, f"她改{number}：{edited.text(paragraph)[9:]}"))
        case "append":
            edited.append(paragraph, wrote(story, f"她补{number}。"), bold=bool(number % 2))
        case "add":
            edited.add_after(paragraph, wrote(story, f"她加{number}：{'天地玄黄'[number % 4] * 9}"))
        case "comment":
            edited.comment(hand, paragraph, wrote(story, f"她问{number}？"))
        case "tracked":
            edited.insert_tracked(paragraph, wrote(story, f"她插{number}"))
        case _:
            _QUIETLY[deed](paragraph)


_QUIETLY = {
    "bold": edited.embolden,
    "delete": edited.delete,
    "split": edited.split_runs,
    "struck": edited.delete_tracked,
    "move": edited.move_to_the_end,
    "picture": edited.add_picture,
}


def edits(story: Story, hand: Hand) -> None:
    """Do with the file what she did."""
    for number, deed in story.hers.items():
        edit(story, hand, number, deed)
    table = hand.tables[0]
    for (row, column), deed in story.her_cells.items():
        if deed == "change":
            edited.write(edited.cell(table, row + 1, column), wrote(story, f"她填{row}-{column}"))
        else:
            edited.add_row(table, wrote(story, f"她的行{row}-{column}"))


def wrote(story: Story, words: str) -> str:
    """Remember what she wrote."""
    story.wrote.append(words)
    return words


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A document of some paragraphs and a table, and what both sides do."""
    paragraphs, rows = draw(st.integers(2, 9)), draw(st.integers(1, 4))
    numbers = st.integers(0, paragraphs - 1)
    cells = st.tuples(st.integers(0, rows - 1), st.integers(0, 2))
    return Story(
        paragraphs,
        rows,
        draw(st.dictionaries(numbers, st.sampled_from(_HERS), max_size=paragraphs)),
        draw(st.dictionaries(numbers, st.sampled_from(_OURS), max_size=paragraphs)),
        draw(st.dictionaries(cells, st.sampled_from(_CELLS), max_size=3)),
        draw(st.dictionaries(cells, st.sampled_from(_CELLS), max_size=3)),
    )


def drafted(story: Story, *, now: bool) -> bytes:
    """The file as gbtool writes it."""
    return paper(Paper("x", "制度", "N-1", story.blocks(now=now)), example_desk())


def told(story: Story) -> tuple[bytes, Versions, Merged]:
    """Both sides do what they do, and the three become one."""
    base, ours = drafted(story, now=False), drafted(story, now=True)
    hand = opened(base)
    edits(story, hand)
    versions = Versions(base, hand.saved(), ours, "x.docx")
    return versions.theirs, versions, merge(versions, Judge())


def holds(story: Story, result: Merged) -> None:
    """What must be true of every merge."""
    WordDocument(io.BytesIO(result.data))
    everything = edited.raw(result.data)
    said = edited.words(result.data)
    for words in story.wrote:
        assert words in everything
    conflicts = " ".join(each.base + each.theirs + each.ours for each in result.of(Side.CONFLICT))
    for (row, column), deed in story.our_cells.items():
        if deed == "change" and story.her_cells.get((row, column)) != "change":
            assert story.cell(row, column, now=True) in said
    for number in range(story.paragraphs):
        hers, ours = story.hers.get(number, ""), story.ours.get(number, "")
        _follows(number, (hers, ours), said, conflicts)


_GONE = ("delete", "struck", "move")  # both sides took it away from where it was


def _follows(number: int, deeds: tuple[str, str], said: Sequence[str], conflicts: str) -> None:
    hers, ours = deeds
    plain = sentence(number)
    touched = hers not in ("", "split", "add", "picture")
    count = sum(each.startswith(f"〔{number}〕") for each in said)
    if ours == "add":
        assert f"〔新{number}〕" in "".join((*said, conflicts))
    if not touched:
        follows = {"change": plain.replace("三年", "五年"), "delete": ""}.get(ours, plain)
        assert count == bool(follows)
        assert not follows or follows in said
    elif hers == "move" and ours == "change":
        assert f"〔{number}〕" in conflicts or plain.replace("三年", "五年") in said
    elif ours == "change" or (ours == "delete" and hers not in _GONE):
        assert f"〔{number}〕" in conflicts
    if hers == "delete":
        assert count == 0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_no_word_of_hers_is_ever_lost(story: Story) -> None:
    theirs, versions, result = told(story)
    holds(story, result)
    if not result.touched:
        return
    follow_up = merge(Versions(versions.ours, result.data, versions.ours, "x.docx"), Judge())
    assert follow_up.data in (result.data, versions.ours)
    kept = merge(versions, Judge(Take.THEIRS))
    assert not kept.of(Side.CONFLICT)
    for words in story.wrote:
        assert words in edited.raw(kept.data)
    assert theirs == versions.theirs


STORY = Story(
    8,
    3,
    {0: "change", 1: "delete", 2: "add", 3: "bold", 4: "comment", 5: "tracked", 7: "append"},
    {0: "change", 1: "add", 4: "add", 6: "change", 7: "delete", 5: "change"},
    {(0, 1): "change", (2, 2): "add row"},
    {(1, 1): "change", (2, 0): "change", (0, 0): "add row"},
)


@needs_office
def test_no_word_is_lost_in_a_file_that_another_program_saved(tmp_path: Path) -> None:
    base, ours = drafted(STORY, now=False), drafted(STORY, now=True)
    hand = opened(saved_by_office(base, tmp_path))
    edits(STORY, hand)
    result = merge(Versions(base, saved_by_office(hand.saved(), tmp_path), ours, "x.docx"), Judge())
    holds(STORY, result)
    again = saved_by_office(result.data, tmp_path)
    assert edited.words(again) == edited.words(result.data)
