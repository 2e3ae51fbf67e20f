"""`gbtool control suspects` and `reviewed`: what a document depends on has changed since it was last looked at."""

from collections.abc import Iterable
from datetime import date

from gbtool.commands import gather
from gbtool.commands.control.changes import known
from gbtool.commands.control.doubts import Standing, planned
from gbtool.commands.names import strangers
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.document import Document
from gbtool.model.facts import Facts
from gbtool.store import links
from gbtool.store.database import Action, open_ledger
from gbtool.store.links import Checked
from gbtool.structs import Frozen


class Suspect(Frozen):
    """A document in force and what changed under it: each thing with the words for it; since when it was unchecked."""

    document: Document
    changed: tuple[str, ...]
    checked: Checked


def checked_now(work: Workspace, facts: Facts, ids: Iterable[str], by: str, day: str) -> tuple[Checked, ...]:
    """The documents of these ids as they stand, checked by somebody on a day."""
    now = Standing(facts, planned(work, facts))
    return tuple(Checked(id_, now.prints(id_), by, day) for id_ in sorted(frozenset(ids) & set(now.planned)))


def suspects(work: Workspace, today: date) -> tuple[Suspect, ...]:
    """The documents in force under which something changed since they were issued or last looked at."""
    facts = gather.gather(work, today)
    with open_ledger(work.ledger) as ledger:
        before = links.read(ledger)
    now = Standing(facts, planned(work, facts))
    found = (
        Suspect(
            document, tuple(doubt.what for doubt in now.changed(document, before[document.id])), before[document.id]
        )
        for document in facts.documents
        if document.in_force and document.id in before
    )
    return tuple(each for each in found if each.changed)


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
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"复核文件 {len(checked)} 份")) as change,
    ):
        links.save(change, checked)
    return found
