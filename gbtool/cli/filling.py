"""What somebody fills into a form: from options, or asked field by field."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from gbtool.cli import ask, show
from gbtool.commands.filling import Filled, day_of
from gbtool.errors import UsageError
from gbtool.model import answers
from gbtool.model.document import Field, Specification
from gbtool.model.entry import Signature
from gbtool.model.forms.form import complaint
from gbtool.model.forms.written import NO, YES, value

_EMPTY = ("空着", "")
NUMBER = "序号"
_DAY = Field("日期", "date")

Words = Mapping[str, Sequence[str]]


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
    name, sign, given = text.partition("=")
    if not sign or not name.strip():
        raise UsageError(f"{option} “{text}”应当写成 字段=值")
    return name.strip(), given.strip()


def _signature(text: str) -> Signature:
    role, given = pair("--sign", text)
    name, _, day = str(given).partition(":")
    return Signature(role, name.strip(), day.strip())


def filled_by_asking(specification: Specification, known: Mapping[str, object], today: dt.date) -> Filled | None:
    """Every field asked in turn, an empty one left out; None when the whole is not wanted after all.

    Args:
        specification: the form.
        known: the answers of the client, whose people and departments are offered.
        today: an example of a day.

    Raises:
        UsageError: nobody sits at a terminal.
    """
    if not ask.possible():
        raise UsageError("没有终端可以问", "用 字段=值、--date、--row、--sign 给出内容，或 gbtool ledger import 文件")
    fields = specification.fields
    words = {"person": sorted(answers.people(known)), "dept": answers.departments(known)}
    values = _asked(fields.head, words)
    rows: list[dict[str, object]] = []
    columns = [field for field in fields.columns if field.name != NUMBER]
    while columns and ask.sure(f"再填一行？（已有 {len(rows)} 行）" if rows else "填表里的行？"):
        rows.append(_asked(columns, words))
    values |= _asked(fields.foot, words)
    numbered = _numbered([row for row in rows if row], fields.columns)
    filled = Filled("", values, numbered, tuple(_signed(fields.sign, words["person"])))
    if not day_of(specification, filled):
        day = ask.line(f"哪天发生的（如 {today}）", partial(_wrong, _DAY))
        filled = Filled(day, filled.values, filled.rows, filled.signatures)
    return filled if _agreed(specification, filled) else None


def _numbered(rows: Sequence[Mapping[str, object]], columns: Iterable[Field]) -> tuple[dict[str, object], ...]:
    """The rows counted, where the form counts them."""
    counts = any(field.name == NUMBER for field in columns)
    return tuple({**({NUMBER: str(number)} if counts else {}), **row} for number, row in enumerate(rows, 1))


def _signed(roles: Iterable[str], people: Sequence[str]) -> Iterator[Signature]:
    for role in roles:
        name = ask.line(f"{role}（签名，没签就回车）", None, people)
        if name:
            yield Signature(role, name, ask.line(f"{role}签名的日期", partial(_wrong, _DAY)))


def _asked(fields: Iterable[Field], words: Words) -> dict[str, object]:
    given = ((field.name, _one(field, words)) for field in fields)
    return {name: found for name, found in given if found}


def _one(field: Field, words: Words) -> object:
    """What is given for a field; whoever only presses the key leaves it empty, nothing is chosen for him."""
    if field.type == "bool":
        return ask.one(field.name, [_EMPTY, (YES, YES), (NO, NO)])
    if field.type == "choice":
        return ask.one(field.name, [_EMPTY, *((choice, choice) for choice in field.choices)])
    if field.type == "multi":
        return ask.several(field.name, [(choice, choice) for choice in field.choices])
    return ask.line(field.name, partial(_wrong, field), words.get(field.type, ()))


def _wrong(field: Field, text: str) -> str | None:
    return complaint(field, value(field, text))


def _agreed(specification: Specification, filled: Filled) -> bool:
    """Whether what was filled in is to be kept, after it was shown as a whole."""
    show.text(f"\n《{specification.title}》{day_of(specification, filled)}")
    rows = ((f"第{number}行", "，".join(map(_text, row.values()))) for number, row in enumerate(filled.rows, 1))
    signed = ((each.role, f"{each.name} {each.date}") for each in filled.signatures)
    show.pairs([*((name, _text(given)) for name, given in filled.values.items()), *rows, *signed])
    return ask.sure("登记这一份？")


def _text(given: object) -> str:
    return "、".join(map(str, given)) if isinstance(given, list) else str(given)
