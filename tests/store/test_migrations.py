import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from gbtool.store import database, entries, migrations
from gbtool.store.database import open_ledger
from store.conftest import action, record


def m002_a_note(db: Database) -> None:
    """A column that a later gbtool might add."""
    db.table("documents").add_column("note", str)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gbtool that knows one step more."""
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, m002_a_note))
    monkeypatch.setattr(migrations, "KNOWN", 2)
    monkeypatch.setattr(database, "KNOWN", 2)


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return migrations.version_of(connection)


@pytest.mark.usefixtures("later")
def test_the_oldest_ledger_is_migrated_with_its_rows_by_the_first_write(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("ALTER TABLE documents DROP COLUMN note")
    with open_ledger(filled, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record("LW-2"))
    assert version(filled) == 2
    with open_ledger(filled) as ledger:
        assert entries.read(ledger) == (record(), record("LW-2"))


def test_looking_at_an_older_ledger_does_not_write(filled: Path, request: pytest.FixtureRequest) -> None:
    before = filled.read_bytes()
    request.getfixturevalue("later")
    with open_ledger(filled) as ledger:
        assert migrations.version_of(ledger.connection) == 2
        assert entries.read(ledger) == (record(),)
    assert filled.read_bytes() == before


def test_a_step_that_fails_leaves_the_ledger_as_it_was(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(db: Database) -> None:
        m002_a_note(db)
        raise RuntimeError

    before = filled.read_bytes()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    monkeypatch.setattr(migrations, "KNOWN", 2)
    with pytest.raises(RuntimeError), open_ledger(filled, write=True) as ledger, ledger.transaction(action()):
        pass
    assert filled.read_bytes() == before


def test_writing_to_a_ledger_that_is_up_to_date_does_not_load_sqlite_utils(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlite_utils", None)
    with open_ledger(filled, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record("LW-2"))
