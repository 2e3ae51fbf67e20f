"""Clauses of a standard as the nearest shelf has them, what became of them, and which standards there are."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gbtool.commands.gather import looking
from gbtool.commands.workspace import workspace
from gbtool.errors import UsageError
from gbtool.model.document import Specification
from gbtool.model.facts import Facts
from gbtool.model.standard import Change, Clause, Standard
from gbtool.model.standards.chosen import FURTHER
from gbtool.model.standards.head import Head, Related
from gbtool.model.standards.sharing import Shared
from gbtool.shelf import catalogue, checklists, gates, questions, sharing, standards
from gbtool.shelf.clients import read_client
from gbtool.shelf.shelves import Shelves, client_above, firm_above, shelves_of
from gbtool.structs import Frozen


class Found(Frozen):
    """The clauses that were asked for, in a standard."""

    standard: Standard
    clauses: tuple[Clause, ...]


class Became(Frozen):
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


class Both(Frozen):
    """A document of the client that serves several of its standards: the clauses under each, how, how many records."""

    id: str
    title: str
    number: str
    clauses: tuple[tuple[str, tuple[str, ...]], ...]
    how: str
    confidence: str
    records: int


def serving(where: Path, today: date) -> tuple[Both, ...]:
    """The documents and forms of a client that serve several of its standards, in the order of the catalogue.

    Raises:
        UsageError: the client follows one standard only.
        FileFaults: a file is wrong.
    """
    work = workspace(where)
    with looking(work, today) as facts:
        if not facts.further:
            fix = f"再加一个：gbtool profile set {FURTHER}=56005-2020"
            raise UsageError(f"这个客户只按 {facts.standard.cite}", fix)
        said = {each.document: each for one in facts.standards for each in sharing.shared(one.key, work.shelves)}
        return tuple(found for each in facts.applicable if (found := _both(each, said.get(each.id), facts)))


def _both(specification: Specification, said: Shared | None, facts: Facts) -> Both | None:
    found = [(each, specification.clauses.get(each.key, ())) for each in facts.standards]
    cited = tuple((each.cite, _labels(each, keys)) for each, keys in found if keys)
    if len(cited) < 2:  # noqa: PLR2004 # it serves one standard
        return None
    number = specification.number.replace("{company_code}", facts.client.code)
    how, confidence = (said.how, said.confidence) if said else ("", "")
    title, records = specification.title_in(facts.client.edition), len(facts.records(specification.id))
    return Both(specification.id, title, number, cited, how, confidence, records)


def _labels(standard: Standard, keys: Iterable[str]) -> tuple[str, ...]:
    labels = (" ".join(standard.label(clause)) for key in keys if (clause := standard.clause(key)))
    return tuple(dict.fromkeys(labels))


class Offer(Frozen):
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
