"""FL-03: what a file's properties tell that is nobody's business: other authors, companies, templates, private data."""

import re
from collections.abc import Iterator

from gbtool.model.finding import Finding
from gbtool.model.piece import FileRead, Piece, Spot
from gbtool.screening.desk import Desk, Found, finding
from gbtool.screening.folding import fold

RULE = "FL-03"
_PEOPLE = {"creator": "作者", "lastModifiedBy": "最后一次保存者", "Manager": "主管"}
_TEMPLATES = frozenset({"", "normal", "normal.dotm", "normal.dot", "gbtool"})
_SERVICE = "svc-"
_OFFICE = re.compile(r"(?:KSO|ICV|gbtool\.|_?MSIP_|ContentTypeId)", re.IGNORECASE)
_PRIVATE = (
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "身份证号"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "手机号"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "邮箱"),
)
_FIX = "清理属性：gbtool clean 这个文件"


def hygiene(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """What the properties of a file tell."""
    own = _own(read, desk)
    for piece in read.pieces:
        for message in _core(piece, own, desk) if piece.spot is Spot.CORE else _custom(piece):
            yield finding(desk, RULE, read, Found(message, _FIX, piece, soft=True))


def _core(piece: Piece, own: frozenset[str], desk: Desk) -> Iterator[str]:
    value = piece.text.strip()
    if piece.name in _PEOPLE and fold(value) not in own:
        yield f"属性里的{_PEOPLE[piece.name]}不是本{desk.facts.say('企业')}：{value}"
    elif piece.name == "Company" and fold(value) not in own:
        yield f"属性里的单位不是本{desk.facts.say('企业')}：{value}"
    elif piece.name == "Template" and value.lower() not in _TEMPLATES:
        yield f"属性里留着模板名：{value}"
    elif piece.name == "HyperlinkBase":
        yield f"属性里留着路径：{value}"
    elif piece.name == "created":
        yield from _created(value, desk)
    yield from _private(value)


def _own(read: FileRead, desk: Desk) -> frozenset[str]:
    """Whose the file may be: the client's; the consultancy's where it is a paper of its own."""
    client = desk.facts.client
    firm = (desk.firm.name, *desk.firm.also) if read.id.startswith(_SERVICE) else ()
    return frozenset(fold(name) for name in (client.name, client.text("company_short"), *firm) if name)


def _created(value: str, desk: Desk) -> Iterator[str]:
    """A file that is older than the engagement was made for somebody else."""
    signed = desk.facts.client.text("contract_sign_date")
    day = value[:10]
    if signed and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) and day < signed:
        yield f"文件创建于 {day}，早于辅导合同（{signed}），像是从别处改来的"


def _custom(piece: Piece) -> Iterator[str]:
    if piece.spot is Spot.CUSTOM and not _OFFICE.match(piece.name):
        yield f"有自定义属性“{piece.name}”"
        yield from _private(piece.text)


def _private(value: str) -> Iterator[str]:
    yield from (f"属性里有{what}" for pattern, what in _PRIVATE if pattern.search(value))
