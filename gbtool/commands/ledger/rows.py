"""`gbtool ledger row`: one line of a table of the ledger, new or changed, by the rules by which tables are imported."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gbtool.commands.ledger.import_tables import entry_of, value_faults
from gbtool.commands.ledger.sheets import SHEETS, Sheet
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, UsageError, WrongValues
from gbtool.model.entry import Entry
from gbtool.model.place import NOWHERE
from gbtool.rules.deadlines import notices, periods
from gbtool.shelf.deadlines import book
from gbtool.shelf.mappings import guess
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace


class Written(Frozen):
    """A line of a table as it now stands, and whether it is new, changed or the same."""

    entry: Entry
    outcome: str


def sheet(name: str) -> Sheet:
    """The table of this name.

    Raises:
        UsageError: there is none; with a guess.
    """
    if name not in SHEETS:
        raise UsageError(f"没有表“{name}”{guess(name, SHEETS)}")
    return SHEETS[name]


def write_row(work: Workspace, name: str, values: Mapping[str, str], today: date, by: str) -> Written:
    """Put a line into a table; a line of this number that is there keeps what is not given anew.

    Raises:
        UsageError: there is no such table.
        WrongValues: a column is not known, nothing names the line, a needed value is missing, a day is not real.
    """
    table = sheet(name)
    faults = list(_columns(table, values))
    if faults:
        raise WrongValues(faults)
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"登记{name}的一行")) as change,
    ):
        kept = entries.read(ledger, table.kind)
        old = _meant(kept, table, values)
        merged = {**_texts(old), **values} if old else dict(values)
        faults = [*value_faults("--set", merged, table), *_notice_faults(work, name, merged)]
        if faults:
            raise WrongValues(faults)
        entry = _entry(merged, table, old, kept)
        outcome = entries.put(change, [entry])
    return Written(entry, "new" if outcome.added else "changed" if outcome.replaced else "same")


def _columns(table: Sheet, values: Mapping[str, str]) -> Iterator[Complaint]:
    for column in values:
        if column not in table.known:
            yield Complaint("--set", f"没有列“{column}”{guess(column, table.known)}", table.only)


def _meant(kept: Iterable[Entry], table: Sheet, values: Mapping[str, str]) -> Entry | None:
    """The line that is there already: by the first naming column that is given, the latest of several."""
    named = next((column for column in (*table.names, *table.joined[:1]) if values.get(column)), "")
    if named in table.names:
        same = [e for e in kept if _of(e, table) and e.text(named) == values[named] and _fits(e, table, values)]
        return same[-1] if same else None
    id_ = entry_of(values, table, NOWHERE).id
    return next((entry for entry in kept if entry.id == id_), None)


def _entry(values: Mapping[str, str], table: Sheet, old: Entry | None, kept: Iterable[Entry]) -> Entry:
    fresh = entry_of(values, table, NOWHERE)
    if old:
        return replace(old, date=fresh.date, data={**old.data, **fresh.data}, place=NOWHERE)
    return entry_of(values, table, NOWHERE, twice=any(entry.id == fresh.id for entry in kept))


def _of(entry: Entry, table: Sheet) -> bool:
    return not table.right or entry.text("kind") == table.right


def _fits(entry: Entry, table: Sheet, values: Mapping[str, str]) -> bool:
    """Whether what tells lines of one name apart is the same, where it is given."""
    wanted = values.get(table.apart, "") if table.apart else ""
    return not wanted or entry.text(table.apart) in ("", wanted)


def _texts(entry: Entry) -> dict[str, str]:
    return {name: str(value) for name, value in entry.data.items() if name != "kind"}


def _notice_faults(work: Workspace, name: str, values: Mapping[str, str]) -> Iterator[Complaint]:
    """A notice is one of those from which a period runs, and came in a known way."""
    if name != "notices":
        return
    known = [notice for rule in book(work.shelves).rules.values() for notice in rule.notices]
    what, delivery = values.get(notices.WHAT, ""), values.get(notices.DELIVERY, "")
    if what and what not in known:
        yield Complaint("--set", f"不认识事项“{what}”{guess(what, known)}")
    if delivery and delivery not in periods.DELIVERIES:
        yield Complaint("--set", f"送达方式没有“{delivery}”", f"可用的：{'、'.join(periods.DELIVERIES)}")
