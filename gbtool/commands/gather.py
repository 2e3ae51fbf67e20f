"""Shelf, store and day to Facts: what every command that decides looks at."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from gbtool.commands.workspace import Workspace
from gbtool.exchange.tables import read_rows
from gbtool.model.client import Client
from gbtool.model.document import Document
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.shelf import calendars, catalogue, checklists, deadlines, periods, questions, signing, standards
from gbtool.shelf.clients import read_client
from gbtool.store import documents, entries
from gbtool.store.database import open_ledger


def client(work: Workspace) -> Client:
    """The client of a workspace with the rows of its file answers.

    Raises:
        FileFaults: client.yaml or a table that it names is wrong.
    """
    return read_client(work.folder, questions.questions(work.shelves), read_rows)


def gather(work: Workspace, today: date) -> Facts:
    """All facts about the client as they stood on a day: nothing dated later is seen.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
    """
    found = client(work)
    edition = found.edition or standards.editions(work.shelves)[-1]
    written, kept = _kept(work.ledger)
    return Facts(
        client=found,
        standard=standards.standard(edition, work.shelves),
        today=today,
        specifications=catalogue.catalogue(work.shelves),
        documents=as_of(written, today, work.folder),
        entries=tuple(entry for entry in kept if not entry.date or entry.date <= today.isoformat()),
        matrix=checklists.matrix(edition, work.shelves),
        calendar=calendars.work_calendar(),
        rule_texts=checklists.rule_texts(work.shelves),
        deadlines=deadlines.book(work.shelves),
        periods=periods.periods(work.shelves),
        powers=signing.powers(work.shelves),
    )


def _kept(ledger: Path) -> tuple[Sequence[Document], Sequence[Entry]]:
    if not ledger.is_file():
        return (), ()
    with open_ledger(ledger) as opened:
        return documents.read(opened), entries.read(opened)


def as_of(written: Iterable[Document], today: date, folder: Path) -> tuple[Document, ...]:
    """The documents on a day: one issued later is not issued yet, one withdrawn later is still in force."""
    return tuple(_as_of(document, today.isoformat(), folder) for document in written)


def _as_of(document: Document, day: str, folder: Path) -> Document:
    later = {name: "" for name in ("issued", "effective", "withdrawn") if getattr(document, name) > day}
    if "issued" not in later:
        later.pop("effective", None)
    present = (folder / document.path).is_file()
    return replace(document, present=present, **later)  # type: ignore[arg-type] # only names of text fields
