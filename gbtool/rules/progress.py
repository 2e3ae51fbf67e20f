"""Where an engagement stands on a day: its stage, and what is due next."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from gbtool.model.calendar import add_months
from gbtool.model.entry import EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import period
from gbtool.rules.deadlines.listing import listing
from gbtool.rules.gates import certificate
from gbtool.rules.readiness import nonconformity_is_closed
from gbtool.rules.reading import milestone, span
from gbtool.structs import Frozen


class Stage(StrEnum):
    """The stages of an engagement in the order in which they happen."""

    CONTRACT = "立项"
    DIAGNOSIS = "诊断"
    WRITING = "策划与编写"
    ISSUE = "发布"
    RUNNING = "运行"
    AUDIT = "内审与整改"
    REVIEW = "管理评审"
    APPLYING = "申请"
    APPLIED = "已申请"
    CERTIFIED = "获证以后"


_SAID = {Stage.AUDIT: "{内审}与整改", Stage.REVIEW: "{管理评审}"}


def named(reached: Stage, facts: Facts) -> str:
    """A stage in the words of the client's standard."""
    return facts.words.said(_SAID.get(reached, reached.value))


class Deadline(Frozen):
    """A day on which something is due, and where that is written."""

    day: date
    what: str
    place: str = ""


# Dates of client.yaml that lie ahead.
_PLANNED = {
    "kickoff_date": "启动会",
    "manual_issue_date": "{手册}发布",
    "manual_effective_date": "{手册}实施，运行期开始",
    "management_review_date": "{管理评审}",
    "certification_apply_date": "拟递交认证申请",
    "trial_start": "试运行开始",
}
_PERIODS = {"diagnosis_period": "诊断", "internal_audit_period": "{内审}"}
_ROWS = {"training_dates": ("日期", "主题", "培训"), "exhibitions": ("起", "展会", "开展")}
# Forms that are filled again within a year of the last time.
_MONTHS = 12
_AGAIN = {"n-rec-review": "年度评审（距上次不超过12个月）", "n-rec-annual": "年度数据填报（日期以当年通知为准）"}
_CONTRACTS = ("到期日期", ("合同编号", "名称"), "合同到期")


def stage(facts: Facts) -> Stage:
    """The stage that the papers and records show; what is only planned counts for the diagnosis alone."""
    today = facts.today
    outside = _outside(facts)
    if outside:
        return outside
    if _reviewed(facts):
        return Stage.APPLYING
    plan = facts.one(EntryKind.AUDIT_PLAN)
    start = as_date(plan.text("start")) if plan else None
    if _issued(facts, EntryKind.AUDIT_REPORT):
        return Stage.AUDIT if _open_nonconformities(facts) else Stage.REVIEW
    if start and start <= today:
        return Stage.AUDIT
    if facts.effective:
        return Stage.RUNNING if facts.effective <= today else Stage.ISSUE
    return Stage.WRITING if facts.documents else _before_documents(facts)


def _reviewed(facts: Facts) -> bool:
    """Whether the review is done: its report, or the record that ends it under the client's standard."""
    last = facts.standard.head.done_by.get("管理评审")
    if not facts.words.has("管理评审"):
        return _issued(facts, EntryKind.AUDIT_REPORT) and not _open_nonconformities(facts)
    return bool(facts.records(last)) if last else _issued(facts, EntryKind.REVIEW_REPORT)


def _outside(facts: Facts) -> Stage | None:
    """The stage once the application is with a certification body; None before."""
    if certificate.held(facts):
        return Stage.CERTIFIED
    application = facts.one(EntryKind.APPLICATION)
    submitted = as_date(application.text("submitted")) if application else None
    return Stage.APPLIED if submitted and submitted <= facts.today else None


def _before_documents(facts: Facts) -> Stage:
    days = span(facts.client.text("diagnosis_period"))
    if days is None:
        first = any(question.first for question in facts.client.open())
        return Stage.CONTRACT if first else Stage.WRITING
    if facts.today < days[0]:
        return Stage.CONTRACT
    return Stage.DIAGNOSIS if facts.today <= days[1] else Stage.WRITING


def _issued(facts: Facts, kind: EntryKind) -> bool:
    issued = milestone(facts.one(kind), "issued", facts)
    return issued is not None and issued.day <= facts.today


def _open_nonconformities(facts: Facts) -> bool:
    return any(nonconformity_is_closed(record, facts) for record in facts.records("rec-nc-report"))


def upcoming(facts: Facts, days: int = 180) -> tuple[Deadline, ...]:
    """What is due from today within so many days, soonest first, each once; rights that are overdue before all."""
    found = {(each.day, each.what): each for each in (*planned(facts, days), *_of_rights(facts, days))}
    return tuple(found[key] for key in sorted(found))


def planned(facts: Facts, days: int) -> tuple[Deadline, ...]:
    """What the client planned, agreed or may do from today within so many days, soonest first; rights left out."""
    last = facts.today + timedelta(days=days)
    found = {(each.day, each.what): each for each in _deadlines(facts) if facts.today <= each.day <= last}
    return tuple(found[key] for key in sorted(found))


def _of_rights(facts: Facts, days: int) -> Iterator[Deadline]:
    """What is due for rights, by the rules of periods; renewals once their window is open."""
    for item in listing(facts, days).items:
        day = item.act_by if facts.today <= item.act_by or item.end is None else item.end.last
        amount = "" if item.amount is None else f"（{item.amount}元）"
        yield Deadline(day, f"{item.what}：{item.right}{amount}", item.place)


def _deadlines(facts: Facts) -> Iterator[Deadline]:
    client = facts.client
    for key, what in _PLANNED.items():
        day = as_date(client.text(key))
        if day:
            yield Deadline(day, facts.words.said(what), f"{client.place(key)} {key}")
    for key, what in _PERIODS.items():
        days = span(client.text(key))
        for day, word in {days[1]: "结束", days[0]: "开始"}.items() if days else ():
            yield Deadline(day, f"{facts.words.said(what)}{word}", f"{client.place(key)} {key}")
    for key, (column, name, what) in _ROWS.items():
        yield from _of_rows(facts, key, column, (name,), what)
    for form, what in _AGAIN.items():
        last = as_date(max(facts.days.get(form, ("",))))
        if last:
            yield Deadline(add_months(last, _MONTHS), what, f"上一次 {last}")
    earliest = period.earliest(facts)
    if earliest:
        yield Deadline(earliest, f"运行满{period.MINIMUM_MONTHS}个月，可以申请的最早一天")
    column, names, what = _CONTRACTS
    yield from _of_rows(facts, "contracts", column, names, what)


def _of_rows(facts: Facts, key: str, column: str, names: tuple[str, ...], what: str) -> Iterator[Deadline]:
    for row in facts.client.rows(key):
        day = as_date(row.get(column)) if isinstance(row, Mapping) else None
        if day:
            name = next((str(row[each]) for each in names if row.get(each)), "")
            yield Deadline(day, f"{what}：{name}", f"{facts.client.place(key)} {key}")
