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
from gbtool.shelf.standards import folder_of

_TEXTS = (
    "checklists/dates.yaml",
    "checklists/consistency.yaml",
    "checklists/corrections.yaml",
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


def audit_questions(standard: str, shelves: Shelves) -> tuple[AuditQuestion, ...]:
    """All audit questions of a standard."""
    result: list[AuditQuestion] = []
    for path in shelves.list(f"{folder_of(standard, shelves)}/audit", ".yaml"):
        found = shelves.find(path)
        if found:
            result += read(_Questions, found[1], path).questions
    return tuple(result)


def matrix(standard: str, shelves: Shelves) -> tuple[Share, ...]:
    """Who carries which clause of a standard."""
    path = f"{folder_of(standard, shelves)}/matrix.yaml"
    found = shelves.find(path)
    return read(_Matrix, found[1], path).matrix if found else ()


def rule_texts(shelves: Shelves) -> Mapping[str, RuleText]:
    """What each rule of dates (DT-…), of consistency (CN-…), of corrections (NC-…) and of files (FL-…) says."""
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
