"""A radar picture: one axis for each name, rings at every quarter, what is not known left open; black lines only."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gbtool.word.drawing import Box, Line, Picture, wrapped

WIDTH = 459.0
_RADIUS, _TOP = 112.0, 46.0
RINGS = (25, 50, 75, 100)
_SIZE, _LEADING = 9.0, 11.5
_LABEL = 64.0
_MARK = 4.0
_GAP = 8.0
_BOLD = 2.0
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its name, and how far its value reaches, from 0 to 100; None where it is not known."""

    name: str
    percent: float | None


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
    """A bold line from each known value to the next one on the neighbouring axis."""
    points = _points(axes, middle)
    pairs = zip(points, [*points[1:], *points[:1]], strict=True)
    return [Line((first, second), arrow=False, width=_BOLD) for first, second in pairs if first and second]


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
