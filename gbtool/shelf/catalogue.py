"""The catalogue from templates/**: documents.yaml of a folder, and one file per form, procedure or flow."""

from collections.abc import Mapping, Sequence

from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standards.head import Head
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import heads
from gbtool.structs import Frozen, field, replace

FOLDER = "templates"
LIST = "documents.yaml"
VOCABULARY = "templates/vocabulary.yaml"
NO_DOCUMENTS = (VOCABULARY, "templates/periods.yaml")


class _List(Frozen):
    documents: tuple[Specification, ...]
    place: Place = NOWHERE


class Vocabulary(Frozen):
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
    """The words of the document set, with the functions that only some standards know."""
    found = shelves.find(VOCABULARY)
    if not found:
        raise FileFaults([Complaint(VOCABULARY, "找不到文件")])
    words = read(Vocabulary, found[1], VOCABULARY)
    names = {key: name for each in heads(shelves) for key, name in each.functions.items()}
    return replace(words, functions={**names, **words.functions})


def catalogue(shelves: Shelves) -> tuple[Specification, ...]:
    """Every document that gbtool knows, in order of kind and number; an id may stand again for another standard.

    Raises:
        FileFaults: a file does not fit, a standard has two documents of one id or uses one that is not there.
    """
    holding = shelves.holding(FOLDER)
    paths = (path for path in holding.list(FOLDER, ".yaml") if path not in NO_DOCUMENTS)
    listed = [specification for path in paths for specification in _file(path, holding)]
    _refuse_doubles(listed)
    for head in heads(shelves):
        listed = _with_used(listed, head)
    kinds = list(DocumentKind)
    return tuple(sorted(listed, key=lambda s: (kinds.index(s.kind), s.number)))


def _refuse_doubles(listed: Sequence[Specification]) -> None:
    found: dict[tuple[str, str], Specification] = {}
    for each, edition in ((one, edition) for one in listed for edition in one.editions):
        first = found.setdefault((each.id, edition), each)
        if first is not each:
            raise FileFaults([Complaint(str(each.place), f"{each.id} 与 {first.place} 重复")])


def _with_used(listed: Sequence[Specification], head: Head) -> list[Specification]:
    """The documents, those that a standard uses from others now belonging to it too."""
    if not (head.uses or head.numbers):
        return [*listed]
    missing = set(head.uses) - {each.id for each in listed}
    if missing:
        raise FileFaults([Complaint(str(head.place), f"uses 里的 {each} 没有这份文件") for each in sorted(missing)])
    idle = set(head.numbers) - set(head.uses)
    if idle:
        raise FileFaults([Complaint(str(head.place), f"numbers 里的 {each} 不在 uses 里") for each in sorted(idle)])
    own = {each.id for each in listed if head.key in each.editions}
    general: dict[str, Specification] = {}  # of documents of one id the one that lies in no folder of a standard
    for each in sorted((one for one in listed if one.id in head.uses), key=lambda one: one.place.file.count("/")):
        general.setdefault(each.id, each)
    wanted = {id(general[key]) for key in head.uses if key not in own}
    return [one for each in listed for one in (_used(each, head) if id(each) in wanted else (each,))]


def _used(specification: Specification, head: Head) -> tuple[Specification, ...]:
    """A document that now belongs to one more standard; beside it a second one where its number is another there."""
    title, number = head.uses[specification.id], head.numbers.get(specification.id)
    titles = {**(specification.titles or {}), **({head.key: title} if title else {})}
    if number:
        return specification, replace(specification, editions=(head.key,), titles=titles, number=number)
    return (replace(specification, editions=(*specification.editions, head.key), titles=titles),)


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
