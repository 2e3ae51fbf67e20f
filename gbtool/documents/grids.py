"""Tables as rendered: column widths from what the cells say, and which table needs a page on its side."""

import re
from itertools import islice

from markupsafe import Markup

from gbtool.structs import Frozen
from gbtool.word import wordml
from gbtool.word.look import BY_ID

WIDE = '<w:p><w:pPr><w:pStyle w:val="Tiny"/></w:pPr><w:bookmarkStart w:id="0" w:name="_wide"/></w:p>'
_TAG = re.compile(r"<[^>]*>")
_BREAK = "<w:br/>"
_APART = "\x1e"  # between texts: XML has no such character
_PADDING = 190
_MOST = 16.0
_SHORT = 6.0  # characters that stand on one line
_JOINTS = "-.@"
_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.@][A-Za-z0-9]+)+")
_NUMBERS = re.compile(r"(-[A-Z0-9]+、)(?=(?:[A-Z0-9]+-)+[A-Z0-9]+)")  # it leaps from hyphen to hyphen
_ON_A_LINE = r'\1</w:t><w:br/><w:t xml:space="preserve">'
_NARROWEST = 2.0
_LATIN = re.compile("[0-9A-Za-z]+")
_AIR = 0.55  # what Word leaves between 10 and 月, and the wider digits where Times is missing
_CAPITAL, _LONGEST_WORD = 0.65, 13.0  # of full-width characters: capitals and digits; what is longer may break


class _Need(Frozen):
    """What a column needs, in twips: for numbers and dates, at least for its words, at best for its longest lines."""

    whole: float
    least: float
    best: float


def grid(rows: str, styles: tuple[str, str], width: int) -> Markup:
    """A table around rendered rows, in the styles of its cells and of its head; without rows below its head it stays.

    A cell says a plain text alone, or holds whole paragraphs; nothing in it has a width yet.
    """
    cells = _cells(str(rows))  # Jinja's Markup escapes whatever is joined to it, and slowly
    if not cells:
        return Markup("")
    needs = _needs(cells, styles[0])
    wide = sum(need.least for need in needs) > width
    total = wordml.Page().turned().width if wide else width
    widths = _share(needs, total)
    text = wordml.table(widths, _written(cells, widths, styles))
    return Markup(f"{WIDE}{text}{WIDE}" if wide else text)  # noqa: S704 # made of escaped cells


def fitted(rows: str, styles: tuple[str, str], width: int, shares: tuple[float, ...] = ()) -> str:
    """A table that stays on its page: its columns by shares of the width, or by what its cells say."""
    cells = _cells(rows)
    needs = _needs(cells, styles[0])
    widths = _lifted(shares, needs, width) if shares else _share(needs, width)
    return wordml.table(widths, _written(cells, widths, styles))


def _cells(rows: str) -> list[list[str]]:
    """Each row: what it begins with, then what each of its cells holds."""
    plain = _NUMBERS.sub(_ON_A_LINE, rows).replace("</w:tc>", "")
    return [row.split("<w:tc>") for row in plain.split("</w:tr>")[:-1]]


def _lifted(shares: tuple[float, ...], needs: list[_Need], width: int) -> tuple[int, ...]:
    """Widths by shares; a column too narrow for its numbers takes from those that have more than they need."""
    plain = [width * share / sum(shares) for share in shares]
    lacking = sum(max(need.whole - each, 0.0) for each, need in zip(plain, needs, strict=False))
    spare = sum(max(each - need.whole, 0.0) for each, need in zip(plain, needs, strict=False))
    given = lacking / spare if 0 < lacking <= spare else 0.0
    widths = [
        int(each - (each - need.whole) * given if each > need.whole or not given else need.whole)
        for each, need in zip(plain, needs, strict=False)
    ]
    widths[-1] += width - sum(widths)
    return tuple(widths)


def _needs(cells: list[list[str]], style: str) -> list[_Need]:
    """What each column needs; all cells are read and measured at once."""
    size = BY_ID[style].size * 10
    texts = _unescaped(_APART.join(_plain(cell) for row in cells for cell in row[1:])).split(_APART)
    told = zip(texts, wordml.widths_of(texts), strict=True)
    rows = [list(islice(told, len(row) - 1)) for row in cells]
    columns = ([row[index] for row in rows if index < len(row)] for index in range(max(map(len, rows))))
    return [_need(column, size) for column in columns]


def _need(column: list[tuple[str, float]], size: float) -> _Need:
    texts, lengths = zip(*column, strict=True)
    head, longest, average = lengths[0], max(lengths), sum(lengths) / len(lengths)
    short = longest + _AIR * _seams(column) if longest <= _SHORT else _SHORT - 1
    whole = max(_NARROWEST, _word("\n".join(texts)))
    least = max(whole, min(head, _SHORT), short)
    best = max(least, min(max(head, (longest + average) / 2), _MOST * 2))
    return _Need(whole * size + _PADDING, least * size + _PADDING, best * size + _PADDING)


def _seams(column: list[tuple[str, float]]) -> int:
    """How often digits or letters meet Chinese characters in a cell, at most; where all are wide, they do not."""
    return max((_seams_of(text) for text, length in column if length < len(text)), default=0)


def _seams_of(text: str) -> int:
    ends = (end for found in _LATIN.finditer(text) for end in (text[: found.start()][-1:], text[found.end() :][:1]))
    return sum("一" <= end <= "鿿" for end in ends)


def _word(text: str) -> float:
    """The width of the longest number or word of a column, which no line may break."""
    if not any(mark in text for mark in _JOINTS):
        return 0.0
    return min(max((len(word) for word in _WORD.findall(text)), default=0) * _CAPITAL, _LONGEST_WORD)


def _plain(cell: str) -> str:
    """What a cell says, escaped."""
    return _TAG.sub("", cell.replace(_BREAK, "\n")) if "<" in cell else cell


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _share(needs: list[_Need], total: int) -> tuple[int, ...]:
    """Widths that add up to the total: the least for each column, and the rest by what more it would like.

    Where there is not enough for the least, no number or date is broken as long as there is enough for them.
    """
    least, whole = sum(need.least for need in needs), sum(need.whole for need in needs)
    if whole >= total:
        widths = [need.whole * total / whole for need in needs]
    elif least >= total:
        spare = (total - whole) / (least - whole)
        widths = [need.whole + spare * (need.least - need.whole) for need in needs]
    else:
        more = [need.best - need.least for need in needs]
        like = sum(more)
        rest = total - least
        if like > rest:
            widths = [need.least + rest * extra / like for need, extra in zip(needs, more, strict=True)]
        else:
            widths = [need.best + (rest - like) * need.best / sum(n.best for n in needs) for need in needs]
    rounded = [int(width) for width in widths]
    rounded[-1] += total - sum(rounded)
    return tuple(rounded)


def _written(rows: list[list[str]], widths: tuple[int, ...], styles: tuple[str, str]) -> str:
    """The rows with the width of each cell, and a paragraph around each plain text."""
    starts = [f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>' for w in widths]
    starts += starts[-1:] * (max(map(len, rows)) - 1 - len(starts))
    usual, head = ([f"{start}{wordml.paragraph(style, '%s')}</w:tc>" for start in starts] for style in styles)
    result: list[str] = []
    for begins, *cells in rows:
        around = (head if wordml.HEAD in begins else usual)[: len(cells)]
        for place, cell in enumerate(cells):
            if cell.startswith("<w:p>"):
                around[place] = f"{starts[place]}%s</w:tc>"
        result += (begins, "".join(around) % tuple(cells), "</w:tr>")
    return "".join(result)
