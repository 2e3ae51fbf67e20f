"""What a file says about records of one form, before the ledger is asked: drafts, mapping, faults, remarks."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from gbtool.commands.records.slots import Part, names_of, slots
from gbtool.errors import Complaint
from gbtool.exchange.matching import How, Match
from gbtool.model.answers import date_complaint
from gbtool.model.document import Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.structs import Frozen, field

MOST = 1000  # complaints of one file that are said
Carried = frozenset[tuple[Part, str]]


class Changed(StrEnum):
    """What becomes of a record that was imported before and now reads otherwise."""

    REFUSE = "refuse"
    UPDATE = "update"
    ADD = "add"


class Request(Frozen):
    """How to read: form and sheet by name, fields by column, the day for all; what to do with what has changed."""

    form: str = ""
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    changed: Changed | None = None  # refused for records, updated for lines of tables, where nothing is asked for
    dry_run: bool = False
    by: str = ""


class Found(Frozen):
    """Records of one form in one file or sheet.

    `carried` are the parts and fields of which the file says something: what it does not carry is left as it is.
    """

    file: str
    sheet: str
    specification: Specification
    sha256: str
    drafts: tuple[Entry, ...] = ()
    carried: Carried = frozenset()
    matches: tuple[Match, ...] = ()
    faults: tuple[Complaint, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: int = 0
    head: int = 0
    dated: bool = False  # the day of each record was given, and not taken from a field or a signature

    @property
    def form(self) -> str:
        """The id of the form."""
        return self.specification.id

    @property
    def title(self) -> str:
        """The title of the form."""
        return self.specification.title

    @property
    def titles(self) -> tuple[str, ...]:
        """What a column may be."""
        return tuple(names_of(slots(self.specification.fields)))

    @property
    def undated(self) -> bool:
        """Whether there are records of which nobody says on which day they happened."""
        return any(not entry.date and not entry.id for entry in self.drafts)

    @property
    def open(self) -> tuple[Match, ...]:
        """The columns of which nobody knows yet what they are."""
        return tuple(match for match in self.matches if match.how is How.OPEN)


def draft(specification: Specification, id_: str, day: str, data: Mapping[str, object], place: Place) -> Entry:
    """A record as a file has it; without id where it is to get the next number."""
    kept = {name: part for name, part in data.items() if part}
    return Entry(EntryKind.RECORD, id_, day, "", specification.id, kept, place)


def late_faults(entry: Entry, where: str, today: date) -> Iterator[Complaint]:
    """What is wrong with the days of a record that are real days: not yet come (DT-64)."""
    if _to_come(entry.date, today):
        yield Complaint(where, f"{entry.date} 在今天（{today}）以后，还没有发生")
    for signature in entry.signatures:
        if _to_come(signature.date, today):
            yield Complaint(f"{where} 签名“{signature.role}”", f"{signature.date} 在今天（{today}）以后")


def _to_come(day: str, today: date) -> bool:
    return bool(day) and date_complaint(day) is None and day > today.isoformat()
