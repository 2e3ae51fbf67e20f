"""Archives of a client's folder: a zip with a list of what is in it, every name and hash checked on the way out."""

import hashlib
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Frozen

CONTENTS = "gbtool-archive.json"
FORMAT = 1
MOST_FILES = 50_000
MOST_BYTES = 4 << 30
MOST_CONTENTS = 16 << 20
_BLOCK = 1 << 20
# What a client's folder never does, and a file made to fill a disk does: this many bytes out of each byte, in all.
_BOMB_RATIO, _BOMB_BYTES = 200, 256 << 20
_ILLEGAL = re.compile(r'[<>:"\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# What zipfile lets through of a file that somebody damaged on purpose or a disk by chance.
_DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError),
    *(KeyError, TypeError, AttributeError, IndexError, OverflowError),
)
_TOLD = 20  # complaints
_OLDEST = (1980, 1, 1, 0, 0, 0)


class Member(Frozen):
    """A file of an archive: its name with forward slashes, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


class Contents(Frozen):
    """What an archive says of itself, and the files in it."""

    about: Mapping[str, object]
    members: tuple[Member, ...]


def pack(target: IO[bytes], files: Iterable[tuple[str, Path]], about: Mapping[str, object]) -> Contents:
    """Write an archive of files, each under its name, with the list of them at the end.

    Raises:
        OSError: a file cannot be read or the archive cannot be written.
    """
    members = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files:
            with path.open("rb") as source, archive.open(_entry(name), "w", force_zip64=True) as sink:
                members.append(_copied(name, source, sink))
        contents = Contents(about, tuple(members))
        archive.writestr(_entry(CONTENTS), _written(contents))
    return contents


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _OLDEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _copied(name: str, source: IO[bytes], sink: IO[bytes] | None, most: int = MOST_BYTES) -> Member:
    digest, size = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        size += len(block)
        if size > most:
            break
        digest.update(block)
        if sink:
            sink.write(block)
    return Member(name, size, digest.hexdigest())


def _written(contents: Contents) -> str:
    members = [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in contents.members]
    return json.dumps({"format": FORMAT, **contents.about, "files": members}, ensure_ascii=False, indent=1)


def measured(name: str, path: Path) -> Member:
    """A file as an archive would list it.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as source:
        return _copied(name, source, None)


def contents_of(path: Path) -> Contents:
    """What an archive holds, after every name in it was checked; no file is read yet.

    Raises:
        FileFaults: it is no archive of gbtool, it is damaged, or a name in it reaches outside a folder.
    """
    with _opened(path) as archive:
        return _contents(archive, path)


def unpack(path: Path, folder: Path) -> Contents:
    """Put the files of an archive into an empty folder; every size and hash agrees with the list, or it fails.

    Raises:
        FileFaults: as for `contents_of`, or a file is not what the list says.
        OSError: the folder cannot be written.
    """
    with _opened(path) as archive:
        contents = _contents(archive, path)
        for member in contents.members:
            target = folder / PurePosixPath(member.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as sink:
                _same(archive, member, sink, path)
    return contents


def verify(path: Path) -> Contents:
    """Read an archive through and compare every file with the list.

    Raises:
        FileFaults: as for `unpack`.
    """
    with _opened(path) as archive:
        contents = _contents(archive, path)
        for member in contents.members:
            _same(archive, member, None, path)
    return contents


def _same(archive: zipfile.ZipFile, member: Member, sink: IO[bytes] | None, path: Path) -> None:
    try:
        with archive.open(member.name) as source:
            found = _copied(member.name, source, sink, member.size)
    except _DAMAGES as error:
        raise _damaged(path, f"{member.name} 读不出来") from error
    if found != member:
        raise _damaged(path, f"{member.name} 与清单里的大小或哈希不一致")


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except OSError as error:
        raise FileFaults([Complaint(str(path), f"读不出文件（{error.strerror or error}）")]) from error
    except _DAMAGES as error:
        raise _damaged(path, "不是 zip 文件，或没有写完") from error


def _contents(archive: zipfile.ZipFile, path: Path) -> Contents:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if CONTENTS not in names:
        raise _damaged(path, f"里面没有 {CONTENTS}，不是 gbtool 做的")
    if len(names) > MOST_FILES or archive.getinfo(CONTENTS).file_size > MOST_CONTENTS:
        raise _damaged(path, "文件太多，不像是一个客户文件夹")
    contents = _read(archive, path)
    complaints = [f"{m.name}：{why}" for m in contents.members if (why := unsafe(m.name))]
    complaints += _twice(contents.members)
    if sorted(names) != sorted([CONTENTS, *(member.name for member in contents.members)]):
        complaints.append("里面的文件与清单不一致")
    complaints += [
        f"{entry.filename}：是链接，不是文件" for entry in entries if stat.S_ISLNK(entry.external_attr >> 16)
    ]
    complaints += _too_much(contents.members, sum(entry.compress_size for entry in entries))
    if complaints:
        raise FileFaults(Complaint(str(path), each, "不展开；向给你的人要一份好的") for each in complaints[:_TOLD])
    return contents


def _read(archive: zipfile.ZipFile, path: Path) -> Contents:
    try:
        value = json.loads(archive.read(CONTENTS).decode())
        listed = value.pop("files")
        members = tuple(Member(str(m["name"]), int(m["size"]), str(m["sha256"])) for m in listed)
    except _DAMAGES as error:
        raise _damaged(path, f"{CONTENTS} 读不出来") from error
    if value.pop("format", None) != FORMAT:
        raise _damaged(path, "由更新的 gbtool 做成，请升级")
    return Contents(value, members)


def unsafe(name: str) -> str:
    """Why a name must not become a file below a folder on any system, empty where it may."""
    parts = name.split("/")
    if name.startswith("/") or any(part in ("", ".", "..") for part in parts):
        return "名字指到文件夹外面"
    if any(_ILLEGAL.search(part) or _DEVICES.fullmatch(part) or part != part.rstrip(". ") for part in parts):
        return "名字在 Windows 上不能用"
    return ""


def _too_much(members: Iterable[Member], packed_size: int) -> Iterator[str]:
    """What would come out is more than a client's folder can hold."""
    size = sum(member.size for member in members)
    if size > MOST_BYTES:
        yield f"展开后超过 {MOST_BYTES >> 30} GB"
    elif size > _BOMB_BYTES and size > _BOMB_RATIO * packed_size:
        yield f"展开后是包的 {size // max(packed_size, 1)} 倍，像是压缩炸弹"


def _twice(members: Iterable[Member]) -> Iterator[str]:
    seen: set[str] = set()
    for member in members:
        if member.name.casefold() in seen:
            yield f"{member.name}：名字重复"
        seen.add(member.name.casefold())


def _damaged(path: Path, why: str) -> FileFaults:
    return FileFaults([Complaint(str(path), why, "向给你的人要一份好的，或用另一份备份")])
