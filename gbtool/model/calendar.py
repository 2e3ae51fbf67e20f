"""Days: calendar months with month ends, and working days by the State Council's calendar."""

import calendar as _calendar
from collections.abc import Mapping
from datetime import date, timedelta

from gbtool.structs import Frozen, field

SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, the month's last day where there is none (细则第5条的算法)."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, _calendar.monthrange(year, month)[1]))


def months_between(first: date, last: date) -> tuple[str, ...]:
    """The calendar months (`2026-05`) from the first day's to the last day's."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return tuple(add_months(first.replace(day=1), n).isoformat()[:7] for n in range(count + 1))


class WorkCalendar(Frozen):
    """Public holidays (with their names) and worked weekends of the years that are known."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool | None:
        """Whether people work on this day; None for a year whose arrangement is not known."""
        if day.year not in self.years:
            return None
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.holidays)

    def add_workdays(self, day: date, count: int) -> date | None:
        """The day so many working days later (earlier when negative); None where a year is not known."""
        step, left = (1 if count > 0 else -1), abs(count)
        while left:
            day += timedelta(days=step)
            works = self.is_workday(day)
            if works is None:
                return None
            left -= works
        return day

    def workdays_from(self, first: date, last: date) -> int | None:
        """Working days after `first` up to and including `last`; None where a year is not known."""
        days = [self.is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1)]
        return None if None in days else sum(bool(day) for day in days)
