"""The data of what files are searched for: by what a client is recognised, and what its own lists are."""

from functools import lru_cache

from gbtool.model.agreement import Agreement
from gbtool.model.identity import Source
from gbtool.model.place import NOWHERE, Place
from gbtool.model.register import Register
from gbtool.model.residue import Residue
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import SHIPPED, Shelves
from gbtool.shelf.standards import editions, standard
from gbtool.structs import Frozen

NAMES = "checklists/screening/names.yaml"
RESIDUE = "checklists/screening/left-open.yaml"
LAWS = "checklists/laws.yaml"
AGREEMENT = "checklists/screening/agreement.yaml"


class NameSources(Frozen):
    """Which answers name the client itself, and which name those that it deals with."""

    identity: tuple[Source, ...]
    known: tuple[Source, ...]
    place: Place = NOWHERE

    @property
    def keys(self) -> frozenset[str]:
        """The questions of the client itself."""
        return frozenset(source.key for source in self.identity)


def name_sources(shelves: Shelves) -> NameSources:
    """The answers that name somebody.

    Raises:
        FileFaults: the file does not fit.
    """
    found = shelves.find(NAMES)
    return read(NameSources, found[1], NAMES) if found else NameSources((), ())


def residue(shelves: Shelves) -> Residue:
    """The words and cells that show what nobody finished.

    Raises:
        FileFaults: the file does not fit.
    """
    found = shelves.find(RESIDUE)
    return read(Residue, found[1], RESIDUE) if found else Residue()


def register(shelves: Shelves) -> Register:
    """Laws and standards by their dates.

    Raises:
        FileFaults: the file does not fit.
    """
    found = shelves.find(LAWS)
    return read(Register, found[1], LAWS) if found else Register()


def agreement(shelves: Shelves) -> Agreement:
    """The words and lists by which a set of documents agrees.

    Raises:
        FileFaults: the file does not fit.
    """
    found = shelves.find(AGREEMENT)
    return read(Agreement, found[1], AGREEMENT) if found else Agreement()


def clause_numbers(shelves: Shelves, family: str) -> dict[str, frozenset[str]]:
    """The clause numbers of every edition of a standard, those that are printed and those that are only likely."""
    return {
        edition: frozenset(
            number for clause in standard(edition, shelves) for number in (clause.number, clause.cite_as)
        )
        for edition in editions(shelves, family)
    }


@lru_cache(maxsize=1)
def shipped_text() -> str:
    """All texts that are shipped to everybody: a word that stands in them accuses nobody."""
    files = sorted((SHIPPED.folder / "templates").rglob("*"))
    return "\n".join(path.read_text("utf-8") for path in files if path.suffix in (".j2", ".yaml"))
