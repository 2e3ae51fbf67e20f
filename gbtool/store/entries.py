"""The entries of the ledger: add, replace with the old value kept in the history, read all."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gbtool.errors import Refused
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import NOWHERE, Place
from gbtool.store import history
from gbtool.store.database import Change, Ledger
from gbtool.store.history import Deed, packed
from gbtool.structs import Frozen

_SELECT = "SELECT kind, id, date, entered, form, data, file, line, item FROM entries"
_ONE = f"{_SELECT} WHERE kind = ? AND id = ?"
_DECODE = json.JSONDecoder().raw_decode  # what json.loads does between two searches for blanks
_KINDS = {kind.value: kind for kind in EntryKind}
_INSERT = """
INSERT INTO entries (date, entered, form, data, file, line, item, kind, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE = """
UPDATE entries SET date = ?, entered = ?, form = ?, data = ?, file = ?, line = ?, item = ? WHERE kind = ? AND id = ?
"""


class Stored(Mapping[str, object]):
    """The data of an entry as the ledger holds it, read from its text when somebody looks."""

    __slots__ = ("_text", "_value")

    def __init__(self, text: str) -> None:
        self._text = text
        self._value: dict[str, object] | None = None

    def _read(self) -> dict[str, object]:
        if self._value is None:
            self._value = _DECODE(self._text)[0]
        return self._value

    def __getitem__(self, name: str) -> object:
        return self._read()[name]

    def get(self, name: str, default: object = None) -> object:
        """A datum by name; the inherited one raises and catches for every name that is missing."""
        return (self._value or self._read()).get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __repr__(self) -> str:
        return repr(self._read())


class Kept(Frozen):
    """What became of entries that were put in: their kinds and ids."""

    added: tuple[Entry, ...] = ()
    replaced: tuple[Entry, ...] = ()
    same: tuple[Entry, ...] = ()


def subject(entry: Entry) -> str:
    """The name of an entry in the history."""
    return f"{entry.kind.value}/{entry.id}"


def payload(entry: Entry) -> str:
    """The value of an entry in the history; where it was read from is no part of it."""
    return packed([entry.date, entry.entered, entry.form, entry.data])


def read(ledger: Ledger, *kinds: EntryKind) -> tuple[Entry, ...]:
    """The entries of these kinds, of all when none is given, in the order in which they came in."""
    where = f"WHERE kind IN ({', '.join('?' for _ in kinds)}) " if kinds else ""
    return found(ledger, f"{where}ORDER BY position", [kind.value for kind in kinds])


def found(ledger: Ledger, clause: str, values: Sequence[object] = ()) -> tuple[Entry, ...]:
    """The entries that an SQL clause of this room picks and orders."""
    return tuple([_entry(row) for row in ledger.rows(f"{_SELECT} {clause}", values)])


def each(ledger: Ledger, clause: str, values: Sequence[object] = ()) -> Iterator[Entry]:
    """The same one after the other, without holding all of them."""
    return map(_entry, ledger.each(f"{_SELECT} {clause}", values))


def ids(ledger: Ledger) -> list[str]:
    """The ids of all entries, in the order in which they came in."""
    return [id_ for (id_,) in ledger.rows("SELECT id FROM entries ORDER BY position")]


def add(change: Change, *entries: Entry) -> None:
    """Add entries that must be new.

    Raises:
        Refused: there is already one of this kind and id.
    """
    known = _known(change, entries)
    for entry in entries:
        if (entry.kind, entry.id) in known:
            raise Refused(f"台账里已有 {entry.id}，没有再记一次", "换一个编号；要更正原来的，用 gbtool ledger import")
    put(change, entries)


def put(change: Change, entries: Iterable[Entry]) -> Kept:
    """Add what is new and replace what differs; what is equal stays as it is and leaves no trace."""
    entries = tuple(entries)
    known = _known(change, entries)
    added: list[Entry] = []
    replaced: list[Entry] = []
    same: list[Entry] = []
    for entry in entries:
        old = known.get((entry.kind, entry.id))
        outcome = added if old is None else same if payload(old) == payload(entry) else replaced
        outcome.append(entry)
    moved = [entry for entry in same if known[entry.kind, entry.id].place != entry.place]
    change.connection.executemany(_INSERT, map(_values, added))
    change.connection.executemany(_UPDATE, map(_values, (*replaced, *moved)))
    changed = (*added, *replaced)
    history.append(change, [Deed(entry.date, subject(entry), payload(entry)) for entry in changed])
    return Kept(tuple(added), tuple(replaced), tuple(same))


def _known(change: Change, entries: Iterable[Entry]) -> dict[tuple[EntryKind, str], Entry]:
    """What the ledger holds under the kinds and ids of these."""
    rows = (change.connection.execute(_ONE, (entry.kind.value, entry.id)).fetchone() for entry in entries)
    return {(entry.kind, entry.id): entry for entry in map(_entry, filter(None, rows))}


def _values(entry: Entry) -> tuple[object, ...]:
    place = entry.place
    where = (place.file, place.line, place.item)
    return (entry.date, entry.entered, entry.form, packed(entry.data), *where, entry.kind.value, entry.id)


def _entry(row: tuple[Any, ...]) -> Entry:
    kind, id_, date, entered, form, data, file, line, item = row
    place = Place(file, line or None, item or "") if file else NOWHERE
    return Entry(_KINDS[kind], id_, date, entered, form, Stored(data), place)
