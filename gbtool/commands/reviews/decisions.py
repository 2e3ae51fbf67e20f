"""`gbtool review decision`: what the top manager decided, who does it until when, whether it was done."""

from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.commands import filling, gather, keeping, names, numbering
from gbtool.commands.audit import checklist as audit_checklist
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences, reviews
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

PAPER = "report-review"
DECISION_RULES = ("DT-25",)


class Decision(Frozen):
    """What was decided: the matter, department, person, due day as ISO text, resource, under which topic."""

    item: str
    department: str
    person: str
    due: str
    resource: str = ""
    topic: str = ""


class Kept(Frozen):
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


def held(facts: Facts) -> Entry:
    """The minutes of the review that is under way.

    Raises:
        Refused: no meeting is kept yet.
    """
    minutes = minutes_of(facts)
    if minutes is None:
        raise Refused(f"还没有{facts.say('管理评审')}会议记录", "先登记会议：gbtool review meeting")
    return minutes


def decide(work: Workspace, decision: Decision, today: date) -> Kept:
    """Keep a decision: in the minutes, and in the table in which it is followed.

    Raises:
        Refused: no meeting is kept yet.
        WrongValues: a department, a person or the due day does not fit.
    """
    facts = gather.gather(work, today)
    minutes = held(facts)
    faults = list(_decision_faults(decision, minutes, facts))
    if faults:
        raise WrongValues(faults)
    table = _followed(decision, minutes, facts, today)
    spoken = _spoken(decision, minutes)
    remarks = keeping.refuse(consequences.objections(facts, (spoken, table), DECISION_RULES), "决议不能这样登记")
    keeping.keep(work, Action(today, decision.person, f"{facts.say('管理评审')}决议：{decision.item}"), (spoken, table))
    return Kept(table, (), remarks)


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


def carried_out(work: Workspace, number: int, values: Mapping[str, str], today: date, table: str = "") -> Kept:
    """Keep that a decision was carried out.

    Args:
        work: the client.
        number: the row of the decision, from 1.
        values: 实际完成日期, 验证结果, 验证人.
        today: the day on which it is entered.
        table: the tracking table, where it is not that of the review under way.

    Raises:
        UsageError: there is no such decision.
        WrongValues: the day is not real, before the review or not yet come; its owner would verify it.
    """
    facts = gather.gather(work, today)
    record = _table(table, facts)
    rows = [dict(row) for row in record.rows()] if record else []
    if record is None or not 1 <= number <= len(rows):
        more = "；以前评审的加 --table 编号" if not table else ""
        raise UsageError(f"没有第 {number} 项决议", f"已有 {len(rows)} 项：gbtool review decision list{more}")
    faults = list(_done_faults(record, rows[number - 1], values, facts))
    if faults:
        raise WrongValues(faults)
    rows[number - 1].update(values)
    entry = replace(record, data={**record.data, "rows": rows, "updated": today.isoformat()})
    keeping.keep(work, Action(today, values["验证人"], f"{facts.say('管理评审')}决议 {number} 完成"), [entry])
    return Kept(entry)


def _table(id_: str, facts: Facts) -> Entry | None:
    """The tracking table of this id, else that of the review under way, else the last."""
    known = facts.records(reviews.TRACKING)
    if id_:
        return next((record for record in known if record.id == id_), None)
    return tracking_of(facts) or (known[-1] if known else None)


def _done_faults(
    record: Entry, row: Mapping[str, object], values: Mapping[str, str], facts: Facts
) -> Iterator[Complaint]:
    done, by = values["实际完成日期"], values["验证人"]
    yield from filling.day_faults("--done", done, facts.today)
    if done < record.date:
        yield Complaint("--done", f"{done} 早于评审日 {record.date}")
    if by == row.get("责任人"):
        yield Complaint("--verified-by", f"{by} 是责任人，不能自己验证", "由另一人验证")
    yield from (Complaint(name, "不能空着") for name in ("验证结果", "验证人") if not values[name].strip())
    yield from names.strangers(facts.client.answers, [("--verified-by", by)])


def decisions(work: Workspace, today: date) -> tuple[reviews.Tracked, ...]:
    """The decisions of the review that is under way, and those of earlier reviews that are not done."""
    facts = gather.gather(work, today)
    present = _table("", facts)
    return tuple(each for each in reviews.tracked(facts) if not each.done or (present and each.table.id == present.id))
