"""`gbtool team`: who works on which client; a lease in the firm's database, kept on this machine for work offline."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.portfolio.publish import Request, Result, address, publish
from gbtool.commands.portfolio.standing import clients_of
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import Held, drop, leases, remember
from gbtool.errors import FileFaults, Refused, UsageError
from gbtool.server import leasing
from gbtool.server.leasing import Lease, Wish
from gbtool.server.publishing import Last, last
from gbtool.session import Session, session
from gbtool.store import history
from gbtool.store.database import open_ledger
from gbtool.structs import Frozen


class Taken(Frozen):
    """A lease that was got, what was published under the one before, whether that had run out."""

    lease: Lease
    published: Result | None = None
    lapsed: bool = False


class Released(Frozen):
    """What was published at the end, and whether the lease still ran."""

    published: Result
    running: bool


class Row(Frozen):
    """A lease as a list shows it: whether it runs, whether this machine holds it."""

    lease: Lease
    runs: bool
    here: bool


def take(work: Workspace, by: str, days: int, today: date, url: str = "") -> Taken:
    """Take a client, or hold it longer; what this machine wrote meanwhile is published.

    Raises:
        UsageError: there is no firm or no database, or nobody is named.
        Refused: somebody else has the client, or published what is not in the folder here.
        DatabaseTrouble: the database does not answer.
    """
    here, client, where = _place(work, url)
    if not by.strip():
        raise UsageError("没有写谁", "--by 姓名")
    _refuse_apart(work, last(where).get(client))
    held = leases().get(str(work.folder))
    lease, got = leasing.take(where, Wish(client, by.strip(), here.machine(), days, held.token if held else ""))
    if not got:
        until = lease.expires.astimezone().strftime("%Y-%m-%d %H:%M")
        lost = "；本机的租约在这以前到期了，写的都还在本机的文件夹里，没有并到一起" if held else ""
        message = f"{client} 由 {lease.holder} 在做（{lease.place}），到 {until}{lost}"
        raise Refused(message, "请他 gbtool team release，或等到期")
    own = Held(str(work.folder), client, lease.holder, lease.token, lease.expires.isoformat())
    remember(here, own)
    published = _publish(work, own, today, where) if held else None
    return Taken(lease, published, held is not None and held.expires <= here.now())


def release(work: Workspace, today: date, url: str = "") -> Released:
    """Publish what was written and give the client back; what others published meanwhile stays as it is, and is told.

    Raises:
        UsageError: there is no firm or no database.
        Refused: this machine does not hold the client.
        FileFaults: the client cannot be read, so nothing can be published; the lease stays.
        DatabaseTrouble: the database does not answer; the lease stays.
    """
    here, client, where = _place(work, url)
    held = leases().get(str(work.folder))
    if held is None:
        raise Refused(f"本机没有拿着 {client}", "谁在做：gbtool team who")
    published = _publish(work, held, today, where)
    faults = [fault for each in published.broken for fault in each.named()]
    if faults:
        raise FileFaults(faults)
    running = leasing.release(where, client, held.token)
    drop(here, work.folder)
    return Released(published, running)


def who(folder: Path, url: str = "") -> tuple[Row, ...]:
    """Every lease of the firm at or above a folder.

    Raises:
        UsageError: there is no firm, no client of it, or no database.
        DatabaseTrouble: the database does not answer.
    """
    firm, _ = clients_of(folder)
    where = address(firm, url)
    mine = {held.token for held in leases().values()}
    return tuple(Row(lease, runs, lease.token in mine) for lease, runs in leasing.leases(where))


def tokens() -> Mapping[str, str]:
    """The leases of this machine by client."""
    return {held.client: held.token for held in leases().values()}


def _place(work: Workspace, url: str) -> tuple[Session, str, str]:
    """Who sits here, the client's name in the database, and where that is."""
    here = session()
    if work.firm is None or here is None:
        raise UsageError("这个客户不在机构文件夹里", "机构文件夹里有 gbtool.yaml，写着 database")
    return here, work.folder.relative_to(work.firm).as_posix(), address(work.firm, url)


def _refuse_apart(work: Workspace, published: Last | None) -> None:
    """Refuse to go on from a folder that lacks what somebody published."""
    if published is None or not published.head:
        return
    with open_ledger(work.ledger) as ledger:
        if history.has(ledger, published.head):
            return
    day = published.at.astimezone().strftime("%Y-%m-%d %H:%M")
    raise Refused(
        f"{published.by or '有人'} {day} 发布的，这个文件夹的台账里没有：不会自动并到一起",
        "从他那里取来现在的文件夹（gbtool backup、restore），自己多写的再登记一次",
    )


def _publish(work: Workspace, held: Held, today: date, url: str) -> Result:
    request = Request(url, held.holder, {held.client: held.token}, only=held.client)
    return publish(work.folder, today, request)
