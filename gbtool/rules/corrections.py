"""The life of a nonconformity: opened, cause, correction, corrective action, done, verified by another, closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gbtool.errors import Complaint
from gbtool.model.entry import Entry, as_date
from gbtool.model.facts import Facts
from gbtool.rules.audits import reports

CAUSE, CORRECTION, ACTION = "原因分析", "纠正", "纠正措施"
DUE, DONE = "计划完成日期", "实际完成日期"
PROOF, VERIFIED, VERIFIER = "验证情况与证据", "验证日期", "验证人"
OWNER, CAUSE_DAY, CLOSED = "responsible", "cause_date", "closed"
WANTED = (CAUSE, CORRECTION, ACTION, DONE, PROOF, VERIFIED, VERIFIER)
STATEMENT, BASIS, GRADE = "不符合事实描述", "不符合的条款与文件", "性质"
MINOR, MAJOR = "一般", "严重"


class State(StrEnum):
    """How far a nonconformity has come."""

    OPENED = "待分析原因"
    ANALYSED = "待纠正"
    CORRECTED = "待定纠正措施"
    ACTING = "整改中"
    DONE = "待验证"
    VERIFIED = "待关闭"
    CLOSED = "已关闭"


@dataclass(frozen=True, slots=True)
class Nonconformity:
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

    @property
    def closed(self) -> bool:
        """Whether everything is there and somebody closed it."""
        return self.state is State.CLOSED


def number_of(record: Entry) -> str:
    """The number of a nonconformity report."""
    return str(record.mapping("head").get("编号") or record.id)


def value(record: Entry, name: str) -> str:
    """A value of the report's foot, or of the record itself."""
    found = record.mapping("foot").get(name) or record.get(name)
    return str(found or "").strip()


def missing(record: Entry) -> tuple[str, ...]:
    """What a nonconformity still needs before it can be closed."""
    return tuple(name for name in WANTED if not value(record, name))


def state(record: Entry) -> State:
    """How far a nonconformity has come: the first step that is not done."""
    steps = (
        ((CAUSE,), State.OPENED),
        ((CORRECTION,), State.ANALYSED),
        ((ACTION,), State.CORRECTED),
        ((DONE,), State.ACTING),
        ((PROOF, VERIFIED, VERIFIER), State.DONE),
        ((CLOSED,), State.VERIFIED),
    )
    return next((now for names, now in steps if not all(value(record, name) for name in names)), State.CLOSED)


def overdue(record: Entry, today: date) -> int:
    """Days by which the action is, or was, late."""
    due, done = as_date(value(record, DUE)), as_date(value(record, DONE))
    return max(((done or today) - due).days, 0) if due else 0


def listed(facts: Facts) -> tuple[Nonconformity, ...]:
    """The nonconformities of the audit that is under way, in order of number."""
    return tuple(sorted((_listed(record, facts.today) for record in reports(facts)), key=lambda each: each.number))


def _listed(record: Entry, today: date) -> Nonconformity:
    head = record.mapping("head")
    row: Mapping[str, object] = next(iter(record.rows()), {})
    return Nonconformity(
        number=number_of(record),
        department=str(head.get("受审核部门") or ""),
        grade=str(row.get(GRADE) or ""),
        statement=str(row.get(STATEMENT) or ""),
        basis=str(row.get(BASIS) or ""),
        owner=value(record, OWNER),
        found=str(head.get("发现日期") or ""),
        due=value(record, DUE),
        done=value(record, DONE),
        verified=value(record, VERIFIED),
        verifier=value(record, VERIFIER),
        state=state(record),
        overdue=overdue(record, today),
        record=record.id,
        missing=missing(record),
    )


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
    found = str(record.mapping("head").get("发现日期") or "")
    if found and day and day < found:
        yield Complaint(number_of(record), f"{what} {day} 早于发现日期 {found}", "核对日期")


def own_verification(record: Entry, verifier: str) -> Iterator[Complaint]:
    """Who carried out the action does not verify it, nor does anybody without there being an owner (DT-19)."""
    owner = value(record, OWNER)
    if not owner:
        yield Complaint(number_of(record), "没有写整改责任人，分不清由谁验证", "gbtool audit nc act 编号 --owner 姓名")
    elif owner == verifier:
        yield Complaint(number_of(record), f"{verifier} 是整改责任人，不能自己验证", "由另一人验证")
