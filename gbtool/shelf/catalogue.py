"""The catalogue from templates/**: documents.yaml of a folder, and one file per form, procedure or flow."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

LIST = "documents.yaml"
VOCABULARY = "templates/vocabulary.yaml"
NO_DOCUMENTS = (VOCABULARY, "templates/periods.yaml")


@dataclass(frozen=True, slots=True)
class _List:
    documents: tuple[Specification, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the document set: kinds, frequencies, functions, conditions, retention, phases of the ledger."""

    kinds: Mapping[str, str]
    frequencies: Mapping[str, str]
    functions: Mapping[str, str]
    conditions: Mapping[str, str]
    retention_classes: Mapping[str, str]
    field_types: Mapping[str, str]
    ledger_phases: tuple[str, ...]
    needed_functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seed_004: Mapping[str, object] = field(default_factory=dict)
    version_rule: str = ""
    place: Place = NOWHERE


def vocabulary(shelves: Shelves) -> Vocabulary:
    """The words of the document set."""
    found = shelves.find(VOCABULARY)
    if not found:
        raise FileFaults([Complaint(VOCABULARY, "找不到文件")])
    return read(Vocabulary, found[1], VOCABULARY)


def catalogue(shelves: Shelves) -> tuple[Specification, ...]:
    """Every document that gbtool knows, in order of kind and number.

    Raises:
        FileFaults: a file does not fit or two documents have one id.
    """
    found: dict[str, Specification] = {}
    for path in shelves.list("templates", ".yaml"):
        if path in NO_DOCUMENTS:
            continue
        for specification in _file(path, shelves):
            if specification.id in found:
                first = found[specification.id].place
                raise FileFaults([Complaint(str(specification.place), f"{specification.id} 与 {first} 重复")])
            found[specification.id] = specification
    kinds = list(type(next(iter(found.values())).kind)) if found else []
    return tuple(sorted(found.values(), key=lambda s: (kinds.index(s.kind), s.number)))


def followed(shelves: Shelves) -> frozenset[str]:
    """The keys of the standards for which at least one document is in the catalogue."""
    return frozenset(key for specification in catalogue(shelves) for key in specification.editions)


def _file(path: str, shelves: Shelves) -> tuple[Specification, ...]:
    found = shelves.find(path)
    if not found:
        return ()
    if path.endswith(f"/{LIST}"):
        return read(_List, found[1], path).documents
    return (read(Specification, found[1], path),)
