"""A .docx as tables of cells, with its own properties and what its header says: how a filled form is read back."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Frozen
from gbtool.word.reading import bounded, parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_CUSTOM = "docProps/custom.xml"
_WANTED = re.compile(r"word/document\.xml|word/header\d*\.xml|docProps/custom\.xml")
_MOST_CELLS = 200_000
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"})
_PICTURES = frozenset({f"{_W}drawing", f"{_W}pict", f"{_W}object"})
# Boxes and ticks that Word's own dialog puts in as signs of a symbol font.
_SYMBOLS: Mapping[tuple[str, str], str] = {
    ("Wingdings", "FE"): "☑",
    ("Wingdings", "FD"): "☒",
    ("Wingdings", "FC"): "√",
    ("Wingdings", "A8"): "□",
    ("Wingdings", "6F"): "□",
    ("Wingdings 2", "52"): "☑",
    ("Wingdings 2", "53"): "☒",
    ("Wingdings 2", "50"): "√",
    ("Wingdings 2", "A3"): "□",
}


class Cell(Frozen):
    """A cell: its text (a newline ends a line), the columns that it spans, its vertical merge, if it has a picture."""

    text: str
    span: int = 1
    merge: str = ""
    picture: bool = False


Row = tuple[Cell, ...]


class Filed(Frozen):
    """A Word file as somebody handed it back: tables of rows of cells, paragraphs outside them, properties, header."""

    tables: tuple[tuple[Row, ...], ...]
    paragraphs: tuple[str, ...]
    properties: Mapping[str, str]
    header: tuple[str, ...]


def read(path: Path, name: str) -> Filed:
    """The tables of a Word file, tracked insertions as if accepted.

    Raises:
        FileFaults: it cannot be read, is no Word file, or holds more than a form does.
    """
    try:
        return filed(path.read_bytes())
    except (OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, RuntimeError) as error:
        raise FileFaults(
            [Complaint(name, "不是能读的 Word 文件（.docx）", "用 Word 或 WPS 打开后另存为 .docx")]
        ) from error


def filed(data: bytes) -> Filed:
    """The tables of a Word file's bytes.

    Raises:
        ValueError: it is larger than a form, or declares entities.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: data for name, data in bounded(archive) if _WANTED.fullmatch(name)}
    body = parsed(parts["word/document.xml"])[0]
    headers = [parsed(parts[name]) for name in sorted(parts) if name.startswith("word/header")]
    properties = dict(_properties(parsed(parts[_CUSTOM]))) if _CUSTOM in parts else {}
    header = tuple(text for each in headers for p in each.iter(f"{_W}p") if (text := _text(p)))
    if sum(1 for _ in body.iter(f"{_W}tc")) > _MOST_CELLS:
        raise ValueError("too many cells")
    tables = tuple(_table(each) for each in _inside(body, f"{_W}tbl"))
    return Filed(tables, tuple(_text(each) for each in _inside(body, f"{_W}p")), properties, header)


def _properties(root: etree._Element) -> Iterator[tuple[str, str]]:
    for each in root.iter(_PROPERTY):
        yield str(each.get("name")), "".join(str(text) for text in each.itertext())


def _inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The elements of a kind that stand in another, whatever wraps them; none that stand in another of their kind."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag not in (f"{_W}tbl", f"{_W}p", f"{_W}tc"):
            yield from _inside(child, tag)


def _table(table: etree._Element) -> tuple[Row, ...]:
    return tuple(tuple(_cell(cell) for cell in _inside(row, f"{_W}tc")) for row in _rows(table))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _inside(table, f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is None:
            yield row


def _cell(cell: etree._Element) -> Cell:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    paragraphs = [_text(each) for each in _paragraphs(cell)]
    return Cell(
        "\n".join(paragraphs),
        int(span.get(f"{_W}val") or 1) if span is not None else 1,
        "" if merge is None else str(merge.get(f"{_W}val") or "continue"),
        any(next(cell.iter(tag), None) is not None for tag in _PICTURES),
    )


def _paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell, those of a table inside it too."""
    for child in cell.iter(f"{_W}p"):
        if not any(above.tag in _GONE for above in child.iterancestors()):
            yield child


def _text(paragraph: etree._Element) -> str:
    return "".join(_signs(paragraph))


def _signs(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _GONE or tag in _PICTURES or tag == f"{_W}pPr":
            continue
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}tab":
            yield "\t"
        elif tag == f"{_W}sym":
            yield _symbol(child)
        elif tag != f"{_W}p":
            yield from _signs(child)


def _symbol(element: etree._Element) -> str:
    font, sign = element.get(f"{_W}font") or "", (element.get(f"{_W}char") or "").upper()
    return _SYMBOLS.get((font, sign[-2:]), "�")
