"""What is known about a client, by the names that published rules use, each with the place where it stands."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from gbtool.model.entry import EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.outside.published import FactTerm, FactType
from gbtool.rules.reading import at
from gbtool.structs import Frozen, field

Datum = date | bool | int | Decimal | str | tuple[str, ...] | tuple[date, ...]
YES, NO, NONE = "是", "否", "无"
_AMOUNT = Decimal("0.01")
_HUGE = Decimal(10) ** 12


class Value(Frozen):
    """A fact as it is known and where it stands."""

    datum: Datum
    place: str = ""

    @property
    def day(self) -> date | None:
        """The fact as a day."""
        return self.datum if isinstance(self.datum, date) else None

    @property
    def texts(self) -> tuple[str, ...]:
        """The fact as texts: the members of a list, or the one text."""
        if isinstance(self.datum, tuple):
            return tuple(str(each) for each in self.datum)
        return (said(self.datum),)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of a list of days, in order."""
        found = self.datum if isinstance(self.datum, tuple) else (self.datum,)
        return tuple(sorted(each for each in found if isinstance(each, date)))

    @property
    def count(self) -> int:
        """How many: the number, or the length of a list."""
        if isinstance(self.datum, tuple):
            return len(self.datum)
        return int(self.datum) if isinstance(self.datum, (int, Decimal)) else 0

    @property
    def amount(self) -> Decimal:
        """The fact in yuan."""
        return Decimal(self.datum) if isinstance(self.datum, (int, Decimal)) else Decimal(0)


def said(datum: Datum) -> str:
    """A fact as the user reads it."""
    if isinstance(datum, bool):
        return YES if datum else NO
    if isinstance(datum, tuple):
        return "、".join(str(each) for each in datum) or NONE
    return yuan(datum) if isinstance(datum, Decimal) else str(datum)


def yuan(amount: Decimal) -> str:
    """An amount without empty cents: `28000`, `28000.50`."""
    text = f"{amount:.2f}"
    return text.removesuffix(".00")


def amount_of(text: str) -> Decimal | None:
    """An amount in yuan as typed, with at most two decimals; None where it is none."""
    try:
        found = Decimal(text.replace(",", "").replace("，", "").removesuffix("元").strip())
    except InvalidOperation:
        return None
    if not found.is_finite() or not 0 <= found < _HUGE or found != found.quantize(_AMOUNT):
        return None
    return found.quantize(_AMOUNT)


def read(term: FactTerm, text: str) -> Datum | None:
    """A fact from its text; None where the text does not fit its type."""
    text = text.strip()
    if term.type is FactType.DATE:
        return as_date(text)
    if term.type is FactType.YES:
        return {YES: True, "有": True, NO: False, "没有": False, NONE: False}.get(text)
    if term.type is FactType.COUNT:
        return int(text) if text.isascii() and text.isdigit() else None
    if term.type is FactType.AMOUNT:
        return amount_of(text)
    return _texts(term, text)


def _texts(term: FactTerm, text: str) -> Datum | None:
    if term.type is FactType.TEXT:
        return text if text and (not term.choices or text in term.choices) else None
    parts = () if text == NONE else tuple(part.strip() for part in text.split("、") if part.strip())
    if not parts and text != NONE:
        return None
    if term.type is FactType.DATES:
        days = [as_date(part) for part in parts]
        return None if None in days else tuple(day for day in days if day)
    return parts if not term.choices or set(parts) <= set(term.choices) else None


def expected(term: FactTerm) -> str:
    """How a fact is written."""
    shapes = {
        FactType.DATE: "日期，如 2026-11-22",
        FactType.YES: "是或否",
        FactType.COUNT: "整数",
        FactType.AMOUNT: "金额（元），至多两位小数",
        FactType.TEXT: "文字",
        FactType.LIST: "几项用顿号隔开，没有的写“无”",
        FactType.DATES: "几个日期用顿号隔开",
    }
    return "、".join(term.choices) if term.choices else shapes[term.type]


Finder = Callable[[Facts], Value | None]
FOUND: dict[str, Finder] = {}


def found(name: str) -> Callable[[Finder], Finder]:
    """Register how a fact is found in the answers and the ledger."""

    def register(finder: Finder) -> Finder:
        FOUND[name] = finder
        return finder

    return register


class Known(Frozen, dict=True):
    """Facts by name: what the ledger shows, what was answered, what somebody entered, what a programme says itself.

    `scope` is the programme for which facts are asked that each programme has for itself.
    """

    facts: Facts
    terms: Mapping[str, FactTerm]
    scope: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> Value | None:
        """A fact, None while nobody knows it."""
        term = self.terms.get(name)
        if name in self.given and term:
            return _value(read(term, self.given[name]), self.scope)
        if name in FOUND:
            value = FOUND[name](self.facts)
            return value if value is not None else self._entered(name)
        value = self._answered(term) if term and term.answer else None
        return value if value is not None else self._entered(name)

    def _answered(self, term: FactTerm) -> Value | None:
        """What the interview said."""
        answer, place = self.facts.client.get(term.answer), f"{self.facts.client.place(term.answer)} {term.answer}"
        if isinstance(answer, bool):
            return Value(answer, place)
        said_ = [str(each) for each in answer] if isinstance(answer, (list, tuple)) else [str(answer or "")]
        return _value(read(term, "、".join(term.means.get(each, each) for each in said_)), place)

    def _entered(self, name: str) -> Value | None:
        """What somebody entered: for this programme first, then for all."""
        term = self.term(name)
        for id_ in (f"{self.scope}/{name}", name):
            for entry in reversed(self.facts.of(EntryKind.FACT)):
                if entry.id == id_:
                    return _value(read(term, entry.text("value")), at(entry))
        return None

    def term(self, name: str) -> FactTerm:
        """What a fact is called; one that no list names is a yes or no by the name of its rule."""
        return self.terms.get(name) or FactTerm(name, name, FactType.YES)

    def id_of(self, name: str) -> str:
        """The name under which somebody enters a fact."""
        return f"{self.scope}/{name}" if self.scope and self.term(name).per_programme else name

    def title(self, name: str) -> str:
        """What the user calls a fact."""
        return self.term(name).title


def _value(datum: Datum | None, place: str) -> Value | None:
    return None if datum is None else Value(datum, place)
