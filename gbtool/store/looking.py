"""The entries of an open ledger, each kind and form read when somebody looks: a page costs what it shows."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import overload

from gbtool.model.entries import Entries
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import Ledger

_UP_TO = "(date = '' OR date <= ?)"
_COUNTED = """
SELECT form, date, count(*) FROM entries WHERE kind = ? AND (date = '' OR date <= ?) GROUP BY form, date
"""


class Looked(Entries):
    """What happened up to a day, by an open ledger; the caller keeps it open, and so all he reads is of one moment."""

    def __init__(self, ledger: Ledger, day: str) -> None:
        self._ledger = ledger
        self._day = day
        self._found: dict[tuple[str, ...], tuple[Entry, ...]] = {}

    @cached_property
    def _all(self) -> tuple[Entry, ...]:
        return self._read((_UP_TO, "position"))

    def _read(self, asked: tuple[str, str], *values: str) -> tuple[Entry, ...]:
        key = (*asked, *values)
        if key not in self._found:
            where, order = asked
            self._found[key] = entries.found(self._ledger, f"WHERE {where} ORDER BY {order}", (*values, self._day))
        return self._found[key]

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        return self._all[place]

    @cached_property
    def records(self) -> tuple[Entry, ...]:
        """The records of all forms, in order of date and id."""
        return self._read((f"kind = ? AND {_UP_TO}", "date, id"), EntryKind.RECORD.value)

    @cached_property
    def days(self) -> Mapping[str, tuple[str, ...]]:
        """The ISO days of the records of each form, in order: counted by the ledger, no record is read."""
        found: dict[str, list[str]] = {}
        for form, date, count in self._ledger.rows(_COUNTED, (EntryKind.RECORD.value, self._day)):
            found.setdefault(form, []).extend([date] * count)
        return {form: tuple(days) for form, days in found.items()}

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of a kind, in the order in which they came in."""
        return self._read((f"kind = ? AND {_UP_TO}", "position"), kind.value)

    def each(self, form: str) -> Iterator[Entry]:
        """The records of a form one after the other as the ledger gives them; none is kept."""
        values = (EntryKind.RECORD.value, form, self._day)
        return entries.each(self._ledger, f"WHERE kind = ? AND form = ? AND {_UP_TO}", values)

    def form(self, form: str) -> tuple[Entry, ...]:
        """The records of a form, in order of date and id."""
        return self._read((f"kind = ? AND form = ? AND {_UP_TO}", "date, id"), EntryKind.RECORD.value, form)
