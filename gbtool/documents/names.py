"""The names from outside that a template uses, and on which of its lines."""

import functools
from collections.abc import Iterable, Mapping

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from gbtool.documents.faults import misspelt
from gbtool.documents.jinja import environment
from gbtool.model.place import Place
from gbtool.model.template import Template
from gbtool.remembering import key_of, memory


def names_in(template: Template) -> Mapping[str, Place]:
    """Every name from outside that a template uses, and where first.

    Raises:
        FileFaults: a tag is not understood; with file and line.
    """
    try:
        return {name: template.at(lines[0]) for name, lines in lines_of(template).items()}
    except TemplateSyntaxError as error:
        place = template.at(template.line + error.lineno - 1)
        raise misspelt(str(place), error) from error


def lines_of(template: Template) -> Mapping[str, list[int]]:
    """The lines, in the file, on which each name from outside is used; 0 where a Word file has no lines."""
    if template.data:
        from gbtool.documents import wordfile  # noqa: PLC0415 # docxtpl is needed for Word files alone

        return {name: [0] for name in wordfile.used(template)}
    head = template.head.get("approval")
    texts = [str(text) for text in head.values()] if isinstance(head, Mapping) else []
    days = [str(template.head.get(day) or "") for day in ("effective", "issued")]
    return _named(template.body + "\n" + "".join((*texts, *days)), template.line)


@functools.lru_cache(maxsize=512)
def _named(text: str, line: int) -> Mapping[str, list[int]]:
    """The names from outside in a text whose first line is that line of the file; nobody changes what comes back."""
    known = memory()
    key = key_of("names of a text", "", text) if known else ""
    found = known.get(key) if known else None
    lines = found if isinstance(found, dict) else _lines(text)
    if known and found is None:
        known.put(key, lines)
    return {name: [each + line for each in at] for name, at in lines.items()}


def _lines(text: str) -> dict[str, list[int]]:
    """The lines of each name from outside, counted from 0."""
    tree = _parser().parse(text)
    outside = meta.find_undeclared_variables(tree)
    lines: dict[str, list[int]] = {}
    for node in _names(tree):
        if node.name in outside:
            lines.setdefault(node.name, []).append(node.lineno - 1)
    return {name: sorted(each) for name, each in lines.items()}


@functools.cache
def _parser() -> Environment:
    return environment()


def _names(tree: nodes.Template) -> Iterable[nodes.Name]:
    return (name for name in tree.find_all(nodes.Name) if name.ctx == "load")
