"""A form as one flat table: the columns in which its records are exported, and the names by which each is known."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from gbtool.model.document import Field, Fields
from gbtool.structs import Frozen

ID, DAY, ENTERED, NOTE = "记录编号", "发生日期", "录入日期", "记录备注"
_TEXT, _DATE = Field("", "text"), Field("", "date")


class Part(StrEnum):
    """The part of a record in which a column stands."""

    ID = "id"
    DAY = "day"
    ENTERED = "entered"
    HEAD = "head"
    ROW = "row"
    FOOT = "foot"
    NAME = "name"  # who signed in a role
    SIGNED = "signed"  # when
    NOTE = "note"


Key = tuple[Part, str]


class Slot(Frozen):
    """A column: its title, the part and the name of the field or role in it, other names, and what it may hold."""

    title: str
    part: Part
    name: str
    names: tuple[str, ...]
    field: Field

    @property
    def key(self) -> Key:
        """The part with the name in it."""
        return self.part, self.name


def slots(fields: Fields) -> tuple[Slot, ...]:
    """All columns of a form in the order in which they are exported, each title once."""
    own = set(fields.names)
    return tuple(_distinct(_all(fields), own))


def names_of(found: Iterable[Slot]) -> Mapping[str, tuple[str, ...]]:
    """The titles with the names by which each is known, for those that may be imported."""
    return {slot.title: (slot.title, *slot.names) for slot in found if slot.part is not Part.ENTERED}


def _all(fields: Fields) -> Iterator[Slot]:
    yield Slot(ID, Part.ID, ID, ("编号",), _TEXT)
    yield Slot(DAY, Part.DAY, DAY, ("日期",), _DATE)
    yield Slot(ENTERED, Part.ENTERED, ENTERED, (), _DATE)
    for part, group in ((Part.HEAD, fields.head), (Part.ROW, fields.columns), (Part.FOOT, fields.foot)):
        for each in group:
            yield Slot(each.name, part, each.name, (), each)
    for role in fields.sign:
        yield Slot(f"{role}（签名）", Part.NAME, role, (role, f"{role}签名", f"{role}人"), _TEXT)
        yield Slot(f"{role}（签名日期）", Part.SIGNED, role, (f"{role}日期", f"{role}签名日期"), _DATE)
    yield Slot(NOTE, Part.NOTE, NOTE, ("备注",), _TEXT)


def _distinct(found: Iterable[Slot], own: set[str]) -> Iterator[Slot]:
    """Other names count only where no field of the form has them; a title that a field has says that it is ours."""
    for slot in found:
        field = slot.part in (Part.HEAD, Part.ROW, Part.FOOT)
        title = f"{slot.title}（台账）" if not field and slot.title in own else slot.title
        names = tuple(name for name in slot.names if name not in own)
        yield Slot(title, slot.part, slot.name, names, slot.field)
