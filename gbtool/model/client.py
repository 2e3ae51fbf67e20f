"""The facts about one client."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from gbtool.model.place import NOWHERE, Place
from gbtool.model.question import Question
from gbtool.model.standards.chosen import chosen
from gbtool.structs import Frozen

# A value as the question's type says: str, int, float, bool, date (as ISO text), list of str, list of rows.
Row = Mapping[str, object]


class Post(Frozen):
    """A person with a post, as in `沈知远，副总经理`."""

    name: str
    title: str


class Department(Frozen):
    """A department of the client and the functions that it carries."""

    name: str
    head: str
    functions: tuple[str, ...]
    size: int | None = None


class Client(Frozen, dict=True):
    """The answers about one client, None where a question is open; `places` says where each stands in client.yaml."""

    answers: Mapping[str, object]
    places: Mapping[str, Place]
    questions: Mapping[str, Question]

    def __getitem__(self, key: str) -> object:
        return self.answers[key]

    def get(self, key: str) -> object:
        """The answer, or None while it is open."""
        return self.answers.get(key)

    def text(self, key: str) -> str:
        """The answer as text, empty while it is open."""
        value = self.answers.get(key)
        return "" if value is None else str(value)

    def date(self, key: str) -> date | None:
        """The answer to a date question."""
        value = self.text(key)
        return date.fromisoformat(value) if value else None

    def rows(self, key: str) -> tuple[Row, ...]:
        """The rows of a table or file answer, empty while it is open."""
        value = self.answers.get(key)
        return tuple(value) if isinstance(value, (list, tuple)) else ()

    def place(self, key: str) -> Place:
        """Where the answer stands."""
        return self.places.get(key, NOWHERE)

    def open(self) -> tuple[Question, ...]:
        """The relevant questions that nobody has answered yet."""
        return self._open

    @cached_property
    def _open(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions.values() if self.answers.get(q.key) is None and q.relevant(self.answers))

    @property
    def name(self) -> str:
        """The full name on the business licence."""
        return self.text("company_name")

    @property
    def code(self) -> str:
        """The two to four capitals in document numbers."""
        return self.text("company_code")

    @property
    def edition(self) -> str:
        """The edition of the standard that the system follows."""
        return self.text("standard_edition")

    @property
    def standards(self) -> tuple[str, ...]:
        """The keys of all standards that the system follows, the main one first."""
        return chosen(self.answers)

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """The departments in the order of the client's list."""
        return tuple(
            Department(
                name=str(row.get("部门") or ""),
                head=str(row.get("负责人") or ""),
                functions=tuple(f.strip() for f in str(row.get("职能") or "").split(",") if f.strip()),
                size=size if isinstance(size := row.get("人数"), int) else None,
            )
            for row in self.rows("departments")
        )

    def department_of(self, function: str) -> Department | None:
        """The department that carries a function."""
        return next((department for department in self.departments if function in department.functions), None)

    def carrying(self, function: str) -> tuple[str, ...]:
        """The names of all departments that carry a function."""
        return tuple(department.name for department in self.departments if function in department.functions)

    def post(self, key: str) -> Post | None:
        """Name and post from an answer such as `沈知远，副总经理`."""
        name, _, title = self.text(key).replace(",", "，").partition("，")
        return Post(name.strip(), title.strip()) if name.strip() else None
