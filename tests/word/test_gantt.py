"""The Gantt chart: inside its page, nothing over another, readable without colours however long it runs."""

import itertools
from datetime import date, timedelta

import pytest
from lxml import etree

from gbtool.word import gantt
from gbtool.word.drawing import Box, Picture, draw
from gbtool.word.gantt import Bar
from gbtool.word.package import NAMESPACES

DAY = date(2026, 3, 9)
WORK = "知识产权合规管理体系文件会审"


def bars(count: int, length: int = 9, step: int = 7) -> list[Bar]:
    """So many bars, one after another, each with a name of fourteen characters."""
    starts = [DAY + timedelta(days=step * number) for number in range(count)]
    return [Bar(f"{n} {WORK}", start, start + timedelta(days=length)) for n, start in enumerate(starts, 1)]


def texts(picture: Picture) -> list[str]:
    """What stands in the boxes of a picture."""
    return ["".join(box.lines) for box in picture.boxes if box.lines]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        one.x < other.x + other.width - 0.1
        and other.x < one.x + one.width - 0.1
        and one.y < other.y + other.height - 0.1
        and other.y < one.y + one.height - 0.1
    )


@pytest.mark.parametrize(("count", "step"), [(1, 7), (12, 14), (60, 3), (40, 60)])
def test_a_chart_stays_on_its_pages_and_nothing_lies_over_another(count: int, step: int) -> None:
    made = gantt.pictures(bars(count, step=step), "甘特图")
    assert sum(text.endswith(WORK) for picture in made for text in texts(picture)) == count
    for picture in made:
        assert picture.height <= gantt.TALLEST
        assert all(box.x >= 0 and box.x + box.width <= gantt.WIDTH + 0.1 for box in picture.boxes)
        assert all(box.y >= 0 and box.y + box.height <= picture.height for box in picture.boxes)
        framed = [box for box in picture.boxes if box.lines]
        assert not any(overlap(one, other) for one, other in itertools.combinations(framed, 2))
        assert all(line.points[0][1] <= picture.height for line in picture.lines)


def test_more_than_a_page_is_numbered() -> None:
    made = gantt.pictures(bars(60), "甘特图")
    assert [picture.title for picture in made] == [f"甘特图（{number}/{len(made)}）" for number in (1, 2, 3, 4)]
    assert gantt.pictures(bars(3), "甘特图")[0].title == "甘特图"
    assert gantt.pictures((), "甘特图") == ()


def test_a_date_stands_beside_its_bar_where_there_is_room() -> None:
    early, late = Bar("早", DAY, DAY + timedelta(days=3)), Bar("晚", date(2026, 9, 20), date(2026, 9, 30))
    whole = Bar("全程", date(2026, 3, 1), date(2026, 9, 30))
    (picture,) = gantt.pictures((early, late, whole), "图")
    assert {"3.9至3.12", "9.20至9.30"} <= set(texts(picture))
    assert "3.1至9.30" not in texts(picture)
    label = next(box for box in picture.boxes if box.lines == ("9.20至9.30",))
    assert (label.align, label.framed) == ("right", False)


def test_a_milestone_is_a_black_diamond_and_so_is_each_single_day() -> None:
    day = Bar("评审", DAY, DAY, milestone=True)
    (picture,) = gantt.pictures((day,), "图")
    assert sum(box.shape == "flowChartDecision" for box in picture.boxes) == 2  # one in the legend
    ended = Bar("诊断", DAY, DAY + timedelta(days=20), milestone=True)
    (picture,) = gantt.pictures((ended,), "图")
    assert sum(box.fill != "FFFFFF" for box in picture.boxes) == 4
    marks = tuple(DAY + timedelta(days=n) for n in (0, 30, 60))
    (picture,) = gantt.pictures((Bar("培训", marks[0], marks[-1], marks),), "图")
    assert sum(box.shape == "flowChartDecision" for box in picture.boxes) == 4


def test_months_say_their_year_and_grow_wider_than_one_month_where_needed() -> None:
    (short,) = gantt.pictures([Bar("甲", date(2026, 11, 2), date(2027, 2, 3))], "图")
    assert [text for text in texts(short) if text.endswith("月")] == ["2026年11月", "12月", "2027年1月", "2月"]
    (long,) = gantt.pictures([Bar("甲", date(2026, 1, 2), date(2031, 2, 3))], "图")
    heads = [box for box in long.boxes if box.y == 1 and box.lines != ("工作",)]
    assert len(heads) <= 13
    assert heads[0].lines == ("26.1",)
    (eight,) = gantt.pictures([Bar("甲", date(2026, 3, 2), date(2026, 10, 3))], "图")
    assert "2026.3" in texts(eight)


def test_a_plain_shape_carries_no_text() -> None:
    (picture,) = gantt.pictures(bars(1), "图")
    xml = draw(picture, 1)
    etree.fromstring(f"<root {NAMESPACES}>{xml}</root>")
    plain = [box for box in picture.boxes if not box.lines]
    assert xml.count("<wps:txbx>") == len(picture.boxes) - len(plain)
    assert xml.count("<v:textbox") == len(picture.boxes) - len(plain)
    assert '<a:srgbClr val="A6A6A6"/>' in xml
    assert 'fillcolor="#A6A6A6"' in xml
    assert '<w:jc w:val="left"/>' in xml
