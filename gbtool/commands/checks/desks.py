"""The desk at which a client's files are screened: everybody's names against the client's own."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from gbtool.commands.checks.lists import lists_of
from gbtool.commands.workspace import LEDGER, Workspace
from gbtool.exchange.tables import read_table
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.model.identity import Identity
from gbtool.model.piece import FileRead, Piece, Spot
from gbtool.screening.desk import Desk
from gbtool.screening.folding import fold
from gbtool.screening.identity import identity, terms_of
from gbtool.screening.names import names
from gbtool.shelf import measures, screens
from gbtool.shelf.firms import clients_below, firm
from gbtool.shelf.neighbours import answers_of
from gbtool.shelf.shelves import CLIENT_FILE, shelves_of

Clients = tuple[tuple[Path, Identity], ...]  # every client of the firm with its folder


def everybody(firm_folder: Path | None) -> Clients:
    """All clients of a firm with their folders; none without a firm.

    Raises:
        FileFaults: the firm's list of names does not fit.
    """
    if firm_folder is None:
        return ()
    sources = screens.name_sources(shelves_of(None, firm_folder))
    return tuple((folder, _other(folder, sources)) for folder in clients_below(firm_folder))


def _other(folder: Path, sources: screens.NameSources) -> Identity:
    answers, wrong = answers_of(folder, sources.keys, _rows)
    return identity(folder.name, answers, sources.identity, wrong)


def _rows(path: Path, name: str) -> list[Mapping[str, str]]:
    return [row.values for row in read_table(path, name).rows]


def desk(work: Workspace, facts: Facts, clients: Iterable[tuple[Path, Identity]]) -> Desk:
    """The desk of a client among these.

    Raises:
        FileFaults: gbtool.yaml or the list of names does not fit.
    """
    sources = screens.name_sources(work.shelves)
    own = identity(work.folder.name, facts.client.answers, sources.identity)
    known = tuple(terms_of(facts.client.answers, sources.known))
    others = [each for folder, each in clients if folder != work.folder]
    ledger = "\x00".join(fold(text) for _, text in _ledger_texts(facts.entries))
    lists = "\x00".join(fold(term.text) for term in (*own.terms, *known))
    answers = "\x00".join(fold(text) for _, text in _texts(facts.client.answers, ""))
    consultancy = firm(work.firm)
    return Desk(
        facts=facts,
        names=names(own, known, others),
        allowed=f"{lists}\x00{ledger}",
        said=f"{answers}\x00{ledger}",
        residue=screens.residue(work.shelves),
        register=screens.register(work.shelves),
        clauses={
            key: numbers
            for each in facts.standards
            for key, numbers in screens.clause_numbers(work.shelves, each.head.family).items()
        },
        firm=consultancy,
        thresholds=measures.thresholds(work.shelves, consultancy),
        common=_common,
        **lists_of(work, facts),
    )


def _common(word: str) -> bool:
    return word in _folded()


@lru_cache(maxsize=1)
def _folded() -> str:
    return fold(screens.shipped_text())


def own_files(facts: Facts) -> tuple[FileRead, ...]:
    """client.yaml and the ledger as files: what is wrong in them goes into every document."""
    answers = tuple(
        Piece(text, Spot.LEDGER, f"{facts.client.place(key)} {where}".strip())
        for key, value in facts.client.answers.items()
        for where, text in _texts(value, key)
    )
    entries = tuple(Piece(text, Spot.LEDGER, where) for where, text in _ledger_texts(facts.entries))
    return FileRead(CLIENT_FILE, answers), FileRead(LEDGER, entries)


def _ledger_texts(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield from _texts(entry.data, entry.id)


def _texts(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{where} {key}")
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value, 1):
            yield from _texts(inner, f"{where} 第{number}行")
    elif isinstance(value, str) and value:
        yield where, value
