"""Changing a client's answers."""

from pathlib import Path

import pytest

from gbtool.commands.gather import client
from gbtool.commands.profile import set_answers, state
from gbtool.commands.questionnaires import questionnaire
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, FolderNotWritable, UsageError

BY_HAND = """\
# 王老师的客户
company_name: 岚湾 # 待核
has_rd: true
departments:
- 部门: 综合部
  负责人: 甲
  职能: ip,compliance,hr,finance,admin,it,rd
  人数: 3
"""


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    folder = tmp_path / "岚湾"
    folder.mkdir()
    (folder / "client.yaml").write_text(BY_HAND, encoding="utf-8")
    return workspace(folder)


def text(work: Workspace) -> str:
    return (work.folder / "client.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("pair", "value"),
    [
        ("company_short=岚湾=流控", "岚湾=流控"),
        ("employee_count=186", 186),
        ("has_production=否", False),
        ("established_date=2012/6/18", "2012-06-18"),
        ("internal_audit_period=2026-08-24~2026-08-25", "2026-08-24至2026-08-25"),
        ("competitors=甲,乙，丙", ["甲", "乙", "丙"]),
        ('competitors=["甲,乙"]', ["甲,乙"]),
        ("competitors=无", []),
        ("search_tools=商业数据库", ["商业数据库"]),
        ("liaisons=无", []),
        ("liaisons=[{部门: 综合部, 姓名: 甲}]", [{"部门": "综合部", "姓名": "甲"}]),
        ('liaisons=[{"部门": "综合部", "姓名": "甲"}]', [{"部门": "综合部", "姓名": "甲"}]),
        ("company_intro= 一\n二 ", " 一\n二 "),
        ("company_name=甲 & < \" ' {{ x }} ../ =cmd 𠮷", "甲 & < \" ' {{ x }} ../ =cmd 𠮷"),
        ("company_name=", None),
    ],
)
def test_one_answer_is_changed(work: Workspace, pair: str, value: object) -> None:
    set_answers(work, [pair], work.folder)
    assert client(work)[pair.partition("=")[0]] == value


def test_what_a_person_wrote_stays(work: Workspace) -> None:
    set_answers(work, ["company_name=岚湾流控"], work.folder)
    assert text(work) == BY_HAND.replace("岚湾 # 待核", "岚湾流控  # 待核")


def test_several_answers_are_changed_together(work: Workspace) -> None:
    changed = set_answers(work, ["company_short=岚湾", "uscc=91500109MA0XDEM14Q"], work.folder)
    assert [each.key for each in changed.answered] == ["company_short", "uscc"]
    assert changed.left == len(questionnaire(work).states(only_open=True))


def test_all_are_changed_or_none(work: Workspace) -> None:
    with pytest.raises(FileFaults) as caught:
        set_answers(work, ["company_short=岚湾", "uscc=9", "established_date=2026-02-30"], work.folder)
    assert [complaint.where for complaint in caught.value.complaints] == ["uscc", "established_date"]
    assert text(work) == BY_HAND


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["company_short"], "应当写成 键=值"),
        (["company_shrt=岚湾"], "是不是想写“company_short”"),
        (["company_short=一", "company_short=二"], "写了两次"),
    ],
)
def test_wrong_words_are_wrong_usage(work: Workspace, pairs: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        set_answers(work, pairs, work.folder)


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("liaisons=[{部门: 综合部", "不是合法的 YAML"),
        ("liaisons=综合部", "应当是表格"),
        ("liaisons=@没有.csv", "没有.csv：读不出文件"),
        ("departments=[{部门: 甲, 负责人: 乙, 职能: 种菜, 人数: 1}]", "不认识“种菜”"),
        ("departments=[{部门: 甲, 负责人: 乙, 职能: ip, 人数: 1}]", "还没有部门承担"),
    ],
)
def test_a_wrong_table_is_named(work: Workspace, pair: str, said: str) -> None:
    with pytest.raises(FileFaults, match=said):
        set_answers(work, [pair], work.folder)
    assert text(work) == BY_HAND


def test_a_table_comes_from_a_file(work: Workspace, tmp_path: Path) -> None:
    (tmp_path / "联络员.csv").write_text("部门,姓名\n综合部,甲\n", encoding="gb18030")
    set_answers(work, ["liaisons=@联络员.csv"], tmp_path)
    assert client(work)["liaisons"] == [{"部门": "综合部", "姓名": "甲"}]


def test_a_file_is_taken_into_the_client_s_folder(work: Workspace, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("姓名\n甲\n", encoding="utf-8")
    set_answers(work, ["people_roster=roster.csv"], tmp_path)
    set_answers(work, ["people_roster=roster.csv"], work.folder)
    assert "people_roster: roster.csv\n" in text(work)
    assert client(work).rows("people_roster") == ({"姓名": "甲"},)


def test_a_file_of_the_same_name_is_never_written_over(work: Workspace, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("姓名\n甲\n", encoding="utf-8")
    (work.folder / "roster.csv").write_text("姓名\n乙\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="同名而内容不同"):
        set_answers(work, ["people_roster=roster.csv"], tmp_path)
    assert (work.folder / "roster.csv").read_text(encoding="utf-8") == "姓名\n乙\n"


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("call", ["pathlib.Path.replace", "shutil.copyfile"])
def test_a_full_disk_leaves_the_folder_as_it_was(
    work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    (tmp_path / "roster.csv").write_text("姓名\n甲\n", encoding="utf-8")
    monkeypatch.setattr(call, full)
    with pytest.raises(FolderNotWritable):
        set_answers(work, ["people_roster=roster.csv"], tmp_path)
    assert [path.name for path in work.folder.iterdir()] == ["client.yaml"]
    assert text(work) == BY_HAND


def test_a_changed_condition_says_what_it_asks_for(work: Workspace) -> None:
    changed = set_answers(work, ["has_production=是"], work.folder)
    assert changed.notes == ("departments 里还没有部门承担：production（生产）",)


def test_one_question_is_shown_with_its_answer(work: Workspace) -> None:
    found = state(questionnaire(work), "company_name")
    assert (found.answer, str(found.place)) == ("岚湾", "client.yaml:2")
    with pytest.raises(UsageError, match="没有问题"):
        state(questionnaire(work), "没有")
