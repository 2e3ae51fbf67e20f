"""Pages: sections, headers and footers, the head of a 红头 paper, the control block, the table of contents."""

import re
from collections.abc import Iterator

from gbtool.model.document import DocumentKind
from gbtool.word.lint.opened import Flaw, Opened, Section, W, short, text, value

_A4 = (11906, 16838)
_OFFICIAL = {"top": 2098, "bottom": 1984, "left": 1588, "right": 1474}  # GB/T 9704: 37, 35, 28 and 26 mm
_APPROVAL = ("编制", "审核", "批准")
_TEXT = ("文件编号", "版本", "受控状态", "发布日期", "实施日期", *_APPROVAL)
_PAPER = ("文件编号", "版本", "受控状态", "编制部门", "适用期间", *_APPROVAL)
_CONTROL = {
    DocumentKind.MANUAL: ("文件编号", "版本", "受控状态", "发放编号", *_APPROVAL),
    **dict.fromkeys((DocumentKind.SYSTEM, DocumentKind.PROCEDURE, DocumentKind.FLOW), _TEXT),
    **dict.fromkeys((DocumentKind.PLAN, DocumentKind.REPORT), _PAPER),
}
_RED = ("RedName", "RedNumber", "RedLine", "NoticeTitle")
_NUMBERED = re.compile(r"\S+-\S+ [A-Z]/\d+$")


def sections(file: Opened) -> Iterator[Flaw]:
    """Sections that are no A4, say the wrong side, or whose header does not reach their margin."""
    for place, section in enumerate(file.sections, 1):
        where = f"第 {place} 节"
        if (section.width, section.height) != (_A4[::-1] if section.landscape else _A4):
            yield Flaw("section", where, "不是 A4 纸，或横竖写错")
        if not section.parts:
            yield Flaw("section", where, "没有页眉页脚")
        header = file.parts.get(section.parts.get("header default", ""))
        tabs = (
            [int(each.get(f"{W}pos", "0")) for each in header.iter(f"{W}tab") if each.get(f"{W}val") == "right"]
            if header is not None
            else []
        )
        if tabs and abs(tabs[0] - section.room) > 2:  # noqa: PLR2004 # twips of rounding
            yield Flaw("section", where, "页眉右边没有对到版心")


def sides(file: Opened, kind: DocumentKind) -> Iterator[Flaw]:
    """A header with the document's number and version, and a footer with the page."""
    for place, section in enumerate(file.sections, 1):
        header = file.parts.get(section.parts.get("header default", ""))
        footer = file.parts.get(section.parts.get("footer default", ""))
        if kind is not DocumentKind.APPOINTMENT and not (header is not None and _NUMBERED.search(text(header))):
            yield Flaw("header", f"第 {place} 节", "页眉没有文件编号和版本")
        fields = " ".join(each.text or "" for each in footer.iter(f"{W}instrText")) if footer is not None else ""
        if "PAGE" not in fields or (kind is not DocumentKind.APPOINTMENT and "NUMPAGES" not in fields):
            yield Flaw("footer", f"第 {place} 节", "页脚没有页码")


def red_head(file: Opened, kind: DocumentKind) -> Iterator[Flaw]:
    """The head of an order or notice: issuer in red, number, red line, title, on the margins of an official paper."""
    if kind is not DocumentKind.APPOINTMENT:
        return
    paragraphs = list(file.paragraphs)[:4]
    styles = tuple(file.style(each) for each in paragraphs)
    if styles != _RED:
        yield Flaw("red", short(text(file.body)), "红头不全：应当依次是发文机关标志、发文字号、红色分隔线、标题")
        return
    if not text(paragraphs[1]):
        yield Flaw("red", text(paragraphs[0]), "没有发文字号")
    colours = {each.get(f"{W}val") for each in paragraphs[0].iter(f"{W}color")} or {
        value(file.styles["RedName"], "rPr/color")
    }
    if colours != {"FF0000"}:
        yield Flaw("red", text(paragraphs[0]), "发文机关标志不是红色")
    margins = file.sections[0].margins
    if any(abs(margins.get(side, 0) - wanted) > 2 for side, wanted in _OFFICIAL.items()):  # noqa: PLR2004 # rounding
        yield Flaw("red", text(paragraphs[0]), "页边距不是公文的上37、下35、左28、右26毫米")


def control(file: Opened, kind: DocumentKind) -> Iterator[Flaw]:
    """The control block, or the cover of the manual, with everything in it."""
    labels = _CONTROL.get(kind, ())
    if not labels:
        return
    front = "\n".join(text(cell) for table in list(file.tables)[:2] for cell in table.iter(f"{W}tc"))
    missing = [label for label in labels if label not in front.split("\n")]
    if missing:
        yield Flaw("control", short(front), f"文件控制栏没有{'、'.join(missing)}")
    if kind is DocumentKind.MANUAL and not any(text(each) == "修订记录" for each in file.paragraphs):
        yield Flaw("control", "", "没有修订记录")


def contents(file: Opened, kind: DocumentKind) -> Iterator[Flaw]:
    """A table of contents with an entry and a page for each heading, to be updated or already counted."""
    entries = [text(each) for each in file.paragraphs if file.style(each).startswith("TOC")]
    if kind is DocumentKind.MANUAL and not entries:
        yield Flaw("contents", "", "手册没有目录")
    if not entries:
        return
    heads = [text(each) for each in file.paragraphs if file.look(each).outline in ("0", "1")]
    if len(heads) != len(entries) or any(not said.partition(" ")[2 if " " in said else 0] for said in entries):
        yield Flaw("contents", "", f"目录有 {len(entries)} 条，标题有 {len(heads)} 个")
    pages = [re.search(r"\d+$", said) for said in entries]
    numbers = [int(page.group()) for page in pages if page]
    if len(numbers) < len(entries) or numbers != sorted(numbers):
        yield Flaw("contents", "", "目录的页码不全，或不是从小到大")
    for said, head in zip(entries, heads, strict=False):
        if head not in said:
            yield Flaw("contents", short(head), "和目录里的标题不一样")


def wide(file: Opened) -> Iterator[Flaw]:
    """Sections on their side on which nothing stands that is wide."""
    yield from (
        Flaw("section", short(text(section.blocks[0])), "横排的节里没有表")
        for section in file.sections
        if section.landscape and not _tabled(section)
    )


def _tabled(section: Section) -> bool:
    return any(block.tag == f"{W}tbl" for block in section.blocks)
