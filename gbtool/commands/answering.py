"""Answers that fit are kept: written into client.yaml in one step, their files taken into the client's folder."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import allowed
from gbtool.errors import Complaint, FileFaults, FolderNotWritable, reason_of
from gbtool.exchange.tables import read_rows
from gbtool.model import answers as rules
from gbtool.model.question import Kind, Question
from gbtool.model.questionnaire import Questionnaire
from gbtool.shelf.clients import change_client
from gbtool.shelf.reader import plain_of
from gbtool.structs import Frozen


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


class Answered(Frozen):
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
    return Answered(question.key, source.name, read_rows(source, f"{question.key}：{value}", question.columns), source)


def _example(question: Question) -> str:
    simple = isinstance(question.example, str) and question.type not in (Kind.FILE, Kind.BOOL, Kind.CHOICE)
    return f"例：{question.example}" if simple else ""


def keep(work: Workspace, asked: Questionnaire, answered: Sequence[Answered]) -> Questionnaire:
    """Write answers into client.yaml in one step and take their files into the client's folder.

    Raises:
        FileFaults: client.yaml cannot be changed, or another file of that name is there already.
        FolderNotWritable: the folder or the disk refused; nothing was changed.
        Refused: another one has the client.
    """
    allowed(work)
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
        raise FolderNotWritable(target.name, reason_of(error)) from error
    return (target,)
