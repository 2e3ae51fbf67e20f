"""The life of a nonconformity: opened, cause, correction, corrective action, done, verified by another, closed."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from gbtool.errors import Complaint
from gbtool.model.entry import Entry, as_date
from gbtool.model.facts import Facts
from gbtool.rules.audits import NONCONFORMITY, reports
from gbtool.structs import Frozen, replace

CAUSE, CORRECTION, ACTION = "原因分析", "纠正", "纠正措施"
DUE, DONE = "计划完成日期", "实际完成日期"
PROOF, VERIFIED, VERIFIER = "验证情况与证据", "验证日期", "验证人"
OWNER, CAUSE_DAY, CLOSED = "responsible", "cause_date", "closed"
WANTED = (CAUSE, CORRECTION, ACTION, DONE, PROOF, VERIFIED, VERIFIER)
STATEMENT, BASIS, GRADE = "不符合事实描述", "不符合的条款与文件", "性质"
MINOR, MAJOR = "一般", "严重"
CORRECTIVE, OUTSIDE = "rec-corrective", "外审"
SUBMITTED, ACCEPTED = "提交日期", "机构验收日期"
_ROWS, _HEAD, _FOOT = "rows", "head", "foot"
# Where the form for what was found elsewhere than in an internal audit has these values.
_PLACES: Mapping[str, tuple[str, str]] = {
    CAUSE: (_ROWS, "原因"),
    CORRECTION: (_ROWS, CORRECTION),
    ACTION: (_ROWS, ACTION),
    OWNER: (_ROWS, "责任人"),
    DUE: (_ROWS, "期限"),
    DONE: (_ROWS, "完成日期"),
    PROOF: (_FOOT, "验证结果"),
    VERIFIED: (_FOOT, VERIFIED),
    VERIFIER: (_FOOT, VERIFIER),
    SUBMITTED: (_HEAD, SUBMITTED),
    ACCEPTED: (_FOOT, ACCEPTED),
}
_BESIDE = (OWNER, CAUSE_DAY, CLOSED, "extended", "extensions")  # kept beside the fields of the form


class State(StrEnum):
    """How far a nonconformity has come."""

    OPENED = "待分析原因"
    ANALYSED = "待纠正"
    CORRECTED = "待定纠正措施"
    ACTING = "整改中"
    DONE = "待验证"
    VERIFIED = "待关闭"
    TO_SUBMIT = "待提交机构"
    SUBMITTED = "待机构验收"
    CLOSED = "已关闭"


class Nonconformity(Frozen):
    """A nonconformity as lists show it; `overdue` is counted in days after the due day."""

    number: str
    department: str
    grade: str
    statement: str
    basis: str
    owner: str
    found: str
    due: str
    done: str
    verified: str
    verifier: str
    state: State
    overdue: int
    record: str
    missing: tuple[str, ...] = ()
    extended: str = ""

    @property
    def closed(self) -> bool:
        """Whether everything is there and somebody closed it."""
        return self.state is State.CLOSED


def number_of(record: Entry) -> str:
    """The number of a nonconformity report."""
    return str(record.mapping("head").get("编号") or record.id)


def value(record: Entry, name: str) -> str:
    """A value of the report's foot, or of the record itself; of the corrective form where it has it."""
    part, field = _place(record, name)
    own = _first(record) if part == _ROWS else record.mapping(part)
    return str(own.get(field) or record.get(name) or "").strip()


def with_values(record: Entry, values: Mapping[str, str]) -> Entry:
    """The record with values where its form has them, else beside its fields."""
    data = dict(record.data)
    for name, text in values.items():
        part, field = _place(record, name)
        if part == _ROWS:
            data[_ROWS] = [{**_first(replace(record, data=data)), field: text}, *record.rows()[1:]]
        elif part:
            data[part] = {**replace(record, data=data).mapping(part), field: text}
        else:
            data[name] = text
    return replace(record, data=data)


def _place(record: Entry, name: str) -> tuple[str, str]:
    if record.form == CORRECTIVE:
        return _PLACES.get(name, ("", name))
    return ("", name) if name in _BESIDE else (_FOOT, name)


def _first(record: Entry) -> Mapping[str, object]:
    return next(iter(record.rows()), {})


def from_outside(record: Entry) -> bool:
    """Whether a certification body found it."""
    return record.form == CORRECTIVE and record.mapping("head").get("来源") == OUTSIDE


def missing(record: Entry) -> tuple[str, ...]:
    """What a nonconformity still needs before it can be closed."""
    return tuple(name for name in WANTED if not value(record, name))


_ACCEPTING = (((SUBMITTED,), State.TO_SUBMIT), ((ACCEPTED,), State.SUBMITTED))


def state(record: Entry) -> State:
    """How far a nonconformity has come: the first step that is not done."""
    steps = (
        ((CAUSE,), State.OPENED),
        ((CORRECTION,), State.ANALYSED),
        ((ACTION,), State.CORRECTED),
        ((DONE,), State.ACTING),
        ((PROOF, VERIFIED, VERIFIER), State.DONE),
        *(_ACCEPTING if from_outside(record) else (((CLOSED,), State.VERIFIED),)),
    )
    return next((now for names, now in steps if not all(value(record, name) for name in names)), State.CLOSED)


def overdue(record: Entry, today: date) -> int:
    """Days by which the action is, or was, late."""
    due, done = as_date(value(record, DUE)), as_date(value(record, DONE))
    return max(((done or today) - due).days, 0) if due else 0


def listed(facts: Facts) -> tuple[Nonconformity, ...]:
    """The nonconformities of the audit that is under way, in order of number."""
    return tuple(sorted((shown(record, facts.today) for record in reports(facts)), key=lambda each: each.number))


def every(facts: Facts) -> tuple[Entry, ...]:
    """Every nonconformity report of any audit, and every corrective record, in order of date."""
    return facts.records(NONCONFORMITY, CORRECTIVE)


def shown(record: Entry, today: date) -> Nonconformity:
    """A record as lists show it."""
    head, row = record.mapping("head"), _first(record)
    corrective = record.form == CORRECTIVE
    return Nonconformity(
        number=number_of(record),
        department=str(head.get("责任部门" if corrective else "受审核部门") or ""),
        grade=str((head if corrective else row).get(GRADE) or ""),
        statement=str(row.get("问题描述" if corrective else STATEMENT) or ""),
        basis=str((head.get("条款") if corrective else row.get(BASIS)) or ""),
        owner=value(record, OWNER),
        found=found_on(record),
        due=value(record, DUE),
        done=value(record, DONE),
        verified=value(record, VERIFIED),
        verifier=value(record, VERIFIER),
        state=state(record),
        overdue=overdue(record, today),
        record=record.id,
        missing=missing(record),
        extended=record.text("extended"),
    )


def found_on(record: Entry) -> str:
    """The day on which it was found, as ISO text."""
    head = record.mapping("head")
    names = ("开出日期", "日期") if record.form == CORRECTIVE else ("发现日期",)
    return next((str(head[name]) for name in names if head.get(name)), "")


# What would be wrong with a step


def out_of_order(record: Entry, before: Mapping[str, str], day: str, what: str) -> Iterator[Complaint]:
    """A step needs the steps before it, and comes on or after their days (DT-19, DT-20).

    Args:
        record: the nonconformity.
        before: the names of what must be there, each with the name of its day (empty: it has none).
        day: when the step happened.
        what: the step in words.
    """
    for name, dated in before.items():
        earlier = value(record, dated) if dated else ""
        if not value(record, name):
            yield Complaint(number_of(record), f"还没有{name}，不能{what}", "先补前一步")
        elif earlier and day and day < earlier:
            yield Complaint(number_of(record), f"{what} {day} 早于{name} {earlier}", "核对日期")
    found = found_on(record)
    if found and day and day < found:
        yield Complaint(number_of(record), f"{what} {day} 早于发现日期 {found}", "核对日期")


def own_verification(record: Entry, verifier: str) -> Iterator[Complaint]:
    """Who carried out the action does not verify it, nor does anybody without there being an owner (DT-19)."""
    owner = value(record, OWNER)
    if not owner:
        yield Complaint(number_of(record), "没有写整改责任人，分不清由谁验证", "gbtool audit nc act 编号 --owner 姓名")
    elif owner == verifier:
        yield Complaint(number_of(record), f"{verifier} 是整改责任人，不能自己验证", "由另一人验证")
