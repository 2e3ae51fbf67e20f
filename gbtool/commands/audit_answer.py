"""`gbtool audit answer`: a filled checklist into the ledger; what does not conform becomes a nonconformity report."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gbtool.commands.gather import gather
from gbtool.commands.record import next_id
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults, Refused
from gbtool.model.checklist import Judgement
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules import audits, evidence
from gbtool.shelf.reader import read_plain
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

GRADES = {Judgement.MINOR: "一般", Judgement.MAJOR: "严重"}
HEAD = ("受审核部门", "内审员", "审核日期")


@dataclass(frozen=True, slots=True)
class Answered:
    """What was kept: the checklist and the nonconformity reports that it opened."""

    checklist: Entry
    opened: tuple[Entry, ...]


def answer(work: Workspace, source: Path, today: date) -> Answered:
    """Take a filled checklist.

    Raises:
        FileFaults: a row has no judgement or no evidence, or the head is not complete; every row at once.
        Refused: the auditor belongs to the department, or the department was audited already.
    """
    facts = gather(work, today)
    data = read_plain(source, source.name)
    filled = data if isinstance(data, Mapping) else {}
    head, rows = _mapping(filled.get("head")), _rows(filled.get("rows"))
    faults = [*_head_faults(head, source.name, facts, today), *_row_faults(rows, source.name, facts)]
    if faults:
        raise FileFaults(faults)
    _refuse(head, facts)
    return _keep(work, facts, head, rows, today)


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {}


def _rows(value: object) -> list[dict[str, object]]:
    return [dict(row) for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _head_faults(head: Mapping[str, object], name: str, facts: Facts, today: date) -> Iterator[Complaint]:
    for field in HEAD:
        if not head.get(field):
            yield Complaint(f"{name} head", f"“{field}”没有填")
    names = [department.name for department in facts.client.departments]
    if head.get("受审核部门") and head["受审核部门"] not in names:
        yield Complaint(f"{name} head", f"没有部门“{head['受审核部门']}”", f"机构图上有：{'、'.join(names)}")
    day = as_date(head.get("审核日期"))
    if head.get("审核日期") and day is None:
        yield Complaint(f"{name} head", f"审核日期“{head['审核日期']}”不是日期")
    elif day and day > today:
        yield Complaint(f"{name} head", f"审核日期 {day} 在今天（{today}）以后，还没有发生")


def _row_faults(rows: Iterable[Mapping[str, object]], name: str, facts: Facts) -> Iterator[Complaint]:
    people = evidence.names(facts)
    found = False
    for number, row in enumerate(rows, 1):
        found = True
        wrong = evidence.complaint(row, people)
        if wrong:
            yield Complaint(f"{name} 第{row.get('序号') or number}行", wrong)
    if not found:
        yield Complaint(name, "没有一行", "用 gbtool audit checklist 给出的文件填")


def _refuse(head: Mapping[str, object], facts: Facts) -> None:
    department, auditor = str(head["受审核部门"]), str(head["内审员"])
    own = {str(row.get("姓名")): str(row.get("部门")) for row in facts.client.rows("internal_auditors")}
    own |= {str(row.get("姓名")): str(row.get("部门")) for row in facts.client.rows("people_roster")}
    if own.get(auditor) == department:
        raise Refused(f"{auditor} 是{department}的人，不能审本部门（IA-003）", "换一位内审员审")
    if audits.filled(facts, department):
        raise Refused(f"{department}这次审核的检查表已经登记过", "看它：gbtool ledger list --form rec-audit-checklist")


def _keep(
    work: Workspace, facts: Facts, head: Mapping[str, object], rows: list[dict[str, object]], today: date
) -> Answered:
    code, day = facts.client.code, str(head["审核日期"])
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(today, str(head["内审员"]), f"登记检查表 {head['受审核部门']}")) as change,
    ):
        known = [entry.id for entry in entries.read(ledger)]
        opened = tuple(_opened(head, rows, facts, known, today))
        data = {
            "number": f"{code}-IPM-JL-23-02",
            "title": "内部审核检查表",
            "head": dict(head),
            "rows": rows,
            "sign": [{"role": "内审员", "name": str(head["内审员"]), "date": day}],
        }
        id_ = next_id(f"{code}-IPM-JL-23-02", known)
        checklist = Entry(EntryKind.RECORD, id_, day, today.isoformat(), audits.CHECKLIST, data)
        entries.add(change, checklist, *opened)
    return Answered(checklist, opened)


def _opened(
    head: Mapping[str, object], rows: list[dict[str, object]], facts: Facts, known: list[str], today: date
) -> Iterator[Entry]:
    code, day = facts.client.code, str(head["审核日期"])
    taken = [_number(report) for report in facts.records(audits.NONCONFORMITY)]
    for row in rows:
        grade = GRADES.get(Judgement.read(str(row.get(audits.JUDGED))) or Judgement.CONFORMS)
        if not grade:
            continue
        number = _next(f"{code}-NC-{day[:4]}", taken)
        taken.append(number)
        row[audits.NUMBER] = number
        id_ = next_id(f"{code}-IPM-JL-23-03", known)
        known.append(id_)
        key = audits.key_of(row)
        cite = (
            f"{facts.standard.cite.partition('《')[0]} {audits.cited(key, facts)}"
            if key
            else str(row.get(audits.CLAUSE))
        )
        data = {
            "number": f"{code}-IPM-JL-23-03",
            "title": "不符合项报告",
            "head": {
                "编号": number,
                "受审核部门": head["受审核部门"],
                "陪同人": head.get("被审核人") or "",
                "审核员": head["内审员"],
                "发现日期": day,
            },
            "rows": [{"不符合事实描述": evidence.fact_of(row), "不符合的条款与文件": cite, "性质": grade}],
            "foot": {},
            "sign": [{"role": "审核员", "name": str(head["内审员"]), "date": day}],
        }
        yield Entry(EntryKind.RECORD, id_, day, today.isoformat(), audits.NONCONFORMITY, data)


def _number(report: Entry) -> str:
    return str(report.mapping("head").get("编号") or "")


def _next(prefix: str, taken: Iterable[str]) -> str:
    used = [int(found[1]) for each in taken if (found := re.fullmatch(rf"{re.escape(prefix)}-(\d+)", each))]
    return f"{prefix}-{max(used, default=0) + 1:02}"
