"""How an engagement stands on the day on which it changes hands: what is open, promised, decided, edited, due."""

from collections.abc import Mapping
from datetime import timedelta

from gbtool.commands.checks.waivers import waivers
from gbtool.commands.edits.said import base_of, edited
from gbtool.commands.readiness import judged
from gbtool.commands.reviews.decisions import tracking_of
from gbtool.commands.workspace import Workspace
from gbtool.model.document import Document
from gbtool.model.facts import Facts
from gbtool.model.portfolio import Due, Standing
from gbtool.model.question import Question
from gbtool.model.revision import Revision, revisions
from gbtool.model.waiver import Waiver
from gbtool.rules import corrections, portfolio, service
from gbtool.rules.corrections import Nonconformity
from gbtool.rules.service import Asked, Promise, Visit
from gbtool.structs import Frozen

AHEAD = 180  # days
_VISITS = 5  # of which problems and next steps are told


class State(Frozen):
    """What a successor must know; nothing in it is told twice, nothing was made up."""

    standing: Standing
    due: tuple[Due, ...]
    open: tuple[Question, ...]
    asked: tuple[Asked, ...]
    promises: tuple[Promise, ...]
    decisions: tuple[Mapping[str, object], ...]
    changes: tuple[Revision, ...]
    visits: tuple[Visit, ...]
    edited: tuple[Document, ...]
    gone: tuple[Document, ...]
    nonconformities: tuple[Nonconformity, ...]
    waivers: tuple[Waiver, ...]


def state(work: Workspace, facts: Facts) -> State:
    """How it stands on the day of the facts."""
    found = judged(work, facts)
    standing = portfolio.standing(work.folder.name, facts, found, AHEAD)
    month = service.month(facts, facts.today.isoformat()[:7])
    tracking = tracking_of(facts)
    written = [document for document in facts.documents if not document.withdrawn]
    return State(
        standing=standing,
        due=standing.coming(facts.today + timedelta(days=AHEAD)),
        open=facts.client.open(),
        asked=month.asked,
        promises=month.promises,
        decisions=tracking.rows() if tracking else (),
        changes=revisions(facts),
        visits=tuple(visit for visit in service.visits(facts) if visit.problems)[-_VISITS:],
        edited=tuple(each for each in written if each.present and _edited(work, each)),
        gone=tuple(d for d in written if not d.present),
        nonconformities=tuple(each for each in corrections.listed(facts) if not each.closed),
        waivers=tuple(each for each in waivers(facts) if each.until >= facts.today.isoformat()),
    )


def _edited(work: Workspace, document: Document) -> bool:
    return edited((work.folder / document.path).read_bytes(), document, base_of(work, document.id))
