"""CN-02: what nobody finished, what a template or a word-changing tool left, revisions, colours, the firm's name."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from gbtool.model.document import DocumentKind
from gbtool.model.finding import Finding
from gbtool.model.piece import HIDDEN_SHEETS, FileRead, Grid, Piece, Spot
from gbtool.model.residue import Residue
from gbtool.screening.desk import Desk, Found, finding, marked, shortened
from gbtool.screening.folding import fold, unfolded
from gbtool.screening.marks import marks
from gbtool.structs import replace

RULE = "CN-02"
_FORMS = frozenset({DocumentKind.RECORD, DocumentKind.REGISTER})
_SILENT = frozenset({Spot.FIELD, Spot.DATA, Spot.AUTHOR, Spot.LINK, Spot.MACRO, Spot.EMBEDDED, Spot.EXTERNAL})
_AGAIN = frozenset({Spot.HIDDEN, Spot.INSERTED, Spot.DELETED, Spot.COLOURED, Spot.RESHAPED, Spot.BEFORE})
_EXEMPT_NAMES = ("rec-audit", "rec-training", "rec-review", "plan-", "report-", "svc-")
_EXAMPLE = re.compile(r"[（(](?:示例|虚构)[）)]")
_EXAMPLE_NAME = re.compile(r"公司|企业|机构|单位|有限")
_ALONE = frozenset({Spot.BODY, Spot.TABLE, Spot.CELL, Spot.BOX})
_BRACKETS = "（）()【】[]〔〕"
_AROUND = 4
_NEAR = 3
_FIRM = 4  # a firm's name of fewer signs is not looked for


def left_open(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """Everything in a file that was left open."""
    for found in chain(_in_texts(read, desk), _looks(read, desk), _cells(read, desk)):
        yield finding(desk, RULE, read, found)


def form(read: FileRead, desk: Desk) -> bool:
    """Whether a file is a blank form, where lines and hints are as they should be."""
    specification = desk.specification(read)
    return specification is not None and specification.kind in _FORMS


def _in_texts(read: FileRead, desk: Desk) -> Iterator[Found]:
    blank = form(read, desk)
    pieces = [piece for piece in read.pieces if piece.spot not in _SILENT and piece.spot not in _AGAIN]
    texts = [fold(piece.text) for piece in pieces]
    at = replace(desk, residue=_here(desk.residue, "\n".join(texts)))
    firm = () if _may_name_the_firm(read, desk) else _firm_names(desk)
    for piece, text in zip(pieces, texts, strict=True):
        yield from marks(piece, blank=blank)
        yield from _waiting(piece, text, at.residue, blank=blank)
        if not blank:
            yield from _copied(piece, text, at)
        yield from _wrong(piece, text, at.residue)
        yield from _firm(piece, text, firm)


def _here(residue: Residue, text: str) -> Residue:
    """Only the words that stand anywhere in a file, so that not every piece is asked for all of them."""
    return replace(
        residue,
        waiting=tuple(word for word in residue.waiting if fold(word) in text),
        own_only=tuple(word for word in residue.own_only if fold(word) in text),
        wrong=tuple(wrong for wrong in residue.wrong if fold(wrong.written) in text),
    )


def _waiting(piece: Piece, text: str, residue: Residue, *, blank: bool) -> Iterator[Found]:
    """Words that wait for somebody, one place each; width, case, blanks and invisible signs do not hide them."""
    fix = "写成真实的内容，或删去"
    for word in residue.waiting:
        if blank and word in residue.in_forms:
            continue
        for match in re.finditer(re.escape(fold(word)), text):
            first, last = unfolded(piece.text, *match.span())
            if not _inside(piece.text, first, last, word) and not _finished(text, match, residue):
                yield Found(f"还没有写完：{word}", fix, piece, marked(piece, first, last))
                break
    alone = text.strip(_BRACKETS)
    if not blank and piece.spot in _ALONE and any(alone == fold(word) for word in residue.waiting_alone):
        yield Found(f"还没有写完：{piece.text.strip()}", fix, piece)


def _inside(text: str, first: int, last: int, word: str) -> bool:
    """Whether a Latin word is part of a longer one."""
    around = f"{text[max(0, first - 1) : first]}{text[last : last + 1]}"
    return word.isascii() and any(sign.isascii() and sign.isalnum() for sign in around)


def _finished(text: str, match: re.Match[str], residue: Residue) -> bool:
    """Whether the word is part of one that means something else, such as 有待完善."""
    around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    return any(word in around for word in residue.finished)


def _copied(piece: Piece, text: str, desk: Desk) -> Iterator[Found]:
    """Words of examples that the client itself does not say; sure in brackets or as a company's name."""
    for word in desk.residue.own_only:
        for match in re.finditer(re.escape(fold(word)), text):
            first, last = unfolded(piece.text, *match.span())
            if not _said(piece.text, first, last, desk) and not _finished(text, match, desk.residue):
                message, fix = f"“{word}”像是别处抄来的", f"换成本{desk.facts.say('企业')}自己的内容"
                sure = _EXAMPLE_NAME.match(piece.text[last : last + 2]) or _bracketed(piece.text, first, last)
                yield Found(message, fix, piece, marked(piece, first, last), soft=not sure)


def _bracketed(text: str, first: int, last: int) -> bool:
    return first > 0 and text[first - 1] in "（(" and text[last : last + 1] in ("）", ")")


def _wrong(piece: Piece, text: str, residue: Residue) -> Iterator[Found]:
    for wrong in residue.wrong:
        at = text.find(fold(wrong.written))
        if at >= 0 and not (wrong.unless and fold(wrong.unless) in text):
            quote = marked(piece, *unfolded(piece.text, at, at + len(fold(wrong.written))))
            message = f"错词“{wrong.written}”，应当是“{wrong.meant}”"
            yield Found(message, "改正，并通读这一段：可能被换词工具改过", piece, quote, soft=wrong.soft)


def _said(text: str, first: int, last: int, desk: Desk) -> bool:
    """Whether the client itself says so: the word with what stands before or behind it is in the answers or ledger."""
    behind = fold(text[max(0, first - 1) : last + _NEAR]) if last + 1 < len(text) else ""
    before = fold(text[first - _NEAR : last + 1]) if first >= _NEAR else ""
    return any(part and part in desk.said for part in (behind, before))


def _may_name_the_firm(read: FileRead, desk: Desk) -> bool:
    return desk.for_consultants(read) or read.id.startswith(_EXEMPT_NAMES)


def _firm_names(desk: Desk) -> tuple[str, ...]:
    bare = (_EXAMPLE.sub("", name).strip() for name in (desk.firm.name, *desk.firm.also))
    return tuple(fold(name) for name in bare if len(name) >= _FIRM)


def _firm(piece: Piece, text: str, names: Iterable[str]) -> Iterator[Found]:
    for name in names:
        at = text.find(name)
        if at >= 0:
            quote = marked(piece, *unfolded(piece.text, at, at + len(name)))
            yield Found("有辅导机构的名称", "体系文件是客户自己的，去掉辅导机构", piece, quote)


def _ours(read: FileRead) -> frozenset[str]:
    """The sheets of a workbook that gbtool hid itself, as a property of the file says."""
    said = (piece.text for piece in read.pieces if piece.spot is Spot.CUSTOM and piece.name == HIDDEN_SHEETS)
    return frozenset(name for text in said for name in text.split("/"))


def _looks(read: FileRead, desk: Desk) -> Iterator[Found]:
    own, ours = desk.facts.client.name, _ours(read)
    for piece in read.pieces:
        if piece.spot is Spot.COMMENT:
            yield Found("留着批注", "处理完删去批注", piece)
        elif piece.spot in (Spot.INSERTED, Spot.DELETED):
            yield Found(f"留着{piece.spot}", "接受或拒绝修订", piece)
        elif piece.spot is Spot.RESHAPED:
            yield Found("留着格式、表格或段落的修订", "接受或拒绝修订", piece)
        elif piece.spot is Spot.HIDDEN and piece.name:
            yield Found(f"文字看不见（{piece.name}）", "显示出来核对，删去或改回正常的颜色、字号", piece, soft=True)
        elif piece.spot is Spot.HIDDEN:
            yield Found("有隐藏的文字", "显示出来核对，删去或取消隐藏", piece)
        elif piece.spot is Spot.SHEET and piece.name and piece.text not in ours:
            yield Found("有隐藏的工作表", "取消隐藏核对，不要的删去", piece, soft=True)
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
