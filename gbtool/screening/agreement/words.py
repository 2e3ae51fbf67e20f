"""CN-03, CN-05, CN-07, CN-20: departments of the chart, people in their posts, listed titles, one name for a thing."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from gbtool.model.piece import FileRead, Piece, Spot
from gbtool.screening.desk import Desk, Found, Seen, finding, marked
from gbtool.screening.folding import fold

DEPARTMENTS, PEOPLE, TITLES, TERMS, NOT_APPLICABLE = "CN-03", "CN-05", "CN-07", "CN-20", "CN-08"
_READ = frozenset({Spot.BODY, Spot.TABLE, Spot.BOX, Spot.HEADER, Spot.FOOTER, Spot.FOOTNOTE, Spot.CELL})
_TITLE = re.compile(r"《([^《》]{2,40})》")
_NEAR = 0.8
_BEFORE = 8
_PLACE = "中心"  # may be a place or an award and no department
_POSTS = (("管理者代表", "management_rep"), ("法定代表人", "legal_rep"), ("知识产权合规负责人", "compliance_owner"))
_LINK = r"[：:是为由\s]{0,3}"
_LINKS = "：:是为"
_FAMILIES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许吕施张孔曹严华魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费薛雷贺"
    "倪汤滕殷罗毕郝邬傅卞康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江颜郭梅林钟徐邱骆高夏蔡田樊胡"
    "凌霍虞万柯管卢莫房解应丁邓郁崔吉龚程嵇邢裴陆翁荀甄曲封储靳段焦谷车侯全班秋仲宫宁仇栾甘厉祖武符刘景詹龙叶黎薄白"
)
_NAME = re.compile(rf"([{_FAMILIES}][\u3400-\u9fff]{{1,2}})(?=$|[，。；、（(\s/]|担任|同志|先生|女士|签发|批准)")


def words(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """What a file calls departments, people, forms and things."""
    if desk.for_consultants(read):
        return
    yield from (DEPARTMENTS, PEOPLE, TITLES, TERMS)
    told: set[tuple[str, str]] = set()
    own = frozenset(department.name for department in desk.facts.client.departments)
    for piece in read.pieces:
        if piece.spot not in _READ:
            continue
        for rule, word, found in (
            *_departments(piece, desk, own),
            *_people(piece, desk),
            *_titles(piece, desk),
            *_terms(piece, desk),
        ):
            if (rule, word) not in told:
                told.add((rule, word))
                yield finding(desk, rule, read, found)


def foreign(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """Words that the client's standard says no file uses, such as those of a standard for other clients."""
    if desk.for_consultants(read):
        return
    for rule in (each for each in desk.facts.own_rules if each.never):
        yield rule.id
        for word, instead in rule.never.items():
            piece = next((each for each in read.pieces if each.spot in _READ and word in each.text), None)
            if piece:
                at = piece.text.index(word)
                quote = marked(piece, at, at + len(word))
                yield finding(desk, rule.id, read, Found(f"“{word}”不是这个标准的说法", instead, piece, quote))


def department_pattern(usual: Iterable[str], own: Iterable[str]) -> re.Pattern[str] | None:
    """Finds names of departments, the longest first, so that 营销部 is not found in 市场营销部."""
    names = sorted({*usual, *own} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))) if names else None


Said = tuple[str, str, Found]


def _departments(piece: Piece, desk: Desk, own: frozenset[str]) -> Iterator[Said]:
    """A usual name of a department that is none of the client's."""
    pattern = desk.department_names
    if pattern is None:
        return
    for match in pattern.finditer(piece.text):
        before = piece.text[max(0, match.start() - _BEFORE) : match.start()]
        others = any(word in before for word in desk.agreement.others_departments)
        if match[0] in own or others or piece.text[match.end() : match.end() + 1] in ("门", "分"):
            continue
        fix = f"改成机构图上的部门：{'、'.join(sorted(own))}"
        quote = marked(piece, *match.span())
        soft = match[0].endswith(_PLACE)
        yield DEPARTMENTS, match[0], Found(f"“{match[0]}”不在机构图里", fix, piece, quote, soft=soft)


def _people(piece: Piece, desk: Desk) -> Iterator[Said]:
    """Another person of the roster where a post names its holder."""
    for post, key in _POSTS:
        holder = desk.facts.client.post(key) if post in piece.text else None
        if holder is None:
            continue
        for match in re.finditer(post + _LINK, piece.text):
            name = next((each for each in desk.people if piece.text.startswith(each, match.end())), "")
            name = name or _stranger(piece.text, match, desk)
            if name and name != holder.name and not holder.name.startswith(name):
                quote = marked(piece, match.start(), match.end() + len(name))
                message = f"{post}写成了{name}，资料里是{holder.name}"
                yield (
                    PEOPLE,
                    f"{post}{name}",
                    Found(message, "核对任命文件；换了人的写清从哪天起", piece, quote, soft=True),
                )


def _stranger(text: str, match: re.Match[str], desk: Desk) -> str:
    """A name of nobody on the roster right behind a post: a usual family name, a given name, and then an end."""
    name = _NAME.match(text, match.end())
    linked = match[0][-1] in _LINKS
    return name[1] if linked and name and not desk.common(fold(name[1])) else ""


def _titles(piece: Piece, desk: Desk) -> Iterator[Said]:
    """A form by a title that no list has, or a document by the title of one that this client does not have."""
    for match in _TITLE.finditer(piece.text):
        title = match[1].strip()
        if title in desk.absent and title not in desk.said:
            found = Found(
                f"提到了这家客户不用的《{title}》", "删去这处引用，或核对业务条件", piece, marked(piece, *match.span())
            )
            yield NOT_APPLICABLE, title, found
        if title in desk.titles or title in desk.said or not title.endswith(desk.agreement.forms):
            continue
        ratio, near = max(((_alike(title, each), each) for each in desk.titles), default=(0.0, ""))
        fix = f"是不是《{near}》" if ratio >= _NEAR else "核对文件目录，或补这份表单"
        found = Found(f"《{title}》不在文件目录里", fix, piece, marked(piece, *match.span()), soft=ratio < _NEAR)
        yield TITLES, title, found


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _terms(piece: Piece, desk: Desk) -> Iterator[Said]:
    for term in desk.agreement.terms:
        for word in term.never:
            at = piece.text.find(word)
            if at >= 0:
                quote = marked(piece, at, at + len(word))
                yield TERMS, word, Found(f"“{word}”应当统一称“{term.term}”", term.why, piece, quote, soft=True)
