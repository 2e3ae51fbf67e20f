"""When people are away: as the request of a plan gives it, as the plan keeps it, and which slots it forbids."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from gbtool.model.entry import Entry, as_date
from gbtool.structs import Frozen

MORNING, AFTERNOON = "上午", "下午"
_NOON = "12:00"
_WRITTEN = re.compile(r"(?P<name>[^=＝]+)[=＝](?P<first>[0-9-]{10})(?:至(?P<last>[0-9-]{10}))?(?P<half>上午|下午)?")


class Absence(Frozen):
    """A person is away from a day to a day, all day or only in the mornings or afternoons."""

    name: str
    first: dt.date
    last: dt.date
    half: str = ""

    def holds(self, day: dt.date, *, morning: bool) -> bool:
        """Whether the person is away in a half day."""
        return self.first <= day <= self.last and self.half in ("", MORNING if morning else AFTERNOON)

    @property
    def data(self) -> dict[str, object]:
        """As a plan keeps it."""
        own = {"name": self.name, "from": self.first.isoformat(), "to": self.last.isoformat()}
        return {**own, **({"half": self.half} if self.half else {})}

    def __str__(self) -> str:
        """As it is printed."""
        days = f"{self.first}" if self.first == self.last else f"{self.first}至{self.last}"
        return f"{self.name} {days}{self.half}"


def written(text: str) -> Absence | None:
    """An absence from `姓名=2026-08-24`, `姓名=2026-08-24至2026-08-26`, `姓名=2026-08-24上午`; None: it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found:
        return None
    first, last = as_date(found["first"]), as_date(found["last"] or found["first"])
    known = first and last and first <= last
    return Absence(found["name"].strip(), first, last, found["half"] or "") if known and first and last else None


def kept(plan: Entry) -> tuple[Absence, ...]:
    """The absences that a plan names."""
    return tuple(each for row in plan.rows("away") if (each := _row(row)))


def _row(row: Mapping[str, object]) -> Absence | None:
    first = as_date(row.get("from"))
    last = as_date(row.get("to") or row.get("from"))
    name = str(row.get("name") or "")
    return Absence(name, first, last, str(row.get("half") or "")) if name and first and last else None


def away_in(absences: Iterable[Absence], day: dt.date, *, morning: bool) -> frozenset[str]:
    """Who is away in a half day."""
    return frozenset(each.name for each in absences if each.holds(day, morning=morning))


def missed(plan: Entry) -> Iterator[tuple[Mapping[str, object], str, Absence]]:
    """The slots of a plan in which somebody is away: slot, person, absence."""
    for slot in plan.rows("slots"):
        day = as_date(slot.get("date"))
        asked = slot.get("auditees")
        people = (slot.get("auditor"), *(asked if isinstance(asked, (list, tuple)) else ()))
        sides = {True: str(slot.get("from") or "") < _NOON, False: str(slot.get("to") or "") > _NOON}
        for absence in kept(plan):
            within = day and any(absence.holds(day, morning=side) for side, there in sides.items() if there)
            if within and absence.name in people:
                yield slot, absence.name, absence
