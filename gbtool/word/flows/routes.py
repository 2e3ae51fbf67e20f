"""Which way a line takes from step to step: straight down, over the gap under its row, or along a border of a lane.

Lines run across only in the gaps between rows and down only along borders of lanes or through cells without a box,
each on a track of its own, so none lies on another and none crosses a box.
"""

from collections.abc import Mapping, Sequence

from gbtool.structs import Frozen, replace
from gbtool.word.flows.layers import Graph, Places, Way

MIDDLE = 0.5


class Route(Frozen):
    """A way with its course.

    `port` is where it leaves its source: a share of the width, 0.5 at the bottom, 0 and 1 at the sides. `border` is
    the border of lanes along which it runs, -1 where it needs none, and `lane` its track there. `first` is its track
    in the gap under its source, `last` the one in the gap above its target.
    """

    way: Way
    port: float = MIDDLE
    straight: bool = False
    border: int = -1
    lane: int = 0
    first: int = 0
    last: int = 0


class Plan(Frozen):
    """All routes, how many tracks each gap has (-1 is above the first row) and each border of lanes."""

    routes: tuple[Route, ...]
    gaps: Mapping[int, int]
    borders: Mapping[int, int]


class _Leg(Frozen):
    """A piece across a gap: from where to where, what comes down into it there and what goes down out of it."""

    route: int
    gap: int
    ends: tuple[float, float]
    comes: float | None = None
    goes: float | None = None


def plan(graph: Graph, where: Places) -> Plan:
    """A route for every way."""
    ways = _merged(graph.ways)
    found = _ported([Route(way, straight=_straight(way, where)) for way in ways], where)
    found = _bordered(found, where)
    borders = _tracks(found)
    legs = [leg for number, route in enumerate(found) for leg in _legs(number, route, where, borders)]
    gaps: dict[int, int] = {}
    placed = list(found)
    for gap in sorted({leg.gap for leg in legs}):
        tracks = _across([leg for leg in legs if leg.gap == gap])
        gaps[gap] = 1 + max(tracks.values())
        for leg, track in tracks.items():
            route = placed[leg.route]
            placed[leg.route] = replace(route, first=track) if leg.comes is not None else replace(route, last=track)
    return Plan(tuple(placed), gaps, _tracks(placed))


def _merged(ways: Sequence[Way]) -> list[Way]:
    """Ways with one source and one target as one, with all conditions."""
    labels: dict[tuple[str, str], list[str]] = {}
    for way in ways:
        labels.setdefault((way.source, way.target), []).append(way.label)
    return [Way(*ends, "、".join(dict.fromkeys(label for label in said if label))) for ends, said in labels.items()]


def _straight(way: Way, where: Places) -> bool:
    row, below, column = where.rows[way.source], where.rows[way.target], where.columns[way.source]
    return below > row and where.columns[way.target] == column and where.open_down(column, row, below)


def _direct(way: Way, where: Places) -> bool:
    """Whether nothing stands in the target's column between the source's row and the target."""
    row, below, column = where.rows[way.source], where.rows[way.target], where.columns[way.target]
    return below > row and column != where.columns[way.source] and where.open_down(column, row, below)


def _ported(found: list[Route], where: Places) -> list[Route]:
    """Each route with its place at the source's edge: the middle for the one that goes straight down."""
    result = list(found)
    for source in dict.fromkeys(route.way.source for route in found):
        mine = [at for at, route in enumerate(found) if route.way.source == source]
        others = [at for at in mine if not found[at].straight]
        others.sort(key=lambda at: (where.columns[found[at].way.target], where.rows[found[at].way.target]))
        ports = _ports(len(others), straight=len(others) < len(mine), right=_right(others, found, where))
        for at, port in zip(others, ports, strict=True):
            result[at] = replace(found[at], port=port)
    return _without_cycles(result, where)


def _right(others: Sequence[int], found: Sequence[Route], where: Places) -> bool:
    return bool(others) and where.columns[found[others[0]].way.target] >= where.columns[found[others[0]].way.source]


def _ports(count: int, *, straight: bool, right: bool) -> list[float]:
    if count == 1:
        return [(1.0 if right else 0.0) if straight else MIDDLE]
    middle = [MIDDLE] if count % 2 and not straight else []
    left = -(-(count - len(middle)) // 2)
    lefts = [MIDDLE * each / left for each in range(left)]
    after = count - len(middle) - left
    return [*lefts, *middle, *(1 - MIDDLE * each / max(after, 1) for each in reversed(range(after)))]


def _without_cycles(found: list[Route], where: Places) -> list[Route]:
    """Where steps of one row change places, one of them leaves at its side."""
    result = list(found)
    for row in sorted(set(where.rows.values())):
        goes = {
            where.columns[route.way.source]: (at, where.columns[route.way.target])
            for at, route in enumerate(result)
            if where.rows[route.way.source] == row and route.port == MIDDLE and _direct(route.way, where)
        }
        for column, (at, target) in list(goes.items()):
            seen, next_ = {column}, target
            while next_ in goes and next_ not in seen:
                seen.add(next_)
                next_ = goes[next_][1]
            if next_ == column:
                result[at] = replace(result[at], port=1.0)
                del goes[column]
    return result


def _bordered(found: list[Route], where: Places) -> list[Route]:
    """The routes that need a border of lanes with the border and their track there."""
    taken: dict[int, list[list[tuple[int, int]]]] = {border: [] for border in range(where.width + 1)}
    result = []
    for route in found:
        placed = route
        if not route.straight and not _direct(route.way, where):
            span = _span(route.way, where)
            border = min(taken, key=lambda each: _cost(each, route.way, where, len(taken[each])))
            placed = replace(route, border=border, lane=_free(taken[border], span))
        result.append(placed)
    return result


def _span(way: Way, where: Places) -> tuple[int, int]:
    gaps = (where.rows[way.source], where.rows[way.target] - 1)
    return min(gaps), max(gaps)


def _cost(border: int, way: Way, where: Places, load: int) -> float:
    """How far a line over a border runs across, with what makes a border full."""
    ends = (where.columns[way.source], where.columns[way.target])
    return sum(abs(border - column - MIDDLE) for column in ends) + load / 4


def _free(taken: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    for number, spans in enumerate(taken):
        if all(span[1] < first or last < span[0] for first, last in spans):
            spans.append(span)
            return number
    taken.append([span])
    return len(taken) - 1


def _tracks(found: Sequence[Route]) -> dict[int, int]:
    borders: dict[int, int] = {}
    for route in found:
        if route.border >= 0:
            borders[route.border] = max(borders.get(route.border, 0), route.lane + 1)
    return borders


def _legs(number: int, route: Route, where: Places, borders: Mapping[int, int]) -> list[_Leg]:
    """The pieces of a route that run across gaps, on a scale on which a lane is 1 wide."""
    if route.straight:
        return []
    row, above = where.rows[route.way.source], where.rows[route.way.target] - 1
    start = where.columns[route.way.source] + 0.2 + 0.6 * route.port
    end = where.columns[route.way.target] + MIDDLE
    if route.border < 0:
        return [_Leg(number, row, (start, end), start, end)]
    at = route.border + aside(route.lane, borders[route.border]) / 50
    return [_Leg(number, row, (start, at), comes=start), _Leg(number, above, (at, end), goes=end)]


def aside(track: int, count: int) -> float:
    """How many tracks beside a border's own line a track lies: never on it."""
    return track - (count + 1) // 2 + MIDDLE


def _across(legs: Sequence[_Leg]) -> dict[_Leg, int]:
    """A track for each piece: what comes down at a place lies above what goes down there."""
    above = {
        leg: [other for other in legs if other is not leg and other.comes is not None and other.comes == leg.goes]
        for leg in legs
    }
    tracks: dict[_Leg, int] = {}
    waiting = sorted(legs, key=lambda leg: (leg.goes is not None, abs(leg.ends[0] - leg.ends[1])))
    while waiting:
        leg = next((each for each in waiting if all(other in tracks for other in above[each])), waiting[0])
        waiting.remove(leg)
        track = max((tracks[other] + 1 for other in above[leg] if other in tracks), default=0)
        while any(tracks[other] == track and _touch(leg, other) for other in tracks):
            track += 1
        tracks[leg] = track
    return tracks


def _touch(one: _Leg, other: _Leg) -> bool:
    return min(one.ends) <= max(other.ends) and min(other.ends) <= max(one.ends)
