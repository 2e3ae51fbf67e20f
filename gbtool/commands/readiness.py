"""`gbtool readiness`: may this client apply on this day, and if not, why."""

from datetime import date

from gbtool.commands import following, gather
from gbtool.commands.workspace import Workspace
from gbtool.model.facts import Facts
from gbtool.model.finding import Report
from gbtool.rules import report
from gbtool.shelf.gates import gate, names
from gbtool.structs import replace


def readiness(work: Workspace, today: date, name: str = "certification") -> Report:
    """The rules of a gate about the client on a day.

    Raises:
        FileFaults: the gate is unknown or a file is wrong.
    """
    return judged(work, gather.gather(work, today), name)


def each_readiness(work: Workspace, today: date, name: str = "certification") -> tuple[Report, ...]:
    """The same under each standard that the client follows, the main one first, as far as they have such a gate.

    Raises:
        FileFaults: no standard of the client has the gate, or a file is wrong.
    """
    first, *others = following.each_standard(work)
    more = (each for each in others if name in names(each.standard, each.shelves))
    return (readiness(first, today, name), *(readiness(each, today, name) for each in more))


def judged(work: Workspace, facts: Facts, name: str = "certification") -> Report:
    """The same for facts that were gathered before.

    Raises:
        FileFaults: the gate is unknown or a file of a shelf is wrong.
    """
    found = report.readiness(gate(name, facts.standard.key, work.shelves), facts)
    return replace(found, standard=facts.standard.cite if facts.further else "")
