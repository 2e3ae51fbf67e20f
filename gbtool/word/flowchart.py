"""The steps of a flow as drawings: swim lanes, boxes as high as their text, pages joined by jumps."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gbtool.word import wordml
from gbtool.word.drawing import Box, Line, Picture, wrapped
from gbtool.word.layers import Graph, Node, Places, places
from gbtool.word.pages import parts
from gbtool.word.routes import LEFT, RIGHT, Course, Route, routes, tracks

WIDTH, TALLEST = 459.0, 600.0
_SIZE, _LEADING, _LABEL = 9.0, 11.0, 8.0
_TRACK, _AIR, _ASIDE, _HEAD = 6.0, 7.0, 12.0, 20.0
_LABELLED = 0.22  # of a lane, at most, for what is said beside a decision
_SHAPES = {
    "start": "flowChartTerminator",
    "end": "flowChartTerminator",
    "decision": "flowChartDecision",
    "jump": "flowChartTerminator",
}
_SMALLEST = 0.84  # a drawing may be scaled down to this and still be read


def pictures(graph: Graph, title: str) -> tuple[Picture, ...]:
    """A flow on as few pages as can be read."""
    drawn: list[Picture] = []
    for count in range(1, len(graph.nodes) + 1):
        drawn = [_picture(part) for part in parts(graph, count)]
        if all(picture.height * _SMALLEST <= TALLEST for picture in drawn):
            break
    return tuple(_fitted(picture, title, page, len(drawn)) for page, picture in enumerate(drawn, 1))


def _fitted(picture: Picture, title: str, page: int, count: int) -> Picture:
    named = replace(picture, title=f"{title}（{page}/{count}）" if count > 1 else title)
    return named.scaled(TALLEST / named.height) if named.height > TALLEST else named


@dataclass(slots=True)
class _Sheet:
    """The coordinates of one page: edges of the lanes, tops and bottoms of rows, boxes by node."""

    places: Places
    edges: list[float]
    boxes: dict[str, Box] = field(default_factory=dict)
    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)
    leaving: frozenset[tuple[str, int]] = frozenset()


def _picture(graph: Graph) -> Picture:
    where = places(graph)
    found = routes(graph, where)
    sheet = _Sheet(where, _edges(graph, tracks(found, LEFT), tracks(found, RIGHT)))
    _set_boxes(sheet, graph, found)
    sheet.leaving = frozenset((each.way.source, each.side) for each in found if each.course is Course.GAP or each.below)
    for route in found:
        _draw(route, sheet)
    height = sheet.bottoms[-1] + 6
    lanes = [_lane(name, sheet.edges, place) for place, name in enumerate(graph.lanes)]
    borders = [Line(((x, 1), (x, height)), arrow=False, dashed=True) for x in sheet.edges]
    return Picture(WIDTH, height + 1, (*lanes, *sheet.boxes.values(), *sheet.labels), (*borders, *sheet.lines))


def _lane(name: str, edges: Sequence[float], place: int) -> Box:
    width = edges[place + 1] - edges[place]
    size = _SIZE if wordml.width_of(name) * _SIZE <= width - 4 else max((width - 4) / wordml.width_of(name), 5.0)
    return Box(edges[place], 1, width, _HEAD - 4, (name,), bold=True, size=size)


def _edges(graph: Graph, left: int, right: int) -> list[float]:
    """The borders of the lanes: a lane with more to say is wider."""
    room = WIDTH - (left + right) * _TRACK - (6 if left else 1) - (6 if right else 1)
    needs = [max(_need(node) for node in graph.nodes if node.lane == lane) for lane in graph.lanes]
    least = min(66.0, room / len(needs))
    more = room - least * len(needs)
    widths = [least + more * need / sum(needs) for need in needs]
    edges = [left * _TRACK + (6 if left else 1)]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _need(node: Node) -> float:
    length = min(wordml.width_of(node.text), 26.0)
    return length * (1.6 if node.type == "decision" else 1.0)


def _set_boxes(sheet: _Sheet, graph: Graph, found: Sequence[Route]) -> None:
    y = _HEAD + 4
    for row in range(1 + max(sheet.places.rows.values())):
        nodes = [node for node in graph.nodes if sheet.places.rows[node.id] == row]
        boxes = {node.id: _box(node, sheet, _said_beside(node, sheet.places, found)) for node in nodes}
        height = max((box.height for box in boxes.values()), default=0.0)
        sheet.boxes |= {id_: replace(box, y=y) for id_, box in boxes.items()}
        sheet.tops.append(y)
        sheet.bottoms.append(y + height)
        y += height + _gap(row, sheet.places, found)


def _gap(row: int, where: Places, found: Sequence[Route]) -> float:
    """The space under a row: more where labels stand in it or several ways cross it."""
    leaving = [route for route in found if where.rows[route.way.source] == row]
    labelled = any(route.way.label and route.course in (Course.STRAIGHT, Course.GAP) for route in leaving)
    arriving = {r.way.target for r in found if r.course is not Course.STRAIGHT and where.rows[r.way.target] == row + 1}
    return 14.0 + (9.0 if labelled else 0.0) + 4.0 * max(len(arriving) - 1, 0)


def _said_beside(node: Node, where: Places, found: Sequence[Route]) -> float:
    """The width of the longest label between a decision in an outermost lane and the edge of the drawing."""
    outermost = {LEFT: 0, RIGHT: where.width - 1}
    labels = (
        _length(route.way.label)
        for route in found
        if route.way.source == node.id and route.course is Course.OUTER and not route.below
        if where.columns[node.id] == outermost[route.side]
    )
    return max(labels, default=0.0)


def _length(label: str) -> float:
    return wordml.width_of(label) * _LABEL + 4 if label else 0.0


def _box(node: Node, sheet: _Sheet, beside: float) -> Box:
    column = sheet.places.columns[node.id]
    left, right = sheet.edges[column], sheet.edges[column + 1]
    air = max(_ASIDE, min(beside + 2, (right - left) * _LABELLED)) if node.type == "decision" else _AIR
    left, right = left + air, right - air
    shape = _SHAPES.get(node.type, "rect")
    if node.type == "decision":
        lines = wrapped(node.text, (right - left) / 2, _SIZE)
        return Box(left, 0, right - left, 2 * len(lines) * _LEADING + 4, lines, shape)
    width = min(right - left, 74.0) if node.type == "jump" else right - left
    lines = wrapped(node.text, width - (20 if shape == "flowChartTerminator" else 8), _SIZE)
    return Box((left + right - width) / 2, 0, width, len(lines) * _LEADING + 8, lines, shape)


def _draw(route: Route, sheet: _Sheet) -> None:
    source, target = sheet.boxes[route.way.source], sheet.boxes[route.way.target]
    below = (source.x + source.width / 2, source.y + source.height)
    above = (target.x + target.width / 2, target.y)
    if route.course is Course.STRAIGHT:
        taken = (route.way.source, RIGHT) in sheet.leaving
        _join(sheet, route, (below, above), _under(below, LEFT if taken else RIGHT))
    elif route.course is Course.CORNER:
        start = _side(source, route.side, 0.5)
        _join(sheet, route, (start, (above[0], start[1]), above), _beside(start, route.side))
    elif route.course is Course.GAP:
        y = _over_gap(sheet, route)
        _join(sheet, route, (below, (below[0], y), (above[0], y), above), _under(below, route.side))
    else:
        _outside(sheet, route, source, target)


def _over_gap(sheet: _Sheet, route: Route) -> float:
    """The height at which a line crosses to its target's column: in the gap under its source's row."""
    row = sheet.places.rows[route.way.source]
    if sheet.places.rows[route.way.target] == row + 1:
        return _channel(sheet, route.way.target)
    return sheet.bottoms[row] + 6


def _outside(sheet: _Sheet, route: Route, source: Box, target: Box) -> None:
    """A line out of the lanes, along an outer track and back in."""
    side, where = route.side, sheet.places
    offset = 3 + _TRACK * (route.track + 0.5)
    x = sheet.edges[0] - offset if side == LEFT else sheet.edges[-1] + offset
    row, column = where.rows[route.way.source], where.columns[route.way.source]
    start = _way_out(sheet, route, source) if route.below else (_side(source, side, 0.5),)
    row, column = where.rows[route.way.target], where.columns[route.way.target]
    if where.open_to_edge(row, column, side) and target.shape != "flowChartDecision":
        inn = _side(target, side, 0.3)
        end: tuple[tuple[float, float], ...] = ((x, inn[1]), inn)
    else:
        y, top = _channel(sheet, route.way.target), target.x + target.width / 2
        end = ((x, y), (top, y), (top, target.y))
    label = _under((start[0][0], source.y + source.height), side) if route.below else _beside(start[0], side)
    _join(sheet, route, (*start, (x, start[-1][1]), *end), label)


def _way_out(sheet: _Sheet, route: Route, source: Box) -> tuple[tuple[float, float], ...]:
    """Out of the bottom, a little aside, and into the gap under the row."""
    x = source.x + source.width / 2 + route.side * min(12.0, source.width / 4)
    slope = source.height * abs(x - source.x - source.width / 2) / source.width
    y = source.y + source.height - (slope if source.shape == "flowChartDecision" else 0)
    return ((x, y), (x, sheet.bottoms[sheet.places.rows[route.way.source]] + 4))


def _channel(sheet: _Sheet, target: str) -> float:
    """The height in the gap above a row on which ways to this node run, another for each node of the row."""
    row = sheet.places.rows[target]
    others = sorted(id_ for id_, each in sheet.places.rows.items() if each == row)
    return sheet.tops[row] - 7 - (4 * others.index(target) if row else 0)


def _side(box: Box, side: int, share: float) -> tuple[float, float]:
    return (box.x if side == LEFT else box.x + box.width, box.y + box.height * share)


def _under(point: tuple[float, float], side: int) -> tuple[float, float, int]:
    return (point[0] + 2 * side, point[1] + 0.5, side)


def _beside(point: tuple[float, float], side: int) -> tuple[float, float, int]:
    return (point[0] + side, point[1] - 10.5, side)


def _join(
    sheet: _Sheet, route: Route, points: tuple[tuple[float, float], ...], label: tuple[float, float, int]
) -> None:
    sheet.lines.append(Line(points))
    if route.way.label:
        width = _length(route.way.label)
        x = label[0] if label[2] == RIGHT else label[0] - width
        x = min(max(x, sheet.edges[0] + 1), sheet.edges[-1] - 1 - width)
        sheet.labels.append(Box(x, label[1], width, 9.5, (route.way.label,), framed=False, size=_LABEL))
