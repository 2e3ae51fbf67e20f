"""CN-06, CN-07, CN-08: numbers and titles that files cite exist, belong together, and apply to this client."""

import re
from collections.abc import Iterable, Iterator

from gbtool.model.agreement import Catalogued
from gbtool.model.document import DocumentKind
from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.screening.desk import Desk, Found, Seen, finding, marked, shortened

RULE, LISTED, NOT_APPLICABLE = "CN-06", "CN-07", "CN-08"
_READ = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.HEADER, Spot.FOOTER, Spot.FOOTNOTE, Spot.CELL})
_NUMBERS = frozenset({"编号", "文件编号", "表单编号", "记录编号"})
_TITLES = frozenset({"名称", "文件名称", "表单名称", "记录名称", "题名"})
_RECORD = re.compile(r"-\d{3}$")
_VERSION = re.compile(r"\s*[（(，,]?\s*(?:版本[:：]?\s*)?([A-Z]/\d{1,2})(?!\d)")
_PAST = re.compile(r"代替|作废|旧版|原版|改为|换版|修订|更改|曾|由.{0,12}到")
_CLAUSES = ("条款",)
_PROCEDURES = ("文件", "程序")
_RECORDS = ("记录", "表单")
_PATTERN = re.compile(r"-(?:X{2,}|Y{2,}|N{2,}|[XYN]+\d?)(?:-|$)")
_SPACE = re.compile(r"[\s《》]")
_CITED = re.compile(r"(?<![A-Z0-9\-])[A-Z0-9]{2,8}-IPM(?:-[A-Z0-9]+)+")
_FORMS = frozenset({DocumentKind.RECORD, DocumentKind.REGISTER})
_CITING = frozenset({DocumentKind.MANUAL, DocumentKind.SYSTEM, DocumentKind.PROCEDURE, DocumentKind.FLOW})


def references(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """Every number of the client's own in a file."""
    code = desk.facts.client.code
    if not (code and desk.numbers):
        return
    pattern = re.compile(
        rf"(?:《([^《》]{{2,60}})》\s*[（(]\s*)?(?<![A-Z0-9\-])({re.escape(code)}-IPM(?:-[A-Z0-9]+)+)(?![A-Z0-9])"
    )
    told: set[str] = set()
    for piece in read.pieces:
        if piece.spot in _READ and code in piece.text:
            for match in pattern.finditer(piece.text):
                yield from _reference(match, piece, read, desk, told)
    for grid in read.grids:
        yield from _listed(grid, read, desk)


def _reference(match: re.Match[str], piece: Piece, read: FileRead, desk: Desk, told: set[str]) -> Iterator[Seen]:
    yield RULE
    title, number = match[1] or "", match[2]
    known = desk.numbers.get(number)
    quote = marked(piece, *match.span(2))
    if known is None:
        found = _unknown(number, desk)
        if found and number not in told:
            told.add(number)
            rule, message, fix = found
            yield finding(desk, rule, read, Found(message, fix, piece, quote))
        return
    yield from _outdated(match, piece, read, desk)
    if not known.applies and number not in told:
        told.add(number)
        message = f"引用了这家客户不用的文件 {number}《{known.titles[0]}》"
        yield finding(desk, NOT_APPLICABLE, read, Found(message, "删去这处引用，或核对业务条件", piece, quote))
    if title and not _same(title, known):
        message = f"{number} 的名称不是《{title}》"
        yield finding(desk, RULE, read, Found(message, f"是《{known.titles[0]}》", piece, quote))


def _outdated(match: re.Match[str], piece: Piece, read: FileRead, desk: Desk) -> Iterator[Seen]:
    """A document cited by a version that is not the one in force; what tells of the past, and its own head, may."""
    if piece.spot in (Spot.HEADER, Spot.FOOTER):
        return
    version = _VERSION.match(piece.text, match.end())
    document = next((each for each in desk.facts.documents if each.number == match[2]), None)
    if version and document and version[1] != document.version and not _PAST.search(piece.text):
        message = f"{match[2]} 引用的是 {version[1]} 版，现在是 {document.version}"
        found = Found(
            message,
            "改为现行的版本；说的是以前的事就写明",
            piece,
            marked(piece, match.start(2), version.end()),
            soft=True,
        )
        yield finding(desk, RULE, read, found)


def _unknown(number: str, desk: Desk) -> tuple[str, str, str] | None:
    """What is wrong with a number that is on no list: a record that the ledger lacks, or nothing at all.

    A number with crosses in it explains how numbers are made.
    """
    if _PATTERN.search(number):
        return None
    base = _RECORD.sub("", number)
    if base != number and base in desk.numbers:
        if number in desk.records:
            return None
        return RULE, f"引用的记录 {number} 不在台账里", "核对编号，或补登这份记录"
    return RULE, f"引用的文件编号 {number} 不存在", "核对编号：gbtool generate --dry-run"


def _same(title: str, known: Catalogued) -> bool:
    return _SPACE.sub("", title) in {_SPACE.sub("", each) for each in known.titles}


def _listed(grid: Grid, read: FileRead, desk: Desk) -> Iterator[Seen]:
    """Rows of a list that give a number and a title which do not belong together."""
    head = [_SPACE.sub("", cell) for cell in grid.rows[0]] if grid.rows else []
    number_at = next((at for at, name in enumerate(head) if name in _NUMBERS), None)
    title_at = next((at for at, name in enumerate(head) if name in _TITLES), None)
    if number_at is None or title_at is None:
        return
    for row_number, row in enumerate(grid.rows[1:], 2):
        known = desk.numbers.get(row[number_at].strip()) if len(row) == len(head) else None
        if known and row[title_at].strip() and not _same(row[title_at], known):
            where = Piece(" ".join(row), Spot.TABLE, f"{grid.where}第{row_number}行")
            message = f"{row[number_at].strip()} 的名称不是“{row[title_at].strip()}”"
            yield finding(desk, RULE, read, Found(message, f"是《{known.titles[0]}》", where, shortened(where.text)))


def covered(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """CN-07: a table of clauses, documents and records has no row without them."""
    for grid in read.grids:
        head = [_SPACE.sub("", cell) for cell in grid.rows[0]] if grid.rows else []
        columns = [_column(head, words) for words in (_CLAUSES, _PROCEDURES, _RECORDS)]
        if None in columns or len(set(columns)) != len(columns):
            continue
        for number, row in enumerate(grid.rows[1:], 2):
            if len(row) != len(head) or not row[columns[0] or 0].strip():
                continue
            yield LISTED
            empty = [head[at] for at in columns[1:] if at is not None and not row[at].strip()]
            if empty:
                where = Piece(" ".join(row), Spot.TABLE, f"{grid.where}第{number}行")
                message = f"条款 {row[columns[0] or 0].strip()} 没有对应的{'、'.join(empty)}"
                yield finding(
                    desk, LISTED, read, Found(message, "写上；没有的写“无”和理由", where, shortened(where.text))
                )


def _column(head: list[str], words: tuple[str, ...]) -> int | None:
    return next((at for at, name in enumerate(head) if any(word in name for word in words)), None)


def applicable(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """A file of a document that this client does not have."""
    specification = desk.specification(read)
    if specification:
        yield NOT_APPLICABLE
    if specification and not specification.applies(desk.facts.client.answers):
        message = f"《{specification.title}》不适用于这家客户，却有这份文件"
        yield finding(desk, NOT_APPLICABLE, read, Found(message, "核对业务条件；不适用的把文件移走"))


def unique(reads: Iterable[FileRead], desk: Desk) -> Iterator[Seen]:
    """One document or record is one file: a copy under another name goes out of date without anybody noticing."""
    first: dict[str, str] = {}
    for read in reads:
        if not read.id:
            continue
        key = desk.record(read) or read.id
        if key in first:
            message = f"和 {first[key]} 是同一份文件（{read.id}），编号重复"
            yield finding(desk, RULE, read, Found(message, "留一份，另一份移走", soft=True))
        first.setdefault(key, read.path)


def cited(reads: Iterable[FileRead], desk: Desk) -> Iterator[Seen]:
    """CN-07 in reverse: every form of a whole set is named by a document that is no form, by number or by title.

    Asked when all the procedures of the client are there; forms of the consultancy are its own.
    """
    kinds = {each.id: each.kind for each in desk.facts.specifications}
    known = tuple(read for read in reads if read.id in kinds and not desk.for_consultants(read))
    if not _expected(desk) <= {read.id for read in known}:
        return
    documents = (read for read in known if kinds[read.id] not in _FORMS)
    pieces = (piece.text for read in documents for piece in read.pieces if piece.spot in _READ)
    text = "\n".join(_SPACE.sub("", each) for each in pieces)
    said = set(_CITED.findall(text))
    for read in {each.id: each for each in known}.values():
        own = next(((number, each) for number, each in desk.numbers.items() if each.id == read.id), None)
        if kinds[read.id] not in _FORMS or own is None or not own[1].applies:
            continue
        yield LISTED
        number, each = own
        if number not in said and not any(_SPACE.sub("", title) in text for title in each.titles):
            message = f"没有一份文件提到表单 {number}《{each.titles[0]}》"
            yield finding(desk, LISTED, read, Found(message, "在用它的程序或制度里写上；不用的从清单里去掉", soft=True))


def _expected(desk: Desk) -> set[str]:
    """The procedures, systems and flows that apply to the client."""
    answers = desk.facts.client.answers
    return {each.id for each in desk.facts.specifications if each.kind in _CITING and each.applies(answers)}
