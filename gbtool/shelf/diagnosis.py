"""Questions and scoring of the diagnosis, and the indicators of effectiveness, from checklists/."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from gbtool.errors import Complaint, FileFaults
from gbtool.model.diagnosis import Indicators, Level, Probe, Scheme, Section
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen, field, names_of, replace

FOLDER = "checklists/diagnosis"  # of a standard without questions of its own
OWN = "diagnosis"  # the folder of a standard's own questions, below its own
QUESTIONS, SCORING = "questions", "scoring.yaml"
INDICATORS = "checklists/effectiveness.yaml"
ANCHORS = ("0", "2", "4")
_REPORT = ("name", "title", "report", "record", "sections")
_T = TypeVar("_T")


class _Questions(Frozen):
    dimension: str
    questions: tuple[Probe, ...]
    place: Place = NOWHERE


class _Scoring(Frozen):
    scale: Mapping[str, str]
    rules: tuple[str, ...]
    levels: tuple[Level, ...]
    method: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    name: str = ""
    title: str = ""
    report: str = ""
    record: str = ""
    by_dimension: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)
    aspects: str = ""
    note: str = ""
    place: Place = NOWHERE


def scheme(shelves: Shelves, standard: str = "") -> Scheme:
    """Questions and scoring of the diagnosis, the nearest shelf first.

    Args:
        shelves: where the files stand.
        standard: the folder of the standard; one that has no questions of its own is asked the general ones.

    Raises:
        FileFaults: a file does not fit, an id stands twice, a weight or a level cannot be.
    """
    own = folder(shelves, standard)
    probes: list[Probe] = []
    for path in shelves.list(f"{own}/{QUESTIONS}", ".yaml"):
        found = shelves.find(path)
        if found:
            file = read(_Questions, found[1], path)
            probes += (replace(probe, dimension=file.dimension) for probe in file.questions)
    scoring = _scoring(f"{own}/{SCORING}", shelves)
    faults = [*_faults(probes), *_levels(scoring), *_weights(scoring, probes), *_unnamed(scoring)]
    if faults:
        raise FileFaults(faults)
    said = {name: getattr(scoring, name) for name in names_of(scoring) if name != "place"}
    return Scheme(probes=tuple(probes), **said)


def _scoring(path: str, shelves: Shelves) -> _Scoring:
    """The nearest scoring; what the report is called and shows it need not say again."""
    nearest = _one(_Scoring, path, shelves)
    farthest = read(_Scoring, shelves.all(path)[-1][1], path)
    said = {name: getattr(nearest, name) or getattr(farthest, name) for name in _REPORT}
    return replace(nearest, **said)


def folder(shelves: Shelves, standard: str) -> str:
    """The folder with the questions that a standard asks: its own, else the general one."""
    own = f"{standard}/{OWN}"
    return own if standard and shelves.find(f"{own}/{SCORING}") else FOLDER


def indicators(shelves: Shelves, standard: str = "") -> Indicators:
    """The indicators of effectiveness, the nearest shelf first; a standard with questions of its own has none.

    Raises:
        FileFaults: the file does not fit, or an id stands twice.
    """
    if folder(shelves, standard) != FOLDER:
        return Indicators("", "", 0, (), {}, ())
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


def _unnamed(scoring: _Scoring) -> Iterator[Complaint]:
    needed = [name for name in _REPORT if name != "record"]
    return (Complaint(str(scoring.place), f"缺“{name}”") for name in needed if not getattr(scoring, name))


def _weights(scoring: _Scoring, probes: Iterable[Probe]) -> Iterator[Complaint]:
    known = {probe.dimension for probe in probes}
    for name, weight in scoring.weights.items():
        if name not in known:
            yield Complaint(str(scoring.place), f"weights 里没有方面“{name}”", f"有：{'、'.join(sorted(known))}")
        elif weight < 1:
            yield Complaint(str(scoring.place), f"{name} 的权重应当是正整数")


def _levels(scoring: _Scoring) -> Iterator[Complaint]:
    if scoring.levels and not any(level.min <= 0 for level in scoring.levels):
        yield Complaint(str(scoring.place), "levels 里没有从 0 分起的等级")
