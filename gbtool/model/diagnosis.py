"""The diagnosis: questions with what earns how many points, levels of the total, indicators before and after."""

from collections.abc import Mapping
from enum import StrEnum

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field

MOST = 4  # points of a question
SCORES = tuple(range(MOST + 1))


class Probe(Frozen):
    """A question of the diagnosis; `anchors` say what 0, 2 and 4 points look like, `sample` how many are looked at.

    `dimension` and `aspect` are the two ways in which questions are summed up.
    """

    id: str
    question: str
    ask: tuple[str, ...]
    evidence: tuple[str, ...]
    anchors: Mapping[str, str]
    weight: int
    clauses: Mapping[str, tuple[str, ...]]
    documents: tuple[str, ...]
    when: tuple[str, ...] = ()
    red_flag: bool = False
    sample: int = 0
    dimension: str = ""
    aspect: str = ""
    place: Place = NOWHERE


class Section(Frozen):
    """A section of the report: its heading, and what it shows."""

    title: str
    show: str
    place: Place = NOWHERE


class Level(Frozen):
    """A level of the total: from how many percent on, its name, what to do first."""

    min: float
    name: str
    advice: str


class Scheme(Frozen):
    """All questions with the scale, the rules of scoring in words, the levels, and how a diagnosis is done.

    `name` is what it is called, `title` what stands on its workbook, `report` the id of its report and `record` that of
    the form that keeps its answers (empty: none). Where `weights` names dimensions, or `by_dimension` is true, the
    total is the mean of the dimensions; `note` says what the points do not mean.
    """

    probes: tuple[Probe, ...]
    scale: Mapping[str, str]
    rules: tuple[str, ...]
    levels: tuple[Level, ...]
    method: tuple[str, ...]
    name: str = "诊断"
    title: str = ""
    report: str = ""
    record: str = ""
    sections: tuple[Section, ...] = ()
    by_dimension: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)
    aspects: str = ""
    note: str = ""

    @property
    def by_id(self) -> Mapping[str, Probe]:
        """The questions by id."""
        return {probe.id: probe for probe in self.probes}

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions in their order."""
        return tuple(dict.fromkeys(probe.dimension for probe in self.probes))

    def level(self, percent: float) -> Level | None:
        """The level of a total: the highest whose threshold it reaches; None where no levels are published."""
        return max((each for each in self.levels if each.min <= percent), key=lambda each: each.min, default=None)


class Measure(StrEnum):
    """How an indicator is measured: a number that grows with time, a percentage, or an average."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"


class Direction(StrEnum):
    """Which change of an indicator is an improvement, if any."""

    UP = "up"
    DOWN = "down"
    CONTEXT = "context"


class Indicator(Frozen):
    """What is measured before the system and after, with its definition; `sources` are documents by id."""

    id: str
    name: str
    unit: str
    kind: Measure
    definition: str
    formula: str
    direction: Direction
    tier: str
    sources: tuple[str, ...]
    numerator: str = ""
    denominator: str = ""
    when: tuple[str, ...] = ()
    note: str = ""
    place: Place = NOWHERE


class Indicators(Frozen):
    """All indicators with where they come from, the rules of comparing in words, and the smallest denominator."""

    basis: str
    source: str
    small: int
    rules: tuple[str, ...]
    directions: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    place: Place = NOWHERE

    @property
    def by_id(self) -> Mapping[str, Indicator]:
        """The indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}
