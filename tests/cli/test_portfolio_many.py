"""gbtool portfolio impact, generate, check and readiness as they are typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engagement import Demo
from firm import BEGUN, RUNNING, SPOILED, small_firm
from gbtool.cli.app import app
from gbtool.cli.portfolio import impact, many

ON = ("--on", "2026-11-22")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "cache_folder", lambda: tmp_path / "cache")


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["portfolio", *words, *ON])
    assert result.exit_code == code, (result.stdout, result.stderr)
    return result


def test_impact_says_what_json_says(demonstrated: Demo) -> None:
    words = ("impact", "--change", "商标法", "-C", str(demonstrated.folder))
    text, found = run(*words).stdout, json.loads(run(*words, "--json").stdout)
    assert found["change"]["day"] == "2027-01-01"
    assert "法律：商标法2026修订，2027-01-01 起" in text
    touched = [client for client in found["clients"] if client["touched"]]
    assert f"3 家客户，影响到 {len(touched)} 家" in text
    for client in touched:
        assert all(each["title"] in text and each["reason"] in text for each in client["touched"])


def test_many_clients_are_shown_in_a_table_until_details_are_wanted(
    demonstrated: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(impact, "_FEW", 1)
    words = ("impact", "--change", "商标法", "-C", str(demonstrated.folder))
    assert "TZ-01" not in run(*words).stdout
    assert "--detail" in run(*words).stdout
    policy = ("impact", "--change", "GB/T 29490-2023:5.2", "-C", str(demonstrated.folder))
    assert '--change "GB/T 29490-2023:5.2" --detail' in run(*policy).stdout
    assert "ZD-02" in run(*words, "--detail").stdout
    assert "影响到 0 家" in run("impact", "--change", "2013:management.planning", "-C", str(demonstrated.folder)).stdout


def test_what_is_about_to_change_is_offered(demonstrated: Demo) -> None:
    words = ("impact", "-C", str(demonstrated.folder))
    assert "gbtool portfolio impact --change 商标法2026修订" in run(*words).stdout
    assert [each["day"] for each in json.loads(run(*words, "--json").stdout)] == ["2027-01-01"]


def test_all_clients_are_generated_and_the_broken_one_named(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构")
    words = ("generate", "rec-communication", "-C", str(firm))
    result = run(*words, "--json", code=3)
    found = json.loads(result.stdout)
    assert [(each["path"], each["counts"]) for each in found["clients"]] == [(BEGUN, {"new": 1}), (RUNNING, {"new": 1})]
    assert [each["path"] for each in found["broken"]] == [SPOILED]
    assert f"{SPOILED}/client.yaml:2" in result.stderr
    shown = run(*words, code=3).stdout
    assert "没有变化 1" in shown
    assert "做完 2 家，其中 2 家没有要处理的；没有做成 1 家" in shown


def test_only_those_that_a_change_touches(demonstrated: Demo) -> None:
    words = ("-C", str(demonstrated.folder), "--touched-by", "商标法")
    found = json.loads(run("readiness", *words, "--json", code=1).stdout)
    assert [each["path"] for each in found["clients"]] == ["岚湾流控", "青屿软件"]
    shown = run("readiness", *words, code=1).stdout
    assert "未就绪" in shown or "未评估" in shown
    assert "衡拓科贸" not in shown


def test_check_says_who_has_errors(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", BEGUN)
    result = CliRunner().invoke(app, ["portfolio", "check", "-C", str(firm), *ON])
    alone = CliRunner().invoke(app, ["check", "-C", str(firm / BEGUN), *ON])
    assert result.exit_code == alone.exit_code
    assert "有错误" in result.stdout or "没有矛盾" in result.stdout


def test_two_ways_of_sharing_out_exclude_each_other(tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", BEGUN)
    result = run("check", "-C", str(firm), "--workers", "2", "--scheduler", "tcp://x:1", code=2)
    assert "只用一个" in result.stderr
