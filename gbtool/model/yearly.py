"""What is counted once a year: statistics with their lines, how a line is found from others, what must agree."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class Way(StrEnum):
    """How a line is found: filled in, the sum of others, a share of others, the mean of one over some years."""

    GIVEN = "given"
    SUM = "sum"
    RATIO = "ratio"
    MEAN = "mean"


class Answered(Frozen):
    """A table answer of the client that knows a line too: the question, its column of years, its column of values."""

    question: str
    year: str
    column: str


class Line(Frozen):
    """A number of a statistic.

    `of` are the lines that are added up, `over` those they are divided by, `times` the factor of a ratio, `years` how
    many years a mean covers; `most` is the line that this one cannot exceed, `whole` says that it counts things.
    """

    id: str
    name: str
    unit: str
    way: Way = Way.GIVEN
    of: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    times: int = 100
    years: int = 3
    whole: bool = False
    most: str = ""
    answer: Answered | None = None
    place: Place = NOWHERE


class Statistic(Frozen):
    """What is counted, with its definition and formula in words; `sources` are documents by id, or words.

    `official` is what the official platform calls it, empty while nobody has seen that.
    """

    id: str
    group: str
    name: str
    definition: str
    formula: str
    sources: tuple[str, ...]
    lines: tuple[Line, ...]
    confidence: str
    official: str = ""
    note: str = ""
    place: Place = NOWHERE


class Statistics(Frozen):
    """All statistics of a standard: title of the sheet, the form that keeps a year, rules in words, what is not known.

    `notable` is the change against the year before, in percent, from which a reason is asked for.
    """

    title: str
    record: str
    rules: tuple[str, ...]
    unknown: tuple[str, ...]
    notable: int
    statistics: tuple[Statistic, ...]
    place: Place = NOWHERE

    @property
    def lines(self) -> Iterator[tuple[Statistic, Line]]:
        """Every line with its statistic, in order."""
        return ((statistic, line) for statistic in self.statistics for line in statistic.lines)

    @property
    def by_line(self) -> Mapping[str, Line]:
        """The lines by id."""
        return {line.id: line for _, line in self.lines}

    @property
    def lasting(self) -> frozenset[str]:
        """The lines that are filled in for earlier years too, because a mean covers those."""
        return frozenset(id_ for _, line in self.lines if line.way is Way.MEAN for id_ in line.of)


class Amount(Frozen):
    """What a line comes to: a number, nothing yet, or void where it would be divided by nought."""

    value: Decimal | None = None
    void: bool = False

    @property
    def shown(self) -> str:
        """As it is printed."""
        if self.void:
            return "不适用"
        return "" if self.value is None else f"{self.value.normalize():f}"
