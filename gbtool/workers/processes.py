"""Tasks shared out among processes of this machine, begun anew on every system (no fork)."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeVar

from gbtool.workers.run import Lost

T = TypeVar("T")
R = TypeVar("R")
_TIMES = 3  # that a task is given to a new set of processes when one of a set has ended
_AHEAD = 4  # tasks that wait for each process


def run(do: Callable[[T], R], tasks: Sequence[T], processes: int) -> Iterator[tuple[int, R | Lost]]:
    """The answers as they come; what a process took with it is done anew, by this one where no others are allowed."""
    left = dict(enumerate(tasks))
    for _ in range(_TIMES):
        try:
            for number, answer in _round(do, left, min(processes, len(left))):
                del left[number]
                yield number, answer
        except BrokenExecutor:
            continue
        except OSError:  # no processes here, or no more of them
            for number, task in left.items():
                yield number, do(task)
            return
        if not left:
            return
    for number in left:
        yield number, Lost("做这一家的进程几次意外结束")


def _round(do: Callable[[T], R], left: Mapping[int, T], processes: int) -> Iterator[tuple[int, R]]:
    """One set of processes; few tasks are given ahead, so that little is lost with it."""
    waiting = list(left.items())[::-1]
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _deaf)
    given: dict[Future[R], int] = {}
    try:
        while waiting or given:
            while waiting and len(given) < processes * _AHEAD:
                number, task = waiting.pop()
                given[pool.submit(do, task)] = number
            done = next(as_completed(given))
            yield given.pop(done), done.result()
    finally:  # after Ctrl-C what was not begun is left
        pool.shutdown(cancel_futures=True)


def _deaf() -> None:
    """Ctrl-C is for the command, which ends its helpers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
