"""The texts of the rules: what each says, how severe it is, on what it rests."""

from collections.abc import Iterator, Mapping
from typing import Any

from gbtool.model.gate import RuleText
from gbtool.model.period import filled
from gbtool.model.standards.words import AS_USUAL, Words
from gbtool.shelf.periods import periods
from gbtool.shelf.reader import read_plain
from gbtool.shelf.shelves import Shelves

_TEXTS = (
    "checklists/dates.yaml",
    "checklists/consistency.yaml",
    "checklists/corrections.yaml",
    "checklists/signing.yaml",
    "checklists/screening/rules.yaml",
)


def rule_texts(shelves: Shelves, words: Words = AS_USUAL) -> Mapping[str, RuleText]:
    """What each rule of dates (DT-…), of consistency (CN-…), of corrections (NC-…) and of files (FL-…) says.

    Words that a standard says otherwise stand in braces and are given in `words`.
    """
    known = periods(shelves)
    return {
        rule["id"]: RuleText(
            id=rule["id"],
            severity=rule["severity"],
            title=words.said(rule["title"]),
            statement=words.said(filled(rule["statement"], known)),
            basis=words.said(rule.get("basis") or ""),
            exempt=tuple(map(words.said, rule.get("exempt") or ())),
        )
        for rule in _written(shelves)
    }


def counting_with(period: str, shelves: Shelves) -> tuple[str, ...]:
    """The rules whose statement has a period of this key in it."""
    return tuple(rule["id"] for rule in _written(shelves) if f"{{{period}}}" in rule["statement"])


def _written(shelves: Shelves) -> Iterator[Mapping[str, Any]]:
    """The rules as they stand in their files, periods by their keys."""
    for path in _TEXTS:
        found = shelves.find(path)
        data = read_plain(found[1], path) if found else {}
        rules = data.get("rules") if isinstance(data, dict) else None
        yield from rules or []
