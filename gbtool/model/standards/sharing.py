"""What a document of one standard also does for another."""

from dataclasses import dataclass

from gbtool.model.place import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Shared:
    """A document of another standard that serves clauses of this one, how, and how sure that is."""

    document: str
    clauses: tuple[str, ...]
    how: str = ""
    confidence: str = "medium"
    place: Place = NOWHERE
