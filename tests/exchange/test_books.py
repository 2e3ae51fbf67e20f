"""Spreadsheets in and out: bounded, values only, every text exactly."""

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from gbtool.errors import FileFaults
from gbtool.exchange import apart, bounds
from gbtool.exchange.books import Sheet, sheets, shown, unmerged
from gbtool.exchange.tables import table_of
from gbtool.exchange.writing import LISTS, MAX_TEXT, Cell, Page, Pick, book, csv_text, page_names
from hostile import TEXTS

OLD = Path(__file__).parents[1] / "data" / "tables" / "visitors.xls"
DAY = dt.date(2026, 9, 1)
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def read(folder: Path, data: bytes, name: str = "t.xlsx") -> tuple[Sheet, ...]:
    path = folder / name
    path.write_bytes(data)
    return sheets(path, name)


def said(path: Path) -> str:
    with pytest.raises(FileFaults) as caught:
        sheets(path, path.name)
    return str(caught.value)


def with_sheet(folder: Path, cells: str) -> Path:
    """A spreadsheet whose only sheet holds these cells as XML."""
    path = folder / "t.xlsx"
    whole = io.BytesIO(book([Page("表", [["甲"]])], DAY))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = f"{HEAD}{cells}</sheetData></worksheet>"
            new.writestr(name, text if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return path


# Out and in again


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_every_text_comes_back_exactly_from_xlsx(tmp_path: Path, texts: list[str]) -> None:
    (sheet,) = read(tmp_path, book([Page("表", [["头"], *([text] for text in texts)])], DAY))
    assert [str(cells[0]) for _, cells in sheet.lines[1:]] == texts[: len(sheet.lines) - 1]
    assert not any(texts[len(sheet.lines) - 1 :])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=3), min_size=1, max_size=5))
def test_every_text_comes_back_exactly_from_csv_and_none_begins_a_formula(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    text = csv_text(rows)
    (sheet,) = read(tmp_path, text.encode(), "t.csv")
    assert [list(cells) for _, cells in sheet.lines] == rows
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        assert not any(cell[:1] in "=+@\t\r" for cell in row if cell)


def test_numbers_stay_plain_in_csv() -> None:
    assert csv_text([["-5", "-3.5%", "+1", "-5-", 7, DAY, None]]) == "\ufeff-5,-3.5%,'+1,'-5-,7,2026-09-01,\r\n"


def test_a_cell_is_never_a_formula_or_a_link_and_a_day_is_a_day(tmp_path: Path) -> None:
    data = book([Page("表", [["=1+1", "http://x.example", DAY, 1.5, None, "007"]])], DAY)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not any("relationships/hyperlink" in archive.read(name).decode() for name in archive.namelist())
    assert "<f>" not in xml
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    assert sheets(path, "t.xlsx")[0].lines[0][1][2] == DAY
    assert xml.count('t="s"') == 3


def test_the_same_pages_on_the_same_day_are_the_same_bytes() -> None:
    pages = [Page("表", [[Cell("甲", "head")], ["乙"]], frozen=(1, 0), filtered=True)]
    assert book(pages, DAY) == book(pages, DAY)


def test_choices_stand_on_a_hidden_sheet_of_their_own(tmp_path: Path) -> None:
    picks = (Pick(1, 9, 0, ("甲,乙", "=丙")), Pick(1, 9, 1, ("甲,乙", "=丙"), strict=False), Pick(1, 9, 2, ("丁",)))
    data = book([Page("表", [["头"] * 3], picks=picks, hidden_columns=frozenset({1}), hidden=False)], DAY)
    found = {sheet.name: [list(cells) for _, cells in sheet.lines] for sheet in read(tmp_path, data)}
    assert found[LISTS] == [["甲,乙", "丁"], ["=丙", ""]]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").decode().count("$A$1:$A$2") == 2


def test_a_text_that_no_cell_holds_is_refused_with_its_place() -> None:
    with pytest.raises(FileFaults, match=r"表!B2：有 32768 个字"):
        book([Page("表", [["头", "头"], ["", "字" * (MAX_TEXT + 1)]])], DAY)


def test_names_of_sheets_are_what_spreadsheets_allow() -> None:
    names = page_names(["a/b", "A-B", "知识产权" * 12, "知识产权" * 12, "'", "?"])
    assert names[:2] == ["a-b", "A-B-2"]
    assert all(len(name) <= 31 for name in names)
    assert len(set(map(str.lower, names))) == len(names)


# Old spreadsheets


def test_an_old_spreadsheet_is_read(tmp_path: Path) -> None:
    (sheet,) = sheets(OLD, OLD.name)
    assert (sheet.name, len(sheet.lines)) == ("登记", 21)
    assert [shown(cell) for cell in sheet.lines[1][1]] == ["2026-09-02", "\U00020bb7=cmd", "1.5", "a\nb"]
    assert tmp_path.exists()


@pytest.mark.parametrize("content", [b"x", OLD.read_bytes()[:3000]])
def test_a_damaged_old_spreadsheet_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xls"
    path.write_bytes(content)
    assert "坏.xls：不是能打开的表格文件" in said(path)


def test_a_missing_old_spreadsheet_is_named(tmp_path: Path) -> None:
    assert "没有.xls：读不出文件" in said(tmp_path / "没有.xls")


def test_cells_that_json_does_not_know_are_carried_over() -> None:
    found = json.loads(apart.answer([str(OLD), "first"]))
    assert found[0]["rows"][1][0] == ["date", "2026-09-02"]
    kinds = [dt.timedelta(hours=30), dt.time(12), dt.datetime(2026, 9, 1, 12), "甲", True]  # noqa: DTZ001 - a cell's own
    assert [apart._cell(apart._plain(cell)) for cell in kinds] == ["1 day, 6:00:00", *kinds[1:]]


# What is too large, or does not hold what one sees


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        "<row r='1048576'><c><v>1</v></c></row>",
        '<row r="1"><c s="1" r="ZZ1" t="n"><v>1</v></c></row>',
    ],
)
def test_a_cell_far_out_is_refused_before_anybody_makes_room_for_it(tmp_path: Path, cells: str) -> None:
    assert "t.xlsx 工作表“表”：有 " in said(with_sheet(tmp_path, cells))


def test_cells_that_only_have_a_look_reach_nowhere(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert len(sheets(with_sheet(tmp_path, cells), "t.xlsx")[0].lines) == 1


def test_a_formula_gives_its_value_and_a_failed_one_is_named(tmp_path: Path) -> None:
    path = with_sheet(tmp_path, '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')
    assert [shown(cell) for cell in sheets(path, "t.xlsx")[0].lines[0][1]] == ["2"]
    path = with_sheet(tmp_path, '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><f>A9/0</f><v>#DIV/0!</v></c></row>')
    assert said(path) == "t.xlsx 工作表“表”第1行 B 列：公式出错，没有值。改成文字或数字"


def test_a_bomb_is_counted_whatever_the_archive_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_UNPACKED", 50_000_000)
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros", b"0" * 60_000_000)
    assert path.stat().st_size < 100_000
    assert "解开后超过" in said(path)


def test_too_many_parts_are_no_spreadsheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_PARTS", 2)
    path = tmp_path / "t.xlsx"
    path.write_bytes(book([Page("表", [["甲"]])], DAY))
    assert "不是能打开的表格文件" in said(path)


def test_a_csv_that_is_too_long_is_refused_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_ROWS", 2)
    path = tmp_path / "t.csv"
    path.write_text("a\n1\n2\n", encoding="utf-8")
    assert "行的上限" in said(path)


# Titles and merged cells


def test_a_title_and_merged_cells_are_understood_where_asked_for() -> None:
    lines = [["来访登记", "", ""], ["", "", ""], ["日期", "姓名", "单位"], ["2026-09-01", "甲", "乙厂"], ["", "丙", ""]]
    merged = (((0, 0), (0, 2)), ((3, 0), (4, 0)), ((3, 2), (9, 2)))
    sheet = Sheet("t.xlsx", "表", tuple(enumerate(lines, 1)), merged)
    table = table_of(sheet, "t.xlsx", titled=True)
    assert (table.title, table.head, table.columns) == ("来访登记", 3, ("日期", "姓名", "单位"))
    assert [row.values["日期"] for row in table.rows] == ["2026-09-01", "2026-09-01"]
    assert table.rows[1].values["单位"] == "乙厂"
    assert unmerged(Sheet("t", "表", ())).lines == ()


def test_a_table_of_one_column_has_its_head_in_the_first_line() -> None:
    table = table_of(Sheet("t", "", ((1, ["姓名"]), (2, ["甲"]))), "t", titled=True)
    assert (table.columns, table.title, len(table.rows)) == (("姓名",), "", 1)


def test_places_are_named_as_people_see_them() -> None:
    sheet = Sheet("问卷.xlsx", "企业", ())
    assert sheet.cell(12, 3) == "问卷.xlsx 企业!C12"
    assert sheet.place(12, 3) == "问卷.xlsx 工作表“企业”第12行 C 列"
    assert Sheet("a.csv", "", ()).place(3, 2) == "a.csv:3 B 列"
    assert shown(0.1 + 0.2) == "0.3"
