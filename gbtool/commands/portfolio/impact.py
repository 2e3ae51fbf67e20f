"""`gbtool portfolio impact`: which clients, documents, lists and deadlines of a firm a change touches, and why."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from gbtool.commands.gather import gather
from gbtool.commands.portfolio.changes import change_of
from gbtool.commands.portfolio.standing import clients_of
from gbtool.commands.portfolio.touched import documents
from gbtool.commands.readiness import judged
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import Complaint, GbtoolError, reason_of
from gbtool.model.facts import Facts
from gbtool.model.finding import Report
from gbtool.model.impact import Change, Touched, What
from gbtool.rules import report
from gbtool.rules.impacts import touched as data
from gbtool.rules.portfolio import consultants
from gbtool.shelf.gates import names
from gbtool.structs import Frozen, field
from gbtool.workers.run import How, Lost, run


class Job(Frozen):
    """One client to look at: its path below the firm, its folder, the change, the day."""

    path: str
    folder: Path
    change: Change
    day: date


class Impact(Frozen):
    """What a change touches of a client, or why nobody can say."""

    path: str
    name: str = ""
    consultant: str = ""
    touched: tuple[Touched, ...] = ()
    complaints: tuple[Complaint, ...] = ()

    def of(self, what: What) -> tuple[Touched, ...]:
        """What is touched of one kind."""
        return tuple(each for each in self.touched if each.what is what)


class Impacts(Frozen):
    """A change, and each client of the firm in order of path."""

    firm: Path
    today: date
    change: Change
    clients: tuple[Impact, ...]

    @property
    def touched(self) -> tuple[Impact, ...]:
        """The clients that it touches."""
        return tuple(each for each in self.clients if each.touched)

    @property
    def broken(self) -> tuple[Impact, ...]:
        """The clients of which nobody can say."""
        return tuple(each for each in self.clients if each.complaints)


class Request(Frozen):
    """How to look: who works, whom to tell of each client."""

    how: How = field(default_factory=How)
    step: Callable[[], None] = lambda: None


def impact(where: Path, today: date, key: str, request: Request) -> Impacts:
    """What a change touches of every client of the firm at or above a folder.

    Raises:
        UsageError: there is no firm, it has no client, or the word means no change.
        FileFaults: a file of the firm's shelf is wrong.
    """
    firm, folders = clients_of(where)
    change = change_of(key, firm)
    jobs = [Job(path, folder, change, today) for path, folder in sorted(folders.items())]
    found: dict[int, Impact] = {}
    for number, answer in run(look, jobs, request.how):
        if isinstance(answer, Lost):
            found[number] = Impact(jobs[number].path, complaints=(Complaint("", answer.reason, "再运行一次"),))
        else:
            found[number] = answer
        request.step()
    return Impacts(firm, today, change, tuple(found[number] for number in range(len(jobs))))


def look(job: Job) -> Impact:
    """What the change touches of one client; what is wrong with its files is told, not raised."""
    try:
        work = workspace(job.folder)
        facts = gather(work, job.day)
        others = data.touched(job.change, facts, lambda: _reports(work, facts))
        touched = (*documents(job.change, work, facts), *others)
        lead, _ = consultants(facts)
        name = facts.client.text("company_short") or facts.client.name or job.path
        return Impact(job.path, name, lead, touched)
    except GbtoolError as error:
        return Impact(job.path, complaints=error.complaints)
    except OSError as error:
        return Impact(job.path, complaints=(Complaint("", f"读不出（{reason_of(error)}）"),))


def _reports(work: Workspace, facts: Facts) -> tuple[Report, ...]:
    gates = (judged(work, facts, name) for name in names(facts.standard.key, work.shelves))
    return (report.check(facts), *gates)
