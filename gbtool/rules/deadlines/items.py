"""One thing that is due: for which right, what to do, by when, for how much, by which rule, how sure."""

from datetime import date
from enum import StrEnum

from gbtool.model.deadline import DeadlineRule
from gbtool.rules.deadlines.periods import End
from gbtool.structs import Frozen

OWN_DATE = "台账所写的日期"


class State(StrEnum):
    """Where an item stands on a day."""

    OVERDUE = "逾期"
    GRACE = "宽限期"
    OPEN = "未到期"
    MISSING = "待补"


class Item(Frozen):
    """One thing that is due.

    `end` is None while a fact is missing; `remind` is the day by which to act where that is not the raw end;
    `opens` is the first day of a window; `grace` says that the first day has passed already, `answers` is that day;
    `year` is the year of an annuity; amounts are in yuan.
    """

    right: str
    name: str
    what: str
    rule: DeadlineRule | None = None
    end: End | None = None
    remind: date | None = None
    opens: date | None = None
    amount: int | None = None
    grace: bool = False
    answers: date | None = None
    year: str = ""
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    place: str = ""

    @property
    def optional(self) -> bool:
        """Whether it is a chance that lapses rather than a duty."""
        return bool(self.rule and self.rule.optional)

    @property
    def key(self) -> str:
        """What stays the same from day to day: right, raw last day, and what is done about it."""
        kind = (self.rule.family or self.rule.id) if self.rule else "OWN"
        return "/".join((self.right, str(self.settles or ""), kind))

    @property
    def settles(self) -> date | None:
        """The raw last day that is settled when it is done, the first one in the time of grace."""
        return self.answers or (self.end.raw if self.end else None)

    @property
    def act_by(self) -> date:
        """The day that reminders count to: the raw end, never the rolled one."""
        return self.remind or (self.end.raw if self.end else date.max)

    def state(self, today: date) -> State:
        """Where it stands on a day: overdue only once the rolled last day has passed."""
        if self.end is None:
            return State.MISSING
        if today > self.end.last:
            return State.OVERDUE
        return State.GRACE if self.grace else State.OPEN

    def days(self, today: date) -> int:
        """Days left: to the raw end, then to the rolled one; negative once that has passed."""
        if self.end is None:
            return 0
        return ((self.act_by if today <= self.act_by else self.end.last) - today).days

    def source(self, today: date) -> str:
        """The articles from which it follows, or that the client's own register says so."""
        return self.rule.cited(max(today, self.act_by) if self.end else today) if self.rule else OWN_DATE

    @property
    def confidence(self) -> str:
        """How sure the rule is: 高, 中, 低; empty for a date that the client wrote himself."""
        return self.rule.confidence.word if self.rule else ""


def order(item: Item, today: date) -> tuple[int, int, str, str]:
    """How items are sorted: what is overdue or in grace first, then by days left."""
    rank = {State.OVERDUE: 0, State.GRACE: 0, State.OPEN: 1, State.MISSING: 2}[item.state(today)]
    return rank, item.days(today), item.right, item.what
