"""How much likeness is too much, and the texts that likeness is measured against."""

from collections.abc import Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.firm import Firm, Threshold
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen

LIKENESS = "checklists/screening/likeness.yaml"


class _Limit(Frozen):
    reason: str
    most: float | None = None
    least: float | None = None
    place: Place = NOWHERE


class _Limits(Frozen):
    thresholds: Mapping[str, _Limit]
    place: Place = NOWHERE


def thresholds(shelves: Shelves, firm: Firm) -> dict[str, Threshold]:
    """How much likeness is too much: the shipped numbers, then those of the firm; each with its reason.

    Raises:
        FileFaults: a file does not fit; the firm names a threshold that nobody asks for, or a count for a share.
    """
    found = shelves.find(LIKENESS)
    limits = read(_Limits, found[1], LIKENESS).thresholds if found else {}
    shipped = {
        name: Threshold(limit.most if limit.most is not None else limit.least or 0.0, limit.reason, limit.place)
        for name, limit in limits.items()
    }
    wrong = [_misfit(name, each, limits) for name, each in firm.likeness.items()]
    if any(wrong):
        raise FileFaults(each for each in wrong if each)
    return {**shipped, **firm.likeness}


def _misfit(name: str, chosen: Threshold, limits: Mapping[str, _Limit]) -> Complaint | None:
    """Why what a firm chose would have no effect."""
    limit = limits.get(name)
    if limit is None:
        message = f"likeness 里没有“{name}”{did_you_mean(name, limits)}"
        return Complaint(str(chosen.place), message, f"可以写的：{'、'.join(limits)}")
    if limit.most is not None and chosen.value > 1:
        return Complaint(str(chosen.place), f"likeness.{name} 是份额，要写 most（0 到 1）", f"如 most: {limit.most}")
    if limit.least is not None and chosen.value < 1:
        return Complaint(
            str(chosen.place), f"likeness.{name} 是个数，要写 least（1 以上）", f"如 least: {limit.least:g}"
        )
    return None


def static_texts(shelves: Shelves) -> tuple[str, ...]:
    """The texts of all templates on all shelves, as they stand."""
    paths = [path for suffix in (".j2", ".yaml") for path in shelves.list("templates", suffix)]
    return tuple(each.read_text("utf-8") for path in paths for _, each in shelves.all(path))
