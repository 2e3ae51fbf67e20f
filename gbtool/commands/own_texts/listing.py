"""`gbtool template list`: from which shelf each document comes, and the passages of one by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gbtool.commands.own_texts.shelf import Desk
from gbtool.documents.compiling.inheriting import blocks_of, extended
from gbtool.documents.compiling.passages import text_of
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.template import Template
from gbtool.shelf import templates


class How(StrEnum):
    """How a document is written."""

    SHIPPED = "自带"
    PASSAGES = "换块"
    WHOLE = "整份"
    WORD = "Word"
    FORM = "表单"
    NOTHING = "没有"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document, or one of its parts, comes from: the shelf, the file below templates/, what was replaced."""

    id: str
    kind: DocumentKind
    title: str
    shelf: str
    path: str
    how: How
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A passage of a document that a firm may replace: its name, its heading, the file in which it stands."""

    name: str
    title: str
    level: int
    path: str


def sources(desk: Desk, ids: tuple[str, ...] = ()) -> tuple[Source, ...]:
    """Where the documents come from, these or all; the manual by its chapters.

    Raises:
        UsageError: an id is unknown.
        FileFaults: a file on a shelf is wrong.
    """
    wanted = tuple(desk.document(id_) for id_ in ids) or desk.documents
    return tuple(source for specification in wanted for source in _sources(specification, desk))


def passages(desk: Desk, id_: str) -> tuple[Named, ...]:
    """The passages of a document as it is shipped, in order.

    Raises:
        UsageError: the id is unknown.
    """
    texts = [(template, text_of(template)) for template in desk.shipped(desk.document(id_))]
    return tuple(
        Named(passage.name, text.title(passage), passage.level, template.path)
        for template, text in texts
        for passage in text.passages
    )


def _sources(specification: Specification, desk: Desk) -> Iterator[Source]:
    title = specification.title_in(desk.edition)
    parts = desk.parts(specification)
    for template in parts:
        how, blocks = _how(template)
        yield Source(specification.id, specification.kind, title, template.shelf, template.path, how, blocks)
    if not parts:
        found = desk.shelves.find(specification.place.file)
        shelf = found[0].name if found and specification.fields else ""
        path = specification.place.file.removeprefix(f"{templates.FOLDER}/") if shelf else ""
        how = How.FORM if shelf else How.NOTHING
        yield Source(specification.id, specification.kind, title, shelf, path, how)


def _how(template: Template) -> tuple[How, tuple[str, ...]]:
    if template.data:
        return How.WORD, ()
    if template.shelf == How.SHIPPED:
        return How.SHIPPED, ()
    if extended(template):
        return How.PASSAGES, tuple(blocks_of(template))
    return How.WHOLE, ()
