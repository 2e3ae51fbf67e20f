"""Only what depends on what changed is drafted again, and nothing that is kept differs from what would be drafted."""

import shutil
import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drafted import example_desk
from edited import opened, write
from engagement import EXAMPLES
from gbtool.commands import pdf
from gbtool.commands.edits.fate import Decider
from gbtool.commands.edits.state import state
from gbtool.commands.generate import Request, generate
from gbtool.commands.making import make
from gbtool.commands.workspace import Workspace, workspace
from gbtool.documents import drafting, guard
from gbtool.documents.desk import Desk
from gbtool.documents.figures import FIGURE
from gbtool.documents.origins import Origins, digest
from gbtool.documents.plan import Planned
from gbtool.model.difference import Take
from gbtool.model.document import DocumentKind, Outcome
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import documents
from gbtool.store.database import open_ledger
from gbtool.structs import replace
from gbtool.word import counting

DAY = date(2026, 5, 15)
KINDS = (DocumentKind.SYSTEM, DocumentKind.APPOINTMENT, DocumentKind.PLAN)
FEW = ("sys-reward", "sys-training", "rec-background", "flow-rd")


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer, without any document yet."""
    folder = tmp_path / "岚湾"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    return workspace(folder)


@pytest.fixture
def drafted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents that were really drafted."""
    seen: list[str] = []
    draft = drafting.draft

    def counted(planned: Planned, desk: Desk) -> bytes:
        seen.append(planned.specification.id)
        return draft(planned, desk)

    monkeypatch.setattr(drafting, "draft", counted)
    return seen


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache folder of its own."""
    return tmp_path / "cache"


def answer(work: Workspace, old: str, new: str) -> None:
    """Change client.yaml as an editor would."""
    path = work.folder / "client.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    """Every document below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.docx")}


def test_nothing_changed_nothing_drafted(work: Workspace, cache: Path, drafted: list[str]) -> None:
    generate(work, DAY, Request(FEW, cache=cache))
    assert sorted(drafted) == sorted(FEW)
    drafted.clear()
    again = generate(work, DAY, Request(FEW, cache=cache))
    assert (drafted, {made.outcome for made in again.made}) == ([], {Outcome.SAME})
    generate(work, DAY, Request(FEW))
    assert sorted(drafted) == sorted(FEW)  # who keeps nothing drafts all


def test_one_fact_changes_what_asks_for_it_and_all_is_as_if_drafted_anew(
    work: Workspace, cache: Path, drafted: list[str], tmp_path: Path
) -> None:
    generate(work, DAY, Request(kinds=KINDS, cache=cache))
    for old, new, least, most in (
        ("6000元/件", "8000元/件", {"sys-reward"}, 8),
        ("技术中心", "研究院", {"sys-reward", "sys-training"}, 40),
    ):
        drafted.clear()
        answer(work, old, new)
        generate(work, DAY, Request(kinds=KINDS, cache=cache))
        assert least <= set(drafted)
        assert len(drafted) <= most, drafted
        twin = tmp_path / new.replace("/", "")
        twin.mkdir()
        for file in (*work.folder.glob("*.csv"), work.folder / "client.yaml"):
            shutil.copy(file, twin)
        generate(workspace(twin), DAY, Request(kinds=KINDS))
        assert everything(work.folder / "文件") == everything(twin / "文件")


def own_text(work: Workspace) -> None:
    """A text of the client's own."""
    path = work.folder / "templates" / "systems" / "sys-reward.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text("# 自己的制度\n\n## 一 总则\n\n自己写的。\n", "utf-8")


def logo(work: Workspace) -> None:
    """A logo of the client's own."""
    path = work.folder / "templates" / "logo.png"
    path.parent.mkdir(parents=True)
    empty = struct.pack(">I4s5B", 13, b"IHDR", 0, 0, 0, 16, 0) + bytes([0, 0, 16, 8, 0, 0, 0, 0]) + bytes(4)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + empty + struct.pack(">I4sI", 0, b"IEND", 0))


@pytest.mark.parametrize(("change", "redone"), [(own_text, {"sys-reward"}), (logo, set(FEW))])
def test_texts_and_look_count_too(
    change: Callable[[Workspace], None], redone: set[str], work: Workspace, cache: Path, drafted: list[str]
) -> None:
    generate(work, DAY, Request(FEW, cache=cache))
    drafted.clear()
    change(work)
    found = generate(work, DAY, Request(FEW, cache=cache))
    assert set(drafted) == redone
    assert {made.id for made in found.made if made.outcome is Outcome.CHANGED} == redone


def test_what_somebody_edited_is_compared_with_what_the_ledger_holds(
    work: Workspace, cache: Path, drafted: list[str]
) -> None:
    (made,) = generate(work, DAY, Request(("sys-reward",), cache=cache)).made
    path = work.folder / made.path
    drafted.clear()
    whole = path.read_bytes()
    path.write_bytes(whole + b"x")
    generate(work, DAY, Request(("sys-reward",), cache=cache))
    path.unlink()
    (found,) = generate(work, DAY, Request(("sys-reward",), cache=cache)).made
    assert (drafted, found.outcome, path.read_bytes()) == ([], Outcome.NEW, whole)
    work.ledger.unlink()
    path.unlink()
    generate(work, DAY, Request(("sys-reward",), cache=cache))
    assert drafted == ["sys-reward"]  # nobody has the bytes


def test_a_file_that_lies_there_as_it_would_be_made_is_not_read(
    work: Workspace, cache: Path, drafted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(FEW, cache=cache)
    generate(work, DAY, request)
    drafted.clear()
    seen = state(work, DAY)
    assert seen
    slowly = make(work, DAY, request)
    assert {made.outcome for made in slowly.generation.made} == {Outcome.SAME}
    monkeypatch.setattr(Decider, "decide", None)  # whoever looks at a file now, fails
    assert make(work, DAY, request, seen.files).generation == slowly.generation
    assert (drafted, slowly.idle) == ([], True)
    monkeypatch.undo()
    other = dict.fromkeys(seen.files, "0" * 64)
    assert make(work, DAY, request, other).generation == slowly.generation


def test_what_somebody_edited_is_merged_once_while_nothing_of_it_changes(
    work: Workspace, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(FEW, cache=cache)
    made = {each.id: each for each in generate(work, DAY, request).made}
    path = work.folder / made["sys-training"].path
    hand = opened(path.read_bytes())
    write(hand.paragraphs[-1], "手写的一句。")
    path.write_bytes(hand.saved())
    judged: list[bytes | None] = []
    verdict = guard.verdict

    def counted(lying: bytes | None, fresh: bytes, known: guard.Known, take: Take | None = None) -> guard.Verdict:
        judged.append(lying)
        return verdict(lying, fresh, known, take)

    monkeypatch.setattr(guard, "verdict", counted)
    found, text = [], (work.folder / "client.yaml").read_text("utf-8")
    for amount in ("6000元/件", "8000元/件", "9000元/件"):
        (work.folder / "client.yaml").write_text(text.replace("6000元/件", amount), "utf-8")
        judged.clear()
        outcomes = {each.id: each.outcome for each in generate(work, DAY, request).made}
        found.append((outcomes["sys-training"], judged.count(path.read_bytes())))
    assert found == [(Outcome.KEPT, 1), (Outcome.KEPT, 0), (Outcome.KEPT, 0)]
    hand = opened(path.read_bytes())
    write(hand.paragraphs[-1], "又一句。")
    path.write_bytes(hand.saved())
    judged.clear()
    generate(work, DAY, request)
    assert judged == [path.read_bytes()]  # another edit is looked at again
    judged.clear()
    generate(work, DAY, Request(FEW, cache=cache, take=Take.THEIRS))
    assert path.read_bytes() in judged  # and so is who says whose text stands


@pytest.mark.parametrize("broken", ["", "x\n{}", '{"sys-reward": 1}'])
def test_a_broken_memory_drafts_again(broken: str, work: Workspace, cache: Path, drafted: list[str]) -> None:
    generate(work, DAY, Request(("sys-reward",), cache=cache))
    (file,) = cache.glob("drafted-*.jsonl")
    file.write_text(broken, "utf-8")
    generate(work, DAY, Request(("sys-reward",), cache=cache))
    assert drafted == ["sys-reward"] * 2


def test_counted_pages_are_what_is_recalled(work: Workspace, cache: Path, drafted: list[str]) -> None:
    request = Request(("ip-manual",), cache=cache)
    (made,) = generate(work, DAY, request).made
    path = work.folder / made.path
    numbered = counting.counted(path.read_bytes(), [9] * len(counting.entries(path.read_bytes())))
    with open_ledger(work.ledger) as ledger:
        (row,) = documents.read(ledger)
    pdf._keep(work, DAY, {made.path: numbered}, {made.path: row})
    drafted.clear()
    for _ in range(2):
        generate(work, DAY, request)
        assert path.read_bytes() == numbered
    assert drafted == ["ip-manual"]  # once more, then it is known


def test_what_cannot_be_told_is_always_drafted() -> None:
    with pytest.raises(TypeError):
        digest({"x": object()})
    desk = example_desk()
    origins = Origins(desk)
    assert origins.asked(["top", "nobody"]) == origins.asked(["top", "nobody"]) != origins.asked(["top"])

    def changes(_family: str) -> list[dict[str, object]]:
        return [{"x": object()}]

    desk = replace(desk, words=replace(desk.words, changes=changes))
    assert Origins(desk).asked(["changes"]) == ""
    broken = replace(
        desk, words=replace(desk.words, functions={**desk.words.functions, "x": object()})
    )  # nobody can tell it
    planned = Planned(desk.facts.specifications[-1], "x", "x", "A/0", "x.docx")
    assert Origins(broken).fixed(planned) == ""


def test_a_figure_of_what_the_ledger_holds_and_a_word_of_the_control_block_count() -> None:
    desk = example_desk()
    figure, planned = f"{FIGURE}before-after", Planned(desk.facts.specifications[-1], "x", "x", "A/0", "x.docx")
    record = Entry(EntryKind.RECORD, "x", DAY.isoformat(), form="rec-performance")
    kept = replace(desk, facts=replace(desk.facts, entries=(*desk.facts.entries, record)))
    assert Origins(kept).asked([figure]) != Origins(desk).asked([figure]) != ""
    standard = desk.facts.standard
    head = replace(standard.head, terms={"管理者代表": "管代"})
    other = replace(desk, facts=replace(desk.facts, standard=replace(standard, head=head)))
    assert Origins(other).fixed(planned) != Origins(desk).fixed(planned) != ""
