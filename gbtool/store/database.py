"""Open the ledger: read-only for looking, one transaction with the whole deed for a command that writes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from gbtool.errors import FolderNotWritable, GbtoolError, LedgerInUse, LedgerTooNew, LedgerUnreadable
from gbtool.store.migrations import APPLICATION, KNOWN, migrate, version_of
from gbtool.structs import Frozen, replace

BUSY_SECONDS = 0.4
_PRIMARY = 0xFF


class Action(Frozen):
    """What a command does to the ledger: on which day it is entered, by whom, in which words."""

    at: date
    by: str
    what: str


class Ledger(Frozen):
    """An open ledger; a file that is not there yet reads as an empty one."""

    path: Path
    connection: sqlite3.Connection
    by: str = ""  # who makes the changes that nobody else signs

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, none while nothing was ever written."""
        if version_of(self.connection) == 0:
            return []
        return self.connection.execute(sql, parameters).fetchall()

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The same one after the other, as SQLite finds them."""
        return iter(self.connection.execute(sql, parameters) if version_of(self.connection) else ())

    @contextmanager
    def transaction(self, action: Action) -> Iterator["Change"]:
        """Everything inside happens, or nothing does.

        Raises:
            LedgerInUse: another command is writing.
        """
        with translated(self.path, write=True):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                migrate(self.connection)
                yield Change(self, action if action.by else replace(action, by=self.by))
                if self.connection.in_transaction:
                    self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise


class Change(Frozen):
    """A transaction that is under way: what is written through it carries its action."""

    ledger: Ledger
    action: Action

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that holds the transaction."""
        return self.ledger.connection

    def finish(self) -> None:
        """Write the transaction now, as long as files that were put in place can still be taken back."""
        self.connection.execute("COMMIT")


@contextmanager
def open_ledger(path: Path, *, write: bool = False, by: str = "") -> Iterator[Ledger]:
    """The ledger of a client; only `write` may create the file, and only a finished transaction leaves one.

    `by` makes the changes that say of nobody.

    Raises:
        LedgerTooNew: a newer gbtool wrote it.
        LedgerInUse: another command holds it.
        LedgerUnreadable: it is damaged or no ledger.
        FolderNotWritable: the folder or disk refuses to be written.
    """
    existed = path.exists()
    with translated(path, write=write):
        connection = _to_write(path) if write else _to_read(path)
        try:
            yield Ledger(path, connection, by)
        finally:
            connection.close()
            if write and not existed and path.is_file() and path.stat().st_size == 0:
                path.unlink()


def _to_write(path: Path) -> sqlite3.Connection:
    connection = _connect(path, "rwc")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        _refuse_strangers(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _to_read(path: Path) -> sqlite3.Connection:
    if not path.exists():
        return sqlite3.connect(":memory:", isolation_level=None)
    connection = _snapshot(path)
    try:
        version = _refuse_strangers(connection, path)
    except BaseException:
        connection.close()
        raise
    return _migrated_copy(connection) if 0 < version < KNOWN else connection


def _snapshot(path: Path) -> sqlite3.Connection:
    """Start reading; what a killed command left half done is first rolled back, which needs a writing connection."""
    try:
        return _begin(_connect(path, "ro"))
    except sqlite3.OperationalError as error:
        if _code(error) != sqlite3.SQLITE_READONLY:
            raise
    connection = _begin(_connect(path, "rw"))
    connection.execute("PRAGMA query_only = ON")
    return connection


def _begin(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _migrated_copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    """An older ledger in today's shape, in memory: looking never writes."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    connection.close()
    copy.execute("BEGIN")
    migrate(copy)
    return copy


def _refuse_strangers(connection: sqlite3.Connection, path: Path) -> int:
    version = version_of(connection)
    if version > KNOWN:
        raise LedgerTooNew(str(path), version, KNOWN)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if (application != APPLICATION) if version else tables:
        raise LedgerUnreadable(str(path), "是数据库文件，但不是 gbtool 的台账")
    return version


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        address(path.absolute(), mode), uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=64
    )


def address(path: PurePath, mode: str) -> str:
    """An absolute path as SQLite's URI; a network share gets the empty authority that SQLite asks for."""
    name = path.as_posix()
    lead = "//" if name.startswith("//") else "" if name.startswith("/") else "/"
    return f"file:{lead}{quote(name)}?mode={mode}"


@contextmanager
def translated(path: Path, *, write: bool) -> Iterator[None]:
    """SQLite's errors as sentences for the user."""
    try:
        yield
    except sqlite3.Error as error:
        ours = _sentence(_code(error), str(path), write=write)
        if ours is None:
            raise
        raise ours from error


def _code(error: sqlite3.Error) -> int | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & _PRIMARY


def _sentence(code: int | None, path: str, *, write: bool) -> GbtoolError | None:
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerInUse(path)
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return LedgerUnreadable(path, "内容损坏，或不是数据库文件")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR) and not write:
        return LedgerUnreadable(path, "打不开，没有权限、不是文件，或磁盘读取出错")
    reasons = {
        sqlite3.SQLITE_FULL: "磁盘已满",
        sqlite3.SQLITE_READONLY: "文件或所在文件夹是只读的",
        sqlite3.SQLITE_PERM: "没有权限",
        sqlite3.SQLITE_CANTOPEN: "打不开，文件夹不存在、没有权限，或同名的是文件夹",
        sqlite3.SQLITE_IOERR: "磁盘或网络盘读写出错",
    }
    return FolderNotWritable(path, reasons[code]) if code in reasons else None
