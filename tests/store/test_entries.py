from pathlib import Path

import pytest

from gbtool.errors import Refused
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.store import entries, history
from gbtool.store.database import open_ledger
from gbtool.store.entries import Kept
from gbtool.structs import replace
from store.conftest import action, record


def put(path: Path, *given: Entry) -> Kept:
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()) as change:
        return entries.put(change, given)


def read(path: Path, *kinds: EntryKind) -> tuple[Entry, ...]:
    with open_ledger(path) as ledger:
        return entries.read(ledger, *kinds)


def test_an_entry_comes_back_as_it_went_in(path: Path) -> None:
    hard = record("a'b\"{{ x }}../=cmd", note="& < > \U00020bb7 \x00 \n", empty=None, list=["一", "二"])
    put(path, hard)
    assert read(path) == (hard,)


def test_an_entry_without_a_place_comes_back_without(path: Path) -> None:
    bare = Entry(EntryKind.DECLARATION, "policy", data={"statement": "源于实研"})
    put(path, bare)
    assert read(path) == (bare,)


def test_entries_keep_the_order_in_which_they_came(path: Path) -> None:
    put(path, record("2"), record("1"))
    put(path, record("0"), replace(record("2"), date="2026-06-10"))
    assert [entry.id for entry in read(path)] == ["2", "1", "0"]


def test_entries_are_read_by_kind(path: Path) -> None:
    paper = Entry(EntryKind.PAPER, "paper-1-ip-manual", form="ip-manual")
    put(path, record(), paper)
    assert read(path, EntryKind.PAPER) == (paper,)


def test_a_known_entry_cannot_be_added_again(filled: Path) -> None:
    with (
        pytest.raises(Refused, match="LW-IPM-JL-07-10-001"),
        open_ledger(filled, write=True) as ledger,
        ledger.transaction(action()) as change,
    ):
        entries.add(change, record("LW-2"), record())
    assert read(filled) == (record(),)


def test_what_was_put_is_sorted_into_added_replaced_and_same(filled: Path) -> None:
    changed, new = replace(record(), date="2026-06-11"), record("LW-2")
    put(filled, new)
    assert put(filled, changed, new, record("LW-3")) == Kept((record("LW-3"),), (changed,), (new,))
    assert read(filled)[0] == changed


def test_putting_the_same_again_leaves_no_trace(filled: Path) -> None:
    before = filled.read_bytes()
    assert put(filled, record()) == Kept(same=(record(),))
    with open_ledger(filled) as ledger:
        assert len(history.read(ledger)) == 1
    assert filled.read_bytes()[100:] == before[100:]


def test_a_new_line_number_is_kept_but_is_no_change(filled: Path) -> None:
    moved = replace(record(), place=Place("records/rec-reward.yaml", 80, "LW-IPM-JL-07-10-001"))
    assert put(filled, moved) == Kept(same=(moved,))
    assert read(filled)[0].place.line == 80
    with open_ledger(filled) as ledger:
        assert len(history.read(ledger)) == 1


def test_ids_come_in_order_without_the_entries(path: Path) -> None:
    put(path, record("2"), Entry(EntryKind.DECLARATION, "policy"), record("1"))
    with open_ledger(path) as ledger:
        assert entries.ids(ledger) == ["2", "policy", "1"]
