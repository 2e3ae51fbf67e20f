"""Clauses of a standard as the nearest shelf has them, what became of them, and which standards there are."""

from dataclasses import dataclass
from pathlib import Path

from gbtool.model.standard import Change, Clause, Standard
from gbtool.model.standards.head import Head, Related
from gbtool.shelf import catalogue, checklists, gates, questions, standards
from gbtool.shelf.clients import read_client
from gbtool.shelf.shelves import Shelves, client_above, firm_above, shelves_of


@dataclass(frozen=True, slots=True)
class Found:
    """The clauses that were asked for, in a standard."""

    standard: Standard
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """A clause of the oldest edition (None: new since) and the clauses of the newest that took it over."""

    before: Clause | None
    after: tuple[Clause, ...]
    change: Change


def find(where: Path, query: str | None = None, edition: str | None = None, *, unconfirmed: bool = False) -> Found:
    """The clauses of an edition: one by number or key, several by a word, all without a query.

    Args:
        where: a folder; the shelves of the client and firm around it count.
        query: a number such as 8.2, a key or a word.
        edition: key or code of the standard; without it the client's, else the usual one.
        unconfirmed: only those whose number or existence no source confirms.

    Raises:
        UsageError: there is no such edition.
    """
    shelves = _shelves(where)
    found = standards.standard(_key(where, edition, shelves), shelves)
    clauses = found.find(query) if query else found.clauses
    return Found(found, tuple(clause for clause in clauses if not (unconfirmed and clause.confirmed)))


def changes(where: Path, query: str | None = None, edition: str | None = None) -> tuple[Became, ...]:
    """What became of the clauses of a family's oldest edition; with a query, where either side is that clause or word.

    Raises:
        UsageError: there is no such edition.
    """
    shelves = _shelves(where)
    family = standards.head(_key(where, edition, shelves), shelves).family
    found = standards.changes(shelves, family)
    if not found:
        return ()
    old, *_, new = (standards.standard(key, shelves) for key in standards.editions(shelves, family))
    wanted = {c.key for c in (*old.find(query), *new.find(query))} if query else None
    return tuple(
        Became(old.clause(change.before), tuple(c for key in change.after if (c := new.clause(key))), change)
        for change in found
        if wanted is None or wanted & {change.before, *change.after}
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A standard and what of it is on the shelves: how many clauses, documents, audit questions, gates."""

    head: Head
    clauses: int
    documents: int
    questions: int
    gates: int


def offers(where: Path) -> tuple[Offer, ...]:
    """Every standard on the shelves around a folder with what gbtool has of it."""
    shelves = _shelves(where)
    catalogued = catalogue.catalogue(shelves)
    return tuple(
        Offer(
            head,
            len(standards.standard(head.key, shelves).clauses),
            sum(head.key in each.editions for each in catalogued),
            len(checklists.audit_questions(head.key, shelves)),
            len(gates.names(head.key, shelves)),
        )
        for head in standards.heads(shelves)
    )


def related(where: Path) -> tuple[Related, ...]:
    """Standards that are asked about and of which there are no clauses."""
    return standards.related(_shelves(where))


def _shelves(where: Path) -> Shelves:
    folder = where.resolve()
    return shelves_of(client_above(folder), firm_above(folder))


def _key(where: Path, edition: str | None, shelves: Shelves) -> str:
    if edition:
        return standards.named(edition, shelves).key
    folder = client_above(where.resolve())
    if folder is None:
        return standards.usual(shelves)
    client = read_client(folder, questions.questions(shelves))
    return client.edition or standards.usual(shelves, client.text("entity_type"))
