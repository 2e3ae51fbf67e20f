"""Work of an auditor in departments that are not his own: what he made there is looked at by somebody else."""

from collections.abc import Iterator

from gbtool.model.entry import Entry
from gbtool.model.facts import Facts

_SHOWN = 3
# Who signs so has looked at the work of others, confirmed it, or spoken for himself; he has not done it.
_OTHERS = frozenset(
    (
        *("批准", "审核", "复核", "见证人", "承诺人", "声明人", "知识产权部门", "受审核部门确认", "接收人"),
        *("内审员", "审核员", "审核组长"),
    )
)


def found(auditor: str, department: str, facts: Facts) -> tuple[str, ...]:
    """The records of a department's forms that a person made since the system took effect: signed as who did it."""
    functions = next((d.functions for d in facts.client.departments if d.name == department), ())
    own = {each.id for each in facts.specifications if each.owner in functions}
    since = facts.effective.isoformat() if facts.effective else ""
    return tuple(
        record.id
        for record in facts.records()
        if record.date >= since and record.form in own and auditor in _makers(record)
    )


def _makers(record: Entry) -> frozenset[str]:
    return frozenset(each.name for each in record.signatures if each.role not in _OTHERS)


def signed(plan: Entry, facts: Facts) -> Iterator[str]:
    """One sentence for each auditor and department in whose records he had his hand."""
    pairs = dict.fromkeys((str(s.get("auditor") or ""), str(s.get("department") or "")) for s in plan.rows("slots"))
    for auditor, department in pairs:
        ids = found(auditor, department, facts)
        if ids:
            more = f"等 {len(ids)} 份" if len(ids) > _SHOWN else ""
            listed = "、".join(ids[:_SHOWN])
            yield f"{auditor} 审 {department}，但做过它的记录（{listed}{more}）：这些由别人看"
