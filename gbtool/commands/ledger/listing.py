"""`gbtool ledger`: what is in it, and whether anybody changed it behind gbtool's back."""

from collections.abc import Iterable, Mapping

from gbtool.commands.ledger.evidence import altered
from gbtool.commands.workspace import Workspace
from gbtool.errors import UsageError
from gbtool.model.entry import Entry, EntryKind
from gbtool.shelf.reader import did_you_mean
from gbtool.store import entries, history
from gbtool.store.database import open_ledger
from gbtool.store.verify import verify as breaks
from gbtool.structs import Frozen


class Change(Frozen):
    """When something was entered or changed: the day it happened, the day it was entered, by whom, in which command."""

    happened: str
    entered: str
    by: str
    what: str


class Checked(Frozen):
    """What verifying found: how many links and files were looked at, and what does not hold, each with its place."""

    links: int
    files: int
    faults: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        """Whether everything holds."""
        return not self.faults


def listed(work: Workspace, kinds: Iterable[EntryKind] = (), forms: Iterable[str] = ()) -> tuple[Entry, ...]:
    """The entries of these kinds and forms, of all when none is given, in order of date; those without one last."""
    wanted = tuple(forms)
    with open_ledger(work.ledger) as ledger:
        found = entries.read(ledger, *kinds)
    return tuple(sorted((e for e in found if not wanted or e.form in wanted), key=lambda e: (e.date or "9", e.id)))


def shown(work: Workspace, id_: str) -> tuple[tuple[Entry, tuple[Change, ...]], ...]:
    """The entries with an id, each with its history.

    Raises:
        UsageError: there is none; with a guess.
    """
    with open_ledger(work.ledger) as ledger:
        kept = entries.read(ledger)
        found = [entry for entry in kept if entry.id == id_]
        if not found:
            known = [entry.id for entry in kept]
            raise UsageError(f"台账里没有“{id_}”{did_you_mean(id_, known)}", "已有的见 gbtool ledger list")
        return tuple((entry, _changes(history.read(ledger, entries.subject(entry)))) for entry in found)


def _changes(links: Iterable[history.Link]) -> tuple[Change, ...]:
    return tuple(Change(link.happened, link.entered, link.by, link.what) for link in links)


def verified(work: Workspace) -> Checked:
    """The history chain, every entry and document against it, and every evidence file."""
    with open_ledger(work.ledger) as ledger:
        links = len(history.read(ledger))
        evidence = entries.read(ledger, EntryKind.EVIDENCE)
        broken = [(f"历史第 {b.seq} 条 {b.subject}" if b.seq else b.subject, b.message) for b in breaks(ledger)]
    return Checked(links, len(evidence), (*broken, *altered(work, evidence)))


def exported(work: Workspace) -> Mapping[str, object]:
    """Everything in the ledger as plain data: entries and history."""
    with open_ledger(work.ledger) as ledger:
        links = history.read(ledger)
        found = entries.read(ledger)
    chain = [
        {
            "seq": link.seq,
            "happened": link.happened,
            "entered": link.entered,
            "by": link.by,
            "what": link.what,
            "subject": link.subject,
            "hash": link.hash,
        }
        for link in links
    ]
    return {"entries": [plain(entry) for entry in found], "history": chain}


def plain(entry: Entry) -> dict[str, object]:
    """An entry as plain data."""
    return {
        "kind": entry.kind.value,
        "id": entry.id,
        "form": entry.form,
        "date": entry.date,
        "entered": entry.entered,
        "data": dict(entry.data),
        "place": str(entry.place),
    }
