"""In which round something was found: an internal audit, a visit of a certification body, an inspection, a review."""

from collections.abc import Iterable

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.audits import NONCONFORMITY
from gbtool.rules.corrections import CORRECTIVE, OUTSIDE
from gbtool.structs import Frozen

INSIDE = "内审"


class Round(Frozen):
    """Where something was found: the source, and the words that tell one round of it from another."""

    source: str
    name: str

    def __str__(self) -> str:
        """`内审 LW-NS-2026-01`."""
        return f"{self.source} {self.name}".strip()


def plans(facts: Facts) -> tuple[Entry, ...]:
    """The audit plans in the order in which the audits begin."""
    return tuple(sorted(facts.of(EntryKind.AUDIT_PLAN), key=lambda plan: plan.text("start")))


def plan_at(day: str, facts: Facts) -> Entry | None:
    """The audit to which a day belongs: the last that had begun, else the first; None without any plan."""
    known = plans(facts)
    begun = [plan for plan in known if plan.text("start") <= day]
    return begun[-1] if begun else next(iter(known), None)


def of_audit(records: Iterable[Entry], plan: Entry | None, facts: Facts) -> tuple[Entry, ...]:
    """The records that belong to an audit: from its start until that of the next."""
    wanted = plan.id if plan else ""
    return tuple(record for record in records if getattr(plan_at(record.date, facts), "id", "") == wanted)


def round_of(record: Entry, facts: Facts) -> Round:
    """The round in which a nonconformity or a corrective record was found."""
    head = record.mapping("head")
    if record.form == NONCONFORMITY:
        plan = plan_at(record.date, facts)
        return Round(facts.say(INSIDE), (plan.text("audit") or plan.id) if plan else record.date[:4])
    source, day = str(head.get("来源") or ""), str(head.get("开出日期") or record.date)
    if record.form == CORRECTIVE and source == OUTSIDE:
        return Round(OUTSIDE, " ".join(str(head.get(name) or "") for name in ("开出机构", "审核类别")) + f" {day}")
    return Round(source, day)
