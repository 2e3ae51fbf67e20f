"""The search against trying everything: it finds a timetable wherever one exists, and says rightly that none does."""

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings, strategies as st

from gbtool.rules.auditing import timetable
from gbtool.rules.auditing.timetable import Half, Placed, Task, Unfinished, arrange

PEOPLE = ("甲", "乙", "丙")
people = st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(tuple)


@st.composite
def made(draw: st.DrawFn) -> tuple[list[Task], list[Half]]:
    """A few short tasks and half days, so small that everything can be tried."""
    tasks = [
        Task(f"部门{number % 3}", draw(st.integers(1, 3)), draw(people), draw(people))
        for number in range(draw(st.integers(1, 4)))
    ]
    tasks = [Task(t.group, t.ticks, tuple(a for a in t.auditors if a not in t.asked), t.asked) for t in tasks]
    halves = [Half(draw(st.integers(1, 4)), frozenset(draw(people))) for _ in range(draw(st.integers(1, 2)))]
    return tasks, halves


def fits(placed: Sequence[Placed], tasks: Sequence[Task], halves: Sequence[Half]) -> bool:
    """Whether a timetable keeps every rule."""
    taken: set[tuple[int, str, int]] = set()
    for each in placed:
        task, half = tasks[each.task], halves[each.half]
        present = {each.auditor, *task.asked}
        wanted = {(each.half, p, each.begin + n) for p in present for n in range(task.ticks)}
        wrong = each.auditor not in task.auditors or each.begin + task.ticks > half.ticks or present & half.away
        if wrong or wanted & taken:
            return False
        taken |= wanted
    return True


def everything(tasks: Sequence[Task], halves: Sequence[Half]) -> Iterator[tuple[Placed, ...]]:
    """Every way to put every task somewhere."""
    each = [
        [Placed(n, a, h, b) for a in t.auditors for h, half in enumerate(halves) for b in range(half.ticks)]
        for n, t in enumerate(tasks)
    ]
    return itertools.product(*each)


@settings(max_examples=120, deadline=None)
@given(made())
def test_a_timetable_is_found_exactly_where_one_exists(given_: tuple[list[Task], list[Half]]) -> None:
    tasks, halves = given_
    found = arrange(tasks, halves)
    if found is None:
        assert not any(fits(each, tasks, halves) for each in everything(tasks, halves))
    else:
        assert [each.task for each in found] == list(range(len(tasks)))
        assert fits(found, tasks, halves)


def test_a_day_that_first_come_first_served_would_waste() -> None:
    """Longest first into the first room gives 3 + 2 and 3 + 2 and leaves a 2; 3 + 3 and 2 + 2 + 2 fit."""
    tasks = [Task(str(n), ticks, ("甲",)) for n, ticks in enumerate((3, 3, 2, 2, 2))]
    assert arrange(tasks, [Half(6), Half(6)]) is not None
    assert arrange(tasks, [Half(6), Half(5)]) is None


def test_the_load_is_even_where_it_can_be() -> None:
    tasks = [Task(str(n), 2, ("甲", "乙", "丙")) for n in range(6)]
    found = arrange(tasks, [Half(12)])
    assert found
    assert set(timetable.loads(found, tasks).values()) == {4}
    assert timetable.fairest(tasks) == 4


def test_the_parts_of_a_department_keep_their_auditor() -> None:
    found = arrange([Task("甲部", 3, ("甲", "乙")), Task("甲部", 3, ("甲", "乙"))], [Half(3), Half(3)])
    assert found
    assert len({each.auditor for each in found}) == 1
    shared = arrange([Task("甲部", 3, ("甲", "乙")), Task("甲部", 3, ("甲", "乙"))], [Half(3)])
    assert shared
    assert {each.auditor for each in shared} == {"甲", "乙"}
    assert arrange([], [Half(3)]) == ()


def test_who_is_away_and_who_is_asked_twice() -> None:
    assert arrange([Task("甲部", 1, ("甲",))], [Half(2, frozenset({"甲"}))]) is None
    both = [Task("甲部", 2, ("甲",), ("丙",)), Task("乙部", 2, ("乙",), ("丙",))]
    assert arrange(both, [Half(3)]) is None
    found = arrange(both, [Half(4)])
    assert found
    assert sorted(each.begin for each in found) == [0, 2]


def test_what_is_short_is_named() -> None:
    only = [Task("质量部", 2, ("甲",)), Task("采购部", 2, ("甲",)), Task("财务部", 1, ("甲", "乙"))]
    team, own = timetable.shortage(only, [Half(3)]) or ((), ())
    assert (team, [task.group for task in own]) == (("甲",), ["质量部", "采购部"])
    assert timetable.shortage([Task("质量部", 1, ())], [Half(3)])
    many = [Task("甲部", 1, tuple(f"员{n}" for n in range(12)))]
    assert timetable.shortage(many, [Half(3)]) == ()


def test_a_search_that_is_given_up_says_so() -> None:
    tasks = [Task(str(n), 2, ("甲", "乙")) for n in range(9)]
    with pytest.raises(Unfinished):
        arrange(tasks, [Half(3)] * 9, steps=5)
