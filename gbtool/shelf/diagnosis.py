"""Questions and scoring of the diagnosis, and the indicators of effectiveness, from checklists/."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from gbtool.errors import Complaint, FileFaults
from gbtool.model.diagnosis import Indicators, Level, Probe, Scheme
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

QUESTIONS = "checklists/diagnosis/questions"
SCORING = "checklists/diagnosis/scoring.yaml"
INDICATORS = "checklists/effectiveness.yaml"
ANCHORS = ("0", "2", "4")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Questions:
    dimension: str
    questions: tuple[Probe, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class _Scoring:
    scale: Mapping[str, str]
    rules: tuple[str, ...]
    levels: tuple[Level, ...]
    method: tuple[str, ...]
    place: Place = NOWHERE


def scheme(shelves: Shelves) -> Scheme:
    """Questions and scoring of the diagnosis, the nearest shelf first.

    Raises:
        FileFaults: a file does not fit, an id stands twice, a weight or a level cannot be.
    """
    probes: list[Probe] = []
    for path in shelves.list(QUESTIONS, ".yaml"):
        found = shelves.find(path)
        if found:
            file = read(_Questions, found[1], path)
            probes += (replace(probe, dimension=file.dimension) for probe in file.questions)
    scoring = _one(_Scoring, SCORING, shelves)
    faults = [*_faults(probes), *_levels(scoring)]
    if faults:
        raise FileFaults(faults)
    return Scheme(tuple(probes), scoring.scale, scoring.rules, scoring.levels, scoring.method)


def indicators(shelves: Shelves) -> Indicators:
    """The indicators of effectiveness, the nearest shelf first.

    Raises:
        FileFaults: the file does not fit, or an id stands twice.
    """
    found = _one(Indicators, INDICATORS, shelves)
    faults = list(_twice((each.id, each.place) for each in found.indicators))
    if faults:
        raise FileFaults(faults)
    return found


def _one(cls: type[_T], path: str, shelves: Shelves) -> _T:
    found = shelves.find(path)
    if found is None:
        raise FileFaults([Complaint(path, "找不到文件")])
    return read(cls, found[1], path)


def _faults(probes: Iterable[Probe]) -> Iterator[Complaint]:
    known = tuple(probes)
    yield from _twice((probe.id, probe.place) for probe in known)
    for probe in known:
        if probe.weight < 1:
            yield Complaint(str(probe.place), f"{probe.id} 的权重应当是正整数")
        missing = [points for points in ANCHORS if not probe.anchors.get(points)]
        if missing:
            yield Complaint(str(probe.place), f"{probe.id} 没有写 {'、'.join(missing)} 分的样子")


def _twice(ids: Iterable[tuple[str, Place]]) -> Iterator[Complaint]:
    first: dict[str, Place] = {}
    for id_, place in ids:
        if id_ in first:
            yield Complaint(str(place), f"{id_} 写了两次，另一处在 {first[id_]}")
        first.setdefault(id_, place)


def _levels(scoring: _Scoring) -> Iterator[Complaint]:
    if not any(level.min <= 0 for level in scoring.levels):
        yield Complaint(str(scoring.place), "levels 里没有从 0 分起的等级")
