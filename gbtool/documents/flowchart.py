"""The steps of a flow as drawings: boxes as high as their text, loops in lanes at the sides, pages joined by jumps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from gbtool.documents import wordml
from gbtool.documents.drawing import Box, Line, Picture, wrapped
from gbtool.documents.layers import LEFT, MIDDLE, RIGHT, Graph, Node, Places, Way, places

WIDTH, TALLEST = 459.0, 610.0
_SIZE, _LEADING, _LABEL = 9.0, 11.0, 8.0
_SIDE, _BETWEEN, _LANE = 98.0, 12.0, 7.0
_SHAPES = {
    "start": "flowChartTerminator",
    "end": "flowChartTerminator",
    "decision": "flowChartDecision",
    "jump": "flowChartTerminator",
}
_SMALLEST = 0.82


def pictures(graph: Graph, title: str) -> tuple[Picture, ...]:
    """A flow on as few pages as can be read."""
    for count in range(1, len(graph.nodes) + 1):
        drawn = [_picture(part) for part in _parts(graph, count)]
        if all(picture.height * _SMALLEST <= TALLEST for picture in drawn):
            break
    return tuple(_fitted(picture, title, page, len(drawn)) for page, picture in enumerate(drawn, 1))


def _fitted(picture: Picture, title: str, page: int, count: int) -> Picture:
    name = f"{title}（{page}/{count}）" if count > 1 else title
    named = Picture(picture.width, picture.height, picture.boxes, picture.lines, name)
    return named.scaled(TALLEST / named.height) if named.height > TALLEST else named


def _parts(graph: Graph, count: int) -> list[Graph]:
    """The flow cut into so many parts; what leads from one to another becomes a jump on either side."""
    if count == 1:
        return [graph]
    size = -(-len(graph.nodes) // count)
    return [_part(graph, graph.nodes[at : at + size]) for at in range(0, len(graph.nodes), size)]


def _part(graph: Graph, nodes: Sequence[Node]) -> Graph:
    inside = {node.id for node in nodes}
    order = graph.order()
    first = order[nodes[0].id]
    entries: dict[str, list[str]] = {}
    exits: dict[str, Node] = {}
    ways = [way for way in graph.ways if way.source in inside and way.target in inside]
    for way in graph.ways:
        if way.target in inside and order[way.source] < first:
            entries.setdefault(way.target, []).append(_number(graph, way.source))
        elif way.source in inside and way.target not in inside:
            exits[f"to {way.source} {way.target}"] = Node(
                f"to {way.source} {way.target}", "jump", f"转第{_number(graph, way.target)}步"
            )
            ways.append(Way(way.source, f"to {way.source} {way.target}", way.label))
    before = [Node(f"from {id_}", "jump", f"接第{'、'.join(numbers)}步") for id_, numbers in entries.items()]
    ways += [Way(f"from {id_}", id_) for id_ in entries]
    placed: list[Node] = []
    for node in nodes:
        placed += [jump for jump in before if jump.id == f"from {node.id}"]
        placed.append(node)
        placed += [jump for id_, jump in exits.items() if id_.startswith(f"to {node.id} ")]
    return Graph(tuple(placed), tuple(ways))


def _number(graph: Graph, id_: str) -> str:
    return str(graph.order()[id_] + 1)


@dataclass(frozen=True, slots=True)
class _Route:
    """How a way is drawn: straight down, over the gap, from a decision's side, or through a lane on a side."""

    way: Way
    kind: str
    side: int = 0
    lane: int = 0


@dataclass(slots=True)
class _Sheet:
    """The coordinates of one page: column centres and widths, tops of rows, boxes by node."""

    places: Places
    boxes: dict[str, Box]
    tops: list[float]
    bottoms: list[float]
    left: float
    right: float
    lines: list[Line] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)


def _picture(graph: Graph) -> Picture:
    where = places(graph)
    routes = _routes(graph, where)
    sheet = _sheet(graph, where, routes)
    for route in routes:
        _draw(route, sheet)
    boxes = (*sheet.boxes.values(), *sheet.labels)
    return Picture(WIDTH, sheet.bottoms[-1] + 2, boxes, tuple(sheet.lines))


def _routes(graph: Graph, where: Places) -> list[_Route]:
    types = {node.id: node.type for node in graph.nodes}
    used: set[tuple[str, int]] = set()
    routes: list[_Route] = []
    for way in sorted(graph.ways, key=lambda each: not _next_door(each, where)):
        route = _route(way, where, types, used)
        if route.kind in ("corner", "lane"):
            used.add((way.source, route.side))
        routes.append(route)
    return _with_lanes(routes, where)


def _with_lanes(routes: Sequence[_Route], where: Places) -> list[_Route]:
    """The routes, those at the sides each in a lane that is free over its rows."""
    lanes: dict[int, list[list[tuple[int, int]]]] = {LEFT: [], RIGHT: []}
    result = []
    for route in routes:
        if route.kind == "lane":
            first, last = sorted((where.rows[route.way.source], where.rows[route.way.target]))
            route = _Route(route.way, "lane", route.side, _free_lane(lanes[route.side], (first, last)))
        result.append(route)
    return result


def _next_door(way: Way, where: Places) -> bool:
    return where.rows[way.target] - where.rows[way.source] == 1


def _free_lane(lanes: list[list[tuple[int, int]]], span: tuple[int, int]) -> int:
    for number, taken in enumerate(lanes):
        if all(span[1] < first or last < span[0] for first, last in taken):
            taken.append(span)
            return number
    lanes.append([span])
    return len(lanes) - 1


def _route(way: Way, where: Places, types: Mapping[str, str], used: Collection[tuple[str, int]]) -> _Route:
    row, column = where.rows[way.source], where.columns[way.source]
    aside = where.columns[way.target] - column

    def open_(side: int) -> bool:
        return where.free(row, column + side) and (way.source, side) not in used

    if _next_door(way, where):
        if aside == 0:
            return _Route(way, "straight")
        side = RIGHT if aside > 0 else LEFT
        beside = types[way.source] == "decision" and abs(aside) == 1 and open_(side)
        return _Route(way, "corner" if beside else "gap", side)
    wish = LEFT if where.rows[way.target] > row else RIGHT
    side = column if column != MIDDLE else wish if open_(wish) else -wish
    return _Route(way, "lane", side)


def _sheet(graph: Graph, where: Places, routes: Sequence[_Route]) -> _Sheet:
    lanes = {side: 1 + max((r.lane for r in routes if r.kind == "lane" and r.side == side), default=-1) for side in (LEFT, RIGHT)}
    left, right = lanes[LEFT] * _LANE + 4, WIDTH - lanes[RIGHT] * _LANE - 4
    middle = (left + right) / 2
    half = right - left - 2 * (_SIDE + _BETWEEN)
    centres = {LEFT: left + _SIDE / 2, MIDDLE: middle, RIGHT: right - _SIDE / 2}
    widths = {LEFT: _SIDE, MIDDLE: half, RIGHT: _SIDE}
    boxes: dict[str, Box] = {}
    tops: list[float] = []
    bottoms: list[float] = []
    y = 2.0
    for row in range(1 + max(where.rows.values())):
        nodes = [node for node in graph.nodes if where.rows[node.id] == row]
        sized = {node.id: _box(node, centres[where.columns[node.id]], widths[where.columns[node.id]]) for node in nodes}
        height = max(box.height for box in sized.values())
        for id_, box in sized.items():
            boxes[id_] = Box(box.x, y, box.width, box.height, box.lines, box.shape, box.bold, size=box.size)
        tops.append(y)
        bottoms.append(y + height)
        y += height + _gap(row, where, routes)
    return _Sheet(where, boxes, tops, bottoms, left, right)


def _gap(row: int, where: Places, routes: Sequence[_Route]) -> float:
    """The space under a row: more where labels stand in it or several ways cross it."""
    leaving = [r for r in routes if where.rows[r.way.source] == row]
    labelled = any(r.way.label and r.kind in ("straight", "gap") for r in leaving)
    crossing = {r.way.target for r in routes if r.kind != "straight" and where.rows[r.way.target] == row + 1}
    return 15.0 + (9.0 if labelled else 0.0) + 6.0 * max(len(crossing) - 1, 0)


def _box(node: Node, centre: float, widest: float) -> Box:
    shape = _SHAPES.get(node.type, "rect")
    if node.type == "decision":
        lines = (*wrapped(node.text, widest / 2 - 6, _SIZE), *wrapped(node.note, widest / 2 - 6, _SIZE))
        lines = tuple(line for line in lines if line)
        height = 2 * len(lines) * _LEADING + 6
        return Box(centre - widest / 2, 0, widest, height, lines, shape)
    width = min(widest, 78.0) if node.type == "jump" else widest
    room = width - (26 if shape == "flowChartTerminator" else 10)
    lines = tuple(line for text in (node.text, node.note) for line in wrapped(text, room, _SIZE) if line)
    return Box(centre - width / 2, 0, width, len(lines) * _LEADING + 9, lines, shape)


def _draw(route: _Route, sheet: _Sheet) -> None:
    source, target = sheet.boxes[route.way.source], sheet.boxes[route.way.target]
    below = (source.x + source.width / 2, source.y + source.height)
    above = (target.x + target.width / 2, target.y)
    if route.kind == "straight":
        _join(sheet, route, (below, above), _under(below))
    elif route.kind == "corner":
        start = _edge(source, route.side, 0.5)
        _join(sheet, route, (start, (above[0], start[1]), above), _beside(start, route))
    elif route.kind == "gap":
        y = _channel(sheet, route.way.target)
        _join(sheet, route, (below, (below[0], y), (above[0], y), above), _under(below))
    else:
        _through_lane(sheet, route, source, target)


def _through_lane(sheet: _Sheet, route: _Route, source: Box, target: Box) -> None:
    side = route.side
    x = sheet.left - 2 - _LANE * (route.lane + 0.5) if side == LEFT else sheet.right + 2 + _LANE * (route.lane + 0.5)
    row, column = sheet.places.rows[route.way.source], sheet.places.columns[route.way.source]
    blocked = column == MIDDLE and not sheet.places.free(row, side)
    if blocked:
        below = (source.x + source.width / 2 + side * 14, source.y + source.height - (source.height * 14 / source.width if source.shape == "flowChartDecision" else 0))
        y = sheet.bottoms[row] + 5
        start: tuple[tuple[float, float], ...] = (below, (below[0], y), (x, y))
        label = _under(below)
    else:
        out = _edge(source, side, 0.5)
        start = (out, (x, out[1]))
        label = _beside(out, route)
    end_row, end_column = sheet.places.rows[route.way.target], sheet.places.columns[route.way.target]
    open_ = (end_column == side or sheet.places.free(end_row, side)) and target.shape != "flowChartDecision"
    if open_ and end_column in (MIDDLE, side):
        inn = _edge(target, side, 0.3)
        end: tuple[tuple[float, float], ...] = ((x, inn[1]), inn)
    else:
        y = _channel(sheet, route.way.target)
        top = (target.x + target.width / 2, target.y)
        end = ((x, y), (top[0], y), top)
    _join(sheet, route, (*start, *end), label)


def _channel(sheet: _Sheet, target: str) -> float:
    """The height in the gap above a row on which ways to this node run, another for each node of the row."""
    row = sheet.places.rows[target]
    others = sorted(id_ for id_, each in sheet.places.rows.items() if each == row)
    return sheet.tops[row] - 8 - 3 * others.index(target) if row else sheet.tops[row] - 1


def _edge(box: Box, side: int, share: float) -> tuple[float, float]:
    return (box.x if side == LEFT else box.x + box.width, box.y + box.height * share)


def _under(point: tuple[float, float]) -> tuple[float, float, str]:
    return (point[0] + 3, point[1] + 1, "right")


def _beside(point: tuple[float, float], route: _Route) -> tuple[float, float, str]:
    return (point[0] + (2 if route.side == RIGHT else -2), point[1] - 11, "right" if route.side == RIGHT else "left")


def _join(
    sheet: _Sheet, route: _Route, points: tuple[tuple[float, float], ...], label: tuple[float, float, str]
) -> None:
    sheet.lines.append(Line(points))
    if route.way.label:
        width = wordml.width_of(route.way.label) * _LABEL + 6
        x = label[0] if label[2] == "right" else label[0] - width
        sheet.labels.append(
            Box(max(x, 0), label[1], width, 10.5, (route.way.label,), framed=False, size=_LABEL)
        )
