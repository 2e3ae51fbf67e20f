"""The test of effectiveness by commands: figures of both periods, table and test kept, nothing invented."""

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
DAY = "2026-09-08"
SIGNED = ("--compiled-by", "林疏桐", "--reviewed-by", "梁若溪", "--approved-by", "周屿川", "--date", DAY)
CONCLUDED = (*SIGNED, "--compiled", "2026-09-04", "--conclusion", "合同审查、培训明显改善")
AFTER = "2026-05-18至2026-08-31"


def run(folder: Path, *words: str, code: int = 0, on: str = DAY) -> Result:
    result = RUN.invoke(app, [*words, "-C", str(folder), "--on", on])
    assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
    return result


def compared(folder: Path, *words: str) -> Any:  # noqa: ANN401 - JSON is anything
    """The comparison; its options stand before a sub-command."""
    result = RUN.invoke(app, ["audit", "effectiveness", *words, "--json", "-C", str(folder), "--on", DAY])
    assert result.exit_code == 0, (result.stdout, result.stderr, result.exception)
    return json.loads(result.stdout)


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """The manufacturer with the figures of both periods, the manual issued."""
    folder, source = tmp_path / "客户", tmp_path / "资料"
    folder.mkdir()
    source.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    for name in ("documents.yaml", "diagnosis.yaml", "contracts.csv"):
        shutil.copy(EXAMPLES / "lanwan" / name, source)
    (source / "review").mkdir()
    shutil.copy(EXAMPLES / "lanwan" / "review" / "figures.yaml", source / "review")
    run(folder, "ledger", "import", str(source), on="2026-11-22")
    return folder


def test_both_periods_stand_side_by_side(client: Path) -> None:
    found = compared(client)
    assert (found["baseline"], found["compared"], found["equal"]) == ("2025-01-01至2025-12-31", AFTER, False)
    by_id = {each["id"]: each for each in found["indicators"]}
    assert by_id["EI-16"]["verdict"] == "改善"
    assert by_id["EI-02"]["after"] == "10.3件（106天3件，折年）"
    assert "EI-09" in found["missing"]
    shown = run(client, "audit", "effectiveness").stdout
    assert "缺 EI-09 专利产品收入占比：基准期、对比期没有数" in shown
    assert "按年折算" in shown


def test_a_figure_that_the_ledger_contradicts_is_remarked(client: Path) -> None:
    numbers = ("--numerator", "15", "--denominator", "15", "--source", "合同台账", "--by", "林疏桐")
    run(client, "diagnose", "figure", "EI-16", "--period", AFTER, *numbers)
    remarks = compared(client)["remarks"]
    assert "EI-16 合同知识产权审查率登记15/15，台账算出18/18（合同台账）" in remarks
    assert any("没有写原因：EI-16" in remark for remark in remarks)


def test_table_and_test_are_kept_and_the_table_printed(client: Path) -> None:
    shown = run(client, "audit", "effectiveness", "report", *CONCLUDED).stdout
    assert "已登记 LW-IPM-JL-22-03-001 和 LW-IPM-BG-04" in shown
    words = ("ledger", "show", "LW-IPM-JL-22-03-001", "--json", "-C", str(client))
    (record,) = json.loads(RUN.invoke(app, list(words)).stdout)
    rows = {row["指标编号"]: row for row in record["data"]["rows"]}
    assert record["data"]["head"] == {"统计期": AFTER, "基准期": "2025-01-01至2025-12-31", "统计日期": "2026-09-04"}
    assert (rows["EI-16"]["基准期数值"], rows["EI-16"]["本期数值"]) == ("42.1", "100")
    assert (rows["EI-02"]["本期数值"], rows["EI-02"]["变化率"]) == ("10.3", "28.8%")
    assert rows["EI-02"]["说明"] == "本期106天3件，按年折算；背景指标，只陈述"
    assert (rows["EI-14"]["基准期数值"], rows["EI-14"]["本期数值"]) == ("1/3", "1/1")
    assert "分母小于5，只写分子分母" in rows["EI-14"]["说明"]
    assert rows["EI-03"]["说明"].endswith("本期没有数据")
    path = next((client / "文件" / "内审").glob("LW-IPM-JL-22-03-001*.docx"))
    text = "\n".join(cell.text for table in docx.Document(str(path)).tables for cell in table._cells)
    assert "合同知识产权审查率" in text


def test_rule_and_gate_agree_with_what_was_kept(client: Path) -> None:
    run(client, "audit", "effectiveness", "report", *CONCLUDED)
    checked = json.loads(RUN.invoke(app, ["check", "--json", "-C", str(client), "--on", DAY]).stdout)
    assert not [each for each in checked["findings"] if each["rule"] == "DT-54"]
    gate = RUN.invoke(app, ["readiness", "--json", "-C", str(client), "--on", DAY])
    results = {each["rule"]: each["status"] for each in json.loads(gate.stdout)["results"]}
    assert results["effectiveness.baseline"] == "passed"


def test_again_for_the_same_period_it_is_the_same_record(client: Path) -> None:
    run(client, "audit", "effectiveness", "report", *CONCLUDED)
    again = run(client, "audit", "effectiveness", "report", *CONCLUDED, on="2026-09-09").stdout
    assert "LW-IPM-JL-22-03-001 和 LW-IPM-BG-04：" in again
    numbers = ("--value", "2", "--source", "清单", "--by", "林疏桐", "--date", "2027-01-04")
    run(client, "diagnose", "figure", "EI-02", "--period", "2026-05-18至2026-12-31", *numbers, on="2027-01-05")
    late = ("--date", "2027-01-05", "--conclusion", "只有一项可比")
    next_ = run(client, "audit", "effectiveness", "report", *SIGNED[:6], *late, on="2027-01-05").stdout
    assert "LW-IPM-JL-22-03-002 和 LW-IPM-BG-04-20261231：比较 1 项" in next_


def test_nothing_to_compare_is_refused(client: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    shutil.copy(EXAMPLES / "lanwan" / "client.yaml", empty)
    for file in EXAMPLES.glob("lanwan/*.csv"):
        shutil.copy(file, empty)
    assert "没有一个指标有前后两个数" in run(empty, "audit", "effectiveness", code=1).stderr
    other = ("--baseline", "2024-01-01至2024-12-31")
    refused = RUN.invoke(app, ["audit", "effectiveness", *other, "-C", str(client), "--on", DAY])
    assert refused.exit_code == 1
    assert "2024-01-01至2024-12-31和2026-05-18" in refused.stderr


def test_wrong_words_are_told_all_at_once(client: Path) -> None:
    wrong = run(client, "audit", "effectiveness", "report", "--date", "2026-10-01", code=2).stderr
    for said in ("--compiled-by", "--reviewed-by", "--approved-by", "--conclusion", "还没有发生"):
        assert said in wrong
    bad = RUN.invoke(app, ["audit", "effectiveness", "--compared", "今年", "-C", str(client), "--on", DAY])
    assert bad.exit_code == 2
    assert "应当写成" in bad.stderr


def test_a_report_before_the_period_is_over_is_refused(client: Path) -> None:
    shown = json.loads(run(client, "audit", "effectiveness", "report", *CONCLUDED, "--json").stdout)
    assert (shown["number"], shown["table"], len(shown["papers"])) == ("LW-IPM-BG-04", "LW-IPM-JL-22-03-001", 2)
    early = ("--compiled-by", "林疏桐", "--reviewed-by", "梁若溪", "--approved-by", "周屿川", "--date", "2026-08-30")
    refused = run(client, "audit", "effectiveness", "report", *early, "--conclusion", "有效", code=1).stderr
    assert "DT-54" in refused


def test_a_workbook_of_the_period_after_is_filled_with_what_the_ledger_says(client: Path, tmp_path: Path) -> None:
    target = tmp_path / "数据.xlsx"
    run(client, "diagnose", "export", str(target), "--period", AFTER)
    assert "0 题" not in run(client, "diagnose", "export", str(tmp_path / "b.xlsx")).stdout
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only here

    with CalamineWorkbook.from_path(target) as book:
        assert book.sheet_names == ["说明", "基准数据"]
        rows = book.get_sheet_by_name("基准数据").to_python()
    row = next(row for row in rows if row[0] == "EI-16")
    assert row[rows[0].index("台账算出")] == "18/18（合同台账）"
    assert str(row[rows[0].index("统计期起")]) == "2026-05-18"
    wrong = run(client, "diagnose", "export", str(tmp_path / "c.xlsx"), "--period", "今年", code=2).stderr
    assert "应当写成 2026-05-18至2026-08-31" in wrong


def test_the_report_prints_definitions_the_figure_and_what_is_missing(client: Path) -> None:
    run(client, "audit", "effectiveness", "report", *CONCLUDED)
    path = next((client / "文件" / "报告").glob("LW-IPM-BG-04*.docx"))
    document = docx.Document(str(path))
    text = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert "应审合同中签署前完成审查的比例" in text
    assert "基准期没有数；对比期没有数" in text
    said = [paragraph.text for paragraph in document.paragraphs]
    assert {"比率（%）", "件数、金额、平均值（每行自成比例）"} <= set(said)
