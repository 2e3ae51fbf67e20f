"""What shows that nobody finished a document: words that wait, words that a tool put there, cells that must speak."""

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class WrongWord(Frozen):
    """A word that is written where another was meant; `unless` it is part of this longer one."""

    written: str
    meant: str
    unless: str = ""
    soft: bool = False


class Residue(Frozen):
    """The words, and the columns and labels whose cells must not be empty.

    `waiting` words wait wherever they stand, unless inside one of `finished`; `waiting_alone` only where nothing else
    stands beside them.
    """

    as_of: str = ""
    waiting: tuple[str, ...] = ()
    waiting_alone: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    in_forms: tuple[str, ...] = ()
    own_only: tuple[str, ...] = ()
    wrong: tuple[WrongWord, ...] = ()
    needed_columns: tuple[str, ...] = ()
    needed_labels: tuple[str, ...] = ()
    place: Place = NOWHERE
