"""`gbtool unpack`: a pack into a new folder, every name and every hash checked, or nothing at all."""

from collections.abc import Callable, Mapping
from pathlib import Path

from gbtool.commands.init import PRIVATE, place_for
from gbtool.commands.ledger.listing import verified
from gbtool.commands.staging import staged
from gbtool.commands.workspace import DOCUMENTS, EVIDENCE, LEDGER, OUTPUT, workspace
from gbtool.documents.placing import reason
from gbtool.errors import Complaint, FileFaults, FolderNotWritable, LedgerUnreadable
from gbtool.exchange import archive, sealing
from gbtool.exchange.archive import Contents, Member
from gbtool.shelf.shelves import CLIENT_FILE
from gbtool.store import copying
from gbtool.structs import Frozen

KINDS = ("handover", "application")


class Unpacked(Frozen):
    """What came out: the folder, its files, what the pack says, the client's folder, breaks of its history."""

    folder: Path
    members: tuple[Member, ...]
    about: Mapping[str, object]
    client: Path | None
    breaks: tuple[tuple[str, str], ...]


def unpack(source: Path, target: Path, passphrase: Callable[[], str]) -> Unpacked:
    """Put a pack into a new folder; `passphrase` is asked for only where the pack is sealed.

    Raises:
        UsageError: the folder cannot be a new one.
        FileFaults: the pack is damaged or sealed with another passphrase, or a name in it reaches outside.
        FolderNotWritable: the folder or the disk refused.
    """
    place = place_for(target)
    try:
        with staged(place) as scratch:
            opened = _opened(source, scratch, passphrase)
            fresh = scratch / "folder"
            fresh.mkdir(mode=PRIVATE)
            contents = _checked(opened, fresh, source)
            if place.is_dir():
                place.rmdir()
            fresh.replace(place)
    except OSError as error:
        raise FolderNotWritable(str(place), reason(error)) from error
    client = _client(place, contents)
    breaks = verified(workspace(client)).faults if client else ()
    return Unpacked(place, contents.members, contents.about, client, breaks)


def _opened(source: Path, scratch: Path, passphrase: Callable[[], str]) -> Path:
    """The pack itself, unsealed where it was sealed."""
    if not sealing.sealed(source):
        return source
    opened = scratch / "pack.zip"
    sealing.unseal(source, opened, passphrase())
    return opened


def _checked(opened: Path, fresh: Path, source: Path) -> Contents:
    """The files of a pack of ours in the fresh folder, the ledger sound."""
    contents = archive.contents_of(opened)
    if contents.about.get("kind") not in KINDS:
        raise FileFaults([Complaint(str(source), "不是 gbtool pack 做的包", "备份用 gbtool restore 恢复")])
    archive.unpack(opened, fresh)
    client = _client(fresh, contents)
    if client:
        _refuse_unsound(client / LEDGER, source)
        for name in (DOCUMENTS, EVIDENCE, OUTPUT):
            (client / name).mkdir(exist_ok=True)
    return contents


def _refuse_unsound(ledger: Path, source: Path) -> None:
    try:
        sound = not ledger.exists() or copying.sound(ledger)
    except LedgerUnreadable:
        sound = False
    if not sound:
        raise FileFaults([Complaint(f"{source} {LEDGER}", "台账文件损坏", "向给你的人再要一份")])


def _client(folder: Path, contents: Contents) -> Path | None:
    """The client's folder that came out of a pack, where a whole one was handed over."""
    name = str(contents.about.get("folder") or "")
    if not name or archive.unsafe(name) or not (folder / name / CLIENT_FILE).is_file():
        return None
    return folder / name
