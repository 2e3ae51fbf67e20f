"""Each document as gbtool itself made it, to tell later what a person changed, and conflicts that nobody settled."""

import json
from collections.abc import Iterable, Mapping

from gbtool.model.difference import Dispute
from gbtool.store.database import Change, Ledger
from gbtool.structs import Frozen, values_of

_SELECT = "SELECT id, sha256, disputes, beside, beside_sha256 FROM pristine"
_DATA = "SELECT data FROM pristine WHERE id = ?"
_INSERT = """
INSERT OR REPLACE INTO pristine (id, sha256, data, disputes, beside, beside_sha256) VALUES (?, ?, ?, ?, ?, ?)
"""


class Pristine(Frozen):
    """What is known of a document as gbtool made it.

    `disputes` are conflicts with a person's edits that nobody has settled; `beside` is where gbtool's own draft was
    laid for them to compare, with its hash, so that it can be taken away again.
    """

    id: str
    sha256: str
    disputes: tuple[Dispute, ...] = ()
    beside: str = ""
    beside_sha256: str = ""


def read(ledger: Ledger) -> Mapping[str, Pristine]:
    """What is known of each document, without its bytes."""
    rows = ((id_, sha256, _disputes(text), *rest) for id_, sha256, text, *rest in ledger.rows(_SELECT))
    return {row[0]: Pristine(*row) for row in rows}


def data(ledger: Ledger, id_: str) -> bytes | None:
    """The bytes of a document as gbtool made it, if it is known."""
    rows = ledger.rows(_DATA, (id_,))
    return bytes(rows[0][0]) if rows else None


def save(change: Change, made: Iterable[tuple[Pristine, bytes]]) -> None:
    """Keep what gbtool made."""
    change.connection.executemany(
        _INSERT,
        (
            (each.id, each.sha256, content, _packed(each.disputes), each.beside, each.beside_sha256)
            for each, content in made
        ),
    )


def _packed(disputes: Iterable[Dispute]) -> str:
    return json.dumps([values_of(dispute) for dispute in disputes], ensure_ascii=False)


def _disputes(text: str) -> tuple[Dispute, ...]:
    return tuple(Dispute(*texts) for texts in json.loads(text))
