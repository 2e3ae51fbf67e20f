"""The Markdown of a template, its tags held out, as a tree of blocks."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from gbtool.documents.compiling.holding import HELD, INDEX, Held, only_tags
from gbtool.structs import Frozen, Mutable

_MARKER = re.compile(r"<!--\s*(?:(figure|table):\s*)?(.*?)\s*-->", re.DOTALL)
_INDEXED = re.compile(rf"^(\s*)({HELD.pattern})\.[ ]+")
_UNWANTED = (
    "code",
    "fence",
    "reference",
    "lheading",
    "autolink",
    "link",
    "image",
    "html_inline",
    "entity",
    "backticks",
)


class Span(Frozen):
    """A piece of a line: text with tags held out, bold or not; None is a line break."""

    text: str | None
    bold: bool = False


Inline = tuple[Span, ...]


class Control(Frozen):
    """Tags that stand alone between blocks or rows."""

    text: str


class Heading(Frozen):
    """A heading of level 1 to 6."""

    level: int
    inline: Inline


class Paragraph(Frozen):
    """A paragraph."""

    inline: Inline


class Quote(Frozen):
    """A quotation of paragraphs and lists."""

    blocks: "tuple[Block, ...]"


class Listing(Frozen):
    """A list; `index` is the tag that printed the number of its first item, held out."""

    ordered: bool
    start: int
    items: "tuple[tuple[Block, ...], ...]"
    index: str = ""


class Grid(Frozen):
    """A table: the first row is the head; control tags stand between rows."""

    rows: tuple[tuple[Inline, ...] | Control, ...]
    aligns: tuple[str, ...] = ()


class Marker(Frozen):
    """A comment that names a part (`落款`), or asks for a figure or table that the program makes."""

    name: str
    makes: str = ""


Block = Control | Heading | Paragraph | Quote | Listing | Grid | Marker


class _Stream(Mutable):
    tokens: Sequence[Token]
    held: Held
    at: int = 0

    def until(self, closing: str) -> "Iterator[Token]":
        """The tokens up to the one that closes this block; whoever reads children moves the stream."""
        while self.tokens[self.at].type != closing:
            token = self.tokens[self.at]
            self.at += 1
            yield token
        self.at += 1


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable(list(_UNWANTED))


def parse(held: Held) -> tuple[Block, ...]:
    """The blocks of a text whose tags are held out."""
    text = "\n".join(_lines(held))
    stream = _Stream([*_parser().parse(text), Token("end", "", 0)], held)
    return tuple(_blocks(stream, "end"))


def _lines(held: Held) -> Iterator[str]:
    """The lines with control tags apart from paragraphs, and inside tables as rows of their own."""
    run: list[str] = []
    for line in [*held.text.split("\n"), ""]:
        if line.strip():
            run.append(_with_number(line, held))
            continue
        yield from _run(run, held)
        yield ""
        run = []


def _with_number(line: str, held: Held) -> str:
    """A list item whose number is printed by a tag as Markdown knows it."""
    match = _INDEXED.match(line)
    return f"{match[1]}1. {INDEX}{match[2]}{line[match.end() :]}" if match and held.tag(match[2]).prints else line


def _run(run: list[str], held: Held) -> Iterator[str]:
    """A run of lines between blank ones."""
    rows = [index for index, line in enumerate(run) if line.lstrip().startswith("|")]
    first = rows[0] if rows else len(run)
    last = _table_end(run, rows, held) if rows else -1
    for index, line in enumerate(run):
        if not only_tags(line, held):
            yield line
        elif first < index <= last:
            yield f"| {line.strip()} |"
        else:
            yield from ("", line.strip(), "")


def _table_end(run: list[str], rows: list[int], held: Held) -> int:
    """The last line of a table: its last row, or the tags after it that close what was opened inside."""
    depth = sum(
        tag.opens - tag.closes for line in run[rows[0] : rows[-1]] if only_tags(line, held) for tag in held.in_(line)
    )
    end = rows[-1]
    while depth > 0 and end + 1 < len(run) and only_tags(run[end + 1], held):
        end += 1
        depth += sum(tag.opens - tag.closes for tag in held.in_(run[end]))
    return end


def _blocks(stream: _Stream, closing: str) -> "Iterator[Block]":
    for token in stream.until(closing):
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1]), _inline(stream, "heading_close"))
            case "paragraph_open":
                yield _paragraph(_inline(stream, "paragraph_close"), stream.held)
            case "blockquote_open":
                yield Quote(tuple(_blocks(stream, "blockquote_close")))
            case "bullet_list_open":
                yield _listing(stream, token, ordered=False)
            case "ordered_list_open":
                yield _listing(stream, token, ordered=True)
            case "table_open":
                yield _grid(stream)
            case "html_block":
                yield from _markers(token.content)


def _paragraph(inline: Inline, held: Held) -> Control | Paragraph:
    text = inline[0].text or "" if len(inline) == 1 else ""
    return Control(text.strip()) if only_tags(text, held) else Paragraph(inline)


def _markers(content: str) -> Iterator[Marker]:
    for match in _MARKER.finditer(content):
        yield Marker(match[2], match[1] or "")


def _listing(stream: _Stream, token: Token, *, ordered: bool) -> Listing:
    closing = "ordered_list_close" if ordered else "bullet_list_close"
    items = tuple(tuple(_blocks(stream, "list_item_close")) for _ in stream.until(closing))
    index = ""
    if items and items[0] and isinstance(items[0][0], (Paragraph, Control)):
        items, index = _without_index(items)
    start = token.attrs.get("start", 1)
    return Listing(ordered, int(start) if start is not None else 1, items, index)


def _without_index(items: tuple[tuple[Block, ...], ...]) -> tuple[tuple[tuple[Block, ...], ...], str]:
    """The items without the tags that printed their numbers, and the first of these tags."""
    index = ""
    result = []
    for item in items:
        first = item[0] if item else None
        text = _leading(first)
        indexed = text.startswith(INDEX)
        index = index or (text[1] if indexed else "")
        result.append((_cut(first, 2), *item[1:]) if indexed else item)
    return tuple(result), index


def _leading(block: Block | None) -> str:
    if isinstance(block, Control):
        return block.text
    return (block.inline[0].text or "") if isinstance(block, Paragraph) and block.inline else ""


def _cut(block: Block | None, length: int) -> Block:
    if isinstance(block, Paragraph):
        first = block.inline[0]
        return Paragraph((Span((first.text or "")[length:], first.bold), *block.inline[1:]))
    return Paragraph((Span(_leading(block)[length:]),))


def _grid(stream: _Stream) -> Grid:
    rows: list[tuple[Inline, ...] | Control] = []
    aligns: tuple[str, ...] = ()
    for token in stream.until("table_close"):
        if token.type == "tr_open":
            cells, styles = _cells(stream)
            aligns = aligns or styles
            rows.append(_row(cells, stream.held))
    return Grid(tuple(rows), aligns)


def _cells(stream: _Stream) -> tuple[list[Inline], tuple[str, ...]]:
    cells: list[Inline] = []
    aligns: list[str] = []
    for token in stream.until("tr_close"):
        if token.type in ("th_open", "td_open"):
            aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
            cells.append(_inline(stream, token.type.replace("open", "close")))
    return cells, tuple(aligns)


def _row(cells: list[Inline], held: Held) -> tuple[Inline, ...] | Control:
    first = "".join(span.text or "" for span in cells[0])
    return Control(first.strip()) if only_tags(first, held) and not any(cells[1:]) else tuple(cells)


def _inline(stream: _Stream, closing: str) -> Inline:
    spans: list[Span] = []
    for token in stream.until(closing):
        bold = False
        for child in token.children or ():
            if child.type in ("strong_open", "strong_close"):
                bold = child.type == "strong_open"
            elif child.type == "hardbreak":
                spans.append(Span(None))
            elif child.type == "text" and child.content:
                spans.append(Span(child.content, bold))
    return _joined(spans)


def _joined(spans: list[Span]) -> Inline:
    """Neighbours of one face in one span."""
    result: list[Span] = []
    for span in spans:
        last = result[-1] if result else None
        if last and span.text is not None and last.text is not None and last.bold == span.bold:
            result[-1] = Span(last.text + span.text, span.bold)
        else:
            result.append(span)
    return tuple(result)
