"""What became of documents, as rows that the user's cache folder may keep: no word of a client is in them.

They hold ids, outcomes, and what the catalogue and the questions say. The client's code, which numbers and paths
begin with, is held out: a row has a hole, and the code is where client.yaml has it.
"""

from collections.abc import Iterable
from typing import Any

from gbtool.commands.edits.state import State
from gbtool.commands.workspace import DOCUMENTS
from gbtool.model.document import DocumentKind, Made, OpenValue, Outcome
from gbtool.model.place import Place
from gbtool.structs import values_of

_HOLE = "\0"
_QUIET = frozenset({Outcome.SAME, Outcome.KEPT, Outcome.OPEN})
_SHELVES = ("templates/", "checklists/")
_PERIODS = "templates/periods.yaml"


def tellable(made: Iterable[Made], seen: State, read: Iterable[str]) -> bool:
    """Whether these may be kept.

    Not where somebody's words are in them, where the catalogue is the client's own, or where a file of those that
    were `read` is none that the state has seen.
    """
    own = (name for name in seen.files if name.startswith(_SHELVES) and name.endswith(".yaml") and name != _PERIODS)
    plain = all(
        each.outcome in _QUIET
        and not (each.differences or each.copy or each.beside)
        and all(value.place.file.startswith(_SHELVES) for value in each.open)
        for each in made
    )
    return plain and not any(own) and all(name in seen.files or name.startswith(f"{DOCUMENTS}/") for name in read)


def packed(made: Made, code: str) -> list[object]:
    """A document as a row.

    Raises:
        ValueError: a text has the sign of the hole in it.
    """
    texts = [_held_out(text, code) for text in (made.number, made.title, made.path)]
    open_ = [[value.key, value.question, values_of(value.place), value.command] for value in made.open]
    return [made.id, made.kind.value, *texts, made.outcome.value, made.shelf, made.note, open_]


def unpacked(row: list[Any], code: str) -> Made:
    """The document of a row.

    Raises:
        ValueError, TypeError: it is no such row.
    """
    id_, kind, number, title, path, outcome, shelf, note, open_ = row
    number, title, path = (text.replace(_HOLE, code) for text in (number, title, path))
    values = tuple(OpenValue(key, question, Place(*place), command) for key, question, place, command in open_)
    return Made(id_, DocumentKind(kind), number, title, path, Outcome(outcome), shelf, values, note=note)


def _held_out(text: str, code: str) -> str:
    if _HOLE in text:
        raise ValueError(text)
    return text.replace(code, _HOLE)
