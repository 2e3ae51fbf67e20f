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
from gbtool.errors import FileFaults
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.seen import seen_by
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
    assert own["rec-audit-checklist"]["number"] == "MG-JL-02"
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
    assert {"怎么查", "受自查部门"} <= cells
    assert not any("审核" in each or "内审" in each for each in cells)


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


@pytest.fixture(scope="module")
def both(client: Path) -> Path:
    """A client of the same firm that follows two standards, its documents written."""
    folder = client.parent / "两个标准"
    answers, days = str(client.parent / "answers.yaml"), ("--on", "2026-03-01")
    said("init", str(folder), "--answers", answers, "--standard", "studio-2030", "--standard", "craft-2031", *days)
    said("generate", "-C", str(folder))
    return folder


def text_of(path: Path) -> str:
    """The paragraphs of a Word file."""
    return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)


def test_two_standards_have_one_set_of_documents(both: Path, client: Path) -> None:
    made = {each["id"]: each for each in json.loads(said("generate", "--json", "-C", str(both)))["documents"]}
    alone = {each["id"] for each in json.loads(said("generate", "--json", "-C", str(client)))["documents"]}
    assert set(made) == {*alone, "craft-heirs"}
    heirs = text_of(both / made["craft-heirs"]["path"])
    assert "按DB00/T 2:2031《手工艺传承 示例》第4条" in heirs
    assert "每年走访一次" in heirs
    manual = text_of(both / made["ip-manual"]["path"])
    assert "同时用于：DB00/T 1—2030《设计工作室知识产权管理 示例》 4、5；DB00/T 2:2031《手工艺传承 示例》 4" in manual
    assert "同时用于" not in text_of(client / made["ip-manual"]["path"])
    page = said("status", "-C", str(both), "--on", "2026-03-05")
    assert "设计工作室知识产权管理" in page
    assert "手工艺传承" in page


def test_what_serves_both_is_listed_with_how(both: Path, client: Path) -> None:
    found = json.loads(said("clauses", "--shared", "--json", "-C", str(both)))["shared"]
    assert {each["id"]: each["how"] for each in found} == {
        "ip-manual": "规则里写主理人的一节同时写明传承人",
        "studio-register": "登记表多记一栏留样",
    }
    assert "作品留样" in said("clauses", "--shared", "-C", str(both))
    alone = CliRunner().invoke(app, ["clauses", "--shared", "-C", str(client)])
    assert (alone.exit_code, "只按" in alone.stderr) == (2, True)


def test_each_standard_is_audited_and_judged_on_its_own(both: Path) -> None:
    said("audit", "checklist", "设计组", "-C", str(both), "--on", "2026-04-01")
    said("audit", "checklist", "设计组", "--standard", "craft-2031", "-C", str(both), "--on", "2026-04-01")
    (own,), (other,) = ((both / "文件" / name).glob("*.docx") for name in ("工作室自查", "走访"))
    assert "-2" in other.name
    assert own.name != other.name
    verdict = json.loads(said("readiness", "--json", "-C", str(both), "--on", "2026-05-01", code=1))
    assert [verdict["standard"], *(each["standard"] for each in verdict["further"])] == [
        "DB00/T 1—2030《设计工作室知识产权管理 示例》",
        "DB00/T 2:2031《手工艺传承 示例》",
    ]
    told = said("readiness", "--standard", "craft-2031", "-C", str(both), "--on", "2026-05-01", code=1)
    assert "手工艺传承" in told
    assert "设计工作室" not in told
    strange = CliRunner().invoke(app, ["readiness", "--standard", "2023", "-C", str(both)])
    assert (strange.exit_code, "不按 GB/T 29490-2023" in strange.stderr) == (2, True)


def test_two_editions_of_one_standard_are_refused(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("standard_edition: '2023'\nfurther_standards: ['2013']\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["status", "-C", str(tmp_path)])
    assert (result.exit_code, "GB/T 29490 写了两版" in result.stderr) == (3, True)


def test_what_a_standard_shares_must_be_there(tmp_path: Path) -> None:
    shutil.copytree(FILES, tmp_path / "机构")
    shared = tmp_path / "机构" / "checklists" / "craft" / "2031" / "shared.yaml"
    shelves = shelves_of(None, tmp_path / "机构")
    shared.write_text("shared:\n  - {document: ip-manual, clauses: [craft.work]}\n", encoding="utf-8")
    with pytest.raises(FileFaults, match=r"没有条款键“craft\.work”，是不是想写“craft\.works”"):
        seen_by(("studio-2030", "craft-2031"), shelves)
    shared.write_text("shared:\n  - {document: ip-manuel, clauses: [craft.works]}\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="没有文件“ip-manuel”，是不是想写“ip-manual”"):
        seen_by(("studio-2030", "craft-2031"), shelves)


def test_a_number_of_a_form_that_is_not_used_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FILES, tmp_path / "机构")
    head = tmp_path / "机构" / "checklists" / "studio" / "2030" / "standard.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "  rec-whistle: X-01\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="numbers 里的 rec-whistle 不在 uses 里"):
        catalogue(shelves_of(None, tmp_path / "机构"))


def test_the_questions_of_a_new_client_are_put_in_the_words_of_its_standard(client: Path) -> None:
    written = (client / "client.yaml").read_text(encoding="utf-8")
    assert "# 工作室的主理人是谁？\ntop_manager: 林木，主理人" in written
    assert "\nhas_production:" not in written


def test_the_standards_are_listed_before_a_client_is_made() -> None:
    assert "GB/T 29490" in said("init", "--standard", "列出")
    without = CliRunner().invoke(app, ["init"])
    assert (without.exit_code, "缺少参数 文件夹" in without.stderr) == (2, True)


def test_its_own_rules_are_asked(both: Path) -> None:
    row = ("--row", "作品=屏风二号;完成日期=2026-03-22")
    form = ("ledger", "add", "studio-register", "--set", "登记日期=2026-03-20", *row)
    added = (*form, "-C", str(both), "--on", "2026-03-23")
    said(*added)
    found = json.loads(said("check", "--json", "-C", str(both), "--on", "2026-03-23", code=1))["findings"]
    (wrong,) = (each for each in found if each["rule"] == "ST-01")
    assert ("2026-03-22" in wrong["message"], wrong["fix"]) == (True, "核对两个日期")
