import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from gbtool.store import database, entries, migrations, pristine, schema
from gbtool.store.database import open_ledger
from store.conftest import action, record


def a_note(db: Database) -> None:
    """A column that a later gbtool might add."""
    db.table("documents").add_column("note", str)


def knowing(*steps: Callable[[Database], None]) -> pytest.MonkeyPatch:
    """A gbtool that knows these steps and no others, until it is undone."""
    patch = pytest.MonkeyPatch()
    patch.setattr(migrations, "MIGRATIONS", steps)
    for module in (migrations, database):
        patch.setattr(module, "KNOWN", len(steps))
    return patch


@pytest.fixture
def oldest(path: Path) -> Path:
    """A ledger as the first gbtool wrote it, with a record."""
    patch = knowing(migrations.MIGRATIONS[0])
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record())
    patch.undo()
    return path


@pytest.fixture
def later() -> Iterator[None]:
    """A gbtool that knows one step more."""
    patch = knowing(*migrations.MIGRATIONS, a_note)
    yield
    patch.undo()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return migrations.version_of(connection)


@pytest.mark.usefixtures("later")
def test_the_oldest_ledger_is_migrated_with_its_rows_by_the_first_write(oldest: Path) -> None:
    assert version(oldest) == 1
    with open_ledger(oldest, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record("LW-2"))
    assert version(oldest) == len(migrations.MIGRATIONS)
    with open_ledger(oldest) as ledger:
        assert entries.read(ledger) == (record(), record("LW-2"))


def test_the_oldest_ledger_is_read_as_it_is(oldest: Path) -> None:
    before = oldest.read_bytes()
    with open_ledger(oldest) as ledger:
        assert entries.read(ledger) == (record(),)
        assert pristine.read(ledger) == {}
    assert oldest.read_bytes() == before


def test_looking_at_an_older_ledger_does_not_write(filled: Path, request: pytest.FixtureRequest) -> None:
    before = filled.read_bytes()
    request.getfixturevalue("later")
    with open_ledger(filled) as ledger:
        assert migrations.version_of(ledger.connection) == len(migrations.MIGRATIONS)
        assert entries.read(ledger) == (record(),)
    assert filled.read_bytes() == before


def test_a_step_that_fails_leaves_the_ledger_as_it_was(filled: Path) -> None:
    def broken(db: Database) -> None:
        a_note(db)
        raise RuntimeError

    before = filled.read_bytes()
    patch = knowing(*migrations.MIGRATIONS, broken)
    with pytest.raises(RuntimeError), open_ledger(filled, write=True) as ledger, ledger.transaction(action()):
        pass
    patch.undo()
    assert filled.read_bytes() == before


def test_writing_to_a_ledger_that_is_up_to_date_does_not_load_sqlite_utils(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlite_utils", None)
    with open_ledger(filled, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record("LW-2"))


def inside(path: Path) -> list[tuple[object, ...]]:
    """Everything that a ledger without rows consists of."""
    with closing(sqlite3.connect(path)) as connection:
        schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid").fetchall()
        heads = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
    return [*schema, *heads]


def begun(path: Path) -> list[tuple[object, ...]]:
    """The inside of a ledger in which nothing was ever written."""
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()):
        pass
    return inside(path)


def test_a_new_ledger_is_what_the_steps_make(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = begun(path)
    monkeypatch.setattr(schema, "STEPS", len(migrations.MIGRATIONS) + 1)
    assert begun(tmp_path / "steps.db") == at_once


@pytest.mark.usefixtures("later")
def test_a_new_ledger_takes_later_steps_too(path: Path) -> None:
    begun(path)
    assert version(path) == len(migrations.MIGRATIONS) == schema.STEPS + 1


def test_a_new_ledger_does_not_load_sqlite_utils(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite_utils", None)
    begun(path)
    assert version(path) == migrations.KNOWN
