"""What does not agree in the figures of a year, one sentence each, with the line that it is about."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gbtool.model.answers import date_complaint
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.model.yearly import Line, Statistics, Way
from gbtool.rules.diagnosis.figures import number, plain
from gbtool.rules.yearly.counting import Figures, answered

Said = tuple[str, str]  # the line, and what is wrong with it or to be said of it


def value_fault(line: Line, text: str) -> str:
    """What is wrong with a number as it was filled in, empty where nothing is."""
    value = number(text)
    if value is None:
        return f"“{text}”应当是数；取不到的空着，在说明里写原因"
    if value < 0:
        return f"{text} 小于 0"
    if line.whole and value != value.to_integral_value():
        return f"{text} 应当是整数（{line.unit}）"
    return ""


def day_fault(year: int, day: str, today: date) -> str:
    """What is wrong with the day on which figures of a year are filled in: that year is over, the day has come."""
    wrong = date_complaint(day) or ""
    if not wrong and day > today.isoformat():
        return f"填报日 {day} 在今天（{today}）以后"
    if not wrong and day <= f"{year}-12-31":
        return f"{year}年还没有过完，{day} 不能填报全年的数"
    return wrong


def exceeding(figures: Figures, year: int) -> Iterator[Said]:
    """Lines that are greater than the line of which they are a part."""
    known = figures.book.by_line
    for _, line in figures.book.lines:
        value = figures.amount(line.id, year).value
        most = figures.amount(line.most, year).value if line.most else None
        if value is not None and most is not None and value > most:
            other = known[line.most]
            yield line.id, f"{line.name} {plain(value)} 大于 {other.id} {other.name} {plain(most)}"


def whole_fault(figures: Figures, line: Line, year: int) -> str:
    """A whole that was filled in beside some of its parts and is smaller than those."""
    said, parts = figures.given.get((line.id, year)), figures.parts(line.id, year)
    if said is None or figures.whole(line.id, year) or parts <= said:
        return ""
    return f"{line.name}是 {plain(said)}，小于已填各项之和 {plain(parts)}"


def disagreeing(figures: Figures, id_: str, year: int, text: str) -> str:
    """Why a number that is reckoned cannot be what the sheet says, empty where it can."""
    amount, said = figures.amount(id_, year), number(text)
    if said is None or (amount.value is not None and abs(said - amount.value) <= Decimal("0.01")):
        return ""
    line = figures.book.by_line[id_]
    due = amount.shown or "空（要用的数还没有填全）"
    parts = "、".join((*line.of, *line.over))
    return f"{line.name}是 {text}，按 {parts} 应为 {due}；公式被改过，或没有重新计算"


def basis_fault(entry: Entry, before: Entry | None) -> str:
    """A definition that changed since the year before without a word why."""
    if before is None or entry.text("basis") == before.text("basis") or entry.text("note").strip():
        return ""
    was = before.text("basis") or "按定义"
    return f"统计口径和上年不同（上年：{was}），在说明里写差异"


def remarks(figures: Figures, facts: Facts, year: int, notes: frozenset[str]) -> Iterator[str]:
    """What is to be said of the figures of a year that are kept.

    Args:
        figures: the figures.
        facts: the client.
        year: the year.
        notes: the lines that say why they are as they are.
    """
    lines = [line for _, line in figures.book.lines]
    wholes = {part for line in lines if line.way is Way.SUM and _known(figures, line, year) for part in line.of}
    filled = {id_ for id_, of in figures.given if of == year} | wholes
    open_ = [line.id for line in lines if line.way is Way.GIVEN and line.id not in filled]
    if open_:
        yield f"{year}年还有 {len(open_)} 个数没有填，空着的不算 0：{some(open_)}"
    moved = [each.id for each in lines if figures.notable(each.id, year) and not _noted(each, notes)]
    if moved:
        yield f"比上年变化在 {figures.book.notable}% 以上、没有写说明的：{some(moved)}"
    for line in lines:
        said, own = answered(line, facts).get(year), figures.amount(line.id, year).value
        if said is not None and own is not None and said != own:
            asked = line.answer.question if line.answer else ""
            yield f"{line.id} {line.name}{year}年是 {plain(own)}，资料 {asked} 里写 {plain(said)}：核对口径"


def _known(figures: Figures, line: Line, year: int) -> bool:
    return figures.amount(line.id, year).value is not None


def _noted(line: Line, notes: frozenset[str]) -> bool:
    return bool(notes & {line.id, *line.of, *line.over})


def some(ids: list[str], most: int = 6) -> str:
    """The first of some ids, and how many there are."""
    return "、".join(ids[:most]) + (f"……共 {len(ids)} 个" if len(ids) > most else "")


def unknown(book: Statistics) -> tuple[str, ...]:
    """The statistics whose official definition nobody has seen."""
    return tuple(statistic.id for statistic in book.statistics if not statistic.official)
