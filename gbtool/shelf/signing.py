"""Who may sign as what, from checklists/signing.yaml; the texts of its rules are read with those of the others."""

from collections.abc import Mapping

from gbtool.model.place import NOWHERE, Place
from gbtool.model.signing import Power
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen

PATH = "checklists/signing.yaml"


class _File(Frozen):
    powers: tuple[Power, ...]
    rules: tuple[Mapping[str, object], ...] = ()
    place: Place = NOWHERE


def powers(shelves: Shelves) -> tuple[Power, ...]:
    """The roles of signature fields that mean a function or a post.

    Raises:
        FileFaults: the file does not fit.
    """
    found = shelves.find(PATH)
    return read(_File, found[1], PATH).powers if found else ()
