"""init, profile, status and clauses as a script or a person at a terminal calls them."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from typer.testing import CliRunner

from gbtool.cli import ask
from gbtool.cli.app import app

EXAMPLES = Path(__file__).parents[2] / "examples"
RUN = CliRunner()
ENTER, DOWN, UP, SPACE, CTRL_C = "\r", "\x1b[B", "\x1b[A", " ", "\x03"


def gbtool(*words: str) -> tuple[int, str, str]:
    result = RUN.invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def read(folder: Path) -> str:
    return (folder / "client.yaml").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def lanwan(here: Path) -> Path:
    shutil.copytree(EXAMPLES / "lanwan", here / "岚湾")
    return here / "岚湾"


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """A terminal on which the test types."""
    monkeypatch.setattr(ask, "possible", lambda: True)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


# init


def test_init_shows_the_folder_and_the_next_command(here: Path) -> None:
    code, out, _ = gbtool("init", "岚湾", "--answers", str(EXAMPLES / "lanwan" / "client.yaml"), "--on", "2026-11-22")
    assert code == 0
    assert "├── client.yaml     客户情况：已答 129 题，待答 2 题" in out
    assert "├── roster.csv" in out
    assert "下一步：gbtool generate -C 岚湾" in out
    assert (here / "岚湾" / "ledger.db").is_file()


def test_init_without_a_terminal_asks_nothing(here: Path) -> None:
    code, out, _ = gbtool("init", "新 客户", "--edition", "2023")
    assert code == 0
    assert '下一步：gbtool profile -C "新 客户"' in out
    assert "standard_edition: '2023'" in read(here / "新 客户")


def test_init_refuses_a_client_in_a_client(here: Path) -> None:
    gbtool("init", "外")
    before = sorted(here.rglob("*"))
    code, out, err = gbtool("init", "外/内")
    assert (code, out) == (2, "")
    assert "客户文件夹不能套在另一个里面" in err
    assert sorted(here.rglob("*")) == before


def test_the_wizard_keeps_every_answer_at_once(here: Path, keys: PipeInput) -> None:
    keys.send_text(f"青屿软件{ENTER}{ENTER}{ENTER}qy\x7f\x7fQY{ENTER}{CTRL_C}")
    code, out, _ = gbtool("init", "青屿")
    assert code == 130
    assert "已答 3 题" in out
    text = read(here / "青屿")
    assert "\ncompany_name: 青屿软件\n" in text
    assert "\nentity_type: 企业\n" in text
    assert "\ncompany_short:\n" in text
    assert "\ncompany_code: QY\n" in text


def test_the_wizard_refuses_a_wrong_answer_until_it_is_right(here: Path, keys: PipeInput) -> None:
    keys.send_text(f"青屿{ENTER}{ENTER}{ENTER}{ENTER}9150{ENTER}\x7f\x7f\x7f\x7f91500109MA0XDEM14Q{ENTER}{CTRL_C}")
    gbtool("init", "青屿")
    assert "\nuscc: 91500109MA0XDEM14Q\n" in read(here / "青屿")


# profile


def only_open(folder: Path, *keys: str) -> None:
    """Open these questions of an answered client again."""
    assert gbtool("profile", "set", "-C", str(folder), *(f"{key}=" for key in keys))[0] == 0


SKIP = ENTER * 2  # the two dispatch numbers, which the example leaves open


def test_profile_shows_how_far_each_group_is(lanwan: Path) -> None:
    code, out, _ = gbtool("profile", "-C", str(lanwan))
    assert code == 0
    assert "A   企业基本情况" in out
    assert "下一步：gbtool profile list --open" in out


def test_profile_asks_what_is_open(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "website", "has_overseas", "competitors", "search_tools", "work_calendar")
    keys.send_text(
        f"lanwan.example{ENTER}{DOWN}{ENTER}{ENTER}甲，乙{ENTER}{SPACE}{DOWN}{SPACE}{ENTER}{DOWN}{ENTER}{ENTER}"
    )
    code, out, _ = gbtool("profile", "-C", str(lanwan))
    assert code == 0
    text = read(lanwan)
    assert "website: lanwan.example\n" in text
    assert "has_overseas: false\n" in text
    assert "competitors:\n- 甲\n- 乙\n" in text
    assert "search_tools:\n- 国家公共检索系统\n- 商业数据库\n" in text
    assert "work_calendar: 大小周\n" in text
    assert "这一轮问完了，还有 2 题待答" in out


def test_profile_says_when_everything_is_answered(lanwan: Path, keys: PipeInput) -> None:
    keys.send_text(f"岚湾〔2026〕5号{ENTER}岚湾〔2026〕9号{ENTER}")
    assert "全部回答完了。" in gbtool("profile", "-C", str(lanwan))[1]
    assert "全部回答完了。" in gbtool("profile", "-C", str(lanwan))[1]


def test_later_leaves_a_choice_open(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "has_overseas", "work_calendar", "search_tools")
    keys.send_text(f"{UP}{ENTER}{ENTER}{ENTER}{UP}{ENTER}{ENTER}")
    assert "还有 5 题待答" in gbtool("profile", "-C", str(lanwan))[1]


def test_a_table_is_filled_row_by_row(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "liaisons")
    row = f"技术中心{ENTER}宋以恒{ENTER}"
    stranger = f"技术中心{ENTER}没有这人{ENTER}"
    keys.send_text(f"{row}{stranger}{ENTER}{SKIP}")
    _, _, err = gbtool("profile", "-C", str(lanwan))
    assert "liaisons:\n- 部门: 技术中心\n  姓名: 宋以恒\norg" not in err
    assert "“没有这人”不在人员名册" in err
    assert "liaisons:\n- 部门: 技术中心\n  姓名: 宋以恒\n" in read(lanwan)


def test_a_table_may_come_from_a_file_or_be_none(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "liaisons", "leavers")
    Path("l.csv").write_text("部门,姓名\n采购部,任乐舟\n", encoding="utf-8")
    keys.send_text(f"@没有.csv{ENTER}@l.csv{ENTER}无{ENTER}{SKIP}")
    _, _, err = gbtool("profile", "-C", str(lanwan))
    assert "没有.csv：读不出文件" in err
    assert "liaisons:\n- 部门: 采购部\n  姓名: 任乐舟\n" in read(lanwan)
    assert "leavers: []\n" in read(lanwan)


def test_a_table_may_be_left_for_later(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "liaisons")
    keys.send_text(f"{ENTER}{SKIP}")
    assert "还有 3 题待答" in gbtool("profile", "-C", str(lanwan))[1]


def department(name: str, functions: str) -> str:
    return f"{name}{ENTER}周屿川{ENTER}{functions}{ENTER}9{ENTER}"


ALL = f"{SPACE}{DOWN}" * 12


def test_departments_are_mended_until_every_function_is_carried(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "departments")
    again = f"{DOWN}{ENTER}{department('总部', ALL)}"
    keys.send_text(f"{department('综合部', SPACE)}{ENTER}{again}{ENTER}{SKIP}")
    _, _, err = gbtool("profile", "-C", str(lanwan))
    assert "还没有部门承担：compliance（合规或法务）" in err
    assert "- 部门: 总部\n  负责人: 周屿川\n  职能: ip,compliance,hr,finance,admin,it,rd" in read(lanwan)


def test_departments_may_get_more_rows_or_wait(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "departments")
    keys.send_text(f"{department('综合部', SPACE)}{ENTER}{ENTER}{department('总部', SPACE)}{ENTER}{UP}{ENTER}{SKIP}")
    _, out, _ = gbtool("profile", "-C", str(lanwan))
    assert "还有 3 题待答" in out
    assert "departments:\n" in read(lanwan)


def test_a_file_is_asked_for_until_it_is_there(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "trademarks")
    Path("商标 表.csv").write_text("商标,注册号\n岚湾,99001407\n", encoding="utf-8")
    wrong = f"没有.csv{ENTER}" + "\x7f" * 6
    keys.send_text(f"{ENTER}{wrong}'商标 表.csv'{ENTER}{ENTER}")
    assert gbtool("profile", "-C", str(lanwan))[0] == 0
    assert "trademarks: 商标 表.csv\n" in read(lanwan)
    assert (lanwan / "商标 表.csv").is_file()


def test_a_list_that_looks_like_yaml_is_read_as_yaml(lanwan: Path, keys: PipeInput) -> None:
    only_open(lanwan, "competitors")
    keys.send_text(f"{ENTER}[甲{ENTER}]{ENTER}{ENTER}")
    assert gbtool("profile", "-C", str(lanwan))[0] == 0
    assert "competitors:\n- 甲\n" in read(lanwan)


def test_set_says_what_it_changed_and_what_is_left(lanwan: Path) -> None:
    code, out, _ = gbtool("profile", "set", "-C", str(lanwan), "company_short=岚湾", "website=", "has_production=否")
    assert code == 0
    assert out.splitlines() == ["company_short：岚湾", "website：重新待答", "has_production：否", "还有 3 题待答。"]


def test_set_notes_a_function_that_nobody_carries(here: Path) -> None:
    (here / "client.yaml").write_text(
        "departments:\n- 部门: 综合部\n  负责人: 甲\n  职能: ip\n  人数: 3\n", encoding="utf-8"
    )
    _, out, _ = gbtool("profile", "set", "has_rd=是")
    assert "注意：departments 里还没有部门承担：compliance（合规或法务）" in out


def test_set_refuses_all_when_one_is_wrong(lanwan: Path) -> None:
    before = read(lanwan)
    code, _, err = gbtool("profile", "set", "-C", str(lanwan), "company_short=岚湾", "established_date=2026-02-30")
    assert code == 3
    assert "established_date：2026-02-30 这一天不存在" in err
    assert read(lanwan) == before


def test_list_names_open_questions(lanwan: Path) -> None:
    code, out, _ = gbtool("profile", "list", "-C", str(lanwan), "--open", "--json")
    assert code == 0
    assert [each["key"] for each in json.loads(out)["questions"]] == ["org_notice_number", "promulgation_number"]
    _, out, _ = gbtool("profile", "list", "-C", str(lanwan), "--open")
    assert "待答 2 题" in out
    assert "下一步：gbtool profile set org_notice_number=…" in out


def test_list_shows_every_answer_in_a_line(lanwan: Path) -> None:
    _, out, _ = gbtool("profile", "list", "-C", str(lanwan))
    lines = {line.split()[0]: line for line in out.splitlines()[2:]}
    assert lines["people_roster"].endswith("187 行")
    assert lines["has_rd"].endswith("是")
    assert lines["oss_policy"].endswith("不涉及") or "不适用" in lines["oss_policy"]
    assert lines["company_intro"].endswith("…")
    _, out, _ = gbtool("profile", "list", "-C", str(lanwan), "--json")
    values = {each["key"]: each["value"] for each in json.loads(out)["questions"]}
    assert values["people_roster"] == {"rows": 187}
    assert values["has_rd"] is True


def test_list_says_what_waits_for_another_answer(here: Path) -> None:
    (here / "client.yaml").write_text("has_rd: false\n", encoding="utf-8")
    lines = {line.split()[0]: line for line in gbtool("profile", "list")[1].splitlines()[2:]}
    assert lines["rd_staff_count"].endswith("不涉及")
    assert lines["software_products"].endswith("看前面怎么答")
    assert lines["company_name"].endswith("待答（必答）")
    assert lines["website"].endswith("待答")


def test_an_empty_list_of_open_questions_is_said(lanwan: Path) -> None:
    gbtool("profile", "set", "-C", str(lanwan), "org_notice_number=1", "promulgation_number=2")
    assert gbtool("profile", "list", "-C", str(lanwan), "--open")[1] == "待答 0 题\n"


def test_show_tells_how_to_answer_a_question(lanwan: Path) -> None:
    code, out, _ = gbtool("profile", "show", "-C", str(lanwan), "departments")
    assert code == 0
    assert "写法  表格：YAML 或 JSON" in out
    assert "位置  client.yaml:" in out
    _, out, _ = gbtool("profile", "show", "-C", str(lanwan), "liaisons", "--json")
    assert json.loads(out)["value"][0] == {"部门": "技术中心", "姓名": "宋以恒"}
    assert "LW-IPM-01 知识产权合规管理手册" in json.loads(out)["documents"]
    assert gbtool("profile", "show", "-C", str(lanwan), "nix")[0] == 2


def test_show_tells_which_documents_need_an_answer(lanwan: Path) -> None:
    gbtool("profile", "set", "-C", str(lanwan), "contact_phone=")
    _, out, _ = gbtool("profile", "show", "-C", str(lanwan), "contact_phone")
    assert "必答  是，没有回答的，用到它的文件先不出" in out
    assert "LW-IPM-CX-06 内外部沟通控制程序" in out
    _, out, _ = gbtool("profile", "show", "-C", str(lanwan), "website")
    assert "必答  否，没有回答的，文件照出，不写这一项" in out
    _, out, _ = gbtool("profile", "show", "-C", str(lanwan), "company_name")
    assert re.search("等，共 [0-9]{3} 份", out)


# status


def test_status_is_one_page(lanwan: Path) -> None:
    gbtool("ledger", "import", "-C", str(lanwan), str(lanwan))
    code, out, _ = gbtool("status", "-C", str(lanwan), "--on", "2026-07-03")
    assert code == 0
    assert out.startswith("重庆岚湾流体控制设备有限公司　")
    assert "标准    GB/T 29490—2023" in out
    assert "下一步：" in out
    assert len(out.splitlines()) <= 24


def test_status_as_json_is_one_value(lanwan: Path) -> None:
    code, out, _ = gbtool("status", "-C", str(lanwan), "--on", "2026-07-03", "--json")
    page = json.loads(out)
    assert code == 0
    assert set(page) == {
        *("client", "edition", "on", "stage", "period", "documents", "records", "questions", "deadlines", "next")
    }
    assert page["on"] == "2026-07-03"
    assert page["deadlines"][0]["date"] >= "2026-07-03"


def test_status_of_a_scaffold_makes_nothing_up(here: Path) -> None:
    gbtool("init", str(here / "新"))
    _, out, _ = gbtool("status", "-C", "新")
    assert out.startswith("新　立项")
    assert "还没有选定版本" in out
    assert "还没有开始" in out
    assert "下一步：gbtool profile" in out


# clauses


def test_clauses_lists_an_edition(here: Path) -> None:
    code, out, _ = gbtool("clauses", "--edition", "2023", "-C", str(here))
    assert code == 0
    assert "条款 59 条" in out
    assert "尚未证实" in out
    assert "尚未证实" not in gbtool("clauses", "--edition", "2013")[1]


def test_clauses_as_json_has_the_agreed_shape(here: Path) -> None:
    code, out, _ = gbtool("clauses", "5.2", "--json", "-C", str(here))
    assert code == 0
    assert json.loads(out) == {
        "clauses": [
            {
                "key": "leadership.policy",
                "number": "5.2",
                "cite_as": "5.2",
                "title": "知识产权方针",
                "confidence": "high",
                "existence": "confirmed",
            }
        ]
    }


def test_one_clause_is_told_in_full(here: Path) -> None:
    _, out, _ = gbtool("clauses", "operation.business.rd", "-C", str(here))
    assert "8.3.2 研究开发" in out
    assert "把握              低（编号推断，条款很可能有）" in out
    assert "下级条款" in gbtool("clauses", "5.1")[1]


def test_a_clause_that_is_not_there_is_a_no(here: Path) -> None:
    assert gbtool("clauses", "99", "--json", "-C", str(here)) == (1, '{\n  "clauses": []\n}\n', "")
    assert gbtool("clauses", "没有的词")[:2] == (1, f"{STANDARD}：与“没有的词”有关的条款 0 条\n")


STANDARD = "GB/T 29490—2023《企业知识产权合规管理体系 要求》"


def test_the_map_leads_from_2013_to_2023(here: Path) -> None:
    code, out, _ = gbtool("clauses", "--map", "-C", str(here))
    assert code == 0
    assert "（新增）" in out
    assert "4.1 总体要求" in out
    code, out, _ = gbtool("clauses", "system.general", "--map", "--json")
    (change,) = json.loads(out)["map"]
    assert change["from"]["number"] == "4.1"
    assert [each["key"] for each in change["to"]] == ["context.system"]
    assert gbtool("clauses", "99", "--map")[0] == 1


# The workbook


def test_a_workbook_goes_out_and_comes_back(lanwan: Path) -> None:
    only_open(lanwan, "registered_address")
    code, out, err = gbtool("profile", "export", "问卷.xlsx", "-C", str(lanwan), "--on", "2026-09-22")
    assert (code, err) == (0, "")
    assert "已写入 问卷.xlsx：3 题。" in out
    assert "下一步：gbtool profile import 问卷.xlsx" in out
    code, out, err = gbtool("profile", "import", "问卷.xlsx", "-C", str(lanwan))
    assert (code, err) == (0, "")
    assert "收进新回答 0 题，改 0 题，没变 0 题。\n还有 3 题待答。" in out
    code, out, _ = gbtool("profile", "export", "全.xlsx", "--all", "-C", str(lanwan), "--json")
    found = json.loads(out)
    assert (found["path"], found["questions"] - found["answered"]) == ("全.xlsx", 3)


def test_what_a_workbook_changes_is_told(lanwan: Path, here: Path) -> None:
    gbtool("profile", "export", "全.xlsx", "--all", "-C", str(lanwan))
    gbtool("profile", "set", "-C", str(lanwan), "registered_address=", "website=x.example", "has_rd=否")
    unzip = here / "全.xlsx"
    _rewritten(unzip, {"重庆市北碚区（示例）云漾路18号": "新路", "沈知远，副总经理": "周屿川，总经理"})
    code, out, err = gbtool("profile", "import", "全.xlsx", "-C", str(lanwan))
    assert (code, out) == (1, "")
    assert "全.xlsx 会改掉 1 个已有的回答，没有导入" in err
    code, out, _ = gbtool("profile", "import", "全.xlsx", "-C", str(lanwan), "--dry-run")
    assert (code, "会收进新回答 1 题，改 1 题" in out) == (0, True)
    code, out, _ = gbtool("profile", "import", "全.xlsx", "-C", str(lanwan), "--replace", "--json")
    found = json.loads(out)
    assert (code, found["new"], [each["key"] for each in found["changed"]]) == (
        0,
        ["registered_address"],
        ["management_rep"],
    )


def _rewritten(path: Path, words: dict[str, str]) -> None:
    """A workbook in which somebody typed other words."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = parts["xl/sharedStrings.xml"].decode()
    for old, new in words.items():
        assert old in strings
        strings = strings.replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**parts, "xl/sharedStrings.xml": strings.encode()}.items():
            archive.writestr(name, data)


def test_an_emptied_answer_is_told(lanwan: Path, here: Path) -> None:
    gbtool("profile", "export", "全.xlsx", "--all", "-C", str(lanwan))
    _rewritten(here / "全.xlsx", {"重庆市北碚区（示例）云漾路18号": ""})
    code, out, _ = gbtool("profile", "import", "全.xlsx", "-C", str(lanwan))
    assert (code, "“注册地址？”原来有回答，这里空着" in out) == (0, True)


def test_the_family_lists_every_standard(here: Path) -> None:
    said = gbtool("clauses", "--family", "-C", str(here))[1]
    assert "33251-2016" in said
    assert "不是认证依据" in said
    given = json.loads(gbtool("clauses", "--family", "--json", "-C", str(here))[1])
    assert {each["key"] for each in given["standards"]} >= {"2013", "2023", "56005-2020"}
    assert given["related"]
