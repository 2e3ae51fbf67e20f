"""Indicators before the system and after it: over which periods, by how much, better or worse, what is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from gbtool.model.diagnosis import Direction, Indicator, Indicators, Measure
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis import figures
from gbtool.rules.diagnosis.figures import YEAR, Figure, plain, rounded
from gbtool.structs import Frozen

ALIKE = 3  # days by which two periods of the same length may differ: leap days and ends of months
BETTER, WORSE, EQUAL, STATED, SMALL = "改善", "变差", "持平", "只陈述", "样本小，不评价"

Span = tuple[date, date]


def days(span: Span) -> int:
    """How many days a period has."""
    return (span[1] - span[0]).days + 1


def alike(first: Span, second: Span) -> bool:
    """Whether two periods have the same length."""
    return abs(days(first) - days(second)) <= ALIKE


def yearly(amount: Decimal, span: Span) -> Decimal:
    """A number of a period as it would be in a year."""
    return rounded(amount * YEAR / days(span))


class Pair(Frozen):
    """An indicator with its figures of both periods, either of which may be missing; counts by the year or as such."""

    indicator: Indicator
    before: Figure | None
    after: Figure | None
    small: int
    by_year: bool

    @property
    def known(self) -> bool:
        """Whether both periods have a number."""
        return bool(self.before and self.after and self.before.known and self.after.known)

    @property
    def few(self) -> bool:
        """Whether a denominator is too small for a percentage."""
        return any(figure is not None and figure.small(self.small) for figure in (self.before, self.after))

    def amount(self, figure: Figure | None) -> Decimal | None:
        """What is compared: a count by the year where the periods differ in length."""
        found = figure.amount(self.small) if figure else None
        if found is None or figure is None or not self._turned:
            return found
        return yearly(found, (figure.first, figure.last))

    @property
    def _turned(self) -> bool:
        return self.by_year and self.indicator.kind is Measure.COUNT

    @property
    def difference(self) -> Decimal | None:
        """By how much it changed; None where nothing may be compared."""
        before, after = self.amount(self.before), self.amount(self.after)
        return None if self.few or before is None or after is None else after - before

    @property
    def change(self) -> str:
        """The change as it is printed."""
        if self.difference is None:
            return ""
        unit = "个百分点" if self.indicator.kind is Measure.SHARE else self.indicator.unit
        return f"{'+' if self.difference > 0 else ''}{plain(self.difference)}{unit}"

    @property
    def verdict(self) -> str:
        """Better, worse or equal by the indicator's own direction; what may not be judged is only stated."""
        if not self.known:
            return figures.NONE
        if self.few:
            return SMALL
        if self.difference is None or self.indicator.direction is Direction.CONTEXT:
            return STATED
        if self.difference == 0:
            return EQUAL
        return BETTER if (self.difference > 0) == (self.indicator.direction is Direction.UP) else WORSE

    def shown(self, figure: Figure | None) -> str:
        """A figure as it is printed, a count by the year with what was really counted."""
        if figure is None or not figure.known:
            return figures.NONE
        turned = self.amount(figure)
        if self._turned and turned is not None and turned != figure.value:
            return f"{plain(turned)}{self.indicator.unit}（{figure.days}天{figure.shown(self.small)}，折年）"
        return figure.shown(self.small)


class Comparison(Frozen):
    """All indicators of a client over two periods."""

    before: Span
    after: Span
    pairs: tuple[Pair, ...]

    @property
    def equal(self) -> bool:
        """Whether both periods have the same length."""
        return alike(self.before, self.after)

    @property
    def known(self) -> tuple[Pair, ...]:
        """The indicators that have both numbers."""
        return tuple(pair for pair in self.pairs if pair.known)

    @property
    def missing(self) -> tuple[Pair, ...]:
        """The indicators that lack a number."""
        return tuple(pair for pair in self.pairs if not pair.known)

    @property
    def method(self) -> str:
        """How the periods were made comparable."""
        if self.equal:
            return "两期等长，不折算"
        return f"两期不等长（{days(self.before)}天和{days(self.after)}天），件数、金额按年折算，比率和平均值不折算"


def comparison(book: Indicators, facts: Facts, before: Span | None, after: Span | None) -> Comparison | None:
    """Both periods side by side; None while no figure says what the periods are.

    Args:
        book: the indicators.
        facts: the client.
        before: the baseline; when not given, the one before the system with most to compare, of these one as
            long as the other period.
        after: the period compared; when not given, the last that began with the system or later.
    """
    found = figures.figures(book, facts)
    starts = figures.starts(facts)
    earlier = [f for f in found if f.known and (starts is None or f.last <= starts)]
    later = [f for f in found if f.known and starts is not None and f.first >= starts]
    after = after or max((_span(f) for f in later), key=lambda span: (span[1], span[0]), default=None)
    before = before or _best(earlier, [f for f in found if f.known and _span(f) == after])
    if before is None or after is None:
        return None
    by_year = not alike(before, after)
    by_key = {(f.indicator.id, _span(f)): f for f in found}
    pairs = (
        Pair(each, by_key.get((each.id, before)), by_key.get((each.id, after)), book.small, by_year)
        for each in figures.wanted(book, facts)
    )
    return Comparison(before, after, tuple(pairs))


def _span(figure: Figure) -> Span:
    return figure.first, figure.last


def _best(earlier: Sequence[Figure], later: Sequence[Figure]) -> Span | None:
    """The baseline with which most can be compared; of these one as long as the later period, then the last."""
    wanted = {figure.indicator.id for figure in later}
    both = Counter(_span(figure) for figure in earlier if figure.indicator.id in wanted)
    counted = both or Counter(map(_span, earlier))
    length = _span(later[0]) if later else None
    return max(counted, key=lambda s: (counted[s], length is not None and alike(s, length), s[1]), default=None)


def unexplained(found: Comparison) -> Iterator[Pair]:
    """Changes for better or worse for which nobody has written a reason."""
    for pair in found.known:
        if pair.verdict in (BETTER, WORSE) and not (pair.after and pair.after.note):
            yield pair
