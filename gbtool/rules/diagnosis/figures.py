"""Figures of the indicators: what was measured in which period from which source, and what of it is missing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from gbtool.model.diagnosis import Indicator, Indicators, Measure
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis.scoring import Standing, standing
from gbtool.structs import Frozen

YEAR = 365
NONE = "没有数据"


class Figure(Frozen):
    """What an indicator was in a period; without any number `note` says why there is none."""

    indicator: Indicator
    first: date
    last: date
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    source: str
    by: str
    day: str
    note: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number at all."""
        return self.value is not None or self.denominator is not None

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def period(self) -> str:
        """The period as it is written."""
        return f"{self.first}至{self.last}"

    def small(self, least: int) -> bool:
        """Whether the denominator is too small for a percentage."""
        return self.indicator.kind is Measure.SHARE and self.denominator is not None and self.denominator < least

    def amount(self, least: int) -> Decimal | None:
        """The number that may be compared; None where there is none, or a share of too few."""
        if self.indicator.kind is Measure.COUNT:
            return self.value
        if not self.denominator or self.numerator is None or self.small(least):
            return None
        whole = 100 if self.indicator.kind is Measure.SHARE else 1
        return rounded(self.numerator * whole / self.denominator)

    def shown(self, least: int) -> str:
        """The figure as it is printed: `42.1%（8/19）`, `1/3`, `8件`."""
        if not self.known:
            return NONE
        parts = f"{plain(self.numerator)}/{plain(self.denominator)}" if self.denominator is not None else ""
        amount = self.amount(least)
        if amount is None:
            return parts
        unit = self.indicator.unit
        return f"{plain(amount)}{unit}（{parts}）" if parts else f"{plain(amount)}{unit}"


def number(text: object) -> Decimal | None:
    """A number as it was written, None where it is none."""
    try:
        found = Decimal(str(text).strip()) if str(text or "").strip() or text == 0 else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def plain(amount: Decimal | None) -> str:
    """A number without needless noughts."""
    return "" if amount is None else f"{amount.normalize():f}"


def rounded(amount: Decimal) -> Decimal:
    """One place behind the point."""
    return amount.quantize(Decimal("0.1"), ROUND_HALF_UP)


def figures(book: Indicators, facts: Facts) -> tuple[Figure, ...]:
    """The figures in the ledger, those of an indicator in order of their periods."""
    known = book.by_id
    found = (_figure(known, entry) for entry in facts.of(EntryKind.FIGURE))
    return tuple(sorted((f for f in found if f), key=lambda f: (f.indicator.id, f.last, f.first)))


def _figure(known: Mapping[str, Indicator], entry: Entry) -> Figure | None:
    indicator = known.get(entry.text("indicator"))
    first, last = as_date(entry.text("from")), as_date(entry.text("to"))
    if indicator is None or first is None or last is None:
        return None
    value, numerator, denominator = (number(entry.get(name)) for name in ("value", "numerator", "denominator"))
    words = (entry.text("source"), entry.text("by"), entry.date, entry.text("note"))
    return Figure(indicator, first, last, value, numerator, denominator, *words)


def wanted(book: Indicators, facts: Facts) -> tuple[Indicator, ...]:
    """The indicators that concern the client, or may."""
    return tuple(each for each in book.indicators if standing(each.when, facts) is not Standing.NOT)


def starts(facts: Facts) -> date | None:
    """The day on which the system takes effect: as issued, else as planned."""
    return facts.effective or facts.client.date("manual_effective_date")


def before(book: Indicators, facts: Facts) -> dict[str, Figure]:
    """The baseline: of each indicator the last figure of a period that ended before the system took effect."""
    effective = starts(facts)
    return {f.indicator.id: f for f in figures(book, facts) if effective is None or f.last <= effective}


def missing(wanted_: Iterable[Indicator], known: Mapping[str, Figure]) -> Iterator[Indicator]:
    """The indicators without a number."""
    return (each for each in wanted_ if each.id not in known or not known[each.id].known)
