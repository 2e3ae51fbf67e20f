"""Tasks into half days: each with one of its auditors and the people it asks, nobody in two places; complete search."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from gbtool.structs import Frozen, Mutable, field

STEPS = 60_000  # placings that are tried before a search gives up
_EVEN_STEPS = 4_000  # of them for each attempt at a more even load


class Task(Frozen):
    """Something to be audited in one go: how many ticks it takes, who may audit it, who has to be there."""

    group: str
    ticks: int
    auditors: tuple[str, ...]
    asked: tuple[str, ...] = ()


class Half(Frozen):
    """A morning or afternoon of so many ticks, and who is away."""

    ticks: int
    away: frozenset[str] = frozenset()


class Placed(Frozen):
    """A task by its number, its auditor, the number of its half day, and the tick at which it begins."""

    task: int
    auditor: str
    half: int
    begin: int


class Unfinished(Exception):
    """The search was given up before it found a timetable or showed that there is none."""


def arrange(tasks: Sequence[Task], halves: Sequence[Half], steps: int = STEPS) -> tuple[Placed, ...] | None:
    """A timetable with a load as even as the search finds, or None when there is none.

    All tasks of a group go to one auditor where that can be; else they are shared.

    The search is complete: within its steps it finds a timetable wherever one exists. It spreads the tasks over
    (auditor, half day) and looks in each half day for an order; any timetable of a half day can be shifted to the
    left, so orders are enough and no start has to be tried.

    Raises:
        Unfinished: neither found nor excluded within the steps.
    """
    if len(shortage(tasks, halves)):
        return None
    try:
        best, together = _Search(tasks, halves, steps).found(), True
    except Unfinished:
        best = None
    if best is None:
        best, together = _Search(tasks, halves, steps, together=False).found(), False
    low, high = fairest(tasks), _heaviest(best, tasks)
    while best and low < high:
        middle = (low + high) // 2
        try:
            better = _Search(tasks, halves, _EVEN_STEPS, middle, together).found()
        except Unfinished:
            better = None
        if better:
            best, high = better, _heaviest(better, tasks)
        else:
            low = middle + 1
    return best


def loads(placed: Sequence[Placed], tasks: Sequence[Task]) -> Mapping[str, int]:
    """How many ticks each auditor has."""
    found: dict[str, int] = {}
    for each in placed:
        found[each.auditor] = found.get(each.auditor, 0) + tasks[each.task].ticks
    return found


def _heaviest(placed: Sequence[Placed] | None, tasks: Sequence[Task]) -> int:
    return max(loads(placed, tasks).values(), default=0) if placed else 0


def fairest(tasks: Sequence[Task]) -> int:
    """No timetable gives its busiest auditor less: what some auditors must do together, shared out evenly."""
    return max((-(-sum(t.ticks for t in own) // len(team)) for team, own in _bound(tasks)), default=0)


def shortage(tasks: Sequence[Task], halves: Sequence[Half]) -> tuple[tuple[str, ...], tuple[Task, ...]] | tuple[()]:
    """Auditors and the tasks that only they may do, or people and the tasks that ask for them, without time for all."""
    for team, own in _bound(tasks):
        if sum(task.ticks for task in own) > sum(_room(name, halves) for name in team):
            return team, own
    for name in dict.fromkeys(name for task in tasks for name in task.asked):
        own = tuple(task for task in tasks if name in task.asked)
        if sum(task.ticks for task in own) > _room(name, halves):
            return (name,), own
    return ()


def _bound(tasks: Sequence[Task]) -> Iterator[tuple[tuple[str, ...], tuple[Task, ...]]]:
    """Every set of auditors with the tasks that nobody else may do, small sets first."""
    names = tuple(dict.fromkeys(name for task in tasks for name in task.auditors))
    most = 10  # sets of more auditors would be too many; then only all of them are looked at
    sizes = range(len(names) + 1) if len(names) <= most else (0, 1, 2, len(names))
    for size in sizes:
        for team in combinations(names, size):
            own = tuple(task for task in tasks if set(task.auditors) <= set(team))
            if own and (team or any(not task.auditors for task in own)):
                yield team or ("",), own


def _room(name: str, halves: Sequence[Half]) -> int:
    return sum(half.ticks for half in halves if name and name not in half.away)


class _Search(Mutable):
    """Puts the task with the fewest places left first, goes back where one has none, counts its steps."""

    tasks: Sequence[Task]
    halves: Sequence[Half]
    steps: int
    most: int | None = None
    together: bool = True
    inside: list[dict[int, str]] = field(default_factory=list)  # by half day, the auditor of each task in it
    busy: list[dict[str, int]] = field(default_factory=list)
    load: dict[str, int] = field(default_factory=dict)
    orders: dict[tuple[int, frozenset[tuple[int, str]]], Mapping[int, int] | None] = field(default_factory=dict)

    def found(self) -> tuple[Placed, ...] | None:
        """A timetable, or None when there is none."""
        self.inside = [{} for _ in self.halves]
        self.busy = [{} for _ in self.halves]
        if not self._rest(frozenset(range(len(self.tasks)))):
            return None
        placed = [
            Placed(task, auditor, half, begin)
            for half, own in enumerate(self.inside)
            for task, begin in (self._order(half, own) or {}).items()
            for auditor in (own[task],)
        ]
        return tuple(sorted(placed, key=lambda each: each.task))

    def _rest(self, left: frozenset[int]) -> bool:
        if not left:
            return True
        places = {task: self._places(task) for task in left}
        task = min(left, key=lambda each: (len(places[each]), -self.tasks[each].ticks, each))
        for auditor, half in places[task]:
            self.steps -= 1
            if self.steps < 0:
                raise Unfinished
            self._put(task, auditor, half, 1)
            if self._order(half, self.inside[half]) is not None and self._rest(left - {task}):
                return True
            self._put(task, auditor, half, -1)
        return False

    def _put(self, task: int, auditor: str, half: int, sign: int) -> None:
        ticks = sign * self.tasks[task].ticks
        for person in {auditor, *self.tasks[task].asked}:
            self.busy[half][person] = self.busy[half].get(person, 0) + ticks
        self.load[auditor] = self.load.get(auditor, 0) + ticks
        if sign > 0:
            self.inside[half][task] = auditor
        else:
            del self.inside[half][task]

    def _places(self, task: int) -> list[tuple[str, int]]:
        """Where a task may go: with the auditor of its group, first with whoever has the least to do."""
        own = self.tasks[task]
        mine = {a for inside in self.inside for t, a in inside.items() if self.tasks[t].group == own.group}
        team = [each for each in own.auditors if each in mine or not (mine and self.together)]
        found = [
            (auditor not in mine, self.load.get(auditor, 0), half, auditor)
            for auditor in team
            if self.most is None or self.load.get(auditor, 0) + own.ticks <= self.most
            for half in self._different(auditor, own)
        ]
        return [(auditor, half) for _, _, half, auditor in sorted(found)]

    def _different(self, auditor: str, task: Task) -> Iterator[int]:
        """The half days with room for a task; of those that are empty and alike only the first."""
        people = {auditor, *task.asked}
        empty: set[Half] = set()
        for number, half in enumerate(self.halves):
            if not self.inside[number]:
                if half in empty:
                    continue
                empty.add(half)
            fits = all(self.busy[number].get(person, 0) + task.ticks <= half.ticks for person in people)
            if fits and not people & half.away:
                yield number

    def _order(self, half: int, own: Mapping[int, str]) -> Mapping[int, int] | None:
        """When each task of a half day begins, or None where they do not fit."""
        room = self.halves[half].ticks
        key = room, frozenset(own.items())
        if key not in self.orders:
            people = {task: frozenset({auditor, *self.tasks[task].asked}) for task, auditor in own.items()}
            longest = sorted(own, key=lambda task: (-self.tasks[task].ticks, task))
            self.orders[key] = self._lined(longest, people, room, {}, {})
        return self.orders[key]

    def _lined(
        self,
        left: Sequence[int],
        people: Mapping[int, frozenset[str]],
        room: int,
        ends: Mapping[str, int],
        begun: Mapping[int, int],
    ) -> Mapping[int, int] | None:
        """Each order of what is left, every task as soon as its people are free."""
        if not left:
            return begun
        for task in left:
            self.steps -= 1
            if self.steps < 0:
                raise Unfinished
            at = max((ends.get(person, 0) for person in people[task]), default=0)
            end = at + self.tasks[task].ticks
            if end > room:
                continue
            later = {**ends, **dict.fromkeys(people[task], end)}
            rest = [each for each in left if each != task]
            found = self._lined(rest, people, room, later, {**begun, task: at})
            if found is not None:
                return found
        return None
