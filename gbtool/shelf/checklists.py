"""Audit questions and the function × clause matrix of an edition."""

from gbtool.model.checklist import AuditQuestion, Share
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import folder_of
from gbtool.structs import Frozen


class _Questions(Frozen):
    questions: tuple[AuditQuestion, ...]
    place: Place = NOWHERE


class _Matrix(Frozen):
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
