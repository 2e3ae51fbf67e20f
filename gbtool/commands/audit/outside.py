"""`gbtool audit outside`: findings of a certification body, from its report to its acceptance, in its own time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, gather, keeping, numbering
from gbtool.commands.audit import checklist as audit_checklist
from gbtool.commands.audit.follow import Followed, Step, changed, keep, record_of
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import filled_form
from gbtool.errors import Complaint, Refused, UsageError, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import audits, corrections
from gbtool.rules.correcting import outside
from gbtool.rules.correcting.outside import Finding
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

FORM = corrections.CORRECTIVE
VERIFIED = {corrections.VERIFIED: corrections.VERIFIED}
LIMIT = {"days": outside.DAYS, "last": outside.LAST, "source": outside.SOURCE, "closing": outside.CLOSING}


class Limit(Frozen):
    """How long the body gives: days from the day of its report or a last day, its closing meeting, who says so."""

    days: str = ""
    last: str = ""
    closing: str = ""
    source: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """What is known of it, by the names of the form."""
        return {name: text for key, name in LIMIT.items() if (text := str(getattr(self, key)))}


class Found(Frozen):
    """What a body found: on which visit and day, about which department and clause, how it graded it."""

    statement: str
    visit: str
    grade: str
    issued: str
    department: str
    clause: str = ""
    body: str = ""
    number: str = ""


class Kept(Frozen):
    """A finding as it is now, what it repeats and what is to be said."""

    finding: Finding
    again: tuple[str, ...]
    remarks: tuple[str, ...]
    papers: tuple[keeping.Written, ...] = ()


def findings(work: Workspace, today: date) -> tuple[Finding, ...]:
    """What certification bodies found, what is open first, by last day."""
    found = outside.findings(gather.gather(work, today))
    return tuple(sorted(found, key=lambda each: (not each.open, each.due.last or date.max, each.shown.number)))


def add(work: Workspace, found: Found, limit: Limit, today: date) -> Kept:
    """Keep what a body found.

    Raises:
        WrongValues: the statement, body or department is missing, a day is not real or not yet come.
        UsageError: the standard has no such clause.
        Refused: the number is taken.
    """
    facts = gather.gather(work, today)
    body = found.body or outside.body_now(facts)
    faults = [*_faults(replace(found, body=body), facts, today), *_limit_faults(limit, found.issued, today)]
    if faults:
        raise WrongValues(faults)
    known = corrections.every(facts)
    if found.number in {corrections.number_of(record) for record in known}:
        raise Refused(f"已有编号 {found.number} 的不符合", "核对机构报告上的编号")
    about = numbering.about(FORM, facts)
    id_ = numbering.running(str(about["number"]), (record.id for record in facts.records(FORM)), 3)
    head = {
        "编号": found.number or id_,
        "来源": corrections.OUTSIDE,
        "责任部门": found.department,
        "日期": found.issued,
        "条款": _cited(found.clause, facts),
        outside.GRADE: found.grade,
        outside.BODY: body,
        outside.VISIT: found.visit,
        outside.ISSUED: found.issued,
        **limit.fields,
    }
    data = {**about, "head": head, "rows": [{"问题描述": found.statement}]}
    entry = Entry(EntryKind.RECORD, id_, found.issued, today.isoformat(), FORM, data)
    kept = keep(work, facts, entry, Action(today, "", f"外审不符合 {head['编号']}"))
    return _kept(entry, kept, facts)


def _kept(entry: Entry, kept: Followed, facts: Facts) -> Kept:
    finding = outside.finding(entry, facts)
    return Kept(finding, kept.again, (*kept.remarks, *_asked(finding)))


def _asked(finding: Finding) -> Iterator[str]:
    """What nobody knows yet of a limit, and where it can be found."""
    if finding.due.lacking and finding.open:
        yield (
            f"期限不知道（缺{finding.due.lacking}），gbtool 不猜：查合同、审核计划、不符合报告，"
            f"gbtool audit outside limit {finding.shown.number} --days 天数 --source 出处"
        )


def _cited(clause: str, facts: Facts) -> str:
    """A clause as it is kept: number, title and key where the standard knows it, else as written."""
    if not clause:
        return ""
    key = next((each.key for each in facts.standard if clause in (each.key, str(each.cite_as))), "")
    if not key:
        raise UsageError(f"没有条款“{clause}”", "写条款号或键，见 gbtool clauses")
    return f"{facts.standard.cite.partition('《')[0]} {audits.cited(key, facts)}"


def _faults(found: Found, facts: Facts, today: date) -> Iterator[Complaint]:
    wanted = {"问题": found.statement, "--body": found.body}
    yield from (Complaint(name, "不能空着") for name, value in wanted.items() if not value.strip())
    yield from filling.day_faults("--issued", found.issued, today)
    try:
        audit_checklist.known(found.department, facts)
    except UsageError as error:
        yield Complaint("--department", error.message, error.fix)


def _limit_faults(limit: Limit, issued: str, today: date) -> Iterator[Complaint]:
    if limit.days and limit.last:
        yield Complaint("--days", "--days、--due 写一个")
    if (limit.days or limit.last) and not limit.source.strip():
        yield Complaint("--source", "写了期限，没有写出处", "如 不符合报告第3页、合同附件二")
    if limit.last:
        yield from filling.day_faults("--due", limit.last, date.max)
        if limit.last < issued:
            yield Complaint("--due", f"{limit.last} 早于开出日期 {issued}")
    if limit.closing:
        yield from filling.day_faults("--closing", limit.closing, today)


def limited(work: Workspace, number: str, limit: Limit, today: date) -> Kept:
    """Keep how long the body gives for a finding, and who says so.

    Raises:
        UsageError: there is no such finding, or nothing is said.
        WrongValues: a day is not real, or the source is missing.
    """
    facts = gather.gather(work, today)
    record = _finding(number, facts)
    if not (limit.days or limit.last or limit.closing):
        raise UsageError("没有写期限", "--days 天数、--due 日期或 --closing 末次会议日期")
    faults = list(_limit_faults(limit, corrections.found_on(record), today))
    if faults:
        raise WrongValues(faults)
    head = dict(record.mapping("head"))
    if limit.days or limit.last:  # a limit takes the place of the one before
        head = {name: value for name, value in head.items() if name not in (outside.DAYS, outside.LAST)}
    entry = replace(record, data={**record.data, "head": {**head, **limit.fields}, "updated": today.isoformat()})
    return _kept(entry, keep(work, facts, entry, Action(today, "", f"{number} 整改期限")), facts)


def _finding(number: str, facts: Facts) -> Entry:
    record = record_of(number, facts)
    if not corrections.from_outside(record):
        raise UsageError(f"{number} 不是认证机构开的", f"{facts.say('内审')}的不符合用 gbtool audit nc")
    return record


def submit(work: Workspace, number: str, day: str, today: date, cache: Path | None = None) -> Kept:
    """Keep that cause, correction, corrective action and evidence were handed in, and print the form that says so.

    Raises:
        UsageError: there is no such finding.
        WrongValues: it is not verified yet, or days are out of order.
        Refused: it was handed in already, or is closed.
    """
    facts = gather.gather(work, today)
    record = _finding(number, facts)
    handed = corrections.value(record, corrections.SUBMITTED)
    if handed:
        raise Refused(f"{number} 已于 {handed} 提交", "机构退回的：gbtool audit outside return；验收的：accept")
    wanted = (corrections.CAUSE, corrections.CORRECTION, corrections.ACTION, corrections.DONE, corrections.PROOF)
    step = Step("提交", {corrections.SUBMITTED: day}, {**dict.fromkeys(wanted, ""), **VERIFIED}, day)
    papers = keeping.Papers(work, again=True, words=facts.words)
    _refuse_wrong(record, step, today)
    entry, form = changed(record, step, today), numbering.specification(FORM, facts)
    named = f"{entry.id} {form.title_in(facts.client.edition)} {number}"
    papers.word(keeping.OUTSIDE, named, filled_form(form, _printed(entry), drafts.desk(work, facts, cache)))
    kept = keep(work, facts, entry, Action(today, "", f"{number} {step.name}"), papers)
    return replace(_kept(entry, kept, facts), papers=tuple(papers.written))


def _printed(entry: Entry) -> Entry:
    """The record as it is printed: its clause without the key."""
    head = entry.mapping("head")
    return replace(
        entry, data={**entry.data, "head": {**head, "条款": audits.without_key(str(head.get("条款") or ""))}}
    )


def accept(work: Workspace, number: str, day: str, result: str, today: date) -> Kept:
    """Keep that the body accepted what was handed in, and in which words.

    Raises:
        UsageError: there is no such finding.
        WrongValues: it was not handed in yet, or the day is before that.
        Refused: it is closed.
    """
    facts = gather.gather(work, today)
    record = _finding(number, facts)
    if corrections.value(record, corrections.ACCEPTED):
        raise Refused(f"{number} 已于 {corrections.value(record, corrections.ACCEPTED)} 验收", "不用再登记")
    before = {corrections.SUBMITTED: corrections.SUBMITTED}
    step = Step("机构验收", {corrections.ACCEPTED: day}, before, day)
    foot = {**record.mapping("foot"), "机构验收结果": result}
    return _taken(work, facts, replace(record, data={**record.data, "foot": foot}), step, today)


def _taken(work: Workspace, facts: Facts, record: Entry, step: Step, today: date) -> Kept:
    number = corrections.number_of(record)
    _refuse_wrong(record, step, today)
    entry = changed(record, step, today)
    return _kept(entry, keep(work, facts, entry, Action(today, "", f"{number} {step.name}")), facts)


def _refuse_wrong(record: Entry, step: Step, today: date) -> None:
    faults = [c for value in step.values.values() for c in filling.day_faults("--date", value, today)]
    faults += corrections.out_of_order(record, step.before, step.day, step.name)
    if faults:
        raise WrongValues(faults)


def returned(work: Workspace, number: str, day: str, reason: str, today: date) -> Kept:
    """Keep that the body sent it back, and why: it is done and verified anew, what was handed in stays on record.

    Raises:
        UsageError: there is no such finding.
        WrongValues: it was not handed in, the day is before that, or the reason is missing.
        Refused: the body accepted it already.
    """
    facts = gather.gather(work, today)
    record = _finding(number, facts)
    if corrections.value(record, corrections.ACCEPTED):
        raise Refused(f"{number} 机构已经验收", "再发生的，登记新的一项")
    faults = list(filling.day_faults("--date", day, today))
    faults += corrections.out_of_order(record, {corrections.SUBMITTED: corrections.SUBMITTED}, day, "退回")
    if not reason.strip():
        faults.append(Complaint("--reason", "不能空着", "机构要求补什么、改什么"))
    if faults:
        raise WrongValues(faults)
    names = (corrections.DONE, corrections.PROOF, corrections.VERIFIED, corrections.VERIFIER, corrections.SUBMITTED)
    before = {name: corrections.value(record, name) for name in names}
    entry = corrections.with_values(record, dict.fromkeys(names, ""))
    rows = [*record.rows(outside.RETURNED), {"date": day, "reason": reason, **before}]
    entry = replace(entry, data={**entry.data, outside.RETURNED: rows, "updated": today.isoformat()})
    return _kept(entry, keep(work, facts, entry, Action(today, "", f"{number} 机构退回")), facts)
