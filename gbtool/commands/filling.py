"""What somebody filled into a form, checked against the form: fields, values, rows, signatures, days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, UsageError, WrongValues
from gbtool.model.answers import date_complaint
from gbtool.model.document import Field, Specification
from gbtool.model.entry import Entry, EntryKind, Signature
from gbtool.model.form import by_name, complaint
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.mappings import guess


@dataclass(frozen=True, slots=True)
class Filled:
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
    forms = {s.id: s for s in catalogue(work.shelves) if s.fields}
    if id_ not in forms:
        raise UsageError(f"没有表单“{id_}”{guess(id_, forms)}")
    return forms[id_]


def draft(specification: Specification, filled: Filled, today: date) -> Entry:
    """The entry that somebody filled in, still without number.

    Raises:
        WrongValues: a field is not one of the form or its value does not fit, or a day is not real or not yet come.
    """
    faults = list(_faults(specification, filled, today))
    if faults:
        raise WrongValues(faults)
    fields = specification.fields
    parts: dict[str, object] = {
        "head": {f.name: filled.values[f.name] for f in fields.head if f.name in filled.values},
        "rows": [dict(row) for row in filled.rows],
        "foot": _foot(specification, filled),
        "sign": [{"role": s.role, "name": s.name, "date": s.date} for s in filled.signatures],
    }
    data = {name: part for name, part in parts.items() if part}
    return Entry(EntryKind.RECORD, "", filled.date, today.isoformat(), specification.id, data)


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
    for name, value in values.items():
        if name not in fields:
            yield Complaint(where, f"表单没有字段“{name}”{guess(name, fields)}")
            continue
        wrong = complaint(fields[name], value)
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
