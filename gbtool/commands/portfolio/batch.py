"""`gbtool portfolio generate|check|readiness`: every client of a firm is one task, done here or by others."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from uuid import uuid4

from gbtool.commands.portfolio.impact import Request as Looking, impact
from gbtool.commands.portfolio.standing import clients_of
from gbtool.commands.portfolio.tasks import Done, Task, Verb, perform
from gbtool.commands.writing import lent
from gbtool.errors import Complaint, UsageError
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.reader import did_you_mean
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import Frozen, field
from gbtool.workers.run import How, Lost, run


class Batch(Frozen):
    """What is done, to those clients whom a change touches (all where none is named), who works, whom to tell."""

    verb: Verb
    ids: tuple[str, ...] = ()
    touched_by: str = ""
    how: How = field(default_factory=How)
    cache: Path | None = None
    step: Callable[[], None] = lambda: None


class Result(Frozen):
    """What became of each client, in the order of their paths."""

    firm: Path
    today: date
    verb: Verb
    done: tuple[Done, ...]

    @property
    def broken(self) -> tuple[Done, ...]:
        """The clients of which nothing can be said."""
        return tuple(each for each in self.done if each.complaints)


def batch(where: Path, today: date, wanted: Batch) -> Result:
    """Do it to every client; one that cannot be read does not stop the others.

    Raises:
        UsageError: there is no firm here or above, it has no client, an id is unknown, a change means nothing,
            or no scheduler answers.
    """
    firm, folders = clients_of(where)
    known = [each.id for each in catalogue(shelves_of(None, firm))] if wanted.ids else []
    for id_ in wanted.ids:
        if id_ not in known:
            raise UsageError(f"没有文件“{id_}”{did_you_mean(id_, known)}", "代号看 gbtool generate --dry-run")
    done: dict[str, Done] = {}
    touched = folders
    if wanted.touched_by:
        seen = impact(where, today, wanted.touched_by, Looking(wanted.how))
        done = {each.path: Done(each.path, complaints=each.complaints) for each in seen.broken}
        touched = {each.path: folders[each.path] for each in seen.touched}
    for each in _performed(touched, firm, today, wanted):
        done[each.path] = each
    return Result(firm, today, wanted.verb, tuple(done[path] for path in sorted(done)))


def _performed(folders: Mapping[str, Path], firm: Path, today: date, wanted: Batch) -> Iterator[Done]:
    name, leases = uuid4().hex, lent()
    tasks = [
        Task(path, folder, firm, wanted.verb, today, name, wanted.ids, wanted.cache, leases.get(str(folder)))
        for path, folder in sorted(folders.items())
    ]
    for number, answer in run(perform, tasks, wanted.how):
        if isinstance(answer, Lost):
            lost = Complaint("", answer.reason, "再运行一次：做完的不会重做")
            yield Done(tasks[number].path, complaints=(lost,))
        else:
            yield answer
        wanted.step()
