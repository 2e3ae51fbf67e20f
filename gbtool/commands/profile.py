"""The profile of a client: how far it is answered, single answers, changing some in one write."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.answering import Answered, fit, keep, value_of
from gbtool.commands.gather import looking
from gbtool.commands.questionnaires import questionnaire
from gbtool.commands.workspace import Workspace
from gbtool.documents import needs, plan
from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.model.question import Question
from gbtool.model.questionnaire import Questionnaire, State
from gbtool.shelf.reader import did_you_mean
from gbtool.structs import Frozen


class Changed(Frozen):
    """The answers that were written, and what they now leave to be done."""

    answered: tuple[Answered, ...]
    notes: tuple[str, ...]
    left: int


def state(asked: Questionnaire, key: str) -> State:
    """One question with its answer.

    Raises:
        UsageError: there is no such question.
    """
    return asked.state(_question(asked, key))


def printing(work: Workspace, key: str, today: date) -> tuple[str, ...]:
    """The documents whose texts use an answer, each by number and title.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
    """
    with looking(work, today) as facts:
        made = plan.plan(facts, drafts.parts_for(work, facts)).documents
    return tuple(f"{each.number} {each.title}" for each in made if key in needs.used(each))


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
    return Changed(answered, tuple(after.gaps(values)), left)


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
