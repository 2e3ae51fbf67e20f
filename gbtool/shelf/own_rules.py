"""Rules that a standard writes as data, from rules.yaml of its folder."""

import re
from collections.abc import Iterable, Iterator, Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standards.own import LEDGER, STAGES, OwnRule, split
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import folder_of
from gbtool.structs import Frozen

FILE = "rules.yaml"
SPAN = re.compile(r"(\d+)(日|个月|个工作日)")
_SIGNED, _ISSUES = "批准", ("批准", "发布", "实施")


class _File(Frozen):
    rules: tuple[OwnRule, ...]
    place: Place = NOWHERE


def written(standard: str, shelves: Shelves) -> tuple[OwnRule, ...]:
    """The rules that a standard has for itself, as they stand in its file."""
    path = f"{folder_of(standard, shelves)}/{FILE}"
    found = shelves.find(path)
    return read(_File, found[1], path).rules if found else ()


def own_rules(standard: str, forms: Mapping[str, Specification], shelves: Shelves) -> tuple[OwnRule, ...]:
    """The rules that a standard has for itself.

    Args:
        standard: its key.
        forms: the catalogue by id as its clients see it, with all that forms have.
        shelves: where the files stand.

    Raises:
        FileFaults: a rule has the id of another, says nothing, or speaks of what there is not; every fault at once.
    """
    rules = written(standard, shelves)
    faults = [each for rule in rules for each in _faults(rule, forms)]
    ids = [rule.id for rule in rules]
    faults += [Complaint(str(rule.place), f"规则 {rule.id} 写了两次") for rule in rules if ids.count(rule.id) > 1]
    if faults:
        raise FileFaults(faults)
    return rules


def _faults(rule: OwnRule, forms: Mapping[str, Specification]) -> Iterator[Complaint]:
    where = f"{rule.place}"
    asks = (rule.order, rule.apart, rule.filled, rule.listed, rule.sums, rule.inside, rule.never, rule.unchecked)
    if not any(asks):
        ways = "写 order、apart、filled、listed、sums、inside、never 或 unchecked"
        yield Complaint(where, f"规则 {rule.id} 没有写查什么", ways)
    for term in dict.fromkeys(rule.terms):
        wrong = _wrong(term, forms)
        if wrong:
            yield Complaint(where, f"规则 {rule.id} 的“{term}”{wrong}")
    for span in (text for each in rule.apart for text in (each.at_least, each.at_most) if text):
        if not SPAN.fullmatch(span):
            yield Complaint(where, f"规则 {rule.id} 的“{span}”不认识", "写 15日、3个月 或 5个工作日")
    several = {source for term in rule.days if (source := split(term)[0]) in forms and forms[source].fields}
    if len(several) > 1 and not rule.same:
        yield Complaint(where, f"规则 {rule.id} 说到几张表，没有写 same", "写出哪一栏相同的是同一件事")


def _wrong(term: str, forms: Mapping[str, Specification]) -> str:
    source, name = split(term)
    if source == LEDGER:
        return ""  # an answer that nobody asks for is simply not there
    if source in STAGES:
        return _among(name, STAGES[source])
    if source not in forms:
        return f"没有这张表或文件{did_you_mean(source, forms)}"
    if not forms[source].fields:
        return _among(name, _ISSUES)
    return _among(name, (*forms[source].fields.names, _SIGNED))


def _among(name: str, known: Iterable[str]) -> str:
    names = tuple(known)
    return "" if name in names else f"没有“{name}”{did_you_mean(name, names)}"
