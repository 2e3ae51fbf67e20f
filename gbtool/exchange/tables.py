"""Tables from CSV (UTF-8 with or without mark, GB18030) and xlsx: rows of text with the line of each."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from gbtool.errors import Complaint, FileFaults, reason_of
from gbtool.model.answers import cell_complaint
from gbtool.model.question import Column

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 300
MAX_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number; a longer one has lost its end
_SHOWN = 20

Cells = Sequence[str]
Line = tuple[int, Cells]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the file (from 1, the head counts) and its cells by the name of their column."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as somebody keeps it in a spreadsheet: one head, then rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, name: str, known: Sequence[Column] = ()) -> Table:
    """The table in a CSV file or on the first sheet of an xlsx file; rows without any content are left out.

    Args:
        path: the file.
        name: what complaints call it.
        known: columns whose cells have a type, and those that have to be there; others are kept as they stand.

    Raises:
        FileFaults: missing, too large, of another kind, or head or rows do not fit; all complaints at once.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise _fault(name, f"不认识扩展名“{path.suffix}”", "另存为 xlsx 或 CSV 再试")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _fault(name, f"文件有 {size} 字节，超过 {MAX_BYTES} 字节的上限", "拆成几个文件")
        where, lines = reader(path, name)
    except OSError as error:
        raise _fault(name, f"读不出文件（{reason_of(error)}）") from error
    table = _table(name, where, [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)])
    faults = list(_misfits(table, where, {column.name: column for column in known}))
    if faults:
        raise FileFaults(_bounded(name, faults))
    return table


def read_rows(path: Path, name: str, known: Sequence[Column] = ()) -> list[dict[str, str]]:
    """The rows of a table as mappings, as the answers of a client hold them."""
    return [row.values for row in read_table(path, name, known).rows]


def _misfits(table: Table, where: Callable[[int], str], known: Mapping[str, Column]) -> Iterable[Complaint]:
    missing = [name for name, column in known.items() if column.needed and name not in table.columns]
    if missing:
        yield Complaint(table.name, f"缺列“{'”“'.join(missing)}”", f"表头现在是：{'、'.join(table.columns)}")
    for row in table.rows:
        for name, cell in row.values.items():
            wrong = cell_complaint(known[name], cell) if name in known else None
            if wrong:
                yield Complaint(where(row.line), f"“{name}”{wrong}")


def _fault(where: str, message: str, fix: str = "") -> FileFaults:
    return FileFaults([Complaint(where, message, fix)])


def _table(name: str, where: Callable[[int], str], lines: Sequence[Line]) -> Table:
    if not lines:
        raise _fault(name, "表格是空的", "第一行写列名，以下每行一条")
    if len(lines) > MAX_ROWS:
        raise _fault(name, f"有 {len(lines)} 行，超过 {MAX_ROWS} 行的上限", "拆成几个文件")
    (head_line, head), *body = lines
    columns = _trimmed(head)
    faults = list(_head_faults(where(head_line), columns))
    if not faults:
        faults = [fault for line, cells in body for fault in _row_faults(where(line), cells, columns)]
    if faults:
        raise FileFaults(_bounded(name, faults))
    rows = (Row(line, dict(zip(columns, _padded(cells, len(columns)), strict=True))) for line, cells in body)
    return Table(name, columns, tuple(rows))


def _bounded(name: str, faults: list[Complaint]) -> list[Complaint]:
    more = len(faults) - _SHOWN
    return [*faults[:_SHOWN], *([Complaint(name, f"另有 {more} 处同样的问题")] if more > 0 else [])]


def _trimmed(cells: Cells) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _padded(cells: Cells, width: int) -> list[str]:
    return [*(cell.strip() for cell in cells[:width]), *[""] * (width - len(cells))]


def _head_faults(where: str, columns: tuple[str, ...]) -> Iterable[Complaint]:
    if len(columns) > MAX_COLUMNS:
        yield Complaint(where, f"表头有 {len(columns)} 列，超过 {MAX_COLUMNS} 列的上限")
        return
    seen: dict[str, int] = {}
    for number, name in enumerate(columns, 1):
        if not name:
            yield Complaint(
                where, f"表头 {letter(number)} 列没有列名", "表头写在第一行，每列一个列名，去掉标题行和合并单元格"
            )
        elif name in seen:
            yield Complaint(where, f"列名“{name}”在 {letter(seen[name])} 列和 {letter(number)} 列写了两次", "留一个")
        seen.setdefault(name, number)


def _row_faults(where: str, cells: Cells, columns: tuple[str, ...]) -> Iterable[Complaint]:
    beyond = next((number for number, cell in enumerate(cells, 1) if number > len(columns) and cell.strip()), None)
    if beyond:
        message = f"{letter(beyond)} 列有内容，表头只有 {len(columns)} 列"
        yield Complaint(where, message, "内容里有逗号的单元格要加引号，或补上列名")


def letter(number: int) -> str:
    """The letters of a column in a spreadsheet: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# CSV


def _csv(path: Path, name: str) -> tuple[Callable[[int], str], list[Line]]:
    text = _decoded(path.read_bytes(), name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    line = 1
    try:
        for cells in reader:
            lines.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _fault(f"{name}:{line}", "引号没有成对，或单元格过长", "用表格软件打开后另存为 CSV") from error
    return lambda number: f"{name}:{number}", lines


def _decoded(raw: bytes, name: str) -> str:
    if b"\0" in raw:
        raise _fault(name, "不是文本文件，或是 UTF-16 编码", "用表格软件另存为“CSV UTF-8”")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _fault(name, "既不是 UTF-8 也不是 GB18030（GBK）编码", "用表格软件另存为“CSV UTF-8”")


# xlsx


def _xlsx(path: Path, name: str) -> tuple[Callable[[int], str], list[Line]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only a spreadsheet needs it

    _refuse_bomb(path, name)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(0)
            rows, columns = (last + 1 for last in sheet.end or (-1, -1))
            if rows > MAX_ROWS or columns > MAX_COLUMNS:
                size = f"{rows} 行 {columns} 列"
                raise _fault(f"{name} 工作表“{sheet.name}”", f"有 {size}，超过 {MAX_ROWS} 行 {MAX_COLUMNS} 列的上限")
            raw = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise _fault(name, "不是能打开的 xlsx 文件（可能已损坏或加了密码）", "用表格软件打开后另存") from error
    title = sheet.name

    def where(number: int) -> str:
        return f"{name} 工作表“{title}”第{number}行"

    faults = [fault for line, cells in enumerate(raw, 1) for fault in _lost_digits(where(line), cells)]
    if faults:
        raise FileFaults(_bounded(name, faults))
    return where, [(line, [_shown(cell) for cell in cells]) for line, cells in enumerate(raw, 1)]


def _refuse_bomb(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _fault(name, "不是能打开的 xlsx 文件（可能已损坏或加了密码）", "用表格软件打开后另存") from error
    if size > MAX_UNPACKED:
        raise _fault(name, f"解开后有 {size} 字节，超过 {MAX_UNPACKED} 字节的上限")


def _lost_digits(where: str, cells: Sequence[object]) -> Iterable[Complaint]:
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, (int, float)) and abs(cell) >= MAX_EXACT:
            message = f"{letter(number)} 列的数字超过 15 位，表格软件已丢掉末尾几位"
            yield Complaint(where, message, "把这一列设为“文本”格式，重新填写")


def _shown(cell: object) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


_READERS: dict[str, Callable[[Path, str], tuple[Callable[[int], str], list[Line]]]] = {".csv": _csv, ".xlsx": _xlsx}
