"""Somebody works on the files: what becomes of them when documents are made again, copies, drafts beside, settling."""

import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument

import edited
from edited import Hand, needs_office, opened, saved_by_office
from engagement import EXAMPLES
from gbtool.commands.diff import differing
from gbtool.commands.edits.said import base_of, edited as edited_by_hand, hash_of
from gbtool.commands.generate import Request, generate
from gbtool.commands.issue import issue
from gbtool.commands.workspace import Workspace, workspace
from gbtool.documents import guard
from gbtool.errors import Refused, UsageError
from gbtool.model.difference import Side, Take
from gbtool.model.document import Document, Made, Outcome
from gbtool.store import documents, pristine
from gbtool.store.database import Action, open_ledger
from gbtool.store.documents import Signing
from gbtool.structs import replace
from gbtool.word import reading

pytestmark = pytest.mark.no_cover  # merging is measured in tests/word, the verbs in tests/cli
ID = "sys-reward"
REWARD = "文件/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.docx"
COPY = "输出/旧稿/2026-05-15/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.docx"
BESIDE = "输出/新稿/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.docx"
DAY = date(2026, 5, 15)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The firm of the manufacturer with one system, made."""
    folder = tmp_path_factory.mktemp("edits") / "机构" / "岚湾"
    folder.mkdir(parents=True)
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    again(workspace(folder))
    return folder.parent


@pytest.fixture
def work(made_once: Path, tmp_path: Path) -> Workspace:
    """A copy of the manufacturer with one system, made."""
    return workspace(Path(shutil.copytree(made_once, tmp_path / "机构")) / "岚湾")


def again(work: Workspace, take: Take | None = None, *, dry_run: bool = False) -> Made:
    """Make the document again."""
    (made,) = generate(work, DAY, Request((ID,), take=take, dry_run=dry_run)).made
    return made


def answer(work: Workspace, old: str = "6000元/件", new: str = "8000元/件") -> None:
    """Change client.yaml as an editor would."""
    path = work.folder / "client.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def by_hand(work: Workspace, change: Callable[[Hand], object], path: str = REWARD) -> bytes:
    """Edit the file; returns it as it was saved."""
    hand = opened((work.folder / path).read_bytes())
    change(hand)
    (work.folder / path).write_bytes(hand.saved())
    return hand.saved()


def added(hand: Hand) -> None:
    """She adds a sentence to the last paragraph that names no other document."""
    edited.append(next(p for p in reversed(hand.paragraphs) if "LW-" not in edited.text(p)), "手工加的一句。")


def other_amount(hand: Hand) -> None:
    """She writes another amount where the client's answer stands."""
    edited.write(hand.paragraph("6000元/件"), "9000元/件")


def both(hand: Hand) -> None:
    """Another amount, and a sentence."""
    other_amount(hand)
    added(hand)


def words(work: Workspace, path: str = REWARD) -> tuple[str, ...]:
    """What a file says."""
    return reading.read(work.folder / path).blocks


def files(work: Workspace) -> dict[str, bytes]:
    """Every file of the client."""
    return {
        path.relative_to(work.folder).as_posix(): path.read_bytes() for path in work.folder.rglob("*") if path.is_file()
    }


def test_her_words_stay_and_the_facts_come_in_with_a_copy_of_what_was_there(work: Workspace) -> None:
    hers = by_hand(work, added)
    answer(work)
    made = again(work)
    assert (made.outcome, made.path, made.copy) == (Outcome.MERGED, REWARD, COPY)
    said = words(work)
    assert any(text.endswith("手工加的一句。") for text in said)
    assert "8000元/件" in said
    assert "6000元/件" not in said
    assert (work.folder / COPY).read_bytes() == hers
    assert not (work.folder / BESIDE).exists()


def test_nothing_new_leaves_her_file_and_the_folder_alone(work: Workspace) -> None:
    by_hand(work, added)
    before = files(work)
    assert again(work).outcome is Outcome.KEPT
    assert files(work) == before
    answer(work)
    again(work)
    after = files(work)
    assert again(work).outcome is Outcome.KEPT
    assert files(work) == after


def test_merging_goes_on_from_what_was_merged(work: Workspace) -> None:
    by_hand(work, added)
    for old, new in (("6000元/件", "8000元/件"), ("8000元/件", "8500元/件"), ("8500元/件", "8800元/件")):
        answer(work, old, new)
        assert again(work).outcome is Outcome.MERGED
        assert new in words(work)
        assert any(text.endswith("手工加的一句。") for text in words(work))
    copies = sorted(path.name for path in (work.folder / "输出/旧稿/2026-05-15/制度").iterdir())
    assert len(copies) == 3
    assert copies[0].endswith("(2).docx")


def test_a_conflict_is_told_and_ours_lies_beside(work: Workspace) -> None:
    hers = by_hand(work, other_amount)
    answer(work)
    made = again(work)
    assert (made.outcome, made.beside) == (Outcome.CONFLICT, BESIDE)
    (conflict,) = [each for each in made.differences if each.side is Side.CONFLICT]
    assert (conflict.base, conflict.theirs, conflict.ours) == ("6000元/件", "9000元/件", "8000元/件")
    assert (work.folder / REWARD).read_bytes() == hers
    assert "8000元/件" in words(work, BESIDE)
    assert again(work).outcome is Outcome.CONFLICT


def test_the_rest_follows_around_a_conflict_once(work: Workspace) -> None:
    by_hand(work, other_amount)
    answer(work)
    answer(work, "2000元/件", "2500元/件")
    assert again(work).outcome is Outcome.CONFLICT
    assert {"9000元/件", "2500元/件"} <= set(words(work))
    answer(work, "2500元/件", "2600元/件")
    made = again(work)
    assert [each.theirs for each in made.differences if each.side is Side.CONFLICT] == ["9000元/件"]
    assert {"9000元/件", "2600元/件"} <= set(words(work))


@pytest.mark.parametrize(("take", "stands"), [(Take.THEIRS, "9000元/件"), (Take.OURS, "8000元/件")])
def test_somebody_settles_a_conflict(work: Workspace, take: Take, stands: str) -> None:
    by_hand(work, both)
    answer(work)
    again(work)
    hers = (work.folder / REWARD).read_bytes()
    made = again(work, take)
    assert made.outcome is (Outcome.KEPT if take is Take.THEIRS else Outcome.MERGED)
    assert stands in words(work)
    assert any(text.endswith("手工加的一句。") for text in words(work))
    assert not (work.folder / BESIDE).exists()
    assert again(work).outcome is Outcome.KEPT
    if take is Take.OURS:
        assert (work.folder / made.copy).read_bytes() == hers


def test_a_conflict_is_settled_in_word_too(work: Workspace) -> None:
    by_hand(work, other_amount)
    answer(work)
    again(work)
    by_hand(work, lambda hand: edited.write(hand.paragraph("9000元/件"), "8000元/件，另加证书"))
    assert again(work).outcome is Outcome.KEPT
    assert not (work.folder / BESIDE).exists()


def test_a_draft_beside_that_somebody_works_on_is_left(work: Workspace) -> None:
    by_hand(work, other_amount)
    answer(work)
    again(work)
    by_hand(work, added, BESIDE)
    again(work, Take.THEIRS)
    assert (work.folder / BESIDE).exists()


def test_to_take_a_side_needs_the_names_of_documents(work: Workspace) -> None:
    with pytest.raises(UsageError, match="哪几份"):
        generate(work, DAY, Request(take=Take.OURS))


def test_an_edited_document_moves_with_its_number_and_leaves_a_copy(work: Workspace) -> None:
    hers = by_hand(work, added)
    answer(work, "company_code: LW", "company_code: LWK")
    made = again(work)
    assert (made.outcome, made.path) == (Outcome.MERGED, REWARD.replace("LW-", "LWK-"))
    assert any(text.endswith("手工加的一句。") for text in words(work, made.path))
    assert not (work.folder / REWARD).exists()
    assert (work.folder / made.copy).read_bytes() == hers


def test_an_edited_document_does_not_move_onto_another_file(work: Workspace) -> None:
    hers = by_hand(work, added)
    strange = work.folder / REWARD.replace("LW-", "LWK-")
    strange.write_bytes(b"another")
    answer(work, "company_code: LW", "company_code: LWK")
    made = again(work)
    assert made.outcome is Outcome.KEPT
    assert made.note
    assert (work.folder / REWARD).read_bytes() == hers
    assert strange.read_bytes() == b"another"


def test_a_saved_file_whose_name_alone_changes_moves(work: Workspace) -> None:
    WordDocument(str(work.folder / REWARD)).save(str(work.folder / REWARD))
    hers = (work.folder / REWARD).read_bytes()
    with open_ledger(work.ledger, write=True) as ledger, ledger.transaction(Action(DAY, "", "")) as change:
        change.connection.execute("UPDATE documents SET path = ?", (REWARD.replace("ZD-04", "ZD-44"),))
    (work.folder / REWARD).rename(work.folder / REWARD.replace("ZD-04", "ZD-44"))
    made = again(work)
    assert (made.outcome, made.path) == (Outcome.CHANGED, REWARD)
    assert (work.folder / made.copy).read_bytes() == hers


def test_a_file_that_was_only_saved_is_replaced_with_a_copy(work: Workspace) -> None:
    WordDocument(str(work.folder / REWARD)).save(str(work.folder / REWARD))
    hers = (work.folder / REWARD).read_bytes()
    answer(work)
    made = again(work)
    assert made.outcome is Outcome.CHANGED
    assert (work.folder / made.copy).read_bytes() == hers


def test_an_issued_document_leaves_a_copy_of_what_was_issued(work: Workspace) -> None:
    issued = (work.folder / REWARD).read_bytes()
    signing = Signing(approved_by="周屿川", approved="2026-05-15", issued="2026-05-15", effective="2026-05-18")
    issue(work, (ID,), signing, DAY)
    answer(work)
    made = again(work)
    assert (made.outcome, made.copy) == (Outcome.CHANGED, COPY)
    assert (work.folder / COPY).read_bytes() == issued


def test_a_document_in_conflict_is_not_issued(work: Workspace) -> None:
    by_hand(work, other_amount)
    answer(work)
    again(work)
    signing = Signing(approved_by="周屿川", approved="2026-05-15", issued="2026-05-15", effective="2026-05-18")
    with pytest.raises(Refused, match="冲突"):
        issue(work, (ID,), signing, DAY)


def without_base(work: Workspace, *, hashes: bool = True) -> None:
    """A ledger from before gbtool kept what it made: it had a hash of the words; `hashes` says whether it still has."""
    with open_ledger(work.ledger, write=True) as ledger, ledger.transaction(Action(DAY, "", "")) as change:
        made = pristine.data(ledger, ID) or b""
        (row,) = documents.read(ledger)
        documents.save(change, [replace(row, content=reading.content(made).digest if hashes else "")])
        change.connection.execute("DELETE FROM pristine")


def test_without_what_gbtool_made_an_edited_file_is_left_until_somebody_says_whose_stands(work: Workspace) -> None:
    hers = by_hand(work, added)
    without_base(work)
    answer(work)
    made = again(work)
    assert (made.outcome, made.note) == (Outcome.KEPT, guard.NO_BASE)
    assert (work.folder / REWARD).read_bytes() == hers
    assert again(work, Take.THEIRS).outcome is Outcome.KEPT
    answer(work, "8000元/件", "8500元/件")
    made = again(work)
    assert made.outcome is Outcome.CONFLICT
    made = again(work, Take.OURS)
    assert any(text.endswith("手工加的一句。") for text in words(work))
    assert "8500元/件" in words(work)


def test_without_what_gbtool_made_ours_stands_where_somebody_says_so(work: Workspace) -> None:
    hers = by_hand(work, added)
    without_base(work)
    answer(work)
    made = again(work, Take.OURS)
    assert made.outcome is Outcome.CHANGED
    assert (work.folder / made.copy).read_bytes() == hers
    assert "8000元/件" in words(work)


def test_what_gbtool_would_make_the_same_again_is_what_it_made(work: Workspace) -> None:
    by_hand(work, added)
    without_base(work)
    assert again(work).outcome is Outcome.KEPT
    with open_ledger(work.ledger) as ledger:
        assert pristine.data(ledger, ID) is not None
    answer(work)
    assert again(work).outcome is Outcome.MERGED


def test_without_what_gbtool_made_a_file_that_was_only_saved_follows(work: Workspace) -> None:
    WordDocument(str(work.folder / REWARD)).save(str(work.folder / REWARD))
    without_base(work)
    answer(work)
    assert again(work).outcome is Outcome.CHANGED


def test_a_file_of_which_nothing_is_known_is_left(work: Workspace) -> None:
    WordDocument(str(work.folder / REWARD)).save(str(work.folder / REWARD))
    hers = (work.folder / REWARD).read_bytes()
    without_base(work, hashes=False)
    answer(work)
    made = again(work)
    assert (made.outcome, made.note) == (Outcome.KEPT, guard.NO_BASE)
    assert (work.folder / REWARD).read_bytes() == hers


def row(work: Workspace) -> Document:
    """What the ledger keeps of the document."""
    with open_ledger(work.ledger) as ledger:
        return documents.read(ledger)[0]


def test_what_a_document_says_is_read_from_what_gbtool_made_when_somebody_asks(work: Workspace) -> None:
    said, base = reading.read(work.folder / REWARD).digest, base_of(work, ID)
    assert (row(work).content, hash_of(row(work), base)) == ("", said)
    WordDocument(str(work.folder / REWARD)).save(str(work.folder / REWARD))
    assert not changed_by_hand(work)
    by_hand(work, added)
    assert changed_by_hand(work)
    (work.folder / REWARD).write_bytes(b"locked with a password")
    assert changed_by_hand(work)
    without_base(work, hashes=False)
    assert hash_of(row(work), base) == ""


def changed_by_hand(work: Workspace) -> bool:
    """Whether somebody changed the words of the file."""
    return edited_by_hand((work.folder / REWARD).read_bytes(), row(work), base_of(work, ID))


def test_what_a_file_said_that_stays_is_known_when_what_gbtool_made_goes(work: Workspace) -> None:
    said = reading.read(work.folder / REWARD).digest
    by_hand(work, other_amount)
    answer(work)
    assert again(work).outcome is Outcome.CONFLICT
    assert row(work).content == said


@pytest.mark.parametrize("base", [True, False])
def test_a_file_that_cannot_be_read_is_left(work: Workspace, base: bool) -> None:
    (work.folder / REWARD).write_bytes(b"locked with a password")
    if not base:
        without_base(work)
    answer(work)
    made = again(work)
    assert (made.outcome, made.note) == (Outcome.KEPT, guard.UNREADABLE)
    assert again(work, Take.OURS).outcome is Outcome.CHANGED


def test_a_folder_in_the_place_of_a_file_is_left(work: Workspace) -> None:
    (work.folder / REWARD).unlink()
    (work.folder / REWARD).mkdir()
    assert again(work).outcome is Outcome.KEPT


def test_a_strangers_file_is_taken_as_hers_where_somebody_says_so(work: Workspace) -> None:
    hers = by_hand(work, added)
    work.ledger.unlink()
    assert again(work).note == guard.STRANGE
    assert again(work, Take.THEIRS).outcome is Outcome.KEPT
    assert (work.folder / REWARD).read_bytes() == hers
    answer(work)
    assert again(work).outcome is Outcome.MERGED


def test_a_merge_that_would_lose_words_is_not_done(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    hers = by_hand(work, added)
    answer(work)
    theirs = (work.folder / COPY).parent
    fresh = io.BytesIO()
    WordDocument().save(fresh)
    monkeypatch.setattr("gbtool.word.merging.opened.Opened.packed", lambda _: fresh.getvalue())
    assert again(work).note == guard.LOST
    assert (work.folder / REWARD).read_bytes() == hers
    assert not theirs.exists()


def test_a_dry_run_tells_and_writes_nothing(work: Workspace) -> None:
    by_hand(work, other_amount)
    answer(work)
    before = files(work)
    assert again(work, dry_run=True).outcome is Outcome.CONFLICT
    assert files(work) == before


def test_diff_tells_every_side_and_writes_nothing(work: Workspace) -> None:
    by_hand(work, both)
    answer(work)
    answer(work, "2000元/件", "2500元/件")
    before = files(work)
    (made,) = differing(work, (ID,), DAY)
    assert files(work) == before
    found = {each.side: each for each in made.differences}
    assert found[Side.THEIRS].theirs.endswith("手工加的一句。")
    assert found[Side.OURS].ours == "2500元/件"
    assert found[Side.CONFLICT].place.startswith("“")
    assert differing(work, ("rec-background",), DAY) == ()


@needs_office
def test_a_file_saved_by_another_program_is_merged(work: Workspace, tmp_path: Path) -> None:
    path = work.folder / REWARD
    hand = opened(saved_by_office(path.read_bytes(), tmp_path / "office"))
    added(hand)
    edited.comment(hand, hand.paragraphs[5], "请核对")
    path.write_bytes(saved_by_office(hand.saved(), tmp_path / "office"))
    answer(work)
    assert again(work).outcome is Outcome.MERGED
    assert "8000元/件" in words(work)
    assert "请核对" in edited.raw(path.read_bytes())
    assert any(text.endswith("手工加的一句。") for text in words(work))
