"""Mappings in YAML files whose keys are known: unknown keys with a guess, missing keys, days that are real days."""

import re
from collections.abc import Iterable
from datetime import date

import yaml

from gbtool.model.answers import date_complaint
from gbtool.shelf.reader import Reading, did_you_mean, empty

_LIKE_A_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_TIME = re.compile(r"\d{1,2}:\d{2}")


def nodes(
    reading: Reading, node: yaml.Node, known: Iterable[str], required: Iterable[str] = ()
) -> dict[str, yaml.Node]:
    """The values of a mapping by key; keys that are not known or are missing are complaints."""
    names = tuple(known)
    found: dict[str, yaml.Node] = {}
    for key, key_node, value in reading.pairs(node):
        if key not in names:
            reading.complain(key_node, f"不认识“{key}”{guess(key, names)}")
        found[key] = value
    if isinstance(node, yaml.MappingNode):
        for key in required:
            if key not in found or empty(found[key]):
                reading.complain(node, f"缺“{key}”")
    return found


def guess(word: str, known: Iterable[str]) -> str:
    """The nearest of the words that are known, else all of them."""
    words = tuple(known)
    return did_you_mean(word, words) or f"，可用的：{'、'.join(words) or '无'}"


def items(reading: Reading, node: yaml.Node | None) -> list[yaml.Node]:
    """The items of a list; another shape is a complaint."""
    if node is None or empty(node):
        return []
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    reading.complain(node, "这里应当是列表，每项以“- ”开头")
    return []


def text(reading: Reading, node: yaml.Node | None) -> str:
    """The text of a single value, empty where there is none."""
    if node is None or empty(node):
        return ""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    reading.complain(node, "这里应当是一个值")
    return ""


def day(reading: Reading, node: yaml.Node | None, today: date | None = None) -> str:
    """An ISO day that exists and, where `today` is given, is not after it (DT-64)."""
    value = text(reading, node)
    if node is None or not value:
        return ""
    wrong = date_complaint(value)
    if wrong is None and today and value > today.isoformat():
        wrong = f"{value} 在今天（{today}）以后，还没有发生"
    if wrong:
        reading.complain(node, wrong)
    return value


def real_days(reading: Reading, node: yaml.Node, keys: Iterable[str] = ()) -> None:
    """Complain of every value below a node that looks like a day, or stands under one of the keys, and is none."""
    wanted = frozenset(keys)
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            real_days(reading, item, wanted)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode):
                _real_day(reading, value, asked=key.value in wanted)
            else:
                real_days(reading, value, wanted)


def _real_day(reading: Reading, node: yaml.ScalarNode, *, asked: bool) -> None:
    if empty(node) or _TIME.fullmatch(node.value):
        return
    if asked or _LIKE_A_DAY.fullmatch(node.value):
        wrong = date_complaint(node.value)
        if wrong:
            reading.complain(node, wrong)
