"""People, rights and contracts from tables (CSV, xlsx) to entries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gbtool.errors import Complaint, FileFaults
from gbtool.exchange.tables import Row, Table, read_table
from gbtool.model.answers import date_complaint
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.shelf.reader import did_you_mean

NUMBER = "序号"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the ledger: its kind, the columns that name a row (the first that is filled), those that are days."""

    kind: EntryKind
    names: tuple[str, ...]
    days: tuple[str, ...]
    right: str = ""
    needed: tuple[str, ...] = ()
    apart: str = ""


SHEETS: Mapping[str, Sheet] = {
    "roster": Sheet(EntryKind.PERSON, ("工号", "姓名"), ("入职日", "离职日"), needed=("姓名",)),
    "patents": Sheet(
        EntryKind.RIGHT,
        ("专利号", "申请号", NUMBER),
        ("申请日", "公开日", "授权公告日", "届满日", "下次年费截止日"),
        "patent",
        ("名称",),
    ),
    "applications": Sheet(EntryKind.RIGHT, ("申请号", NUMBER), ("申请日", "公开日"), "application", ("名称",)),
    "trademarks": Sheet(
        EntryKind.RIGHT,
        ("注册号", NUMBER),
        ("申请日", "注册公告日", "专用期至"),
        "trademark",
        ("商标",),
        "类别",
    ),
    "copyrights": Sheet(
        EntryKind.RIGHT, ("登记号", NUMBER), ("开发完成日", "首次发表日", "登记日"), "copyright", ("名称及版本",)
    ),
    "trade-secrets": Sheet(EntryKind.RIGHT, ("代号",), (), "trade-secret", ("代号",)),
    "other-ip": Sheet(EntryKind.RIGHT, (NUMBER, "名称"), ("到期",), "other", ("名称",)),
    "contracts": Sheet(
        EntryKind.CONTRACT,
        ("合同编号",),
        ("送审日期", "审查日期", "签订日期", "生效日期", "到期日期"),
        needed=("合同编号",),
    ),
}


def sheet_of(name: str) -> Sheet | None:
    """The table that a file's name (without suffix) says it is."""
    return SHEETS.get(name)


def read_sheet(path: Path, name: str, sheet: Sheet) -> list[Entry]:
    """The entries of a table.

    Raises:
        FileFaults: it cannot be read, a needed column is missing, a name is missing or twice, a day is not real.
    """
    table = read_table(path, name)
    faults = list(_column_faults(table, sheet))
    if not faults:
        faults = [fault for row in table.rows for fault in _row_faults(table, row, sheet)]
    if faults:
        raise FileFaults(faults)
    numbers = Counter(_number(row, sheet) for row in table.rows)
    return [_entry(table, row, sheet, twice=numbers[_number(row, sheet)] > 1) for row in table.rows]


def _column_faults(table: Table, sheet: Sheet) -> Iterator[Complaint]:
    for column in sheet.needed:
        if column not in table.columns:
            yield Complaint(f"{table.name}:1", f"缺列“{column}”{did_you_mean(column, table.columns)}")


def _row_faults(table: Table, row: Row, sheet: Sheet) -> Iterator[Complaint]:
    where = f"{table.name}:{row.line}"
    if not _number(row, sheet):
        yield Complaint(where, f"没有{'、'.join(sheet.names)}，认不出是哪一条")
    for column in (*sheet.needed, *sheet.days):
        value = row.values.get(column, "")
        wrong = date_complaint(value) if value and column in sheet.days else None
        if wrong or (not value and column in sheet.needed):
            yield Complaint(where, f"“{column}”{wrong or '是空的'}")


def _number(row: Row, sheet: Sheet) -> str:
    return next((value for name in sheet.names if (value := row.values.get(name, ""))), "")


def _entry(table: Table, row: Row, sheet: Sheet, *, twice: bool) -> Entry:
    number = _number(row, sheet)
    parts = (sheet.right, number, row.values.get(sheet.apart, "") if twice else "")
    data = row.values | ({"kind": sheet.right} if sheet.right else {})
    item = f"{NUMBER}{row.values[NUMBER]}" if row.values.get(NUMBER) else number
    place = Place(table.name, row.line, item)
    return Entry(sheet.kind, "-".join(part for part in parts if part), data=data, place=place)
