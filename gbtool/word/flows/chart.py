"""The steps of a flow as drawings: swim lanes, boxes as high as their text, as many pages as can be read."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from gbtool.structs import Mutable, field, replace
from gbtool.word import wordml
from gbtool.word.drawing import Box, Line, Picture, wrapped
from gbtool.word.flows.layers import Graph, Node, Places, places
from gbtool.word.flows.pages import crossing, part
from gbtool.word.flows.routes import MIDDLE, Plan, Route, aside, plan

WIDTH, TALLEST, MOST_LANES = 459.0, 640.0, 6
SIZE = 9.0  # points, of everything that is said
_LEADING = 11.0
_TRACK, _AIR, _STEM, _ARROW = 6.0, 6.0, 5.0, 9.0
_HIGHEST = 88.0  # of a diamond; what is said in a higher one stands in a hexagon
_JUMP, _WIDEST = 74.0, 168.0
_MARGIN = {"rect": 10.0, "flowChartTerminator": 20.0}
_SHORTEST, _SMALLEST = 0.7, 0.3  # of what fits on a page, of what is left for two: it may end earlier
_FILLED = 0.6  # of the room: what the first of two pages fills if it can, since nothing follows on it
_FURTHER = 3  # a step more may need less room, where it was jumped to
_SHAPES = {"start": "flowChartTerminator", "end": "flowChartTerminator", "jump": "flowChartTerminator"}
_DIAMOND, _HEXAGON = "flowChartDecision", "flowChartPreparation"
_INSIDE = {_DIAMOND: 0.5, _HEXAGON: 0.6}  # of the width, for the text
_SLOPE = 0.2  # of a hexagon's width at either side


def pictures(graph: Graph, title: str, first: float = TALLEST) -> tuple[Picture, ...]:
    """A flow on as few pages as can be read; `first` is the room in points where it begins, below other text."""
    drawn: list[Picture] = []
    start = 0
    while start < len(graph.nodes):
        end = _end(graph, start, TALLEST if start else first)
        drawn.append(_picture(part(graph, start, end)))
        start = end
    count = len(drawn)
    return tuple(
        replace(_fitted(picture), title=f"{title}（{page}/{count}）" if count > 1 else title)
        for page, picture in enumerate(drawn, 1)
    )


def _end(graph: Graph, start: int, room: float) -> int:
    """Where the page that begins with a step ends: as late as it can, or a little earlier if fewer ways are cut."""
    count = len(graph.nodes)
    last = _last(graph, start, room)
    if last == count:
        return count
    first = start + max(round((last - start) * _SHORTEST), 1)
    least = round((count - start) * _SMALLEST)
    if _last(graph, last) == count:  # two pages are left: neither is a scrap
        ends = _best_first(graph, range(start + least, min(last, count - least) + 1))
        full = (end for end in ends if _fits(part(graph, end, count)) and _fills(part(graph, start, end), room))
        good: Iterable[int] = chain(full, (end for end in ends if _fits(part(graph, end, count))))
    else:
        good = (
            end
            for end in _best_first(graph, range(first, last + 1))
            if end == last or _last(graph, end) >= _last(graph, last)
        )
    return next(iter(good), last)


def _best_first(graph: Graph, ends: Iterable[int]) -> list[int]:
    """Where a page may end: where the fewest ways are cut, then as late as it can, to leave no page half empty."""
    return sorted(ends, key=lambda end: (crossing(graph, end), -end))


@lru_cache(maxsize=256)
def _last(graph: Graph, start: int, room: float = TALLEST) -> int:
    """The last place before which a page that begins with a step can end; a page holds one step at least.

    The drawing of all that is left says about how many steps fill the room; from there the place is tried.
    """
    count = len(graph.nodes)
    left = part(graph, start, count)
    if start + 1 >= count or _fits(left, room):
        return count
    low, high = start + 1, count - 1
    guess = min(max(start + _reaching(left, room), low), high)
    step = 1
    while low < high:
        if _fits(part(graph, start, guess), room):
            low, guess = guess, min(guess + step, high)
        else:
            high, guess = guess - 1, max(guess - step, low)
        step *= 2
        guess = guess if low < guess else (low + high + 1) // 2
    further = (end for end in range(low + _FURTHER, low, -1) if end <= count)
    return next((end for end in further if _fits(part(graph, start, end), room)), low)


def _reaching(graph: Graph, room: float) -> int:
    """How many steps end inside the room, were all drawn on one sheet."""
    return sum(1 for box in _picture(graph).boxes if box.framed and box.y + box.height <= room)


def _fills(graph: Graph, room: float) -> bool:
    return _picture(graph).height >= _FILLED * room


def _fits(graph: Graph, room: float = TALLEST) -> bool:
    return len(graph.lanes) <= MOST_LANES and _picture(graph).height <= room


def _fitted(picture: Picture) -> Picture:
    return picture.scaled(TALLEST / picture.height) if picture.height > TALLEST else picture


class _Sheet(Mutable):
    """The coordinates of one page: borders of lanes, tops and bottoms of rows, labels under rows, boxes by node."""

    where: Places
    plan: Plan
    edges: list[float]
    inner: list[tuple[float, float]]
    head: float
    boxes: dict[str, Box] = field(default_factory=dict)
    bottoms: dict[int, float] = field(default_factory=dict)
    labels: dict[Route, Box] = field(default_factory=dict)
    strips: dict[int, float] = field(default_factory=dict)

    def across(self, gap: int, track: int) -> float:
        """The height of a track in the gap under a row."""
        return self.bottoms[gap] + self.strips.get(gap, 0.0) + _STEM + _TRACK * track

    def down(self, route: Route) -> float:
        """Where a route runs along a border."""
        return self.edges[route.border] + aside(route.lane, self.plan.borders[route.border]) * _TRACK


@lru_cache(maxsize=256)
def _picture(graph: Graph) -> Picture:
    where = places(graph)
    found = plan(graph, where)
    sheet = _sheet(graph, where, found)
    height = _set_rows(sheet, graph)
    names = [_name(name, sheet, place) for place, name in enumerate(graph.lanes)]
    borders = [Line(((x, 1), (x, height)), arrow=False, dashed=True) for x in sheet.edges]
    under = Line(((sheet.edges[0], sheet.head), (sheet.edges[-1], sheet.head)), arrow=False)
    lines = [Line(_points(route, sheet)) for route in found.routes]
    boxes = (*names, *sheet.boxes.values(), *sheet.labels.values())
    return Picture(WIDTH, height + 1, boxes, (*borders, under, *lines))


def _sheet(graph: Graph, where: Places, found: Plan) -> _Sheet:
    """The borders of the lanes: a lane with more to say is wider, borders with lines along them have room for them."""
    room = [(found.borders.get(border, 0) + 1) // 2 * _TRACK for border in range(where.width + 1)]
    width = WIDTH - room[0] - room[-1] - 4
    needs = [max(_need(node) for node in graph.nodes if node.lane == lane) for lane in graph.lanes]
    least = min(70.0, width / len(needs))
    more = width - least * len(needs)
    edges = [room[0] + 2]
    for need in needs:
        edges.append(edges[-1] + least + more * need / sum(needs))
    inner = [(edges[lane] + room[lane] + _AIR, edges[lane + 1] - room[lane + 1] - _AIR) for lane in range(where.width)]
    lines = max(len(wrapped(name, edges[at + 1] - edges[at] - 6, SIZE)) for at, name in enumerate(graph.lanes))
    return _Sheet(where, found, edges, inner, lines * _LEADING + 6)


def _need(node: Node) -> float:
    length = min(wordml.width_of(node.text), 26.0)
    return length * (1.6 if node.type == "decision" else 1.0)


def _name(name: str, sheet: _Sheet, place: int) -> Box:
    left, right = sheet.edges[place] + 1, sheet.edges[place + 1] - 1
    lines = wrapped(name, right - left - 4, SIZE)
    return Box(left, 2, right - left, sheet.head - 3, lines, framed=False, bold=True, size=SIZE)


def _set_rows(sheet: _Sheet, graph: Graph) -> float:
    """Set boxes and labels row by row; the height of the drawing."""
    decision = _DIAMOND
    if any(_box(node, sheet, _DIAMOND).height > _HIGHEST for node in graph.nodes if node.type == "decision"):
        decision = _HEXAGON
    sheet.bottoms[-1] = sheet.head
    y = sheet.head + _gap(-1, sheet)
    rows = 1 + max(sheet.where.rows.values())
    for row in range(rows):
        boxes = {n.id: _box(n, sheet, decision) for n in graph.nodes if sheet.where.rows[n.id] == row}
        height = max((box.height for box in boxes.values()), default=0.0)
        sheet.boxes |= {id_: box.at(y + (height - box.height) / 2) for id_, box in boxes.items()}
        sheet.bottoms[row] = y + height
        _set_labels(sheet, boxes, row)
        y += height + (_gap(row, sheet) if row + 1 < rows or sheet.plan.gaps.get(row) else 0.0)
    return y + _AIR


def _gap(gap: int, sheet: _Sheet) -> float:
    """The height of the gap under a row: what is said there, its tracks, room for the heads of arrows."""
    tracks = sheet.plan.gaps.get(gap, 0)
    return sheet.strips.get(gap, 0.0) + _STEM + (_TRACK * (tracks - 1) if tracks else 0.0) + _ARROW


def _box(node: Node, sheet: _Sheet, decision: str) -> Box:
    left, right = sheet.inner[sheet.where.columns[node.id]]
    width = min(right - left, _JUMP if node.type == "jump" else _WIDEST)
    if node.type == "decision":
        lines = wrapped(node.text, width * _INSIDE[decision] - 4, SIZE)
        height = (2 * len(lines) if decision == _DIAMOND else len(lines)) * _LEADING + 6
        return Box((left + right - width) / 2, 0, width, height, lines, decision, size=SIZE)
    shape = _SHAPES.get(node.type, "rect")
    lines = wrapped(node.text, width - _MARGIN[shape], SIZE)
    return Box((left + right - width) / 2, 0, width, len(lines) * _LEADING + 8, lines, shape, size=SIZE)


def _set_labels(sheet: _Sheet, boxes: Mapping[str, Box], row: int) -> None:
    """The conditions under the boxes of a row, each beside its line; those without room side by side in two lines."""
    found: dict[Route, Box] = {}
    top = sheet.bottoms[row] + 1
    for id_ in boxes:
        leaving = sorted((r for r in sheet.plan.routes if r.way.source == id_), key=lambda route: route.port)
        ports = [_port(sheet.boxes[id_], route.port)[0] for route in leaving]
        beside = Box(0, top, 0, 0, ())
        for at, route in enumerate(leaving):
            if not route.way.label:
                continue
            label = _label(route.way.label, _zone(ports, at, sheet.boxes[id_]), ports[at])
            crowded = label.x < beside.x + beside.width
            beside = label.at(beside.y + beside.height if crowded else top)
            found[route] = beside
    sheet.labels |= found
    sheet.strips[row] = max((box.y + box.height - top + 1 for box in found.values()), default=0.0)


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


def _label(text: str, zone: tuple[float, float], port: float) -> Box:
    lines = wrapped(text, max(zone[1] - zone[0], SIZE), SIZE)
    width = max(wordml.width_of(line) for line in lines) * SIZE + 1
    x = zone[0] if zone[0] > port else zone[1] - width
    return Box(x, 0, width, len(lines) * _LEADING, lines, framed=False, size=SIZE)


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


def _points(route: Route, sheet: _Sheet) -> tuple[tuple[float, float], ...]:
    source, target = sheet.boxes[route.way.source], sheet.boxes[route.way.target]
    start = _port(source, route.port)
    end = (target.x + target.width * MIDDLE, target.y)
    if route.straight:
        return start, end
    row, above = sheet.where.rows[route.way.source], sheet.where.rows[route.way.target] - 1
    first = sheet.across(row, route.first)
    if route.border < 0:
        return start, (start[0], first), (end[0], first), end
    x, last = sheet.down(route), sheet.across(above, route.last)
    return start, (start[0], first), (x, first), (x, last), (end[0], last), end
