"""readiness and check on the terminal and as JSON, with exit codes that scripts can trust."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES, LATER, broken_copy
from gbtool.cli.app import app
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.workspace import workspace

RUN = CliRunner()


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """The manufacturer with a fault in its dates, records in the ledger."""
    folder = broken_copy("05-search-after-approval", tmp_path)
    import_folder(workspace(folder), folder, LATER)
    return folder


def test_check_names_both_places_and_exits_1(planted: Path) -> None:
    result = RUN.invoke(app, ["check", "-C", str(planted), "--on", "2026-11-22"])
    assert result.exit_code == 1
    assert "错误 1 条" in result.stdout
    assert "DT-31 研发链" in result.stdout
    assert "records/rec-search-report.yaml" in result.stdout
    assert "records/rec-project-review.yaml" in result.stdout


def test_check_as_json_is_one_value(planted: Path) -> None:
    result = RUN.invoke(app, ["check", "-C", str(planted), "--on", "2026-11-22", "--json"])
    found = json.loads(result.stdout)
    assert found["verdict"] == "contradictory"
    assert set(found["findings"][0]) == {"rule", "severity", "document", "path", "place", "message", "fix", "waived"}
    assert "rec-search-report" in found["findings"][0]["place"]
    assert "rec-project-review" in found["findings"][0]["place"]


def test_check_of_what_holds_nothing_is_no_pass(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲公司\n", encoding="utf-8")
    result = RUN.invoke(app, ["check", "-C", str(tmp_path)])
    assert result.exit_code in (0, 1)
    assert "没有发现矛盾" not in result.stdout


def test_a_clean_check_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    shutil.copytree(EXAMPLES / "lanwan", folder)
    import_folder(workspace(folder), folder, LATER)
    result = RUN.invoke(app, ["check", "-C", str(folder), "--on", "2026-11-22"])
    assert (result.exit_code, "没有发现矛盾。" in result.stdout) == (0, True)


def test_readiness_gives_reasons_and_the_earliest_day(tmp_path: Path) -> None:
    folder = tmp_path / "q"
    shutil.copytree(EXAMPLES / "qingyu", folder)
    import_folder(workspace(folder), folder, LATER)
    result = RUN.invoke(app, ["readiness", "-C", str(folder), "--on", "2026-11-22"])
    assert result.exit_code == 1
    for words in ("未就绪", "2026-12-24", "还差 32 天", "gbtool generate ip-manual", "没有可查的内容，不算通过"):
        assert words in result.stdout
    raw = RUN.invoke(app, ["readiness", "-C", str(folder), "--on", "2026-11-22", "--json"])
    found = json.loads(raw.stdout)
    assert (found["verdict"], found["earliest"], found["on"], found["gate"]) == (
        "not_ready",
        "2026-12-24",
        "2026-11-22",
        "certification",
    )
    first = found["results"][0]
    assert {"rule", "title", "status", "subjects", "source", "confidence", "findings"} <= set(first)
    messages = [finding for each in found["results"] for finding in each["findings"]]
    assert set(messages[0]) == {"message", "place", "clause", "fix"}


def test_an_unknown_gate_is_the_users_mistake() -> None:
    result = RUN.invoke(app, ["readiness", "-C", str(EXAMPLES / "hengtuo"), "--gate", "nope"])
    assert (result.exit_code, "没有名为“nope”的门槛" in result.stderr) == (3, True)
