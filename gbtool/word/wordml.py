"""Small pieces of WordprocessingML as text: escaped values, runs, paragraphs, cells, sections."""

import re
from collections.abc import Iterator, Sequence

from gbtool.structs import Frozen

SONG, HEI, FANG, KAI, BIAO = "宋体", "黑体", "仿宋", "楷体", "方正小标宋简体"
LATIN = "Times New Roman"
TWIPS_PER_CM = 567

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[\x00-\x1f"&/<>\ud800-\udfff\ufffe\uffff]')  # without any of these, a text stays as it is
_STANDARD_SPACE = re.compile(r"(?<=GB/T) (?=\d)")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def cm(length: float) -> int:
    """Centimetres as twips."""
    return round(length * TWIPS_PER_CM)


def clean(text: str) -> str:
    """The text without what XML 1.0 forbids, one newline for each line end, GB/T kept together with its number."""
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _STANDARD_SPACE.sub("\u00a0", text) if "GB/T " in text else text


def escape(text: str) -> str:
    """Text for an element or an attribute."""
    if not _SPECIAL.search(text):
        return text
    cleaned = clean(text)
    return cleaned.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def inside(text: str) -> str:
    """Text for the inside of w:t, where a newline ends the line and a tab advances."""
    if not _SPECIAL.search(text):
        return text
    escaped = escape(text)
    if "\t" in escaped:
        escaped = escaped.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return escaped.replace("\n", _BREAK) if "\n" in escaped else escaped


def run(content: str, extra: str = "", face: str = "") -> str:
    """A run around what already is the inside of w:t, in the faces of its paragraph's style or its own Chinese one.

    Quotes and dashes are always in the Chinese face.
    """
    own = f' w:eastAsia="{face}"' if face else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"{own}/>{extra}</w:rPr><w:t xml:space="preserve">{content}</w:t></w:r>'
    )


def paragraph(style: str, content: str, extra: str = "", run_extra: str = "", face: str = "") -> str:
    """A paragraph of one run around what already is inside w:t; `extra` are further properties in their order.

    `face` is a Chinese face other than the style's.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{run(content, run_extra, face)}</w:p>'


def empty(style: str, extra: str = "") -> str:
    """A paragraph without text."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr></w:p>'


def cell(width: int, content: str, *, span: int = 1, merge: str = "", align: str = "center") -> str:
    """A cell of so many twips; `merge` is `restart` or `continue` where it grows over rows."""
    grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    vertical = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{vertical}<w:vAlign w:val="{align}"/></w:tcPr>'
        f"{content}</w:tc>"
    )


HEAD = "<w:tblHeader/>"  # in the properties of a row


def row(cells: str, *, height: int = 0, head: bool = False) -> str:
    """A row that no page break splits; a head row is repeated on each page."""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{HEAD if head else ''}</w:trPr>{cells}</w:tr>"


def table(widths: tuple[int, ...], rows: str, style: str = "Grid", borders: str = "") -> str:
    """A table of fixed columns whose grid equals its cells; `borders` are edges that differ from the style's."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{edges}<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def edge(name: str, size: int) -> str:
    """An edge of a table in eighths of a point; 0 is none."""
    kind = f'w:val="single" w:sz="{size}" w:space="0" w:color="auto"' if size else 'w:val="nil"'
    return f"<w:{name} {kind}/>"


def field(instruction: str, shown: str) -> str:
    """A field with the result that is shown until a program computes it, in the faces of its paragraph's style."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{shown}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


class Page(Frozen):
    """An A4 page with its margins in centimetres."""

    top: float = 2.5
    bottom: float = 2.5
    left: float = 2.4
    right: float = 2.4
    landscape: bool = False

    @property
    def width(self) -> int:
        """The width between the margins in twips."""
        return (16838 if self.landscape else 11906) - cm(self.left) - cm(self.right)

    @property
    def height(self) -> int:
        """The height between the margins in twips."""
        return (11906 if self.landscape else 16838) - cm(self.top) - cm(self.bottom)

    def turned(self) -> "Page":
        """The same page lying on its side."""
        return Page(self.left, self.right, self.top, self.bottom, landscape=not self.landscape)


def section(page: Page, parts: str, *, first_differs: bool = False, kind: str = "nextPage") -> str:
    """The properties of a section; `parts` are its references to header and footer."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if page.landscape else 'w:w="11906" w:h="16838"'
    return (
        f'<w:sectPr>{parts}<w:type w:val="{kind}"/><w:pgSz {size}/>'
        f'<w:pgMar w:top="{cm(page.top)}" w:right="{cm(page.right)}" w:bottom="{cm(page.bottom)}" '
        f'w:left="{cm(page.left)}" w:header="{min(851, cm(page.top - 0.9))}" '
        f'w:footer="{min(992, cm(page.bottom - 0.8))}" w:gutter="0"/><w:cols w:space="425"/>'
        f"{'<w:titlePg/>' if first_differs else ''}</w:sectPr>"
    )


_NARROW = re.compile("[\x00-\u2000]")  # what comes after is as wide as Chinese characters, near enough


def width_of(text: str) -> float:
    """The width of a line in full-width characters: what is not East Asian counts half."""
    return len(text) - len(_NARROW.findall(text)) / 2


_SAID = re.compile(">([^<]+)")


def said(xml: str) -> str:
    """What whole elements say: all that stands between their tags."""
    return "".join(_SAID.findall(xml))


_APART = "\x1e"  # no cleaned text has it
_NARROW_IN_LINES = re.compile("[\x00-\x09\x0b-\x1d\x1f-\u2000]+")


def widths_of(texts: Sequence[str]) -> list[float]:
    """The width of the longest line of each cleaned text, as `width_of` tells it; all are measured at once."""
    wide = _NARROW_IN_LINES.sub("", _APART.join(texts)).split(_APART)
    return [
        max((len(line) + len(rest)) / 2 for line, rest in zip(text.split("\n"), others.split("\n"), strict=True))
        if "\n" in text
        else (len(text) + len(others)) / 2
        for text, others in zip(texts, wide, strict=True)
    ]


_PARAGRAPH, _PARAGRAPH_ENDS = "<w:p>", "</w:p>"
DRAWN, _DRAWN_ENDS = '<w:p><w:pPr><w:pStyle w:val="Drawing"/>', "</mc:AlternateContent></w:r></w:p>"
_FALLBACK, _FALLBACK_ENDS = "<mc:Fallback>", "</mc:Fallback>"


def spans(xml: str, box: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs and the elements named `box` (tbl or tr) of a body lie; what lies in one is not told.

    A paragraph with a drawing ends behind the drawing, whose boxes hold paragraphs of their own. Most stand right at
    the end of the one before; the next is looked for only where something else lies between them.
    """
    begins, ends = f"<w:{box}>", f"</w:{box}>"
    start = at_box = 0
    while start >= 0:
        if not xml.startswith((_PARAGRAPH, begins), start):
            at_box = xml.find(begins, start) if 0 <= at_box <= start else at_box
            at = xml.find(_PARAGRAPH, start)
            start = min(at_box, at) if at_box >= 0 and at >= 0 else max(at_box, at)
            continue
        boxed = xml.startswith(begins, start)
        end = xml.index(ends, start) + len(ends) if boxed else _end_of_paragraph(xml, start)
        yield start, end
        start = end


def _end_of_paragraph(xml: str, start: int) -> int:
    drawn = xml.find(_DRAWN_ENDS, start) if xml.startswith(DRAWN, start) else -1
    return xml.index(_PARAGRAPH_ENDS, start) + len(_PARAGRAPH_ENDS) if drawn < 0 else drawn + len(_DRAWN_ENDS)


def without_fallbacks(xml: str) -> str:
    """A body without what only old programs read: drawings told a second time."""
    if _FALLBACK not in xml:
        return xml
    head, *rest = xml.split(_FALLBACK)
    return "".join((head, *(each.partition(_FALLBACK_ENDS)[2] for each in rest)))
