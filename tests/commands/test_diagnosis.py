"""The diagnosis by commands: scored by options, YAML and workbook, reported as Word; nothing invented."""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from engagement import EXAMPLES
from gbtool.cli import ask
from gbtool.cli.app import app
from gbtool.commands.diagnosis import workbook
from gbtool.exchange.writing import Cell, Page, book
from gbtool.model.document import DocumentKind
from gbtool.word.lint.rules import flaws

RUN = CliRunner()
DAY = "2026-04-10"
SIGNED = ("--compiled-by", "（示例）顾问甲", "--approved-by", "周屿川", "--date", DAY)
REPORT = "LW-IPM-BG-01 知识产权管理诊断报告.docx"
PERIOD = ("--period", "2025-01-01至2025-12-31")


def run(folder: Path, *words: str, code: int = 0, on: str = DAY) -> Result:
    """A command in the client's folder on a day."""
    result = RUN.invoke(app, ["diagnose", *words, "-C", str(folder), "--on", on])
    assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
    return result


def told(folder: Path, *words: str) -> Any:  # noqa: ANN401 - JSON is anything
    """The JSON of a command."""
    return json.loads(run(folder, *words, "--json").stdout)


def standing(folder: Path) -> Any:  # noqa: ANN401 - JSON is anything
    """The diagnosis as it stands; its options stand before the sub-command."""
    result = RUN.invoke(app, ["diagnose", "-C", str(folder), "--on", DAY, "--json"])
    assert result.exit_code == 0, (result.stdout, result.stderr)
    return json.loads(result.stdout)


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """The manufacturer before anybody asked anything."""
    folder = tmp_path / "客户"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    return folder


@pytest.fixture
def diagnosed(client: Path) -> Path:
    """The manufacturer with its diagnosis from the example."""
    run(client, "import", str(EXAMPLES / "lanwan" / "diagnosis.yaml"))
    return client


def text_of(path: Path) -> str:
    """All text of a Word file."""
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for cell in table._cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


# By options


def test_an_answer_is_kept_scored_and_replaced(client: Path) -> None:
    shown = run(client, "answer", "DQ-16=3:抽5份，都有条款", "dq-15＝2".replace("＝", "="), "--by", "顾问甲").stdout
    assert "已登记打分 2 题" in shown
    assert "DQ-15 没有写证据，最高按 1 分计" in shown
    assert "DQ-16 是抽样的题，没有写抽了几份" in shown
    found = standing(client)
    assert (found["answered"], found["asked"], found["level"]) == (2, 57, None)
    people = next(share for share in found["dimensions"] if share["name"] == "人员")
    assert people["percent"] == 50.0
    run(client, "answer", "DQ-16=2：抽5份，3份有条款", "--by", "顾问甲", "--sampled", "5", "--failed", "2")
    assert [(a["id"], a["counted"]) for a in standing(client)["answers"]] == [("DQ-15", 1), ("DQ-16", 2)]
    assert told(client, "answer", "DQ-15=2", "--by", "顾问甲")["same"] == 1


def test_wrong_options_are_told_all_at_once_and_nothing_is_kept(client: Path) -> None:
    told_ = run(client, "answer", "DQ-99=2", "DQ-16=7", "DQ-48=1:有", code=2).stderr
    for said in ("没有题“DQ-99”", "DQ-16：得分“7”应当是", "没有写谁打的分", "没有这项业务（is_software）"):
        assert said in told_
    assert standing(client)["answered"] == 0
    assert "写了两次" in run(client, "answer", "DQ-16=1:a", "DQ-16=2:b", "--by", "甲", code=2).stderr
    assert "应当写成 编号=得分:证据" in run(client, "answer", "DQ-16", "--by", "甲", code=2).stderr
    assert "--from 文件" in run(client, "answer", code=2).stderr


def test_figures_are_taken_with_their_source_or_their_reason(client: Path) -> None:
    by = ("--by", "林疏桐", "--date", "2026-04-08")
    numbers = ("--numerator", "8", "--denominator", "19", "--source", "合同台账")
    run(client, "figure", "EI-16", *PERIOD, *numbers, *by)
    run(client, "figure", "ei-25", *PERIOD, "--note", "没有考核", *by)
    found = standing(client)
    assert found["figures"][0] == {"id": "EI-16", "period": PERIOD[1], "shown": "42.1%（8/19）"}
    assert "EI-16" not in found["missing"]
    assert "EI-25" in found["missing"]
    assert "没有指标“EI-99”" in run(client, "figure", "EI-99", *PERIOD, *by, code=2).stderr
    assert "没有数" in run(client, "figure", "EI-02", *PERIOD, *by, code=2).stderr


# By YAML


def test_the_example_is_taken_in_whole(diagnosed: Path) -> None:
    found = standing(diagnosed)
    assert (found["total"], found["level"], found["answered"], found["open"]) == (44.8, "基础", 57, [])
    assert found["red_flags"] == []
    assert found["documents"][0]["urgency"] == 1
    assert len(found["missing"]) == 12
    shown = RUN.invoke(app, ["diagnose", "-C", str(diagnosed), "--on", DAY]).stdout
    for said in ("等级：基础", "基准数据还差 12 项", "gbtool diagnose report"):
        assert said in shown


def test_the_ledger_takes_it_too_and_refuses_what_no_question_stands_behind(client: Path, tmp_path: Path) -> None:
    ledger = ("ledger", "import")
    source = EXAMPLES / "lanwan" / "diagnosis.yaml"
    words = [*ledger, str(source), "-C", str(client), "--on", DAY]
    assert "诊断打分" in RUN.invoke(app, words).stdout
    assert standing(client)["answered"] == 57
    strange = tmp_path / "diagnosis.yaml"
    strange.write_text("answers:\n  - {id: DQ-88, score: 1, by: 甲, date: '2026-04-01'}\n", encoding="utf-8")
    refused = RUN.invoke(app, [*ledger, str(strange), "-C", str(client), "--on", DAY])
    assert refused.exit_code == 3
    assert "diagnosis.yaml:2 DQ-88：没有题“DQ-88”" in refused.stderr


def test_a_yaml_file_of_something_else_is_refused(client: Path, tmp_path: Path) -> None:
    other = tmp_path / "x.yaml"
    other.write_text("answers:\n  - {id: DQ-01, score: 1, wrong: 2, date: ''}\n", encoding="utf-8")
    refused = run(client, "import", str(other), code=3).stderr
    assert "不认识“wrong”" in refused
    assert "缺“date”" in refused
    other.write_text("standard_edition: '2023'\nbefore_system: []\npolicy: 甲\n", encoding="utf-8")
    assert "不是诊断的打分" in run(client, "import", str(other), code=3).stderr
    assert run(client, "answer", "--from", str(EXAMPLES / "lanwan" / "diagnosis.yaml")).exit_code == 0


# By workbook


def sheets(path: Path) -> Mapping[str, list[list[Any]]]:
    """The cells of each sheet that is shown."""
    with CalamineWorkbook.from_path(path) as opened:
        return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def filled(path: Path, change: Callable[[Mapping[str, list[list[Any]]]], object]) -> Path:
    """The workbook written again with some cells changed."""
    found = sheets(path)
    change(found)
    path.write_bytes(book([Page(name, rows) for name, rows in found.items()], date(2026, 4, 10)))
    return path


def day(year: int, month: int, number: int) -> Cell:
    """A day as a spreadsheet keeps it."""
    return Cell(date(year, month, number), "input-date")


def put(rows: list[list[Any]], id_: str, **cells: object) -> None:
    """Fill cells of the row of this number by their heads."""
    row = next(row for row in rows if row[0] == id_)
    for head, value in cells.items():
        row[rows[0].index(head)] = value


def test_the_workbook_goes_out_and_comes_back(client: Path, tmp_path: Path) -> None:
    target = tmp_path / "诊断.xlsx"
    assert "57 题，指标 34 项" in run(client, "export", str(target)).stdout
    assert list(sheets(target)) == ["说明", "打分", "基准数据", "选项"]

    def change(found: Mapping[str, list[list[Any]]]) -> None:
        put(found["打分"], "DQ-16", 得分=3.0, 看到的证据="抽5份", 抽样份数="5", 不合格份数=0.0)
        put(found["打分"], "DQ-17", 得分="1", 打分日期="2026/3/23", 打分人="顾问乙")
        put(found["打分"], "DQ-18", 看到的证据="还没有看完")
        put(found["基准数据"], "EI-16", 分子=8.0, 分母=19.0, 取自哪份台账或凭证="合同台账")
        put(found["基准数据"], "EI-02", 统计期起=day(2025, 1, 1), 统计期止=day(2025, 12, 31), 数值="8")
        put(found["基准数据"], "EI-02", 取自哪份台账或凭证="受理通知书")

    filled(target, change)
    shown = run(client, "import", str(target), "--by", "顾问甲", *PERIOD).stdout
    assert "已登记打分 2 题、基准数据 2 项" in shown
    assert "DQ-18 写了别的，没有得分，没有登记" in shown
    found = standing(client)
    assert [(a["id"], a["counted"], a["by"], a["date"]) for a in found["answers"]] == [
        ("DQ-16", 3, "顾问甲", DAY),
        ("DQ-17", 1, "顾问乙", "2026-03-23"),
    ]
    assert {f["id"]: f["shown"] for f in found["figures"]} == {"EI-02": "8件", "EI-16": "42.1%（8/19）"}
    again = tmp_path / "再来.xlsx"
    run(client, "export", str(again))
    assert told(client, "import", str(again))["same"] == 4


def test_a_workbook_for_one_department_asks_only_its_questions(client: Path, tmp_path: Path) -> None:
    target = tmp_path / "技术中心.xlsx"
    run(client, "export", str(target), "--department", "技术中心")
    found = sheets(target)
    assert "基准数据" not in found
    assert {"DQ-45", "DQ-10"} <= {row[0] for row in found["打分"]}
    assert "DQ-21" not in {row[0] for row in found["打分"]}
    assert (
        "是不是想写“技术中心”"
        in run(client, "export", str(tmp_path / "b.xlsx"), "--department", "技术中", code=2).stderr
    )


def test_a_workbook_is_never_written_over_and_has_its_suffix(client: Path, tmp_path: Path) -> None:
    target = tmp_path / "诊断.xlsx"
    target.write_text("我的", encoding="utf-8")
    assert "没有覆盖" in run(client, "export", str(target), code=1).stderr
    assert target.read_text(encoding="utf-8") == "我的"
    assert ".xlsx 结尾" in run(client, "export", str(tmp_path / "诊断.xls"), code=2).stderr


def test_every_fault_of_a_workbook_is_told_with_its_cell(client: Path, tmp_path: Path) -> None:
    target = tmp_path / "诊断.xlsx"
    run(client, "export", str(target))

    def change(found: Mapping[str, list[list[Any]]]) -> None:
        put(found["打分"], "DQ-01", 得分="9", 看到的证据="甲")
        put(found["打分"], "DQ-02", 编号="DQ-77", 得分="1")
        put(found["基准数据"], "EI-01", 分子="3", 分母="2", 取自哪份台账或凭证="清单")

    filled(target, change)
    refused = run(client, "import", str(target), "--by", "顾问甲", *PERIOD, code=3).stderr
    for said in ("诊断.xlsx 打分!A2：得分“9”", "打分!A3：没有题“DQ-77”", "基准数据!A2：分子 3 大于分母 2"):
        assert said in refused
    assert standing(client)["answered"] == 0


def test_a_workbook_of_something_else_is_refused(client: Path, tmp_path: Path) -> None:
    target = tmp_path / "别的.xlsx"
    target.write_bytes(book([Page("甲", [["列"], ["值"]])], date(2026, 4, 10)))
    assert "没有“打分”或“基准数据”工作表" in run(client, "import", str(target), code=3).stderr
    target.write_bytes(book([Page("打分", [["编号", "得分"], ["DQ-01", "2"]])], date(2026, 4, 10)))
    assert "缺列“看到的证据”" in run(client, "import", str(target), code=3).stderr
    assert workbook.SUFFIX == ".xlsx"


# The report


def test_the_report_says_what_was_found(diagnosed: Path) -> None:
    shown = run(diagnosed, "report", *SIGNED).stdout
    assert "打分 57 题，得分 44.8" in shown
    assert "12 项基准数据还没有取" in shown
    path = diagnosed / "文件" / "诊断" / REPORT
    text = text_of(path)
    for said in (
        *("打了分的红线题7题，没有一题得0分", "59题，用得上57题，打分57题", "等级为“基础”"),
        *("各方面的得分（满分100", "42.1%（8/19）", "还有12项没有数", "2025年的培训没有考核"),
        *("知识产权奖励与利益分配制度", "专利奖励办法", "DQ-45（1分）", "LW-IPM-BD"[:6], "手册发布"),
    ):
        assert said in text, said
    drawn = docx.Document(str(path)).element.xml
    assert drawn.count("<wps:wsp>") > 40
    assert [str(flaw) for flaw in flaws(path.read_bytes(), DocumentKind.REPORT) if flaw.rule != "control"] == []


def test_the_report_is_a_paper_of_the_ledger_before_the_manual(diagnosed: Path) -> None:
    data = told(diagnosed, "report", *SIGNED)
    assert (data["number"], data["total"], data["level"]) == ("LW-IPM-BG-01", "44.8", "基础")
    assert data["period"] == {"from": "2026-03-17", "to": DAY}
    assert data["missing"][0] == "EI-04"
    late = ("--compiled-by", "甲", "--approved-by", "乙", "--date", "2026-05-20")
    assert "已有，保留" in run(diagnosed, "report", *late, on="2026-05-20").stdout
    assert "没变" in run(diagnosed, "report", *SIGNED).stdout
    assert "重做" in run(diagnosed, "report", *late, "--again", on="2026-05-20").stdout


def test_a_report_of_nothing_or_from_the_future_is_refused(client: Path) -> None:
    assert "一题也没有打分" in run(client, "report", *SIGNED, code=1).stderr
    refused = run(client, "report", "--date", "2026-05-01", "--due", "2026-04-01", code=2).stderr
    for said in ("--compiled-by", "--approved-by", "还没有发生", "早于报告日"):
        assert said in refused
    run(client, "answer", "DQ-01=2:访谈", "--by", "甲", "--date", "2026-04-09")
    early = ("--compiled-by", "甲", "--approved-by", "乙", "--date", "2026-04-01")
    assert "以后才打分" in run(client, "report", *early, code=1).stderr


def test_red_flags_stand_first_with_their_term(client: Path) -> None:
    run(client, "answer", "DQ-16=0:抽5份都没有条款", "DQ-01=2:访谈周屿川", "--by", "（示例）顾问甲")
    run(client, "answer", "DQ-25=3:看了", "--by", "（示例）顾问甲")
    assert "没有写处理期限" in run(client, "report", *SIGNED, code=1).stderr
    shown = run(client, "report", *SIGNED, "--due", "2026-04-30").stdout
    assert "还有 54 题没有打分，不定等级" in shown
    assert "DQ-25 是抽样的题" in shown
    paragraphs = [p.text for p in docx.Document(str(client / "文件" / "诊断" / REPORT)).paragraphs if p.text]
    assert paragraphs[1] == "红线项"
    assert "2026-04-30前处理" in paragraphs[2]
    text = text_of(client / "文件" / "诊断" / REPORT)
    for said in ("还有54题没有打分，不定等级", "没有打分的题", "没有打分", "抽5份都没有条款"):
        assert said in text


def test_a_profile_with_gaps_is_still_diagnosed(client: Path) -> None:
    words = ("profile", "set", "has_ma=", "existing_policies=[]", "ip_baseline_stats=[]", "company_intro=")
    assert RUN.invoke(app, [*words, "-C", str(client)]).exit_code == 0
    shown = RUN.invoke(app, ["diagnose", "-C", str(client), "--on", DAY]).stdout
    assert "还没有回答 has_ma，1 题是否适用未定" in shown
    run(client, "answer", "DQ-11=4:清单", "--by", "甲")
    told_ = run(client, "report", *SIGNED).stdout
    assert "先回答 has_ma，才知道有没有 1 题" in told_
    text = text_of(client / "文件" / "诊断" / REPORT)
    for said in ("没有登记已有的制度", "没有要求补写的文件", "打了分的题都在2分以上", "没有权重2以上而得0分、1分的"):
        assert said in text


def test_no_terminal_asks_nothing(client: Path) -> None:
    assert not ask.possible()
    shown = RUN.invoke(app, ["diagnose", "-C", str(client), "--on", DAY]).stdout
    assert "gbtool diagnose export 诊断.xlsx" in shown
    assert "没有打分" in shown
