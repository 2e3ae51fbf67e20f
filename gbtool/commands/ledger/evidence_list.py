"""`gbtool ledger evidence --list`: the files of a list taken in together, each with what it proves, all or none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from gbtool.commands.gather import looking
from gbtool.commands.ledger.evidence import Taken, entry_of, linked, measured, placed
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, FileFaults
from gbtool.exchange.books import Sheet, bounded, sheets
from gbtool.exchange.matching import Match, matched
from gbtool.exchange.tables import Row, table_of
from gbtool.model.entry import Entry, EntryKind
from gbtool.shelf.reader import did_you_mean
from gbtool.store import entries
from gbtool.store.database import Action, Ledger
from gbtool.structs import Frozen

FILE, RECORDS, CLAUSES, NOTE = "文件", "记录", "条款", "说明"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    FILE: (FILE, "文件名", "附件", "文件路径", "证据文件"),
    RECORDS: (RECORDS, "记录编号", "证明的记录", "对应记录"),
    CLAUSES: (CLAUSES, "条款键", "证明的条款", "对应条款"),
    NOTE: (NOTE, "备注", "证据名称", "名称"),
}
_APART = re.compile(r"[、，,;；\s]+")


class Line(Frozen):
    """A line of the list: where it stands, its file, the records and clauses that it proves, what is said of it."""

    where: str
    path: Path
    records: tuple[str, ...]
    clauses: tuple[str, ...]
    note: str


class Together(Frozen):
    """The files of a list, and how its columns were read."""

    taken: tuple[Taken, ...]
    matches: tuple[Match, ...]


def take_list(work: Workspace, source: Path, today: date, by: str) -> Together:
    """Take in every file that a list names; paths are those beside the list.

    Raises:
        FileFaults: the list cannot be read, a file is missing, a record or clause is not known; every line at once.
        FolderNotWritable: the folder or disk refused; nothing was changed.
    """
    matches, lines = _read(source)
    with looking(work, today) as facts:
        clauses = [each.key for each in facts.standard]
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"按清单收入证据 {source.name}")) as change,
        ExitStack() as files,
    ):
        known = set(entries.ids(ledger))
        faults = [fault for line in lines for fault in _faults(line, known, clauses)]
        if faults:
            raise FileFaults(bounded(source.name, faults))
        taken = list(_taken(lines, ledger, today))
        for line, each in zip(lines, taken, strict=True):
            files.enter_context(placed(line.path, work.folder / each.entry.text("file"), each.entry.text("sha256")))
        entries.put(change, {each.entry.id: each.entry for each in taken}.values())
        change.finish()
    return Together(tuple(taken), matches)


def _read(source: Path) -> tuple[tuple[Match, ...], list[Line]]:
    (sheet,) = sheets(source, source.name, first=True) or (Sheet(source.name, "", ()),)
    table = table_of(sheet, source.name, titled=True)
    matches = matched(table.columns, COLUMNS, {}, {})
    columns = {match.field: match.column for match in matches if match.field}
    if FILE not in columns:
        message = f"缺列“{FILE}”，表头是：{'、'.join(table.columns)}"
        raise FileFaults([Complaint(sheet.place(table.head), message, "写上每份证据的文件名，相对于这张清单")])
    return matches, [_line(row, columns, sheet, source.parent) for row in table.rows]


def _line(row: Row, columns: Mapping[str, str], sheet: Sheet, folder: Path) -> Line:
    said = {name: row.values[column] for name, column in columns.items()}
    lists = [tuple(part for part in _APART.split(said.get(name, "")) if part) for name in (RECORDS, CLAUSES)]
    return Line(sheet.place(row.line), folder / said[FILE], lists[0], lists[1], said.get(NOTE, ""))


def _faults(line: Line, known: set[str], clauses: Sequence[str]) -> Iterator[Complaint]:
    if not line.path.is_file():
        yield Complaint(line.where, f"没有文件 {line.path.name or '（空）'}", "文件名写相对于清单的，连扩展名")
    for record in line.records:
        if record not in known:
            yield Complaint(line.where, f"台账里没有“{record}”{did_you_mean(record, known)}")
    for clause in line.clauses:
        if clause not in clauses:
            yield Complaint(line.where, f"没有条款“{clause}”{did_you_mean(clause, clauses)}", "条款键见 gbtool clauses")


def _taken(lines: Sequence[Line], ledger: Ledger, today: date) -> Iterator[Taken]:
    """The entries of the lines; a content that is known, or stands in the list twice, is one entry."""
    before = {entry.text("sha256"): entry for entry in entries.read(ledger, EntryKind.EVIDENCE)}
    found: dict[str, Entry] = {}
    for line in lines:
        sha256, size = measured(line.path)
        old = found.get(sha256) or before.get(sha256)
        entry = old or entry_of(line.path, sha256, size, today)
        for record, clause in [*((each, "") for each in line.records), *(("", each) for each in line.clauses)]:
            entry = linked(entry, record, clause)
        if line.note:
            entry = linked(entry, note=line.note)
        found[sha256] = entry
        yield Taken(entry, old is not None)
