"""Shelf, ledger and day become facts; check and readiness look at them."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from engagement import EXAMPLES, LATER, READY_DAY
from gbtool.commands.check import check
from gbtool.commands.gather import as_of, gather
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.readiness import readiness
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, NotAClientFolder
from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import EntryKind
from gbtool.model.finding import Verdict

MANUAL = Document(
    "ip-manual",
    DocumentKind.MANUAL,
    "n",
    "t",
    "A/0",
    "手册.docx",
    "",
    "",
    issued="2026-05-15",
    effective="2026-05-18",
    withdrawn="2027-01-01",
)


@pytest.fixture
def engaged(tmp_path: Path) -> Workspace:
    """The manufacturer's folder with its records in the ledger."""
    folder = tmp_path / "岚湾流控"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    work = workspace(folder)
    import_folder(work, EXAMPLES / "lanwan", LATER)
    return work


def test_facts_hold_nothing_that_is_dated_later(engaged: Workspace) -> None:
    early, late = gather(engaged, date(2026, 6, 30)), gather(engaged, LATER)
    assert early.of(EntryKind.AUDIT_PLAN) == ()
    assert len(late.of(EntryKind.AUDIT_PLAN)) == 1
    assert 0 < len(early.records()) < len(late.records())
    assert max(record.date for record in early.records()) <= "2026-06-30"
    assert len(late.client.rows("patents")) == 38


def test_check_finds_the_example_clean(engaged: Workspace) -> None:
    assert (check(engaged, LATER).verdict, check(engaged, LATER).findings) == (Verdict.READY, ())


def test_without_documents_the_manufacturer_is_not_ready(engaged: Workspace) -> None:
    report = readiness(engaged, READY_DAY)
    assert report.verdict is Verdict.NOT_READY
    assert {finding.rule for finding in report.findings} == {"documents.issued"}
    with pytest.raises(FileFaults, match="没有名为"):
        readiness(engaged, READY_DAY, "no-such-gate")


def test_a_client_without_a_ledger_has_no_entries(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "hengtuo" / "client.yaml", tmp_path)
    facts = gather(workspace(tmp_path), LATER)
    assert (facts.entries, facts.documents) == ((), ())
    assert readiness(workspace(tmp_path), LATER).verdict is not Verdict.READY


def test_documents_are_seen_as_of_the_day(tmp_path: Path) -> None:
    (tmp_path / "手册.docx").write_bytes(b"")
    before, after, withdrawn = (
        as_of([MANUAL], {}, date.fromisoformat(day), tmp_path)[0] for day in ("2026-05-14", "2026-05-16", "2027-01-02")
    )
    assert (before.issued, before.effective, before.in_force) == ("", "", False)
    assert (after.effective, after.withdrawn, after.in_force, after.present) == ("2026-05-18", "", True, True)
    assert (withdrawn.in_force, as_of([MANUAL], {}, LATER, tmp_path / "elsewhere")[0].present) == (False, False)


def test_a_folder_without_client_yaml_is_no_client(tmp_path: Path) -> None:
    with pytest.raises(NotAClientFolder, match=r"没有 client\.yaml"):
        workspace(tmp_path)
