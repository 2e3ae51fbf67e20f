"""A flow on one sheet: borders of lanes, boxes as high as their text, what is said beside lines; its height first."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from gbtool.structs import Mutable, field
from gbtool.word import wordml
from gbtool.word.drawing import Box, Line, Picture, wrapped
from gbtool.word.flows.layers import Graph, Node, Places, places
from gbtool.word.flows.routes import MIDDLE, Plan, Route, aside, plan

WIDTH = 459.0
SIZE = 9.0  # points, of everything that is said
_LEADING = 11.0
_TRACK, _AIR, _STEM, _ARROW = 6.0, 6.0, 5.0, 9.0
_HIGHEST = 88.0  # of a diamond; what is said in a higher one stands in a hexagon
_JUMP, _WIDEST = 74.0, 168.0
_LEAST = 70.0  # of a lane
_MARGIN = {"rect": 10.0, "flowChartTerminator": 20.0}
_SHAPES = {"start": "flowChartTerminator", "end": "flowChartTerminator", "jump": "flowChartTerminator"}
_DIAMOND, _HEXAGON = "flowChartDecision", "flowChartPreparation"
_INSIDE = {_DIAMOND: 0.5, _HEXAGON: 0.6}  # of the width, for the text
_SLOPE = 0.2  # of a hexagon's width at either side


class Sheet(Mutable):
    """The coordinates of one page: borders of lanes, tops and bottoms of rows, labels under rows, boxes by node."""

    graph: Graph
    where: Places
    plan: Plan
    edges: list[float]
    inner: list[tuple[float, float]]
    head: float
    foot: float = 0.0  # where the borders of the lanes end
    boxes: dict[str, Box] = field(default_factory=dict)
    bottoms: dict[int, float] = field(default_factory=dict)
    labels: list[Box] = field(default_factory=list)
    strips: dict[int, float] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """The height of the drawing."""
        return self.foot + 1

    def across(self, gap: int, track: int) -> float:
        """The height of a track in the gap under a row."""
        return self.bottoms[gap] + self.strips.get(gap, 0.0) + _STEM + _TRACK * track

    def down(self, route: Route) -> float:
        """Where a route runs along a border."""
        return self.edges[route.border] + aside(route.lane, self.plan.borders[route.border]) * _TRACK

    def ends(self) -> Iterable[float]:
        """Where the boxes of the steps end."""
        return (box.y + box.height for box in self.boxes.values())

    def picture(self) -> Picture:
        """The sheet as a drawing."""
        names = [self._name(name, place) for place, name in enumerate(self.graph.lanes)]
        borders = [Line(((x, 1), (x, self.foot)), arrow=False, dashed=True) for x in self.edges]
        under = Line(((self.edges[0], self.head), (self.edges[-1], self.head)), arrow=False)
        lines = [Line(self._points(route)) for route in self.plan.routes]
        return Picture(WIDTH, self.height, (*names, *self.boxes.values(), *self.labels), (*borders, under, *lines))

    def _name(self, name: str, place: int) -> Box:
        left, right = self.edges[place] + 1, self.edges[place + 1] - 1
        lines = wrapped(name, right - left - 4, SIZE)
        return Box(left, 2, right - left, self.head - 3, lines, framed=False, bold=True, size=SIZE)

    def _points(self, route: Route) -> tuple[tuple[float, float], ...]:
        source, target = self.boxes[route.way.source], self.boxes[route.way.target]
        start = _port(source, route.port)
        end = (target.x + target.width * MIDDLE, target.y)
        if route.straight:
            return start, end
        row, above = self.where.rows[route.way.source], self.where.rows[route.way.target] - 1
        first = self.across(row, route.first)
        if route.border < 0:
            return start, (start[0], first), (end[0], first), end
        x, last = self.down(route), self.across(above, route.last)
        return start, (start[0], first), (x, first), (x, last), (end[0], last), end


def sheet(graph: Graph) -> Sheet:
    """A flow laid out on one sheet as high as it needs."""
    where = places(graph)
    laid = _lanes(graph, where, plan(graph, where))
    _set_rows(laid)
    return laid


def _lanes(graph: Graph, where: Places, found: Plan) -> Sheet:
    """The borders of the lanes: a lane with more to say is wider, borders with lines along them have room for them."""
    room = [(found.borders.get(border, 0) + 1) // 2 * _TRACK for border in range(where.width + 1)]
    width = WIDTH - room[0] - room[-1] - 4
    most = dict.fromkeys(graph.lanes, 0.0)
    for node in graph.nodes:
        most[node.lane] = max(most[node.lane], _need(node))
    needs = [*most.values()]
    least = min(_LEAST, width / len(needs))
    more, all_ = width - least * len(needs), sum(needs)
    edges = [room[0] + 2]
    for need in needs:
        edges.append(edges[-1] + least + more * need / all_)
    inner = [(edges[lane] + room[lane] + _AIR, edges[lane + 1] - room[lane + 1] - _AIR) for lane in range(where.width)]
    lines = max(len(wrapped(name, edges[at + 1] - edges[at] - 6, SIZE)) for at, name in enumerate(graph.lanes))
    return Sheet(graph, where, found, edges, inner, lines * _LEADING + 6)


@lru_cache(maxsize=1024)
def _need(node: Node) -> float:
    length = min(wordml.width_of(node.text), 26.0)
    return length * (1.6 if node.type == "decision" else 1.0)


def _set_rows(laid: Sheet) -> None:
    """Set boxes and labels row by row, and the height of the whole."""
    decision = _decision(laid)
    asked = {route.way.source for route in laid.plan.routes if route.way.label}
    laid.bottoms[-1] = laid.head
    y = laid.head + _gap(-1, laid)
    last = len(laid.where.lines) - 1
    for row, nodes in enumerate(laid.where.lines):
        shapes = [_shape(node, laid.inner[laid.where.columns[node.id]], decision) for node in nodes]
        height = max((shape[2] for shape in shapes), default=0.0)
        for node, (x, width, tall, lines, shape) in zip(nodes, shapes, strict=True):
            laid.boxes[node.id] = Box(x, y + (height - tall) / 2, width, tall, lines, shape, size=SIZE)
        laid.bottoms[row] = y + height
        laid.strips[row] = _set_labels(laid, [node.id for node in nodes if node.id in asked], row)
        y += height + (_gap(row, laid) if row < last or laid.plan.gaps.get(row) else 0.0)
    laid.foot = y + _AIR


def _gap(gap: int, laid: Sheet) -> float:
    """The height of the gap under a row: what is said there, its tracks, room for the heads of arrows."""
    tracks = laid.plan.gaps.get(gap, 0)
    return laid.strips.get(gap, 0.0) + _STEM + (_TRACK * (tracks - 1) if tracks else 0.0) + _ARROW


def _decision(laid: Sheet) -> str:
    """The shape of all decisions: diamonds, unless one would be too high."""
    columns = laid.where.columns
    asked = (node for node in laid.graph.nodes if node.type == "decision")
    high = any(_shape(node, laid.inner[columns[node.id]], _DIAMOND)[2] > _HIGHEST for node in asked)
    return _HEXAGON if high else _DIAMOND


_Shape = tuple[float, float, float, tuple[str, ...], str]


def _shape(node: Node, room: tuple[float, float], decision: str) -> _Shape:
    """The left edge, width, height, lines and form of a step's box between the borders of its lane."""
    left, right = room
    width = min(right - left, _JUMP if node.type == "jump" else _WIDEST)
    if node.type == "decision":
        lines = wrapped(node.text, width * _INSIDE[decision] - 4, SIZE)
        height = (2 * len(lines) if decision == _DIAMOND else len(lines)) * _LEADING + 6
        return (left + right - width) / 2, width, height, lines, decision
    shape = _SHAPES.get(node.type, "rect")
    lines = wrapped(node.text, width - _MARGIN[shape], SIZE)
    return (left + right - width) / 2, width, len(lines) * _LEADING + 8, lines, shape


def _set_labels(laid: Sheet, asked: Sequence[str], row: int) -> float:
    """Set the conditions under boxes of a row beside the lines that leave them; the height of the strip they fill.

    Those without room side by side stand in two lines.
    """
    bottom = top = laid.bottoms[row] + 1
    for id_ in asked:
        box, leaving = laid.boxes[id_], sorted(laid.plan.leaving[id_], key=lambda route: route.port)
        ports = [_port(box, route.port)[0] for route in leaving]
        end, under = 0.0, top  # of the label before
        for at, route in enumerate(leaving):
            if not route.way.label:
                continue
            x, width, lines = _label(route.way.label, _zone(ports, at, box), ports[at])
            y, height = under if x < end else top, len(lines) * _LEADING
            laid.labels.append(Box(x, y, width, height, lines, framed=False, size=SIZE))
            end, under = x + width, y + height
            bottom = max(bottom, under)
    return bottom - top + 1 if bottom > top else 0.0


def _zone(ports: Sequence[float], at: int, box: Box) -> tuple[float, float]:
    """The room beside a line: at its right up to the next one, at the left of one that leaves at the right corner."""
    left, right = box.x, box.x + box.width
    x, last = ports[at], len(ports) - 1
    corner = ports[-1] >= right - box.width / 4
    if last < 1 and corner:
        return left, x - 2
    if not corner or at < last - 1:
        return x + 2, (ports[at + 1] if at < last else right) - 2
    before = ports[last - 1]
    if last == 1 and before > left + box.width / 4:
        return (left, x - 2) if at == 0 else (before + 2, x - 2)
    middle = (before + ports[last]) / 2
    if middle - before < 2 * SIZE:  # no room side by side
        return (x + 2, ports[last] - 2) if at < last else (before + 2, x - 2)
    return (x + 2, middle - 1) if at < last else (middle + 1, x - 2)


def _label(text: str, zone: tuple[float, float], port: float) -> tuple[float, float, tuple[str, ...]]:
    """The left edge, width and lines of what is said beside a line."""
    lines = wrapped(text, max(zone[1] - zone[0], SIZE), SIZE)
    width = max(map(wordml.width_of, lines)) * SIZE + 1
    return zone[0] if zone[0] > port else zone[1] - width, width, lines


def _port(box: Box, share: float) -> tuple[float, float]:
    """Where a line leaves a box: at its bottom, or at a corner of a decision."""
    middle, bottom = box.y + box.height / 2, box.y + box.height
    if box.shape == _DIAMOND:
        return box.x + box.width * share, bottom - box.height / 2 * abs(2 * share - 1)
    if box.shape == _HEXAGON:
        slope = max(_SLOPE - min(share, 1 - share), 0.0) / _SLOPE
        return box.x + box.width * share, bottom - (bottom - middle) * slope
    aside_ = min(12.0, box.width / 4)
    return box.x + aside_ + (box.width - 2 * aside_) * share, bottom
