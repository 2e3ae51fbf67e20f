"""Checks of days: how long between two, before or after a day, in order, spaced, in a year, by the day's own table."""

import itertools
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.entry import as_date
from gbtool.model.finding import Status
from gbtool.model.outside.published import Check
from gbtool.rules.gates.known import Known, Value
from gbtool.rules.gates.outcome import Outcome, kind, met, missed, unknown
from gbtool.structs import replace


def later(day: date, check: Check, way: int = 1) -> date:
    """A day moved by the check's years, months and days: the corresponding day, else the month's last."""
    return add_months(day, way * (12 * check.years + check.months)) + timedelta(days=way * check.days)


def span_of(check: Check) -> str:
    """`3 个月` as the check has it."""
    parts = ((check.years, "年"), (check.months, "个月"), (check.days, "天"))
    return "又".join(f"{number} {unit}" for number, unit in parts if number)


@kind("at_least")
def at_least(check: Check, known: Known) -> Outcome:
    """From one day to another lie so many years, months or days; the corresponding day itself is enough."""
    first, last = known.get(check.from_), known.get(check.to)
    given = known.get(check.months_fact) if check.months_fact else None
    if first is None or first.day is None or last is None or last.day is None or (check.months_fact and not given):
        return unknown(known, check.from_, check.to, *([check.months_fact] if check.months_fact else []))
    months = replace(check, months=given.count) if given else check
    earliest = later(first.day, months)
    said = f"{known.title(check.from_)} {first.day}，满 {span_of(months)} 是 {earliest}"
    if last.day >= earliest:
        return met(f"{said}；{known.title(check.to)} {last.day}", first.place, last.place)
    left = (earliest - last.day).days
    message = f"{said}；{known.title(check.to)} {last.day}，还差 {left} 天"
    return missed(message, (first.place, last.place), f"最早 {earliest}")


@kind("within")
def within(check: Check, known: Known) -> Outcome:
    """A day lies no later than so long after another; while it has not come, today stands for it."""
    first, last = known.get(check.from_), known.get(check.to)
    if check.months_fact and known.get(check.months_fact) is None:
        return unknown(known, check.months_fact)
    if first is None or first.day is None:
        return unknown(known, check.from_)
    given = known.get(check.months_fact) if check.months_fact else None
    limit = add_months(first.day, given.count) if given else later(first.day, check)
    return _until(limit, last, check.to, known, first.place)


@kind("on_or_before")
def on_or_before(check: Check, known: Known) -> Outcome:
    """A day is not later than a fixed day or than another day."""
    limit = as_date(check.day) or _day(known, check.to)
    if limit is None:
        return unknown(known, check.to)
    return _until(limit, known.get(check.fact), check.fact, known, check.day)


def _day(known: Known, name: str) -> date | None:
    value = known.get(name) if name else None
    return value.day if value else None


def _until(limit: date, value: Value | None, name: str, known: Known, place: str) -> Outcome:
    today = known.facts.today
    if value is None or value.day is None:
        if today > limit:
            message = f"最迟 {limit}，已过 {(today - limit).days} 天，还没有{known.title(name)}"
            return missed(message, (place,), unknown(known, name).fix)
        left = f"最迟 {limit}，还有 {(limit - today).days} 天，{known.title(name)}还没有"
        return unknown(known, name, message=left)
    said = f"{known.title(name)} {value.day}，最迟 {limit}"
    if value.day <= limit:
        return met(said, value.place)
    return missed(f"{said}，晚了 {(value.day - limit).days} 天", (value.place, place))


@kind("on_or_after")
def on_or_after(check: Check, known: Known) -> Outcome:
    """A day is not earlier than a fixed day."""
    value, first = known.get(check.fact), as_date(check.day)
    if value is None or value.day is None or first is None:
        return unknown(known, check.fact)
    said = f"{known.title(check.fact)} {value.day}，从 {first} 起算"
    return met(said, value.place) if value.day >= first else missed(said, (value.place,))


@kind("in_order")
def in_order(check: Check, known: Known) -> Outcome:
    """Days follow each other; with fewer than two of them nothing was looked at."""
    days = [(known.title(name), value) for name in check.facts if (value := known.get(name)) and value.day]
    if len(days) < min(2, len(check.facts)):
        return unknown(known, *(name for name in check.facts if known.get(name) is None))
    for (first, one), (second, two) in itertools.pairwise(days):
        if one.day and two.day and one.day > two.day:
            return missed(f"{first} {one.day} 晚于 {second} {two.day}", (one.place, two.place), "核对日期，如实登记")
    return met("，".join(f"{name} {value.day}" for name, value in days))


@kind("spaced")
def spaced(check: Check, known: Known) -> Outcome:
    """The days of a list, and today after the last of them, are no further apart than so long."""
    value = known.get(check.fact)
    if value is None or not value.days:
        return unknown(known, check.fact)
    for one, two in itertools.pairwise(value.days):
        if two > later(one, check):
            return missed(f"{one} 以后到 {two} 才有下一次，超过 {span_of(check)}", (value.place,))
    last = value.days[-1]
    limit, today = later(last, check), known.facts.today
    if today > limit:
        message = f"最近一次 {last}，{span_of(check)}到 {limit} 为止，已过 {(today - limit).days} 天"
        return missed(message, (value.place,), "尽快安排下一次")
    return met(f"最近一次 {last}，下一次最迟 {limit}", value.place)


@kind("in_year")
def in_year(check: Check, known: Known) -> Outcome:
    """A day lies in the year of another day, moved by so many years."""
    value, other = known.get(check.fact), known.get(check.by)
    if value is None or value.day is None or other is None or other.day is None:
        return unknown(known, check.fact, check.by)
    year = other.day.year + check.years
    said = f"{known.title(check.fact)} {value.day}，要在 {year} 年内"
    return met(said, value.place) if value.day.year == year else missed(said, (value.place, other.place))


@kind("ends_on")
def ends_on(check: Check, known: Known) -> Outcome:
    """A term ends on the day before the corresponding day; what the paper says goes before what is computed."""
    first, last = known.get(check.from_), known.get(check.to)
    if first is None or first.day is None or last is None or last.day is None:
        return unknown(known, check.from_, check.to)
    counted = later(first.day, check) - timedelta(days=1)
    said = f"{known.title(check.from_)} {first.day}，{span_of(check)}到 {counted}；{known.title(check.to)} {last.day}"
    if last.day == counted:
        return met(said, first.place, last.place)
    return missed(said, (first.place, last.place), "以证书载明为准，核对", soft=True)


@kind("buckets")
def buckets(check: Check, known: Known) -> Outcome:
    """What becomes of something by how long it took: the first line of the table whose months are not exceeded."""
    first, last = known.get(check.from_), known.get(check.to)
    if first is None or first.day is None:
        return unknown(known, check.from_)
    day = last.day if last and last.day else known.facts.today
    found = next(line for line in check.table if line.months is None or day <= add_months(first.day, line.months))
    so_far = f"{known.title(check.to)} {day}" if last and last.day else f"到 {day} 还没有{known.title(check.to)}"
    said = f"{known.title(check.from_)} {first.day}，{so_far}：{found.result}"
    return met(said, first.place) if found is check.table[0] else missed(said, (first.place,))


@kind("allowed")
def allowed(check: Check, known: Known) -> Outcome:
    """What a fact may be on a day, or for a value of another fact, by a table."""
    value, by = known.get(check.fact), known.get(check.by)
    if value is None or by is None:
        return unknown(known, check.fact, check.by)
    (mine,), (other,) = value.texts[:1], by.texts[:1]
    line = next((each for each in check.table if _fits(each.of, each.from_, each.to, other)), None)
    said = f"{known.title(check.by)} {other}，{known.title(check.fact)} {mine}"
    if line is None:
        return Outcome(Status.NOT_APPLICABLE, f"{said}：没有写到")
    if mine in line.values:
        return met(said, value.place, by.place)
    return missed(f"{said}：只能是 {'、'.join(line.values)}", (value.place, by.place))


def _fits(of: str, first: str, last: str, text: str) -> bool:
    return (not of or of == text) and not (first and text < first) and not (last and text > last)
