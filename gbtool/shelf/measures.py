"""How much likeness is too much, and the texts that likeness is measured against."""

from collections.abc import Mapping
from dataclasses import dataclass

from gbtool.model.firm import Firm, Threshold
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

LIKENESS = "checklists/screening/likeness.yaml"


@dataclass(frozen=True, slots=True)
class _Limit:
    reason: str
    most: float | None = None
    least: float | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class _Limits:
    thresholds: Mapping[str, _Limit]
    place: Place = NOWHERE


def thresholds(shelves: Shelves, firm: Firm) -> dict[str, Threshold]:
    """How much likeness is too much: the shipped numbers, then those of the firm; each with its reason.

    Raises:
        FileFaults: a file does not fit.
    """
    found = shelves.find(LIKENESS)
    limits = read(_Limits, found[1], LIKENESS).thresholds if found else {}
    shipped = {
        name: Threshold(limit.most if limit.most is not None else limit.least or 0.0, limit.reason, limit.place)
        for name, limit in limits.items()
    }
    return {**shipped, **firm.likeness}


def static_texts(shelves: Shelves) -> tuple[str, ...]:
    """The texts of all templates on all shelves, as they stand."""
    paths = [path for suffix in (".j2", ".yaml") for path in shelves.list("templates", suffix)]
    return tuple(each.read_text("utf-8") for path in paths for _, each in shelves.all(path))
