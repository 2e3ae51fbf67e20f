"""The folded pieces of a file in one string, so that a name broken over paragraphs or cells is found in one pass."""

from bisect import bisect_right
from collections.abc import Iterable

from gbtool.model.piece import NO_TEXT, SAID_AGAIN, Piece, Spot
from gbtool.screening.folding import fold, unfolded
from gbtool.structs import Frozen

_WALL = "\x00"
_FLOWING = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.HEADER, Spot.FOOTER, Spot.FOOTNOTE, Spot.CELL})
_BEFORE, _AFTER = 18, 18
LONG = 10_000  # signs at which a text was cut


class Stream(Frozen):
    """The pieces that hold text, the string of all of them, and where each begins in it."""

    pieces: tuple[Piece, ...]
    text: str
    starts: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Which piece stands at an offset."""
        return bisect_right(self.starts, offset) - 1

    def edge(self, offset: int) -> bool:
        """Whether a piece begins at an offset, or the string ends there."""
        return offset >= len(self.text) or offset <= 0 or self.starts[self.at(offset)] == offset

    def before(self, start: int, size: int) -> str:
        """What stands in front in the same piece, at most so many signs."""
        return self.text[max(self.starts[self.at(start)], start - size) : start]

    def after(self, end: int, size: int) -> str:
        """What follows in the same piece, at most so many signs."""
        if self.edge(end):
            return ""
        place = self.at(end)
        last = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.text)
        return self.text[end : min(last, end + size)].rstrip(_WALL)

    def beside(self, start: int, end: int) -> tuple[str, str]:
        """The signs next to a span in the texts as they are, folded one by one: empty for a blank or an end."""
        first, at, _ = self.raw(start, start + 1)
        last, _, stop = self.raw(end - 1, end)
        return fold(first.text[at - 1 : at]) if at else "", fold(last.text[stop : stop + 1])

    def apart(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether a blank or an end stands in front of a span and behind it; never of one that has blanks inside."""
        _, first, last = self.raw(start, end)
        left, right = self.beside(start, end)
        whole = last - first == end - start
        return whole and not left, whole and not right

    def raw(self, start: int, end: int) -> tuple[Piece, int, int]:
        """The piece where a span begins, and the span in its own text (to the piece's end if it goes on)."""
        place = self.at(start)
        piece, offset = self.pieces[place], self.starts[place]
        first, last = unfolded(piece.text, start - offset, end - offset)
        return piece, first, last

    def quote(self, start: int, end: int) -> str:
        """The span among its words."""
        piece, first, last = self.raw(start, end)
        return quoted(piece.text, first, last)


def quoted(text: str, first: int, last: int) -> str:
    """A span among its words: `…由〖青屿软件〗负责…`."""
    left = " ".join(text[max(0, first - _BEFORE) : first].split())
    right = " ".join(text[last : last + _AFTER].split())
    inner = " ".join(text[first:last].split())
    dots_left = "…" if first > _BEFORE else ""
    dots_right = "…" if last + _AFTER < len(text) else ""
    return f"{dots_left}{left}〖{inner}〗{right}{dots_right}"


def stream(pieces: Iterable[Piece]) -> Stream:
    """The stream of a file's pieces: what flows together side by side, everything else between walls."""
    held = [piece for piece in pieces if piece.spot not in SAID_AGAIN and piece.spot not in NO_TEXT]
    ordered = [p for p in held if p.spot in _FLOWING] + [p for p in held if p.spot not in _FLOWING]
    kept: list[Piece] = []
    texts: list[str] = []
    starts: list[int] = []
    at = 0
    for piece in ordered:
        folded = fold(piece.text)
        if not folded:
            continue
        flows = bool(kept) and _goes_on(kept[-1], piece)
        if kept and not flows:
            texts[-1] += _WALL
            at += 1
        kept.append(piece)
        texts.append(folded)
        starts.append(at)
        at += len(folded)
    return Stream(tuple(kept), "".join(texts), tuple(starts))


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Whether a piece goes on where another one ended: running text of one part, or a long text told in several."""
    if piece.part != before.part or (piece.spot in _FLOWING) != (before.spot in _FLOWING):
        return False
    same = (piece.spot, piece.where, piece.number) == (before.spot, before.where, before.number)
    return piece.spot in _FLOWING or (same and len(before.text) >= LONG)
