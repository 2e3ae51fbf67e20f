"""`gbtool issue`: approve and issue documents; the manual's effective day starts the operating period."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from gbtool.commands import approval
from gbtool.commands.control.suspects import checked_now
from gbtool.commands.edits.said import hash_of
from gbtool.commands.gather import gather
from gbtool.commands.ledger.import_files import read_source
from gbtool.commands.ready_papers import signings
from gbtool.commands.unfinished import unfinished
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.document import Document
from gbtool.model.facts import Facts
from gbtool.shelf.reader import did_you_mean
from gbtool.store import documents, links, pristine
from gbtool.store.database import Action, Ledger, open_ledger
from gbtool.store.documents import Signing
from gbtool.structs import Frozen, replace

NEEDED = ("approved_by", "approved", "issued", "effective")


class Issued(Frozen):
    """What was issued, when the operating period starts (None while the manual is not issued), what was passed over."""

    documents: tuple[Document, ...]
    effective: date | None
    skipped: tuple[str, ...] = ()


def issue(work: Workspace, ids: Iterable[str], signing: Signing, today: date, cache: Path | None = None) -> Issued:
    """Issue documents with the same signers and days; no ids: everything that is not in force yet.

    Args:
        work: the client.
        ids: documents.
        signing: who and when; approval, issue and effect are needed.
        today: the day on which it is entered.
        cache: where compiled templates lie.

    Raises:
        WrongValues: a day is missing, not real, out of order or not yet come, or nobody of this name works here.
        Refused: a document is not made, not on disk, has open or changed values, or the facts contradict themselves.
    """
    facts = gather(work, today)
    wanted = tuple(dict.fromkeys(ids)) or tuple(d.id for d in facts.documents if not d.issued)
    if not wanted:
        raise Refused("没有等待发布的文件", "先生成：gbtool generate")
    missing = [name for name in NEEDED if not getattr(signing, name)]
    if missing:
        raise WrongValues([Complaint(f"--{name.replace('_', '-')}", "不能空着") for name in missing])
    return _keep(work, facts, dict.fromkeys(wanted, signing), today, cache)


def issue_from(work: Workspace, source: Path, today: date, cache: Path | None = None) -> Issued:
    """Issue documents with the signers and days of a documents.yaml; papers of others are passed over.

    Raises:
        FileFaults: the file is wrong.
        WrongValues, Refused: as for `issue`.
    """
    facts = gather(work, today)
    papers, _ = read_source(source, {s.id: s for s in facts.specifications}, today)
    found = signings(papers, facts)
    known = {document.id for document in facts.documents}
    skipped = tuple(id_ for id_ in found if id_ not in known)
    return replace(
        _keep(work, facts, {id_: each for id_, each in found.items() if id_ in known}, today, cache), skipped=skipped
    )


def withdraw(work: Workspace, ids: Iterable[str], on: date, today: date) -> tuple[str, ...]:
    """Take documents out of force from a day on.

    Raises:
        UsageError: a document is not known.
        Refused: it is not in force.
    """
    facts = gather(work, today)
    wanted = tuple(ids)
    _known(wanted, facts)
    idle = [id_ for id_ in wanted if not (found := facts.document(id_)) or not found.in_force]
    if idle:
        raise Refused(f"{'、'.join(idle)} 没有在用，不能作废")
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, "", f"作废文件 {'、'.join(wanted)}")) as change,
    ):
        documents.withdraw(change, wanted, on)
    return wanted


def _keep(work: Workspace, facts: Facts, wanted: Mapping[str, Signing], today: date, cache: Path | None) -> Issued:
    _known(wanted, facts)
    faults = [fault for id_, signing in wanted.items() for fault in approval.faults(id_, signing, facts, today)]
    if faults:
        raise WrongValues(dict.fromkeys(faults))
    stands = {id_ for id_, signing in wanted.items() if _stands(facts.document(id_), signing)}
    fresh = {id_: signing for id_, signing in wanted.items() if id_ not in stands}
    reasons = (
        *_rewritten(work, facts, stands),
        *_unversioned(work, facts, fresh),
        *unfinished(work, facts, tuple(fresh), today, cache),
    )
    if reasons:
        raise Refused("还不能发布：\n" + "\n".join(reasons), "补齐后再发布；没有发布任何文件")
    if not fresh:
        return Issued((), facts.effective)
    by = next(iter(fresh.values())).approved_by
    checked = checked_now(work, facts, fresh, by, today.isoformat())
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"发布文件 {len(fresh)} 份")) as change,
    ):
        documents.sign(change, fresh, _said(facts, fresh, change.ledger))
        links.save(change, checked)
    after = gather(work, today)
    return Issued(tuple(document for document in after.documents if document.id in fresh), after.effective)


def _said(facts: Facts, ids: Iterable[str], ledger: Ledger) -> Mapping[str, str]:
    """What documents say, by hash: an issue holds for just that."""
    wanted = frozenset(ids)
    return {
        each.id: hash_of(each, partial(pristine.data, ledger, each.id)) for each in facts.documents if each.id in wanted
    }


def _stands(document: Document | None, signing: Signing) -> bool:
    """Whether a document is in force with just these signers and days."""
    if document is None or not document.in_force:
        return False
    return all(getattr(document, name) == value for name, value in signing.given.items())


def _rewritten(work: Workspace, facts: Facts, ids: Iterable[str]) -> Iterator[str]:
    """An old approval does not hold for a new text."""
    with open_ledger(work.ledger) as ledger:
        changed = documents.changed_since_issue(ledger)
    for document in facts.documents:
        if document.id in changed and document.id in ids:
            name = f"{document.number}《{document.title}》"
            yield f"{name}：发布（{document.issued}）以后文字改过，按改后的批准日期重新发布"


def _unversioned(work: Workspace, facts: Facts, ids: Iterable[str]) -> Iterator[str]:
    """A document that was issued goes out with another text only as another version, which somebody approved."""
    with open_ledger(work.ledger) as ledger:
        changed = documents.changed_since_issue(ledger)
        before = documents.issued_versions(ledger)
    for document in facts.documents:
        if document.id in changed and document.id in ids and before.get(document.id) == document.version:
            name = f"{document.number}《{document.title}》"
            ask = f"gbtool control request {document.id}"
            yield f"{name}：{document.version} 发布以后文字改过，先办更改申请：{ask}，批准后重新生成"


def _known(ids: Iterable[str], facts: Facts) -> None:
    known = [document.id for document in facts.documents]
    for id_ in ids:
        if id_ not in known:
            listed = any(s.id == id_ for s in facts.applicable)
            fix = f"先生成：gbtool generate {id_}" if listed else "已生成的见 gbtool generate --dry-run"
            raise UsageError(f"没有生成过文件“{id_}”{did_you_mean(id_, known)}", fix)
