"""Who works on which client: a lease in the firm's database, with an end; the database's clock counts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from gbtool.server.connecting import connected, prepare
from gbtool.structs import Frozen

_TAKE = """
INSERT INTO gbtool.leases AS l (client, holder, place, token, taken, expires)
VALUES (%(client)s, %(holder)s, %(place)s, %(token)s, now(), now() + %(days)s * interval '1 day')
ON CONFLICT (client) DO UPDATE SET holder = excluded.holder, place = excluded.place, token = excluded.token,
    taken = excluded.taken, expires = excluded.expires
WHERE l.expires <= now() OR l.token = %(held)s
RETURNING client, holder, place, token, taken, expires
"""
_GIVE = "DELETE FROM gbtool.leases WHERE client = %s AND token = %s RETURNING expires > now()"
_READ = "SELECT client, holder, place, token, taken, expires, expires > now() FROM gbtool.leases ORDER BY client"


class Lease(Frozen):
    """Who works on a client at which machine, since when and until when."""

    client: str
    holder: str
    place: str
    token: str
    taken: datetime
    expires: datetime


class Wish(Frozen):
    """Who wants a client for how many days, from which machine; `held` is the token that the machine already has."""

    client: str
    holder: str
    place: str
    days: int
    held: str = ""


def take(url: str, wish: Wish) -> tuple[Lease, bool]:
    """The lease, and whether it is the one that was wished for: a running one of somebody else stays.

    Raises:
        UsageError, DatabaseTrouble: as `connected`.
    """
    values = {
        "client": wish.client,
        "holder": wish.holder,
        "place": wish.place,
        "days": wish.days,
        "token": uuid4().hex,
        "held": wish.held,
    }
    with connected(url) as connection:
        prepare(connection)
        with connection.transaction():
            row = connection.execute(_TAKE, values).fetchone()
            if row:
                return Lease(*row), True
            there = next(row for row in connection.execute(_READ) if row[0] == wish.client)
    return Lease(*there[:-1]), False


def release(url: str, client: str, token: str) -> bool:
    """Give a client back; whether the lease still ran.

    Raises:
        UsageError, DatabaseTrouble: as `connected`.
    """
    with connected(url) as connection:
        prepare(connection)
        row = connection.execute(_GIVE, [client, token]).fetchone()
    return bool(row and row[0])


def leases(url: str, clients: Sequence[str] = ()) -> tuple[tuple[Lease, bool], ...]:
    """Every lease, or those of some clients, and whether it still runs, by client.

    Raises:
        UsageError, DatabaseTrouble: as `connected`.
    """
    with connected(url) as connection:
        prepare(connection)
        rows = connection.execute(_READ).fetchall()
    return tuple((Lease(*row[:-1]), bool(row[-1])) for row in rows if not clients or row[0] in clients)
