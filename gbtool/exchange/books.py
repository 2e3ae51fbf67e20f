"""Spreadsheets and CSV files as sheets of cells with the place of each: bounded, values only, never a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from gbtool.errors import Complaint, FileFaults, reason_of
from gbtool.exchange import apart, bounds
from gbtool.structs import Frozen, field

_SHOWN = 20
_ENCODINGS = ("utf-8-sig", "gb18030")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

Line = tuple[int, Sequence[object]]
Range = tuple[tuple[int, int], tuple[int, int]]


class Sheet(Frozen):
    """A sheet: its file, its name (empty for CSV), its lines from 1 with raw cells, its merged ranges from 0."""

    file: str
    name: str
    lines: Sequence[Line]
    merged: Sequence[Range] = ()
    errors: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def place(self, line: int, column: int = 0) -> str:
        """How a complaint names a line, and a cell of it when the column (from 1) is given."""
        where = f"{self.file} 工作表“{self.name}”第{line}行" if self.name else f"{self.file}:{line}"
        return f"{where} {letter(column)} 列" if column else where

    def cell(self, line: int, column: int) -> str:
        """How a complaint names a cell of a workbook whose sheets the user knows: `问卷.xlsx 企业!C12`."""
        return f"{self.file} {self.name}!{letter(column)}{line}"


def letter(number: int) -> str:
    """The letters of a column in a spreadsheet: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def fault(where: str, message: str, fix: str = "") -> FileFaults:
    """One complaint about a file."""
    return FileFaults([Complaint(where, message, fix)])


def bounded(name: str, faults: Sequence[Complaint], most: int = _SHOWN) -> list[Complaint]:
    """Complaints of one file, the first of them where there are too many to read, and how many more there are."""
    more = len(faults) - most
    return [*faults[:most], *([Complaint(name, f"另有 {more} 处同样的问题")] if more > 0 else [])]


def sheets(path: Path, name: str, *, first: bool = False) -> tuple[Sheet, ...]:
    """The sheets of a file in their order; a CSV file is one sheet without a name.

    Args:
        path: the file: .csv, .xlsx or .xls.
        name: what complaints call it.
        first: only the first sheet is wanted.

    Raises:
        FileFaults: missing, too large, of another kind or damaged, or a number in it has lost its last digits.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise fault(name, f"不认识扩展名“{path.suffix}”", "另存为 xlsx 或 CSV 再试")
    try:
        size = path.stat().st_size
        if size > bounds.MAX_BYTES:
            raise fault(name, f"文件有 {size} 字节，超过 {bounds.MAX_BYTES} 字节的上限", "拆成几个文件")
        found = tuple(reader(path, name, first))
    except OSError as error:
        raise fault(name, f"读不出文件（{reason_of(error)}）") from error
    faults = [each for sheet in found for each in _unreadable(sheet)]
    if faults:
        raise FileFaults(bounded(name, faults))
    return found


def shown(cell: object) -> str:
    """A cell as text: days as 2026-05-18, whole numbers without a point, truth as 是 or 否."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.15g}"  # as many digits as a spreadsheet shows
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def unmerged(sheet: Sheet) -> Sheet:
    """The sheet with the value of each merged cell in all the lines and columns that it covers."""
    if not sheet.merged:
        return sheet
    lines = {line: list(cells) for line, cells in sheet.lines}
    for (top, left), (bottom, right) in sheet.merged:
        cells = lines.get(top + 1, [])
        spread = cells[left] if left < len(cells) else ""
        for line in range(top + 1, min(bottom + 1, max(lines, default=0)) + 1):
            for column in range(left, min(right + 1, len(lines.get(line, ())))):
                lines[line][column] = spread
    return Sheet(sheet.file, sheet.name, tuple(lines.items()), (), sheet.errors)


def _unreadable(sheet: Sheet) -> Iterator[Complaint]:
    """Cells that do not hold what the user sees: numbers that lost their end, results of formulas that failed."""
    if not sheet.name:  # a CSV file holds nothing but text
        return
    for line, cells in sheet.lines:
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, (int, float)) and abs(cell) >= bounds.MAX_EXACT:
                message = f"{letter(column)} 列的数字超过 15 位，表格软件已丢掉末尾几位"
                yield Complaint(sheet.place(line), message, "把这一列设为“文本”格式，重新填写")
    for line, column in sorted(sheet.errors):
        yield Complaint(sheet.place(line, column), "公式出错，没有值", "改成文字或数字")


def _lines(rows: Iterable[Sequence[object]]) -> tuple[Line, ...]:
    return tuple(enumerate(rows, 1))


# CSV


def _csv(path: Path, name: str, _first: bool) -> Iterable[Sheet]:  # noqa: FBT001 - one signature for all readers
    reader = csv.reader(io.StringIO(_decoded(path.read_bytes(), name), newline=""), strict=True)
    lines: list[Line] = []
    line = 1
    try:
        for cells in reader:
            lines.append((line, [_unguarded(cell) for cell in cells]))
            line = reader.line_num + 1
            if len(lines) > bounds.MAX_ROWS:
                raise fault(name, f"超过 {bounds.MAX_ROWS} 行的上限", "拆成几个文件")
    except csv.Error as error:
        raise fault(f"{name}:{line}", "引号没有成对，或单元格过长", "用表格软件打开后另存为 CSV") from error
    return [Sheet(name, "", lines)]


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reading it as a formula; see `writing.csv_text`."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def _decoded(raw: bytes, name: str) -> str:
    if b"\0" in raw:
        raise fault(name, "不是文本文件，或是 UTF-16 编码", "用表格软件另存为“CSV UTF-8”")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise fault(name, "既不是 UTF-8 也不是 GB18030（GBK）编码", "用表格软件另存为“CSV UTF-8”")


# Spreadsheets


def _xls(path: Path, name: str, first: bool) -> Iterator[Sheet]:  # noqa: FBT001 - one signature for all readers
    path.stat()
    try:
        found = apart.read(path, first=first)
    except apart.Unreadable as error:
        raise fault(name, *bounds.DAMAGED) from error
    for sheet in found:
        title, end = sheet["name"], sheet["end"]
        bounds.refuse_large(f"{name} 工作表“{title}”", (end[0], end[1]) if end else None)
        yield Sheet(name, title, _lines(sheet["rows"]), [((a, b), (c, d)) for (a, b), (c, d) in sheet["merged"]])


def _xlsx(path: Path, name: str, first: bool) -> Iterator[Sheet]:  # noqa: FBT001 - one signature for all readers
    from python_calamine import (  # noqa: PLC0415 - only a spreadsheet needs it
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
    )

    errors = bounds.inspected(path, name)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            tables = [each.name for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet]
            for title in tables[: 1 if first else bounds.MAX_SHEETS]:
                sheet = book.get_sheet_by_name(title)
                bounds.refuse_large(f"{name} 工作表“{title}”", sheet.end)
                rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
                yield Sheet(name, title, _lines(rows), sheet.merged_cell_ranges or (), errors.get(title, frozenset()))
    except (CalamineError, IndexError) as error:
        raise fault(name, *bounds.DAMAGED) from error


def _plain(cell: object) -> object:
    return str(cell) if isinstance(cell, timedelta) else cell


_READERS: dict[str, Callable[[Path, str, bool], Iterable[Sheet]]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".xls": _xls,
}
KINDS = tuple(_READERS)
