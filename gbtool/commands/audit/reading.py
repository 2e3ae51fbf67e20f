"""A filled checklist back from its file: the workbook, the printed form in Word, YAML; rows by their questions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, gather, numbering
from gbtool.commands.audit import checklist as audit_checklist, papers as audit_papers, workbook
from gbtool.commands.workspace import Workspace
from gbtool.documents import asking
from gbtool.documents.readback import form_of, read_back
from gbtool.errors import Complaint, FileFaults
from gbtool.exchange import books
from gbtool.model.checklist import Checklist, ChecklistRow
from gbtool.model.document import Field, Fields
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.shelf import ledger_files
from gbtool.structs import Frozen, field, replace
from gbtool.word import cells

EXTRA = (audit_papers.EVIDENCE, workbook.STATEMENT, workbook.BASIS)
DEPARTMENT = "受审核部门"
WORD = ".docx"
Row = Mapping[str, object]
Spots = Mapping[str, str]


class Sitting(Frozen):
    """Whose checklist is answered, by which auditors on which day, who confirms for the department, with whom."""

    department: str
    auditor: str = ""
    day: str = ""
    confirmed_by: str = ""
    auditees: str = ""
    hours: str = ""

    @property
    def auditors(self) -> tuple[str, ...]:
        """The auditors by name: a department may be shared by several."""
        return tuple(dict.fromkeys(name for each in self.auditor.split("、") if (name := each.strip())))


class Sheet(Frozen):
    """What there is to answer: who and when, the rows, and where the cells of each row stand in a file."""

    sitting: Sitting
    rows: tuple[Row, ...]
    spots: tuple[Spots, ...] = field(default=())

    def spot(self, number: int, column: str) -> str:
        """Where a cell stands: in its file where it came from one that has places, else its row."""
        row = self.rows[number - 1]
        own = self.spots[number - 1].get(column, "") if self.spots else ""
        return own or f"{self.sitting.department} 第{row.get('序号') or number}行"


def from_file(work: Workspace, source: Path, department: str, today: date, cache: Path | None = None) -> Sheet:
    """A filled checklist: the workbook, the printed form, the answers file.

    Args:
        work: the client.
        source: the file: .xlsx, .docx, else YAML.
        department: whose it is; empty where the file says it.
        today: the day.
        cache: where compiled templates are kept.

    Raises:
        FileFaults: the file does not fit, or holds no checklist of this department; every fault with its place.
    """
    facts = gather.gather(work, today)
    if department:
        audit_checklist.known(department, facts)
    if source.suffix.lower() not in (WORD, workbook.SUFFIX):
        entry = _entry(source, department, facts, today)
        return Sheet(sitting(_department(entry.mapping("head"), source.name, facts), entry, facts), entry.rows())
    read = _word(source, facts) if source.suffix.lower() == WORD else _book(source, facts)
    head, rows, sign = read
    name = _department(head, source.name, facts)
    if department and name != department:
        raise FileFaults([Complaint(source.name, f"这是“{name}”的检查表，不是“{department}”的")])
    asked = asking.asker(drafts.desk(work, facts, cache))
    own = next(each for each in audit_checklist.made(work, facts, asked) if each.department == name)
    known = list(_matched(rows, own, facts, source.name))
    entry = _as_entry(head, sign)
    return Sheet(sitting(name, entry, facts), tuple(row for row, _ in known), tuple(spots for _, spots in known))


def _department(head: Row, name: str, facts: Facts) -> str:
    written = str(head.get(DEPARTMENT) or "")
    if written not in {each.name for each in facts.client.departments}:
        raise FileFaults([Complaint(name, f"“{DEPARTMENT}”写的是“{written}”，机构图上没有", "照机构图写")])
    return written


def _entry(source: Path, department: str, facts: Facts, today: date) -> Entry:
    """The checklist of a department in a YAML file in the format of the ledger's import."""
    form = numbering.specification(audits.CHECKLIST, facts)
    form = replace(form, fields=_fields(facts))
    found = ledger_files.read_entries(source, source.name, {form.id: form}, today)
    mine = [each for each in found if not department or each.mapping("head").get(DEPARTMENT) == department]
    if len(mine) != 1:
        name = f"“{department}”的" if department else ""
        raise FileFaults([Complaint(source.name, f"里面有 {len(mine)} 份{name}检查表，应当是 1 份")])
    return mine[0]


def _fields(facts: Facts) -> Fields:
    """The form's fields as a file to fill has them: judgements as marks too, with what only the file holds."""
    fields = numbering.specification(audits.CHECKLIST, facts).fields
    plain = tuple(Field(each.name) if each.name == audits.JUDGED else each for each in fields.columns)
    return replace(fields, columns=(*plain, *map(Field, EXTRA)))


Parts = tuple[Row, list[tuple[dict[str, object], dict[str, str]]], Sequence[Row]]


def _book(source: Path, facts: Facts) -> Parts:
    found = {sheet.name: sheet for sheet in books.sheets(source, source.name)}
    head, rows = workbook.read(found, source.name, facts.words)
    signed = [{"role": workbook.CONFIRMED, "name": head.pop(workbook.CONFIRMED, "")}]
    return head, rows, signed


def _word(source: Path, facts: Facts) -> Parts:
    """The printed form, by its properties, its number or its title, also after another program saved it."""
    filed = cells.read(source, source.name)
    forms = {each.id: each for each in facts.specifications if each.fields}
    if form_of(filed, forms, facts.client.code) != audits.CHECKLIST:
        raise FileFaults(
            [Complaint(source.name, f"不是{facts.say('内部审核')}检查表", "用 gbtool audit checklist 出的 Word")]
        )
    fields = _fields(facts)
    more = (Field(audit_papers.SEED), Field(audit_papers.CRITERIA))
    printed = tuple(each for each in fields.columns if each.name not in (workbook.STATEMENT, workbook.BASIS))
    label = facts.words.label
    names = (*fields.names, *fields.sign, *(each.name for each in more))
    labels = {name: label(name) for name in names if label(name) != name}
    wanted = replace(fields, head=(*fields.head, *more), columns=printed, labels={**labels, **fields.labels})
    read = read_back(filed, wanted, source.name)
    if read.faults:
        raise FileFaults(read.faults)
    rows = []
    for number, row in enumerate(read.rows, 1):
        rows.append((dict(row), {each.name: f"{source.name} 表格第{number}条“{each.name}”" for each in printed}))
    return read.head, rows, read.sign


def _matched(
    rows: Sequence[tuple[dict[str, object], dict[str, str]]], own: Checklist, facts: Facts, name: str
) -> Iterator[tuple[Row, Spots]]:
    """The rows with the clauses of their questions; a row is known by its question's id, its words, its number.

    Raises:
        FileFaults: a row is none of the checklist's, or stands there twice.
    """
    faults: list[Complaint] = []
    found: list[tuple[Row, Spots]] = []
    seen: set[str] = set()
    for row, spots in rows:
        question = _question(row, own)
        where = spots.get(audits.QUESTION, name)
        if question is None:
            faults.append(Complaint(where, "认不出是检查表的哪一行", "问题和序号不要改；加问的写进审核记录"))
        elif question.id in seen:
            faults.append(Complaint(where, f"第{question.number}行有两处", "留一处"))
        else:
            seen.add(question.id)
            kept = {key: value for key, value in row.items() if key not in _ONLY_IN_BOOK}
            kept[audits.CLAUSE] = audits.cited(question.clause, facts)
            found.append(({**kept, "审核方法": list(question.method)}, spots))
    if faults:
        raise FileFaults(books.bounded(name, faults))
    yield from found


_ONLY_IN_BOOK = frozenset({workbook.ID, workbook.POPULATION, workbook.SAMPLE, workbook.HOW})


def _question(row: Row, own: Checklist) -> ChecklistRow | None:
    """The question of a row: by id where there is one, else by its words, else by number where the clause agrees."""
    id_, words = str(row.get(workbook.ID) or ""), _squeezed(row.get(audits.QUESTION))
    number, clause = str(row.get("序号") or ""), _squeezed(row.get(audits.CLAUSE))
    for each in own.rows:
        if each.id == id_ or (not id_ and _squeezed(each.question) == words):
            return each
    same = (e for e in own.rows if str(e.number) == number and _squeezed(f"{e.cite}{e.title}") == clause)
    return next(same, None)


def _squeezed(value: object) -> str:
    return "".join(str(value or "").split())


def _as_entry(head: Row, sign: Sequence[Row]) -> Entry:
    return Entry(EntryKind.RECORD, "", form=audits.CHECKLIST, data={"head": head, "sign": list(sign)})


def sitting(department: str, record: Entry | None, facts: Facts) -> Sitting:
    """Who and when: what a record says, else the plan."""
    planned = audits.head(department, facts)
    own = record.mapping("head") if record else {}
    head = {**planned, **{name: value for name, value in own.items() if value}}
    signed = {each.role: each.name for each in record.signatures} if record else {}
    return Sitting(
        department,
        str(head["内审员"]),
        str(head["审核日期"]),
        signed.get(workbook.CONFIRMED, ""),
        str(head["被审核人"]),
        str(head["时间段"]),
    )
