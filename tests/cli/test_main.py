"""The entrance: version, bugs, Ctrl-C, closed pipes, encodings."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gbtool import __main__, __version__
from gbtool.cli import app as app_module

ROOT = Path(__file__).parents[2]


def gbtool(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return subprocess.run(
        [sys.executable, "-m", "gbtool", *words],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
    )


def test_the_version_is_told_without_loading_anything(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['gbtool', '--version']\nfrom gbtool.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "assert not {'typer', 'yaml', 'rich'} & set(sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout == f"gbtool {__version__}\n"
    assert gbtool("-h", "--version", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_output_is_utf8_whatever_the_console_says(tmp_path: Path, encoding: str) -> None:
    run = gbtool("clauses", "5.2", "--json", cwd=tmp_path, PYTHONIOENCODING=encoding)
    assert json.loads(run.stdout.decode("utf-8"))["clauses"][0]["title"] == "知识产权方针"
    assert gbtool("nix", cwd=tmp_path, PYTHONIOENCODING=encoding).stderr.decode("utf-8").startswith("错误：没有命令")


def test_a_name_that_is_no_text_is_no_bug(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable.encode(), b"-m", b"gbtool", b"init", b"\xff\xfe"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert run.returncode == 2
    assert "里有不能用的字符" in run.stderr.decode("utf-8")


def broken(*_: object, **__: object) -> object:
    raise ZeroDivisionError


def test_a_bug_writes_a_report_and_exits_with_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(app_module, "load", broken)
    assert __main__.run(["clauses"]) == 4
    (report,) = tmp_path.iterdir()
    assert str(report) in capsys.readouterr().err
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


def test_a_bug_without_a_place_to_write_is_told_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(app_module, "load", broken)
    monkeypatch.setattr("pathlib.Path.write_text", refused)
    assert __main__.run(["clauses"]) == 4
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_ctrl_c_and_ctrl_d_end_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stop: type[BaseException]
) -> None:
    def stopped(*_: object) -> object:
        raise stop

    monkeypatch.setattr(app_module, "load", stopped)
    assert __main__.run(["clauses"]) == 130
    assert capsys.readouterr().err == "\n已停下。\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the shell pipe is that of POSIX")
def test_a_closed_pipe_is_no_bug(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m gbtool clauses --json; echo "code $?" >&2'
    run = subprocess.run(
        ["bash", "-c", f"({command}) | true"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "code 141" in run.stderr or "code 0" in run.stderr
    assert "Traceback" not in run.stderr
    assert "Exception" not in run.stderr


def test_the_exit_code_of_the_command_comes_through(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["gbtool", "clauses", "没有这个词"])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 1
    assert "条款 0 条" in capsys.readouterr().out
    assert __main__.run(["clauses", "5", "--json"]) == 0


def test_the_version_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.run(["--version"]) == 0
    assert capsys.readouterr().out == f"gbtool {__version__}\n"


def closed(*_: object) -> object:
    raise BrokenPipeError


def test_a_pipe_that_closes_while_a_command_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    silenced: list[bool] = []
    monkeypatch.setattr(app_module, "load", closed)
    monkeypatch.setattr("gbtool.cli.show.silence", lambda: silenced.append(True))
    assert __main__.run(["clauses"]) == 141
    assert silenced == [True]


class Stream(io.TextIOWrapper):
    """A console of another code page."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="gbk")


def test_every_stream_is_made_to_speak_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream()
    monkeypatch.setattr(sys, "stdout", stream)
    assert __main__.run(["--version"]) == 0
    assert stream.encoding == "utf-8"


def test_a_pipe_that_closes_at_the_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(stream, "flush", closed, raising=False)
        monkeypatch.setattr(sys, "stdout", stream)
        assert __main__.run(["--version"]) == 141
        monkeypatch.undo()
