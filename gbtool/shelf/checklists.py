"""Audit questions and the function × clause matrix of an edition, and the texts of the rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from gbtool.model.checklist import AuditQuestion, Share
from gbtool.model.gate import RuleText
from gbtool.model.period import filled
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.periods import periods
from gbtool.shelf.reader import read, read_plain
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import FAMILY

_TEXTS = (
    "checklists/dates.yaml",
    "checklists/consistency.yaml",
    "checklists/signing.yaml",
    "checklists/screening/rules.yaml",
)


@dataclass(frozen=True, slots=True)
class _Questions:
    questions: tuple[AuditQuestion, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class _Matrix:
    matrix: tuple[Share, ...]
    place: Place = NOWHERE


def audit_questions(edition: str, shelves: Shelves) -> tuple[AuditQuestion, ...]:
    """All audit questions of an edition."""
    result: list[AuditQuestion] = []
    for path in shelves.list(f"checklists/{FAMILY}/{edition}/audit", ".yaml"):
        found = shelves.find(path)
        if found:
            result += read(_Questions, found[1], path).questions
    return tuple(result)


def matrix(edition: str, shelves: Shelves) -> tuple[Share, ...]:
    """Who carries which clause of an edition."""
    path = f"checklists/{FAMILY}/{edition}/matrix.yaml"
    found = shelves.find(path)
    return read(_Matrix, found[1], path).matrix if found else ()


def rule_texts(shelves: Shelves) -> Mapping[str, RuleText]:
    """What each rule of dates (DT-…), of consistency (CN-…) and of files (FL-…) says."""
    texts: dict[str, RuleText] = {}
    known = periods(shelves)
    for path in _TEXTS:
        found = shelves.find(path)
        data = read_plain(found[1], path) if found else {}
        rules = data.get("rules") if isinstance(data, dict) else None
        for rule in rules or []:
            texts[rule["id"]] = RuleText(
                id=rule["id"],
                severity=rule["severity"],
                title=rule["title"],
                statement=filled(rule["statement"], known),
                basis=rule.get("basis") or "",
                exempt=tuple(rule.get("exempt") or ()),
            )
    return texts
