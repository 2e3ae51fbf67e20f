"""What no page break may part: a heading and its text, a lead and its list, signatures and what they sign."""

import re
from collections.abc import Sequence

from gbtool.word import wordml

_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"/>')
_BLANK_DAY = re.compile(r"年[\s　]+月[\s　]*日")
_KEEP = "<w:keepNext/>"
_FREE = '<w:keepNext w:val="0"/>'
_SIGNS = frozenset({"Sign", "NoticeSign", "TightSign"})
_CLAUSE = re.compile(r'<w:p><w:pPr><w:pStyle w:val="Manual(?:Chapter|Clause)"/>')
_TEXTS = frozenset({"Body", "Item", "NoticeBody", "NoticeItem", "TightBody", "TightItem"})
_GAP = wordml.empty("Cell")


def together(body: str) -> str:
    """The body with what belongs together kept on one page, and some air between a table and what follows it."""
    blocks: list[str] = []
    position = 0
    for start, end in wordml.spans(body, "tbl"):
        if start > position:
            blocks.append(body[position:start])
        blocks.append(body[start:end])
        position = end
    return "".join((*_kept(blocks), body[position:]))


def own_pages(body: str) -> str:
    """The body of a manual in which every clause that is signed has a page for itself."""
    starts = [match.start() for match in _CLAUSE.finditer(body)]
    pieces = [body[at:end] for at, end in zip(starts, [*starts[1:], len(body)], strict=False)]
    signed = [any(f'"{style}"' in piece for style in _SIGNS) for piece in pieces]
    result = body[: starts[0]] if starts else body
    for place, piece in enumerate(pieces):
        alone = signed[place] or (place > 0 and signed[place - 1])
        clause = piece.startswith('<w:p><w:pPr><w:pStyle w:val="ManualClause"/>')
        result += _STYLE.sub(r"\g<0><w:pageBreakBefore/>", piece, count=1) if alone and clause else piece
    return result


def _kept(blocks: list[str]) -> list[str]:
    """The blocks, read from the end: each may bind the one before it."""
    result: list[str] = []
    binds, after = False, ""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if block.startswith("<w:tbl>"):
            if after.startswith("<w:tbl>"):  # programs make one table of neighbours
                result.append(kept(_GAP) if binds else _GAP)
            table, binds = _table(block, binds=binds)
            result.append(table)
        elif block.startswith("<w:p>"):
            printed, binds = _paragraph(block, style_of(block), after, binds=binds)
            result.append(_aired(printed, blocks, place, after))
        else:
            result.append(block)
            continue
        after = block
    return result[::-1]


def _paragraph(block: str, style: str, after: str, *, binds: bool) -> tuple[str, bool]:
    """A paragraph, kept with what comes after it or not; whether it binds what stands before it."""
    if style in _SIGNS:
        return block if style_of(after) in _SIGNS else _with(block, _FREE), True
    if style == "Caption":
        return _with(block, _FREE), True
    if style == "Drawing":  # its caption stands below; LibreOffice parts them above
        return _with(block, _KEEP) if style_of(after) == "Caption" else block, True
    if not binds and "：" not in block:
        return block, False
    text = wordml.said(block).rstrip()
    if not (binds or text.endswith("：")) or _turns(block):
        return block, False
    return _with(block, _KEEP), binds and not text


def _aired(block: str, blocks: Sequence[str], place: int, after: str) -> str:
    """A paragraph of text with some air over it below a table, and under it above one."""
    under, over = after.startswith("<w:tbl>"), _below_table(blocks, place)
    if not (under or over) or style_of(block) not in _TEXTS or "<w:spacing" in block:
        return block
    air = f'<w:spacing w:before="{120 * over}" w:after="{80 * under}"/>'
    return block.replace("</w:pPr>", f"{air}</w:pPr>", 1)


def _below_table(blocks: Sequence[str], place: int) -> bool:
    """Whether the next paragraph or table above is a table."""
    for at in range(place - 1, -1, -1):
        if blocks[at].startswith(("<w:p>", "<w:tbl>")):
            return blocks[at].startswith("<w:tbl>")
    return False


def _turns(block: str) -> bool:
    """Whether a page or a section ends with a paragraph."""
    return "<w:sectPr" in block or 'w:type="page"' in block


def style_of(block: str) -> str:
    """The style of a paragraph, empty for what is none."""
    found = _STYLE.search(block) if block.startswith("<w:p>") else None
    return found.group(1) if found else ""


def _with(block: str, keep: str) -> str:
    return block if keep in block else _STYLE.sub(lambda found: found.group() + keep, block, count=1)


def may_be_signed(xml: str) -> bool:
    """Whether a row, or any of a table, may wait for a signature."""
    return "签名</w:t>" in xml or ("：" in xml and "年" in xml)


def _signed(row: str) -> bool:
    """Whether a row waits for a signature: it says so, or has a role with a day to fill in."""
    if "签名</w:t>" in row:
        return True
    text = wordml.said(row) if "：" in row and "年" in row else ""
    return bool(_BLANK_DAY.search(text)) and "：" in text


def _table(table: str, *, binds: bool) -> tuple[str, bool]:
    """A table whose rows to sign keep with each other and the row above; whether it binds what stands before it.

    Where what comes after must not stand alone (`binds`), its last row is kept too.
    """
    if not may_be_signed(table):
        above, begins, end = table.rpartition("<w:tr>")
        return (f"{above}{begins}{kept(end)}" if binds and begins else table), False
    lead, *rows = table.split("<w:tr>")
    signed = [at for at, row in enumerate(rows) if _signed(row)]
    last = len(rows) - 1
    keeps = (
        {*range(max(signed[0] - 1, 0), signed[-1]), *([last] if binds else [])}
        if signed
        else {last}
        if binds
        else set()
    )
    lines = (kept(row) if at in keeps else row for at, row in enumerate(rows))
    return "<w:tr>".join((lead, *lines)), signed[:1] == [0]


def kept(xml: str) -> str:
    """Every paragraph kept with the next."""
    return _STYLE.sub(lambda found: found.group() + _KEEP, xml)
