"""The intake questions from checklists/profile/*.yaml."""

from dataclasses import dataclass, replace

from gbtool.model.place import NOWHERE, Place
from gbtool.model.question import Group, Question
from gbtool.shelf import standards
from gbtool.shelf.catalogue import followed as followed_by_documents
from gbtool.shelf.reader import read
from gbtool.shelf.shelves import Shelves

FOLDER = "checklists/profile"


@dataclass(frozen=True, slots=True)
class _File:
    group: str
    title: str
    questions: tuple[Question, ...]
    place: Place = NOWHERE


def groups(shelves: Shelves) -> tuple[Group, ...]:
    """All groups of questions in order of their files.

    Raises:
        FileFaults: a file does not fit.
    """
    result = []
    for path in shelves.list(FOLDER, ".yaml"):
        found = shelves.find(path)
        if found:
            file = read(_File, found[1], path)
            questions = tuple(_complete(question, file.group, shelves) for question in file.questions)
            result.append(Group(file.group, file.title, questions))
    return tuple(result)


def _complete(question: Question, group: str, shelves: Shelves) -> Question:
    choices = _CHOICES[question.choices_from](shelves) if question.choices_from in _CHOICES else question.choices
    return replace(question, group=group, choices=choices)


def _standards(shelves: Shelves) -> tuple[str, ...]:
    """The standards that a system can follow, the newest in force first."""
    followed = followed_by_documents(shelves)
    heads = sorted(
        standards.heads(shelves), key=lambda each: (not each.superseded_on, each.in_force_from), reverse=True
    )
    return tuple(each.key for each in heads if each.key in followed)


_CHOICES = {"standards": _standards}


def questions(shelves: Shelves) -> dict[str, Question]:
    """All questions by key."""
    return {question.key: question for group in groups(shelves) for question in group.questions}
