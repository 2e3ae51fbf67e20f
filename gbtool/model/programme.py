"""A programme of a province or city: for whom, which rules, until when, what it gives; one year, one file."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from gbtool.model.deadline import Confidence, Source
from gbtool.model.outside.published import Published
from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field


class Standing(StrEnum):
    """Where a programme stands on a day."""

    CURRENT = "有效"
    COMING = "还没有开始"
    CLOSED = "已过期"
    UNKNOWN = "不知是否延续"


class Window(Frozen):
    """A batch: what is done in it, in which month of the programme's years."""

    id: str
    action: str
    month: int


class Phase(Frozen):
    """A phase of the programme with its days."""

    id: str
    name: str
    from_: str
    to: str


class Due(Frozen):
    """Something that is due by a day, or again and again; `step` is the step of the plan that it ends."""

    id: str
    actor: str
    action: str
    due: str = ""
    recurrence: str = ""
    step: str = ""
    note: str = ""

    @property
    def day(self) -> date | None:
        """The day, where it has one."""
        return date.fromisoformat(self.due) if self.due else None


class Subsidy(Frozen):
    """What is given: an amount in yuan, or the sum that `formula` names; the rules that it requires, its limits."""

    id: str
    title: str
    for_: tuple[str, ...] = ()
    amount: str = ""
    formula: str = ""
    form: str = ""
    rule: str = ""
    requires: tuple[str, ...] = ()
    earned: str = ""
    level: str = ""
    limits: tuple[str, ...] = ()


class Note(Frozen):
    """What else the notice says, under a title."""

    title: str
    items: tuple[str, ...]


class Programme(Frozen):
    """A programme as its notice has it; `after` says what is known of it once its years are over.

    `routes` are the ways to the end, `plans` names the steps of each; `gives` are facts that the notice itself settles;
    `one_of` are subsidies of which only one is given; `missing` is what nobody found.
    """

    id: str
    name: str = ""
    region: str = ""
    level: str = ""
    title: str = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence = Confidence.LOW
    doc_no: str = ""
    issuer: tuple[str, ...] = ()
    issued: str = ""
    years: tuple[int, ...] = ()
    after: str = "unknown"
    edition: str = ""
    extends: str = ""
    routes: tuple[str, ...] = ()
    gives: Mapping[str, str] = field(default_factory=dict)
    phases: tuple[Phase, ...] = ()
    windows: tuple[Window, ...] = ()
    rules: tuple[Published, ...] = ()
    without: tuple[str, ...] = ()
    dues: tuple[Due, ...] = ()
    subsidies: tuple[Subsidy, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    plans: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    information: tuple[Note, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""
    place: Place = NOWHERE

    def standing(self, day: date) -> Standing:
        """Where it stands on a day: what nobody knows to go on is never taken for current."""
        if self.issued and day.isoformat() < self.issued:
            return Standing.COMING
        if day.year in self.years:
            return Standing.CURRENT
        if self.years and day.year < min(self.years):
            return Standing.COMING
        return Standing.CLOSED if self.after == "closed" else Standing.UNKNOWN

    def full(self, id_: str) -> str:
        """The whole name of one of its rules: `JS-2020/G2`."""
        return f"{self.id}/{id_}"

    @property
    def ways(self) -> tuple[str, ...]:
        """The routes, and what else some rules are only for, such as an award."""
        return tuple(dict.fromkeys((*self.routes, *(way for rule in self.rules for way in rule.for_))))

    def rules_of(self, route: str) -> tuple[Published, ...]:
        """The rules of a way, with those of all ways."""
        return tuple(rule for rule in self.rules if not rule.for_ or route in rule.for_)

    def rule(self, id_: str) -> Published | None:
        """One of its rules by its short name."""
        return next((rule for rule in self.rules if rule.id == self.full(id_)), None)


class Step(Frozen):
    """A step of a plan: done by whom, on the day of which fact, before which step, how many working days ahead of it.

    Working days that are not given are not known; `ask` says whom to ask. `window` is an action that is done in batches
    only; `needed` is a fact without which the step falls away; `any_day` may be a day on which nobody works.
    """

    id: str
    title: str
    who: str = ""
    fact: str = ""
    done: str = ""
    before: str = ""
    workdays: int | None = None
    ask: str = ""
    window: str = ""
    needed: str = ""
    any_day: bool = False
    place: Place = NOWHERE


class Steps(Frozen):
    """The steps of a plan in order."""

    name: str
    title: str
    steps: tuple[Step, ...]
    place: Place = NOWHERE
