"""Standards from checklists/<family>/<edition>/clauses.yaml, with a firm's corrections laid over them."""

import dataclasses
import functools

from gbtool.errors import Complaint, FileFaults
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standard import Change, Clause, Source, Standard
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import SHIPPED, Shelves

FAMILY = "gb29490"


@dataclasses.dataclass(frozen=True, slots=True)
class _Source:
    id: str
    what: str = ""
    url: str = ""
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Clause:
    key: str
    number: str
    title: str
    cite_as: str
    confidence: str
    number_status: str
    existence: str
    auditable: bool = False
    requirement: str = ""
    items: tuple[str, ...] = ()
    documented: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    note: str = ""
    alternatives: tuple[str, ...] = ()
    content_basis: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _File:
    code: str
    edition: str
    title: str
    published: str
    in_force_from: str
    status: str
    clauses: tuple[_Clause, ...]
    superseded_on: str = ""
    text_note: str = ""
    terms: tuple[object, ...] = ()
    annexes: tuple[object, ...] = ()
    unconfirmed_candidates: tuple[object, ...] = ()
    sources: tuple[_Source, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Correction:
    """What a firm that owns the standard corrects of one clause; cite_as follows the number where it is not given."""

    key: str
    number: str = ""
    title: str = ""
    cite_as: str = ""
    confidence: str = "high"
    number_status: str = "confirmed"
    existence: str = "confirmed"
    place: Place = NOWHERE


@dataclasses.dataclass(frozen=True, slots=True)
class _Corrections:
    clauses: tuple[Correction, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class _Changes:
    map: tuple["_Change", ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Change:
    change: str
    confidence: str
    from_: str = ""
    to: tuple[str, ...] = ()


def editions(shelves: Shelves) -> tuple[str, ...]:
    """The editions that are on the shelves, oldest first."""
    paths = shelves.list(f"checklists/{FAMILY}", "clauses.yaml")
    return tuple(sorted({path.split("/")[2] for path in paths}))


def standard(edition: str, shelves: Shelves) -> Standard:
    """An edition as shipped with the corrections of the nearer shelves.

    Raises:
        FileFaults: the edition is unknown or a correction is wrong.
    """
    if edition not in editions(shelves):
        known = "、".join(editions(shelves))
        raise FileFaults([Complaint("", f"没有 {edition} 版的条款数据", f"可用的版本：{known}")])
    path = f"checklists/{FAMILY}/{edition}/clauses.yaml"
    shipped = _shipped(edition)
    overrides = [found for shelf, found in shelves.all(path) if shelf is not SHIPPED]
    for override in reversed(overrides):
        shipped = _corrected(shipped, read(_Corrections, override, override.as_posix()).clauses)
    return shipped


@functools.cache
def _shipped(edition: str) -> Standard:
    path = f"checklists/{FAMILY}/{edition}/clauses.yaml"
    file = read(_File, SHIPPED.folder / path, path)
    names = [field.name for field in dataclasses.fields(Clause)]
    clauses = tuple(Clause(**{name: getattr(clause, name) for name in names}) for clause in file.clauses)
    return Standard(
        code=file.code,
        edition=file.edition,
        title=file.title,
        published=file.published,
        in_force_from=file.in_force_from,
        superseded_on=file.superseded_on,
        status=file.status,
        clauses=_sorted(clauses),
        sources=tuple(Source(source.id, source.what, source.url) for source in file.sources),
    )


def _sorted(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(sorted(clauses, key=lambda clause: clause.id.parts))


def _corrected(standard_: Standard, corrections: tuple[Correction, ...]) -> Standard:
    wanted = {correction.key: correction for correction in corrections}
    known = [clause.key for clause in standard_]
    unknown = [correction for correction in corrections if correction.key not in known]
    if unknown:
        raise FileFaults(
            Complaint(
                str(each.place), f"没有条款键“{each.key}”{did_you_mean(each.key, known)}", "全部的键：gbtool clauses"
            )
            for each in unknown
        )
    return dataclasses.replace(
        standard_,
        clauses=_sorted(tuple(_correct(clause, wanted.get(clause.key)) for clause in standard_)),
    )


def _correct(clause: Clause, correction: Correction | None) -> Clause:
    if correction is None:
        return clause
    number = correction.number or clause.number
    return dataclasses.replace(
        clause,
        number=number,
        title=correction.title or clause.title,
        cite_as=correction.cite_as or number,
        confidence=correction.confidence,
        number_status=correction.number_status,
        existence=correction.existence,
    )


def changes(shelves: Shelves) -> tuple[Change, ...]:
    """What became of each clause from 2013 to 2023."""
    path = f"checklists/{FAMILY}/2013-2023.yaml"
    found = shelves.find(path)
    file = read(_Changes, found[1], path) if found else _Changes(())
    return tuple(Change(change.from_, change.to, change.change, change.confidence) for change in file.map)
