"""Who is asked what in an internal audit: departments, their clauses, the questions to each."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from gbtool.model.checklist import AuditQuestion, Checklist, ChecklistRow, Share
from gbtool.model.client import Department
from gbtool.model.condition import holds
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.population import Sample
from gbtool.model.standard import Clause

CHECKLIST = "rec-audit-checklist"
NONCONFORMITY = "rec-nc-report"
EVERY = "all"
LEADERS = ("top", "mr")
CLAUSE = "标准条款"
QUESTION = "审核内容（问题）"
SAMPLING = "抽样计划"
FACT = "审核记录（看到的事实、文件编号、日期、人名）"
JUDGED = "判定"
NUMBER = "不符合报告编号"
_ANNEX = re.compile(r"^annex([A-Z])$")
_KEY = re.compile(r"（([A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)）\s*$")

Render = Callable[[AuditQuestion], tuple[str, str, str]]
Draw = Callable[[Department, AuditQuestion], Sample | None]


def _nothing(_department: Department, _question: AuditQuestion) -> None:
    """No sample."""


def takes_part(department: Department, share: Share) -> bool:
    """Whether a department carries a clause, alone or with others."""
    return EVERY in share.with_ or bool({share.main, *share.with_} & set(department.functions))


def duties(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """The clause keys of each department by name, in the standard's order; only clauses that apply."""
    wanted = {clause.key for clause in facts.clauses}
    return {
        department.name: tuple(s.clause for s in facts.shares if s.clause in wanted and takes_part(department, s))
        for department in facts.client.departments
    }


def nobodys(facts: Facts) -> tuple[Clause, ...]:
    """The clauses that apply and in which no department takes part."""
    carried = {key for keys in duties(facts).values() for key in keys}
    return tuple(clause for clause in facts.clauses if clause.key not in carried)


def asked(department: Department, questions: Iterable[AuditQuestion], facts: Facts) -> tuple[AuditQuestion, ...]:
    """The questions to a department in the standard's order: its clauses, its functions, conditions that hold."""
    order = {key: place for place, key in enumerate(duties(facts).get(department.name, ()))}
    functions = set(department.functions)
    found = [
        question
        for question in questions
        if question.clause in order
        and (EVERY in question.functions or functions & set(question.functions))
        and holds(question.when, facts.client.answers)
    ]
    return tuple(sorted(found, key=lambda question: order[question.clause]))


def checklist(
    department: Department, questions: Iterable[AuditQuestion], facts: Facts, render: Render, draw: Draw = _nothing
) -> Checklist:
    """A department's checklist; `render` gives the texts as this client reads them, `draw` the sample."""
    rows = []
    for number, question in enumerate(asked(department, questions, facts), 1):
        text, sample, evidence = render(question)
        cite, title = label(question.clause, facts)
        rows.append(
            ChecklistRow(
                *(number, text, question.clause, cite, title, question.method, sample, evidence, question.id),
                drawn=draw(department, question),
            )
        )
    return Checklist(department.name, department.head, department.functions, tuple(rows))


def label(key: str, facts: Facts) -> tuple[str, str]:
    """Number and title as documents print them: what may be cited, an unconfirmed clause inside the one above."""
    clause = facts.standard.clause(key)
    if clause is None:
        return "", _ANNEX.sub(r"附录\1", key)
    return facts.standard.label(clause)


def in_order(keys: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Clause keys in the standard's order, those that it does not know last."""
    order = {clause.key: place for place, clause in enumerate(facts.standard)}
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: order.get(key, len(order))))


def cited(key: str, facts: Facts) -> str:
    """Number, title and key of a clause as a row of a checklist keeps them."""
    return f"{' '.join(label(key, facts)).strip()}（{key}）"


def key_of(row: Mapping[str, object]) -> str:
    """The clause key that a row of a checklist keeps behind number and title."""
    found = _KEY.search(str(row.get(CLAUSE) or ""))
    return found.group(1) if found else ""


def without_key(text: str) -> str:
    """Number and title of a clause without the key, for printing."""
    return _KEY.sub("", text)


def covered(key: str, audited: Collection[str], facts: Facts) -> bool:
    """Whether a clause is among those audited; an unconfirmed one counts with the clause above."""
    clause = facts.standard.clause(key)
    above = facts.standard.fold(clause).key if clause else key
    below = above != key and any(other.startswith(f"{above}.") for other in audited)
    return key in audited or above in audited or below


def auditees(department: Department, facts: Facts) -> tuple[str, ...]:
    """Who answers for a department: its head, the leaders where it holds their functions."""
    posts = {"top": "top_manager", "mr": "management_rep"}
    leaders = [facts.client.post(posts[function]) for function in LEADERS if function in department.functions]
    names = (department.head, *(post.name for post in leaders if post))
    return tuple(dict.fromkeys(name for name in names if name))


def plan_of(facts: Facts) -> Entry | None:
    """The audit that is under way: the last plan."""
    return facts.one(EntryKind.AUDIT_PLAN)


def slots_of(plan: Entry | None, department: str) -> tuple[Mapping[str, object], ...]:
    """The slots of a department in a plan."""
    return tuple(slot for slot in plan.rows("slots") if slot.get("department") == department) if plan else ()


def of_this_audit(records: Sequence[Entry], facts: Facts) -> tuple[Entry, ...]:
    """The records that belong to the last plan: not dated before its start."""
    plan = plan_of(facts)
    start = plan.text("start") if plan else ""
    return tuple(record for record in records if record.date >= start)


def checklists(facts: Facts) -> tuple[Entry, ...]:
    """The filled checklists of the audit that is under way."""
    return of_this_audit(facts.records(CHECKLIST), facts)


def filled(facts: Facts, department: str) -> Entry | None:
    """The filled checklist of a department in the audit that is under way."""
    found = (r for r in checklists(facts) if r.mapping("head").get("受审核部门") == department)
    return next(found, None)


def reports(facts: Facts) -> tuple[Entry, ...]:
    """The nonconformity reports of the audit that is under way: the one list from which all counts come."""
    return of_this_audit(facts.records(NONCONFORMITY), facts)


def head(department: str, facts: Facts) -> dict[str, object]:
    """The head of a checklist, as far as the plan knows it; of an audit of several days the last."""
    slots = slots_of(plan_of(facts), department)
    own = next(d for d in facts.client.departments if d.name == department)
    people = next((slot.get("auditees") for slot in slots), None)
    names = people if isinstance(people, (list, tuple)) else auditees(own, facts)
    days = sorted({str(slot.get("date") or "") for slot in slots})
    several = len(days) > 1
    hours = (f"{slot.get('date')} " * several + f"{slot.get('from')}-{slot.get('to')}" for slot in slots)
    return {
        "受审核部门": department,
        "被审核人": "、".join(str(name) for name in names),
        "内审员": "、".join(dict.fromkeys(str(slot.get("auditor") or "") for slot in slots)),
        "审核日期": days[-1] if days else "",
        "时间段": "、".join(hours),
    }
