"""The shape of the workbook: which sheets and columns it has, how an answer stands in a cell, how it is recognised."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from gbtool.exchange.books import shown
from gbtool.exchange.writing import Value, page_names
from gbtool.model.entry import as_date
from gbtool.model.functions import Functions
from gbtool.model.question import Column, Group, Kind, Question

MARK = "gbtool 企业情况问卷"
GUIDE = "说明"
COMPANY = "企业"
# The columns of a sheet of questions; the first and the last are hidden.
KEY, QUESTION, ANSWER, HOW, EXAMPLE, HINT, NEEDED, BEFORE = range(8)
HEADS = ("键", "问题", "回答", "怎么填", "例子（不算回答）", "说明", "必答", "导出时")
WIDTHS = (4, 38, 42, 26, 30, 30, 6, 4)
HIDDEN = frozenset({KEY, BEFORE})
# The marks in the first column of a sheet with a table.
EXAMPLE_ROW, HEAD_ROW = "例", "列"
NONE = "无"
YES, NO = "是", "否"
SPARE_ROWS = 40
_SHORT = 16
_MARKS = 16


def group_page(group: Group) -> str:
    """The name of a group's sheet."""
    return f"{group.id} {group.title}"


def table_pages(groups: Sequence[Group], taken: Sequence[str]) -> Mapping[str, str]:
    """The name of the sheet of each table question by its key."""
    tables = [(group, number, q) for group in groups for number, q in enumerate(group.questions, 1) if is_table(q)]
    titles = [f"{group.id}{number} {question.question[:_SHORT].rstrip('？?')}" for group, number, question in tables]
    names = page_names([*taken, *titles])[len(taken) :]
    return {question.key: name for (_, _, question), name in zip(tables, names, strict=True)}


def is_table(question: Question) -> bool:
    """Whether a question has a sheet for itself."""
    return question.type is Kind.TABLE


def value_of(question: Question, answer: object) -> Value:
    """An answer as it stands in its cell; '' for one that is open, and for a table, which stands on its own sheet."""
    if answer is None or (question.type is Kind.FILE and not isinstance(answer, str)):
        return ""
    if is_table(question):
        return NONE if answer == [] else ""
    if isinstance(answer, bool):
        return YES if answer else NO
    if isinstance(answer, (list, tuple)):
        return listed([str(item) for item in answer])
    if question.type is Kind.DATE:
        return as_date(answer) or str(answer)
    return answer if isinstance(answer, (int, float)) else str(answer)


def listed(items: Sequence[str]) -> str:
    """A list in one cell: between commas, on lines of their own where an item holds a sign that would part it."""
    if not items:
        return NONE
    return ("\n" if any(sign in item for item in items for sign in ",，;；") else "，").join(items)


def row_of(columns: Sequence[Column], row: Mapping[str, object], functions: Functions) -> list[Value]:
    """A row of a table answer as it stands on its sheet: functions by their names."""
    return [_cell(column, row.get(column.name), functions) for column in columns]


def _cell(column: Column, value: object, functions: Functions) -> Value:
    if value is None:
        return ""
    if column.type == "functions":
        keys = functions.keys(value).split(",")
        return "、".join(functions.names.get(key, key) for key in keys if key)
    if column.type == "date":
        return as_date(value) or str(value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def mark_of(value: object) -> str:
    """What an answer looked like when it went out, by which an answer that nobody touched is known."""
    return hashlib.sha256(json.dumps(_plain(value), ensure_ascii=False).encode()).hexdigest()[:_MARKS]


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return "" if value is None else shown(value).strip()
