"""Where texts of a firm's own lie: the shelves at a folder, with a client or without, and the edition that counts."""

from pathlib import Path

from gbtool.commands.gather import client
from gbtool.commands.workspace import workspace
from gbtool.commands.writing import allowed
from gbtool.documents.context import ALWAYS, DERIVED, PARTS
from gbtool.documents.jinja import environment
from gbtool.errors import UsageError
from gbtool.model.document import Specification
from gbtool.model.template import Template
from gbtool.shelf import catalogue, questions, standards, templates
from gbtool.shelf.reader import did_you_mean
from gbtool.shelf.shelves import CLIENT_FILE, SHIPPED, Shelf, Shelves, client_above, firm_above, shelves_of
from gbtool.structs import Frozen

ONLY_SHIPPED = Shelves((SHIPPED,))


class Desk(Frozen):
    """The shelves that are seen from a folder, and the edition of its client or the newest one."""

    shelves: Shelves
    edition: str

    @property
    def own(self) -> tuple[Shelf, ...]:
        """The shelves that are not ours, nearest first."""
        return tuple(shelf for shelf in self.shelves.shelves if shelf is not SHIPPED)

    @property
    def documents(self) -> tuple[Specification, ...]:
        """Every document of the edition."""
        return tuple(s for s in catalogue.catalogue(self.shelves) if self.edition in s.editions)

    def document(self, id_: str) -> Specification:
        """A document by id.

        Raises:
            UsageError: there is none; with a guess.
        """
        known = {specification.id: specification for specification in self.documents}
        if id_ not in known:
            raise UsageError(f"没有文件“{id_}”{did_you_mean(id_, known)}", "全部文件：gbtool template list")
        return known[id_]

    def parts(self, specification: Specification) -> tuple[Template, ...]:
        """The templates of a document as they stand on the nearest shelves."""
        return templates.parts_of(specification, self.edition, self.shelves)

    def shipped(self, specification: Specification) -> tuple[Template, ...]:
        """The templates of a document as they are shipped."""
        return templates.parts_of(specification, self.edition, ONLY_SHIPPED)


def desk(where: Path) -> Desk:
    """What is seen from a folder: a client's, or a firm's.

    Raises:
        UsageError: there is neither here.
        FileFaults: the client's facts are wrong.
    """
    here = where.resolve()
    folder, firm = client_above(here), firm_above(here)
    if folder is None and firm is None:
        raise UsageError(f"{where} 不在机构文件夹里，也不在客户文件夹里", "先建一个机构文件夹，里面放 gbtool.yaml")
    shelves = shelves_of(folder, firm_above(folder) if folder else firm)
    known = client(workspace(here)) if folder else None
    entity = known.text("entity_type") if known else ""
    return Desk(shelves, (known.edition if known else "") or standards.usual(shelves, entity))


def refuse_others(shelf: Shelf) -> None:
    """Refuse to write on the shelf of a client that another one has.

    Raises:
        Refused: as `allowed`.
    """
    if (shelf.folder / CLIENT_FILE).is_file():
        allowed(workspace(shelf.folder))


def known_names(seen: Desk) -> frozenset[str]:
    """Every name that a text may use: answers, what is computed from them, and what Jinja itself brings."""
    always = environment().globals
    return frozenset({*questions.questions(seen.shelves), *DERIVED, *ALWAYS, *PARTS, *always})
