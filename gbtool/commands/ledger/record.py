"""`gbtool ledger add`: one filled form into the ledger, under the next free number; nothing is filled in by itself."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands.gather import client
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, FileFaults
from gbtool.model.client import Client
from gbtool.model.document import Document, Specification
from gbtool.model.entry import Entry
from gbtool.shelf.records import one_record
from gbtool.store import documents, entries
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace


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
    found = client(work)
    refuse_without_code(found)
    title = specification.title_in(found.edition)
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"登记{title}")) as change,
    ):
        known = Known(found, documents.read(ledger), entries.ids(ledger))
        (kept,) = numbered([replace(entry, entered=today.isoformat())], specification, known)
        entries.add(change, kept)
    return kept


class Known(Frozen):
    """What numbers follow from: the client, its documents, the ids that are taken."""

    client: Client
    documents: Sequence[Document]
    ids: Sequence[str]


def numbered(drafts: Sequence[Entry], specification: Specification, known: Known) -> tuple[Entry, ...]:
    """Filled forms as they are kept: numbered where they are not, with title, version and day of the form in force."""
    number = specification.number.replace("{company_code}", known.client.code)
    title = specification.title_in(known.client.edition)
    issued = next((d for d in known.documents if d.id == specification.id and d.in_force), None)
    about = {"version": issued.version, "effective": issued.effective} if issued else {}
    ids: Sequence[str] = [*known.ids, *(draft.id for draft in drafts)]
    kept = []
    for draft in drafts:
        id_ = draft.id or next_id(number, ids)
        ids = ids if draft.id else [id_]  # the highest
        kept.append(replace(draft, id=id_, data={"number": number, "title": title, **about, **draft.data}))
    return tuple(kept)


def refuse_without_code(found: Client) -> None:
    """Refuse to number anything for a client that has no code.

    Raises:
        FileFaults: it has none.
    """
    if not found.code:
        fix = "先回答：gbtool profile set company_code=…"
        raise FileFaults([Complaint("client.yaml", "company_code 还没有回答，编不出记录编号", fix)])


def next_id(number: str, ids: Iterable[str]) -> str:
    """The number of a form with the next running number: one more than the highest that is there."""
    pattern = re.compile(rf"{re.escape(number)}-(\d+)")
    taken = [int(found[1]) for id_ in ids if (found := pattern.fullmatch(id_))]
    return f"{number}-{max(taken, default=0) + 1:03}"
