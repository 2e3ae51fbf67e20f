"""`gbtool review plan` and `input`: who brings what, and what the ledger holds of it, per department."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, gather, keeping, numbering
from gbtool.commands.audit import checklist as audit_checklist
from gbtool.commands.reviews import papers as review_papers
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import filled_form, paper
from gbtool.errors import Complaint, FileFaults, Refused, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences, reviews
from gbtool.shelf import ledger_files
from gbtool.shelf.written import dumping
from gbtool.store.database import Action
from gbtool.structs import Frozen

PLAN = "plan-review"
PLAN_RULES = ("DT-22", "CN-05")
INPUT_RULES = ("DT-23", "CN-22")
NOTE = """\
{department}的{管理评审}输入。带“【台账数据】”的内容取自台账，由部门核对、补写，“建议”由部门写；写完删去标记，登记：
# gbtool review input --from 本文件"""
DRAFT = "草稿：内容取自台账，只有数字和出处，没有评价；由部门核对、补写并提出建议后签字。"


class Plan(Frozen):
    """What a plan of a review holds, days as ISO text: when, where, inputs until when, signers."""

    held: str
    place: str = ""
    inputs_due: str = ""
    compiled_by: str = ""
    compiled: str = ""
    approved_by: str = ""
    approved: str = ""
    participants: tuple[str, ...] = ()


class Planned(Frozen):
    """The plan as it is kept, its papers, what is to be said about it."""

    entry: Entry
    papers: tuple[keeping.Written, ...]
    remarks: tuple[str, ...]


class Draft(Frozen):
    """A department's inputs as the ledger has them, and what became of the files."""

    department: str
    lines: tuple[reviews.Line, ...]
    written: tuple[keeping.Written, ...]


def plan(work: Workspace, wish: Plan, today: date, cache: Path | None = None, *, again: bool = False) -> Planned:
    """Keep the plan of a review and print it.

    Raises:
        Refused: the audit is not reported yet, or later than the review (DT-22).
        WrongValues: a day or a signer is missing.
    """
    facts = gather.gather(work, today)
    faults = list(_faults(wish, today))
    if faults:
        raise WrongValues(faults)
    wrong = reviews.before_audit_report(facts, wish.held)
    if wrong:
        raise Refused(wrong, f"先出{facts.say('内审')}报告：gbtool audit report")
    entry = _entry(wish, facts, today)
    remarks = keeping.refuse(
        consequences.objections(facts, [entry], PLAN_RULES), f"{facts.say('管理评审')}计划不能这样定"
    )
    papers = keeping.Papers(work, again, facts.words)
    desk = drafts.desk(work, facts, cache)
    made = review_papers.plan(entry, facts)
    papers.word(keeping.REVIEW, f"{made.number} {made.title}", paper(made, desk))
    keeping.keep(work, Action(today, wish.approved_by, f"{facts.say('管理评审')}计划 {entry.id}"), [entry], papers)
    return Planned(entry, tuple(papers.written), (*remarks, *_uncounted(wish, facts)))


def _uncounted(wish: Plan, facts: Facts) -> Iterator[str]:
    """That working days of a year without a published calendar were not counted."""
    notice = facts.periods["review.notice"]
    if notice.before(date.fromisoformat(wish.held), facts.calendar) is None:
        yield f"还没有 {wish.held[:4]} 年的放假安排，计划是不是提前{notice}没有核对：请按国务院的安排数一数"


def _faults(wish: Plan, today: date) -> Iterator[Complaint]:
    yield from filling.day_faults("--held", wish.held, date.max)
    wanted = {"--compiled-by": wish.compiled_by, "--approved-by": wish.approved_by}
    yield from (Complaint(option, "不能空着") for option, value in wanted.items() if not value)
    yield from filling.day_faults("--approved", wish.approved, today)
    if wish.compiled:
        yield from filling.day_faults("--compiled", wish.compiled, today)
    if wish.inputs_due:
        yield from filling.day_faults("--inputs-due", wish.inputs_due, date.max)


def _entry(wish: Plan, facts: Facts, today: date) -> Entry:
    top = facts.client.post("top_manager")
    shares = reviews.shares_to_plan(facts)
    everyone = wish.participants or tuple(d.head for d in facts.client.departments if d.head)
    day = wish.inputs_due or _inputs_due(wish.held, facts)
    due = {"due": day} if day else {}
    data: dict[str, object] = {
        "document": PLAN,
        "number": _plan_number(wish.held, facts),
        "version": facts.client.text("doc_version"),
        "compiled": {"name": wish.compiled_by, "date": wish.compiled or wish.approved},
        "approved": {"name": wish.approved_by, "date": wish.approved},
        "review_date": wish.held,
        "chair": top.name if top else "",
        **({"place": wish.place} if wish.place else {}),
        "participants": list(dict.fromkeys(everyone)),
        "inputs": [{"department": name, "items": list(items), **due} for name, items in shares.items()],
    }
    number = str(data["number"])
    return Entry(EntryKind.REVIEW_PLAN, number, wish.approved, today.isoformat(), PLAN, data)


def _plan_number(held: str, facts: Facts) -> str:
    """The plan's number; that of the next review gets its day behind it once the one before was reported."""
    number, last = numbering.number_of(PLAN, facts), facts.one(EntryKind.REVIEW_PLAN)
    if last is None:
        return number
    reported = any(report.text("review_date") >= last.date for report in facts.of(EntryKind.REVIEW_REPORT))
    return f"{number}-{held}" if reported and last.text("review_date") != held else last.id


def _inputs_due(held: str, facts: Facts) -> str:
    """The last day for inputs by the period that the texts set, empty where the calendar does not know the year."""
    last = facts.periods["review.input"].before(date.fromisoformat(held), facts.calendar)
    return last.isoformat() if last else ""


def drafts_of(facts: Facts, departments: Sequence[str] = ()) -> Mapping[str, tuple[reviews.Line, ...]]:
    """What the ledger holds for each department's inputs."""
    names = [name for name in reviews.shares(facts) if not departments or name in departments]
    return {name: reviews.lines(name, facts) for name in names}


def inputs(
    work: Workspace, departments: Sequence[str], today: date, cache: Path | None = None, *, again: bool = False
) -> tuple[Draft, ...]:
    """A draft for each department, to print and to complete.

    Raises:
        UsageError: there is no such department.
    """
    facts = gather.gather(work, today)
    for name in departments:
        audit_checklist.known(name, facts)
    desk = drafts.desk(work, facts, cache)
    form = numbering.specification(reviews.INPUT, facts)
    papers = keeping.Papers(work, again, facts.words)
    result = []
    for name, lines in drafts_of(facts, departments).items():
        before = len(papers.written)
        record = _record(name, lines, facts)
        papers.word(
            keeping.REVIEW, f"{record.text('number')} {form.title} {name} 草稿", filled_form(form, record, desk)
        )
        papers.text(keeping.REVIEW, f"输入 {name}", _file(name, record, facts))
        result.append(Draft(name, lines, tuple(papers.written[before:])))
    keeping.keep(work, None, (), papers)
    return tuple(result)


def _record(department: str, lines: Sequence[reviews.Line], facts: Facts) -> Entry:
    own = next((d for d in facts.client.departments if d.name == department), None)
    form = numbering.specification(reviews.INPUT, facts)
    data = {
        **numbering.about(reviews.INPUT, facts),
        "head": {"部门": department, "编写人": own.head if own else "", "日期": ""},
        "rows": [line.row for line in lines],
        "sign": [{"role": role, "name": "", "date": ""} for role in form.fields.sign],
        "note": DRAFT,
    }
    return Entry(EntryKind.RECORD, "", "", "", reviews.INPUT, data)


def _file(department: str, record: Entry, facts: Facts) -> str:
    about = {name: record.data[name] for name in numbering.about(reviews.INPUT, facts)}
    row = {"id": f"{about['number']}-待编", "date": "", **{n: record.data[n] for n in ("head", "rows", "sign")}}
    data = {"form": reviews.INPUT, **about, "records": [{**row, "data_until": facts.today.isoformat()}]}
    return dumping.dumped(data, facts.words.said(NOTE).format(department=department))


def take(work: Workspace, source: Path, today: date) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Keep inputs that departments completed; the entries and what is to be said about them.

    Raises:
        FileFaults: the file does not fit, or still carries the mark of a draft.
        Refused: an input is dated after the review (DT-23).
    """
    facts = gather.gather(work, today)
    form = numbering.specification(reviews.INPUT, facts)
    found = ledger_files.read_entries(source, source.name, {form.id: form}, today)
    marked = [e for e in found if any(reviews.MARK in str(row.get("内容") or "") for row in e.rows())]
    if marked:
        fix = "部门核对、补写后删去标记再登记"
        raise FileFaults(
            Complaint(source.name, f"{e.mapping('head').get('部门')} 的内容还带“{reviews.MARK}”", fix) for e in marked
        )
    known = list(facts.records(reviews.INPUT))
    kept: list[Entry] = []
    for entry in found:
        kept.append(_numbered(entry, (*known, *kept), facts, today))
    remarks = keeping.refuse(consequences.objections(facts, kept, INPUT_RULES), "输入材料不能这样登记")
    keeping.keep(work, Action(today, "", f"{facts.say('管理评审')}输入 {len(kept)} 份"), kept)
    return tuple(kept), remarks


def _numbered(entry: Entry, known: Sequence[Entry], facts: Facts, today: date) -> Entry:
    """The number that the department's input of this review has already, else the next one."""
    last, mine = reviews.former(facts), entry.mapping("head").get("部门")
    same = (e.id for e in known if e.mapping("head").get("部门") == mine and e.date > last)
    number = numbering.number_of(reviews.INPUT, facts)
    id_ = next(same, "") or numbering.running(number, (each.id for each in known), 3)
    data = {**numbering.about(reviews.INPUT, facts), **entry.data}
    return Entry(entry.kind, id_, entry.date, today.isoformat(), entry.form, data)
