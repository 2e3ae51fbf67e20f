"""A workbook in every place: cells with their formulas, names of sheets and ranges, comments, headers, prompts."""

import re
from collections.abc import Iterator

from lxml import etree

from gbtool.model.piece import Piece, Spot, TroubleKind
from gbtool.structs import Mutable, field
from gbtool.word.pieces.archive import unreadable
from gbtool.word.pieces.names import R, S, local
from gbtool.word.pieces.parts import attributes

MOST_CELLS = 400_000
_MOST_STRINGS = 400_000
_PICTURE_CODE = re.compile(r"&[LCRPNDTFAGBIUEXYS]|&\"[^\"]*\"|&\d+|&K[0-9A-Fa-f]{6}")
_STATES = {"hidden": "（隐藏）", "veryHidden": "（深度隐藏）"}
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")
_LINKED = ("display", "tooltip", "location")
_BOOKS = ("fileSharing", "customWorkbookView", "workbookPr", "smartTagType")
_BLOCKS = {
    "dataValidation": "输入提示",
    **dict.fromkeys(("formula1", "formula2", "f"), "数据有效性"),
    "hyperlink": "链接",
}


class Workbook(Mutable):
    """Texts that cells share, the names of sheets by relationship, and how many cells were read."""

    strings: list[str] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    cells: int = 0
    used: set[int] = field(default_factory=set)

    def shared(self, root: etree._Element, part: str) -> None:
        """Take in the texts that cells share.

        Raises:
            Unreadable: there are too many.
        """
        for item in root.iter(f"{S}si"):
            self.strings.append(_text(item))
            if len(self.strings) > _MOST_STRINGS:
                raise unreadable(TroubleKind.TOO_LARGE, f"里面的 {part} 文字太多，没有查")

    def book(self, root: etree._Element, part: str) -> Iterator[Piece]:
        """The names of sheets and what somebody defined."""
        for sheet in root.iter(f"{S}sheet"):
            name = sheet.get("name", "")
            state = _STATES.get(sheet.get("state", ""), "")
            self.sheets[sheet.get(f"{R}id", "")] = f"{name}{state}"
            yield Piece(name, Spot.SHEET, f"工作表名{state}", part, name=state)
        for defined in root.iter(f"{S}definedName"):
            where = f"定义的名称“{defined.get('name', '')}”"
            yield Piece(defined.get("name", ""), Spot.DATA, where, part)
            if defined.text:
                yield Piece(defined.text, Spot.DATA, where, part)
        for element in root.iter(*(f"{S}{name}" for name in _BOOKS)):
            yield from attributes(element, part, "工作簿设置", own=True)

    def sheet(self, root: etree._Element, part: str, name: str) -> Iterator[Piece]:
        """Cells, formulas, headers, footers, prompts of a sheet.

        Raises:
            Unreadable: there are too many cells.
        """
        where = f"工作表“{name}”"
        for number, cell in enumerate(root.iter(f"{S}c")):
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise unreadable(TroubleKind.TOO_LARGE, f"单元格超过 {MOST_CELLS} 个，没有查完", "拆成几个文件再查")
            yield from self._cell(cell, part, where, number)
        for side in root.iter(f"{S}headerFooter"):
            for element in side:
                text = _PICTURE_CODE.sub("", element.text or "")
                spot = Spot.FOOTER if "Footer" in local(element.tag) else Spot.HEADER
                yield Piece(text, spot, f"{where}的{spot}", part)
        yield from self._around(root, part, where)

    def _around(self, root: etree._Element, part: str, where: str) -> Iterator[Piece]:
        """What a sheet holds beside its cells: prompts, lists to choose from, rules, links, filters, extensions."""
        for block in root:
            if block.tag in (f"{S}sheetData", f"{S}headerFooter"):
                continue
            for element in block.iter(etree.Element):
                name = local(element.tag)
                label = f"{where}的{_BLOCKS.get(name, '设置')}"
                if name == "dataValidation":
                    text = "\n".join(element.get(key, "") for key in _PROMPTS if element.get(key))
                    yield Piece(text, Spot.ALT, label, part)
                elif name == "hyperlink":
                    texts = (element.get(key, "") for key in _LINKED)
                    yield from (Piece(text, Spot.ALT, label, part) for text in texts if text)
                else:
                    yield from attributes(element, part, label)
                if element.text and element.text.strip():
                    yield Piece(element.text, Spot.FIELD, label, part)

    def _cell(self, cell: etree._Element, part: str, where: str, number: int) -> Iterator[Piece]:
        at = f"{where}{cell.get('r', '')}"
        kind = cell.get("t", "")
        value, formula = cell.find(f"{S}v"), cell.find(f"{S}f")
        text = (value.text or "") if value is not None else ""
        if kind == "s":
            text = self._shared(text)
        elif kind == "inlineStr":
            inline = cell.find(f"{S}is")
            text = _text(inline) if inline is not None else ""
        if text.strip():
            yield Piece(text, Spot.CELL, at, part, number)
        if formula is not None and formula.text:
            yield Piece(formula.text, Spot.FIELD, f"{at}的公式", part, number)

    def _shared(self, number: str) -> str:
        if not (number.isascii() and number.isdigit() and int(number) < len(self.strings)):
            return ""
        self.used.add(int(number))
        return self.strings[int(number)]

    def unused(self) -> Iterator[Piece]:
        """Texts that no cell shows any more, but that still stand in the file."""
        for number, text in enumerate(self.strings):
            if number not in self.used and text.strip():
                yield Piece(text, Spot.DATA, "没有单元格用到的文字", "xl/sharedStrings.xml")

    def comments(self, root: etree._Element, part: str) -> Iterator[Piece]:
        """Comments and who wrote them."""
        for author in root.iter(f"{S}author"):
            yield Piece(author.text or "", Spot.AUTHOR, "批注的作者", part)
        for number, comment in enumerate(root.iter(f"{S}comment")):
            yield Piece(_text(comment), Spot.COMMENT, f"{comment.get('ref', '')}的批注", part, number)


def _text(element: etree._Element) -> str:
    """The words of a string without the reading that may stand above them."""
    above = {each for reading in element.iter(f"{S}rPh") for each in reading.iter(f"{S}t")}
    return "".join(each.text or "" for each in element.iter(f"{S}t") if each not in above)
