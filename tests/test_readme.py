"""The README is true: its files, its commands and their exit codes."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gbtool.cli.app import VERBS, app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"<!-- (file|run)(?:: ([\w.]+))? -->\n```\w+\n(.*?)```", re.DOTALL)


def blocks(kind: str) -> list[tuple[str, str]]:
    """The marked blocks of a kind: what stands behind the colon, and the text."""
    return [(extra or "", text) for found, extra, text in _BLOCK.findall(README) if found == kind]


def test_every_command_of_the_walk_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in blocks("file"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for code, text in blocks("run"):
        for line in text.splitlines():
            program, *words = shlex.split(line, comments=True)
            assert program == "gbtool"
            result = CliRunner().invoke(app, words)
            assert result.exit_code == int(code or 0), (line, result.stdout, result.stderr, result.exception)
    assert list((tmp_path / "竹影灯具" / "文件").rglob("*.docx"))


def test_make_knows_the_two_first_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in ("demo", "test"))
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_no_verb_is_missing_from_the_readme() -> None:

    assert [verb for verb in VERBS if f"gbtool {verb}" not in README] == []
