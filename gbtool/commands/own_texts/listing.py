"""`gbtool template list`: from which shelf each document comes, and the passages of one by name."""

import re
from collections.abc import Iterator
from enum import StrEnum

from gbtool.commands.own_texts.shelf import Desk
from gbtool.documents.compiling.inheriting import blocks_of, extended
from gbtool.documents.compiling.passages import PRINTS, spoken, text_of
from gbtool.model.document import DocumentKind, Specification
from gbtool.model.standard import Standard
from gbtool.model.template import Template
from gbtool.shelf import standards, templates
from gbtool.structs import Frozen

_CLAUSE = re.compile(r"clause\[['\"]([\w.]+)['\"]\]\.(title|cite_as)$")


class How(StrEnum):
    """How a document is written."""

    SHIPPED = "自带"
    PASSAGES = "换块"
    WHOLE = "整份"
    WORD = "Word"
    FORM = "表单"
    NOTHING = "没有"


class Source(Frozen):
    """Where a document, or one of its parts, comes from: the shelf, the file below templates/, what was replaced."""

    id: str
    kind: DocumentKind
    title: str
    shelf: str
    path: str
    how: How
    blocks: tuple[str, ...] = ()


class Named(Frozen):
    """A passage of a document that a firm may replace: its name, its heading to read, the file in which it stands."""

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
    document = desk.document(id_)
    texts = [(template, text_of(template)) for template in desk.shipped(document)]
    named, standard = document.title_in(desk.edition), standards.standard(desk.edition, desk.shelves)
    return tuple(
        Named(passage.name, _readable(text.title(passage), named, standard), passage.level, template.path)
        for template, text in texts
        for passage in text.passages
    )


def _readable(heading: str, title: str, standard: Standard) -> str:
    """A heading as it reads: clauses by their titles, both words where one of two is said, dots for a client's own."""

    def said(tag: re.Match[str]) -> str:
        source = tag[1].strip()
        found = _CLAUSE.match(source)
        clause = standard.clause(found[1]) if found else None
        if found and clause:
            return clause.title if found[2] == "title" else clause.cite_as
        return title if source == "this.title" else spoken(source)

    return PRINTS.sub(said, heading)


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
