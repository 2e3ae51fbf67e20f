"""What a plan covers: every clause that applies × every function that carries it, in a slot or a hole; time enough."""

from collections.abc import Iterator, Mapping, Sequence

from gbtool.model.checklist import AuditQuestion, Share
from gbtool.model.client import Department
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules.audits import EVERY, asked, covered, label
from gbtool.structs import Frozen

MAIN, WITH, HOLE = "●", "○", "缺"
Slot = Mapping[str, object]


class Square(Frozen):
    """A clause and a function that carries it: by which department, mainly or not, in which slots."""

    clause: str
    function: str
    department: str
    main: bool
    slots: tuple[Slot, ...] = ()

    @property
    def mark(self) -> str:
        """As the matrix shows it."""
        return (MAIN if self.main else WITH) if self.slots else HOLE


def squares(plan: Entry, facts: Facts) -> tuple[Square, ...]:
    """The matrix of a plan in the standard's order; a main function that no department carries is a hole."""
    wanted = {clause.key for clause in facts.clauses}
    return tuple(s for share in facts.shares if share.clause in wanted for s in _squares(share, plan, facts))


def _squares(share: Share, plan: Entry, facts: Facts) -> Iterator[Square]:
    for function in functions(facts):
        if function != share.main and function not in share.with_ and EVERY not in share.with_:
            continue
        for department in _carriers(function, facts):
            slots = tuple(slot for slot in plan.rows("slots") if _holds(slot, share.clause, department, facts))
            yield Square(share.clause, function, department.name, function == share.main, slots)
    if not _carriers(share.main, facts):
        yield Square(share.clause, share.main, "", main=True)


def functions(facts: Facts) -> tuple[str, ...]:
    """The functions that departments carry, in the order of the departments."""
    return tuple(dict.fromkeys(f for department in facts.client.departments for f in department.functions))


def _carriers(function: str, facts: Facts) -> tuple[Department, ...]:
    return tuple(department for department in facts.client.departments if function in department.functions)


def _holds(slot: Slot, clause: str, department: Department, facts: Facts) -> bool:
    return slot.get("department") == department.name and covered(clause, clauses_of(slot), facts)


def clauses_of(slot: Slot) -> frozenset[str]:
    """The clause keys of a slot."""
    value = slot.get("clauses")
    return frozenset(map(str, value)) if isinstance(value, (list, tuple)) else frozenset()


def holes(found: Sequence[Square], facts: Facts, names: Mapping[str, str]) -> tuple[str, ...]:
    """The squares that no slot covers, one sentence each; `names` are those of the functions."""
    return tuple(
        f"{' '.join(label(each.clause, facts)).strip()}："
        + (f"{each.department}（{names.get(each.function, each.function)}）没有时段" if each.department
           else f"主责的{names.get(each.function, each.function)}没有部门承担")
        for each in found
        if not each.slots
    )  # fmt: skip


def table(found: Sequence[Square], facts: Facts) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The matrix as a table: the functions, and a row for each clause of number, title and the marks below them."""
    columns = tuple(dict.fromkeys((*functions(facts), *(each.function for each in found))))
    rows: dict[str, dict[str, str]] = {}
    for each in found:
        row = rows.setdefault(each.clause, {})
        row[each.function] = HOLE if HOLE in (row.get(each.function), each.mark) else each.mark
    return columns, tuple((*label(key, facts), *(row.get(f, "") for f in columns)) for key, row in rows.items())


class Tight(Frozen):
    """A slot that cannot hold its questions: how many there are, and the minutes that they need and have."""

    slot: Slot
    questions: int
    needed: int
    there: int

    def __str__(self) -> str:
        """As the plan remarks it."""
        hours = f"{self.slot.get('date')} {self.slot.get('from')}-{self.slot.get('to')}"
        where = f"{hours} {self.slot.get('department')}"
        return f"{where} 只有 {self.there} 分钟，{self.questions} 个问题要 {self.needed} 分钟"


def tight(
    plan: Entry, questions: Sequence[AuditQuestion], minutes: Mapping[str, float], facts: Facts
) -> Iterator[Tight]:
    """The slots that are too short for the questions of their clauses; a clause in several slots is shared by them.

    Args:
        plan: the plan.
        questions: all questions of the edition.
        minutes: how long each takes, by id.
        facts: the client.
    """
    for department in facts.client.departments:
        own = [slot for slot in plan.rows("slots") if slot.get("department") == department.name]
        needed, count = [0.0] * len(own), [0] * len(own)
        for question in asked(department, questions, facts):
            there = [n for n, slot in enumerate(own) if covered(question.clause, clauses_of(slot), facts)]
            for number in there:
                needed[number] += minutes[question.id] / len(there)
                count[number] += 1
        for slot, most, number in zip(own, needed, count, strict=True):
            if most > length(slot):
                yield Tight(slot, number, round(most), length(slot))


def loads(plan: Entry) -> Mapping[str, int]:
    """The minutes that each auditor of a plan audits."""
    found: dict[str, int] = {}
    for slot in plan.rows("slots"):
        name = str(slot.get("auditor") or "")
        found[name] = found.get(name, 0) + length(slot)
    return found


def length(slot: Slot) -> int:
    """The minutes of a slot; none where its hours are not written as 09:40."""
    begin, end = (_minutes(str(slot.get(name) or "")) for name in ("from", "to"))
    return max(0, end - begin)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute) if hour.isdigit() and minute.isdigit() else 0
