import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from gbtool.errors import FolderNotWritable, LedgerInUse, LedgerTooNew, LedgerUnreadable
from gbtool.model.entry import Entry
from gbtool.store import database, entries
from gbtool.store.database import address, open_ledger
from store.conftest import action, record


def everything(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def write(path: Path, *given: Entry, fault: BaseException | None = None, pragma: str = "cache_size") -> None:
    """Write entries in one transaction that may end in a fault."""
    with open_ledger(path, write=True) as ledger:
        ledger.connection.execute(f"PRAGMA {pragma}")
        with ledger.transaction(action()) as change:
            entries.put(change, given)
            if fault:
                raise fault


def test_reading_what_is_not_there_gives_nothing_and_creates_nothing(path: Path) -> None:
    with open_ledger(path) as ledger:
        assert entries.read(ledger) == ()
    assert list(path.parent.iterdir()) == []


def test_a_finished_transaction_leaves_one_file(filled: Path) -> None:
    assert [file.name for file in filled.parent.iterdir()] == ["ledger.db"]
    with open_ledger(filled) as ledger:
        assert entries.read(ledger) == (record(),)


def test_a_transaction_that_fails_on_a_new_ledger_leaves_no_file(path: Path) -> None:
    with pytest.raises(RuntimeError):
        write(path, record(), fault=RuntimeError())
    assert list(path.parent.iterdir()) == []


def test_a_transaction_that_is_interrupted_leaves_the_old_ledger(filled: Path) -> None:
    before = everything(filled.parent)
    with pytest.raises(KeyboardInterrupt):
        write(filled, record("LW-IPM-JL-07-10-002"), fault=KeyboardInterrupt())
    assert everything(filled.parent) == before


def test_opening_to_write_without_writing_creates_nothing(path: Path) -> None:
    with open_ledger(path, write=True) as ledger:
        assert entries.read(ledger) == ()
    assert list(path.parent.iterdir()) == []


def test_reading_cannot_write(filled: Path) -> None:
    with pytest.raises(FolderNotWritable), open_ledger(filled) as ledger:
        ledger.connection.execute("DELETE FROM entries")


def test_a_second_writer_is_told_that_the_ledger_is_in_use(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    before = everything(filled.parent)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerInUse) as caught:
            write(filled, record("LW-2"))
    assert "另一个 gbtool 命令" in str(caught.value)
    assert caught.value.exit_code == 3
    assert everything(filled.parent) == before


def test_a_reader_beside_a_writer_sees_the_old_ledger(filled: Path) -> None:
    with open_ledger(filled, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record("LW-IPM-JL-07-10-002"))
        with open_ledger(filled) as looking:
            assert entries.read(looking) == (record(),)


def test_a_ledger_from_a_newer_gbtool_is_left_alone(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as other:
        other.execute("PRAGMA user_version = 99")
    before = everything(filled.parent)
    for write in (False, True):
        with pytest.raises(LedgerTooNew) as caught, open_ledger(filled, write=write):
            pass
        assert "99" in str(caught.value)
    assert everything(filled.parent) == before


def test_another_programs_database_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (x)")
    before = everything(path.parent)
    for write in (False, True):
        with pytest.raises(LedgerUnreadable) as caught, open_ledger(path, write=write):
            pass
        assert "不是 gbtool 的台账" in str(caught.value)
    assert everything(path.parent) == before


def test_a_database_with_a_version_but_of_another_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 1")
        other.execute("CREATE TABLE t (x)")
    with pytest.raises(LedgerUnreadable), open_ledger(path):
        pass


def test_a_file_that_is_no_database_is_named(path: Path) -> None:
    path.write_bytes(b"not a ledger " * 200)
    for write in (False, True):
        with pytest.raises(LedgerUnreadable) as caught, open_ledger(path, write=write):
            pass
        assert str(path) in str(caught.value)
    assert path.read_bytes() == b"not a ledger " * 200


def test_an_empty_file_is_an_empty_ledger(path: Path) -> None:
    path.touch()
    with open_ledger(path) as ledger:
        assert entries.read(ledger) == ()
    with open_ledger(path, write=True) as ledger, ledger.transaction(action()) as change:
        entries.add(change, record())
    with open_ledger(path) as ledger:
        assert len(entries.read(ledger)) == 1


def test_a_folder_in_the_ledgers_place_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LedgerUnreadable), open_ledger(path):
        pass
    with pytest.raises(FolderNotWritable), open_ledger(path, write=True):
        pass


def test_a_missing_folder_cannot_be_written(path: Path) -> None:
    with pytest.raises(FolderNotWritable) as caught, open_ledger(path.parent / "没有" / "ledger.db", write=True):
        pass
    assert "没有" in str(caught.value)


def test_a_full_disk_leaves_the_old_ledger(filled: Path) -> None:
    before = everything(filled.parent)
    many = [record(f"LW-{n}", note="长" * 500) for n in range(500)]
    with pytest.raises(FolderNotWritable) as caught:
        write(filled, *many, pragma="max_page_count = 30")
    assert "磁盘已满" in str(caught.value)
    assert everything(filled.parent) == before


def test_a_full_disk_at_the_first_write_leaves_no_ledger(path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        write(path, record(), pragma="max_page_count = 4")
    assert list(path.parent.iterdir()) == []


def test_a_read_only_file_cannot_be_written(filled: Path) -> None:
    with pytest.raises(FolderNotWritable) as caught:
        write(filled, record("LW-2"), pragma="query_only = ON")
    assert "只读" in str(caught.value)


KILLED = """
import os, sys
from pathlib import Path
from gbtool.store import entries
from gbtool.store.database import open_ledger
from store.conftest import action, record
with open_ledger(Path(sys.argv[1]), write=True) as ledger:
    ledger.connection.execute("PRAGMA cache_size = 5")
    with ledger.transaction(action()) as change:
        entries.put(change, [record(f"LW-{n}", note="长" * 500) for n in range(2000)])
        os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_a_killed_command_leaves_the_old_ledger(filled: Path) -> None:
    roots = os.pathsep.join(str(Path(__file__).parents[n]) for n in (1, 2))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(filled)], check=False, env={**os.environ, "PYTHONPATH": roots}
    )
    assert killed.returncode == -signal.SIGKILL
    assert filled.with_name("ledger.db-journal").stat().st_size > 0
    with open_ledger(filled) as ledger:
        assert entries.read(ledger) == (record(),)
        assert ledger.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [file.name for file in filled.parent.iterdir()] == ["ledger.db"]


def test_addresses_are_such_as_sqlite_reads() -> None:
    assert address(PurePosixPath("/客户/a b?.db"), "ro") == "file:/%E5%AE%A2%E6%88%B7/a%20b%3F.db?mode=ro"
    assert address(PureWindowsPath("C:\\x\\ledger.db"), "rw") == "file:/C%3A/x/ledger.db?mode=rw"
    assert address(PureWindowsPath("\\\\nas\\x\\ledger.db"), "rw") == "file:////nas/x/ledger.db?mode=rw"


def test_an_error_that_is_a_bug_passes_through(filled: Path) -> None:
    with pytest.raises(sqlite3.OperationalError), open_ledger(filled) as ledger:
        ledger.rows("SELECT nothing FROM nowhere")
