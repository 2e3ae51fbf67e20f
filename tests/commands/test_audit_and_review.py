"""An internal audit and a management review by commands, from the plan to the reports; nothing is passed by itself."""

import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from engagement import EXAMPLES
from gbtool.cli import ask
from gbtool.cli.app import app
from gbtool.exchange.writing import Page, book

RUN = CliRunner()
FACT = "审核记录（看到的事实、文件编号、日期、人名）"
PLAN = ("audit", "plan", "--start", "2026-08-24", "--end", "2026-08-25", "--lead", "柳映秋")
SIGNED = ("--compiled-by", "柳映秋", "--compiled", "2026-08-13", "--approved-by", "沈知远", "--approved", "2026-08-14")
REPORT = ("audit", "report", "--compiled-by", "柳映秋", "--approved-by", "沈知远", "--date", "2026-09-01")
CONCLUDED = (*REPORT, "--conclusion", "体系基本符合，可以提交管理评审")
REVIEW = ("--compiled-by", "梁若溪", "--approved-by", "周屿川", "--approved", "2026-09-02")
NC = "LW-NC-2026-01"
WORD = Path("文件") / "内审"


def run(folder: Path, *words: str, code: int = 0, on: str = "2026-09-01") -> Result:
    """A command in the client's folder on a day."""
    day = () if words[0] == "ledger" and words[1] != "import" else ("--on", on)
    result = RUN.invoke(app, [*words, "-C", str(folder), *day])
    assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
    return result


def told(folder: Path, *words: str, on: str = "2026-09-01") -> Any:  # noqa: ANN401 - JSON is anything
    """The JSON of a command."""
    return json.loads(run(folder, *words, "--json", on=on).stdout)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manufacturer before its audit: records of the business, no audit, no review."""
    base = tmp_path_factory.mktemp("audit")
    folder, source = base / "客户", base / "资料"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    shutil.copytree(EXAMPLES / "lanwan" / "records", source / "records")
    for name in ("documents.yaml", "roster.csv", "patents.csv"):
        shutil.copy(EXAMPLES / "lanwan" / name, source)
    run(folder, "ledger", "import", str(source), on="2026-11-22")
    return folder


@pytest.fixture(scope="module")
def planned_once(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manufacturer with an audit plan and checklists."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("planned") / "客户"))
    run(folder, *PLAN, *SIGNED, "--save", on="2026-08-14")
    run(folder, "audit", "checklist", on="2026-08-20")
    return folder


@pytest.fixture(scope="module")
def audited_once(planned_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manufacturer with every department answered, one nonconformity."""
    return audited(Path(shutil.copytree(planned_once, tmp_path_factory.mktemp("audited") / "客户")))


@pytest.fixture
def client(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the manufacturer before its audit."""
    return Path(shutil.copytree(prepared, tmp_path / "客户"))


@pytest.fixture
def planned(planned_once: Path, tmp_path: Path) -> Path:
    """A copy of the manufacturer with plan and checklists."""
    return Path(shutil.copytree(planned_once, tmp_path / "客户"))


@pytest.fixture
def answered(audited_once: Path, tmp_path: Path) -> Path:
    """A copy of the manufacturer with its checklists answered."""
    return Path(shutil.copytree(audited_once, tmp_path / "客户"))


def answers(folder: Path, department: str) -> Path:
    """The answers file of a department."""
    return folder / "输出" / "内审" / f"答案 {department}.yaml"


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The file with its record changed."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data["records"][0])
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def fill(folder: Path, department: str, judged: str = "√", fact: str = "抽3份，韩泊舟2026-05-29签，第{}处") -> Path:
    """A department's answers file with the same judgement and fact in every row."""

    def change(record: dict[str, Any]) -> None:
        for number, row in enumerate(record["rows"], 1):
            row.update({"判定": judged, FACT: fact.format(number)})

    return edit(answers(folder, department), change)


def answer(folder: Path, department: str, source: Path, code: int = 0, *more: str) -> Result:
    """The department's answers taken in."""
    return run(folder, "audit", "answer", department, "--from", str(source), *more, code=code)


def row(number: int, values: Mapping[str, object]) -> Callable[[dict[str, Any]], object]:
    """A change of one row."""
    return lambda record: record["rows"][number].update(values)


def text_of(path: Path) -> str:
    """All text of a Word file."""
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for cell in table._cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


# The plan


def test_a_plan_is_proposed_and_nothing_is_kept(client: Path) -> None:
    before = (client / "ledger.db").read_bytes()
    plan = told(client, *PLAN, on="2026-08-14")
    homes = {"梁若溪": "知识产权部", "柳映秋": "质量部", "方可宁": "综合管理部"}
    assert all(homes[slot["auditor"]] != slot["department"] for slot in plan["slots"])
    assert len({slot["department"] for slot in plan["slots"]}) == 9
    assert max(plan["minutes"].values()) - min(plan["minutes"].values()) <= 60
    assert (plan["number"], plan["audit"], plan["saved"]) == ("LW-IPM-JH-08", "LW-NS-2026-01", False)
    shown = run(client, *PLAN, on="2026-08-14").stdout
    assert "这是建议，还没有存" in shown
    assert "没有写谁在哪天编制" in shown
    assert (client / "ledger.db").read_bytes() == before
    assert not (client / "文件").exists()


def test_what_a_plan_lacks_is_asked_for(client: Path) -> None:
    lacking = run(client, *PLAN[:-2], "--save", code=2, on="2026-08-14").stderr
    assert "还没有定组长" in lacking
    assert "没有写谁在哪天编制" in lacking
    assert "gbtool 不替你选" in run(client, "audit", "plan", code=2).stderr
    assert "早于 --start" in run(client, "audit", "plan", "--start", "2026-08-25", "--end", "2026-08-24", code=2).stderr
    assert "不在审核组里" in run(client, *PLAN[:-2], "--lead", "没有这个人", code=2).stderr
    assert "不在内审员名单里" in run(client, *PLAN, "--team", "没有这个人", code=2).stderr
    future = run(client, *PLAN, *SIGNED, "--save", code=2, on="2026-08-10").stderr
    assert "还没有编制、批准" in future


def test_no_legal_plan_is_said_with_the_rule_and_what_is_left(client: Path) -> None:
    refused = run(client, *PLAN, "--team", "柳映秋", code=1, on="2026-08-14").stderr
    assert "IA-003" in refused
    assert "质量部 没有人可以审" in refused
    assert "外部人员" in refused
    week = (*PLAN, "--team", "柳映秋", "--end", "2026-08-28")
    helped = told(client, *week, "--outside", "外请甲", on="2026-08-14")
    trained = told(client, *week, "--outside", "外请甲=2026-03-02", on="2026-08-14")
    assert not any("外请甲" in each for each in trained["remarks"])
    assert [bool(each["appointed"]) for each in trained["team"]] == [True, False]
    assert "应当写成 姓名 或 姓名=培训日期" in run(client, *week, "--outside", "甲=去年", code=2).stderr
    assert {slot["auditor"] for slot in helped["slots"] if slot["department"] == "质量部"} == {"外请甲"}
    assert any("外请甲 没有审核前的培训日期" in each for each in helped["remarks"])
    assert "排不下" in run(client, *PLAN, "--end", "2026-08-24", code=1).stderr
    early = ("audit", "plan", "--start", "2026-05-04", "--end", "2026-05-06")
    assert "早于体系实施日" in run(client, *early, code=1).stderr
    weekend = ("audit", "plan", "--start", "2026-08-29", "--end", "2026-08-30")
    assert "没有工作日" in run(client, *weekend, code=1).stderr


def test_people_who_are_away_and_auditors_without_training_are_left_out(client: Path) -> None:
    away = ("--away", "贺闻笙=2026-08-24", "--away", "方可宁=2026-08-25上午")
    plan = told(client, *PLAN, *away, on="2026-08-14")
    assert {slot["date"] for slot in plan["slots"] if slot["department"] == "采购部"} == {"2026-08-25"}
    assert [each["name"] for each in plan["away"]] == ["贺闻笙", "方可宁"]
    assert (plan["holes"], len(plan["matrix"])) == ([], 183)
    assert all(square["slots"] for square in plan["matrix"])
    assert "应当写成" in run(client, *PLAN, "--away", "贺闻笙", code=2).stderr
    assert "不是内审员，也不是部门负责人" in run(client, *PLAN, "--away", "没有这个人=2026-08-24", code=2).stderr
    path = client / "client.yaml"
    text = path.read_text(encoding="utf-8")
    trained = "部门: 质量部\n  培训日期: '2026-06-12'"
    path.write_text(text.replace(trained, "部门: 质量部\n  培训日期: ''"), encoding="utf-8")
    assert "先培训、后审核" in run(client, *PLAN, code=2, on="2026-08-14").stderr
    lead = told(client, *PLAN[:-2], "--lead", "梁若溪", "--end", "2026-08-26", on="2026-08-14")
    assert "柳映秋" not in {slot["auditor"] for slot in lead["slots"]}
    assert any("柳映秋 在 2026-08-24 以前没有培训" in each for each in lead["remarks"])


def test_the_matrix_is_shown_and_the_minutes_are_those_of_the_firm(client: Path) -> None:
    shown = run(client, *PLAN, on="2026-08-14").stdout
    assert "46 个适用条款，条款和职能 183 处，排到 183 处。" in shown
    assert "● 主责，○ 协同，缺 没有排到；1 最高管理者" in shown
    own = client / "checklists" / "audit-time.yaml"
    own.parent.mkdir()
    own.write_text("minutes: 9\nreason: 上一家审了三天\n", encoding="utf-8")
    assert "排不下" in run(client, *PLAN, code=1, on="2026-08-14").stderr
    own.write_text("minutes: 0\nreason: 没有\n", encoding="utf-8")
    assert "用时不能小于 1 分钟" in run(client, *PLAN, code=3, on="2026-08-14").stderr


def test_a_standard_without_a_matrix_has_no_plan_and_no_checklists(client: Path) -> None:
    own = client / "checklists" / "gb29490" / "2023" / "matrix.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("matrix: []\n", encoding="utf-8")
    assert "没有职能与条款矩阵，排不了内审" in run(client, *PLAN, code=1, on="2026-08-14").stderr
    assert "没有可问的问题" in run(client, "audit", "checklist", code=1).stderr


def test_clauses_that_nobody_carries_stop_the_plan(client: Path) -> None:
    path = client / "client.yaml"
    text = path.read_text(encoding="utf-8").replace("职能: production\n", "职能: other\n")
    path.write_text(text, encoding="utf-8")
    path.write_text(text.replace("职能: quality\n", "职能: other\n"), encoding="utf-8")
    assert "没有部门承担" in run(client, *PLAN, code=1, on="2026-08-14").stderr


def test_a_kept_plan_is_printed_and_planned_again_under_its_number(client: Path) -> None:
    saved = told(client, *PLAN, *SIGNED, "--distributed", "2026-08-17", "--save", on="2026-08-17")
    assert saved["papers"] == [{"path": "文件/内审/LW-IPM-JH-08 内部审核实施计划.docx", "outcome": "new"}]
    text = text_of(client / saved["papers"][0]["path"])
    assert "首次会议" in text
    assert "受控状态\n□受控 □非受控" in text
    assert "批准日期\n2026-08-14\n发布日期\n2026-08-17" in text
    assert "8 " in text
    assert "8.3" not in text
    assert "context.issues" not in text
    again = told(client, *PLAN, *SIGNED, "--minutes", "3", "--save", on="2026-08-18")
    assert (again["number"], again["audit"]) == ("LW-IPM-JH-08", "LW-NS-2026-01")
    assert again["papers"][0]["outcome"] == "kept"
    shown = run(client, *PLAN, *SIGNED, "--minutes", "3", "--save", "--again", on="2026-08-18").stdout
    assert "旧的在 旧稿" in shown
    assert (client / WORD / "旧稿" / "LW-IPM-JH-08 内部审核实施计划 1.docx").is_file()


def test_a_written_plan_is_checked_before_it_is_kept(client: Path, tmp_path: Path) -> None:
    source = EXAMPLES / "lanwan" / "audit" / "plan.yaml"
    plan = told(client, "audit", "plan", "--from", str(source), on="2026-08-20")
    own_work = "梁若溪 审 市场营销部，但做过它的记录（LW-IPM-JL-20-05-001）：这些由别人看"
    assert (plan["remarks"], plan["open"], plan["holes"]) == ([own_work], [], [])
    run(client, "audit", "plan", "--from", str(source), "--save", on="2026-08-20")
    bad = tmp_path / "plan.yaml"
    text = source.read_text(encoding="utf-8")
    bad.write_text(text.replace("  auditor: 柳映秋\n", "  auditor: 周屿川\n", 1), encoding="utf-8")
    own = run(client, "audit", "plan", "--from", str(bad), code=1, on="2026-08-20").stderr
    assert "周屿川 审 公司领导，是本部门" in own
    bad.write_text(text.replace("  - improvement.continual\n", ""), encoding="utf-8")
    missing = run(client, "audit", "plan", "--from", str(bad), on="2026-08-20").stdout
    assert "2 处条款和职能没有排（IA-006）" in missing
    assert "10.3 持续改进：公司领导（管理者代表）没有时段" in missing
    bad.write_text(text.replace("'2026-08-25'\n  from: '13:30'", "'2026-08-23'\n  from: '13:30'"), encoding="utf-8")
    gone = "away:\n- {name: 柳映秋, from: '2026-08-24', to: '2026-08-24'}\n- {name: 贺闻笙, from: '2026-08-24'}\n"
    bad.write_text(text.replace("slots:\n", f"{gone}slots:\n"), encoding="utf-8")
    assert "柳映秋 审 公司领导，但是不在" in run(client, "audit", "plan", "--from", str(bad), code=1).stderr
    bad.write_text(text.replace("slots:\n", f"{gone.replace('柳映秋', '周屿川')}slots:\n"), encoding="utf-8")
    assert "审 采购部，贺闻笙 不在" in run(client, "audit", "plan", "--from", str(bad), on="2026-08-20").stdout
    bad.write_text(text.replace("'2026-08-25'\n  from: '13:30'", "'2026-08-23'\n  from: '13:30'"), encoding="utf-8")
    outside = run(client, "audit", "plan", "--from", str(bad), code=1, on="2026-08-20").stderr
    assert "不在审核期内（DT-17）" in outside
    far = text.replace("'2026-08-24'", "'2036-08-24'").replace("'2026-08-25'", "'2036-08-26'")
    bad.write_text(far, encoding="utf-8")
    later = run(client, "audit", "plan", "--from", str(bad), on="2026-08-20").stdout
    assert "还没有 2036 年的放假安排，按周一至周五算工作日" in later
    assert "的审核日 2036-08-24 不是工作日" in later
    other = EXAMPLES / "lanwan" / "audit" / "report.yaml"
    assert "不是审核计划" in run(client, "audit", "plan", "--from", str(other), code=3, on="2026-09-20").stderr


# Checklists


def test_checklists_are_made_once_and_never_written_over(planned: Path) -> None:
    made = told(planned, "audit", "checklist", on="2026-08-20")["checklists"]
    assert len(made) == 9
    assert all(len(each["rows"]) >= 18 for each in made)
    assert {file["outcome"] for each in made for file in each["files"]} == {"same"}
    mine = fill(planned, "财务部").read_bytes()
    again = told(planned, "audit", "checklist", "财务部", on="2026-08-20")["checklists"]
    assert [file["outcome"] for file in again[0]["files"]] == ["same", "same", "kept"]
    run(planned, "audit", "checklist", "财务部", "--again")
    assert answers(planned, "财务部").read_bytes() == mine
    assert "没有部门“财务科”，是不是想写“财务部”" in run(planned, "audit", "checklist", "财务科", code=2).stderr


def test_a_checklist_is_ready_to_print(planned: Path) -> None:
    path = planned / WORD / "LW-IPM-JL-23-02 内部审核检查表 技术中心.docx"
    text = text_of(path)
    assert "8 研究开发" in text
    assert "8.3.2" not in text
    assert "operation.business" not in text
    assert all(name in text for name in ("韩泊舟", "应看的证据", "抽样计划", "○ 一般不符合"))
    section = docx.Document(str(path)).sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    assert "w:tblHeader" in docx.Document(str(path)).tables[1].rows[0]._tr.xml


def test_a_question_that_needs_an_open_answer_names_it(client: Path) -> None:
    path = client / "client.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("manual_effective_date:")
    path.write_text(text[:start] + "manual_effective_date:\n" + text[text.index("\n", start) + 1 :], encoding="utf-8")
    stopped = run(client, "audit", "checklist", code=3).stderr
    assert "要用到 manual_effective_date，还没有回答" in stopped
    assert "gbtool profile set manual_effective_date=…" in stopped
    assert not (client / "文件").exists()


# Answers


def test_conformity_names_its_evidence_or_is_refused(planned: Path) -> None:
    path = fill(planned, "财务部")
    edit(path, row(0, {FACT: "经询问，符合要求"}))
    edit(path, row(1, {FACT: ""}))
    edit(path, row(2, {"判定": "还行"}))
    question = yaml.safe_load(path.read_text(encoding="utf-8"))["records"][0]["rows"][3]["审核内容（问题）"]
    edit(path, row(3, {FACT: question.replace("？", "。").replace("吗", "")}))
    refused = answer(planned, "财务部", path, 2).stderr
    assert "第1行：判符合，没有写出凭据" in refused
    assert "第2行：判符合，没有写看到的事实" in refused
    assert "第3行：判定“还行”不认识" in refused
    assert "第4行：审核记录只是把问题又说了一遍" in refused
    assert told(planned, "ledger", "list", "--form", "rec-audit-checklist")["entries"] == []


def test_what_does_not_conform_opens_a_report_with_the_own_document(planned: Path) -> None:
    path = fill(planned, "采购部")
    edit(
        path, row(0, {"判定": "○", FACT: "抽LW-CG-2602，授权书2025版，实装2026版", "依据文件": "LW-IPM-CX-18 第5.2款"})
    )
    edit(path, row(1, {"判定": "×", FACT: "供方调查表0份", "不符合事实": "6家供方都没有调查表"}))
    edit(path, row(2, {"判定": "△"}))
    edit(path, row(3, {"判定": "不适用"}))
    done = answer(planned, "采购部", path, 0, "--confirmed-by", "贺闻笙").stdout
    assert f"开出 {NC}" in done
    found = told(planned, "ledger", "list", "--form", "rec-nc-report")["entries"]
    first, second = (entry["data"] for entry in found)
    assert first["head"]["编号"] == NC
    assert first["rows"][0]["不符合的条款与文件"].endswith("；LW-IPM-CX-18 第5.2款")
    assert first["rows"][0]["不符合的条款与文件"].startswith("GB/T 29490—2023 ")
    assert [each["rows"][0]["性质"] for each in (first, second)] == ["一般", "严重"]
    assert second["rows"][0]["不符合事实描述"] == "6家供方都没有调查表"
    assert "《" in second["rows"][0]["不符合的条款与文件"]
    kept = told(planned, "ledger", "list", "--form", "rec-audit-checklist")["entries"][0]["data"]
    assert kept["rows"][0]["判定"] == "一般不符合"
    assert kept["rows"][0]["不符合报告编号"] == NC
    assert "应看的证据" not in kept["rows"][0]
    assert [signed["name"] for signed in kept["sign"]][1:] == ["贺闻笙"]


def test_a_department_that_two_audited_has_both_names(planned: Path) -> None:
    path = fill(planned, "采购部")
    edit(path, row(0, {"判定": "○", FACT: "抽LW-CG-2602，授权书2025版"}))
    answer(planned, "采购部", path, 0, "--auditor", "梁若溪、柳映秋", "--confirmed-by", "贺闻笙")
    for form, roles in (
        ("rec-audit-checklist", ("内审员", "受审核部门确认")),
        ("rec-nc-report", ("审核员", "部门负责人")),
    ):
        kept = told(planned, "ledger", "list", "--form", form)["entries"][0]["data"]
        signed = [(each["role"], each["name"]) for each in kept["sign"]]
        assert signed == [(roles[0], "梁若溪"), (roles[0], "柳映秋"), (roles[1], "贺闻笙")]


def test_what_no_document_of_the_client_asks_for_is_asked(planned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fill(planned, "采购部")
    edit(path, row(0, {"判定": "○", FACT: "抽LW-CG-2602，授权书2025版"}))
    monkeypatch.setattr("gbtool.commands.audit.answer._basis", lambda *_: "")
    refused = answer(planned, "采购部", path, 2).stderr
    assert "采购部 第1行：没有写违反了自己的哪份文件" in refused
    assert told(planned, "ledger", "list", "--form", "rec-nc-report")["entries"] == []


def test_a_judgement_with_a_report_is_not_taken_back(planned: Path) -> None:
    path = fill(planned, "采购部")
    edit(path, row(0, {"判定": "○", FACT: "抽LW-CG-2602，授权书2025版"}))
    answer(planned, "采购部", path)
    again = told(planned, "audit", "answer", "采购部", "--from", str(path))
    assert again["nonconformities"] == []
    edit(path, row(0, {"判定": "√"}))
    assert f"已开不符合报告 {NC}" in answer(planned, "采购部", path, 1).stderr


def test_nobody_answers_for_his_own_department(planned: Path) -> None:
    path = fill(planned, "质量部")
    own = answer(planned, "质量部", path, 1, "--auditor", "柳映秋").stderr
    assert "柳映秋 不能审质量部" in own
    both = answer(planned, "质量部", path, 1, "--auditor", "梁若溪、柳映秋").stderr
    assert "柳映秋 不能审质量部" in both
    assert "IA-003" in own
    assert "不在内审员名单和审核计划里" in answer(planned, "质量部", path, 2, "--auditor", "没有这个人").stderr
    assert "还没有发生" in answer(planned, "质量部", path, 2, "--date", "2026-12-01").stderr
    assert "DT-18" in answer(planned, "质量部", path, 1, "--date", "2026-08-20").stderr
    edit(path, lambda record: record["head"].update({"受审核部门": "采购部"}))
    assert "0 份“质量部”的检查表" in answer(planned, "质量部", path, 3).stderr


def test_a_half_answered_checklist_waits(planned: Path) -> None:
    path = fill(planned, "财务部")
    edit(path, row(0, {"判定": "", FACT: ""}))
    assert "还有 1 行没判" in answer(planned, "财务部", path).stdout
    assert "财务部 第1行没有判定" in run(planned, *CONCLUDED, code=1).stderr
    edit(path, lambda record: [each.update({"判定": ""}) for each in record["rows"]])
    assert "没有一行写了判定" in answer(planned, "财务部", path, 2).stderr


def test_without_a_terminal_answers_come_from_a_file(planned: Path) -> None:
    assert "没有终端可以问" in run(planned, "audit", "answer", "财务部", code=2).stderr
    assert "没有部门" in run(planned, "audit", "answer", "没有的部门", code=2).stderr


def test_at_a_terminal_the_rows_are_asked_and_what_is_left_is_asked_next_time(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = iter([0, -1, *[3] * 100])  # 符合, then stop; later 观察项 for all that is left
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "one", lambda _, choices: choices[next(chosen)][1])
    monkeypatch.setattr(ask, "line", lambda *_: "邹明澈，支出台账3笔，本期")
    first = run(planned, "audit", "answer", "财务部").stdout
    assert "停下：还有" in first
    assert "行没判" in first
    assert "没判" not in run(planned, "audit", "answer", "财务部", "--confirmed-by", "邹明澈").stdout
    kept = told(planned, "ledger", "list", "--form", "rec-audit-checklist")["entries"]
    assert [row["判定"] for row in kept[0]["data"]["rows"]][:3] == ["符合", "观察项", "观察项"]


def test_records_that_are_not_in_the_ledger_are_remarked(planned: Path) -> None:
    path = fill(planned, "财务部", fact="LW-IPM-JL-07-10-099，第{}处")
    assert "LW-IPM-JL-07-10-099 不在台账里" in answer(planned, "财务部", path).stdout


# The printed form and the workbook


def printed(folder: Path, department: str) -> Path:
    """The printed checklist of a department."""
    return folder / WORD / f"LW-IPM-JL-23-02 内部审核检查表 {department}.docx"


def written(folder: Path, department: str, change: Callable[[Any], object] | None = None) -> Path:
    """The printed form filled in by hand: every row √ with a fact, signed for the department; then changed."""
    path = printed(folder, department)
    form = docx.Document(str(path))
    for number, line in enumerate(form.tables[1].rows[1:], 1):
        line.cells[6].text, line.cells[7].text = f"抽3份，韩泊舟2026-05-29签，第{number}处", "√"
    form.tables[2].rows[0].cells[1].paragraphs[0].add_run("邹明澈")
    if change:
        change(form)
    form.save(str(path))
    return path


def test_the_printed_form_comes_back_once(planned: Path) -> None:
    def change(form: Any) -> None:  # noqa: ANN401 - python-docx
        form.tables[1].rows[2].cells[7].text = "○"

    path = written(planned, "财务部", change)
    done = told(planned, "audit", "answer", "--from", str(path))
    assert (done["new"], done["left"], done["nonconformities"]) == (True, 0, [NC])
    kept = told(planned, "ledger", "list", "--form", "rec-audit-checklist")["entries"][0]["data"]
    assert kept["rows"][0]["标准条款"].endswith("（context.obligations）")
    assert "样本：" in kept["rows"][0]["抽样计划"]
    assert [signed["name"] for signed in kept["sign"]][1:] == ["邹明澈"]
    before = (planned / "ledger.db").read_bytes()
    again = run(planned, "audit", "answer", "财务部", "--from", str(path)).stdout
    assert "已经登记过，没有变化" in again
    assert told(planned, "audit", "answer", "--from", str(path))["new"] is False
    assert (planned / "ledger.db").read_bytes() == before


def test_a_bad_row_of_the_printed_form_is_named(planned: Path) -> None:
    def change(form: Any) -> None:  # noqa: ANN401 - python-docx
        form.tables[1].rows[2].cells[7].text = "还行"
        form.tables[1].rows[3].cells[6].text = ""

    path = written(planned, "财务部", change)
    said = run(planned, "audit", "answer", "--from", str(path), code=2).stderr
    assert f"{path.name} 表格第2条“判定”：判定“还行”不认识" in said
    assert f"{path.name} 表格第3条“审核记录（看到的事实、文件编号、日期、人名）”：判符合，没有写看到的事实" in said


def test_rows_that_nobody_asked_and_other_papers_are_refused(planned: Path) -> None:
    def change(form: Any) -> None:  # noqa: ANN401 - python-docx
        rows = form.tables[1].rows
        rows[2].cells[2].text, rows[2].cells[0].text = "今天吃什么？", "99"
        rows[3].cells[2].text = rows[4].cells[2].text

    path = written(planned, "财务部", change)
    said = run(planned, "audit", "answer", "--from", str(path), code=3).stderr
    assert "表格第2条“审核内容（问题）”：认不出是检查表的哪一行" in said
    assert "行有两处" in said
    wrong = run(planned, "audit", "answer", "采购部", "--from", str(path), code=3).stderr
    assert "这是“财务部”的检查表，不是“采购部”的" in wrong
    plan = planned / WORD / "LW-IPM-JH-08 内部审核实施计划.docx"
    assert "不是内部审核检查表" in run(planned, "audit", "answer", "--from", str(plan), code=3).stderr
    assert "没有写部门" in run(planned, "audit", "answer", code=2).stderr


def test_a_form_with_a_column_taken_away_or_a_strange_department_is_refused(planned: Path) -> None:
    def change(form: Any) -> None:  # noqa: ANN401 - python-docx
        form.tables[0].rows[0].cells[1].text = "财务科"
        form.tables[1].rows[0].cells[7].text = "结论"

    path = written(planned, "财务部", change)
    assert "表单没有这一列" in run(planned, "audit", "answer", "--from", str(path), code=3).stderr
    path = written(planned, "采购部", lambda form: setattr(form.tables[0].rows[0].cells[1], "text", "采购科"))
    said = run(planned, "audit", "answer", "--from", str(path), code=3).stderr
    assert "“受审核部门”写的是“采购科”，机构图上没有" in said


def test_a_question_with_other_words_is_known_by_its_number_and_clause(planned: Path) -> None:
    def change(form: Any) -> None:  # noqa: ANN401 - python-docx
        form.tables[1].rows[1].cells[2].text = "合规义务清单里本部门的义务知道几条？"

    path = written(planned, "财务部", change)
    run(planned, "audit", "answer", "--from", str(path))
    kept = told(planned, "ledger", "list", "--form", "rec-audit-checklist")["entries"][0]["data"]
    assert kept["rows"][0]["审核内容（问题）"] == "合规义务清单里本部门的义务知道几条？"


def workbook(folder: Path, department: str, change: Callable[[list[list[Any]]], object]) -> Path:
    """The workbook of a department, every row √ with a fact, then changed."""
    path = folder / "输出" / "内审" / f"检查表 {department}.xlsx"
    with CalamineWorkbook.from_path(path) as opened:
        names = ("检查表", "说明")
        found: dict[str, list[list[Any]]] = {n: [*opened.get_sheet_by_name(n).to_python()] for n in names}
    rows = found["检查表"]
    for number, line in enumerate(rows[1:], 1):
        line[rows[0].index(FACT)] = f"抽3份，韩泊舟2026-05-29签，第{number}处"
        line[rows[0].index("判定")] = "√"
    change(rows)
    path.write_bytes(book([Page(name, lines) for name, lines in found.items()], date(2026, 8, 26)))
    return path


def test_the_workbook_goes_out_with_choices_and_comes_back_once(planned: Path) -> None:
    path = planned / "输出" / "内审" / "检查表 财务部.xlsx"
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<dataValidation " in sheet
        assert "<f>" not in sheet

    def change(rows: list[list[Any]]) -> None:
        rows[1][rows[0].index("判定")] = "严重不符合"
        rows[1][rows[0].index("不符合事实")] = "=3份都没有"
        rows[1][rows[0].index("依据文件")] = "LW-IPM-CX-15 第4.1款"

    path = workbook(planned, "财务部", change)
    done = told(planned, "audit", "answer", "--from", str(path), "--confirmed-by", "邹明澈")
    assert (done["new"], done["nonconformities"]) == (True, [NC])
    report = told(planned, "ledger", "list", "--form", "rec-nc-report")["entries"][0]["data"]["rows"][0]
    assert report["不符合事实描述"] == "=3份都没有"
    assert report["不符合的条款与文件"].endswith("LW-IPM-CX-15 第4.1款")
    kept = told(planned, "ledger", "list", "--form", "rec-audit-checklist")["entries"][0]["data"]["rows"][0]
    assert not {"编号", "总体", "样本", "怎么抽", "应看的证据"} & kept.keys()
    again = told(planned, "audit", "answer", "--from", str(path), "--confirmed-by", "邹明澈")
    assert (again["new"], again["nonconformities"]) == (False, [])


def test_bad_cells_of_the_workbook_are_named_by_sheet_row_and_column(planned: Path) -> None:
    def change(rows: list[list[Any]]) -> None:
        rows[1][rows[0].index("判定")] = "好"
        rows[2][rows[0].index(FACT)] = "符合要求"

    path = workbook(planned, "财务部", change)
    said = run(planned, "audit", "answer", "--from", str(path), code=2).stderr
    assert "检查表 财务部.xlsx 检查表!J2：判定“好”不认识" in said
    assert "检查表 财务部.xlsx 检查表!I3：判符合，没有写出凭据" in said

    def twice(rows: list[list[Any]]) -> None:
        rows[2][rows[0].index("编号")] = rows[1][rows[0].index("编号")]
        rows[3][rows[0].index("编号")] = "没有这个"
        rows[3][0] = ""

    path = workbook(planned, "财务部", twice)
    said = run(planned, "audit", "answer", "--from", str(path), code=3).stderr
    assert "检查表!C3：第1行有两处" in said
    assert "检查表!C4：认不出是检查表的哪一行" in said
    path = workbook(planned, "财务部", lambda rows: rows[0].__setitem__(9, "结论"))
    assert "缺列“判定”" in run(planned, "audit", "answer", "--from", str(path), code=3).stderr
    path.write_bytes(book([Page("别的", [["甲"]])], date(2026, 8, 26)))
    assert "没有“检查表”和“说明”两张工作表" in run(planned, "audit", "answer", "--from", str(path), code=3).stderr


def test_another_seed_draws_another_sample(planned: Path) -> None:
    first = told(planned, "audit", "checklist", "技术中心")["checklists"][0]
    other = told(planned, "audit", "checklist", "技术中心", "--seed", "7")["checklists"][0]
    assert (other["seed"], [file["outcome"] for file in other["files"]]) == (7, ["kept", "kept", "kept"])
    rows = [next(r for r in each["rows"] if r["id"] == "each.awareness.interview") for each in (first, other)]
    assert rows[0]["drawn"] != rows[1]["drawn"]
    assert len(rows[0]["drawn"]) == 3
    assert "样本按种子 7 " in run(planned, "audit", "checklist", "技术中心", "--seed", "7").stdout
    assert f"按种子{first['seed']}随机抽取" in text_of(printed(planned, "技术中心"))


# From the nonconformity to the review


def audited(folder: Path) -> Path:
    """Every department answered, one nonconformity."""
    for each in told(folder, "audit", "checklist")["checklists"]:
        path = fill(folder, each["department"])
        if each["department"] == "采购部":
            edit(path, row(0, {"判定": "○", FACT: "抽LW-CG-2602，授权书2025版，实装2026版"}))
            edit(path, row(1, {"判定": "△"}))
        answer(folder, each["department"], path)
    return folder


def nc(folder: Path, verb: str, *words: str, code: int = 0) -> Result:
    """A step with the nonconformity."""
    return run(folder, "audit", "nc", verb, NC, *words, code=code)


def corrected(folder: Path) -> None:
    """The nonconformity from its cause to its end."""
    nc(folder, "cause", "登记时照抄报价单，表单没有核对依据栏", "--date", "2026-08-26")
    nc(folder, "correct", "更正登记并注明日期")
    nc(folder, "act", "以授权书为准，装机时回签版本", "--owner", "任乐舟", "--due", "2026-09-05")
    nc(folder, "done", "--date", "2026-08-28")
    nc(folder, "verify", "--by", "柳映秋", "--date", "2026-08-31", "--evidence", "更正页1份，另抽4条无差错")
    assert "已关闭" in nc(folder, "close", "--date", "2026-08-31").stdout


def test_a_nonconformity_goes_step_by_step(answered: Path) -> None:
    assert "gbtool audit nc cause" in run(answered, "audit", "nc", "list").stdout
    early = nc(answered, "done", "--date", "2026-08-28", code=2).stderr
    assert "还没有原因分析" in early
    assert "还没有原因分析" in nc(answered, "act", "措施", "--owner", "任乐舟", "--due", "2026-09-05", code=2).stderr
    assert "早于发现日期" in nc(answered, "cause", "原因", "--date", "2026-08-01", code=2).stderr
    assert "没有写原因分析" in nc(answered, "cause", " ", "--date", "2026-08-26", code=2).stderr
    assert "还没有发生" in nc(answered, "cause", "原因", "--date", "2026-12-01", code=2).stderr
    nc(answered, "cause", "登记时照抄报价单", "--date", "2026-08-26", "--by", "任乐舟")
    nc(answered, "correct", "更正登记")
    assert "没有这个人" in nc(answered, "act", "措施", "--owner", "查无此人", "--due", "2026-09-05", code=2).stderr
    nc(answered, "act", "以授权书为准", "--owner", "任乐舟", "--due", "2026-08-28")
    assert "逾期 1 项" in run(answered, "audit", "nc", "list").stdout
    assert "DT-20" in nc(answered, "done", "--date", "2026-08-30", code=1).stderr
    leave = ("--to", "2026-08-30", "--by", "沈知远", "--date", "2026-08-28", "--reason", "授权书原件在途")
    assert "（延）" not in run(answered, "audit", "nc", "list").stdout
    nc(answered, "extend", *leave)
    nc(answered, "done", "--date", "2026-08-30")
    verify = ("--date", "2026-08-31", "--evidence", "抽4条")
    assert "不能自己验证" in nc(answered, "verify", "--by", "任乐舟", *verify, code=1).stderr
    before = ("--date", "2026-08-29", "--evidence", "抽4条")
    assert "早于实际完成日期" in nc(answered, "verify", "--by", "柳映秋", *before, code=2).stderr
    assert "还没有验证" in nc(answered, "close", "--date", "2026-08-31", code=2).stderr
    nc(answered, "verify", "--by", "柳映秋", *verify)
    nc(answered, "close", "--date", "2026-09-01")
    assert "已于 2026-09-01 关闭" in nc(answered, "correct", "再改", code=1).stderr
    listed = told(answered, "audit", "nc", "list")["nonconformities"]
    assert [(each["number"], each["closed"], each["verifier"]) for each in listed] == [(NC, True, "柳映秋")]
    changes = run(answered, "ledger", "show", listed[0]["record"]).stdout
    assert all(f"{NC} {step}" in changes for step in ("分析原因", "纠正", "采取纠正措施", "完成", "验证", "关闭"))
    strange = run(answered, "audit", "nc", "correct", "LW-NC-2026-09", "改", code=2).stderr
    assert "没有不符合“LW-NC-2026-09”" in strange


def test_a_report_waits_for_every_row_and_department(planned: Path) -> None:
    refused = run(planned, *CONCLUDED, code=1).stderr
    assert "公司领导 没有检查表" in refused
    lacking = run(planned, *REPORT, code=2).stderr
    assert "--conclusion：不能空着" in lacking
    assert "还没有发生" in run(planned, *CONCLUDED, code=2, on="2026-08-30").stderr


def test_the_report_counts_one_list(answered: Path) -> None:
    done = told(answered, *CONCLUDED, "--correction-due", "2026-09-07", "--limits", "抽样审核")
    assert done["counts"]["nonconformities"] == "1"
    assert done["counts"]["一般不符合"] == "1"
    assert done["nonconformities"] == [NC]
    names = [Path(each["path"]).name for each in done["papers"]]
    assert names == [
        "LW-IPM-BG-02 内部审核报告.docx",
        f"LW-IPM-JL-23-03-001 不符合项报告 {NC}.docx",
        "LW-IPM-JL-23-04-001 不符合项分布表.docx",
    ]
    report = text_of(answered / WORD / names[0])
    assert all(words in report for words in ("共1项，其中严重0项、一般1项", "授权书2025版", "在2026-09-07前", "观察项"))
    assert "（operation" not in report + text_of(answered / WORD / names[1])
    assert "采购部" in text_of(answered / WORD / names[2])
    assert run(answered, *CONCLUDED, "--again").stdout.count("没变") + 1 >= 1
    failed = {each["rule"] for each in told_rules(answered) if each["status"] == "failed"}
    assert not {rule for rule in failed if rule.startswith("audit.")}, failed


def told_rules(folder: Path, on: str = "2026-09-22") -> list[dict[str, Any]]:
    """The results of readiness."""
    found: list[dict[str, Any]] = json.loads(run(folder, "readiness", "--json", code=1, on=on).stdout)["results"]
    return found


def test_a_review_needs_the_audit_report(planned: Path) -> None:
    refused = run(planned, "review", "plan", "--held", "2026-09-11", *REVIEW, code=1, on="2026-09-10").stderr
    assert "还没有内审报告" in refused
    meeting = ("review", "meeting", "--date", "2026-09-01", "--chair", "周屿川", "--present", "沈知远")
    assert "DT-22" in run(planned, *meeting, code=1).stderr
    report = ("--compiled-by", "梁若溪", "--approved-by", "沈知远", "--date", "2026-09-01")
    said = ("--suitability", "适宜", "--adequacy", "充分", "--effectiveness", "有效")
    refused = run(planned, "review", "report", *report, *said, code=1).stderr
    assert all(words in refused for words in ("内审报告", "没有管理评审计划", "没有管理评审会议记录", "周屿川"))
    assert "--suitability：不能空着" in run(planned, "review", "report", *report, code=2).stderr
    assert "还没有管理评审会议记录" in run(
        planned, "review", "decision", "add", "改", "--department", "采购部", "--person", "任乐舟",
        "--due", "2026-09-30", code=1,
    ).stderr  # fmt: skip
    assert "没有第 1 项决议" in run(
        planned, "review", "decision", "done", "1", "--date", "2026-09-01", "--result", "看过", "--verified-by",
        "柳映秋", code=2,
    ).stderr  # fmt: skip


def test_from_the_audit_report_to_readiness(answered: Path) -> None:
    corrected(answered)
    run(answered, *CONCLUDED, on="2026-09-01")
    _plan_review(answered)
    _inputs(answered)
    _meeting(answered)
    _decisions(answered)
    _review_report(answered)
    failed = {each["rule"] for each in told_rules(answered) if each["status"] == "failed" and each["blocks"]}
    assert not {rule for rule in failed if rule.startswith(("audit.", "nonconformities.", "review."))}, failed


def _plan_review(folder: Path) -> None:
    early = run(folder, "review", "plan", "--held", "2026-08-30", *REVIEW, code=1, on="2026-09-02").stderr
    assert "早于内审报告 2026-09-01（DT-22）" in early
    plan = ("review", "plan", "--held", "2026-09-11", *REVIEW, "--place", "一楼", "--inputs-due", "2026-09-09")
    done = told(folder, *plan, "--compiled", "2026-09-01", on="2026-09-02")
    assert (done["chair"], done["place"]) == ("周屿川", "一楼")
    assert "目标完成情况" in {item for share in done["inputs"] for item in share["items"]}
    assert "输入材料分工与提交期限" in text_of(folder / done["papers"][0]["path"])
    assert "由 周屿川 主持" in run(folder, *plan, on="2026-09-02").stdout
    assert (
        "不能空着" in run(folder, "review", "plan", "--held", "2026-09-11", *REVIEW[2:], code=2, on="2026-09-02").stderr
    )


def _inputs(folder: Path) -> None:
    assert "没有部门" in run(folder, "review", "input", "没有的部门", code=2, on="2026-09-07").stderr
    found = told(folder, "review", "input", on="2026-09-07")["departments"]
    by_name = {each["department"]: each["inputs"] for each in found}
    audit = next(each for each in by_name["知识产权部"] if each["item"] == "内审外审结果")
    assert "不符合1项（严重0项），已验证1项" in audit["content"]
    assert audit["sources"].startswith("LW-IPM-BG-02")
    assert "【台账数据】" in text_of(folder / found[0]["files"][0]["path"])
    shown = run(folder, "review", "input", "采购部", on="2026-09-07").stdout
    assert "供方知识产权信息调查表6份" in shown
    path = folder / "输出" / "管理评审" / "输入 采购部.yaml"
    edit(path, lambda record: record.update({"date": "2026-09-07"}))
    assert "还带“【台账数据】”" in run(folder, "review", "input", "--from", str(path), code=3, on="2026-09-09").stderr
    edit(path, lambda r: [each.update({"内容": "敏感供方6家都有调查", "建议": "到期前提醒"}) for each in r["rows"]])
    for _ in range(2):
        taken = run(folder, "review", "input", "--from", str(path), on="2026-09-09").stdout
        assert "LW-IPM-JL-24-01-001" in taken
    edit(path, lambda record: record["head"].update({"日期": "2026-09-12"}))
    edit(path, lambda record: record.update({"date": "2026-09-12"}))
    assert "DT-23" in run(folder, "review", "input", "--from", str(path), code=1, on="2026-09-12").stderr


def _meeting(folder: Path) -> None:
    words = ("--present", "沈知远", "--present", "梁若溪", "--recorder", "林疏桐", "--place", "一楼")
    topic = ("--topic", "内审结果；柳映秋；1项不符合已关闭")
    meeting = ("review", "meeting", *words, *topic)
    wrong = run(folder, *meeting, "--date", "2026-09-11", "--chair", "沈知远", code=1, on="2026-09-12").stderr
    assert "由最高管理者（周屿川）主持" in wrong
    strange = run(
        folder, *meeting, "--date", "2026-09-19", "--chair", "周屿川", "--present", "查无此人", code=2, on="2026-09-12"
    ).stderr
    assert "还没有发生" in strange
    assert "查无此人" in strange
    bad = ("review", "meeting", "--date", "2026-09-11", "--chair", "周屿川", "--present", "沈知远", "--topic", "一句话")
    assert "应当写成 议题;汇报人;要点" in run(folder, *bad, code=2, on="2026-09-12").stderr
    done = run(folder, *meeting, "--date", "2026-09-11", "--chair", "周屿川", on="2026-09-12").stdout
    assert "LW-IPM-JL-24-02-001" in done
    other = run(folder, *meeting, "--date", "2026-09-12", "--chair", "周屿川", on="2026-09-12").stdout
    assert "计划的评审日是 2026-09-11" in other
    run(folder, *meeting, "--date", "2026-09-12", "--chair", "周屿川", on="2026-09-12")


def _decisions(folder: Path) -> None:
    decide = ("review", "decision", "add")
    bad = ("--department", "综合科", "--person", "查无此人", "--due", "2026-01-01")
    refused = run(folder, *decide, "样册纳入受控清单", *bad, code=2, on="2026-09-16").stderr
    assert all(words in refused for words in ("没有部门“综合科”", "查无此人", "DT-25"))
    given = ("--department", "综合管理部", "--person", "姜予墨", "--due", "2026-09-30", "--resource", "不另增")
    for topic in ("内审结果", "别的议题"):
        run(folder, *decide, "样册纳入受控清单", *given, "--topic", topic, on="2026-09-16")
    more = ("--department", "知识产权部", "--person", "杜星野", "--due", "2026-09-18")
    run(folder, *decide, "增加检索账号1个", *more, on="2026-09-16")
    rows = told(folder, "review", "decision", "list", on="2026-09-19")["decisions"]
    assert [each["决议事项"] for each in rows] == ["样册纳入受控清单", "增加检索账号1个"]
    assert "逾期 1 项" in run(folder, "review", "decision", "list", on="2026-09-19").stdout
    done = ("review", "decision", "done", "2", "--date", "2026-09-18")
    own = run(folder, *done, "--result", " ", "--verified-by", "杜星野", code=2, on="2026-09-19").stderr
    assert "不能自己验证" in own
    assert "验证结果：不能空着" in own
    early = ("review", "decision", "done", "2", "--date", "2026-09-01", "--result", "已开", "--verified-by", "方可宁")
    assert "早于评审日" in run(folder, *early, code=2, on="2026-09-19").stderr
    run(folder, *done, "--result", "账号已开，试检1次", "--verified-by", "方可宁", on="2026-09-19")
    assert "逾期 0 项" in run(folder, "review", "decision", "list", on="2026-09-19").stdout


def _review_report(folder: Path) -> None:
    signed = (
        "--compiled-by",
        "梁若溪",
        "--approved-by",
        "周屿川",
        "--compiled",
        "2026-09-15",
        "--approved",
        "2026-09-16",
    )
    said = ("--suitability", "适宜", "--adequacy", "充分，样册一处待补", "--effectiveness", "有效")
    report = ("review", "report", *signed, *said, "--date", "2026-09-16")
    shown = run(folder, *report, on="2026-09-19").stdout
    assert "决议 2 项" in shown
    assert "没有登记输入材料的部门" in shown
    done = told(folder, *report, on="2026-09-19")
    assert (done["nonconformities"], done["nonconformities_closed"]) == ([NC], [NC])
    names = [Path(each["path"]).name for each in done["papers"]]
    assert names[1:] == [
        "LW-IPM-JL-24-02-002 管理评审会议记录与签到.docx",
        "LW-IPM-JL-24-03-001 管理评审改进措施跟踪表.docx",
    ]
    _the_next_review(folder)
    assert done["counts"]["patents"] == "38"
    text = text_of(folder / done["papers"][0]["path"])
    assert all(
        words in text for words in ("样册纳入受控清单", "敏感供方6家都有调查", "已全部验证并关闭", "充分，样册一处待补")
    )


def _the_next_review(folder: Path) -> None:
    """Planned a year later: what is open of the first stands in the list, the inputs and can still be done."""
    plan = ("review", "plan", "--held", "2027-09-10", "--compiled-by", "梁若溪", "--approved-by", "周屿川")
    late = told(folder, *plan, "--approved", "2026-09-19", on="2026-09-19")
    assert late["number"] == "LW-IPM-JH-09-2027-09-10"
    assert any("还没有 2027 年的放假安排" in said for said in late["remarks"])
    (left,) = told(folder, "review", "decision", "list", on="2026-10-02")["decisions"][:1]
    assert (left["table"], left["number"], left["overdue"]) == ("LW-IPM-JL-24-03-001", 1, 2)
    brought = told(folder, "review", "input", on="2026-10-02")["departments"]
    said = [line["content"] for each in brought for line in each["inputs"] if line["item"] == "以往措施跟踪"]
    assert any("第1项“样册纳入受控清单，姜予墨，2026-09-30”没有完成，逾期2天" in text for text in said)
    done = (
        "review",
        "decision",
        "done",
        "1",
        "--date",
        "2026-10-02",
        "--result",
        "清单增列2种",
        "--verified-by",
        "方可宁",
    )
    assert "没有第 1 项决议" in run(folder, *done, "--table", "没有", code=2, on="2026-10-02").stderr
    run(folder, *done, "--table", "LW-IPM-JL-24-03-001", on="2026-10-02")
    assert "没有完成 0 项" in run(folder, "review", "decision", "list", on="2026-10-02").stdout
