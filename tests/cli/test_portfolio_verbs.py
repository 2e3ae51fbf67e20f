"""gbtool portfolio as it is typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engagement import Demo
from firm import BEGUN, RUNNING, SPOILED, small_firm
from gbtool.cli.app import app
from gbtool.cli.portfolio import verbs

ON = ("--on", "2026-11-22")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "cache_folder", lambda: tmp_path / "cache")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["portfolio", *words])


def test_a_table_a_list_and_json_say_the_same(demonstrated: Demo) -> None:
    firm = ("-C", str(demonstrated.folder), *ON)
    table = run(*firm)
    assert table.exit_code == 0
    assert run("status", *firm).stdout == table.stdout
    found = json.loads(run("--json", *firm).stdout)
    for client in found["clients"]:
        line = next(line for line in table.stdout.splitlines() if line.startswith(client["short"]))
        assert client["stage"] in line
        assert client["verdict"] != "not_ready" or "未就绪" in line
        assert client["days"] is None or client["days"] <= 0 or f"{client['days']}天" in line
    due = run("due", *firm)
    rows = json.loads(run("due", "--json", *firm).stdout)["due"]
    assert f"到期 {len(rows)} 项" in due.stdout
    assert len(rows) == sum(len(client["due"]) for client in found["clients"])
    assert [row["days"] for row in rows] == sorted(row["days"] for row in rows)
    assert "（高）" in due.stdout
    assert run("due", "--consultant", "没有这个人", *firm).stdout.count("\n") == 1


def test_broken_clients_are_named_and_the_rest_is_shown(tmp_path: Path) -> None:
    firm = ("-C", str(small_firm(tmp_path / "机构")), *ON)
    for words in ((), ("due",), ("calendar", str(tmp_path / "x.ics"))):
        result = run(*words, *firm)
        assert result.exit_code == 3
        assert f"{SPOILED}/client.yaml:2" in result.stderr
    found = run("--json", *firm)
    assert found.exit_code == 3
    value = json.loads(found.stdout)
    assert [each["path"] for each in value["clients"]] == [RUNNING, BEGUN]
    assert [each["path"] for each in value["broken"]] == [SPOILED]
    assert json.loads(run("calendar", str(tmp_path / "x.ics"), "--json", *firm).stdout)["broken"] == [SPOILED]


def test_what_cannot_be_asked_is_said(demonstrated: Demo) -> None:
    firm = ("-C", str(demonstrated.folder), *ON)
    for words in (("--stage", "跑"), ("--verdict", "好"), ("--sort", "x"), ("--within", "很久")):
        result = run(*words, *firm)
        assert result.exit_code == 2
        assert result.stderr.startswith("错误：")
    assert "0 家客户" in run("--verdict", "ready", *firm).stdout


def test_days_are_said_in_words() -> None:
    said = [verbs.days_left(*each) for each in ((-3, "逾期"), (5, "宽限期"), (7, "未到期"))]
    assert said == ["逾期3天", "宽限5天", "7天"]
