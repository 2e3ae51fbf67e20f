"""CN-17: laws by the register: names as they are, versions that were in force on the document's day, marks in pairs."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from gbtool.model.finding import Finding
from gbtool.model.piece import FileRead, Piece, Spot
from gbtool.model.register import Law, LawVersion
from gbtool.screening.desk import Desk, Found, finding, marked

RULE = "CN-17"
_READ = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.HEADER, Spot.FOOTER, Spot.FOOTNOTE, Spot.CELL})
_TITLE = re.compile(r"《([^《》]{2,40})》")
_LAWLIKE = re.compile(r"(?:法|法典|条例|细则|规定|办法)$")
_VERSION = re.compile(r"\s*(?:[（(]\s*((?:19|20)\d{2})\s*年?[^）)]{0,8}[)）]|((?:19|20)\d{2})\s*年?(?:修正|修订|修改))")
_INSIDE = re.compile(r"^(.{2,}?)\s*[（(]?\s*((?:19|20)\d{2})\s*年?(?:修正|修订|修改|版)?(?:本)?\s*[）)]?$")
_BEFORE = re.compile(r"((?:19|20)\d{2})\s*年?(?:修正|修订|修改|版)后?的?$")
_BEHIND = 16
_NUMBERED = re.compile(r"\s*[（(]([^（）()]{0,30}?令?第\s*\d+\s*号)[)）]")
_DIGITS = re.compile(r"第\s*(\d+)\s*号")
_PREFIX = "中华人民共和国"
_BARE = re.compile(rf"(?<!《){_PREFIX}[\u4e00-\u9fff]{{2,20}}?(?:法典|法实施细则|法实施条例|法|条例)")
_NEAR = 0.86
_COUNTRY = ("中华", "中国")
_SHORT = 3  # signs of a name in which one that differs says nothing
_TOLD_BEFORE = re.compile(r"已(?:经)?(?:废止|失效)|废止|代替|取代|原|曾|当时|旧")


def laws(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """What a file says of laws that the register does not bear out."""
    if not desk.register.laws or read.id == "reg-laws":
        return
    day = desk.day(read)
    for piece in read.pieces:
        if piece.spot in _READ and ("《" in piece.text or "》" in piece.text or _PREFIX in piece.text):
            for found in (*_cited(piece, day, desk), *_bare(piece, desk), *_unpaired(piece)):
                yield finding(desk, RULE, read, found)


def _cited(piece: Piece, day: str, desk: Desk) -> Iterator[Found]:
    for match in _TITLE.finditer(piece.text):
        title, quote = match[1].strip(), marked(piece, *match.span())
        dated = _INSIDE.match(title)
        law = _known(title, desk) or (_known(dated[1], desk) if dated else None)
        if law:
            yield from _dated(law, piece, match, day)
            continue
        wrong = next((w for w in desk.register.nonexistent if title in (w.title, w.title.removeprefix(_PREFIX))), None)
        if wrong:
            yield Found(f"没有名为《{title}》的法规", wrong.meant, piece, quote)
        elif _LAWLIKE.search(title) and title not in desk.said and title not in desk.titles:
            near = _near(title, desk)
            if near:
                yield Found(f"法规名称《{title}》不对", f"是不是《{near}》", piece, quote)


def _known(title: str, desk: Desk) -> Law | None:
    return next((each for each in desk.register.laws if title in each.names), None)


def _near(title: str, desk: Desk) -> str:
    """A law whose name is almost this one: another prefix, the same signs in another order, or few that differ."""
    bare = title.removeprefix(_PREFIX)
    if bare.startswith(_COUNTRY):
        for law in desk.register.laws:
            if any(len(name) >= _SHORT and bare.endswith(name.removeprefix(_PREFIX)) for name in law.names):
                return law.title
    names = ((_alike(bare, name.removeprefix(_PREFIX)), law.title) for law in desk.register.laws for name in law.names)
    ratio, name = max(names, default=(0.0, ""))
    return name if ratio >= _NEAR else ""


def _alike(one: str, other: str) -> float:
    differ = sum(mine != theirs for mine, theirs in zip(one, other, strict=False))
    mistyped = len(one) == len(other) > _SHORT and differ == 1
    return 1.0 if mistyped or sorted(one) == sorted(other) else SequenceMatcher(None, one, other).ratio()


def _dated(law: Law, piece: Piece, match: re.Match[str], day: str) -> Iterator[Found]:
    quote = marked(piece, *match.span())
    now = law.on(day)
    if now is None:
        yield from _out_of_force(law, piece, match, day)
        return
    rest = piece.text[match.end() :]
    year = _year(match, piece.text)
    if year and year != now.year:
        yield _other_version(law, year, now, (day, piece, quote))
    numbered = _NUMBERED.match(rest)
    if numbered and now.number and _digits(numbered[1]) != _digits(now.number):
        message = f"《{match[1]}》的文号不对：{numbered[1]}"
        yield Found(message, f"{day} 有效的是 {now.name}，{now.number}", piece, quote)


def _year(match: re.Match[str], text: str) -> str:
    """The year of the version that is cited: behind the title, inside its marks, or in front of it."""
    behind = _VERSION.match(text, match.end())
    inside = _INSIDE.match(match[1].strip())
    before = _BEFORE.search(text[max(0, match.start() - _BEHIND) : match.start()])
    if behind:
        return behind[1] or behind[2]
    return inside[2] if inside else before[1] if before else ""


def _out_of_force(law: Law, piece: Piece, match: re.Match[str], day: str) -> Iterator[Found]:
    quote = marked(piece, *match.span())
    last, first = law.versions[-1], law.versions[0]
    if first.in_force > day:
        yield Found(f"《{match[1]}》在 {day} 还没有施行（{first.in_force} 起）", "改引当时有效的法规", piece, quote)
    elif not _TOLD_BEFORE.search(piece.text[max(0, match.start() - 8) : match.end() + 12]):
        instead = f"，改引《{law.replaced_by}》" if law.replaced_by else ""
        yield Found(f"《{match[1]}》已于 {last.until} 失效", f"删去{instead}", piece, quote)


def _other_version(law: Law, year: str, now: LawVersion, at: tuple[str, Piece, str]) -> Found:
    day, piece, quote = at
    cited = next((each for each in law.versions if each.year == year), None)
    if cited is None:
        message = f"《{law.title}》的登记里没有 {year} 年的版本"
        return Found(message, f"{day} 有效的是 {now.name}", piece, quote, soft=True)
    state = "还没有施行" if cited.in_force > day else "已经不是现行版本"
    return Found(f"《{law.title}》{cited.name} 在 {day} {state}", f"{day} 有效的是 {now.name}", piece, quote)


def _digits(number: str) -> str:
    found = _DIGITS.findall(number)
    return found[-1] if found else ""


def _bare(piece: Piece, desk: Desk) -> Iterator[Found]:
    """A full name in running text without marks; a cell that holds nothing but the name is a list."""
    if piece.spot in (Spot.TABLE, Spot.CELL):
        return
    titles = {law.title for law in desk.register.laws}
    for match in _BARE.finditer(piece.text):
        if match[0] in titles and piece.text.strip() != match[0] and not _enclosed(piece.text, match.start()):
            yield Found(
                f"法规全称没有加书名号：{match[0]}",
                f"写成《{match[0]}》",
                piece,
                marked(piece, *match.span()),
                soft=True,
            )


def _enclosed(text: str, at: int) -> bool:
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def _unpaired(piece: Piece) -> Iterator[Found]:
    depth = 0
    for at, sign in enumerate(piece.text):
        if sign == "《":
            depth += 1
        elif sign == "》":
            depth -= 1
        if depth not in (0, 1):
            yield Found(
                "书名号不成对", "补上或删去一半；书名号里面的用〈〉", piece, marked(piece, at, at + 1), soft=True
            )
            return
    if depth:
        at = piece.text.rfind("《")
        yield Found("书名号不成对", "补上》", piece, marked(piece, at, at + 1), soft=True)
