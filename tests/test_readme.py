"""The README is true: its files, its commands and their exit codes, what it says that they say."""

import datetime as dt
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import Demo
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


@pytest.mark.no_cover  # each command is measured where it is tested
@pytest.mark.parametrize("day", ["2031-08-09"])
def test_every_command_of_the_walk_does_what_it_says(
    day: str, demonstrated: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
            if words == ["demo"]:  # it was run for this fixture
                shutil.copytree(demonstrated.folder, "demo")
                continue
            result = CliRunner().invoke(app, words)
            assert result.exit_code == int(extra or 0), (line, result.stdout, result.stderr, result.exception)
    made = {path.name for path in (tmp_path / "竹影灯具" / "文件").rglob("*.docx")}
    assert "ZY-IPM-LC-01 技术研究与开发活动知识产权管理流程.docx" in made


@pytest.mark.no_cover
def test_an_example_is_made_by_hand_as_its_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    lines = next(text for language, text in _ANY_BLOCK.findall(text) if language == "sh").splitlines()
    for line in lines:
        result = CliRunner().invoke(app, line.split()[1:])
        assert result.exit_code == 0, (line, result.stdout, result.stderr, result.exception)


def test_what_the_readme_quotes_is_said(demonstrated: Demo) -> None:
    quotes = blocks("said")
    assert {command for _, command, _ in quotes} == {"demo"}
    said = [" ".join(line.split()) for line in demonstrated.told.splitlines()]
    for _, _, text in quotes:
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


def named(shape: str) -> list[tuple[str, set[str]]]:
    """The lists in a shape such as `a, b[{c, d[{e}]}]`, each with the keys of its items; the whole has no name."""
    found: list[tuple[str, set[str]]] = [("", set())]
    open_ = [0]
    for word, end in re.findall(r"(\w+)(\[\{)?|\}\]", shape):
        if not word:
            open_.pop()
            continue
        found[open_[-1]][1].add(word)
        if end:
            found.append((word, set()))
            open_.append(len(found) - 1)
    return found


def items(value: object, name: str) -> list[dict[str, object]]:
    """All mappings that stand in a list by this name, anywhere in a JSON value."""
    if isinstance(value, list):
        return [each for one in value for each in items(one, name)]
    if not isinstance(value, dict):
        return []
    own = [each for each in value.get(name, []) if isinstance(each, dict)]
    return own + [each for inner in value.values() for each in items(inner, name)]


def test_json_has_the_shape_that_the_readme_gives(demonstrated: Demo) -> None:
    folder = str(demonstrated.folder / "青屿软件")
    shapes = re.findall(r"^\| `(\w+) --json` \| `(.*)` \|$", README, re.MULTILINE)
    assert [verb for verb, _ in shapes] == ["generate", "clauses", "readiness", "check", "portfolio"]
    for verb, shape in shapes:
        day = () if verb == "clauses" else ("--on", "2026-11-22")
        result = CliRunner().invoke(app, [verb, "--json", "-C", folder, *day])
        value = json.loads(result.stdout)
        for name, keys in named(shape):
            there = items(value, name) if name else [value]
            assert there, (verb, name)
            assert all(keys <= set(each) for each in there), (verb, name)


def test_no_verb_is_missing_from_the_readme() -> None:
    assert [verb for verb in VERBS if f"gbtool {verb}" not in README] == []
