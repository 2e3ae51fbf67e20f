"""People, rights and contracts from tables (CSV, xlsx) to entries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from gbtool.commands.ledger.sheets import NUMBER, Sheet
from gbtool.errors import Complaint, FileFaults
from gbtool.exchange.tables import Row, Table, read_table
from gbtool.model.answers import date_complaint
from gbtool.model.entry import Entry
from gbtool.model.place import Place
from gbtool.rules.gates.known import amount_of
from gbtool.shelf.reader import did_you_mean


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
    numbers = [number_of(row.values, sheet) for row in table.rows]
    counts, seen = Counter(numbers), Counter[str]()
    found = []
    for row, number in zip(table.rows, numbers, strict=True):
        twice = seen[number] > 0 if sheet.again else counts[number] > 1
        seen[number] += 1
        found.append(_entry(table, row, sheet, twice=twice))
    return found


def _column_faults(table: Table, sheet: Sheet) -> Iterator[Complaint]:
    for column in sheet.needed:
        if column not in table.columns:
            yield Complaint(f"{table.name}:1", f"缺列“{column}”{did_you_mean(column, table.columns)}")
    for column in table.columns if sheet.only else ():
        if column not in sheet.known:
            yield Complaint(f"{table.name}:1", f"不收列“{column}”{did_you_mean(column, sheet.known)}", sheet.only)


def _row_faults(table: Table, row: Row, sheet: Sheet) -> Iterator[Complaint]:
    return value_faults(f"{table.name}:{row.line}", row.values, sheet)


def value_faults(where: str, values: Mapping[str, str], sheet: Sheet) -> Iterator[Complaint]:
    """What is wrong with the values of a row: no name, a needed column that is empty, a day that is not real."""
    for _, message, fix in wrong(values, sheet):
        yield Complaint(where, message, fix)


def wrong(values: Mapping[str, str], sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """The same, each with its column (empty where nothing names the row), what is wrong, and what to do."""
    if not number_of(values, sheet):
        yield "", f"没有{'、'.join(sheet.names or sheet.joined)}，认不出是哪一条", ""
    for column in dict.fromkeys((*sheet.needed, *sheet.days)):
        value = values.get(column, "")
        fault = date_complaint(value) if value and column in sheet.days else None
        if fault or (not value and column in sheet.needed):
            yield column, f"“{column}”{fault or '是空的'}", ""
    for column in sheet.amounts:
        if values.get(column) and amount_of(values[column]) is None:
            yield column, f"“{column}”应当是金额（元），至多两位小数，写的是“{values[column]}”", ""
    for column, choices in sheet.choices.items():
        if values.get(column) and values[column] not in choices:
            yield column, f"“{column}”不认识“{values[column]}”", f"可用的：{'、'.join(choices)}"


def number_of(values: Mapping[str, str], sheet: Sheet) -> str:
    """What names a row: the first of the naming columns that is filled, else those that name it together."""
    first = next((value for name in sheet.names if (value := values.get(name, ""))), "")
    return first or "-".join(value for name in sheet.joined if (value := values.get(name, "")))


def _entry(table: Table, row: Row, sheet: Sheet, *, twice: bool) -> Entry:
    number = number_of(row.values, sheet)
    item = f"{NUMBER}{row.values[NUMBER]}" if row.values.get(NUMBER) else number
    return entry_of(row.values, sheet, Place(table.name, row.line, item), twice=twice)


def entry_of(values: Mapping[str, str], sheet: Sheet, place: Place, *, twice: bool = False) -> Entry:
    """A row as an entry; `twice` says that another row has the same name."""
    parts = (sheet.right, number_of(values, sheet), values.get(sheet.apart, "") if twice else "")
    data = {**values, **({"kind": sheet.right} if sheet.right else {})}
    day = next((value for name in sheet.when if (value := values.get(name, ""))), "")
    return Entry(sheet.kind, "-".join(part for part in parts if part), day, data=data, place=place)
