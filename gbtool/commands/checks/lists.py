"""The lists with which a client's documents must agree: its catalogue, ledger, roster and chart."""

from collections.abc import Iterable
from typing import Any

from gbtool.commands.checks.printed import printed
from gbtool.commands.workspace import Workspace
from gbtool.documents.context import number_of
from gbtool.model.agreement import Catalogued
from gbtool.model.answers import people
from gbtool.model.document import Document, Specification
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.screening.agreement.words import department_pattern
from gbtool.shelf import screens


def lists_of(work: Workspace, facts: Facts) -> dict[str, Any]:
    """The lists with which documents must agree."""
    lists = screens.agreement(work.shelves)
    catalogue = {number_of(each, facts.client.code): _catalogued(each, facts) for each in facts.specifications}
    numbers = {**catalogue, **{each.number: _made(each, facts) for each in facts.documents if each.number}}
    return {
        "agreement": lists,
        "numbers": numbers,
        "titles": frozenset(title for each in numbers.values() for title in each.titles),
        "absent": frozenset(_titles(numbers.values(), applies=False) - _titles(numbers.values(), applies=True)),
        "records": frozenset((*(entry.id for entry in facts.entries), *_again(facts))),
        "people": tuple(sorted(people(facts.client.answers), key=len, reverse=True)),
        "printed": printed(work, facts),
        "department_names": department_pattern(lists.departments, (each.name for each in facts.client.departments)),
    }


def _again(facts: Facts) -> Iterable[str]:
    """The numbers of what was done, and reported on, more than once."""
    return (each.text("number") for each in facts.of(EntryKind.PAPER) if each.text("round"))


def _titles(numbers: Iterable[Catalogued], *, applies: bool) -> set[str]:
    return {title for each in numbers if each.applies is applies for title in each.titles}


def _catalogued(each: Specification, facts: Facts) -> Catalogued:
    titles = dict.fromkeys((each.title_in(facts.client.edition), each.title, *(each.titles or {}).values()))
    return Catalogued(each.id, tuple(titles), each.applies(facts.client.answers))


def _made(document: Document, facts: Facts) -> Catalogued:
    specification = next((each for each in facts.specifications if each.id == document.id), None)
    found = _catalogued(specification, facts) if specification else Catalogued(document.id, (), applies=True)
    return Catalogued(document.id, tuple(dict.fromkeys((document.title, *found.titles))), found.applies)
