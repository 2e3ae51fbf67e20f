"""A new client: a folder with client.yaml, an empty ledger and places for documents, evidence and output."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands.answering import Answered, fit, take_in
from gbtool.commands.questionnaires import blank
from gbtool.commands.staging import staged
from gbtool.commands.workspace import DOCUMENTS, EVIDENCE, LEDGER, OUTPUT, Workspace, workspace
from gbtool.errors import Complaint, FileFaults, FolderNotWritable, UsageError, reason_of
from gbtool.model.question import Group, Question
from gbtool.model.questionnaire import Questionnaire
from gbtool.model.standards.chosen import FURTHER, STANDARD
from gbtool.shelf import catalogue, standards
from gbtool.shelf.clients import Answers, read_answers, write_client
from gbtool.shelf.shelves import CLIENT_FILE, client_above, firm_above, shelves_of
from gbtool.store.database import Action, open_ledger
from gbtool.structs import Frozen, replace

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\ud800-\udfff]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
PRIVATE = 0o700  # a client's folder is its owner's alone; Windows goes by the folder above
_NOTHING: Mapping[str, object] = {}
_LONGEST = 100  # signs; Windows allows 260 for a whole path


class Source(Frozen):
    """Answers from a file: the typed values and the folder from which their files come."""

    values: Mapping[str, object]
    base: Path


def place_for(folder: Path) -> Path:
    """The folder of a new client, where it may be made.

    Raises:
        UsageError: the name cannot be one on every system, something is there already, or it lies in a client's folder.
    """
    target = folder.resolve()
    wrong = _name_complaint(target.name)
    if wrong:
        raise UsageError(f"文件夹名“{target.name}”{wrong}", "换一个在 Windows 上也能用的名字，如 岚湾流控")
    if target.exists() and not target.is_dir():
        raise UsageError(f"{folder} 已经有了，而且不是文件夹", "换一个名字")
    outer = client_above(target)
    if outer == target:
        raise UsageError(f"{folder} 已经是客户文件夹", "接着填写用 gbtool profile")
    if outer is not None:
        raise UsageError(f"{folder} 在客户文件夹 {outer} 里面", "客户文件夹不能套在另一个里面，换一个地方")
    if target.is_dir() and any(not each.name.startswith(".") for each in target.iterdir()):
        raise UsageError(f"{folder} 不是空文件夹", "换一个名字，或先清空它")
    return target


def _name_complaint(name: str) -> str:
    found = _ILLEGAL.search(name)
    if found:
        return f"里有不能用的字符 {found.group()!r}"
    if _DEVICES.fullmatch(name):
        return "是 Windows 的保留名"
    if name != name.rstrip(". "):
        return "不能以句点或空格结尾"
    return "太长" if len(name) > _LONGEST else ""


def questions_at(target: Path, answers: Mapping[str, object] = _NOTHING) -> Questionnaire:
    """The questions that a client in this folder will be asked, in the words of the standard that it chose."""
    return blank(shelves_of(None, firm_above(target)), str(answers.get(STANDARD) or ""))


def read_source(path: Path, asked: Questionnaire, given: Mapping[str, object] = _NOTHING) -> Source:
    """The answers in a YAML file, those given otherwise laid over them; file answers name tables beside it.

    Raises:
        FileFaults: the file or an answer is wrong; all complaints with their line.
    """
    read: Answers = read_answers(path, path.name or str(path), asked.client.questions)
    read.reading.done()
    values = {**{key: value for key, value in read.answers.items() if value is not None}, **given}
    try:
        fit(asked, values, path.parent)
    except FileFaults as faults:
        raise FileFaults(_placed(complaint, read) for complaint in faults.complaints) from faults
    return Source(values, path.parent)


def _placed(complaint: Complaint, read: Answers) -> Complaint:
    key = complaint.where.partition("：")[0]
    if key not in read.places:
        return complaint
    return Complaint(str(read.places[key]), f"{complaint.where}：{complaint.message}", complaint.fix)


def chosen(words: Sequence[str], target: Path) -> dict[str, object]:
    """The answers that options give by naming standards, the main one first: `2023`, `GB/T 29490-2023`.

    Raises:
        UsageError: one is not on the shelves, no document follows it yet, or two are editions of one standard.
    """
    if not words:
        return {}
    shelves = shelves_of(None, firm_above(target))
    heads = [standards.named(word, shelves) for word in words]
    followed = catalogue.followed(shelves)
    for head in heads:
        if head.key not in followed:
            raise UsageError(f"{head.code} 还没有文件集，只能查条款", f"gbtool clauses --edition {head.key}")
    families = [head.family for head in heads]
    double = next((each for each in families if families.count(each) > 1), "")
    if double:
        raise UsageError(f"{double} 写了两次，一个客户一个标准只按一版", "留一个")
    main, *others = (head.key for head in heads)
    return {STANDARD: main, **({FURTHER: others} if others else {})}


def create(target: Path, asked: Questionnaire, source: Source | None, today: date) -> Workspace:
    """Make the folder with all that belongs in it, or leave nothing behind.

    Raises:
        FileFaults: an answer does not fit.
        FolderNotWritable: the folder or the disk refused.
    """
    answered = fit(asked, source.values, source.base) if source else ()
    made: list[Path] = []
    try:
        _folders(reversed(target.parents), made)
        if target.exists():
            _fill(target, asked, answered, made, today)
        else:  # whole or not at all, even when the command is killed
            with staged(target) as scratch:
                fresh = scratch / "client"
                _fill(fresh, asked, answered, [], today)
                fresh.replace(target)
    except OSError as error:
        _undo(made, target)
        raise FolderNotWritable(str(target), reason_of(error)) from error
    except BaseException:
        _undo(made, target)
        raise
    return workspace(target)


def _folders(folders: Iterable[Path], made: list[Path]) -> None:
    for folder in folders:
        if not folder.exists():
            folder.mkdir(mode=PRIVATE)
            made.append(folder)


def _fill(target: Path, asked: Questionnaire, answered: Sequence[Answered], made: list[Path], today: date) -> None:
    _folders((target, *(target / name for name in (DOCUMENTS, EVIDENCE, OUTPUT))), made)
    made.append(target / LEDGER)
    for each in answered:
        made.extend(take_in(each.source, target) if each.source else ())
    made.append(target / CLIENT_FILE)
    answers = {each.key: each.written for each in answered}
    write_client(target, answers, _asked_of(answers, asked))
    with open_ledger(target / LEDGER, write=True) as ledger, ledger.transaction(Action(today, "", "建立台账")):
        pass


def _asked_of(answers: Mapping[str, object], asked: Questionnaire) -> tuple[Group, ...]:
    """The questions for client.yaml: those of the chosen standards and those that are answered."""
    if not answers.get(STANDARD):
        return tuple(asked.groups)
    known = {each.key: each for group in asked.groups for each in group.questions}
    strange = {key for key, each in known.items() if each.asked and not each.under(answers)}

    def wanted(question: Question) -> bool:
        never = any(strange.issuperset(term.split("|")) for term in question.when)
        return question.key in answers or not (question.key in strange or never)

    groups = (replace(group, questions=tuple(filter(wanted, group.questions))) for group in asked.groups)
    return tuple(group for group in groups if group.questions)


def _undo(made: Sequence[Path], target: Path) -> None:
    for left in target.glob(f"{LEDGER}-*") if target.is_dir() else ():
        left.unlink()
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
