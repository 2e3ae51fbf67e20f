"""The look as data: every paragraph style with face, size and spacing, and the layout of each kind of document."""

from collections.abc import Mapping

from gbtool.structs import Frozen, field
from gbtool.word.wordml import BIAO, FANG, HEI, KAI, SONG, Page

ARTICLES, DECIMAL, NOTICE, BULLETS, RUNNING, NOTES, CHAPTERS, APPENDIX = 1, 2, 3, 4, 5, 6, 7, 8
FIRST_LIST, FIRST_JUMP = 10, 5000


class Style(Frozen):
    """A paragraph style: sizes in half points, spacing in twips, first lines in hundredths of a character."""

    id: str
    name: str
    east: str = SONG
    size: int = 24
    based: str = "Normal"
    bold: bool = False
    colour: str = ""
    align: str = ""
    before: int = 0
    after: int = 0
    line: int = 0
    first: int = 0
    right: int = 0
    outline: int | None = None
    keep: bool = False
    break_before: bool = False
    number: tuple[int, int] | None = None
    border: str = ""
    tabs: str = ""
    spread: int = 0


STYLES = (
    Style("Body", "正文段", align="both", line=440, first=200),
    Style("Item", "列表项", align="both", line=440),
    Style("Quote", "引用段", KAI, 28, align="center", line=520, before=120, after=120),
    Style("Sign", "落款", align="right", line=440, right=400, keep=True),
    Style("DocTitle", "文件题名", HEI, 36, align="center", before=120, after=240, keep=True),
    Style("ReportTitle", "报告题名", HEI, 44, align="center", before=120, after=360, keep=True),
    Style(
        "ManualChapter",
        "手册章",
        HEI,
        30,
        "Heading1",
        after=240,
        outline=0,
        keep=True,
        break_before=True,
        number=(CHAPTERS, 0),
    ),
    Style(
        "ManualClause",
        "手册条",
        HEI,
        28,
        "Heading2",
        before=240,
        after=120,
        outline=1,
        keep=True,
        number=(CHAPTERS, 1),
    ),
    Style("ManualSmall", "手册小标题", HEI, 24, "Heading3", before=120, after=60, outline=2, keep=True),
    Style(
        "Chapter",
        "制度章",
        HEI,
        28,
        "Heading1",
        align="center",
        before=240,
        after=120,
        outline=0,
        keep=True,
        number=(ARTICLES, 0),
    ),
    Style("Article", "制度条", HEI, 24, "Heading2", before=120, after=60, outline=1, keep=True, number=(RUNNING, 0)),
    Style(
        "Section1",
        "程序一级",
        HEI,
        24,
        "Heading1",
        bold=True,
        before=180,
        after=60,
        outline=0,
        keep=True,
        number=(DECIMAL, 0),
    ),
    Style("Section2", "程序二级", HEI, 24, "Heading2", before=120, after=60, outline=1, keep=True, number=(DECIMAL, 1)),
    Style("Plain1", "无号一级", HEI, 24, "Heading1", before=180, after=60, outline=0, keep=True),
    Style("Plain2", "无号二级", HEI, 24, "Heading2", before=120, after=60, outline=1, keep=True),
    Style("NoticeTitle", "公文标题", BIAO, 44, align="center", line=640, before=480, after=480, keep=True),
    Style("Notice1", "公文一级", HEI, 32, "Heading1", line=560, first=200, outline=0, keep=True, number=(NOTICE, 0)),
    Style("Notice2", "公文二级", KAI, 32, "Heading2", line=560, first=200, outline=1, keep=True, number=(NOTICE, 1)),
    Style("NoticeTo", "主送机关", FANG, 32, align="both", line=560),
    Style("NoticeBody", "公文正文", FANG, 32, align="both", line=560, first=200),
    Style("NoticeItem", "公文列表", FANG, 32, align="both", line=560),
    Style("NoticeSign", "公文落款", FANG, 32, align="right", line=560, right=400, keep=True),
    Style(
        "Tight1", "公文一级（紧凑）", HEI, 28, "Heading1", line=420, first=200, outline=0, keep=True, number=(NOTICE, 0)
    ),
    Style(
        "Tight2", "公文二级（紧凑）", KAI, 28, "Heading2", line=420, first=200, outline=1, keep=True, number=(NOTICE, 1)
    ),
    Style("TightTo", "主送机关（紧凑）", FANG, 28, align="both", line=420),
    Style("TightBody", "公文正文（紧凑）", FANG, 28, align="both", line=420, first=200),
    Style("TightItem", "公文列表（紧凑）", FANG, 28, align="both", line=420),
    Style("TightSign", "公文落款（紧凑）", FANG, 28, align="right", line=420, right=400, keep=True),
    Style("NoticeFoot", "版记", FANG, 28, align="both", line=480, border="foot"),
    Style("RedName", "发文机关标志", BIAO, 72, colour="FF0000", align="center", before=360, after=600),
    Style("RedNumber", "发文字号", FANG, 32, align="center", line=560),
    Style("RedLine", "红色分隔线", FANG, 4, line=60, border="red", after=240),
    Style("Cell", "表格文字", SONG, 21, line=0),
    Style("CellHead", "表头", HEI, 21, align="center", keep=True),
    Style("CellMid", "表格居中", SONG, 21, align="center"),
    Style("NoticeCell", "公文表格文字", FANG, 24),
    Style("NoticeCellHead", "公文表头", HEI, 24, align="center", keep=True),
    Style("FormTitle", "表单题名", HEI, 36, align="center", after=240, keep=True),
    Style("FormLabel", "表单标签", HEI, 21, align="center"),
    Style("FormPart", "表单部分", HEI, 21, keep=True),
    Style("FormCell", "表单格", SONG, 21),
    Style("FormNote", "填写说明", SONG, 18, line=300),
    Style("SmallHead", "小表头", HEI, 18, align="center", keep=True),
    Style("SmallCell", "小表格文字", SONG, 18),
    Style("Tiny", "分节", SONG, 2, line=20),
    Style("Caption", "图表题", HEI, 21, align="center", before=60, after=60, keep=True),
    Style("Drawing", "图", SONG, 21, align="center", before=60, after=60),
    Style("Shape", "图中文字", SONG, 18, align="center", line=220),
    Style("CoverName", "封面企业名", HEI, 36, align="center", before=1200, after=1600),
    Style("CoverTitle", "封面题名", HEI, 44, align="center", after=240),
    Style("CoverText", "封面文字", SONG, 28, align="center", line=520),
    Style("ContentsTitle", "目录标题", HEI, 32, align="center", before=120, after=240, keep=True),
    Style("TOC1", "toc 1", HEI, 24, line=400, tabs="contents"),
    Style("TOC2", "toc 2", SONG, 24, line=400, tabs="contents"),
    Style("Header", "header", SONG, 18, border="header", tabs="header"),
    Style("Footer", "footer", SONG, 18, align="center"),
    Style("FooterNotice", "公文页脚", SONG, 28, align="center"),
)

BY_ID: Mapping[str, Style] = {style.id: style for style in STYLES}


class Layout(Frozen):
    """How a kind of document is laid out: page, styles by role, numbering of its lists, header and footer."""

    name: str
    page: Page = field(default_factory=Page)
    title: str = "DocTitle"
    headings: tuple[str, ...] = ("DocTitle", "Plain1", "Plain2", "Plain2")
    body: str = "Body"
    item: str = "Item"
    sign: str = "Sign"
    cell: str = "Cell"
    cell_head: str = "CellHead"
    list_indent: tuple[int, int] = (480, 480)
    header: bool = True
    dashes: bool = False


_HEADINGS = {
    "manual": ("ManualChapter", "ManualClause", "ManualSmall", "ManualSmall"),
    "articles": ("DocTitle", "Chapter", "Article", "Plain2"),
    "decimal": ("DocTitle", "Section1", "Section2", "Plain2"),
    "notice": ("NoticeTitle", "Notice1", "Notice2", "Notice2"),
    "none": ("DocTitle", "Plain1", "Plain2", "Plain2"),
}
NUMBERINGS = frozenset(_HEADINGS)
_NOTICE = Layout(
    "notice",
    Page(3.7, 3.5, 2.8, 2.6),
    title="NoticeTitle",
    body="NoticeBody",
    item="NoticeItem",
    sign="NoticeSign",
    cell="NoticeCell",
    cell_head="NoticeCellHead",
    list_indent=(0, -640),
    header=False,
    dashes=True,
)
_FORM = Layout("form", Page(2.0, 2.0, 2.2, 2.0), title="FormTitle", cell="FormCell", cell_head="FormLabel")


def layout_of(kind: str, numbering: str = "") -> Layout:
    """The layout of a kind of document with the headings of a numbering."""
    if kind == "appointment":
        headings = _HEADINGS["notice"] if numbering == "notice" else ("NoticeTitle", "Notice1", "Notice2", "Notice2")
        return _with(_NOTICE, headings)
    if kind in ("record", "register"):
        return _with(_FORM, _HEADINGS[numbering or "none"])
    if kind in ("plan", "report"):
        return _with(Layout("report", title="ReportTitle"), ("ReportTitle", *_HEADINGS[numbering or "decimal"][1:]))
    return _with(Layout(kind), _HEADINGS[numbering or "decimal"])


def _with(layout: Layout, headings: tuple[str, ...]) -> Layout:
    return Layout(
        layout.name,
        layout.page,
        layout.title,
        headings,
        layout.body,
        layout.item,
        layout.sign,
        layout.cell,
        layout.cell_head,
        layout.list_indent,
        layout.header,
        layout.dashes,
    )
