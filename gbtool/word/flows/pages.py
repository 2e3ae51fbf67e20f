"""A flow cut into parts for several pages; what leads from one to another becomes a jump on either side."""

from collections.abc import Sequence

from gbtool.word.flows.layers import Graph, Node, Way


def crossing(graph: Graph, place: int) -> int:
    """How many ways a cut before a node parts."""
    order = graph.order
    return sum(1 for way in graph.ways if (order[way.source] < place) != (order[way.target] < place))


def part(graph: Graph, start: int, end: int) -> Graph:
    """The nodes from a place up to another, with jumps to what lies on other pages and from earlier ones."""
    if (start, end) == (0, len(graph.nodes)):
        return graph
    nodes = graph.nodes[start:end]
    inside = {node.id: node for node in nodes}
    ways = [way for way in graph.ways if way.source in inside and way.target in inside]
    placed: list[Node] = []
    entries = _entries(graph, inside)
    for node in nodes:
        if node.id in entries:
            placed.append(Node(f"from {node.id}", "jump", f"接第{'、'.join(entries[node.id])}步", node.lane))
            ways.append(Way(f"from {node.id}", node.id))
        placed.append(node)
    for target, leaving in _exits(graph, inside).items():
        lane = inside[leaving[-1].source].lane
        placed.append(Node(f"to {target}", "jump", f"转第{_number(graph, target)}步", lane))
        ways += [Way(way.source, f"to {target}", way.label) for way in leaving]
    return Graph(tuple(placed), tuple(ways))


def _exits(graph: Graph, inside: dict[str, Node]) -> dict[str, Sequence[Way]]:
    """The ways that leave a part by their targets."""
    exits: dict[str, list[Way]] = {}
    for way in graph.ways:
        if way.source in inside and way.target not in inside:
            exits.setdefault(way.target, []).append(way)
    return {target: exits[target] for target in sorted(exits, key=lambda id_: graph.order[id_])}


def _entries(graph: Graph, inside: dict[str, Node]) -> dict[str, list[str]]:
    """The steps of earlier parts that lead to each node."""
    first = min(graph.order[id_] for id_ in inside)
    entries: dict[str, list[str]] = {}
    for way in graph.ways:
        if way.target in inside and graph.order[way.source] < first:
            entries.setdefault(way.target, []).append(_number(graph, way.source))
    return entries


def _number(graph: Graph, id_: str) -> str:
    return str(graph.order[id_] + 1)
