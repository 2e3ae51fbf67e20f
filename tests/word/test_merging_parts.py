"""What blocks bring along or leave behind when they go from one file to another: sections, lists, pictures, marks."""

from collections.abc import Callable

import pytest
from lxml import etree

import edited
from drafted import W as MAIN
from edited import Hand, W, opened
from gbtool.model.difference import Side
from gbtool.word.merging.alignment import aligned
from gbtool.word.merging.blocks import Block, Reader
from gbtool.word.merging.merge import Merged, Versions, merge
from gbtool.word.merging.opened import NotReadable
from gbtool.word.merging.relations import Relations
from gbtool.word.merging.styles import styles_of
from gbtool.word.merging.threefold import Judge
from word.test_merging import BLOCKS, by_hand, conflicts, drafted, merged, replaced

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = b"\x89PNG\r\n"


def element(xml: str) -> etree._Element:
    """A piece of Word's XML."""
    return etree.fromstring(f'<x xmlns:w="{MAIN}" xmlns:r="{R}">{xml}</x>')[0]


def paragraph(words: str, properties: str = "") -> etree._Element:
    """A paragraph with these words."""
    return element(f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")


def hers(change: Callable[[Hand], object] = lambda _: None) -> bytes:
    """Her file: always with one sentence more, and with this change."""

    def both(hand: Hand) -> None:
        edited.append(hand.paragraph("本制度由"), "特此说明。")
        change(hand)

    return by_hand(both)


def after(beginning: str, *made: etree._Element) -> Callable[[Hand], None]:
    """Something put behind a paragraph."""

    def change(hand: Hand) -> None:
        for each in reversed(made):
            hand.paragraph(beginning).addnext(each)

    return change


def tags(hand: Hand, name: str) -> list[etree._Element]:
    """The elements of the body of this name."""
    return [*hand.file.body.iter(f"{W}{name}")]


def with_picture(hand: Hand, data: bytes = PNG) -> None:
    """A picture in a paragraph of its own, with its part and relation."""
    hand.file.parts["word/media/image1.png"] = data
    types = hand.file.tree("[Content_Types].xml")
    etree.SubElement(types, types.tag.replace("Types", "Default"), {"Extension": "png", "ContentType": "image/png"})
    id_ = Relations(hand.file, hand.file).add("image", "media/image1.png")
    picture = f'<w:p><w:r><w:drawing><x r:embed="{id_}"/></w:drawing></w:r><w:r><w:t>图1</w:t></w:r></w:p>'
    after("为奖励", element(picture))(hand)


def test_a_picture_comes_with_its_bytes() -> None:
    ours = by_hand(with_picture)
    file = opened(merged(hers(), ours).data).file
    assert file.parts["word/media/image1.png"] == PNG
    assert any(each.get("Extension") == "png" for each in file.tree("[Content_Types].xml"))
    (used,) = [each.get(f"{{{R}}}embed") for each in file.body.iter("x")]
    targets = {each.get("Id"): each.get("Target") for each in file.tree("word/_rels/document.xml.rels")}
    assert targets[used] == "media/image1.png"


def test_a_picture_does_not_replace_another_of_the_same_name() -> None:
    theirs = hers(lambda hand: with_picture(hand, b"her picture"))
    file = opened(merge(Versions(drafted(), theirs, by_hand(with_picture), "x.docx"), Judge()).data).file
    assert file.parts["word/media/image1.png"] == b"her picture"


def test_pictures_of_one_name_and_different_bytes_lie_side_by_side() -> None:
    base = by_hand(after("本制度适用", paragraph("第一处"), paragraph("第二处")))
    ours = by_hand(with_picture, base)
    theirs = by_hand(lambda hand: hand.file.parts.update({"word/media/image1.png": b"another"}), base)
    theirs = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"), theirs)
    file = opened(merged(theirs, ours, base=base).data).file
    assert file.parts["word/media/image1-1.png"] == PNG


def test_a_link_comes_with_its_address_and_an_unknown_relation_stays_as_it_is() -> None:
    def link(hand: Hand) -> None:
        id_ = Relations(hand.file, hand.file).add("hyperlink", "https://lanwan.example", external=True)
        both = f'<w:hyperlink r:id="{id_}"><w:r><w:t>网址</w:t></w:r></w:hyperlink><w:hyperlink r:id="rNone"/>'
        after("为奖励", element(f"<w:p>{both}</w:p>"))(hand)

    file = opened(merged(hers(), by_hand(link)).data).file
    relations = file.tree("word/_rels/document.xml.rels")
    assert [each.get("TargetMode") for each in relations if each.get("Target") == "https://lanwan.example"] == [
        "External"
    ]
    assert [each.get(f"{{{R}}}id") for each in file.body.iter(f"{W}hyperlink")][1] == "rNone"


SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="ourHeader"/><w:type w:val="nextPage"/>'
    '<w:pgSz w:w="{}" w:h="{}"{}/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr>'
)
PORTRAIT = SECTION.format(11906, 16838, "")
LANDSCAPE = SECTION.format(16838, 11906, ' w:orient="landscape"')


def broken(properties: str) -> etree._Element:
    """The end of a section in an empty paragraph."""
    return element(f"<w:p><w:pPr>{properties}</w:pPr></w:p>")


def test_a_new_section_has_the_header_of_her_file() -> None:
    ours = by_hand(after("为奖励", broken(PORTRAIT)))
    sections = tags(opened(merged(hers(), ours).data), "sectPr")
    assert len(sections) == 2
    references = [[each.get(f"{{{R}}}id") for each in section if "Reference" in each.tag] for section in sections]
    assert references[0] == references[1] != ["ourHeader"]


def test_a_section_that_ours_ends_no_longer_is_taken_out_and_one_that_turns_is_turned() -> None:
    base = by_hand(after("为奖励", broken(PORTRAIT)))
    theirs = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"), base)
    assert len(tags(opened(merged(theirs, drafted(), base=base).data), "sectPr")) == 1
    inside = by_hand(lambda hand: hand.paragraph("为奖励").find(f"{W}pPr").append(element(PORTRAIT)))  # type: ignore[union-attr]
    inside = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"), inside)
    result = opened(merged(inside, drafted(), base=base).data)
    assert len(tags(result, "sectPr")) == 1
    assert result.paragraph("为奖励") is not None
    turned = by_hand(after("为奖励", broken(LANDSCAPE)))
    sizes = [each.get(f"{W}orient") for each in tags(opened(merged(theirs, turned, base=base).data), "pgSz")]
    assert sizes == ["landscape", None]


def test_a_paragraph_that_ends_a_section_of_hers_keeps_doing_so() -> None:
    theirs = hers(lambda hand: hand.paragraph("本制度适用").find(f"{W}pPr").append(element(PORTRAIT)))  # type: ignore[union-attr]
    changed = merged(theirs, by_hand(lambda hand: edited.write(hand.paragraph("本制度适用"), "适用于所有人员。")))
    assert len(tags(opened(changed.data), "sectPr")) == 2
    styled = by_hand(after("为奖励", paragraph("本制度适用于全体员工，包括实习生。")))
    styled = by_hand(lambda hand: edited.delete(hand.paragraphs[4]), styled)
    assert len(tags(opened(merged(theirs, styled).data), "sectPr")) == 2
    gone = opened(merged(theirs, by_hand(lambda hand: edited.delete(hand.paragraph("本制度适用")))).data)
    assert len(tags(gone, "sectPr")) == 2
    assert "本制度适用" not in edited.raw(gone.saved())


def test_bookmarks_of_hers_stay_and_those_of_ours_are_left_behind() -> None:
    def bookmark(hand: Hand) -> None:
        start, end = (element(f'<w:bookmark{each} w:id="7" w:name="她的"/>') for each in ("Start", "End"))
        hand.paragraph("本制度适用").insert(1, start)
        hand.paragraph("本制度适用").append(end)

    def ours(hand: Hand) -> None:
        edited.write(hand.paragraph("本制度适用"), "适用于所有人员。")
        hand.paragraph("适用于").insert(1, element('<w:bookmarkStart w:id="7" w:name="我们的"/>'))

    found = tags(opened(merged(hers(bookmark), by_hand(ours)).data), "bookmarkStart")
    assert [each.get(f"{W}name") for each in found] == ["她的"]


def test_a_mark_that_ends_elsewhere_outlives_its_paragraph() -> None:
    def bookmark(hand: Hand) -> None:
        hand.paragraph("本制度适用").append(element('<w:bookmarkStart w:id="7" w:name="她的"/>'))
        hand.paragraph("为奖励").insert(1, element('<w:bookmarkStart w:id="8" w:name="另一个"/>'))
        hand.paragraph("为奖励").append(element('<w:bookmarkEnd w:id="8"/>'))
        hand.paragraph("本制度自").append(element('<w:bookmarkEnd w:id="7"/>'))

    def ours(hand: Hand) -> None:
        edited.delete(hand.paragraph("本制度适用"))
        edited.delete(hand.paragraph("为奖励"))

    result = opened(merged(hers(bookmark), by_hand(ours)).data)
    assert [each.get(f"{W}id") for each in tags(result, "bookmarkStart")] == ["7"]


def controlled(hand: Hand) -> None:
    """A paragraph inside a content control."""
    control = element("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
    inside = hand.paragraph("本制度适用")
    inside.addprevious(control)
    control[1].append(inside)


def test_content_controls_are_looked_into_and_new_blocks_go_behind_them() -> None:
    ours = by_hand(after("本制度适用", paragraph("子公司参照执行。")))
    result = opened(merged(hers(controlled), ours).data)
    assert result.paragraph("子公司").getparent() is result.file.body
    assert "本制度适用" in edited.text(tags(result, "sdtContent")[0])


def test_a_content_control_is_never_left_empty() -> None:
    ours = by_hand(lambda hand: edited.delete(hand.paragraph("本制度适用")))
    (inside,) = tags(opened(merged(hers(controlled), ours).data), "sdtContent")
    assert [child.tag for child in inside] == [f"{W}p"]


def test_a_list_comes_into_a_file_without_lists_and_an_unknown_one_is_none() -> None:
    def without(hand: Hand) -> None:
        del hand.file.parts["word/numbering.xml"]
        for number in tags(hand, "numPr"):
            edited.delete(number)

    listed = by_hand(after("为奖励", paragraph("甲事项", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>')))
    file = opened(merged(hers(without), listed).data).file
    assert [each.get(f"{W}numId") for each in file.tree("word/numbering.xml").findall(f"{W}num")] == ["1"]
    unknown = by_hand(
        after("为奖励", paragraph("甲事项", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))
    )
    result = opened(merged(hers(), unknown).data)
    assert [each.get(f"{W}val") for each in result.paragraph("甲事项").iter(f"{W}numId")] == ["0"]
    nowhere = by_hand(lambda hand: hand.file.parts.pop("word/numbering.xml"), unknown)
    result = opened(merged(hers(), nowhere).data)
    assert [each.get(f"{W}val") for each in result.paragraph("甲事项").iter(f"{W}numId")] == ["0"]


def test_a_heading_joins_the_numbers_of_its_style() -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    ours = by_hand(after("为奖励", paragraph("新的一章", f'<w:pStyle w:val="Chapter"/>{number}')))

    def renumbered(hand: Hand) -> None:
        for style in hand.file.tree("word/styles.xml").iter(f"{W}style"):
            for each in style.iter(f"{W}numId") if style.get(f"{W}styleId") == "Chapter" else ():
                each.set(f"{W}val", "41")

    result = opened(merged(hers(renumbered), ours).data)
    assert [each.get(f"{W}val") for each in result.paragraph("新的一章").iter(f"{W}numId")] == ["41"]


def test_paragraphs_that_her_program_no_longer_numbers_are_not_numbered_anew() -> None:
    def flat(hand: Hand) -> None:
        for number in tags(hand, "numPr"):
            edited.delete(number)

    items = (*BLOCKS[4].texts, "外观设计授权，奖励1500元。")  # type: ignore[union-attr]
    ours = drafted(*replaced(BLOCKS[4], type(BLOCKS[4])(items)))  # type: ignore[call-arg, arg-type]
    result = opened(merged(hers(flat), ours).data)
    assert not [*result.paragraph("外观设计").iter(f"{W}numPr")]


def test_a_style_that_is_brought_along_gets_an_id_of_its_own() -> None:
    def styled(hand: Hand) -> None:
        new = (
            '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/><w:next w:val="x"/>'
        )
        number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for texts in (("Firm", "机构正文", "Firm0"), ("Firm0", "机构底", "Body")):
            hand.file.tree("word/styles.xml").append(element(new.format(*texts) + number))
        after("为奖励", paragraph("机构的话", '<w:pStyle w:val="Firm"/>'))(hand)

    def hers_has_that_id(hand: Hand) -> None:
        for style in hand.file.tree("word/styles.xml").iter(f"{W}style"):
            if style.get(f"{W}styleId") == "Quote":
                style.set(f"{W}styleId", "Firm")

    result = opened(merged(hers(hers_has_that_id), by_hand(styled)).data)
    styles = styles_of(result.file)
    used = result.paragraph("机构的话").find(f"{W}pPr/{W}pStyle")
    assert used is not None
    assert styles.name(used.get(f"{W}val", "")) == "机构正文"
    assert used.get(f"{W}val") == "Firm_"
    assert len(styles.chain("Firm_")) > 2
    assert not [*styles.by_id["Firm_"].iter(f"{W}numPr")]


def test_drawings_get_ids_of_their_own_and_paragraph_ids_are_left_behind() -> None:
    word = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    newer = "http://schemas.microsoft.com/office/word/2010/wordml"

    def draw(hand: Hand) -> None:
        drawn = paragraph("图一")
        drawn.set(f"{{{newer}}}paraId", "12345678")
        drawing = etree.SubElement(etree.SubElement(drawn, f"{W}r"), f"{W}drawing")
        etree.SubElement(drawing, f"{{{word}}}docPr", {"id": "4", "name": "图"})
        hand.paragraph("为奖励").addnext(drawn)

    def her_drawing(hand: Hand) -> None:
        drawing = etree.SubElement(etree.SubElement(hand.paragraph("本制度自"), f"{W}r"), f"{W}drawing")
        etree.SubElement(drawing, f"{{{word}}}docPr", {"id": "4", "name": "她的图"})

    result = opened(merged(hers(her_drawing), by_hand(draw)).data)
    assert sorted(each.get("id", "") for each in result.file.body.iter(f"{{{word}}}docPr")) == ["4", "5"]
    assert result.paragraph("图一").get(f"{{{newer}}}paraId") is None


def test_a_row_on_another_grid_is_replaced_or_told() -> None:
    def wide(hand: Hand) -> None:
        row = hand.tables[0].findall(f"{W}tr")[1]
        edited.delete(row.findall(f"{W}tc")[2])

    base = by_hand(wide)
    two = by_hand(lambda hand: edited.write(edited.cell(hand.tables[0], 1, 0), "发明专利授权"), base)
    theirs = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"), base)
    assert "发明专利授权" in edited.words(merged(theirs, two, base=base).data)
    three = by_hand(lambda hand: edited.write(edited.cell(hand.tables[0], 1, 0), "发明专利授权"))
    assert "发明专利授权" in edited.words(merged(theirs, three, base=by_hand(wide)).data)
    split = by_hand(lambda hand: hand.tables[0].findall(f"{W}tr")[1].append(element("<w:tc><w:p/></w:tc>")))
    result = merged(split, by_hand(lambda hand: edited.write(edited.cell(hand.tables[0], 1, 0), "发明专利授权")))
    assert [each.place for each in result.of(Side.CONFLICT)] == ["“奖励”下 表1 第2行"]


def test_a_first_row_and_cells_of_several_paragraphs_are_woven() -> None:
    def several(hand: Hand) -> None:
        for row in (1, 2):
            edited.cell(hand.tables[0], row, 0).addnext(paragraph("第二段"))

    base = by_hand(several)
    theirs = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"), base)

    def ours(hand: Hand) -> None:
        edited.write(edited.cell(hand.tables[0], 1, 0), "发明专利")
        edited.add_row(hand.tables[0], "最前一行")
        rows = hand.tables[0].findall(f"{W}tr")
        rows[0].addprevious(rows[-1])

    result = opened(merged(theirs, by_hand(ours, base), base=base).data)
    assert edited.text(result.tables[0].findall(f"{W}tr")[0]).startswith("最前一行")
    assert edited.text(result.tables[0].findall(f"{W}tr")[2]).startswith("发明专利第二段6000")
    assert not conflicts(Merged(b""))


def test_a_file_without_settings_properties_or_with_widths_in_percent_is_merged_all_the_same() -> None:
    def bare(hand: Hand) -> None:
        for name in ("word/settings.xml", "docProps/core.xml", "docProps/custom.xml"):
            del hand.file.parts[name]
        for width in tags(hand, "tcW"):
            width.set(f"{W}w", "33%")

    ours = by_hand(lambda hand: edited.write(hand.paragraph("本制度适用"), "适用于所有人员。"))
    result = merge(Versions(drafted(), hers(bare), ours, "x.docx"), Judge())
    assert "适用于所有人员。" in edited.words(result.data)


CONTENTS = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>总则 1</w:t></w:r></w:p>'
)
ENTRY = "<w:p><w:r><w:t>附则 2</w:t></w:r></w:p>"
END = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def test_a_table_of_contents_is_made_anew_and_never_torn() -> None:
    base = by_hand(after("为奖励", element(CONTENTS), element(END)))
    theirs = by_hand(after("总则 1", element(ENTRY)), base)
    theirs = by_hand(lambda hand: edited.append(hand.paragraph("本制度由"), "特此说明。"), theirs)
    ours = by_hand(lambda hand: hand.paragraph("本制度适用").addprevious(paragraph("目录后的一段。")), base)
    result = opened(merged(theirs, ours, base=base).data)
    texts = [edited.text(each) for each in result.file.body.findall(f"{W}p")]
    at = texts.index("目录后的一段。")
    assert texts[at - 3 : at] == ["总则 1", "附则 2", ""]
    assert result.file.tree("word/settings.xml").find(f"{W}updateFields") is not None


def test_fields_and_boxes_are_no_part_of_the_look() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inside = "".join(field.format(kind) for kind in ("begin", "separate")) + "<w:r><w:t>7</w:t></w:r>"
    whole = element(f"<w:p><w:r><w:t>第</w:t></w:r>{inside}{field.format('end')}{field.format('end')}</w:p>")
    file = opened(drafted()).file
    body = element("<w:body/>")
    body.append(whole)
    (block,) = Reader(styles_of(file)).blocks(body)
    assert block.text == "第"
    assert len(block.look) == 2


def test_very_different_stretches_are_not_compared_word_by_word() -> None:
    def block(words: str) -> Block:
        return Block("p", (words,), (), element("<w:p/>"))

    before = [block(f"甲{n}") for n in range(50)]
    after_ = [block(f"乙{n}") for n in range(45)]
    pairs = aligned(before, after_)
    assert len(pairs) == 95
    assert all(None in pair for pair in pairs)
    same = [block("甲"), block("甲"), block("乙"), block("甲")]
    assert [pair for pair in aligned(same, same[:3]) if None in pair] == [(3, None)]


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml"])
def test_a_file_without_a_part_that_matters_is_not_readable(part: str) -> None:
    theirs = by_hand(lambda hand: hand.file.parts.pop(part) and hand.file.trees.pop(part, None))
    with pytest.raises(NotReadable):
        merged(theirs, drafted())


def test_a_file_whose_body_is_missing_is_not_readable() -> None:
    def empty(hand: Hand) -> None:
        hand.file.trees["word/document.xml"] = element("<w:document/>")

    with pytest.raises(NotReadable):
        merged(by_hand(empty), drafted())
