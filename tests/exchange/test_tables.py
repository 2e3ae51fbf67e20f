"""Tables in."""

import zipfile
from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.exchange import bounds
from gbtool.exchange.books import letter
from gbtool.exchange.tables import read_rows, read_table
from gbtool.model.question import Column

ROSTER = "姓名,部门\n梁若溪,知识产权部\n\n方可宁,综合管理部\n"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def complaints(path: Path) -> str:
    with pytest.raises(FileFaults) as caught:
        read_table(path, path.name)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_csv_is_read_in_the_encodings_of_the_trade(tmp_path: Path, encoding: str, ends: str) -> None:
    path = put(tmp_path, "r.csv", ROSTER.replace("\n", ends).encode(encoding))
    assert read_rows(path, "r.csv") == [
        {"姓名": "梁若溪", "部门": "知识产权部"},
        {"姓名": "方可宁", "部门": "综合管理部"},
    ]


def test_a_row_knows_its_line(tmp_path: Path) -> None:
    table = read_table(put(tmp_path, "r.csv", '姓名,备注\n甲,"两\n行"\n乙,\n'), "r.csv")
    assert [(row.line, row.values["备注"]) for row in table.rows] == [(2, "两\n行"), (4, "")]


def test_odd_signs_go_through_exactly(tmp_path: Path) -> None:
    path = put(tmp_path, "r.csv", '姓名,部门\n"𠮷 & < "" \' {{ x }}",../=cmd\n')
    assert read_rows(path, "r.csv") == [{"姓名": "𠮷 & < \" ' {{ x }}", "部门": "../=cmd"}]


def test_a_needed_column_is_missed_and_a_day_that_does_not_exist_is_found(tmp_path: Path) -> None:
    known = (Column("姓名", needed=True), Column("入职日", "date"))
    path = put(tmp_path, "r.csv", "姓名,入职日,备注\n甲,2026-02-28,2026-02-30\n乙,2026-02-30,\n丙,,\n")
    with pytest.raises(FileFaults) as caught:
        read_rows(path, "r.csv", known)
    assert [(each.where, "2026-02-30" in each.message) for each in caught.value.complaints] == [("r.csv:3", True)]
    with pytest.raises(FileFaults, match="缺列“姓名”。表头现在是：名字"):
        read_rows(put(tmp_path, "r.csv", "名字\n甲\n"), "r.csv", known)


def test_a_short_row_is_filled_and_empty_columns_at_the_end_are_dropped(tmp_path: Path) -> None:
    assert read_rows(put(tmp_path, "r.csv", "姓名,部门,,\n甲\n"), "r.csv") == [{"姓名": "甲", "部门": ""}]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv", "", "表格是空的"),
        ("r.csv", "姓名,,部门\n", "r.csv:1：表头 B 列没有列名"),
        ("r.csv", "姓名,部门,姓名\n", "列名“姓名”在 A 列和 C 列写了两次"),
        ("r.csv", "姓名\n甲,乙\n丙,丁\n", "r.csv:3：B 列有内容"),
        ("r.csv", '姓名\n甲\n"乙\n', "r.csv:3：引号没有成对"),
        ("r.csv", b"\xff\xfe\x00a", "UTF-16"),
        ("r.csv", b"\xff\xff\xff", "既不是 UTF-8 也不是 GB18030"),
        ("r.ods", b"x", "不认识扩展名“.ods”"),
        ("r.xlsx", b"PK not a zip", "不是能打开的表格文件"),
    ],
)
def test_a_wrong_table_is_named_with_its_place(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    assert said in complaints(put(tmp_path, name, content))


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    assert "没有.csv：读不出文件" in complaints(tmp_path / "没有.csv")


def test_many_faults_of_one_table_are_counted(tmp_path: Path) -> None:
    assert "另有 30 处" in complaints(put(tmp_path, "r.csv", "姓名\n" + "甲,乙\n" * 50))


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [("MAX_BYTES", 3, "字节的上限"), ("MAX_ROWS", 1, "行的上限"), ("MAX_COLUMNS", 1, "列的上限")],
)
def test_a_table_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, said: str) -> None:
    monkeypatch.setattr(bounds, limit, value)
    assert said in complaints(put(tmp_path, "r.csv", ROSTER))


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [letter(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]


# xlsx: written by hand, since nothing here writes spreadsheets

BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/></Relationships>'
)
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="21"/></cellXfs>'
    "</styleSheet>"
)


def text(value: str) -> str:
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def spreadsheet(folder: Path, *rows: str) -> Path:
    path = folder / "r.xlsx"
    lines = "".join(f"<row>{row}</row>" for row in rows)
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def test_a_spreadsheet_is_read_as_text(tmp_path: Path) -> None:
    head = "".join(text(name) for name in ("姓名", "人数", "比率", "日期", "时刻", "在职"))
    cells = '<c><v>3</v></c><c><v>1.5</v></c><c s="1"><v>46160</v></c><c s="2"><v>46160.5</v></c><c t="b"><v>1</v></c>'
    path = spreadsheet(tmp_path, head, text("𠮷") + cells)
    assert read_rows(path, "r.xlsx") == [
        {"姓名": "𠮷", "人数": "3", "比率": "1.5", "日期": "2026-05-18", "时刻": "2026-05-18 12:00:00", "在职": "是"}
    ]


def test_a_number_that_lost_its_end_is_named_with_its_cell(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path, text("申请号"), "<c><v>2024199013135123</v></c>")
    assert "r.xlsx 工作表“名册”第2行：A 列的数字超过 15 位" in complaints(path)


def test_a_spreadsheet_says_sheet_and_row(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path, text("姓名"), text("甲") + text("乙"))
    assert "r.xlsx 工作表“名册”第2行：B 列有内容" in complaints(path)


def test_a_spreadsheet_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = spreadsheet(tmp_path, text("姓名"), text("甲"))
    monkeypatch.setattr(bounds, "MAX_ROWS", 1)
    assert "有 2 行 1 列" in complaints(path)
    monkeypatch.setattr(bounds, "MAX_UNPACKED", 1)
    assert "解开后超过" in complaints(path)


def test_a_zip_that_is_no_spreadsheet_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "r.xlsx", "w") as archive:
        archive.writestr("a.txt", "a")
    assert "不是能打开的表格文件" in complaints(tmp_path / "r.xlsx")


def test_an_empty_spreadsheet_is_named(tmp_path: Path) -> None:
    assert "表格是空的" in complaints(spreadsheet(tmp_path))


def test_a_time_is_written_out(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path, text("时间"), '<c s="3"><v>0.5</v></c>')
    assert read_rows(path, "r.xlsx") == [{"时间": "12:00:00"}]
