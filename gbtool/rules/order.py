"""The one comparison that most date rules are: this must not be later than that."""

import itertools

from gbtool.rules.engine import Fault
from gbtool.rules.reading import Dated


def not_after(first: Dated | None, second: Dated | None, fix: str = "", *, soft: bool = False) -> Fault | None:
    """A fault when the first is later than the second; nothing while one of them is not known."""
    if first is None or second is None or first.day <= second.day:
        return None
    return Fault(
        f"{first} 晚于 {second}",
        (first.place, second.place),
        fix or "核对两处日期；写错的更正，倒置的如实说明",
        soft=soft,
    )


def chain(days: list[Dated | None], fix: str = "") -> list[Fault]:
    """Faults for each neighbouring pair of known dates that is out of order."""
    known = [day for day in days if day]
    pairs = itertools.pairwise(known)
    return [fault for first, second in pairs if (fault := not_after(first, second, fix))]
