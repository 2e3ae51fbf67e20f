"""Published rules of certification and of programmes: what they say, how they are checked, since when, by whom."""

from collections.abc import Mapping
from enum import StrEnum

from gbtool.model.deadline import NOTHING, Confidence, InForce, Source
from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field


class Weight(StrEnum):
    """How a rule weighs (`reading_guide` in checklists/certification/sources.yaml)."""

    GATE = "gate"
    DEADLINE = "deadline"
    CAP = "cap"
    WARNING = "warning"

    @property
    def word(self) -> str:
        """As the user reads it."""
        return {"gate": "门槛", "deadline": "期限", "cap": "上限", "warning": "提示"}[self.value]


class When(Frozen):
    """That a fact has one of these values."""

    fact: str
    values: tuple[str, ...]


class Line(Frozen):
    """A line of a table in a check: between two days, or for a value `of` another fact, or up to so many months."""

    values: tuple[str, ...] = ()
    of: str = ""
    from_: str = ""
    to: str = ""
    months: int | None = None
    result: str = ""


class Check(Frozen):
    """One question that gbtool can ask of facts; `kind` is one of those in `rules/gates`, the rest are its values.

    Days are ISO text; `count`, `years`, `months`, `days` are whole numbers; `each` and `base` are yuan. A number that
    nobody has published is not here: `count_fact` and `months_fact` name the fact that the user has to find out.
    """

    kind: str
    fact: str = ""
    facts: tuple[str, ...] = ()
    from_: str = ""
    to: str = ""
    day: str = ""
    by: str = ""
    years: int = 0
    months: int = 0
    days: int = 0
    months_fact: str = ""
    count: int = 0
    count_fact: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    table: tuple[Line, ...] = ()
    limits: tuple[str, ...] = ()
    amount: str = ""
    base: tuple[int, ...] = ()
    each: int = 0
    form: str = ""
    rule: str = ""
    question: str = ""
    when: When | None = None
    place: Place = NOWHERE


class Published(Frozen):
    """A rule as published, with the checks that gbtool makes of it.

    `extends` names a rule from which everything is taken that is not said here. `gate_when` makes a warning of a gate
    unless it holds; `applies` says when there is anything to ask; `find_out` is what nobody has published and the user
    has to ask for; `conflicts` names rules that say something else: both are shown.
    """

    id: str
    statement: str = ""
    kind: Weight = Weight.GATE
    topic: str = ""
    title: str = ""
    normative: str = ""
    for_: tuple[str, ...] = ()
    applies_to_entity: tuple[str, ...] = ()
    applies: When | None = None
    gate_when: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    checks: tuple[Check, ...] = ()
    find_out: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    in_force: InForce = field(default_factory=InForce)
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    exceptions: tuple[str, ...] = ()
    example: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    reminder: str = ""
    note: str = ""
    extends: str = ""
    place: Place = NOWHERE

    @property
    def name(self) -> str:
        """How it is called in a line of a table."""
        return self.title or self.statement

    @property
    def binding(self) -> bool:
        """Whether missing it ends the way: a gate, or a deadline or cap of the law or of an authority."""
        strict = self.normative in ("law", "policy")
        return self.kind is Weight.GATE or (self.kind in (Weight.DEADLINE, Weight.CAP) and strict)


class FactType(StrEnum):
    """What a fact is."""

    DATE = "date"
    YES = "yes"
    COUNT = "count"
    AMOUNT = "amount"
    TEXT = "text"
    LIST = "list"
    DATES = "dates"


class FactTerm(Frozen):
    """A fact that rules ask for.

    `answer` is the question of the interview that answers it, `means` what its answers mean here; `ledger` says that
    gbtool finds it in the ledger, `way` is the command that enters it there; any other, and one that also says whom to
    `ask`, is entered by somebody, `per_programme` for each programme anew.
    """

    name: str
    title: str
    type: FactType
    ask: str = ""
    way: str = ""
    answer: str = ""
    means: Mapping[str, str] = field(default_factory=dict)
    ledger: bool = False
    per_programme: bool = False
    choices: tuple[str, ...] = ()
    place: Place = NOWHERE


class Rulebook(Frozen):
    """The published rules by id, the files in which they stand, the facts that they ask for, their sources."""

    rules: Mapping[str, Published] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Mapping[str, FactTerm] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    def named(self, word: str) -> FactTerm | None:
        """The fact of this name or title."""
        found = self.terms.get(word)
        return found or next((term for term in self.terms.values() if term.title == word), None)
