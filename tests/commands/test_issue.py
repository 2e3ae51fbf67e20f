"""Approval and issue: nothing open, lost, outdated or contradicted is issued, and no day that cannot be."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands import unfinished
from gbtool.commands.edits.said import base_of, hash_of
from gbtool.commands.generate import Request, generate
from gbtool.commands.issue import issue, issue_from, withdraw
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, Refused, UsageError, WrongValues
from gbtool.model.document import Document
from gbtool.store import documents, history
from gbtool.store.database import Action, open_ledger
from gbtool.store.documents import Signing
from gbtool.structs import replace

pytestmark = pytest.mark.no_cover  # issuing is measured in tests/cli and in every walk
EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 9, 22)
IDS = ("appt-mr", "rec-routine-check", "rec-reward")
SIGNING = Signing(
    compiled_by="梁若溪",
    compiled="2026-05-11",
    reviewed_by="沈知远",
    reviewed="2026-05-13",
    approved_by="周屿川",
    approved="2026-05-14",
    issued="2026-05-15",
    effective="2026-05-18",
)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manufacturer with three documents on disk, and a cache of compiled texts beside it."""
    folder = tmp_path_factory.mktemp("岚湾") / "客户"
    folder.mkdir()
    for path in (EXAMPLES / "lanwan").iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    generate(workspace(folder), TODAY, Request(IDS, cache=folder.parent / "cache"))
    return folder


@pytest.fixture
def work(generated: Path, tmp_path: Path) -> Workspace:
    """A copy that a test may spoil."""
    shutil.copytree(generated, tmp_path / "客户")
    return workspace(tmp_path / "客户")


@pytest.fixture
def cache(generated: Path) -> Path:
    return generated.parent / "cache"


def kept(work: Workspace) -> Mapping[str, Document]:
    with open_ledger(work.ledger) as ledger:
        return {document.id: document for document in documents.read(ledger)}


def test_an_issue_keeps_who_and_when(work: Workspace, cache: Path) -> None:
    done = issue(work, ["rec-reward"], SIGNING, TODAY, cache)
    assert [document.id for document in done.documents] == ["rec-reward"]
    found = kept(work)["rec-reward"]
    assert {name: getattr(found, name) for name in SIGNING.given} == SIGNING.given
    assert not kept(work)["appt-mr"].issued


def test_the_history_says_when_it_happened_and_when_it_was_entered(work: Workspace, cache: Path) -> None:
    issue(work, ["rec-reward"], SIGNING, TODAY, cache)
    with open_ledger(work.ledger) as ledger:
        link = history.read(ledger, "document/rec-reward")[-1]
    assert (link.happened, link.entered, link.by, link.what) == ("2026-05-15", "2026-09-22", "周屿川", "发布文件 1 份")


def test_without_ids_everything_that_waits_is_issued(work: Workspace, cache: Path) -> None:
    issue(work, ["rec-reward"], SIGNING, TODAY, cache)
    done = issue(work, (), SIGNING, TODAY, cache)
    assert {document.id for document in done.documents} == {"appt-mr", "rec-routine-check"}
    with pytest.raises(Refused, match="没有等待发布的文件"):
        issue(work, (), SIGNING, TODAY, cache)


def test_without_the_manual_no_period_starts(work: Workspace, cache: Path) -> None:
    assert issue(work, ["rec-reward"], SIGNING, TODAY, cache).effective is None


def test_the_manuals_effective_day_starts_the_period(
    work: Workspace, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    monkeypatch.setattr(unfinished, "unfinished", lambda *_: ())
    monkeypatch.setattr("gbtool.commands.issue.unfinished", lambda *_: ())
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(TODAY, "", "x")) as change,
    ):
        documents.save(change, [replace(kept(work)["rec-reward"], id="ip-manual")])
    assert issue(work, ["ip-manual"], SIGNING, TODAY, cache).effective == date(2026, 5, 18)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"approved_by": ""}, "--approved-by：不能空着"),
        ({"issued": ""}, "--issued：不能空着"),
        ({"effective": ""}, "--effective：不能空着"),
        ({"approved": "2026-02-30"}, "rec-reward 批准：2026-02-30 这一天不存在"),
        ({"approved": "20260514"}, "rec-reward 批准：“20260514”应当写成日期"),
        ({"reviewed": "2026-05-10"}, "编制（2026-05-11）晚于审核（2026-05-10）"),
        ({"approved": "2026-05-12"}, "审核（2026-05-13）晚于批准（2026-05-12）"),
        ({"issued": "2026-05-13"}, "批准（2026-05-14）晚于发布（2026-05-13）"),
        ({"effective": "2026-05-14"}, "发布（2026-05-15）晚于实施（2026-05-14）"),
        ({"issued": "2026-09-23", "effective": "2026-09-24"}, "发布：2026-09-23 在今天（2026-09-22）以后"),
        ({"compiled": "1999-01-01"}, "1999-01-01 早于企业成立日"),
        ({"approved_by": "周玙川"}, "人员名册里没有“周玙川”，是不是想写“周屿川”？"),
        ({"compiled_by": "外人"}, "人员名册里没有“外人”"),
    ],
)
def test_days_and_names_that_cannot_be_are_refused(
    work: Workspace, cache: Path, change: dict[str, str], said: str
) -> None:
    before = work.ledger.read_bytes()
    with pytest.raises(WrongValues) as caught:
        issue(work, ["rec-reward"], replace(SIGNING, **change), TODAY, cache)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2
    assert work.ledger.read_bytes() == before


def test_a_document_may_take_effect_later(work: Workspace, cache: Path) -> None:
    issue(work, ["rec-reward"], replace(SIGNING, effective="2026-10-01"), TODAY, cache)
    assert kept(work)["rec-reward"].effective == "2026-10-01"


@pytest.mark.parametrize(
    ("id_", "said"),
    [("rec-rewrd", "是不是想写“rec-reward”？"), ("sys-reward", "没有生成过文件“sys-reward”")],
)
def test_a_document_that_was_not_made_is_said(work: Workspace, cache: Path, id_: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        issue(work, [id_], SIGNING, TODAY, cache)


# What is not finished


def refused(work: Workspace, cache: Path, *ids: str) -> str:
    before = work.ledger.read_bytes()
    with pytest.raises(Refused) as caught:
        issue(work, ids or ["rec-reward", "appt-mr"], SIGNING, TODAY, cache)
    assert caught.value.exit_code == 1
    assert work.ledger.read_bytes() == before
    return str(caught.value)


def test_a_lost_file_is_not_issued(work: Workspace, cache: Path) -> None:
    path = kept(work)["rec-reward"].path
    (work.folder / path).unlink()
    assert f"文件不见了（{path}）" in refused(work, cache)


def rewrite(work: Workspace, old: str, new: str) -> None:
    path = work.folder / "client.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_open_value_is_not_issued(work: Workspace, cache: Path) -> None:
    rewrite(work, "management_rep: 沈知远，副总经理", "management_rep:")
    assert "有没回答的问题 management_rep" in refused(work, cache)


def test_an_outdated_text_is_not_issued(work: Workspace, cache: Path) -> None:
    rewrite(work, "top_manager: 周屿川，董事长兼总经理", "top_manager: 周屿川，总经理")
    assert "资料或模板改过，文件还是旧的，gbtool generate appt-mr" in refused(work, cache)


def test_facts_that_contradict_themselves_are_not_issued(work: Workspace, cache: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "lanwan" / "records", tmp_path / "x" / "records")
    shutil.copytree(EXAMPLES / "lanwan" / "audit", tmp_path / "x" / "audit")
    import_folder(work, EXAMPLES / "lanwan" / "documents.yaml", TODAY)
    path = work.folder / "client.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("'2026-06-12'", "'2026-06-18'"), encoding="utf-8")
    broken = Path(__file__).parents[1] / "data" / "broken" / "12-approved-before-reviewed" / "documents.yaml"
    import_folder(work, broken, TODAY)
    said = refused(work, cache, "rec-reward")
    assert "DT-05" in said
    assert "documents.yaml" in said


def test_many_reasons_are_counted(work: Workspace, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unfinished, "SHOWN", 1)
    for document in kept(work).values():
        (work.folder / document.path).unlink()
    assert "……还有 1 条" in refused(work, cache)


def test_an_old_approval_does_not_hold_for_a_new_text(work: Workspace, cache: Path) -> None:
    issue(work, ["rec-reward"], SIGNING, TODAY, cache)
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(TODAY, "", "x")) as change,
    ):
        documents.save(change, [replace(kept(work)["rec-reward"], content="另一段文字")])
    assert "发布（2026-05-15）以后文字改过" in refused(work, cache, "rec-reward")


def test_what_is_issued_is_known_by_what_it_says(work: Workspace, cache: Path) -> None:
    before = kept(work)["rec-reward"]
    said = hash_of(before, base_of(work, before.id))
    issue(work, ["rec-reward"], SIGNING, TODAY, cache)
    assert (before.content, kept(work)["rec-reward"].content) == ("", said)
    with open_ledger(work.ledger) as ledger:
        assert documents.changed_since_issue(ledger) == ()


def test_issuing_the_same_again_changes_nothing(work: Workspace, cache: Path) -> None:
    issue(work, ["rec-reward"], SIGNING, TODAY, cache)
    before = work.ledger.read_bytes()
    assert issue(work, ["rec-reward"], SIGNING, TODAY, cache).documents == ()
    assert work.ledger.read_bytes() == before


# Papers as data


def test_papers_give_signers_and_days(work: Workspace, cache: Path) -> None:
    done = issue_from(work, EXAMPLES / "lanwan" / "documents.yaml", TODAY, cache)
    assert {document.id for document in done.documents} == set(IDS)
    found = kept(work)
    assert (found["appt-mr"].approved_by, found["appt-mr"].issued, found["appt-mr"].effective) == (
        "周屿川",
        "2026-03-20",
        "2026-03-20",
    )
    assert {name: getattr(found["rec-reward"], name) for name in SIGNING.given} == SIGNING.given
    assert "ip-manual" in done.skipped
    assert "procedures" not in done.skipped


def papers(folder: Path, text: str) -> Path:
    path = folder / "documents.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_excepted_is_not_issued(work: Workspace, cache: Path, tmp_path: Path) -> None:
    text = """\
documents:
- {id: procedures, except: [rec-reward], approved: {name: 周屿川, date: 2026-05-14}, issued: 2026-05-15}
"""
    done = issue_from(work, papers(tmp_path, text), TODAY, cache)
    assert [document.id for document in done.documents] == ["rec-routine-check"]


def test_a_paper_without_who_approved_it_is_refused(work: Workspace, cache: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongValues, match="appt-mr 批准：没有写批准人"):
        issue_from(work, papers(tmp_path, "documents:\n- {id: appt-mr, date: 2026-03-20}\n"), TODAY, cache)


def test_a_wrong_paper_is_said_with_its_line(work: Workspace, cache: Path, tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match=r"documents\.yaml:2：没有文件“appt-mrr”"):
        issue_from(work, papers(tmp_path, "documents:\n- id: appt-mrr\n"), TODAY, cache)


# Out of force


def test_a_withdrawn_document_is_out_of_force_and_waits_for_nobody(work: Workspace, cache: Path) -> None:
    issue(work, IDS, SIGNING, TODAY, cache)
    assert withdraw(work, ["rec-reward"], date(2026, 9, 1), TODAY) == ("rec-reward",)
    assert kept(work)["rec-reward"].withdrawn == "2026-09-01"
    with pytest.raises(Refused, match="没有等待发布的文件"):
        issue(work, (), SIGNING, TODAY, cache)


def test_what_is_not_in_force_cannot_be_withdrawn(work: Workspace) -> None:
    with pytest.raises(Refused, match="rec-reward 没有在用"):
        withdraw(work, ["rec-reward"], TODAY, TODAY)


def test_an_unknown_document_cannot_be_withdrawn(work: Workspace) -> None:
    with pytest.raises(UsageError, match="rec-rewrd"):
        withdraw(work, ["rec-rewrd"], TODAY, TODAY)
