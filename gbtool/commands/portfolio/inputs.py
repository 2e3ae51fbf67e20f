"""What a client's line is made from, as a stamp: when anything of it changes, the stamp is another one."""

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from importlib import metadata
from pathlib import Path

from gbtool import __version__
from gbtool.commands.workspace import DOCUMENTS, EVIDENCE, LEDGER, OUTPUT
from gbtool.shelf.shelves import CLIENT_FILE, FIRM_FILE
from gbtool.shelf.shipped import shipped

_READ = frozenset({CLIENT_FILE, FIRM_FILE})  # small files that a person edits: their content counts, not their times
_SHELVES = ("templates", "checklists")
_PACKAGE = Path(__file__).parent.parent.parent
_HEADER = 100  # bytes of a SQLite file that change with every transaction: size, change counter, version
_DEEPEST = 6
_CALENDAR = "chinesecalendar"


class Unstampable(Exception):
    """A folder whose content cannot be told from the outside: it is read every time."""


def ground(firm: Path, today: date, days: int) -> bytes:
    """What all clients of a firm share: the day, gbtool itself with its data, the calendar, the firm's own shelf."""
    digest = hashlib.sha256(f"{__version__}\n{today}\n{days}\n{metadata.version(_CALENDAR)}\n".encode())
    for folder in (_PACKAGE, *(shipped(name) for name in _SHELVES), *(firm / name for name in _SHELVES)):
        for line in _walk(folder, folder.name):
            digest.update(line)
    digest.update(_content(firm / FIRM_FILE))
    return digest.digest()


def stamp(folder: Path, shared: bytes) -> str:
    """The stamp of a client's folder on that ground, empty where it must be read anew.

    Evidence and output do not count; of documents only whether they are there.
    """
    digest = hashlib.sha256(shared)
    try:
        for line in _walk(folder, "", top=True):
            digest.update(line)
    except (Unstampable, OSError):
        return ""
    return digest.hexdigest()


def _walk(folder: Path | str, name: str, *, top: bool = False, depth: int = 0) -> Iterator[bytes]:
    """A line for each file of a folder and of those below it, in order."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    if depth > _DEEPEST:
        raise Unstampable
    for entry in entries:
        inner = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if top and entry.name == DOCUMENTS:
                yield from _names(entry.path, inner)
            elif entry.name != "__pycache__" and not (top and entry.name in (EVIDENCE, OUTPUT)):
                yield from _walk(entry.path, inner, depth=depth + 1)
        elif entry.is_dir():
            raise Unstampable
        else:
            yield _file(entry, inner)


def _names(folder: str, name: str) -> Iterator[bytes]:
    """The names of the files of a folder and of those below it."""
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as found:
        for entry in found:
            (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
    files.sort()
    yield "\n".join((name, *files)).encode(errors="surrogateescape")
    for inner in sorted(folders):
        yield from _names(f"{folder}/{inner}", f"{name}/{inner}")


def _file(entry: "os.DirEntry[str]", name: str) -> bytes:
    if entry.name in _READ:
        return f"{name}\n".encode() + _content(entry.path)
    state = entry.stat()
    line = f"{name}\t{state.st_size}\t{state.st_mtime_ns}\t{state.st_ctime_ns}\t{state.st_ino}\n"
    header = _head(entry.path) if entry.name == LEDGER else b""
    return line.encode(errors="surrogateescape") + header


def _content(path: str | Path) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - a thousand paths are not made into objects
        return hashlib.sha256(file.read()).digest()


def _head(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return file.read(_HEADER)
