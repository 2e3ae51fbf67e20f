"""`gbtool backup`, `restore` and `forget`: a client's folder in one file, back again, and gone at the end."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gbtool import __version__
from gbtool.commands.gather import client
from gbtool.commands.init import PRIVATE, place_for
from gbtool.commands.ledger.listing import verified
from gbtool.commands.staging import begin, staged
from gbtool.commands.workspace import DOCUMENTS, EVIDENCE, LEDGER, OUTPUT, Workspace, workspace
from gbtool.commands.writing import allowed
from gbtool.documents.placing import placed, reason
from gbtool.errors import Complaint, FileFaults, FolderNotWritable, Refused, UsageError
from gbtool.exchange import archive
from gbtool.exchange.archive import Contents, Member
from gbtool.store import copying
from gbtool.structs import Frozen

KIND = "backup"
GONE = "已移除"


class Backup(Frozen):
    """A backup that was written and read again: where it lies, its size in bytes, its files, links left out."""

    path: Path
    size: int
    members: tuple[Member, ...]
    left_out: tuple[str, ...]


class Restored(Frozen):
    """A client's folder that came out of a backup: its files, and the breaks of its history that it came with."""

    folder: Path
    members: tuple[Member, ...]
    about: Mapping[str, object]
    breaks: tuple[tuple[str, str], ...]


class Forgotten(Frozen):
    """A client's folder that is gone, what was in it, and the list of that which stays."""

    folder: Path
    name: str
    members: tuple[Member, ...]
    listed: Path


def backup(work: Workspace, target: Path | None, today: date) -> Backup:
    """The whole folder in one file; the ledger as SQLite's own backup makes it; every hash read back.

    Raises:
        UsageError: something is at the target already, or it lies inside the client's folder.
        FileFaults: a file of the client has a name that another system refuses, or cannot be read.
        FolderNotWritable: the target cannot be written.
    """
    path = (target or work.folder.parent / f"{work.folder.name} 备份 {today}.zip").resolve()
    if path.exists():
        raise UsageError(f"{path} 已经有了", "换一个名字；旧的备份不会被盖掉")
    if path.is_relative_to(work.folder):
        raise UsageError(f"{path} 在客户文件夹里面", "备份放到文件夹外面，最好放到另一个磁盘")
    files, links = files_of(work.folder)
    draft = path.with_name(f"{path.name}.part")
    try:
        _pack(draft, files, work, today)
        contents = archive.verify(draft)
        draft.replace(path)
    except OSError as error:
        raise FolderNotWritable(str(path), reason(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, contents.members, links)


def _pack(draft: Path, files: Mapping[str, Path], work: Workspace, today: date) -> Contents:
    about = {"kind": KIND, "client": client(work).name, "made": today.isoformat(), "gbtool": __version__}
    with tempfile.TemporaryDirectory(prefix="gbtool-") as folder:
        ledger = Path(folder) / LEDGER
        members = dict(files)
        if work.ledger.exists():
            copying.copy(work.ledger, ledger)
            members[LEDGER] = ledger
        begin(draft)
        with draft.open("wb") as sink:
            return archive.pack(sink, sorted(members.items()), about)


def files_of(folder: Path) -> tuple[Mapping[str, Path], tuple[str, ...]]:
    """The files by their names in the archive, the ledger left out; links are named, not followed."""
    found: dict[str, Path] = {}
    links = []
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            links.append(name)
        elif name != LEDGER and not name.startswith(f"{LEDGER}-"):
            found[name] = path
    complaints = [Complaint(name, why, "改名以后再备份") for name in found if (why := archive.unsafe(name))]
    if complaints:
        raise FileFaults(complaints)
    return found, tuple(links)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        here = Path(root)
        yield from (here / name for name in names)
        yield from (here / name for name in folders if (here / name).is_symlink())


def restore(source: Path, target: Path) -> Restored:
    """A client's folder out of a backup into a new folder, every hash and the ledger verified, or nothing at all.

    Raises:
        UsageError: the folder cannot be a new client's.
        FileFaults: the backup is damaged, or a name in it reaches outside.
        FolderNotWritable: the folder or the disk refused.
    """
    place = place_for(target)
    contents = archive.contents_of(source)
    if contents.about.get("kind") != KIND:
        raise FileFaults([Complaint(str(source), "不是 gbtool backup 做的备份", "移交包用 gbtool unpack 打开")])
    empty = place.is_dir()
    try:
        with staged(place) as scratch:
            fresh = scratch / "client"
            fresh.mkdir(mode=PRIVATE)
            archive.unpack(source, fresh)
            _refuse_unsound(fresh / LEDGER, source)
            for name in (DOCUMENTS, EVIDENCE, OUTPUT):
                (fresh / name).mkdir(exist_ok=True)
            if empty:
                place.rmdir()
            fresh.replace(place)
    except OSError as error:
        raise FolderNotWritable(str(place), reason(error)) from error
    return Restored(place, contents.members, contents.about, verified(workspace(place)).faults)


def _refuse_unsound(ledger: Path, source: Path) -> None:
    if ledger.exists() and not copying.sound(ledger):
        raise FileFaults([Complaint(f"{source} {LEDGER}", "台账文件损坏", "用另一份备份")])


def forget(work: Workspace, by: str, today: date) -> Forgotten:
    """Remove a client's folder at the end of the contract; the list of what was removed stays beside it.

    Raises:
        UsageError: nobody is named.
        Refused: one stands in the folder, or it holds another client.
        FolderNotWritable: a file is held open or the disk refuses; nothing was removed then.
    """
    if not by.strip():
        raise UsageError("没有写谁决定移除", "加上 --by 姓名")
    name, folder = client(work).name, work.folder
    files, links = files_of(folder)
    members = tuple(archive.measured(each, path) for each, path in sorted({**files, **_ledger(work)}.items()))
    listed = folder.parent / GONE / f"{folder.name} {today}.txt"
    text = _list(name, members, links, (by.strip(), today)).encode()
    if listed.exists() and listed.read_bytes() != text:  # the same was left by a forget that was killed
        raise Refused(f"{listed} 已经有了", "先给那份清单改名")
    allowed(work)
    with placed({listed: text}):
        away = _moved_away(folder)
    _remove(away)
    return Forgotten(folder, name, members, listed)


def finish_forgetting(folder: Path) -> Path | None:
    """Remove what a forget that was killed left of a folder; where its list lies, None where nothing was left.

    Raises:
        Refused: it cannot be removed.
    """
    place = folder.resolve()
    away = _away(place)
    if place.exists() or not away.is_dir():
        return None
    _remove(away)
    return place.parent / GONE


def _ledger(work: Workspace) -> Mapping[str, Path]:
    return {LEDGER: work.ledger} if work.ledger.exists() else {}


def _moved_away(folder: Path) -> Path:
    """Away under another name first, so that a file that is held open stops it before anything is lost."""
    away = _away(folder)
    if away.is_dir():  # of a folder of the same name, by a forget that was killed
        _remove(away)
    try:
        folder.rename(away)
    except OSError as error:
        raise FolderNotWritable(str(folder), reason(error)) from error
    return away


def _away(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.gbtool-gone")


def _remove(away: Path) -> None:
    try:
        shutil.rmtree(away)
    except OSError as error:
        raise Refused(
            f"没有移除干净，剩下的在 {away}：{reason(error)}", "关掉占用它的程序，手工删除这个文件夹"
        ) from error


def _list(name: str, members: tuple[Member, ...], links: tuple[str, ...], who: tuple[str, date]) -> str:
    by, day = who
    lines = [
        f"{name}：服务终止，客户文件夹由 {by} 于 {day} 移除。",
        f"共 {len(members)} 个文件，{sum(m.size for m in members)} 字节。下面是移除的文件：名称、字节数、SHA-256。",
        "",
        *(f"{m.name}\t{m.size}\t{m.sha256}" for m in members),
        *(f"{link}\t链接，只移除链接本身" for link in links),
        "",
        "gbtool 只移除这个文件夹。备份、邮件、网盘、纸质件和别处的复制件，请另行处理。",
        "",
    ]
    return "\n".join(lines)
