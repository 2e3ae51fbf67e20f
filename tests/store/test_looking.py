"""Entries read when somebody looks are the ones that would have been read all at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gbtool.model.entries import Entries, Held
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import open_ledger
from gbtool.store.looking import Looked
from gbtool.structs import replace
from store.conftest import action, record

DAY = "2026-09-30"
PERSON = Entry(EntryKind.PERSON, "person-1", data={"姓名": "杜星野"})
GIVEN = (
    replace(record("3"), date="2026-07-01"),
    replace(record("2"), date="2026-07-01"),
    PERSON,
    replace(record("1"), date="2026-08-01", form="rec-other"),
    replace(record("4"), date="2026-12-01"),
    replace(record("5"), date=""),
)


@pytest.fixture
def looked(path: Path) -> Iterator[Looked]:
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()) as change:
        entries.put(change, GIVEN)
    with open_ledger(path) as ledger:
        yield Looked(ledger, DAY)


@pytest.fixture
def held() -> Held:
    return Held([entry for entry in GIVEN if entry.date <= DAY])


def test_what_is_looked_at_is_what_is_held(looked: Entries, held: Entries) -> None:
    form = record().form
    assert tuple(looked) == tuple(held)
    assert len(looked) == len(held) == 5
    assert looked[0] == held[0]
    assert looked[1:3] == held[1:3]
    assert looked.records == held.records
    assert [entry.id for entry in looked.form(form)] == [entry.id for entry in held.form(form)] == ["5", "2", "3"]
    assert {entry.id for entry in looked.each(form)} == {entry.id for entry in held.each(form)} == {"2", "3", "5"}
    assert looked.of(EntryKind.RECORD) == held.of(EntryKind.RECORD)
    assert looked.of(EntryKind.PERSON) == held.of(EntryKind.PERSON) == (PERSON,)
    assert looked.days == held.days == {form: ("", "2026-07-01", "2026-07-01"), "rec-other": ("2026-08-01",)}


def test_a_form_is_read_once_and_nothing_else(looked: Looked, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = entries.found

    def found(*given: object) -> tuple[Entry, ...]:
        asked.append(str(given[1]))
        return read(*given)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(entries, "found", found)
    assert looked.form("rec-other") == looked.form("rec-other")
    assert looked.days
    assert len(asked) == 1


def test_a_ledger_that_is_not_there_has_nothing(path: Path) -> None:
    with open_ledger(path) as ledger:
        looked = Looked(ledger, DAY)
        assert (tuple(looked), looked.records, looked.days, [*looked.each("x")]) == ((), (), {}, [])
