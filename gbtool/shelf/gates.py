"""Gates from gates.yaml of a standard's folder, joined with the published rules that they come from."""

from collections.abc import Iterable, Iterator, Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.gate import Gate, Requirement
from gbtool.model.outside.published import Rulebook
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.certification import rulebook
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import folder_of, heads
from gbtool.structs import Frozen, field


class _Requirement(Frozen):
    rule: str
    title: str
    source: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    blocks: bool = True
    none_is_fine: str = ""
    if_nothing: str = ""
    place: Place = NOWHERE


class _Gate(Frozen):
    """`extends` names a gate whose requirements come first; `published` names rules or files of checklists/."""

    name: str
    title: str
    requirements: tuple[_Requirement, ...] = ()
    extends: str = ""
    published: tuple[str, ...] = ()
    place: Place = NOWHERE


class _File(Frozen):
    gates: tuple[_Gate, ...]
    place: Place = NOWHERE


def gate(name: str, standard: str, shelves: Shelves) -> Gate:
    """A gate of a standard with source and confidence of each requirement.

    Raises:
        FileFaults: the gate is unknown, or a source is not among the published rules.
    """
    gates = {each.name: each for each in _gates(standard, shelves)}
    if name not in gates:
        raise FileFaults([_unknown(name, standard, gates, shelves)])
    book = rulebook(shelves)
    lineage = list(_lineage(gates[name], gates))
    requirements = tuple(_joined(each, book) for one in lineage for each in one.requirements)
    cited = {each.source for one in lineage for each in one.requirements}
    ids = dict.fromkeys(id_ for one in lineage for word in one.published for id_ in _ids(word, one, book))
    published = tuple(book.rules[id_] for id_ in ids if id_ not in cited)
    return Gate(name, gates[name].title, requirements, published, book)


def _unknown(name: str, standard: str, gates: Iterable[str], shelves: Shelves) -> Complaint:
    own = next((each for each in heads(shelves) if each.key == standard), None)
    if own and not own.certifiable:
        return Complaint("", f"{own.code} 不是认证依据，没有名为“{name}”的门槛", own.instead)
    return Complaint("", f"{standard} 版没有名为“{name}”的门槛", f"可用的：{'、'.join(gates) or '没有'}")


def names(standard: str, shelves: Shelves) -> tuple[str, ...]:
    """The gates of a standard."""
    return tuple(each.name for each in _gates(standard, shelves))


def _gates(standard: str, shelves: Shelves) -> tuple[_Gate, ...]:
    path = f"{folder_of(standard, shelves)}/gates.yaml"
    found = shelves.find(path)
    return read(_File, found[1], path).gates if found else ()


def _lineage(gate_: _Gate, gates: Mapping[str, _Gate]) -> Iterator[_Gate]:
    """A gate and those that it extends, the oldest first.

    Raises:
        FileFaults: one is not there, or they go round in a circle.
    """
    line = [gate_]
    while line[0].extends:
        parent = gates.get(line[0].extends)
        if parent is None or parent in line:
            raise FileFaults([Complaint(str(line[0].place), f"extends 的门槛“{line[0].extends}”没有，或者绕了回来")])
        line.insert(0, parent)
    yield from line


def _ids(word: str, gate_: _Gate, book: Rulebook) -> tuple[str, ...]:
    """The rules that a word names: one rule, or all of a file."""
    if word in book.files:
        return book.files[word]
    if word in book.rules:
        return (word,)
    raise FileFaults([Complaint(str(gate_.place), f"没有规则或文件“{word}”{did_you_mean(word, book.files)}")])


def _joined(requirement: _Requirement, book: Rulebook) -> Requirement:
    source = book.rules.get(requirement.source)
    if source is None:
        raise FileFaults([Complaint(str(requirement.place), f"没有出处“{requirement.source}”")])
    names = "、".join(source.sources)
    return Requirement(
        rule=requirement.rule,
        title=requirement.title,
        values=requirement.values,
        source=f"{requirement.source}（{names}）" if names else requirement.source,
        confidence=source.confidence.value,
        in_force_from=source.in_force.from_,
        in_force_to=source.in_force.to,
        blocks=requirement.blocks,
        none_is_fine=requirement.none_is_fine,
        if_nothing=requirement.if_nothing,
        place=requirement.place,
    )
