"""CN-06, CN-08: numbers and titles that files cite exist, belong together, and apply to this client."""

import re
from collections.abc import Iterable, Iterator

from gbtool.model.agreement import Catalogued
from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.screening.desk import Desk, Found, Seen, finding, marked, shortened

RULE, NOT_APPLICABLE = "CN-06", "CN-08"
_READ = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.HEADER, Spot.FOOTER, Spot.FOOTNOTE, Spot.CELL})
_NUMBERS = frozenset({"编号", "文件编号", "表单编号", "记录编号"})
_TITLES = frozenset({"名称", "文件名称", "表单名称", "记录名称", "题名"})
_RECORD = re.compile(r"-\d{3}$")
_SPACE = re.compile(r"[\s《》]")


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
    if not known.applies and number not in told:
        told.add(number)
        message = f"引用了这家企业不用的文件 {number}《{known.titles[0]}》"
        yield finding(desk, NOT_APPLICABLE, read, Found(message, "删去这处引用，或核对业务条件", piece, quote))
    if title and not _same(title, known):
        message = f"{number} 的名称不是《{title}》"
        yield finding(desk, RULE, read, Found(message, f"是《{known.titles[0]}》", piece, quote))


def _unknown(number: str, desk: Desk) -> tuple[str, str, str] | None:
    """What is wrong with a number that is on no list: a record that the ledger lacks, or nothing at all."""
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


def applicable(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """A file of a document that this client does not have."""
    specification = desk.specification(read)
    if specification:
        yield NOT_APPLICABLE
    if specification and not specification.applies(desk.facts.client.answers):
        message = f"《{specification.title}》不适用于这家企业，却有这份文件"
        yield finding(desk, NOT_APPLICABLE, read, Found(message, "核对业务条件；不适用的把文件移走"))


def unique(reads: Iterable[FileRead], desk: Desk) -> Iterator[Seen]:
    """One document is one file: a copy under another name goes out of date without anybody noticing."""
    first: dict[str, str] = {}
    for read in reads:
        if not read.id:
            continue
        if read.id in first:
            message = f"和 {first[read.id]} 是同一份文件（{read.id}），编号重复"
            yield finding(desk, RULE, read, Found(message, "留一份，另一份移走", soft=True))
        first.setdefault(read.id, read.path)
