"""A flow cut into parts for several pages; what leads from one to another becomes a jump on either side."""

from gbtool.word.flows.layers import Graph, Node, Way


def crossing(graph: Graph, place: int) -> int:
    """How many ways a cut before a node parts."""
    return sum((source < place) != (target < place) for source, target, _ in graph.ends)


def part(graph: Graph, start: int, end: int) -> Graph:
    """The nodes from a place up to another, with jumps to what lies on other pages and from earlier ones."""
    if (start, end) == (0, len(graph.nodes)):
        return graph
    ways: list[Way] = []
    entries: dict[str, list[str]] = {}
    exits: dict[int, list[Way]] = {}
    for source, target, way in graph.ends:
        if start <= source < end:
            (ways if start <= target < end else exits.setdefault(target, [])).append(way)
        elif source < start <= target < end:
            entries.setdefault(way.target, []).append(str(source + 1))
    placed: list[Node] = []
    for node in graph.nodes[start:end]:
        if node.id in entries:
            placed.append(Node(f"from {node.id}", "jump", f"接第{'、'.join(entries[node.id])}步", node.lane))
            ways.append(Way(f"from {node.id}", node.id))
        placed.append(node)
    for target in sorted(exits):
        leaving, jump = exits[target], f"to {graph.nodes[target].id}"
        lane = graph.nodes[graph.order[leaving[-1].source]].lane
        placed.append(Node(jump, "jump", f"转第{target + 1}步", lane))
        ways += [Way(way.source, jump, way.label) for way in leaving]
    return Graph(tuple(placed), tuple(ways))
