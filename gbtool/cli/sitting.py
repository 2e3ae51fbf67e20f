"""A sitting with the questionnaire: asks what is open and relevant, group by group, and keeps each answer at once."""

from collections.abc import Sequence
from pathlib import Path

from gbtool.cli import ask, show
from gbtool.commands.answering import fit, keep, value_of
from gbtool.commands.workspace import Workspace
from gbtool.errors import FileFaults, UsageError
from gbtool.model import answers as rules
from gbtool.model.question import Column, Kind, Question
from gbtool.model.questionnaire import Questionnaire

Row = dict[str, object]
_SPARE = ("quality", "audit", "top", "mr")  # a department may carry these; nobody must


def sit(work: Workspace, asked: Questionnaire, base: Path, *, first: bool) -> Questionnaire:
    """Ask the open questions, those of the first sitting or all; Ctrl-C leaves with what was answered."""
    for group in asked.in_order():
        waiting = asked.pending(group, first=first)
        if waiting:
            show.text(f"\n── {group.title} · {len(waiting)} 题 ──")
        seen: set[str] = set()
        while question := next((q for q in asked.pending(group, first=first) if q.key not in seen), None):
            seen.add(question.key)
            asked = _one(work, asked, question, base)
    return asked


def _one(work: Workspace, asked: Questionnaire, question: Question, base: Path) -> Questionnaire:
    _introduce(question)
    while True:
        try:
            value = _answer(asked, question, base)
            if value is None:
                return asked
            return keep(work, asked, fit(asked, {question.key: value}, base))
        except FileFaults as faults:
            show.error(faults)


def _introduce(question: Question) -> None:
    show.text()
    if question.hint:
        show.text(f"  {question.hint}")
    example = question.example
    if isinstance(example, list) and example:
        first = " | ".join(map(str, example[0].values())) if isinstance(example[0], dict) else "，".join(example)
        show.text(f"  例：{first}")
    elif example is not None and question.type not in (Kind.BOOL, Kind.CHOICE):
        show.text(f"  例：{example}")


def _answer(asked: Questionnaire, question: Question, base: Path) -> object:
    if question.type is Kind.BOOL:
        return ask.one(question.question, [("是", True), ("否", False), (ask.LATER, None)])
    if question.type is Kind.CHOICE:
        choices = [*((choice, choice) for choice in question.choices), (ask.LATER, None)]
        return ask.one(question.question, choices)
    if question.type is Kind.MULTI:
        return ask.several(question.question, [(choice, choice) for choice in question.choices]) or None
    if question.type is Kind.TABLE:
        return _table(asked, question, base)
    return _text(asked, question, base)


def _text(asked: Questionnaire, question: Question, base: Path) -> object:
    def check(text: str) -> str | None:
        if question.type is Kind.FILE:
            return None if (base / _unquoted(text)).is_file() else f"找不到文件 {text}"
        try:
            return asked.complaint(question.key, value_of(question, text, base))
        except FileFaults as faults:
            return str(faults)

    ways = {Kind.LIST: "（用逗号隔开；没有就写 无）", Kind.FILE: "（CSV 或 xlsx 的路径）"}
    text = ask.line(f"{question.question}{ways.get(question.type, '')}", check)
    return value_of(question, _unquoted(text) if question.type is Kind.FILE else text, base)


def _unquoted(path: str) -> str:
    """A path as a terminal pastes it, without quotes."""
    return path.strip().strip("'\"")


def _table(asked: Questionnaire, question: Question, base: Path) -> object:
    names = "、".join(column.name for column in question.columns)
    show.text(f"  {question.question}")
    show.text(f"  逐行填写：{names}。没有就写 无；从表格读入写 @文件名.csv")
    rows: list[Row] = []
    while True:
        end = "填完了" if rows else "以后再答"
        text = ask.line(
            f"第{len(rows) + 1}行 {question.columns[0].name}（{end}就直接回车）：", _cell_check(question.columns[0])
        )
        if not rows and (text.startswith("@") or text == "无"):
            return value_of(question, text, base)
        if text:
            rows.extend(_row(asked, question, text, len(rows) + 1))
            continue
        wrong = asked.complaint(question.key, rows) if rows else None
        mended = _mended(asked, question, rows, wrong) if wrong else rows
        if not wrong or mended is None:
            return mended or None
        rows = mended


def _row(asked: Questionnaire, question: Question, text: str, number: int) -> list[Row]:
    """The row that begins with this cell, none when it does not fit."""
    first, *others = question.columns
    row = {first.name: rules.cell(first, text), **{column.name: _cell(asked, column, number) for column in others}}
    wrong = rules.complaint(question, [row], asked.answers)
    if wrong:
        show.error(UsageError(wrong.removeprefix("第1行"), "这一行重新填"))
    return [] if wrong else [row]


def _mended(asked: Questionnaire, question: Question, rows: list[Row], wrong: str) -> list[Row] | None:
    """The rows after one was filled in again or before more are added; None to answer later."""
    show.error(UsageError(wrong))
    first = question.columns[0]
    again = [(f"重填第{number}行：{row[first.name]}", number) for number, row in enumerate(rows, 1)]
    chosen = ask.one("怎么改？", [("接着补行", 0), *again, (ask.LATER, -1)])
    if chosen <= 0:
        return rows if chosen == 0 else None
    text = ask.line(f"第{chosen}行 {first.name}：", _cell_check(first)) or str(rows[chosen - 1][first.name])
    return [*rows[: chosen - 1], *_row(asked, question, text, chosen), *rows[chosen:]]


def _cell_check(column: Column) -> ask.Check:
    def check(text: str) -> str | None:
        return None if text.startswith("@") else rules.cell_complaint(column, rules.cell(column, text))

    return check


def _cell(asked: Questionnaire, column: Column, number: int) -> object:
    if column.type == "functions":
        choices = [(asked.functions.shown(key), key) for key in (*asked.functions.needed(asked.answers), *_SPARE)]
        return ",".join(ask.several(f"第{number}行 {column.name}：", choices))
    known: Sequence[str] = ()
    if column.type == "person":
        known = sorted(rules.people(asked.answers))
    elif column.type == "dept":
        known = rules.departments(asked.answers)
    return rules.cell(column, ask.line(f"第{number}行 {column.name}：", _cell_check(column), known))
