"""A filled form is read back from Word exactly; what somebody broke or left unclear is named."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings, strategies as st

from drafted import example_desk, example_facts
from gbtool.documents import drafting, forms, papers
from gbtool.documents.readback import Read, form_of, read_back, record_of
from gbtool.errors import FileFaults
from gbtool.model.document import Field, Fields, Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.structs import replace
from gbtool.word import cells
from gbtool.word.cells import Filed, filed
from gbtool.word.package import Identity
from hostile import TEXTS

FORMS = {s.id: s for s in example_facts().specifications if s.fields}
CHECK, TRAINING, CHANNEL = FORMS["rec-routine-check"], FORMS["rec-training-eval"], FORMS["rec-info-channel"]
DATA: dict[str, object] = {
    "head": {"检查日期": "2026-09-01", "检查部门": "质量部", "检查人": "林疏桐"},
    "rows": [
        {"检查内容": "研发日志", "结果": "符合"},
        {"检查内容": "台账", "结果": "需改进", "整改期限": "2026-09-30"},
    ],
    "sign": [{"role": "编制", "name": "林疏桐", "date": "2026-09-01"}],
}


def entry(specification: Specification = CHECK, **data: object) -> Entry:
    return Entry(EntryKind.RECORD, "LW-X-001", "2026-09-01", "2026-09-01", specification.id, data or DATA)


def word(given: Entry | None = None) -> bytes:
    found = given or entry()
    return papers.filled_form(FORMS[found.form], found, example_desk())


def empty(specification: Specification) -> bytes:
    """A form to be filled by hand."""
    named = Identity(specification.id, specification.title, "LW-1", "A/0", "甲", "2023", "2026-09-01")
    form = forms.Form(specification.title, specification.fields, specification.kind, ("质量部", "财务部"))
    return drafting.form_file(form, named, example_desk())


def changed(data: bytes, change: Callable[[Document], object]) -> bytes:
    """A Word file after somebody worked in it."""
    document = docx.Document(io.BytesIO(data))
    change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def back(data: bytes, specification: Specification = CHECK) -> Read:
    return read_back(filed(data), specification.fields, "表.docx")


def faults(data: bytes, specification: Specification = CHECK) -> list[str]:
    return [str(each) for each in back(data, specification).faults]


def test_what_was_filled_in_comes_back() -> None:
    found = back(word())
    assert (found.head, found.foot, found.sign) == (DATA["head"], {}, DATA["sign"])
    assert [{k: v for k, v in row.items() if k != "序号"} for row in found.rows] == DATA["rows"]
    assert (found.faults, found.strange) == ([], [])


@settings(deadline=None)
@given(st.lists(TEXTS.filter(bool), min_size=6, max_size=6))
def test_every_text_comes_back_exactly(texts: list[str]) -> None:
    one, two, three, four, five, six = texts
    given_ = entry(
        CHECK,
        head={"检查人": one},
        rows=[{"检查内容": two, "问题": three}, {"验证": four, "抽样记录编号": five}],
        sign=[{"role": "审核", "name": " ".join(six.split()), "date": ""}],
    )
    found = back(word(given_))
    assert found.faults == []
    assert found.head == {"检查人": one}
    rows = [{k: v for k, v in row.items() if k != "序号"} for row in found.rows]
    assert rows == [{"检查内容": two, "问题": three}, {"验证": four, "抽样记录编号": five}]
    assert [each["name"] for each in found.sign] == [" ".join(six.split())]


@pytest.mark.parametrize("specification", FORMS.values(), ids=lambda s: str(s.id))
def test_a_form_that_nobody_filled_says_nothing(specification: Specification) -> None:
    found = read_back(filed(empty(specification)), specification.fields, "x")
    assert (found.head, found.rows, found.foot, found.sign, found.faults, found.strange) == ({}, [], {}, [], [], [])


def test_a_form_filled_by_hand_is_read() -> None:
    def fill(document: Document) -> None:
        head, rows, signatures = document.tables
        cells_ = head.rows[0].cells
        cells_[1].text = "2026 年 9 月 1 日"
        cells_[3].text = "☑ 质量部　□ 财务部"
        rows.rows[1].cells[1].text = "研发日志\n三份"
        rows.rows[1].cells[4].text = "√符合 □需改进"
        rows.rows[3].cells[1].text = "中间空了一行"
        rows.add_row().cells[1].text = "自己加的行"  # type: ignore[no-untyped-call] # python-docx
        signatures.rows[0].cells[0].paragraphs[0].add_run(" 林疏桐")
        signatures.rows[0].cells[0].paragraphs[-1].text = "2026年9月1日"
        signatures.rows[0].cells[1].paragraphs[1].add_run("柳映秋")

    found = back(changed(empty(CHECK), fill))
    assert found.faults == []
    assert found.head == {"检查日期": "2026-09-01", "检查部门": "质量部"}
    assert [row.get("检查内容") for row in found.rows] == ["研发日志\n三份", "中间空了一行", "自己加的行"]
    assert found.rows[0]["结果"] == "符合"
    assert found.sign == [
        {"role": "编制", "name": "林疏桐", "date": "2026-09-01"},
        {"role": "审核", "name": "柳映秋", "date": ""},
    ]


BROKEN: dict[str, tuple[Callable[[Document], object], str]] = {
    "no day": (lambda d: _set(d, 0, 0, 1, "2026年9月　日"), "表.docx “检查日期”：“2026年9月　日”应当写成日期"),
    "another label": (lambda d: _set(d, 0, 0, 0, "查验日期"), "表.docx “查验日期”：表单没有这一栏"),
    "a label is gone": (lambda d: _set(d, 0, 0, 0, "查验日期"), "表.docx “检查日期”：这一栏不见了"),
    "a label twice": (lambda d: _set(d, 0, 0, 2, "检查日期"), "表.docx “检查日期”：这一栏有两处"),
    "another head": (lambda d: _set(d, 1, 0, 5, "毛病"), "表.docx “毛病”：表单没有这一列"),
    "no choice": (lambda d: _set(d, 1, 1, 4, "还行"), "表.docx 表格第1条“结果”：“还行”不在可选之列"),
    "an unknown role": (
        lambda d: _set(d, 2, 0, 0, "经理：甲"),
        "表.docx 签名栏：认不出“经理：甲”。签名栏有：编制、审核、批准",
    ),
    "no name": (lambda d: _set(d, 2, 0, 0, "编制：\n2026-09-01"), "表.docx 签名“编制”：有日期，没有姓名"),
    "no real day": (
        lambda d: _set(d, 2, 0, 0, "编制：甲\n2026年2月30日"),
        "表.docx 签名“编制”：2026-02-30 这一天不存在",
    ),
    "half a day": (
        lambda d: _set(d, 2, 0, 0, "编制：甲\n2026年　月　日"),
        "表.docx 签名“编制”：“2026年　月　日”应当写成日期",
    ),
    "cells merged": (lambda d: _merged(d, 1, 1), "表.docx 表格第1条：有 7 格，表头有 8 格"),
}


def _set(document: Document, table: int, row: int, cell: int, text: str) -> None:
    document.tables[table].rows[row].cells[cell].text = text


def _merged(document: Document, table: int, row: int) -> None:
    cells_ = document.tables[table].rows[row].cells
    cells_[1].merge(cells_[2])


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_or_unclear_is_named(name: str) -> None:
    change, said = BROKEN[name]
    found = faults(changed(word(entry(CHECK, **full())), change))
    assert any(fault.startswith(said) for fault in found), found


def full() -> dict[str, object]:
    """All three signatures."""
    signed = [{"role": role, "name": "甲", "date": "2026-09-01"} for role in CHECK.fields.sign]
    return {**DATA, "sign": signed}


def test_a_picture_is_no_text_and_no_name(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
            "f61738550000000049454e44ae426082"
        )
    )

    def put(document: Document) -> None:
        for table, cell in ((1, 5), (2, 0)):
            row = document.tables[table].rows[1 if table == 1 else 0]
            row.cells[cell].text = "编制：" if table == 2 else ""
            row.cells[cell].paragraphs[0].add_run().add_picture(str(picture))

    found = faults(changed(word(), put))
    assert found == [
        "表.docx 表格第1条“问题”：只有图片，读不出内容。写上文字；图片用 gbtool ledger evidence 收作证据",
        "表.docx 签名“编制”：签名是图片，读不出姓名。在“编制：”后面写上姓名",
    ]


# Entries that need several rows


WIDE = Fields(columns=(Field("序号"), *(Field(f"第{n}项内容", "text") for n in range(14))))
NO_NUMBER = Fields(columns=tuple(Field(f"第{n}项内容", "text") for n in range(16)))


def wide(fields: Fields, rows: list[dict[str, object]]) -> bytes:
    form = forms.Form("宽表", fields, filled=forms.Filled(rows=rows))
    upright = replace(form, fields=fields)
    assert upright.layout.page.landscape
    return drafting.form_file(form, Identity("x", "宽表", "LW-1", "", "甲", "2023", ""), example_desk())


@pytest.mark.parametrize("fields", [WIDE, NO_NUMBER], ids=["numbered", "unnumbered"])
def test_an_entry_in_several_decks_comes_back_whole(fields: Fields) -> None:
    names = [each.name for each in fields.columns if each.name != "序号"]
    rows: list[dict[str, object]] = [{name: f"{number}-{name}" for name in names} for number in (1, 2)]
    found = read_back(filed(wide(fields, rows)), fields, "表.docx")
    assert found.faults == []
    assert [{k: v for k, v in row.items() if k != "序号"} for row in found.rows] == rows


def test_decks_that_do_not_add_up_are_named() -> None:
    data = wide(WIDE, [{"第0项内容": "a"}])
    heads = sum("第" in row[1].text for row in filed(data).tables[0])
    assert heads > 1

    def drop(document: Document) -> None:
        table = document.tables[0]._tbl
        table.remove(table.tr_lst[-1])

    def swap(document: Document) -> None:
        table = document.tables[0]._tbl
        table.tr_lst[-2].addprevious(table.tr_lst[-1])

    assert "不是每条" in str(read_back(filed(changed(data, drop)), WIDE, "表.docx").faults[0])
    assert "没有对齐" in str(read_back(filed(changed(data, swap)), WIDE, "表.docx").faults[0])


# Which form it is


def test_the_form_and_the_record_are_known_by_properties_else_by_number_else_by_title() -> None:
    file = filed(word(replace(entry(), id="LW-IPM-JL-22-01-007")))
    assert (form_of(file, FORMS, "LW"), record_of(file, "")) == (CHECK.id, "LW-IPM-JL-22-01-007")
    lost = replace(file, properties={})
    assert form_of(lost, FORMS, "LW") == CHECK.id
    assert record_of(lost, "LW-IPM-JL-22-01") == "LW-IPM-JL-22-01-007"
    assert record_of(lost, "LW-IPM-JL-22-02") == ""
    bare = replace(lost, header=())
    assert form_of(bare, FORMS, "LW") == CHECK.id
    assert form_of(replace(bare, paragraphs=("别的",)), FORMS, "LW") == ""


def test_a_label_is_not_missed_that_the_form_did_not_have_when_it_was_printed() -> None:
    newer = replace(CHECK.fields, head=(*CHECK.fields.head, Field("新栏")))
    assert read_back(filed(word()), newer, "x").faults == []
    lost = replace(filed(word()), properties={})
    assert "“新栏”：这一栏不见了" in str(read_back(lost, newer, "x").faults[0])


def test_properties_of_a_form_are_short_enough_for_words_own_dialog() -> None:
    long = max(FORMS.values(), key=lambda s: len("|".join(s.fields.names)))
    properties = filed(empty(long)).properties
    parts = [properties[name] for name in sorted(properties) if name.startswith("gbtool.fields")]
    assert "".join(parts) == "|".join(long.fields.names)
    assert max(map(len, parts)) <= 255


def test_a_table_that_is_none_of_the_forms_is_named_by_its_place() -> None:
    def add(document: Document) -> None:
        document.add_table(1, 2).rows[0].cells[0].text = "别的"
        document.add_table(1, 1)

    assert back(changed(word(), add)).strange == [4]


def test_odd_rows_and_labels_without_cells_are_named() -> None:
    file = Filed(
        (((cells.Cell("检查人"), cells.Cell("甲"), cells.Cell("检查部门")),), ()), (), {"gbtool.fields": "x"}, ()
    )
    assert [str(each) for each in read_back(file, CHECK.fields, "x").faults] == ["x “检查部门”：后面没有可填的格"]


# What Word does to a file


def test_tracked_changes_symbols_and_controls_are_read_as_they_look() -> None:
    def change(data: bytes) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
            for name in old.namelist():
                text = old.read(name)
                new.writestr(name, _worked_in(text.decode()) if name == "word/document.xml" else text)
        return file.getvalue()

    def _worked_in(xml: str) -> str:
        run = r"<w:r>(?:(?!</w:r>).)*林疏桐(?:(?!</w:r>).)*</w:r>"
        head = re.search(run, xml)
        assert head
        new = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新人</w:t><w:cr/></w:r></w:ins>"
        xml = xml.replace(head[0], new, 1)
        sign = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
        symbol = f"<w:sdt><w:sdtContent><w:r>{sign}<w:t>符合</w:t></w:r></w:sdtContent></w:sdt>"
        cell = re.search(r"<w:r>(?:(?!</w:r>).)*>符合<(?:(?!</w:r>).)*</w:r>", xml)
        assert cell
        xml = xml.replace(cell[0], symbol, 1)
        row = re.search(r"<w:tr>(?:(?!</w:tr>).)*台账(?:(?!</w:tr>).)*</w:tr>", xml)
        assert row
        gone = re.sub(r"<w:trPr>", '<w:trPr><w:del w:id="1"/>', row[0], count=1)
        assert gone != row[0]
        return xml.replace(row[0], gone)

    found = back(change(word()))
    assert found.faults == []
    assert found.head["检查人"] == "新人"
    assert [(row["检查内容"], row["结果"]) for row in found.rows] == [("研发日志", "符合")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("form", ["rec-routine-check", "rec-training-eval"])
def test_saving_in_libreoffice_changes_nothing(form: str, tmp_path: Path) -> None:
    head: dict[str, object] = {"培训主题": "=甲 {{ x }}  <b> & \U00020bb7\n第二行\t尾", "考核方式": ["笔试", "口试"]}
    given_ = entry(FORMS[form], **(DATA if form == CHECK.id else {"head": head}))
    (tmp_path / "a.docx").write_bytes(word(given_))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    target = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "a.docx")]
    subprocess.run(["soffice", "--headless", home, *target], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "out" / "a.docx").read_bytes()
    before, after = back(word(given_), FORMS[form]), back(saved, FORMS[form])
    assert after == before
    assert form_of(filed(saved), {}, "") == form
    assert record_of(filed(saved), "") == "LW-X-001"


def test_what_is_no_word_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"x")
    with pytest.raises(FileFaults, match=r"x\.docx：不是能读的 Word 文件"):
        cells.read(path, "x.docx")
    monkeypatch.setattr(cells, "_MOST_CELLS", 1)
    path.write_bytes(word())
    with pytest.raises(FileFaults, match=r"x\.docx：不是能读的 Word 文件"):
        cells.read(path, "x.docx")
    monkeypatch.undo()
    assert cells.read(path, "x.docx").properties["gbtool.document"] == CHECK.id
