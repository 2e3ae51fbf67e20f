"""Tasks to whoever does them: the caller names a function, its arguments, and who works."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from gbtool.structs import Frozen

T = TypeVar("T")
R = TypeVar("R")


class How(Frozen):
    """Who works: this process alone, so many of its own, or the workers of the scheduler at an address."""

    processes: int = 1
    scheduler: str = ""


class Lost(Frozen):
    """A task whose worker ended again and again; nobody knows its answer."""

    reason: str


def run(do: Callable[[T], R], tasks: Sequence[T], how: How) -> Iterator[tuple[int, R | Lost]]:
    """The answer to each task with its number, in the order in which they come; `do` stands in a module.

    Raises:
        UsageError: there is no scheduler at the address, or it has no workers.
    """
    if how.scheduler:
        from gbtool.workers import cluster  # noqa: PLC0415 - dask is an extra that few firms have

        yield from cluster.run(do, tasks, how.scheduler)
    elif how.processes > 1 and len(tasks) > 1:
        from gbtool.workers import processes  # noqa: PLC0415 - few commands start processes

        yield from processes.run(do, tasks, how.processes)
    else:
        yield from enumerate(map(do, tasks))
