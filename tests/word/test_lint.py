"""Every Word file of every example in both editions is what a person in China would have set; each fault is found."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from drafted import CACHE, closed, desk_of, example_desk, example_facts
from engagement import EXAMPLES, LATER, entries_of
from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.documents import drafting, needs, plan
from gbtool.errors import FileFaults
from gbtool.model.document import DocumentKind
from gbtool.structs import replace
from gbtool.word import wordml
from gbtool.word.lint.opened import Flaw
from gbtool.word.lint.rules import flaws
from gbtool.word.look import layout_of
from gbtool.word.numbering import Lists
from gbtool.word.package import Identity, docx, references
from gbtool.word.wordml import Page

SYSTEM = DocumentKind.SYSTEM
IDENTITY = Identity("sys-x", "制度", "LW-ZD-01", "A/0", "甲公司", "2023", "2026-05-15")


def drafted(folder: Path) -> Iterator[tuple[plan.Planned, bytes]]:
    """Every document of a client's folder that waits for no answer."""
    work = workspace(folder)
    entries = entries_of(work, EXAMPLES / folder.name, LATER) if (folder / "records").is_dir() else ()
    facts = closed(replace(gather(work, LATER), entries=entries))
    desk = drafts.desk(work, facts, CACHE)
    for planned in plan.plan(facts, drafts.parts(work, facts.client.edition)).documents:
        if needs.open_values(planned, facts.client):
            continue
        try:
            yield planned, drafting.draft(planned, desk)
        except drafting.StillOpen:
            continue


@pytest.mark.no_cover  # whole sets: how one document is made and read is measured below
@pytest.mark.parametrize("edition", ["2023", "2013"])
@pytest.mark.parametrize("name", ["lanwan", "qingyu", "hengtuo"])
def test_no_document_of_an_example_has_a_flaw(name: str, edition: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / name, tmp_path / name)
    answers = tmp_path / name / "client.yaml"
    said = answers.read_text("utf-8").replace("standard_edition: '2023'", f"standard_edition: '{edition}'")
    answers.write_text(said, "utf-8")
    found = {planned.title: flaws(data, planned.specification.kind) for planned, data in drafted(tmp_path / name)}
    assert len(found) > 60
    assert not {title: [str(flaw) for flaw in each] for title, each in found.items() if each}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["jialan", "huaiyu"])
def test_no_document_of_a_university_or_an_institute_has_a_flaw(name: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / name, tmp_path / name)
    found = {planned.title: flaws(data, planned.specification.kind) for planned, data in drafted(tmp_path / name)}
    assert len(found) > 60
    assert not {title: [str(flaw) for flaw in each] for title, each in found.items() if each}


PLANNED = plan.plan(example_facts(), drafts.parts(workspace(EXAMPLES / "lanwan"), "2023")).documents
KINDS = {each.specification.kind: each for each in reversed(PLANNED)}


@pytest.mark.no_cover  # the validator is most of it
@pytest.mark.parametrize("planned", KINDS.values(), ids=lambda each: str(each.specification.kind))
def test_word_would_open_a_document_of_each_kind_without_repair(planned: plan.Planned, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(drafting.draft(planned, desk_of(planned)))
    found = [str(error.description) for error in OpenXmlValidator().validate(path).errors]
    assert not [each for each in found if "Numbering definition '0'" not in each]  # 0 takes a number away


@cache
def sound() -> bytes:
    """A system that has no flaw."""
    return drafting.draft(next(each for each in PLANNED if each.specification.id == "sys-reward"), example_desk())


@cache
def whole(id_: str) -> bytes:
    """A document of the manufacturer."""
    return drafting.draft(next(each for each in PLANNED if each.specification.id == id_), example_desk())


def changed(data: bytes, part: str, old: str, new: str, count: int = 1) -> bytes:
    """A Word file with a part in which something was replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as fresh:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if name == part:
                assert re.search(old, text, re.DOTALL), f"{old} is not in {name}"
                text = re.sub(old, new, text, count=count, flags=re.DOTALL)
            fresh.writestr(name, text)
    return target.getvalue()


def without(data: bytes, part: str) -> bytes:
    """A Word file without a part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(target, "w") as fresh:
        for name in archive.namelist():
            if name != part:
                fresh.writestr(name, archive.read(name))
    return target.getvalue()


def rules(found: tuple[Flaw, ...]) -> set[str]:
    """The rules that found something."""
    return {flaw.rule for flaw in found}


def paper(*blocks: str, page: Page | None = None) -> bytes:
    """A paper of these blocks in the layout of a system."""
    layout = layout_of("system")
    body = "".join(blocks) + wordml.section(page or layout.page, references(layout, page))
    return docx(body, IDENTITY, layout, Lists(), example_desk().look)


def line(style: str, text: str, extra: str = "") -> str:
    """A paragraph."""
    return wordml.paragraph(style, text, extra=extra)


def said(*blocks: str) -> list[str]:
    """The flaws of a record of these blocks."""
    return [f"{flaw.rule} {flaw.message}" for flaw in flaws(paper(*blocks), DocumentKind.RECORD)]


@pytest.mark.parametrize(
    "text",
    ["甲,乙", "甲;乙", "甲: 乙", "甲(乙)", "先(一)后", "问?", '"甲"', "甲.乙", "甲...", "《甲》;《乙》", "好!"],
)
def test_half_width_punctuation_among_chinese_is_found(text: str) -> None:
    assert [each.split()[0] for each in said(line("Body", text))] == ["punctuation"]


@pytest.mark.parametrize(
    "text", ["甲，乙（丙）；丁：戊", "ISO 9001:2015", "LW-01, A/0", "5,000元", "1.5倍", "GB/T 29490", "10:30至11:00"]
)
def test_numbers_and_latin_keep_their_punctuation(text: str) -> None:
    assert not said(line("Body", text))


@pytest.mark.parametrize(
    "text", ["1. 甲", "第一章 总则", "一、甲", "（一）甲", "1.1 甲", "附录A 甲", "①甲", "(1) 甲", "2、甲"]
)
def test_a_typed_number_is_found(text: str) -> None:
    assert any("序号是打字" in each for each in said(line("Body", text)))
    assert any("标题的序号" in each for each in said(line("Plain1", text)))


@pytest.mark.parametrize("text", ["2026年5月", "38件专利", "一件事", "第三方", "5个工作日"])
def test_a_text_that_begins_with_a_number_is_no_list(text: str) -> None:
    assert not said(line("Body", text))


def test_lists_that_nobody_defined_are_found() -> None:
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    assert said(line("Item", "甲", number.format(0, 99))) == ["numbering 用了没有定义的列表 99（第 0 级）"]
    assert said(line("Item", "甲", number.format(7, 3))) == ["numbering 用了没有定义的列表 3（第 7 级）"]
    single = changed(paper(line("Chapter", "甲")), "word/numbering.xml", "multilevel", "singleLevel", 0)
    assert "标题的列表不是多级列表" in [flaw.message for flaw in flaws(single, DocumentKind.RECORD)]
    assert "用了没有定义的列表 1（第 0 级）" in [
        flaw.message for flaw in flaws(without(single, "word/numbering.xml"), DocumentKind.RECORD)
    ]


def test_first_lines_are_set_in_by_the_style() -> None:
    assert not said(line("Body", "字" * 40))
    assert said(line("Cell", "字" * 40)) == ["indent 正文首行没有缩进两个字符"]
    assert said(line("Body", "　　字")) == ["indent 用空格缩进"]


def test_faces_are_chinese_and_said() -> None:
    assert said(wordml.paragraph("Body", "字", face="等线")) == ["face 中文字体是“等线”"]
    theme = '<w:p><w:r><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr><w:t>字</w:t></w:r></w:p>'
    assert said(theme) == ["face 中文字体是“主题字体”"]
    assert not said("<w:p><w:r><w:t>字</w:t></w:r></w:p>")


_BODY_FACE, _USUAL = r'(styleId="Body".*?)w:eastAsia="宋体"', r'(<w:docDefaults>.*?)w:eastAsia="宋体"'


def test_a_run_has_the_face_of_its_style_of_those_above_or_of_the_document() -> None:
    def found(data: bytes) -> list[str]:
        return [flaw.message for flaw in flaws(data, DocumentKind.RECORD) if flaw.rule == "face"]

    data = paper(line("Body", "字"))
    assert not found(changed(data, "word/styles.xml", _BODY_FACE, r"\1"))  # Normal says it
    bare = changed(data, "word/styles.xml", r'styleId="(Normal|Body)"(.*?)w:eastAsia="宋体"', r'styleId="\1"\2', 2)
    assert not found(bare)  # the whole document says it
    assert found(changed(bare, "word/styles.xml", _USUAL, r"\1")) == ["中文字体是“”"]
    theme = changed(data, "word/styles.xml", _BODY_FACE, r'\1w:eastAsiaTheme="minorEastAsia"')
    assert found(theme) == ["中文字体是“主题字体”"]
    none = changed(data, "word/styles.xml", r"<w:docDefaults>.*?</w:docDefaults>", "")
    assert not found(none)
    assert set(found(changed(none, "word/styles.xml", r"<w:rFonts[^>]*>", "", 0))) == {"中文字体是“”"}


def test_the_faces_of_a_firms_styles_are_right_and_those_of_a_run_alone_are_not() -> None:
    blocks = wordml.paragraph("Cell", "甲", face="等线"), line("Body", "乙")
    assert said(*blocks) == ["face 中文字体是“等线”"]
    firm = changed(paper(*blocks), "word/styles.xml", _BODY_FACE, r'\1w:eastAsia="等线"')
    assert not flaws(firm, DocumentKind.RECORD)


def test_a_character_style_has_a_face_before_the_paragraph() -> None:
    fonts = '<w:rPr><w:rFonts w:eastAsia="等线"/></w:rPr>'
    style = f'<w:style w:type="character" w:styleId="Odd">{fonts}</w:style></w:styles>'
    run = '<w:p><w:r><w:rPr><w:rStyle w:val="Odd"/></w:rPr><w:t>字</w:t></w:r></w:p>'
    made = changed(paper(run), "word/styles.xml", "</w:styles>", style)
    assert [flaw.message for flaw in flaws(made, DocumentKind.RECORD)] == ["中文字体是“等线”"]


def test_what_belongs_together_is_kept() -> None:
    blocks = (
        line("Chapter", "甲"),
        line("Body", "如下："),
        line("Body", "乙"),
        line("Sign", "签名："),
        line("Sign", "日"),
    )
    data = paper(*blocks)
    assert not flaws(data, DocumentKind.RECORD)
    loose = changed(data, "word/document.xml", "<w:keepNext/>", "", 0)
    assert [flaw.message for flaw in flaws(loose, DocumentKind.RECORD)] == [
        "引出下文的一句会和下文分在两页",
        "落款会单独在一页上",
    ]
    free = changed(data, "word/document.xml", '(<w:pStyle w:val="Chapter"/>)', r'\1<w:keepNext w:val="0"/>')
    assert "标题会和下文分在两页" in [flaw.message for flaw in flaws(free, DocumentKind.RECORD)]


def test_empty_paragraphs_and_pages_are_found() -> None:
    space = wordml.empty("Body")
    turn = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    assert said(*[space] * 5) == ["empty 用空段落撑开版面"]
    assert said(line("Body", "甲"), turn, space, turn, line("Body", "乙")) == ["empty 两次分页之间是空白页"]
    assert not said(line("Body", "甲"), turn, line("Body", "乙"), turn, line("Body", "丙"))


def cells(*texts: str, width: int = 1000, style: str = "Cell") -> str:
    """Cells of one width."""
    return "".join(wordml.cell(width, line(style, text)) for text in texts)


def test_grids_agree_with_cells_and_page() -> None:
    good = wordml.table((1000, 1000), wordml.row(cells("甲", "乙")))
    assert not said(good)
    assert said(good.replace('tblW w:w="2000"', 'tblW w:w="2100"')) == ["grid 表格宽度不等于各列之和"]
    assert said(good.replace("fixed", "autofit")) == ["grid 列宽不固定"]
    assert said(good.replace('tcW w:w="1000"', 'tcW w:w="1001"', 1)) == ["grid 单元格宽度不等于它占的列"]
    assert said(wordml.table((1000, 1000), wordml.row(cells("甲")))) == ["grid 一行占 1 列，表有 2 列"]
    assert said(wordml.table((9999,), wordml.row(cells("甲", width=9999)))) == ["wide 表格比版心宽"]
    assert said(wordml.table((300,), wordml.row(cells("", width=300)))) == ["narrow 有一列窄得写不下两个字"]
    assert said(good.replace("<w:tblW ", "<w:other ")) == ["grid 表格宽度不等于各列之和"]
    assert "grid 列宽不固定" in said(good.replace('<w:tblLayout w:type="fixed"/>', ""))


def test_rows_and_heads_and_neighbours() -> None:
    head = wordml.row(cells("甲", "乙", style="CellHead"), head=True)
    good = wordml.table((1000, 1000), head + wordml.row(cells("丙", "丁")))
    assert not said(good, good)
    assert said(good.replace("<w:cantSplit/>", "", 1)) == ["rows 有一行会断在两页"]
    assert said(good.replace("<w:tblHeader/>", "")) == ["head 表头在下一页不重复"]
    assert said(good.replace("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", 1)) == ["rows 单元格里没有段落"]
    joined = changed(paper(good, good), "word/document.xml", "</w:tbl><w:p>.*?</w:p><w:tbl>", "</w:tbl><w:tbl>")
    assert "两张表连在一起，Word 会合并" in [flaw.message for flaw in flaws(joined, DocumentKind.RECORD)]


def test_signatures_stay_with_what_they_sign() -> None:
    day = "批准：　　年　　月　　日"
    table = wordml.table((3000,), wordml.row(cells("甲", width=3000)))
    two = wordml.table((3000,), wordml.row(cells(day, width=3000)) * 2)
    data = paper(table, wordml.empty("Tiny"), two)
    assert not flaws(data, DocumentKind.RECORD)
    loose = changed(data, "word/document.xml", "<w:keepNext/>", "", 0)
    assert [flaw.message for flaw in flaws(loose, DocumentKind.RECORD)] == ["签字栏会分在两页", "签字栏会单独在一页上"]
    after_text = paper(line("Body", "甲"), line("Body", "乙"), wordml.empty("Tiny"), two)
    assert not flaws(after_text, DocumentKind.RECORD)


def test_columns_too_narrow_for_their_words_are_found() -> None:
    assert said(wordml.table((1000,), wordml.row(cells("LW-IPM-JL-09-01")))) == ["narrow 编号在单元格里断开"]
    assert said(wordml.table((1000,), wordml.row(cells("字" * 70)))) == ["narrow 单元格太窄，要 18 行"]
    assert not said(wordml.table((5000,), wordml.row(cells("字" * 400, width=5000))))
    assert not said(wordml.table((1000,), wordml.row("<w:tc><w:tcPr/><w:p/></w:tc>")).replace("<w:tcPr/>", _WIDTH))


_WIDTH = '<w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>'


def test_sections_are_a4_with_a_header_to_their_margin() -> None:
    table = wordml.table((1000,), wordml.row(cells("甲")))
    turned = layout_of("system").page.turned()
    assert not flaws(paper(table, page=turned), DocumentKind.RECORD)
    data = paper(table)
    found = flaws(changed(data, "word/document.xml", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'), SYSTEM)
    assert {"不是 A4 纸，或横竖写错", "页眉右边没有对到版心"} <= {flaw.message for flaw in found}
    bare = changed(data, "word/document.xml", r"<w:(header|footer)Reference[^>]*>", "", 0)
    assert {"没有页眉页脚", "页眉没有文件编号和版本", "页脚没有页码"} <= {f.message for f in flaws(bare, SYSTEM)}
    unsized = changed(data, "word/document.xml", "<w:pgSz[^>]*>", "")
    assert "section" in rules(flaws(unsized, SYSTEM))
    alone = paper(line("Body", "甲"), page=turned)
    assert "横排的节里没有表" in {flaw.message for flaw in flaws(alone, DocumentKind.RECORD)}


def test_an_order_has_a_red_head() -> None:
    order = whole("appt-promulgation")
    kind = DocumentKind.APPOINTMENT
    assert not flaws(order, kind)
    document = "word/document.xml"
    assert "red" in rules(
        flaws(changed(order, document, '<w:p><w:pPr><w:pStyle w:val="RedLine"/></w:pPr></w:p>', ""), kind)
    )
    unnumbered = changed(order, document, '(<w:pStyle w:val="RedNumber"/></w:pPr>).*?</w:p>', r"\1</w:p>")
    assert "没有发文字号" in {flaw.message for flaw in flaws(unnumbered, kind)}
    assert "发文机关标志不是红色" in {f.message for f in flaws(changed(order, document, "FF0000", "000000", 0), kind)}
    plain = changed(order, document, '<w:color w:val="FF0000"/>', "", 0)
    assert not flaws(plain, kind)  # the style is red
    margins = flaws(changed(order, document, 'w:left="1588"', 'w:left="1134"'), kind)
    assert any("页边距" in flaw.message for flaw in margins)


def test_a_system_has_a_control_block_and_the_manual_a_cover() -> None:
    bare = changed(sound(), "word/document.xml", "受控状态", "状态")
    assert [flaw.message for flaw in flaws(bare, SYSTEM)] == ["文件控制栏没有受控状态"]
    manual = changed(whole("ip-manual"), "word/document.xml", "修订记录", "记录")
    assert "没有修订记录" in {flaw.message for flaw in flaws(manual, DocumentKind.MANUAL)}


def test_contents_agree_with_the_headings() -> None:
    manual, kind = whole("ip-manual"), DocumentKind.MANUAL
    document = "word/document.xml"
    unlisted = changed(manual, document, '<w:p><w:pPr><w:pStyle w:val="TOC2"/>.*?</w:p>', "")
    assert any("目录有" in flaw.message for flaw in flaws(unlisted, kind))
    assert "手册没有目录" in {f.message for f in flaws(changed(manual, document, '"TOC[12]"', '"Cell"', 0), kind)}
    backwards = changed(manual, document, r"(PAGEREF _Toc000005.*?<w:t>)\d+", r"\g<1>99")
    assert any("从小到大" in flaw.message for flaw in flaws(backwards, kind))
    other = changed(manual, document, '(<w:bookmarkStart w:id="3".*?<w:t xml:space="preserve">)', r"\1新")
    assert any("目录里的标题" in flaw.message for flaw in flaws(other, kind))


def test_language_and_properties_are_chinese_and_the_clients() -> None:
    def found(part: str, old: str, new: str) -> set[str]:
        return rules(flaws(changed(sound(), part, old, new, 0), SYSTEM))

    assert found("word/styles.xml", 'w:eastAsia="zh-CN"', 'w:eastAsia="ja-JP"') == {"language"}
    assert found("word/settings.xml", "<w:themeFontLang[^>]*>", "") == {"language"}
    assert found("word/theme/theme1.xml", '<a:ea typeface="宋体"/>', '<a:ea typeface=""/>') == {"language"}
    assert found("word/theme/theme1.xml", 'script="Hans"', 'script="Jpan"') == {"language"}
    assert found("docProps/core.xml", "<dc:creator>.*?</dc:creator>", "<dc:creator>python-docx</dc:creator>") == {
        "properties"
    }
    assert found("docProps/core.xml", "<dc:title>.*?</dc:title>", "<dc:title/>") == {"properties"}
    assert found("docProps/core.xml", "zh-CN", "en-US") == {"properties"}
    assert found("docProps/core.xml", "2026-05-15T", "2013-12-23T") == {"properties"}
    told = "<dc:description>generated by python-docx</dc:description>"
    assert found("docProps/core.xml", "<dc:language>", f"{told}<dc:language>") == {"properties"}
    assert "properties" in rules(flaws(without(sound(), "docProps/core.xml"), SYSTEM))
    assert "language" in rules(flaws(without(sound(), "word/settings.xml"), SYSTEM))


def test_two_drawings_with_one_number_are_found() -> None:
    flow = whole("flow-exhibition")
    assert not flaws(flow, DocumentKind.FLOW)
    two = changed(
        flow,
        "word/document.xml",
        '(<w:p><w:pPr><w:pStyle w:val="Drawing"/>.*?</mc:AlternateContent></w:r></w:p>)',
        r"\1\1",
    )
    assert "drawing" in rules(flaws(two, DocumentKind.FLOW))


def test_what_is_no_word_file_is_a_complaint() -> None:
    for data in (
        b"x",
        without(sound(), "word/styles.xml"),
        changed(sound(), "word/styles.xml", "<w:styles", "<w:style"),
    ):
        with pytest.raises(FileFaults, match="Word 文件"):
            flaws(data, SYSTEM)
