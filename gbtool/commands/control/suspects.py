"""`gbtool control suspects` and `reviewed`: what a document depends on has changed since it was last looked at."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gbtool.commands import drafts, gather
from gbtool.commands.control.changes import known
from gbtool.commands.names import strangers
from gbtool.commands.workspace import Workspace
from gbtool.documents import needs, plan
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.document import Document
from gbtool.model.facts import Facts
from gbtool.store import links
from gbtool.store.database import Action, open_ledger
from gbtool.store.history import packed
from gbtool.store.links import Checked

FACT, CLAUSE, TEMPLATE = "fact", "clause", "template"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A document in force and what changed under it: each thing with the words for it; since when it was unchecked."""

    document: Document
    changed: tuple[str, ...]
    checked: Checked


def prints(planned: plan.Planned, facts: Facts) -> dict[str, str]:
    """A fingerprint of every answer that a document's texts use, every clause that it answers, every template."""
    edition = facts.client.edition
    found: dict[str, object] = {f"{FACT}:{key}": facts.client.get(key) for key in needs.used(planned)}
    every = [clause.key for clause in facts.standard] if needs.prints_clauses(planned) else []
    for key in (*planned.specification.clauses.get(edition, ()), *every):
        clause = facts.standard.clause(key)
        if clause:
            found[f"{CLAUSE}:{key}"] = (clause.number, clause.title, clause.cite_as)
    for template in planned.templates:
        found[f"{TEMPLATE}:{template.path}"] = template.body
    return {name: hashlib.sha256(packed(value).encode()).hexdigest()[:16] for name, value in found.items()}


def checked_now(work: Workspace, facts: Facts, ids: Iterable[str], by: str, day: str) -> tuple[Checked, ...]:
    """The documents of these ids as they stand, checked by somebody on a day."""
    wanted = frozenset(ids)
    planned = {each.specification.id: each for each in _planned(work, facts)}
    return tuple(Checked(id_, prints(planned[id_], facts), by, day) for id_ in sorted(wanted & set(planned)))


def suspects(work: Workspace, today: date) -> tuple[Suspect, ...]:
    """The documents in force under which something changed since they were issued or last looked at."""
    facts = gather.gather(work, today)
    with open_ledger(work.ledger) as ledger:
        before = links.read(ledger)
    planned = {each.specification.id: each for each in _planned(work, facts)}
    return tuple(_suspects(facts, before, planned))


def _suspects(facts: Facts, before: Mapping[str, Checked], planned: Mapping[str, plan.Planned]) -> Iterator[Suspect]:
    for document in facts.documents:
        old = before.get(document.id)
        if old is None or not document.in_force:
            continue
        if document.id not in planned:
            yield Suspect(document, ("这家企业现在不用这份文件",), old)
            continue
        now = prints(planned[document.id], facts)
        changed = sorted(name for name in {*now, *old.prints} if now.get(name) != old.prints.get(name))
        if changed:
            yield Suspect(document, tuple(words(name, facts) for name in changed), old)


def words(name: str, facts: Facts) -> str:
    """A fact, clause or template in the user's words."""
    kind, _, key = name.partition(":")
    if kind == FACT:
        question = facts.client.questions.get(key)
        return f"资料 {key}（{question.question}）" if question else f"资料 {key}"
    if kind == CLAUSE:
        clause = facts.standard.clause(key)
        return f"条款 {clause.cite} （{key}）" if clause else f"条款 {key}"
    return f"模板 templates/{key}"


def reviewed(work: Workspace, ids: Iterable[str], by: str, today: date) -> tuple[Document, ...]:
    """Somebody looked at documents and says that they hold as they are.

    Raises:
        UsageError: a document is not known.
        Refused: it is not in force.
        WrongValues: nobody of this name works here.
    """
    facts = gather.gather(work, today)
    found = tuple(known(id_, facts) for id_ in ids)
    idle = [document.number for document in found if not document.in_force]
    if idle:
        raise Refused(f"{'、'.join(idle)} 没有在用，不用复核")
    faults = [] if by.strip() else [Complaint("--by", "不能空着")]
    faults += strangers(facts.client.answers, [("--by", by)])
    if faults:
        raise WrongValues(faults)
    checked = checked_now(work, facts, [document.id for document in found], by, today.isoformat())
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(today, by, f"复核文件 {len(checked)} 份")) as change,
    ):
        links.save(change, checked)
    return found


def _planned(work: Workspace, facts: Facts) -> tuple[plan.Planned, ...]:
    return plan.plan(facts, drafts.parts(work, facts.client.edition)).documents
