"""gbtool waive: a row with a name, a reason and an end; what it lets pass is shown all the same."""

import json
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engagement import EXAMPLES
from gbtool.cli.app import app
from gbtool.commands.checks.stops import stops
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.model.finding import Finding, Result as Ruled, Severity, Status
from gbtool.model.waiver import Waiver, waived
from office import docx, p, put

RUN = CliRunner()
ON, LATER = ("--on", "2026-09-22"), ("--on", "2026-12-01")
GIVEN = {
    "--in": "文件/外来.docx",
    "--reason": "对方书面同意引用",
    "--by": "沈知远",
    "--until": "2026-10-31",
}


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """The manufacturer with a file that has an error and one that has a hint."""
    folder = Path(shutil.copytree(EXAMPLES / "lanwan", tmp_path / "岚湾流控"))
    put(folder, "文件/外来.docx", docx(p("由XX公司负责")))
    put(folder, "文件/提示.docx", docx(p("知识财产权")))
    return folder


def run(*words: str) -> Result:
    """A command, whatever becomes of it."""
    return RUN.invoke(app, list(words))


def waive(client: Path, rule: str = "CN-02", on: Iterable[str] = ON, **changed: str | None) -> Result:
    """`gbtool waive add` with these options."""
    given = GIVEN | {f"--{name.strip('_')}": value for name, value in changed.items()}
    words = [word for name, value in given.items() if value is not None for word in (name, value)]
    return run("waive", "add", rule, *words, "-C", str(client), *on)


def test_what_is_let_pass_stops_nothing_and_is_shown(client: Path) -> None:
    assert run("check", "-C", str(client), *ON).exit_code == 1
    result = waive(client)
    assert (result.exit_code, "waiver-1：豁免 CN-02 的 1 条发现" in result.stdout) == (0, True), result.stderr
    checked = run("check", "-C", str(client), *ON)
    assert checked.exit_code == 0
    assert "错误 0 条，提示 1 条，豁免 1 条" in checked.stdout
    assert "豁免：沈知远 2026-09-22：对方书面同意引用（至 2026-10-31，waiver-1）" in checked.stdout
    found = json.loads(run("check", str(client / "文件" / "外来.docx"), "-C", str(client), "--json", *ON).stdout)
    assert found["verdict"] == "clean"
    assert found["findings"][0]["severity"] == "error"
    assert "waiver-1" in found["findings"][0]["waived"]
    work = workspace(client)
    assert stops(work, gather(work, date(2026, 9, 22)), (client / "文件" / "外来.docx",)) == ()


def test_it_ends_by_itself_and_by_hand(client: Path) -> None:
    assert run("waive", "list", "-C", str(client), *ON).stdout == "没有登记。\n"
    assert waive(client, about="占位").exit_code == 0
    assert run("check", "-C", str(client), *LATER).exit_code == 1
    listed = run("waive", "list", "-C", str(client), *LATER)
    assert "到期" in listed.stdout
    assert "终止" in run("waive", "end", "waiver-1", "--by", "沈知远", "-C", str(client), *ON).stdout
    assert run("check", "-C", str(client), *ON).exit_code == 1
    again = run("waive", "end", "waiver-1", "--by", "沈知远", "-C", str(client), *LATER)
    assert (again.exit_code, "已经到期" in again.stderr) == (1, True)
    assert waive(client).exit_code == 0
    rows = json.loads(run("waive", "list", "--json", "-C", str(client), *ON).stdout)["waivers"]
    assert [(row["id"], row["holds"]) for row in rows] == [("waiver-1", False), ("waiver-2", True)]
    assert json.loads(run("waive", "end", "waiver-2", "--by", "沈知远", "--json", "-C", str(client), *ON).stdout)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rule": "CN-99"}, "没有规则“CN-99”"),
        ({"in_": None}, "一条规则不能整个豁免"),
        ({"by": "查无此人"}, "名册和顾问里没有“查无此人”"),
        ({"by": " "}, "不能空着"),
        ({"reason": "可"}, "写清为什么"),
        ({"until": "2026-09-01"}, "今天到一年之内"),
        ({"until": "2031-09-01"}, "今天到一年之内"),
    ],
)
def test_a_waiver_without_name_reason_or_end_is_refused(
    changed: dict[str, str | None], words: str, client: Path
) -> None:
    result = waive(client, **changed)  # type: ignore[arg-type] # the rule is one of the words
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr
    assert run("check", "-C", str(client), *ON).exit_code == 1


def test_nothing_is_let_pass_in_advance_or_twice(client: Path) -> None:
    assert "没有什么可豁免的" in waive(client, about="没有这几个字").stderr
    assert waive(client).exit_code == 0
    assert "没有什么可豁免的" in waive(client).stderr
    unknown = run("waive", "end", "waiver-9", "--by", "沈知远", "-C", str(client), *ON)
    assert (unknown.exit_code, "没有豁免“waiver-9”" in unknown.stderr) == (2, True)
    stranger = run("waive", "end", "waiver-1", "--by", "甲", "-C", str(client), *ON)
    assert stranger.exit_code == 2


def test_a_rule_fails_by_what_is_left() -> None:
    one = Finding("CN-01", Severity.ERROR, "甲", ("a",), "", "a")
    other = Finding("CN-01", Severity.ERROR, "乙", ("b",), "", "b")
    waiver = Waiver("waiver-1", "CN-01", "a", "", "人", "理由写明", "2026-01-01", "2026-02-01")
    (both,) = waived((Ruled("CN-01", "", Status.FAILED, 2, findings=(one, other)),), (waiver,), "2026-01-15")
    assert (both.status, [each.counts for each in both.findings]) == (Status.FAILED, [False, True])
    (alone,) = waived((Ruled("CN-01", "", Status.FAILED, 1, findings=(one,)),), (waiver,), "2026-01-15")
    assert alone.status is Status.PASSED
    (late,) = waived((Ruled("CN-01", "", Status.FAILED, 1, findings=(one,)),), (waiver,), "2026-03-01")
    assert late.status is Status.FAILED
    (none,) = waived((Ruled("CN-01", "", Status.FAILED, 1, findings=(other,)),), (waiver,), "2026-01-15")
    assert none.status is Status.FAILED
