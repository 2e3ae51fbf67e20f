"""Clause numbers compare, nest and are found as clauses."""

from hypothesis import given, strategies as st

from gbtool.model.standard import Clause, ClauseId, Standard
from gbtool.model.standards.head import Head

numbers = st.lists(st.integers(1, 30), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))


def standard(*numbers: str) -> Standard:
    clauses = tuple(Clause(f"key{n}", n, f"标题{n}", n, "high", "confirmed", "confirmed") for n in numbers)
    return Standard(Head("2023", "GB/T 29490-2023", "要求", "", "", "", ""), clauses)


@given(numbers, st.integers(1, 99))
def test_a_clause_is_not_the_clause_below_it(number: str, below: int) -> None:
    child = f"{number}.{below}"
    assert ClauseId(number) != ClauseId(child)
    assert ClauseId(child) in ClauseId(number)
    assert ClauseId(number) not in ClauseId(child)
    assert [c.number for c in standard(number, child).find(number)] == [number]


@given(numbers, st.integers(1, 9), st.integers(0, 9))
def test_a_number_is_not_found_in_a_longer_one(number: str, last: int, digit: int) -> None:
    short, long = f"{number}.{last}", f"{number}.{last}{digit}"
    assert ClauseId(long) not in ClauseId(short)
    assert [c.number for c in standard(short, long).find(short)] == [short]
    assert [c.number for c in standard(long).find(short)] == []


@given(numbers, st.integers(1, 200), st.integers(1, 200))
def test_numbers_sort_by_their_parts(number: str, one: int, other: int) -> None:
    assert (ClauseId(f"{number}.{one}") < ClauseId(f"{number}.{other}")) == (one < other)


@given(st.lists(numbers, unique=True))
def test_sorting_is_that_of_the_parts(found: list[str]) -> None:
    by_parts = sorted(found, key=lambda number: [int(part) for part in number.split(".")])
    assert sorted(found, key=ClauseId) == by_parts


def test_5_9_comes_before_5_10() -> None:
    assert sorted(["5.10", "5.9", "5.1", "5"], key=ClauseId) == ["5", "5.1", "5.9", "5.10"]


def test_what_is_inside_a_clause_leaves_out_the_clause_itself() -> None:
    found = standard("5", "5.1", "5.10", "5.10.1", "6")
    (five,) = found.find("5")
    (one,) = found.find("5.1")
    assert [c.number for c in found.inside(five)] == ["5.1", "5.10", "5.10.1"]
    assert found.inside(one) == ()


def test_a_key_is_found_exactly_and_a_word_anywhere() -> None:
    found = standard("5", "5.1")
    assert [c.number for c in found.find("key5")] == ["5"]
    assert [c.number for c in found.find("标题5")] == ["5", "5.1"]
    assert found.find("没有") == ()
