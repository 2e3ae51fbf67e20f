"""Tasks done by this process, by several, by a Dask scheduler; a worker that is killed takes nothing with it."""

import logging
import os
import signal
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import distributed
import pytest

from gbtool.errors import UsageError
from gbtool.workers import cluster, processes
from gbtool.workers.run import How, Lost, run

LocalCluster: Any = distributed.LocalCluster  # it says nothing of its types


def double(number: int) -> int:
    return number * 2


def wait(place: tuple[str, int]) -> int:
    """Note who does it, and take a moment."""
    folder, number = place
    with Path(folder, f"{number}.begun").open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(0.2)
    return number


def die_once(place: tuple[str, int]) -> int:
    """The process that meets the third task first ends with it."""
    folder, number = place
    met = Path(folder, "met")
    if number == 3 and not met.exists():
        met.touch()
        os._exit(9)
    return number


def die(number: int) -> int:
    if number == 1:
        os._exit(9)
    return number


def test_alone_and_together_give_the_same() -> None:
    wanted = [(number, number * 2) for number in range(7)]
    assert list(run(double, range(7), How())) == wanted
    assert sorted(run(double, range(7), How(2))) == wanted
    assert list(run(double, [4], How(8))) == [(0, 8)]


def test_what_was_not_begun_is_left_when_the_command_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_AHEAD", 20)
    answers = run(wait, [(str(tmp_path), number) for number in range(40)], How(2))
    assert isinstance(answers, Generator)
    next(answers)
    answers.close()
    assert len(list(tmp_path.glob("*.begun"))) < 20


def test_what_a_process_took_with_it_is_done_anew(tmp_path: Path) -> None:
    found = dict(run(die_once, [(str(tmp_path), number) for number in range(6)], How(2)))
    assert found == {number: number for number in range(6)}


def test_a_task_that_ends_every_process_is_lost_and_said_so() -> None:
    found = dict(run(die, range(2), How(2)))
    assert found[0] == 0 or isinstance(found[0], Lost)
    assert isinstance(found[1], Lost)


def test_helpers_leave_ctrl_c_to_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(signal, "signal", lambda *what: said.append(what))
    processes._deaf()
    assert said == [(signal.SIGINT, signal.SIG_IGN)]


def test_where_no_processes_are_allowed_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> object:
        raise PermissionError

    monkeypatch.setattr(processes, "ProcessPoolExecutor", refused)
    assert dict(run(double, range(3), How(2))) == {0: 0, 1: 2, 2: 4}


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A real scheduler with three workers, each a process of its own, on free ports of this machine."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as started:
        yield started.scheduler_address


def test_a_scheduler_shares_the_tasks_out(scheduler: str, tmp_path: Path) -> None:
    tasks = [(str(tmp_path), number) for number in range(9)]
    found = sorted(run(wait, tasks, How(scheduler=scheduler)))
    assert found == [(number, number) for number in range(9)]
    assert len({file.read_text(encoding="utf-8") for file in tmp_path.glob("*.begun")}) > 1


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_worker_killed_in_mid_run_loses_nothing(scheduler: str, tmp_path: Path) -> None:
    tasks = [(str(tmp_path), number) for number in range(12)]
    found = []
    for number, answer in run(wait, tasks, How(scheduler=scheduler)):
        found.append((number, answer))
        if len(found) == 1:
            busy = max(tmp_path.glob("*.begun"), key=lambda file: file.stat().st_mtime_ns)
            os.kill(int(busy.read_text(encoding="utf-8").split()[-1]), signal.SIGKILL)
    assert sorted(found) == [(number, number) for number in range(12)]
    assert any(len(file.read_text(encoding="utf-8").split()) > 1 for file in tmp_path.glob("*.begun"))


class Cut:
    """A future whose scheduler went away."""

    def exception(self) -> None:
        """It did not fail."""

    def result(self) -> object:
        """And will never be told."""
        raise distributed.client.FutureCancelledError("task", "scheduler-connection-lost")


def test_what_a_scheduler_did_not_tell_before_it_ended_is_lost() -> None:
    assert cluster._answer(Cut()) == Lost("和调度器的连接断了")


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(UsageError, match="连不上调度器"):
        list(run(double, [1], How(scheduler="tcp://127.0.0.1:9")))
    with pytest.raises(UsageError, match="连不上调度器"):
        list(run(double, [1], How(scheduler="nonsense://x")))


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="Dask") as raised:
        list(run(double, [1], How(scheduler="tcp://127.0.0.1:9")))
    assert "gbtool[cluster]" in raised.value.fix
