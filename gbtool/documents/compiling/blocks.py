"""Blocks as Word-XML with the tags held out: headings, paragraphs, numbered lists, tables, parts of a 红头 paper."""

import re
from collections.abc import Iterator, Sequence

from gbtool.documents.compiling.holding import (
    BEGIN,
    GRID,
    HELD,
    LISTS,
    MADE,
    NUMBER,
    RED,
    RESTART,
    SIGNED,
    SPACE,
    Held,
)
from gbtool.documents.compiling.markdown import Block, Control, Grid, Heading, Inline, Listing, Marker, Paragraph, Quote
from gbtool.structs import Mutable
from gbtool.word import wordml
from gbtool.word.look import BULLETS, BY_ID, Layout

_BLANK_DATE = re.compile(rf"^[{SPACE}\s]*年[{SPACE}\s]*月[{SPACE}\s]*日$")
_RED_PARTS = {"发文字号": "RedNumber", "版记": "NoticeFoot"}


class Writer(Mutable):
    """Writes the blocks of one template; `part` is the part of a paper that a marker opened."""

    held: Held
    layout: Layout
    part: str = ""
    titled: bool = False

    def write(self, blocks: Sequence[Block]) -> str:
        """All blocks as XML with held tags."""
        return "".join(self._sequence(blocks))

    def _sequence(self, blocks: Sequence[Block]) -> Iterator[str]:
        hoisted = dict(_hoisted(blocks, self.held))
        for index, block in enumerate(blocks):
            if index in hoisted.values():
                yield "{{ %s | %s }}" % (LISTS, BEGIN)
            match block:
                case Control(text):
                    yield text
                case Heading(level, inline):
                    yield self._heading(level, inline)
                case Paragraph(inline):
                    yield self._paragraph(inline, blocks[index - 1] if index else None)
                case Quote(inner):
                    yield self._quote(inner)
                case Listing():
                    begin = "" if index in hoisted else _begin(block, blocks[:index], self.held)
                    yield begin + "".join(self._items(block, 0))
                case Grid():
                    yield self._grid(block)
                case Marker(name, makes):
                    yield self._marker(name, makes)

    def _heading(self, level: int, inline: Inline) -> str:
        style = BY_ID[self.layout.headings[min(level, 4) - 1]]
        self.part = ""
        self.titled = True
        number = ""
        if style.number:
            number = f'<w:numPr><w:ilvl w:val="{style.number[1]}"/><w:numId w:val="{style.number[0]}"/></w:numPr>'
        return self._line(style.id, inline, number)

    def _paragraph(self, inline: Inline, before: Block | None) -> str:
        if self.part == "发文机关标志":
            return "{%% filter %s %%}%s{%% endfilter %%}" % (RED, self._content(inline))
        return self._maybe(inline, self._line(self._style(inline, before), inline))

    def _style(self, inline: Inline, before: Block | None) -> str:
        text = HELD.sub("", "".join(span.text or "" for span in inline)).strip()
        if self.part == "落款" or text.endswith("（签名）：") or (_signs(before) and self._dates(inline, text)):
            return self.layout.sign
        if self.part in _RED_PARTS:
            return _RED_PARTS[self.part]
        if self.layout.name == "notice" and isinstance(before, Heading) and before.level == 1 and text.endswith("："):
            return "NoticeTo"
        return self.layout.body

    def _dates(self, inline: Inline, text: str) -> bool:
        tags = [tag for span in inline for tag in self.held.in_(span.text or "")]
        return bool(_BLANK_DATE.match(text)) or (not text and len(tags) == 1 and "zh_date" in tags[0].source)

    def _quote(self, blocks: Sequence[Block]) -> str:
        return "".join(
            self._maybe(block.inline, self._line("Quote", block.inline)) if isinstance(block, Paragraph) else ""
            for block in blocks
        )

    def _items(self, listing: Listing, level: int) -> Iterator[str]:
        number = "{{ %s | %s }}" % (LISTS, NUMBER) if listing.ordered else str(BULLETS)
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        for item in listing.items:
            for index, block in enumerate(item):
                if isinstance(block, Listing):
                    yield from self._items(block, min(level + 1, 1))
                elif isinstance(block, Paragraph):
                    line = self._line(self.layout.item, block.inline, "" if index else properties)
                    yield self._maybe(block.inline, line)
                else:
                    yield from self._sequence([block])

    def _grid(self, grid: Grid) -> str:
        rows = "".join(self._rows(grid))
        styles = f"{(self.layout.cell, self.layout.cell_head)}, {self.layout.page.width}"
        return "{%% filter %s(%s) %%}%s{%% endfilter %%}" % (GRID, styles, rows)

    def _rows(self, grid: Grid) -> Iterator[str]:
        for index, row in enumerate(grid.rows):
            if isinstance(row, Control):
                yield row.text
                continue
            style = self.layout.cell if index else self.layout.cell_head
            aligns = (*grid.aligns, *("" for _ in row))
            cells = (
                self._cell(style, inline, _aligned(align if index else ""))
                for inline, align in zip(row, aligns, strict=False)
            )
            yield wordml.row("".join(cells), head=not index)

    def _cell(self, style: str, inline: Inline, properties: str) -> str:
        """A cell; the paragraph around a plain text is written with the width, as it is measured."""
        plain = len(inline) == 1 and inline[0].text is not None and not (inline[0].bold or properties)
        held = _text(inline[0].text or "") if plain else self._line(style, inline, properties)
        return f"<w:tc>{held}</w:tc>"

    def _marker(self, name: str, makes: str) -> str:
        if makes:
            return "{{ %s('%s') }}" % (MADE, name.replace("'", ""))
        self.part = name.split("：", maxsplit=1)[0]
        return wordml.empty("RedLine") if self.part == "红色分隔线" else ""

    def _line(self, style: str, inline: Inline, properties: str = "") -> str:
        content = self._content(inline)
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'

    def _content(self, inline: Inline) -> str:
        return "".join(
            "<w:r><w:br/></w:r>"
            if span.text is None
            else wordml.run(_text(span.text), "<w:b/><w:bCs/>" if span.bold else "")
            for span in inline
        )

    def _maybe(self, inline: Inline, line: str) -> str:
        """A line whose every word depends on tags: it is left out where nothing comes of them."""
        if not self._conditional("".join(span.text or "" for span in inline)):
            return line
        return "{%% filter %s %%}%s{%% endfilter %%}" % (SIGNED, line)

    def _conditional(self, text: str) -> bool:
        depth = 0
        for character in text:
            if not HELD.match(character):
                if depth == 0 and not character.isspace():
                    return False
                continue
            tag = self.held.tag(character)
            depth += tag.opens - tag.closes
        return True


def _text(text: str) -> str:
    return wordml.inside(text).replace(SPACE, "　")


def _aligned(align: str) -> str:
    return f'<w:jc w:val="{align}"/>' if align else ""


def _signs(block: Block | None) -> bool:
    if not isinstance(block, Paragraph):
        return False
    return "".join(span.text or "" for span in block.inline).strip().endswith("（签名）：")


def _tags(block: Block, held: Held) -> list[str]:
    return [tag.word for tag in held.in_(block.text)] if isinstance(block, Control) else []


def _begin(listing: Listing, before: Sequence[Block], held: Held) -> str:
    """What opens the list: its own number, the tag that printed the number, or the list before that goes on."""
    if not listing.ordered:
        return ""
    if listing.index:
        return "{{ %s | %s(%s) }}" % (LISTS, BEGIN, held.tag(listing.index).source.strip("{}-+ "))
    previous = next((block for block in reversed(before) if not isinstance(block, Control)), None)
    start = listing.start
    if start != 1 and not isinstance(previous, Listing):
        return "{{ %s | %s(%d) }}" % (LISTS, RESTART, start)
    return "{{ %s | %s(%d) }}" % (LISTS, BEGIN, start)


def _hoisted(blocks: Sequence[Block], held: Held) -> Iterator[tuple[int, int]]:
    """Lists that are all that a loop says, with the place before that loop where they begin."""
    for index, block in enumerate(blocks):
        if isinstance(block, Listing) and block.ordered:
            loop = _loop_before(blocks, index, held)
            if loop is not None and "endfor" in _all_tags(blocks[index + 1 :], held):
                yield index, loop


def _loop_before(blocks: Sequence[Block], index: int, held: Held) -> int | None:
    """The outermost loop that opens right before a block, with nothing but openings in between."""
    found = None
    for at in range(index - 1, -1, -1):
        words = _tags(blocks[at], held)
        if not words or any(word.startswith("end") for word in words):
            break
        found = at if "for" in words else found
    return found


def _all_tags(blocks: Sequence[Block], held: Held) -> list[str]:
    """The words of the tags up to the next block of text."""
    words: list[str] = []
    for block in blocks:
        if not isinstance(block, Control):
            break
        words += _tags(block, held)
    return words
