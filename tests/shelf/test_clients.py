"""client.yaml in and out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gbtool.errors import FileFaults, FolderNotWritable
from gbtool.exchange.tables import read_rows
from gbtool.model.question import Question
from gbtool.shelf.clients import change_client, read_client, write_client
from gbtool.shelf.questions import groups, questions
from gbtool.shelf.shelves import shelves_of
from gbtool.shelf.written import writing

SHELVES = shelves_of(None, None)
QUESTIONS = questions(SHELVES)
GROUPS = groups(SHELVES)
EXAMPLES = Path(__file__).parents[2] / "examples"


def client_yaml(folder: Path, text: str | bytes) -> Path:
    (folder / "client.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def complaints(folder: Path, text: str | bytes, questions: Mapping[str, Question] = QUESTIONS) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        read_client(client_yaml(folder, text), questions, read_rows)
    return [str(complaint) for complaint in caught.value.complaints]


@pytest.mark.parametrize(("name", "people"), [("lanwan", 187), ("qingyu", 65), ("hengtuo", 0)])
def test_every_example_is_read_with_its_tables(name: str, people: int) -> None:
    client = read_client(EXAMPLES / name, QUESTIONS, read_rows)
    assert len(client.rows("people_roster")) == people


def test_answers_have_the_types_of_their_questions() -> None:
    client = read_client(EXAMPLES / "lanwan", QUESTIONS, read_rows)
    assert client["company_name"] == "重庆岚湾流体控制设备有限公司"
    assert client["employee_count"] == 186
    assert client["has_rd"] is True
    assert client["standard_edition"] == "2023"
    assert client["existing_mgmt_systems"] == ["ISO 9001", "ISO 14001"]
    assert client.rows("departments")[0] == {"部门": "公司领导", "负责人": "周屿川", "职能": "top,mr", "人数": 2}
    assert str(client.place("company_code")) == "client.yaml:5"


def test_empty_and_null_are_open_and_an_empty_list_is_an_answer(tmp_path: Path) -> None:
    text = "company_name:\ncompany_short: ''\nlegal_rep: null\nliaisons: []\n"
    client = read_client(client_yaml(tmp_path, text), QUESTIONS)
    assert [client.get(key) for key in ("company_name", "company_short", "legal_rep", "uscc")] == [None] * 4
    assert client["liaisons"] == []


def test_a_question_of_a_standard_answers_the_general_one_for_which_it_stands(tmp_path: Path) -> None:
    team = "inspection_team:\n- {姓名: 温若川, 单位: 审计处, 培训日期: 2026-06-05}\n"
    (tmp_path / "client.yaml").write_text(f"standard_edition: 33251-2016\n{team}", encoding="utf-8")
    client = read_client(tmp_path, questions(SHELVES))
    assert client.rows("internal_auditors") == ({"姓名": "温若川", "部门": "审计处", "培训日期": "2026-06-05"},)
    assert client.place("internal_auditors").line == 2
    (tmp_path / "client.yaml").write_text(f"standard_edition: '2023'\n{team}", encoding="utf-8")
    assert read_client(tmp_path, questions(SHELVES)).get("internal_auditors") is None


def test_an_empty_file_is_a_client_with_everything_open(tmp_path: Path) -> None:
    assert set(read_client(client_yaml(tmp_path, "# 还没有\n"), QUESTIONS).answers.values()) == {None}


def test_all_complaints_come_at_once_each_with_its_line(tmp_path: Path) -> None:
    found = complaints(
        tmp_path,
        "company_name: 岚湾\ncompany_nmae: 岚湾\ncompany_name: 别家\nuscc: 91500109MA0XDEM14P\n"
        "established_date: 2026-02-30\nemployee_count: 很多\nhas_rd: 也许\ncompany_code: lw\nentity_type: 公司\n"
        "long_term_targets: 一个\ntop_manager: {姓名: 周屿川}\nmanual_issue_date: [2026-05-15]\n",
    )
    assert [line.split("：")[0] for line in found] == [f"client.yaml:{number}" for number in (3, 2, *range(4, 13))]
    assert "“company_name”写了两次，第一次在第 1 行" in found[0]
    assert "是不是想写“company_name”？" in found[1]
    assert "2026-02-30 这一天不存在" in found[3]


def test_a_wrong_table_is_named_cell_by_cell(tmp_path: Path) -> None:
    found = complaints(
        tmp_path,
        "departments:\n- 部门: 技术中心\n  负责任: 韩泊舟\n  职能: rd\n  人数: 三十二\n- 部门: 采购部\n- 质量部\n"
        "ip_staff: 梁若溪\n",
    )
    assert found == [
        "client.yaml:3：departments：没有“负责任”这一列，是不是想写“负责人”？",
        "client.yaml:5：departments：“人数”“三十二”应当是数字",
        "client.yaml:2：departments：这一行缺列“负责人”。没有内容也写上列名，值留空",
        "client.yaml:6：departments：这一行缺列“负责人”“职能”“人数”。没有内容也写上列名，值留空",
        "client.yaml:7：departments：“质量部”应当逐列写“列名: 值”",
        "client.yaml:8：ip_staff：“梁若溪”应当是表格：每行以“- ”开头，逐列写“列名: 值”",
    ]


def test_an_unknown_column_without_a_likely_meaning_lists_the_columns(tmp_path: Path) -> None:
    (found, *_) = complaints(tmp_path, "liaisons:\n- 部门: 技术中心\n  电话: 1\n  姓名: 宋以恒\n")
    assert found == "client.yaml:3：liaisons：没有“电话”这一列，可用的列：部门、姓名"


def test_nesting_where_a_value_belongs_is_named(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, "company_name:\n  全称: 岚湾\n  全称: 岚湾\n")
    assert found.startswith("client.yaml:3：“全称”写了两次")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("company_name: [岚湾\n", "client.yaml:2：不是合法的 YAML"),
        ("- company_name\n", "client.yaml:1：这里应当是“键: 值”的写法"),
        ("company_name: 岚湾流控\n".encode("gb18030"), "像是 GB18030"),
        ("company_name: &a 岚湾\ncompany_short: *a\n", "client.yaml:2：不接受 YAML 的别名"),
        ("company_name: \x07\n", "不允许的字符"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert said in complaints(tmp_path, text)[0]


def test_a_missing_client_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match=r"client\.yaml：读不出文件"):
        read_client(tmp_path, QUESTIONS)


def test_faults_of_a_table_that_is_named_come_with_those_of_the_answers(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("姓名\n甲,乙\n", encoding="utf-8")
    found = complaints(tmp_path, "people_roster: roster.csv\npatents: 没有.csv\nhas_rd: 也许\n")
    assert [line.split("：")[0] for line in found] == ["client.yaml:3", "roster.csv:2", "没有.csv"]


@pytest.mark.parametrize("name", ["../roster.csv", "/etc/roster.csv", "C:\\roster.csv", "a\\..\\..\\roster.csv"])
def test_a_table_must_lie_in_the_client_s_folder(tmp_path: Path, name: str) -> None:
    assert "不在本文件夹里" in complaints(tmp_path, f"people_roster: '{name}'\n")[0]


def test_without_a_reader_of_tables_a_file_answer_stays_a_name(tmp_path: Path) -> None:
    assert read_client(client_yaml(tmp_path, "people_roster: r.csv\n"), QUESTIONS)["people_roster"] == "r.csv"


def test_a_new_client_file_reads_back_and_shows_every_question(tmp_path: Path) -> None:
    client = read_client(EXAMPLES / "hengtuo", QUESTIONS)
    write_client(tmp_path, client.answers, GROUPS)
    assert read_client(tmp_path, QUESTIONS).answers == client.answers
    text = (tmp_path / "client.yaml").read_text(encoding="utf-8")
    assert all(f"\n# {question.question}\n" in text for question in QUESTIONS.values())
    assert "\nuscc: 91320505MA0XDEM304\n" in text
    assert "\nmanual_issue_date:\n" in text
    assert "# 可选：全部有授权、个别待补、未检查过\n" in text


def test_a_change_leaves_every_other_line(tmp_path: Path) -> None:
    write_client(tmp_path, {}, GROUPS)
    before = (tmp_path / "client.yaml").read_text(encoding="utf-8").splitlines()
    change_client(tmp_path, {"company_short": "岚湾"}, GROUPS)
    after = (tmp_path / "client.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == ["company_short: 岚湾"]
    assert len(after) == len(before)


def full(_path: object, _target: object) -> None:
    raise OSError(28, "No space left on device")


def gone(*_args: object, **_options: object) -> None:
    raise OSError(30, "Read-only file system")


@pytest.mark.parametrize(("call", "fault"), [("pathlib.Path.replace", full), ("tempfile.NamedTemporaryFile", gone)])
def test_a_refused_write_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, fault: Callable[..., None]
) -> None:
    client_yaml(tmp_path, "company_name: 岚湾\n")
    monkeypatch.setattr(call, fault)
    with pytest.raises(FolderNotWritable, match=r"写不进 client\.yaml"):
        writing.write_text(tmp_path / "client.yaml", "company_name: 别家\n")
    assert [file.name for file in tmp_path.iterdir()] == ["client.yaml"]
    assert (tmp_path / "client.yaml").read_text(encoding="utf-8") == "company_name: 岚湾\n"
