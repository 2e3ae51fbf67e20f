"""What is in the ledger: listed, shown with its history, given out as data."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.ledger.listing import exported, listed, plain, shown
from gbtool.commands.period import operating
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import UsageError
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import open_ledger

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The software company with everything in its ledger."""
    folder = tmp_path_factory.mktemp("青屿") / "客户"
    shutil.copytree(EXAMPLES / "qingyu", folder)
    found = workspace(folder)
    import_folder(found, folder, DAY, "唐若微")
    return found


def test_entries_are_listed_by_day_those_without_one_last(work: Workspace) -> None:
    days = [entry.date for entry in listed(work)]
    known = [day for day in days if day]
    assert known == sorted(known)
    assert days[: len(known)] == known


def test_entries_are_listed_by_kind_and_form(work: Workspace) -> None:
    assert {entry.kind for entry in listed(work, [EntryKind.PERSON])} == {EntryKind.PERSON}
    found = listed(work, [EntryKind.RECORD], ["rec-rd-log", "rec-scope"])
    assert {entry.form for entry in found} == {"rec-rd-log", "rec-scope"}


def test_an_entry_is_shown_with_its_history(work: Workspace) -> None:
    ((entry, changes),) = shown(work, "absent-rec-leave-reminder")
    assert entry.kind is EntryKind.ABSENT
    assert [(change.by, change.what, change.entered) for change in changes] == [("唐若微", "导入 客户", "2026-11-22")]


def test_an_unknown_entry_gets_a_guess(work: Workspace) -> None:
    with pytest.raises(UsageError, match="absent-rec-leave-reminder"):
        shown(work, "absent-rec-leave-remindr")


def test_everything_is_given_out_as_data(work: Workspace) -> None:
    everything = exported(work)
    assert everything["entries"] == [plain(entry) for entry in sorted_as_kept(work)]
    chain = everything["history"]
    assert isinstance(chain, list)
    assert len(chain) == len(listed(work))
    assert set(chain[0]) == {"seq", "happened", "entered", "by", "what", "subject", "hash"}


def sorted_as_kept(work: Workspace) -> list[Entry]:
    with open_ledger(work.ledger) as ledger:
        return list(entries.read(ledger))


def test_the_period_says_day_months_holes_and_the_earliest_day(work: Workspace) -> None:
    found = operating(work, DAY)
    assert (found.effective, found.day, found.months, found.earliest, found.days_left) == (
        date(2026, 9, 24),
        60,
        1,
        date(2026, 12, 24),
        32,
    )
    assert [span.name for span in found.spans] == ["2026-09", "2026-10", "2026-11"]
    october = {due.form for due in found.spans[1].missing}
    assert {"rec-info-channel", "rec-deadline-monitor", "rec-routine-check", "rec-communication"} <= october
    assert not any(span.missing for span in (found.spans[0], found.spans[2]))


def test_once_the_earliest_day_has_come_no_day_is_left(work: Workspace) -> None:
    assert operating(work, date(2026, 12, 24)).days_left == 0


def test_before_the_manual_was_issued_there_is_no_period(work: Workspace) -> None:
    found = operating(work, date(2026, 9, 1))
    assert (found.effective, found.earliest, found.days_left, found.spans) == (None, None, 0, ())
