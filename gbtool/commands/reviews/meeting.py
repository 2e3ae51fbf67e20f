"""`gbtool review meeting` and `report`: who was there, what was said, what the top manager concludes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, gather, keeping, names, numbering
from gbtool.commands.reviews import papers as review_papers
from gbtool.commands.reviews.decisions import PAPER, Kept, held, minutes_of, tracking_of
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import filled_form, paper
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences, corrections, reviews
from gbtool.store.database import Action
from gbtool.structs import Frozen

MEETING_RULES = ("DT-22", "DT-26", "DT-52")
REPORT_RULES = ("DT-22", "DT-24", "CN-05", "CN-22")
TOPIC = ("议题", "汇报人", "要点")


class Meeting(Frozen):
    """When and where the review was held, who chaired, recorded and was there, what was talked about."""

    held: str
    chair: str
    present: tuple[str, ...]
    recorder: str = ""
    place: str = ""
    topics: tuple[tuple[str, str, str], ...] = ()


class Signed(Frozen):
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
        raise Refused(wrong, f"{facts.say('内审')}报告在先；{facts.say('管理评审')}由{facts.say('最高管理者')}主持")
    entry = _minutes(meeting, facts, today)
    remarks = keeping.refuse(consequences.objections(facts, [entry], MEETING_RULES), "会议不能这样登记")
    plan = facts.one(EntryKind.REVIEW_PLAN)
    planned = plan.text("review_date") if plan else ""
    other = [f"计划的评审日是 {planned}"] if planned and planned != meeting.held else []
    keeping.keep(work, Action(today, meeting.recorder, f"{facts.say('管理评审')}会议 {meeting.held}"), [entry])
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
    return (
        f"{facts.say('管理评审')}由{facts.say('最高管理者')}（{top.name}）主持，写的是 {chair}" if wrong and top else ""
    )


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
        raise Refused(f"还不能出{facts.say('管理评审')}报告：\n" + "\n".join(reasons), "补齐后再出报告")
    minutes = held(facts)
    entry = _entry(signed, minutes, facts, today)
    remarks = keeping.refuse(
        consequences.objections(facts, [entry], REPORT_RULES), f"{facts.say('管理评审')}报告不能这样发布"
    )
    papers = keeping.Papers(work, again, facts.words)
    made = review_papers.report(entry, minutes, facts)
    desk = drafts.desk(work, facts, cache)
    papers.word(keeping.REVIEW, f"{made.number} {made.title}", paper(made, desk))
    for record in (minutes, tracking_of(facts)):
        if record:
            form = numbering.specification(record.form, facts)
            name = f"{record.id} {form.title_in(facts.client.edition)}"
            papers.word(keeping.REVIEW, name, filled_form(form, record, desk))
    keeping.keep(work, Action(today, signed.approved_by, f"{facts.say('管理评审')}报告 {entry.id}"), [entry], papers)
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
        yield f"没有{facts.say('管理评审')}计划：gbtool review plan"
    if minutes_of(facts) is None:
        yield f"没有{facts.say('管理评审')}会议记录：gbtool review meeting"
    top = facts.client.post("top_manager")
    if top and signed.approved_by != top.name:
        yield f"{facts.say('管理评审')}报告由{facts.say('最高管理者')}（{top.name}）批准，写的是 {signed.approved_by}"


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
        "nonconformities": [each.number for each in corrections.listed(facts)],
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
    missing = review_papers.missing_inputs(facts)
    if missing:
        yield f"没有登记输入材料的部门：{'、'.join(missing)}（gbtool review input），报告里照写"
