"""`gbtool profile export`: a workbook for the client with the open questions, choices to pick from, examples apart."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands.questionnaires import questionnaire
from gbtool.commands.workbook import shape
from gbtool.commands.workspace import Workspace
from gbtool.documents.placing import placed
from gbtool.errors import Refused, UsageError
from gbtool.exchange.writing import Cell, Page, Pick, Value, book, page_names
from gbtool.model import answers as rules
from gbtool.model.question import Group, Kind, Question
from gbtool.model.questionnaire import Questionnaire, State
from gbtool.shelf.reader import did_you_mean
from gbtool.structs import Frozen

SUFFIX = ".xlsx"
_LOOKS = {Kind.DATE: "input-date", Kind.NUMBER: "input-number"}
_EXAMPLES = 3
_LISTED = 200  # names that a drop-down may hold
_GUIDE = (
    "每张工作表是一组问题；请在黄色的“回答”格里填写，填完发回即可。不知道的空着，不要猜。",
    "有下拉箭头的格从清单里选；日期写成 2026-05-18；几项的用逗号隔开，或一项一行。",
    "要填表的问题有自己的工作表：从黄色的格起一行一条，行不够就往下接着写；确实没有的，在那一题的“回答”里写 无。",
    "灰色的斜体是别家（虚构）企业的例子，只供参考，不算回答。请不要改动问题、列名和工作表名；不要用公式。",
)


class Exported(Frozen):
    """The workbook that was written: how many questions it asks, and how many of them have an answer already."""

    path: Path
    asked: int
    answered: int


class Wish(Frozen):
    """Which questions are wanted: all or only the open ones, of all groups or some; whether a file may be replaced."""

    everything: bool = False
    groups: tuple[str, ...] = ()
    replace: bool = False


def export(work: Workspace, target: Path, wish: Wish, today: date) -> Exported:
    """Write the questionnaire of a client as a workbook.

    Raises:
        UsageError: the file is no .xlsx, or there is no such group.
        Refused: nothing is open, or another file stands there.
        FolderNotWritable: the folder or the disk refuses.
    """
    if target.suffix.lower() != SUFFIX:
        raise UsageError(f"问卷写成 xlsx，不是“{target.suffix}”", "例：gbtool profile export 问卷.xlsx")
    asked = questionnaire(work)
    groups = _groups(asked, wish)
    wanted = {q.key for group in groups for q in group.questions if _wanted(asked.state(q), wish)}
    if not wanted:
        raise Refused("没有待答的问题，没有导出", "要带上已答的，加 --all")
    data = book(list(_pages(asked, groups, wanted)), today, shape.MARK)
    if target.exists() and not wish.replace and not (target.is_file() and target.read_bytes() == data):
        raise Refused(f"{target} 已经在那里，没有覆盖", "换一个文件名，或加 --replace")
    with placed({target: data}):
        pass
    return Exported(target, len(wanted), sum(asked.answers.get(key) is not None for key in wanted))


def _groups(asked: Questionnaire, wish: Wish) -> tuple[Group, ...]:
    known = [group.id for group in asked.groups]
    strange = next((id_ for id_ in wish.groups if id_ not in known), None)
    if strange:
        raise UsageError(f"没有“{strange}”这一组{did_you_mean(strange, known)}", f"可用的：{'、'.join(known)}")
    return tuple(group for group in asked.groups if not wish.groups or group.id in wish.groups)


def _wanted(state: State, wish: Wish) -> bool:
    """Open ones, and those that another open question decides about; with `everything` the answered ones too."""
    waits = state.open or (state.undecided and state.answer is None)
    return waits or (wish.everything and (state.relevant or state.answer is not None))


def _pages(asked: Questionnaire, groups: Sequence[Group], wanted: set[str]) -> Iterator[Page]:
    used = [group for group in groups if any(q.key in wanted for q in group.questions)]
    names = page_names([shape.GUIDE, *(shape.group_page(group) for group in used)])
    tables = shape.table_pages(asked.groups, names)
    yield _guide(asked, names[0])
    for group, name in zip(used, names[1:], strict=True):
        yield _questions(asked, [q for q in group.questions if q.key in wanted], name, tables)
        for question in group.questions:
            if question.key in wanted and shape.is_table(question):
                yield _table(asked, question, name, tables[question.key])


def _guide(asked: Questionnaire, name: str) -> Page:
    company = str(asked.answers.get("company_name") or "")
    rows: list[list[Value | Cell]] = [[Cell(shape.MARK, "title")], [shape.COMPANY, company], []]
    rows += [[f"{number}.", text] for number, text in enumerate(_GUIDE, 1)]
    return Page(name, rows, (8, 100))


# Questions


def _questions(asked: Questionnaire, questions: Sequence[Question], name: str, tables: Mapping[str, str]) -> Page:
    rows: list[list[Value | Cell]] = [[Cell(head, "head") for head in shape.HEADS]]
    rows += [_question(asked, question, tables) for question in questions]
    picks = [Pick(at, at, shape.ANSWER, choices) for at, q in enumerate(questions, 1) if (choices := _choices(q))]
    return Page(name, rows, shape.WIDTHS, (1, 2), hidden_columns=shape.HIDDEN, picks=picks)


def _question(asked: Questionnaire, question: Question, tables: Mapping[str, str]) -> list[Value | Cell]:
    value = shape.value_of(question, asked.answers.get(question.key))
    rows = asked.client.rows(question.key) if question.type is Kind.FILE else ()
    hints = [*_hints(asked, question), *([f"现在有 {len(rows)} 行，有更新才填"] if rows else [])]
    return [
        Cell(question.key, "key"),
        Cell(question.question, "label"),
        Cell(value, _LOOKS.get(question.type, "input")),
        Cell(_how(question, tables), "text"),
        Cell(_example(question, tables), "example"),
        Cell("；".join(hints), "text"),
        Cell("必答" if question.required else "", "text"),
        Cell("" if value == "" else shape.mark_of(value), "key"),
    ]


def _choices(question: Question) -> tuple[str, ...]:
    if question.type is Kind.BOOL:
        return (shape.YES, shape.NO)
    return question.choices if question.type is Kind.CHOICE else ()


def _how(question: Question, tables: Mapping[str, str]) -> str:
    ways = {
        Kind.TEXT: "文字",
        Kind.LONG: "文字，可以几段",
        Kind.DATE: "日期，如 2026-05-18",
        Kind.PERIOD: "起止日期，如 2026-08-24至2026-08-25",
        Kind.NUMBER: "数字",
        Kind.CHOICE: "选一项",
        Kind.MULTI: f"可选几项，用逗号隔开：{'、'.join(question.choices)}",
        Kind.LIST: "几项，用逗号隔开，或一项一行；没有写 无",
        Kind.BOOL: "选 是 或 否",
        Kind.FILE: "清单另存为 xlsx 或 CSV，和本文件放在一起，这里写它的文件名",
    }
    return ways.get(question.type) or f"在工作表“{tables[question.key]}”里逐行填；没有就在这里写 无"


def _example(question: Question, tables: Mapping[str, str]) -> str:
    example = question.example
    if question.key in tables:
        return f"见工作表“{tables[question.key]}”" if example else ""
    if isinstance(example, bool):
        return shape.YES if example else shape.NO
    return shape.listed([str(item) for item in example]) if isinstance(example, list) else str(example or "")


def _hints(asked: Questionnaire, question: Question) -> Iterator[str]:
    if question.hint:
        yield question.hint
    for term in question.when:
        others = [asked.question(name) for name in term.split("|")]
        yield f"{'或'.join(f'“{other.question}”' for other in others if other)}答“是”才填"


# Tables


def _table(asked: Questionnaire, question: Question, group: str, name: str) -> Page:
    columns = question.columns
    answer = asked.answers.get(question.key)
    kept = [shape.row_of(columns, row, asked.functions) for row in asked.client.rows(question.key)]
    guide = f"从黄色的格起，一行一条；灰色的例子不算回答；没有就在工作表“{group}”这一题的回答里写 无。"
    hints = [guide, *_hints(asked, question), *_functions(asked, question)]
    examples = question.example if isinstance(question.example, list) else []
    mark = shape.mark_of(kept) if answer else ""
    rows: list[list[Value | Cell]] = [[Cell(question.key, "key"), Cell(question.question, "title")]]
    for at, hint in enumerate(hints):
        rows.append([Cell("" if at else mark, "key"), Cell(hint, "note")])
    shown = [shape.row_of(columns, row, asked.functions) for row in examples[:_EXAMPLES] if isinstance(row, Mapping)]
    rows += [[Cell(shape.EXAMPLE_ROW, "example"), *(Cell(value, "example") for value in row)] for row in shown]
    rows += [[Cell(shape.HEAD_ROW, "key"), *(Cell(column.name, "head") for column in columns)]]
    looks = [f"input-{column.type}" if column.type in ("date", "number") else "input" for column in columns]
    first = len(rows)
    empty: list[list[Value]] = [[""] * len(columns)] * shape.SPARE_ROWS
    rows += [["", *(Cell(value, look) for value, look in zip(row, looks, strict=True))] for row in [*kept, *empty]]
    picks = list(_known(asked, question, (first, len(rows) - 1)))
    return Page(name, rows, (10, *(_width(column.name, column.type) for column in columns)), (first, 0), picks=picks)


def _width(name: str, kind: str) -> float:
    return max(2 * len(name) + 4, {"date": 14, "number": 12, "dept": 18, "person": 14}.get(kind, 30))


def _functions(asked: Questionnaire, question: Question) -> Iterator[str]:
    if any(column.type == "functions" for column in question.columns):
        names = asked.functions.names
        yield f"职能可以写：{'、'.join(names.get(key, key) for key in asked.functions.needed(asked.answers))}"


def _known(asked: Questionnaire, question: Question, lines: tuple[int, int]) -> Iterator[Pick]:
    """People and departments that the client has named already, offered; others may be written."""
    known = {
        "person": tuple(sorted(rules.people(asked.answers))),
        "dept": rules.departments(asked.answers) if question.key != rules.DEPARTMENTS else (),
    }
    for at, column in enumerate(question.columns, 1):
        names = known.get(column.type, ())
        if names and len(names) <= _LISTED:
            yield Pick(*lines, at, names, strict=False)
