"""The app: its table of commands and its boundary."""

import importlib
import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from gbtool.cli import app as app_module
from gbtool.cli.app import VERBS, app, load
from gbtool.cli.options import where
from gbtool.cli.words import width

RUN = CliRunner()


def run(*words: str) -> tuple[int, str, str]:
    result = RUN.invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_the_help_names_every_command_within_80_columns() -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert all(f"\n  {name} " in out for name in VERBS)
    assert "用法：" in out
    assert not any(word in out for word in ("Usage", "Options", "Commands", "Show this"))
    assert max(width(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("name", VERBS)
def test_every_command_loads_and_explains_itself_in_chinese(name: str) -> None:
    assert importlib.import_module(VERBS[name].module).__doc__
    code, out, _ = run(name, "--help")
    assert code == 0
    assert not any(word in out for word in ("Usage", "Options", "Commands", "Arguments", "Show this", "[default"))
    assert max(width(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("name", VERBS)
def test_every_command_takes_the_client_s_folder(name: str) -> None:
    command = load(name)
    options = {option for parameter in command.params for option in parameter.opts}
    assert name in ("init", "demo", "restore", "unpack") or "-C" in options or hasattr(command, "commands")


def test_the_version_is_shown() -> None:
    assert run("-h", "--version")[0] == 0
    assert run("--version")[1].startswith("gbtool ")


def test_without_words_the_help_is_shown() -> None:
    code, out, _ = run()
    assert code == 2
    assert "命令：" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("clause",), "没有命令“clause”，是不是想用 clauses？"),
        (("没有的",), "没有命令“没有的”\n"),
        (("--nix",), "没有选项“--nix”"),
        (("clauses", "--nix"), "没有选项“--nix”"),
        (("clauses", "5", "6"), "多了参数：6"),
        (("clauses", "--edition"), "选项 --edition 后面要有值"),
        (("readiness", "--standard"), "写 --standard 列出，看有哪些标准"),
        (("clauses", "--map=1"), "选项 --map 后面不带值"),
        (("init",), "缺少参数 文件夹"),
        (("profile", "nix"), "没有命令“nix”"),
        (("status", "--on", "明天"), "--on 的值不对：“明天”应当写成日期"),
        (("status", "--on", "2026-02-30"), "--on 的值不对：2026-02-30 这一天不存在"),
    ],
)
def test_wrong_usage_is_said_in_chinese_and_ends_with_2(words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("words", [("period",), ("audit", "plan"), ("clauses",)])
def test_the_standards_are_listed_wherever_one_is_named(words: tuple[str, ...], tmp_path: Path) -> None:
    code, out, _ = run(*words, "--standard", "列出", "-C", str(tmp_path))
    assert (code, "33250-2016" in out) == (0, True)
    _, out, _ = run(*words, "--json", "--standard", "list", "-C", str(tmp_path))
    assert "2023" in [each["key"] for each in json.loads(out)["standards"]]


def test_every_option_that_names_a_standard_lists_them() -> None:
    verbs = {name: load(name) for name in VERBS if name != "init"}  # init shows them itself
    inner = {
        f"{name} {sub}": each for name, verb in verbs.items() for sub, each in getattr(verb, "commands", {}).items()
    }
    options = {
        name: option for name, verb in (verbs | inner).items() for option in verb.params if "--standard" in option.opts
    }
    assert len(options) > 8
    assert [name for name, option in options.items() if option.callback is None] == []


def test_an_error_of_ours_is_a_sentence_and_its_exit_code(tmp_path: Path) -> None:
    code, out, err = run("status", "-C", str(tmp_path))
    assert (code, out) == (3, "")
    assert err.startswith(f"错误：{tmp_path} 不是客户文件夹：没有 client.yaml\n      进入客户文件夹再试")


def test_all_complaints_of_a_file_are_shown(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("compny_name: 岚湾\nhas_rd: 也许\n", encoding="utf-8")
    code, _, err = run("status", "-C", str(tmp_path))
    assert code == 3
    assert err.count("错误：") == 2
    assert "client.yaml:2：has_rd" in err


def test_a_stopped_question_stops_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: str) -> object:
        raise typer.Abort

    monkeypatch.setattr(app_module, "load", stopped)
    assert run("clauses")[0] == 130


def test_the_folder_may_stand_before_or_after_the_sub_command(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 岚湾\n", encoding="utf-8")
    before = run("profile", "-C", str(tmp_path), "show", "company_name", "--json")
    after = run("profile", "show", "-C", str(tmp_path), "company_name", "--json")
    assert before == after
    assert before[0] == 0


def test_a_folder_of_its_own_comes_first(tmp_path: Path) -> None:
    context = typer.Context(load("clauses"))
    assert where(context, tmp_path) == tmp_path


GROUPS = ("ledger", "profile", "audit", "review")


@pytest.mark.parametrize("name", GROUPS)
def test_every_command_of_a_group_explains_itself_in_chinese(name: str) -> None:
    _, out, _ = run(name, "--help")
    for verb in re.findall(r"^  ([a-z]+) ", out.split("命令：")[1], re.MULTILINE):
        code, told, _ = run(name, verb, "--help")
        assert code == 0
        assert not re.search(r"Usage|Options|Commands|Arguments|Show this|\[default|<\w|\[\[|list\[", told), told
        assert max(width(line) for line in told.splitlines()) <= 80, told
