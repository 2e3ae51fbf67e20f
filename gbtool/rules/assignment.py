"""Who audits which department when: nobody his own, nobody in two places, every department within working hours."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gbtool.errors import Refused
from gbtool.model.client import Department
from gbtool.model.facts import Facts
from gbtool.rules.audits import auditees, duties

TICK = 10  # minutes; slots begin and end on it
MORNING, NOON, AFTERNOON, EVENING = 9 * 60, 12 * 60, 13 * 60 + 30, 17 * 60
AFTER_OPENING, BEFORE_CLOSING = 9 * 60 + 40, 16 * 60
OPENING, CLOSING = ("09:00", "09:30"), ("16:15", "17:00")
SHORTEST = 60
PIECE = 30


@dataclass(frozen=True, slots=True)
class Auditor:
    """An internal auditor, the departments that he belongs to, and the day on which he was trained."""

    name: str
    departments: frozenset[str]
    trained: str = ""

    def may_audit(self, department: Department, facts: Facts) -> bool:
        """Nobody audits his own department or himself (IA-003)."""
        return department.name not in self.departments and self.name not in auditees(department, facts)


@dataclass(frozen=True, slots=True)
class Visit:
    """A department to be audited: by how many questions a clause, in how many minutes."""

    department: Department
    clauses: Mapping[str, int]
    minutes: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time in which an auditor audits clauses of a department."""

    date: str
    begin: int
    end: int
    visit: Visit
    auditor: str
    clauses: tuple[str, ...] = ()


@dataclass(slots=True)
class _Diary:
    """Which ticks of which day each person already has, and for how long each auditor is busy."""

    days: Sequence[tuple[str, tuple[int, ...]]]
    taken: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    load: dict[str, int] = field(default_factory=dict)

    def first_free(self, people: Sequence[str], ticks: int) -> tuple[str, tuple[int, ...]] | None:
        """The first stretch of so many ticks in one day in which all of these people are free."""
        busy = set().union(*(self.taken.get(person, set()) for person in people))
        for day, hours in self.days:
            for at in range(len(hours) - ticks + 1):
                stretch = hours[at : at + ticks]
                if not any((day, tick) in busy for tick in stretch) and _whole(stretch):
                    return day, stretch
        return None

    def take(self, people: Sequence[str], auditor: str, day: str, stretch: Sequence[int]) -> None:
        """Write a stretch into the diaries."""
        for person in people:
            self.taken.setdefault(person, set()).update((day, tick) for tick in stretch)
        self.load[auditor] = self.load.get(auditor, 0) + len(stretch)


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


def visits(facts: Facts, questions: Mapping[str, Mapping[str, int]], minutes: int) -> tuple[Visit, ...]:
    """What each department asks for.

    Args:
        facts: the client.
        questions: by department, how many questions each clause has.
        minutes: how long a question takes.
    """
    found = []
    for department in facts.client.departments:
        clauses = {key: questions.get(department.name, {}).get(key, 1) for key in duties(facts)[department.name]}
        needed = max(SHORTEST, sum(clauses.values()) * minutes)
        found.append(Visit(department, clauses, -(-needed // TICK) * TICK))
    return tuple(visit for visit in found if visit.clauses)


def unassignable(facts: Facts, team: Sequence[Auditor]) -> tuple[Department, ...]:
    """The departments that nobody of the team may audit."""
    return tuple(d for d in facts.client.departments if not any(auditor.may_audit(d, facts) for auditor in team))


def working_days(facts: Facts, start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """The days on which people work; a year without a published calendar counts Monday to Friday."""
    days = [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]
    weekend = 5
    found = ((day, facts.calendar.is_workday(day)) for day in days)
    return tuple(day for day, works in found if works or (works is None and day.weekday() < weekend))


def propose(
    wanted: Sequence[Visit], team: Sequence[Auditor], days: Sequence[dt.date], facts: Facts
) -> tuple[Slot, ...]:
    """A legal assignment: the departments with the fewest possible auditors first, then the longest.

    Raises:
        Refused: nobody may audit a department, or the days are too short; with what is left to do.
    """
    _refuse_without_auditor(facts, team)
    diary = _Diary(tuple(_hours(number, days) for number in range(len(days))))
    slots: list[Slot] = []
    left: list[Visit] = []
    for visit in sorted(wanted, key=lambda v: (sum(a.may_audit(v.department, facts) for a in team), -v.minutes)):
        taken = _taken(visit, team, diary, facts)
        slots += taken
        left += [] if taken else [visit]
    if left:
        names = "、".join(f"{visit.department.name}（{visit.minutes} 分钟）" for visit in left)
        fix = "延后 --end 多排一天，或增加内审员；gbtool audit plan --minutes 可改每个问题的平均用时"
        raise Refused(f"{len(days)} 个工作日排不下：{names}", fix)
    return tuple(sorted(slots, key=lambda slot: (slot.date, slot.begin, slot.auditor)))


def _refuse_without_auditor(facts: Facts, team: Sequence[Auditor]) -> None:
    stuck = unassignable(facts, team)
    if not stuck:
        return
    names = "、".join(department.name for department in stuck)
    who = "、".join(auditor.name for auditor in team) or "（没有内审员）"
    raise Refused(
        f"内审员不审本部门、不审本人的工作（IA-003、DT-17）：{names} 没有人可以审，内审员只有 {who}",
        "从其他部门增补一名受过培训的内审员，写进 internal_auditors；或请外部人员审这些部门，同样登记培训日期",
    )


def _hours(number: int, days: Sequence[dt.date]) -> tuple[str, tuple[int, ...]]:
    first = AFTER_OPENING if number == 0 else MORNING
    last = BEFORE_CLOSING if number == len(days) - 1 else EVENING
    return days[number].isoformat(), (*range(first, NOON, TICK), *range(AFTERNOON, last, TICK))


def _whole(stretch: Sequence[int]) -> bool:
    """Whether no piece on either side of noon is too short to be worth going there."""
    before = sum(tick < NOON for tick in stretch) * TICK
    return not 0 < before < PIECE and not 0 < len(stretch) * TICK - before < PIECE


def _taken(visit: Visit, team: Sequence[Auditor], diary: _Diary, facts: Facts) -> list[Slot]:
    options = []
    asked = auditees(visit.department, facts)
    for auditor in team:
        found = diary.first_free((auditor.name, *asked), visit.minutes // TICK)
        if found and auditor.may_audit(visit.department, facts):
            options.append((diary.load.get(auditor.name, 0), found, auditor.name))
    if not options:
        return []
    _, (day, stretch), auditor_name = min(options)
    diary.take((auditor_name, *asked), auditor_name, day, stretch)
    return _pieces(visit, auditor_name, day, stretch)


def _pieces(visit: Visit, auditor: str, day: str, stretch: Sequence[int]) -> list[Slot]:
    """The stretch as slots, one on either side of noon, the clauses shared out by their questions."""
    sides = [[t for t in stretch if t < NOON], [t for t in stretch if t >= NOON]]
    share = len(sides[0]) / len(stretch)
    total, done = sum(visit.clauses.values()), 0
    keys: list[list[str]] = [[], []]
    for key, count in visit.clauses.items():
        keys[0 if sides[0] and (done + count / 2 <= share * total or not sides[1]) else 1].append(key)
        done += count
    return [
        Slot(day, ticks[0], ticks[-1] + TICK, visit, auditor, tuple(names))
        for ticks, names in zip(sides, keys, strict=True)
        if ticks and names
    ]


def clock(minutes: int) -> str:
    """`09:40` from minutes after midnight."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
