"""What stays together on a page, which clauses have a page for themselves, what is printed smaller, who counts."""

import re

import pytest

from gbtool.word import wordml
from gbtool.word.look import APPENDIX, CHAPTERS, layout_of
from gbtool.word.measure import height, pages
from gbtool.word.numbering import Lists, numbering
from gbtool.word.outline import counted
from gbtool.word.tight import tightened
from gbtool.word.together import own_pages, together
from gbtool.word.wordml import Page

NOTICE = layout_of("appointment")
DRAWING = (
    '<w:p><w:pPr><w:pStyle w:val="Drawing"/></w:pPr><w:r><mc:AlternateContent><w:p><w:pPr><w:pStyle w:val="Shape"/>'
    "</w:pPr></w:p></mc:AlternateContent></w:r></w:p>"
)


def line(style: str, text: str) -> str:
    """A paragraph."""
    return wordml.paragraph(style, text)


def table(*texts: str) -> str:
    """A table of one column."""
    return wordml.table((5000,), "".join(wordml.row(wordml.cell(5000, line("Cell", text))) for text in texts))


def kept(xml: str) -> list[str]:
    """The texts of the paragraphs that keep with the next; what is not text by its style."""
    found = re.findall(r'<w:p><w:pPr><w:pStyle w:val="(\w+)"/>(<w:keepNext/>)?.*?</w:p>', xml, re.DOTALL)
    texts = re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", text) or style for (style, keep), text in zip(found, texts, strict=True) if keep]


def test_a_lead_keeps_with_what_it_leads_to() -> None:
    assert kept(together(line("Body", "如下：") + line("Body", "甲"))) == ["如下："]
    assert kept(together(line("Body", "看图。") + DRAWING)) == ["看图。"]
    assert kept(together(line("Body", "甲。") + line("Body", "乙。"))) == []


def test_a_section_break_and_a_page_break_keep_with_nothing() -> None:
    section = wordml.empty("Tiny", wordml.section(Page(), ""))
    assert kept(together(section + line("Sign", "签名："))) == []


def test_the_text_keeps_with_its_signature_which_keeps_with_nothing_after_it() -> None:
    xml = together(line("Body", "甲。") + line("Sign", "签名：") + line("Sign", "日") + line("Body", "乙。"))
    assert kept(xml) == ["甲。"]  # the style keeps the first line of the signature
    assert xml.count('<w:keepNext w:val="0"/>') == 1


def test_rows_to_sign_keep_with_each_other_and_with_the_row_above() -> None:
    day = "批准：　　年　　月　　日"
    assert kept(together(table("甲", "乙", day, day))) == ["乙", day]
    assert kept(together(table("甲", "乙") + wordml.empty("Tiny") + table(day))) == ["乙", "Tiny"]
    assert kept(together(table("日期　　年　　月　　日", "乙"))) == []
    assert kept(together(table("甲", "员工签名"))) == ["甲"]


def test_tables_never_touch_and_text_has_air_around_them() -> None:
    xml = together(line("Body", "前") + table("甲") + table("乙") + line("Body", "后"))
    assert "</w:tbl><w:tbl>" not in xml
    assert re.findall(r'w:before="(\d+)" w:after="(\d+)"', xml) == [("0", "80"), ("120", "0")]


def test_what_lies_between_blocks_is_kept() -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="x"/>'
    assert mark in together(line("Body", "甲：") + mark + line("Body", "乙"))


def test_a_signed_clause_has_a_page_for_itself() -> None:
    body = (
        line("ManualChapter", "0 概述")
        + line("ManualClause", "0.1 前言")
        + line("ManualClause", "0.2 颁布令")
        + line("Sign", "签名：")
        + line("ManualClause", "0.3 简介")
        + line("ManualClause", "0.4 方针")
    )
    paragraphs = re.findall(r"<w:p>.*?</w:p>", own_pages(body))
    assert [re.sub("<[^>]*>", "", each) for each in paragraphs if "pageBreakBefore" in each] == [
        "0.2 颁布令",
        "0.3 简介",
    ]
    assert own_pages("甲") == "甲"


@pytest.mark.parametrize(("paragraphs", "tight"), [(10, False), (21, True), (30, False)])
def test_a_paper_is_printed_smaller_where_that_spares_a_page(paragraphs: int, tight: bool) -> None:
    body = line("RedName", "甲") + line("NoticeTitle", "令") + line("NoticeBody", "字") * paragraphs
    small, layout = tightened(body, NOTICE)
    assert ("TightBody" in small) is tight
    assert (layout.list_indent != NOTICE.list_indent) is tight
    assert height(small, NOTICE.page) <= height(body, NOTICE.page)


def test_other_layouts_are_never_printed_smaller() -> None:
    body = line("Body", "字" * 9000)
    assert tightened(body, layout_of("system")) == (body, layout_of("system"))


def test_a_page_break_before_begins_a_page() -> None:
    broken = line("ManualClause", "甲").replace("</w:pPr>", "<w:pageBreakBefore/></w:pPr>")
    assert pages(line("ManualChapter", "章") + broken, Page(), frozenset({"ManualChapter", "ManualClause"})) == [1, 2]


def shown(*headings: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Text, level and list of each heading."""
    xml = counted("".join(line(style, text) for style, text in headings), Lists())
    found = re.findall(r'<w:ilvl w:val="(\d)"/><w:numId w:val="(\d+)"/></w:numPr>.*?preserve">(.*?)</w:t>', xml)
    return [(text, level, number) for level, number, text in found]


def test_numbers_of_headings_become_levels_of_a_list() -> None:
    chapter, clause, small = "ManualChapter", "ManualClause", "ManualSmall"
    headings = ((chapter, "0 概述"), (clause, "0.1 前言"), (clause, "附则"), (chapter, "1　范围"), (small, "1.1.1 小"))
    chapters = str(CHAPTERS)
    assert shown(*headings)[:4] == [
        ("概述", "0", chapters),
        ("前言", "1", chapters),
        ("附则", "0", "0"),
        ("范围", "0", chapters),
    ]
    assert shown((chapter, "附录A 图"), (chapter, "附录B 表")) == [
        ("图", "0", str(APPENDIX)),
        ("表", "0", str(APPENDIX)),
    ]


def test_a_number_that_jumps_starts_its_list_there() -> None:
    lists = Lists()
    counted(line("ManualChapter", "4 章") + line("ManualClause", "4.3 条") + line("ManualClause", "4.4 条"), lists)
    assert lists.jumps == [(CHAPTERS, (4,)), (CHAPTERS, (4, 3))]
    xml = numbering(lists, (480, 480))
    assert '<w:num w:numId="5001"><w:abstractNumId w:val="7"/>' in xml
    assert '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/>' in xml


def test_a_heading_of_several_runs_whose_first_is_no_number_is_not_counted() -> None:
    two = '<w:p><w:pPr><w:pStyle w:val="ManualClause"/></w:pPr>' + wordml.run("甲") + wordml.run("1 乙") + "</w:p>"
    assert '<w:numId w:val="0"/>' in counted(two, Lists())
    assert "1 乙" in counted(two, Lists())


def test_a_drawing_keeps_with_its_lead_and_its_caption_below_and_with_nothing_after_it() -> None:
    told = together(line("Body", "如下图：") + DRAWING + line("Caption", "图一") + DRAWING + line("Body", "以后"))
    drawing = '<w:p><w:pPr><w:pStyle w:val="Drawing"/>'
    assert re.findall(rf"{drawing}(<w:keepNext/>)?", told) == ["<w:keepNext/>", ""]
    assert '<w:pStyle w:val="Body"/><w:keepNext/>' in told.partition(drawing)[0]
    assert '<w:pStyle w:val="Caption"/><w:keepNext w:val="0"/>' in told
