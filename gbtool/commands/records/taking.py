"""`gbtool ledger import` of records: read everything, then all of a file or nothing; the same twice adds nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands.gather import client
from gbtool.commands.ledger.record import Known, numbered, refuse_without_code
from gbtool.commands.records import sources
from gbtool.commands.records.found import MOST, Changed, Found, Request
from gbtool.commands.records.settling import Change, Settled, merged, settle
from gbtool.commands.registers import settling
from gbtool.commands.registers.reading import Listed
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import FileFaults, Refused
from gbtool.exchange.books import bounded
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import documents, entries
from gbtool.store.database import Action, open_ledger
from gbtool.structs import Frozen, Mutable, field, replace


class Taken(Frozen):
    """What became of a file or sheet: records that are new, the same, updated; what came from it before and is gone."""

    found: Found | Listed
    added: tuple[Entry, ...]
    same: tuple[Entry, ...]
    updated: tuple[Change, ...]
    gone: tuple[Entry, ...]
    known_since: str = ""  # the day on which just this file was imported before


def read(work: Workspace, source: Path, request: Request, today: date) -> tuple[Found | Listed, ...]:
    """The records and lines of tables in a file as `sources.read` has them, columns matched as they were before."""
    kept: dict[str, dict[str, str]] = {}
    with open_ledger(work.ledger) as ledger:
        for each in entries.read(ledger, EntryKind.IMPORT):
            columns = {name: str(field) for name, field in each.mapping("columns").items()}
            kept.setdefault(each.form, {}).update(columns)
    return sources.read(work, source, request, kept, today)


def take(work: Workspace, found: Sequence[Found | Listed], request: Request, today: date) -> tuple[Taken, ...]:
    """Put what was read into the ledger, all sheets of the file in one transaction, or only say what would be put.

    Raises:
        FileFaults: something in it is wrong; every complaint.
        Refused: records have changed since they were imported, and the request does not say what to do.
    """
    faults = [fault for each in found for fault in each.faults]
    if faults:
        raise FileFaults(bounded(found[0].file, faults, MOST))
    if request.dry_run:
        with open_ledger(work.ledger) as ledger:
            kept = entries.read(ledger, *_kinds(found))
        return tuple(_taken(each, _settled(each, kept, request), kept) for each in found)
    ours = client(work)
    if any(isinstance(each, Found) for each in found):
        refuse_without_code(ours)
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, request.by, f"导入 {found[0].file}")) as change,
    ):
        known = Known(ours, documents.read(ledger), entries.ids(ledger))
        job = _Job(request, today.isoformat(), known, list(entries.read(ledger, *_kinds(found))))
        taken = tuple(job.taken(each) for each in found)
        if job.put:
            entries.put(change, job.put)
    return taken


# Settling


def _kinds(found: Iterable[Found | Listed]) -> set[EntryKind]:
    """The kinds of entries with which these are compared."""
    kinds = {each.register.sheet.kind if isinstance(each, Listed) else EntryKind.RECORD for each in found}
    return kinds | {EntryKind.IMPORT}


def _settled(found: Found | Listed, kept: Sequence[Entry], request: Request) -> Settled:
    if isinstance(found, Listed):
        settled = settling.settle(found, kept)
        usual, add = Changed.UPDATE, "；台账里的表按编号认，不另记"
    else:
        settled = settle(found, [entry for entry in kept if entry.kind is EntryKind.RECORD])
        usual, add = Changed.REFUSE, "；是另外的记录，加 --changed add"
    if settled.faults:
        raise FileFaults(settled.faults)
    refused = (request.changed or usual) is Changed.REFUSE or (isinstance(found, Listed) and _adds(request))
    if settled.changed and refused and not request.dry_run:
        reasons = [change.complaint(_place(change.draft)) for change in settled.changed]
        message = f"{found.file} 里有 {len(reasons)} 条与台账不同，没有导入"
        fix = f"确要以文件为准，加 --changed update{add}"
        raise Refused(message, fix, bounded(found.file, reasons, MOST))
    return settled


def _adds(request: Request) -> bool:
    return request.changed is Changed.ADD


def _place(draft: Entry) -> str:
    line = draft.place.line
    return f"{draft.place.file}第{line}行" if line else draft.place.file


def _taken(found: Found | Listed, settled: Settled, kept: Sequence[Entry]) -> Taken:
    known = (e.entered for e in kept if e.kind is EntryKind.IMPORT and e.text("sha256") == found.sha256)
    parts = (tuple(settled.new), tuple(settled.same), tuple(settled.changed), tuple(settled.gone))
    return Taken(found, *parts, next(known, ""))


class _Job(Mutable):
    """An import that is under way: what the ledger holds with what earlier sheets add, and what will be put in."""

    request: Request
    today: str
    known: Known
    kept: list[Entry]
    put: list[Entry] = field(default_factory=list)

    def taken(self, found: Found | Listed) -> Taken:
        """What becomes of the records of a sheet, or of the lines of a table."""
        return self._listed(found) if isinstance(found, Listed) else self._records(found)

    def _records(self, found: Found) -> Taken:
        settled = _settled(found, self.kept, self.request)
        taken = _taken(found, settled, self.kept)
        more = [each.draft for each in settled.changed] if _adds(self.request) else []
        drafts = [*settled.new, *(replace(each, id="") for each in more)]
        dated = [replace(each, entered=self.today) for each in drafts]
        ids = [*self.known.ids, *(entry.id for entry in self.put)]
        added = numbered(dated, found.specification, replace(self.known, ids=ids)) if dated else ()
        updated = [] if more else [merged(each, found) for each in settled.changed]
        self._put(found, added, updated, {})
        return replace(taken, added=added, updated=() if more else taken.updated)

    def _listed(self, found: Listed) -> Taken:
        settled = _settled(found, self.kept, self.request)
        updated = [settling.merged(each) for each in settled.changed]
        rows = [each.id for each in (*settled.new, *settled.same, *updated)]
        self._put(found, settled.new, updated, {settling.ROWS: rows})
        return _taken(found, settled, self.kept)

    def _put(
        self, found: Found | Listed, added: Sequence[Entry], updated: Sequence[Entry], more: Mapping[str, Sequence[str]]
    ) -> None:
        if added or updated:
            ids = {"added": [each.id for each in added], "updated": [each.id for each in updated], **more}
            self.put += [*added, *updated, _import(found, ids, self.today)]
            self.kept += added


def _import(found: Found | Listed, ids: Mapping[str, Sequence[str]], today: str) -> Entry:
    form = found.form
    id_ = "-".join(part for part in ("import", found.sha256[:16], form, found.sheet) if part)
    data = {
        "title": found.file,
        "sheet": found.sheet,
        "sha256": found.sha256,
        "columns": {match.column: match.field for match in found.matches},
        **ids,
    }
    return Entry(EntryKind.IMPORT, id_, today, today, form, data)
