"""`gbtool audit plan`: a plan in which every clause and department has a slot and nobody audits his own department."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.errors import Refused, UsageError
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import assignment, audits
from gbtool.shelf.checklists import audit_questions
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

MINUTES = 4  # a question, on average: asking, looking, writing


@dataclass(frozen=True, slots=True)
class Wish:
    """What the plan is to hold: days, leader, team (all trained auditors when empty), signers, minutes a question."""

    start: date
    end: date
    lead: str = ""
    team: tuple[str, ...] = ()
    compiled_by: str = ""
    approved_by: str = ""
    approved: date | None = None
    minutes: int = MINUTES


def proposed(work: Workspace, wish: Wish, today: date) -> Entry:
    """A legal plan; nothing is stored.

    Raises:
        Refused: no legal assignment exists; the reasons and what is left to do.
        UsageError: the days are out of order, or the leader is not of the team.
    """
    if wish.end < wish.start:
        raise UsageError(f"--end {wish.end} 早于 --start {wish.start}")
    facts = gather(work, today)
    team = _team(facts, wish)
    wanted = assignment.visits(facts, _counts(work, facts), wish.minutes)
    days = assignment.working_days(facts, wish.start, wish.end)
    slots = assignment.propose(wanted, team, days, facts)
    if wish.lead and wish.lead not in [each.name for each in team]:
        raise UsageError(f"组长 {wish.lead} 不在审核组里", f"审核组：{'、'.join(each.name for each in team)}")
    return _plan(facts, wish, team, slots, today)


def _team(facts: Facts, wish: Wish) -> tuple[assignment.Auditor, ...]:
    """The auditors who were trained by the start (DT-15), or those of them who are named."""
    ready = [each for each in assignment.auditors(facts) if each.trained and each.trained <= wish.start.isoformat()]
    team = tuple(each for each in ready if not wish.team or each.name in wish.team)
    if not team:
        fix = "培训并登记：gbtool profile set internal_auditors=…；或请外部人员"
        raise Refused(f"到 {wish.start} 没有受过培训的内审员（DT-15）", fix)
    return team


def _counts(work: Workspace, facts: Facts) -> Mapping[str, Mapping[str, int]]:
    questions = audit_questions(facts.standard.edition, work.shelves)
    return {d.name: Counter(q.clause for q in audits.asked(d, questions, facts)) for d in facts.client.departments}


def _plan(
    facts: Facts,
    wish: Wish,
    team: tuple[assignment.Auditor, ...],
    slots: tuple[assignment.Slot, ...],
    today: date,
) -> Entry:
    number, day = f"{facts.client.code}-IPM-JH-08", wish.approved.isoformat() if wish.approved else ""
    data: dict[str, object] = {
        "document": "plan-audit",
        "number": number,
        "audit": f"{facts.client.code}-NS-{wish.start.year}-01",
        "start": wish.start.isoformat(),
        "end": wish.end.isoformat(),
        "lead": wish.lead or team[0].name,
        "team": [{"name": each.name, "trained": each.trained} for each in team],
        "opening": dict(zip(("date", "from", "to"), (slots[0].date, *assignment.OPENING), strict=True)),
        "closing": dict(zip(("date", "from", "to"), (slots[-1].date, *assignment.CLOSING), strict=True)),
        "slots": [_slot(slot, facts) for slot in slots],
        **_signed("compiled", wish.compiled_by, day),
        **_signed("approved", wish.approved_by, day),
    }
    return Entry(EntryKind.AUDIT_PLAN, number, day, today.isoformat(), data=data)


def _slot(slot: assignment.Slot, facts: Facts) -> dict[str, object]:
    return {
        "date": slot.date,
        "from": assignment.clock(slot.begin),
        "to": assignment.clock(slot.end),
        "department": slot.visit.department.name,
        "auditees": list(audits.auditees(slot.visit.department, facts)),
        "auditor": slot.auditor,
        "clauses": list(slot.clauses),
    }


def _signed(name: str, who: str, day: str) -> dict[str, object]:
    return {name: {"name": who, "date": day}} if who else {}


def keep(work: Workspace, plan: Entry, today: date) -> None:
    """Store a plan that somebody approved.

    Raises:
        UsageError: nobody approved it.
    """
    approved = plan.mapping("approved")
    if not approved.get("name") or not approved.get("date"):
        raise UsageError("计划要有批准人和批准日期才存", "加上 --approved-by 姓名 --approved 日期")
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(today, str(approved["name"]), "批准审核计划")) as change,
    ):
        entries.put(change, [plan])
