"""CN-02: what nobody finished, what a template or a word-changing tool left, revisions, colours, the firm's name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from gbtool.model.document import DocumentKind
from gbtool.model.finding import Finding
from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.model.residue import Residue
from gbtool.screening.desk import Desk, Found, finding, marked, shortened
from gbtool.screening.folding import fold

RULE = "CN-02"
SHOWN = 20  # places of one kind in one file
_FORMS = frozenset({DocumentKind.RECORD, DocumentKind.REGISTER})
_SILENT = frozenset({Spot.FIELD, Spot.DATA, Spot.AUTHOR, Spot.LINK, Spot.MACRO, Spot.EMBEDDED, Spot.EXTERNAL})
_AGAIN = frozenset({Spot.HIDDEN, Spot.INSERTED, Spot.DELETED, Spot.COLOURED, Spot.BEFORE})
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{\{|\}\}|\{%|%\}", re.DOTALL)
_CROSSES = re.compile(
    r"(?<![A-Za-z0-9Ａ-Ｚ×\-])(?:[XxＸｘ]{2,}|[×]{2,}|[＊*]{3,})(?![A-Za-z0-9])|[XxＸｘ×]{2,}(?=[-—–]IPM)"
)
_SOMEBODY = re.compile(r"某某|某公司某|[甲乙]某某")
_BRACKETS = re.compile(r"【[^】]{0,40}】")
_LINES = re.compile(r"[_＿]{3,}")
_SIGNED = re.compile(r"签字|签名|盖章|签收|日期|[年月日]|√|□|☐")
_NUMBERING = re.compile(r"编号规则|编码规则|编号方法|编号格式|顺序号|流水号|代号")
_MARKS = (
    (_JINJA, "模板的标记没有填上", "重新生成，或把这里写成真实的内容", True),
    (_CROSSES, "占位的叉没有换成真实的内容", "写成真实的内容；产品型号里的除外", False),
    (_SOMEBODY, "“某某”没有换成真实的内容", "写成真实的内容", False),
    (_BRACKETS, "【】里的提示没有换成真实的内容", "写成真实的内容，去掉【】", False),
    (_LINES, "留着空的横线", "填上，或删去这一句", False),
)
_EXEMPT_NAMES = ("rec-audit", "rec-training", "rec-review", "plan-", "report-", "svc-")
_EXAMPLE = re.compile(r"[（(](?:示例|虚构)[）)]")
_NEAR = 3
_FIRM = 4  # a firm's name of fewer signs is not looked for


def left_open(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """Everything in a file that was left open, each kind shown so many times."""
    for found in _bounded((*_in_texts(read, desk), *_looks(read, desk), *_cells(read, desk))):
        yield finding(desk, RULE, read, found)


def _bounded(found: Iterable[Found]) -> Iterator[Found]:
    told: dict[str, int] = {}
    last: dict[str, Found] = {}
    for each in found:
        told[each.message] = told.get(each.message, 0) + 1
        last[each.message] = each
        if told[each.message] <= SHOWN:
            yield each
    for message, count in told.items():
        if count > SHOWN:
            yield Found(f"{message}，另有 {count - SHOWN} 处", last[message].fix, soft=last[message].soft)


def form(read: FileRead, desk: Desk) -> bool:
    """Whether a file is a blank form, where lines and hints are as they should be."""
    specification = desk.specification(read)
    return specification is not None and specification.kind in _FORMS


def _in_texts(read: FileRead, desk: Desk) -> Iterator[Found]:
    blank = form(read, desk)
    pieces = [piece for piece in read.pieces if piece.spot not in _SILENT and piece.spot not in _AGAIN]
    here = _here(desk.residue, "\n".join(piece.text for piece in pieces))
    at = replace(desk, residue=here)
    firm = not _may_name_the_firm(read, desk)
    for piece in pieces:
        yield from _marks(piece, blank=blank)
        yield from _words(piece, at, blank=blank)
        if firm:
            yield from _firm(piece, desk)


def _here(residue: Residue, text: str) -> Residue:
    """Only the words that stand anywhere in a file, so that not every piece is asked for all of them."""
    return replace(
        residue,
        waiting=tuple(word for word in residue.waiting if word in text),
        own_only=tuple(word for word in residue.own_only if word in text),
        wrong=tuple(wrong for wrong in residue.wrong if wrong.written in text),
    )


def _marks(piece: Piece, *, blank: bool) -> Iterator[Found]:
    for pattern, message, fix, always in _MARKS:
        if blank and not always:
            continue
        for match in pattern.finditer(piece.text):
            if always or not _excused(pattern, piece.text):
                yield Found(message, fix, piece, marked(piece, *match.span()))


def _excused(pattern: re.Pattern[str], text: str) -> bool:
    if pattern is _LINES:
        return bool(_SIGNED.search(text))
    return pattern is _CROSSES and bool(_NUMBERING.search(text))


def _words(piece: Piece, desk: Desk, *, blank: bool) -> Iterator[Found]:
    residue, text = desk.residue, piece.text
    for word in residue.waiting:
        at = text.find(word)
        if at >= 0 and not (blank and word in residue.in_forms) and not _inside(text, at, word):
            quote = marked(piece, at, at + len(word))
            yield Found(f"还没有写完：{word}", "写成真实的内容，或删去", piece, quote)
    for word in residue.own_only:
        for match in re.finditer(re.escape(word), text):
            if not blank and not _said(text, match.start(), match.end(), desk):
                quote = marked(piece, *match.span())
                yield Found(f"“{word}”像是别处抄来的", "换成本企业自己的内容", piece, quote)
    for wrong in residue.wrong:
        at = text.find(wrong.written)
        if at >= 0 and not (wrong.unless and wrong.unless in text):
            quote = marked(piece, at, at + len(wrong.written))
            message = f"错词“{wrong.written}”，应当是“{wrong.meant}”"
            yield Found(message, "改正，并通读这一段：可能被换词工具改过", piece, quote, soft=wrong.soft)


def _inside(text: str, at: int, word: str) -> bool:
    """Whether a Latin word is part of a longer one."""
    around = f"{text[at - 1 : at]}{text[at + len(word) : at + len(word) + 1]}"
    return word.isascii() and any(sign.isascii() and sign.isalnum() for sign in around)


def _said(text: str, first: int, last: int, desk: Desk) -> bool:
    """Whether the client itself says so: the word with what stands before or behind it is in the answers or ledger."""
    behind = fold(text[max(0, first - 1) : last + _NEAR]) if last + 1 < len(text) else ""
    before = fold(text[first - _NEAR : last + 1]) if first >= _NEAR else ""
    return any(part and part in desk.said for part in (behind, before))


def _may_name_the_firm(read: FileRead, desk: Desk) -> bool:
    return desk.for_consultants(read) or read.id.startswith(_EXEMPT_NAMES)


def _firm(piece: Piece, desk: Desk) -> Iterator[Found]:
    for name in (desk.firm.name, *desk.firm.also):
        bare = _EXAMPLE.sub("", name).strip()
        at = piece.text.find(bare) if len(bare) >= _FIRM else -1
        if at >= 0:
            quote = marked(piece, at, at + len(bare))
            yield Found("有辅导机构的名称", "体系文件是企业自己的，去掉辅导机构", piece, quote)


def _looks(read: FileRead, desk: Desk) -> Iterator[Found]:
    own = desk.facts.client.name
    for piece in read.pieces:
        if piece.spot is Spot.COMMENT:
            yield Found("留着批注", "处理完删去批注", piece)
        elif piece.spot in (Spot.INSERTED, Spot.DELETED):
            yield Found(f"留着{piece.spot}", "接受或拒绝修订", piece)
        elif piece.spot is Spot.HIDDEN:
            yield Found("有隐藏的文字", "显示出来核对，删去或取消隐藏", piece)
        elif piece.spot is Spot.COLOURED and piece.text.strip().removesuffix("文件") != own:
            yield Found(f"文字带{piece.name}，像是提示", "核对内容，去掉颜色", piece, soft=True)


def _cells(read: FileRead, desk: Desk) -> Iterator[Found]:
    if form(read, desk) or desk.for_consultants(read):
        return
    for grid in read.grids:
        yield from _columns(grid, desk)
        yield from _labels(grid, desk)


def _columns(grid: Grid, desk: Desk) -> Iterator[Found]:
    head = grid.rows[0] if grid.rows else ()
    needed = [at for at, name in enumerate(head) if _flat(name) in desk.residue.needed_columns]
    for number, row in enumerate(grid.rows[1:], 2):
        if len(row) != len(head) or sum(bool(cell.strip()) for cell in row) <= 1:
            continue
        for at in needed:
            if not row[at].strip():
                where = Piece(" ".join(row), Spot.TABLE, f"{grid.where}第{number}行第{at + 1}列")
                yield Found(f"“{_flat(head[at])}”一格空着", "填上", where, f"{shortened(where.text)}（这一格空着）")


def _labels(grid: Grid, desk: Desk) -> Iterator[Found]:
    for number, row in enumerate(grid.rows, 1):
        for at, (label, value) in enumerate(pairwise(row), 1):
            if _flat(label) in desk.residue.needed_labels and not value.strip():
                where = Piece(label, Spot.TABLE, f"{grid.where}第{number}行第{at + 1}列")
                yield Found(f"“{_flat(label)}”没有填", "填上", where, f"{_flat(label)}（空着）")


def _flat(text: str) -> str:
    return re.sub(r"[\s：:]", "", text)
