"""Figures of a year: a sheet with formulas, taken back whole or not at all, kept over years, reported."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from engagement import EXAMPLES
from gbtool.errors import FileFaults
from gbtool.exchange.writing import Page, book
from gbtool.model.yearly import Way
from gbtool.rules.yearly.counting import Figures
from gbtool.shelf import standards, yearly
from gbtool.shelf.shelves import Shelf, Shelves, shelves_of
from studio import FEB, GOOD, HEADS, Rows, filled, run, studio, told
from test_shipped import BY_ID

SHELVES = shelves_of(None, None)
ISO = standards.head("56005-2020", SHELVES)
SIGNED = ("--compiled-by", "林木", "--reviewed-by", "何格", "--approved-by", "林木", "--date", FEB)


@pytest.fixture
def client(tmp_path: Path) -> Path:
    return studio(tmp_path / "机构")


def changed(**rows: Mapping[str, str | float]) -> Rows:
    """The good rows with some of them otherwise."""
    return {id_: {**row, **rows.get(id_.replace(".", "_"), {})} for id_, row in GOOD.items()}


def took(client: Path, rows: Rows = GOOD) -> str:
    return run(client, "figures", "take", str(filled(client / "数.xlsx", rows)), on=FEB).stdout


def refused(client: Path, rows: Rows, on: str = FEB) -> str:
    return run(client, "figures", "take", str(filled(client / "数.xlsx", rows)), code=3, on=on).stderr


def test_the_sheet_has_formulas_and_what_is_known(client: Path) -> None:
    target = client / "表.xlsx"
    shown = run(client, "figures", "sheet", "2025", str(target), on=FEB).stdout
    assert "指标 3 个，要填的数 3 个；平台口径未核实的 2 个" in shown
    workbook = CalamineWorkbook.from_path(str(target))
    head, *rows = workbook.get_sheet_by_name("2025年数据").to_python()
    by_id = {str(row[0]): dict(zip(map(str, head), row, strict=True)) for row in rows}
    assert (by_id["Y1"]["2023年"], by_id["Y1"]["2024年"], by_id["Y1"]["2025年"]) == (6, 8, "")
    assert (by_id["Y2"]["平台口径"], by_id["Y3"]["平台口径"]) == ("登记率", "未核实")
    assert by_id["Y1.1"]["应取自"] == "《作品登记表》"
    assert "没有公开查到的：平台的指标" in str(workbook.get_sheet_by_name("说明").to_python())
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as parts:
        xml = parts.read("xl/worksheets/sheet2.xml").decode()
    assert 'IF(COUNT(L2,L3)&lt;2,"",SUM(L2,L3))' in xml
    assert 'IF(COUNT(L5,L4)&lt;2,"",IF(SUM(L4)=0,"不适用",ROUND(SUM(L5)/SUM(L4)*100,2)))' in xml
    assert 'IF(COUNT(J4:L4)&lt;3,"",ROUND(AVERAGE(J4:L4),2))' in xml
    assert "已经有了" in run(client, "figures", "sheet", "2025", str(target), code=1, on=FEB).stderr
    assert "还没有到" in run(client, "figures", "sheet", "2027", str(client / "b.xlsx"), code=2, on=FEB).stderr
    assert ".xlsx 结尾" in run(client, "figures", "sheet", "2025", str(client / "b.csv"), code=2, on=FEB).stderr


def test_a_filled_sheet_is_kept_shown_and_comes_out_again(client: Path) -> None:
    assert "已登记 2025年的数 5 个" in took(client)
    found = told(client, "figures", "show", on=FEB)
    values = {line["id"]: line["values"]["2025"] for line in found["lines"]}
    assert values == {"Y1.1": "4", "Y1.2": "6", "Y1": "10", "Y2.1": "5", "Y2": "50", "Y3": "8"}
    assert found["years"] == [2023, 2024, 2025]
    assert {line["id"]: line["change"] for line in found["lines"]}["Y1"] == "+2"
    shown = run(client, "figures", "show", on=FEB).stdout
    assert "2 个指标和平台口径是否一致没有核实" in shown
    assert "没变的 3 个" in took(client, {**GOOD, "Y1": {"2025年": 10}})
    target = client / "表.xlsx"
    run(client, "figures", "sheet", "2025", str(target), on=FEB)
    head, *rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("2025年数据").to_python()
    by_id = {str(row[0]): dict(zip(map(str, head), row, strict=True)) for row in rows}
    assert (by_id["Y2"]["2025年"], by_id["Y1"]["比上年"], by_id["Y2.1"]["说明"]) == (50, 2, "外地的没有登记")
    assert told(client, "figures", "take", str(target), on=FEB) == {"year": 2025, "kept": [], "same": 3, "remarks": []}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (changed(Y1_1={"2025年": "四"}), "数.xlsx 2025年数据!D2：Y1.1 自己的：“四”应当是数"),
        (changed(Y1_1={"2025年": -4}), "小于 0"),
        (changed(Y1_1={"2025年": 4.5}), "应当是整数（件）"),
        (changed(Y1={"2025年": 11}), "数.xlsx 2025年数据!D4：Y1 作品是 11，按 Y1.1、Y1.2 应为 10"),
        (changed(Y1_1={"2025年": ""}, Y1={"2025年": 5}), "小于已填各项之和 6"),
        (changed(Y2={"2025年": 60}), "Y2 登记率是 60，按 Y2.1、Y1 应为 50"),
        (changed(Y2_1={"2025年": 12}, Y2={"2025年": 120}), "登记了的 12 大于 Y1 作品 10"),
        (changed(Y2_1={"来源文件": ""}), "数.xlsx 2025年数据!F5：Y2.1 登记了的：没有写来源文件"),
        (changed(Y2_1={"核对人": ""}), "没有写核对人"),
        ({**GOOD, "Y9": {"2025年": 1}}, "没有指标“Y9”"),
    ],
)
def test_what_does_not_agree_is_refused_with_its_cell(client: Path, rows: Rows, said: str) -> None:
    assert said in refused(client, rows)
    run(client, "figures", "show", code=1, on=FEB)


def test_a_year_is_over_and_the_years_before_are_not_written_over(client: Path) -> None:
    assert "2025年还没有过完" in refused(client, GOOD, on="2025-12-31")
    path = str(filled(client / "数.xlsx", GOOD))
    late = run(client, "figures", "take", path, "--date", "2026-03-01", code=3, on=FEB).stderr
    assert "在今天" in late
    took(client)
    assert "2024年已登记为 8，表里写的是 9" in refused(client, changed(Y1={"2024年": 9}))


def test_another_definition_wants_a_reason(client: Path) -> None:
    took(client)
    next_year: dict[str, dict[str, str | float]] = {"Y1.1": {"2026年": 9, "统计口径": "含样品"}, "Y1.2": {"2026年": 0}}
    said = run(
        client, "figures", "take", str(filled(client / "a.xlsx", next_year, 2026)), code=3, on="2027-02-01"
    ).stderr
    assert "统计口径和上年不同（上年：按定义）" in said
    next_year["Y1.1"]["说明"] = "从今年起含样品"
    shown = run(client, "figures", "take", str(filled(client / "b.xlsx", next_year, 2026)), on="2027-02-01").stdout
    assert "还有 1 个数没有填，空着的不算 0：Y2.1" in shown
    shown = run(client, "figures", "show", on="2027-02-01").stdout
    assert "口径和上年不同：Y1.1" in shown
    assert "+5 ！" in shown


def test_a_whole_may_be_known_without_its_parts_and_a_reason_stands_for_a_number(client: Path) -> None:
    rows: Rows = {"Y1.1": {"说明": "没有分开记"}, "Y1.2": {}, "Y1": {"2025年": 4}, "Y2.1": {"2025年": 0}}
    shown = took(client, rows)
    assert "没有填" not in shown
    assert "比上年变化在 30% 以上、没有写说明的：Y1" not in shown  # a part says why
    values = {line["id"]: line["values"].get("2025") for line in told(client, "figures", "show", on=FEB)["lines"]}
    assert (values["Y1"], values["Y1.1"], values["Y2"]) == ("4", "", "0")


def test_a_sheet_that_is_none_is_told(client: Path) -> None:
    path = client / "x.xlsx"
    path.write_bytes(book([Page("别的", [["编号"]])], date(2026, 2, 20)))
    assert "没有“某年数据”工作表" in run(client, "figures", "take", str(path), code=3, on=FEB).stderr
    path.write_bytes(book([Page("2025年数据", [["编号", "2025年"], ["Y1", "1"]])], date(2026, 2, 20)))
    assert "缺列“2023年”“2024年”" in run(client, "figures", "take", str(path), code=3, on=FEB).stderr
    pages = [Page(name, [["编号"]]) for name in ("2025年数据", "2024年数据")]
    path.write_bytes(book(pages, date(2026, 2, 20)))
    assert "有几张" in run(client, "figures", "take", str(path), code=3, on=FEB).stderr
    head, *rows = ([*HEADS], ["Y1", "", "", "1", "", "簿", "甲", ""], ["Y1", "", "", "1", "", "簿", "甲", ""])
    path.write_bytes(book([Page("2025年数据", [head, *rows])], date(2026, 2, 20)))
    assert "Y1 写了两次" in run(client, "figures", "take", str(path), code=3, on=FEB).stderr


def test_figures_and_answers_of_any_standard_of_the_client_come_in_with_a_ledger(client: Path) -> None:
    file = client / "client.yaml"
    file.write_text(f"{file.read_text('utf-8')}further_standards: [56005-2020]\n", "utf-8")
    rows = "answers:\n  - {id: SQ-1, score: 2, evidence: 登记表, by: 甲, date: '2026-02-01'}\n"
    rows += "  - {id: IA-01, score: 2, evidence: 报告, by: 甲, date: '2026-02-01'}\nfigures:\n"
    figure = "  - {{id: {}, period: 2025-01-01至2025-12-31, value: {}, source: 簿, by: 甲, date: '2026-02-20'}}\n"
    source = client / "diagnosis.yaml"
    source.write_text(rows + figure.format("Y1.1", 4) + figure.format("AD-01", 6), "utf-8")
    run(client, "ledger", "import", str(source), on=FEB)
    assert told(client, "figures", "show", on=FEB)["years"] == [2025]
    assert told(client, "diagnose", "--standard", "56005", on=FEB)["answered"] == 1
    source.write_text(rows + figure.format("AD-01", 6.5) + figure.format("AD-99", 1), "utf-8")
    said = run(client, "ledger", "import", str(source), code=3, on=FEB).stderr
    assert "AD-01 从业人员数：6.5 应当是整数" in said
    assert "没有指标“AD-99”" in said


def test_the_form_of_a_year_is_kept_and_printed(client: Path) -> None:
    run(client, "figures", "report", "2025", *SIGNED, code=1, on=FEB)
    took(client, {**GOOD, "Y1.1": {"2025年": 4, "说明": "含样品"}})
    done = told(client, "figures", "report", "2025", *SIGNED, "--submitted", FEB, "--receipt", "已收", on=FEB)
    assert done["id"] == "MG-JL-12-001"
    path = client / "文件" / "年度数据" / "MG-JL-12-001 年度数据表 2025.docx"
    said = "\n".join(cell.text for table in docx.Document(str(path)).tables for cell in table._cells)
    for words in ("登记率", "50", "按定义", "含样品", "已收", "外地的没有登记"):
        assert words in said
    again = run(client, "figures", "report", "2025", *SIGNED, "--again", on=FEB).stdout
    assert "已登记 MG-JL-12-001：2025年 6 个数" in again
    wrong = run(
        client, "figures", "report", "2025", "--date", "2025-12-01", "--submitted", "2027-01-01", code=2, on=FEB
    )
    assert all(option in wrong.stderr for option in ("--compiled-by", "--date", "--submitted"))


def test_a_client_whose_standard_counts_nothing_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "岚湾"
    folder.mkdir()
    (folder / "client.yaml").write_text((EXAMPLES / "lanwan" / "client.yaml").read_text("utf-8"), "utf-8")
    for file in EXAMPLES.glob("lanwan/*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    shown = run(folder, "figures", "show", code=1, on=FEB).stderr
    assert "ISO 56005:2020" in shown
    assert "还没有登记一年的数" in run(folder, "figures", "show", "--standard", "56005", code=1, on=FEB).stdout


def test_nothing_is_divided_by_nought_and_nothing_open_is_a_nought() -> None:
    found = yearly.statistics(SHELVES, ISO.folder)
    assert found
    figures = Figures(
        found, {("AD-23.1", 2025): Decimal(0), ("AD-23.2", 2025): Decimal(0), ("AD-02", 2025): Decimal(7)}
    )
    assert figures.amount("AD-23", 2025).shown == "不适用"
    assert figures.amount("AD-05", 2025).shown == ""
    assert figures.change("AD-02", 2025) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("id: Y1.2,", "id: Y1.1,"), "Y1.1 写了两次"),
        (("of: [Y1.1, Y1.2]", "of: [Y1.1, Y2.1]"), "Y2.1 应当写在它前面"),
        (("most: Y1}", "most: Y7}"), "most 没有 Y7"),
        (("way: sum, of: [Y1.1, Y1.2]", "way: sum"), "算的数要写 of"),
        ((", over: [Y1]", ""), "只有比率"),
        (("way: mean", "years: 0, way: mean"), "写一个 of 和年数"),
    ],
)
def test_a_file_that_does_not_fit_is_told(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = Path(__file__).parent.parent / "data" / "measured" / "checklists" / "studio" / "2030" / "figures.yaml"
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "figures.yaml").write_text(path.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(FileFaults, match=said):
        yearly.statistics(Shelves((Shelf("机构", tmp_path),)), "s")


def test_what_is_shipped_for_iso_56005() -> None:
    found = yearly.statistics(SHELVES, ISO.folder)
    assert found
    assert len(found.statistics) == 42
    assert found.lasting == {"AD-03", "AD-08"}
    for statistic in found.statistics:
        assert statistic.definition
        assert statistic.formula
        assert any(line.id == statistic.id or line.way is Way.GIVEN for line in statistic.lines)
    assert BY_ID
