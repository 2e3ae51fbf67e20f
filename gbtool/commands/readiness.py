"""`gbtool readiness`: may this client apply on this day, and if not, why."""

from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.model.facts import Facts
from gbtool.model.finding import Report
from gbtool.rules import report
from gbtool.shelf.gates import gate


def readiness(work: Workspace, today: date, name: str = "certification") -> Report:
    """The rules of a gate about the client on a day.

    Raises:
        FileFaults: the gate is unknown or a file is wrong.
    """
    return judged(work, gather(work, today), name)


def judged(work: Workspace, facts: Facts, name: str = "certification") -> Report:
    """The same for facts that were gathered before.

    Raises:
        FileFaults: the gate is unknown or a file of a shelf is wrong.
    """
    return report.readiness(gate(name, facts.standard.key, work.shelves), facts)
