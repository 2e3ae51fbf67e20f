"""A connection to a firm's PostgreSQL, its errors in the user's words, its schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gbtool.errors import GbtoolError, UsageError

if TYPE_CHECKING:
    from psycopg import Connection

VERSION = 1  # of schema.sql
_PATIENCE = 10  # seconds for the server to answer
_SHORT = 160  # characters of what a server says


class DatabaseTrouble(GbtoolError):
    """The database does not answer, refuses, or went away; what it held before it still holds."""


@contextmanager
def connected(url: str) -> Iterator["Connection[Any]"]:
    """A connection; each `transaction()` of it is done or not done.

    Raises:
        UsageError: psycopg is not installed, or the address is none.
        DatabaseTrouble: nobody answers, a right is missing, or the connection broke.
    """
    try:
        import psycopg  # noqa: PLC0415 - an extra: gbtool[server]
    except ImportError as error:
        raise UsageError("机构的数据库要用 psycopg，这台机器上没有", "pip install 'gbtool[server]'") from error
    if not url.startswith(("postgresql://", "postgres://")):
        raise UsageError(f"“{url}”不是数据库地址", "写成 postgresql://用户@主机/库；密码放在 ~/.pgpass 或 PGPASSWORD")
    try:
        with psycopg.connect(url, connect_timeout=_PATIENCE, autocommit=True, application_name="gbtool") as connection:
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseTrouble(f"数据库不许：{_said(error)}", "请管理员给这个用户权限；数据库没有改动") from error
    except psycopg.OperationalError as error:
        raise DatabaseTrouble(
            f"数据库连不上，或者中途断了：{_said(error)}", "数据库还是上一次完整的内容；接通后再运行"
        ) from error
    except psycopg.Error as error:
        raise DatabaseTrouble(f"数据库不接受：{_said(error)}", "数据库没有改动") from error


def _said(error: Exception) -> str:
    """What the server said, in one line."""
    return " ".join(str(error).split())[:_SHORT]


def prepare(connection: "Connection[Any]") -> None:
    """Tables, rights by rows and views as this gbtool wants them; what is there stays, and nothing is done twice.

    Raises:
        UsageError: a newer gbtool has made them.
    """
    there = connection.execute("SELECT to_regclass('gbtool.about')").fetchone()
    found = connection.execute("SELECT max(version) FROM gbtool.about").fetchone() if there and there[0] else None
    version = int(found[0] or 0) if found else 0
    if version == VERSION:
        return
    if version > VERSION:
        raise UsageError(f"数据库由更新的 gbtool 建立（结构版本 {version}，本机只认得 {VERSION}）", "升级 gbtool")
    with connection.transaction():
        connection.execute(files("gbtool.server").joinpath("schema.sql").read_text(encoding="utf-8"))
