"""CN-09: standards by number, year, title and clause: nothing of another edition, nothing that does not fit."""

import functools
import re
from collections.abc import Iterator

from gbtool.model.finding import Finding
from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.model.register import CodedStandard
from gbtool.screening.desk import Desk, Found, finding, marked, shortened

RULE = "CN-09"
# Papers that may name both editions: change-over, gap analysis, history; consistency.yaml says so.
BOTH = ("changeover", "plan-transition", "report-gap-transition", "reg-laws", "rec-external-docs", "reg-obligations")
_READ = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.HEADER, Spot.FOOTER, Spot.FOOTNOTE, Spot.CELL, Spot.CORE})
_YEAR = r"((?:19|20)\d{2})(?!\d)"
_TITLED = r"[版年）)]{0,2}(?:\s*《([^》]{2,40})》)?"
_CODED = re.compile(
    rf"(?P<sign>GB\s*/?\s*[TZ]?)\s*(\d{{4,6}}(?:\.\d+)?)\s*(?:[—–\-－]{{1,2}}|[:：（(])\s*{_YEAR}{_TITLED}",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*版(?:的|本)?(?:国家)?(?:标准|体系|证书|认证|条款)")
_CLAUSE = (
    r"(?:(?<!产品)(?<!国家)(?<!行业)(?<!企业)(?<!地方)(?<!团体)(?<!技术)(?<!检验)(?<!质量)(?<!验收)标准"
    r"|NUMBER(?:\s*[—–\-]+\s*\d{4})?(?:《[^》]{2,40}》)?)(?:中|里|的)*(?:条款号?|第)?\s*[:：]?\s*(\d{1,2}(?:\.\d{1,2}){1,3})(?!\d)"
    r"|(?<!合同)(?<!协议)(?<!本)(?<!保密)条款(?:号|编号)?\s*[:：]?\s*(\d{1,2}(?:\.\d{1,2}){1,3})(?!\d)"
)
_NUMBER = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.])")
_CLAUSES = frozenset({"标准条款", "条款", "条款号", "标准条款号", "对应条款", "审核条款", "涉及条款"})
_HISTORY = re.compile(r"代替|替代|取代|换版|转版|旧版|原版|旧标准|过渡|曾|原按|由.{0,12}改为|废止|作废|对照|差距")
_CLAIM = re.compile(r"证书|认证|获证")
_VALID = re.compile(r"有效|持有|具有|现有|在有效期|通过了")
_SENTENCE = re.compile(r"[^。；;！!？?\n]*")
_MARKS = re.compile(r"[\s《》“”\"'：:]")


@functools.cache
def _bare(digits: str) -> re.Pattern[str]:
    """The number of a standard, written without its letters or with a blank."""
    return re.compile(
        rf"(?<![\d.])(?P<sign>(?:GB\s*/?\s*T?)?)\s*({digits})\s*(?:[—–\-－]{{1,2}}|[:：（(\s])\s*{_YEAR}{_TITLED}",
        re.IGNORECASE,
    )


@functools.cache
def _clause_of(digits: str) -> re.Pattern[str]:
    """The number of a clause, said to be one of the standard."""
    return re.compile(_CLAUSE.replace("NUMBER", digits))


def _digits(desk: Desk) -> str:
    return "".join(re.findall(r"\d", desk.facts.standard.head.family))


def editions(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """What a file says of standards that does not fit."""
    both = read.id in BOTH or desk.for_consultants(read)
    for piece in read.pieces:
        if piece.spot in _READ:
            for found in _in_text(piece, desk, both=both):
                yield finding(desk, RULE, read, found)
    if not both:
        for grid in read.grids:
            for found in _in_grid(grid, desk):
                yield finding(desk, RULE, read, found)


def _in_text(piece: Piece, desk: Desk, *, both: bool) -> Iterator[Found]:
    text, digits = piece.text, _digits(desk)
    if "GB" in text.upper() or digits in text:
        for match in _codes(text, digits):
            yield from _coded(piece, match, desk, both=both)
    if not both:
        yield from _titles(piece, desk)
        if "标准" in text or digits in text or "条款" in text:
            yield from _clauses(piece, desk)
        if "版" in text:
            yield from _spoken(piece, desk)


def _codes(text: str, digits: str) -> list[re.Match[str]]:
    """Numbers of standards, each once however it is written."""
    found = list(_CODED.finditer(text))
    ends = {match.end(2) for match in found}
    return [*found, *(match for match in _bare(digits).finditer(text) if match.end(2) not in ends)]


def _spoken(piece: Piece, desk: Desk) -> Iterator[Found]:
    """`2013版标准`: an edition by its year alone."""
    for match in _SPOKEN.finditer(piece.text):
        other = next((each for each in _others(desk) if each.year == match[1]), None)
        if other and not _HISTORY.search(_around(piece.text, match.start())):
            message = f"说的是 {match[1]} 版，体系按 {desk.facts.standard.edition} 版建立"
            yield Found(message, "改为现行版本，或写明这是换版以前的事", piece, marked(piece, *match.span()))


def _coded(piece: Piece, match: re.Match[str], desk: Desk, *, both: bool) -> Iterator[Found]:
    code, year, title = f"GB/T {match[2]}", match[3], match[4] or ""
    quote = marked(piece, *match.span())
    yield from _miswritten(piece, match, quote, desk.facts.standard.head.family)
    known = [each for each in desk.register.standards if each.code == code]
    entry = next((each for each in known if each.year == year), None)
    sentence = _around(piece.text, match.start())
    if known and entry is None:
        years = "、".join(each.year for each in known)
        yield Found(f"{code} 没有 {year} 版", f"已知的版本：{years}", piece, quote)
    elif entry and title and _flat(title) != _flat(entry.title):
        yield Found(f"{code}—{year} 的名称不是《{title}》", f"是《{entry.title}》", piece, quote)
    family, own = desk.facts.standard.head.family, desk.facts.standard.edition
    if code != family or both or entry is None:
        return
    if year != own and not _HISTORY.search(sentence):
        fix = f"改为 {family}—{own}"
        yield Found(f"引用了 {year} 版，体系按 {own} 版建立", fix, piece, quote)
    old = desk.register.old_certificates
    late = old.until and desk.day(None) > old.until
    if late and year == old.year and _CLAIM.search(sentence) and _VALID.search(sentence):
        message = f"{year} 版的证书在 {old.until} 以后不能再当作有效的"
        yield Found(message, "删去，或写换版后的证书", piece, quote)


def _miswritten(piece: Piece, match: re.Match[str], quote: str, family: str) -> Iterator[Found]:
    """The standard's own number with its digits in another order, or as if it were compulsory."""
    code, sign = f"GB/T {match[2]}", re.sub(r"[\s/]", "", match["sign"]).upper()
    if code != family and sorted(code) == sorted(family):
        yield Found(f"标准号写错了：{code}", f"是 {family}", piece, quote)
    elif code == family and sign == "GB":
        yield Found("标准代号写错了：GB", f"是推荐性标准，写作 {family}", piece, quote, soft=True)


def _titles(piece: Piece, desk: Desk) -> Iterator[Found]:
    """A title of another edition, even without its number."""
    for entry in _others(desk):
        for match in re.finditer(re.escape(entry.title), piece.text):
            if not _HISTORY.search(_around(piece.text, match.start())) and not _with_code(
                piece.text, match.start(), _digits(desk)
            ):
                message = f"《{entry.title}》是 {entry.year} 版的名称，体系按 {desk.facts.standard.edition} 版建立"
                yield Found(message, "改为现行版本的名称", piece, marked(piece, *match.span()))


def _with_code(text: str, at: int, digits: str) -> bool:
    """Whether a title in its marks follows its number, which was already looked at."""
    return any(match[4] and match.start() < at <= match.end() for match in _codes(text, digits))


def _others(desk: Desk) -> tuple[CodedStandard, ...]:
    own = desk.facts.standard
    return tuple(e for e in desk.register.standards if e.code == own.head.family and e.year != own.edition)


def _clauses(piece: Piece, desk: Desk) -> Iterator[Found]:
    for match in _clause_of(_digits(desk)).finditer(piece.text):
        if not _HISTORY.search(_around(piece.text, match.start())):
            at = 1 if match[1] else 2
            yield from _clause(match[at], desk, piece, marked(piece, *match.span(at)))


def _in_grid(grid: Grid, desk: Desk) -> Iterator[Found]:
    """Clause numbers under a heading such as 标准条款."""
    head = grid.rows[0] if grid.rows else ()
    columns = [at for at, name in enumerate(head) if _flat(name) in _CLAUSES]
    old = ("旧", *(each.year for each in _others(desk)))
    if any(word in name for name in head for word in old):
        return
    for number, row in enumerate(grid.rows[1:], 2):
        for at in columns if len(row) == len(head) else ():
            where = Piece(row[at], Spot.TABLE, f"{grid.where}第{number}行第{at + 1}列")
            for match in _NUMBER.finditer(row[at]):
                yield from _clause(match[1], desk, where, shortened(" ".join(row)))


def _clause(number: str, desk: Desk, at: Piece, quote: str) -> Iterator[Found]:
    followed = {each.key for each in desk.facts.standards}
    own, mine = desk.facts.standard.key, desk.clauses.get(desk.facts.standard.key, frozenset())
    if not mine or any(number in desk.clauses.get(key, frozenset()) for key in followed):
        return
    others = (key for key, numbers in desk.clauses.items() if key not in followed and number in numbers)
    other = next(others, "")
    if other:
        yield Found(f"{number} 是 {other} 版的条款号，{own} 版没有", "对照 gbtool clauses --map 改正", at, quote)
    else:
        message = f"{own} 版没有找到条款号 {number}"
        yield Found(message, "核对 gbtool clauses，写到有依据的那一级", at, quote, soft=True)


def _around(text: str, at: int) -> str:
    """The sentence at an offset."""
    for match in _SENTENCE.finditer(text):
        if match.start() <= at <= match.end() and match[0]:
            return match[0]
    return text


def _flat(text: str) -> str:
    return _MARKS.sub("", text)
