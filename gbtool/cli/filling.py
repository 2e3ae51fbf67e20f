"""What somebody fills into a form: from options, or asked field by field."""

import datetime as dt
import functools
from collections.abc import Iterable, Iterator

from gbtool.cli import ask
from gbtool.commands.filling import Filled
from gbtool.errors import UsageError
from gbtool.model.answers import date_complaint
from gbtool.model.document import Field, Specification
from gbtool.model.entry import Signature
from gbtool.model.form import complaint


def from_options(date: str, values: Iterable[str], rows: Iterable[str], signs: Iterable[str]) -> Filled:
    """The filled form that the options describe.

    Raises:
        UsageError: an option is not written as it should be.
    """
    return Filled(
        date,
        dict(pair("--set", text) for text in values),
        tuple(dict(pair("--row", part) for part in row.split(";") if part.strip()) for row in rows),
        tuple(_signature(text) for text in signs),
    )


def pair(option: str, text: str) -> tuple[str, object]:
    """`name=value` as typed.

    Raises:
        UsageError: it is not written like this.
    """
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise UsageError(f"{option} “{text}”应当写成 字段=值")
    return name.strip(), value.strip()


def _signature(text: str) -> Signature:
    role, value = pair("--sign", text)
    name, _, day = str(value).partition(":")
    return Signature(role, name.strip(), day.strip())


def filled_by_asking(specification: Specification, today: dt.date) -> Filled:
    """Every field asked in turn; an empty line leaves it out.

    Raises:
        UsageError: nobody sits at a terminal.
    """
    if not ask.possible():
        raise UsageError("没有终端可以问", "用 --date、--set、--row、--sign 给出内容，或 gbtool ledger import 文件")
    fields = specification.fields
    date = ask.line(f"日期（如 {today}）", date_complaint)
    values = _asked(fields.head)
    rows: list[dict[str, object]] = []
    while fields.columns and ask.sure(f"再填一行？（已有 {len(rows)} 行）" if rows else "填表里的行？"):
        rows.append(_asked(fields.columns))
    values |= _asked(fields.foot)
    return Filled(date, values, tuple(rows), tuple(_signed(fields.sign)))


def _signed(roles: Iterable[str]) -> Iterator[Signature]:
    for role in roles:
        name = ask.line(f"{role}（签名，没签就回车）")
        if name:
            yield Signature(role, name, ask.line(f"{role}签名的日期", date_complaint))


def _asked(fields: Iterable[Field]) -> dict[str, object]:
    answers: dict[str, object] = {}
    for field in fields:
        text = ask.line(field.name, functools.partial(complaint, field), field.choices)
        if text:
            answers[field.name] = text
    return answers
