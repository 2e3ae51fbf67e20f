"""What an answer may be: from what was written to a typed value, and what is wrong with a value."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from gbtool.model.question import Column, Kind, Question

ROSTER = "people_roster"
DEPARTMENTS = "departments"
STAFF = "ip_staff"
POSTS = ("top_manager", "management_rep")
EVERYONE = "各部门"
_OUTSIDERS = frozenset({"consultant_team"})  # these people belong to the firm, not to the client
_NOBODY: Mapping[str, object] = {}
_QUOTED = 40  # signs of a wrong value that a message repeats

_WORDS = {
    **dict.fromkeys(("true", "yes", "y", "是", "有"), True),
    **dict.fromkeys(("false", "no", "n", "否", "无", "没有"), False),
}
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_PERIOD = re.compile(r"\s*(?:至|到|~|—|–|～)+\s*")
_CODE = re.compile(r"[A-Z]{2,4}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_POST = re.compile(r"\s*([^，,、]+?)\s*[，,]\s*(\S.*)")


# From what was written to a value


def typed(question: Question, raw: object) -> object:
    """The value that was written, with the type of its question where it fits; what does not fit stays as it is."""
    if raw is None or raw == "":
        return None
    if question.type is Kind.TABLE and isinstance(raw, Sequence) and not isinstance(raw, str):
        return [_row(question, row) for row in raw]
    if question.type in (Kind.LIST, Kind.MULTI) and isinstance(raw, Sequence) and not isinstance(raw, str):
        return [_text(item) for item in raw]
    return _TYPES.get(question.type, _text)(raw)


def _row(question: Question, row: object) -> object:
    if not isinstance(row, Mapping):
        return row
    types = {column.name: column for column in question.columns}
    return {str(key): cell(types.get(str(key), Column(str(key))), value) for key, value in row.items()}


def cell(column: Column, raw: object) -> object:
    """The value of a table's cell with the type of its column; an empty number is None, any other empty cell ''."""
    if raw is None or raw == "":
        return None if column.type == "number" else ""
    return {"number": _number, "date": _day}.get(column.type, _text)(raw)


def _text(raw: object) -> object:
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw) if isinstance(raw, (int, float)) and not isinstance(raw, bool) else raw


def _bool(raw: object) -> object:
    return _WORDS.get(raw.strip().lower(), raw) if isinstance(raw, str) else raw


def _number(raw: object) -> object:
    if not isinstance(raw, str) or not _NUMBER.fullmatch(raw.strip()):
        return raw
    text = raw.strip()
    return float(text) if "." in text else int(text)


def _day(raw: object) -> object:
    return iso_day(str(raw)) or _text(raw)


def iso_day(text: str) -> str | None:
    """A day written in one of the usual ways (2026-9-1, 2026/9/1, 2026.9.1, 2026年9月1日) as ISO text."""
    found = _DAY.fullmatch(text.strip())
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else None


def _period(raw: object) -> object:
    return "至".join(str(_day(part)) for part in _PERIOD.split(raw.strip())) if isinstance(raw, str) else raw


_TYPES: dict[Kind, Callable[[object], object]] = {
    Kind.BOOL: _bool,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.PERIOD: _period,
}


def from_text(question: Question, text: str) -> object:
    """The value of what somebody typed on one line: lists are separated by commas, 无 is an empty list."""
    if question.type not in (Kind.LIST, Kind.MULTI):
        return typed(question, text.strip())
    if text.strip() in ("无", "[]") and "无" not in question.choices:
        return []
    items = [item.strip() for item in re.split(r"[,，;；]", text) if item.strip()]
    return items or None


# What is wrong with a value


def complaint(question: Question, value: object, answers: Mapping[str, object] = _NOBODY) -> str | None:
    """What is wrong with a typed answer, or None; people and departments must be among those of the other answers."""
    if value is None:
        return None
    found = _CHECKS[question.type](question, value) or _unwritable(value)
    if found is None and isinstance(value, str) and question.key in _FORMATS:
        found = _FORMATS[question.key](value)
    return found or _strangers(question, value, answers)


def _is_text(_question: Question, value: object) -> str | None:
    return None if isinstance(value, str) and value.strip() else f"{shown(value)}应当是一段文字"


def _is_choice(question: Question, value: object) -> str | None:
    if value in question.choices:
        return None
    return f"{shown(value)}不在可选之列：{'、'.join(question.choices)}"


def _is_bool(_question: Question, value: object) -> str | None:
    return None if isinstance(value, bool) else f"{shown(value)}应当是 true 或 false（是或否）"


def _is_number(_question: Question, value: object) -> str | None:
    return number_complaint(value)


def number_complaint(value: object) -> str | None:
    """What is wrong with a number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return f"{shown(value)}应当是数字"
    return f"{value} 不能是负数" if value < 0 else None


def _is_date(_question: Question, value: object) -> str | None:
    return date_complaint(value)


def date_complaint(value: object) -> str | None:
    """What is wrong with a day."""
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return f"{shown(value)}应当写成日期，如 2026-05-18"
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"{value} 这一天不存在"
    return None


def _is_period(_question: Question, value: object) -> str | None:
    from_, found, until = value.partition("至") if isinstance(value, str) else ("", "", "")
    if not found:
        return f"{shown(value)}应当写成起止日期，如 2026-08-24至2026-08-25"
    wrong = date_complaint(from_) or date_complaint(until)
    return wrong or (f"止日 {until} 早于起日 {from_}" if until < from_ else None)


def _is_list(question: Question, value: object) -> str | None:
    if not isinstance(value, list):
        return f"{shown(value)}应当是列表"
    wrong = next((item for item in value if not isinstance(item, str) or not item.strip()), None)
    if wrong is not None:
        return f"第{value.index(wrong) + 1}项{shown(wrong)}应当是一段文字"
    unknown = next((item for item in value if question.choices and item not in question.choices), None)
    return _is_choice(question, unknown) if unknown else None


def _is_table(question: Question, value: object) -> str | None:
    if not isinstance(value, list):
        return f"{shown(value)}应当是表格：每行以“- ”开头，逐列写“列名: 值”"
    for number, row in enumerate(value, 1):
        found = row_complaint(question, row)
        if found:
            return f"第{number}行{found}"
    return None


def row_complaint(question: Question, row: object) -> str | None:
    """What is wrong with a row of a table: its columns and then its cells."""
    if not isinstance(row, Mapping):
        return f"{shown(row)}应当逐列写“列名: 值”"
    names = [column.name for column in question.columns]
    unknown = next((str(name) for name in row if name not in names), None)
    if unknown is not None:
        return f"没有“{unknown}”这一列，可用的列：{'、'.join(names)}"
    missing = [name for name in names if name not in row]
    if missing:
        return f"缺列“{'”“'.join(missing)}”（没有内容也写上列名，值留空）"
    for column in question.columns:
        found = cell_complaint(column, row[column.name])
        if found:
            return f"“{column.name}”{found}"
    return None


def cell_complaint(column: Column, value: object) -> str | None:
    """What is wrong with a cell; an empty one is nothing wrong, and a month may stand for a day."""
    if value is None or value == "":
        return None
    if column.type == "number":
        return number_complaint(value)
    if column.type == "date":
        return None if _MONTH.fullmatch(str(value)) else date_complaint(value)
    return None if isinstance(value, str) else f"{shown(value)}应当是一段文字"


def _is_file(_question: Question, value: object) -> str | None:
    return None if isinstance(value, (str, list)) else f"{shown(value)}应当是表格文件名（CSV 或 xlsx）"


_CHECKS: dict[Kind, Callable[[Question, object], str | None]] = {
    Kind.TEXT: _is_text,
    Kind.LONG: _is_text,
    Kind.DATE: _is_date,
    Kind.PERIOD: _is_period,
    Kind.NUMBER: _is_number,
    Kind.CHOICE: _is_choice,
    Kind.MULTI: _is_list,
    Kind.LIST: _is_list,
    Kind.BOOL: _is_bool,
    Kind.TABLE: _is_table,
    Kind.FILE: _is_file,
}


def shown(value: object) -> str:
    """A wrong value as a message quotes it, shortened."""
    if isinstance(value, (list, Mapping)):
        return "这里的列表" if isinstance(value, list) else "这里的“键: 值”"
    text = str(value)
    return f"“{text[:_QUOTED]}…”" if len(text) > _QUOTED else f"“{text}”"


def _unwritable(value: object) -> str | None:
    if isinstance(value, Mapping):
        return _unwritable([*value, *value.values()])
    if isinstance(value, list):
        return next((found for found in map(_unwritable, value) if found), None)
    return "含有无法保存的字符，请重新输入" if isinstance(value, str) and _SURROGATE.search(value) else None


# Answers with a form of their own


_CREDIT_CODE = 18
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code_digit(first: str) -> str:
    """The check digit for the first 17 signs of a 统一社会信用代码 (GB 32100-2015, 4.3: weights 3^i mod 31)."""
    total = sum(_LETTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return _LETTERS[-total % 31]


def _credit_code(value: str) -> str | None:
    if len(value) != _CREDIT_CODE:
        return f"统一社会信用代码应当是 18 位，这里是 {len(value)} 位"
    strange = next((sign for sign in value if sign not in _LETTERS), None)
    if strange:
        return f"统一社会信用代码里不会有“{strange}”（只用数字和大写字母，不用 I、O、S、V、Z）"
    if credit_code_digit(value[:17]) != value[17]:
        return f"统一社会信用代码“{value}”的校验位不对，请与营业执照核对"
    return None


def _company_code(value: str) -> str | None:
    return None if _CODE.fullmatch(value) else f"企业代号{shown(value)}应当是 2—4 个大写字母，如 LW"


def _post(value: str) -> str | None:
    return None if _POST.fullmatch(value) else f"{shown(value)}应当写成“姓名，职务”，如：沈知远，副总经理"


_FORMATS: dict[str, Callable[[str], str | None]] = {
    "uscc": _credit_code,
    "company_code": _company_code,
    **dict.fromkeys(POSTS, _post),
}


# People and departments that must exist


def _names(answers: Mapping[str, object], key: str, column: str) -> dict[str, None]:
    """The names in a column, each once, in order."""
    rows = answers.get(key)
    if not isinstance(rows, (list, tuple)):
        return {}
    return {str(row[column]): None for row in rows if isinstance(row, Mapping) and row.get(column)}


def people(answers: Mapping[str, object]) -> frozenset[str]:
    """The names that the answers know: roster, heads of departments, IP staff, posts."""
    posts = {str(answers[key]).replace(",", "，").split("，")[0].strip() for key in POSTS if answers.get(key)}
    heads = _names(answers, DEPARTMENTS, "负责人")
    return frozenset({*_names(answers, ROSTER, "姓名"), *heads, *_names(answers, STAFF, "姓名"), *posts})


def departments(answers: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the departments in the client's order."""
    return tuple(_names(answers, DEPARTMENTS, "部门"))


def _strangers(question: Question, value: object, answers: Mapping[str, object]) -> str | None:
    others = {key: each for key, each in answers.items() if key != question.key}
    if question.key in POSTS and _names(others, ROSTER, "姓名"):
        name = str(value).replace(",", "，").split("，")[0].strip()
        return None if name in people(others) else _unknown_person(name)
    if not isinstance(value, list) or question.key in _OUTSIDERS:
        return None
    found = next(_strange_cells(question, value, others), None)
    return f"第{found[0] + 1}行“{found[1]}”{found[2]}" if found else None


def row_faults(question: Question, value: object, answers: Mapping[str, object]) -> Iterator[tuple[int, str, str]]:
    """Every cell of a table that does not fit: its row from 0, its column, what is wrong."""
    if question.type is not Kind.TABLE or not isinstance(value, list):
        return
    for number, row in enumerate(value):
        for column in question.columns if isinstance(row, Mapping) else ():
            found = cell_complaint(column, row.get(column.name)) or _unwritable(row.get(column.name))
            if found:
                yield number, column.name, found
    others = {key: each for key, each in answers.items() if key != question.key}
    yield from _strange_cells(question, value, others) if question.key not in _OUTSIDERS else ()


def _strange_cells(
    question: Question, rows: Sequence[object], others: Mapping[str, object]
) -> Iterator[tuple[int, str, str]]:
    """People and departments of a table that the other answers do not know."""
    for number, row in enumerate(rows):
        for column in question.columns if isinstance(row, Mapping) else ():
            found = _stranger(column, str(row.get(column.name) or ""), others) if isinstance(row, Mapping) else None
            if found:
                yield number, column.name, found


def _stranger(column: Column, name: str, others: Mapping[str, object]) -> str | None:
    if column.type == "person" and name and _names(others, ROSTER, "姓名") and name not in people(others):
        return _unknown_person(name)
    known = departments(others)
    if column.type == "dept" and name and known and name not in (*known, EVERYONE):
        return f"“{name}”不是已登记的部门：{'、'.join(known)}"
    return None


def _unknown_person(name: str) -> str:
    return f"“{name}”不在人员名册（{ROSTER}）里，请核对姓名，或先补名册"
