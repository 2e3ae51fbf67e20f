"""The desk of a client: its facts and shelves made ready for drafting documents."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from gbtool.commands.workspace import Workspace
from gbtool.documents.compiling.inheriting import composed, outdated as changed_under
from gbtool.documents.context import Became, Words
from gbtool.documents.desk import Desk, Shelf
from gbtool.documents.plan import Plan
from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.facts import Facts
from gbtool.model.template import Template
from gbtool.shelf import catalogue, deadlines, diagnosis, firms, standards, templates
from gbtool.shelf.shelves import SHIPPED
from gbtool.word.logo import KINDS, Logo, logo_from
from gbtool.word.package import look_from

STYLE = "templates/style.docx"


def desk(work: Workspace, facts: Facts, cache: Path | None = None) -> Desk:
    """The desk of a client; `cache` is a folder for compiled templates.

    Raises:
        FileFaults: the vocabulary or the style file is missing or wrong.
    """
    style = work.shelves.find(STYLE)
    if style is None:
        raise FileFaults([Complaint(STYLE, "找不到文件")])

    def word(specification: Specification) -> Template | None:
        parts = templates.parts_of(specification, facts.edition_of(specification), work.shelves)
        return parts[0] if parts and parts[0].data else None

    def find(path: str) -> Template | None:
        return templates.template(path, work.shelves)

    shelf = Shelf(find, templates.shipped_template, style[1], cache, word)
    return Desk(facts, words(work), shelf, look_from(style[1]), logo(work))


def logo(work: Workspace) -> Logo | None:
    """The logo of the client, else of the firm: templates/logo.png or .jpg, or what gbtool.yaml names.

    Raises:
        FileFaults: it is missing or no picture.
    """
    named = firms.firm(work.firm).logo
    for shelf in work.shelves.shelves:
        if shelf is SHIPPED:
            continue
        own = named if shelf.folder == work.firm else ""
        for path in (own, *(f"templates/logo{suffix}" for suffix in KINDS)):
            if path and (path == own or (shelf.folder / path).is_file()):
                return logo_from(shelf.folder / path, path)
    return None


def words(work: Workspace) -> Words:
    """The words that templates take from data."""
    found = catalogue.vocabulary(work.shelves)
    return Words(
        found.functions,
        found.conditions,
        found.frequencies,
        found.retention_classes,
        deadlines.book(work.shelves).rules,
        lambda family: changes(work, family),
        lambda: diagnosis.indicators(work.shelves).by_id,
        lambda key: diagnosis.scheme(work.shelves, standards.folder_of(key, work.shelves)).by_id,
        firms.firm(work.firm).name,
    )


def changes(work: Workspace, family: str) -> tuple[Became, ...]:
    """What became of the clauses of the older edition of a family, for texts about changing over."""
    found = standards.changes(work.shelves, family)
    if not found:
        return ()
    old, *_, new = (standards.standard(key, work.shelves) for key in standards.editions(work.shelves, family))
    return tuple(
        {
            "before": old.clause(change.before),
            "after": [clause for key in change.after if (clause := new.clause(key))],
            "change": change.change,
            "confidence": change.confidence,
        }
        for change in found
    )


def parts(work: Workspace, edition: str) -> Callable[[Specification], tuple[Template, ...]]:
    """Finds the templates of a document in an edition, each with what it takes over from a shipped one."""
    shelves = work.shelves.holding(templates.FOLDER)

    def found(specification: Specification) -> tuple[Template, ...]:
        own = templates.parts_of(specification, edition, shelves)
        return tuple(composed(template, templates.shipped_template) for template in own)

    return found


def parts_for(work: Workspace, facts: Facts) -> Callable[[Specification], tuple[Template, ...]]:
    """Finds the templates of a document under the standard of the client to which it belongs."""
    of = cache(lambda edition: parts(work, edition))
    return lambda specification: of(facts.edition_of(specification))(specification)


def outdated(planned: Plan) -> tuple[Specification, ...]:
    """The documents whose own texts were written over shipped ones that have changed since."""
    return tuple(
        each.specification
        for each in planned.documents
        if any(changed_under(template, templates.shipped_template) for template in each.templates)
    )
