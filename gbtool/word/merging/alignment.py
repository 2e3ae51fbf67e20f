"""Which blocks of two versions are the same one: equal ones by difflib, changed ones by what they have in common."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Protocol

_ALIKE = 0.4
_MOST_PAIRS = 1600
_MOST_TEXT = 2000

Pair = tuple[int | None, int | None]


class Item(Protocol):
    """What can be aligned: blocks and rows."""

    @property
    def kind(self) -> str:
        """What it is: only things of one kind are the same one."""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two of them equal."""

    @property
    def text(self) -> str:
        """What it says."""


def aligned(before: Sequence[Item], after: Sequence[Item]) -> list[Pair]:
    """Every item of both sides in order: pairs of the same one, or alone where it was deleted or added."""
    pairs: list[Pair] = []
    at, to = 0, 0
    for i, j in [*_anchors(before, after), (len(before), len(after))]:
        pairs += _between(before, after, range(at, i), range(to, j))
        if i < len(before):
            pairs.append((i, j))
        at, to = i + 1, j + 1
    return pairs


def _anchors(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[int, int]]:
    """Most of the items that are there once on each side, in order on both: what was moved away is no anchor."""
    new = _single(after)
    shared = [(i, new[key]) for key, i in _single(before).items() if key in new]
    return [shared[place] for place in _rising([j for _, j in shared])]


def _single(items: Sequence[Item]) -> dict[tuple[object, ...], int]:
    """The places of the items that are there once."""
    counts = Counter(item.key for item in items)
    return {item.key: place for place, item in enumerate(items) if counts[item.key] == 1}


def _rising(numbers: Sequence[int]) -> list[int]:
    """The places of the longest rising sequence among different numbers."""
    least: list[int] = []  # the least number that ends a sequence of each length, and where it stands
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(least, number)
        before.append(ends[length - 1] if length else -1)
        least[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    chain = ends[-1:]
    while chain and before[chain[-1]] >= 0:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _between(before: Sequence[Item], after: Sequence[Item], old: range, new: range) -> Iterator[Pair]:
    """The pairs of a stretch between two anchors."""
    keys = [before[i].key for i in old], [after[j].key for j in new]
    for kind, first, last, start, end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[first:last], new[start:end], strict=True)
        else:
            yield from _changed(before, after, old[first:last], new[start:end])


def alike(one: Item, other: Item) -> float:
    """How much two items have in common, from 0 to 1; nothing where they are of different kinds."""
    if one.kind != other.kind:
        return 0.0
    texts = one.text[:_MOST_TEXT], other.text[:_MOST_TEXT]
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def _changed(before: Sequence[Item], after: Sequence[Item], old: range, new: range) -> Iterator[Pair]:
    """The pairs of a stretch that changed: like with like in order, the rest one by one where there are as many."""
    at, to = old.start, new.start
    for i, j in [*_most_alike(before, after, old, new), (old.stop, new.stop)]:
        yield from _rest(before, after, range(at, i), range(to, j))
        if i < old.stop:
            yield i, j
        at, to = i + 1, j + 1


def _rest(before: Sequence[Item], after: Sequence[Item], old: range, new: range) -> Iterator[Pair]:
    if [before[i].kind for i in old] == [after[j].kind for j in new]:
        yield from zip(old, new, strict=True)
        return
    yield from ((i, None) for i in old)
    yield from ((None, j) for j in new)


def _most_alike(before: Sequence[Item], after: Sequence[Item], old: range, new: range) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, that have most in common together."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return []
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {}
    nothing: tuple[float, tuple[tuple[int, int], ...]] = (0.0, ())
    for i in reversed(old):
        for j in reversed(new):
            skipped = max(best.get((i + 1, j), nothing), best.get((i, j + 1), nothing), key=lambda each: each[0])
            common = alike(before[i], after[j])
            score, pairs = best.get((i + 1, j + 1), nothing)
            taken = (score + common, ((i, j), *pairs))
            best[i, j] = taken if common >= _ALIKE and taken[0] >= skipped[0] else skipped
    return list(best[old.start, new.start][1])
