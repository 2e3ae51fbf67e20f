"""How periods are counted: corresponding days, working days, the last day rolled over holidays, delivery of notices."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from gbtool.model.calendar import WorkCalendar, add_months
from gbtool.model.deadline import DeadlineRule
from gbtool.structs import Frozen

ELECTRONIC, POSTAL, UNMARKED, DIRECT, PUBLISHED = "电子", "邮寄", "邮寄，邮戳不清", "直接送交", "公告"
DELIVERIES = (ELECTRONIC, POSTAL, UNMARKED, DIRECT, PUBLISHED)


class End(Frozen):
    """The last day of a period: `raw` as counted, `due` rolled to a working day, None where the year is not known."""

    raw: date
    due: date | None
    caveat: str = ""

    @property
    def last(self) -> date:
        """The last day on which something may be done, as far as it is known."""
        return self.due or self.raw


def rolled(day: date, calendar: WorkCalendar) -> End:
    """A last day on a holiday moves to the first working day after it (专利法实施细则第5条、商标法实施条例第12条)."""
    works = calendar.is_workday(day)
    due = day if works else None if works is None else calendar.add_workdays(day, 1)
    return End(day, due, "" if due else f"日历未覆盖{_uncovered(day, calendar)}")


def _uncovered(day: date, calendar: WorkCalendar) -> int:
    return day.year if day.year not in calendar.years else day.year + 1


def fixed(day: date) -> End:
    """A last day that does not move."""
    return End(day, day)


def ends(rule: DeadlineRule, start: date, calendar: WorkCalendar, name: str = "") -> End:
    """When the period of a rule ends; the starting day is not counted (专利法实施细则第5条).

    Args:
        rule: the rule, with one of `years`, `months`, `days`, `working_days`, or a number under `name`.
        start: the day from which it runs.
        calendar: the working calendar.
        name: the parameter, where the rule has several: a name that ends in the unit, or a kind of right.

    Raises:
        ValueError: the rule has no such period.
    """
    key = name or next((unit for unit in ("years", "months", "days", "working_days") if unit in rule.params), "")
    count = rule.number(key, start)
    if count is None:
        raise ValueError(f"{rule.id} has no period {key or '(none)'}")
    unit = str(rule.params.get("unit") or key)
    return after(start, count, unit, calendar, roll=rule.roll or rule.params.get(f"{_stem(key)}_roll") == "true")


def _stem(key: str) -> str:
    return key.rsplit("_", 1)[0]


def after(start: date, count: int, unit: str, calendar: WorkCalendar, *, roll: bool) -> End:
    """So many years, months, days or working days after a day; working days end on one and never roll."""
    if unit.endswith("working_days"):
        day = calendar.add_workdays(start, count)
        return End(day or start, day, "" if day else f"日历未覆盖{start.year}年起的{count}个工作日")
    if unit.endswith("days"):
        raw = start + timedelta(days=count)
    else:
        raw = add_months(start, count * 12 if unit.endswith("years") else count)
    return rolled(raw, calendar) if roll else fixed(raw)


def later(*found: End) -> End:
    """The later of several ends."""
    return max(found, key=lambda end: end.raw)


def first_known(rule: DeadlineRule, facts: Mapping[str, date | None]) -> date | None:
    """The first of a rule's triggers that is known."""
    return next((day for name in rule.trigger if (day := facts.get(name))), None)


class Notice(Frozen):
    """How an official notice came: the day it was sent, how, and the day it was received where somebody knows it."""

    sent: date | None = None
    delivery: str = ""
    received: date | None = None


def received(notice: Notice, convention: DeadlineRule) -> date | None:
    """The day on which a notice counts as received, None where that cannot be known; nothing is estimated.

    What was really received goes before what is presumed (专利法实施细则第4条、商标法实施条例第10条).
    """
    if notice.received or not notice.sent:
        return notice.received
    extra = {
        ELECTRONIC: ("electronic_extra_days", "electronic_presumed_days"),
        POSTAL: ("postal_presumed_days",),
        UNMARKED: ("unmarked_presumed_days", "postal_presumed_days"),
        PUBLISHED: ("publication_months", "publication_days"),
    }
    for name in extra.get(notice.delivery, ()):
        count = convention.number(name, notice.sent)
        if count is not None:
            return add_months(notice.sent, count) if name.endswith("months") else notice.sent + timedelta(days=count)
    return None


def year_end(day: date, years: int) -> date:
    """31 December of the year so many years later (计算机软件保护条例第14条、著作权法第23条)."""
    return date(day.year + years, 12, 31)


def day_before(day: date, months: int) -> date:
    """The day before the corresponding day; the month's last day where there is none (商标法实施条例第12条第2款)."""
    there = add_months(day, months)
    return there if there.day != day.day else there - timedelta(days=1)


def soonest(days: Iterable[date | None]) -> date | None:
    """The earliest of the days that are known."""
    return min((day for day in days if day), default=None)
