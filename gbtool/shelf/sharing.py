"""Which documents of other standards serve a standard too: shared.yaml of its folder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standards.sharing import Shared
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import Shelves
from gbtool.shelf.standards import folder_of, standard

FILE = "shared.yaml"


@dataclass(frozen=True, slots=True)
class _File:
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
    known = {each.id for each in listed}
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key in keys:
        for each in shared(key, shelves):
            if each.document not in known:
                raise FileFaults(
                    [Complaint(str(each.place), f"没有文件“{each.document}”{did_you_mean(each.document, known)}")]
                )
            found.setdefault(each.document, {})[key] = each.clauses
    return found
