"""The radar: every known value on its axis, neighbours joined, what is unknown left open, nothing outside."""

import math

import pytest

from gbtool.word.charts import radar
from gbtool.word.drawing import Box, Line, draw


def parts(*values: float | None) -> tuple[list[Line], list[Box], list[Box]]:
    """The bold lines, the marks and the labels of a radar."""
    picture = radar.picture([radar.Axis(f"方面{n}", value) for n, value in enumerate(values)], "得分")
    bold = [line for line in picture.lines if line.width > 1]
    marks = [box for box in picture.boxes if box.shape == "ellipse"]
    return bold, marks, [box for box in picture.boxes if box.lines]


def test_known_values_make_a_closed_line() -> None:
    bold, marks, labels = parts(100, 50, 0, 25)
    assert (len(bold), len(marks), len(labels)) == (4, 4, 4)
    assert bold[-1].points[1] == bold[0].points[0]
    assert labels[1].lines[-1] == "50"


def test_what_is_not_known_is_left_open() -> None:
    bold, marks, labels = parts(100, None, 50, 25)
    assert (len(bold), len(marks)) == (2, 3)
    assert labels[1].lines[-1] == "没有打分"
    assert parts(None, None, None)[0] == []


@pytest.mark.parametrize("count", [3, 5, 14])
def test_values_lie_on_their_axes_and_everything_within_the_picture(count: int) -> None:
    picture = radar.picture([radar.Axis("知识产权合规义务与风险", 100)] * count, "得分")
    middle = (picture.width / 2, picture.height / 2)
    for line in (line for line in picture.lines if line.width > 1):
        assert math.isclose(math.dist(middle, line.points[0]), 112, rel_tol=1e-6)
    for box in picture.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height
    labels = [box for box in picture.boxes if box.lines]
    for first in labels:
        for second in labels:
            apart = first.y + first.height <= second.y + 1 or second.y + second.height <= first.y + 1
            beside = first.x + first.width <= second.x + 1 or second.x + second.width <= first.x + 1
            assert first is second or apart or beside


def test_lines_are_as_wide_in_both_drawings() -> None:
    xml = draw(radar.picture([radar.Axis("甲", 50)] * 3, "得分"), 1)
    assert '<a:ln w="25400">' in xml
    assert 'strokeweight="2pt"' in xml
    assert 'strokeweight=".5pt"' in xml
    assert "<v:oval" in xml


def test_an_earlier_value_is_a_thin_dashed_line() -> None:
    axes = [radar.Axis("一", 80, 20), radar.Axis("二", 60, 40), radar.Axis("三", 40)]
    drawn = radar.picture(axes, "图").lines
    plain = radar.picture([radar.Axis(axis.name, axis.percent) for axis in axes], "图").lines
    assert len(drawn) == len(plain) + 1
    assert sum(line.dashed for line in drawn) == sum(line.dashed for line in plain) + 1
