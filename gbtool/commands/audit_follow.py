"""`gbtool audit nc`: a nonconformity from its cause to another person's verification."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, UsageError, WrongValues
from gbtool.model.answers import date_complaint
from gbtool.model.entry import Entry, as_date
from gbtool.rules import audits
from gbtool.rules.engine import each
from gbtool.rules.readiness import nonconformity_is_closed
from gbtool.shelf.reader import did_you_mean
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

# The fields in the order in which they are filled: each needs all before it that are marked as its ground.
FOOT = ("原因分析", "纠正", "纠正措施", "计划完成日期", "实际完成日期", "验证情况与证据", "验证日期", "验证人")
OWN = {"责任人": "responsible", "原因分析日期": "cause_date"}
DATES = ("计划完成日期", "实际完成日期", "验证日期", "原因分析日期")
BEFORE_VERIFYING = ("原因分析", "纠正", "纠正措施", "实际完成日期", "验证情况与证据")


@dataclass(frozen=True, slots=True)
class Followed:
    """A nonconformity and whether it is closed, else what is missing."""

    report: Entry
    number: str
    closed: bool
    missing: str
    overdue: bool


def followed(work: Workspace, today: date) -> tuple[Followed, ...]:
    """All nonconformities as they stand."""
    facts = gather(work, today)
    result = []
    for report in facts.records(audits.NONCONFORMITY):
        missing = "；".join(fault.message for fault in each(nonconformity_is_closed(report, facts)))
        due = as_date(report.mapping("foot").get("计划完成日期"))
        number = str(report.mapping("head").get("编号") or report.id)
        late = bool(missing and due and due < today)
        result.append(Followed(report, number, not missing, missing, late))
    return tuple(result)


def follow(work: Workspace, number: str, values: Mapping[str, str], today: date, by: str) -> Followed:
    """Set fields of a nonconformity report.

    Raises:
        UsageError: there is no such report or field.
        WrongValues: a day is not real or out of order, verification comes too early or from the owner.
    """
    reports = {one.number: one.report for one in followed(work, today)}
    if number not in reports:
        raise UsageError(f"没有不符合“{number}”{did_you_mean(number, reports)}", "已有的见 gbtool audit nc list")
    known = (*FOOT, *OWN)
    strange = next((name for name in values if name not in known), None)
    if strange:
        raise UsageError(f"没有字段“{strange}”{did_you_mean(strange, known)}", f"可以填：{'、'.join(known)}")
    changed = _changed(reports[number], values)
    faults = list(_faults(changed, values, today))
    if faults:
        raise WrongValues(faults)
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(today, by, f"{number}：填{'、'.join(values)}")) as change,
    ):
        entries.put(change, [changed])
    return next(one for one in followed(work, today) if one.number == number)


def _changed(report: Entry, values: Mapping[str, str]) -> Entry:
    foot = {**report.mapping("foot"), **{name: value for name, value in values.items() if name in FOOT}}
    own = {OWN[name]: value for name, value in values.items() if name in OWN}
    return replace(report, data={**report.data, "foot": foot, **own})


def _faults(report: Entry, values: Mapping[str, str], today: date) -> Iterator[Complaint]:
    foot = report.mapping("foot")
    for name in DATES:
        wrong = date_complaint(values[name]) if values.get(name) else None
        if wrong:
            yield Complaint(name, wrong)
        elif values.get(name, "") > today.isoformat() and name != "计划完成日期":
            yield Complaint(name, f"{values[name]} 在今天（{today}）以后，还没有发生")
    if foot.get("验证人") or foot.get("验证日期"):
        missing = [name for name in BEFORE_VERIFYING if not foot.get(name)]
        if missing:
            yield Complaint("验证", f"还缺{'、'.join(missing)}", "先完成整改，再验证")
        if foot.get("验证人") and foot["验证人"] == report.text("responsible"):
            yield Complaint("验证人", f"{foot['验证人']} 是整改责任人，不能自己验证（DT-19）", "由另一人验证")
        done, verified = str(foot.get("实际完成日期") or ""), str(foot.get("验证日期") or "")
        if done and verified and verified < done:
            yield Complaint("验证日期", f"{verified} 早于实际完成日期 {done}", "核对日期")
