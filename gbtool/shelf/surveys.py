"""A diagnosis written down in YAML: answers to its questions and figures of its indicators, as entries."""

from collections.abc import Mapping

import yaml

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.place import Place
from gbtool.shelf.mappings import items, nodes, text
from gbtool.shelf.reader import Reading, line_of

TOP = ("answers", "figures")
ANSWER = ("score", "evidence", "by", "sampled", "failed", "note", "round")
FIGURE = ("value", "numerator", "denominator", "source", "by", "note", "basis")


def surveys(reading: Reading, root: yaml.Node) -> list[Entry]:
    """The answers and figures of a file; what they mean is for the rules to say."""
    found = nodes(reading, root, TOP)
    answers = [_answer(reading, node) for node in items(reading, found.get("answers"))]
    return [*answers, *(_figure(reading, node) for node in items(reading, found.get("figures")))]


def answer(id_: str, day: str, values: Mapping[str, str], place: Place, entered: str = "") -> Entry:
    """An answer to a question of the diagnosis; empty values are left out, `round` is the time from the second on."""
    data = {name: values[name] for name in ANSWER if values.get(name)}
    if data.get("round", "1") == "1":
        data.pop("round", None)
        return Entry(EntryKind.DIAGNOSIS, id_, day, entered, data=data, place=place)
    data["question"] = id_
    return Entry(EntryKind.DIAGNOSIS, f"{id_} 第{data['round']}次", day, entered, data=data, place=place)


def figure(id_: str, day: str, values: Mapping[str, str], place: Place, entered: str = "") -> Entry:
    """A figure of an indicator; `values` hold its `period` (`first至last`), empty ones are left out."""
    first, _, last = values.get("period", "").partition("至")
    about = {"indicator": id_, "from": first.strip(), "to": last.strip()}
    data = {**about, **{name: values[name] for name in FIGURE if values.get(name)}}
    return Entry(EntryKind.FIGURE, f"{id_} {values.get('period', '')}", day, entered, data=data, place=place)


def _answer(reading: Reading, node: yaml.Node) -> Entry:
    values = _values(reading, node, ANSWER, ("id", "score", "date"))
    return answer(values["id"], values["date"], values, Place(reading.name, line_of(node), values["id"]))


def _figure(reading: Reading, node: yaml.Node) -> Entry:
    values = _values(reading, node, (*FIGURE, "period"), ("id", "period", "date"))
    return figure(values["id"], values["date"], values, Place(reading.name, line_of(node), values["id"]))


def _values(reading: Reading, node: yaml.Node, names: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, str]:
    known = ("id", "date", *names)
    found = nodes(reading, node, known, needed)
    return {name: text(reading, found.get(name)) for name in known}
