"""The operating period: its months and quarters, what each holds, where it has holes, when one may apply."""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gbtool.model.calendar import add_months, months_between
from gbtool.model.document import Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.structs import Frozen

MINIMUM_MONTHS = 3  # APP-001: 成文体系开始实施到递交申请，至少要满三个月
SERVICE = "svc-"
EVERY_MONTH = ("weekly", "monthly")
EVERY_QUARTER = ("quarterly",)
LENGTHS = {"weekly": 1, "monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}  # months


class Due(Frozen):
    """A form that comes round: how many records of it there are, whether 本期未发生 was entered instead."""

    form: str
    title: str
    frequency: str
    held: int
    absent: bool

    @property
    def met(self) -> bool:
        """Whether there is a record, or somebody confirmed that there was nothing to record."""
        return self.held > 0 or self.absent


class Span(Frozen):
    """A calendar month (`2026-05`) or quarter (`2026-Q3`): the days of it inside the period, whether it is whole."""

    name: str
    first: date
    last: date
    whole: bool
    records: int
    due: tuple[Due, ...]

    @property
    def empty(self) -> bool:
        """Whether a whole month or quarter holds no record at all."""
        return self.whole and not self.records

    @property
    def missing(self) -> tuple[Due, ...]:
        """What a whole month or quarter lacks; the first and last are exempt while they are not whole (DT-56)."""
        return tuple(due for due in self.due if not due.met) if self.whole else ()


def earliest(facts: Facts, months: int = MINIMUM_MONTHS) -> date | None:
    """The first day on which so many calendar months have passed since the effective day (APP-001).

    None before the period begins, and where nothing can be applied for: the standard is no ground for a certificate.
    """
    return add_months(facts.effective, months) if facts.effective and facts.standard.head.certifiable else None


def day_number(facts: Facts) -> int:
    """Today's number in the period, 1 on the effective day; 0 before it begins."""
    return max(0, (facts.today - facts.effective).days + 1) if facts.effective else 0


def months_passed(facts: Facts) -> int:
    """How many calendar months have passed since the effective day."""
    start = facts.effective
    if start is None or facts.today < start:
        return 0
    return next(n for n in itertools.count() if add_months(start, n + 1) > facts.today)


def months(facts: Facts) -> tuple[Span, ...]:
    """The calendar months from the effective day to today."""
    return _spans(facts, 1, EVERY_MONTH)


def quarters(facts: Facts) -> tuple[Span, ...]:
    """The calendar quarters from the effective day to today."""
    return _spans(facts, 3, EVERY_QUARTER)


class Hole(Frozen):
    """A whole month or quarter that lacks records: all of them, or those of some forms."""

    span: str
    empty: bool
    missing: tuple[str, ...]

    @property
    def text(self) -> str:
        """As the user reads it."""
        return f"{self.span} {'没有任何记录' if self.empty else '缺 ' + '、'.join(self.missing)}"


def holes(facts: Facts) -> tuple[Hole, ...]:
    """The whole months and quarters that lack records."""
    return tuple(
        Hole(span.name, span.empty, tuple(due.title for due in span.missing))
        for span in (*months(facts), *quarters(facts))
        if span.empty or span.missing
    )


class Duty(Frozen):
    """What one function has to keep by a form's frequency: in how many spans it is met, by 本期未发生, and not."""

    function: str
    form: str
    title: str
    frequency: str
    held: int
    absent: int
    missing: tuple[str, ...]


def duties(facts: Facts) -> tuple[Duty, ...]:
    """What every function has to keep, form by form; forms of single events have no holes."""
    return tuple(_duty(specification, facts) for specification in facts.applicable if _kept(specification))


def _kept(specification: Specification) -> bool:
    return specification.audience == "client" and bool(specification.fields) and specification.frequency != "once"


def _duty(specification: Specification, facts: Facts) -> Duty:
    length = LENGTHS.get(specification.frequency, 0)
    spans = _spans(facts, length, (specification.frequency,)) if length else ()
    due = [(span, each) for span in spans for each in span.due if each.form == specification.id]
    held = _within(facts.days.get(specification.id, ()), facts.effective, facts.today) if facts.effective else 0
    return Duty(
        specification.owner,
        specification.id,
        specification.title_in(facts.client.edition),
        specification.frequency,
        held,
        sum(each.absent and not each.held for _, each in due),
        tuple(span.name for span, each in due if span.whole and not each.met),
    )


def _spans(facts: Facts, length: int, frequencies: tuple[str, ...]) -> tuple[Span, ...]:
    start = facts.effective
    if start is None or start > facts.today:
        return ()
    days = _days(facts)
    firsts = {_first(month, length) for month in months_between(start, facts.today)}
    forms = [s for s in facts.applicable if s.frequency in frequencies and s.audience == "client"]
    spans = []
    for first in sorted(firsts):
        last = add_months(first, length) - timedelta(days=1)
        begin, end = max(first, start), min(last, facts.today)
        due = tuple(
            Due(
                s.id,
                s.title_in(facts.client.edition),
                s.frequency,
                _within(days.get(s.id, ()), begin, end),
                absent(facts, s.id, first, last),
            )
            for s in forms
        )
        held = sum(_within(each, begin, end) for each in days.values())
        spans.append(Span(_name(first, length), begin, end, (begin, end) == (first, last), held, due))
    return tuple(spans)


def _first(month: str, length: int) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number - (number - 1) % length, 1)


def _name(first: date, length: int) -> str:
    letters = {3: "Q", 6: "H"}
    if length == 1:
        return first.isoformat()[:7]
    return f"{first.year}-{letters[length]}{(first.month - 1) // length + 1}" if length in letters else str(first.year)


def _days(facts: Facts) -> Mapping[str, Sequence[str]]:
    """The days of the client's own records up to today, by form; the consultancy's service records left out."""
    today = facts.today.isoformat()
    own = {form: days for form, days in facts.days.items() if not form.startswith(SERVICE)}
    return {form: days[: bisect_right(days, today)] for form, days in own.items()}


def counted(facts: Facts) -> int:
    """How many records of its own the client has up to today."""
    return sum(map(len, _days(facts).values()))


def _within(days: Sequence[str], first: date, last: date) -> int:
    return bisect_right(days, last.isoformat()) - bisect_left(days, first.isoformat())


def records(facts: Facts) -> tuple[Entry, ...]:
    """The client's own records up to today, the consultancy's service records left out."""
    today = facts.today.isoformat()
    return tuple(r for r in facts.records() if not r.form.startswith(SERVICE) and r.date <= today)


def absent(facts: Facts, form: str, first: date, last: date) -> bool:
    """Whether it was entered that nothing of a form happened in days that meet these."""
    for entry in facts.of(EntryKind.ABSENT):
        start, _, end = entry.text("period").partition("至")
        end = end or start
        if entry.form == form and start <= last.isoformat() and end >= first.isoformat()[: len(end)]:
            return True
    return False
