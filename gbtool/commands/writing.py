"""Writing into a client's folder: where the firm uses leases, only under one of this machine that still runs."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

from gbtool.commands.workspace import Workspace
from gbtool.documents.placing import placed
from gbtool.errors import Refused
from gbtool.session import Session, session, sitting
from gbtool.shelf.firms import firm
from gbtool.store.database import Ledger, open_ledger
from gbtool.structs import Frozen, as_dict

_FILE = "leases.json"
_TAKE = "gbtool team take --by 姓名"


class Held(Frozen):
    """A lease that this machine holds on a client's folder: the client's path in the database, by whom, until when."""

    folder: str
    client: str
    holder: str
    token: str
    until: str

    @property
    def expires(self) -> datetime:
        """The moment at which it ends."""
        return datetime.fromisoformat(self.until)


_LENT: ContextVar[Held | None] = ContextVar("lent", default=None)


class Lent(Frozen):
    """What a process needs that writes for somebody who sits elsewhere: the lease on the folder, who sits there."""

    lease: Held
    session: Session


def lent() -> Mapping[str, Lent]:
    """The leases of this machine by folder, for processes that do a task of it."""
    here = session()
    return {folder: Lent(lease, here) for folder, lease in leases().items()} if here else {}


@contextmanager
def under(given: Lent | None) -> Iterator[None]:
    """Within this, what is written is written under a lease that another process got."""
    token = _LENT.set(given.lease if given else None)
    try:
        with sitting(given.session) if given else nullcontext():
            yield
    finally:
        _LENT.reset(token)


def leases() -> Mapping[str, Held]:
    """The leases that this machine holds, by folder; none where the file is not there or not whole."""
    here = session()
    return _read(here.data() / _FILE) if here else {}


def _read(path: Path) -> Mapping[str, Held]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {row["folder"]: Held(**row) for row in found}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def remember(here: Session, lease: Held) -> None:
    """Keep a lease of this machine.

    Raises:
        FolderNotWritable: the user's own folder refuses.
    """
    path = here.data() / _FILE
    _write(path, {**_read(path), lease.folder: lease})


def drop(here: Session, folder: Path) -> None:
    """Forget the lease of a folder.

    Raises:
        FolderNotWritable: the user's own folder refuses.
    """
    path = here.data() / _FILE
    found = dict(_read(path))
    if found.pop(str(folder), None):
        _write(path, found)


def _write(path: Path, found: Mapping[str, Held]) -> None:
    text = json.dumps([as_dict(each) for each in found.values()], ensure_ascii=False, indent=1)
    with placed({path: text.encode()}):
        pass


def allowed(work: Workspace) -> Held | None:
    """The lease under which this machine may write into a client's folder; None where the firm uses no leases.

    Raises:
        Refused: the firm uses leases, and this machine holds none on the client, or it has run out.
        FileFaults: gbtool.yaml does not fit.
    """
    if work.firm is None or not firm(work.firm).leases:
        return None
    name, here, given = work.folder.name, session(), _LENT.get()
    lease = given if given and given.folder == str(work.folder) else leases().get(str(work.folder))
    if lease is None or here is None:
        raise Refused(f"没有拿 {name}：这个机构一家客户一次由一个人写", f"先拿：{_TAKE}；谁在做：gbtool team who")
    if lease.expires <= here.now():
        until = lease.expires.astimezone().strftime("%Y-%m-%d %H:%M")
        raise Refused(
            f"{name} 的租约 {until} 到期了；到期以前写的都在文件夹里，没有丢",
            f"联网续：{_TAKE}；别人已经拿走的会告诉你",
        )
    return lease


@contextmanager
def writing(work: Workspace) -> Iterator[Ledger]:
    """The client's ledger, open for a change that says who made it.

    Raises:
        Refused: another one has the client, as `allowed`.
        LedgerInUse, LedgerTooNew, LedgerUnreadable, FolderNotWritable: as `open_ledger`.
    """
    lease = allowed(work)
    with open_ledger(work.ledger, write=True, by=lease.holder if lease else "") as ledger:
        yield ledger
