"""A workbook in every place: cells with their formulas, names of sheets and ranges, comments, headers, prompts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gbtool.model.piece import Piece, Spot, TroubleKind
from gbtool.word.pieces.archive import unreadable
from gbtool.word.pieces.names import R, S, local

MOST_CELLS = 400_000
_MOST_STRINGS = 400_000
_PICTURE_CODE = re.compile(r"&[LCRPNDTFAGBIUEXYS]|&\"[^\"]*\"|&\d+|&K[0-9A-Fa-f]{6}")
_STATES = {"hidden": "（隐藏）", "veryHidden": "（深度隐藏）"}
_PROMPTS = ("promptTitle", "prompt", "errorTitle", "error")


@dataclass(slots=True)
class Workbook:
    """Texts that cells share, the names of sheets by relationship, and how many cells were read."""

    strings: list[str] = field(default_factory=list)
    sheets: dict[str, str] = field(default_factory=dict)
    cells: int = 0

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
            yield Piece(name, Spot.SHEET, f"工作表名{state}", part)
        for defined in root.iter(f"{S}definedName"):
            where = f"定义的名称“{defined.get('name', '')}”"
            yield Piece(defined.get("name", ""), Spot.DATA, where, part)
            if defined.text:
                yield Piece(defined.text, Spot.DATA, where, part)

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
        for rule in root.iter(f"{S}dataValidation"):
            text = "\n".join(rule.get(key, "") for key in _PROMPTS if rule.get(key))
            yield Piece(text, Spot.ALT, f"{where}的输入提示", part)
            for formula in rule:
                yield Piece(formula.text or "", Spot.FIELD, f"{where}的数据有效性", part)

    def _cell(self, cell: etree._Element, part: str, where: str, number: int) -> Iterator[Piece]:
        at = f"{where}{cell.get('r', '')}"
        kind = cell.get("t", "")
        value, formula = cell.find(f"{S}v"), cell.find(f"{S}f")
        text = (value.text or "") if value is not None else ""
        if kind == "s":
            text = (
                self.strings[int(text)] if text.isascii() and text.isdigit() and int(text) < len(self.strings) else ""
            )
        elif kind == "inlineStr":
            inline = cell.find(f"{S}is")
            text = _text(inline) if inline is not None else ""
        if text.strip():
            yield Piece(text, Spot.CELL, at, part, number)
        if formula is not None and formula.text:
            yield Piece(formula.text, Spot.FIELD, f"{at}的公式", part, number)

    def comments(self, root: etree._Element, part: str) -> Iterator[Piece]:
        """Comments and who wrote them."""
        for author in root.iter(f"{S}author"):
            yield Piece(author.text or "", Spot.AUTHOR, "批注的作者", part)
        for number, comment in enumerate(root.iter(f"{S}comment")):
            yield Piece(_text(comment), Spot.COMMENT, f"{comment.get('ref', '')}的批注", part, number)


def _text(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{S}t"))
