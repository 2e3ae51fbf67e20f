"""The intake questions from checklists/profile/*.yaml."""

from dataclasses import dataclass, replace

from gbtool.model.place import NOWHERE, Place
from gbtool.model.question import Group, Question
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
            questions = tuple(replace(question, group=file.group) for question in file.questions)
            result.append(Group(file.group, file.title, questions))
    return tuple(result)


def questions(shelves: Shelves) -> dict[str, Question]:
    """All questions by key."""
    return {question.key: question for group in groups(shelves) for question in group.questions}
