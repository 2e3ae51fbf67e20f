"""`gbtool generate`: every document that the client gets, as Word; what was edited by hand is kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.edits.fate import Before, Decider, Fate, Fresh
from gbtool.commands.edits.recall import Recall, recall
from gbtool.commands.gather import gather
from gbtool.commands.workspace import DOCUMENTS, Workspace
from gbtool.commands.writing import writing
from gbtool.documents import context, drafting, guard, kept, needs, placing, plan
from gbtool.documents.desk import Desk
from gbtool.errors import UsageError
from gbtool.model.difference import Take
from gbtool.model.document import Document, DocumentKind, Made, OpenValue, Outcome, Specification
from gbtool.store import database, documents, pristine
from gbtool.store.pristine import Pristine
from gbtool.structs import Frozen, Mutable, field, replace
from gbtool.word import counting, reading


class Request(Frozen):
    """What to generate: these documents or kinds (all when empty), to see or to write; where compiled texts lie.

    `take` says whose text stands where a person and gbtool both changed a document.
    """

    ids: tuple[str, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    dry_run: bool = False
    cache: Path | None = None
    take: Take | None = None


class Generation(Frozen):
    """What became of each document, which of the catalogue have no text yet, and which other commands make.

    `outdated` are those whose own text was written over a shipped one that has changed since.
    """

    made: tuple[Made, ...]
    unwritten: tuple[Specification, ...] = ()
    dry_run: bool = False
    elsewhere: tuple[Specification, ...] = ()
    outdated: tuple[Specification, ...] = ()

    def of(self, outcome: Outcome) -> tuple[Made, ...]:
        """The documents with an outcome."""
        return tuple(made for made in self.made if made.outcome is outcome)


class _Work(Mutable):
    """What is known while generating: the desk, what the ledger has, and what will be written and kept."""

    work: Workspace
    desk: Desk
    recall: Recall
    decider: Decider
    known: Mapping[str, Document]
    pristine: Mapping[str, Pristine]
    made: list[Made] = field(default_factory=list)
    files: dict[Path, bytes] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)
    kept: list[Document] = field(default_factory=list)
    settled: list[tuple[Pristine, bytes]] = field(default_factory=list)


def generate(work: Workspace, today: date, request: Request) -> Generation:
    """Draft everything first, then write what is new or changed, all or nothing.

    Raises:
        UsageError: an id is unknown or does not apply to this client, or `take` comes without ids.
        FileFaults: the client's facts or a template is wrong.
        DocumentInUse: Word holds one of the files.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    if request.take and not request.ids:
        raise UsageError("--take 要写明是哪几份文件", "有哪些冲突：gbtool diff")
    facts = gather(work, today)
    planned = plan.plan(facts, drafts.parts_for(work, facts))
    _refuse_strangers(request.ids, facts.specifications, planned)
    with database.open_ledger(work.ledger) as ledger:
        before = pristine.read(ledger)
    desk, known = drafts.desk(work, facts, request.cache), {document.id: document for document in facts.documents}
    decider = Decider(work.folder, today, request.take)
    job = _Work(work, desk, recall(work.folder, desk, known, request.cache), decider, known, before)
    for each in planned.documents:
        if _wanted(each.specification, request):
            _make(each, job)
    for specification, values in planned.undecided:
        if _wanted(specification, request):
            job.made.append(_undecided(specification, values, job))
    if not request.dry_run:
        _keep(job, today)
    job.recall.save()
    unwritten = tuple(each for each in planned.unwritten if _wanted(each, request))
    edition = facts.client.edition
    elsewhere = tuple(
        replace(each, title=each.title_in(edition)) for each in planned.elsewhere if _wanted(each, request)
    )
    outdated = tuple(each for each in drafts.outdated(planned) if _wanted(each, request))
    return Generation(_in_order(job.made, facts.specifications), unwritten, request.dry_run, elsewhere, outdated)


def _wanted(specification: Specification, request: Request) -> bool:
    return (not request.ids or specification.id in request.ids) and (
        not request.kinds or specification.kind in request.kinds
    )


def _refuse_strangers(ids: Iterable[str], known: Iterable[Specification], planned: plan.Plan) -> None:
    all_ids = [specification.id for specification in known]
    unwritten = {specification.id for specification in planned.unwritten}
    elsewhere = {specification.id: specification for specification in planned.elsewhere}
    ours = {each.specification.id for each in planned.documents} | {each.id for each, _ in planned.undecided}
    for id_ in ids:
        if id_ not in all_ids:
            guess = get_close_matches(id_, all_ids, n=1)
            raise UsageError(
                f"没有文件“{id_}”", f"是不是想用 {guess[0]}？" if guess else "全部文件：gbtool generate --dry-run"
            )
        if id_ in unwritten:
            raise UsageError(f"{id_} 还没有模板，这一版生成不了")
        if id_ in elsewhere:
            trigger = elsewhere[id_].trigger
            raise UsageError(f"{id_} 由 {elsewhere[id_].made_by} 生成", f"只出一份，内容从台账来；{trigger}")
        if id_ not in ours:
            raise UsageError(f"这家客户不用 {id_}", "它的业务条件或标准版本不符；用 gbtool profile 核对")


def _make(each: plan.Planned, job: _Work) -> None:
    """Draft one document and decide what becomes of it."""
    facts = job.desk.facts
    open_ = (*needs.open_values(each, facts.client), *kept.missing(each.templates, facts))
    before, data = _before(each.specification.id, job), b""
    if not open_:
        try:
            data = _counted(each, job.recall.draft(each, before.base), before, job)
        except drafting.StillOpen as still:
            open_ = still.values
    if open_:
        job.made.append(_result(each, Outcome.OPEN, job, open_))
        return
    fresh = Fresh(_document(each, data, job), data)
    fate = job.decider.decide(fresh, before)
    job.files |= fate.files
    job.removed += fate.removed
    job.kept += [fate.document] if fate.document else []
    job.settled += [(fate.pristine, data)] if fate.pristine else []
    job.made.append(_told(_result(each, fate.verdict.outcome, job), fate))


def _before(id_: str, job: _Work) -> Before:
    """What the ledger knows of a document; the bytes that gbtool made last are read only where they are needed."""

    def base() -> bytes | None:
        with database.open_ledger(job.work.ledger) as ledger:
            return pristine.data(ledger, id_)

    return Before(job.known.get(id_), job.pristine.get(id_), base)


def _counted(each: plan.Planned, data: bytes, before: Before, job: _Work) -> bytes:
    """What gbtool made last, where only the pages of its contents were counted since."""
    last = before.base() if each.specification.kind is DocumentKind.MANUAL else None
    if not last or last == data or not counting.alike(last, data):
        return data
    job.recall.counted(each, last)
    return last


def _told(made: Made, fate: Fate) -> Made:
    verdict = fate.verdict
    return replace(
        made, path=fate.path, differences=verdict.differences, copy=fate.copy, beside=fate.beside, note=verdict.note
    )


def _document(each: plan.Planned, data: bytes, job: _Work) -> Document:
    """What the ledger keeps of a document that was drafted."""
    specification = each.specification
    sha256 = guard.sha256(data)
    old = job.known.get(specification.id)
    own = not any(template.data for template in each.templates)
    content = old.content if old and old.sha256 == sha256 else reading.of(data, own=own).digest
    fresh = Document(
        specification.id, specification.kind, each.number, each.title, each.version, each.path, sha256, content
    )
    return replace(fresh, edition=job.desk.facts.edition_of(specification))


def _result(each: plan.Planned, outcome: Outcome, job: _Work, open_: tuple[OpenValue, ...] = ()) -> Made:
    specification = each.specification
    shelf = _shelf(each, job)
    return Made(specification.id, specification.kind, each.number, each.title, each.path, outcome, shelf, open_)


def _shelf(each: plan.Planned, job: _Work) -> str:
    """The nearest shelf that any of a document's texts, or its form, comes from."""
    shelves = [shelf.name for shelf in job.work.shelves.shelves]
    found = job.work.shelves.find(each.specification.place.file)
    names = [template.shelf for template in each.templates] or [found[0].name if found else shelves[-1]]
    return min(names, key=shelves.index)


def _undecided(specification: Specification, values: tuple[OpenValue, ...], job: _Work) -> Made:
    facts = job.desk.facts
    title = specification.title_in(facts.client.edition)
    number = context.number_of(specification, facts.client.code)
    return Made(specification.id, specification.kind, number, title, "", Outcome.OPEN, "", values)


def _keep(job: _Work, today: date) -> None:
    """Write the files and the ledger, both or neither."""
    changed = [document for document in job.kept if _differs(document, job.known.get(document.id))]
    settled = [(each, data) for each, data in job.settled if each != job.pristine.get(each.id)]
    left = placing.leftovers(job.work.folder / DOCUMENTS)
    if not (changed or settled or job.files or job.removed or left):
        return
    with (
        writing(job.work) as ledger,
        ledger.transaction(database.Action(today, "", f"生成文件 {len(changed)} 份")) as change,
        placing.placed(job.files, tuple(job.removed)),
    ):
        placing.sweep(left)
        documents.save(change, changed)
        pristine.save(change, settled)
        change.finish()


def _differs(document: Document, old: Document | None) -> bool:
    names = ("number", "title", "version", "path", "sha256", "content", "edition")
    return old is None or any(getattr(document, name) != getattr(old, name) for name in names)


def _in_order(made: Iterable[Made], specifications: Iterable[Specification]) -> tuple[Made, ...]:
    order = {specification.id: place for place, specification in enumerate(specifications)}
    return tuple(sorted(made, key=lambda each: order[each.id]))
