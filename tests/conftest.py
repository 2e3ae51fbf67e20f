"""Facts that many tests look at, read once."""

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from engagement import EXAMPLES, LATER, READY_DAY, Demo, facts_of
from gbtool.cli import ask
from gbtool.cli.app import app
from gbtool.model.facts import Facts

# Enough to find what is wrong in minutes; a machine that is busy with something else does not make a test fail.
settings.register_profile("quick", max_examples=40, deadline=None)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Demo:
    """The demo, run once; nobody changes what it made. Who comes later copies it from the worker that was first."""
    own = tmp_path_factory.mktemp("demo") / "机构"
    if worker_id == "master":
        return Demo(own, _demo(own))
    shared = tmp_path_factory.getbasetemp().parent / "demo"  # one folder above those of the workers
    told = shared / "told.txt"
    try:
        shared.mkdir()
    except FileExistsError:
        if _there(told):
            return Demo(Path(shutil.copytree(shared / "机构", own)), told.read_text("utf-8"))
        return Demo(own, _demo(own))
    text = _demo(shared / "机构")
    (shared / "telling").write_text(text, "utf-8")
    (shared / "telling").rename(told)
    return Demo(shared / "机构", text)


def _demo(folder: Path) -> str:
    result = CliRunner().invoke(app, ["demo", str(folder)])
    assert result.exit_code == 0, (result.stdout, result.stderr, result.exception)
    return str(result.stdout)


def _there(file: Path, patience: int = 200) -> bool:
    """Whether a file appears in so many seconds; whoever makes it may have failed."""
    until = time.monotonic() + patience
    while not file.is_file() and time.monotonic() < until:
        time.sleep(0.1)
    return file.is_file()


@pytest.fixture
def thin_firm(demonstrated: Demo, tmp_path: Path) -> Path:
    """A copy of the demo that keeps only the systems of each client's Word files; reading whole sets takes seconds."""

    def others(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if Path(folder).name == "文件" and name != "制度"}

    return Path(shutil.copytree(demonstrated.folder, tmp_path / "机构", ignore=others))


@pytest.fixture(scope="session")
def lanwan() -> Facts:
    """The manufacturer two months after its application."""
    return facts_of(EXAMPLES / "lanwan", LATER)


@pytest.fixture(scope="session")
def lanwan_ready() -> Facts:
    """The manufacturer on the day of its application."""
    return facts_of(EXAMPLES / "lanwan", READY_DAY)


@pytest.fixture(scope="session")
def qingyu() -> Facts:
    """The software company in its second month."""
    return facts_of(EXAMPLES / "qingyu", LATER)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What somebody chooses and types, in order; None stands for Ctrl-C."""
    given: list[Any] = []

    def next_() -> Any:  # noqa: ANN401 - a choice or a line
        answer = given.pop(0)
        if answer is KeyboardInterrupt:
            raise KeyboardInterrupt
        return answer

    def one(_question: str, choices: Sequence[tuple[str, Any]]) -> Any:  # noqa: ANN401 - a choice
        wanted = next_()
        return next(value for words, value in choices if words.startswith(wanted))

    def line(_question: str, check: ask.Check | None = None, _words: Sequence[str] = ()) -> str:
        for text in iter(next_, object()):
            if not text or check is None or check(text) is None:
                return str(text)
        raise AssertionError

    monkeypatch.setattr(ask, "one", one)
    monkeypatch.setattr(ask, "line", line)
    return given
