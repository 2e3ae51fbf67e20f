"""Tables of the ledger from what somebody keeps: columns guessed and kept, faults by cell, nothing twice; out again."""

import csv
import io
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import pytest

from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.ledger.listing import listed
from gbtool.commands.records.found import Changed, Request
from gbtool.commands.records.giving import give, values
from gbtool.commands.records.taking import Taken, read, take
from gbtool.commands.registers.names import COLUMNS, REGISTERS, TITLES, named, within
from gbtool.commands.registers.settling import ROWS
from gbtool.commands.workspace import Workspace
from gbtool.errors import FileFaults, Refused, UsageError
from gbtool.exchange.books import sheets
from gbtool.exchange.matching import How
from gbtool.exchange.writing import Page, Value, book
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger

TODAY = date(2026, 9, 22)
HEAD = ("员工编号", "员工姓名", "所属部门", "职务", "入职时间", "籍贯")
ONE = ("LW0144", "杜星野", "知识产权部", "专利主管", date(2021, 8, 2), "重庆")
TWO = ("LW0999", "常新叶", "研发中心", "工程师", "2026年9月1日", "四川")
PATENT = ("专利号码", "专利名称", "专利类型", "申请日期", "授权日", "法律状态", "费减比例")
VALVE = ("ZL202419900100.X", "一种阀", "发明", "2024.1.5", "2025/3/1", "有效", 0.85)
Rows = Sequence[Sequence[Value]]


def xlsx(folder: Path, *pages: tuple[str, Rows], name: str = "表.xlsx") -> Path:
    path = folder / name
    path.write_bytes(book([Page(title, list(rows)) for title, rows in pages], TODAY))
    return path


def bring(work: Workspace, path: Path, **request: object) -> tuple[Taken, ...]:
    asked = Request(**request)  # type: ignore[arg-type] # what a request has
    return take(work, read(work, path, asked, TODAY), asked, TODAY)


def faults(work: Workspace, path: Path, **request: object) -> list[str]:
    with pytest.raises(FileFaults) as caught:
        bring(work, path, **request)
    assert not work.ledger.exists()
    return [str(each) for each in caught.value.complaints]


def people(work: Workspace) -> list[Entry]:
    return list(listed(work, [EntryKind.PERSON]))


# In


def test_columns_are_guessed_kept_and_the_others_stay(work: Workspace, tmp_path: Path) -> None:
    path = xlsx(tmp_path, ("在职", [("甲公司员工花名册",), HEAD, ONE, TWO]), name="2026年.xlsx")
    (taken,) = bring(work, path)
    matches = {match.column: (match.field, match.how) for match in taken.found.matches}
    assert matches["入职时间"] == ("入职日", How.SAME)
    assert matches["籍贯"] == ("籍贯", How.OWN)
    assert [entry.id for entry in people(work)] == ["LW0144", "LW0999"]
    assert people(work)[1].data["入职日"] == "2026-09-01"
    assert people(work)[1].text("籍贯") == "四川"
    assert str(people(work)[1].place) == "2026年.xlsx 工作表“在职”:4 LW0999"
    again = xlsx(tmp_path, ("名册", [HEAD, ONE]), name="再来.xlsx")
    (taken,) = bring(work, again)
    assert {match.how for match in taken.found.matches} == {How.KEPT, How.OWN}


def test_the_same_table_again_adds_nothing_and_writes_nothing(work: Workspace, tmp_path: Path) -> None:
    path = xlsx(tmp_path, ("人员名册", [HEAD, ONE, TWO]))
    bring(work, path)
    before = work.ledger.read_bytes()
    (taken,) = bring(work, path)
    assert (taken.added, taken.updated, len(taken.same), taken.known_since) == ((), (), 2, "2026-09-22")
    assert work.ledger.read_bytes() == before


def test_a_line_is_updated_in_what_the_file_carries(work: Workspace, tmp_path: Path) -> None:
    shutil.copy(work.folder / "roster.csv", tmp_path)
    bring(work, tmp_path / "roster.csv")
    path = xlsx(tmp_path, ("人员名册", [HEAD, ONE, TWO]))
    (dry,) = bring(work, path, dry_run=True)
    assert [change.differences for change in dry.updated] == [("“岗位”专利专员 → 专利主管", "“籍贯”空 → 重庆")]
    with pytest.raises(Refused, match="有 1 条与台账不同") as refused:
        bring(work, path, changed=Changed.REFUSE)
    assert "按编号认" in refused.value.fix
    with pytest.raises(Refused):
        bring(work, path, changed=Changed.ADD)
    (taken,) = bring(work, path)
    assert (len(taken.added), len(taken.updated)) == (1, 1)
    person = next(each for each in people(work) if each.id == "LW0144")
    assert (person.text("岗位"), person.text("学历")) == ("专利主管", "本科")  # the file has no 学历
    assert len(people(work)) == 188


def test_a_table_known_by_its_name_comes_in_as_with_its_folder(work: Workspace, tmp_path: Path) -> None:
    for name in ("roster", "trademarks", "contracts"):
        shutil.copy(work.folder / f"{name}.csv", tmp_path)
        bring(work, tmp_path / f"{name}.csv")
    done = import_folder(work, tmp_path, TODAY)
    assert not done.added
    assert not done.replaced


def test_a_line_that_is_gone_is_told(work: Workspace, tmp_path: Path) -> None:
    bring(work, xlsx(tmp_path, ("人员名册", [HEAD, ONE, TWO])))
    (taken,) = bring(work, xlsx(tmp_path, ("人员名册", [HEAD, (*ONE[:3], "部长", *ONE[4:])])))
    assert [entry.id for entry in taken.gone] == ["LW0999"]
    assert len(people(work)) == 2
    kept = listed(work, [EntryKind.IMPORT])
    assert kept[-1].get(ROWS) is not None


def test_a_workbook_of_several_tables_comes_in_whole(work: Workspace, tmp_path: Path) -> None:
    mark = ("12345678", "岚湾", "7", "2027-05-06")
    marks = [("商标注册号", "商标名称", "国际分类", "有效期至"), mark]
    path = xlsx(tmp_path, ("有效专利", [PATENT, VALVE]), ("商标", marks), ("别的", [("甲",), ("乙",)]))
    taken = bring(work, path)
    assert [each.found.form for each in taken] == ["patents", "trademarks"]
    assert taken[0].found.remarks == ("没有读的工作表：别的",)
    (patent,) = [e for e in listed(work, [EntryKind.RIGHT]) if e.text("kind") == "patent"]
    assert dict(patent.data) == {
        "专利号": "ZL202419900100.X",
        "名称": "一种阀",
        "类型": "发明",
        "申请日": "2024-01-05",
        "授权公告日": "2025-03-01",
        "状态": "有效",
        "费减": "85%",
        "kind": "patent",
    }


def test_one_mark_of_several_classes_is_found_again_by_one_of_them(work: Workspace, tmp_path: Path) -> None:
    head = ("注册号", "商标", "类别", "状态")
    both = [("123", "岚湾", "7", "注册"), ("123", "岚湾", "11", "注册")]
    bring(work, xlsx(tmp_path, ("商标清单", [head, *both])))
    (taken,) = bring(work, xlsx(tmp_path, ("商标清单", [head, ("123", "岚湾", "11", "续展")]), name="二.xlsx"))
    assert [change.old.id for change in taken.updated] == ["trademark-123-11"]


def test_everything_wrong_is_named_by_its_cell(work: Workspace, tmp_path: Path) -> None:
    wrong = ("ZL202419900101.4", "", "发明", "2024.2.30", "2025/3/1", "有效", 0.15)
    nameless = ("", "一种泵", "发明", "2024-02-01", "", "有效", "")
    path = xlsx(tmp_path, ("专利清单", [PATENT, VALVE, wrong, nameless]))
    assert faults(work, path) == [
        "表.xlsx 工作表“专利清单”第3行 B 列：“名称”是空的",
        "表.xlsx 工作表“专利清单”第3行 D 列：“申请日”2024-02-30 这一天不存在",
        "表.xlsx 工作表“专利清单”第3行 G 列：“费减”0.15 分不清是减几成还是缴几成，写成 85%、70% 或无",
        "表.xlsx 工作表“专利清单”第4行：没有专利号、申请号、序号，认不出是哪一条",
    ]
    twice = xlsx(tmp_path, ("专利清单", [PATENT, VALVE, VALVE]))
    assert faults(work, twice) == ["表.xlsx 工作表“专利清单”第3行：ZL202419900100.X 与第2行是同一条。留一行，或改编号"]


def test_columns_that_are_needed_and_those_that_are_refused(work: Workspace, tmp_path: Path) -> None:
    path = xlsx(tmp_path, ("人员名册", [("称呼", "部门"), ("甲", "研发中心")]))
    said = faults(work, path)
    assert "缺列“姓名”" in said[0]
    (taken,) = bring(work, path, columns={"称呼": "姓名"})
    assert [entry.id for entry in taken.added] == ["甲"]
    work.ledger.unlink()
    assert "没有列“绰号”" in faults(work, path, columns={"称呼": "绰号"})[0]
    assert "没有 --map 说的“x”这一列" in faults(work, path, columns={"x": "姓名"})[0]
    secret = xlsx(tmp_path, ("商业秘密清单", [("代号", "密级", "秘密内容"), ("S-1", "机密", "配方")]))
    assert "只登记代号" in faults(work, secret)[0]
    bring(work, secret, columns={"秘密内容": ""})
    (kept,) = listed(work, [EntryKind.RIGHT])
    assert "秘密内容" not in kept.data
    work.ledger.unlink()
    both = xlsx(tmp_path, ("人员名册", [("姓名", "员工姓名"), ("甲", "乙")]))
    assert "但“姓名”列已经是它" in faults(work, both)[0]


def test_a_table_may_be_named_and_word_holds_forms_only(work: Workspace, tmp_path: Path) -> None:
    path = xlsx(tmp_path, ("Sheet1", [HEAD, TWO]), name="x.xlsx")
    assert "认不出是哪张表单" in faults(work, path)[0]
    assert bring(work, path, form="人员名册")[0].found.form == "roster"
    (tmp_path / "x.docx").write_bytes(b"PK")
    with pytest.raises(UsageError, match="从 xlsx、xls、CSV 导入"):
        bring(work, tmp_path / "x.docx", form="roster")
    with pytest.raises(UsageError, match="没有表单“rooster”"):
        bring(work, path, form="rooster")


def test_names_of_tables() -> None:
    assert set(TITLES) == set(REGISTERS)
    assert all(name.split(".")[-1] in {c for r in REGISTERS.values() for c in r.sheet.known} for name in COLUMNS)
    (roster, patents) = (REGISTERS["roster"], REGISTERS["patents"])
    assert (named("花名册"), named(" 专利清单 "), named("roster"), named("")) == (roster, patents, roster, None)
    assert (within("甲公司花名册2026"), within("专利清单和商标清单"), within("专利")) == (roster, None, None)


# Out


@pytest.fixture
def filled(work: Workspace) -> Workspace:
    """People, rights and contracts, a deed, a declaration, evidence."""
    folder = work.folder / "进"
    folder.mkdir()
    for name in ("roster", "patents", "trademarks", "contracts"):
        shutil.copy(work.folder / f"{name}.csv", folder)
    import_folder(work, folder, TODAY)
    more = [
        Entry(EntryKind.EVIDENCE, "evidence-1", "2026-09-01", data={"name": "a.pdf", "records": ["R-1", "R-2"]}),
        Entry(EntryKind.ACTION, "done-1", "2026-09-02", data={"right": "ZL1", "amount": "600"}),
        Entry(EntryKind.PAPER, "p", form="ip-manual", data={"approved": {"name": "周屿川", "date": "2026-05-14"}}),
        Entry(EntryKind.PAPER, "q", form="report", data={"approved": "2026-05-15"}),
        Entry(EntryKind.DECLARATION, "penalties", "2026-09-03", data={"declared_by": "周屿川"}),
    ]
    with open_ledger(work.ledger, write=True) as ledger, ledger.transaction(Action(TODAY, "", "登记")) as change:
        entries.put(change, more)
    return work


def out(work: Workspace, name: str, *forms: str) -> Path:
    return give(work, work.folder / name, (forms, ""), TODAY, replace=True).path


@pytest.mark.parametrize("name", ["台账.xlsx", "名册.csv"])
def test_what_went_out_is_the_same_when_it_comes_in(filled: Workspace, name: str) -> None:
    path = out(filled, name, *(["roster"] if name.endswith("csv") else []))
    before = filled.ledger.read_bytes()
    taken = bring(filled, path, form="roster" if name.endswith("csv") else "")
    assert [each for each in taken if each.added or each.updated] == []
    assert sum(len(each.same) for each in taken) >= 187
    assert filled.ledger.read_bytes() == before


def test_a_workbook_has_a_sheet_for_each_table(filled: Workspace) -> None:
    found = {sheet.name: sheet.lines for sheet in sheets(out(filled, "台账.xlsx"), "台账.xlsx")}
    assert list(found) == [
        *("人员名册", "专利清单", "商标清单", "合同清单"),
        *("证据清单", "期限办理清单", "文件签署清单", "声明清单"),
    ]
    evidence = found["证据清单"][1][1]
    assert (evidence[0], str(evidence[4])[:10], evidence[5]) == ("a.pdf", "2026-09-01", "R-1、R-2")
    papers = [line[1] for line in found["文件签署清单"]]
    assert (papers[1][0], papers[1][5], str(papers[1][6])[:10]) == ("ip-manual", "周屿川", "2026-05-14")
    assert str(papers[2][6])[:10] == "2026-05-15"


def test_tables_go_out_one_by_one(filled: Workspace) -> None:
    lines = list(csv.reader(io.StringIO(out(filled, "证据.csv", "evidence").read_text(encoding="utf-8-sig"))))
    assert lines[1][0] == "a.pdf"
    paper = docx.Document(str(out(filled, "专利.docx", "专利清单")))
    heads = [cell.text for cell in paper.tables[0].rows[0].cells]
    assert heads[:3] == ["序号", "专利号", "名称"]  # 申请号 says no more than 专利号
    assert any("各条相同的：" in each.text and "状态：有效" in each.text for each in paper.paragraphs)
    one = docx.Document(str(out(filled, "办理.docx", "actions")))
    assert [cell.text for cell in one.tables[0].rows[1].cells][:2] == ["1", "ZL1"]
    found = values(filled, ["contracts"], "")["entries"]
    assert isinstance(found, list)
    assert {each["kind"] for each in found} == {"contract"}
    with pytest.raises(UsageError, match="一次放一张表单"):
        out(filled, "两张.csv", "roster", "patents")
    with pytest.raises(UsageError, match="没有表单“evidenc”"):
        out(filled, "x.csv", "evidenc")
    with pytest.raises(Refused, match="没有这样的记录"):
        out(filled, "x.csv", "renames")
