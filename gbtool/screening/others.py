"""CN-01: other clients of the firm inside a file, and organisations that are on no list of the client."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gbtool.model.finding import Finding
from gbtool.model.identity import Identity
from gbtool.model.piece import FileRead, Piece, Spot
from gbtool.screening.desk import Desk, Found, finding, marked
from gbtool.screening.folding import fold
from gbtool.screening.names import MOST
from gbtool.screening.stream import Stream

RULE, UNREAD = "CN-01", "FL-04"
SHOWN = 20  # places of one name in one file
_FIX = "删去，或改成本{企业}自己的内容；确是往来单位或人员的，写进 client.yaml 的 known_names"
_COMPANY = re.compile(
    r"[\u3400-\u9fff（）()A-Za-z0-9·&]{2,40}?(?:股份有限公司|有限责任公司|有限公司|律师事务所|专利事务所|代理事务所)"
)
_SCHOOL = re.compile(r"[\u3400-\u9fff（）()]{2,16}?(?:大学|研究院|研究所|设计院)(?![生校本毕学教])")
_LATIN = re.compile(r"(?:[A-Z][A-Za-z&.\-]{1,30}[ ,]+){1,6}(?:Co\.?, ?Ltd|Inc|LLC|GmbH|Corp|Limited)\b\.?")
_CUT = re.compile(
    r"^.*(?:本公司|我公司|甲方|乙方|丙方|供方|客户|由|与|和|及|或|向|对|给|在|从|为|被|经|请|至|到|即|称|委托|聘请|"
    r"关于|根据|依据|以下简称|单位|名称|毕业于|来自|赴|同)(?=[\u3400-\u9fff（(])"
)
_SCHOOLS = ("大学", "研究院", "研究所", "设计院")
_LEAST = 3
_GENERIC = re.compile(
    r"^(?:某|该|本|贵|我|各|子|母|分|其他|其它|关联|集团|代理|供应商|供方|客户|一家|两家|外部|控股|"
    r"高等|重点|国内|国外|有关|相关|科研|高校|院校|合作|全国|所在|知名|若干|几所|一所|两所|大学|公司|企业|国家|省|市|所)*$"
)
_ENDS = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|律师事务所|专利事务所|代理事务所|大学|研究院|研究所|设计院)$"
)
_LEAST_SCHOOL = 2
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")  # behind a name, as in 某大学（示例）
_EVIDENCE = frozenset({Spot.DATA, Spot.FIELD})


def other_clients(read: FileRead, stream: Stream, desk: Desk) -> Iterator[Finding]:
    """Every place where another client is named; one that is named often is shown so many times and then counted."""
    places: Counter[tuple[str, str]] = Counter()
    for hit in desk.names.find(stream, desk.common):
        key = (hit.client, hit.term.text)
        places[key] += 1
        if places[key] > SHOWN:
            continue
        piece, _, _ = stream.raw(hit.start, hit.end)
        message = f"{piece.spot}里有另一家客户“{hit.client}”的{hit.term.kind}：{hit.term.text}"
        quote = stream.quote(hit.start, hit.end)
        yield finding(desk, RULE, read, Found(message, desk.facts.words.said(_FIX), piece, quote, soft=not hit.sure))
    for (client, text), count in places.items():
        if count > SHOWN:
            more = f"{count - SHOWN} 处{'以上' if count >= MOST else ''}"
            message = f"这份文件里“{text}”（客户“{client}”）另有 {more}"
            yield finding(desk, RULE, read, Found(message, desk.facts.words.said(_FIX)))


def strangers(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """Companies, universities and institutes that are on no list of the client, each once."""
    if desk.for_consultants(read):
        return
    told: set[str] = set()
    for piece in read.pieces:
        if piece.spot in _EVIDENCE:
            continue
        for name, first, last in _companies(piece):
            key = fold(name)
            if key in told or key in desk.allowed or desk.names.accuses(key):
                continue
            if not any(fold(own) in key for own in _own(desk)):
                told.add(key)
                message = f"{piece.spot}里的单位“{name}”不在本{desk.facts.say('企业')}的任何名单上"
                yield finding(
                    desk,
                    RULE,
                    read,
                    Found(message, desk.facts.words.said(_FIX), piece, marked(piece, first, last), soft=True),
                )


def _own(desk: Desk) -> tuple[str, ...]:
    name, english = desk.facts.client.name, desk.facts.client.text("english_name").rstrip(". ")
    names = (name, _REMARK.sub("", name), english, desk.firm.name, *desk.firm.also)
    return tuple(each for each in names if each)


def _companies(piece: Piece) -> Iterator[tuple[str, int, int]]:
    text = piece.text
    patterns = [
        *([_COMPANY] if "公司" in text or "事务所" in text else ()),
        *([_SCHOOL] if any(word in text for word in _SCHOOLS) else ()),
    ]
    for match in (each for pattern in patterns for each in pattern.finditer(text)):
        cut = _CUT.match(match[0])
        first = match.start() + (cut.end() if cut else 0)
        name = text[first : match.end()]
        stem = _ENDS.sub("", name)
        least = _LEAST_SCHOOL if name.endswith(_SCHOOLS) else _LEAST
        if len(stem) >= least and not _GENERIC.match(stem):
            yield name, first, match.end()
    for match in _LATIN.finditer(text):
        yield match[0], match.start(), match.end()


def unread(others: Iterable[Identity], desk: Desk) -> Iterator[Finding]:
    """Clients whose names could not be read, so that nobody looked for them."""
    for other in others:
        if other.unread:
            message = f"客户“{other.name}”的资料读不出，没有拿它的名称来查：{other.unread}"
            read = FileRead(f"{other.name}/client.yaml")
            yield finding(desk, UNREAD, read, Found(message, "改好它的 client.yaml 再查"))
