"""A flow cut into parts for several pages; what leads from one to another becomes a jump on either side."""

from collections.abc import Sequence

from gbtool.word.layers import Graph, Node, Way


def parts(graph: Graph, count: int) -> list[Graph]:
    """The flow in so many parts of about equal length."""
    if count == 1:
        return [graph]
    size = -(-len(graph.nodes) // count)
    return [_part(graph, graph.nodes[at : at + size]) for at in range(0, len(graph.nodes), size)]


def _part(graph: Graph, nodes: Sequence[Node]) -> Graph:
    inside = {node.id: node for node in nodes}
    ways = [way for way in graph.ways if way.source in inside and way.target in inside]
    entries = _entries(graph, inside)
    exits = [way for way in graph.ways if way.source in inside and way.target not in inside]
    placed: list[Node] = []
    for node in nodes:
        if node.id in entries:
            placed.append(Node(f"from {node.id}", "jump", f"接第{'、'.join(entries[node.id])}步", node.lane))
            ways.append(Way(f"from {node.id}", node.id))
        placed.append(node)
    for way in exits:
        jump = Node(
            f"to {way.source} {way.target}", "jump", f"转第{_number(graph, way.target)}步", inside[way.source].lane
        )
        placed.append(jump)
        ways.append(Way(way.source, jump.id, way.label))
    return Graph(tuple(placed), tuple(ways))


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
