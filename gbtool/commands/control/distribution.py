"""`gbtool control distribute` and `recall`: who holds which copy of a version, and what was taken back."""

from collections.abc import Mapping, Sequence
from datetime import date

from gbtool.commands import filling, gather, keeping
from gbtool.commands.control.changes import known
from gbtool.commands.filling import Filled
from gbtool.commands.ledger import record
from gbtool.commands.names import strangers
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.document import Document
from gbtool.model.entry import Entry, Signature
from gbtool.model.facts import Facts
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

FORM = "rec-doc-distribution"
GIVER = "发放人"


class Hand(Frozen):
    """Who does something on which day (ISO)."""

    by: str
    day: str


class Copy(Frozen):
    """A copy of a version: its number, who holds it since when, when it came back (ISO, empty while it is out)."""

    number: str
    department: str
    holder: str
    given: str
    back: str


def copies(facts: Facts, document: Document, version: str = "") -> tuple[Copy, ...]:
    """The copies of a document, of one version or of all."""
    return tuple(
        Copy(*(str(row.get(name) or "") for name in ("发放编号", "领用部门", "领用人", "发放日期", "回收日期")))
        for entry in _records(facts, document, version)
        for row in entry.rows()
    )


def distribute(work: Workspace, id_: str, to: Sequence[tuple[str, str]], hand: Hand, today: date) -> tuple[Copy, ...]:
    """Hand copies of a document in force to departments; numbers go on where they stopped.

    Args:
        work: the client.
        id_: document id or number.
        to: department and holder of each copy.
        hand: who hands them out, and when.
        today: the day on which it is entered.

    Raises:
        UsageError: there is no such document.
        Refused: it is not in force.
        WrongValues: the day is not real or before the issue (DT-09), a department or person is unknown.
    """
    facts = gather.gather(work, today)
    document = known(id_, facts)
    if not document.in_force:
        raise Refused(f"{document.number}《{document.title}》没有在用，不能发放", "先发布：gbtool issue")
    day = hand.day
    faults = [*filling.day_faults("--date", day, today), *_strangers(facts, to, hand.by)]
    if not faults and day < document.issued:
        faults.append(Complaint("--date", f"{day} 早于发布日 {document.issued}（DT-09）"))
    if faults:
        raise WrongValues(faults)
    first = len(copies(facts, document)) + 1
    rows = tuple(
        {"序号": str(at), "发放编号": f"{number:02}", "领用部门": dept, "领用人": holder, "发放日期": day}
        for at, (number, (dept, holder)) in enumerate(enumerate(to, first), 1)
    )
    form = filling.form(work, FORM)
    head = {"文件名称": document.title, "文件编号": document.number, "版本": document.version}
    draft = filling.draft(form, Filled(day, head, rows, (Signature(GIVER, hand.by, day),)), today)
    kept = record.keep(work, form, draft, today, hand.by)
    return tuple(_copy(row) for row in kept.rows())


def recall(work: Workspace, id_: str, version: str, hand: Hand, today: date) -> tuple[Copy, ...]:
    """Take back every copy of a version that is still out.

    Raises:
        UsageError: there is no such document.
        Refused: none of this version is out.
        WrongValues: the day is not real or not yet come.
    """
    facts = gather.gather(work, today)
    document = known(id_, facts)
    day = hand.day
    faults = [*filling.day_faults("--date", day, today), *strangers(facts.client.answers, [("--by", hand.by)])]
    if faults:
        raise WrongValues(faults)
    changed = [_recalled(entry, day) for entry in _records(facts, document, version) if _out(entry)]
    if not changed:
        raise Refused(f"{document.number} {version} 没有发在外面的")
    keeping.keep(work, Action(today, hand.by, f"回收 {document.number} {version}"), changed)
    return tuple(_copy(row) for entry in changed for row in entry.rows() if row.get("回收日期") == day)


def _records(facts: Facts, document: Document, version: str) -> list[Entry]:
    heads = [(entry, entry.mapping("head")) for entry in facts.records(FORM)]
    return [e for e, head in heads if head.get("文件编号") == document.number and version in ("", head.get("版本"))]


def _out(entry: Entry) -> bool:
    return any(not row.get("回收日期") for row in entry.rows())


def _recalled(entry: Entry, day: str) -> Entry:
    rows = [{**row, "回收日期": row.get("回收日期") or day} for row in entry.rows()]
    return replace(entry, data={**entry.data, "rows": rows})


def _copy(row: Mapping[str, object]) -> Copy:
    return Copy(*(str(row.get(name) or "") for name in ("发放编号", "领用部门", "领用人", "发放日期", "回收日期")))


def _strangers(facts: Facts, to: Sequence[tuple[str, str]], by: str) -> list[Complaint]:
    departments = {each.name for each in facts.client.departments}
    faults = [Complaint("--to", f"没有部门“{dept}”") for dept, _ in to if dept not in departments]
    people = [("--to", holder) for _, holder in to] + [("--by", by)]
    return [*faults, *strangers(facts.client.answers, people)]
