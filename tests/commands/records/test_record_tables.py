"""Records from spreadsheets and CSV: columns matched and kept, all or nothing, nothing twice, faults by their cell."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands.ledger.listing import listed, verified
from gbtool.commands.records import sources
from gbtool.commands.records.found import Changed, Request
from gbtool.commands.records.sources import files
from gbtool.commands.records.taking import Taken, read, take
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, Refused, UsageError, WrongValues
from gbtool.exchange.matching import How
from gbtool.exchange.writing import Page, Value, book
from gbtool.model.document import Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.shelf.seen import seen_by

TODAY = date(2026, 9, 22)
VISITOR, CHECK = "rec-visitor", "rec-routine-check"
HEAD = ("日期", "单位", "姓名", "事由", "登记人（签名）", "登记人（签名日期）")
ONE = ("2026-09-01", "江岸厂", "来访人甲", "技术交流", "尹初晓", "2026-09-01")
TWO = ("2026-09-02", "水务方", "来访人乙", "考察", "尹初晓", "2026-09-02")


Rows = Sequence[Sequence[Value]]


def csv_file(folder: Path, rows: Rows, name: str = "访客.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("".join(",".join(str(cell) for cell in row) + "\n" for row in rows).encode(encoding))
    return path


def xlsx(folder: Path, *sheets: tuple[str, Rows], name: str = "记录.xlsx") -> Path:
    path = folder / name
    path.write_bytes(book([Page(title, list(rows)) for title, rows in sheets], TODAY))
    return path


def bring(work: Workspace, path: Path, form: str = VISITOR, **request: object) -> Taken:
    asked = Request(**{"form": form, **request})  # type: ignore[arg-type] # what a request has
    (taken,) = take(work, read(work, path, asked, TODAY), asked, TODAY)
    return taken


def records(work: Workspace) -> tuple[Entry, ...]:
    return listed(work, [EntryKind.RECORD])


def faults(work: Workspace, path: Path, form: str = VISITOR, **request: object) -> list[str]:
    before = records(work)
    with pytest.raises(FileFaults) as caught:
        bring(work, path, form, **request)
    assert records(work) == before
    return [str(each) for each in caught.value.complaints]


# Ways in


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_comes_in_whatever_its_encoding(work: Workspace, tmp_path: Path, encoding: str) -> None:
    taken = bring(work, csv_file(tmp_path, [HEAD, ONE, TWO], encoding=encoding))
    assert [entry.id for entry in taken.added] == ["LW-IPM-JL-16-05-001", "LW-IPM-JL-16-05-002"]
    first = records(work)[0]
    assert first.date == "2026-09-01"
    assert first.entered == "2026-09-22"
    assert first.rows() == ({"日期": "2026-09-01", "单位": "江岸厂", "姓名": "来访人甲", "事由": "技术交流"},)
    assert first.signatures[0].name == "尹初晓"
    assert (first.text("title"), first.text("number")) == ("来访（参观）登记与保密提示表", "LW-IPM-JL-16-05")
    assert str(first.place) == "访客.csv:2"
    assert verified(work).whole


def test_a_spreadsheet_with_a_title_and_real_days_comes_in(work: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["体系运行日常检查记录"],
        [],
        ["检查日期", "检查部门", "检查内容", "检查结果", "金额"],
        [],
    ]
    rows += [[date(2026, 9, 1), "质量部", "日志", "符合"], [date(2026, 9, 1), "质量部", "台账", "需改进"]]
    taken = bring(work, xlsx(tmp_path, ("Sheet1", rows)), "", columns={"检查结果": "结果"})
    (entry,) = taken.added
    assert (entry.form, entry.date) == (CHECK, "2026-09-01")
    assert [row["结果"] for row in entry.rows()] == ["符合", "需改进"]
    assert (taken.found.head, taken.found.lines) == (3, 2)
    assert str(entry.place) == "记录.xlsx 工作表“Sheet1”:5"


def test_an_old_spreadsheet_comes_in(work: Workspace, tmp_path: Path) -> None:
    old = Path(__file__).parents[2] / "data" / "tables" / "visitors.xls"
    path = Path(shutil.copy(old, tmp_path))
    columns = {"金额": "", "说明": "事由"}
    taken = bring(work, path, date="2026-09-20", columns=columns)
    assert len(taken.added) == 1
    assert taken.added[0].rows()[0] == {"日期": "2026-09-02", "姓名": "\U00020bb7=cmd", "事由": "a\nb"}


def test_lines_that_are_equal_outside_the_table_are_one_record(work: Workspace, tmp_path: Path) -> None:
    head = ("日期", "培训主题", "姓名", "部门")
    rows = [
        head,
        *(("2026-09-01", "宣贯", name, "质量部") for name in "甲乙丙"),
        ("2026-09-02", "宣贯", "甲", "质量部"),
    ]
    taken = bring(work, csv_file(tmp_path, rows), "rec-training-signin")
    assert [len(entry.rows()) for entry in taken.added] == [3, 1]


def test_a_form_without_a_table_has_one_record_for_each_line(work: Workspace, tmp_path: Path) -> None:
    rows = [("评审日期", "项目名称"), ("2026-09-01", "甲"), ("2026-09-01", "乙")]
    assert len(bring(work, csv_file(tmp_path, rows), "rec-project-review").added) == 2


def test_lines_with_one_number_are_one_record_that_says_the_rest_once(work: Workspace, tmp_path: Path) -> None:
    head = ("记录编号", "检查日期", "检查部门", "检查内容")
    rows = [head, ("A-1", "2026-09-01", "质量部", "一"), ("A-1", "", "", "二"), ("A-2", "2026-09-03", "", "三")]
    taken = bring(work, csv_file(tmp_path, rows), CHECK)
    assert [(entry.id, entry.date, len(entry.rows())) for entry in taken.added] == [
        ("A-1", "2026-09-01", 2),
        ("A-2", "2026-09-03", 1),
    ]
    rows[2] = ("A-1", "", "财务部", "二")
    assert faults(work, csv_file(tmp_path, rows, "x.csv"), CHECK) == ["x.csv:3：“检查部门”与编号相同的第2行不同"]


def test_numbers_go_on_from_the_highest_and_past_those_in_the_file(work: Workspace, tmp_path: Path) -> None:
    rows = [("记录编号", *HEAD), ("LW-IPM-JL-16-05-007", *ONE), ("", *TWO)]
    taken = bring(work, csv_file(tmp_path, rows))
    assert [entry.id[-3:] for entry in taken.added] == ["007", "008"]


# Which form, which sheet


@pytest.mark.parametrize(
    "name",
    ["rec-visitor.csv", "LW-IPM-JL-16-05.csv", "来访（参观）登记与保密提示表.csv", "来访 参观 登记与保密提示表.csv"],
)
def test_the_form_is_known_by_the_files_name(work: Workspace, tmp_path: Path, name: str) -> None:
    assert bring(work, csv_file(tmp_path, [HEAD, ONE], name), "").found.form == VISITOR


def test_sheets_are_known_by_their_names_and_the_others_are_named(work: Workspace, tmp_path: Path) -> None:
    check = [("检查日期", "检查内容"), ("2026-09-01", "日志")]
    path = xlsx(tmp_path, ("来访（参观）登记与保密提示表", [HEAD, ONE]), (CHECK, check), ("说明", [["x"]]), ("空", []))
    asked = Request()
    taken = take(work, read(work, path, asked, TODAY), asked, TODAY)
    assert [each.found.form for each in taken] == [VISITOR, CHECK]
    assert "没有读的工作表：说明" in taken[0].found.remarks
    again = take(work, read(work, path, asked, TODAY), asked, TODAY)
    assert [(len(each.added), len(each.same), each.known_since) for each in again] == [(0, 1, "2026-09-22")] * 2


def test_a_sheet_may_be_named(work: Workspace, tmp_path: Path) -> None:
    path = xlsx(tmp_path, ("甲", [HEAD, ONE]), ("乙", [HEAD, TWO]))
    assert bring(work, path, sheet="乙").added[0].date == "2026-09-02"
    with pytest.raises(UsageError, match="没有工作表“丙”"):
        bring(work, path, sheet="丙")


def test_what_cannot_be_told_is_asked_for(work: Workspace, tmp_path: Path) -> None:
    assert "认不出是哪张表单（工作表：甲、乙）" in faults(work, xlsx(tmp_path, ("甲", [HEAD]), ("乙", [HEAD])))[0]
    assert "认不出是哪张表单" in faults(work, csv_file(tmp_path, [HEAD, ONE]), "")[0]
    assert "表格是空的" in faults(work, csv_file(tmp_path, [], "空.csv"))[0]
    with pytest.raises(UsageError, match="没有表单“rec-visiter”，是不是想写“rec-visitor”"):
        bring(work, csv_file(tmp_path, [HEAD, ONE]), "rec-visiter")


def test_the_head_of_one_sheet_and_the_lines_of_another_are_complained_of_at_once(
    work: Workspace, tmp_path: Path
) -> None:
    path = xlsx(
        tmp_path, (VISITOR, [["日期", "日期"], ["1", "2"]]), (CHECK, [("检查日期", "检查内容"), ("昨天", "日志")])
    )
    said = faults(work, path, "")
    assert "列名“日期”在 A 列和 B 列写了两次" in said[0]
    assert "工作表“rec-routine-check”第2行 A 列：“检查日期”“昨天”应当写成日期" in said[1]


# Columns


def test_columns_are_matched_shown_and_kept(work: Workspace, tmp_path: Path) -> None:
    head = ("来访日期", "单位（全称）", "来访人", "登 记 人", "备 注", "空列")
    path = csv_file(tmp_path, [head, ("2026-09-01", "江岸厂", "甲", "尹初晓", "无", "")])
    said = faults(work, path)
    assert [line.split("：")[0] for line in said] == ["访客.csv:1 A 列", "访客.csv:1 C 列", "访客.csv:2"]
    assert "“来访日期”认不出是哪个字段" in said[0]
    taken = bring(work, path, columns={"来访日期": "日期", "来访人": "姓名"}, date="2026-09-01")
    assert [(match.column, match.field, match.how) for match in taken.found.matches] == [
        ("来访日期", "日期", How.TOLD),
        ("单位（全称）", "单位", How.ALIKE),
        ("来访人", "姓名", How.TOLD),
        ("登 记 人", "登记人（签名）", How.ALIKE),
        ("备 注", "记录备注", How.ALIKE),
    ]
    assert taken.added[0].text("note") == "无"
    other = csv_file(tmp_path, [head[:3], ("2026-09-05", "水务方", "乙")], "十月.csv")
    found = bring(work, other, date="2026-09-05").found
    assert [match.how for match in found.matches] == [How.KEPT] * 3


def test_a_column_may_be_left_out_and_stays_left_out(work: Workspace, tmp_path: Path) -> None:
    head, one = (*HEAD, "内部意见"), (*ONE, "x")
    bring(work, csv_file(tmp_path, [head, one]), columns={"内部意见": ""})
    found = bring(work, csv_file(tmp_path, [head, (*TWO, "y")], "b.csv")).found
    assert found.matches[-1].how is How.SKIPPED


def test_a_mapping_that_fits_nothing_is_refused(work: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [HEAD, ONE])
    said = faults(work, path, columns={"名字": "姓名", "事由": "缘由"})
    assert said[0].startswith("访客.csv:1：没有 --map 说的“名字”这一列")
    assert said[1].startswith("--map：表单没有字段“缘由”。可用的：记录编号、")


def test_two_columns_for_one_field_are_refused(work: Workspace, tmp_path: Path) -> None:
    rows = [("日期", "姓名", "姓名（全名）"), ("2026-09-01", "甲", "甲")]
    assert (
        "“姓名（全名）”像是“姓名”，但“姓名”列已经是它" in faults(work, csv_file(tmp_path, rows), date="2026-09-01")[0]
    )


def test_a_field_named_like_one_of_ours_is_the_forms(work: Workspace, tmp_path: Path) -> None:
    rows = [("批准日期", "记录名称", "记录编号"), ("2026-09-01", "检查记录", "JL-1")]
    (entry,) = bring(work, csv_file(tmp_path, rows), "reg-records").added
    assert entry.rows()[0]["记录编号"] == "JL-1"


# Everything wrong, by its cell


def test_every_bad_line_is_named_with_sheet_line_column_and_reason_at_once(work: Workspace, tmp_path: Path) -> None:
    head = ("检查日期", "检查部门", "检查内容", "结果", "整改期限", "编制（签名）", "编制（签名日期）")
    rows = [
        head,
        ("2026-02-30", "质量部", "一", "符合", "", "", ""),
        ("2026-09-23", "质量部", "二", "还行", "下周", "", ""),
        ("", "质量部", "三", "", "", "", ""),
        ("2026-09-01", "质量部", "四", "", "", "甲", "2026-10-01"),
        ("2026-09-01", "质量部", "四", "", "", "甲", "2026-10-01"),
        ("2026-09-02", "", "", "", "", "", ""),
    ]
    assert faults(work, xlsx(tmp_path, ("检查", rows)), CHECK) == [
        "记录.xlsx 工作表“检查”第2行 A 列：“检查日期”2026-02-30 这一天不存在",
        "记录.xlsx 工作表“检查”第3行 D 列：“结果”“还行”不在可选之列：符合、需改进",
        "记录.xlsx 工作表“检查”第3行 E 列：“整改期限”“下周”应当写成日期，如 2026-05-18",
        "记录.xlsx 工作表“检查”第3行：2026-09-23 在今天（2026-09-22）以后，还没有发生",
        "记录.xlsx 工作表“检查”第4行：说不出是哪天发生的。填“检查日期”，加一列“发生日期”，或用 --date 给出",
        "记录.xlsx 工作表“检查”第5行 签名“编制”：2026-10-01 在今天（2026-09-22）以后",
        "记录.xlsx 工作表“检查”第6行：与第5行完全相同。留一行；确是两件事的，写上“记录编号”，或写出区别",
    ]


def test_a_line_that_says_nothing_of_the_form_is_named(work: Workspace, tmp_path: Path) -> None:
    rows = [("记录编号", "发生日期", "姓名"), ("A-1", "2026-09-01", "甲"), ("A-2", "2026-09-01", "")]
    assert faults(work, csv_file(tmp_path, rows)) == ["访客.csv:3：没有内容"]


def test_a_share_that_nobody_can_read_is_named(work: Workspace, tmp_path: Path) -> None:
    found = [form for form in _forms(work) if any(f.type == "percent" for f in form.fields.columns)]
    percent = next(f.name for f in found[0].fields.columns if f.type == "percent")
    rows: Rows = [(found[0].day, percent), ("2026-09-01", 0.95)]
    path = xlsx(tmp_path, ("表", rows))
    assert "“0.95”分不清是百分之几" in faults(work, path, found[0].id)[0]


def _forms(work: Workspace) -> Sequence[Specification]:
    return [s for s in seen_by(("2023",), work.shelves) if s.fields and s.day]


def test_without_a_day_the_signatures_say_it_or_the_option(work: Workspace, tmp_path: Path) -> None:
    one = bring(work, csv_file(tmp_path, [HEAD, ONE]))
    assert (one.added[0].date, one.found.remarks) == ("2026-09-01", ("发生日期取自签名日期",))
    rows = [HEAD[:4], TWO[:4]]
    assert "说不出是哪天发生的。各签名写同一天" in faults(work, csv_file(tmp_path, rows, "b.csv"))[0]
    two = bring(work, csv_file(tmp_path, rows, "b.csv"), date="2026-09-03")
    assert (two.added[0].date, two.found.remarks) == ("2026-09-03", ())
    with pytest.raises(WrongValues, match="--date：2026-09-30 在今天"):
        bring(work, csv_file(tmp_path, rows, "b.csv"), date="2026-09-30")


def test_a_client_without_a_code_has_no_numbers(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲\nstandard_edition: '2023'\n", encoding="utf-8")
    with pytest.raises(FileFaults, match="company_code"):
        bring(workspace(tmp_path), csv_file(tmp_path, [HEAD, ONE]))
    assert not (tmp_path / "ledger.db").exists()


@pytest.mark.parametrize("name", ["没有.csv", "没有.docx"])
def test_a_missing_file_is_named(work: Workspace, tmp_path: Path, name: str) -> None:
    assert f"{name}：读不出文件（没有这个文件或文件夹）" in faults(work, tmp_path / name)[0]


def test_a_file_that_is_too_large_is_refused(work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_MOST_BYTES", 3)
    assert "超过 3 字节的上限" in faults(work, csv_file(tmp_path, [HEAD, ONE]))[0]


# Once, and again


def test_the_same_file_again_adds_nothing_and_writes_nothing(work: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [HEAD, ONE, TWO])
    bring(work, path)
    before = work.ledger.read_bytes()
    again = bring(work, path)
    assert (again.added, again.updated, len(again.same), again.known_since) == ((), (), 2, "2026-09-22")
    assert work.ledger.read_bytes() == before


def test_the_same_lines_in_another_file_add_nothing(work: Workspace, tmp_path: Path) -> None:
    bring(work, csv_file(tmp_path, [HEAD, ONE]))
    taken = bring(work, xlsx(tmp_path, ("表", [HEAD[::-1], TWO[::-1], ONE[::-1]])))
    assert (len(taken.added), len(taken.same), taken.known_since) == (1, 1, "")


def test_a_changed_line_is_reported_and_not_doubled(work: Workspace, tmp_path: Path) -> None:
    bring(work, csv_file(tmp_path, [HEAD, ONE, TWO]))
    path = csv_file(tmp_path, [HEAD, TWO, (*ONE[:3], "供货", *ONE[4:])])
    before = records(work)
    with pytest.raises(Refused) as caught:
        bring(work, path)
    said = [str(each) for each in caught.value.complaints]
    assert (
        said[0]
        == "访客.csv 里有 1 条与台账不同，没有导入。确要以文件为准，加 --changed update；是另外的记录，加 --changed add"
    )
    assert said[1] == "访客.csv第3行：与台账里的 LW-IPM-JL-16-05-001 不同：第1条“事由”技术交流 → 供货"
    assert records(work) == before
    dry = bring(work, path, dry_run=True)
    assert [change.old.id for change in dry.updated] == ["LW-IPM-JL-16-05-001"]
    taken = bring(work, path, changed=Changed.UPDATE)
    assert (len(taken.added), len(taken.same), len(taken.updated)) == (0, 1, 1)
    changed = next(entry for entry in records(work) if entry.id.endswith("001"))
    assert changed.rows()[0]["事由"] == "供货"
    assert (len(records(work)), verified(work).whole) == (2, True)


def test_a_changed_line_may_be_another_record(work: Workspace, tmp_path: Path) -> None:
    bring(work, csv_file(tmp_path, [HEAD, ONE]))
    taken = bring(work, csv_file(tmp_path, [HEAD, (*ONE[:3], "供货", *ONE[4:])]), changed=Changed.ADD)
    assert [entry.id[-3:] for entry in taken.added] == ["002"]
    assert (taken.updated, len(records(work))) == ((), 2)


def test_a_line_that_is_gone_is_told_and_kept(work: Workspace, tmp_path: Path) -> None:
    bring(work, csv_file(tmp_path, [HEAD, ONE, TWO]))
    taken = bring(work, csv_file(tmp_path, [HEAD, TWO]))
    assert ([entry.id[-3:] for entry in taken.gone], len(records(work))) == (["001"], 2)


def test_a_file_of_the_same_name_for_another_month_is_another_file(work: Workspace, tmp_path: Path) -> None:
    rows = [("检查日期", "检查部门", "检查内容", "结果"), ("2026-08-31", "质量部", "日志", "符合")]
    bring(work, csv_file(tmp_path, rows), CHECK)
    rows[1] = ("2026-09-21", *rows[1][1:])
    assert len(bring(work, csv_file(tmp_path, rows), CHECK).added) == 1
    rows[1] = (*rows[1][:3], "需改进")
    with pytest.raises(Refused):
        bring(work, csv_file(tmp_path, rows), CHECK)


def test_a_numbered_record_is_compared_by_its_number_in_what_the_file_carries(work: Workspace, tmp_path: Path) -> None:
    head = ("记录编号", "发生日期", "检查日期", "检查人", "检查内容", "结果", "编制", "编制日期", "记录备注")
    one = ("A-1", "2026-09-02", "2026-09-01", "甲", "日志", "符合", "甲", "2026-09-02", "补")
    bring(work, csv_file(tmp_path, [head, one]), CHECK)
    part = csv_file(tmp_path, [("记录编号", "检查内容", "编制"), ("A-1", "日志", "甲")], "b.csv")
    assert len(bring(work, part, CHECK).same) == 1
    part = csv_file(tmp_path, [("记录编号", "检查内容", "编制"), ("A-1", "台账", "乙")], "b.csv")
    bring(work, part, CHECK, changed=Changed.UPDATE)
    (kept,) = records(work)
    assert (kept.date, kept.mapping("head")) == ("2026-09-02", {"检查日期": "2026-09-01", "检查人": "甲"})
    assert kept.rows() == ({"检查内容": "台账", "结果": "符合"},)
    assert [(each.role, each.name, each.date) for each in kept.signatures] == [("编制", "乙", "")]
    assert kept.text("note") == "补"


def test_an_update_says_everything_that_differs(work: Workspace, tmp_path: Path) -> None:
    head = ("记录编号", "发生日期", "检查人", "检查内容", "编制", "编制日期", "记录备注")
    one = [("A-1", "2026-09-02", "甲", name, "甲", "2026-09-02", "补") for name in ("一", "二")]
    bring(work, csv_file(tmp_path, [head, *one]), CHECK)
    new = [("A-1", "2026-09-03", "乙", "一", "甲", "2026-09-03", ""), ("A-1", "", "", "三", "", "", "")]
    new.append(("A-1", "", "", "四", "", "", ""))
    taken = bring(work, csv_file(tmp_path, [head, *new], "b.csv"), CHECK, changed=Changed.UPDATE)
    assert taken.updated[0].differences == (
        "日期 2026-09-02 → 2026-09-03",
        "“检查人”甲 → 乙",
        "“记录备注”补 → 空",
        "表里第2条起，1 条变成 2 条",
        "签名“编制”原为甲2026-09-02",
        "签名“编制”现为甲2026-09-03",
    )
    (kept,) = records(work)
    assert (kept.date, len(kept.rows()), kept.get("note")) == ("2026-09-03", 3, None)


def test_a_number_of_another_form_is_refused(work: Workspace, tmp_path: Path) -> None:
    bring(work, csv_file(tmp_path, [("记录编号", *HEAD), ("A-1", *ONE)]))
    rows = [("记录编号", "检查日期", "检查内容"), ("A-1", "2026-09-01", "日志")]
    assert "A-1 是另一张表单（rec-visitor）的记录" in faults(work, csv_file(tmp_path, rows, "b.csv"), CHECK)[0]


def test_a_day_that_was_entered_apart_stays_when_the_file_gives_none(work: Workspace, tmp_path: Path) -> None:
    rows = [("记录编号", "发生日期", "检查日期", "检查内容"), ("A-1", "2026-09-02", "2026-09-01", "日志")]
    bring(work, csv_file(tmp_path, rows), CHECK)
    same = [("检查日期", "检查内容"), ("2026-09-01", "日志")]
    assert len(bring(work, csv_file(tmp_path, same, "b.csv"), CHECK).same) == 1
    moved = [("记录编号", "检查日期", "检查内容"), ("A-1", "2026-09-05", "日志")]
    bring(work, csv_file(tmp_path, moved, "c.csv"), CHECK, changed=Changed.UPDATE)
    assert records(work)[0].date == "2026-09-05"


def test_a_new_number_without_a_day_is_named(work: Workspace, tmp_path: Path) -> None:
    rows = [("记录编号", "检查内容"), ("A-1", "日志")]
    assert "访客.csv:2：说不出是哪天发生的" in faults(work, csv_file(tmp_path, rows), CHECK)[0]


def test_a_dry_run_writes_nothing(work: Workspace, tmp_path: Path) -> None:
    taken = bring(work, csv_file(tmp_path, [HEAD, ONE]), dry_run=True)
    assert len(taken.added) == 1
    assert not work.ledger.exists()


def test_what_was_imported_is_itself_an_entry(work: Workspace, tmp_path: Path) -> None:
    bring(work, csv_file(tmp_path, [HEAD, ONE]))
    (entry,) = listed(work, [EntryKind.IMPORT])
    assert (entry.text("title"), entry.get("added")) == ("访客.csv", ["LW-IPM-JL-16-05-001"])
    assert entry.mapping("columns")["日期"] == "日期"


# Folders


def test_a_folder_without_the_layout_gives_its_files(tmp_path: Path) -> None:
    for name in ("b.docx", "a.xlsx", "~$b.docx", ".x.csv", "c.pdf"):
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in files(tmp_path)] == ["a.xlsx", "b.docx"]
    (tmp_path / "roster.csv").write_bytes(b"")
    assert files(tmp_path) == ()
    assert files(tmp_path / "roster.csv") == (tmp_path / "roster.csv",)
    assert files(tmp_path / "x.yaml") == ()
    assert files(tmp_path / "b.docx") == (tmp_path / "b.docx",)
