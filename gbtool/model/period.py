"""A period that the texts set: how long, in which unit, for what; printed as a reader says it."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from gbtool.model.calendar import WorkCalendar, add_months
from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen

_KEY = re.compile(r"\{([a-z]+(?:\.[a-z]+)*)\}")


class Unit(StrEnum):
    """What a period is counted in; hours are for people, rules do not compute with them."""

    WORKDAYS = "工作日"
    DAYS = "日"
    MONTHS = "月"
    HOURS = "小时"


class Period(Frozen):
    """`10个工作日`, `30日`, `6个月` or `24小时`, with what it is for and who says so."""

    key: str
    value: int
    unit: Unit
    meaning: str
    source: str = ""
    place: Place = NOWHERE

    def __str__(self) -> str:
        """The period as a text prints it."""
        return f"{self.value}{'' if self.unit in (Unit.DAYS, Unit.HOURS) else '个'}{self.unit.value}"

    def after(self, day: date, calendar: WorkCalendar) -> date | None:
        """The last day so long after a day; None where the calendar does not know a year."""
        return self._moved(day, calendar, 1)

    def before(self, day: date, calendar: WorkCalendar) -> date | None:
        """The last day on which something is still so long ahead of a day; None where a year is not known."""
        return self._moved(day, calendar, -1)

    def _moved(self, day: date, calendar: WorkCalendar, way: int) -> date | None:
        if self.unit is Unit.WORKDAYS:
            return calendar.add_workdays(day, way * self.value)
        if self.unit is Unit.MONTHS:
            return add_months(day, way * self.value)
        return day + timedelta(days=way * self.value) if self.unit is Unit.DAYS else day


def unknown_in(text: str, periods: Mapping[str, Period]) -> tuple[str, ...]:
    """The keys in braces that no period has."""
    return tuple(key for key in _KEY.findall(text) if key not in periods)


def filled(text: str, periods: Mapping[str, Period]) -> str:
    """`拟发布日{release.submit}前` with the period in it; a key that nobody knows stays as it is."""
    return _KEY.sub(lambda found: str(periods.get(found[1], found[0])), text)
