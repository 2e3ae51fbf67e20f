"""`gbtool audit nc`: a nonconformity from cause over correction and corrective action to another's verification."""

from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.commands import filling, following, gather, keeping
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import audits, consequences, corrections, evidence
from gbtool.rules.correcting import recurrence, rounds
from gbtool.rules.corrections import Nonconformity
from gbtool.shelf.reader import did_you_mean
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

RULES = ("DT-19", "DT-20", "NC-02")
AGAIN = "NC-01"
DAYS = {
    corrections.CAUSE_DAY: "分析日期",
    corrections.DONE: "完成日期",
    corrections.VERIFIED: "验证日期",
    corrections.CLOSED: "关闭日期",
    corrections.SUBMITTED: "提交日期",
    corrections.ACCEPTED: "机构验收日期",
}


class Step(Frozen):
    """One step: its name, the values that it sets, what must be there before it (each with the name of its day)."""

    name: str
    values: Mapping[str, str]
    before: Mapping[str, str]
    day: str = ""


class Followed(Frozen):
    """A nonconformity, where it was found, what it repeats, and what is to be said of the step just taken."""

    shown: Nonconformity
    round: str
    again: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def followed(work: Workspace, today: date, *, everything: bool = False) -> tuple[Followed, ...]:
    """The nonconformities of the audit that is under way and whatever is still open; or all that there ever were.

    Where the client follows several standards, those of the audits under all of them.
    """
    every = [each for one in following.each_standard(work) for each in _under(one, today, everything=everything)]
    return tuple(sorted({each.shown.number: each for each in every}.values(), key=lambda each: each.shown.number))


def at_home(work: Workspace, number: str, today: date) -> Workspace:
    """The client looked at under the standard whose audit found a nonconformity; as before where it is the main one."""
    for each in following.each_standard(work)[1:]:
        facts = gather.gather(each, today)
        if any(corrections.number_of(record) == number for record in facts.records(audits.NONCONFORMITY)):
            return each
    return work


def _under(work: Workspace, today: date, *, everything: bool) -> list[Followed]:
    facts = gather.gather(work, today)
    repeated = recurrence.again(facts)
    present = {record.id for record in audits.reports(facts)}
    return [
        _followed(record, facts, repeated)
        for record in corrections.every(facts)
        if everything or record.id in present or corrections.state(record) is not corrections.State.CLOSED
    ]


def _followed(record: Entry, facts: Facts, repeated: Mapping[str, tuple[recurrence.Again, ...]]) -> Followed:
    shown, where = corrections.shown(record, facts.today), str(rounds.round_of(record, facts))
    return Followed(shown, where, tuple(map(str, repeated.get(record.id, ()))))


def cause(text: str, day: str) -> Step:
    """The cause, and when it was found."""
    return Step("分析原因", {corrections.CAUSE: text, corrections.CAUSE_DAY: day}, {}, day)


def correct(text: str) -> Step:
    """What was put right at once."""
    return Step("纠正", {corrections.CORRECTION: text}, {})


def act(text: str, owner: str, due: str) -> Step:
    """What keeps it from happening again: who does it until when."""
    values = {corrections.ACTION: text, corrections.OWNER: owner, corrections.DUE: due}
    return Step("采取纠正措施", values, {corrections.CAUSE: corrections.CAUSE_DAY})


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


def follow(work: Workspace, number: str, step: Step, today: date, by: str = "") -> Followed:
    """Take a step with a nonconformity.

    Raises:
        UsageError: there is none of this number.
        WrongValues: a value is missing, a day is not real, a step before is not done, days are out of order.
        Refused: it is closed, its owner would verify it, its day would move without leave, or a rule forbids it.
    """
    work = at_home(work, number, today)
    facts = gather.gather(work, today)
    record = record_of(number, facts)
    if corrections.state(record) is corrections.State.CLOSED:
        day = record.text(corrections.CLOSED) or corrections.value(record, corrections.ACCEPTED)
        raise Refused(f"{number} 已于 {day} 关闭", "再发生的，开新的不符合报告")
    faults = list(_faults(record, step, facts, today))
    if faults:
        raise WrongValues(faults)
    _refuse(number, record, step)
    return keep(work, facts, changed(record, step, today), Action(today, by, f"{number} {step.name}"))


def _refuse(number: str, record: Entry, step: Step) -> None:
    if corrections.VERIFIER in step.values:
        own = list(corrections.own_verification(record, step.values[corrections.VERIFIER]))
        if own:
            raise Refused(f"{number}：{own[0].message}（DT-19）", own[0].fix)
    known, wished = corrections.value(record, corrections.DUE), step.values.get(corrections.DUE, "")
    if known and wished > known:
        fix = f"延期要有人批准：gbtool audit nc extend {number} --to {wished} --by 批准人 --date 批准日 --reason 理由"
        raise Refused(f"{number} 的期限是 {known}，不能改到 {wished}", fix)
    if corrections.CLOSED in step.values and corrections.from_outside(record):
        raise Refused(f"{number} 是认证机构开的，由机构验收", f"gbtool audit outside submit {number}，再 accept")


def keep(
    work: Workspace, facts: Facts, wished: Entry, action: Action, papers: keeping.Papers | None = None
) -> Followed:
    """Keep a record that a step made or changed, with its papers, unless a rule forbids it.

    Raises:
        Refused: with every reason and both its places.
    """
    keeping.refuse(consequences.objections(facts, [wished], RULES), f"不能登记“{action.what}”")
    said = consequences.objections(facts, [wished], (AGAIN,))
    keeping.keep(work, action, [wished], papers)
    after = consequences.after(facts, [wished])
    found = _followed(wished, after, recurrence.again(after))
    return replace(found, remarks=tuple(map(str, (*said.hard, *said.soft))))


def record_of(number: str, facts: Facts) -> Entry:
    """The record of a nonconformity of any audit, or of something found elsewhere.

    Raises:
        UsageError: there is none of this number.
    """
    known = {corrections.number_of(record): record for record in corrections.every(facts)}
    if number not in known:
        raise UsageError(f"没有不符合“{number}”{did_you_mean(number, known)}", "已有的见 gbtool audit nc list --all")
    return known[number]


def _faults(record: Entry, step: Step, facts: Facts, today: date) -> Iterator[Complaint]:
    people_ = people(facts)
    for name, value in step.values.items():
        if not value.strip():
            yield Complaint(step.name, f"没有写{DAYS.get(name, name)}")
        elif name in DAYS:
            yield from filling.day_faults(DAYS[name], value, today)
        elif name == corrections.DUE:
            yield from filling.day_faults(name, value, date.max)
            yield from _too_early(record, value)
        elif name in (corrections.OWNER, corrections.VERIFIER) and value not in people_:
            yield Complaint(step.name, f"没有这个人“{value}”{did_you_mean(value, people_)}", "核对姓名")
        elif name == corrections.PROOF and not evidence.named(value, people_):
            yield Complaint(step.name, f"“{value}”没有写出凭据", "写换样本看了哪份文件、编号、日期、几份里几份")
    yield from corrections.out_of_order(record, step.before, step.day, step.name)


def _too_early(record: Entry, due: str) -> Iterator[Complaint]:
    found = corrections.found_on(record)
    if due < found:
        yield Complaint(corrections.DUE, f"期限 {due} 早于发现日期 {found}", "核对日期")


def people(facts: Facts) -> frozenset[str]:
    """Who may own or verify a correction: the client's people and the audit team."""
    plan = audits.plan_of(facts)
    return evidence.names(facts) | {str(row.get("name")) for row in (plan.rows("team") if plan else ())}


def changed(record: Entry, step: Step, today: date) -> Entry:
    """The record with the step's values where its form has them; who verified signs it."""
    found = corrections.with_values(record, step.values)
    signed = list(record.rows("sign"))
    if corrections.CLOSED in step.values:
        by, day = (corrections.value(found, name) for name in (corrections.VERIFIER, corrections.VERIFIED))
        signed = _signed(signed, "审核组长", by, day)
    if corrections.VERIFIER in step.values and record.form == corrections.CORRECTIVE:
        owner = (corrections.value(found, corrections.OWNER), corrections.value(found, corrections.DONE))
        signed = _signed(_signed(signed, "责任人", *owner), "验证人", step.values[corrections.VERIFIER], step.day)
    return replace(found, data={**found.data, "sign": signed, "updated": today.isoformat()})


def _signed(rows: list[Mapping[str, object]], role: str, name: str, day: str) -> list[Mapping[str, object]]:
    return [*(row for row in rows if row.get("role") != role), {"role": role, "name": name, "date": day}]
