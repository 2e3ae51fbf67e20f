"""Nothing in a flow chart or an organisation chart lies on anything else, however long the names and many the steps."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings, strategies as st

from drafted import example, example_facts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents.context import steps
from gbtool.documents.figures import graph
from gbtool.model.document import Specification
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.shelves import shelves_of
from gbtool.word import orgchart, wordml
from gbtool.word.drawing import Box, Line, Picture
from gbtool.word.flows import chart, sheets
from gbtool.word.flows.layers import Graph, Node, Way

FLOWS = [specification for specification in catalogue(shelves_of(None, None)) if specification.steps]
NAME = "知识产权与法务合规管理"
TEXT = "把这一步要做的事情写得比较长一些以便换行"
NEAR = 0.05  # points that are no distance
Segment = tuple[tuple[float, float], tuple[float, float]]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes cover one place."""
    across = one.x < other.x + other.width - NEAR and other.x < one.x + one.width - NEAR
    return across and one.y < other.y + other.height - NEAR and other.y < one.y + one.height - NEAR


def segments(line: Line) -> Iterator[Segment]:
    """The straight pieces of a line that have a length."""
    return (piece for piece in pairwise(line.points) if piece[0] != piece[1])


def through(piece: Segment, box: Box) -> bool:
    """Whether a piece runs through the inside of a box."""
    xs, ys = sorted((piece[0][0], piece[1][0])), sorted((piece[0][1], piece[1][1]))
    across = xs[0] < box.x + box.width - NEAR and box.x + NEAR < xs[1]
    beside = box.x + NEAR < xs[0] < box.x + box.width - NEAR
    top, bottom = sides(box, xs[0]) if xs[0] == xs[1] else (box.y, box.y + box.height)
    down = ys[0] < bottom - NEAR and top + NEAR < ys[1]
    level = top + NEAR < ys[0] < bottom - NEAR
    return (across or beside) and (down or level)


def sides(box: Box, x: float) -> tuple[float, float]:
    """The top and bottom edge of a shape at a place."""
    slope = {"flowChartDecision": 0.5, "flowChartPreparation": 0.2}.get(box.shape, 0.0)
    share = (x - box.x) / box.width
    less = max(slope - min(share, 1 - share), 0.0) / slope * box.height / 2 if slope else 0.0
    return box.y + less, box.y + box.height - less


def lie_on_each_other(one: Segment, other: Segment) -> bool:
    """Whether two pieces share more than a point."""
    for axis in (0, 1):
        same = {round(point[axis], 2) for piece in (one, other) for point in piece}
        if len(same) == 1:
            first = sorted(point[1 - axis] for point in one)
            second = sorted(point[1 - axis] for point in other)
            return min(first[1], second[1]) - max(first[0], second[0]) > NEAR
    return False


def faults(picture: Picture) -> list[str]:
    """What lies on what in a drawing, and what leaves it."""
    solid = [box for box in picture.boxes if box.framed]
    said = [box for box in picture.boxes if not box.framed]
    found = [f"框 {a.lines} 压 {b.lines}" for a, b in combinations(picture.boxes, 2) if overlap(a, b)]
    for box in picture.boxes:
        inside = -NEAR <= box.x <= picture.width - box.width + NEAR
        if not inside or not -NEAR <= box.y <= picture.height - box.height + NEAR:
            found.append(f"{box.lines} 在图外")
        if box.size < sheets.SIZE - NEAR:
            found.append(f"{box.lines} 的字只有 {box.size} 磅")
        longest = max(wordml.width_of(line) for line in box.lines) * box.size
        if longest > box.width + NEAR or len(box.lines) * box.size * 1.2 > box.height + 3:
            found.append(f"{box.lines} 放不下")
    for line in picture.lines:
        found += [f"{line.points} 在图外" for x, y in line.points if not (0 <= x <= picture.width and y >= 0)]
        found += [
            f"线 {line.points} 穿过 {box.lines}"
            for piece in segments(line)
            for box in (solid if line.arrow or not line.dashed else picture.boxes)
            if through(piece, box)
        ]
        found += [
            f"线 {line.points} 压住 {box.lines}" for piece in segments(line) for box in said if through(piece, box)
        ]
    for one, other in combinations(picture.lines, 2):
        if one.arrow and other.arrow and one.points[-1] == other.points[-1]:
            continue  # lines that lead to one step join
        pieces = [(a, b) for a in segments(one) for b in segments(other) if lie_on_each_other(a, b)]
        found += [f"线 {a} 和线 {b} 重叠" for a, b in pieces]
    return found


def drawn(flow: Graph) -> tuple[Picture, ...]:
    """A flow, each page of which fits on A4 at its own size."""
    pictures = chart.pictures(flow, "图")
    assert all(picture.height <= chart.TALLEST + NEAR for picture in pictures)
    return pictures


@pytest.mark.no_cover  # flows of every shape are measured below
@pytest.mark.parametrize("name", ["lanwan", "qingyu", "hengtuo"])
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow.id))
def test_nothing_overlaps_in_the_flows_of_the_examples(flow: Specification, name: str) -> None:
    made = steps(flow, example_facts(name), drafts.words(example(name)))
    if made:
        assert not [fault for picture in drawn(graph(made)) for fault in faults(picture)]


@pytest.mark.parametrize("departments", [1, 2, 5, 6, 12, 40])
def test_nothing_overlaps_in_sixty_steps_of_departments_with_long_names(departments: int) -> None:
    kinds = ("activity", "activity", "decision", "activity")
    nodes = tuple(
        Node(f"n{n}", kinds[n % 4], f"{n + 1} {TEXT}", f"{NAME}{n * 7 % departments:02d}"[-12:]) for n in range(60)
    )
    ways = [Way(f"n{n}", f"n{n + 1}", "通过" if n % 4 == 2 else "") for n in range(59)]
    ways += [Way(f"n{n}", f"n{max(n - 3, 0)}", "不通过退回") for n in range(2, 59, 4)]
    ways += [Way(f"n{n}", f"n{min(n + 9, 59)}", "特殊情况下") for n in range(2, 50, 8)]
    pictures = drawn(Graph(nodes, tuple(ways)))
    assert not [fault for picture in pictures for fault in faults(picture)]
    said = "".join("".join(box.lines) for picture in pictures for box in picture.boxes)
    assert all(f"{n} {TEXT}".replace(" ", "") in said.replace(" ", "") for n in range(1, 61))


@st.composite
def flows(draw: st.DrawFn) -> Graph:
    """Any flow: steps of any kind in any lane, up to three ways from each to anywhere."""
    count = draw(st.integers(1, 14))
    kinds = st.sampled_from(("activity", "decision", "start", "end"))
    lanes = draw(st.integers(1, 6))
    nodes = tuple(
        Node(f"n{n}", draw(kinds), f"{n + 1} {TEXT[: draw(st.integers(2, 20))]}", f"部门{draw(st.integers(1, lanes))}")
        for n in range(count)
    )
    ends = st.integers(0, count - 1)
    labels = st.sampled_from(("", "是", "不通过", "按个案另行批准"))
    ways = draw(st.lists(st.tuples(ends, ends, labels), max_size=count + 6))
    found = [Way(f"n{a}", f"n{b}", label) for a, b, label in ways if a != b]
    before = [{way.target for way in found[:at] if way.source == each.source} for at, each in enumerate(found)]
    kept = [way for way, targets in zip(found, before, strict=True) if len(targets | {way.target}) <= 3]
    return Graph(nodes, tuple(kept))


@settings(max_examples=60, deadline=None)
@given(flows())
def test_nothing_overlaps_in_any_flow(flow: Graph) -> None:
    assert not [fault for picture in drawn(flow) for fault in faults(picture)]


@pytest.mark.parametrize("name", ["lanwan", "qingyu", "hengtuo"])
def test_nothing_overlaps_in_the_charts_of_the_examples(name: str) -> None:
    (picture,) = orgchart.pictures(example_facts(name).client)
    assert not faults(picture)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (7, 1), (8, 1), (23, 1), (40, 1), (120, 3)])
def test_nothing_overlaps_in_a_chart_of_many_departments_with_long_names(count: int, pages: int) -> None:
    rows = [{"部门": f"{NAME[:10]}{n:02d}", "负责人": "欧阳某某", "职能": "rd", "人数": 3} for n in range(count)]
    pictures = orgchart.pictures(answered(example_facts(), departments=rows).client)
    assert len(pictures) == pages
    assert all(picture.height <= orgchart.TALLEST for picture in pictures)
    assert not [fault for picture in pictures for fault in faults(picture)]
    said = "".join("".join(box.lines) for picture in pictures for box in picture.boxes)
    assert all(str(row["部门"]) in said for row in rows)
    assert (pictures[-1].title == f"组织机构图（{pages}/{pages}）") is (pages > 1)
