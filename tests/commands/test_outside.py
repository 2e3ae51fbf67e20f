"""Findings of a certification body by commands: kept, answered, handed in, sent back, accepted; extensions inside."""

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from typer.testing import CliRunner, Result

from engagement import EXAMPLES
from gbtool.cli.app import app

RUN = CliRunner()
ADD = ("audit", "outside", "add", "抽2份采购合同没有权属条款", "--stage", "二阶段", "--issued", "2026-10-20")
WHO = ("--department", "采购部", "--body", "示例认证", "--number", "BF-01")
PROFILE = """\
name: 示例认证
limits:
  - {stage: 二阶段, days: 30, counted_from: 末次会议日期, source: 合同附件二}
"""


def run(folder: Path, *words: str, code: int = 0, on: str = "2026-11-05") -> Result:
    result = RUN.invoke(app, [*words, "-C", str(folder), "--on", on])
    assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
    return result


def one(folder: Path) -> Any:  # noqa: ANN401 - JSON is anything
    return json.loads(run(folder, "audit", "outside", "list", "--json").stdout)["findings"][0]


def nc(folder: Path, step: str, *words: str, code: int = 0, on: str = "2026-11-05") -> Result:
    return run(folder, "audit", "nc", step, "BF-01", *words, code=code, on=on)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manufacturer without a ledger."""
    folder = tmp_path_factory.mktemp("outside") / "客户"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    return folder


@pytest.fixture
def client(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "客户"))


def verified(folder: Path) -> None:
    """A finding that was answered and verified inside."""
    nc(folder, "cause", "采购合同模板没有权属条款", "--date", "2026-10-22")
    nc(folder, "correct", "补签权属确认书2份")
    nc(folder, "act", "改采购合同模板", "--owner", "任乐舟", "--due", "2026-11-01")
    nc(folder, "done", "--date", "2026-10-30")
    nc(folder, "verify", "--by", "柳映秋", "--date", "2026-11-02", "--evidence", "另抽4份采购合同都有")


def test_from_the_bodys_report_to_its_acceptance(client: Path) -> None:
    limit = ("--days", "30", "--source", "不符合报告第1页")
    run(client, *ADD, *WHO, "--clause", "operation.business.purchase", *limit)
    found = one(client)
    assert (found["due"], found["source"], found["state"]) == ("2026-11-19", "不符合报告第1页", "待分析原因")
    assert found["clause"].endswith("（operation.business.purchase）")
    assert "还没有原因分析" in run(client, "audit", "outside", "submit", "BF-01", "--date", "2026-11-03", code=2).stderr
    verified(client)
    assert "由机构验收" in nc(client, "close", "--date", "2026-11-03", code=1).stderr
    assert "还没有提交日期" in run(client, "audit", "outside", "accept", "BF-01", "--date", "2026-11-03", code=2).stderr
    assert "待机构验收" in run(client, "audit", "outside", "submit", "BF-01", "--date", "2026-11-03").stdout
    (printed,) = (client / "文件" / "外审").glob("*BF-01.docx")
    cells = [cell.text for table in docx.Document(str(printed)).tables for cell in table._cells]
    assert "补签权属确认书2份" in cells
    assert not any("operation.business" in text for text in cells)
    assert (
        "已于 2026-11-03 提交"
        in run(client, "audit", "outside", "submit", "BF-01", "--date", "2026-11-04", code=1).stderr
    )
    back = ("audit", "outside", "return", "BF-01", "--date", "2026-11-04", "--reason")
    assert "不能空着" in run(client, *back, " ", code=2).stderr
    assert "整改中" in run(client, *back, "补库存合同的排查").stdout
    assert (one(client)["returned"], one(client)["submitted"]) == (1, "")
    nc(client, "done", "--date", "2026-11-05")
    nc(client, "verify", "--by", "柳映秋", "--date", "2026-11-05", "--evidence", "库存合同12份排查表")
    run(client, "audit", "outside", "submit", "BF-01", "--date", "2026-11-05")
    done = ("audit", "outside", "accept", "BF-01", "--date", "2026-11-05", "--result", "接受")
    assert "已关闭" in run(client, *done).stdout
    assert one(client)["open"] is False
    assert "已于 2026-11-05 验收" in run(client, *done, code=1).stderr
    assert "已经验收" in run(client, *back, "再补", code=1).stderr
    assert "已于 2026-11-05 关闭" in nc(client, "correct", "再改", code=1).stderr


def test_an_unknown_limit_is_asked_and_a_profile_answers(client: Path) -> None:
    assert "gbtool 不猜" in run(client, *ADD, *WHO).stdout
    listed = run(client, "audit", "outside", "list").stdout
    assert "不知道" in listed
    assert "缺认证机构的整改期限" in listed
    assert "认证机构的整改期限" in run(client, "ledger", "due").stdout
    own = client / "checklists" / "certification" / "bodies"
    own.mkdir(parents=True)
    (own / "shili.yaml").write_text(PROFILE, "utf-8")
    assert one(client)["lacking"] == "末次会议日期"
    run(client, "audit", "outside", "limit", "BF-01", "--closing", "2026-10-21")
    assert (one(client)["due"], one(client)["lacking"]) == ("2026-11-20", "")
    run(client, "audit", "outside", "limit", "BF-01", "--due", "2026-11-04", "--source", "来函")
    assert (one(client)["due"], one(client)["late"]) == ("2026-11-04", 1)
    assert "逾期1天" in run(client, "audit", "outside", "list").stdout
    assert "逾期1天" in run(client, "ledger", "due").stdout
    assert "BF-01" in run(client, "status").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--stage", "三阶段"), "“三阶段”不认识"),
        (("--grade", "轻微"), "“轻微”不认识"),
        (("--department", "不存在的部门"), "不存在的部门"),
        (("--body", " "), "--body：不能空着"),
        (("--issued", "2026-12-01"), "还没有发生"),
        (("--days", "30"), "没有写出处"),
        (("--days", "30", "--due", "2026-11-19", "--source", "来函"), "写一个"),
        (("--due", "2026-10-01", "--source", "来函"), "早于开出日期"),
        (("--closing", "2026-12-01"), "还没有发生"),
        (("--clause", "77.7"), "没有条款“77.7”"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_kept(words: tuple[str, ...], said: str, client: Path) -> None:
    assert said in run(client, *ADD, *WHO, *words, code=2).stderr
    assert not (client / "ledger.db").exists()


def test_what_is_not_there_or_not_the_bodys_is_said(client: Path) -> None:
    run(client, *ADD, *WHO)
    assert "已有编号 BF-01" in run(client, *ADD, *WHO, code=1).stderr
    assert "没有写期限" in run(client, "audit", "outside", "limit", "BF-01", code=2).stderr
    assert "没有写出处" in run(client, "audit", "outside", "limit", "BF-01", "--days", "9", code=2).stderr
    strange = run(client, "audit", "outside", "submit", "BF-02", "--date", "2026-11-01", code=2).stderr
    assert "没有不符合“BF-02”" in strange
    inside = (
        "ledger",
        "add",
        "rec-corrective",
        "--date",
        "2026-10-01",
        "--set",
        "来源=日常检查",
        "--row",
        "问题描述=没有锁柜",
    )
    assert RUN.invoke(app, [*inside, "-C", str(client), "--on", "2026-10-01"]).exit_code == 0
    number = json.loads(run(client, "audit", "nc", "list", "--json").stdout)["nonconformities"][1]["number"]
    assert (
        "不是认证机构开的" in run(client, "audit", "outside", "submit", number, "--date", "2026-11-01", code=2).stderr
    )


def test_a_day_moves_only_with_leave_of_another(client: Path) -> None:
    run(client, *ADD, *WHO)
    extend = ("--to", "2026-11-20", "--by", "沈知远", "--date", "2026-11-03", "--reason", "供方还没有盖章")
    assert "还没有定期限" in nc(client, "extend", *extend, code=1).stderr
    nc(client, "cause", "采购合同模板没有权属条款", "--date", "2026-10-22")
    nc(client, "correct", "补签")
    act = ("改采购合同模板", "--owner", "任乐舟", "--due")
    assert "早于发现日期" in nc(client, "act", *act, "2026-10-01", code=2).stderr
    nc(client, "act", *act, "2026-11-01")
    assert "延期要有人批准" in nc(client, "act", *act, "2026-11-20", code=1).stderr
    assert "不能自己批准" in nc(client, "extend", *extend, "--by", "任乐舟", code=1).stderr
    wrong = nc(client, "extend", "--to", "2026-11-01", "--by", "查无此人", *extend[4:6], "--reason", " ", code=2).stderr
    for words in ("不比现在的期限", "没有这个人", "不能空着"):
        assert words in wrong
    assert "已过原期限 2026-11-01" in nc(client, "extend", *extend).stdout
    listed = run(client, "audit", "nc", "list").stdout
    assert "2026-11-20（延）" in listed
    nc(client, "done", "--date", "2026-11-05")
    assert "已经做完" in nc(client, "extend", *extend, code=1).stderr
    assert (
        "没有写出凭据"
        in nc(client, "verify", "--by", "柳映秋", "--date", "2026-11-05", "--evidence", "都改好了", code=2).stderr
    )


def test_what_is_found_again_is_shown_and_its_cause_asked(client: Path) -> None:
    clause = ("--clause", "operation.business.purchase")
    run(client, *ADD, *WHO, *clause)
    later = ("--stage", "监督审核", "--issued", "2026-11-04", "--number", "BF-02")
    added = run(client, *ADD, *WHO, *clause, *later).stdout
    assert "BF-02 再次发生：上一次是 BF-01" in added
    listed = run(client, "audit", "nc", "list", "--all").stdout
    assert "再次发生 BF-02：上一次是 BF-01（外审 示例认证 二阶段 2026-10-20，同一部门、同一条款）" in listed
    assert "来源：外审 示例认证 二阶段 2026-10-20 1 项；外审 示例认证 监督审核 2026-11-04 1 项" in listed
    said = json.loads(run(client, "audit", "nc", "list", "--json").stdout)["nonconformities"]
    assert [bool(each["again"]) for each in said] == [False, True]


def test_what_was_extended_and_sent_back_can_be_read_in_again(client: Path, tmp_path: Path) -> None:
    run(client, *ADD, *WHO)
    verified(client)
    run(client, "audit", "outside", "submit", "BF-01", "--date", "2026-11-03")
    run(client, "audit", "outside", "return", "BF-01", "--date", "2026-11-04", "--reason", "补库存合同的排查")
    nc(client, "extend", "--to", "2026-11-20", "--by", "沈知远", "--date", "2026-11-04", "--reason", "供方还没有盖章")
    shown = RUN.invoke(app, ["ledger", "show", one(client)["record"], "--json", "-C", str(client)])
    (kept,) = json.loads(shown.stdout)
    source = tmp_path / "资料" / "records"
    source.mkdir(parents=True)
    parts = {
        name: kept["data"][name] for name in ("head", "rows", "foot", "sign", "extended", "extensions", "returned")
    }
    record = {"id": kept["id"], "date": kept["date"], **parts}
    text = json.dumps({"form": "rec-corrective", "records": [record]}, ensure_ascii=False)
    (source / "rec-corrective.yaml").write_text(text, "utf-8")
    other = Path(shutil.copytree(client, tmp_path / "另一家", ignore=shutil.ignore_patterns("ledger.db*")))
    run(other, "ledger", "import", str(source.parent))
    assert (one(other)["returned"], one(other)["state"]) == (1, "整改中")
