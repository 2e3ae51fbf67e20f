"""A workbook that came back: what is answered in which cell, and everything that is wrong with it at once."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gbtool.commands.workbook import shape
from gbtool.errors import Complaint, FileFaults
from gbtool.exchange.books import Sheet, sheets, shown
from gbtool.exchange.writing import LISTS
from gbtool.model import answers as rules
from gbtool.model.question import Column, Kind, Question
from gbtool.model.questionnaire import Questionnaire
from gbtool.shelf.reader import did_you_mean
from gbtool.structs import Mutable, field

_NOT_OURS = "不是 gbtool profile export 写出的问卷"
_FIX = "用 gbtool profile export 重新导出；工作表名和第一列不要改"


class Given(Mutable):
    """An answer in a workbook: its value, its cell, what it looked like when it went out, what it looks like now."""

    value: object
    where: str
    before: str
    now: str
    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)  # of a table, by row and column

    @property
    def touched(self) -> bool:
        """Whether somebody changed it since it went out."""
        return self.before != self.now


class Came(Mutable):
    """All answers of a workbook by key, the company that it names, answers that were taken away, what is wrong."""

    company: str = ""
    answers: dict[str, Given] = field(default_factory=dict)
    emptied: dict[str, str] = field(default_factory=dict)
    faults: list[Complaint] = field(default_factory=list)


def read(path: Path, asked: Questionnaire) -> Came:
    """What a workbook says.

    Raises:
        FileFaults: it cannot be read, or is none of gbtool's.
    """
    found = [sheet for sheet in sheets(path, path.name) if sheet.name != LISTS]
    guide = next((sheet for sheet in found if _text(sheet, 1, 1) == shape.MARK), None)
    if guide is None:
        raise FileFaults([Complaint(path.name, _NOT_OURS, _FIX)])
    came = Came(_text(guide, 2, 2))
    tables = [sheet for sheet in found if sheet is not guide and not _is_questions(sheet)]
    for sheet in found:
        if _is_questions(sheet):
            _questions(sheet, asked, came)
    for sheet in tables:
        _table(sheet, asked, came)
    return came


def _text(sheet: Sheet, line: int, column: int) -> str:
    """A cell as text, lines and columns from 1."""
    return next(
        (shown(cells[column - 1]).strip() for n, cells in sheet.lines if n == line and len(cells) >= column), ""
    )


def _cells(cells: Sequence[object], width: int) -> list[str]:
    return [*(shown(cell).strip() for cell in cells[:width]), *[""] * (width - len(cells))]


def _is_questions(sheet: Sheet) -> bool:
    head = _cells(sheet.lines[0][1], len(shape.HEADS)) if sheet.lines else []
    return shape.HEADS[shape.QUESTION] in head and shape.HEADS[shape.ANSWER] in head


# Sheets with questions


def _questions(sheet: Sheet, asked: Questionnaire, came: Came) -> None:
    head = _cells(sheet.lines[0][1], len(sheet.lines[0][1]))
    at = {name: head.index(name) for name in shape.HEADS if name in head}
    for line, cells in sheet.lines[1:]:
        row = _cells(cells, len(head))
        key = row[at[shape.HEADS[shape.KEY]]] if shape.HEADS[shape.KEY] in at else ""
        text = row[at[shape.HEADS[shape.ANSWER]]]
        where = sheet.cell(line, at[shape.HEADS[shape.ANSWER]] + 1)
        question = asked.question(key) or _by_text(asked, row[at[shape.HEADS[shape.QUESTION]]])
        if question is None:
            if any(row):
                name = key or row[at[shape.HEADS[shape.QUESTION]]]
                guess = did_you_mean(name, asked.client.questions)
                came.faults.append(Complaint(sheet.cell(line, 1), f"没有问题“{name}”{guess}", _FIX))
            continue
        before = row[at[shape.HEADS[shape.BEFORE]]] if shape.HEADS[shape.BEFORE] in at else ""
        _answer(question, text, where, before, came)


def _by_text(asked: Questionnaire, text: str) -> Question | None:
    """The question with just this wording, for a workbook whose hidden column somebody lost."""
    return next((q for q in asked.client.questions.values() if text and q.question == text), None)


def _answer(question: Question, text: str, where: str, before: str, came: Came) -> None:
    if question.key in came.answers:
        came.faults.append(
            Complaint(where, f"“{question.question}”答了两次，另一处在 {came.answers[question.key].where}")
        )
    elif text:
        came.answers[question.key] = Given(_value(question, text), where, before, shape.mark_of(text))
    elif before and not shape.is_table(question):
        came.emptied[question.key] = where


def _value(question: Question, text: str) -> object:
    """What a cell says, with the type of its question where it fits."""
    if shape.is_table(question):
        return [] if text == shape.NONE else text
    if question.type in (Kind.LIST, Kind.MULTI) and "\n" in text:
        return [item.strip() for item in text.splitlines() if item.strip()]
    if question.type is Kind.MULTI:
        return rules.from_text(question, text.replace("、", "，"))
    return text if question.type is Kind.LONG else rules.from_text(question, text)


# Sheets with a table


def _table(sheet: Sheet, asked: Questionnaire, came: Came) -> None:
    question = asked.question(_text(sheet, 1, 1)) or _by_text(asked, _text(sheet, 1, 2))
    if question is None or not shape.is_table(question):
        if any(shown(cell).strip() for _, cells in sheet.lines for cell in cells):
            came.faults.append(Complaint(f"{sheet.file} 工作表“{sheet.name}”", "认不出是哪一题", _FIX))
        return
    head = next((line for line, cells in sheet.lines if cells and shown(cells[0]).strip() == shape.HEAD_ROW), 0)
    columns = list(_columns(sheet, head, question, came)) if head else []
    if not head:
        came.faults.append(Complaint(sheet.cell(1, 1), f"没有以“{shape.HEAD_ROW}”开头的表头行", _FIX))
    rows, cells = _rows(sheet, head, columns)
    if rows and head:
        _put(question, rows, cells, sheet, came)
    elif _text(sheet, 2, 1) and question.key not in came.answers:
        came.emptied[question.key] = sheet.cell(1, 2)


def _columns(sheet: Sheet, head: int, question: Question, came: Came) -> Iterator[tuple[int, Column]]:
    known = {column.name: column for column in question.columns}
    names = next(_cells(cells, len(cells)) for line, cells in sheet.lines if line == head)
    for at, name in enumerate(names[1:], 2):
        if name and name not in known:
            message = f"没有“{name}”这一列{did_you_mean(name, known)}"
            came.faults.append(Complaint(sheet.cell(head, at), message, f"列名是：{'、'.join(known)}"))
        elif name:
            yield at, known[name]
    for name in known:
        if name not in names:
            came.faults.append(Complaint(sheet.cell(head, 1), f"缺列“{name}”", "没有内容也留着列名"))


def _rows(
    sheet: Sheet, head: int, columns: Sequence[tuple[int, Column]]
) -> tuple[list[dict[str, object]], dict[tuple[int, str], str]]:
    """The rows that say something, and the cell of each value."""
    rows: list[dict[str, object]] = []
    where: dict[tuple[int, str], str] = {}
    for line, cells in sheet.lines:
        texts = _cells(cells, max((at for at, _ in columns), default=1))
        if line > head and any(texts[at - 1] for at, _ in columns) and texts[0] != shape.EXAMPLE_ROW:
            where |= {(len(rows), column.name): sheet.cell(line, at) for at, column in columns}
            rows.append({column.name: rules.cell(column, texts[at - 1]) for at, column in columns})
    return rows, where


def _put(
    question: Question,
    rows: list[dict[str, object]],
    cells: Mapping[tuple[int, str], str],
    sheet: Sheet,
    came: Came,
) -> None:
    other = came.answers.get(question.key)
    if other and other.value == []:
        message = f"写了 无，工作表“{sheet.name}”里却有 {len(rows)} 行"
        came.faults.append(Complaint(other.where, message, "留一处"))
        return
    now = shape.mark_of([[row.get(column.name) for column in question.columns] for row in rows])
    place = cells[0, question.columns[0].name] if (0, question.columns[0].name) in cells else sheet.cell(1, 1)
    came.answers[question.key] = Given(rows, place, _text(sheet, 2, 1), now, cells)
