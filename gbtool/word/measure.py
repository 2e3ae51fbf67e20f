"""How tall a body probably is, and on which page its headings stand, from the lengths of its lines."""

import re
from collections.abc import Iterable, Iterator, Sequence

from gbtool.structs import Frozen
from gbtool.word import wordml
from gbtool.word.look import BY_ID
from gbtool.word.together import together

_CELL = '<w:tcW w:w="'
_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"/>')
_SPACING = re.compile(r'<w:spacing w:before="(\d+)"(?: w:after="(\d+)")?/>')
_TALL = re.compile(r'<w:trHeight w:val="(\d+)"')
_EXTENT = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"/>')
_SAFE, _CAPTION = 0.97, 30.0  # what the estimate may miss, points of a caption and the air around a drawing
_HANGING = {"Item": 48.0}  # points that an item stands in, as the lists of most kinds do
_LEAD = 3  # paragraphs: a heading and what leads to a drawing
_EMU, _AROUND = 12700, 10.0  # English metric units in a point, points of air around a drawing


class Block(Frozen):
    """A paragraph or a row: its style (empty for a row), its height in points, whether it begins a page, is a head."""

    style: str
    height: float
    breaks: bool = False
    head: bool = False


def blocks(body: str, page: wordml.Page) -> Iterator[Block]:
    """The paragraphs and rows of a body on a page."""
    width = page.width / 20
    for start, end in wordml.spans(body, "tr"):
        if extent := _EXTENT.search(body, start, end) if body.startswith(wordml.DRAWN, start) else None:
            yield Block("Drawing", int(extent.group(1)) / _EMU + _AROUND)
            continue
        block = body[start:end]
        if block.startswith("<w:tr>"):
            yield Block("", _row(block), head="<w:tblHeader/>" in block)
            continue
        found = _STYLE.search(block)
        style = found.group(1) if found else "Body"
        breaks = style == "ManualChapter" or "<w:pageBreakBefore/>" in block
        yield Block(style, _paragraph(block, style, width), breaks)


def height(body: str, page: wordml.Page) -> float:
    """The height of a body in pages."""
    return sum(block.height for block in blocks(body, page)) * 20 / page.height


def pages(body: str, page: wordml.Page, styles: frozenset[str]) -> list[int]:
    """The page of each paragraph in one of the styles, counted from the first page of the body."""
    placed = _placed(blocks(body, page), page.height / 20)
    return [max(number, 1) for block, number, _ in placed if block.style in styles]


def above(before: str, page: wordml.Page) -> list[Block]:
    """What stands above a place in a body, with the air that it gets around its tables."""
    return [*blocks(together(before), page)]


def drawn(height: float) -> float:
    """The height in points that a drawing so high takes, with the air around it."""
    return round(height * _EMU) / _EMU + _AROUND


def room(standing: Sequence[Block], tall: float, page: wordml.Page) -> float:
    """The points left on their page below some blocks, at least 1, if what is so tall is too high for them; else 0."""
    height = page.height / 20
    at = _end([*_placed(standing, height)])
    return max((height - at) * _SAFE - _CAPTION, 1.0) if at + tall > height else 0.0


def _end(placed: Sequence[tuple[Block, int, float]]) -> float:
    """Where the last block ends on its page; a heading just above it moves to that page too."""
    if not placed:
        return 0.0
    lead = placed[-_LEAD:]
    for at, (block, number, _) in enumerate(lead):
        if block.style in BY_ID and BY_ID[block.style].keep and number < placed[-1][1]:
            return sum(each.height for each, _, _ in lead[at:])
    return placed[-1][2]


def _placed(found: Iterable[Block], tall: float) -> Iterator[tuple[Block, int, float]]:
    """Each block with its page, from 0, and where it ends there; a row on a new page stands below its table's heads."""
    at, number, heads, within = 0.0, 0, 0.0, False
    for block in found:
        heads = (block.height + (heads if within else 0.0)) if block.head else heads if not block.style else 0.0
        within = block.head
        if block.breaks or at + block.height > tall:
            number, at = number + 1, 0.0 if block.head else heads
        at += block.height
        yield block, number, at


def _paragraph(block: str, style: str, width: float) -> float:
    look = BY_ID.get(style, BY_ID["Body"])
    own = _SPACING.search(block) if "<w:spacing" in block else None
    before, after = (int(own.group(1)), int(own.group(2) or look.after)) if own else (look.before, look.after)
    line = look.line / 20 or look.size * 0.65
    length = wordml.width_of(wordml.said(block)) + look.first / 100
    count = -(-length * look.size / 2 // (width - _HANGING.get(style, 0.0)))
    return max(count, 1.0) * line + (before + after) / 20


def _row(block: str) -> float:
    found = _STYLE.search(block)
    size = BY_ID.get(found.group(1) if found else "", BY_ID["Cell"]).size / 2
    lines = [_lines(cell, size) for cell in block.split(_CELL)[1:]]
    least = _TALL.search(block) if "<w:trHeight" in block else None
    return max(max(lines, default=1.0) * size * 1.31 + 5, int(least.group(1)) / 20 if least else 0.0)


def _lines(cell: str, size: float) -> float:
    """How many lines a cell has, given from its width on."""
    width = int(cell[: cell.index('"')])
    return -(-wordml.width_of(wordml.said(cell)) * size // (width / 20 - 9)) + cell.count("<w:br/>")
