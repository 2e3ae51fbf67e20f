"""Bars of two periods: lengths by value, both fills told in the legend, pages where there are many, nothing outside."""

from gbtool.word.charts import bars
from gbtool.word.drawing import Box, draw

PERIODS = ("基准期 2025年", "对比期 2026年")


def row(before: float = 40, after: float = 100, full: float = 100) -> bars.Bars:
    return bars.Bars("合同知识产权审查率", (before, after), (f"{before}%", f"{after}%"), full)


def drawn(*rows: bars.Bars) -> list[Box]:
    (picture,) = bars.pictures(rows, PERIODS, "比率")
    return [box for box in picture.boxes if not box.lines]


def test_lengths_follow_values_and_the_legend_shows_both_fills() -> None:
    first, second, *shown = drawn(row())
    assert (first.fill, second.fill) == ("FFFFFF", "8C8C8C")
    assert [round(box.width) for box in shown] == [80, 200]
    assert [box.fill for box in shown] == ["FFFFFF", "8C8C8C"]


def test_noughts_are_thin_and_nothing_is_longer_than_full() -> None:
    assert [box.width for box in drawn(row(0, 0, 0))[2:]] == [1.0, 1.0]
    assert [box.width for box in drawn(row(5, 300))[2:]] == [10.0, 200.0]


def test_many_rows_go_on_the_next_page() -> None:
    pages = bars.pictures([row()] * 17, PERIODS, "比率")
    assert [page.title for page in pages] == ["比率（1）", "比率（2）"]
    assert pages[0].height < 560
    assert bars.pictures([], PERIODS, "比率") == []


def test_everything_lies_within_the_picture_and_is_native() -> None:
    (picture,) = bars.pictures([row(100, 100)], PERIODS, "比率")
    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - box.width + 1
        assert 0 <= box.y <= picture.height - box.height
    xml = draw(picture, 1)
    assert '<a:srgbClr val="8C8C8C"/>' in xml
    assert 'fillcolor="#8C8C8C"' in xml
