"""Months with month ends, and working days that say when they do not know."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from gbtool.model.calendar import WorkCalendar, add_months, months_between
from gbtool.shelf.calendars import work_calendar

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-05-18", 3, "2026-08-18"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ],
)
def test_the_corresponding_day_or_the_months_last(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(DAYS, st.integers(-60, 60))
def test_months_never_leave_the_wanted_month(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there + timedelta(days=1)).day == 1


@given(DAYS, st.integers(0, 40))
def test_months_between_are_all_months(first: date, months: int) -> None:
    last = add_months(first, months)
    found = months_between(first, last)
    assert len(found) == months + 1
    assert (found[0], found[-1]) == (first.isoformat()[:7], last.isoformat()[:7])


def test_working_days_follow_the_state_council() -> None:
    calendar = work_calendar()
    assert calendar.is_workday(date(2026, 6, 19)) is False  # Dragon Boat festival
    assert calendar.is_workday(date(2026, 2, 28)) is True  # a worked Saturday
    assert calendar.is_workday(date(2026, 11, 21)) is False
    assert calendar.add_workdays(date(2026, 8, 24), -3) == date(2026, 8, 19)
    assert calendar.add_workdays(date(2026, 6, 18), 1) == date(2026, 6, 22)
    assert calendar.workdays_from(date(2026, 6, 18), date(2026, 6, 22)) == 1


def test_a_year_that_is_not_known_is_said() -> None:
    calendar = WorkCalendar()
    assert calendar.is_workday(date(2026, 6, 19)) is None
    assert calendar.add_workdays(date(2026, 6, 19), 1) is None
    assert calendar.workdays_from(date(2026, 6, 19), date(2026, 6, 22)) is None
