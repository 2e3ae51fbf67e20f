"""The wizard of the diagnosis: each answer is kept at once, stopping loses nothing."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES
from gbtool.cli import ask
from gbtool.cli.app import app
from gbtool.cli.diagnosis import wizard
from gbtool.commands.diagnosis.standing import Diagnosis, diagnosis_of
from gbtool.commands.workspace import workspace

DAY = date(2026, 4, 10)


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """The manufacturer before anybody asked anything."""
    folder = tmp_path / "客户"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    return folder


def now(folder: Path) -> Diagnosis:
    return diagnosis_of(workspace(folder), DAY)


def test_questions_are_asked_and_kept_one_by_one(client: Path, typed: list[Any], capsys: Any) -> None:  # noqa: ANN401 - pytest's
    typed += ["", "顾问甲", "3", "访谈周屿川", "以后再答", "2", "", "停下"]
    wizard.sit(now(client), "", ())
    found = now(client).survey
    assert [(a.probe.id, a.score, a.counted, a.by) for a in found.answers] == [
        ("DQ-01", 3, 3, "顾问甲"),
        ("DQ-03", 2, 1, "顾问甲"),
    ]
    assert "没有写证据，最高按 1 分计" in capsys.readouterr().out


def test_samples_are_counted_and_ctrl_c_keeps_what_was_said(client: Path, typed: list[Any]) -> None:
    typed += ["2", "抽问3人", "三", "3", "1", KeyboardInterrupt]
    department = ("公司领导",)
    first = now(client).asked(department)
    typed[:0] = ["以后再答"] * [probe.id for probe in first].index("DQ-06")
    wizard.sit(now(client), "顾问甲", department)
    (answer,) = now(client).survey.answers
    assert (answer.probe.id, answer.sampled, answer.failed) == ("DQ-06", 3, 1)


def test_figures_follow_the_questions(client: Path, typed: list[Any]) -> None:
    typed += ["以后再答"] * 57
    typed += ["", "2025-01-01", "2025-12-31", "有", "三", "3", "8", "申请清单", "有", "8", "受理通知书"]
    typed += ["取不到", "", "没有结案的", "以后再答", "停下"]
    wizard.sit(now(client), "杜星野", ())
    found = now(client).baseline
    assert {id_: f.shown(5) for id_, f in found.items()} == {
        "EI-01": "37.5%（3/8）",
        "EI-02": "8件",
        "EI-03": "没有数据",
    }
    assert found["EI-03"].note == "没有结案的"


def test_what_does_not_fit_is_told_and_the_next_is_asked(client: Path, typed: list[Any], capsys: Any) -> None:  # noqa: ANN401 - pytest's
    typed += ["以后再答"] * 57
    typed += ["2025-01-01", "2026-12-31", "有", "3", "8", "申请清单", "停下"]
    wizard.sit(now(client), "杜星野", ())
    assert now(client).baseline == {}
    assert "没有保存" in capsys.readouterr().out


def test_the_verb_asks_at_a_terminal(client: Path, typed: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "possible", lambda: True)
    typed += ["4", "访谈", "停下"]
    words = ["diagnose", "--by", "顾问甲", "-C", str(client), "--on", DAY.isoformat()]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, (result.stdout, result.exception)
    assert "还有 56 题没有打分" in result.stdout
