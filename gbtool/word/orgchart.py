"""The organisation chart: top manager, management representative, and the departments in rows below."""

from collections.abc import Sequence

from gbtool.model.client import Client, Department, Post
from gbtool.model.standards.words import AS_USUAL, Words
from gbtool.structs import replace
from gbtool.word import wordml
from gbtool.word.drawing import Box, Line, Picture, wrapped

WIDTH, TALLEST = 459.0, 640.0
_SIZE, _LEADING, _GAP, _AIR = 9.0, 11.5, 24.0, 8.0
_FEWEST, _MOST, _WIDEST = 4, 7, 110.0  # departments in a row, points of a box
_LEADERS = frozenset({"top", "mr"})


def pictures(client: Client, words: Words = AS_USUAL) -> tuple[Picture, ...]:
    """The chart of a client on as few pages as can be read; the department in charge of the matter stands in bold."""
    departments = [each for each in client.departments if not each.functions or set(each.functions) - _LEADERS]
    longest = max((wordml.width_of(each.name) for each in departments), default=0.0) * _SIZE + _AIR
    across = int(WIDTH / (min(longest, _WIDEST) + _AIR))
    special = client.text("ip_department")
    for columns in range(min(max(across, _FEWEST), _MOST), _MOST + 1):
        whole = _picture(client, _rows(departments, columns), special, words)
        if whole.height <= TALLEST:
            return (whole,)
    parts = _parts(client, _rows(departments, _MOST), special, words)
    return tuple(replace(part, title=f"{part.title}（{page}/{len(parts)}）") for page, part in enumerate(parts, 1))


def _parts(client: Client, rows: Sequence[Sequence[Department]], special: str, words: Words) -> list[Picture]:
    """The rows on several pages, each under the heads of the company."""
    parts: list[Picture] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _picture(client, rows[start : end + 1], special, words).height <= TALLEST:
            end += 1
        parts.append(_picture(client, rows[start:end], special, words))
        start = end
    return parts


def _picture(client: Client, rows: Sequence[Sequence[Department]], special: str, words: Words) -> Picture:
    top, representative = client.post("top_manager"), client.post("management_rep")
    boxes = [_leader(words["最高管理者"], top, 1.0)]
    lines: list[Line] = []
    if representative and top and representative.name != top.name:
        boxes.append(_leader(words["管理者代表"], representative, _bottom(boxes[-1]) + _GAP))
        lines.append(_down(boxes[0], boxes[1]))
    y = _bottom(boxes[-1])
    for number, row in enumerate(rows):
        bus = y + _GAP / 2
        placed = _row(row, y + _GAP, special)
        lines += [Line(((box.x + box.width / 2, bus), (box.x + box.width / 2, box.y)), arrow=False) for box in placed]
        lines += _bus(boxes[-1] if number == 0 else None, placed, y, bus, joined=number + 1 < len(rows))
        boxes += placed
        y = max(_bottom(box) for box in placed)
    return Picture(WIDTH, y + 2, tuple(boxes), tuple(lines), "组织机构图")


def _rows(departments: Sequence[Department], columns: int) -> list[Sequence[Department]]:
    count = -(-len(departments) // columns) or 1
    size = -(-len(departments) // count) or 1
    return [departments[at : at + size] for at in range(0, len(departments), size)]


def _leader(role: str, post: Post | None, y: float) -> Box:
    text = f"{post.title} {post.name}".strip() if post else ""
    lines = (role, *wrapped(text, 170, _SIZE)) if text else (role,)
    return Box(WIDTH / 2 - 90, y, 180, len(lines) * _LEADING + _AIR, lines, bold=True, size=_SIZE)


def _row(departments: Sequence[Department], y: float, special: str) -> list[Box]:
    each = (WIDTH - 16) / len(departments)
    width = min(each - 8, _WIDEST)
    texts = [(*wrapped(d.name, width - 8, _SIZE), *wrapped(d.head, width - 8, _SIZE)) for d in departments]
    height = max(len(lines) for lines in texts) * _LEADING + _AIR
    return [
        Box(12 + each * place + (each - width) / 2, y, width, height, lines, bold=department.name == special)
        for place, (department, lines) in enumerate(zip(departments, texts, strict=True))
    ]


def _bus(above: Box | None, placed: Sequence[Box], y: float, bus: float, *, joined: bool) -> list[Line]:
    """The horizontal line over a row; further rows hang on a line at the left edge."""
    centres = [box.x + box.width / 2 for box in placed]
    ends = [min(centres), max(centres)]
    lines: list[Line] = []
    if above:
        middle = above.x + above.width / 2
        ends = [min(ends[0], middle), max(ends[1], middle)]
        lines.append(Line(((middle, y), (middle, bus)), arrow=False))
    if joined:
        ends[0] = 2.0
        lines.append(Line(((2.0, bus), (2.0, _bottom(placed[0]) + _GAP / 2)), arrow=False))
    if above is None:
        ends[0] = 2.0
    lines.append(Line(((ends[0], bus), (ends[1], bus)), arrow=False))
    return lines


def _down(upper: Box, lower: Box) -> Line:
    x = upper.x + upper.width / 2
    return Line(((x, _bottom(upper)), (x, lower.y)), arrow=False)


def _bottom(box: Box) -> float:
    return box.y + box.height
