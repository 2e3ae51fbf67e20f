"""What each document was checked against: a fingerprint of every fact and clause that it depends on."""

import json
from collections.abc import Iterable, Mapping

from gbtool.store import history
from gbtool.store.database import Change, Ledger
from gbtool.store.history import Deed, packed
from gbtool.structs import Frozen


class Checked(Frozen):
    """A document as somebody last said that it holds: by whom, on which day (ISO), against which fingerprints."""

    document: str
    prints: Mapping[str, str]
    by: str
    day: str


def read(ledger: Ledger) -> dict[str, Checked]:
    """What every document was checked against, by document id."""
    rows = ledger.rows("SELECT document, prints, by, day FROM links ORDER BY document")
    return {document: Checked(document, json.loads(prints), by, day) for document, prints, by, day in rows}


def subjects(ledger: Ledger) -> dict[str, str]:
    """The present value of every check by its name in the history."""
    rows = ledger.rows("SELECT document, prints, by, day FROM links")
    return {f"links/{row[0]}": packed(row) for row in rows}


def save(change: Change, checked: Iterable[Checked]) -> None:
    """Keep what documents were checked against now, in place of what it was before."""
    rows = [(each.document, packed(dict(each.prints)), each.by, each.day) for each in checked]
    change.connection.executemany("INSERT OR REPLACE INTO links (document, prints, by, day) VALUES (?, ?, ?, ?)", rows)
    history.append(change, [Deed(row[3], f"links/{row[0]}", packed(row)) for row in rows])
