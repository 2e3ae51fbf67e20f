"""What the folders say into the firm's database: only clients of whom something changed, all of them or none."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from gbtool.server.connecting import connected, prepare
from gbtool.structs import Frozen

Values = tuple[object, ...]
_Put = Callable[[Any, str, Sequence[str], Iterable[Values]], None]
_ADMIT = """
INSERT INTO gbtool.people (login, name, partner) VALUES (%s, %s, %s)
ON CONFLICT (login) DO UPDATE SET name = excluded.name, partner = excluded.partner
"""
_ME = """
SELECT t.tableowner = current_user, p.name, p.partner
FROM pg_tables t LEFT JOIN gbtool.people p ON p.login = current_user
WHERE t.schemaname = 'gbtool' AND t.tablename = 'clients'
"""
_OWN = ("published_at", "published_by", "fingerprint")  # columns of clients that tell of the publishing
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "clients": (
        *("path", "name", "short", "consultant", "team", "standard", "stage", "effective", "earliest"),
        *("verdict", "open_questions", "nonconformities_open", "nonconformities", "clauses_audited", "clauses"),
        *("holes", "head", "as_of"),
    ),
    "stages": ("client", "stage", "first", "last", "state"),
    "findings": ("client", "rule", "title", "status", "message", "fix", "count"),
    "deadlines": (
        *("client", "what", "right_number", "right_name", "act_by", "last_day", "state", "amount", "law"),
        "confidence",
    ),
    "rights": ("client", "kind", "number", "name", "state"),
    "documents": ("client", "id", "kind", "number", "title", "version", "issued", "effective", "withdrawn"),
    "writes": ("client", "entered", "who", "what", "count"),
}


class Snapshot(Frozen):
    """One client on a day as rows of the tables, in the order of `COLUMNS`; those of `clients` is one row."""

    path: str
    tables: Mapping[str, tuple[Values, ...]]

    @property
    def fingerprint(self) -> str:
        """A hash of everything but the day on which it was looked at."""
        tables = {name: rows for name, rows in self.tables.items() if name != "clients"}
        own = [row[:-1] for row in self.tables["clients"]]
        text = json.dumps([own, tables], ensure_ascii=False, default=str, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Held(Frozen):
    """A client that somebody else works on: nothing of it was published."""

    path: str
    holder: str
    until: datetime


class Published(Frozen):
    """What became of the clients: written, the same as before, left to who works on them; who else is there.

    `barred` are those whom this login may not write: clients of other consultants.
    """

    written: tuple[str, ...]
    same: tuple[str, ...]
    held: tuple[Held, ...]
    others: tuple[str, ...]
    barred: tuple[str, ...] = ()


class Last(Frozen):
    """What was published of a client last: the end of its ledger's history, by whom, when."""

    head: str
    by: str
    at: datetime


def last(url: str) -> Mapping[str, Last]:
    """What was published of every client last, by its path.

    Raises:
        UsageError, DatabaseTrouble: as `connected`.
    """
    with connected(url) as connection:
        prepare(connection)
        rows = connection.execute("SELECT path, head, published_by, published_at FROM gbtool.clients").fetchall()
    return {path: Last(*rest) for path, *rest in rows}


class _Login(Frozen):
    """Who is logged in: whether the tables are its own (rows are then not hidden from it), else whose clients count."""

    owner: bool
    name: str | None
    partner: bool | None

    def writes(self, snapshot: Snapshot) -> bool:
        """Whether the policies let it write the rows of a client."""
        row = dict(zip(COLUMNS["clients"], snapshot.tables["clients"][0], strict=True))
        lead, team = row["consultant"], row["team"]
        own = self.name == lead or (isinstance(team, list) and self.name in team)
        return self.owner or self.name is None or bool(self.partner) or own


def publish(url: str, snapshots: Sequence[Snapshot], by: str, tokens: Mapping[str, str]) -> Published:
    """Write what changed in one transaction; `tokens` are the leases that this machine holds, by client.

    Raises:
        UsageError, DatabaseTrouble: as `connected`; the database then holds what it held.
    """
    with connected(url) as connection:
        prepare(connection)
        with connection.transaction(), connection.cursor() as cursor:
            login = _Login(*cursor.execute(_ME).fetchall()[0])
            known = dict(cursor.execute("SELECT path, fingerprint FROM gbtool.clients").fetchall())
            leases = cursor.execute(
                "SELECT client, holder, token, expires FROM gbtool.leases WHERE expires > now()"
            ).fetchall()
            foreign = {c: Held(c, holder, until) for c, holder, token, until in leases if tokens.get(c) != token}
            mine = [each for each in snapshots if each.path not in foreign and login.writes(each)]
            changed = [each for each in mine if known.get(each.path) != each.fingerprint]
            _replace(cursor, changed, by, _copy if login.owner else _insert)
    names = {each.path for each in snapshots}
    return Published(
        tuple(each.path for each in changed),
        tuple(each.path for each in mine if each not in changed),
        tuple(foreign[path] for path in sorted(foreign) if path in names),
        tuple(sorted(set(known) - names)),
        tuple(each.path for each in snapshots if each.path not in foreign and not login.writes(each)),
    )


def _replace(cursor: Any, changed: Sequence[Snapshot], by: str, put: _Put) -> None:  # noqa: ANN401 - psycopg's
    """Everything of these clients anew."""
    if not changed:
        return
    _delete(cursor, [each.path for each in changed])
    moment = cursor.execute("SELECT now()").fetchone()[0]
    own = [(*each.tables["clients"][0], moment, by, each.fingerprint) for each in changed]
    put(cursor, "clients", (*COLUMNS["clients"], *_OWN), own)
    for table, columns in COLUMNS.items():
        if table != "clients":
            put(cursor, table, columns, (row for each in changed for row in each.tables.get(table, ())))


def _delete(cursor: Any, paths: Sequence[str]) -> None:  # noqa: ANN401 - as above
    """All rows of clients; their own last, since who sees them sees the others."""
    for table in list(COLUMNS)[::-1]:
        key = "path" if table == "clients" else "client"
        cursor.execute(f"DELETE FROM gbtool.{table} WHERE {key} = ANY (%s)", [list(paths)])  # noqa: S608 # our own names


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:  # noqa: ANN401 - as above
    with cursor.copy(f"COPY gbtool.{table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:  # noqa: ANN401 - as above
    """The same for a login from which rows are hidden: PostgreSQL takes no COPY from it."""
    marks = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO gbtool.{table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 # our own names
    cursor.executemany(insert, list(rows))


def remove(url: str, paths: Sequence[str]) -> int:
    """Take clients out of the database; how many there were.

    Raises:
        UsageError, DatabaseTrouble: as `connected`.
    """
    with connected(url) as connection:
        prepare(connection)
        with connection.transaction(), connection.cursor() as cursor:
            wanted = [list(paths)]
            found = cursor.execute("SELECT path FROM gbtool.clients WHERE path = ANY (%s)", wanted).fetchall()
            _delete(cursor, paths)
            cursor.execute("DELETE FROM gbtool.leases WHERE client = ANY (%s)", wanted)
    return len(found)


_READS = (
    "REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA gbtool FROM",
    "GRANT USAGE ON SCHEMA gbtool TO",
    "GRANT SELECT ON ALL TABLES IN SCHEMA gbtool TO",
)
_WRITES = (
    f"GRANT INSERT, DELETE ON {', '.join(f'gbtool.{table}' for table in COLUMNS)} TO",
    "GRANT INSERT, UPDATE, DELETE ON gbtool.leases TO",
)


class Member(Frozen):
    """Somebody who can log in to the database: as which consultant, whether all clients are his, whether he writes."""

    login: str
    name: str
    partner: bool = False
    writes: bool = False


def admit(url: str, member: Member) -> None:
    """Let somebody read, or write too, the clients of this consultant, or all of them; what was let before ends.

    Raises:
        UsageError, DatabaseTrouble: as `connected`; there is no such login.
    """
    with connected(url) as connection:
        prepare(connection)
        from psycopg import sql  # noqa: PLC0415 - it is there, `connected` has seen it

        with connection.transaction():
            connection.execute(_ADMIT, [member.login, member.name, member.partner])
            for statement in (*_READS, *(_WRITES if member.writes else ())):
                connection.execute(sql.SQL(f"{statement} {{}}").format(sql.Identifier(member.login)))
