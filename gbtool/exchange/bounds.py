"""What a spreadsheet may weigh before it is opened: unpacked size, rows, columns; which of its cells hold errors."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from gbtool.errors import Complaint, FileFaults

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 300
MAX_SHEETS = 200
MAX_PARTS = 2000
MAX_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number; a longer one has lost its end
DAMAGED = ("不是能打开的表格文件（可能已损坏或加了密码）", "用表格软件打开后另存")
_BLOCK = 1 << 20
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# A cell with something in it, and a row whose cells do not say where they stand: a reader makes room up to there.
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>/]*>""")
_FAR = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br=["'](?:[A-Z]{1,3}[0-9]{6,7}|[A-Z]{3}[0-9]+|[K-Z][A-Z][0-9]+)["'][^>/]*>"""
)
_BARE = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["']([0-9]{6,7})["'][^>/]*>\s*<(?:\w+:)?c\b(?![^>]*\br=)""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_NAMED = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_TARGET = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)=["']([^"']*)["']""")

Errors = Mapping[str, frozenset[tuple[int, int]]]


def inspected(path: Path, name: str) -> Errors:
    """The cells (line, column from 1) of each sheet of an xlsx file whose formula failed.

    Every part is unpacked and counted first, whatever the archive says of its size; a cell far out would make a
    reader build all the empty ones before it.

    Raises:
        FileFaults: no xlsx file, damaged, or larger than a table that people keep.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = dict(_parts(archive, name))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FileFaults([Complaint(name, *DAMAGED)]) from error
    found = {}
    for part, title in _titles(parts).items():
        where = f"{name} 工作表“{title}”"
        _refuse_far(where, parts.get(part, b""))
        found[title] = frozenset(_cells(_ERROR, parts.get(part, b"")))
    return found


def refuse_large(where: str, end: tuple[int, int] | None) -> None:
    """Refuse a sheet whose last cell (from 0) lies beyond what is read.

    Raises:
        FileFaults: it is too large.
    """
    rows, columns = (last + 1 for last in end or (-1, -1))
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        message = f"有 {rows} 行 {columns} 列，超过 {MAX_ROWS} 行 {MAX_COLUMNS} 列的上限"
        raise FileFaults([Complaint(where, message, "删去表格外面的内容，或拆成几个文件")])


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    """The sheets and what names them; the others are only counted."""
    total = 0
    if len(archive.infolist()) > MAX_PARTS:
        raise zipfile.BadZipFile(name)
    for info in archive.infolist():
        kept = bool(_SHEET.fullmatch(info.filename)) or info.filename in _NAMING
        blocks = []
        for block in _blocks(archive, info):
            total += len(block)
            if total > MAX_UNPACKED:
                message = f"解开后超过 {MAX_UNPACKED} 字节的上限"
                raise FileFaults([Complaint(name, message, "拆成几个文件")])
            blocks += [block] if kept else []
        if kept:
            yield info.filename, b"".join(blocks)


def _blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as part:
        while block := part.read(_BLOCK):
            yield block


_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_NAMING = (_BOOK, _RELATIONS)


def _titles(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet with the name that the user sees; its own where the workbook does not say."""
    text, relations = (parts.get(each, b"").decode("utf-8", "replace") for each in _NAMING)
    targets = {each.get("Id", ""): each.get("Target", "") for each in _attributes(_TARGET, relations)}
    named = {
        _SHEETS + targets.get(each.get("r:id", ""), "").rpartition("/")[2]: each for each in _attributes(_NAMED, text)
    }
    return {part: named[part].get("name", part) if part in named else part for part in parts if part not in _NAMING}


_SHEETS = "xl/worksheets/"


def _attributes(pattern: re.Pattern[str], text: str) -> Iterator[dict[str, str]]:
    for element in pattern.findall(text):
        yield {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(element)}


def _cells(pattern: re.Pattern[bytes], data: bytes) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(data):
        yield int(found[2]), _number(found[1])


def _number(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - ord("A") + 1
    return number


def _refuse_far(where: str, data: bytes) -> None:
    for found in _FAR.finditer(data):
        at = _CELL.match(found[0])
        if at and (int(at[2]) > MAX_ROWS or _number(at[1]) > MAX_COLUMNS):
            refuse_large(where, (int(at[2]) - 1, _number(at[1]) - 1))
    for found in _BARE.finditer(data):
        refuse_large(where, (int(found[1]) - 1, 0))
