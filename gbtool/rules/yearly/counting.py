"""What the lines of a year come to, from what was filled in."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.yearly import Amount, Line, Statistics, Way
from gbtool.rules.diagnosis.figures import number
from gbtool.structs import Frozen

_LAST = "12-31"
_PLACES = Decimal("0.01")
At = tuple[str, int]  # a line in a year


class Figures(Frozen):
    """The numbers that were filled in, by line and year, and what follows from them.

    Of a sum whose parts nobody knows the whole may be filled in; where all parts are known, they decide.
    """

    book: Statistics
    given: Mapping[At, Decimal]

    def amount(self, id_: str, year: int) -> Amount:
        """What a line comes to in a year; nothing while a number is open that it needs, an open one is no 0."""
        line = self.book.by_line[id_]
        if line.way is Way.GIVEN:
            return Amount(self.given.get((id_, year)))
        if line.way is Way.MEAN:
            return self._mean(line, year)
        whole = self._sum(line.of, year)
        if line.way is Way.SUM:
            return Amount(self.given.get((id_, year)) if whole is None else whole)
        if whole is None:
            return Amount()
        below = self._sum(line.over, year)
        if below is None:
            return Amount()
        return Amount(rounded(whole * line.times / below)) if below else Amount(void=True)

    def parts(self, id_: str, year: int) -> Decimal:
        """What the known parts of a sum come to."""
        known = (self.amount(part, year).value for part in self.book.by_line[id_].of)
        return sum((value for value in known if value is not None), Decimal(0))

    def whole(self, id_: str, year: int) -> bool:
        """Whether all parts of a sum are known."""
        return self._sum(self.book.by_line[id_].of, year) is not None

    def _sum(self, ids: tuple[str, ...], year: int) -> Decimal | None:
        parts = [self.amount(id_, year).value for id_ in ids]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if len(known) == len(parts) else None

    def _mean(self, line: Line, year: int) -> Amount:
        each = [self.amount(line.of[0], year - back).value for back in range(line.years)]
        known = [value for value in each if value is not None]
        return Amount(rounded(sum(known, Decimal(0)) / line.years)) if len(known) == line.years else Amount()

    @property
    def years(self) -> tuple[int, ...]:
        """The years of which anything is known, the earliest first."""
        return tuple(sorted({year for _, year in self.given}))

    def change(self, id_: str, year: int) -> Decimal | None:
        """How much a line grew since the year before, None where one of the two is not known."""
        was, now = self.amount(id_, year - 1).value, self.amount(id_, year).value
        return None if was is None or now is None else now - was

    def notable(self, id_: str, year: int) -> bool:
        """Whether it changed so much since the year before that a reason is asked for."""
        moved, was = self.change(id_, year), self.amount(id_, year - 1).value
        return bool(moved and was is not None and abs(moved) * 100 >= abs(was) * self.book.notable)


def rounded(amount: Decimal) -> Decimal:
    """Two places behind the point, as a spreadsheet rounds."""
    return amount.quantize(_PLACES, ROUND_HALF_UP)


def period(year: int) -> str:
    """A year as the period of a figure; the accounting year is the calendar year (会计法)."""
    return f"{year}-01-01至{year}-{_LAST}"


def entries(book: Statistics, facts: Facts) -> Mapping[At, Entry]:
    """What the ledger keeps of each line in each year."""
    known = book.by_line
    found: dict[At, Entry] = {}
    for entry in facts.of(EntryKind.FIGURE):
        id_, first, last = entry.text("indicator"), entry.text("from"), entry.text("to")
        if id_ in known and first[4:] == "-01-01" and last == f"{first[:4]}-{_LAST}":
            found[id_, int(first[:4])] = entry
    return found


def figures(book: Statistics, facts: Facts) -> Figures:
    """The figures of a client as the ledger has them."""
    numbers = ((at, number(entry.get("value"))) for at, entry in entries(book, facts).items())
    return Figures(book, {at: value for at, value in numbers if value is not None})


def answered(line: Line, facts: Facts) -> Mapping[int, Decimal]:
    """What the client's answers say of a line, by year."""
    if line.answer is None:
        return {}
    rows = facts.client.rows(line.answer.question)
    said = ((str(row.get(line.answer.year) or ""), number(row.get(line.answer.column))) for row in rows)
    return {int(year[:4]): value for year, value in said if year[:4].isdecimal() and value is not None}
