"""Steps in swim lanes: a column for each department, rows by the longest way from the start."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from gbtool.structs import Frozen


class Way(Frozen):
    """A way from one node to another, with the condition under which it is taken."""

    source: str
    target: str
    label: str = ""


class Node(Frozen):
    """What is drawn of a step: start, activity, decision, end, or jump to a step on another page; `lane` is whose."""

    id: str
    type: str
    text: str
    lane: str = ""


class Graph(Frozen, dict=True):
    """Nodes in their order and the ways between them; a way to an earlier node leads back."""

    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each node."""
        return {node.id: place for place, node in enumerate(self.nodes)}

    @cached_property
    def lanes(self) -> tuple[str, ...]:
        """The lanes in the order in which they first act."""
        return tuple(dict.fromkeys(node.lane for node in self.nodes))

    @cached_property
    def ends(self) -> Sequence[tuple[int, int, Way]]:
        """The ways with the places of their sources and targets."""
        order = self.order
        return [(order[way.source], order[way.target], way) for way in self.ways]


class Places(Frozen):
    """The row and column of every node, what stands in each row, and which places are taken."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    width: int
    lines: Sequence[Sequence[Node]]
    taken: frozenset[tuple[int, int]]

    def open_down(self, column: int, above: int, below: int) -> bool:
        """Whether no box stands in a column between two rows."""
        return below - above < 2 or not any((row, column) in self.taken for row in range(above + 1, below))  # noqa: PLR2004


def places(graph: Graph) -> Places:
    """A row and a column for every node, one node to a place."""
    lanes = {lane: column for column, lane in enumerate(graph.lanes)}
    columns = {node.id: lanes[node.lane] for node in graph.nodes}
    least = dict.fromkeys(columns, 0)
    leading: dict[int, list[str]] = {}
    for source, target, way in graph.ends:
        if source < target:
            leading.setdefault(source, []).append(way.target)
    rows: dict[str, int] = {}
    taken: dict[tuple[int, int], Node] = {}
    for at, node in enumerate(graph.nodes):
        row, column = least[node.id], columns[node.id]
        while (row, column) in taken:
            row += 1
        rows[node.id] = row
        taken[row, column] = node
        for next_ in leading.get(at, ()):
            least[next_] = max(least[next_], row + 1)
    lines: list[list[Node]] = [[] for _ in range(1 + max(rows.values()))]
    for node in graph.nodes:
        lines[rows[node.id]].append(node)
    return Places(rows, columns, len(lanes), lines, frozenset(taken))
