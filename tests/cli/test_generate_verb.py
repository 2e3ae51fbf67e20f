"""gbtool generate as the user sees it."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES, catalogued
from gbtool.cli.app import app
from gbtool.commands import generate as generating

RUN = CliRunner()
ON = ["--on", "2026-05-15"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The manufacturer, without any document yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    target = tmp_path / "岚湾"
    target.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, target)
    return target


def test_the_json_is_one_value_with_a_row_for_each_document(folder: Path) -> None:
    result = RUN.invoke(app, ["generate", "sys-reward", "--json", "-C", str(folder), *ON])
    assert result.exit_code == 0
    (row,) = json.loads(result.stdout)["documents"]
    assert {"id", "number", "title", "path", "outcome", "shelf"} <= set(row)
    assert (row["outcome"], row["shelf"], row["number"]) == ("new", "自带", "LW-IPM-ZD-04")
    assert (folder / row["path"]).is_file()


def test_the_table_is_grouped_by_kind_and_counts(folder: Path) -> None:
    result = RUN.invoke(app, ["generate", "--kind", "system", "--kind", "register", "-C", str(folder), *ON])
    assert result.exit_code == 0
    assert "制度 8 份" in result.stdout
    assert "台账与清单 16 份" in result.stdout
    assert "共 24 份：新建 24。" in result.stdout


def test_a_dry_run_says_what_would_be(folder: Path) -> None:
    result = RUN.invoke(app, ["generate", "sys-reward", "--dry-run", "-C", str(folder), *ON])
    assert "将新建" in result.stdout
    assert not (folder / "文件").exists()


def test_an_open_answer_is_shown_with_document_place_question_and_command(folder: Path) -> None:
    path = folder / "client.yaml"
    path.write_text(path.read_text("utf-8").replace("manual_issue_date: '2026-05-15'", "manual_issue_date:"), "utf-8")
    result = RUN.invoke(app, ["generate", "-C", str(folder), *ON])
    assert result.exit_code == 0
    assert "gbtool profile set manual_issue_date=" in result.stdout
    assert "templates/manual/" in result.stdout
    assert "……共" in result.stdout
    assert RUN.invoke(app, ["generate", "sys-reward", "-C", str(folder), *ON]).exit_code == 1


def test_a_firms_template_shows_its_shelf_and_what_nobody_wrote_is_said(folder: Path) -> None:
    own = folder / "templates" / "systems" / "sys-reward.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("---\nnumbering: articles\n---\n## 甲\n", "utf-8")
    catalogued(folder)
    result = RUN.invoke(app, ["generate", "--kind", "system", "--kind", "report", "-C", str(folder), *ON])
    assert "客户" in result.stdout
    assert "还没有模板" in result.stdout


def test_nothing_to_make_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gbtool.cli.documents.generate.generate", lambda *_: generating.Generation(()))
    assert "没有文件要生成" in RUN.invoke(app, ["generate", "--kind", "report", "-C", str(folder), *ON]).stdout


def test_a_report_waits_for_what_it_reports_on(folder: Path) -> None:
    result = RUN.invoke(app, ["generate", "report-effectiveness", "-C", str(folder), *ON])
    assert result.exit_code == 1
    assert "等资料：有效性检验的基准期、对比期和结论" in result.stdout


def test_an_unknown_id_is_wrong_usage(folder: Path) -> None:
    result = RUN.invoke(app, ["generate", "sys-rewrd", "-C", str(folder), *ON])
    assert result.exit_code == 2
    assert "sys-reward" in result.stderr


def test_what_other_commands_make_is_named_and_refused(folder: Path) -> None:
    result = RUN.invoke(app, ["generate", "--kind", "plan", "-C", str(folder), *ON])
    assert "计划 7 份" in result.stdout
    assert "只出一份：内部审核实施计划（gbtool audit plan）、管理评审计划（gbtool review plan）。" in result.stdout
    refused = RUN.invoke(app, ["generate", "report-audit", "-C", str(folder), *ON])
    assert refused.exit_code == 2
    assert "report-audit 由 gbtool audit report 生成" in refused.stderr
    assert "检查表逐行判完" in refused.stderr
