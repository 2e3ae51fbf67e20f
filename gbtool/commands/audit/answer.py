"""`gbtool audit answer`: a department's checklist judged row by row; what does not conform opens a report."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, filling, gather, keeping, numbering
from gbtool.commands.audit import checklist as audit_checklist, workbook
from gbtool.commands.audit.reading import EXTRA, Row, Sheet, Sitting, sitting
from gbtool.commands.workspace import Workspace
from gbtool.documents import asking
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.checklist import Judgement
from gbtool.model.document import DocumentKind
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import assignment, audits, consequences, corrections, evidence
from gbtool.rules.auditing import figures
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

GRADES = {Judgement.MINOR: corrections.MINOR, Judgement.MAJOR: corrections.MAJOR}
FORBID = ("DT-18", "DT-19")
REMARK = ("CN-06", "CN-09")
CITABLE = (DocumentKind.PROCEDURE, DocumentKind.FLOW, DocumentKind.SYSTEM, DocumentKind.MANUAL)


class Answered(Frozen):
    """What was kept: the checklist, the reports it opened, how many rows are left, remarks, if anything was new."""

    checklist: Entry
    opened: tuple[Entry, ...]
    left: int
    remarks: tuple[str, ...]
    fresh: bool = True


def sheet(work: Workspace, department: str, today: date, cache: Path | None = None, seed: int | None = None) -> Sheet:
    """A department's rows: the questions in this client's words with what is answered already.

    Raises:
        UsageError: there is no such department.
        FileFaults: a question needs an answer of the profile that nobody gave.
    """
    facts = gather.gather(work, today)
    audit_checklist.known(department, facts)
    made = audit_checklist.made(work, facts, asking.asker(drafts.desk(work, facts, cache)), seed)
    fresh = audit_checklist.rows(next(each for each in made if each.department == department), facts)
    record = audits.filled(facts, department)
    done = record.rows() if record else ()
    known = {str(row.get(audits.QUESTION)): row for row in done}
    extra = [row for row in done if str(row.get(audits.QUESTION)) not in {str(r[audits.QUESTION]) for r in fresh}]
    rows = (*({**row, **known.get(str(row[audits.QUESTION]), {})} for row in fresh), *extra)
    return Sheet(sitting(department, record, facts), tuple(rows))


def people(work: Workspace, today: date) -> frozenset[str]:
    """The names by which evidence may be named."""
    return evidence.names(gather.gather(work, today))


def answer(work: Workspace, given: Sheet, today: date) -> Answered:
    """Keep a checklist; ○ and × open a nonconformity report with the next free number.

    Raises:
        WrongValues: a judgement lacks what it needs, the auditor or the day is missing; every fault at once.
        Refused: the auditor belongs to the department, or a judgement with an open report is taken back.
    """
    facts = gather.gather(work, today)
    sitting, rows = given.sitting, [_tidy(row) for row in given.rows]
    faults = [*_who_and_when(sitting, facts, today), *_rows(replace(given, rows=tuple(rows)), facts)]
    if faults:
        raise WrongValues(faults)
    _refuse_own(sitting, facts)
    record = audits.filled(facts, sitting.department)
    _refuse_taking_back(record, rows)
    opened = tuple(_opened(sitting, rows, record, facts, today))
    checklist = _record(sitting, rows, record, facts, today)
    kept = (checklist, *opened)
    left = sum(not row.get(audits.JUDGED) for row in rows)
    if record and not opened and same(record, checklist):
        return Answered(record, (), left, (), fresh=False)
    keeping.refuse(consequences.objections(facts, kept, FORBID), "检查表不能这样登记")
    said = consequences.objections(facts, kept, REMARK)
    keeping.keep(work, Action(today, sitting.auditor, f"审核检查表 {sitting.department}"), kept)
    return Answered(checklist, opened, left, (*map(str, (*said.hard, *said.soft)), *figures.differing(rows, facts)))


def same(record: Entry, other: Entry) -> bool:
    """Whether two checklists say the same: rows of the same words in the same order, the same people and day."""
    return record.date == other.date and _plain(record.data) == _plain(other.data)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: plain for name, inner in value.items() if (plain := _plain(inner)) not in ("", [], None)}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value


def _tidy(row: Row) -> dict[str, object]:
    judged = Judgement.read(str(row.get(audits.JUDGED) or ""))
    return {**row, audits.JUDGED: judged.value if judged else str(row.get(audits.JUDGED) or "").strip()}


def _who_and_when(sitting: Sitting, facts: Facts, today: date) -> Iterator[Complaint]:
    if not sitting.auditor:
        yield Complaint(
            facts.say("内审员"), f"没有写{facts.say('内审员')}", "--auditor 姓名，或先排计划：gbtool audit plan"
        )
    strange = [name for name in sitting.auditors if name not in _auditors(facts)]
    if strange:
        yield Complaint(
            facts.say("内审员"), f"{'、'.join(strange)} 不在{facts.say('内审员')}名单和审核计划里", "核对姓名"
        )
    yield from filling.day_faults("审核日期", sitting.day, today)


def _auditors(facts: Facts) -> set[str]:
    plan = audits.plan_of(facts)
    planned = {str(row.get("name")) for row in plan.rows("team")} if plan else set()
    return planned | {auditor.name for auditor in assignment.auditors(facts)}


def _rows(given: Sheet, facts: Facts) -> Iterator[Complaint]:
    """What is wrong with the rows that are judged; a row without judgement waits."""
    known = evidence.names(facts)
    for number, row in enumerate(given.rows, 1):
        wrong = evidence.fault(row, known) if row.get(audits.JUDGED) else None
        if wrong:
            where = given.spot(number, wrong.column)
            yield Complaint(where, wrong.message, "写出谁、哪份文件或记录、什么日期、几份里几份")
        if Judgement.read(str(row.get(audits.JUDGED) or "")) in GRADES and not _basis(row, facts):
            where = given.spot(number, workbook.BASIS)
            yield Complaint(where, "没有写违反了自己的哪份文件", f"“{workbook.BASIS}”写文件的名称、编号、哪一款")
    if not any(row.get(audits.JUDGED) for row in given.rows):
        yield Complaint(given.sitting.department, "没有一行写了判定", "填好“判定”和“审核记录”再登记")


def _refuse_own(sitting: Sitting, facts: Facts) -> None:
    for auditor in sitting.auditors:
        own = sitting.department in assignment.homes(auditor, facts)
        if own or auditor in sitting.auditees.split("、"):
            message = f"{auditor} 不能审{sitting.department}：{facts.say('内审员')}不审本部门、不审本人的工作（IA-003）"
            raise Refused(message, f"换一名{facts.say('内审员')}审；没有别人的，请外部人员")


def _refuse_taking_back(record: Entry | None, rows: Sequence[Row]) -> None:
    judged = {str(row.get(audits.QUESTION)): str(row.get(audits.JUDGED)) for row in rows}
    for row in record.rows() if record else ():
        number, question = str(row.get(audits.NUMBER) or ""), str(row.get(audits.QUESTION))
        if number and Judgement.read(judged.get(question, "")) not in GRADES:
            message = f"第{row.get('序号')}行已开不符合报告 {number}，判定不能收回"
            raise Refused(message, "如实整改、验证、关闭：gbtool audit nc")


def _opened(
    sitting: Sitting, rows: Sequence[dict[str, object]], record: Entry | None, facts: Facts, today: date
) -> Iterator[Entry]:
    """A report for each row that does not conform and has none yet; the row takes the report's number."""
    reported = facts.records(audits.NONCONFORMITY)
    known = {str(r.get(audits.QUESTION)): str(r.get(audits.NUMBER) or "") for r in (record.rows() if record else ())}
    numbers = [corrections.number_of(each) for each in reported]
    ids = [each.id for each in reported]
    for row in rows:
        judged = Judgement.read(str(row.get(audits.JUDGED) or ""))
        if judged not in GRADES:
            row.pop(audits.NUMBER, None)
            continue
        number = known.get(str(row.get(audits.QUESTION))) or str(row.get(audits.NUMBER) or "")
        row[audits.NUMBER] = number
        if number in numbers:
            continue
        row[audits.NUMBER] = number or numbering.running(numbering.series("NC", sitting.day[:4], facts), numbers)
        report = _report(sitting, row, ids, facts, today)
        numbers.append(str(row[audits.NUMBER]))
        ids.append(report.id)
        yield report


def _report(sitting: Sitting, row: Row, ids: Sequence[str], facts: Facts, today: date) -> Entry:
    judged = Judgement.read(str(row[audits.JUDGED]))
    about = numbering.about(audits.NONCONFORMITY, facts)
    head = {
        "编号": row[audits.NUMBER],
        "受审核部门": sitting.department,
        "陪同人": sitting.auditees.split("、")[0],
        "审核员": sitting.auditor,
        "发现日期": sitting.day,
    }
    said = {
        corrections.STATEMENT: str(row.get(workbook.STATEMENT) or evidence.fact_of(row)),
        corrections.BASIS: f"{facts.standard.cite.partition('《')[0]} {row.get(audits.CLAUSE)}；{_basis(row, facts)}",
        corrections.GRADE: GRADES[judged] if judged else "",
        "部门确认": sitting.confirmed_by,
    }
    signed = [*(("审核员", name) for name in sitting.auditors), ("部门负责人", sitting.confirmed_by)]
    data = {**about, "head": head, "rows": [said], "sign": _signed(signed, sitting.day)}
    id_ = numbering.running(str(about["number"]), ids, 3)
    return Entry(EntryKind.RECORD, id_, sitting.day, today.isoformat(), audits.NONCONFORMITY, data)


def _basis(row: Row, facts: Facts) -> str:
    """The client's own document that was not followed: as written, else what answers the clause, else the manual."""
    if row.get(workbook.BASIS):
        return str(row[workbook.BASIS])
    key, edition = audits.key_of(row), facts.client.edition
    answering = [s for s in facts.applicable if s.kind in CITABLE and key in s.clauses.get(edition, ())]
    manual = [s for s in facts.applicable if s.kind is DocumentKind.MANUAL]
    own = (sorted(answering, key=lambda s: CITABLE.index(s.kind)) or manual)[:1]
    named = (f"《{s.title_in(edition)}》（{s.number.replace('{company_code}', facts.client.code)}）" for s in own)
    return next(named, "")


def _signed(people: Sequence[tuple[str, str]], day: str) -> list[dict[str, object]]:
    return [{"role": role, "name": name, "date": day} for role, name in people if name]


def _record(sitting: Sitting, rows: Sequence[Row], record: Entry | None, facts: Facts, today: date) -> Entry:
    about = numbering.about(audits.CHECKLIST, facts)
    ids = [each.id for each in facts.records(audits.CHECKLIST)]
    id_ = record.id if record else numbering.running(str(about["number"]), ids, 3)
    head = {
        "受审核部门": sitting.department,
        "被审核人": sitting.auditees,
        "内审员": sitting.auditor,
        "审核日期": sitting.day,
        "时间段": sitting.hours,
    }
    signed = [*(("内审员", name) for name in sitting.auditors), ("受审核部门确认", sitting.confirmed_by)]
    kept = [{name: value for name, value in row.items() if name not in EXTRA} for row in rows]
    data = {**about, "head": head, "rows": kept, "sign": _signed(signed, sitting.day)}
    return Entry(EntryKind.RECORD, id_, sitting.day, today.isoformat(), audits.CHECKLIST, data)
