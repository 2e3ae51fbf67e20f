"""Gates from checklists/gb29490/<edition>/gates.yaml, joined with the published rules that they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gbtool.errors import Complaint, FileFaults
from gbtool.model.gate import Gate, Requirement
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.checklists import published_rules
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import FAMILY

CERTIFICATION = "checklists/certification/rules.yaml"


@dataclass(frozen=True, slots=True)
class _Requirement:
    rule: str
    title: str
    source: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    blocks: bool = True
    none_is_fine: str = ""
    if_nothing: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class _Gate:
    name: str
    title: str
    requirements: tuple[_Requirement, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class _File:
    gates: tuple[_Gate, ...]
    place: Place = NOWHERE


def gate(name: str, edition: str, shelves: Shelves) -> Gate:
    """A gate of an edition with source and confidence of each requirement.

    Raises:
        FileFaults: the gate is unknown, or a source is not among the published rules.
    """
    path = f"checklists/{FAMILY}/{edition}/gates.yaml"
    found = shelves.find(path)
    gates = {each.name: each for each in read(_File, found[1], path).gates} if found else {}
    if name not in gates:
        known = "、".join(gates) or "没有"
        raise FileFaults([Complaint("", f"{edition} 版没有名为“{name}”的门槛", f"可用的：{known}")])
    published = published_rules(shelves, CERTIFICATION)
    return Gate(name, gates[name].title, tuple(_joined(each, published) for each in gates[name].requirements))


def _joined(requirement: _Requirement, published: Mapping[str, Mapping[str, object]]) -> Requirement:
    source = published.get(requirement.source)
    if source is None:
        raise FileFaults([Complaint(str(requirement.place), f"没有出处“{requirement.source}”")])
    in_force = source.get("in_force")
    days = in_force if isinstance(in_force, Mapping) else {}
    sources = source.get("sources")
    names = "、".join(str(each) for each in sources) if isinstance(sources, list) else ""
    return Requirement(
        rule=requirement.rule,
        title=requirement.title,
        values=requirement.values,
        source=f"{requirement.source}（{names}）" if names else requirement.source,
        confidence=str(source.get("confidence") or ""),
        in_force_from=str(days.get("from") or ""),
        in_force_to=str(days.get("to") or ""),
        blocks=requirement.blocks,
        none_is_fine=requirement.none_is_fine,
        if_nothing=requirement.if_nothing,
        place=requirement.place,
    )
