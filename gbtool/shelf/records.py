"""Filled forms and 本期未发生 from YAML: every field is one of the form, every day is real and not in the future."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import yaml

from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Field, Fields, Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.forms.form import by_name, complaint
from gbtool.model.place import Place
from gbtool.shelf.mappings import day, guess, items, nodes, text
from gbtool.shelf.reader import Reading, compose, did_you_mean, line_of
from gbtool.structs import replace

FORM = ("form", "number", "title", "version", "effective")
PARTS = ("head", "rows", "foot", "sign")
EXTRA_DAYS = ("end", "cause_date", "closed", "updated", "data_until")
EXTRA = (*EXTRA_DAYS, "note", "responsible", "extended", "extensions", "returned")
ABSENCE = ("form", "title", "activity", "period", "result", "confirmed_how", "confirmed_by", "confirmed_on")

Specifications = Mapping[str, Specification]


def form_of(reading: Reading, node: yaml.Node | None, known: Specifications) -> Specification | None:
    """The form that a value names; an unknown one is a complaint with a guess."""
    name = text(reading, node)
    if node is not None and name and name not in known:
        guess = did_you_mean(name, known) or "，可用的见 gbtool generate --dry-run"
        reading.complain(node, f"没有表单“{name}”{guess}")
    return known.get(name)


def records(reading: Reading, root: yaml.Node, known: Specifications, today: date) -> list[Entry]:
    """The records of one form's file."""
    found = nodes(reading, root, (*FORM, "records"), ("form", "records"))
    specification = form_of(reading, found.get("form"), known)
    day(reading, found.get("effective"))
    about = {key: text(reading, found[key]) for key in FORM[1:] if key in found}
    if specification is None:
        return []
    return [_record(reading, node, specification, about, today) for node in items(reading, found.get("records"))]


def one_record(path: Path, name: str, specification: Specification, today: date) -> Entry:
    """A file that holds one record of a form: date, head, rows, foot, sign.

    Raises:
        FileFaults: it cannot be read, is not YAML, or does not fit the form; every complaint with its line.
    """
    root = compose(path, name)
    if root is None:
        raise FileFaults([Complaint(name, "文件是空的")])
    reading = Reading(name)
    found = nodes(reading, root, ("date", *PARTS, *EXTRA), ("date",))
    entry = _entry(reading, found, specification, {}, today)
    reading.done()
    return entry


def _record(
    reading: Reading, node: yaml.Node, specification: Specification, about: Mapping[str, str], today: date
) -> Entry:
    found = nodes(reading, node, ("id", "date", "entered", *PARTS, *EXTRA), ("id", "date"))
    entry = _entry(reading, found, specification, about, today)
    return replace(entry, place=Place(reading.name, line_of(node), entry.id))


def _entry(
    reading: Reading,
    found: Mapping[str, yaml.Node],
    specification: Specification,
    about: Mapping[str, str],
    today: date,
) -> Entry:
    for key in EXTRA_DAYS:
        day(reading, found.get(key))
    data: dict[str, object] = dict(about)
    data |= dict(_parts(reading, found, specification.fields, today))
    data |= {key: reading.plain(found[key]) for key in EXTRA if key in found}
    return Entry(
        EntryKind.RECORD,
        text(reading, found.get("id")),
        day(reading, found.get("date"), today),
        day(reading, found.get("entered"), today),
        specification.id,
        data,
    )


def _parts(
    reading: Reading, found: Mapping[str, yaml.Node], fields: Fields, today: date
) -> Iterator[tuple[str, object]]:
    for part, group in (("head", fields.head), ("foot", fields.foot)):
        if part in found:
            yield part, _values(reading, found[part], by_name(group))
    if "rows" in found:
        columns = by_name(fields.columns)
        yield "rows", [_values(reading, row, columns) for row in items(reading, found["rows"])]
    if "sign" in found:
        yield "sign", [_signature(reading, each, fields.sign, today) for each in items(reading, found["sign"])]


def _values(reading: Reading, node: yaml.Node, fields: Mapping[str, Field]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in nodes(reading, node, fields).items():
        values[name] = reading.plain(value)
        wrong = complaint(fields[name], values[name]) if name in fields else None
        if wrong:
            reading.complain(value, f"“{name}”{wrong}")
    return values


def _signature(reading: Reading, node: yaml.Node, roles: tuple[str, ...], today: date) -> dict[str, object]:
    found = nodes(reading, node, ("role", "name", "date"), ("role",))
    role = text(reading, found.get("role"))
    if role and roles and role not in roles:
        reading.complain(node, f"签名栏没有“{role}”{guess(role, roles)}")
    day(reading, found.get("date"), today)
    return {key: text(reading, value) for key, value in found.items()}


def absences(reading: Reading, root: yaml.Node, known: Specifications, today: date) -> list[Entry]:
    """What did not happen, and who found that out how and when."""
    found = nodes(reading, root, ("title", "entries"), ("entries",))
    seen: Counter[str] = Counter()
    entries = []
    for node in items(reading, found.get("entries")):
        values = nodes(reading, node, ABSENCE, ("form", "period", "confirmed_how", "confirmed_by", "confirmed_on"))
        form_of(reading, values.get("form"), known)
        form, confirmed = text(reading, values.get("form")), day(reading, values.get("confirmed_on"), today)
        wrong = complaint(Field("period", "period"), text(reading, values.get("period")))
        if wrong:
            reading.complain(values["period"], f"period：{wrong}")
        seen[form] += 1
        data = {key: text(reading, value) for key, value in values.items()}
        place = Place(reading.name, line_of(node), form)
        entries.append(Entry(EntryKind.ABSENT, absent_id(form, seen[form]), confirmed, "", form, data, place))
    return entries


def absent_id(form: str, number: int) -> str:
    """The id of the n-th 本期未发生 of a form."""
    return f"absent-{form}" if number == 1 else f"absent-{form}-{number}"
