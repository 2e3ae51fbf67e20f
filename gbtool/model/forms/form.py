"""What the fields of a form may hold: an empty value is nothing wrong, a value must fit the field's type."""

import re
from collections.abc import Callable, Iterable, Mapping

from gbtool.model.answers import date_complaint, shown
from gbtool.model.condition import names
from gbtool.model.document import Field

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(%|/\d+(\.\d+)?)?")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YES_NO = ("true", "false", "是", "否")


def by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """Fields by name."""
    return {field.name: field for field in fields}


def complaint(field: Field, value: object) -> str | None:
    """What is wrong with the value of a field, or None."""
    if value is None or value in ("", []):
        return None
    if isinstance(value, Mapping) or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        return f"{shown(value)}应当是一个值"
    return _CHECKS.get(field.type, _anything)(field, value)


def _anything(_field: Field, _value: object) -> None:
    return None


def _date(_field: Field, value: object) -> str | None:
    return date_complaint(value)


def _period(_field: Field, value: object) -> str | None:
    first, _, last = str(value).partition("至")
    wrong = next((found for part in (first, last or first) if (found := _day_or_month(part))), None)
    return wrong or (f"止日 {last} 早于起日 {first}" if last and last < first else None)


def _day_or_month(text: str) -> str | None:
    return None if _MONTH.fullmatch(text) else date_complaint(text)


def _number(_field: Field, value: object) -> str | None:
    return None if _NUMBER.fullmatch(str(value)) else f"{shown(value)}应当是数字"


def _choice(field: Field, value: object) -> str | None:
    given = value if isinstance(value, list) else [value]
    strange = next((each for each in given if each not in field.choices), None)
    if strange in field.withheld:
        asked = "、".join(dict.fromkeys(names(field.only[str(strange)])))
        return f"{shown(strange)}是这家客户没有的；真有的，先改资料（{asked}）"
    return f"{shown(strange)}不在可选之列：{'、'.join(field.choices)}" if field.choices and strange else None


def _yes_no(_field: Field, value: object) -> str | None:
    return None if value in _YES_NO else f"{shown(value)}应当是 是 或 否"


_CHECKS: dict[str, Callable[[Field, object], str | None]] = {
    "date": _date,
    "period": _period,
    "bool": _yes_no,
    **dict.fromkeys(("number", "money", "percent"), _number),
    **dict.fromkeys(("choice", "multi"), _choice),
}
