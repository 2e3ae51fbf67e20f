"""Which answers a document needs: names that its texts really use, with the line of each, and those that are open."""

from collections.abc import Iterator

from gbtool.documents.context import DERIVED, FORMS
from gbtool.documents.names import lines_of
from gbtool.documents.plan import Planned
from gbtool.model.client import Client
from gbtool.model.document import DocumentKind, OpenValue
from gbtool.model.place import Place
from gbtool.model.question import Kind
from gbtool.model.template import Template

CLAUSES = ("clause", "answers")  # the names through which a text reaches clauses
# What the layout prints on every document of a kind, beside its text.
EVERYWHERE = ("company_name", "company_code", "doc_version", "standard_edition")
DATED = ("manual_issue_date", "manual_effective_date")
DATED_KINDS = frozenset({DocumentKind.MANUAL, DocumentKind.SYSTEM, DocumentKind.PROCEDURE, DocumentKind.FLOW})


def open_values(planned: Planned, client: Client) -> tuple[OpenValue, ...]:
    """The required answers that the document uses and nobody gave, each with the place that needs it first."""
    missing = {question.key: question for question in client.open() if question.required}
    if not missing:
        return ()
    found = {key: place for key, place in reversed([*_uses(planned)]) if key in missing}
    return tuple(OpenValue(key, missing[key].question, found[key]) for key in missing if key in found)


def used(planned: Planned) -> tuple[str, ...]:
    """The keys of all answers that a document's texts, or its layout, use."""
    return tuple(dict.fromkeys(key for key, _ in _uses(planned)))


def prints_clauses(planned: Planned) -> bool:
    """Whether a document's texts print numbers or titles of clauses, of whichever they like."""
    return any(name in lines_of(template) for template in planned.templates for name in CLAUSES)


def printed_at(template: Template, line: int, client: Client) -> tuple[OpenValue, ...]:
    """The open answers, required or not, that a line of a template uses."""
    found = []
    for name, lines in lines_of(template).items():
        for key in DERIVED.get(name, (name,)):
            question = client.questions.get(key)
            if line in lines and question and client.get(key) is None:
                found.append(OpenValue(key, question.question, template.at(line)))
    return tuple(found)


def columns_in(template: Template, line: int, column: str, client: Client) -> tuple[OpenValue, ...]:
    """The tables of the client that a template uses and that lack a column which their questions ask for."""
    found = []
    for name in lines_of(template):
        question = client.questions.get(name)
        rows = client.rows(name) if question and question.type is Kind.FILE else ()
        if question and column in {each.name for each in question.columns} and any(column not in row for row in rows):
            asked = f"{client.place(name)} {name} 的表格里“{column}”一列"
            fix = f"在表格里补上“{column}”一列，没有的行留空"
            found.append(OpenValue(f"{name}.{column}", asked, template.at(line), fix))
    return tuple(found)


def printed_in(template: Template, client: Client) -> tuple[OpenValue, ...]:
    """The open answers, required or not, that a Word file uses somewhere."""
    keys = dict.fromkeys(key for name in sorted(lines_of(template)) for key in DERIVED.get(name, (name,)))
    open_ = [key for key in keys if key in client.questions and client.get(key) is None]
    return tuple(OpenValue(key, client.questions[key].question, template.at(0)) for key in open_)


def _uses(planned: Planned) -> Iterator[tuple[str, Place]]:
    specification = planned.specification
    always = EVERYWHERE + (DATED if specification.kind in DATED_KINDS else ())
    for key in always:
        yield key, specification.place
    if specification.kind in FORMS:
        yield "departments", specification.place
    for template in planned.templates:
        for name, lines in lines_of(template).items():
            for key in DERIVED.get(name, (name,)):
                yield key, template.at(lines[0])
