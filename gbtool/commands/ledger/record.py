"""`gbtool ledger add`: one filled form into the ledger, under the next free number; nothing is filled in by itself."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from gbtool.commands.gather import client
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.entry import Entry
from gbtool.shelf.records import one_record
from gbtool.store import documents, entries
from gbtool.store.database import Action, open_ledger


def from_file(source: Path, specification: Specification, today: date) -> Entry:
    """The filled form that a YAML file holds, still without number.

    Raises:
        FileFaults: the file does not fit the form; every complaint with its line.
    """
    return one_record(source, source.name, specification, today)


def keep(work: Workspace, specification: Specification, entry: Entry, today: date, by: str) -> Entry:
    """Put a filled form into the ledger under the next free number; it is entered today, whenever it happened.

    Raises:
        FileFaults: the client has no code yet, so there is no number.
    """
    number = _number(work, specification)
    title = specification.title_in(client(work).edition)
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(today, by, f"登记{title}")) as change,
    ):
        id_ = next_id(number, (each.id for each in entries.read(ledger)))
        issued = next((d for d in documents.read(ledger) if d.id == specification.id and d.in_force), None)
        about = {"version": issued.version, "effective": issued.effective} if issued else {}
        data = {"number": number, "title": title, **about, **entry.data}
        kept = replace(entry, id=id_, entered=today.isoformat(), data=data)
        entries.add(change, kept)
    return kept


def _number(work: Workspace, specification: Specification) -> str:
    code = client(work).code
    if not code:
        fix = "先回答：gbtool profile set company_code=…"
        raise FileFaults([Complaint("client.yaml", "company_code 还没有回答，编不出记录编号", fix)])
    return specification.number.replace("{company_code}", code)


def next_id(number: str, ids: Iterable[str]) -> str:
    """The number of a form with the next running number: one more than the highest that is there."""
    pattern = re.compile(rf"{re.escape(number)}-(\d+)")
    taken = [int(found[1]) for id_ in ids if (found := pattern.fullmatch(id_))]
    return f"{number}-{max(taken, default=0) + 1:03}"
