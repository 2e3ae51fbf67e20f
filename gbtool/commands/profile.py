"""The profile of a client: how far it is answered, single answers, changing some in one write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gbtool.commands.answering import Answered, Questionnaire, fit, keep, questionnaire
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.exchange.tables import read_rows
from gbtool.model import answers as rules
from gbtool.model.place import Place
from gbtool.model.question import Group, Kind, Question
from gbtool.shelf.reader import did_you_mean, plain_of


@dataclass(frozen=True, slots=True)
class Count:
    """How far a group is answered; questions that do not concern this client are not counted."""

    group: Group
    answered: int
    open: int
    required: int


@dataclass(frozen=True, slots=True)
class State:
    """One question and its answer."""

    question: Question
    answer: object
    relevant: bool
    place: Place

    @property
    def open(self) -> bool:
        """Whether it is still to be answered."""
        return self.relevant and self.answer is None


@dataclass(frozen=True, slots=True)
class Changed:
    """The answers that were written, and what they now leave to be done."""

    answered: tuple[Answered, ...]
    notes: tuple[str, ...]
    left: int


def counts(asked: Questionnaire) -> tuple[Count, ...]:
    """How far each group is answered."""
    return tuple(_count(asked, group) for group in asked.groups)


def _count(asked: Questionnaire, group: Group) -> Count:
    open_ = asked.pending(group)
    answered = sum(asked.answers.get(question.key) is not None for question in group.questions)
    return Count(group, answered, len(open_), sum(question.required for question in open_))


def states(asked: Questionnaire, *, only_open: bool = False) -> tuple[State, ...]:
    """Every question with its answer, or only those that are open."""
    found = (_state(asked, question) for group in asked.groups for question in group.questions)
    return tuple(state for state in found if state.open or not only_open)


def _state(asked: Questionnaire, question: Question) -> State:
    client = asked.client
    relevant = question.relevant(client.answers)
    return State(question, client.get(question.key), relevant, client.place(question.key))


def state(asked: Questionnaire, key: str) -> State:
    """One question with its answer.

    Raises:
        UsageError: there is no such question.
    """
    return _state(asked, _question(asked, key))


def _question(asked: Questionnaire, key: str) -> Question:
    question = asked.question(key)
    if question is None:
        guess = did_you_mean(key, asked.client.questions)
        raise UsageError(f"没有问题“{key}”{guess}", "全部问题见 gbtool profile list")
    return question


def set_answers(work: Workspace, pairs: Sequence[str], base: Path) -> Changed:
    """Change some answers, all or none.

    Args:
        work: the client.
        pairs: `KEY=VALUE` each; an empty value opens the question again.
        base: the folder from which file names in values start.

    Raises:
        UsageError: a pair has no = or names no question.
        FileFaults: a value does not fit; all complaints at once.
    """
    asked = questionnaire(work)
    values = _values(asked, pairs, base)
    answered = fit(asked, values, base)
    after = keep(work, asked, answered)
    left = sum(len(after.pending(group)) for group in after.groups)
    return Changed(answered, tuple(notes(after, values)), left)


def _values(asked: Questionnaire, pairs: Iterable[str], base: Path) -> dict[str, object]:
    values: dict[str, object] = {}
    faults: list[Complaint] = []
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals:
            raise UsageError(f"“{pair}”应当写成 键=值", "例：gbtool profile set company_short=岚湾流控")
        question = _question(asked, key.strip())
        if question.key in values:
            raise UsageError(f"“{question.key}”写了两次", "留一个")
        try:
            values[question.key] = value_of(question, text, base)
        except FileFaults as fault:
            faults.extend(fault.complaints)
    if faults:
        raise FileFaults(faults)
    return values


def value_of(question: Question, text: str, base: Path) -> object:
    """The typed value of a text: lists by commas, tables and lists as YAML or JSON, tables from `@file.csv`."""
    if not text.strip():
        return None
    if question.type is Kind.TABLE and text.startswith("@"):
        return rules.typed(question, read_rows((base / text[1:]).resolve(), text[1:]))
    if question.type is Kind.TABLE and text.strip() in ("无", "[]"):
        return []
    if question.type is Kind.TABLE or (question.type in (Kind.LIST, Kind.MULTI) and text.lstrip().startswith("[")):
        return rules.typed(question, plain_of(text, question.key))
    if question.type is Kind.LONG:
        return text
    return rules.from_text(question, text)


def notes(asked: Questionnaire, changed: Mapping[str, object]) -> Iterable[str]:
    """What the answers ask for now: functions that no department carries yet."""
    rows = asked.client.rows(rules.DEPARTMENTS)
    concerned = {name for when in asked.functions.needed.values() for term in when for name in term.split("|")}
    if rows and concerned & set(changed):
        missing = asked.functions.missing(rows, asked.answers)
        if missing:
            yield f"departments 里还没有部门承担：{'、'.join(map(asked.functions.shown, missing))}"
