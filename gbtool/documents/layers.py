"""Steps in rows and three columns: rows by the longest way from the start, the main way in the middle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MIDDLE, RIGHT, LEFT = 0, 1, -1


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one node to another, with the condition under which it is taken."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """What is drawn of a step: start, activity, decision, end, or jump to a step on another page."""

    id: str
    type: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in their order and the ways between them; a way to an earlier node leads back."""

    nodes: tuple[Node, ...]
    ways: tuple[Way, ...]

    def order(self) -> dict[str, int]:
        """The place of each node."""
        return {node.id: place for place, node in enumerate(self.nodes)}


@dataclass(frozen=True, slots=True)
class Places:
    """The row and column of every node."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]
    taken: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def free(self, row: int, column: int) -> bool:
        """Whether no box stands there."""
        return (row, column) not in self.taken


def places(graph: Graph) -> Places:
    """A row and a column for every node, at most three nodes in a row."""
    order = graph.order()
    forward = [way for way in graph.ways if order[way.source] < order[way.target]]
    rows = _rows(graph, forward)
    main = _main(graph, forward, rows)
    columns: dict[str, int] = {}
    taken: dict[tuple[int, int], str] = {}
    for node in sorted(graph.nodes, key=lambda each: (rows[each.id], each.id not in main, order[each.id])):
        open_ = [column for column in (MIDDLE, RIGHT, LEFT) if (rows[node.id], column) not in taken]
        column = _column(node.id, main, forward, columns, open_)
        columns[node.id] = column
        taken[rows[node.id], column] = node.id
    return Places(rows, columns, taken)


def _rows(graph: Graph, forward: Sequence[Way]) -> dict[str, int]:
    rows: dict[str, int] = {}
    count: dict[int, int] = {}
    for node in graph.nodes:
        row = max((rows[way.source] + 1 for way in forward if way.target == node.id), default=0)
        while count.get(row, 0) >= 3:  # noqa: PLR2004 # three columns
            row += 1
        rows[node.id] = row
        count[row] = count.get(row, 0) + 1
    return rows


def _main(graph: Graph, forward: Sequence[Way], rows: Mapping[str, int]) -> frozenset[str]:
    """The nodes of the longest way to the lowest end."""
    at: str | None = max((node.id for node in graph.nodes), key=lambda id_: rows[id_], default=None)
    main: set[str] = set()
    order = graph.order()
    while at is not None:
        main.add(at)
        before = [way.source for way in forward if way.target == at]
        at = max(before, key=lambda id_: (rows[id_], -order[id_]), default=None)
    return frozenset(main)


def _column(
    id_: str, main: frozenset[str], forward: Sequence[Way], columns: Mapping[str, int], free: Sequence[int]
) -> int:
    if id_ in main and MIDDLE in free:
        return MIDDLE
    before = [columns[way.source] for way in forward if way.target == id_ and way.source in columns]
    wish = before[0] if before and before[0] != MIDDLE else RIGHT
    return next(column for column in (wish, RIGHT, LEFT, MIDDLE) if column in free)

