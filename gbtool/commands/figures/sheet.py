"""`gbtool figures sheet`: the figures of a year as a workbook to fill, with definitions, formulas and earlier years."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from gbtool.commands.figures.standing import Yearly
from gbtool.documents.placing import placed
from gbtool.errors import Refused, UsageError
from gbtool.exchange.books import letter
from gbtool.exchange.writing import Cell, Page, Value, book
from gbtool.model.yearly import Line, Statistic, Way
from gbtool.rules.yearly.counting import answered
from gbtool.structs import Frozen

SUFFIX, NOTES, VOID = ".xlsx", "说明", "不适用"
ID, CHANGE = "编号", "比上年"
BACK = 2  # years before
_ABOUT = (ID, "类别", "指标", "要填的数", "单位", "定义", "怎么算", "应取自", "平台口径")
_WIDTHS = (8, 10, 18, 22, 6, 30, 26, 24, 12)
# The cells to fill beside the number: column, name of the datum, width in signs.
BESIDE = (("统计口径", "basis", 20), ("来源文件", "source", 22), ("核对人", "by", 10), ("说明", "note", 28))
UNSEEN = "未核实"


class Sheet(Frozen):
    """How many statistics and numbers to fill a workbook holds; of how many the official definition is unknown."""

    statistics: int
    numbers: int
    unseen: int


def name_of(year: int) -> str:
    """The name of the sheet that holds a year."""
    return f"{year}年数据"


def column_of(year: int) -> str:
    """The head of the column that holds a year."""
    return f"{year}年"


def sheet(given: Yearly, year: int, target: Path) -> Sheet:
    """Write the workbook, with what is known already filled in.

    Raises:
        UsageError: the name does not end in .xlsx, or the year is none.
        Refused: a file stands there already.
        FolderNotWritable: the folder or disk refuses.
    """
    if target.suffix.lower() != SUFFIX:
        raise UsageError(f"工作簿的名字应以 {SUFFIX} 结尾，写的是 {target.name}")
    if target.exists():
        raise Refused(f"{target} 已经有了，没有覆盖", "换一个名字，或先移开它")
    if year > given.facts.today.year:
        raise UsageError(f"{year}年还没有到", "写要填的那一年，如 2025")
    pages = [_notes(given, year), _numbers(given, year)]
    with placed({target: book(pages, given.facts.today, f"{given.book.title} {year}")}):
        unseen = sum(not statistic.official for statistic in given.book.statistics)
        numbers = sum(line.way is Way.GIVEN for _, line in given.book.lines)
        return Sheet(len(given.book.statistics), numbers, unseen)


def _notes(given: Yearly, year: int) -> Page:
    unseen = [statistic.id for statistic in given.book.statistics if not statistic.official]
    lines: list[Value | Cell] = [
        Cell(f"{given.facts.client.name} {given.book.title} {year}年".strip(), "title"),
        "只填浅黄色的格子，灰色的由表格自己算；填完：gbtool figures take 本文件。",
        *given.book.rules,
        f"没有公开查到的：{'、'.join(given.book.unknown)}。",
    ]
    if unseen:
        lines.append(f"“平台口径”写{UNSEEN}的 {len(unseen)} 项，和平台字段是否一致没有核实，填平台时以平台为准。")
    return Page(NOTES, [[line] for line in lines], (110,))


def _numbers(given: Yearly, year: int) -> Page:
    years = tuple(range(year - BACK, year + 1))
    heads = (*_ABOUT, *map(column_of, years), CHANGE, *(name for name, *_ in BESIDE))
    rows = {line.id: number for number, (_, line) in enumerate(given.book.lines, 2)}
    lines = [list(_Row(given, years, rows, statistic, line).cells()) for statistic, line in given.book.lines]
    widths = (*_WIDTHS, *(11 for _ in years), 10, *(width for *_, width in BESIDE))
    return Page(name_of(year), [[Cell(head, "head") for head in heads], *lines], widths, (1, 4), filtered=True)


class _Row(Frozen):
    """A line of the sheet; `rows` says in which row of the sheet each line stands."""

    given: Yearly
    years: Sequence[int]
    rows: dict[str, int]
    statistic: Statistic
    line: Line

    def cells(self) -> Iterator[Cell]:
        """All cells from left to right."""
        yield from self._about()
        for year in self.years:
            yield self._number(year)
        now, was = (f"{self._column(year)}{self.rows[self.line.id]}" for year in (self.years[-1], self.years[-2]))
        moved = self.given.figures.change(self.line.id, self.years[-1])
        yield Cell(_plain(moved), "reckoned", f'IF(AND(ISNUMBER({now}),ISNUMBER({was})),ROUND({now}-{was},2),"")')
        entry = self.given.entries.get((self.line.id, self.years[-1]))
        filled = self.line.way in (Way.GIVEN, Way.SUM)  # of a sum the whole may be known alone
        for _, key, _ in BESIDE:
            yield Cell(entry.text(key) if entry else "", "input" if filled else "reckoned")

    def _about(self) -> Iterator[Cell]:
        statistic, first = self.statistic, self.line is self.statistic.lines[0]
        note = f"（{statistic.note}）" if statistic.note else ""
        said = (
            self.line.id,
            statistic.group,
            statistic.name,
            self.line.name,
            self.line.unit,
            f"{statistic.definition}{note}" if first else "",
            statistic.formula if first else "",
            self.given.sources(statistic) if first else "",
            statistic.official or UNSEEN,
        )
        return (Cell(text, "label" if n == 0 else "text") for n, text in enumerate(said))

    def _number(self, year: int) -> Cell:
        known = _plain(self.given.figures.given.get((self.line.id, year)))
        said = answered(self.line, self.given.facts).get(year)
        if year == self.years[-1] and self.line.way is Way.GIVEN:
            return Cell(known if known is not None else _plain(said), "input-number")
        if year == self.years[-1]:
            amount = self.given.figures.amount(self.line.id, year)
            value = VOID if amount.void else _plain(amount.value)
            return Cell(value, "reckoned", self._formula())
        if self.line.id in self.given.book.lasting and not self._kept(year):
            return Cell(_plain(said), "input-number")
        amount = self.given.figures.amount(self.line.id, year)
        return Cell(VOID if amount.void else _plain(amount.value), "number")

    def _kept(self, year: int) -> bool:
        return self.given.figures.amount(self.line.id, year).value is not None

    def _formula(self) -> str:
        column = self._column(self.years[-1])
        if self.line.way is Way.MEAN:
            own = self.rows[self.line.of[0]]
            first = self._column(self.years[-1] - self.line.years + 1)
            cells = f"{first}{own}:{column}{own}"
            return f'IF(COUNT({cells})<{self.line.years},"",ROUND(AVERAGE({cells}),2))'
        above = ",".join(f"{column}{self.rows[id_]}" for id_ in self.line.of)
        if self.line.way is Way.SUM:
            return f'IF(COUNT({above})<{len(self.line.of)},"",SUM({above}))'
        below = ",".join(f"{column}{self.rows[id_]}" for id_ in self.line.over)
        needed = f"COUNT({above},{below})<{len(self.line.of) + len(self.line.over)}"
        ratio = f"ROUND(SUM({above})/SUM({below})*{self.line.times},2)"
        return f'IF({needed},"",IF(SUM({below})=0,"{VOID}",{ratio}))'

    def _column(self, year: int) -> str:
        return letter(len(_ABOUT) + 1 + year - self.years[0])


def _plain(value: Decimal | None) -> Value:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
