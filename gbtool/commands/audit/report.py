"""`gbtool audit report`: counts, nonconformities and distribution from one list, kept and printed."""

from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, gather, keeping, numbering
from gbtool.commands.audit import papers as audit_papers
from gbtool.commands.workspace import Workspace
from gbtool.documents.desk import Desk
from gbtool.documents.papers import filled_form, paper
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import audits, consequences, tallies
from gbtool.store.database import Action
from gbtool.structs import Frozen

PAPER = "report-audit"
DISTRIBUTION = "rec-nc-distribution"
RULES = ("DT-21", "CN-22", "CN-05")
SHOWN = 10


class Signed(Frozen):
    """Who compiled and approved a report, its days as ISO text, and what the auditors themselves say."""

    compiled_by: str
    approved_by: str
    issued: str
    conclusion: str
    compiled: str = ""
    approved: str = ""
    effectiveness: str = ""
    limits: str = ""
    correction_due: str = ""


class Reported(Frozen):
    """The report as the ledger keeps it, its papers, what is to be said about it."""

    report: Entry
    papers: tuple[keeping.Written, ...]
    remarks: tuple[str, ...]


def report(work: Workspace, signed: Signed, today: date, cache: Path | None = None, *, again: bool = False) -> Reported:
    """The report of the audit that is under way.

    Raises:
        Refused: a row has no judgement, a department no checklist, or a rule forbids it; with every reason.
        WrongValues: a day is not real or not yet come, a name or the conclusion is missing.
    """
    facts = gather.gather(work, today)
    faults = _faults(signed, today)
    if faults:
        raise WrongValues(faults)
    reasons, title = list(tallies.unfinished(facts)), facts.words.label("审核报告")
    if reasons:
        more = f"\n……还有 {len(reasons) - SHOWN} 条" if len(reasons) > SHOWN else ""
        raise Refused(f"还不能出{title}：\n" + "\n".join(reasons[:SHOWN]) + more, "审完、判完再出报告；不补造")
    entry, table = _entry(signed, facts, today), _distribution(signed, facts, today)
    remarks = keeping.refuse(consequences.objections(facts, (entry, table), RULES), f"{title}不能这样发布")
    papers = keeping.Papers(work, again, facts.words)
    _print(papers, entry, table, drafts.desk(work, facts, cache))
    keeping.keep(
        work, Action(today, signed.approved_by, f"{facts.say('内部审核')}报告 {entry.id}"), (entry, table), papers
    )
    return Reported(entry, tuple(papers.written), remarks)


def _faults(signed: Signed, today: date) -> list[Complaint]:
    wanted = {"--compiled-by": signed.compiled_by, "--approved-by": signed.approved_by}
    wanted |= {"--conclusion": signed.conclusion}
    faults = [Complaint(option, "不能空着") for option, value in wanted.items() if not value.strip()]
    days = {"--date": signed.issued, "--compiled": signed.compiled, "--approved": signed.approved}
    for option, day in days.items():
        if day or option == "--date":
            faults += filling.day_faults(option, day, today)
    if signed.correction_due:
        faults += filling.day_faults("--correction-due", signed.correction_due, date.max)
    return faults


def _entry(signed: Signed, facts: Facts, today: date) -> Entry:
    plan = audits.plan_of(facts)
    found = tallies.tally(facts)
    said = {
        "limits": signed.limits,
        "effectiveness": signed.effectiveness,
        "conclusion": signed.conclusion,
        "correction_due": signed.correction_due,
    }
    data: dict[str, object] = {
        "document": PAPER,
        "number": _number(plan, facts),
        "audit": plan.text("audit") if plan else "",
        "version": facts.client.text("doc_version"),
        "audit_start": plan.text("start") if plan else "",
        "audit_end": plan.text("end") if plan else "",
        "compiled": {"name": signed.compiled_by, "date": signed.compiled or signed.issued},
        "approved": {"name": signed.approved_by, "date": signed.approved or signed.issued},
        "issued": signed.issued,
        "distributed_to": [department.name for department in facts.client.departments],
        "counts": found.counts,
        "nonconformities": [each.number for each in found.nonconformities],
        **{name: text for name, text in said.items() if text},
    }
    number = str(data["number"])
    return Entry(EntryKind.AUDIT_REPORT, number, signed.issued, today.isoformat(), PAPER, data)


def _number(plan: Entry | None, facts: Facts) -> str:
    """The report's number; that of another audit's report gets the audit's behind it."""
    number, audit = numbering.number_of(PAPER, facts), plan.text("audit") if plan else ""
    taken = any(r.id == number and r.text("audit") != audit for r in facts.of(EntryKind.AUDIT_REPORT))
    return f"{number}-{audit[-7:]}" if taken else number


def _distribution(signed: Signed, facts: Facts, today: date) -> Entry:
    plan = audits.plan_of(facts)
    about = numbering.about(DISTRIBUTION, facts)
    known = facts.records(DISTRIBUTION)
    mine = audits.of_this_audit(known, facts)
    id_ = mine[-1].id if mine else numbering.running(str(about["number"]), (each.id for each in known), 3)
    day = signed.compiled or signed.issued
    period = f"{plan.text('start')}至{plan.text('end')}" if plan else ""
    data = {
        **about,
        "head": {"审核日期": period},
        "rows": list(tallies.distribution(facts)),
        "sign": [{"role": "审核组长", "name": plan.text("lead") if plan else "", "date": day}],
    }
    return Entry(EntryKind.RECORD, id_, day, today.isoformat(), DISTRIBUTION, data)


def _print(papers: keeping.Papers, entry: Entry, table: Entry, desk: Desk) -> None:
    """The report, every nonconformity report and the distribution as Word."""
    facts = desk.facts
    made = audit_papers.report(entry, facts)
    papers.word(keeping.AUDIT, f"{made.number} {made.title}", paper(made, desk))
    form = numbering.specification(audits.NONCONFORMITY, facts)
    for record in audits.reports(facts):
        name = f"{record.id} {form.title} {record.mapping('head').get('编号')}"
        papers.word(keeping.AUDIT, name, filled_form(form, audit_papers.nonconformity(record), desk))
    form = numbering.specification(DISTRIBUTION, facts)
    papers.word(keeping.AUDIT, f"{table.id} {form.title}", filled_form(form, table, desk))
