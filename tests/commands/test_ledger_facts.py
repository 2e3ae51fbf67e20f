"""What somebody found out for a rule, and money in the ledger: checked, kept with its ground, seen by the rules."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES
from gbtool.cli.app import app
from gbtool.commands.ledger import facts as facts_
from gbtool.commands.ledger.rows import write_row
from gbtool.commands.readiness import readiness
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import WrongValues
from gbtool.model.finding import Status

TODAY = date(2026, 11, 22)


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer's answers and an empty ledger."""
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, tmp_path)
    return workspace(tmp_path)


def test_a_fact_is_kept_by_name_or_title_and_seen_by_its_rule(work: Workspace) -> None:
    ground = ("11月22日查公示系统", "林疏桐")
    found = facts_.enter(
        work, {"信用状况": "正常", "APP-011": "是", "JS-2020/备案确认通知日": "2026-06-20"}, ground, TODAY
    )
    assert [each.name for each in found] == ["client.credit_status", "APP-011", "JS-2020/filing.confirmed"]
    again = facts_.enter(work, {"client.credit_status": "失信主体"}, ("再查", ""), TODAY)
    assert again[0].value == "失信主体"
    assert len(facts_.noted(work, TODAY)) == 3
    report = readiness(work, TODAY, "full")
    results = {result.rule: result for result in report.results}
    assert (results["APP-006"].status, results["APP-011"].status) == (Status.FAILED, Status.PASSED)
    assert results["APP-007"].findings[0].fix.endswith("contract.party_is_legal_person=… --basis 依据")


def test_a_fact_that_does_not_fit_is_refused_with_every_reason(work: Workspace) -> None:
    wrong = {
        "信用状态": "正常",
        "client.credit_status": "好",
        "client.entity_type": "企业",
        "system.effective": "2026-01-01",
        "certificate.start": "2026-01-01",
        "filing.confirmed": "六月",
    }
    with pytest.raises(WrongValues) as caught:
        facts_.enter(work, wrong, ("", ""), TODAY)
    said = "\n".join(map(str, caught.value.complaints))
    for words in (
        "--basis",
        "是不是想写",
        "应当写正常、责令停业整顿",
        "profile set",
        "由台账得出",
        "certificate",
        "日期",
    ):
        assert words in said, words


def test_money_is_entered_in_yuan_and_cents(work: Workspace) -> None:
    row = {"发票号": "0001", "日期": "2026-10-20", "金额": "28000.50", "用途": "初次认证", "收款方": "某认证"}
    assert write_row(work, "fees", row, TODAY, "").outcome == "new"
    grant = {"日期": "2026-11-01", "金额": "30000", "级别": "市", "状态": "已批准"}
    write_row(work, "grants", grant, TODAY, "")
    result = next(each for each in readiness(work, TODAY, "after").results if each.rule == "POL-002")
    assert result.findings[0].message.endswith("超过 1999.50 元")
    with pytest.raises(WrongValues, match=r"至多两位小数.*\n.*不认识“买茶”"):
        write_row(work, "fees", {**row, "金额": "1.005", "用途": "买茶"}, TODAY, "")


def test_the_verb_enters_and_lists(work: Workspace) -> None:
    run, where = CliRunner(), ("-C", str(work.folder), "--on", "2026-11-22")
    words = ("ledger", "fact", "APP-011=是", "--basis", "看内审员培训记录", "--by", "林疏桐", *where)
    assert run.invoke(app, words).stdout.startswith("已登记：内审组里有懂标准的人")
    assert "已查明 1 项" in run.invoke(app, ("ledger", "fact", *where)).stdout
    told = json.loads(run.invoke(app, ("ledger", "fact", "--json", *where)).stdout)
    assert told["facts"][0]["basis"] == "看内审员培训记录"
    assert run.invoke(app, ("ledger", "fact", "APP-011=也许", "--basis", "x", *where)).exit_code == 2
    assert run.invoke(app, ("readiness", "--gate", "full", *where)).exit_code == 1
