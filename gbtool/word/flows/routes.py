"""Which way a line takes from step to step: straight down, over the gap under its row, or along a border of a lane.

Lines run across only in the gaps between rows and down only along borders of lanes or through cells without a box,
each on a track of its own, so none lies on another and none crosses a box.
"""

from collections.abc import Mapping, Sequence

from gbtool.structs import Frozen, Mutable
from gbtool.word.flows.layers import Graph, Places, Way

MIDDLE = 0.5


class Route(Mutable, eq=False):
    """A way with its course, found step by step.

    `port` is where it leaves its source: a share of the width, 0.5 at the bottom, 0 and 1 at the sides. `straight` ones
    go down inside their lane, `direct` ones come down in their target's. `border` is the border of lanes along which it
    runs, -1 where it needs none, and `lane` its track there. `first` is its track in the gap under its source, `last`
    the one in the gap above its target.
    """

    way: Way
    straight: bool = False
    direct: bool = False
    port: float = MIDDLE
    border: int = -1
    lane: int = 0
    first: int = 0
    last: int = 0


class Plan(Frozen):
    """All routes, by source too, how many tracks each gap has (-1 is above the first row) and each border of lanes."""

    routes: Sequence[Route]
    leaving: Mapping[str, Sequence[Route]]
    gaps: Mapping[int, int]
    borders: Mapping[int, int]


class _Leg(Mutable, eq=False):
    """A piece across a gap: from where to where, what comes down into it there and what goes down out of it."""

    route: Route
    left: float
    right: float
    comes: float | None = None
    goes: float | None = None


def plan(graph: Graph, where: Places) -> Plan:
    """A route for every way."""
    routes = [_open(way, where) for way in _merged(graph.ways)]
    leaving: dict[str, list[Route]] = {}
    for route in routes:
        leaving.setdefault(route.way.source, []).append(route)
    _set_ports(leaving, where)
    _part_cycles(routes, where)
    borders = _set_borders(routes, where)
    legs: dict[int, list[_Leg]] = {}
    for route in routes:
        for gap, leg in _legs(route, where, borders):
            legs.setdefault(gap, []).append(leg)
    return Plan(routes, leaving, {gap: _set_tracks(each) for gap, each in legs.items()}, borders)


def _merged(ways: Sequence[Way]) -> list[Way]:
    """Ways with one source and one target as one, with all conditions."""
    labels: dict[tuple[str, str], list[str]] = {}
    for way in ways:
        labels.setdefault((way.source, way.target), []).append(way.label)
    if len(labels) == len(ways):
        return [*ways]
    return [Way(*ends, "、".join(dict.fromkeys(label for label in said if label))) for ends, said in labels.items()]


def _open(way: Way, where: Places) -> Route:
    """A way that goes straight down, or directly: nothing stands in the target's column below the source's row."""
    row, below, column = where.rows[way.source], where.rows[way.target], where.columns[way.target]
    down = below > row and where.open_down(column, row, below)
    own = column == where.columns[way.source]
    return Route(way, straight=down and own, direct=down and not own)


def _set_ports(leaving: Mapping[str, Sequence[Route]], where: Places) -> None:
    """Where each route leaves its source's edge: the middle for the one that goes straight down, or alone."""
    for source, mine in leaving.items():
        if len(mine) < 2:  # noqa: PLR2004
            continue
        others = [route for route in mine if not route.straight]
        others.sort(key=lambda route: (where.columns[route.way.target], where.rows[route.way.target]))
        right = where.columns[others[0].way.target] >= where.columns[source]
        ports = _ports(len(others), straight=len(others) < len(mine), right=right)
        for route, port in zip(others, ports, strict=True):
            route.port = port


def _ports(count: int, *, straight: bool, right: bool) -> list[float]:
    if count == 1:
        return [(1.0 if right else 0.0) if straight else MIDDLE]
    middle = [MIDDLE] if count % 2 and not straight else []
    left = -(-(count - len(middle)) // 2)
    lefts = [MIDDLE * each / left for each in range(left)]
    after = count - len(middle) - left
    return [*lefts, *middle, *(1 - MIDDLE * each / max(after, 1) for each in reversed(range(after)))]


def _part_cycles(routes: Sequence[Route], where: Places) -> None:
    """Where steps of one row change places, one of them leaves at its side."""
    rows: dict[int, dict[int, tuple[Route, int]]] = {}
    for route in routes:
        if route.direct and route.port == MIDDLE:
            goes = rows.setdefault(where.rows[route.way.source], {})
            goes[where.columns[route.way.source]] = route, where.columns[route.way.target]
    for goes in rows.values():
        for column, (route, target) in list(goes.items()):
            seen, next_ = {column}, target
            while next_ in goes and next_ not in seen:
                seen.add(next_)
                next_ = goes[next_][1]
            if next_ == column:
                route.port = 1.0
                del goes[column]


def _set_borders(routes: Sequence[Route], where: Places) -> dict[int, int]:
    """A border of lanes and a track there for the routes that need one; how many tracks each border has."""
    taken: list[list[list[tuple[int, int]]]] = [[] for _ in range(where.width + 1)]
    for route in routes:
        if not route.straight and not route.direct:
            ends = where.columns[route.way.source], where.columns[route.way.target]
            route.border = min(range(len(taken)), key=lambda each: _cost(each, ends, len(taken[each])))
            route.lane = _free(taken[route.border], _span(route.way, where))
    return {border: len(tracks) for border, tracks in enumerate(taken) if tracks}


def _span(way: Way, where: Places) -> tuple[int, int]:
    one, other = where.rows[way.source], where.rows[way.target] - 1
    return min(one, other), max(one, other)


def _cost(border: int, ends: tuple[int, int], load: int) -> float:
    """How far a line over a border runs across, with what makes a border full."""
    return abs(border - ends[0] - MIDDLE) + abs(border - ends[1] - MIDDLE) + load / 4


def _free(taken: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    for number, spans in enumerate(taken):
        if all(span[1] < first or last < span[0] for first, last in spans):
            spans.append(span)
            return number
    taken.append([span])
    return len(taken) - 1


def _legs(route: Route, where: Places, borders: Mapping[int, int]) -> Sequence[tuple[int, _Leg]]:
    """The pieces of a route that run across gaps, with these, on a scale on which a lane is 1 wide."""
    if route.straight:
        return ()
    row, above = where.rows[route.way.source], where.rows[route.way.target] - 1
    start = where.columns[route.way.source] + 0.2 + 0.6 * route.port
    end = where.columns[route.way.target] + MIDDLE
    if route.border < 0:
        return ((row, _leg(route, start, end, comes=start, goes=end)),)
    at = route.border + aside(route.lane, borders[route.border]) / 50
    return (row, _leg(route, start, at, comes=start)), (above, _leg(route, at, end, goes=end))


def _leg(route: Route, one: float, other: float, *, comes: float | None = None, goes: float | None = None) -> _Leg:
    return _Leg(route, min(one, other), max(one, other), comes, goes)


def aside(track: int, count: int) -> float:
    """How many tracks beside a border's own line a track lies: never on it."""
    return track - (count + 1) // 2 + MIDDLE


def _set_tracks(legs: Sequence[_Leg]) -> int:
    """A track for each piece in a gap: what comes down at a place lies above what goes down there; how many there are.

    The track is the first of its route where it comes down into the gap, else its last one.
    """
    tracks = _across(legs) if len(legs) > 1 else dict.fromkeys(legs, 0)
    for leg, track in tracks.items():
        if leg.comes is None:
            leg.route.last = track
        else:
            leg.route.first = track
    return 1 + max(tracks.values())


def _across(legs: Sequence[_Leg]) -> dict[_Leg, int]:
    above = {
        leg: [other for other in legs if other.comes == leg.goes and other is not leg] if leg.goes is not None else []
        for leg in legs
    }
    tracks: dict[_Leg, int] = {}
    filled: list[list[_Leg]] = []
    waiting = sorted(legs, key=lambda leg: (leg.goes is not None, leg.right - leg.left))
    while waiting:
        leg = next((each for each in waiting if all(other in tracks for other in above[each])), waiting[0])
        waiting.remove(leg)
        track = max((tracks[other] + 1 for other in above[leg] if other in tracks), default=0)
        while track < len(filled) and any(leg.left <= each.right and each.left <= leg.right for each in filled[track]):
            track += 1
        filled += [[] for _ in range(track + 1 - len(filled))]
        filled[track].append(leg)
        tracks[leg] = track
    return tracks
