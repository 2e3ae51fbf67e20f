"""CN-15, CN-16, CN-18, CN-24: what frames a document: number, version, pages, signatures, the mark of secrecy."""

import re
from collections.abc import Iterator

from gbtool.model.document import DocumentKind, Specification
from gbtool.model.piece import FileRead, Spot
from gbtool.screening.desk import Desk, Found, Seen, finding, shortened
from gbtool.screening.folding import fold

SIGNED, FORM, SECRET, SIDES = "CN-15", "CN-16", "CN-18", "CN-24"
_CONTROLLED = frozenset({DocumentKind.MANUAL, DocumentKind.SYSTEM, DocumentKind.PROCEDURE, DocumentKind.FLOW})
_FORMS = frozenset({DocumentKind.RECORD, DocumentKind.REGISTER})
_PAPERS = _CONTROLLED | _FORMS | {DocumentKind.PLAN, DocumentKind.REPORT}
_PAGES = re.compile(r"第\s*\S{0,4}\s*页.*共\s*\S{0,4}\s*页|\d+\s*/\s*\d+", re.DOTALL)
_LINE = re.compile(r"(.+?)\s*\t\s*(\d{1,5})\s*$", re.ASCII)
_SIGNS = ("编制", "审核", "批准")
_NUMBER = re.compile(r"[A-Z]{2,4}-(?:IPM|FW)(?:-[A-Z0-9]+)+")


def frames(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """What frames a document that gbtool knows."""
    specification = desk.specification(read)
    if specification is None or desk.for_consultants(read):
        return
    if specification.kind in _PAPERS:
        yield from _head(read, specification, desk)
        yield from _foot(read, desk)
    yield from _signatures(read, specification, desk)
    yield from _secrecy(read, desk)


def contents(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """A table of contents tells headings that stand in the file, on pages that follow one another; else it is old."""
    fields = {
        (piece.part, piece.number) for piece in read.pieces if piece.spot is Spot.FIELD and "PAGEREF" in piece.text
    }
    lines = [(piece, _LINE.match(piece.text)) for piece in read.pieces if (piece.part, piece.number) in fields]
    headings = tuple({fold(piece.text) for piece in read.pieces if piece.heading} - {""})
    page, printed = 0, desk.printed.get(read.path, {})
    for piece, line in lines:
        if line is None or piece.spot is not Spot.BODY:
            continue
        yield SIDES
        message = ""
        if not fold(line[1]).endswith(headings):
            message = f"目录里的“{line[1].strip()}”正文里没有这个标题"
        elif int(line[2]) < page:
            message = f"目录里“{line[1].strip()}”的页码 {line[2]} 比前一条的 {page} 小"
        elif printed.get(fold(line[1]), int(line[2])) != int(line[2]):
            message = f"目录里“{line[1].strip()}”写第 {line[2]} 页，PDF 里在第 {printed[fold(line[1])]} 页"
        page = int(line[2])
        if message:
            yield finding(
                desk, SIDES, read, Found(message, "更新目录：全选，按 F9", piece, shortened(piece.text), soft=True)
            )


def _said(read: FileRead, *spots: Spot) -> str:
    return "\n".join(piece.text for piece in read.pieces if piece.spot in spots)


def _head(read: FileRead, specification: Specification, desk: Desk) -> Iterator[Seen]:
    """The number and version in header or footer are those of the list."""
    rule = FORM if specification.kind in _FORMS else SIDES
    number = next((number for number, each in desk.numbers.items() if each.id == read.id), "")
    yield rule
    sides = _said(read, Spot.HEADER, Spot.FOOTER)
    cited = set(_NUMBER.findall(sides))
    if not number:
        return
    if desk.record(read).startswith(f"{number}-"):
        return  # a filled form carries the number of its record, and the version on which it was filled
    if cited and number not in cited:
        message = f"页眉页脚里的编号是 {'、'.join(sorted(cited))}，这份文件是 {number}"
        yield finding(desk, rule, read, Found(message, "改成这份文件的编号"))
    elif number not in sides:
        yield finding(desk, rule, read, Found(f"页眉页脚里没有文件编号 {number}", "补上编号和版本", soft=True))
    version = _version(read, desk)
    if version and number in sides and version not in sides:
        yield finding(desk, rule, read, Found(f"页眉页脚里没有版本 {version}", "改成现行的版本"))


def _version(read: FileRead, desk: Desk) -> str:
    document = desk.facts.document(read.id)
    return document.version if document else ""


def _foot(read: FileRead, desk: Desk) -> Iterator[Seen]:
    yield SIDES
    sides = _said(read, Spot.HEADER, Spot.FOOTER)
    fields = " ".join(piece.text for piece in read.pieces if piece.spot is Spot.FIELD)
    if not _PAGES.search(sides) and not ("PAGE" in fields and "NUMPAGES" in fields):
        yield finding(desk, SIDES, read, Found("没有“第X页共Y页”", "在页脚插入页码和总页数", soft=True))


def _signatures(read: FileRead, specification: Specification, desk: Desk) -> Iterator[Seen]:
    text = _said(read, Spot.TABLE, Spot.BODY)
    if specification.kind in _CONTROLLED:
        needed: tuple[str, ...] = _SIGNS
    else:
        needed = (
            tuple(map(specification.fields.label, specification.fields.sign)) if specification.kind in _FORMS else ()
        )
    if needed:
        yield SIGNED
    missing = [sign for sign in needed if sign not in text]
    if missing:
        yield finding(desk, SIGNED, read, Found(f"没有签名的地方：{'、'.join(missing)}", "补上签名栏，留空待签"))


def _secrecy(read: FileRead, desk: Desk) -> Iterator[Seen]:
    if read.id in desk.agreement.confidential:
        yield SECRET
        text = _said(read, Spot.TABLE, Spot.BODY, Spot.HEADER, Spot.FOOTER)
        if not any(word in text for word in desk.agreement.secrecy_words):
            yield finding(desk, SECRET, read, Found("没有密级", "写上密级，按密级保管"))
