"""Grades that a client may claim: levels with their conditions, how long a trial has to be, where sources disagree."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class Standing(StrEnum):
    """How a condition stands, in the words of the form."""

    MET = "满足"
    UNMET = "不满足"
    OPEN = "未评"
    CONFLICT = "来源冲突"


class Claim(StrEnum):
    """Whether a level may be claimed."""

    YES = "具备"
    NO = "不具备"
    OPEN = "未评"


class Source(Frozen):
    """Where a condition comes from, and how far it can be relied on."""

    id: str
    what: str
    confidence: str
    url: str = ""


class Condition(Frozen):
    """What a level asks for.

    A person answers it, unless it names a `figure` and `least`: then the figure is compared, once somebody confirmed
    the threshold. `question`, `figure` and `document` say what to look at.
    """

    id: str
    text: str
    basis: str
    question: str = ""
    figure: str = ""
    document: str = ""
    least: str = ""
    unit: str = ""
    sources: tuple[str, ...] = ()
    confidence: str = "low"
    note: str = ""
    place: Place = NOWHERE


class Level(Frozen):
    """A level: its number and name, what it means in short, its own conditions; it needs those of the levels below."""

    level: int
    name: str
    meaning: str
    confidence: str
    conditions: tuple[Condition, ...]
    place: Place = NOWHERE


class Months(Frozen):
    """How many months a trial has to be for each level, as one source says; `answer` is how a client chooses it."""

    source: str
    answer: str
    months: Mapping[str, int]
    confidence: str
    note: str = ""


class Trial(Frozen):
    """The trial: which form and which question say when it began, whose months count, which answer means a reply."""

    record: str
    start: str
    choice: str
    reply: str
    claims: tuple[Months, ...]


class Conflict(Frozen):
    """Something about which sources disagree, with what each says."""

    about: str
    sides: tuple[str, ...]


class Scheme(Frozen):
    """All levels; `target` is the question that names the level wanted, `record` the form that keeps a self-grading."""

    title: str
    nature: str
    record: str
    target: str
    levels: tuple[Level, ...]
    trial: Trial
    sources: tuple[Source, ...]
    conflicts: tuple[Conflict, ...] = ()
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    place: Place = NOWHERE

    @property
    def conditions(self) -> Iterator[tuple[Level, Condition]]:
        """Every condition with its level."""
        return ((level, condition) for level in self.levels for condition in level.conditions)

    @property
    def by_id(self) -> Mapping[str, Condition]:
        """The conditions by id."""
        return {condition.id: condition for _, condition in self.conditions}

    def source(self, id_: str) -> str:
        """What a source is called."""
        return next((source.what for source in self.sources if source.id == id_), id_)


def trial_id(level: int) -> str:
    """The id under which the length of the trial of a level is confirmed and printed."""
    return f"GT-{level}"


class Judged(Frozen):
    """How a condition stands for a client: why, the evidence, what is missing, from which day on it could be met."""

    id: str
    text: str
    standing: Standing
    why: str = ""
    evidence: str = ""
    gap: str = ""
    confidence: str = ""
    earliest: tuple[tuple[str, date], ...] = ()


class Graded(Frozen):
    """A level as it stands for a client: its own conditions, and whether it may be claimed with all below."""

    level: Level
    judged: tuple[Judged, ...]
    claim: Claim

    def those(self, *standings: Standing) -> tuple[Judged, ...]:
        """The conditions that stand in one of these ways."""
        return tuple(each for each in self.judged if each.standing in standings)
