"""`gbtool readiness`: may this client apply on this day, and if not, why."""

from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.model.finding import Report
from gbtool.rules import report
from gbtool.shelf.gates import gate


def readiness(work: Workspace, today: date, name: str = "certification") -> Report:
    """The rules of a gate about the client on a day.

    Raises:
        FileFaults: the gate is unknown or a file is wrong.
    """
    facts = gather(work, today)
    return report.readiness(gate(name, facts.standard.key, work.shelves), facts)
