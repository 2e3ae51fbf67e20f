"""The questionnaire as a workbook: out with what is open, back with every problem by its cell, nothing overwritten."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from gbtool.commands.checks import files
from gbtool.commands.profile import set_answers
from gbtool.commands.questionnaires import questionnaire
from gbtool.commands.workbook import shape
from gbtool.commands.workbook.bringing import Brought, bring
from gbtool.commands.workbook.making import Wish, export
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, Refused, UsageError
from gbtool.exchange.books import letter, sheets
from gbtool.exchange.writing import LISTS, Page, Value, book
from gbtool.model.question import Kind
from hostile import TEXTS

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 9, 22)
A = "A 企业基本情况"
OPENED = ("departments", "registered_address", "has_rd", "established_date", "employee_count", "key_products")


@pytest.fixture
def lanwan(tmp_path: Path) -> Workspace:
    folder = tmp_path / "岚湾"
    folder.mkdir()
    for path in (*(EXAMPLES / "lanwan").glob("*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(path, folder)
    return workspace(folder)


@pytest.fixture
def opened(lanwan: Workspace) -> Workspace:
    """The manufacturer with some questions open again."""
    set_answers(lanwan, [f"{key}=" for key in OPENED], lanwan.folder)
    return lanwan


@pytest.fixture
def fresh(tmp_path: Path) -> Workspace:
    """A client of whom nothing is known."""
    folder = tmp_path / "新"
    folder.mkdir()
    (folder / "client.yaml").write_text("company_name:\n", encoding="utf-8")
    return workspace(folder)


def out(work: Workspace, wish: Wish | None = None, name: str = "问卷.xlsx") -> Path:
    return export(work, work.folder / name, wish or Wish(replace=True), TODAY).path


Cells = Mapping[tuple[str, str], Value]


def filled(path: Path, cells: Cells, name: str = "") -> Path:
    """A workbook after somebody filled cells in and saved it in another program: values only."""
    pages = []
    for sheet in sheets(path, path.name):
        rows: list[list[Value]] = [list(row) for _, row in sheet.lines]  # type: ignore[arg-type] # what calamine gives
        for (title, cell), value in cells.items():
            if title == sheet.name:
                column, line = _place(cell)
                rows += [[] for _ in range(line - len(rows))]
                rows[line - 1] += [""] * (column - len(rows[line - 1]))
                rows[line - 1][column - 1] = value
        pages.append(Page(sheet.name, rows))
    target = path.with_name(name or path.name)
    target.write_bytes(book(pages, TODAY))
    return target


def _place(cell: str) -> tuple[int, int]:
    letters, line = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr] # tests write real cells
    return next(number for number in range(1, 99) if letter(number) == letters), int(line)


def where(path: Path, key: str) -> tuple[str, str]:
    """The sheet and the cell in which a question is answered."""
    for sheet in sheets(path, path.name):
        for line, cells in sheet.lines:
            if cells and cells[shape.KEY] == key and len(cells) > shape.ANSWER and sheet.lines[0][1][1] == "问题":
                return sheet.name, f"C{line}"
    raise AssertionError(key)


def table(path: Path, key: str) -> tuple[str, int]:
    """The sheet of a table question and the line of its head."""
    for sheet in sheets(path, path.name):
        if sheet.lines[0][1][0] == key:
            return sheet.name, next(line for line, cells in sheet.lines if cells[0] == "列")
    raise AssertionError(key)


def answer(work: Workspace, key: str) -> object:
    return questionnaire(work).answers.get(key)


def take(work: Workspace, path: Path, *, overwrite: bool = False, dry_run: bool = False) -> Brought:
    return bring(work, path, overwrite=overwrite, dry_run=dry_run)


def faults(work: Workspace, path: Path) -> list[str]:
    before = (work.folder / "client.yaml").read_bytes()
    with pytest.raises(FileFaults) as caught:
        take(work, path)
    assert (work.folder / "client.yaml").read_bytes() == before
    return [str(each).split("。")[0] for each in caught.value.complaints]


# Out


def test_the_open_questions_go_out_by_group_with_tables_apart(opened: Workspace) -> None:
    path = out(opened)
    names = [sheet.name for sheet in sheets(path, path.name)]
    assert names[:2] == ["说明", A]
    assert "B1 部门、负责人、承担的职能、人数" in names
    keys = [cells[0] for sheet in sheets(path, path.name) if sheet.name == A for _, cells in sheet.lines[1:]]
    assert keys == ["established_date", "registered_address", "employee_count", "key_products"]
    asked = export(opened, opened.folder / "全.xlsx", Wish(everything=True), TODAY)
    whole = questionnaire(opened)
    answers = whole.answers
    assert asked.asked == sum(each.under(answers) for each in whole.client.questions.values())
    assert asked.answered == sum(value is not None for value in answers.values())
    some = out(opened, Wish(groups=("D",)), "D.xlsx")
    assert {sheet.name.split()[0] for sheet in sheets(some, some.name)} <= {"说明", "D", LISTS}


def test_what_another_open_question_decides_about_goes_out_too(opened: Workspace) -> None:
    set_answers(opened, ["rd_projects="], opened.folder)
    path = out(opened)
    assert table(path, "rd_projects")
    texts = [str(cell) for sheet in sheets(path, path.name) for _, cells in sheet.lines for cell in cells]
    assert any("答“是”才填" in text for text in texts)


def test_choices_are_drop_downs_and_examples_are_no_answers(fresh: Workspace) -> None:
    path = out(fresh)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name}
    picks = [part for part in parts.values() for part in re.findall(r"<dataValidation .*?</dataValidation>", part)]
    asked = [q for q in questionnaire(fresh).client.questions.values() if q.under({})]
    assert len(picks) == sum(q.type in (Kind.BOOL, Kind.CHOICE) for q in asked)
    assert all(LISTS in pick for pick in picks)
    assert not any("<f>" in part for part in parts.values())
    found = take(fresh, path)
    assert (found.new, found.untouched) == ((), 0)


def test_an_export_overwrites_nothing_and_says_what_is_wrong(lanwan: Workspace, opened: Workspace) -> None:
    path = lanwan.folder / "问卷.xlsx"
    path.write_bytes(b"x")
    with pytest.raises(Refused, match="已经在那里，没有覆盖"):
        export(opened, path, Wish(), TODAY)
    assert path.read_bytes() == b"x"
    with pytest.raises(UsageError, match=r"问卷写成 xlsx，不是“\.csv”"):
        export(opened, lanwan.folder / "问卷.csv", Wish(), TODAY)
    with pytest.raises(UsageError, match="没有“AA”这一组，是不是想写“A”"):
        export(opened, lanwan.folder / "b.xlsx", Wish(groups=("AA",)), TODAY)
    with pytest.raises(Refused, match="没有待答的问题"):
        export(opened, lanwan.folder / "b.xlsx", Wish(groups=("E",)), TODAY)


def test_people_and_departments_that_are_known_are_offered(opened: Workspace) -> None:
    set_answers(opened, ["ip_staff="], opened.folder)
    path = out(opened)
    lists = next(sheet for sheet in sheets(path, path.name) if sheet.name == LISTS)
    assert "质量部" not in [cells[0] for _, cells in lists.lines]
    set_answers(
        opened, ["departments=[{部门: 质量部, 负责人: 柳映秋, 职能: '" + _all(opened) + "', 人数: 1}]"], opened.folder
    )
    path = out(opened)
    lists = next(sheet for sheet in sheets(path, path.name) if sheet.name == LISTS)
    assert "质量部" in [cell for _, cells in lists.lines for cell in cells]


def _all(work: Workspace) -> str:
    asked = questionnaire(work)
    return ",".join(asked.functions.needed(asked.answers))


# Back


def test_a_workbook_that_nobody_touched_changes_nothing(lanwan: Workspace) -> None:
    before = (lanwan.folder / "client.yaml").read_bytes()
    found = take(lanwan, out(lanwan, Wish(everything=True)))
    assert (found.new, found.overwritten, found.emptied) == ((), (), ())
    assert found.untouched > 100
    assert (lanwan.folder / "client.yaml").read_bytes() == before


def test_every_kind_of_answer_comes_back_as_it_was(lanwan: Workspace, fresh: Workspace) -> None:
    path = out(lanwan, Wish(everything=True), "全.xlsx")
    files = {"people_roster": "roster", "patents": "patents", "trademarks": "trademarks"}
    files |= {"copyrights": "copyrights", "contracts": "contracts"}
    cells: dict[tuple[str, str], Value] = {where(path, key): f"{name}.csv" for key, name in files.items()}
    for sheet in sheets(path, path.name):  # as if it had gone out empty
        if sheet.lines[0][1][0] == "键":
            cells |= {(sheet.name, f"H{line}"): "" for line, _ in sheet.lines[1:]}
        elif sheet.name not in ("说明", LISTS):
            cells[sheet.name, "A2"] = ""
    found = take(fresh, filled(path, cells))
    ours = questionnaire(lanwan).answers
    assert {each.key for each in found.new} == {key for key, value in ours.items() if value is not None}
    theirs = questionnaire(fresh).answers
    assert {key for key in ours if _plain(ours[key]) != _plain(theirs[key])} == set()


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if each not in ("", None)}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def test_answers_come_in_and_what_is_left_is_counted(opened: Workspace) -> None:
    path = out(opened)
    products, head = table(path, "key_products")
    cells: dict[tuple[str, str], Value] = {
        where(path, "registered_address"): "重庆市（示例）新路1号",
        where(path, "established_date"): "2012年6月18日",
        where(path, "employee_count"): 190,
        where(path, "has_rd"): "是",
        (products, f"B{head + 1}"): "调节阀",
        (products, f"B{head + 45}"): "执行器",
    }
    found = take(opened, filled(path, cells))
    assert {each.key for each in found.new} == {*OPENED} - {"departments"}
    assert answer(opened, "established_date") == "2012-06-18"
    assert (answer(opened, "employee_count"), answer(opened, "has_rd")) == (190, True)
    assert [row["产品"] for row in answer(opened, "key_products")] == ["调节阀", "执行器"]  # type: ignore[attr-defined]
    assert found.left == 3


def test_lists_and_nothing_are_understood(opened: Workspace) -> None:
    set_answers(opened, ["other_ip=", "sales_channels=", "search_tools=", "key_products="], opened.folder)
    lists = [q.key for q in questionnaire(opened).client.questions.values() if q.type is Kind.LIST]
    set_answers(opened, [f"{key}=" for key in lists], opened.folder)
    path = out(opened)
    cells: dict[tuple[str, str], Value] = {
        where(path, "other_ip"): "无",
        where(path, "sales_channels"): "直销、经销",
        where(path, lists[0]): "甲，乙；丙",
        where(path, lists[1]): "甲，一\n乙",
        where(path, lists[2]): "无",
    }
    take(opened, filled(path, cells))
    assert answer(opened, "other_ip") == []
    assert answer(opened, "sales_channels") == ["直销", "经销"]
    assert [answer(opened, key) for key in lists[:3]] == [["甲", "乙", "丙"], ["甲，一", "乙"], []]


@pytest.mark.no_cover  # a whole questionnaire goes out and comes back for each example, so one holds many texts
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=5)
@given(st.lists(TEXTS.filter(lambda text: text not in ("", "无")), min_size=8, max_size=8))
def test_every_text_comes_back_exactly(opened: Workspace, texts: list[str]) -> None:
    set_answers(opened, ["key_products=", "registered_address="], opened.folder)
    long = next(q.key for q in questionnaire(opened).client.questions.values() if q.type is Kind.LONG)
    set_answers(opened, [f"{long}="], opened.folder)
    path = out(opened)
    products, head = table(path, "key_products")
    cells: dict[tuple[str, str], Value] = {
        where(path, "registered_address"): texts[0],
        where(path, long): texts[1],
        **{(products, f"B{head + number}"): text for number, text in enumerate(texts[2:], 1)},
    }
    take(opened, filled(path, cells))
    assert answer(opened, "registered_address") == texts[0]
    assert answer(opened, long) == texts[1]
    assert [row["产品"] for row in answer(opened, "key_products")] == texts[2:]  # type: ignore[attr-defined]


# What is wrong, by its cell


def test_everything_wrong_is_named_by_its_cell_at_once_and_nothing_is_taken(opened: Workspace) -> None:
    set_answers(opened, ["ip_staff=", "uscc=", "entity_type="], opened.folder)
    path = out(opened)
    staff, head = table(path, "ip_staff")
    departments, line = table(path, "departments")
    products, first = table(path, "key_products")
    cells: dict[tuple[str, str], Value] = {
        where(path, "established_date"): "去年",
        where(path, "employee_count"): "很多",
        where(path, "has_rd"): "也许",
        where(path, "entity_type"): "公司",
        where(path, "uscc"): "91500109MA0XDEM14A",
        where(path, "key_products"): "无",
        (products, f"B{first + 1}"): "阀",
        (staff, f"B{head + 1}"): "查无此人",
        (staff, f"B{head + 3}"): "又无此人",
        (staff, f"C{head + 3}"): "质检部",
        (departments, f"B{line + 1}"): "质量部",
        (departments, f"D{line + 1}"): "品管",
        (departments, f"E{line + 1}"): "三",
    }
    found = faults(opened, filled(path, cells))

    def cell(key: str) -> str:
        return "!".join(where(path, key))

    assert f"问卷.xlsx {cell('established_date')}：“去年”应当写成日期，如 2026-05-18" in found
    assert f"问卷.xlsx {cell('employee_count')}：“很多”应当是数字" in found
    assert f"问卷.xlsx {cell('has_rd')}：“也许”应当是 true 或 false（是或否）" in found
    assert f"问卷.xlsx {cell('entity_type')}：“公司”不在可选之列：企业、高等学校、科研组织" in found
    assert any(each.startswith(f"问卷.xlsx {cell('uscc')}：统一社会信用代码") for each in found)
    assert f"问卷.xlsx {cell('key_products')}：写了 无，工作表“{products}”里却有 1 行" in found
    assert any(each.startswith(f"问卷.xlsx {staff}!B{head + 1}：“姓名”“查无此人”不在人员名册") for each in found)
    assert any(each.startswith(f"问卷.xlsx {staff}!B{head + 3}：“姓名”“又无此人”") for each in found)
    assert any(each.startswith(f"问卷.xlsx {staff}!C{head + 3}：“部门”“质检部”不是已登记的部门") for each in found)
    assert f"问卷.xlsx {departments}!E{line + 1}：“人数”“三”应当是数字" in found
    assert len(found) == 10


def test_what_is_wrong_with_a_whole_table_is_named_by_the_cell_too(opened: Workspace) -> None:
    path = out(opened)
    name, head = table(path, "departments")
    cells: dict[tuple[str, str], Value] = {(name, f"B{head + 1}"): "质量部", (name, f"D{head + 1}"): "品管"}
    (found,) = faults(opened, filled(path, cells))
    assert found.startswith(f"问卷.xlsx {name}!D{head + 1}：“职能”不认识“品管”")
    cells = {(name, f"B{head + 1}"): "质量部", (name, f"D{head + 1}"): "质量"}
    (found,) = faults(opened, filled(path, cells))
    assert found.startswith(f"问卷.xlsx {name}!B{head + 1}：还没有部门承担")


def test_a_table_that_a_cell_names_is_read_and_its_faults_are_named(opened: Workspace) -> None:
    set_answers(opened, ["patents="], opened.folder)
    path = out(opened)
    place = "!".join(where(path, "patents"))
    (found,) = faults(opened, filled(path, {where(path, "patents"): "没有.csv"}))
    assert found == f"问卷.xlsx {place}（没有.csv）：读不出文件（没有这个文件或文件夹）"
    (opened.folder / "坏.csv").write_text("名称,申请日\n阀,昨天\n", encoding="utf-8")
    (found,) = faults(opened, filled(path, {where(path, "patents"): "坏.csv"}))
    assert found.startswith(f"问卷.xlsx {place}（坏.csv:2）：“申请日”“昨天”应当写成日期")
    take(opened, filled(path, {where(path, "patents"): "patents.csv"}))
    assert "patents: patents.csv" in (opened.folder / "client.yaml").read_text(encoding="utf-8")


# What is there already


def test_an_answer_that_is_there_is_not_overwritten_unseen(lanwan: Workspace) -> None:
    path = out(lanwan, Wish(everything=True))
    place = where(path, "registered_address")
    name, head = table(path, "key_products")
    back = filled(path, {place: "新路1号", (name, f"B{head + 1}"): "别的阀", where(path, "employee_count"): 187})
    before = (lanwan.folder / "client.yaml").read_bytes()
    with pytest.raises(Refused) as caught:
        take(lanwan, back)
    said = [str(each) for each in caught.value.complaints]
    assert said[0] == "问卷.xlsx 会改掉 3 个已有的回答，没有导入。确要以问卷为准，加 --replace"
    assert f"问卷.xlsx {place[0]}!{place[1]}：“注册地址？”重庆市北碚区（示例）云漾路18号 → 新路1号" in said
    assert (lanwan.folder / "client.yaml").read_bytes() == before
    dry = take(lanwan, back, dry_run=True)
    assert {each.key for each in dry.overwritten} == {"registered_address", "key_products", "employee_count"}
    assert not any(each.meanwhile for each in dry.overwritten)
    assert (lanwan.folder / "client.yaml").read_bytes() == before
    take(lanwan, back, overwrite=True)
    assert (answer(lanwan, "registered_address"), answer(lanwan, "employee_count")) == ("新路1号", 187)


def test_an_answer_that_changed_on_both_sides_says_so_and_an_old_copy_takes_nothing_back(lanwan: Workspace) -> None:
    path = out(lanwan, Wish(everything=True))
    set_answers(lanwan, ["registered_address=这里改的", "website=x.example"], lanwan.folder)
    (changed,) = take(lanwan, filled(path, {where(path, "registered_address"): "那里改的"}), dry_run=True).overwritten
    assert (changed.key, changed.meanwhile) == ("registered_address", True)
    assert str(changed).endswith("这里改的 → 那里改的（导出以后这里也改过）")
    assert answer(lanwan, "website") == "x.example"


def test_the_same_answer_written_again_is_the_same(lanwan: Workspace) -> None:
    path = out(lanwan, Wish(everything=True))
    place = where(path, "established_date")
    found = take(lanwan, filled(path, {place: "2012.6.18", (place[0], place[1].replace("C", "H")): "x"}))
    assert (found.overwritten, found.same) == ((), 1)


def test_an_answer_that_was_emptied_is_told_and_kept(lanwan: Workspace) -> None:
    path = out(lanwan, Wish(everything=True))
    name, head = table(path, "key_products")
    width = len(questionnaire(lanwan).client.questions["key_products"].columns)
    rows = {(name, f"{letter(2 + at)}{head + n}"): "" for n in range(1, 20) for at in range(width)}
    found = take(lanwan, filled(path, {where(path, "registered_address"): "", **rows}))
    assert [line.split("：")[1] for line in found.emptied] == [
        "“注册地址？”原来有回答，这里空着",
        "“主要产品或服务及对应的知识产权？”原来有回答，这里空着",
    ]
    assert answer(lanwan, "registered_address")


def test_a_workbook_of_another_client_is_refused(opened: Workspace) -> None:
    path = filled(out(opened), {("说明", "B2"): "别的公司"})
    with pytest.raises(Refused, match="是给“别的公司”的，这里是“重庆岚湾流体控制设备有限公司”"):
        take(opened, path)


# What people do to a workbook


def test_a_lost_column_of_keys_is_no_harm(opened: Workspace) -> None:
    path = out(opened)
    sheet, cell = where(path, "registered_address")
    name, head = table(path, "key_products")
    cells: dict[tuple[str, str], Value] = {(sheet, cell): "新路", (sheet, cell.replace("C", "A")): ""}
    cells |= {(name, "A1"): "", (name, f"B{head + 1}"): "阀"}
    assert {each.key for each in take(opened, filled(path, cells)).new} == {"registered_address", "key_products"}


def test_what_is_not_in_its_shape_is_named(opened: Workspace) -> None:
    path = out(opened)
    sheet, cell = where(path, "registered_address")
    line = int(cell[1:])
    name, head = table(path, "key_products")
    other, top = table(path, "departments")
    cells: dict[tuple[str, str], Value] = {
        (sheet, f"A{line}"): "registerd_address",
        (sheet, f"B{line}"): "地址？",
        (sheet, f"A{line + 1}"): "established_date",
        (sheet, f"C{line + 1}"): "2012-06-18",
        (sheet, f"C{line - 1}"): "2012-06-18",
        (name, f"B{head}"): "商品",
        (name, f"B{head + 1}"): "阀",
        (other, f"A{top}"): "",
    }
    found = faults(opened, filled(path, cells))
    assert f"问卷.xlsx {sheet}!A{line}：没有问题“registerd_address”，是不是想写“registered_address”？" in found
    assert f"问卷.xlsx {sheet}!C{line + 1}：“成立日期？”答了两次，另一处在 问卷.xlsx {sheet}!C{line - 1}" in found
    assert any(each.startswith(f"问卷.xlsx {name}!B{head}：没有“商品”这一列") for each in found)
    assert f"问卷.xlsx {name}!A{head}：缺列“产品”" in found
    assert f"问卷.xlsx {other}!A1：没有以“列”开头的表头行" in found


def test_a_sheet_that_is_none_of_ours_is_named_and_an_empty_one_is_not(opened: Workspace) -> None:
    path = out(opened)
    found = [Page(s.name, [list(row) for _, row in s.lines]) for s in sheets(path, path.name)]  # type: ignore[arg-type]
    path.write_bytes(book([*found, Page("附件", [["说明见附件"]]), Page("空", [])], TODAY))
    assert faults(opened, path) == ["问卷.xlsx 工作表“附件”：认不出是哪一题"]


def test_what_is_no_workbook_of_ours_is_named(opened: Workspace) -> None:
    path = opened.folder / "别的.xlsx"
    path.write_bytes(book([Page("表", [["甲"]])], TODAY))
    assert faults(opened, path) == ["别的.xlsx：不是 gbtool profile export 写出的问卷"]
    assert "读不出文件" in faults(opened, opened.folder / "没有.xlsx")[0]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_saving_in_libreoffice_changes_nothing(lanwan: Workspace, tmp_path: Path) -> None:
    path = out(lanwan, Wish(everything=True))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    target = ["--convert-to", "xlsx", "--outdir", str(tmp_path), str(path)]
    subprocess.run(["soffice", "--headless", home, *target], check=True, capture_output=True, timeout=120)
    found = take(lanwan, tmp_path / "问卷.xlsx")
    assert (found.new, found.overwritten, found.emptied) == ((), (), ())
    assert found.untouched > 100


def test_its_examples_are_not_taken_for_what_was_copied(fresh: Workspace) -> None:
    path = out(fresh)
    (case,) = files.cases(fresh, [path], lambda: None)
    assert [piece.text for piece in case.read.pieces] == ["问卷.xlsx"]
    path.write_bytes(book([Page("表", [["甲"]])], TODAY))
    (case,) = files.cases(fresh, [path], lambda: None)
    assert "甲" in [piece.text for piece in case.read.pieces]
