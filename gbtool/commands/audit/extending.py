"""`gbtool audit nc extend`: a later day for a corrective action, by whose leave, on which day, for which reason."""

from collections.abc import Iterator
from datetime import date

from gbtool.commands import filling, gather
from gbtool.commands.audit.follow import Followed, at_home, keep, people, record_of
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import corrections
from gbtool.shelf.reader import did_you_mean
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace


class Leave(Frozen):
    """Until when, granted by whom on which day, why; days as ISO text."""

    to: str
    by: str
    day: str
    reason: str


def extend(work: Workspace, number: str, leave: Leave, today: date) -> Followed:
    """Keep an extension; the first day stays on record.

    Raises:
        UsageError: there is no nonconformity of this number.
        WrongValues: a day is not real, the new day is not later, a name or the reason is missing.
        Refused: it has no day yet, it is done, or its owner would grant it himself.
    """
    work = at_home(work, number, today)
    facts = gather.gather(work, today)
    record = record_of(number, facts)
    due, owner = (corrections.value(record, name) for name in (corrections.DUE, corrections.OWNER))
    if not due or corrections.value(record, corrections.DONE):
        why = "已经做完" if due else "还没有定期限"
        raise Refused(f"{number} {why}，没有可延的", f"gbtool audit nc list 看 {number} 走到哪一步")
    faults = list(_faults(leave, due, facts, today))
    if faults:
        raise WrongValues(faults)
    if leave.by == owner:
        raise Refused(
            f"{number}：{owner} 是整改责任人，不能自己批准延期",
            f"由{facts.words.either('管理者代表', '最高管理者')}或另一名负责人批准",
        )
    wished = _extended(record, leave, due)
    found = keep(work, facts, wished, Action(today, leave.by, f"{number} 延期到 {leave.to}"))
    late = (f"批准日 {leave.day} 已过原期限 {due}，逾期在先，报告里照写",) if leave.day > due else ()
    return replace(found, remarks=(*found.remarks, *late))


def _faults(leave: Leave, due: str, facts: Facts, today: date) -> Iterator[Complaint]:
    yield from filling.day_faults("--date", leave.day, today)
    wrong = list(filling.day_faults("--to", leave.to, date.max))
    yield from wrong
    if not wrong and leave.to <= due:
        yield Complaint("--to", f"{leave.to} 不比现在的期限 {due} 晚")
    if not leave.reason.strip():
        yield Complaint("--reason", "不能空着", "写为什么做不完")
    known = people(facts)
    if leave.by not in known:
        yield Complaint("--by", f"没有这个人“{leave.by}”{did_you_mean(leave.by, known)}", "核对姓名")


def _extended(record: Entry, leave: Leave, due: str) -> Entry:
    rows = [
        *record.rows("extensions"),
        {"from": due, "to": leave.to, "by": leave.by, "date": leave.day, "reason": leave.reason},
    ]
    said = "；".join(f"{row['by']} {row['date']} 批准由{row['from']}延到{row['to']}：{row['reason']}" for row in rows)
    found = corrections.with_values(record, {corrections.DUE: leave.to, "extended": said})
    return replace(found, data={**found.data, "extensions": rows})
