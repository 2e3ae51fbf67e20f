"""Making documents: every one that the client gets, as Word; what was edited by hand is kept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.edits.fate import Before, Decider, Fate, Fresh
from gbtool.commands.edits.recall import Recall, recall
from gbtool.commands.gather import gather
from gbtool.commands.generate import Generation, Named, Request
from gbtool.commands.workspace import DOCUMENTS, Workspace
from gbtool.commands.writing import writing
from gbtool.documents import context, drafting, guard, kept, needs, placing, plan
from gbtool.documents.desk import Desk
from gbtool.errors import UsageError
from gbtool.model.document import Document, DocumentKind, Made, OpenValue, Outcome, Specification
from gbtool.model.facts import Facts
from gbtool.shelf.firms import firm
from gbtool.store import database, documents, pristine
from gbtool.store.pristine import Pristine
from gbtool.structs import Frozen, Mutable, field, replace
from gbtool.word import counting, reading


class Run(Frozen):
    """What became of each document, the facts and the firm's logo that were looked at, whether nothing was to write."""

    generation: Generation
    facts: Facts
    logo: str
    idle: bool


class _Work(Mutable):
    """What is known while generating: the desk, what the ledger has, and what will be written and kept."""

    work: Workspace
    desk: Desk
    recall: Recall
    decider: Decider
    known: Mapping[str, Document]
    pristine: Mapping[str, Pristine]
    lying: Mapping[str, str]
    made: list[Made] = field(default_factory=list)
    files: dict[Path, bytes] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)
    kept: list[Document] = field(default_factory=list)
    settled: list[tuple[Pristine, bytes]] = field(default_factory=list)


class _Pending(Frozen):
    """What is to be written: rows of documents, what gbtool made of them, leftovers to sweep, and whether any file."""

    changed: Sequence[Document]
    settled: Sequence[tuple[Pristine, bytes]]
    left: tuple[Path, ...]
    files: bool

    @property
    def nothing(self) -> bool:
        """Whether all is as it would be written."""
        return not (self.changed or self.settled or self.left or self.files)


def make(work: Workspace, today: date, request: Request, lying: Mapping[str, str] | None = None) -> Run:
    """Draft everything first, then write what is new or changed, all or nothing.

    `lying` are the hashes of files in the client's folder by their paths, as far as they are known.

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
    near = replace(work, shelves=work.shelves.holding("templates"))  # others have no text of any document
    job = _Work(near, desk, recall(work.folder, desk, known, request.cache), decider, known, before, lying or {})
    for each in planned.documents:
        if _wanted(each.specification, request):
            _make(each, job)
    for specification, values in planned.undecided:
        if _wanted(specification, request):
            job.made.append(_undecided(specification, values, job))
    pending = _pending(job)
    if not (request.dry_run or pending.nothing):
        _keep(pending, job, today)
    job.recall.save()
    return Run(_told(planned, job, request), facts, firm(work.firm).logo, pending.nothing)


def _told(planned: plan.Plan, job: _Work, request: Request) -> Generation:
    def named(all_: Iterable[Specification]) -> tuple[Named, ...]:
        return tuple(Named(each.id, each.title, each.made_by) for each in all_ if _wanted(each, request))

    facts = job.desk.facts
    elsewhere = (replace(each, title=each.title_in(facts.client.edition)) for each in planned.elsewhere)
    return Generation(
        _in_order(job.made, facts.specifications),
        named(planned.unwritten),
        request.dry_run,
        named(elsewhere),
        named(drafts.outdated(planned)),
    )


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
    known = Outcome.OPEN if open_ else _known(each, job)
    if not known:
        try:
            data = _counted(each, job.recall.draft(each, before.base), before, job)
        except drafting.StillOpen as still:
            known, open_ = Outcome.OPEN, still.values
    if known:
        job.made.append(_result(each, known, job, open_))
        return
    fresh = Fresh(_document(each, data, job), data)
    fate = job.decider.decide(fresh, before)
    job.files |= fate.files
    job.removed += fate.removed
    job.kept += [fate.document] if fate.document else []
    job.settled += [(fate.pristine, data)] if fate.pristine else []
    if _quiet(each, fate, job):
        job.recall.leave(each, job.lying[each.path])
    job.made.append(_with_fate(_result(each, fate.verdict.outcome, job), fate))


def _known(each: plan.Planned, job: _Work) -> Outcome | None:
    """What became of a document, where no file need be looked at: it would be made as it was made last.

    It is the same where that lies there, and kept where it lies there as somebody left it before, with no conflict.
    """
    id_ = each.specification.id
    old, last, lying = job.known.get(id_), job.pristine.get(id_), job.lying.get(each.path)
    if not (old and last and lying) or last != Pristine(id_, last.sha256) or job.recall.made(each) != last.sha256:
        return None
    if lying == last.sha256 == old.sha256 and not _differs(_row(each, lying, old.content, job), old):
        return Outcome.SAME
    left = old.path == each.path and not job.decider.take and job.recall.left(each, lying)
    return Outcome.KEPT if left else None


def _quiet(each: plan.Planned, fate: Fate, job: _Work) -> bool:
    """Whether a file stays as somebody left it, with nothing to write and nothing to say of it."""
    id_, verdict = each.specification.id, fate.verdict
    stays = verdict.outcome is Outcome.KEPT and not (verdict.note or fate.files or fate.removed or job.decider.take)
    known = fate.document == job.known.get(id_) and fate.pristine == job.pristine.get(id_)
    return stays and known and fate.path == each.path and each.path in job.lying


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


def _with_fate(made: Made, fate: Fate) -> Made:
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
    content = old.content if old else ""
    if old and content and old.sha256 != sha256:  # of what nobody asked for, the ledger has the bytes
        content = reading.of(data, own=own).digest
    return _row(each, sha256, content, job)


def _row(each: plan.Planned, sha256: str, content: str, job: _Work) -> Document:
    specification = each.specification
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
    if each.templates:
        return min((template.shelf for template in each.templates), key=shelves.index)
    found = job.work.shelves.find(each.specification.place.file)
    return found[0].name if found else shelves[-1]


def _undecided(specification: Specification, values: tuple[OpenValue, ...], job: _Work) -> Made:
    facts = job.desk.facts
    title = specification.title_in(facts.client.edition)
    number = context.number_of(specification, facts.client.code)
    return Made(specification.id, specification.kind, number, title, "", Outcome.OPEN, "", values)


def _pending(job: _Work) -> _Pending:
    return _Pending(
        [document for document in job.kept if _differs(document, job.known.get(document.id))],
        [(each, data) for each, data in job.settled if each != job.pristine.get(each.id)],
        placing.leftovers(job.work.folder / DOCUMENTS),
        bool(job.files or job.removed),
    )


def _keep(pending: _Pending, job: _Work, today: date) -> None:
    """Write the files and the ledger, both or neither."""
    changed = pending.changed
    with (
        writing(job.work) as ledger,
        ledger.transaction(database.Action(today, "", f"生成文件 {len(changed)} 份")) as change,
        placing.placed(job.files, tuple(job.removed)),
    ):
        placing.sweep(pending.left)
        documents.save(change, changed)
        pristine.save(change, pending.settled)
        change.finish()


def _differs(document: Document, old: Document | None) -> bool:
    names = ("number", "title", "version", "path", "sha256", "content", "edition")
    return old is None or any(getattr(document, name) != getattr(old, name) for name in names)


def _in_order(made: Iterable[Made], specifications: Iterable[Specification]) -> tuple[Made, ...]:
    order = {specification.id: place for place, specification in enumerate(specifications)}
    return tuple(sorted(made, key=lambda each: order[each.id]))
