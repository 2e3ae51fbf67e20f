"""A new client's folder."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands import init
from gbtool.commands.gather import client, gather
from gbtool.commands.init import Source, chosen, create, place_for, questions_at, read_source
from gbtool.commands.workspace import Workspace
from gbtool.errors import FileFaults, FolderNotWritable, UsageError
from gbtool.store.database import open_ledger

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 11, 22)


def make(folder: Path, answers: Path | None = None) -> Workspace:
    target = place_for(folder)
    asked = questions_at(target)
    return create(target, asked, read_source(answers, asked) if answers else None, TODAY)


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def answers_file(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_client_is_a_folder_with_everything_in_its_place(tmp_path: Path) -> None:
    work = make(tmp_path / "岚湾")
    assert listing(work.folder) == ["client.yaml", "ledger.db", "文件", "证据", "输出"]
    with open_ledger(work.ledger) as ledger:
        assert ledger.rows("SELECT count(*) FROM entries") == [(0,)]


def test_nothing_is_made_up(tmp_path: Path) -> None:
    work = make(tmp_path / "岚湾")
    assert set(client(work).answers.values()) == {None}
    assert gather(work, TODAY).effective is None


@pytest.mark.parametrize("name", ["lanwan", "qingyu", "hengtuo"])
def test_answers_and_their_tables_come_from_a_file(tmp_path: Path, name: str) -> None:
    work = make(tmp_path / "客户", EXAMPLES / name / "client.yaml")
    made = client(work)
    again = client(make(tmp_path / "再来", work.folder / "client.yaml"))
    assert made["company_name"]
    assert made.answers == again.answers
    assert len(made.rows("people_roster")) == {"lanwan": 187, "qingyu": 65, "hengtuo": 0}[name]


def test_parents_are_made_and_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "空的").mkdir()
    assert (make(tmp_path / "空的").folder / "client.yaml").is_file()
    assert (make(tmp_path / "机构" / "客户").folder / "client.yaml").is_file()


@pytest.mark.parametrize(
    "name",
    ["a<b", "a>b", "a:b", 'a"b', "a\\b", "a|b", "a?b", "a*b", "a\x07b", "CON", "lpt1.txt", "a.", "a ", "长" * 120],
)
def test_a_name_that_windows_refuses_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="文件夹名"):
        place_for(tmp_path / name)


@pytest.mark.parametrize("name", ["岚湾 & 子公司", "a'b", "{{ x }}", "𠮷祥", "100%"])
def test_other_odd_names_are_taken(tmp_path: Path, name: str) -> None:
    assert make(tmp_path / name).folder.name == name


def test_a_client_in_a_client_is_refused(tmp_path: Path) -> None:
    make(tmp_path / "岚湾")
    with pytest.raises(UsageError, match="已经是客户文件夹"):
        place_for(tmp_path / "岚湾")
    with pytest.raises(UsageError, match="在客户文件夹"):
        place_for(tmp_path / "岚湾" / "里面" / "更里面")


def test_what_is_there_already_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "满的").mkdir()
    (tmp_path / "满的" / "合同.docx").touch()
    (tmp_path / "文件").touch()
    with pytest.raises(UsageError, match="不是空文件夹"):
        place_for(tmp_path / "满的")
    with pytest.raises(UsageError, match="不是文件夹"):
        place_for(tmp_path / "文件")


def test_all_wrong_answers_are_named_with_their_line_and_nothing_is_made(tmp_path: Path) -> None:
    path = answers_file(tmp_path / "答案", "compny_name: 岚湾\nestablished_date: 2026-02-30\n")
    with pytest.raises(FileFaults) as caught:
        make(tmp_path / "岚湾", path)
    places = [complaint.where for complaint in caught.value.complaints]
    assert places == ["answers.yaml:1", "answers.yaml:2"]
    assert not (tmp_path / "岚湾").exists()


def test_answers_are_held_against_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "答案"
    path = answers_file(
        folder,
        "people_roster: roster.csv\nhas_rd: true\ndepartments:\n- 部门: 技术部\n  负责人: 甲\n"
        "  职能: 知识产权管理部门\n  人数: 3\nliaisons:\n- 部门: 市场部\n  姓名: 乙\n"
        "top_manager: 丙，总经理\npatents: 没有.csv\n",
    )
    (folder / "roster.csv").write_text("姓名\n甲\n", encoding="utf-8")
    with pytest.raises(FileFaults) as caught:
        make(tmp_path / "岚湾", path)
    said = [str(complaint) for complaint in caught.value.complaints]
    assert [line.split("：")[0] for line in said] == [f"answers.yaml:{number}" for number in (12, 3, 8, 11)]
    assert "没有.csv：读不出文件" in said[0]
    assert "还没有部门承担：compliance（合规或法务）" in said[1]
    assert "rd（研发）" in said[1]
    assert "“市场部”不是已登记的部门：技术部" in said[2]
    assert "“丙”不在人员名册" in said[3]


def test_functions_in_words_are_kept_as_keys(tmp_path: Path) -> None:
    words = "知识产权管理部门、合规或法务、人力资源、财务、行政与文控档案、信息化"
    path = answers_file(tmp_path / "答案", f"departments:\n- 部门: 综合部\n  负责人: 甲\n  职能: {words}\n  人数: 3\n")
    made = client(make(tmp_path / "岚湾", path))
    assert made.departments[0].functions == ("ip", "compliance", "hr", "finance", "admin", "it")


def test_odd_texts_go_through_exactly(tmp_path: Path) -> None:
    odd = "甲 & 乙 < \" ' / \\ : * ? {{ x }} {% y %} ../ =cmd 𠮷 # 一"
    path = answers_file(tmp_path / "答案", f"company_name: |-\n  {odd}\n")
    assert client(make(tmp_path / "岚湾", path))["company_name"] == odd


@pytest.mark.parametrize("name", ["../roster.csv", "/srv/roster.csv"])
def test_a_table_from_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileFaults, match="不在本文件夹里"):
        make(tmp_path / "岚湾", answers_file(tmp_path / "答案", f"people_roster: {name}\n"))


def test_two_tables_of_one_name_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "答案"
    path = answers_file(folder, "people_roster: 一/a.csv\npatents: 二/a.csv\n")
    for name in ("一", "二"):
        (folder / name).mkdir()
        (folder / name / "a.csv").write_text(f"姓名,名称\n{name},{name}\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="同名而内容不同"):
        make(tmp_path / "岚湾", path)
    assert not (tmp_path / "岚湾").exists()


def full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("call", ["pathlib.Path.mkdir", "shutil.copyfile", "pathlib.Path.replace"])
def test_a_refused_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    folder = tmp_path / "机构"
    monkeypatch.setattr(call, full)
    with pytest.raises(FolderNotWritable, match="磁盘已满"):
        make(folder / "客户", EXAMPLES / "lanwan" / "client.yaml")
    assert listing(tmp_path) == []


def test_a_ledger_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "客户").mkdir()
    monkeypatch.setattr(init, "open_ledger", stopped)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "客户")
    assert listing(tmp_path) == ["客户"]


@pytest.mark.parametrize("words", ["2013", "GB/T 29490-2013"])
def test_an_option_gives_the_edition(tmp_path: Path, words: str) -> None:
    target = place_for(tmp_path / "岚湾")
    asked = questions_at(target)
    work = create(target, asked, Source(chosen((words,), target), tmp_path), TODAY)
    assert client(work).edition == "2013"
    assert chosen((), target) == {}


def test_further_standards_stand_beside_the_main_one(tmp_path: Path) -> None:
    target = place_for(tmp_path / "岚湾")
    given = chosen(("GB/T 29490-2023", "33250"), target)
    assert given == {"standard_edition": "2023", "further_standards": ["33250-2016"]}
    with pytest.raises(UsageError, match="GB/T 29490 写了两次"):
        chosen(("2023", "2013"), target)


def test_a_wrong_edition_makes_nothing(tmp_path: Path) -> None:
    target = place_for(tmp_path / "岚湾")
    with pytest.raises(UsageError, match="没有标准“2099”"):
        chosen(("2099",), target)
    assert not target.exists()


def test_a_standard_without_documents_can_only_be_looked_up(tmp_path: Path) -> None:
    (tmp_path / "gbtool.yaml").write_text("name: 示例机构\n", encoding="utf-8")
    own = tmp_path / "checklists/demo/2030/standard.yaml"
    own.parent.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "tests/data/standard/checklists/studio/2030/standard.yaml"
    own.write_text(shipped.read_text("utf-8").partition("uses:")[0], encoding="utf-8")
    with pytest.raises(UsageError, match="还没有文件集，只能查条款"):
        chosen(("studio-2030",), place_for(tmp_path / "岚湾"))


def test_a_copy_of_a_client_is_a_client(tmp_path: Path) -> None:
    work = make(tmp_path / "岚湾", EXAMPLES / "lanwan" / "client.yaml")
    shutil.copytree(work.folder, tmp_path / "副本")
    assert client(Workspace(tmp_path / "副本", None, work.shelves)).answers == client(work).answers
