"""What people promised to do by a day: answers to a certification body, corrective actions, decisions of a review."""

from collections.abc import Iterator

from gbtool.model.entry import as_date
from gbtool.model.facts import Facts
from gbtool.rules import corrections
from gbtool.rules.correcting import outside
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.periods import fixed
from gbtool.rules.reading import at
from gbtool.rules.reviews import TRACKING


def items(facts: Facts) -> Iterator[Item]:
    """Everything of the kind that is not done; what a body gives no known time for lacks its day."""
    yield from _findings(facts)
    yield from _actions(facts)
    yield from _decisions(facts)


def _findings(facts: Facts) -> Iterator[Item]:
    for record in outside.records(facts):
        found = outside.finding(record, facts)
        if not found.open or found.submitted:
            continue
        last, number = found.due.last, found.shown.number
        yield Item(
            right=number,
            name=found.shown.department,
            what=f"{found.visit or '外审'}不符合，向{found.body or '认证机构'}提交整改材料",
            end=fixed(last) if last else None,
            missing=(found.due.lacking,) if found.due.lacking else (),
            notes=(f"期限出处：{found.due.source}",) if found.due.source else (),
            place=at(record, number),
        )


def _actions(facts: Facts) -> Iterator[Item]:
    for record in corrections.every(facts):
        due, number = as_date(corrections.value(record, corrections.DUE)), corrections.number_of(record)
        if due and not corrections.value(record, corrections.DONE):
            owner = corrections.value(record, corrections.OWNER)
            yield Item(number, owner, "不符合整改，做完纠正措施", end=fixed(due), place=at(record, number))


def _decisions(facts: Facts) -> Iterator[Item]:
    for record in facts.records(TRACKING):
        for place, row in enumerate(record.rows(), 1):
            due = as_date(row.get("计划完成日期"))
            if due and not row.get("实际完成日期"):
                number = f"{record.id} 第{place}项"
                what = f"{facts.say('管理评审')}决议：{row.get('决议事项')}"
                yield Item(number, str(row.get("责任人") or ""), what, end=fixed(due), place=at(record, number))
