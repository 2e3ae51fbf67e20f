"""Periods and fees from checklists/deadlines/: one file per kind of right, the nearest shelf first."""

import re
from collections.abc import Iterator, Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.deadline import Book, DeadlineRule, PatentFees, Source
from gbtool.model.outside.published import Rulebook
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.certification import rulebook
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen, field, replace

FOLDER = "checklists/deadlines"
FEES, REMINDERS, SOURCES = (f"{FOLDER}/{name}.yaml" for name in ("patent-fees", "reminders", "sources"))
_WHOLE = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?\d+\.\d+")


class _Rules(Frozen):
    rules: tuple[DeadlineRule, ...]
    place: Place = NOWHERE


class _Reminders(Frozen):
    days_before: Mapping[str, tuple[int, ...]]
    place: Place = NOWHERE


class _Sources(Frozen):
    sources: Mapping[str, Source]
    as_of: str = ""
    reading_guide: Mapping[str, object] = field(default_factory=dict)
    place: Place = NOWHERE


def book(shelves: Shelves) -> Book:
    """All rules of periods and fees.

    Raises:
        FileFaults: a file does not fit; two files have a rule of the same id.
    """
    paths = [path for path in shelves.list(FOLDER, ".yaml") if path not in (FEES, REMINDERS, SOURCES)]
    fees, reminders, sources = (shelves.find(path) for path in (FEES, REMINDERS, SOURCES))
    published = rulebook(shelves)
    own = [rule for path in paths for rule in _rules(path, shelves)]
    return Book(
        rules=_by_id([*own, *_published(published)]),
        fees=read(PatentFees, fees[1], FEES) if fees else None,
        days_before=read(_Reminders, reminders[1], REMINDERS).days_before if reminders else {},
        sources={**published.sources, **(read(_Sources, sources[1], SOURCES).sources if sources else {})},
    )


# On what a rule rests that is no law and no notice of an authority.
_SAID = {"cb": "认证机构的规定", "analog": "参照质量体系规则和惯例", "custom": "惯例"}


def _published(book_: Rulebook) -> Iterator[DeadlineRule]:
    """The published rules of certification of which a certificate is reminded, in the shape of other deadlines."""
    for rule in book_.rules.values():
        if rule.reminder:
            source = book_.sources.get(rule.sources[0]) if rule.sources else None
            title = source.title if source else ""
            yield DeadlineRule(
                id=rule.id,
                right="认证证书",
                kind=rule.kind.value,
                statement=rule.statement,
                sources=rule.sources,
                confidence=rule.confidence,
                title=rule.title,
                params=rule.params,
                reminder=rule.reminder,
                law=_SAID.get(rule.normative, title),
                in_force=rule.in_force,
                note=rule.note,
                place=rule.place,
            )


def _rules(path: str, shelves: Shelves) -> tuple[DeadlineRule, ...]:
    found = shelves.find(path)
    return read(_Rules, found[1], path).rules if found else ()


def _by_id(rules: list[DeadlineRule]) -> dict[str, DeadlineRule]:
    found: dict[str, DeadlineRule] = {}
    faults = []
    for rule in rules:
        first = found.setdefault(rule.id, _typed(rule))
        if first.place != rule.place:
            faults.append(Complaint(str(rule.place), f"{rule.id} 写了两次，另一处在 {first.place}", "留一处"))
    if faults:
        raise FileFaults(faults)
    return found


def _typed(rule: DeadlineRule) -> DeadlineRule:
    """Numbers of the parameters as numbers: periods are computed with them."""
    earlier = tuple(replace(each, params=_numbers(each.params)) for each in rule.earlier)
    return replace(rule, params=_numbers(rule.params), earlier=earlier)


def _numbers(params: Mapping[str, object]) -> dict[str, object]:
    return {name: _number(value) for name, value in params.items()}


def _number(value: object) -> object:
    if isinstance(value, Mapping):
        return _numbers(value)
    if isinstance(value, list):
        return [_number(each) for each in value]
    text = value if isinstance(value, str) else ""
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else value
