"""Where a client stands on a day, as a firm sees all of its clients: plain values that an index can keep."""

from datetime import date
from enum import StrEnum

from gbtool.model.finding import Verdict
from gbtool.structs import Frozen

LATE = ("逾期", "宽限期")


class Due(Frozen):
    """One thing that is due.

    `day` is the day by which to act, `last` the last day after holidays, `shown` the day from which it is listed;
    `key` stays the same from day to day; amounts are in yuan; a plan of the client's own has no right and no law.
    """

    key: str
    what: str
    day: date
    last: date
    shown: date
    state: str = "未到期"
    right: str = ""
    name: str = ""
    amount: int | None = None
    law: str = ""
    confidence: str = ""
    notes: tuple[str, ...] = ()
    reminders: tuple[int, ...] = ()
    place: str = ""

    @property
    def late(self) -> bool:
        """Whether it has passed or stands in the time of grace."""
        return self.state in LATE

    def days(self, today: date) -> int:
        """Days left: to the day by which to act, then to the last one; negative once that has passed."""
        return ((self.day if today <= self.day else self.last) - today).days

    def within(self, until: date) -> bool:
        """Whether it is listed when one looks ahead to a day; what is late always is."""
        return self.late or self.shown <= until


class BarState(StrEnum):
    """Where a stage stands: what was only planned and whose day has passed is no more than a missed plan."""

    DONE = "完成"
    NOW = "进行"
    AHEAD = "计划"
    MISSED = "计划已过"


class Bar(Frozen):
    """A stage on the line of time, from its first to its last day."""

    stage: str
    first: date
    last: date
    state: BarState


class Reason(Frozen):
    """Why a verdict is not ready: the requirement, what became of it, the first finding, how many there are."""

    rule: str
    title: str
    status: str
    message: str
    fix: str
    count: int


class Standing(Frozen):
    """One client on a day: where it lies, who looks after it, its stage, its period, its verdict, what is due.

    `nonconformities` is how many of the audit under way are open and how many there are; `coverage` how many of the
    clauses that apply were audited and how many apply; `stage` is in the words of its standard, `at` its place.
    """

    path: str
    name: str
    short: str
    consultant: str
    team: tuple[str, ...]
    stage: str
    effective: date | None
    day: int
    earliest: date | None
    verdict: Verdict
    open: int
    holes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    due: tuple[Due, ...] = ()
    bars: tuple[Bar, ...] = ()
    nonconformities: tuple[int, int] = (0, 0)
    coverage: tuple[int, int] = (0, 0)
    at: int = 0

    def days(self, today: date) -> int | None:
        """Days until the first day on which the period allows an application; negative once it has passed."""
        return (self.earliest - today).days if self.earliest else None

    def coming(self, until: date) -> tuple[Due, ...]:
        """What is due up to a day, in order, what is late first."""
        return tuple(each for each in self.due if each.within(until))
