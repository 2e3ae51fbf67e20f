"""Published rules of periods and fees: what they say, since when, by which source, how sure we are."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field

NOTHING: Mapping[str, object] = MappingProxyType({})
# How users read a grade of confidence.
SURE: Mapping[str, str] = MappingProxyType({"high": "高", "medium": "中", "low": "低"})


class Confidence(StrEnum):
    """How sure a rule is; `reading_guide` in checklists/deadlines/sources.yaml says what each grade rests on."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def word(self) -> str:
        """As the user reads it."""
        return SURE[self.value]


class InForce(Frozen):
    """The first and the last day on which something holds, as ISO text, empty where it has none."""

    from_: str = ""
    to: str = ""

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        text = day.isoformat()
        return not (self.from_ and text < self.from_) and not (self.to and text > self.to)


class Earlier(Frozen):
    """What other numbers held where the period began before a day (专利法 2021-06-01 以前申请的外观设计十年)."""

    before: str
    params: Mapping[str, object]


class DeadlineRule(Frozen):
    """A period, window, term, fee or warning as published.

    `trigger` names the facts from which it may run, `params` holds its numbers, `notices` maps the name of an official
    notice to the parameter that gives its period, `optional` marks a chance that lapses instead of becoming overdue.
    """

    id: str
    right: str
    kind: str
    statement: str
    sources: tuple[str, ...]
    confidence: Confidence
    title: str = ""
    trigger: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    earlier: tuple[Earlier, ...] = ()
    notices: Mapping[str, str] = field(default_factory=dict)
    roll: bool = False
    optional: bool = False
    family: str = ""
    reminder: str = ""
    law: str = ""
    law_from: Mapping[str, str] = field(default_factory=dict)
    in_force: InForce = field(default_factory=InForce)
    last_protected_day: str = ""
    exceptions: tuple[str, ...] = ()
    note: str = ""
    uncertain: str = ""
    warning: str = ""
    policy: str = ""
    legacy: str = ""
    place: Place = NOWHERE

    def cited(self, day: date) -> str:
        """The articles that hold on a day: the law that has come into force last."""
        later = [since for since in self.law_from if since <= day.isoformat()]
        return self.law_from[max(later)] if later else self.law

    def number(self, name: str, start: date | None = None) -> int | None:
        """A whole number among the parameters, as it held where the period began on `start`."""
        value = self.params.get(name)
        for past in self.earlier:
            if start and start.isoformat() < past.before and name in past.params:
                value = past.params[name]
        return value if isinstance(value, int) else None


class Band(Frozen):
    """Years of a patent with one annuity, in yuan."""

    from_: int
    to: int
    amount: int


class Annuities(Frozen):
    """Annuities by kind of patent (专利年费收费标准)."""

    unit: str
    table: Mapping[str, tuple[Band, ...]]
    sources: tuple[str, ...]
    confidence: Confidence


class Window(Frozen):
    """From which year of a patent, for how many years."""

    start: str
    years: int


class Eligible(Frozen):
    """Who may pay less, and by which test."""

    who: str
    test: str


class Reduction(Frozen):
    """Reduced fees (专利收费减缴办法): the share that is let off, the share that is paid, for how long."""

    rates: Mapping[str, float]
    pay_share: Mapping[str, float]
    covers: tuple[str, ...]
    window: Window
    eligibility: tuple[Eligible, ...]
    not_reduced: tuple[str, ...]
    requires: str
    in_force: InForce
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class OpenLicence(Frozen):
    """The share that is let off while an open licence is being exploited (财税〔2024〕23号)."""

    rate: float
    covers: str
    stacking: str
    in_force: InForce
    sources: tuple[str, ...]
    confidence: Confidence
    ambiguity: str = ""


class OtherFees(Frozen):
    """Single fees by name, in yuan."""

    amounts: Mapping[str, int]
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class PatentFees(Frozen):
    """What patents cost."""

    annuity: Annuities
    reduction: Reduction
    open_licence: OpenLicence
    other: OtherFees
    place: Place = NOWHERE


class Source(Frozen):
    """A law, rule or table from which rules come."""

    title: str
    address: str = ""
    official: str = ""
    doc_no: str = ""
    issued: str = ""
    promulgated: str = ""
    companion: str = ""
    note: str = ""
    in_force_from: str = ""
    in_force_to: str = ""

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return InForce(self.in_force_from, self.in_force_to).on(day)


class Book(Frozen):
    """All rules of periods by id, the fees of patents, how many days ahead to remind, and the sources by name."""

    rules: Mapping[str, DeadlineRule] = field(default_factory=dict)
    fees: PatentFees | None = None
    days_before: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    def of_family(self, family: str, day: date) -> DeadlineRule | None:
        """The rule of a family that holds on a day: one law follows another."""
        return next((r for r in self.rules.values() if r.family == family and r.in_force.on(day)), None)

    def by_notice(self, name: str) -> tuple[DeadlineRule, str] | None:
        """The rule that runs from an official notice of this name, and the parameter that gives its period."""
        found = ((rule, rule.notices[name]) for rule in self.rules.values() if name in rule.notices)
        return next(found, None)

    def titles(self, rule: DeadlineRule, day: date) -> tuple[str, ...]:
        """The titles of a rule's sources that hold on a day."""
        known = (self.sources[name] for name in rule.sources if name in self.sources)
        return tuple(source.title for source in known if source.on(day))

    def reminders(self, rule: DeadlineRule | None) -> tuple[int, ...]:
        """How many days before its day a deadline is called to mind."""
        named = self.days_before.get(rule.reminder) if rule else None
        return named or self.days_before.get("其他", ())
