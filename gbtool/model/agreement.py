"""What must agree in a whole set of documents: words and lists from the shelf."""

from dataclasses import dataclass

from gbtool.model.place import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class TermRule:
    """One thing has one name; the others are never used."""

    term: str
    never: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that is counted, in a unit."""

    thing: str
    unit: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """The words and lists."""

    as_of: str = ""
    departments: tuple[str, ...] = ()
    others_departments: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    confidential: tuple[str, ...] = ()
    secrecy_words: tuple[str, ...] = ()
    terms: tuple[TermRule, ...] = ()
    counted: tuple[Counted, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A document of the catalogue under the client's number: its titles, and whether this client has it."""

    id: str
    titles: tuple[str, ...]
    applies: bool
