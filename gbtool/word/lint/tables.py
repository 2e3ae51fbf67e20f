"""Tables: a grid that WPS reads, heads that are repeated, rows and signatures that no page break splits."""

import re
from collections.abc import Iterator

from lxml import etree

from gbtool.word import wordml
from gbtool.word.lint.opened import Flaw, Opened, Section, W, number, short, text, value

_BLANK_DAY = re.compile(r"年[\s　]+月[\s　]*日")
_HEADS = frozenset({"CellHead", "SmallHead", "NoticeCellHead", "FormLabel"})
_NUMBER = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+$")
_NARROWEST = 420  # twips: two characters of the smallest print with a cell's margins
_MOST_LINES = 16
_TOLERANCE = 2


def grids(file: Opened) -> Iterator[Flaw]:
    """Tables whose grid, cells and width differ, or that are wider than their page."""
    for section in file.sections:
        for table in (each for each in section.blocks if each.tag == f"{W}tbl"):
            yield from _grid(table, section)


def _grid(table: etree._Element, section: Section) -> Iterator[Flaw]:
    where = short(text(table))
    columns = [number(each, "w") for each in table.findall(f"{W}tblGrid/{W}gridCol")]
    total = table.find(f"{W}tblPr/{W}tblW")
    if total is None or total.get(f"{W}type") != "dxa" or number(total, "w") != sum(columns):
        yield Flaw("grid", where, "表格宽度不等于各列之和")
    if value(table, "tblPr/tblLayout") == "" and _layout(table) != "fixed":
        yield Flaw("grid", where, "列宽不固定")
    if sum(columns) > section.room + _TOLERANCE:
        yield Flaw("wide", where, "表格比版心宽")
    if columns and min(columns) < _NARROWEST:
        yield Flaw("narrow", where, "有一列窄得写不下两个字")
    for row in table.findall(f"{W}tr"):
        at = 0
        for cell in row.findall(f"{W}tc"):
            span = int(value(cell, "tcPr/gridSpan") or 1)
            width = cell.find(f"{W}tcPr/{W}tcW")
            if width is None or number(width, "w") != sum(columns[at : at + span]):
                yield Flaw("grid", short(text(cell)) or where, "单元格宽度不等于它占的列")
            at += span
        if at != len(columns):
            yield Flaw("grid", where, f"一行占 {at} 列，表有 {len(columns)} 列")


def _layout(table: etree._Element) -> str:
    found = table.find(f"{W}tblPr/{W}tblLayout")
    return str(found.get(f"{W}type", "")) if found is not None else ""


def rows(file: Opened) -> Iterator[Flaw]:
    """Rows that a page break may split, heads that are not repeated, tables that run into each other."""
    before = None
    for block in file.blocks:
        if block.tag == f"{W}tbl":
            where = short(text(block))
            if before is not None and before.tag == f"{W}tbl":
                yield Flaw("rows", where, "两张表连在一起，Word 会合并")
            yield from _rows(block, where, file)
        before = block


def _rows(table: etree._Element, where: str, file: Opened) -> Iterator[Flaw]:
    lines = table.findall(f"{W}tr")
    if any(row.find(f"{W}trPr/{W}cantSplit") is None for row in lines):
        yield Flaw("rows", where, "有一行会断在两页")
    cells = [cell for row in lines for cell in row.findall(f"{W}tc")]
    if any(len(cell) == 0 or cell[-1].tag != f"{W}p" for cell in cells):
        yield Flaw("rows", where, "单元格里没有段落")
    if len(lines) > 1 and _head(lines[0], file) and lines[0].find(f"{W}trPr/{W}tblHeader") is None:
        yield Flaw("head", where, "表头在下一页不重复")


def _head(row: etree._Element, file: Opened) -> bool:
    """Whether every cell of a row is a head that says something."""
    paragraphs = [cell.find(f"{W}p") for cell in row.findall(f"{W}tc")]
    return len(paragraphs) > 1 and all(p is not None and file.style(p) in _HEADS and text(p) for p in paragraphs)


def signatures(file: Opened) -> Iterator[Flaw]:
    """Rows to sign in that may part from each other, or from what they sign."""
    blocks = file.blocks
    for place, table in enumerate(blocks):
        if table.tag != f"{W}tbl":
            continue
        lines = table.findall(f"{W}tr")
        signed = [at for at, row in enumerate(lines) if _signed(row)]
        if not signed:
            continue
        together = lines[max(signed[0] - 1, 0) : signed[-1]]
        if not all(_kept(row, file) for row in together):
            yield Flaw("signatures", short(text(lines[signed[0]])), "签字栏会分在两页")
        above = blocks[place - 1] if place and signed[0] == 0 else None
        if above is not None and above.tag == f"{W}p" and not text(above) and place > 1:
            yield from _lead(above, blocks[place - 2], lines[signed[0]], file)


def _lead(gap: etree._Element, above: etree._Element, row: etree._Element, file: Opened) -> Iterator[Flaw]:
    """What stands right above the signatures keeps with them over the small gap between."""
    last = above.findall(f"{W}tr")[-1] if above.tag == f"{W}tbl" else above
    kept = _kept(last, file) if above.tag == f"{W}tbl" else file.look(above).keep
    if not kept or not file.look(gap).keep:
        yield Flaw("signatures", short(text(row)), "签字栏会单独在一页上")


def _signed(row: etree._Element) -> bool:
    """Whether a row waits for a signature: it says so, or has a role with a day to fill in."""
    said = [text(cell) for cell in row.findall(f"{W}tc")]
    return any(each.endswith("签名") or ("：" in each and _BLANK_DAY.search(each)) for each in said)


def _kept(row: etree._Element, file: Opened) -> bool:
    return all(file.look(paragraph).keep for paragraph in row.iter(f"{W}p"))


def columns(file: Opened) -> Iterator[Flaw]:
    """Columns too narrow for what stands in them: numbers that are broken, text in a tall thin strip."""
    for table in file.tables:
        for cell in table.iter(f"{W}tc"):
            width = cell.find(f"{W}tcPr/{W}tcW")
            paragraphs = cell.findall(f"{W}p")
            if width is None or not paragraphs:
                continue
            room = max(number(width, "w") - 170, 1)
            size = 180 if file.style(paragraphs[0]).startswith("Small") else 210
            said = [text(each) for each in paragraphs]
            tall = sum(max(-(-int(wordml.width_of(each) * size) // room), 1) for each in said)
            if any(_NUMBER.match(each) and wordml.width_of(each) * size > room * 1.15 for each in said):
                yield Flaw("narrow", short(said[0]), "编号在单元格里断开")
            elif tall > _MOST_LINES and room < 2000:  # noqa: PLR2004 # a strip of less than four centimetres
                yield Flaw("narrow", short(said[0]), f"单元格太窄，要 {tall} 行")
