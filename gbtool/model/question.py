"""The questions of the intake interview; they are data, these are their shapes."""

from collections.abc import Mapping
from enum import StrEnum

from gbtool.model import condition
from gbtool.model.place import NOWHERE, Place
from gbtool.model.standards.chosen import chosen
from gbtool.structs import Frozen


class Kind(StrEnum):
    """The type of an answer."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    PERIOD = "period"
    NUMBER = "number"
    CHOICE = "choice"
    MULTI = "multi"
    LIST = "list"
    BOOL = "bool"
    TABLE = "table"
    FILE = "file"


class Column(Frozen):
    """A column of a table answer: text, date, number, dept, person or functions; a file has to have a needed one.

    `stands_for` is the column of the general question for which this one's question stands.
    """

    name: str
    type: str = "text"
    needed: bool = False
    stands_for: str = ""


class Question(Frozen):
    """One question: its key is the name by which templates and rules know the answer.

    `stands_for` is a general question whose answer this one gives under its own standards: rules find it there too.
    """

    key: str
    question: str
    type: Kind
    required: bool
    first: bool = False
    when: tuple[str, ...] = ()
    hint: str = ""
    choices: tuple[str, ...] = ()
    choices_from: str = ""  # what on the shelves gives the choices
    columns: tuple[Column, ...] = ()
    example: object = None
    group: str = ""
    stands_for: str = ""
    asked: bool = True  # false: given by a command, nobody is asked
    standards: tuple[str, ...] = ()  # asked only under these; empty: under all
    not_under: tuple[str, ...] = ()
    place: Place = NOWHERE

    def under(self, answers: Mapping[str, object]) -> bool:
        """Whether a standard that was chosen asks this question at all."""
        followed = set(chosen(answers))
        asked = not self.standards or followed & set(self.standards)
        return self.asked and bool(asked) and not (followed and followed <= set(self.not_under))

    def relevant(self, answers: Mapping[str, object]) -> bool:
        """Whether the answers so far make this question worth asking."""
        return self.under(answers) and condition.holds(self.when, answers)

    def lent(self, value: object) -> object:
        """The answer as that of the question for which this one stands: its columns under that one's names."""
        names = {column.name: column.stands_for or column.name for column in self.columns}
        if not isinstance(value, list):
            return value
        return [
            {names.get(str(name), str(name)): cell for name, cell in row.items()} if isinstance(row, Mapping) else row
            for row in value
        ]


class Group(Frozen):
    """Questions that are asked in one go."""

    id: str
    title: str
    questions: tuple[Question, ...]
