"""CN-03, CN-04, CN-10, CN-14: the matrix of functions, one count for one day, the policy word for word."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.screening.desk import Desk, Found, Seen, finding, marked, shortened
from gbtool.screening.folding import fold
from gbtool.structs import Frozen

DEPARTMENTS, MATRIX, COUNTS, POLICY = "CN-03", "CN-04", "CN-10", "CN-14"
_READ = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.CELL, Spot.LEDGER})
_MAIN = ("▲", "●", "★", "◎", "■")
_BLANK = re.compile(r"\s")
_COLUMNS = 3  # departments that make a table a matrix
_CLAUSE = re.compile(r"^\d+(?:\.\d+)*$")
_AS_OF = re.compile(r"截[至止]\s*(\d{4})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")
_REACH = 60
_PARTS = re.compile(r"[，,、；;]")
_HALF = 0.5
_DEFINED = re.compile(r"知识产权方针(是|为|：|:)\s*([“\"]?)([^”\"。；\n]{6,60})")


def matrix(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """Each clause of a matrix has one main function; a matrix of many departments goes on in tables of its own."""
    names = {department.name for department in desk.facts.client.departments}
    wholes: list[Grid] = []
    for grid in read.grids:
        head = grid.rows[0] if grid.rows else ()
        if sum(cell.strip() in names for cell in head) >= _COLUMNS:
            more = bool(wholes) and _goes_on(wholes[-1], grid, names)
            wholes = [*wholes[:-1], _joined(wholes[-1], grid)] if more else [*wholes, grid]
    for whole in wholes:
        yield from _rows(whole, read, desk)


def _goes_on(before: Grid, grid: Grid, names: Container[str]) -> bool:
    """Whether a table has the clauses of the one before it, for other departments."""
    given = {cell.strip() for cell in before.rows[0] if cell.strip() in names}
    return [row[:2] for row in before.rows] == [row[:2] for row in grid.rows] and given.isdisjoint(
        cell.strip() for cell in grid.rows[0]
    )


def _joined(before: Grid, grid: Grid) -> Grid:
    return Grid(before.where, tuple((*one, *other[2:]) for one, other in zip(before.rows, grid.rows, strict=True)))


def departments(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """CN-03: the matrix has a column for each department of the chart."""
    own = tuple(department.name for department in desk.facts.client.departments if department.functions)
    heads = [grid.rows[0] for grid in read.grids if grid.rows and _is_matrix(grid)]
    named = {_BLANK.sub("", cell) for head in heads for cell in head}
    if not heads:
        return
    yield DEPARTMENTS
    missing = [name for name in own if _BLANK.sub("", name) not in named]
    if missing:
        message = f"职能分配表里没有{'、'.join(missing)}"
        where = Piece(" ".join(heads[0]), Spot.TABLE, "职能分配表")
        fix = "补上；不在体系范围里的，在范围说明里写明"
        yield finding(desk, DEPARTMENTS, read, Found(message, fix, where, shortened(where.text), soft=True))


def _is_matrix(grid: Grid) -> bool:
    marks = any(mark in cell for row in grid.rows for cell in row for mark in _MAIN)
    return marks and any(_CLAUSE.match(row[0].strip()) for row in grid.rows[1:] if row)


def _rows(grid: Grid, read: FileRead, desk: Desk) -> Iterator[Seen]:
    if not any(mark in cell for row in grid.rows for cell in row for mark in _MAIN):
        return
    for number, row in enumerate(grid.rows[1:], 2):
        if not row or not _CLAUSE.match(row[0].strip()):
            continue
        yield MATRIX
        mains = _mains(grid.rows[0], row, desk)
        where = Piece(" ".join(row), Spot.TABLE, f"{grid.where}第{number}行")
        if mains == 0:
            found = Found(f"条款 {row[0].strip()} 没有主责部门", "标出一个主责", where, shortened(where.text))
            yield finding(desk, MATRIX, read, found)
        elif mains > 1:
            message = f"条款 {row[0].strip()} 有 {mains} 个主责部门"
            found = Found(message, "留一个主责，或写明怎么分工", where, shortened(where.text), soft=True)
            yield finding(desk, MATRIX, read, found)


def _mains(head: Sequence[str], row: Sequence[str], desk: Desk) -> int:
    """How many are mainly responsible; all units of a kind, such as laboratories, count as one."""
    given = [place for place, cell in enumerate(row) if any(mark in cell for mark in _MAIN)]
    named = {_BLANK.sub("", head[place]) for place in given if place < len(head)}
    kinds = (set(desk.facts.client.carrying(function)) for function in desk.facts.standard.head.units)
    return 1 if len(named) > 1 and any(named <= kind for kind in kinds) else len(given)


class _Count(Frozen):
    day: str
    thing: str
    value: int
    read: FileRead
    piece: Piece
    span: tuple[int, int]

    @property
    def place(self) -> str:
        """Where it is said."""
        return f"{self.read.path} {self.piece.where}：{marked(self.piece, *self.span)}"


def counts(reads: Iterable[FileRead], desk: Desk) -> Iterator[Seen]:
    """What is counted as of one day is the same number in all files; both places are told."""
    first: dict[tuple[str, str], _Count] = {}
    for count in (each for read in reads for each in _counted(read, desk)):
        yield COUNTS
        before = first.setdefault((count.day, count.thing), count)
        if before.value != count.value:
            message = f"截至{count.day}的{count.thing}一处是 {before.value}，一处是 {count.value}"
            found = Found(message, "核对台账，改成同一个数", count.piece, marked(count.piece, *count.span))
            yield finding(desk, COUNTS, count.read, found, before.place)


def _counted(read: FileRead, desk: Desk) -> Iterator[_Count]:
    for piece in (each for each in read.pieces if each.spot in _READ):
        for match in _AS_OF.finditer(piece.text):
            yield from _after(match, piece, read, desk)


def _after(match: re.Match[str], piece: Piece, read: FileRead, desk: Desk) -> Iterator[_Count]:
    """What is counted in the words behind a day."""
    day = f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    reach = re.split("[。；\n]|截[至止]", piece.text[match.end() : match.end() + _REACH])[0]
    for each in desk.agreement.counted:
        number = re.search(rf"{re.escape(each.thing)}[^\d，,、]{{0,4}}(\d+)\s*{re.escape(each.unit)}", reach)
        if number:
            span = (match.start(), match.end() + number.end())
            yield _Count(day, each.thing, int(number[1]), read, piece, span)


def policy(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """The policy word for word wherever it is said."""
    asked = desk.facts.client.text("ip_policy")
    parts = [fold(part) for part in _PARTS.split(asked) if part.strip()]
    if not parts:
        return
    whole = "".join(parts)
    for piece in read.pieces:
        if piece.spot not in _READ or "方针" not in piece.text:
            continue
        for match in _DEFINED.finditer(piece.text):
            yield POLICY
            said = "".join(fold(part) for part in _PARTS.split(match[3]))
            here = sum(part in said for part in parts)
            quoted = bool(match[2]) or match[1] in "：:"
            if whole not in said and (here >= len(parts) * _HALF or (here == 0 and quoted)):
                found = Found("方针文字和批准的不一致", f"逐字写成：{asked}", piece, marked(piece, *match.span(3)))
                yield finding(desk, POLICY, read, found)
