"""Money: what certification cost, what was received, what a programme may still give; the worked examples."""

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES
from gbtool.cli.app import app
from gbtool.commands.ledger import certificate, facts
from gbtool.commands.ledger.rows import write_row
from gbtool.commands.programmes.subsidy import Reckoned, reckon
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import UsageError
from gbtool.rules.gates.subsidies import Award, State

SEEN = ("（示例）", "")


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer's answers and an empty ledger."""
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, tmp_path)
    return workspace(tmp_path)


def paid(work: Workspace, on: date, **amounts: str) -> None:
    """Invoices by purpose."""
    for number, (purpose, amount) in enumerate(amounts.items(), 1):
        row = {"发票号": f"F{number}", "日期": str(on), "金额": amount, "用途": purpose}
        write_row(work, "fees", row, on, "")


def got(work: Workspace, on: date, amount: str, level: str = "市", state: str = "已到账") -> None:
    """A grant."""
    write_row(work, "grants", {"日期": str(on), "金额": amount, "级别": level, "状态": state}, on, "")


def award(found: Reckoned, id_: str) -> Award:
    """A subsidy of the programme."""
    return next(each for each in found.awards if each.subsidy.id == id_)


def certified(work: Workspace, start: str, on: date) -> None:
    """A certificate that holds and complies."""
    certificate.enter(work, {"decision": start, "start": start}, (), ("", ""), on)
    facts.enter(work, {"certificate.compliant": "是"}, SEEN, on)


def test_jiangsu_leaves_what_was_paid_less_what_was_received(work: Workspace) -> None:
    on = date(2020, 5, 1)
    paid(work, on, 初次认证="20000", 监督审核="8000", 咨询辅导="30000")
    got(work, on, "25000")
    certificate.enter(work, {"decision": "2019-05-01", "start": "2019-05-01"}, (), ("", ""), on)
    known = {
        "JS-2020/filing.done": "是",
        "JS-2020/completed.on": "2019-05-01",
        "certificate.transitional": "否",
        "certificate.compliant": "是",
    }
    facts.enter(work, known, SEEN, on)
    found = reckon(work, "JS-2020", on, "认证")
    one = award(found, "S1")
    assert (one.room, found.certification) == (Decimal(3000), Decimal(28000))
    assert one.lines[-1] == "上限取最低的 28000 元，减去各级已得 25000 元，还可得 3000 元"
    assert (one.state, one.payable) == (State.NO, Decimal(0))  # it was rewarded before: E1
    assert one.unmet == ("JS-2020/E1：得过贯标经费奖励：是",)


def test_shaanxi_late_certificate_gets_nothing(work: Workspace) -> None:
    on = date(2022, 11, 20)
    paid(work, on, 初次认证="60000")
    certified(work, "2022-11-02", on)
    facts.enter(work, {"SN-2022/programme.in_plan": "是"}, SEEN, on)
    found = reckon(work, "SN-2022", on, "第三方认证")
    assert award(found, "S1").state is State.NO
    assert award(found, "S3").state is State.NO_MONEY
    assert found.total == 0


def test_shaanxi_gives_one_of_two(work: Workspace) -> None:
    on = date(2022, 10, 30)
    paid(work, on, 初次认证="60000")
    certified(work, "2022-10-20", on)
    own = {"programme.in_plan": "是", "acceptance.certificate": "2022-10-25", "acceptance.passed": "是"}
    facts.enter(work, {f"SN-2022/{name}": value for name, value in own.items()}, SEEN, on)
    both = reckon(work, "SN-2022", on)
    assert [(each.subsidy.id, each.payable) for each in both.choose] == [("S1", Decimal(50000)), ("S2", Decimal(30000))]
    assert both.total is None
    assert reckon(work, "SN-2022", on, take="S1").total == Decimal(50000)
    assert reckon(work, "SN-2022", on, take="S2").total == Decimal(30000)
    with pytest.raises(UsageError, match="没有补助“S9”"):
        reckon(work, "SN-2022", on, take="S9")


def test_a_fixed_sum_above_the_cost_shows_both_rules(work: Workspace) -> None:
    on = date(2022, 10, 30)
    paid(work, on, 初次认证="38000.40")
    certified(work, "2022-10-20", on)
    facts.enter(work, {"SN-2022/programme.in_plan": "是"}, SEEN, on)
    found = reckon(work, "SN-2022", on, "第三方认证")
    one = award(found, "S1")
    assert (one.nominal, one.payable, one.above) == (Decimal(50000), Decimal("38000.40"), True)
    told = CliRunner().invoke(app, ("programme", "subsidy", "SN-2022", "-C", str(work.folder), "--on", str(on)))
    assert "S3 申报国家和省知识产权项目时优先支持：不是钱" in told.stdout
    assert "通知所写 50000 元 ↔ 不超额只剩 38000.40 元" in told.stdout


@pytest.mark.parametrize(("level", "total"), [("没有", Decimal(0)), ("市级", Decimal(30000))])
def test_chongqing_wants_an_advantage_beside_the_certificate(work: Workspace, level: str, total: Decimal) -> None:
    on = date(2022, 5, 1)
    paid(work, on, 初次认证="32000")
    certified(work, "2021-06-01", on)
    facts.enter(work, {"client.advantage_level": level}, SEEN, on)
    found = reckon(work, "CQ-2019", on)
    assert award(found, "S1").payable == total
    assert award(found, "S2").room == Decimal(32000) - total  # what the first leaves


def test_hohhot_pays_back_the_first_cycle(work: Workspace) -> None:
    on = date(2026, 5, 1)
    certified(work, "2025-06-01", on)
    assert award(reckon(work, "NM-HOHHOT", on), "S1").unknown[-1].endswith("首个认证周期的实际费用")
    paid(work, on, 初次认证="20000", 监督审核="8000", 再认证="15000")
    found = reckon(work, "NM-HOHHOT", on)
    assert (found.total, found.certification) == (Decimal(28000), Decimal(43000))


def test_nothing_is_summed_while_something_is_not_known(work: Workspace) -> None:
    on = date(2026, 5, 1)
    found = reckon(work, "GD-SZ-CITY", on)
    assert (award(found, "S1").state, found.total) == (State.NO, Decimal(0))  # no valid certificate
    certified(work, "2025-06-01", on)
    assert reckon(work, "GD-SZ-CITY", on).total is None
    run, at = CliRunner(), ("-C", str(work.folder), "--on", "2026-05-01")
    shown = run.invoke(app, ("programme", "subsidy", "GD-SZ-CITY", *at))
    assert (shown.exit_code, "没有登记" in shown.stdout, "不合计" in shown.stdout) == (1, True, True)
    paid(work, on, 初次认证="100.10", 咨询辅导="5")
    got(work, on, "60", "国家", "已批准")
    got(work, on, "9", "省", "已申报")
    told = run.invoke(app, ("programme", "subsidy", *at))
    assert "最多还可得 40.10 元" in told.stdout
    assert "不算认证费用" in told.stdout
    whole = json.loads(run.invoke(app, ("programme", "subsidy", "SN-2022", "--json", *at)).stdout)
    assert (whole["received"], whole["standing"], whole["awards"][0]["state"]) == ("60", "已过期", "不能得")
    named = run.invoke(app, ("programme", "subsidy", "SN-2022", *at)).stdout
    assert "不满足　SN-2022/D1" in named


def test_a_choice_is_told(work: Workspace) -> None:
    on = date(2022, 10, 30)
    paid(work, on, 初次认证="60000")
    certified(work, "2022-10-20", on)
    own = {"programme.in_plan": "是", "acceptance.certificate": "2022-10-25", "acceptance.passed": "是"}
    facts.enter(work, {f"SN-2022/{name}": value for name, value in own.items()}, SEEN, on)
    run, at = CliRunner(), ("-C", str(work.folder), "--on", str(on))
    assert "只能得一份：S1 认证补助 50000 元 或 S2" in run.invoke(app, ("programme", "subsidy", "陕西", *at)).stdout
    assert "合计可得 30000 元" in run.invoke(app, ("programme", "subsidy", "陕西", "--take", "S2", *at)).stdout
