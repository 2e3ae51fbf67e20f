"""Lines of a table against the ledger: what is new, the same or changed, and what came from this file before."""

from collections.abc import Mapping, Sequence

from gbtool.commands.records.settling import Change, Settled
from gbtool.commands.registers.reading import Listed
from gbtool.model.entry import Entry, EntryKind
from gbtool.structs import replace

ROWS = "rows"


def settle(found: Listed, kept: Sequence[Entry]) -> Settled:
    """Compare the lines of a table with the ledger; a line that is there keeps what the file does not carry.

    Args:
        found: the table; its faults are gone.
        kept: the entries of the table's kind, and the imports.
    """
    sheet = found.register.sheet
    ours = {e.id: e for e in kept if e.kind is sheet.kind and (not sheet.right or e.text("kind") == sheet.right)}
    settled = Settled()
    for draft in found.drafts:
        old = ours.get(draft.id) or ours.get(f"{draft.id}-{draft.text(sheet.apart)}" if sheet.apart else "")
        if old is None:
            settled.new.append(draft)
            continue
        differences = tuple(_differences(draft, old))
        if differences:
            settled.changed.append(Change(draft, old, differences))
        else:
            settled.same.append(old)
    settled.gone += _gone(found, kept, ours)
    return settled


def merged(change: Change) -> Entry:
    """The old entry with what the file says now."""
    data = {**change.old.data, **change.draft.data}
    return replace(change.old, date=change.draft.date or change.old.date, data=data, place=change.draft.place)


def _differences(draft: Entry, old: Entry) -> list[str]:
    pairs = [(name, old.text(name), draft.text(name)) for name in draft.data]
    return [f"“{name}”{before or '空'} → {after or '空'}" for name, before, after in pairs if before != after]


def _gone(found: Listed, kept: Sequence[Entry], ours: Mapping[str, Entry]) -> list[Entry]:
    """Lines of the ledger that stood in this file when it was imported last, and stand there no more."""
    imports = [e for e in kept if e.kind is EntryKind.IMPORT and (e.form, e.text("title")) == (found.form, found.file)]
    rows = imports[-1].get(ROWS) if imports else None
    present = {draft.id for draft in found.drafts}
    return [ours[id_] for id_ in rows if id_ in ours and id_ not in present] if isinstance(rows, list) else []
