"""One client looked at with all rules, as its line of the portfolio."""

from datetime import date
from pathlib import Path

from gbtool.commands.gather import gather
from gbtool.commands.readiness import judged
from gbtool.commands.workspace import workspace
from gbtool.model.portfolio import Standing
from gbtool.rules import portfolio


def standing_of(path: str, folder: Path, today: date, days: int) -> Standing:
    """Where a client stands, its verdict that of `gbtool readiness`.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
    """
    work = workspace(folder)
    facts = gather(work, today)
    found = judged(work, facts)
    return portfolio.standing(path, facts, found, days)
