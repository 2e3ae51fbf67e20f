"""The entries of a client, looked up by kind, by form and by day, in memory or wherever they are kept."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from gbtool.model.entry import Entry, EntryKind


class Entries(Sequence[Entry]):
    """All entries in the order in which they came in; a kind or a form alone is found without reading the others."""

    @abstractmethod
    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of a kind, in the order in which they came in."""

    @abstractmethod
    def form(self, form: str) -> tuple[Entry, ...]:
        """The records of a form, in order of date and id."""

    def each(self, form: str) -> Iterator[Entry]:
        """The records of a form one after the other, in any order, for somebody who keeps little of each."""
        yield from self.form(form)

    @property
    @abstractmethod
    def records(self) -> tuple[Entry, ...]:
        """The records of all forms, in order of date and id."""

    @property
    @abstractmethod
    def days(self) -> Mapping[str, tuple[str, ...]]:
        """The ISO days of the records of each form, in order."""


class Held(Entries):
    """Entries that are in memory."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self._entries = tuple(entries)

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        return self._entries[place]

    @cached_property
    def _kinds(self) -> Mapping[EntryKind, tuple[Entry, ...]]:
        found: dict[EntryKind, list[Entry]] = {}
        for entry in self._entries:
            found.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}

    @cached_property
    def records(self) -> tuple[Entry, ...]:
        """The records of all forms, in order of date and id."""
        return tuple(sorted(self.of(EntryKind.RECORD), key=lambda entry: (entry.date, entry.id)))

    @cached_property
    def _forms(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.records:
            found.setdefault(entry.form, []).append(entry)
        return {form: tuple(entries) for form, entries in found.items()}

    @cached_property
    def days(self) -> Mapping[str, tuple[str, ...]]:
        """The ISO days of the records of each form, in order."""
        return {form: tuple(entry.date for entry in entries) for form, entries in self._forms.items()}

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of a kind, in the order in which they came in."""
        return self._kinds.get(kind, ())

    def form(self, form: str) -> tuple[Entry, ...]:
        """The records of a form, in order of date and id."""
        return self._forms.get(form, ())
