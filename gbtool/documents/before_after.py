"""The bars of a test of effectiveness: what its table says of both periods."""

from collections.abc import Mapping, Sequence

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.word.charts import bars
from gbtool.word.drawing import Picture

TABLE = "rec-performance"  # the form with the figures of both periods
_PERIODS = (("基准期", "baseline"), ("对比期", "compared"))


def pictures(facts: Facts) -> tuple[Picture, ...]:
    """The table of the last test of effectiveness as bars: percentages on one scale, other numbers each on its own."""
    test, table = facts.one(EntryKind.EFFECTIVENESS), _table(facts)
    if test is None or table is None:
        return ()
    first, last = (f"{name} {_span(test.mapping(part))}" for name, part in _PERIODS)
    rows = [(row, found) for row in table.rows() if (found := _amounts(row))]
    shares = [_bars(row, found, 100.0) for row, found in rows if row.get("单位") == "%"]
    others = [_bars(row, found, max(found)) for row, found in rows if row.get("单位") != "%"]
    named = (("比率（%）", shares), ("件数、金额、平均值（每行自成比例）", others))
    return tuple(each for title, drawn in named for each in bars.pictures(drawn, (first, last), title) if drawn)


def _table(facts: Facts) -> Entry | None:
    """The table that the last test names, else the last table."""
    test, tables = facts.one(EntryKind.EFFECTIVENESS), facts.records(TABLE)
    named = [table for table in tables if test and table.id == test.text("data")]
    return next(reversed(named or tables), None)


def _amounts(row: Mapping[str, object]) -> tuple[float, ...]:
    """Both numbers, none where one is missing or written as parts."""
    try:
        return tuple(float(str(row.get(name))) for name in ("基准期数值", "本期数值"))
    except ValueError:
        return ()


def _bars(row: Mapping[str, object], values: Sequence[float], full: float) -> bars.Bars:
    before, after = (f"{row.get(name)}{row.get('单位') or ''}" for name in ("基准期数值", "本期数值"))
    return bars.Bars(str(row.get("指标名称")), (values[0], values[1]), (before, after), full)


def _span(part: Mapping[str, object]) -> str:
    return f"{part.get('from')}至{part.get('to')}"
