"""Records as a whole: working days, late entries, missing months, numbers in order (DT-52, DT-56, DT-62, LATE)."""

import itertools
from collections.abc import Iterator
from datetime import date

from gbtool.model.calendar import add_months, months_between
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.reading import at, milestone

LATE_WORKDAYS = 5
FREE = ("rec-rd-log", "rec-expo-monitor", "rec-visitor", "rec-dispute")


@rule("DT-52", of=lambda facts: facts.records())
def on_a_workday(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Records are formed and signed on working days (State Council calendar; logs, fairs and events excepted)."""
    if record.form in FREE:
        return
    pattern = facts.client.text("work_calendar")
    days = {record.day, *(as_date(signature.date) for signature in record.signatures)} - {None}
    for day in sorted(day for day in days if day):
        if facts.calendar.is_workday(day) is False:
            holiday = facts.calendar.holidays.get(day)
            if not holiday and pattern != "双休":
                continue
            why = f"国务院放假安排：{day} {holiday}放假" if holiday else f"{day} 是周末，工作制为{pattern}"
            yield Fault(
                f"{record.id} 的日期 {day} 不是工作日",
                (at(record, f"日期 {day}"), why),
                "核对日期；确在休息日办理的写明",
                soft=True,
            )


@rule("LATE", of=lambda facts: facts.records())
def entered_in_time(record: Entry, facts: Facts) -> Fault | None:
    """An entry made five working days or more after it happened and was signed is marked as late."""
    entered = as_date(record.entered)
    days = [day for day in (record.day, *(as_date(s.date) for s in record.signatures), _end(record)) if day]
    if not (entered and days):
        return None
    last = max(days)
    gap = facts.calendar.workdays_from(last, entered) if entered > last else 0
    if gap is None or gap < LATE_WORKDAYS:
        return None
    places = (at(record, f"录入 {entered}"), at(record, f"日期与签字 {last}"))
    return Fault(f"{record.id} 事后补录：{last} 形成，{entered} 才录入", places, "保留补录标记，写明原因", soft=True)


def _end(record: Entry) -> date | None:
    return as_date(record.text("end"))


def _monthly(facts: Facts) -> tuple[str, ...]:
    return tuple(s.id for s in facts.applicable if s.frequency == "monthly" and s.audience == "client")


@rule("DT-56", of=_monthly)
def no_month_missing(form: str, facts: Facts) -> Iterator[Fault]:
    """Monthly records exist for every full month from the effective day to the audit, or 本期未发生 is entered."""
    start = facts.effective
    plan = facts.one(EntryKind.AUDIT_PLAN)
    stop = milestone(plan, "start")
    last = min(stop.day, facts.today) if stop else facts.today
    if start is None or (facts.records(form) == () and start.isoformat()[:7] == last.isoformat()[:7]):
        return
    held = {record.date[:7] for record in facts.records(form)}
    for month in _full_months(start, last):
        if month not in held and not _absent(facts, form, month):
            title = next(s.title for s in facts.applicable if s.id == form)
            edge = stop.place if stop and last == stop.day else f"今天 {facts.today}"
            places = (f"{form} 缺 {month}", f"运行期 {start} 至 {last}（{edge}）")
            fix = f"如实登记；确未发生的：gbtool ledger absent {form}"
            yield Fault(f"{month} 没有《{title}》", places, fix, soft=True)


def _full_months(start: date, last: date) -> tuple[str, ...]:
    months = months_between(start, last)
    first = months if start.day == 1 else months[1:]
    complete = add_months(last.replace(day=1), 1).toordinal() - 1 == last.toordinal()
    return first if complete else first[:-1] if first and first[-1] == last.isoformat()[:7] else first


def _absent(facts: Facts, form: str, month: str) -> bool:
    for entry in facts.of(EntryKind.ABSENT):
        first, _, last = entry.text("period").partition("至")
        if entry.form == form and first[:7] <= month <= (last or first)[:7]:
            return True
    return False


@rule("DT-62", of=once)
def numbers_follow_dates(facts: Facts, _: Facts) -> Iterator[Fault]:
    """Among records of a form, a higher number is not dated earlier."""
    by_form: dict[str, list[Entry]] = {}
    for record in facts.records():
        by_form.setdefault(record.form, []).append(record)
    for records in by_form.values():
        ordered = sorted(records, key=lambda record: record.id)
        for first, second in itertools.pairwise(ordered):
            if first.date and second.date and first.date > second.date:
                places = (at(first, f"日期 {first.date}"), at(second, f"日期 {second.date}"))
                yield Fault(f"{second.id} 的日期早于前一号 {first.id}", places, "核对编号和日期", soft=True)
