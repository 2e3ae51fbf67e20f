"""What must agree in a whole set of documents: words and lists from the shelf."""

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class TermRule(Frozen):
    """One thing has one name; the others are never used."""

    term: str
    never: tuple[str, ...]
    why: str = ""


class Counted(Frozen):
    """Something that is counted, in a unit."""

    thing: str
    unit: str


class Agreement(Frozen):
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


class Catalogued(Frozen):
    """A document of the catalogue under the client's number: its titles, and whether this client has it."""

    id: str
    titles: tuple[str, ...]
    applies: bool
