"""After the certificate: surveillance, the next cycle, a suspension, each as a deadline everywhere deadlines are."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES
from gbtool.cli.app import app
from gbtool.commands.ledger import calendar, certificate, due
from gbtool.commands.readiness import readiness
from gbtool.commands.status import status
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import WrongValues
from gbtool.model.finding import Status
from gbtool.rules.deadlines.items import State

BODY = """name: （示例）认证机构
surveillance: {months: 11, counted_from: 发证日, source: 合同第5条}
suspension_months: 6
recertify_months: 4
notify_days: 10
fees: {申请费: 1000, 审核费每人日: 4000}
"""
GIVEN = {
    "submitted": "2025-09-22",
    "stage1": "2025-10-20",
    "decision": "2025-12-01",
    "issued": "2025-12-04",
    "start": "2025-12-04",
    "number": "R-1",
    "body": "（示例）认证机构",
    "edition": "2023",
}
TODAY = date(2026, 9, 1)


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer's answers and an empty ledger."""
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, tmp_path)
    return workspace(tmp_path)


def items(work: Workspace, today: date, days: int = 1500) -> dict[str, tuple[date, State]]:
    """What is due for the certificate."""
    found = due.due(work.folder, today, days).listing.items
    return {item.what: (item.act_by, item.state(today)) for item in found if item.right == "R-1"}


def test_deadlines_follow_the_certificate(work: Workspace) -> None:
    certificate.enter(work, GIVEN, (), ("顾知夏", ""), TODAY)
    assert items(work, TODAY) == {
        "第一次监督审核": (date(2026, 12, 1), State.OPEN),  # from the decision, not from the issue
        "递交再认证申请": (date(2028, 9, 3), State.OPEN),
        "再认证现场审核做完": (date(2028, 12, 3), State.OPEN),
        "证书到期": (date(2028, 12, 3), State.OPEN),
    }
    shown = certificate.enter(work, {"end": "2028-12-03"}, ("2026-11-20",), ("", ""), date(2026, 11, 22))
    assert items(work, date(2026, 11, 22))["下一次监督审核"][0] == date(2027, 11, 20)
    assert dict(shown.lines)["监督审核"] == "2026-11-20"
    assert shown.status == "有效"
    later = certificate.enter(work, {}, ("2027-12-20",), ("", ""), date(2027, 12, 21))
    assert any("超过十二个月" in remark for remark in later.remarks)  # it was late, and is kept as it was
    assert "下一次监督审核" not in items(work, date(2027, 12, 21))  # the end of the certificate comes first


def test_the_bodys_own_count_is_kept_beside_the_law(work: Workspace) -> None:
    own = work.folder / "checklists" / "certification" / "bodies" / "示例.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(BODY, "utf-8")
    certificate.enter(work, GIVEN, (), ("", ""), TODAY)
    found = due.due(work.folder, TODAY, 1500).listing.items
    first = next(item for item in found if item.what == "第一次监督审核")
    assert first.act_by == date(2026, 11, 4)
    assert "从发证日起 11 个月" in first.notes[0]
    assert items(work, TODAY)["递交再认证申请"][0] == date(2028, 8, 3)
    said = dict(certificate.standing(work, TODAY).lines)
    assert (said["变更通报"], said["机构收费"]) == ("10 天内", "申请费 1000 元、审核费每人日 4000 元")
    certificate.enter(work, {"suspended": "2026-08-01"}, (), ("", ""), TODAY)
    assert items(work, TODAY)["恢复证书，否则撤销"][0] == date(2027, 2, 1)


def test_a_late_round_is_overdue_everywhere(work: Workspace, tmp_path: Path) -> None:
    certificate.enter(work, GIVEN, (), ("", ""), TODAY)
    late = date(2026, 12, 10)
    assert items(work, late)["第一次监督审核"][1] is State.OVERDUE
    assert any("第一次监督审核：R-1" in each.what for each in status(work, late).deadlines)
    made = calendar.write(work.folder, tmp_path / "x.ics", TODAY, 366, everyone=False)
    assert made.events
    assert "第一次监督审核" in (tmp_path / "x.ics").read_text("utf-8").replace("\r\n ", "")
    results = {each.rule: each.status for each in readiness(work, late, "after").results}
    assert results["CRT-002"] is Status.FAILED
    assert results["CRT-005"] is Status.PASSED


def test_suspension_and_an_old_edition(work: Workspace) -> None:
    given = {**GIVEN, "edition": "2013", "suspended": "2026-08-01"}
    assert certificate.enter(work, given, (), ("", ""), TODAY).status == "暂停"
    found = items(work, TODAY)
    assert found["恢复证书，否则撤销"] == (date(2026, 11, 1), State.OPEN)
    assert found["旧版证书换版"] == (date(2025, 12, 31), State.OVERDUE)
    assert certificate.enter(work, {"resumed": "2026-08-20"}, (), ("", ""), TODAY).status == "有效"
    assert "恢复证书，否则撤销" not in items(work, TODAY)
    assert certificate.enter(work, {"withdrawn": "2026-08-30"}, (), ("", ""), TODAY).status == "撤销"
    assert items(work, TODAY) == {}
    assert certificate.standing(work, date(2029, 1, 1)).status == "撤销"


def test_without_the_decision_the_earliest_day_counts(work: Workspace) -> None:
    certificate.enter(work, {"start": "2025-12-04", "number": "R-1"}, (), ("", ""), TODAY)
    found = due.due(work.folder, TODAY, 1500).listing.items
    first = next(item for item in found if item.what == "第一次监督审核")
    assert (first.act_by, first.notes) == (date(2026, 12, 4), ("没有登记认证决定日，按手上最早的日期算",))
    assert certificate.standing(work, date(2029, 1, 1)).status == "有效"  # the end is not entered: nothing is made up


def test_days_that_cannot_be_are_refused(work: Workspace) -> None:
    with pytest.raises(WrongValues) as caught:
        certificate.enter(work, {"decision": "2026-12-01", "end": "2028-02-30"}, ("2026-13-01",), ("", ""), TODAY)
    said = "\n".join(map(str, caught.value.complaints))
    for words in ("--decision", "--end", "--surveillance"):
        assert words in said


def test_the_verb_enters_and_shows(work: Workspace) -> None:
    run, at = CliRunner(), ("-C", str(work.folder), "--on", "2026-09-01")
    assert run.invoke(app, ("ledger", "certificate", *at)).exit_code == 1
    words = ("--decision", "2025-12-01", "--start", "2025-12-04", "--number", "R-1", "--surveillance", "2026-08-20")
    told = run.invoke(app, ("ledger", "certificate", *words, *at)).stdout
    assert "下一次监督审核" in told
    assert "获证以后" in run.invoke(app, ("status", *at)).stdout
    whole = json.loads(run.invoke(app, ("ledger", "certificate", "--json", *at)).stdout)
    assert (whole["status"], whole["lines"]["监督审核"]) == ("有效", "2026-08-20")
