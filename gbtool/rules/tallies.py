"""What an audit found, counted: judgements, nonconformities by department and clause, and what is left to judge."""

from collections import Counter
from collections.abc import Iterator, Mapping

from gbtool.model.checklist import Judgement
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import evidence
from gbtool.rules.audits import JUDGED, checklists, filled, key_of, label, plan_of, reports, slots_of, without_key
from gbtool.rules.correcting import recurrence
from gbtool.rules.corrections import BASIS, MAJOR, Nonconformity, listed
from gbtool.structs import Frozen

FAILS = (Judgement.MINOR, Judgement.MAJOR)
NUMBER = "不符合报告编号"
NONE = "无"


class Tally(Frozen):
    """Counts over the checklists of an audit."""

    checklists: int
    rows: int
    judged: Mapping[Judgement, int]
    nonconformities: tuple[Nonconformity, ...]

    @property
    def serious(self) -> int:
        """How many nonconformities are serious."""
        return sum(each.grade == MAJOR for each in self.nonconformities)

    @property
    def counts(self) -> dict[str, object]:
        """The counts as a report keeps them."""
        judged = {word.value: str(number) for word, number in self.judged.items() if number}
        total = len(self.nonconformities)
        return {
            "checklists": str(self.checklists),
            "rows": str(self.rows),
            **judged,
            "nonconformities": str(total),
            "serious": str(self.serious),
            "minor": str(total - self.serious),
        }


def tally(facts: Facts) -> Tally:
    """The counts of the audit that is under way."""
    rows = [row for record in checklists(facts) for row in record.rows()]
    found = Counter(Judgement.read(str(row.get(JUDGED) or "")) for row in rows)
    judged = {each: found.get(each, 0) for each in Judgement}
    return Tally(len(checklists(facts)), len(rows), judged, listed(facts))


def unfinished(facts: Facts) -> Iterator[str]:
    """Why an audit cannot be reported yet, one sentence each."""
    plan = plan_of(facts)
    if plan is None:
        yield "没有审核计划：gbtool audit plan"
        return
    planned = {str(slot.get("department")) for slot in plan.rows("slots")}
    for department in facts.client.departments:
        if department.name not in planned:
            yield f"{department.name} 没有排进审核计划"
    for name in sorted(planned):
        yield from _unfinished(name, filled(facts, name), plan, facts)
    yield from _without_report(facts)


def _unfinished(name: str, record: Entry | None, plan: Entry, facts: Facts) -> Iterator[str]:
    if record is None:
        yield f"{name} 没有检查表：gbtool audit answer {name}"
        return
    people = evidence.names(facts)
    for number, row in enumerate(record.rows(), 1):
        wrong = evidence.complaint(row, people)
        if wrong:
            yield f"{name} 第{row.get('序号') or number}行{wrong}"
    asked = {key_of(row) for row in record.rows()}
    for key in dict.fromkeys(str(k) for slot in slots_of(plan, name) for k in _list(slot.get("clauses"))):
        if key not in asked and not any(each.startswith(f"{key}.") or key.startswith(f"{each}.") for each in asked):
            yield f"{name} 没有问到计划里的“{' '.join(label(key, facts)).strip()}”"


def _list(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


def _without_report(facts: Facts) -> Iterator[str]:
    """A row that does not conform has its report, which names the client's own document (CN-22)."""
    known = {each.number for each in listed(facts)}
    for each in listed(facts):
        if not (each.basis.partition("；")[2].strip() or f"{facts.client.code}-" in each.basis):
            yield f"{each.number} 没有写违反了自己的哪份文件：写在“{BASIS}”里再登记"
    for record in checklists(facts):
        name = str(record.mapping("head").get("受审核部门"))
        for row in record.rows():
            number = str(row.get(NUMBER) or "")
            fails = Judgement.read(str(row.get(JUDGED) or "")) in FAILS
            if fails and number not in known:
                yield f"{name} 第{row.get('序号')}行判{row.get(JUDGED)}，没有不符合报告"


def distribution(facts: Facts) -> tuple[dict[str, object], ...]:
    """Nonconformities by department and clause, as the rows of the distribution table."""
    rows: list[dict[str, object]] = []
    clauses, repeated = clauses_of(facts), recurrence.again(facts)
    for department in _departments(facts):
        mine = [each for each in listed(facts) if each.department == department]
        by_clause: dict[str, list[str]] = {}
        for each in mine:
            by_clause.setdefault(clauses.get(each.number, ""), []).append(each.number)
        texts = [f"{clause} {len(numbers)}项，{'、'.join(numbers)}".strip() for clause, numbers in by_clause.items()]
        again = [each.number for each in mine if each.record in repeated]
        rows.append(
            {
                "部门": department,
                "各条款不符合数": "；".join(texts) or NONE,
                "合计": str(len(mine)),
                recurrence.COLUMN: "、".join(again) or NONE,
            }
        )
    return tuple(rows)


def cross(facts: Facts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Clauses against departments: the heads and the rows of the table, each number a count of nonconformities."""
    clauses = clauses_of(facts)
    departments = _departments(facts)
    found = Counter((clauses.get(each.number, NONE), each.department) for each in listed(facts))
    names = dict.fromkeys(clauses.get(each.number, NONE) for each in listed(facts))
    rows = [
        (name, *(str(found[name, d] or "") for d in departments), str(sum(found[name, d] for d in departments)))
        for name in names
    ]
    sums = [sum(found[name, d] for name in names) for d in departments]
    total = ("合计", *(str(number) for number in sums), str(sum(sums)))
    return ("条款", *departments, "合计"), (*rows, total)


def _departments(facts: Facts) -> tuple[str, ...]:
    named = (str(record.mapping("head").get("受审核部门")) for record in (*checklists(facts), *reports(facts)))
    return tuple(dict.fromkeys((*(department.name for department in facts.client.departments), *named)))


def clauses_of(facts: Facts) -> Mapping[str, str]:
    """The clause of each nonconformity by its number: as its checklist names it, else as the report cites it."""
    rows = (row for record in checklists(facts) for row in record.rows())
    checked = {str(row.get(NUMBER)): without_key(str(row.get("标准条款") or "")) for row in rows if row.get(NUMBER)}
    return {each.number: checked.get(each.number) or _cited(each.basis, facts) for each in listed(facts)}


def _cited(basis: str, facts: Facts) -> str:
    """Number and title of the clause that a report cites, before the client's own document."""
    key = recurrence.clause_key(basis)
    if facts.standard.clause(key):
        return " ".join(label(key, facts)).strip()
    return without_key(basis.partition("；")[0])
