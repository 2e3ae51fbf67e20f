"""One thing for all clients: alone, by processes, on a scheduler of which a worker is killed; the end is the same."""

import logging
import os
import signal
import sqlite3
import sys
from datetime import date
from pathlib import Path
from typing import Any

import distributed
import pytest

from firm import BEGUN, RUNNING, SPOILED, small_firm
from gbtool.commands.portfolio import batch as module, tasks
from gbtool.commands.portfolio.batch import Batch, batch
from gbtool.commands.portfolio.tasks import Done, Verb
from gbtool.commands.readiness import readiness
from gbtool.commands.workspace import workspace
from gbtool.errors import UsageError
from gbtool.model.finding import Verdict
from gbtool.workers.run import How, Lost

LocalCluster: Any = distributed.LocalCluster  # it says nothing of its types

DAY = date(2026, 11, 22)
FORMS = ("rec-communication", "reg-laws")


def documents(firm: Path) -> dict[str, bytes]:
    """Every Word file of a firm."""
    return {path.relative_to(firm).as_posix(): path.read_bytes() for path in firm.rglob("*.docx")}


def written(client: Path) -> int:
    """How many lines on generated documents a client's history has."""
    with sqlite3.connect(client / "ledger.db") as ledger:
        return int(ledger.execute("SELECT count(*) FROM history WHERE what LIKE '生成文件%'").fetchone()[0])


def test_every_client_is_done_and_the_broken_one_named(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构")
    steps: list[None] = []
    found = batch(firm / RUNNING, DAY, Batch(Verb.GENERATE, FORMS, step=lambda: steps.append(None)))
    assert [each.path for each in found.done] == sorted((BEGUN, RUNNING, SPOILED))
    assert [each.path for each in found.broken] == [SPOILED]
    assert len(steps) == 3
    assert all(sum(each.counts.values()) == len(FORMS) for each in found.done if each.path != SPOILED)
    again = batch(firm, DAY, Batch(Verb.GENERATE, FORMS, touched_by="rec-communication"))
    assert [dict(each.counts) for each in again.done if not each.complaints] == [{"same": 2}] * 2
    assert [each.path for each in again.broken] == [SPOILED]
    nobody = batch(firm, DAY, Batch(Verb.GENERATE, FORMS, touched_by="proc-rd"))
    assert [each.path for each in nobody.done] == [SPOILED]


def test_a_document_that_a_client_does_not_use_is_no_fault_of_its_files(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", BEGUN)
    (done,) = batch(firm, DAY, Batch(Verb.GENERATE, ("proc-military",))).done
    assert not done.complaints
    assert "不用 proc-military" in done.reasons[0]


def test_verdicts_are_those_of_the_single_commands(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", RUNNING, BEGUN)
    for each in batch(firm, DAY, Batch(Verb.READINESS)).done:
        report = readiness(workspace(firm / each.path), DAY)
        assert (each.verdict, each.earliest) == (report.verdict, report.earliest)
        assert not each.well
    checked = {each.path: each for each in batch(firm, DAY, Batch(Verb.CHECK)).done}
    assert all((each.verdict is Verdict.NOT_READY) == ("error" in each.counts) for each in checked.values())


def test_a_task_that_nobody_could_do_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = small_firm(tmp_path / "机构", RUNNING)
    monkeypatch.setattr(module, "run", lambda *_: iter([(0, Lost("进程结束了"))]))
    (done,) = batch(firm, DAY, Batch(Verb.READINESS)).done
    assert "进程结束了" in str(done.complaints[0])


def test_a_folder_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> Done:
        raise PermissionError(13, "no")

    monkeypatch.setattr(tasks, "_VERBS", {Verb.CHECK: refused})
    task = tasks.Task("甲", Path("甲"), Path(), Verb.CHECK, DAY, "")
    assert "没有权限" in str(tasks.perform(task).complaints[0])


def test_there_must_be_a_firm_and_a_document_of_this_id(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不在机构文件夹里"):
        batch(tmp_path, DAY, Batch(Verb.CHECK))
    with pytest.raises(UsageError, match="rec-communication"):
        batch(small_firm(tmp_path / "机构", BEGUN), DAY, Batch(Verb.GENERATE, ("rec-comunication",)))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_worker_is_killed_and_every_client_is_done_once(tmp_path: Path) -> None:
    names = [f"客户{number}" for number in range(8)]
    alone, shared = (small_firm(tmp_path / name, *names) for name in ("一", "二"))
    batch(alone, DAY, Batch(Verb.GENERATE, FORMS))
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as cluster:
        left = [nanny.pid for nanny in cluster.workers.values()]

        def kill_one() -> None:
            if left:
                os.kill(left.pop(), signal.SIGKILL)
                left.clear()

        how = How(scheduler=cluster.scheduler_address)
        found = batch(shared, DAY, Batch(Verb.GENERATE, FORMS, how=how, step=kill_one))
    assert [each.path for each in found.done] == names
    assert not found.broken
    assert documents(shared) == documents(alone)
    assert len(documents(shared)) == len(names) * len(FORMS)
    assert [written(shared / name) for name in names] == [written(alone / name) for name in names]
