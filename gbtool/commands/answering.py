"""The questionnaire of a client: what is answered, what is open, whether an answer fits, and keeping it."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults, FolderNotWritable
from gbtool.exchange.tables import read_rows
from gbtool.model import answers as rules
from gbtool.model.client import Client
from gbtool.model.functions import Functions
from gbtool.model.question import Group, Kind, Question
from gbtool.shelf import catalogue, questions
from gbtool.shelf.clients import change_client, read_client
from gbtool.shelf.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Questionnaire:
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


def blank(shelves: Shelves) -> Questionnaire:
    """A questionnaire without any answer."""
    asked = {question.key: question for group in questions.groups(shelves) for question in group.questions}
    return _questionnaire(shelves, Client(dict.fromkeys(asked), {}, asked))


def questionnaire(work: Workspace) -> Questionnaire:
    """The questionnaire of a client with what client.yaml answers.

    Raises:
        FileFaults: client.yaml or a table that it names is wrong.
    """
    return _questionnaire(work.shelves, read_client(work.folder, questions.questions(work.shelves), read_rows))


def _questionnaire(shelves: Shelves, client: Client) -> Questionnaire:
    words = catalogue.vocabulary(shelves)
    functions = Functions(words.functions, words.needed_functions)
    return Questionnaire(questions.groups(shelves), client, functions)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that fits: what is written down, what it means (rows, for a file), which file is taken in."""

    key: str
    written: object
    meant: object
    source: Path | None = None


def fit(asked: Questionnaire, values: Mapping[str, object], base: Path) -> tuple[Answered, ...]:
    """The answers, each tested together with all others.

    Args:
        asked: the questionnaire so far.
        values: typed values by key, None to open a question again; a file answer is a path, from `base`.
        base: the folder from which paths start.

    Raises:
        FileFaults: with every answer that does not fit, by its key.
    """
    faults: list[Complaint] = []
    answered = []
    for key, value in values.items():
        question = asked.client.questions[key]
        try:
            answered.append(_taken(question, asked.tidy(key, value), base))
        except FileFaults as fault:
            faults.extend(fault.complaints)
    after = asked.with_answers({each.key: each.meant for each in answered})
    for each in answered:
        wrong = after.complaint(each.key, each.meant)
        if wrong:
            faults.append(Complaint(each.key, wrong, _example(after.client.questions[each.key])))
    if faults:
        raise FileFaults(faults)
    return tuple(answered)


def _taken(question: Question, value: object, base: Path) -> Answered:
    if question.type is not Kind.FILE or not isinstance(value, (str, Path)):
        return Answered(question.key, value, value)
    source = (base / value).resolve()
    return Answered(question.key, source.name, read_rows(source, f"{question.key}：{value}"), source)


def _example(question: Question) -> str:
    simple = isinstance(question.example, str) and question.type not in (Kind.FILE, Kind.BOOL, Kind.CHOICE)
    return f"例：{question.example}" if simple else ""


def keep(work: Workspace, asked: Questionnaire, answered: Sequence[Answered]) -> Questionnaire:
    """Write answers into client.yaml in one step and take their files into the client's folder.

    Raises:
        FileFaults: client.yaml cannot be changed, or another file of that name is there already.
        FolderNotWritable: the folder or the disk refused; nothing was changed.
    """
    taken: list[Path] = []
    try:
        for each in answered:
            taken.extend(take_in(each.source, work.folder) if each.source else ())
        change_client(work.folder, {each.key: each.written for each in answered}, asked.groups)
    except BaseException:
        for path in taken:
            path.unlink(missing_ok=True)
        raise
    return asked.with_answers({each.key: each.meant for each in answered})


def take_in(source: Path, folder: Path) -> tuple[Path, ...]:
    """Copy a table into the client's folder; the new file, none when it was there already."""
    target = folder / source.name
    if target.exists() and (target.samefile(source) or target.read_bytes() == source.read_bytes()):
        return ()
    if target.exists():
        fix = "先把旧文件改名，或给新文件另起一个名字"
        raise FileFaults([Complaint(source.name, "客户文件夹里已有同名而内容不同的文件", fix)])
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise FolderNotWritable(target.name, error.strerror or str(error)) from error
    return (target,)
