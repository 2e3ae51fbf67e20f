"""Which documents of other standards serve a standard too: shared.yaml of its folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standards.sharing import Shared
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import folder_of, standard
from gbtool.structs import Frozen

FILE = "shared.yaml"


class _File(Frozen):
    shared: tuple[Shared, ...]
    place: Place = NOWHERE


def shared(key: str, shelves: Shelves) -> tuple[Shared, ...]:
    """What documents of other standards do for a standard; nothing where nobody wrote it down.

    Raises:
        FileFaults: the file does not fit, or names a clause that the standard does not have.
    """
    path = f"{folder_of(key, shelves)}/{FILE}"
    found = shelves.find(path)
    if found is None:
        return ()
    listed = read(_File, found[1], path).shared
    known = [clause.key for clause in standard(key, shelves)]
    wrong = [(each, clause) for each in listed for clause in each.clauses if clause not in known]
    if wrong:
        raise FileFaults(
            Complaint(str(each.place), f"{key} 没有条款键“{clause}”{did_you_mean(clause, known)}")
            for each, clause in wrong
        )
    return listed


def served(
    keys: Sequence[str], listed: Iterable[Specification], shelves: Shelves
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The clauses that documents serve under each of these standards, by document and key.

    Raises:
        FileFaults: as for `shared`, or a document is not in the catalogue.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, each in _all(keys, listed, shelves):
        found.setdefault(each.document, {})[key] = each.clauses
    return found


def stand_ins(keys: Sequence[str], listed: Iterable[Specification], shelves: Shelves) -> Mapping[str, tuple[str, ...]]:
    """By form the documents that serve all it is for, so that a client of these standards keeps no such form.

    Raises:
        FileFaults: as for `served`.
    """
    found: dict[str, tuple[str, ...]] = {}
    for _, each in _all(keys, listed, shelves):
        for form in each.instead_of:
            found[form] = (*found.get(form, ()), each.document)
    return found


def _all(keys: Sequence[str], listed: Iterable[Specification], shelves: Shelves) -> Iterator[tuple[str, Shared]]:
    known = {each.id for each in listed}
    for key in keys:
        for each in shared(key, shelves):
            wrong = [id_ for id_ in (each.document, *each.instead_of) if id_ not in known]
            if wrong:
                raise FileFaults(
                    Complaint(str(each.place), f"没有文件“{id_}”{did_you_mean(id_, known)}") for id_ in wrong
                )
            yield key, each
