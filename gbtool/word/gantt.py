"""A schedule as a Gantt chart: tasks against months, bars and milestones that can be read without colours."""

from collections.abc import Sequence
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.structs import Frozen, replace
from gbtool.word import wordml
from gbtool.word.drawing import Box, Line, Picture, wrapped

WIDTH, TALLEST = 459.0, 600.0
_NAMES = 136.0  # the column of names
_SIZE, _LEADING, _SMALL = 9.0, 11.5, 7.5
_HEAD, _AIR, _BAR, _MARK = 18.0, 8.0, 8.0, 8.0
_NARROWEST = 26.0  # a month that has room for its name
_STEPS = (1, 2, 3, 6, 12, 24, 60)
_FACE = 1.35  # room for a face that is wider than Times New Roman
_GREY, _BLACK = "A6A6A6", "000000"


class Bar(Frozen):
    """A line of the chart: from the first to the last day, single days that stand out, whether it ends in a milestone.

    A bar with single days (`marks`) shows only these.
    """

    name: str
    first: date
    last: date
    marks: tuple[date, ...] = ()
    milestone: bool = False


class _Scale(Frozen):
    """Days to points: the first day of the first month shown, and the day after the last."""

    first: date
    end: date

    def at(self, day: date) -> float:
        """Where a day begins."""
        return _NAMES + (WIDTH - 1 - _NAMES) * (day - self.first).days / (self.end - self.first).days

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the columns: as many months each as their names need."""
        count = (self.end.year - self.first.year) * 12 + self.end.month - self.first.month
        room = (WIDTH - 1 - _NAMES) / count
        step = next((each for each in _STEPS if each * room >= _NARROWEST), _STEPS[-1])
        return tuple(add_months(self.first, n) for n in range(0, count, step))


def pictures(bars: Sequence[Bar], title: str) -> tuple[Picture, ...]:
    """The chart on as few pages as it needs; nothing where there is nothing to show."""
    if not bars:
        return ()
    last = max(bar.last for bar in bars)
    scale = _Scale(min(bar.first for bar in bars).replace(day=1), add_months(last.replace(day=1), 1))
    pages = [*_pages(bars)]
    drawn = [_picture(page, scale) for page in pages]
    names = [f"{title}（{n}/{len(pages)}）" if len(pages) > 1 else title for n in range(1, len(pages) + 1)]
    return tuple(replace(picture, title=name) for picture, name in zip(drawn, names, strict=True))


def _pages(bars: Sequence[Bar]) -> list[list[Bar]]:
    pages: list[list[Bar]] = [[]]
    used = 0.0
    for bar in bars:
        tall = _tall(bar)
        if pages[-1] and used + tall > TALLEST - 2 * _HEAD:
            pages.append([])
            used = 0.0
        pages[-1].append(bar)
        used += tall
    return pages


def _lines(bar: Bar) -> tuple[str, ...]:
    return wrapped(bar.name, _NAMES - 8, _SIZE)


def _tall(bar: Bar) -> float:
    return len(_lines(bar)) * _LEADING + _AIR


def _picture(bars: Sequence[Bar], scale: _Scale) -> Picture:
    boxes = [Box(1, 1, _NAMES - 1, _HEAD, ("工作",), bold=True), *_months(scale)]
    lines: list[Line] = []
    y = 1 + _HEAD
    for bar in bars:
        tall = _tall(bar)
        boxes.append(Box(1, y, _NAMES - 1, tall, _lines(bar), align="left"))
        boxes += _shapes(bar, y + tall / 2, scale)
        y += tall
        lines.append(_rule(_NAMES, y, WIDTH - 1, y))
    lines += [_rule(scale.at(day), 1 + _HEAD, scale.at(day), y, dashed=True) for day in scale.months[1:]]
    lines.append(_rule(WIDTH - 1, 1, WIDTH - 1, y))
    legend = _legend(y + 4)
    return Picture(WIDTH, y + 4 + _HEAD, (*boxes, *legend), tuple(lines))


def _months(scale: _Scale) -> list[Box]:
    starts = scale.months
    ends = (*starts[1:], scale.end)
    boxes = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        width = scale.at(end) - scale.at(start)
        whole = number == 0 or start.year != starts[number - 1].year
        text = _named(start, width) if whole else f"{start.month}月"
        boxes.append(Box(scale.at(start), 1, width, _HEAD, (text,), size=_SMALL))
    return boxes


def _named(month: date, width: float) -> str:
    """A month with its year, shorter where the column is narrow."""
    names = (f"{month.year}年{month.month}月", f"{month.year}.{month.month}")
    return next((name for name in names if _room(name) <= width - 5), f"{month.year % 100:02}.{month.month}")


def _shapes(bar: Bar, middle: float, scale: _Scale) -> list[Box]:
    """The bar or its single days, and the dates beside it where there is room."""
    if bar.marks:
        return [_diamond(scale.at(day), middle) for day in bar.marks]
    left, right = scale.at(bar.first), scale.at(bar.last + timedelta(days=1))
    shapes = [] if bar.milestone and bar.first == bar.last else [_bar(left, max(right - left, 2.0), middle)]
    if bar.milestone:
        shapes.append(_diamond(scale.at(bar.last), middle))
    return [*shapes, *_dates(bar, left, max(right, scale.at(bar.last) + _MARK), middle)]


def _bar(x: float, width: float, middle: float) -> Box:
    return Box(x, middle - _BAR / 2, width, _BAR, (), fill=_GREY)


def _diamond(x: float, middle: float) -> Box:
    return Box(x - _MARK / 2, middle - _MARK / 2, _MARK, _MARK, (), "flowChartDecision", fill=_BLACK)


def _dates(bar: Bar, left: float, right: float, middle: float) -> list[Box]:
    text = _day(bar.first) if bar.first == bar.last else f"{_day(bar.first)}至{_day(bar.last)}"
    width = _room(text)
    if right + 2 + width <= WIDTH - 2:
        x, align = right + 2, "left"
    elif left - _MARK - width >= _NAMES:
        x, align = left - _MARK / 2 - 2 - width, "right"
    else:
        return []
    return [Box(x, middle - 5, width, 10, (text,), framed=False, size=_SMALL, align=align)]


def _room(text: str) -> float:
    """The width that a small text needs whatever the face."""
    return wordml.width_of(text) * _SMALL * _FACE


def _day(day: date) -> str:
    return f"{day.month}.{day.day}"


def _legend(y: float) -> list[Box]:
    middle = y + _HEAD / 2
    return [
        _bar(_NAMES, 24, middle),
        Box(_NAMES + 28, middle - 6, 60, 12, ("工作期间",), framed=False, size=_SMALL, align="left"),
        _diamond(_NAMES + 110, middle),
        Box(_NAMES + 118, middle - 6, 110, 12, ("里程碑或单日的活动",), framed=False, size=_SMALL, align="left"),
    ]


def _rule(x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> Line:
    return Line(((x1, y1), (x2, y2)), arrow=False, dashed=dashed)
