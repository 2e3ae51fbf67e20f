"""ledger due, done and row as a script or a person calls them: words, JSON, exit codes."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES
from gbtool.cli.app import app

RUN = CliRunner()
ON = ("--on", "2026-11-22")
PATENT = ("--set", "专利号=ZL1", "--set", "名称=甲", "--set", "类型=发明", "--set", "申请日=2020-05-22")


def gbtool(*words: str) -> tuple[int, str, str]:
    result = RUN.invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def done(*words: str) -> str:
    code, out, err = gbtool(*words, *ON)
    assert (code, err) == (0, "")
    return out


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A firm with one client, from inside the client's folder."""
    client = tmp_path / "衡拓"
    client.mkdir()
    text = (EXAMPLES / "hengtuo" / "client.yaml").read_text(encoding="utf-8")
    (client / "client.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "gbtool.yaml").write_text("name: 机构\n", encoding="utf-8")
    monkeypatch.chdir(client)
    return tmp_path


def without_rights(folder: Path) -> None:
    path = folder / "衡拓" / "client.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("trade_secrets:")
    end = text.index("\n\n", start) if "\n\n" in text[start:] else len(text)
    path.write_text(text[:start] + "trade_secrets:\n" + text[end:], encoding="utf-8")


def test_without_rights_there_is_nothing_to_assess(firm: Path) -> None:
    without_rights(firm)
    code, out, _ = gbtool("ledger", "due", *ON)
    assert code == 1
    assert "没有可查的期限" in out
    assert "gbtool ledger import" in out
    code, out, _ = gbtool("ledger", "due", "--json", *ON)
    assert code == 1
    assert json.loads(out)["rights"] == 0


@pytest.mark.usefixtures("firm")
def test_a_right_is_entered_listed_and_done() -> None:
    assert done("ledger", "row", "patents", *PATENT, "--set", "上次缴费年度=6").strip() == "新登记：patent-ZL1"
    told = done("ledger", "due")
    assert "宽限0天" in told
    assert "补缴第7年度年费和滞纳金" in told
    assert "2500元" in told
    assert "细则第115条" in told
    assert "注意：ZL1：应缴日 2026-05-22 已过，今天滞纳金为全额年费2000元的25%" in told
    assert "1 项" in told
    paid = done("ledger", "done", "ZL1", "--date", "2026-11-20", "--amount", "2000", "--by", "梁若溪")
    assert "还差 500 元" in paid
    assert "补缴第7年度年费和滞纳金" in done("ledger", "due")
    value = json.loads(done("ledger", "done", "ZL1", "--date", "2026-11-22", "--amount", "500", "--json"))
    assert (value["kind"], value["remarks"]) == ("action", [])
    changed = json.loads(done("ledger", "row", "patents", "--set", "专利号=ZL1", "--set", "状态=有效", "--json"))
    assert changed["outcome"] == "changed"


@pytest.mark.usefixtures("firm")
def test_missing_facts_are_grouped_and_caveats_told() -> None:
    for number in ("1", "2", "3", "4"):
        done("ledger", "row", "patents", *PATENT[2:], "--set", f"专利号=ZL{number}")
    done("ledger", "row", "trademarks", "--set", "注册号=9", "--set", "商标=乙", "--set", "注册公告日=2026-11-01")
    done("ledger", "row", "other-ip", "--set", "名称=a.cn", "--set", "类型=域名", "--set", "到期=2027-02-01")
    told = done("ledger", "due")
    assert "待补（缺数据，不估算）" in told
    assert "ZL1、ZL2、ZL3等4项" in told
    assert "提示：自行改变注册商标" in told
    assert "低" in told
    value = json.loads(done("ledger", "due", "--json"))
    assert len(value["missing"]) == 4
    assert value["missing"][0]["missing"] == ["上次缴费年度"]
    assert value["items"][0]["days"] == 71


def test_all_clients_in_one_table_and_the_broken_one_named(firm: Path) -> None:
    done("ledger", "row", "other-ip", "--set", "名称=a.cn", "--set", "类型=域名", "--set", "到期=2026-11-01")
    shutil.copytree(firm / "衡拓", firm / "空")
    (firm / "空" / "ledger.db").unlink()
    told = done("ledger", "due", "--all-clients")
    assert "2 家客户" in told
    assert "逾期21天" in told
    without_rights(firm)
    done("ledger", "row", "patents", *PATENT)
    assert "待补：衡拓 1 项" in done("ledger", "due", "--all-clients")
    (firm / "空" / "client.yaml").write_text("company_name: [", encoding="utf-8")
    code, out, err = gbtool("ledger", "due", "--all-clients", "--json", *ON)
    assert code == 3
    assert "空/client.yaml" in err
    value = json.loads(out)
    assert [each["client"] for each in value["broken"]] == ["空"]
    assert len(value["clients"]) == 1
    code, _, err = gbtool("ledger", "due", "--all-clients", "--ics", "全部.ics", *ON)
    assert code == 3
    assert Path("全部.ics").is_file()


def test_a_firm_whose_client_has_no_rights_says_so(firm: Path) -> None:
    without_rights(firm)
    assert "没有登记权利：衡拓" in done("ledger", "due", "--all-clients")


@pytest.mark.usefixtures("firm")
def test_a_calendar_file_and_wrong_spans() -> None:
    done("ledger", "row", "trademarks", "--set", "注册号=9", "--set", "商标=乙", "--set", "专用期至=2027-09-01")
    assert done("ledger", "due", "--ics", "期限.ics").strip() == "已写 期限.ics：1 项。"
    assert "办理续展" in Path("期限.ics").read_text(encoding="utf-8")
    assert "2026-09-02 起可办" not in done("ledger", "due")
    code, _, err = gbtool("ledger", "due", "--within", "很久", *ON)
    assert code == 2
    assert "不是天数" in err


@pytest.mark.usefixtures("firm")
def test_a_window_that_opens_later_says_from_when() -> None:
    done("ledger", "row", "trademarks", "--set", "注册号=9", "--set", "商标=乙", "--set", "专用期至=2027-12-20")
    assert "办理续展 450元（2026-12-21 起可办）" in done("ledger", "due")
    assert "999" not in done("ledger", "due", "--within", "20d")


@pytest.mark.usefixtures("firm")
def test_people_are_told_with_what_they_may_sign() -> None:
    code, out, _ = gbtool("ledger", "people", *ON)
    assert (code, "0 人" in out) == (1, True)
    person = ("--set", "工号=1", "--set", "姓名=范听雨", "--set", "部门=知识产权办公室", "--set", "入职日=2020-01-01")
    done("ledger", "row", "roster", *person)
    done("ledger", "row", "renames", "--set", "原名=综合部", "--set", "新名=行政部", "--set", "起=2026-11-01")
    told = done("ledger", "people", "--signing")
    assert "范听雨" in told
    assert "知识产权部门" in told
    assert "综合部 从 2026-11-01 起叫 行政部。" in told
    done("ledger", "row", "renames", "--set", "原名=行政部", "--set", "新名=综合管理部", "--set", "起=2026-11-02")
    aide = ("--set", "工号=2", "--set", "姓名=白晚舟", "--set", "部门=综合部", "--set", "入职日=2020-01-01")
    done("ledger", "row", "roster", *aide)
    assert "白晚舟  2     综合管理部" in done("ledger", "people")  # the name of the day, after two changes
    value = json.loads(done("ledger", "people", "范听雨", "--json"))
    assert value["people"][0]["employed"] == [{"from": "2020-01-01", "to": ""}]
    assert "知识产权部门" in value["people"][0]["may_sign"]
