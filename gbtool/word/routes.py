"""Which way a line takes from step to step: straight, round a corner, over the gap between rows, in an outer lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gbtool.word.layers import Graph, Places, Way

LEFT, RIGHT = -1, 1


class Course(StrEnum):
    """How a line runs."""

    STRAIGHT = "straight"
    CORNER = "corner"
    GAP = "gap"
    OUTER = "outer"


@dataclass(frozen=True, slots=True)
class Route:
    """A way with its course; an outer one has a side and a track there, and may have to leave from below."""

    way: Way
    course: Course
    side: int = 0
    track: int = 0
    below: bool = False


def routes(graph: Graph, where: Places) -> list[Route]:
    """A route for every way; those at one side in tracks that are free over their rows."""
    types = {node.id: node.type for node in graph.nodes}
    used: set[tuple[str, int]] = set()
    found: list[Route] = []
    for way in sorted(graph.ways, key=lambda each: abs(where.rows[each.target] - where.rows[each.source] - 1)):
        route = _route(way, where, types, used)
        if route.course in (Course.CORNER, Course.OUTER) and not route.below:
            used.add((way.source, route.side))
        found.append(route)
    return _on_tracks(found, where)


def tracks(found: Sequence[Route], side: int) -> int:
    """How many tracks a side has."""
    return 1 + max((each.track for each in found if each.course is Course.OUTER and each.side == side), default=-1)


def _route(way: Way, where: Places, types: Mapping[str, str], used: set[tuple[str, int]]) -> Route:
    row, column = where.rows[way.source], where.columns[way.source]
    below, other = where.rows[way.target], where.columns[way.target]
    side = RIGHT if other > column else LEFT
    if below > row and column == other and where.open_down(column, row, below):
        return Route(way, Course.STRAIGHT)
    if below == row + 1 and column != other:
        beside = types[way.source] == "decision" and where.open_between(row, column, other)
        return Route(way, Course.CORNER if beside and (way.source, side) not in used else Course.GAP, side)
    if below > row and column != other and where.open_down(other, row, below):
        beside = where.open_between(row, column, other) and (way.source, side) not in used
        return Route(way, Course.CORNER if beside else Course.GAP, side)
    side = _side(way, where, used)
    beside = where.open_to_edge(row, column, side) and (way.source, side) not in used
    return Route(way, Course.OUTER, side, below=not beside)


def _side(way: Way, where: Places, used: set[tuple[str, int]]) -> int:
    """The side that is open at both ends, else at the start, else the nearer one."""
    row, column = where.rows[way.source], where.columns[way.source]
    target = (where.rows[way.target], where.columns[way.target])
    near = LEFT if column + target[1] < where.width - 1 else RIGHT

    def rank(side: int) -> tuple[bool, bool, bool]:
        free = where.open_to_edge(row, column, side) and (way.source, side) not in used
        return (free, where.open_to_edge(*target, side), side == near)

    return max((LEFT, RIGHT), key=rank)


def _on_tracks(found: Sequence[Route], where: Places) -> list[Route]:
    taken: dict[int, list[list[tuple[int, int]]]] = {LEFT: [], RIGHT: []}
    result = []
    for route in found:
        placed = route
        if route.course is Course.OUTER:
            first, last = sorted((where.rows[route.way.source], where.rows[route.way.target]))
            placed = replace(route, track=_free_track(taken[route.side], (first, last)))
        result.append(placed)
    return result


def _free_track(taken: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    for number, spans in enumerate(taken):
        if all(span[1] < first or last < span[0] for first, last in spans):
            spans.append(span)
            return number
    taken.append([span])
    return len(taken) - 1
