"""client.yaml in and out: typed answers with the place of each, every complaint at once; written for people."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import yaml

from gbtool.errors import FileFaults
from gbtool.model import answers as rules
from gbtool.model.client import Client
from gbtool.model.place import Place
from gbtool.model.question import Column, Group, Kind, Question
from gbtool.shelf.reader import Reading, compose, did_you_mean, empty, line_of, text_of
from gbtool.shelf.shelves import CLIENT_FILE
from gbtool.shelf.written.client_text import changed, fresh
from gbtool.shelf.written.writing import write_text

# Reads the rows of a CSV or xlsx file; comes from outside, since tables live in another room.
ReadRows = Callable[[Path, str, Sequence[Column]], Sequence[Mapping[str, str]]]


def read_client(folder: Path, questions: Mapping[str, Question], rows: ReadRows | None = None) -> Client:
    """The answers in a folder's client.yaml, None where a question is open; file answers are their rows.

    Args:
        folder: the client's folder.
        questions: all questions by key.
        rows: reads the rows of a file answer; without it a file answer stays the name of the file.

    Raises:
        FileFaults: client.yaml or a table that it names cannot be read or does not fit; all complaints with their line.
    """
    read = read_answers(folder / CLIENT_FILE, CLIENT_FILE, questions)
    found = dict(read.answers)
    complaints = list(read.reading.complaints)
    for key, name in read.files().items():
        try:
            found[key] = list(rows(folder / name, name, questions[key].columns)) if rows else name
        except FileFaults as faults:
            complaints.extend(faults.complaints)
    if complaints:
        raise FileFaults(complaints)
    lent = {
        question.stands_for: (key, question.lent(found[key]))
        for key, question in questions.items()
        if question.stands_for and found.get(key) is not None and question.relevant(found)
    }
    found |= {key: value for key, (_, value) in lent.items()}
    places = {**read.places, **{key: read.places[own] for key, (own, _) in lent.items()}}
    return Client({**dict.fromkeys(questions), **found}, places, questions)


class Answers:
    """What a file of answers says: values by key, where each stands, what is wrong with it."""

    def __init__(self, name: str, questions: Mapping[str, Question]) -> None:
        self.reading = Reading(name)
        self.questions = questions
        self.answers: dict[str, object] = {}
        self.places: dict[str, Place] = {}

    def take(self, root: yaml.Node) -> None:
        """Read every answer of a mapping."""
        for key, key_node, node in self.reading.pairs(root):
            question = self.questions.get(key)
            if question is None:
                self.reading.complain(key_node, f"不认识“{key}”{did_you_mean(key, self.questions)}")
                continue
            self.places[key] = Place(self.reading.name, line_of(key_node))
            self.answers[key] = self._answer(question, node)

    def files(self) -> dict[str, str]:
        """The names of files that answers give, by key."""
        return {
            key: value
            for key, value in self.answers.items()
            if self.questions[key].type is Kind.FILE and isinstance(value, str)
        }

    def _answer(self, question: Question, node: yaml.Node) -> object:
        if empty(node):
            return None
        if question.type is Kind.TABLE and isinstance(node, yaml.SequenceNode):
            return [self._row(question, item) for item in node.value]
        before = len(self.reading.complaints)
        value = rules.typed(question, self.reading.plain(node))
        wrong = None if len(self.reading.complaints) > before else rules.complaint(question, value)
        wrong = wrong or (_outside(value) if question.type is Kind.FILE else None)
        if wrong:
            self.reading.complain(node, f"{question.key}：{wrong}")
        return value

    def _row(self, question: Question, node: yaml.Node) -> object:
        if not isinstance(node, yaml.MappingNode):
            self.reading.complain(node, f"{question.key}：{rules.row_complaint(question, self.reading.plain(node))}")
            return {}
        columns = {column.name: column for column in question.columns}
        row: dict[str, object] = {}
        for name, name_node, value in self.reading.pairs(node):
            if name not in columns:
                guess = did_you_mean(name, columns) or f"，可用的列：{'、'.join(columns)}"
                self.reading.complain(name_node, f"{question.key}：没有“{name}”这一列{guess}")
                continue
            row[name] = rules.cell(columns[name], None if empty(value) else self.reading.plain(value))
            wrong = rules.cell_complaint(columns[name], row[name])
            if wrong:
                self.reading.complain(value, f"{question.key}：“{name}”{wrong}")
        self._missing(question, node, set(row))
        return row

    def _missing(self, question: Question, node: yaml.Node, given: set[str]) -> None:
        names = {key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)}
        missing = [column.name for column in question.columns if column.name not in given | names]
        if missing:
            fix = "没有内容也写上列名，值留空"
            self.reading.complain(node, f"{question.key}：这一行缺列“{'”“'.join(missing)}”", fix)


def read_answers(path: Path, name: str, questions: Mapping[str, Question]) -> Answers:
    """The answers of a YAML file with what is wrong with them; files that answers name are not opened.

    Raises:
        FileFaults: the file cannot be read or is not YAML.
    """
    answers = Answers(name, questions)
    root = compose(path, name)
    if root is not None:
        answers.take(root)
    return answers


def _outside(value: object) -> str | None:
    """What is wrong with the name of a table: it must lie in the folder itself or below."""
    name = str(value).replace("\\", "/")
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        return f"“{value}”不在本文件夹里，把表格放到 {CLIENT_FILE} 旁边，只写文件名"
    return None


def write_client(folder: Path, answers: Mapping[str, object], groups: Sequence[Group]) -> None:
    """Put a new client.yaml in place, written for people.

    Raises:
        FolderNotWritable: the folder or the disk refused.
    """
    write_text(folder / CLIENT_FILE, fresh(answers, groups))


def change_client(folder: Path, changes: Mapping[str, object], groups: Sequence[Group]) -> None:
    """Change some answers in client.yaml; all other lines stay as a person wrote them.

    Raises:
        FileFaults: client.yaml cannot be read, or cannot be changed line by line.
        FolderNotWritable: the folder or the disk refused; nothing was changed.
    """
    path = folder / CLIENT_FILE
    write_text(path, changed(text_of(path, CLIENT_FILE), changes, groups))
