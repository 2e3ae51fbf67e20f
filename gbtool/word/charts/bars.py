"""Bars of two periods under each other: the earlier one white, the later one grey, each with what it stands for."""

from collections.abc import Sequence

from gbtool.structs import Frozen
from gbtool.word.drawing import Box, Line, Picture, wrapped

WIDTH = 459.0
FIRST, SECOND = "FFFFFF", "8C8C8C"
_LABEL, _LEFT, _ROOM, _SAID = 120.0, 128.0, 200.0, 125.0
_BAR, _ROW, _TOP, _LEGEND = 11.0, 32.0, 24.0, 10.0
_SIZE = 9.0
_MOST = 16  # indicators on one page
_LEAST = 1.0


class Bars(Frozen):
    """What is compared: its name, both values (0 or more) with the words for them, and what a full bar stands for."""

    name: str
    values: tuple[float, float]
    said: tuple[str, str]
    full: float


def pictures(rows: Sequence[Bars], periods: tuple[str, str], title: str) -> list[Picture]:
    """Pictures of so many rows as fit on a page, each with the legend of both periods."""
    pages = [rows[at : at + _MOST] for at in range(0, len(rows), _MOST)]
    names = [title if len(pages) == 1 else f"{title}（{number}）" for number in range(1, len(pages) + 1)]
    return [_picture(page, periods, name) for page, name in zip(pages, names, strict=True)]


def _picture(rows: Sequence[Bars], periods: tuple[str, str], title: str) -> Picture:
    boxes = _legend(periods)
    for number, row in enumerate(rows):
        y = _TOP + number * _ROW
        lines = wrapped(row.name, _LABEL, _SIZE)
        boxes.append(Box(0, y + 3, _LABEL, 2 * _BAR, lines, framed=False, size=_SIZE, align="right"))
        boxes += [box for place in (0, 1) for box in _bar(row, place, y + 3 + place * _BAR)]
    height = _TOP + len(rows) * _ROW
    return Picture(WIDTH, height, tuple(boxes), (Line(((_LEFT, _TOP), (_LEFT, height)), arrow=False),), title)


def _bar(row: Bars, place: int, y: float) -> list[Box]:
    share = min(row.values[place] / row.full, 1.0) if row.full else 0.0
    length = max(share * _ROOM, _LEAST)
    fill = (FIRST, SECOND)[place]
    words = Box(_LEFT + length + 3, y, _SAID, _BAR, (row.said[place],), framed=False, size=_SIZE, align="left")
    return [Box(_LEFT, y, length, _BAR, (), fill=fill), words]


def _legend(periods: tuple[str, str]) -> list[Box]:
    boxes = []
    for x, period, fill in zip((0.0, WIDTH / 2), periods, (FIRST, SECOND), strict=True):
        boxes.append(Box(x, 4, _LEGEND * 2, _LEGEND, (), fill=fill))
        boxes.append(Box(x + 24, 2, WIDTH / 2 - 26, 14, (period,), framed=False, size=_SIZE, align="left"))
    return boxes
