"""The README is true: its files, its commands and their exit codes, what it says that they say."""

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gbtool.cli import options
from gbtool.cli.app import VERBS, app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"<!-- (file|run|said)(?:: ([\w./]+))? -->\n```\w+\n(.*?)```", re.DOTALL)
_ANY_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(*kinds: str) -> list[tuple[str, str, str]]:
    """The marked blocks of these kinds in order: the kind, what stands behind the colon, and the text."""
    return [(kind, extra or "", text) for kind, extra, text in _BLOCK.findall(README) if kind in kinds]


def at(day: str) -> object:
    """A clock that stands still."""
    moment = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    return lambda: moment


@pytest.mark.parametrize("day", ["2026-02-01", "2031-08-09"])
def test_every_command_of_the_walk_does_what_it_says(day: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(options, "now", at(day))
    for kind, extra, text in blocks("file", "run"):
        if kind == "file":
            (tmp_path / extra).write_text(text, encoding="utf-8")
        for line in text.splitlines() if kind == "run" else ():
            program, *words = shlex.split(line, comments=True)
            if program == "cd":
                monkeypatch.chdir(words[0])
                continue
            assert program == "gbtool"
            result = CliRunner().invoke(app, words)
            assert result.exit_code == int(extra or 0), (line, result.stdout, result.stderr, result.exception)
    made = {path.name for path in (tmp_path / "竹影灯具" / "文件").rglob("*.docx")}
    assert "ZY-IPM-LC-01 技术研究与开发活动知识产权管理流程.docx" in made


def test_what_the_readme_quotes_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _, command, text in blocks("said"):
        said = [" ".join(line.split()) for line in CliRunner().invoke(app, command.split()).stdout.splitlines()]
        places = [said.index(" ".join(line.split())) for line in text.splitlines()]
        assert places == sorted(places)


def test_no_command_stands_in_a_block_that_no_test_runs() -> None:
    run = {text for _, _, text in blocks("run")}
    for language, text in _ANY_BLOCK.findall(README):
        if language == "sh" and text not in run:
            assert {line.split()[0] for line in text.splitlines()} <= {"make", "pip", "pipx", "uv"}, text


def test_make_knows_every_target_that_is_named() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = {"demo", "test", *re.findall(r"\bmake (\w+)", README)}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in wanted)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_windows_gets_the_same_by_plain_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    windows = next(text for language, text in _ANY_BLOCK.findall(README) if language == "bat")
    for words in ("--group dev", "gbtool demo", "-m pytest -n auto"):
        assert words in windows
        assert words in makefile


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_no_verb_is_missing_from_the_readme() -> None:
    assert [verb for verb in VERBS if f"gbtool {verb}" not in README] == []
