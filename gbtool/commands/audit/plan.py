"""`gbtool audit plan`: an assignment in which nobody audits his own department, proposed, checked and kept."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, gather, keeping, numbering
from gbtool.commands.audit import papers as audit_papers
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import paper
from gbtool.errors import Complaint, FileFaults, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import assignment, audits, consequences
from gbtool.shelf import checklists, ledger_files
from gbtool.store.database import Action

PAPER = "plan-audit"
RULES = ("DT-16", "DT-17", "DT-61", "CN-03", "CN-05")
MINUTES = 4


@dataclass(frozen=True, slots=True)
class Signing:
    """Who compiled and approved a plan or report on which days, as ISO text; empty where nobody has yet."""

    compiled_by: str = ""
    compiled: str = ""
    approved_by: str = ""
    approved: str = ""
    distributed: str = ""

    @property
    def data(self) -> dict[str, object]:
        """As an entry keeps it."""
        people = {"compiled": (self.compiled_by, self.compiled), "approved": (self.approved_by, self.approved)}
        found: dict[str, object] = {k: {"name": name, "date": day} for k, (name, day) in people.items() if name or day}
        return {**found, **({"distributed": self.distributed} if self.distributed else {})}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a plan: its days, lead and team (all auditors when empty), people from outside, minutes."""

    start: date | None = None
    end: date | None = None
    lead: str = ""
    team: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    minutes: int = MINUTES
    signing: Signing = Signing()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, what is to be said about it, what is still open, and the papers that were made of it."""

    entry: Entry
    remarks: tuple[str, ...]
    open: tuple[str, ...]
    papers: tuple[keeping.Written, ...] = ()
    saved: bool = False


def proposed(work: Workspace, request: Request, today: date) -> Plan:
    """A plan by the rules: working days, independence, every applicable clause and department.

    Raises:
        Refused: no legal assignment exists; with what is left to do.
        UsageError: the days are missing or cannot be.
    """
    facts = gather.gather(work, today)
    start, end = _days(request, facts)
    _refuse_uncarried(facts)
    team = _team(request, facts)
    questions = checklists.audit_questions(facts.standard.edition, work.shelves)
    counts = {d.name: Counter(q.clause for q in audits.asked(d, questions, facts)) for d in facts.client.departments}
    days = assignment.working_days(facts, start, end)
    if not days:
        raise Refused(f"{start} 至 {end} 没有工作日", "换 --start、--end；节假日按国务院的安排")
    wanted = assignment.visits(facts, counts, request.minutes)
    slots = assignment.propose(wanted, team, days, facts)
    entry = _entry(request, (days[0], days[-1]), team, slots, facts)
    return _checked(entry, facts)


def from_file(work: Workspace, source: Path, today: date) -> Plan:
    """A plan that somebody wrote, checked.

    Raises:
        FileFaults: the file does not fit.
        Refused: it would break a rule.
    """
    facts = gather.gather(work, today)
    found = ledger_files.read_entries(source, source.name, {s.id: s for s in facts.specifications}, today)
    if len(found) != 1 or found[0].kind is not EntryKind.AUDIT_PLAN:
        raise FileFaults([Complaint(source.name, "不是审核计划（document: plan-audit）", "格式见 docs/audit.md")])
    return _checked(found[0], facts)


def save(work: Workspace, plan: Plan, today: date, *, again: bool = False) -> Plan:
    """Keep a plan in the ledger and print it.

    Raises:
        WrongValues: it does not say yet who leads and who compiled it when.
    """
    if plan.open:
        raise WrongValues([Complaint("审核计划", text) for text in plan.open])
    facts = gather.gather(work, today)
    compiled = plan.entry.mapping("compiled")
    day = str(plan.entry.mapping("approved").get("date") or compiled.get("date") or "")
    if day > today.isoformat():
        raise WrongValues([Complaint("审核计划", f"{day} 在今天（{today}）以后，还没有编制、批准")])
    entry = replace(plan.entry, date=day, entered=today.isoformat())
    papers = keeping.Papers(work, again)
    desk = drafts.desk(work, facts)
    made = audit_papers.plan(entry, desk)
    papers.word(keeping.AUDIT, f"{made.number} {made.title}", paper(made, desk))
    keeping.keep(work, Action(today, str(compiled.get("name") or ""), f"审核计划 {entry.id}"), [entry], papers)
    return replace(plan, entry=entry, papers=tuple(papers.written), saved=True)


def _days(request: Request, facts: Facts) -> tuple[date, date]:
    if request.start is None or request.end is None:
        raise UsageError("没有审核日期", "--start、--end 由你定，gbtool 不替你选；已写好的计划用 --from 文件")
    if request.end < request.start:
        raise UsageError(f"--end {request.end} 早于 --start {request.start}")
    if facts.effective and request.start < facts.effective:
        raise Refused(f"内审 {request.start} 早于体系实施日 {facts.effective}", "运行以后再内审")
    return request.start, request.end


def _refuse_uncarried(facts: Facts) -> None:
    orphans = [" ".join(audits.label(clause.key, facts)) for clause in audits.nobodys(facts)]
    if orphans:
        fix = "在 departments 的职能里补上承担的部门：gbtool profile"
        raise Refused(f"{len(orphans)} 个适用条款没有部门承担，排不进计划：{'、'.join(orphans[:5])}", fix)


def _team(request: Request, facts: Facts) -> tuple[assignment.Auditor, ...]:
    known = {auditor.name: auditor for auditor in assignment.auditors(facts)}
    strange = [name for name in request.team if name not in known]
    if strange:
        listed = "、".join(known) or "（还没有）"
        fix = "先写进 internal_auditors；外部人员用 --outside"
        raise WrongValues([Complaint("--team", f"{'、'.join(strange)} 不在内审员名单里：{listed}", fix)])
    inside = [known[name] for name in request.team] if request.team else list(known.values())
    team = (*inside, *(assignment.Auditor(name, frozenset()) for name in request.outside))
    if request.lead and request.lead not in {auditor.name for auditor in team}:
        raise WrongValues([Complaint("--lead", f"组长 {request.lead} 不在审核组里")])
    return team


def _entry(
    request: Request,
    days: tuple[date, date],
    team: tuple[assignment.Auditor, ...],
    slots: tuple[assignment.Slot, ...],
    facts: Facts,
) -> Entry:
    number, audit = _numbers(days[0], facts)
    start, end = (day.isoformat() for day in days)
    manual = next((f"{d.number}《{d.title}》" for d in facts.documents if d.id == "ip-manual"), "知识产权手册")
    data = {
        "document": PAPER,
        "number": number,
        "audit": audit,
        "version": facts.client.text("doc_version"),
        "criteria": [facts.standard.cite, manual, "适用的法律法规和合同"],
        "scope": f"全部{len(facts.client.departments)}个部门，全部{len(facts.clauses)}个适用条款",
        **request.signing.data,
        "start": start,
        "end": end,
        "lead": request.lead,
        "team": [_member(auditor, facts) for auditor in team],
        "opening": {"date": start, "from": assignment.OPENING[0], "to": assignment.OPENING[1]},
        "closing": {"date": end, "from": assignment.CLOSING[0], "to": assignment.CLOSING[1]},
        "slots": [_slot(slot, facts) for slot in slots],
        "independence": _independence(slots, facts),
    }
    return Entry(EntryKind.AUDIT_PLAN, number, form=PAPER, data=data)


def _numbers(start: date, facts: Facts) -> tuple[str, str]:
    """The plan's number and the audit's: those of the plan that is under way, else the next ones."""
    reported = {report.text("audit") for report in facts.of(EntryKind.AUDIT_REPORT)}
    plans = facts.of(EntryKind.AUDIT_PLAN)
    for plan in plans:
        if plan.text("audit") not in reported:
            return plan.id, plan.text("audit")
    number = numbering.number_of(PAPER, facts)
    audit = numbering.running(f"{facts.client.code}-NS-{start.year}", (plan.text("audit") for plan in plans))
    return (f"{number}-{audit[-7:]}" if number in {plan.id for plan in plans} else number), audit


def _member(auditor: assignment.Auditor, facts: Facts) -> dict[str, object]:
    paper = facts.paper("appt-auditors")
    document = facts.document("appt-auditors")
    appointed = paper.text("date") if paper else document.issued if document else ""
    home = next(
        (str(r.get("部门")) for r in facts.client.rows("internal_auditors") if r.get("姓名") == auditor.name), ""
    )
    return {"name": auditor.name, "department": home or "外部", "trained": auditor.trained, "appointed": appointed}


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


def _independence(slots: tuple[assignment.Slot, ...], facts: Facts) -> str:
    """Who audits the departments of the auditors."""
    homes = {home for slot in slots for home in assignment.homes(slot.auditor, facts)}
    crossed = dict.fromkeys((slot.visit.department.name, slot.auditor) for slot in slots)
    parts = [f"{department}由{auditor}审" for department, auditor in crossed if department in homes]
    return "；".join(["内审员均不审本部门", *(["，".join(parts)] if parts else [])])


def _checked(entry: Entry, facts: Facts) -> Plan:
    own = list(_own_department(entry, facts))
    if own:
        raise Refused(
            "内审员不审本部门、不审本人的工作（IA-003、DT-17）：\n" + "\n".join(own), "换人审核，或请外部人员"
        )
    remarks = keeping.refuse(consequences.objections(facts, [entry], RULES), "审核计划不能这样排")
    return Plan(entry, (*remarks, *_remarks(entry, facts)), tuple(_open(entry)))


def _own_department(entry: Entry, facts: Facts) -> Iterator[str]:
    for slot in entry.rows("slots"):
        auditor, department = str(slot.get("auditor") or ""), str(slot.get("department") or "")
        if department in assignment.homes(auditor, facts):
            yield f"{slot.get('date')} {slot.get('from')} {auditor} 审 {department}，是本部门"


def _remarks(entry: Entry, facts: Facts) -> Iterator[str]:
    planned = {str(key) for slot in entry.rows("slots") for key in _list(slot.get("clauses"))}
    missing = [" ".join(audits.label(c.key, facts)) for c in facts.clauses if not audits.covered(c.key, planned, facts)]
    if missing:
        yield f"{len(missing)} 个适用条款没有排：{'、'.join(missing[:5])}{'…' if len(missing) > 5 else ''}（IA-006）"  # noqa: PLR2004 # five are shown
    for slot in entry.rows("slots"):
        day = as_date(slot.get("date"))
        if day and facts.calendar.is_workday(day) is False:
            yield f"{slot.get('department')} 的审核日 {day} 不是工作日"
    for row in entry.rows("team"):
        if not row.get("trained") or str(row.get("trained")) > entry.text("start"):
            yield f"{row.get('name')} 没有审核前的培训日期"


def _open(entry: Entry) -> Iterator[str]:
    if not entry.text("lead"):
        yield "还没有定组长：--lead 姓名"
    compiled: Mapping[str, object] = entry.mapping("compiled")
    if not (compiled.get("name") and compiled.get("date")):
        yield "没有写谁在哪天编制：--compiled-by 姓名 --compiled 日期"


def _list(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()
