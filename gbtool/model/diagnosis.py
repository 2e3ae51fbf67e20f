"""The diagnosis: questions with what earns how many points, levels of the total, indicators before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gbtool.model.place import NOWHERE, Place

MOST = 4  # points of a question
SCORES = tuple(range(MOST + 1))


@dataclass(frozen=True, slots=True)
class Probe:
    """A question of the diagnosis; `anchors` say what 0, 2 and 4 points look like, `sample` how many are looked at."""

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
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the total: from how many percent on, its name, what to do first."""

    min: float
    name: str
    advice: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """All questions with the scale, the rules of scoring in words, the levels, and how a diagnosis is done."""

    probes: tuple[Probe, ...]
    scale: Mapping[str, str]
    rules: tuple[str, ...]
    levels: tuple[Level, ...]
    method: tuple[str, ...]

    @property
    def by_id(self) -> Mapping[str, Probe]:
        """The questions by id."""
        return {probe.id: probe for probe in self.probes}

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions in their order."""
        return tuple(dict.fromkeys(probe.dimension for probe in self.probes))

    def level(self, percent: float) -> Level:
        """The level of a total: the highest whose threshold it reaches."""
        return max((each for each in self.levels if each.min <= percent), key=lambda each: each.min)


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


@dataclass(frozen=True, slots=True)
class Indicator:
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


@dataclass(frozen=True, slots=True)
class Indicators:
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
