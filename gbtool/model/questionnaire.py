"""The questionnaire of a client: what is answered, what is open, whether an answer fits with the others."""

from collections.abc import Iterable, Iterator, Mapping

from gbtool.model import answers as rules
from gbtool.model.client import Client
from gbtool.model.condition import unanswered
from gbtool.model.functions import Functions
from gbtool.model.place import Place
from gbtool.model.question import Group, Question
from gbtool.structs import Frozen, replace


class Count(Frozen):
    """How far a group is answered; questions that do not concern this client are not counted."""

    group: Group
    answered: int
    open: int
    required: int


class State(Frozen):
    """One question and its answer; undecided while a question on which it depends is open."""

    question: Question
    answer: object
    relevant: bool
    undecided: bool
    place: Place

    @property
    def open(self) -> bool:
        """Whether it is still to be answered."""
        return self.relevant and self.answer is None


class Questionnaire(Frozen):
    """The questions in their groups, the answers so far, and the functions that departments may carry."""

    groups: tuple[Group, ...]
    client: Client
    functions: Functions

    @property
    def answers(self) -> Mapping[str, object]:
        """The answers so far, file answers as rows."""
        return self.client.answers

    def question(self, key: str) -> Question | None:
        """A question by key."""
        return self.client.questions.get(key)

    def pending(self, group: Group, *, first: bool = False) -> tuple[Question, ...]:
        """The open questions of a group that the answers so far make worth asking."""
        return tuple(
            question
            for question in group.questions
            if self.answers.get(question.key) is None
            and question.relevant(self.answers)
            and (question.first or not first)
        )

    def in_order(self) -> tuple[Group, ...]:
        """The groups as they are asked: the first, then what decides about other questions, then the rest."""
        deciding = {name for q in self.client.questions.values() for term in q.when for name in term.split("|")}
        return tuple(
            sorted(
                self.groups, key=lambda g: (g is not self.groups[0], not any(q.key in deciding for q in g.questions))
            )
        )

    def with_answers(self, changes: Mapping[str, object]) -> "Questionnaire":
        """The questionnaire as it stands after these answers."""
        client = replace(self.client, answers={**self.answers, **changes})
        return replace(self, client=client)

    def complaint(self, key: str, value: object) -> str | None:
        """What is wrong with an answer, seen together with the others."""
        question = self.client.questions[key]
        found = rules.complaint(question, value, self.answers)
        if found or key != rules.DEPARTMENTS or not isinstance(value, list):
            return found
        return self.functions.complaint(value, self.answers)

    def tidy(self, key: str, value: object) -> object:
        """An answer as it is kept: functions of departments as keys."""
        if key != rules.DEPARTMENTS or not isinstance(value, list):
            return value
        return [
            {**row, "职能": self.functions.keys(row["职能"])} if isinstance(row, Mapping) and "职能" in row else row
            for row in value
        ]

    def counts(self) -> tuple[Count, ...]:
        """How far each group is answered."""
        return tuple(self._count(group) for group in self.groups)

    def _count(self, group: Group) -> Count:
        open_ = self.pending(group)
        answered = sum(self.answers.get(question.key) is not None for question in group.questions)
        return Count(group, answered, len(open_), sum(question.required for question in open_))

    def states(self, *, only_open: bool = False) -> tuple[State, ...]:
        """Every question with its answer, or only those that are open."""
        found = (self.state(question) for group in self.groups for question in group.questions)
        return tuple(state for state in found if state.open or not only_open)

    def state(self, question: Question) -> State:
        """One question with its answer."""
        answers, place = self.answers, self.client.place(question.key)
        undecided = question.under(answers) and bool(unanswered(question.when, answers))
        return State(question, answers.get(question.key), question.relevant(answers), undecided, place)

    def gaps(self, changed: Iterable[str]) -> Iterator[str]:
        """What a change of these answers leaves to be done: functions that no department carries yet."""
        rows = self.client.rows(rules.DEPARTMENTS)
        terms = (term for when in self.functions.needed(self.answers).values() for term in when)
        if rows and {name for term in terms for name in term.split("|")} & set(changed):
            missing = self.functions.missing(rows, self.answers)
            if missing:
                yield f"departments 里还没有部门承担：{'、'.join(map(self.functions.shown, missing))}"
