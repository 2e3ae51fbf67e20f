"""An internal audit and a management review by commands, from the plan to the reports; nothing is passed by itself."""

import json
import shutil
from pathlib import Path

import docx
import pytest
import yaml
from typer.testing import CliRunner, Result

from engagement import EXAMPLES
from gbtool.cli.app import app

RUN = CliRunner()
FACT = "审核记录（看到的事实、文件编号、日期、人名）"
PLAN = ("audit", "plan", "--start", "2026-08-24", "--end", "2026-08-25")
SIGNED = ("--compiled-by", "柳映秋", "--approved-by", "沈知远", "--approved", "2026-08-14", "--save")
REPORT = (
    "--compiled-by",
    "柳映秋",
    "--approved-by",
    "沈知远",
    "--issued",
    "2026-09-01",
    "--conclusion",
    "可以提交管理评审",
)


def run(folder: Path, *words: str, code: int = 0, on: str = "2026-09-01") -> Result:
    """A command in the client's folder on a day."""
    result = RUN.invoke(app, [*words, "-C", str(folder), "--on", on])
    assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
    return result


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


@pytest.fixture
def client(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(prepared, tmp_path / "客户"))


def fill(
    folder: Path, department: str, judged: str = "符合", fact: str = "抽3份，LW-IPM-JL-22-01-001，2026-05-29"
) -> Path:
    """A department's answers file with the same judgement and fact in every row."""
    path = folder / "输出" / "内审" / f"检查表 {department}.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for number, row in enumerate(data["rows"], 1):
        row.update({"判定": judged, FACT: f"{fact}，第{number}处"})
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def test_the_plan_covers_everything_and_nobody_audits_his_own(client: Path) -> None:
    plan = json.loads(run(client, *PLAN, "--json", on="2026-08-14").stdout)
    homes = {"梁若溪": "知识产权部", "柳映秋": "质量部", "方可宁": "综合管理部"}
    assert all(homes[slot["auditor"]] != slot["department"] for slot in plan["slots"])
    assert len({slot["department"] for slot in plan["slots"]}) == 9
    shown = run(client, *PLAN, on="2026-08-14").stdout
    assert "这是建议，还没有存" in shown
    run(client, *PLAN, "--save", code=2, on="2026-08-14")
    run(client, "audit", "plan", "--start", "2026-08-25", "--end", "2026-08-24", code=2)
    run(client, *PLAN, "--lead", "没有这个人", code=2)
    assert "DT-15" in run(client, "audit", "plan", "--start", "2026-06-01", "--end", "2026-06-02", code=1).stderr


def test_no_legal_plan_is_said_with_the_rule(client: Path) -> None:
    refused = run(client, *PLAN, "--team", "梁若溪", code=1, on="2026-08-14").stderr
    assert "IA-003" in refused
    assert "知识产权部" in refused
    assert "外部人员" in refused
    assert "排不下" in run(client, "audit", "plan", "--start", "2026-08-24", "--end", "2026-08-24", code=1).stderr


def test_checklists_are_made_once_and_never_written_over(client: Path) -> None:
    run(client, *PLAN, *SIGNED, on="2026-08-14")
    made = json.loads(run(client, "audit", "checklist", "--json").stdout)["checklists"]
    assert len(made) == 9
    assert all(len(each["made"]) == 2 and len(each["rows"]) >= 18 for each in made)
    mine = fill(client, "财务部").read_bytes()
    again = json.loads(run(client, "audit", "checklist", "财务部", "--json").stdout)["checklists"]
    assert (len(again[0]["kept"]), again[0]["made"]) == (2, [])
    assert (client / "输出" / "内审" / "检查表 财务部.yaml").read_bytes() == mine
    assert "没有部门" in run(client, "audit", "checklist", "没有的部门", code=2).stderr
    text = "\n".join(
        c.text for t in docx.Document(str(client / "输出/内审/检查表 技术中心.docx")).tables for c in t._cells
    )
    assert "8 研究开发" in text
    assert "8.3.2" not in text


def test_an_answer_names_its_evidence_or_is_refused(client: Path) -> None:
    run(client, *PLAN, *SIGNED, on="2026-08-14")
    run(client, "audit", "checklist")
    path = fill(client, "财务部", fact="符合要求")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("符合要求，第1处", "经询问，符合要求").replace("符合要求，第2处", ""), encoding="utf-8"
    )
    refused = run(client, "audit", "answer", str(path), code=3).stderr
    assert "第1行：判符合，没有写出凭据" in refused
    assert "第2行：判符合，没有写看到的事实" in refused
    for old, new, words in (
        ("受审核部门: 财务部", "受审核部门: 采购科", "没有部门"),
        ("审核日期: '2026", "审核日期: '2036", "还没有发生"),
        ("审核日期: '2026-0", "审核日期: '2026-9", "不是日期"),
    ):
        bad = fill(client, "财务部")
        bad.write_text(bad.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert words in run(client, "audit", "answer", str(bad), code=3).stderr
        shutil.rmtree(client / "输出" / "内审")
        run(client, "audit", "checklist")
    empty = client / "空.yaml"
    empty.write_text("head: {}\n", encoding="utf-8")
    assert "没有一行" in run(client, "audit", "answer", str(empty), code=3).stderr


def test_nobody_answers_for_his_own_department_and_nobody_twice(client: Path) -> None:
    run(client, *PLAN, *SIGNED, on="2026-08-14")
    run(client, "audit", "checklist")
    path = fill(client, "质量部")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["head"]["内审员"] = "柳映秋"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    assert "不能审本部门" in run(client, "audit", "answer", str(path), code=1).stderr
    good = fill(client, "财务部")
    run(client, "audit", "answer", str(good))
    assert "已经登记过" in run(client, "audit", "answer", str(good), code=1).stderr


def test_from_plan_to_the_review(client: Path) -> None:
    run(client, *PLAN, *SIGNED, on="2026-08-14")
    made = json.loads(run(client, "audit", "checklist", "--json").stdout)["checklists"]
    assert "没有检查表的部门" in run(client, "audit", "report", *REPORT, code=1).stderr
    for each in made:
        run(client, "audit", "answer", str(fill(client, each["department"]))) if each[
            "department"
        ] != "采购部" else None
    path = fill(client, "采购部")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["rows"][0].update({"判定": "○", FACT: "抽LW-CG-2602，授权书2025版，实装2026版"})
    data["rows"][1].update({"判定": "△"})
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert "LW-NC-2026-01" in run(client, "audit", "answer", str(path)).stdout
    _correct(client)
    done = run(client, "audit", "report", *REPORT, on="2026-09-10").stdout
    assert "内部审核报告.docx" in done
    assert "不符合项报告 LW-NC-2026-01.docx" in done
    text = "\n".join(p.text for p in docx.Document(str(client / "输出/内审/内部审核报告.docx")).paragraphs)
    assert "一般不符合1行" in text
    _review(client)
    found = json.loads(run(client, "readiness", "--json", code=1, on="2026-09-22").stdout)
    failed = {each["rule"] for each in found["results"] if each["status"] == "failed" and each["blocks"]}
    assert not {rule for rule in failed if rule.startswith(("audit.", "nonconformities.", "review."))}, failed


def _correct(client: Path) -> None:
    number = "LW-NC-2026-01"
    listed = json.loads(run(client, "audit", "nc", "list", "--json").stdout)["nonconformities"]
    assert [(each["number"], each["closed"]) for each in listed] == [(number, False)]
    assert "缺原因分析" in run(client, "audit", "nc", "list").stdout
    assert "先完成整改" in run(client, "audit", "nc", "set", number, "验证人=柳映秋", code=2).stderr
    run(
        client,
        "audit",
        "nc",
        "set",
        number,
        "原因分析=照抄报价单",
        "责任人=任乐舟",
        "纠正=更正登记",
        "纠正措施=以授权书为准",
    )
    run(client, "audit", "nc", "set", number, "计划完成日期=2026-08-28", "--by", "任乐舟")
    assert "逾期" in run(client, "audit", "nc", "list", on="2026-08-31").stdout
    run(client, "audit", "nc", "set", number, "实际完成日期=2026-08-28", "验证情况与证据=更正页1份")
    assert "不能自己验证" in run(client, "audit", "nc", "set", number, "验证人=任乐舟", code=2).stderr
    early = run(client, "audit", "nc", "set", number, "验证人=柳映秋", "验证日期=2026-08-27", code=2).stderr
    assert "早于实际完成日期" in early
    assert "还没有发生" in run(client, "audit", "nc", "set", number, "验证日期=2026-12-01", code=2).stderr
    assert "不存在" in run(client, "audit", "nc", "set", number, "验证日期=2026-02-30", code=2).stderr
    assert "没有字段" in run(client, "audit", "nc", "set", number, "没有的=1", code=2).stderr
    assert "没有不符合" in run(client, "audit", "nc", "set", "LW-NC-2026-09", "纠正=1", code=2).stderr
    closed = run(client, "audit", "nc", "set", number, "验证人=柳映秋", "验证日期=2026-08-31").stdout
    assert "已关闭" in closed
    assert "已关闭" in run(client, "audit", "nc", "list").stdout


def _review(client: Path) -> None:
    early = ("--held", "2026-08-30", "--compiled-by", "梁若溪", "--approved-by", "周屿川", "--approved", "2026-08-29")
    assert "DT-22" in run(client, "review", "plan", *early, code=1, on="2026-09-10").stderr
    plan = ("--held", "2026-09-11", "--compiled-by", "梁若溪", "--approved-by", "周屿川", "--approved", "2026-09-02")
    assert "周屿川 主持" in run(client, "review", "plan", *plan, on="2026-09-10").stdout
    topics = {each["topic"] for each in json.loads(run(client, "review", "input", "--json").stdout)["inputs"]}
    assert {"目标完成情况", "内审结果", "体系运行", "知识产权现状"} <= topics
    assert "管理评审输入材料.docx" in run(client, "review", "input").stdout
    assert "管理评审输入材料（2）.docx" in run(client, "review", "input").stdout
    meeting = ["--held", "2026-09-11", "--present", "沈知远", "--present", "梁若溪", "--compiled-by", "梁若溪"]
    meeting += ["--issued", "2026-09-16", "--conclusion", "体系有效，样册控制待补"]
    decided = ("--decision", "样册纳入受控清单;综合管理部;姜予墨;2026-09-30")
    wrong = run(client, "review", "report", *meeting, "--chair", "沈知远", *decided, code=2, on="2026-09-20").stderr
    assert "由最高管理者（周屿川）主持" in wrong
    strange = ("--decision", "甲;没有的部门;乙;2026-01-01")
    refused = run(client, "review", "report", *meeting, "--chair", "周屿川", *strange, code=2, on="2026-09-12").stderr
    assert all(words in refused for words in ("没有部门", "DT-25", "还没有发生"))
    run(client, "review", "report", *meeting, "--chair", "周屿川", "--decision", "一句话", code=2, on="2026-09-20")
    done = run(client, "review", "report", *meeting, "--chair", "周屿川", *decided, on="2026-09-20").stdout
    assert "管理评审报告.docx" in done


def test_a_review_needs_an_audit_and_a_report_a_plan(client: Path) -> None:
    plan = ("--held", "2026-09-11", "--compiled-by", "梁若溪", "--approved-by", "周屿川", "--approved", "2026-09-02")
    assert "还没有内审报告" in run(client, "review", "plan", *plan, code=1).stderr
    assert "还没有审核计划" in run(client, "audit", "report", *REPORT, code=1).stderr
