"""`gbtool period`: the operating period, month by month."""

from datetime import date

from gbtool.commands import drafts
from gbtool.commands.gather import looking
from gbtool.commands.workspace import Workspace
from gbtool.documents.context import department
from gbtool.model.document import starts
from gbtool.model.facts import Facts
from gbtool.rules import period
from gbtool.rules.period import Duty, Span
from gbtool.store import documents
from gbtool.store.database import open_ledger
from gbtool.structs import Frozen


class Charged(Frozen):
    """A duty with the department that has it, and the word for its frequency."""

    department: str
    frequency: str
    duty: Duty


class Period(Frozen):
    """The effective day, today's number in the period, full months, earliest day to apply, months and quarters.

    `manual` is what the standard calls the document from whose effective day all is counted.
    """

    client: str
    today: date
    effective: date | None
    day: int
    months: int
    earliest: date | None
    spans: tuple[Span, ...]
    quarters: tuple[Span, ...]
    duties: tuple[Charged, ...] = ()
    began: tuple[tuple[str, str], ...] = ()  # each day from which it was counted, and why
    manual: str = "手册"

    @property
    def days_left(self) -> int:
        """Days until the earliest day to apply, 0 once it has come."""
        return max(0, (self.earliest - self.today).days) if self.earliest else 0


def operating(work: Workspace, today: date) -> Period:
    """The period of a client on a day.

    Raises:
        FileFaults: a file of the client is wrong.
    """
    with looking(work, today) as facts:
        return _period(work, facts)


def _period(work: Workspace, facts: Facts) -> Period:
    return Period(
        facts.client.name,
        facts.today,
        facts.effective,
        period.day_number(facts),
        period.months_passed(facts),
        period.earliest(facts),
        period.months(facts),
        period.quarters(facts),
        _charged(work, facts),
        _began(work, facts),
        facts.say("手册"),
    )


def _charged(work: Workspace, facts: Facts) -> tuple[Charged, ...]:
    words = drafts.words(work)
    order = {each.name: place for place, each in enumerate(facts.client.departments)}
    found = [
        Charged(department(duty.function, facts, words), words.frequencies.get(duty.frequency, duty.frequency), duty)
        for duty in period.duties(facts)
    ]
    return tuple(sorted(found, key=lambda each: (order.get(each.department, len(order)), each.duty.form)))


def _began(work: Workspace, facts: Facts) -> tuple[tuple[str, str], ...]:
    """From which days the period was counted: a withdrawal or a change of edition starts it anew."""
    if not work.ledger.is_file():
        return ()
    with open_ledger(work.ledger) as ledger:
        states = documents.states(ledger).get(facts.manual_id, ())
    day = facts.today.isoformat()
    found = starts((each for each in states if each.issued <= day), day)
    editions = [None, *(each.edition for each in found)]
    pairs = zip(editions, found, strict=False)
    return tuple((each.effective, facts.words.said(_why(before, each.edition))) for before, each in pairs)


def _why(before: str | None, edition: str) -> str:
    if before is None:
        return "{手册}首次实施"
    return f"换成 {edition} 版，重新起算" if before != edition else "{手册}作废以后重新发布，重新起算"
