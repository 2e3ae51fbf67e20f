"""Other clients inside a file: each name, code, number and person of theirs, unless it is the client's own or known."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import accumulate

import ahocorasick

from gbtool.model.identity import ORGANISATION, PEOPLE, Identity, Term, TermKind
from gbtool.screening.folding import fold
from gbtool.screening.stream import Stream
from gbtool.structs import Frozen, Mutable, field

_CROSSING = ORGANISATION | {TermKind.USCC, TermKind.DOMAIN, TermKind.ADDRESS}
_LEAST_CROSSING = 4
MOST = 1_000  # places of one name in one file: beyond these nobody counts
_LEAST = {
    TermKind.FULL: 4,
    TermKind.FORMER: 4,
    TermKind.ENGLISH: 5,
    TermKind.SHORT: 2,
    TermKind.USCC: 18,
    TermKind.CODE: 2,
    TermKind.PHONE: 7,
    TermKind.ADDRESS: 6,
    TermKind.DOMAIN: 5,
    TermKind.NUMBER: 6,
    TermKind.BRAND: 3,
    TermKind.PRODUCT: 4,
    TermKind.LEADER: 2,
    TermKind.PERSON: 2,
}
_SURE = frozenset(
    {
        TermKind.FULL,
        TermKind.FORMER,
        TermKind.ENGLISH,
        TermKind.USCC,
        TermKind.CODE,
        TermKind.PHONE,
        TermKind.ADDRESS,
        TermKind.DOMAIN,
    }
)
_LONG_SHORT = 4  # a short name of so many signs needs no word boundary
_PLAIN_NAME = 3  # a person's name of fewer signs is often a common word
_HAN = re.compile("[\u3400-\u9fff]")
_JOINT = re.compile("(?<=[\u3400-\u9fff])[-·•‧∙⋅・_*]{1,3}(?=[\u3400-\u9fff])")
_ALNUM = re.compile("[0-9a-z]")
_BEFORE_PERSON = re.compile(r"(?:由|经|与|和|及|向|对|请|人|任命|聘任|委派|指定|员|长|任|理|师|监|总|代表|是|为)$")
_AFTER_PERSON = re.compile(
    r"(?:先生|女士|同志|老师|经理|主任|部长|总监|总|工|为|担任|任|负责|签|审核|批准|编制|提出|等|和|与|及|在|于|的)"
)
_CUE = 4
_EXAMPLE = re.compile(r"[（(]示例[）)]")
_NAME_OF_PERSON = re.compile(r"[^\s，,、；;（(]+")
_DOMAIN = re.compile(r"[0-9a-z](?:[0-9a-z-]*[0-9a-z])?(?:\.[0-9a-z-]+)+")
_PUBLIC = frozenset({"qq.com", "163.com", "126.com", "gmail.com", "outlook.com", "sina.com", "gov.cn", "cnipa.gov.cn"})
_NUMBERED = re.compile(r"(?=.*\d)(?=.*[a-z])[0-9a-z.\-/()]+|(?!(?:19|20)\d{6}$)\d{7,}[\d.x]*")
_LONG_NUMBER = 10  # a number of so many signs is nobody else's


class Hit(Frozen):
    """A term of another client in a stream; `sure` when it cannot be anything else."""

    client: str
    term: Term
    start: int
    end: int
    sure: bool


class Names(Mutable):
    """All terms of other clients and all that the client may say, ready for one pass over a file."""

    automaton: ahocorasick.Automaton = field(default_factory=ahocorasick.Automaton)
    meant: dict[str, list[tuple[str, Term]]] = field(default_factory=dict)
    ready: bool = False

    def accuses(self, word: str) -> bool:
        """Whether a folded text holds a term of another client."""
        return self.ready and any(self.meant[found] for _, found in self.automaton.iter(word))

    def find(self, stream: Stream, common: Callable[[str], bool]) -> tuple[Hit, ...]:
        """What of others stands in a file, the longest of what overlaps.

        Args:
            stream: the file.
            common: whether a folded word is ordinary in documents of this kind; asked of doubtful hits only.
        """
        if not self.ready:
            return ()
        allowed: list[tuple[int, int]] = []
        hits: list[Hit] = []
        often: Counter[str] = Counter()
        for word, start, end in (*_straight(self.automaton, stream.text), *_joined(self.automaton, stream.text)):
            meant = self.meant[word]
            if not meant:
                allowed.append((start, end))
                continue
            often[word] += 1
            if often[word] > MOST:
                continue
            for client, term in meant:
                stands = _stands(stream, term, start, end)
                if stands and not _ordinary(term, word, common):
                    hits.append(Hit(client, term, start, end, stands is _Stands.CLEARLY and _is_sure(term, word)))
        return tuple(_longest(hits, allowed))


def _straight(automaton: ahocorasick.Automaton, text: str) -> Iterator[tuple[str, int, int]]:
    """Every word in a text and its span."""
    for last, word in automaton.iter(text):
        yield word, last + 1 - len(word), last + 1


def _joined(automaton: ahocorasick.Automaton, text: str) -> Iterator[tuple[str, int, int]]:
    """Words of some length that are found only when dots and dashes between their signs are left out: 青·屿·软·件."""
    joints = [match.span() for match in _JOINT.finditer(text)]
    if not joints:
        return
    removed = list(accumulate((last - first for first, last in joints), initial=0))
    cuts = [first - gone for (first, _), gone in zip(joints, removed, strict=False)]
    for word, first, last in _straight(automaton, _JOINT.sub("", text)):
        start = first + removed[bisect_right(cuts, first)]
        end = last + removed[bisect_right(cuts, last - 1)]
        if len(word) >= _LEAST_CROSSING and end - start != len(word):
            yield word, start, end


class Covers(Mutable):
    """A client's own names: where they stand in a folded text."""

    automaton: ahocorasick.Automaton = field(default_factory=ahocorasick.Automaton)
    ready: bool = False

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The spans of names, the longest of what overlaps, in order."""
        found = [(last + 1 - len(word), last + 1) for last, word in self._iter(text)]
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return kept

    def words(self, text: str) -> set[str]:
        """The names that are said."""
        return {word for _, word in self._iter(text)}

    def _iter(self, text: str) -> Iterator[tuple[int, str]]:
        if self.ready:
            yield from self.automaton.iter(text)


def covers(terms: Iterable[Term], also: Iterable[str] = ()) -> Covers:
    """The names of a client and other words of its own, such as departments."""
    found = Covers()
    for word in {fold(text) for text in (*(text for term in terms for text in _forms(term)), *also)}:
        if len(word) > 1:
            found.automaton.add_word(word, word)
            found.ready = True
    if found.ready:
        found.automaton.make_automaton()
    return found


def names(own: Identity, known: Iterable[Term], others: Iterable[Identity]) -> Names:
    """The terms of all other clients against the client's own and those on its lists."""
    found = Names()
    mine = {fold(text) for term in own.terms for text in _forms(term)}
    lists = {fold(text) for term in known for text in _forms(term)}
    for other in others:
        if _named_in(other, mine):
            continue
        dealt_with = _named_in(other, lists)
        for term in other.terms:
            if dealt_with and term.kind is not TermKind.CODE:
                continue
            for text in _forms(term):
                _accuse(found, other.name, term, fold(text), mine)
    for word in mine | lists:
        if len(word) > 1:
            found.meant[word] = []
            found.automaton.add_word(word, word)
    if any(found.meant.values()):
        found.automaton.make_automaton()
        found.ready = True
    return found


def _accuse(found: Names, client: str, term: Term, word: str, mine: set[str]) -> None:
    if (
        word in mine
        or len(word) < _LEAST[term.kind]
        or (term.kind is TermKind.NUMBER and not _NUMBERED.fullmatch(word))
    ):
        return
    if word not in found.meant:
        found.meant[word] = []
        found.automaton.add_word(word, word)
    found.meant[word].append((client, term))


def _named_in(other: Identity, words: set[str]) -> bool:
    """Whether another client is among these: the same one under another folder, or somebody the client deals with.

    Whom the client deals with may be named; numbers of its documents have no business here all the same.
    """
    sure = (TermKind.FULL, TermKind.USCC)
    return any(fold(term.text) in words for term in other.terms if term.kind in sure)


def _forms(term: Term) -> Iterator[str]:
    """The texts that stand for a term: without `（示例）`, the names of people one by one, the domain of an address."""
    text = _EXAMPLE.sub("", term.text).strip()
    if not text:
        return
    if term.kind in PEOPLE:
        yield from _people(text)
    elif term.kind is TermKind.DOMAIN:
        yield from (found for found in _DOMAIN.findall(text.lower()) if _private(found))
    elif term.kind is TermKind.CODE:
        yield from (f"{text}{sign}IPM" for sign in ("-", "/", "_", ""))
    elif term.kind is TermKind.PHONE:
        yield text
        yield text.replace("-", "")
    elif term.kind is TermKind.ENGLISH:
        yield text
        yield text.rstrip(". ")
        yield re.sub("[.,]", "", text)
    else:
        yield text


def _people(text: str) -> Iterator[str]:
    """`沈知远，副总经理` is one person, `管澄、秦时雨` are two."""
    first = re.split("[，,]", text)[0]
    yield from (name for part in re.split("[、；;/]", first) for name in _NAME_OF_PERSON.findall(part.strip())[:1])


def _private(domain: str) -> bool:
    bare = domain.removeprefix("www.")
    return bare not in _PUBLIC and not bare.endswith(".gov.cn")


class _Stands(Enum):
    """How a match stands among its words."""

    CLEARLY = 1
    DOUBTFULLY = 2


def _stands(stream: Stream, term: Term, start: int, end: int) -> _Stands | None:
    """Whether a match is the term and no accident: not inside a longer word or number, a person among cues."""
    word = stream.text[start:end]
    if stream.at(start) != stream.at(end - 1) and (len(word) < _LEAST_CROSSING or term.kind not in _CROSSING):
        return None
    left, right = stream.before(start, _CUE), stream.after(end, _CUE)
    if _inside_word(word, left, right) and _inside_word(word, *stream.beside(start, end)):
        return None
    if term.kind in PEOPLE:
        return _person(word, (left, right), stream.apart(start, end))
    if term.kind is TermKind.SHORT and len(word) < _LONG_SHORT and _HAN.match(word) and not _alone(left, right):
        return None
    return _Stands.CLEARLY


def _inside_word(word: str, left: str, right: str) -> bool:
    """Whether letters or digits go on at either end."""
    begun = bool(left) and _ALNUM.fullmatch(word[0]) and _ALNUM.fullmatch(left[-1])
    goes_on = bool(right) and _ALNUM.fullmatch(word[-1]) and _ALNUM.fullmatch(right[0])
    return bool(begun or goes_on)


def _alone(left: str, right: str) -> bool:
    return not (left and _HAN.match(left[-1])) and not (right and _HAN.match(right[0]))


def _person(word: str, beside: tuple[str, str], apart: tuple[bool, bool]) -> _Stands | None:
    left, right = beside
    if len(word) < _PLAIN_NAME:
        return _Stands.CLEARLY if _alone(left, right) else None
    opened = apart[0] or not left or not _HAN.match(left[-1]) or bool(_BEFORE_PERSON.search(left))
    closed = apart[1] or not right or not _HAN.match(right[0]) or bool(_AFTER_PERSON.match(right))
    if not opened:
        return None
    return _Stands.CLEARLY if closed else _Stands.DOUBTFULLY


def _is_sure(term: Term, word: str) -> bool:
    if term.kind is TermKind.SHORT:
        return len(word) >= _PLAIN_NAME
    if term.kind is TermKind.NUMBER:
        return len(word) >= _LONG_NUMBER
    return term.kind in _SURE or (term.kind is TermKind.LEADER and len(word) >= _PLAIN_NAME)


def _ordinary(term: Term, word: str, common: Callable[[str], bool]) -> bool:
    """Whether a doubtful term is a word that stands in everybody's documents."""
    return not (term.kind in _SURE or (term.kind is TermKind.NUMBER and _is_sure(term, word))) and common(word)


def _longest(hits: list[Hit], allowed: list[tuple[int, int]]) -> Iterator[Hit]:
    """Hits that are not inside something allowed nor inside a longer hit."""
    spans = sorted({*allowed, *((hit.start, hit.end) for hit in hits)}, key=lambda span: (span[0], -span[1]))
    reach = -1
    outer: set[tuple[int, int]] = set()
    for start, end in spans:
        if end > reach:
            outer.add((start, end))
            reach = end
    mine = set(allowed)
    seen: set[tuple[str, int, int]] = set()
    for hit in sorted(hits, key=lambda each: each.start):
        key = (hit.client, hit.start, hit.end)
        if (hit.start, hit.end) in outer - mine and key not in seen:
            seen.add(key)
            yield hit
