"""Steps in swim lanes: a column for each department, rows by the longest way from the start."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from gbtool.structs import Frozen, field


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

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes in the order in which they first act."""
        return tuple(dict.fromkeys(node.lane for node in self.nodes))


class Places(Frozen):
    """The row and column of every node."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    width: int
    taken: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def open_to_edge(self, row: int, column: int, side: int) -> bool:
        """Whether no box stands between a place and the outer edge on a side (-1 left, 1 right)."""
        columns = range(column) if side < 0 else range(column + 1, self.width)
        return all((row, each) not in self.taken for each in columns)

    def open_between(self, row: int, column: int, other: int) -> bool:
        """Whether no box stands in a row from beside one column up to and including another."""
        step = 1 if other > column else -1
        return all((row, each) not in self.taken for each in range(column + step, other + step, step))

    def open_down(self, column: int, above: int, below: int) -> bool:
        """Whether no box stands in a column between two rows."""
        return all((row, column) not in self.taken for row in range(above + 1, below))


def places(graph: Graph) -> Places:
    """A row and a column for every node, one node to a place."""
    order = graph.order
    lanes = {lane: column for column, lane in enumerate(graph.lanes)}
    forward = [way for way in graph.ways if order[way.source] < order[way.target]]
    rows: dict[str, int] = {}
    taken: dict[tuple[int, int], str] = {}
    for node in graph.nodes:
        column = lanes[node.lane]
        row = _first_row(node.id, forward, rows)
        while (row, column) in taken:
            row += 1
        rows[node.id] = row
        taken[row, column] = node.id
    return Places(rows, {node.id: lanes[node.lane] for node in graph.nodes}, len(lanes), taken)


def _first_row(id_: str, forward: Sequence[Way], rows: Mapping[str, int]) -> int:
    return max((rows[way.source] + 1 for way in forward if way.target == id_), default=0)
