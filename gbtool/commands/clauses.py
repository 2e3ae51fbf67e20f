"""Clauses of an edition as the nearest shelf has them, and what became of them from 2013 to 2023."""

from dataclasses import dataclass
from pathlib import Path

from gbtool.errors import UsageError
from gbtool.model.standard import Change, Clause, Standard
from gbtool.shelf import questions, standards
from gbtool.shelf.clients import read_client
from gbtool.shelf.shelves import Shelves, client_above, firm_above, shelves_of

OLD, NEW = "2013", "2023"


@dataclass(frozen=True, slots=True)
class Found:
    """The clauses that were asked for, in an edition."""

    standard: Standard
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Became:
    """A clause of 2013 (None: new in 2023) and the clauses of 2023 that took it over."""

    before: Clause | None
    after: tuple[Clause, ...]
    change: Change


def find(where: Path, query: str | None = None, edition: str | None = None, *, unconfirmed: bool = False) -> Found:
    """The clauses of an edition: one by number or key, several by a word, all without a query.

    Args:
        where: a folder; the shelves of the client and firm around it count.
        query: a number such as 8.2, a key or a word.
        edition: the edition; without it the client's, else the newest.
        unconfirmed: only those whose number or existence no source confirms.

    Raises:
        UsageError: there is no such edition.
    """
    shelves = _shelves(where)
    found = standards.standard(_edition(where, edition, shelves), shelves)
    clauses = found.find(query) if query else found.clauses
    return Found(found, tuple(clause for clause in clauses if not (unconfirmed and clause.confirmed)))


def changes(where: Path, query: str | None = None) -> tuple[Became, ...]:
    """What became of the clauses of 2013; with a query, where either side is that clause or has that word."""
    shelves = _shelves(where)
    old, new = standards.standard(OLD, shelves), standards.standard(NEW, shelves)
    wanted = {(OLD, c.key) for c in old.find(query)} | {(NEW, c.key) for c in new.find(query)} if query else None
    return tuple(
        Became(old.clause(change.before), tuple(c for key in change.after if (c := new.clause(key))), change)
        for change in standards.changes(shelves)
        if wanted is None or wanted & {(OLD, change.before), *((NEW, key) for key in change.after)}
    )


def _shelves(where: Path) -> Shelves:
    folder = where.resolve()
    return shelves_of(client_above(folder), firm_above(folder))


def _edition(where: Path, edition: str | None, shelves: Shelves) -> str:
    known = standards.editions(shelves)
    if edition and edition not in known:
        raise UsageError(f"没有 {edition} 版的条款", f"可用的版本：{'、'.join(known)}")
    folder = client_above(where.resolve())
    if edition or folder is None:
        return edition or known[-1]
    return read_client(folder, questions.questions(shelves)).edition or known[-1]
