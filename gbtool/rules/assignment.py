"""Who audits which department when: nobody his own, only who was trained and is there, within working hours."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from gbtool.errors import Refused
from gbtool.model.client import Department
from gbtool.model.facts import Facts
from gbtool.model.standards.words import Words
from gbtool.rules.auditing import own_work, timetable
from gbtool.rules.auditing.absence import Absence, away_in
from gbtool.rules.auditing.timetable import Half, Task
from gbtool.rules.audits import auditees, duties
from gbtool.structs import Frozen, replace

TICK = 10  # minutes; slots begin and end on it
MORNING, NOON, AFTERNOON, EVENING = 9 * 60, 12 * 60, 13 * 60 + 30, 17 * 60
AFTER_OPENING, BEFORE_CLOSING = 9 * 60 + 40, 16 * 60
OPENING, CLOSING = ("09:00", "09:30"), ("16:15", "17:00")
SHORTEST = 60


class Auditor(Frozen):
    """An internal auditor, the departments that he belongs to, and the day on which he was trained."""

    name: str
    departments: frozenset[str]
    trained: str = ""

    def may_audit(self, department: Department, facts: Facts) -> bool:
        """Nobody audits his own department or himself (IA-003)."""
        return department.name not in self.departments and self.name not in auditees(department, facts)

    def trained_before(self, start: dt.date) -> bool:
        """Whether the training came before the audit."""
        return "" < self.trained < start.isoformat()


class Visit(Frozen):
    """A department to be audited, or a part of it: how many minutes each clause takes, and all of it."""

    department: Department
    clauses: Mapping[str, float]
    minutes: int


class Slot(Frozen):
    """A stretch of time in which an auditor audits clauses of a department."""

    date: str
    begin: int
    end: int
    visit: Visit
    auditor: str
    clauses: tuple[str, ...] = ()


class Hours(Frozen):
    """A morning or afternoon: its day and its minutes after midnight."""

    day: dt.date
    begin: int
    end: int

    @property
    def morning(self) -> bool:
        """Whether it ends at noon."""
        return self.end <= NOON


def auditors(facts: Facts) -> tuple[Auditor, ...]:
    """The internal auditors of the client's list with every department in which anything names them."""
    rows = facts.client.rows("internal_auditors")
    found = {str(row.get("姓名") or ""): str(row.get("培训日期") or "") for row in rows}
    return tuple(Auditor(name, homes(name, facts), trained) for name, trained in found.items() if name)


def homes(name: str, facts: Facts) -> frozenset[str]:
    """The departments of a person: by the auditors' list, the IP staff, the roster, the heads."""
    rows = (*facts.client.rows("internal_auditors"), *facts.client.rows("ip_staff"))
    listed = {str(row.get("部门") or "") for row in rows if row.get("姓名") == name}
    roster = {person.text("部门") for person in facts.people.get(name, ()) if not person.text("离职日")}
    headed = {department.name for department in facts.client.departments if name in auditees(department, facts)}
    return frozenset((listed | roster | headed) - {""})


def visits(facts: Facts, needed: Mapping[str, Mapping[str, float]]) -> tuple[Visit, ...]:
    """What each department asks for.

    Args:
        facts: the client.
        needed: by department, how many minutes each of its clauses takes.
    """
    found = []
    for department in facts.client.departments:
        own = needed.get(department.name, {})
        clauses = {key: own.get(key, 0.0) for key in duties(facts)[department.name]}
        found.append(Visit(department, clauses, _ticks(max(SHORTEST, sum(clauses.values()))) * TICK))
    return tuple(visit for visit in found if visit.clauses)


def _ticks(minutes: float) -> int:
    return max(1, int(-(-minutes // TICK)))


def unassignable(facts: Facts, team: Sequence[Auditor]) -> tuple[Department, ...]:
    """The departments that nobody of the team may audit."""
    return tuple(d for d in facts.client.departments if not any(auditor.may_audit(d, facts) for auditor in team))


def working_days(facts: Facts, start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """The days on which people work; a year without a published calendar counts Monday to Friday."""
    days = [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]
    weekend = 5
    found = ((day, facts.calendar.is_workday(day)) for day in days)
    return tuple(day for day, works in found if works or (works is None and day.weekday() < weekend))


def hours(days: Sequence[dt.date]) -> tuple[Hours, ...]:
    """The mornings and afternoons between the opening and the closing meeting."""
    found = []
    for number, day in enumerate(days):
        first = AFTER_OPENING if number == 0 else MORNING
        last = BEFORE_CLOSING if number == len(days) - 1 else EVENING
        found += [Hours(day, first, NOON), Hours(day, AFTERNOON, last)]
    return tuple(found)


class Terms(Frozen):
    """What an assignment has to go by: who may audit, on which days, who is away when."""

    team: tuple[Auditor, ...]
    days: tuple[dt.date, ...]
    away: tuple[Absence, ...] = ()

    @property
    def halves(self) -> tuple[Half, ...]:
        """The half days with those who are away in them."""
        found = hours(self.days)
        return tuple(Half((h.end - h.begin) // TICK, away_in(self.away, h.day, morning=h.morning)) for h in found)


def propose(wanted: Sequence[Visit], terms: Terms, facts: Facts) -> tuple[Slot, ...]:
    """A legal assignment, found wherever one exists; the load of the auditors as even as the search finds it.

    A department that takes longer than half a day is audited in several slots, by one auditor where that can be; who
    made records of a department audits it only where there is no other way.

    Raises:
        Refused: there is none; which rule, whom it concerns, and what is left to do.
    """
    _refuse_without_auditor(facts, terms.team)
    most = min(half.ticks for half in terms.halves) * TICK
    parts = [part for visit in wanted for part in _parts(visit, most)]
    tasks = [_task(part, terms.team, facts) for part in parts]
    placed = _without_own_work(tasks, terms, facts) or _arranged(tasks, terms, facts.words)
    whole = hours(terms.days)
    slots = [_slot(parts[p.task], p, whole[p.half]) for p in placed]
    return _joined(sorted(slots, key=lambda slot: (slot.date, slot.begin, slot.auditor)))


def _without_own_work(tasks: Sequence[Task], terms: Terms, facts: Facts) -> tuple[timetable.Placed, ...] | None:
    """An assignment in which nobody audits a department whose records he made, where the search finds one."""
    free = {task.group: tuple(a for a in task.auditors if not own_work.found(a, task.group, facts)) for task in tasks}
    try:
        return timetable.arrange([replace(task, auditors=free[task.group]) for task in tasks], terms.halves)
    except timetable.Unfinished:
        return None


def _arranged(tasks: Sequence[Task], terms: Terms, words: Words) -> tuple[timetable.Placed, ...]:
    try:
        placed = timetable.arrange(tasks, terms.halves)
    except timetable.Unfinished:
        message = f"{len(terms.days)} 个工作日里试了很多种排法，没有排出来，也没有证明排不出"
        raise Refused(message, words.said(_MORE_TIME)) from None
    if placed is None:
        raise _none(tasks, terms, words)
    return placed


_MORE_TIME = "延后 --end 多排一天，增补{内审员}，或用 --outside 请外部人员"


def _task(part: Visit, team: Sequence[Auditor], facts: Facts) -> Task:
    names = tuple(auditor.name for auditor in team if auditor.may_audit(part.department, facts))
    return Task(part.department.name, part.minutes // TICK, names, auditees(part.department, facts))


def _slot(part: Visit, placed: timetable.Placed, within: Hours) -> Slot:
    begin = within.begin + placed.begin * TICK
    return Slot(within.day.isoformat(), begin, begin + part.minutes, part, placed.auditor, tuple(part.clauses))


def _joined(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Slots of a department that follow each other without a break are one."""
    found: list[Slot] = []
    for slot in slots:
        before = next((s for s in found if (s.date, s.end, s.auditor) == (slot.date, slot.begin, slot.auditor)), None)
        if before and before.visit.department == slot.visit.department:
            whole = replace(before, end=slot.end, clauses=(*before.clauses, *slot.clauses))
            found[found.index(before)] = whole
        else:
            found.append(slot)
    return tuple(found)


def _parts(visit: Visit, most: int) -> Iterator[Visit]:
    """The visit in parts of about the same length, each within half a day, clauses whole and in their order.

    Raises:
        Refused: a single clause takes longer than half a day.
    """
    longest = max(visit.clauses, key=lambda key: visit.clauses[key])
    if visit.clauses[longest] > most:
        message = f"{visit.department.name} 的一个条款要 {visit.clauses[longest]:.0f} 分钟，半天只有 {most} 分钟"
        raise Refused(message, "减少每个问题的用时：--minutes，或机构的 checklists/audit-time.yaml")
    parts = _cut(visit.clauses, -(-visit.minutes // most))
    while max(map(_length, parts)) > most:
        parts = _cut(visit.clauses, len(parts) + 1)
    if len(parts) == 1:
        yield visit
        return
    yield from (Visit(visit.department, part, _length(part)) for part in parts)


def _length(clauses: Mapping[str, float]) -> int:
    return _ticks(sum(clauses.values())) * TICK


def _cut(clauses: Mapping[str, float], count: int) -> list[dict[str, float]]:
    share, done = sum(clauses.values()) / count, 0.0
    parts: list[dict[str, float]] = [{}]
    for key, minutes in clauses.items():
        if parts[-1] and done + minutes / 2 > share * len(parts):
            parts.append({})
        parts[-1][key] = minutes
        done += minutes
    return parts


def _refuse_without_auditor(facts: Facts, team: Sequence[Auditor]) -> None:
    stuck = unassignable(facts, team)
    if not stuck:
        return
    names = "、".join(department.name for department in stuck)
    word = facts.say("内审员")
    who = "、".join(auditor.name for auditor in team) or f"（没有{word}）"
    raise Refused(
        f"{word}不审本部门、不审本人的工作（IA-003、DT-17）：{names} 没有人可以审，{word}只有 {who}",
        f"从其他部门增补一名受过培训的{word}，写进 internal_auditors；"
        "或用 --outside 请外部人员审这些部门，登记培训日期",
    )


def _none(tasks: Sequence[Task], terms: Terms, words: Words) -> Refused:
    """Why there is no assignment, as far as it can be said in a sentence."""
    days = f"{len(terms.days)} 个工作日"
    short = timetable.shortage(tasks, terms.halves)
    if not short:
        return Refused(f"{days}排不下：所有的排法都试过，总有人要同时在两处", words.said(_MORE_TIME))
    people, own = short
    room = sum(half.ticks for half in terms.halves for name in people if name not in half.away) * TICK
    names = "、".join(dict.fromkeys(task.group for task in own))
    needed = sum(task.ticks for task in own) * TICK
    who = "、".join(people)
    asked = not all(set(people) >= set(task.auditors) for task in own)
    text = f"{names} 都要 {who} 在场" if asked else f"{names} 只有 {who} 可以审（IA-003）"
    return Refused(f"{days}排不下：{text}，一共要 {needed} 分钟，{who} 只有 {room} 分钟", words.said(_MORE_TIME))


def clock(minutes: int) -> str:
    """`09:40` from minutes after midnight."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
