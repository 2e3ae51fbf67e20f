"""What somebody filled into a form, checked against the form: fields, values, rows, signatures, days."""

from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.commands.gather import catalogued
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, UsageError, WrongValues
from gbtool.model.answers import date_complaint
from gbtool.model.document import Field, Specification
from gbtool.model.entry import Entry, EntryKind, Signature
from gbtool.model.forms.form import by_name, complaint
from gbtool.model.forms.written import value
from gbtool.shelf.mappings import guess
from gbtool.structs import Frozen, replace

_DAY = Field("", "date")


class Filled(Frozen):
    """What somebody wrote into a form: its day, fields of head and foot by name, rows of its table, signatures."""

    date: str
    values: Mapping[str, object]
    rows: tuple[Mapping[str, object], ...] = ()
    signatures: tuple[Signature, ...] = ()


def form(work: Workspace, id_: str) -> Specification:
    """The form of this id.

    Raises:
        UsageError: there is none; with a guess.
    """
    forms = {id_: s for id_, s in catalogued(work).items() if s.fields}
    if id_ not in forms:
        raise UsageError(f"没有表单“{id_}”{guess(id_, forms)}")
    return forms[id_]


def draft(specification: Specification, filled: Filled, today: date) -> Entry:
    """The entry that somebody filled in, still without number.

    Raises:
        WrongValues: a field is not one of the form or its value does not fit, or a day is not real or not yet come.
    """
    filled = _placed(specification, filled)
    faults = list(_faults(specification, filled, today))
    if faults:
        raise WrongValues(faults)
    data = {name: part for name, part in _parts(specification, filled).items() if part}
    return Entry(EntryKind.RECORD, "", filled.date, today.isoformat(), specification.id, data)


def day_of(specification: Specification, filled: Filled) -> str:
    """The day that a filled form says or was given, empty if unknown."""
    return _placed(specification, filled).date


def _parts(specification: Specification, filled: Filled) -> dict[str, object]:
    fields = specification.fields
    return {
        "head": {f.name: filled.values[f.name] for f in fields.head if f.name in filled.values},
        "rows": [dict(row) for row in filled.rows],
        "foot": _foot(specification, filled),
        "sign": [{"role": s.role, "name": s.name, "date": s.date} for s in filled.signatures],
    }


def _placed(specification: Specification, filled: Filled) -> Filled:
    """What was filled in, in its place and as its fields have it: columns in a row, days as ISO text.

    Without a day it is the one that the form itself says.
    """
    outside = by_name((*specification.fields.foot, *specification.fields.head))
    columns = by_name(specification.fields.columns)
    row = {name: each for name, each in filled.values.items() if name in columns and name not in outside}
    values = _typed({name: each for name, each in filled.values.items() if name not in row}, outside)
    rows = tuple(_typed(each, columns) for each in ((row, *filled.rows) if row else filled.rows))
    signed = tuple(replace(each, date=str(value(_DAY, each.date))) for each in filled.signatures)
    placed = Filled(str(value(_DAY, filled.date)), values, rows, signed)
    return replace(placed, date=happened(specification, _parts(specification, placed), placed.date))


def _typed(values: Mapping[str, object], fields: Mapping[str, Field]) -> dict[str, object]:
    typed = {n: value(fields[n], each) if n in fields and isinstance(each, str) else each for n, each in values.items()}
    return {name: each if each not in ("", []) else values[name] for name, each in typed.items()}


def happened(specification: Specification, data: Mapping[str, object], given: str) -> str:
    """The day of a record: as given, else the form's own field, else the one day of all signatures; or empty."""
    if given:
        return given
    if specification.day:
        values = [part[specification.day] for part in _mappings(data) if specification.day in part]
        return str(values[0]) if values else ""
    days = {str(each.get("date") or "") for each in _signatures(data)}
    return days.pop() if len(days) == 1 else ""


def day_source(specification: Specification) -> str:
    """Where the day of a record comes from when it is not given, in words."""
    return f"发生日期取自“{specification.day}”" if specification.day else "发生日期取自签名日期"


def no_day(specification: Specification, column: str) -> tuple[str, str]:
    """What to say of a record without a day, and what to do."""
    wanted = f"填“{specification.day}”" if specification.day else "各签名写同一天"
    return "说不出是哪天发生的", f"{wanted}，{column}，或用 --date 给出"


def _mappings(data: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for name in ("head", "foot"):
        part = data.get(name)
        if isinstance(part, Mapping):
            yield part


def _signatures(data: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    signed = data.get("sign")
    for each in signed if isinstance(signed, list) else ():
        if isinstance(each, Mapping):
            yield each


def _foot(specification: Specification, filled: Filled) -> dict[str, object]:
    head = by_name(specification.fields.head)
    names = [field.name for field in specification.fields.foot if field.name not in head]
    return {name: filled.values[name] for name in names if name in filled.values}


def _faults(specification: Specification, filled: Filled, today: date) -> Iterator[Complaint]:
    fields = specification.fields
    yield from day_faults("--date", filled.date, today)
    yield from _value_faults("--set", filled.values, by_name((*fields.foot, *fields.head)))
    for number, row in enumerate(filled.rows, 1):
        yield from _value_faults(f"--row 第{number}行", row, by_name(fields.columns))
    for signature in filled.signatures:
        if fields.sign and signature.role not in fields.sign:
            yield Complaint("--sign", f"签名栏没有“{signature.role}”{guess(signature.role, fields.sign)}")
        if signature.date:
            yield from day_faults(f"--sign {signature.role}", signature.date, today)


def day_faults(where: str, day: str, today: date) -> Iterator[Complaint]:
    """What is wrong with the day of something that happened: not real, or not yet come (DT-64)."""
    wrong = date_complaint(day)
    if wrong is None and day > today.isoformat():
        wrong = f"{day} 在今天（{today}）以后，还没有发生"
    if wrong:
        yield Complaint(where, wrong)


def _value_faults(where: str, values: Mapping[str, object], fields: Mapping[str, Field]) -> Iterator[Complaint]:
    for name, given in values.items():
        if name not in fields:
            yield Complaint(where, f"表单没有字段“{name}”{guess(name, fields)}")
            continue
        wrong = complaint(fields[name], given)
        if wrong:
            yield Complaint(where, f"“{name}”{wrong}")


def period_faults(where: str, written: str, period: str, today: date) -> Iterator[Complaint]:
    """What is wrong with a period (`first至last`) of which something is said on a day: not real, or not over."""
    wrong = complaint(Field("period", "period"), period) if written.strip("至") else "不能空着"
    last = period.partition("至")[2]
    if wrong is None and last > today.isoformat():
        wrong = f"{last} 在今天（{today}）以后，这段时间还没有过完"
    if wrong:
        yield Complaint(where, wrong)
