"""The ledger's schema, step by step; a released step is never edited, a new one is added after it."""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from gbtool.store import schema

if TYPE_CHECKING:
    from sqlite_utils import Database

# "gbtl": says of an SQLite file that it is a ledger of ours.
APPLICATION = 0x6762746C

_APPEND_ONLY = """
CREATE TRIGGER history_no_{event} BEFORE {event} ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END
"""


def m001_entries_documents_history(db: "Database") -> None:
    """Entries, documents and the append-only history."""
    text = dict.fromkeys(("kind", "id", "date", "entered", "form", "data", "file"), str)
    entries = db.table("entries")
    entries.create({"position": int, **text, "line": int, "item": str}, pk="position", not_null=set(text))
    entries.create_index(["kind", "id"], unique=True)
    written = ("kind", "number", "title", "version", "path", "sha256", "content", "edition")
    signed = ("compiled_by", "compiled", "reviewed_by", "reviewed", "approved_by", "approved")
    states = ("issued", "effective", "withdrawn", "issued_content")
    columns = dict.fromkeys((*written, *signed, *states), str)
    db.table("documents").create({"position": int, "id": str, **columns}, pk="position", not_null={"id", *columns})
    db.table("documents").create_index(["id"], unique=True)
    links = ("happened", "entered", "who", "what", "subject", "payload", "payload_hash", "previous", "hash")
    db.table("history").create({"seq": int, **dict.fromkeys(links, str)}, pk="seq", not_null=set(links))
    db.table("history").create_index(["subject"])
    for event in ("UPDATE", "DELETE"):
        db.execute(_APPEND_ONLY.format(event=event))
    db.execute(f"PRAGMA application_id = {APPLICATION}")


def m002_pristine(db: "Database") -> None:
    """The bytes of each document as gbtool made it, the conflicts that are open, and the draft that lies beside."""
    columns = {"sha256": str, "data": bytes, "disputes": str, "beside": str, "beside_sha256": str}
    db.table("pristine").create({"id": str, **columns}, pk="id", not_null=set(columns))


def m003_links(db: "Database") -> None:
    """What each document was checked against, by whom and when."""
    columns = {"document": str, "prints": str, "by": str, "day": str}
    db.table("links").create(columns, pk="document", not_null=set(columns))


def m004_days_of_forms(db: "Database") -> None:
    """Kinds, forms and days by themselves: counted and picked without reading what stands in the entries."""
    db.table("entries").create_index(["kind", "form", "date", "id"])


MIGRATIONS: tuple[Callable[["Database"], None], ...] = (
    m001_entries_documents_history,
    m002_pristine,
    m003_links,
    m004_days_of_forms,
)
KNOWN = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps a ledger has taken; 0 for a file in which nothing was ever written."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Take the missing steps, each whole or not at all, inside the transaction that is open."""
    version = version_of(connection)
    if version == 0 and len(MIGRATIONS) >= schema.STEPS:
        version = _begun(connection)
    if version >= KNOWN:
        return
    from sqlite_utils import Database  # noqa: PLC0415 - takes 0.2 s, needed only when there are steps to take

    db = Database(connection)
    for number, migration in enumerate(MIGRATIONS[version:], version + 1):
        with db.atomic():
            migration(db)
            connection.execute(f"PRAGMA user_version = {number}")


def _begun(connection: sqlite3.Connection) -> int:
    """An empty ledger after the first steps, which are taken at once."""
    for statement in (
        *schema.SCHEMA,
        f"PRAGMA application_id = {APPLICATION}",
        f"PRAGMA user_version = {schema.STEPS}",
    ):
        connection.execute(statement)
    return schema.STEPS
