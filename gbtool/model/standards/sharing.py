"""What a document of one standard also does for another."""

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class Shared(Frozen):
    """A document of another standard that serves clauses of this one, how, and how sure that is.

    `instead_of` are forms of this standard that a client of both does not have: the document serves all they are for.
    """

    document: str
    clauses: tuple[str, ...]
    how: str = ""
    instead_of: tuple[str, ...] = ()
    confidence: str = "medium"
    place: Place = NOWHERE
