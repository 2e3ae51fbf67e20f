"""`gbtool profile import`: a workbook that came back into client.yaml, all or nothing, nothing overwritten unseen."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from gbtool.commands.answering import Answered, fit, keep
from gbtool.commands.questionnaires import questionnaire
from gbtool.commands.workbook import shape
from gbtool.commands.workbook.reading import Came, Given, read
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults, Refused
from gbtool.exchange.books import bounded
from gbtool.model import answers as rules
from gbtool.model.questionnaire import Questionnaire
from gbtool.structs import Frozen, replace

_MOST = 1000
_LONGEST = 30  # signs of an answer that a line shows
_CELL = re.compile(r"第([0-9]+)行“(.+?)”(.*)", re.DOTALL)


class Overwritten(Frozen):
    """An answer that the workbook gives otherwise: the cell, what was there, what it says now."""

    key: str
    question: str
    where: str
    old: str
    new: str
    meanwhile: bool = False  # the answer was also changed here since the workbook went out

    def __str__(self) -> str:
        """`“注册地址？”甲 → 乙`."""
        both = "（导出以后这里也改过）" if self.meanwhile else ""
        return f"“{self.question}”{self.old} → {self.new}{both}"


class Brought(Frozen):
    """What a workbook brought: new answers, answers overwritten, the same, untouched; what it emptied and left open."""

    new: tuple[Answered, ...]
    overwritten: tuple[Overwritten, ...]
    same: int
    untouched: int
    emptied: tuple[str, ...]
    notes: tuple[str, ...] = ()
    left: int = 0


def bring(work: Workspace, path: Path, *, overwrite: bool, dry_run: bool) -> Brought:
    """Take the answers of a workbook, or only say what would be taken.

    Raises:
        FileFaults: it cannot be read or answers do not fit; every one with its cell.
        Refused: it was made for another client, or it would overwrite answers and nobody said so.
        FolderNotWritable: the folder or the disk refuses; nothing was changed.
    """
    asked = questionnaire(work)
    came = read(path, asked)
    _refuse_strangers(came, asked, path)
    touched = {key: given for key, given in came.answers.items() if given.touched}
    answered = _fitting(asked, came, touched, path)
    fresh = [each for each in answered if asked.answers.get(each.key) is None]
    others = [each for each in answered if asked.answers.get(each.key) is not None]
    changed = [each for each in others if _plain(each.meant) != _plain(asked.answers[each.key])]
    overwritten = tuple(_overwritten(asked, each, touched[each.key]) for each in changed)
    emptied = tuple(f"{where}：“{_question(asked, key)}”原来有回答，这里空着" for key, where in came.emptied.items())
    untouched = len(came.answers) - len(touched)
    brought = Brought(tuple(fresh), overwritten, len(others) - len(changed), untouched, emptied)
    if dry_run:
        return brought
    if overwritten and not overwrite:
        reasons = [Complaint(each.where, str(each)) for each in overwritten]
        raise Refused(
            f"{path.name} 会改掉 {len(reasons)} 个已有的回答，没有导入", "确要以问卷为准，加 --replace", reasons
        )
    after = keep(work, asked, [*fresh, *changed]) if fresh or changed else asked
    notes = tuple(after.gaps([each.key for each in (*fresh, *changed)]))
    return replace(brought, notes=notes, left=sum(len(after.pending(group)) for group in after.groups))


def _refuse_strangers(came: Came, asked: Questionnaire, path: Path) -> None:
    ours = str(asked.answers.get("company_name") or "")
    if came.company and ours and came.company != ours:
        raise Refused(f"{path.name} 是给“{came.company}”的，这里是“{ours}”，没有导入", "核对文件和客户文件夹")


def _question(asked: Questionnaire, key: str) -> str:
    return asked.client.questions[key].question


# What is wrong, by its cell


def _fitting(asked: Questionnaire, came: Came, touched: Mapping[str, Given], path: Path) -> tuple[Answered, ...]:
    values = {key: given.value for key, given in touched.items()}
    faults = list(came.faults)
    cells = list(_cell_faults(asked, touched))
    faults += [fault for _, fault in cells]
    answered: tuple[Answered, ...] = ()
    try:
        answered = fit(asked, values, path.parent)
    except FileFaults as error:
        known = {key for key, _ in cells}
        faults += [_placed(each, touched) for each in error.complaints if each.where not in known]
    if faults:
        raise FileFaults(bounded(path.name, faults, _MOST))
    return answered


def _cell_faults(asked: Questionnaire, touched: Mapping[str, Given]) -> Iterator[tuple[str, Complaint]]:
    """Every cell of a table that does not fit, with its key; people and departments as the workbook has them."""
    after = asked.with_answers({key: given.value for key, given in touched.items()})
    for key, given in touched.items():
        for row, name, message in rules.row_faults(asked.client.questions[key], given.value, after.answers):
            yield key, Complaint(given.cells.get((row, name), given.where), f"“{name}”{message}")


def _placed(fault: Complaint, touched: Mapping[str, Given]) -> Complaint:
    """A complaint about an answer with the cell in place of its key."""
    key = next((key for key in touched if fault.where == key or fault.where.startswith(f"{key}：")), "")
    if not key:
        return fault
    given, rest = touched[key], fault.where.removeprefix(key).removeprefix("：")
    cell = _CELL.match(fault.message)
    if cell and (int(cell[1]) - 1, cell[2]) in given.cells:
        return Complaint(given.cells[int(cell[1]) - 1, cell[2]], f"“{cell[2]}”{cell[3]}", fault.fix)
    return Complaint(f"{given.where}（{rest}）" if rest else given.where, fault.message, fault.fix)


# What would be overwritten


def _overwritten(asked: Questionnaire, new: Answered, given: Given) -> Overwritten:
    question = asked.client.questions[new.key]
    old = asked.answers[new.key]
    if shape.is_table(question):
        now = shape.mark_of([shape.row_of(question.columns, r, asked.functions) for r in asked.client.rows(new.key)])
    else:
        now = shape.mark_of(shape.value_of(question, old))
    meanwhile = now != given.before
    return Overwritten(new.key, question.question, given.where, brief(old), brief(new.meant), meanwhile)


def brief(value: object) -> str:
    """An answer in a few words."""
    if isinstance(value, bool):
        return shape.YES if value else shape.NO
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return f"{len(value)} 行"
    text = "，".join(map(str, value)) if isinstance(value, list) else str(value)
    text = " ".join(text.split()) or shape.NONE
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _plain(value: object) -> object:
    """An answer by which two ways of keeping the same are equal: an empty cell is no cell, numbers are numbers."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items() if each not in ("", None)}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.strip() if isinstance(value, str) else value
