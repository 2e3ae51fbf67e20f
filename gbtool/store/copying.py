"""A copy of the ledger while others may use it, by SQLite's own backup, and whether a ledger is sound."""

import sqlite3
from contextlib import closing
from pathlib import Path

from gbtool.store.database import address, open_ledger, translated


def copy(source: Path, target: Path) -> None:
    """The ledger as it stands into a new file, consistent even while somebody writes.

    Raises:
        LedgerUnreadable: it is damaged or no ledger.
        FolderNotWritable: the target cannot be written.
    """
    with (
        open_ledger(source) as ledger,
        translated(target, write=True),
        closing(sqlite3.connect(address(target.absolute(), "rwc"), uri=True)) as copied,
    ):
        ledger.connection.backup(copied)


def sound(path: Path) -> bool:
    """Whether SQLite finds every page of a ledger in order.

    Raises:
        LedgerUnreadable: it is no ledger at all.
        LedgerTooNew: a newer gbtool wrote it.
    """
    with open_ledger(path) as ledger, translated(path, write=False):
        return bool(ledger.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
