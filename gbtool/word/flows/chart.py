"""The steps of a flow as drawings: swim lanes, boxes as high as their text, as many pages as can be read."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from gbtool.structs import Mutable, field, replace
from gbtool.word.drawing import Picture
from gbtool.word.flows.layers import Graph
from gbtool.word.flows.pages import crossing, part
from gbtool.word.flows.sheets import Sheet, sheet

TALLEST, MOST_LANES = 640.0, 6
_SHORTEST, _SMALLEST = 0.7, 0.3  # of what fits on a page, of what is left for two: it may end earlier
_FILLED = 0.6  # of the room: what the first of two pages fills if it can, since nothing follows on it
_FURTHER = 3  # a step more may need less room, where it was jumped to


class _Flow(Mutable):
    """A flow with the sheets of its parts, each laid out once, and where pages that begin at a place end at the last.

    Parts are named by the places of their first step and of the one behind their last.
    """

    graph: Graph
    sheets: dict[tuple[int, int], Sheet] = field(default_factory=dict)
    lasts: dict[tuple[int, float], int] = field(default_factory=dict)

    def sheet(self, start: int, end: int) -> Sheet:
        """A part as it is laid out."""
        if (start, end) not in self.sheets:
            self.sheets[start, end] = sheet(part(self.graph, start, end))
        return self.sheets[start, end]

    def fits(self, start: int, end: int, room: float = TALLEST) -> bool:
        """Whether a part has no more lanes than can be read, and is no higher than the room."""
        lanes = {node.lane for node in self.graph.nodes[start:end]}
        return len(lanes) <= MOST_LANES and self.sheet(start, end).height <= room

    def last(self, start: int, room: float = TALLEST) -> int:
        """The last place before which a page that begins with a step can end; a page holds one step at least."""
        if (start, room) not in self.lasts:
            self.lasts[start, room] = _last(self, start, room)
        return self.lasts[start, room]


def pictures(graph: Graph, title: str, first: float = TALLEST) -> tuple[Picture, ...]:
    """A flow on as few pages as can be read; `first` is the room in points where it begins, below other text."""
    flow, count = _flow(graph), len(graph.nodes)
    drawn: list[Picture] = []
    start = 0
    while start < count:
        end = _end(flow, start, TALLEST if start else first)
        drawn.append(flow.sheet(start, end).picture())
        start = end
    pages = len(drawn)
    return tuple(
        replace(_fitted(picture), title=f"{title}（{page}/{pages}）" if pages > 1 else title)
        for page, picture in enumerate(drawn, 1)
    )


@lru_cache(maxsize=1)
def _flow(graph: Graph) -> _Flow:
    """A flow, which is soon drawn again for the room that a page leaves."""
    return _Flow(graph)


def _end(flow: _Flow, start: int, room: float) -> int:
    """Where the page that begins with a step ends: as late as it can, or a little earlier if fewer ways are cut."""
    count = len(flow.graph.nodes)
    last = flow.last(start, room)
    if last == count:
        return count
    first = start + max(round((last - start) * _SHORTEST), 1)
    least = round((count - start) * _SMALLEST)
    if flow.last(last) == count:  # two pages are left: neither is a scrap
        ends = _best_first(flow, range(start + least, min(last, count - least) + 1))
        full = (end for end in ends if flow.sheet(start, end).height >= _FILLED * room and flow.fits(end, count))
        good: Iterable[int] = chain(full, (end for end in ends if flow.fits(end, count)))
    else:
        ends = _best_first(flow, range(first, last + 1))
        good = (end for end in ends if end == last or flow.last(end) >= flow.last(last))
    return next(iter(good), last)


def _best_first(flow: _Flow, ends: Iterable[int]) -> list[int]:
    """Where a page may end: where the fewest ways are cut, then as late as it can, to leave no page half empty."""
    return sorted(ends, key=lambda end: (crossing(flow.graph, end), -end))


def _last(flow: _Flow, start: int, room: float) -> int:
    """Where a page ends at the last.

    The drawing of all that is left says about how many steps fill the room; from there the place is tried.
    """
    count = len(flow.graph.nodes)
    if start + 1 >= count or flow.fits(start, count, room):
        return count
    low, high = start + 1, count - 1
    reached = sum(1 for end in flow.sheet(start, count).ends() if end <= room)
    guess = min(max(start + reached, low), high)
    step = 1
    while low < high:
        if flow.fits(start, guess, room):
            low, guess = guess, min(guess + step, high)
        else:
            high, guess = guess - 1, max(guess - step, low)
        step *= 2
        guess = guess if low < guess else (low + high + 1) // 2
    further = (end for end in range(low + _FURTHER, low, -1) if end <= count)
    return next((end for end in further if flow.fits(start, end, room)), low)


def _fitted(picture: Picture) -> Picture:
    return picture.scaled(TALLEST / picture.height) if picture.height > TALLEST else picture
