"""Three versions side by side, block by block: who changed what, and what becomes of it."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Generic, TypeVar

from gbtool.model.difference import Difference, Dispute, Side, Take
from gbtool.structs import Frozen, replace
from gbtool.word.merging.alignment import aligned, alike
from gbtool.word.merging.blocks import Block, Row

_THE_SAME_ADDITION = 0.6

Piece = TypeVar("Piece", Block, Row)


class Triple(Frozen, Generic[Piece]):
    """One passage in three versions; None where a version does not have it."""

    base: Piece | None
    theirs: Piece | None
    ours: Piece | None


class Action(Enum):
    """What becomes of a passage in their file."""

    KEEP = auto()
    PLACE = auto()
    REWRITE = auto()
    REMOVE = auto()


class Judge(Frozen):
    """Decides for each passage: untouched follows, touched stays, both is a conflict unless somebody said whose stands.

    A dispute is a conflict reported before: it stays one while neither text has changed since.
    """

    take: Take | None = None
    disputes: frozenset[Dispute] = frozenset()

    def decide(self, triple: Triple[Piece], place: str) -> tuple[Action, Difference | None]:
        """What to do with a passage, and what to tell; nothing to tell where nobody or both changed it to the same."""
        base, theirs, ours = triple.base, triple.theirs, triple.ours
        note = _note(base, theirs) or _note(base, ours)
        difference = Difference(Side.CONFLICT, place, _text(base), _text(theirs), _text(ours), note)
        if not _changed(base, ours):
            return self._theirs_alone(triple, replace(difference, side=Side.THEIRS))
        if not _changed(base, theirs):
            return _followed(triple), replace(difference, side=Side.OURS)
        if theirs is None or ours is None:
            agreed = theirs is ours
        else:
            agreed = theirs.key == ours.key or bool(base and base.key == ours.key)
        if agreed:
            return Action.KEEP, None
        return self._conflict(triple, difference)

    def _theirs_alone(self, triple: Triple[Piece], difference: Difference) -> tuple[Action, Difference | None]:
        if not _changed(triple.base, triple.theirs):
            return Action.KEEP, None
        for dispute in self.disputes:
            if (dispute.theirs, dispute.ours) == (difference.theirs, difference.ours):
                reported = Difference(Side.CONFLICT, difference.place, dispute.base, dispute.theirs, dispute.ours)
                return self._conflict(triple, reported)
        return Action.KEEP, difference

    def _conflict(self, triple: Triple[Piece], difference: Difference) -> tuple[Action, Difference]:
        if self.take is None:
            return Action.KEEP, difference
        if self.take is Take.THEIRS:
            return Action.KEEP, replace(difference, side=Side.THEIRS)
        return _followed(triple), replace(difference, side=Side.OURS)


def triples(base: Sequence[Piece], theirs: Sequence[Piece], ours: Sequence[Piece]) -> Iterator[Triple[Piece]]:
    """Every passage of the three versions, in their order; what gbtool adds stands after what they added there."""
    to_theirs, their_own = _mapped(base, theirs)
    to_ours, our_own = _mapped(base, ours)
    for place in range(len(base) + 1):
        yield from _added([theirs[j] for j in their_own.get(place, [])], [ours[k] for k in our_own.get(place, [])])
        if place < len(base):
            j, k = to_theirs.get(place), to_ours.get(place)
            yield Triple(base[place], None if j is None else theirs[j], None if k is None else ours[k])


def _mapped(base: Sequence[Piece], other: Sequence[Piece]) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Where each piece of the base is in another version, and what that version added before which of them."""
    same: dict[int, int] = {}
    added: dict[int, list[int]] = {}
    place = 0
    for i, j in aligned(base, other):
        if i is not None:
            place = i + 1
            if j is not None:
                same[i] = j
        elif j is not None:
            added.setdefault(place, []).append(j)
    return same, added


def _added(theirs: Sequence[Piece], ours: Sequence[Piece]) -> Iterator[Triple[Piece]]:
    """What both added at one place: the same thing once, different things one after the other."""
    if not theirs or not ours:
        yield from (Triple(None, piece, None) for piece in theirs)
        yield from (Triple(None, None, piece) for piece in ours)
        return
    waiting: list[Piece] = []
    for j, k in aligned(theirs, ours):
        first, second = None if j is None else theirs[j], None if k is None else ours[k]
        if first and second and (first.key == second.key or alike(first, second) >= _THE_SAME_ADDITION):
            yield from (Triple(None, None, piece) for piece in waiting)
            waiting = []
            yield Triple(None, first, second)
            continue
        if first:
            yield Triple(None, first, None)
        if second:
            waiting.append(second)
    yield from (Triple(None, None, piece) for piece in waiting)


def _text(piece: Block | Row | None) -> str:
    return piece.text if piece else ""


def _changed(base: Piece | None, other: Piece | None) -> bool:
    if base is None or other is None:
        return base is not other
    return not base.same(other)


def _followed(triple: Triple[Piece]) -> Action:
    if triple.ours is None:
        return Action.REMOVE
    return Action.PLACE if triple.theirs is None else Action.REWRITE


_NOTES = (("ins", "修订"), ("del", "修订"), ("move", "修订"), ("comment", "批注"), ("foot", "脚注"), ("drawing", "图"))


def _note(base: Piece | None, other: Piece | None) -> str:
    """What changed beside the text."""
    if base is None or other is None or not _changed(base, other) or base.key != other.key:
        return ""
    looks = (set(map(str, _looks(base))), set(map(str, _looks(other))))
    new = " ".join(sorted(looks[0] ^ looks[1]))
    return "、".join(dict.fromkeys(word for mark, word in _NOTES if mark in new)) or "格式"


def _looks(piece: Block | Row) -> Iterator[object]:
    if isinstance(piece, Row):
        for cell in piece.cells:
            yield from cell.look
    else:
        yield from piece.look
