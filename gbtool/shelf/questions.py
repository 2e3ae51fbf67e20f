"""The intake questions: checklists/profile/*.yaml, and questions.yaml of each standard."""

from collections.abc import Mapping

from gbtool.errors import Complaint, FileFaults
from gbtool.model.place import NOWHERE, Place
from gbtool.model.question import Group, Question
from gbtool.model.standards.head import Head
from gbtool.shelf import standards
from gbtool.shelf.catalogue import followed as followed_by_documents
from gbtool.shelf.reader import did_you_mean, read
from gbtool.shelf.shelves import Shelves
from gbtool.structs import Frozen, replace

FOLDER = "checklists/profile"
OWN = "questions.yaml"
_Offered = Mapping[str, tuple[str, ...]]


class _File(Frozen):
    group: str
    title: str
    questions: tuple[Question, ...]
    place: Place = NOWHERE


def groups(shelves: Shelves, standard: str = "") -> tuple[Group, ...]:
    """All groups of questions: the general ones in order of their files, then those of each standard.

    Args:
        shelves: where the files stand.
        standard: the key of the client's standard, in whose words the questions are put.

    Raises:
        FileFaults: a file does not fit, or two questions have one key.
    """
    heads = standards.heads(shelves)
    offered = {name: find(shelves) for name, find in _CHOICES.items()}
    found = [_group(path, (), shelves, heads, offered) for path in shelves.list(FOLDER, ".yaml")]
    found += [_group(f"{head.folder}/{OWN}", (head.key,), shelves, heads, offered) for head in heads]
    wording = next((head.wording for head in heads if head.key == standard), {})
    result = tuple(_worded(group, wording) for group in found if group.questions)
    _refuse_doubles(result)
    _refuse_unknown(heads, result)
    return result


def _group(path: str, only: tuple[str, ...], shelves: Shelves, heads: tuple[Head, ...], offered: _Offered) -> Group:
    found = shelves.find(path)
    if not found:
        return Group("", "", ())
    file = read(_File, found[1], path)
    return Group(
        file.group, file.title, tuple(_complete(each, file.group, only, heads, offered) for each in file.questions)
    )


def _complete(
    question: Question, group: str, only: tuple[str, ...], heads: tuple[Head, ...], offered: _Offered
) -> Question:
    choices = offered.get(question.choices_from, question.choices)
    without = tuple(head.key for head in heads if question.key in head.not_asked)
    own = only or question.standards
    under = (*own, *(head.key for head in heads if own and question.key in head.asks))
    return replace(question, group=group, choices=choices, standards=under, not_under=without)


def _worded(group: Group, wording: Mapping[str, str]) -> Group:
    told = (replace(each, question=wording[each.key]) if each.key in wording else each for each in group.questions)
    return replace(group, questions=tuple(told))


def _refuse_doubles(found: tuple[Group, ...]) -> None:
    seen: dict[str, Question] = {}
    for question in (each for group in found for each in group.questions):
        first = seen.setdefault(question.key, question)
        if first is not question:
            raise FileFaults([Complaint(str(question.place), f"问题的键“{question.key}”与 {first.place} 重复")])


def _refuse_unknown(heads: tuple[Head, ...], found: tuple[Group, ...]) -> None:
    known = [each.key for group in found for each in group.questions]
    missing = [(head, key) for head in heads for key in head.asks if key not in known]
    if missing:
        raise FileFaults(
            Complaint(str(head.place), f"asks 里没有这个问题：{key}{did_you_mean(key, known)}") for head, key in missing
        )


def _standards(shelves: Shelves) -> tuple[str, ...]:
    """The standards that a system can follow, the newest in force first."""
    followed = followed_by_documents(shelves)
    heads = sorted(
        standards.heads(shelves), key=lambda each: (not each.superseded_on, each.in_force_from), reverse=True
    )
    return tuple(each.key for each in heads if each.key in followed)


_CHOICES = {"standards": _standards}


def questions(shelves: Shelves, standard: str = "") -> dict[str, Question]:
    """All questions by key."""
    return {question.key: question for group in groups(shelves, standard) for question in group.questions}
