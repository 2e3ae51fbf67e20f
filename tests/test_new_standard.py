"""A standard that nobody knew is added as files alone, and a client of it goes from init to a verdict."""

import json
import shutil
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from gbtool.cli.app import app
from gbtool.commands.clauses import offers
from gbtool.commands.questionnaires import blank
from gbtool.shelf.shelves import shelves_of

FILES = Path(__file__).parent / "data" / "standard"
ANSWERS = """company_name: 嘉兴（示例）木格设计有限公司
entity_type: 企业
company_short: 木格设计
company_code: MG
employee_count: 6
key_products:
  - {产品: 木格屏风, 对应知识产权: 外观设计}
departments:
  - {部门: 主理人, 负责人: 林木, 职能: "top,mr,ip,作品登记人", 人数: 2}
  - {部门: 设计组, 负责人: 何格, 职能: rd, 人数: 4}
top_manager: 林木，主理人
management_rep: 林木，主理人
ip_department: 主理人
doc_version: A/0
manual_issue_date: 2026-03-02
manual_effective_date: 2026-03-04
has_rd: 是
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client in a firm whose shelf holds the standard."""
    firm = tmp_path_factory.mktemp("standard") / "机构"
    shutil.copytree(FILES, firm)
    (firm / "gbtool.yaml").write_text("name: 示例机构\n", encoding="utf-8")
    (firm / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    folder = firm / "木格设计"
    said(
        "init", str(folder), "--answers", str(firm / "answers.yaml"), "--standard", "studio-2030", "--on", "2026-03-01"
    )
    return folder


def said(*words: str, code: int = 0) -> str:
    """What a command says that ends with this code."""
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, (result.stdout, result.stderr)
    return result.stdout


def test_it_is_offered_with_what_there_is_of_it(client: Path) -> None:
    (offer,) = (each for each in offers(client) if each.head.key == "studio-2030")
    assert (offer.clauses, offer.documents, offer.questions, offer.gates) == (2, 6, 2, 1)
    assert "5 作品" in said("clauses", "5", "-C", str(client))


def test_it_asks_its_own_questions_in_its_own_words(client: Path) -> None:
    asked = {
        each["key"]: each for each in json.loads(said("profile", "list", "--json", "-C", str(client)))["questions"]
    }
    assert asked["studio_style"]["question"] == "作品以哪一类为主？"
    assert asked["top_manager"]["question"] == "工作室的主理人是谁？"
    assert not asked["has_production"]["relevant"]
    assert not any(
        each.key == "studio_style" and each.relevant({"standard_edition": "2023"})
        for each in blank(shelves_of(None, client.parent)).client.questions.values()
    )


def test_its_documents_are_made_and_nobody_else_s(client: Path) -> None:
    made = json.loads(said("generate", "--json", "-C", str(client)))["documents"]
    own = {each["id"]: each for each in made}
    assert set(own) <= {
        "ip-manual",
        "studio-register",
        "plan-audit",
        "rec-audit-checklist",
        "rec-audit-meeting",
        "report-audit",
    }
    assert own["rec-audit-checklist"]["title"] == "检查记录表"
    text = "\n".join(each.text for each in docx.Document(str(client / own["ip-manual"]["path"])).paragraphs)
    assert "作品完成后登记在MG-JL-01《作品登记表》" in text
    assert "GB/T 29490" not in text


def test_its_questions_and_its_forms_are_used(client: Path) -> None:
    said(
        "ledger",
        "add",
        "studio-register",
        "--date",
        "2026-03-20",
        "--row",
        "作品=屏风一号;完成日期=2026-03-18",
        "-C",
        str(client),
        "--on",
        "2026-03-21",
    )
    said("audit", "checklist", "设计组", "-C", str(client), "--on", "2026-04-01")
    (paper,) = (client / "文件" / "工作室自查").glob("*设计组.docx")
    cells = {cell.text for table in docx.Document(str(paper)).tables for row in table.rows for cell in row.cells}
    assert any("木格屏风" in each for each in cells)


def test_it_speaks_in_its_own_words_and_has_no_posts_that_it_lacks(client: Path) -> None:
    page = said("status", "-C", str(client), "--on", "2026-03-05")
    early = ["audit", "plan", "--start", "2026-03-02", "--end", "2026-03-03", "-C", str(client), "--on", "2026-04-03"]
    refused = CliRunner().invoke(app, early).stderr
    checked = json.loads(said("check", "--json", "-C", str(client), "--on", "2026-04-03"))
    assert "自查人" in refused
    assert not any(word in page + refused for word in ("内审", "管理评审", "管理者代表"))
    assert checked["not_applied"]["DT-22"] == "年末回看不以自查报告为前提"
    assert "这个标准不用：DT-22" in said("check", "-C", str(client), "--on", "2026-04-03")


def test_it_comes_to_a_verdict(client: Path) -> None:
    said("generate", "-C", str(client))
    waiting = said("readiness", "-C", str(client), "--on", "2026-05-01", code=1)
    assert "示例评定" in waiting or "运行满一个月" in waiting
    for id_ in ("ip-manual", "studio-register", "rec-audit-checklist", "rec-audit-meeting"):
        said(
            "issue",
            id_,
            "--approved-by",
            "林木",
            "--approved",
            "2026-03-02",
            "--issued",
            "2026-03-02",
            "--effective",
            "2026-03-04",
            "-C",
            str(client),
            "--on",
            "2026-03-05",
        )
    verdict = json.loads(said("readiness", "-C", str(client), "--json", "--on", "2026-05-01"))
    assert verdict["verdict"] == "ready"
    assert {each["status"] for each in verdict["results"]} == {"passed"}
