"""Tables from CSV (UTF-8 with or without mark, GB18030), xlsx and xls: rows of text with the line of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from gbtool.errors import Complaint, FileFaults
from gbtool.exchange import bounds
from gbtool.exchange.books import Sheet, bounded, fault, letter, sheets, shown, unmerged
from gbtool.model.answers import cell_complaint
from gbtool.model.question import Column
from gbtool.structs import Frozen, replace

Cells = Sequence[str]
Line = tuple[int, Cells]


class Row(Frozen):
    """A row: its line in the file (from 1, the head counts) and its cells by the name of their column."""

    line: int
    values: dict[str, str]


class Table(Frozen):
    """A table as somebody keeps it in a spreadsheet: one head, then rows; a title may stand above."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    head: int = 1
    title: str = ""


def read_table(path: Path, name: str, known: Sequence[Column] = ()) -> Table:
    """The table in a CSV file or on the first sheet of a spreadsheet; rows without any content are left out.

    Args:
        path: the file.
        name: what complaints call it.
        known: columns whose cells have a type, and those that have to be there; others are kept as they stand.

    Raises:
        FileFaults: missing, too large, of another kind, or head or rows do not fit; all complaints at once.
    """
    (sheet,) = sheets(path, name, first=True) or (Sheet(name, "", ()),)
    table = table_of(sheet, name)
    faults = list(_misfits(table, sheet.place, {column.name: column for column in known}))
    if faults:
        raise FileFaults(bounded(name, faults))
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


def table_of(sheet: Sheet, name: str, *, titled: bool = False) -> Table:
    """The table on a sheet: the first line with anything on it is the head.

    Args:
        sheet: the sheet.
        name: what complaints call the file.
        titled: lines above the head that say one thing only are its title; merged cells are filled.

    Raises:
        FileFaults: it is empty or too long, or head or rows do not fit; all complaints at once.
    """
    above = _titles(_filled(sheet)) if titled else 0
    filled = _filled(unmerged(sheet) if titled else sheet)
    table = _table(name, sheet.place, filled[above:])
    return replace(table, title=next((c.strip() for _, cells in filled[:above] for c in cells if c.strip()), ""))


def _filled(sheet: Sheet) -> list[Line]:
    """The lines with anything on them, as text."""
    lines = [(line, [shown(cell) for cell in cells]) for line, cells in sheet.lines]
    return [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]


def _titles(lines: Sequence[Line]) -> int:
    """How many lines at the top have one filled cell only, where any other line has more."""
    said = [sum(bool(cell.strip()) for cell in cells) for _, cells in lines]
    return next((number for number, count in enumerate(said) if count > 1), 0)


def _table(name: str, where: Callable[[int], str], lines: Sequence[Line]) -> Table:
    if not lines:
        raise fault(name, "表格是空的", "第一行写列名，以下每行一条")
    if len(lines) > bounds.MAX_ROWS:
        raise fault(name, f"有 {len(lines)} 行，超过 {bounds.MAX_ROWS} 行的上限", "拆成几个文件")
    (head_line, head), *body = lines
    columns = _trimmed(head)
    faults = list(_head_faults(where(head_line), columns))
    if not faults:
        faults = [fault for line, cells in body for fault in _row_faults(where(line), cells, columns)]
    if faults:
        raise FileFaults(bounded(name, faults))
    rows = (Row(line, dict(zip(columns, _padded(cells, len(columns)), strict=True))) for line, cells in body)
    return Table(name, columns, tuple(rows), head_line)


def _trimmed(cells: Cells) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _padded(cells: Cells, width: int) -> list[str]:
    return [*(cell.strip() for cell in cells[:width]), *[""] * (width - len(cells))]


def _head_faults(where: str, columns: tuple[str, ...]) -> Iterable[Complaint]:
    if len(columns) > bounds.MAX_COLUMNS:
        yield Complaint(where, f"表头有 {len(columns)} 列，超过 {bounds.MAX_COLUMNS} 列的上限")
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
