"""The audit checklist: questions that are data, the matrix that spreads them, and what an auditor answers."""

from enum import StrEnum

from gbtool.model.place import NOWHERE, Place
from gbtool.model.population import Sample
from gbtool.structs import Frozen


class AuditQuestion(Frozen):
    """One verifiable question to a function about a clause; question, sample and evidence may hold Jinja."""

    id: str
    clause: str
    functions: tuple[str, ...]
    question: str
    method: tuple[str, ...]
    sample: str
    evidence: str
    when: tuple[str, ...] = ()
    place: Place = NOWHERE
    population: str = ""  # what is sampled, else the first form in the texts
    take: str = ""  # how many, or `all`


class Share(Frozen):
    """Who carries a clause: exactly one main function and those that co-operate (`all`: every department)."""

    clause: str
    main: str
    with_: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


class MethodTime(Frozen):
    """How many minutes a question of one method takes."""

    method: str
    minutes: int


class AuditTime(Frozen):
    """How many minutes a question of an audit takes, why so many, and of which methods it takes others."""

    minutes: int
    reason: str
    methods: tuple[MethodTime, ...] = ()
    place: Place = NOWHERE

    def of(self, question: AuditQuestion) -> int:
        """The minutes of a question: those of its slowest method."""
        known = {each.method: each.minutes for each in self.methods}
        return max((known.get(method, self.minutes) for method in question.method), default=self.minutes)


class Judgement(StrEnum):
    """The judgement of one row, with the mark that is printed in the checklist."""

    CONFORMS = "符合"
    MINOR = "一般不符合"
    MAJOR = "严重不符合"
    OBSERVATION = "观察项"
    NOT_APPLICABLE = "不适用"

    @property
    def mark(self) -> str:
        """√ ○ × △ or the word itself."""
        return {"符合": "√", "一般不符合": "○", "严重不符合": "×", "观察项": "△"}.get(self.value, self.value)

    @classmethod
    def read(cls, text: str) -> "Judgement | None":
        """A judgement from its word or its mark."""
        cleaned = text.strip()
        return next((each for each in cls if cleaned in (each.value, each.mark)), None)


class ChecklistRow(Frozen):
    """One row of a department's checklist, ready to print."""

    number: int
    question: str
    clause: str
    cite: str
    title: str
    method: tuple[str, ...]
    sample: str
    evidence: str
    id: str
    drawn: Sample | None = None

    @property
    def plan(self) -> str:
        """How to sample, of how many, and what was drawn, as a record keeps it."""
        drawn = (("总体：", self.drawn.said), ("样本：", self.drawn.taken)) if self.drawn else ()
        return "\n".join((self.sample, *(f"{name}{text}" for name, text in drawn if text)))


class Checklist(Frozen):
    """The checklist of one department, its samples drawn with a seed."""

    department: str
    head: str
    functions: tuple[str, ...]
    rows: tuple[ChecklistRow, ...]
    seed: int = 0
