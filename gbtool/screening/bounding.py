"""What is said of one file, bounded: the same thing so many times, and never more than a person could read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from gbtool.model.finding import Finding
from gbtool.structs import replace

SHOWN = 20  # places of one thing in one file
MOST = 2_000  # findings of one screen in one file: beyond these nobody looks any more


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of a screen in a file, each thing shown so many times and then counted."""
    told: Counter[str] = Counter()
    last: dict[str, Finding] = {}
    for each in islice(findings, MOST):
        told[each.message] += 1
        last[each.message] = each
        if told[each.message] <= SHOWN:
            yield each
    full = sum(told.values()) == MOST
    for message, count in told.items():
        if count > SHOWN:
            more = f"{count - SHOWN} 处{'以上' if full else ''}"
            yield replace(last[message], message=f"{message}，另有 {more}", places=(last[message].path,), anchor="")
