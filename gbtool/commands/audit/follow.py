"""`gbtool audit nc`: a nonconformity from cause over correction and corrective action to another's verification."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gbtool.commands import filling, gather, keeping
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import audits, consequences, corrections, evidence
from gbtool.rules.corrections import Nonconformity
from gbtool.shelf.reader import did_you_mean
from gbtool.store.database import Action

RULES = ("DT-19", "DT-20")
DAYS = {
    corrections.CAUSE_DAY: "分析日期",
    corrections.DONE: "完成日期",
    corrections.VERIFIED: "验证日期",
    corrections.CLOSED: "关闭日期",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, the values that it sets, what must be there before it (each with the name of its day)."""

    name: str
    values: Mapping[str, str]
    before: Mapping[str, str]
    day: str = ""


def followed(work: Workspace, today: date) -> tuple[Nonconformity, ...]:
    """The nonconformities of the audit that is under way."""
    return corrections.listed(gather.gather(work, today))


def cause(text: str, day: str) -> Step:
    """The cause, and when it was found."""
    return Step("分析原因", {corrections.CAUSE: text, corrections.CAUSE_DAY: day}, {}, day)


def correct(text: str) -> Step:
    """What was put right at once."""
    return Step("纠正", {corrections.CORRECTION: text}, {})


def act(text: str, owner: str, due: str, extended: str = "") -> Step:
    """What keeps it from happening again: who does it until when; an extension names who granted it."""
    values = {corrections.ACTION: text, corrections.OWNER: owner, corrections.DUE: due, "extended": extended}
    return Step("采取纠正措施", {k: v for k, v in values.items() if v}, {corrections.CAUSE: corrections.CAUSE_DAY})


def done(day: str) -> Step:
    """The action is complete."""
    before = {corrections.CAUSE: corrections.CAUSE_DAY, corrections.CORRECTION: "", corrections.ACTION: ""}
    return Step("完成", {corrections.DONE: day}, before, day)


def verify(by: str, day: str, proof: str) -> Step:
    """Another person than the owner saw that it works."""
    values = {corrections.VERIFIER: by, corrections.VERIFIED: day, corrections.PROOF: proof}
    return Step("验证", values, {corrections.ACTION: "", corrections.DONE: corrections.DONE}, day)


def close(day: str) -> Step:
    """Everything is there."""
    before = dict.fromkeys(corrections.WANTED, "") | {corrections.VERIFIED: corrections.VERIFIED}
    return Step("关闭", {corrections.CLOSED: day}, before, day)


def follow(work: Workspace, number: str, step: Step, today: date, by: str = "") -> Nonconformity:
    """Take a step with a nonconformity.

    Raises:
        UsageError: there is none of this number.
        WrongValues: a value is missing, a day is not real, a step before is not done, days are out of order.
        Refused: it is closed, its owner would verify it, or a rule forbids it.
    """
    facts = gather.gather(work, today)
    record = _record(number, facts)
    if corrections.state(record) is corrections.State.CLOSED:
        raise Refused(f"{number} 已于 {record.text(corrections.CLOSED)} 关闭", "再发生的，开新的不符合报告")
    faults = list(_faults(record, step, facts, today))
    if faults:
        raise WrongValues(faults)
    if corrections.VERIFIER in step.values:
        own = list(corrections.own_verification(record, step.values[corrections.VERIFIER]))
        if own:
            raise Refused(f"{number}：{own[0].message}（DT-19）", own[0].fix)
    changed = _changed(record, step, today)
    keeping.refuse(consequences.objections(facts, [changed], RULES), f"{number} 不能{step.name}")
    keeping.keep(work, Action(today, by, f"{number} {step.name}"), [changed])
    after = consequences.after(facts, [changed])
    return next(each for each in corrections.listed(after) if each.number == number)


def _record(number: str, facts: Facts) -> Entry:
    known = {corrections.number_of(record): record for record in audits.reports(facts)}
    if number not in known:
        raise UsageError(f"没有不符合“{number}”{did_you_mean(number, known)}", "已有的见 gbtool audit nc list")
    return known[number]


def _faults(record: Entry, step: Step, facts: Facts, today: date) -> Iterator[Complaint]:
    for name, value in step.values.items():
        if not value.strip():
            yield Complaint(step.name, f"没有写{DAYS.get(name, name)}")
        elif name in DAYS:
            yield from filling.day_faults(DAYS[name], value, today)
        elif name == corrections.DUE:
            yield from filling.day_faults(name, value, date.max)
        elif name in (corrections.OWNER, corrections.VERIFIER) and value not in _people(facts):
            yield Complaint(step.name, f"没有这个人“{value}”{did_you_mean(value, _people(facts))}", "核对姓名")
    yield from corrections.out_of_order(record, step.before, step.day, step.name)


def _people(facts: Facts) -> frozenset[str]:
    plan = audits.plan_of(facts)
    return evidence.names(facts) | {str(row.get("name")) for row in (plan.rows("team") if plan else ())}


def _changed(record: Entry, step: Step, today: date) -> Entry:
    """The report with the step's values where the form has them: the foot, or beside it."""
    own = (corrections.OWNER, corrections.CAUSE_DAY, corrections.CLOSED, "extended")
    foot = {**record.mapping("foot"), **{k: v for k, v in step.values.items() if k not in own}}
    beside = {k: v for k, v in step.values.items() if k in own}
    signed = list(record.rows("sign"))
    if corrections.CLOSED in step.values:
        verified = {"name": foot.get(corrections.VERIFIER), "date": foot.get(corrections.VERIFIED)}
        signed = [*(row for row in signed if row.get("role") != "审核组长"), {"role": "审核组长", **verified}]
    data = {**record.data, "foot": foot, **beside, "sign": signed, "updated": today.isoformat()}
    return replace(record, data=data)
