"""`gbtool check`: what contradicts itself."""

from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.model.finding import Report
from gbtool.rules import report


def check(work: Workspace, today: date) -> Report:
    """All rules of dates and consistency about the client on a day."""
    return report.check(gather(work, today))
