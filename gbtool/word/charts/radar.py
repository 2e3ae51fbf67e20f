"""A radar picture: one axis for each name, rings at every quarter, what is not known left open; black lines only."""

import math
from collections.abc import Iterator, Sequence

from gbtool.structs import Frozen
from gbtool.word.drawing import Box, Line, Picture, wrapped

WIDTH = 459.0
_RADIUS, _TOP = 112.0, 46.0
RINGS = (25, 50, 75, 100)
_SIZE, _LEADING = 9.0, 11.5
_LABEL = 64.0
_MARK = 4.0
_GAP = 8.0
_BOLD = 2.0
_HALF, _THIN = 0.5, 1.0
_Point = tuple[float, float]


class Axis(Frozen):
    """An axis: its name, how far its value reaches, from 0 to 100, and how far an earlier one did; None: not known."""

    name: str
    percent: float | None
    before: float | None = None


def picture(axes: Sequence[Axis], title: str) -> Picture:
    """The radar of some axes, the first of which points upwards; neighbours that are known are joined."""
    middle = (WIDTH / 2, _TOP + _RADIUS)
    lines = [*_rings(len(axes), middle), *_spokes(len(axes), middle), *_values(axes, middle)]
    boxes = [*_marks(axes, middle), *_labels(axes, middle)]
    return Picture(WIDTH, 2 * (_TOP + _RADIUS), tuple(boxes), tuple(lines), title)


def _at(number: int, count: int, middle: tuple[float, float], radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * number / count
    return middle[0] + radius * math.sin(angle), middle[1] - radius * math.cos(angle)


def _rings(count: int, middle: tuple[float, float]) -> list[Line]:
    return [
        Line(
            tuple(_at(number, count, middle, _RADIUS * ring / 100) for number in (*range(count), 0)),
            arrow=False,
            dashed=ring < RINGS[-1],
            width=_HALF,
        )
        for ring in RINGS
    ]


def _spokes(count: int, middle: tuple[float, float]) -> list[Line]:
    ends = (_at(number, count, middle, _RADIUS) for number in range(count))
    return [Line((middle, end), arrow=False, width=_HALF) for end in ends]


def _values(axes: Sequence[Axis], middle: tuple[float, float]) -> list[Line]:
    """A bold line from each known value to the next one on the neighbouring axis; a dashed one between earlier ones."""
    earlier = [Axis(axis.name, axis.before) for axis in axes]
    drawn = [Line(ends, arrow=False, dashed=True, width=_THIN) for ends in _joined(_points(earlier, middle))]
    return [*drawn, *(Line(ends, arrow=False, width=_BOLD) for ends in _joined(_points(axes, middle)))]


def _joined(points: Sequence[_Point | None]) -> Iterator[tuple[_Point, _Point]]:
    pairs = zip(points, [*points[1:], *points[:1]], strict=True)
    return ((first, second) for first, second in pairs if first and second)


def _points(axes: Sequence[Axis], middle: tuple[float, float]) -> list[tuple[float, float] | None]:
    count = len(axes)
    return [
        None if axis.percent is None else _at(number, count, middle, _RADIUS * axis.percent / 100)
        for number, axis in enumerate(axes)
    ]


def _marks(axes: Sequence[Axis], middle: tuple[float, float]) -> list[Box]:
    known = (point for point in _points(axes, middle) if point)
    return [Box(x - _MARK / 2, y - _MARK / 2, _MARK, _MARK, (), shape="ellipse") for x, y in known]


def _labels(axes: Sequence[Axis], middle: tuple[float, float]) -> list[Box]:
    """The name and the value of each axis outside the outer ring."""
    boxes = []
    for number, axis in enumerate(axes):
        said = "没有打分" if axis.percent is None else f"{axis.percent:g}"
        lines = (*wrapped(axis.name, _LABEL, _SIZE), said)
        height = len(lines) * _LEADING
        x, y = _at(number, len(axes), middle, _RADIUS + _GAP)
        across, down = (x - middle[0]) / (_RADIUS + _GAP), (y - middle[1]) / (_RADIUS + _GAP)
        left = x - _LABEL / 2 + across * _LABEL / 2
        boxes.append(Box(left, y - height / 2 + down * height / 2, _LABEL, height, lines, framed=False, size=_SIZE))
    return boxes
