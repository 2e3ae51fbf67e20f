"""An assessment of a standard with questions of its own: scored, reported, done again and compared; all of it data."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from gbtool.commands.diagnosis import papers
from gbtool.exchange.writing import Cell, Page, book
from gbtool.model.entry import EntryKind
from gbtool.shelf import catalogue, diagnosis, standards
from gbtool.shelf.shelves import shelves_of
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger
from gbtool.structs import replace
from studio import run, studio, told
from test_shipped import CATALOGUE, WORDS

SHELVES = shelves_of(None, None)
ISO = standards.head("56005-2020", SHELVES)
SIGNED = ("--compiled-by", "（示例）顾问甲", "--approved-by", "林木")


@pytest.fixture
def client(tmp_path: Path) -> Path:
    return studio(tmp_path / "机构")


def once(client: Path) -> None:
    """The first time, all questions answered."""
    first = ("SQ-1=0:没有登记表", "SQ-2=3:抽3件都写了", "SQ-3=4:主理人专管")
    run(client, "diagnose", "answer", *first, "--by", "甲", "--date", "2026-03-02")


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for cell in table._cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def test_the_total_is_the_weighted_mean_of_the_dimensions_and_has_no_level(client: Path) -> None:
    once(client)
    found = told(client, "diagnose")
    assert (found["standard"], found["round"], found["before"]) == ("studio-2030", 1, None)
    assert [share["percent"] for share in found["dimensions"]] == [18.8, 100.0]
    assert found["total"] == round((18.8 + 3 * 100) / 4, 1)
    assert found["level"] is None
    assert {share["name"]: share["percent"] for share in found["aspects"]} == {"记录": 0.0, "做法": 87.5}
    shown = run(client, "diagnose").stdout
    assert "得分只用来比自己" in shown
    assert "出摸底报告" in shown


def test_the_report_says_what_the_scoring_asks_for_and_the_form_keeps_the_answers(client: Path) -> None:
    once(client)
    shown = run(client, "diagnose", "report", *SIGNED, "--date", "2026-03-10", "--due", "2026-04-10").stdout
    assert "已登记摸底报告：打分 3 题" in shown
    said = text_of(client / "文件" / "诊断" / "MG-BG-11 摸底报告.docx")
    for words in (
        "红线",
        "SQ-1",
        "总分79.7",
        "按侧面",
        "还没有定拟申请的等级",
        "还没有登记平台测评的结果",
        "抽3件都写了",
    ):
        assert words in said
    assert "与上次比" not in said
    assert "基准" not in said
    assert "没有登记表" in text_of(client / "文件" / "诊断" / "MG-JL-11-001 摸底记录.docx")


def test_a_second_time_is_compared_with_the_first(client: Path) -> None:
    once(client)
    run(client, "diagnose", "report", *SIGNED, "--date", "2026-03-10", "--due", "2026-04-10")
    again = ("SQ-1=2:登记了一半", "SQ-3=4:主理人专管")
    run(client, "diagnose", "answer", *again, "--by", "乙", "--date", "2026-11-02", "--round", "2")
    found = told(client, "diagnose")
    assert (found["round"], found["answered"]) == (2, 2)
    assert found["before"]["changed"] == [{"id": "SQ-1", "from": 0, "to": 2}]
    assert told(client, "diagnose", "--round", "1")["answered"] == 3
    shown = run(client, "diagnose").stdout
    assert "第 2 次，和第 1 次比" in shown
    assert "--round 2" in shown
    run(client, "diagnose", "report", *SIGNED, "--date", "2026-11-10")
    said = text_of(client / "文件" / "诊断" / "MG-BG-11-002 摸底报告（第2次）.docx")
    assert "与上次比" in said
    assert "上次打了分、这次还没有打的1题" in said
    assert (client / "文件" / "诊断" / "MG-BG-11 摸底报告.docx").exists()
    checked = told(client, "check", "文件/诊断")
    assert [each for each in checked["findings"] if "编号" in each["message"]] == []
    assert (client / "文件" / "诊断" / "MG-JL-11-002 摸底记录.docx").exists()
    with open_ledger(client / "ledger.db") as ledger:
        kept = entries.read(ledger, EntryKind.PAPER)
    assert [entry.text("round") for entry in kept] == ["", "2"]
    assert [entry.mapping("period")["from"] for entry in kept] == ["2026-03-02", "2026-11-02"]


def test_the_workbook_of_a_second_time_comes_back_as_such(client: Path, tmp_path: Path) -> None:
    once(client)
    target = tmp_path / "复测.xlsx"
    run(client, "diagnose", "export", str(target), "--round", "2")
    sheet = CalamineWorkbook.from_path(str(target)).get_sheet_by_name("打分（第2次）").to_python()
    head, *rows = sheet
    assert [row[head.index("上次得分")] for row in rows] == ["0", "3", "4"]
    assert all(row[head.index("得分")] == "" for row in rows)
    filled = [[Cell(str(name), "head") for name in head], *(_filled(list(map(str, row)), head) for row in rows)]
    target.write_bytes(book([Page("打分（第2次）", filled, (8,) * len(head))], date(2026, 11, 2), ""))
    run(client, "diagnose", "import", str(target), "--by", "乙", "--date", "2026-11-02")
    assert told(client, "diagnose")["round"] == 2


def _filled(row: list[str], head: Sequence[object]) -> list[Cell]:
    row[head.index("得分")], row[head.index("看到的证据")] = "4", "登记表"
    return [Cell(text, "text") for text in row]


def test_times_follow_one_another(client: Path, tmp_path: Path) -> None:
    shown = run(client, "diagnose", "answer", "SQ-1=1:口头", "--by", "甲", "--round", "2", code=2).stderr
    assert "第1次还没有打分" in shown
    once(client)
    early = ("SQ-1=1:口头", "--by", "甲", "--date", "2026-02-01", "--round", "2")
    assert "早于第1次" in run(client, "diagnose", "answer", *early, code=2).stderr
    file = tmp_path / "答.yaml"
    file.write_text("answers:\n  - {id: SQ-1, score: 1, by: 甲, date: '2026-10-01', round: 4}\n", encoding="utf-8")
    assert "第3次还没有打分" in run(client, "diagnose", "import", str(file), code=3).stderr
    file.write_text("answers:\n  - {id: SQ-1, score: 1, by: 甲, date: '2026-10-01', round: x}\n", encoding="utf-8")
    assert "应当是整数" in run(client, "diagnose", "import", str(file), code=3).stderr


def test_a_client_is_asked_by_a_standard_that_is_named(client: Path) -> None:
    assert told(client, "diagnose", "--standard", "56005")["asked"] == 50
    assert "没有标准" in run(client, "diagnose", "--standard", "不存在", code=2).stderr


def test_what_the_client_wrote_into_the_form_stays(client: Path) -> None:
    once(client)
    report = ("diagnose", "report", *SIGNED, "--date", "2026-03-10", "--due", "2026-04-10")
    run(client, *report)
    with open_ledger(client / "ledger.db", write=True) as ledger:
        (kept,) = entries.read(ledger, EntryKind.RECORD)
        rows = [{**row, "平台填报值": "62"} if row["题号"] == "SQ-1" else dict(row) for row in kept.rows()]
        with ledger.transaction(Action(date(2026, 3, 12), "林木", "填平台结果")) as change:
            entries.put(change, [replace(kept, data={**kept.data, "rows": rows})])
            change.finish()
    run(client, *report, "--again")
    assert "62" in text_of(client / "文件" / "诊断" / "MG-JL-11-001 摸底记录.docx")
    assert "平台的结果和本测评并列保存" in text_of(client / "文件" / "诊断" / "MG-BG-11 摸底报告.docx")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("weights: {人: 3}", "weights: {物: 3}"), "weights 里没有方面“物”"),
        (("weights: {人: 3}", "weights: {人: 0}"), "权重应当是正整数"),
        (("title: 工作室摸底\n", ""), "缺“title”"),
    ],
)
def test_a_scoring_that_does_not_fit_is_told(client: Path, change: tuple[str, str], said: str) -> None:
    path = client.parent / "checklists" / "studio" / "2030" / "diagnosis" / "scoring.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    assert said in run(client, "diagnose", code=3).stderr


def test_a_section_that_is_none_is_told(client: Path) -> None:
    path = client.parent / "checklists" / "studio" / "2030" / "diagnosis" / "scoring.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("show: target", "show: 目标"), encoding="utf-8")
    once(client)
    shown = run(client, "diagnose", "report", *SIGNED, "--date", "2026-03-10", "--due", "2026-04-10", code=3)
    assert "没有“目标”这种内容" in shown.stderr


# What is shipped for ISO 56005


def test_the_shipped_questions_name_only_what_exists() -> None:
    scheme = diagnosis.scheme(SHELVES, ISO.folder)
    keys = {clause.key for clause in standards.standard(ISO.key, SHELVES)}
    assert len(scheme.probes) == 50
    assert {section.show for section in scheme.sections} <= set(papers.SECTIONS)
    for probe in scheme.probes:
        assert set(probe.clauses[ISO.key]) <= keys
        assert set(probe.ask) <= set(WORDS.functions)
        assert set(probe.anchors) == {"0", "2", "4"}
        assert probe.aspect in ("管理导向", "质量导向")
    assert diagnosis.indicators(SHELVES, ISO.folder).indicators == ()
    asked = {key for probe in scheme.probes for key in probe.clauses[ISO.key]}
    assert {clause.key for clause in standards.standard(ISO.key, SHELVES) if clause.auditable} - asked == set()
    assert catalogue.vocabulary(SHELVES).functions["strategy"]
    assert CATALOGUE
