"""Every place where text can hide in a Word or Excel file is read, and each has a place that a person finds."""

from pathlib import Path

import pytest

import office
from gbtool.model.piece import FileRead, Piece, Spot, TroubleKind
from gbtool.word.pieces.reading import read
from office import docx, p, put, relation, relations, runs, table, wordml, xlsx

NAME = "青屿软件"


def reading(tmp_path: Path, data: bytes, name: str = "文件.docx") -> FileRead:
    """A file as it is read."""
    return read(put(tmp_path, name, data), name)


def found(read_: FileRead, text: str = NAME) -> list[Piece]:
    """The pieces that say something."""
    return [piece for piece in read_.pieces if text in piece.text]


HEADER = wordml("hdr", p(f"页眉{NAME}"))
BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wp:docPr id='1' name='图 1' "
    "descr='{alt}'/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
    "</wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape alt='旧'>"
    "<v:textbox><w:txbxContent>{fallback}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
SIDES = relations(relation("h1", "header", "header1.xml"), relation("h2", "header", "header2.xml"))
SECTIONS = (
    "<w:p><w:pPr><w:sectPr><w:headerReference w:type='first' r:id='h1'/></w:sectPr></w:pPr></w:p>"
    "<w:sectPr><w:headerReference w:type='default' r:id='h2'/></w:sectPr>"
)
CHANGED = (
    f"<w:p><w:r><w:t>由</w:t></w:r><w:del w:author='张三'><w:r><w:delText>{NAME}</w:delText></w:r></w:del>"
    "<w:ins w:author='李四'><w:r><w:t>本公司</w:t></w:r></w:ins><w:r><w:t>负责</w:t></w:r></w:p>"
)
FIELD = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> INCLUDETEXT "
    f"{NAME}.docx </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>结果</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
)
STYLES = wordml(
    "styles",
    "<w:style w:styleId='H'><w:name w:val='标题一'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
    "<w:style w:styleId='Sub'><w:name w:val='子'/><w:basedOn w:val='H'/></w:style>"
    "<w:style w:styleId='Gone'><w:name w:val='看不见'/><w:rPr><w:vanish/></w:rPr></w:style>"
    f"<w:style w:styleId='Own'><w:name w:val='{NAME}正文'/></w:style>",
)
CORE = (
    "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' "
    f"xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{NAME}</dc:creator></cp:coreProperties>"
)
CUSTOM = (
    "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'>"
    f"<property name='客户'><x>{NAME}</x></property></Properties>"
)

PLACES: dict[str, tuple[bytes, Spot, str]] = {
    "body": (docx(p("第一段") + p(f"由{NAME}负责")), Spot.BODY, "第2段"),
    "split runs": (docx(runs("由青", "屿", "软件负责")), Spot.BODY, "第1段"),
    "under a heading": (
        docx(p("总则", paragraph="<w:pStyle w:val='Sub'/>") + p(NAME), styles=STYLES.replace(NAME, "某")),
        Spot.BODY,
        "“总则”下第1段",
    ),
    "table": (docx(p("甲") + table(("a", "b"), ("c", NAME))), Spot.TABLE, "表1第2行第2列"),
    "nested table": (
        docx(table(("a", table(("x", NAME)) + p("")))),
        Spot.TABLE,
        "表1第1行第2列里的小表第1行第2列",
    ),
    "text box": (docx(BOX.format(alt="图", inner=p(NAME), fallback=p(NAME))), Spot.BOX, "第1段的文本框第1段"),
    "fallback only": (docx(BOX.format(alt="图", inner=p("甲"), fallback=p(NAME))), Spot.BOX, "文本框"),
    "alternative text": (docx(BOX.format(alt=NAME, inner=p("甲"), fallback=p("甲"))), Spot.ALT, "第1段"),
    "first header": (
        office.with_parts(
            docx(SECTIONS),
            {
                "word/header1.xml": HEADER,
                "word/header2.xml": wordml("hdr", p("乙")),
                "word/_rels/document.xml.rels": SIDES,
            },
        ),
        Spot.HEADER,
        "第1节首页页眉第1段",
    ),
    "unused header": (docx(p("甲"), header9=HEADER), Spot.HEADER, "没有用到的页眉"),
    "footer": (docx(p("甲"), footer1=wordml("ftr", p(NAME))), Spot.FOOTER, "页脚"),
    "footnote": (
        docx(p("甲"), footnotes=wordml("footnotes", f"<w:footnote w:id='1'>{p(NAME)}</w:footnote>")),
        Spot.FOOTNOTE,
        "脚注第1条",
    ),
    "comment": (
        docx(p("甲"), comments=wordml("comments", f"<w:comment w:id='0' w:author='王五'>{p(NAME)}</w:comment>")),
        Spot.COMMENT,
        "批注第1条（王五）",
    ),
    "author of a comment": (
        docx(p("甲"), comments=wordml("comments", f"<w:comment w:id='0' w:author='{NAME}'>{p('乙')}</w:comment>")),
        Spot.AUTHOR,
        "作者",
    ),
    "deleted": (docx(CHANGED), Spot.BEFORE, "第1段"),
    "hidden": (docx(p(NAME, run="<w:vanish/>")), Spot.HIDDEN, "第1段"),
    "hidden by its style": (
        docx(p(NAME, paragraph="<w:pStyle w:val='Gone'/>"), styles=STYLES.replace(NAME, "某")),
        Spot.HIDDEN,
        "第1段",
    ),
    "field code": (docx(FIELD), Spot.FIELD, "第1段"),
    "simple field": (docx(f"<w:p><w:fldSimple w:instr='REF {NAME}'/></w:p>"), Spot.FIELD, "第1段"),
    "style name": (docx(p("甲"), styles=STYLES), Spot.DATA, "样式名"),
    "bookmark": (docx(f"<w:p><w:bookmarkStart w:id='0' w:name='{NAME}'/></w:p>"), Spot.ALT, "第1段"),
    "author property": (docx(p("甲")), Spot.CORE, "作者"),
    "picture name": (docx(p("甲")), Spot.PICTURE, "图片文件名"),
    "custom property": (docx(p("甲")), Spot.CUSTOM, "客户"),
    "custom XML": (docx(p("甲")), Spot.DATA, "customXml/item1.xml"),
    "chart": (docx(p("甲")), Spot.DATA, "chart1"),
    "link": (docx(p("甲")), Spot.LINK, "链接"),
}
ADDED: dict[str, dict[str, str | bytes]] = {
    "author property": {"docProps/core.xml": CORE},
    "picture name": {f"word/media/{NAME}标志.png": b"\x89PNG"},
    "custom property": {"docProps/custom.xml": CUSTOM},
    "custom XML": {"customXml/item1.xml": f"<root><name>{NAME}</name></root>"},
    "chart": {
        "word/charts/chart1.xml": "<c xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:p><a:r>"
        "<a:t>青屿</a:t></a:r><a:r><a:t>软件</a:t></a:r></a:p></c>"
    },
    "link": {
        "word/_rels/document.xml.rels": relations(
            relation("l", "hyperlink", f"https://example.com/{NAME}", outside=True)
        )
    },
}


@pytest.mark.parametrize("place", PLACES)
def test_text_is_found_wherever_it_hides(place: str, tmp_path: Path) -> None:
    data, spot, where = PLACES[place]
    if place in ADDED:
        data = office.with_parts(data, ADDED[place])
    pieces = found(reading(tmp_path, data))
    assert any(piece.spot is spot and where in piece.where for piece in pieces), pieces


def test_the_name_of_the_file_and_its_folders_is_read(tmp_path: Path) -> None:
    assert found(reading(tmp_path, docx(p("甲")), f"{NAME}/文件.docx"))[0].spot is Spot.PATH


def test_the_page_is_told_where_word_drew_one(tmp_path: Path) -> None:
    body = p("甲") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>乙</w:t></w:r></w:p>" + p("丙")
    assert found(reading(tmp_path, docx(body)), "丙")[0].where == "第2页 第3段"


def test_text_that_is_said_twice_for_old_programs_counts_once(tmp_path: Path) -> None:
    data = docx(BOX.format(alt="图", inner=p(NAME), fallback=p(NAME)))
    assert len(found(reading(tmp_path, data))) == 1


def test_coloured_hints_are_told_with_their_colour(tmp_path: Path) -> None:
    body = p("填写", run="<w:highlight w:val='yellow'/>") + p("红", run="<w:color w:val='FF0000'/>")
    body += p("灰", run="<w:shd w:fill='D9D9D9'/>") + p("黑", run="<w:color w:val='000000'/>")
    coloured = [piece for piece in reading(tmp_path, docx(body)).pieces if piece.spot is Spot.COLOURED]
    assert [(piece.text, piece.name) for piece in coloured] == [
        ("填写", "底色 yellow"),
        ("红", "字色 #ff0000"),
        ("灰", "底纹 #d9d9d9"),
    ]


def test_what_changes_say_is_told_apart(tmp_path: Path) -> None:
    pieces = {piece.spot: piece.text for piece in reading(tmp_path, docx(CHANGED)).pieces}
    assert pieces[Spot.BODY] == "由本公司负责"
    assert pieces[Spot.BEFORE] == f"由{NAME}负责"
    assert (pieces[Spot.DELETED], pieces[Spot.INSERTED]) == (NAME, "本公司")


def test_a_table_is_read_as_a_grid(tmp_path: Path) -> None:
    wide = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        + p("宽")
        + f"</w:tc><w:tc>{p('末')}</w:tc></w:tr>"
    )
    read_ = reading(tmp_path, docx(table(("编号", "名称"), ("1", "")) + wide + "</w:tbl>"))
    assert read_.grids[0].rows == (("编号", "名称"), ("1", ""))
    assert found(read_, "末")[0].where == "表2第1行第3列"


def test_the_strict_kind_of_file_is_read(tmp_path: Path) -> None:
    strict = wordml("document", f"<w:body>{p(NAME)}</w:body>").replace(
        office.W_NS, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    data = office.with_parts(docx(p("甲")), {"word/document.xml": strict})
    assert found(reading(tmp_path, data))


def test_a_workbook_inside_is_read(tmp_path: Path) -> None:
    data = office.with_parts(docx(p("甲")), {"word/embeddings/表.xlsx": xlsx({"B2": NAME})})
    read_ = reading(tmp_path, data)
    assert found(read_)[0].where == "嵌入的 表.xlsx 工作表“台账”B2"
    assert any(piece.spot is Spot.EMBEDDED for piece in read_.pieces)


SHEET = f'<worksheet xmlns="{office.S_NS}"><sheetData><row>{{cells}}</row></sheetData>{{more}}</worksheet>'
STRINGS = f'<sst xmlns="{office.S_NS}"><si><t>甲</t></si><si><r><t>青屿</t></r><r><t>软件</t></r></si></sst>'
BOOKS: dict[str, tuple[dict[str, str | bytes], Spot, str]] = {
    "shared text": (
        {
            "xl/sharedStrings.xml": STRINGS,
            "xl/worksheets/sheet1.xml": SHEET.format(cells='<c r="C3" t="s"><v>1</v></c>', more=""),
        },
        Spot.CELL,
        "工作表“台账”C3",
    ),
    "formula": (
        {"xl/worksheets/sheet1.xml": SHEET.format(cells=f'<c r="A1"><f>"{NAME}"&amp;1</f><v>1</v></c>', more="")},
        Spot.FIELD,
        "A1的公式",
    ),
    "header": (
        {
            "xl/worksheets/sheet1.xml": SHEET.format(
                cells="", more=f"<headerFooter><oddHeader>&amp;L&amp;14{NAME}</oddHeader></headerFooter>"
            )
        },
        Spot.HEADER,
        "工作表“台账”的页眉",
    ),
    "prompt": (
        {
            "xl/worksheets/sheet1.xml": SHEET.format(
                cells="", more=f'<dataValidations><dataValidation prompt="{NAME}"/></dataValidations>'
            )
        },
        Spot.ALT,
        "输入提示",
    ),
    "comment": (
        {
            "xl/comments1.xml": f'<comments xmlns="{office.S_NS}"><authors><author>甲</author></authors><commentList>'
            f'<comment ref="D4"><text><t>{NAME}</t></text></comment></commentList></comments>'
        },
        Spot.COMMENT,
        "D4的批注",
    ),
    "defined name": (
        {
            "xl/workbook.xml": f'<workbook xmlns="{office.S_NS}" xmlns:r="{office.R_NS}"><sheets><sheet name="台账" '
            f'sheetId="1" r:id="s1"/></sheets><definedNames><definedName name="x">"{NAME}"</definedName>'
            "</definedNames></workbook>"
        },
        Spot.DATA,
        "定义的名称“x”",
    ),
}


@pytest.mark.parametrize("place", BOOKS)
def test_a_workbook_is_read_in_every_place(place: str, tmp_path: Path) -> None:
    more, spot, where = BOOKS[place]
    pieces = found(reading(tmp_path, xlsx({}, more), "表.xlsx"))
    assert any(piece.spot is spot and where in piece.where for piece in pieces), pieces


def test_names_of_sheets_even_hidden_ones(tmp_path: Path) -> None:
    data = xlsx({}, sheet=NAME)
    hidden = {
        "xl/workbook.xml": f'<workbook xmlns="{office.S_NS}" xmlns:r="{office.R_NS}"><sheets><sheet name="{NAME}" '
        'state="veryHidden" sheetId="1" r:id="s1"/></sheets></workbook>'
    }
    assert found(reading(tmp_path, data, "表.xlsx"))[0].spot is Spot.SHEET
    assert "深度隐藏" in found(reading(tmp_path, office.with_parts(data, hidden), "乙.xlsx"))[0].where


def test_a_document_of_gbtool_is_recognised(tmp_path: Path) -> None:
    data = office.with_parts(
        docx(p("甲")), {"docProps/custom.xml": CUSTOM.replace("客户", "gbtool.document").replace(NAME, "ip-manual")}
    )
    assert reading(tmp_path, data).id == "ip-manual"


def test_an_old_kind_of_file_is_not_read_and_said_so(tmp_path: Path) -> None:
    read_ = reading(tmp_path, b"\xd0\xcf", "旧.doc")
    assert [trouble.kind for trouble in read_.troubles] == [TroubleKind.OLD_KIND]


def test_what_no_reader_knows_is_read_as_far_as_it_speaks(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        "customXml/item2.xml": f"<r><!-- {NAME}注 --><a title='{NAME}题' n='{NAME}值'>甲</a>{NAME}尾</r>",
        "word/settings.xml": wordml("settings", f"<w:docVars><w:docVar w:name='客户' w:val='{NAME}'/></w:docVars>"),
        "word/图示.bin": b"\x00",
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n",
    }
    read_ = reading(tmp_path, office.with_parts(docx(p("甲")), parts))
    said = {piece.text.strip() for piece in read_.pieces}
    assert {f"{NAME}注", f"{NAME}题", f"{NAME}值", f"{NAME}尾", NAME, "客户"} <= said
    assert any(piece.spot is Spot.EMBEDDED for piece in read_.pieces)
