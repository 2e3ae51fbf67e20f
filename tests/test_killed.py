"""Killed at any point of a command that writes: nothing is lost, nothing is half there, the next run ends it.

Four processes at once lose nothing. A process is killed from inside, at a write to a file or a statement to the ledger.
"""

import hashlib
import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engagement import EXAMPLES
from gbtool.cli import options
from gbtool.cli.app import app

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the test kills a copy of itself, made by fork"),
    pytest.mark.no_cover,  # who is killed tells nothing of the lines that it ran
]
ON = ("--on", "2026-09-22")
DAY = "2026-03-20"
ROW = "检查内容=研发日志3份;结果=符合;问题=无"
SIGNED = ("--approved-by", "周屿川", "--approved", DAY, "--issued", DAY, "--effective", DAY)
COMMANDS: dict[str, tuple[str, ...]] = {
    "generate": ("generate", "--kind", "appointment", *ON),
    "issue": ("issue", "appt-mr", *SIGNED, *ON),
    "add": ("ledger", "add", "rec-routine-check", "--date", "2026-06-29", "--row", ROW, *ON),
    "import": ("ledger", "import", str(EXAMPLES / "lanwan" / "trademarks.csv"), *ON),
    "evidence": ("ledger", "evidence", str(EXAMPLES / "README.md"), *ON),
    "row": ("ledger", "row", "promises", "--set", "阶段=运行", "--set", "起=2026-05-18", "--set", "止=2026-08-18", *ON),
    "absent": ("ledger", "absent", "rec-whistle", "--period", "2026-06", "--how", "开信箱", "--by", "周屿川", *ON),
    "certificate": ("ledger", "certificate", "--submitted", "2026-06-29", "--body", "某认证机构", *ON),
    "diagnose": ("diagnose", "answer", "DQ-16=2:抽合同5份", "--by", "周屿川", "--date", "2026-05-26", *ON),
    "profile": ("profile", "set", "industry=别的行业"),
}
# At how many points each is killed: every one of short commands, some of long ones; more than fifty in all.
POINTS = {"generate": 18, "issue": 12, "add": 4, "import": 12, "evidence": 8, "row": 4, "absent": 4}
POINTS |= {"certificate": 6, "diagnose": 5, "profile": 3}
# Verbs that make or remove a whole folder or a whole archive, what each is given, and at how many points it is killed.
NAME = "重庆岚湾流体控制设备有限公司"
WHOLE: dict[str, tuple[tuple[str, ...], int]] = {
    "init": (("init", "{at}/新", "--answers", str(EXAMPLES / "lanwan" / "client.yaml"), *ON), 6),
    "backup": (("backup", "{at}/新.zip", "-C", "{at}/客户"), 8),
    "restore": (("restore", "{backup}", "{at}/新"), 6),
    "pack": (("pack", "handover", "{at}/新.zip", "-C", "{at}/客户", *ON), 4),
    "forget": (("forget", "-C", "{at}/客户", "--by", "周经理", "--confirm", NAME, *ON), 8),
}
EVENTS = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "shutil.copyfile", "os.truncate"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT", "CREATE", "ALTER", "PRAGMA USER_VERSION =")


def run(folder: Path, words: tuple[str, ...]) -> Result:
    """A command in a client's folder, unless it says itself where it works."""
    where = () if words[0] in WHOLE else ("-C", str(folder))
    return CliRunner().invoke(app, [*words, *where])


def watched(step: Callable[[], None], job: Callable[[], object]) -> None:
    """Do a job, with a step before every write to a file and every statement that changes the ledger."""
    connect = sqlite3.connect

    def traced(*args: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **options)  # type: ignore[call-overload] # handed on as it came
        connection.set_trace_callback(lambda sql: step() if sql.lstrip().upper().startswith(CHANGES) else None)
        return connection

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event in EVENTS or (event == "open" and isinstance(args[2], int) and args[2] & WRITES):
            step()

    sys.addaudithook(hook)
    sqlite3.connect = traced  # type: ignore[assignment] # in this process alone, which is about to end
    job()


def child(job: Callable[[], object]) -> int:
    """Do a job in a copy of this process; how it ended."""
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            job()
            code = 0
        except BaseException:  # noqa: BLE001 - told here, for the parent only sees the code
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(pid, 0)[1]


def counted(folder: Path, words: tuple[str, ...]) -> int:
    """At how many points a command could be killed."""
    out, in_ = os.pipe()
    seen = 0

    def step() -> None:
        nonlocal seen
        seen += 1

    def job() -> None:
        result: list[Result] = []
        watched(step, lambda: result.append(run(folder, words)))
        assert result[0].exit_code == 0, (result[0].stdout, result[0].stderr, result[0].exception)
        os.write(in_, json.dumps(seen).encode())

    assert child(job) == 0
    os.close(in_)
    with os.fdopen(out) as pipe:
        return int(pipe.read())


def killed(folder: Path, words: tuple[str, ...], point: int) -> None:
    left = point

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    status = child(lambda: watched(step, lambda: run(folder, words)))
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def files(folder: Path) -> dict[str, str]:
    """Every file but the ledger, whose bytes differ with its page counters."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("ledger.db")
    }


def ledger(folder: Path) -> tuple[object, ...]:
    """What the ledger says, without the day on which it was said."""
    with sqlite3.connect(folder / "ledger.db") as opened:
        tables = ("entries", "documents")
        found = tuple(opened.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables)  # noqa: S608
    opened.close()
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client's folder with a few documents, a record and a ledger."""
    folder = tmp_path_factory.mktemp("made") / "客户"
    folder.mkdir()
    patch = pytest.MonkeyPatch()
    patch.setattr(options, "cache_folder", lambda: folder.parent / "cache")
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    assert run(folder, ("generate", "appt-mr", "rec-routine-check", *ON)).exit_code == 0
    assert run(folder, COMMANDS["add"]).exit_code == 0
    patch.undo()
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_killed_is_ended_by_the_next(
    name: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "cache_folder", lambda: made.parent / "cache")
    words = COMMANDS[name]
    before = ledger(made)
    whole = Path(shutil.copytree(made, tmp_path / "whole"))
    counted(Path(shutil.copytree(made, tmp_path / "warm")), words)  # what it keeps for later is there from now on
    points = counted(whole, words)
    done, wanted = ledger(whole), files(whole)
    most = POINTS[name]
    assert points >= most
    for number in range(most):
        folder = Path(shutil.copytree(made, tmp_path / f"{number}"))
        killed(folder, words, 1 + number * (points - 1) // (most - 1))
        # Looking first, as a person would: the old state or the new one, sound in either case.
        seen = run(folder, ("ledger", "verify"))
        assert ledger(folder) in (before, done), (number, seen.stdout)
        assert not (ledger(folder) == done and seen.exit_code), (number, seen.stdout)
        if ledger(folder) != done or name == "profile":  # whose answers are a file, not a line of the ledger
            result = run(folder, words)
            assert result.exit_code == 0, (number, result.stdout, result.stderr)
        elif name == "generate":
            run(folder, words)  # the ledger was written; only what lay beside is left
        assert ledger(folder) == done, number
        left = {path: mark for path, mark in files(folder).items() if not path.endswith(".part")}
        assert left == wanted, number
        assert run(folder, ("ledger", "verify")).exit_code == 0


def beside(at: Path) -> tuple[list[str], list[str]]:
    """The files of a folder and the folders in it; an empty scratch folder may stay, for it goes last."""
    empty = {each for each in at.glob(".gbtool-*") if not any(each.iterdir())}
    return sorted(files(at)), sorted(each.name for each in at.iterdir() if each not in empty)


@pytest.fixture(scope="module")
def backed_up(made: Path) -> Path:
    target = made.parent / "备份.zip"
    assert CliRunner().invoke(app, ["backup", str(target), "-C", str(made)]).exit_code == 0
    return target


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_folder_is_there_or_gone_and_nothing_beside_it(
    name: str, made: Path, backed_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "cache_folder", lambda: made.parent / "cache")
    words, most = WHOLE[name]

    def fresh(number: str) -> tuple[Path, tuple[str, ...]]:
        at = tmp_path / number
        shutil.copytree(made, at / "客户")
        return at, tuple(word.format(at=at, backup=backed_up) for word in words)

    counted(*fresh("warm"))  # what is kept for later is there from now on
    at, given = fresh("whole")
    points = counted(at, given)
    wanted = beside(at)
    for number in range(most):
        at, given = fresh(f"{number}")
        killed(at, given, 1 + number * (points - 1) // (most - 1))
        there = (at / "新").exists() or (at / "新.zip").exists() or not (at / "客户").exists()
        result = CliRunner().invoke(app, given)
        assert result.exit_code == 0 or there, (number, result.stdout, result.stderr)
        assert beside(at) == wanted, number


def _adding(folder: Path, number: int, codes: "multiprocessing.Queue[tuple[int, int]]") -> None:
    kept = 0
    for each in range(5):
        row = f"检查内容=第{number}人第{each}次;结果=符合;问题=无"
        words = ("ledger", "add", "rec-routine-check", "--date", "2026-07-01", "--row", row, *ON)
        while (code := run(folder, words).exit_code) == 3:  # another one is writing: said, and tried again
            pass
        kept += code == 0
    codes.put((number, kept))


def test_it_is_killed_at_fifty_points() -> None:
    assert sum(POINTS.values()) >= 50


def test_four_processes_that_write_at_once_lose_nothing(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "客户"))
    fork = multiprocessing.get_context("fork")
    codes = fork.Queue()
    processes = [fork.Process(target=_adding, args=(folder, number, codes)) for number in range(4)]
    for process in processes:
        process.start()
    kept = dict(codes.get(timeout=200) for _ in processes)
    for process in processes:
        process.join()
    assert kept == dict.fromkeys(range(4), 5)
    with sqlite3.connect(folder / "ledger.db") as opened:
        texts = [row[0] for row in opened.execute("SELECT data FROM entries WHERE form = 'rec-routine-check'")]
    opened.close()
    wanted = {f"第{number}人第{each}次" for number in range(4) for each in range(5)}
    assert all(sum(name in text for text in texts) == 1 for name in wanted)
    assert len(texts) == len(wanted) + 1
    assert run(folder, ("ledger", "verify")).exit_code == 0
