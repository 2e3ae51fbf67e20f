"""Forms to fill by hand, forms filled from the ledger, and papers of other commands."""

import io
import re
import zipfile

import pytest
from lxml import etree

from drafted import W, example_desk, example_facts, texts
from gbtool.documents import forms, papers
from gbtool.documents.columns import column_of, decks
from gbtool.documents.forms import Filled, Form, blank, value
from gbtool.model.document import DocumentKind, Field, Fields, Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.structs import replace
from gbtool.word import wordml
from gbtool.word.numbering import Lists
from gbtool.word.package import HELD, NAMESPACES, Identity, docx

FORMS = [s for s in example_facts().specifications if s.fields]
CHOICE = Field("结论", "choice", ("可以", "不可以"))


def xml_of(data: bytes, part: str = "word/document.xml") -> str:
    """A part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()


def tree(xml: str) -> etree._Element:
    """XML of a body as a tree."""
    return etree.fromstring(f"<w:body {NAMESPACES}>{xml}</w:body>")


@pytest.mark.parametrize("specification", FORMS, ids=lambda s: str(s.id))
def test_every_form_prints_all_its_fields_on_a_grid_that_fits(specification: Specification) -> None:
    form = Form(specification.title, specification.fields, specification.kind, ("研发部", "财务部"))
    xml = forms.body(form)
    said = "".join(texts(xml))
    fields = specification.fields
    for field in (*fields.head, *fields.columns, *fields.foot):
        assert field.name in said
    assert all(role in said for role in fields.sign)
    for table in tree(xml).iter(f"{{{W}}}tbl"):
        grid = [int(column.get(f"{{{W}}}w", "0")) for column in table.iter(f"{{{W}}}gridCol")]
        assert sum(grid) == form.layout.page.width
        for row in table.iter(f"{{{W}}}tr"):
            widths = [int(cell.get(f"{{{W}}}w", "0")) for cell in row.iter(f"{{{W}}}tcW")]
            assert sum(widths) == sum(grid)


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (CHOICE, "□ 可以　□ 不可以"),
        (Field("x", "bool"), "□ 是　□ 否"),
        (Field("x", "date"), "　　年　　月　　日"),
        (Field("x", "percent"), "　　　　%"),
        (Field("x", "dept"), "□ 研发部　□ 财务部"),
        (Field("x"), ""),
    ],
)
def test_an_empty_cell_shows_how_to_fill_it(field: Field, shown: str) -> None:
    assert blank(field, ("研发部", "财务部")) == shown


def test_many_departments_are_written_not_ticked() -> None:
    assert blank(Field("x", "dept"), tuple("部门名称" * 3 for _ in range(9))) == ""


@pytest.mark.parametrize(
    ("field", "given", "shown"),
    [
        (CHOICE, "可以", "☑ 可以　□ 不可以"),
        (CHOICE, "再议", "□ 可以　□ 不可以　再议"),
        (Field("x", "multi", ("甲", "乙")), ["甲", "乙"], "☑ 甲　☑ 乙"),
        (Field("x", "bool"), "true", "☑ 是　□ 否"),
        (Field("x", "bool"), False, "□ 是　☑ 否"),
        (Field("x", "bool"), "不清楚", "不清楚"),
        (Field("x"), ["一", "二"], "一、二"),
        (Field("x"), None, ""),
        (Field("x", "number"), 12, "12"),
    ],
)
def test_a_value_is_ticked_or_written(field: Field, given: object, shown: str) -> None:
    assert value(field, given) == shown


def test_a_register_lies_on_its_side_and_so_does_a_form_with_many_columns() -> None:
    few, many = Fields(columns=(Field("甲"),)), Fields(columns=tuple(Field(f"栏{n}") for n in range(9)))
    assert not Form("x", few).layout.page.landscape
    assert Form("x", many).layout.page.landscape
    assert Form("x", few, DocumentKind.REGISTER).layout.page.landscape


def test_columns_that_nobody_could_write_into_stand_in_decks() -> None:
    columns = [column_of(Field("序号")), *(column_of(Field(f"栏目{n}", "date")) for n in range(18))]
    plan = decks(columns, wordml.cm(25.7))
    assert len(plan) == 2
    assert [len(deck.columns) for deck in plan] == [10, 10]
    assert all(width >= wordml.cm(1.9) for deck in plan for column, width, _ in deck.cells if not column.grows)


def test_a_shorter_deck_fills_the_row() -> None:
    columns = [column_of(Field("序号")), *(column_of(Field(f"栏目{n}", "date")) for n in range(17))]
    for deck in decks(columns, wordml.cm(25.7)):
        assert sum(width for _, width, _ in deck.cells) == wordml.cm(25.7)


def test_choices_that_have_no_room_in_the_cells_are_explained_below() -> None:
    fields = Fields(columns=(Field("类型", "choice", ("甲", "乙", "丙", "丁")),))
    assert any("“类型”填：甲、乙、丙、丁" in line for line in texts(forms.body(Form("x", fields))))


def test_a_filled_form_shows_rows_ticks_signatures_and_notes() -> None:
    fields = Fields(
        (Field("日期", "date"),), (Field("序号"), Field("名称"), CHOICE), (Field("意见", "long"),), ("审核",)
    )
    filled = Filled(
        {"日期": "2026-05-18"},
        [{"名称": "<甲>", "结论": "可以"}, {"序号": "7", "名称": ["乙", "丙"]}],
        {"意见": "同意\n附后"},
        [("审核", "梁若溪", "2026-05-19")],
        ["附核实函"],
    )
    said = texts(forms.body(Form("表", fields, filled=filled)))
    assert {
        "2026-05-18",
        "1",
        "<甲>",
        "可以",
        "7",
        "乙、丙",
        "同意\n附后",
        "审核：梁若溪",
        "2026-05-19",
        "附核实函",
    } <= set(said)


def test_a_form_of_signatures_only_is_a_form() -> None:
    assert "批准：" in texts(forms.body(Form("表", Fields(sign=("甲", "乙", "丙", "批准")))))


def test_a_form_with_little_room_still_has_rows_to_write() -> None:
    fields = Fields(tuple(Field(f"说明{n}", "long") for n in range(12)), (Field("名称"),))
    assert forms.body(Form("表", fields)).count("<w:tblHeader/>") == 1


def test_a_record_of_the_ledger_becomes_its_form() -> None:
    specification = next(s for s in FORMS if s.id == "rec-background")
    data = {
        "title": "背景调查表",
        "version": "A/1",
        "head": {"姓名": "宋以恒 & 某"},
        "rows": [{"原单位": "某所"}],
        "sign": [{"role": "批准", "name": "方可宁", "date": "2026-05-22"}],
        "note": "补充",
    }
    entry = Entry(EntryKind.RECORD, "LW-1", "2026-05-22", form="rec-background", data=data)
    made = papers.filled_form(specification, entry, example_desk())
    said = texts(xml_of(made))
    assert {"背景调查表", "宋以恒 & 某", "某所", "批准：方可宁", "补充"} <= set(said)
    assert "LW-1 A/1" in xml_of(made, "word/header1.xml")


BLOCKS = (
    papers.Heading("发现"),
    papers.Heading("细目", 2),
    papers.Text("甲\n乙 & 丙"),
    papers.Items(("一", "二")),
    papers.Table(("序号", "问题"), (("1", "有没有检索？"), ("2", "<>"))),
    papers.Table(("甲", "乙"), (), (1, 3)),
    papers.Signatures(("内审员", "部门负责人")),
)


@pytest.mark.parametrize("wide", [True, False])
def test_a_paper_says_what_it_was_given(wide: bool) -> None:
    given = papers.Paper("rec-audit-checklist", "检查表", "LW-1", BLOCKS, "A/0", "2026-08-24", wide=wide)
    made = papers.paper(given, example_desk())
    xml = xml_of(made)
    said = texts(xml)
    assert {"检查表", "发现", "细目", "甲\n乙 & 丙", "一", "二", "有没有检索？", "<>", "内审员："} <= set(said)
    assert ("w:orient" in xml) is wide
    assert papers.paper(given, example_desk()) == made


def test_a_controlled_paper_has_its_state_and_days_under_the_title() -> None:
    given = papers.Paper("plan-audit", "计划", "LW-1", BLOCKS, "A/0", released=("2026-08-14", "2026-08-17"))
    said = texts(xml_of(papers.paper(given, example_desk())))
    pairs = ["文件编号", "LW-1", "版本", "A/0", "受控状态", "□受控 □非受控"]
    assert said[:13] == ["计划", *pairs, "批准日期", "2026-08-14", "发布日期", "2026-08-17", "发放编号", *said[12:13]]
    assert "发现" in said[12:]
    assert "受控状态" not in texts(xml_of(papers.paper(papers.Paper("x", "x", "x", BLOCKS), example_desk())))


def test_widths_by_shares_add_up() -> None:
    made = papers.paper(papers.Paper("x", "x", "x", (papers.Table(("a", "b", "c"), (), (1, 1, 1)),)), example_desk())
    widths = [int(w) for w in re.findall(r'gridCol w:w="(\d+)"', xml_of(made))]
    assert sum(widths) == wordml.Page().width


def test_a_field_without_a_name_is_no_fault() -> None:
    assert forms.body(replace(Form("x", Fields()), notes=("说明",)))


def test_rows_that_are_held_out_come_back_where_they_were() -> None:
    fields = Fields((Field("日期", "date"),), (Field("序号"), Field("名称"), CHOICE), sign=("编制", "审核"))
    form = Form("一份表", fields)
    held = forms.held(form)
    assert HELD in held.xml
    assert HELD not in held.rows
    assert held.rows.count("<w:tr>") == held.whole.count("<w:tr>") - held.xml.count("<w:tr>") > 1
    assert held.whole == forms.body(form)
    identity = Identity("x", "一份表", "1", "A/0", "甲", "2023", "")
    rest = (identity, form.layout, Lists(), example_desk().look)
    assert docx(held, *rest) == docx(held.whole, *rest)


def test_rows_to_be_signed_are_not_held_out() -> None:
    column = Field("签名：", "choice", ("年　月　日", "："))
    held = forms.held(Form("一份表", Fields(columns=(column,))))
    assert held.rows == ""
    assert HELD not in held.xml
    filled = forms.held(Form("一份表", Fields(columns=(column,)), filled=Filled(rows=[{}])))
    assert filled.whole == filled.xml
