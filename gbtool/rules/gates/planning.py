"""From a deadline back to the latest day of each step, and from today on to the earliest: on working days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from gbtool.model.calendar import SATURDAY, WorkCalendar, add_months
from gbtool.model.outside.published import Check, Published
from gbtool.model.programme import Step, Window
from gbtool.rules.gates.days import later, span_of
from gbtool.rules.gates.known import Known
from gbtool.structs import Frozen

AT_LEAST = "at_least"
ADVICE = "建议"


class Gap(Frozen):
    """What lies between two steps: years, months and days of a rule, or working days; None where nobody knows."""

    first: str
    second: str
    check: Check | None = None
    workdays: int | None = None
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody knows how long it is."""
        return self.check is None and self.workdays is None

    def __str__(self) -> str:
        """`3 个月（SN-2022/G6）` or `5 个工作日（建议）`."""
        length = span_of(self.check) if self.check else f"{self.workdays} 个工作日"
        return "" if self.open else f"{length}（{self.reason}）"


class Placed(Frozen):
    """A step with its latest day, why then, the day on which it was done, and the earliest day from today on.

    `passed` says that a later step was done already; `caveat` is what the calendar or the batches leave open.
    """

    step: Step
    latest: date
    why: str
    done: date | None
    earliest: date
    passed: bool = False
    caveat: str = ""

    def late(self, today: date) -> int:
        """By how many days it is or was too late; zero or less where it is not."""
        if self.done is None and self.passed:
            return 0
        return ((self.done or today) - self.latest).days

    def state(self, today: date) -> str:
        """Where it stands, in words."""
        late = self.late(today)
        if self.done:
            return f"已做 {self.done}" + (f"，晚了 {late} 天" if late > 0 else "")
        if self.passed:
            return "后面的一步已经做了，没有登记这一步的日期"
        return f"已晚 {late} 天" if late > 0 else f"还有 {-late} 天"


class Plan(Frozen):
    """The steps up to a deadline in order, the spans that nobody knows, and the earliest end from today on."""

    today: date
    end: date
    steps: tuple[Placed, ...]
    unknown: tuple[Step, ...]

    @property
    def late(self) -> tuple[Placed, ...]:
        """The steps that are too late already."""
        return tuple(each for each in self.steps if each.late(self.today) > 0)

    @property
    def earliest(self) -> date:
        """The earliest day of the last step."""
        return self.steps[-1].earliest


def gaps(steps: Sequence[Step], rules: Iterable[Published], leads: Mapping[str, int]) -> tuple[Gap, ...]:
    """What lies between the steps: what the rules ask for, then the working days that were given or are advised."""
    by_fact = {step.fact: step.id for step in steps if step.fact}
    found = [
        Gap(by_fact[check.from_], by_fact[check.to], check, None, rule.id)
        for rule in rules
        for check in rule.checks
        if check.kind == AT_LEAST and not check.months_fact and check.from_ in by_fact and check.to in by_fact
    ]
    ruled = {gap.first for gap in found}
    for step in steps:
        if step.before and not (step.workdays is None and step.id in ruled and not step.ask):
            given = leads.get(step.id, leads.get(step.title))
            days, why = (given, "所给") if given is not None else (step.workdays, ADVICE)
            found.append(Gap(step.id, step.before, None, days, why))
    return tuple(found)


def wanted(steps: Iterable[Step], known: Known) -> tuple[Step, ...]:
    """The steps without those that this programme does not need."""
    return tuple(s for s in steps if not s.needed or ((v := known.get(s.needed)) is not None and v.datum is True))


class Planner(Frozen, dict=True):
    """Steps and gaps laid over a calendar."""

    steps: tuple[Step, ...]
    gaps: tuple[Gap, ...]
    known: Known
    windows: tuple[Window, ...] = ()

    def plan(self, end: date) -> Plan:
        """All steps up to the day on which the last one ends."""
        latest, why = self._backward(end)
        done = {step.id: self._done(step) for step in self.steps}
        earliest = self._forward(done)
        passed = self._passed(done)
        placed = [
            Placed(
                s, latest[s.id], why[s.id], done[s.id], earliest[s.id], s.id in passed, self._caveat(s, latest[s.id])
            )
            for s in self.steps
        ]
        placed.sort(key=lambda each: each.latest)
        open_ = {gap.first for gap in self.gaps if gap.open}
        return Plan(self.known.facts.today, end, tuple(placed), tuple(s for s in self.steps if s.id in open_))

    def _backward(self, end: date) -> tuple[dict[str, date], dict[str, str]]:
        latest = {self.steps[-1].id: end}
        why = {self.steps[-1].id: ""}
        names = {step.id: step.title for step in self.steps}
        for step in reversed(self.steps[:-1]):
            after = [gap for gap in self.gaps if gap.first == step.id and gap.second in latest]
            days = [(self._back(latest[gap.second], gap), gap) for gap in after]
            day, gap = min(days, key=lambda pair: (pair[0], pair[1].open))
            latest[step.id] = self._snapped(step, day, -1)
            why[step.id] = f"{names[gap.second]}前 {gap}" if str(gap) else f"{names[gap.second]}以前，多久不知道"
        return latest, why

    def _forward(self, done: Mapping[str, date | None]) -> dict[str, date]:
        found: dict[str, date] = {}
        for step in self.steps:
            own = done[step.id]
            before = (gap for gap in self.gaps if gap.second == step.id and gap.first in found)
            days = [self._ahead(found[gap.first], gap) for gap in before]
            found[step.id] = own or self._snapped(step, max([self.known.facts.today, *days]), 1)
        return found

    def _passed(self, done: Mapping[str, date | None]) -> frozenset[str]:
        """The steps after which another was done already."""
        found: set[str] = set()
        for step in reversed(self.steps):
            after = [gap.second for gap in self.gaps if gap.first == step.id]
            if any(done.get(id_) or id_ in found for id_ in after):
                found.add(step.id)
        return frozenset(found)

    def _done(self, step: Step) -> date | None:
        name = step.done or step.fact
        value = self.known.get(name) if name else None
        return value.day if value else None

    def _back(self, day: date, gap: Gap) -> date:
        if gap.check is None:
            return moved(day, -(gap.workdays or 0), self.known.facts.calendar)
        found = later(day, gap.check, -1)
        while later(found + timedelta(days=1), gap.check) <= day:
            found += timedelta(days=1)
        return found

    def _ahead(self, day: date, gap: Gap) -> date:
        return later(day, gap.check) if gap.check else moved(day, gap.workdays or 0, self.known.facts.calendar)

    def _snapped(self, step: Step, day: date, way: int) -> date:
        """The day moved to a month of the batches and to a working day, back or ahead."""
        months = {window.month for window in self.windows if window.action == step.window} if step.window else set()
        while months and day.month not in months:
            first = day.replace(day=1)
            day = first - timedelta(days=1) if way < 0 else add_months(first, 1)
        while not step.any_day and not works(day, self.known.facts.calendar):
            day += timedelta(days=way)
        return day

    def _caveat(self, step: Step, day: date) -> str:
        if step.window and not any(window.action == step.window for window in self.windows):
            return f"{step.window}的批次没有查到"
        known = day.year in self.known.facts.calendar.years
        return "" if known else f"{day.year} 年的放假安排没有录入，按周一至周五算"


def works(day: date, calendar: WorkCalendar) -> bool:
    """Whether people work on a day; of a year whose arrangement is not known, from Monday to Friday."""
    known = calendar.is_workday(day)
    return day.weekday() < SATURDAY if known is None else known


def moved(day: date, count: int, calendar: WorkCalendar) -> date:
    """The day so many working days later, or earlier when negative."""
    step, left = (1 if count > 0 else -1), abs(count)
    while left:
        day += timedelta(days=step)
        left -= works(day, calendar)
    return day
