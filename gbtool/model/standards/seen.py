"""Which entries belong to one of several standards: an audit is made under one, all else is there for all."""

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from gbtool.model.entries import Entries
from gbtool.model.entry import Entry, EntryKind
from gbtool.structs import Frozen, replace

MARK = "under"  # the standard under which an audit was made; an audit without it was made under the main one
KINDS = frozenset({EntryKind.AUDIT_PLAN, EntryKind.AUDIT_REPORT})
FORMS = frozenset({"rec-audit-checklist", "rec-audit-meeting", "rec-nc-report", "rec-nc-distribution"})


class View(Frozen):
    """Under which of a client's standards one looks, and which is the main one."""

    key: str
    main: str

    @property
    def apart(self) -> bool:
        """Whether one looks under another standard than the main one."""
        return self.key != self.main

    def shows(self, entry: Entry) -> bool:
        """Whether one sees an entry: what is no part of an audit belongs to all standards."""
        return not _audit(entry) or (entry.text(MARK) or self.main) == self.key

    def marked(self, entry: Entry) -> Entry:
        """An entry as it is kept: an audit's names its standard where that is not the main one."""
        return replace(entry, data={**entry.data, MARK: self.key}) if self.apart and _audit(entry) else entry


def _audit(entry: Entry) -> bool:
    return entry.kind in KINDS or entry.form in FORMS


class Of(Entries):
    """The entries that one sees under one of a client's standards."""

    def __init__(self, entries: Entries, view: View) -> None:
        self._entries, self._view = entries, view

    def _kept(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        return tuple(entry for entry in entries if self._view.shows(entry))

    def __len__(self) -> int:
        return len(self._kept(self._entries))

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        return self._kept(self._entries)[place]

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of a kind, in the order in which they came in."""
        return self._kept(self._entries.of(kind))

    def form(self, form: str) -> tuple[Entry, ...]:
        """The records of a form, in order of date and id."""
        return self._kept(self._entries.form(form))

    def each(self, form: str) -> Iterator[Entry]:
        """The records of a form one after the other, in any order."""
        return (entry for entry in self._entries.each(form) if self._view.shows(entry))

    @property
    def records(self) -> tuple[Entry, ...]:
        """The records of all forms, in order of date and id."""
        return self._kept(self._entries.records)

    @property
    def days(self) -> Mapping[str, tuple[str, ...]]:
        """The ISO days of the records of each form, in order; those of other standards count as activity too."""
        return self._entries.days
