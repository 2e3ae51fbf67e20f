"""`gbtool ledger export`: records and tables as xlsx, CSV, JSON or Word; a file that differs is not overwritten."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.gather import catalogued, gather
from gbtool.commands.ledger.listing import exported, plain
from gbtool.commands.records.slots import Part, Slot, slots
from gbtool.commands.registers import giving as tables
from gbtool.commands.workspace import Workspace
from gbtool.documents import papers
from gbtool.documents.placing import placed
from gbtool.errors import Refused, UsageError
from gbtool.exchange.writing import Cell, Page, Value, book, csv_text, page_names
from gbtool.model.document import Field, Fields, Specification
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.forms.fitting import admitting
from gbtool.model.forms.written import alike
from gbtool.shelf.mappings import guess
from gbtool.store import entries
from gbtool.store.database import open_ledger
from gbtool.structs import Frozen

_ABSENCE = {
    "form": "表单",
    "title": "名称",
    "period": "期间",
    "confirmed_how": "怎么确认",
    "confirmed_by": "谁确认",
    "confirmed_on": "哪天确认",
}
ABSENT = "本期未发生"
_DIGITS = 15


class Given(Frozen):
    """What was exported: the file, how many of which form or table, which values no form has a place for any more."""

    path: Path
    counts: Mapping[str, int]
    left_out: tuple[str, ...] = ()


class _Export(Frozen):
    """What is wanted: records by form in the order of the catalogue, lines by table."""

    work: Workspace
    forms: Mapping[str, Specification]
    records: Mapping[str, Sequence[Entry]]
    absent: Sequence[Entry]
    tables: Mapping[str, Sequence[Entry]]
    today: date

    @property
    def everything(self) -> Iterator[Entry]:
        """All the entries."""
        for group in (*self.records.values(), self.absent, *self.tables.values()):
            yield from group

    def title(self, id_: str) -> str:
        """The title of a form, its id where the catalogue has no such form any more."""
        return self.forms[id_].title if id_ in self.forms else id_


def values(work: Workspace, forms: Sequence[str], record: str) -> Mapping[str, object]:
    """Everything in the ledger as plain data, or what is in some forms and tables, or one record.

    Raises:
        UsageError: there is no such form or record.
    """
    if not forms and not record:
        return exported(work)
    found = _wanted(work, forms, record, date.min)
    return {"entries": [plain(entry) for entry in found.everything]}


def give(work: Workspace, target: Path, wanted: tuple[Sequence[str], str], today: date, *, replace: bool) -> Given:
    """Write records and tables into a file whose suffix says its kind.

    Args:
        work: the client.
        target: the file: .xlsx, .csv, .json or .docx.
        wanted: the ids of forms and names of tables (all when empty), and the id of a record for one record alone.
        today: the day that the file carries.
        replace: a file that is there and differs is replaced.

    Raises:
        UsageError: the kind is unknown, there is no such form or record, or the kind holds one form only.
        Refused: there is nothing to export, or another file stands there.
        FolderNotWritable: the folder or the disk refuses; nothing was changed.
    """
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise UsageError(f"不会写“{target.suffix}”", f"可以写的：{'、'.join(_WRITERS)}")
    found = _wanted(work, *wanted, today)
    if not any(found.everything):
        raise Refused("台账里没有这样的记录，没有导出", "已有的见 gbtool ledger list")
    data = writer(found)
    if target.exists() and not replace and not (target.is_file() and target.read_bytes() == data):
        raise Refused(f"{target} 已经在那里，没有覆盖", "换一个文件名，或加 --replace")
    with placed({target: data}):
        pass
    counts = {found.title(id_): len(group) for id_, group in found.records.items()}
    counts |= {tables.TABLES[key].title: len(group) for key, group in found.tables.items()}
    return Given(target, counts, () if target.suffix.lower() == ".json" else tuple(_left_out(found)))


def _wanted(work: Workspace, forms: Sequence[str], record: str, today: date) -> _Export:
    known = {id_: s for id_, s in catalogued(work).items() if s.fields}
    keys = [key for id_ in forms if id_ not in known and (key := tables.key_of(id_))]
    strange = next((id_ for id_ in forms if id_ not in known and not tables.key_of(id_)), None)
    if strange:
        raise UsageError(f"没有表单“{strange}”{guess(strange, (*known, *tables.TABLES))}")
    with open_ledger(work.ledger) as ledger:
        kept = entries.read(ledger, EntryKind.RECORD, EntryKind.ABSENT, *tables.KINDS)
    listed = {} if record else tables.standing(kept, keys if forms else tables.TABLES)
    if record:
        kept = tuple(entry for entry in kept if entry.kind is EntryKind.RECORD and entry.id == record)
        if not kept:
            raise UsageError(f"台账里没有记录“{record}”", "已有的见 gbtool ledger list --kind record")
    groups: dict[str, list[Entry]] = {id_: [] for id_ in known}
    for entry in kept:
        if entry.kind is EntryKind.RECORD and (not forms or entry.form in forms):
            groups.setdefault(entry.form, []).append(entry)
    records = {id_: sorted(group, key=lambda e: (e.date, e.id)) for id_, group in groups.items() if group}
    known |= {id_: admitting(known[id_], group) for id_, group in records.items() if id_ in known}
    absent = [e for e in kept if e.kind is EntryKind.ABSENT and (not forms or e.form in forms)]
    return _Export(work, known, records, absent, listed, today)


def _left_out(found: _Export) -> Iterator[str]:
    """Fields that records have and their forms have no more."""
    for id_, group in found.records.items():
        known = set(found.forms[id_].fields.names) if id_ in found.forms else set()
        parts = [part for entry in group for part in (entry.mapping("head"), *entry.rows(), entry.mapping("foot"))]
        strange = [name for name in dict.fromkeys(name for part in parts for name in part) if name not in known]
        if strange:
            yield f"《{found.title(id_)}》的“{'”“'.join(strange)}”"


def _only(found: _Export) -> tuple[Specification | tables.Table, Sequence[Entry]]:
    """The one form or table, for kinds of file that hold no more.

    Raises:
        UsageError: there are several or none.
    """
    chosen: dict[str, Sequence[Entry]] = {**found.records, **found.tables}
    if len(chosen) != 1 or not set(chosen) <= {*found.forms, *found.tables}:
        raise UsageError(f"这种文件一次放一张表单，现在是：{'、'.join(chosen) or '没有'}", "用 --form 说明是哪一张")
    ((id_, group),) = chosen.items()
    return found.forms.get(id_) or tables.TABLES[id_], group


# Lines


def lines(entry: Entry, columns: Sequence[Slot]) -> Iterator[list[Value]]:
    """A record as lines of its register: one for each row of its table, the rest of it on every line."""
    signed = {each.role: each for each in entry.signatures}
    outside: dict[Part, Callable[[str], object]] = {
        Part.ID: lambda _: entry.id,
        Part.DAY: lambda _: entry.date,
        Part.ENTERED: lambda _: entry.entered,
        Part.HEAD: lambda name: entry.mapping("head").get(name),
        Part.FOOT: lambda name: entry.mapping("foot").get(name),
        Part.NAME: lambda role: signed[role].name if role in signed else "",
        Part.SIGNED: lambda role: signed[role].date if role in signed else "",
        Part.NOTE: lambda _: entry.text("note"),
    }
    for row in entry.rows() or ({},):
        given = [(s, row.get(s.name) if s.part is Part.ROW else outside[s.part](s.name)) for s in columns]
        yield [_cell(slot.field, found) for slot, found in given]


def _cell(field: Field, found: object) -> Value:
    """A value as a spreadsheet keeps it: days as days, plain amounts as numbers, everything else as text."""
    text = alike(field, found)
    day = as_date(text) if field.type == "date" else None
    if day:
        return day
    if field.type in ("number", "money") and len(text) <= _DIGITS:
        for kind in (int, float):
            if _same(kind, text):
                return kind(text)
    return text


def _same(kind: type[int] | type[float], text: str) -> bool:
    """Whether a text comes back as it is when it was a number in between."""
    try:
        return str(kind(text)) == text and text not in ("nan", "inf", "-inf")
    except ValueError:
        return False


def _heads(columns: Iterable[Slot]) -> list[Value | Cell]:
    return [Cell(slot.title, "head") for slot in columns]


# Kinds of files


def _xlsx(found: _Export) -> bytes:
    listed = [tables.TABLES[key].title for key in found.tables]
    titles = page_names([*(found.title(id_) for id_ in found.records), *listed, ABSENT])
    pages = []
    for name, (id_, group) in zip(titles, found.records.items(), strict=False):
        columns = slots(found.forms[id_].fields if id_ in found.forms else Fields())
        rows = [line for entry in group for line in lines(entry, columns)]
        pages.append(Page(name, [_heads(columns), *rows], frozen=(1, 1), filtered=True))
    for name, (key, group) in zip(titles[len(pages) :], found.tables.items(), strict=False):
        heads = tables.TABLES[key].heads(group)
        top = [Cell(title, "head") for title in heads]
        pages.append(Page(name, [top, *tables.TABLES[key].lines(group, heads)], frozen=(1, 1), filtered=True))
    if found.absent:
        body = [[as_date(entry.get(key)) or entry.text(key) for key in _ABSENCE] for entry in found.absent]
        head = [Cell(title, "head") for title in _ABSENCE.values()]
        pages.append(Page(titles[-1], [head, *body], frozen=(1, 0), filtered=True))
    return book(pages, found.today, "台账")


def _csv(found: _Export) -> bytes:
    only, group = _only(found)
    if isinstance(only, tables.Table):
        heads = only.heads(group)
        return csv_text([list(heads), *only.lines(group, heads)]).encode("utf-8")
    columns = slots(only.fields)
    body = (line for entry in group for line in lines(entry, columns))
    return csv_text([[slot.title for slot in columns], *body]).encode("utf-8")


def _json(found: _Export) -> bytes:
    everything = [plain(entry) for entry in found.everything]
    return (json.dumps({"entries": everything}, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _docx(found: _Export) -> bytes:
    only, group = _only(found)
    desk = drafts.desk(found.work, gather(found.work, found.today))
    if isinstance(only, tables.Table):
        return tables.word(only, group, desk)
    if len(group) == 1:
        return papers.filled_form(only, group[0], desk)
    return papers.register(only, group, desk)


_WRITERS: Mapping[str, Callable[[_Export], bytes]] = {".xlsx": _xlsx, ".csv": _csv, ".json": _json, ".docx": _docx}
