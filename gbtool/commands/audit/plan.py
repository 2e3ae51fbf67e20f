"""`gbtool audit plan`: an assignment in which nobody audits his own department, proposed, checked and kept."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, gather, keeping, numbering
from gbtool.commands.audit import papers as audit_papers
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import paper
from gbtool.errors import Complaint, FileFaults, Refused, UsageError, WrongValues
from gbtool.model.checklist import AuditQuestion
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import assignment, audits, consequences
from gbtool.rules.auditing import absence, coverage, own_work
from gbtool.shelf import auditing, catalogue, checklists, ledger_files
from gbtool.store.database import Action
from gbtool.structs import Frozen, field, replace

PAPER = "plan-audit"
RULES = ("DT-16", "DT-17", "DT-61", "CN-03", "CN-05")


class Signing(Frozen):
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


class Request(Frozen):
    """What is asked of a plan: its days, lead and team (all auditors when empty), people from outside, who is away.

    Minutes of a question are those of the file `checklists/audit-time.yaml` when 0. People from outside are written
    `姓名` or `姓名=培训日期`, absences `姓名=日期`, `姓名=日期至日期`, `姓名=日期上午`.
    """

    start: date | None = None
    end: date | None = None
    lead: str = ""
    team: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    minutes: int = 0
    signing: Signing = Signing()
    away: tuple[str, ...] = ()


class Plan(Frozen):
    """A plan, what is to be said, what is open, the papers made of it; the matrix and the functions' names."""

    entry: Entry
    remarks: tuple[str, ...]
    open: tuple[str, ...]
    matrix: tuple[coverage.Square, ...] = ()
    facts: Facts | None = None
    names: Mapping[str, str] = field(default_factory=dict)
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
    days = assignment.working_days(facts, start, end)
    if not days:
        raise Refused(f"{start} 至 {end} 没有工作日", "换 --start、--end；节假日按国务院的安排")
    team, untrained = _team(request, start, facts)
    away = _away(request, facts, team)
    questions, minutes = _minutes(work, facts, request.minutes)
    needed: dict[str, dict[str, float]] = {}
    for department in facts.client.departments:
        own = needed.setdefault(department.name, {})
        for each in audits.asked(department, questions, facts):
            own[each.clause] = own.get(each.clause, 0.0) + minutes[each.id]
    try:
        terms = assignment.Terms(team, days, away)
        slots = assignment.propose(assignment.visits(facts, needed), terms, facts)
    except Refused as refused:
        raise Refused("\n".join((refused.message, *untrained)), refused.fix) from None
    plan = _checked(work, _entry(request, terms, slots, facts), facts, request.minutes)
    return replace(plan, remarks=(*plan.remarks, *untrained))


def _minutes(work: Workspace, facts: Facts, each: int) -> tuple[tuple[AuditQuestion, ...], dict[str, float]]:
    """The questions of the edition and how long each takes."""
    questions = checklists.audit_questions(facts.standard.key, work.shelves)
    time = auditing.audit_time(work.shelves)
    return questions, {question.id: float(each or time.of(question)) for question in questions}


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
    return _checked(work, found[0], facts)


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
    papers = keeping.Papers(work, again, facts.words)
    desk = drafts.desk(work, facts)
    made = audit_papers.plan(entry, desk, plan.names)
    papers.word(keeping.AUDIT, f"{made.number} {made.title}", paper(made, desk))
    keeping.keep(work, Action(today, str(compiled.get("name") or ""), f"审核计划 {entry.id}"), [entry], papers)
    return replace(plan, entry=entry, papers=tuple(papers.written), saved=True)


def _days(request: Request, facts: Facts) -> tuple[date, date]:
    if request.start is None or request.end is None:
        raise UsageError("没有审核日期", "--start、--end 由你定，gbtool 不替你选；已写好的计划用 --from 文件")
    if request.end < request.start:
        raise UsageError(f"--end {request.end} 早于 --start {request.start}")
    if facts.effective and request.start < facts.effective:
        raise Refused(
            f"{facts.say('内审')} {request.start} 早于体系实施日 {facts.effective}", f"运行以后再{facts.say('内审')}"
        )
    return request.start, request.end


def _refuse_uncarried(facts: Facts) -> None:
    if not facts.clauses:
        fix = "机构自己写 matrix.yaml 和 audit/ 的问题，放在自己书架的同名位置"
        raise Refused(f"{facts.standard.cite} 没有职能与条款矩阵，排不了{facts.say('内审')}", fix)
    orphans = [" ".join(audits.label(clause.key, facts)) for clause in audits.nobodys(facts)]
    if orphans:
        fix = "在 departments 的职能里补上承担的部门：gbtool profile"
        raise Refused(f"{len(orphans)} 个适用条款没有部门承担，排不进计划：{'、'.join(orphans[:5])}", fix)


def _team(request: Request, start: date, facts: Facts) -> tuple[tuple[assignment.Auditor, ...], tuple[str, ...]]:
    """Who may audit, and what is to be said of those who were not trained before."""
    known = {auditor.name: auditor for auditor in assignment.auditors(facts)}
    strange = [name for name in request.team if name not in known]
    if strange:
        listed = "、".join(known) or "（还没有）"
        fix = "先写进 internal_auditors；外部人员用 --outside"
        raise WrongValues([Complaint("--team", f"{'、'.join(strange)} 不在{facts.say('内审员')}名单里：{listed}", fix)])
    inside = [known[name] for name in request.team] if request.team else list(known.values())
    ready = [auditor for auditor in inside if auditor.trained_before(start)]
    untrained = tuple(
        f"{a.name} 在 {start} 以前没有培训（{a.trained or '没有日期'}），没有排：先培训、后审核"
        for a in inside
        if a not in ready
    )
    team = (*ready, *map(_outsider, request.outside))
    if request.lead and request.lead not in {auditor.name for auditor in team}:
        raise WrongValues([Complaint("--lead", f"组长 {request.lead} 不在审核组里", "\n".join(untrained))])
    return team, untrained


def _outsider(text: str) -> assignment.Auditor:
    """Somebody from outside, with the day of the training where it is written behind the name."""
    name, _, trained = text.replace("＝", "=").partition("=")
    if trained and as_date(trained.strip()) is None:
        raise WrongValues([Complaint("--outside", f"“{text}”应当写成 姓名 或 姓名=培训日期")])
    return assignment.Auditor(name.strip(), frozenset(), trained.strip())


def _away(request: Request, facts: Facts, team: tuple[assignment.Auditor, ...]) -> tuple[absence.Absence, ...]:
    """The absences of a request, of people whom the audit needs."""
    found = {text: absence.written(text) for text in request.away}
    shape = "姓名=2026-08-24、姓名=2026-08-24至2026-08-26 或 姓名=2026-08-24上午"
    faults = [Complaint("--away", f"“{text}”应当写成 {shape}") for text, each in found.items() if each is None]
    heads = {name for department in facts.client.departments for name in audits.auditees(department, facts)}
    known = {auditor.name for auditor in team} | heads
    given = tuple(each for each in found.values() if each)
    faults += [
        Complaint(
            "--away",
            f"{each.name} 不是{facts.say('内审员')}，也不是部门负责人",
            f"要用到的人：{'、'.join(sorted(known))}",
        )
        for each in given
        if each.name not in known
    ]
    if faults:
        raise WrongValues(faults)
    return given


def _entry(
    request: Request,
    terms: assignment.Terms,
    slots: tuple[assignment.Slot, ...],
    facts: Facts,
) -> Entry:
    number, audit = _numbers(terms.days[0], facts)
    start, end = (day.isoformat() for day in (terms.days[0], terms.days[-1]))
    manual = next((f"{d.number}《{d.title}》" for d in facts.documents if d.id == facts.manual_id), "知识产权手册")
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
        "team": [_member(auditor, facts) for auditor in terms.team],
        "opening": {"date": start, "from": assignment.OPENING[0], "to": assignment.OPENING[1]},
        "closing": {"date": end, "from": assignment.CLOSING[0], "to": assignment.CLOSING[1]},
        "slots": [_slot(slot, facts) for slot in slots],
        "independence": _independence(slots, facts),
        **({"away": [each.data for each in terms.away]} if terms.away else {}),
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
    audit = numbering.running(numbering.series("NS", start.year, facts), (plan.text("audit") for plan in plans))
    return (f"{number}-{audit[-7:]}" if number in {plan.id for plan in plans} else number), audit


def _member(auditor: assignment.Auditor, facts: Facts) -> dict[str, object]:
    """An auditor of the team; the notice of appointment speaks for the client's own auditors, not for others."""
    paper = facts.paper("appt-auditors")
    document = facts.document("appt-auditors")
    noticed = paper.text("date") if paper else document.issued if document else ""
    home = next(
        (str(r.get("部门")) for r in facts.client.rows("internal_auditors") if r.get("姓名") == auditor.name), ""
    )
    appointed = noticed if home else ""
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
    return "；".join([f"{facts.say('内审员')}均不审本部门", *(["，".join(parts)] if parts else [])])


def _checked(work: Workspace, entry: Entry, facts: Facts, minutes: int = 0) -> Plan:
    own = list(_own_department(entry, facts))
    if own:
        raise Refused(
            f"{facts.say('内审员')}不审本部门、不审本人的工作（IA-003、DT-17）：\n" + "\n".join(own),
            "换人审核，或请外部人员",
        )
    gone = [
        f"{slot.get('date')} {slot.get('from')} {name} 审 {slot.get('department')}，但是不在（{each}）"
        for slot, name, each in absence.missed(entry)
        if name == slot.get("auditor")
    ]
    if gone:
        raise Refused(f"{facts.say('内审员')}不在：\n" + "\n".join(gone), "换人或者调开时段")
    remarks = keeping.refuse(consequences.objections(facts, [entry], RULES), "审核计划不能这样排")
    names = {**catalogue.vocabulary(work.shelves).functions, **facts.standard.head.functions}
    matrix = coverage.squares(entry, facts)
    questions, needed = _minutes(work, facts, minutes)
    said = (*remarks, *_remarks(entry, facts), *_uncovered(coverage.holes(matrix, facts, names)))
    short = map(str, coverage.tight(entry, questions, needed, facts))
    return Plan(entry, (*said, *short), tuple(_open(entry)), matrix, facts, names)


def _own_department(entry: Entry, facts: Facts) -> Iterator[str]:
    for slot in entry.rows("slots"):
        auditor, department = str(slot.get("auditor") or ""), str(slot.get("department") or "")
        if department in assignment.homes(auditor, facts):
            yield f"{slot.get('date')} {slot.get('from')} {auditor} 审 {department}，是本部门"


def _uncovered(holes: tuple[str, ...]) -> Iterator[str]:
    if holes:
        yield f"{len(holes)} 处条款和职能没有排（IA-006）：\n" + "\n".join(f"  {each}" for each in holes)


def _remarks(entry: Entry, facts: Facts) -> Iterator[str]:
    for slot, name, each in absence.missed(entry):
        yield f"{slot.get('date')} {slot.get('from')} 审 {slot.get('department')}，{name} 不在（{each}）：写明由谁陪同"
    days = [(day, slot) for slot in entry.rows("slots") if (day := as_date(slot.get("date")))]
    for day, slot in days:
        if day not in assignment.working_days(facts, day, day):
            yield f"{slot.get('department')} 的审核日 {day} 不是工作日"
    for year in sorted({day.year for day, _ in days} - facts.calendar.years):
        yield f"还没有 {year} 年的放假安排，按周一至周五算工作日：请核对国务院的安排"
    for row in entry.rows("team"):
        if not row.get("trained") or str(row.get("trained")) >= entry.text("start"):
            yield f"{row.get('name')} 没有审核前的培训日期"
    yield from own_work.signed(entry, facts)


def _open(entry: Entry) -> Iterator[str]:
    if not entry.text("lead"):
        yield "还没有定组长：--lead 姓名"
    compiled: Mapping[str, object] = entry.mapping("compiled")
    if not (compiled.get("name") and compiled.get("date")):
        yield "没有写谁在哪天编制：--compiled-by 姓名 --compiled 日期"
