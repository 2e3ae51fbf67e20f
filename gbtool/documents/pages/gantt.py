"""Bars on a line of time as shares of its width: a picture that keeps its letters' size whatever the screen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.portfolio import Bar
from gbtool.structs import Frozen

_LABELS = 5  # so many months are named at most, so that names do not meet on a telephone
_LEAST = 0.8  # per cent of the width: a single day can still be seen


class Axis(Frozen):
    """The line of time: from the first day of a month to the last day of one."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day begins, in per cent of the width."""
        return round(100 * (day - self.first).days / ((self.last - self.first).days + 1), 2)

    def months(self) -> list[Mapping[str, object]]:
        """Where each month begins, its name where there is room for it."""
        firsts = [self.first]
        while (following := add_months(firsts[-1], 1)) <= self.last:
            firsts.append(following)
        every = -(-len(firsts) // _LABELS)
        return [
            {"x": self.at(day), "name": f"{day:%Y-%m}" if number % every == 0 else ""}
            for number, day in enumerate(firsts)
        ]

    def bar(self, bar: Bar) -> Mapping[str, object]:
        """A bar with its place and width."""
        x, end = self.at(bar.first), self.at(bar.last + timedelta(days=1))
        width = max(round(end - x, 2), _LEAST)
        left = min(x, 100 - width)
        days = f"{bar.first}" if bar.first == bar.last else f"{bar.first} 至 {bar.last}"
        return {"x": round(left, 2), "width": width, "stage": bar.stage, "state": bar.state.value, "days": days}


def axis(bars: Iterable[Bar], today: date) -> Axis:
    """The months from the first day of all bars to the last, today among them."""
    days = [today, *(day for bar in bars for day in (bar.first, bar.last))]
    return Axis(min(days).replace(day=1), add_months(max(days).replace(day=1), 1) - timedelta(days=1))


def picture(rows: Sequence[tuple[str, Sequence[Bar]]], today: date) -> Mapping[str, object]:
    """Rows of bars under one axis, each with its name; `today` is where today begins."""
    line = axis((bar for _, bars in rows for bar in bars), today)
    drawn = [{"name": name, "bars": [line.bar(bar) for bar in bars]} for name, bars in rows]
    return {"months": line.months(), "today": line.at(today), "day": today, "rows": drawn}
