"""When the tasks of a schedule run: the days that answers give, and the working days beside them."""

from collections.abc import Iterator
from datetime import date, timedelta

from gbtool.model import condition
from gbtool.model.calendar import SATURDAY, WorkCalendar
from gbtool.model.document import Task
from gbtool.model.entry import as_date
from gbtool.model.facts import Facts
from gbtool.structs import Frozen

DAY = "日期"


class Stretch(Frozen):
    """A task with its first and last day, and the days that stand out in between."""

    task: Task
    first: date
    last: date
    marks: tuple[date, ...] = ()


def stretches(facts: Facts) -> tuple[Stretch, ...]:
    """The tasks of the catalogue's schedule that this client has and whose days are known, in order."""
    tasks = (task for specification in facts.applicable for task in specification.tasks)
    ours = (task for task in tasks if condition.holds(task.when, facts.client.answers))
    return tuple(found for task in ours if (found := _stretch(task, facts)))


def workday(day: date, count: int, calendar: WorkCalendar) -> date:
    """The day so many working days later (earlier when negative); weekends alone count where a year is not known."""
    step, left = (1 if count > 0 else -1), abs(count)
    while left:
        day += timedelta(days=step)
        works = calendar.is_workday(day)
        left -= day.weekday() < SATURDAY if works is None else works
    return day


def period(text: str) -> tuple[date, date] | None:
    """The first and last day of `2026-08-24至2026-08-25`; a single day is both."""
    first, _, last = text.partition("至")
    start, end = as_date(first.strip()), as_date((last or first).strip())
    return (start, end) if start and end else None


def _stretch(task: Task, facts: Facts) -> Stretch | None:
    """The days of a task; one that would end before it begins is done on one day."""
    if task.marks:
        marks = tuple(sorted(_marks(task.marks, facts)))
        return Stretch(task, marks[0], marks[-1], marks) if marks else None
    first = _first(task, facts)
    last = _last(task, facts)
    if first is None or last is None:
        return None
    return Stretch(task, min(first, last), last)


def _first(task: Task, facts: Facts) -> date | None:
    days = _days(task.start or task.after, facts)
    if days is None:
        return None
    return days[0] if task.start else workday(days[1], 1, facts.calendar)


def _last(task: Task, facts: Facts) -> date | None:
    days = _days(task.end or task.before, facts)
    if days is None:
        return None
    return days[1] if task.end else workday(days[0], -1, facts.calendar)


def _days(keys: str, facts: Facts) -> tuple[date, date] | None:
    return next((days for key in keys.split("|") if (days := period(facts.client.text(key)))), None)


def _marks(key: str, facts: Facts) -> Iterator[date]:
    yield from (day for row in facts.client.rows(key) if (day := as_date(row.get(DAY))))
