"""Records as a whole: working days, late entries, missing months, numbers in order (DT-52, DT-56, DT-62, LATE)."""

import itertools
from collections.abc import Iterator
from datetime import date

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import period
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


@rule("DT-56", of=period.months)
def no_month_missing(month: period.Span, facts: Facts) -> Iterator[Fault]:
    """Periodic records exist for every whole month from the effective day to the audit, or 本期未发生 is entered."""
    stop = milestone(facts.one(EntryKind.AUDIT_PLAN), "start", facts)
    if stop and month.last >= stop.day:
        return
    edge = stop.place if stop else f"今天 {facts.today}"
    for due in month.missing:
        places = (f"{due.form} 缺 {month.name}", f"运行期 {facts.effective} 起（{edge}）")
        fix = f"如实登记；确未发生的：gbtool ledger absent {due.form}"
        yield Fault(f"{month.name} 没有《{due.title}》", places, fix, soft=True)


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
