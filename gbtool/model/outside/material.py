"""What a certification body asks for with an application, and what was found to answer it."""

from collections.abc import Iterable
from enum import StrEnum

from gbtool.model.document import DocumentKind
from gbtool.model.finding import Verdict
from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen


class Need(StrEnum):
    """When a material is asked for."""

    ALWAYS = "always"
    APPLICABLE = "when_applicable"
    REQUESTED = "when_requested"
    NEVER = "never"

    @property
    def word(self) -> str:
        """As the user reads it."""
        words = {"always": "必须", "when_applicable": "有则要", "when_requested": "机构要求才要", "never": "不要"}
        return words[self.value]


class Material(Frozen):
    """One material: controlled documents by id or kind, papers of audit and review, forms with records in the ledger.

    `lists` are printed from the ledger; `period` says that its dates lie between the effective day and the
    application; `least` is how many signs a Word file has at least; `source` and `seen` say where and when somebody
    read what a body asks for.
    """

    id: str
    name: str
    required: Need
    documents: tuple[str, ...] = ()
    kinds: tuple[DocumentKind, ...] = ()
    made: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    period: bool = False
    least: int | None = None
    hint: str = ""
    source: str = ""
    seen: str = ""
    place: Place = NOWHERE


class Materials(Frozen):
    """A list of materials with its source; `least` signs of a Word file, `least_bytes` of any other."""

    source: str
    confidence: str
    least: int
    least_bytes: int
    materials: tuple[Material, ...]
    place: Place = NOWHERE

    def of_body(self, own: Iterable[Material]) -> tuple[Material, ...]:
        """The list as a body has it: its own in place of those with the same id, new ones after them."""
        others = {each.id: each for each in own}
        merged = [others.pop(each.id, each) for each in self.materials]
        return tuple(each for each in (*merged, *others.values()) if each.required is not Need.NEVER)


class Wrong(StrEnum):
    """What may be wrong with a material."""

    MISSING = "缺"
    THIN = "太薄"
    DATE = "日期不对"


class Problem(Frozen):
    """What is wrong with a material, with which file, what to do; only what must be there stops a pack."""

    wrong: Wrong
    message: str
    fix: str = ""
    blocks: bool = True


class Filed(Frozen):
    """A file of a material: its name in the pack, pages where they are known, size in bytes, SHA-256."""

    name: str
    pages: int | None
    size: int
    sha256: str


class Answer(Frozen):
    """A material with the files that answer it and what is wrong with them."""

    material: Material
    files: tuple[Filed, ...]
    problems: tuple[Problem, ...]


class Application(Frozen):
    """What is asked for and what answers it; `body` is empty where none was chosen; the verdict of the gate."""

    client: str
    body: str
    source: str
    answers: tuple[Answer, ...]
    verdict: Verdict

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems that stop a pack."""
        return tuple(each for answer in self.answers for each in answer.problems if each.blocks)

    def count(self, wrong: Wrong) -> int:
        """How many of a kind stop it."""
        return sum(each.wrong is wrong for each in self.problems)
