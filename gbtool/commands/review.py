"""`gbtool review`: what the ledger gives to the management review, its plan, its minutes and report."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gbtool.commands.drafts import desk
from gbtool.commands.gather import gather
from gbtool.commands.record import next_id
from gbtool.commands.workspace import OUTPUT, Workspace
from gbtool.documents import papers, placing
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import audits, period
from gbtool.rules.readiness import nonconformity_is_closed
from gbtool.rules.reading import milestone
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

FOLDER = f"{OUTPUT}/管理评审"
RIGHTS = {
    "patent": "授权专利",
    "application": "在审申请",
    "trademark": "商标",
    "copyright": "著作权",
    "trade-secret": "商业秘密",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One thing that the ledger says: which input it is, the words, and where each figure comes from."""

    topic: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the review decided: matter, department, person, due day."""

    item: str
    department: str
    person: str
    due: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """When the review was held, who chaired, who was there, what was decided, who signs the report when."""

    held: date
    chair: str
    present: tuple[str, ...]
    decisions: tuple[Decision, ...]
    compiled_by: str
    issued: date
    conclusion: str


def inputs(work: Workspace, today: date) -> tuple[Input, ...]:
    """What the ledger gives to the review: figures with their sources, never a judgement."""
    facts = gather(work, today)
    return (*_targets(facts), *_audit(facts), *_records(facts), *_rights(facts), *_decided(facts))


def _targets(facts: Facts) -> tuple[Input, ...]:
    found = []
    for record in facts.records("rec-target-assessment"):
        when = record.mapping("head").get("统计周期") or record.date
        for row in record.rows():
            text = f"{row.get('目标')}：目标值{row.get('目标值')}，实际{row.get('实际值')}（{when}）"
            found.append(Input("目标完成情况", text, f"{record.id}，{row.get('数据出处') or '没有写出处'}"))
    return tuple(found)


def _audit(facts: Facts) -> tuple[Input, ...]:
    report = facts.one(EntryKind.AUDIT_REPORT)
    if report is None:
        return ()
    open_ = [n for r in audits.reports(facts) if nonconformity_is_closed(r, facts) and (n := _number(r))]
    total = len(audits.reports(facts))
    text = f"不符合{total}项，已关闭{total - len(open_)}项" + (f"，没有关闭：{'、'.join(open_)}" if open_ else "")
    return (Input("内审结果", text, f"{report.id}，{report.text('issued')}"),)


def _number(report: Entry) -> str:
    return str(report.mapping("head").get("编号") or report.id)


def _records(facts: Facts) -> tuple[Input, ...]:
    held = [f"{span.name} {span.records}份" for span in period.months(facts)]
    holes = [f"{span.name}缺{due.title}" for span in period.months(facts) for due in span.missing]
    text = "逐月记录：" + "，".join(held) + (f"；{'；'.join(holes)}" if holes else "")
    return (Input("体系运行", text, "台账记录"),) if held else ()


def _rights(facts: Facts) -> tuple[Input, ...]:
    counted = Counter(str(right.get("kind")) for right in facts.of(EntryKind.RIGHT))
    text = "，".join(f"{word}{counted[kind]}件" for kind, word in RIGHTS.items() if counted[kind])
    return (Input("知识产权现状", text, f"台账，截至{facts.today}"),) if text else ()


def _decided(facts: Facts) -> tuple[Input, ...]:
    rows = [(record, row) for record in facts.records("rec-review-tracking") for row in record.rows()]
    return tuple(
        Input("以往措施", f"{row.get('决议事项')}：{row.get('实际完成日期') or '没有完成'}", record.id)
        for record, row in rows
    )


def input_paper(work: Workspace, today: date, cache: Path | None) -> str:
    """The inputs as Word, for the departments to check and to comment; the relative path of the new file."""
    facts = gather(work, today)
    rows = tuple((each.topic, each.text, each.source, "") for each in inputs(work, today))
    blocks = (
        papers.Text(f"下列数字取自台账，截至{today}；部门核对后填意见，不在这里下结论。"),
        papers.Table(("输入项", "内容", "数据与证据", "部门意见"), rows, (10, 34, 22, 16)),
        papers.Signatures(("编制", "审核")),
    )
    number = f"{facts.client.code}-IPM-JL-24-01"
    paper = papers.Paper("rec-review-input", "管理评审输入材料", number, blocks, facts.client.text("doc_version"))
    return _write(work, "管理评审输入材料", papers.paper(paper, desk(work, facts, cache)))


def _write(work: Workspace, name: str, data: bytes) -> str:
    path = _free(work, name)
    with placing.placed({work.folder / path: data}, ()):
        return path


def _free(work: Workspace, name: str) -> str:
    names = (f"{FOLDER}/{name}{suffix}.docx" for suffix in ("", *(f"（{n}）" for n in range(2, 1000))))
    return next(each for each in names if not (work.folder / each).exists())


def plan(work: Workspace, held: date, signed: tuple[str, str, date], today: date) -> Entry:
    """Keep the plan of a review: the day, and who compiled and approved it when.

    Raises:
        Refused: the audit is not reported yet, or later than the review (DT-22).
    """
    facts = gather(work, today)
    _after_audit(facts, held)
    compiled_by, approved_by, approved = signed
    number, day = f"{facts.client.code}-IPM-JH-09", approved.isoformat()
    top = facts.client.post("top_manager")
    data: dict[str, object] = {
        "document": "plan-review",
        "number": number,
        "compiled": {"name": compiled_by, "date": day},
        "approved": {"name": approved_by, "date": day},
        "review_date": held.isoformat(),
        "chair": top.name if top else "",
        "participants": [department.head for department in facts.client.departments],
    }
    return _keep(
        work, Entry(EntryKind.REVIEW_PLAN, number, day, today.isoformat(), data=data), "批准管理评审计划", today
    )


def _after_audit(facts: Facts, held: date) -> None:
    issued = milestone(facts.one(EntryKind.AUDIT_REPORT), "issued")
    if issued is None:
        raise Refused("还没有内审报告，不能管理评审", "先做完内审：gbtool audit report")
    if held < issued.day:
        raise Refused(f"评审日 {held} 早于内审报告 {issued.day}（DT-22）", "改到内审报告以后")


def _keep(work: Workspace, entry: Entry, what: str, today: date, *more: Entry) -> Entry:
    by = str(entry.mapping("approved").get("name") or "")
    with open_ledger(work.ledger, write=True) as ledger, ledger.transaction(Action(today, by, what)) as change:
        entries.put(change, [entry, *more])
    return entry


def decision(text: str) -> Decision:
    """A decision as typed: `事项;部门;责任人;期限`.

    Raises:
        UsageError: it is not written like this.
    """
    parts = [part.strip() for part in text.replace("；", ";").split(";")]
    if len(parts) != len(Decision.__slots__) or not all(parts):
        raise UsageError(f"“{text}”应当写成 事项;部门;责任人;期限")
    return Decision(*parts)


def report(work: Workspace, meeting: Meeting, today: date, cache: Path | None) -> tuple[Entry, str]:
    """Keep minutes and report of a review that was held, and make the report as Word.

    Raises:
        Refused: before the audit's report, or not chaired by the top manager.
        WrongValues: a due day is not real or before the review, a department is not known, or a day is not yet come.
    """
    facts = gather(work, today)
    _after_audit(facts, meeting.held)
    faults = _faults(facts, meeting, today)
    if faults:
        raise WrongValues(faults)
    number, day = f"{facts.client.code}-IPM-BG-03", meeting.issued.isoformat()
    data: dict[str, object] = {
        "document": "report-review",
        "number": number,
        "review_date": meeting.held.isoformat(),
        "compiled": {"name": meeting.compiled_by, "date": day},
        "approved": {"name": meeting.chair, "date": day},
        "issued": day,
        "conclusion": meeting.conclusion,
        "nonconformities_closed": [_number(r) for r in audits.reports(facts) if not nonconformity_is_closed(r, facts)],
        "decisions": [
            {"item": d.item, "department": d.department, "person": d.person, "due": d.due} for d in meeting.decisions
        ],
    }
    entry = Entry(EntryKind.REVIEW_REPORT, number, day, today.isoformat(), data=data)
    paper = _paper(facts, entry, meeting, inputs(work, today))
    file = _free(work, "管理评审报告")
    with placing.placed({work.folder / file: papers.paper(paper, desk(work, facts, cache))}, ()):
        _keep(work, entry, "批准管理评审报告", today, _minutes(work, facts, meeting, today))
    return entry, file


def _faults(facts: Facts, meeting: Meeting, today: date) -> list[Complaint]:
    top = facts.client.post("top_manager")
    names = [department.name for department in facts.client.departments]
    faults = [
        Complaint(where, f"{day} 在今天（{today}）以后，还没有发生")
        for where, day in (("--held", meeting.held), ("--issued", meeting.issued))
        if day > today
    ]
    if top and meeting.chair != top.name:
        faults.append(Complaint("--chair", f"管理评审由最高管理者（{top.name}）主持，写的是 {meeting.chair}"))
    if meeting.issued < meeting.held:
        faults.append(Complaint("--issued", f"{meeting.issued} 早于评审日 {meeting.held}"))
    for each in meeting.decisions:
        due = as_date(each.due)
        if due is None or due < meeting.held:
            faults.append(Complaint(f"--decision {each.item}", f"期限“{each.due}”不是日期，或早于评审日（DT-25）"))
        if each.department not in names:
            faults.append(Complaint(f"--decision {each.item}", f"没有部门“{each.department}”"))
    return faults


def _minutes(work: Workspace, facts: Facts, meeting: Meeting, today: date) -> Entry:
    with open_ledger(work.ledger) as ledger:
        known = [entry.id for entry in entries.read(ledger)]
    number, day = f"{facts.client.code}-IPM-JL-24-02", meeting.held.isoformat()
    rows: Sequence[Mapping[str, object]] = [
        {"序号": str(n), "议题": d.item, "决议": d.item, "责任部门": d.department, "期限": d.due}
        for n, d in enumerate(meeting.decisions, 1)
    ]
    data = {
        "number": number,
        "title": "管理评审会议记录与签到",
        "head": {"日期": day, "主持人": meeting.chair, "记录人": meeting.compiled_by},
        "rows": list(rows),
        "foot": {"签到": list(meeting.present)},
    }
    return Entry(EntryKind.RECORD, next_id(number, known), day, today.isoformat(), "rec-review-minutes", data)


def _paper(facts: Facts, entry: Entry, meeting: Meeting, given: Sequence[Input]) -> papers.Paper:
    decided = tuple((d.item, d.department, d.person, d.due) for d in meeting.decisions)
    blocks = (
        papers.Heading("评审概况"),
        papers.Text(f"{meeting.held}由{meeting.chair}主持，参加人：{'、'.join(meeting.present)}。"),
        papers.Heading("评审输入"),
        papers.Table(("输入项", "内容", "数据与证据"), tuple((i.topic, i.text, i.source) for i in given)),
        papers.Heading("决定"),
        papers.Table(("事项", "责任部门", "责任人", "期限"), decided) if decided else papers.Text("没有作出新的决定。"),
        papers.Heading("结论"),
        papers.Text(meeting.conclusion),
        papers.Signatures(("编制", "最高管理者")),
    )
    return papers.Paper("report-review", "管理评审报告", entry.id, blocks, facts.client.text("doc_version"), entry.date)
