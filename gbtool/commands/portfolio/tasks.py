"""What is done to one client of a firm: a task that any process may do, and do again, with the same end."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from gbtool.commands import generate as generating
from gbtool.commands.check import Request as Checking, checked
from gbtool.commands.checks.desks import Clients, everybody
from gbtool.commands.gather import gather
from gbtool.commands.readiness import readiness
from gbtool.commands.workspace import workspace
from gbtool.commands.writing import Lent, under
from gbtool.errors import Complaint, GbtoolError, UsageError, reason_of
from gbtool.model.document import Outcome
from gbtool.model.finding import Report, Severity, Status, Verdict
from gbtool.structs import Frozen, field


class Verb(StrEnum):
    """What is done to every client."""

    GENERATE = "generate"
    CHECK = "check"
    READINESS = "readiness"


class Task(Frozen):
    """One client of a batch: its path below the firm, what to do on which day, where compiled texts lie.

    `batch` names the whole batch: what all its clients share is found once by a process. `lent` is the lease under
    which the client is written, where the firm uses leases.
    """

    path: str
    folder: Path
    firm: Path
    verb: Verb
    day: date
    batch: str
    ids: tuple[str, ...] = ()
    cache: Path | None = None
    lent: Lent | None = None


class Done(Frozen):
    """What became of one client: its verdict, how many of what, the first reasons; or what is wrong with its files."""

    path: str
    verdict: Verdict | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    earliest: date | None = None
    complaints: tuple[Complaint, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing is left to do about it."""
        return not self.complaints and self.verdict in (None, Verdict.READY)


def perform(task: Task) -> Done:
    """Do it; what is wrong with the client's files is told, not raised."""
    try:
        with under(task.lent):
            return _VERBS[task.verb](task)
    except GbtoolError as error:
        return Done(task.path, complaints=error.complaints)
    except OSError as error:
        return Done(task.path, complaints=(Complaint("", f"读不出（{reason_of(error)}）"),))


def _generate(task: Task) -> Done:
    request = generating.Request(task.ids, cache=task.cache)
    try:
        found = generating.generate(workspace(task.folder), task.day, request)
    except UsageError as error:  # a document that this client does not use
        return Done(task.path, reasons=(error.message,))
    counts = Counter(made.outcome.value for made in found.made)
    return Done(
        task.path,
        counts={each.value: counts[each.value] for each in Outcome if counts[each.value]},
        reasons=tuple(f"{made.number} {made.title}：两边都改过" for made in found.of(Outcome.CONFLICT)),
    )


def _check(task: Task) -> Done:
    work = workspace(task.folder)
    report = checked(work, gather(work, task.day), Checking(), _everybody(task.firm, task.batch))
    counts = Counter(each.severity.value for each in report.findings if not each.waived)
    return Done(
        task.path,
        report.verdict,
        {each.value: counts[each.value] for each in Severity if counts[each.value]},
        tuple(each.message for each in report.findings if each.counts),
    )


def _readiness(task: Task) -> Done:
    report = readiness(workspace(task.folder), task.day)
    counts = Counter(result.status.value for result in report.results if result.blocks)
    return Done(
        task.path,
        report.verdict,
        {each.value: counts[each.value] for each in Status if counts[each.value]},
        tuple(_against(report)),
        report.earliest,
    )


def _against(report: Report) -> list[str]:
    """What stands against the verdict, a requirement each."""
    against = (Status.FAILED, Status.NOT_ASSESSED)
    return [result.title for result in report.results if result.blocks and result.status in against]


@lru_cache(maxsize=2)
def _everybody(firm: Path, _batch: str) -> Clients:
    """The names of all clients, read once by a process for a batch."""
    return everybody(firm)


_VERBS: Mapping[Verb, Callable[[Task], Done]] = {
    Verb.GENERATE: _generate,
    Verb.CHECK: _check,
    Verb.READINESS: _readiness,
}
