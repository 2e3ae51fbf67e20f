"""`gbtool review meeting`, `decision` and `report`: what the top manager decided, who does it until when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, gather, keeping, names, numbering
from gbtool.commands.audit import checklist as audit_checklist
from gbtool.commands.reviews import papers as review_papers
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import paper
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences, corrections, reviews
from gbtool.store.database import Action

PAPER = "report-review"
MEETING_RULES = ("DT-22", "DT-26", "DT-52")
DECISION_RULES = ("DT-25",)
REPORT_RULES = ("DT-22", "DT-24", "CN-05")
TOPIC = ("议题", "汇报人", "要点")


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where the review was held, who chaired, recorded and was there, what was talked about."""

    held: str
    chair: str
    present: tuple[str, ...]
    recorder: str = ""
    place: str = ""
    topics: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: the matter, department, person, due day as ISO text, resource, under which topic."""

    item: str
    department: str
    person: str
    due: str
    resource: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who compiled and approved the report, its days as ISO text, and what the top manager concludes."""

    compiled_by: str
    approved_by: str
    issued: str
    suitability: str
    adequacy: str
    effectiveness: str
    compiled: str = ""
    approved: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, the papers that were made, what is to be said about it."""

    entry: Entry
    papers: tuple[keeping.Written, ...] = ()
    remarks: tuple[str, ...] = ()


def minutes_of(facts: Facts) -> Entry | None:
    """The minutes of the review that is under way: not before its plan."""
    plan = facts.one(EntryKind.REVIEW_PLAN)
    since = plan.date if plan else ""
    found = [record for record in facts.records(reviews.MINUTES) if record.date >= since]
    return found[-1] if found else None


def tracking_of(facts: Facts) -> Entry | None:
    """The decisions of the review that is under way, as they are followed."""
    minutes = minutes_of(facts)
    found = [record for record in facts.records(reviews.TRACKING) if minutes and record.date >= minutes.date]
    return found[-1] if found else None


# The meeting


def meet(work: Workspace, meeting: Meeting, today: date) -> Kept:
    """Keep the minutes of a review that was held.

    Raises:
        Refused: before the audit's report (DT-22), or not chaired by the top manager.
        WrongValues: a day is not real or not yet come, or nobody of a name works here.
    """
    facts = gather.gather(work, today)
    faults = list(_meeting_faults(meeting, facts, today))
    if faults:
        raise WrongValues(faults)
    wrong = reviews.before_audit_report(facts, meeting.held) or _chair(meeting.chair, facts)
    if wrong:
        raise Refused(wrong, "内审报告在先；管理评审由最高管理者主持")
    entry = _minutes(meeting, facts, today)
    remarks = keeping.refuse(consequences.objections(facts, [entry], MEETING_RULES), "会议不能这样登记")
    plan = facts.one(EntryKind.REVIEW_PLAN)
    planned = plan.text("review_date") if plan else ""
    other = [f"计划的评审日是 {planned}"] if planned and planned != meeting.held else []
    keeping.keep(work, Action(today, meeting.recorder, f"管理评审会议 {meeting.held}"), [entry])
    return Kept(entry, (), (*remarks, *other))


def _meeting_faults(meeting: Meeting, facts: Facts, today: date) -> Iterator[Complaint]:
    yield from filling.day_faults("--date", meeting.held, today)
    if not meeting.present:
        yield Complaint("--present", "没有写参加人", "逐人写 --present 姓名")
    given = [("--chair", meeting.chair), ("--recorder", meeting.recorder)]
    given += [("--present", name) for name in meeting.present]
    given += [("--topic", speaker) for _, speaker, _ in meeting.topics]
    yield from names.strangers(facts.client.answers, given)


def _chair(chair: str, facts: Facts) -> str:
    top = facts.client.post("top_manager")
    wrong = top is not None and chair != top.name
    return f"管理评审由最高管理者（{top.name}）主持，写的是 {chair}" if wrong and top else ""


def _minutes(meeting: Meeting, facts: Facts, today: date) -> Entry:
    about = numbering.about(reviews.MINUTES, facts)
    known = facts.records(reviews.MINUTES)
    same = (record.id for record in known if record.date == meeting.held)
    id_ = next(same, "") or numbering.running(str(about["number"]), (record.id for record in known), 3)
    rows = [
        {"序号": str(number), **dict(zip(TOPIC, topic, strict=True)), "决议": "", "责任部门": "", "期限": ""}
        for number, topic in enumerate(meeting.topics, 1)
    ]
    head = {"日期": meeting.held, "地点": meeting.place, "主持人": meeting.chair, "记录人": meeting.recorder}
    signed = [("记录人", meeting.recorder), ("最高管理者", meeting.chair)]
    data = {
        **about,
        "head": head,
        "rows": rows,
        "foot": {"签到": list(dict.fromkeys((meeting.chair, *meeting.present)))},
        "sign": [{"role": role, "name": name, "date": meeting.held} for role, name in signed if name],
    }
    return Entry(EntryKind.RECORD, id_, meeting.held, today.isoformat(), reviews.MINUTES, data)


# Decisions


def decide(work: Workspace, decision: Decision, today: date) -> Kept:
    """Keep a decision: in the minutes, and in the table in which it is followed.

    Raises:
        Refused: no meeting is kept yet.
        WrongValues: a department, a person or the due day does not fit.
    """
    facts = gather.gather(work, today)
    minutes = _held(facts)
    faults = list(_decision_faults(decision, minutes, facts))
    if faults:
        raise WrongValues(faults)
    table = _followed(decision, minutes, facts, today)
    spoken = _spoken(decision, minutes)
    remarks = keeping.refuse(consequences.objections(facts, (spoken, table), DECISION_RULES), "决议不能这样登记")
    keeping.keep(work, Action(today, decision.person, f"管理评审决议：{decision.item}"), (spoken, table))
    return Kept(table, (), remarks)


def _held(facts: Facts) -> Entry:
    minutes = minutes_of(facts)
    if minutes is None:
        raise Refused("还没有管理评审会议记录", "先登记会议：gbtool review meeting")
    return minutes


def _decision_faults(decision: Decision, minutes: Entry, facts: Facts) -> Iterator[Complaint]:
    for option, value in {"事项": decision.item, "--person": decision.person}.items():
        if not value.strip():
            yield Complaint(option, "不能空着")
    yield from filling.day_faults("--due", decision.due, date.max)
    if decision.due < minutes.date:
        yield Complaint("--due", f"期限 {decision.due} 早于评审日 {minutes.date}（DT-25）")
    yield from names.strangers(facts.client.answers, [("--person", decision.person)])
    try:
        audit_checklist.known(decision.department, facts)
    except UsageError as error:
        yield Complaint("--department", error.message, error.fix)


def _spoken(decision: Decision, minutes: Entry) -> Entry:
    """The minutes with the decision: in the row of its topic, else in a row of its own."""
    said = {"决议": decision.item, "责任部门": decision.department, "期限": decision.due}
    rows = [dict(row) for row in minutes.rows()]
    free = [row for row in rows if row.get("议题") == decision.topic and not row.get("决议")]
    same = [row for row in rows if row.get("决议") == decision.item]
    for row in (same or free)[:1]:
        row.update(said)
    if not (same or free):
        rows.append({"序号": str(len(rows) + 1), "议题": decision.topic or decision.item, **said})
    return replace(minutes, data={**minutes.data, "rows": rows})


def _followed(decision: Decision, minutes: Entry, facts: Facts, today: date) -> Entry:
    said = {
        "决议事项": decision.item,
        "责任部门": decision.department,
        "责任人": decision.person,
        "资源": decision.resource,
        "计划完成日期": decision.due,
    }
    record = tracking_of(facts)
    if record:
        rows = [dict(row) for row in record.rows()]
        for row in (row for row in rows if row.get("决议事项") == decision.item):
            row.update(said)
            return replace(record, data={**record.data, "rows": rows})
        rows.append({"序号": str(len(rows) + 1), **said})
        return replace(record, data={**record.data, "rows": rows})
    about = numbering.about(reviews.TRACKING, facts)
    id_ = numbering.running(str(about["number"]), (each.id for each in facts.records(reviews.TRACKING)), 3)
    head = {"管理评审报告编号": numbering.number_of(PAPER, facts)}
    data = {**about, "head": head, "rows": [{"序号": "1", **said}]}
    return Entry(EntryKind.RECORD, id_, minutes.date, today.isoformat(), reviews.TRACKING, data)


def carried_out(work: Workspace, number: int, values: Mapping[str, str], today: date) -> Kept:
    """Keep that a decision was carried out.

    Args:
        work: the client.
        number: the row of the decision, from 1.
        values: 实际完成日期, 验证结果, 验证人.
        today: the day on which it is entered.

    Raises:
        UsageError: there is no such decision.
        WrongValues: the day is not real, before the review or not yet come; its owner would verify it.
    """
    facts = gather.gather(work, today)
    record = tracking_of(facts)
    rows = [dict(row) for row in record.rows()] if record else []
    if record is None or not 1 <= number <= len(rows):
        raise UsageError(f"没有第 {number} 项决议", f"已有 {len(rows)} 项：gbtool review decision list")
    done = values["实际完成日期"]
    faults = list(filling.day_faults("--done", done, today))
    if done < record.date:
        faults.append(Complaint("--done", f"{done} 早于评审日 {record.date}"))
    if values["验证人"] == rows[number - 1].get("责任人"):
        faults.append(Complaint("--verified-by", f"{values['验证人']} 是责任人，不能自己验证", "由另一人验证"))
    faults += [Complaint(name, "不能空着") for name in ("验证结果", "验证人") if not values[name].strip()]
    faults += names.strangers(facts.client.answers, [("--verified-by", values["验证人"])])
    if faults:
        raise WrongValues(faults)
    rows[number - 1].update(values)
    entry = replace(record, data={**record.data, "rows": rows, "updated": today.isoformat()})
    keeping.keep(work, Action(today, values["验证人"], f"管理评审决议 {number} 完成"), [entry])
    return Kept(entry)


def decisions(work: Workspace, today: date) -> tuple[Mapping[str, object], ...]:
    """The decisions of the review that is under way."""
    record = tracking_of(gather.gather(work, today))
    return record.rows() if record else ()


# The report


def report(work: Workspace, signed: Signed, today: date, cache: Path | None = None, *, again: bool = False) -> Kept:
    """The report of the review that was held, kept and printed.

    Raises:
        Refused: before the audit's report, without a plan or minutes, or not approved by the top manager.
        WrongValues: a day is not real or not yet come, or a conclusion is missing.
    """
    facts = gather.gather(work, today)
    faults = list(_report_faults(signed, today))
    if faults:
        raise WrongValues(faults)
    reasons = list(_unready(signed, facts))
    if reasons:
        raise Refused("还不能出管理评审报告：\n" + "\n".join(reasons), "补齐后再出报告")
    minutes = _held(facts)
    entry = _entry(signed, minutes, facts, today)
    remarks = keeping.refuse(consequences.objections(facts, [entry], REPORT_RULES), "管理评审报告不能这样发布")
    papers = keeping.Papers(work, again)
    made = review_papers.report(entry, minutes, facts)
    papers.word(keeping.REVIEW, f"{made.number} {made.title}", paper(made, drafts.desk(work, facts, cache)))
    keeping.keep(work, Action(today, signed.approved_by, f"管理评审报告 {entry.id}"), [entry], papers)
    return Kept(entry, tuple(papers.written), (*remarks, *_missing_inputs(facts)))


def _report_faults(signed: Signed, today: date) -> Iterator[Complaint]:
    wanted = {
        "--compiled-by": signed.compiled_by,
        "--approved-by": signed.approved_by,
        "--suitability": signed.suitability,
        "--adequacy": signed.adequacy,
        "--effectiveness": signed.effectiveness,
    }
    yield from (Complaint(option, "不能空着") for option, value in wanted.items() if not value.strip())
    yield from filling.day_faults("--date", signed.issued, today)
    for option, day in {"--compiled": signed.compiled, "--approved": signed.approved}.items():
        if day:
            yield from filling.day_faults(option, day, today)


def _unready(signed: Signed, facts: Facts) -> Iterator[str]:
    wrong = reviews.before_audit_report(facts)
    if wrong:
        yield f"{wrong}：gbtool audit report"
    if facts.one(EntryKind.REVIEW_PLAN) is None:
        yield "没有管理评审计划：gbtool review plan"
    if minutes_of(facts) is None:
        yield "没有管理评审会议记录：gbtool review meeting"
    top = facts.client.post("top_manager")
    if top and signed.approved_by != top.name:
        yield f"管理评审报告由最高管理者（{top.name}）批准，写的是 {signed.approved_by}"


def _entry(signed: Signed, minutes: Entry, facts: Facts, today: date) -> Entry:
    said = {name: getattr(signed, name) for name in ("suitability", "adequacy", "effectiveness", "conclusion")}
    number, held = numbering.number_of(PAPER, facts), minutes.date
    taken = any(r.id == number and r.text("review_date") != held for r in facts.of(EntryKind.REVIEW_REPORT))
    number = f"{number}-{held}" if taken else number
    data: dict[str, object] = {
        "document": PAPER,
        "number": number,
        "version": facts.client.text("doc_version"),
        "review_date": held,
        "chair": str(minutes.mapping("head").get("主持人") or ""),
        "compiled": {"name": signed.compiled_by, "date": signed.compiled or signed.issued},
        "approved": {"name": signed.approved_by, "date": signed.approved or signed.issued},
        "issued": signed.issued,
        **{name: text for name, text in said.items() if text},
        "nonconformities_closed": [each.number for each in corrections.listed(facts) if each.closed],
        "counts": reviews.rights(facts),
        "decisions": _decided(tracking_of(facts)),
    }
    return Entry(EntryKind.REVIEW_REPORT, number, signed.issued, today.isoformat(), PAPER, data)


def _decided(record: Entry | None) -> Sequence[Mapping[str, object]]:
    words = {
        "item": "决议事项",
        "department": "责任部门",
        "person": "责任人",
        "resource": "资源",
        "due": "计划完成日期",
    }
    rows = record.rows() if record else ()
    return [{name: row.get(word) or "" for name, word in words.items()} for row in rows]


def _missing_inputs(facts: Facts) -> Iterator[str]:
    given = {str(record.mapping("head").get("部门")) for record in facts.records(reviews.INPUT)}
    missing = [name for name in reviews.shares(facts) if name not in given]
    if missing:
        yield f"没有登记输入材料的部门：{'、'.join(missing)}（gbtool review input）"
