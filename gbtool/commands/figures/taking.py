"""`gbtool figures take`: a filled sheet into the ledger, all or nothing; what does not agree is told with its cell."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from gbtool.commands import keeping
from gbtool.commands.figures.sheet import BACK, BESIDE, ID, column_of, name_of
from gbtool.commands.figures.standing import Yearly
from gbtool.errors import Complaint, FileFaults
from gbtool.exchange import books, tables
from gbtool.model.entry import Entry
from gbtool.model.place import Place
from gbtool.model.yearly import Line, Way
from gbtool.rules.diagnosis.figures import number, plain
from gbtool.rules.yearly import checking
from gbtool.rules.yearly.counting import At, Figures, period
from gbtool.shelf import surveys
from gbtool.shelf.reader import did_you_mean
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

_NAME = re.compile(r"(\d{4})年数据")


class Taken(Frozen):
    """What was kept of a year: new or changed figures, how many were the same, what is to be said."""

    year: int
    kept: tuple[Entry, ...]
    same: int
    remarks: tuple[str, ...]


class _Found(Frozen):
    """A filled sheet: its year, its table, and where its cells stand."""

    year: int
    sheet: books.Sheet
    rows: Mapping[str, tables.Row]
    columns: tuple[str, ...]

    def text(self, id_: str, column: str) -> str:
        """What a cell says."""
        return self.rows[id_].values.get(column, "") if id_ in self.rows else ""

    def at(self, id_: str, column: str) -> str:
        """Where a cell stands."""
        return self.sheet.cell(self.rows[id_].line, self.columns.index(column) + 1)


def take(given: Yearly, source: Path, by: str, day: str) -> Taken:
    """Keep the figures of a filled sheet.

    Raises:
        FileFaults: it is no sheet of figures, or numbers do not fit or do not agree; every fault with its cell.
    """
    found = _found(given, source)
    entries = [entry for _, line in given.book.lines for entry in _entries(given, found, line, (by, day))]
    numbers = {_at(entry): value for entry in entries if (value := number(entry.get("value"))) is not None}
    figures = Figures(given.book, {**given.figures.given, **numbers})
    faults = [
        *_day_fault(given, found, day),
        *(fault for entry in entries for fault in _faults(given, found, entry)),
        *_disagreements(given, found, figures),
    ]
    if faults:
        raise FileFaults(books.bounded(source.name, faults))
    fresh = tuple(entry for entry in entries if not _same(entry, given.entries.get(_at(entry))))
    today = given.facts.today
    kept = tuple(replace(entry, entered=today.isoformat()) for entry in fresh)
    keeping.keep(given.work, Action(today, by, f"{given.book.title} {found.year}"), kept)
    notes = frozenset(entry.text("indicator") for entry in entries if entry.text("note"))
    remarks = tuple(checking.remarks(figures, given.facts, found.year, notes))
    return Taken(found.year, kept, len(entries) - len(fresh), remarks)


def _found(given: Yearly, source: Path) -> _Found:
    pages = books.sheets(source, source.name)
    named = [(match, page) for page in pages if (match := _NAME.fullmatch(page.name))]
    if len(named) != 1:
        said = "有几张年度数据" if named else "没有“某年数据”工作表"
        raise FileFaults([Complaint(source.name, said, "先写出表：gbtool figures sheet 2025 年度数据.xlsx")])
    (match, page) = named[0]
    year, table = int(match[1]), tables.table_of(page, source.name)
    wanted = (ID, *(column_of(year - back) for back in range(BACK, -1, -1)), *(name for name, *_ in BESIDE))
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        where = f"{source.name} 工作表“{page.name}”"
        raise FileFaults([Complaint(where, f"缺列“{'”“'.join(missing)}”", "不要改表头；或重新写出一份")])
    rows: dict[str, tables.Row] = {}
    known, faults = given.book.by_line, []
    for row in table.rows:
        id_ = row.values[ID]
        where = page.cell(row.line, table.columns.index(ID) + 1)
        if id_ not in known:
            faults.append(Complaint(where, f"没有指标“{id_}”{did_you_mean(id_, known)}", "不要改编号、不要加行"))
        elif id_ in rows:
            faults.append(Complaint(where, f"{id_} 写了两次", "留一个"))
        rows.setdefault(id_, row)
    if faults:
        raise FileFaults(faults)
    return _Found(year, page, rows, table.columns)


def _entries(given: Yearly, found: _Found, line: Line, signed: tuple[str, str]) -> Iterator[Entry]:
    """What a line says: of its year, and of the years before where the ledger has nothing yet."""
    beside = {key: found.text(line.id, name) for name, key, *_ in BESIDE}
    text = found.text(line.id, column_of(found.year))
    whole = line.way is Way.SUM and not all(found.text(part, column_of(found.year)) for part in line.of)
    if (line.way is Way.GIVEN and (text or beside["note"])) or (whole and number(text) is not None):
        yield _entry(found, line, found.year, {**beside, "value": text}, signed)
    for year in range(found.year - BACK, found.year):
        early = found.text(line.id, column_of(year))
        if line.id in given.book.lasting and early and given.figures.amount(line.id, year).value is None:
            yield _entry(found, line, year, {**beside, "value": early, "note": ""}, signed)


def _entry(found: _Found, line: Line, year: int, values: Mapping[str, str], signed: tuple[str, str]) -> Entry:
    said = {**values, "period": period(year), "by": values["by"] or signed[0]}
    return surveys.figure(line.id, signed[1], said, Place(found.at(line.id, column_of(year))))


def _at(entry: Entry) -> At:
    return entry.text("indicator"), int(entry.text("from")[:4])


def _same(entry: Entry, old: Entry | None) -> bool:
    return old is not None and dict(old.data) == dict(entry.data)


def _day_fault(given: Yearly, found: _Found, day: str) -> Iterator[Complaint]:
    wrong = checking.day_fault(found.year, day, given.facts.today)
    if wrong:
        yield Complaint(found.sheet.place(1), wrong)


def _faults(given: Yearly, found: _Found, entry: Entry) -> Iterator[Complaint]:
    id_, year = _at(entry)
    line, where = given.book.by_line[id_], found.at(id_, column_of(year))
    wrong = checking.value_fault(line, entry.text("value")) if entry.text("value") else ""
    if wrong:
        yield Complaint(where, f"{id_} {line.name}：{wrong}")
    if entry.text("value") and not entry.text("source").strip():
        which = "" if year == found.year else f"{year}年的数"
        yield Complaint(
            found.at(id_, "来源文件"), f"{id_} {line.name}：{which}没有写来源文件", "写取自哪份台账、报表或凭证"
        )
    if not entry.text("by").strip():
        yield Complaint(found.at(id_, "核对人"), f"{id_} {line.name}：没有写核对人", "或者 --by 姓名")
    changed = checking.basis_fault(entry, given.entries.get((id_, year - 1))) if year == found.year else ""
    if changed:
        yield Complaint(found.at(id_, "统计口径"), f"{id_} {line.name}：{changed}")


def _disagreements(given: Yearly, found: _Found, figures: Figures) -> Iterator[Complaint]:
    now = column_of(found.year)
    for id_, said in checking.exceeding(figures, found.year):
        if id_ in found.rows:
            yield Complaint(found.at(id_, now), f"{id_} {said}", "核对两个数")
    for id_ in found.rows:
        line = given.book.by_line[id_]
        if line.way is not Way.GIVEN:
            wrong = checking.whole_fault(figures, line, found.year) if line.way is Way.SUM else ""
            wrong = wrong or checking.disagreeing(figures, id_, found.year, found.text(id_, now))
            if wrong:
                yield Complaint(found.at(id_, now), f"{id_} {wrong}", "在表格软件里打开，改对再存")
        yield from _changed(given, found, line)


def _changed(given: Yearly, found: _Found, line: Line) -> Iterator[Complaint]:
    """Years before that the ledger has are shown, not to be written over here."""
    for year in range(found.year - BACK, found.year):
        kept, said = given.figures.amount(line.id, year).value, number(found.text(line.id, column_of(year)))
        if kept is not None and said is not None and abs(kept - said) > Decimal("0.01"):
            message = f"{line.id} {line.name}：{year}年已登记为 {plain(kept)}，表里写的是 {plain(said)}"
            fix = f"改 {year} 年的数：gbtool figures sheet {year} …，工作表“{name_of(year)}”"
            yield Complaint(found.at(line.id, column_of(year)), message, fix)
