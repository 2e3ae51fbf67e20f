"""All that making documents reads, as one hash: the contents of what people write, the times of what gbtool brings.

Of a client's folder everything counts but evidence and output, there only gbtool's own drafts; of the firm's folder
its file, its shelf and its logo; of gbtool its code, what it ships and the libraries beside it. Names count with what
stands under them, so a file that comes, goes or is called otherwise is another state.
"""

import contextlib
import functools
import hashlib
import os
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gbtool import __version__
from gbtool.commands.edits.places import NEW
from gbtool.commands.workspace import EVIDENCE, OUTPUT, Workspace
from gbtool.shelf.shelves import CLIENT_FILE, FIRM_FILE
from gbtool.shelf.shipped import PACKAGE, marks, standing
from gbtool.structs import Frozen

FIRM = "/"  # before the names of the firm's files: no name of a client's file begins so
_SHELVES = ("templates", "checklists")
_LOGO = re.compile(rb"^logo:[ \t]*[\"']?([^\"'#\r\n]+)", re.MULTILINE)
_MOST_BYTES = 256 << 20
_DEEPEST = 8


class State(Frozen):
    """A client's folder and all around it at one moment: the hash of all, that of each file, and client.yaml."""

    digest: str
    files: Mapping[str, str]
    own: bytes


class _Unclear(Exception):
    """What cannot be told by reading files: a link to a folder, something that is no file, too much of it."""


def state(work: Workspace, today: date) -> State | None:
    """The state of a client's folder on a day; None where it cannot be told."""
    read = _Read()
    try:
        for name, path in (*_of_client(work.folder), *_of_firm(work.firm, read)):
            if path:
                read.take(name, path)
            else:
                read.files[name] = ""
        head = (_ground(), today.isoformat(), work.standard, str(work.firm))
    except (OSError, _Unclear):
        return None
    lines = (f"{name}\0{hash_}" for name, hash_ in read.files.items())
    digest = hashlib.sha256("\n".join((*head, *lines)).encode("utf-8", "surrogateescape")).hexdigest()
    return State(digest, read.files, read.own)


class _Read:
    """Files that were read, by name, and how much of them."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.own = b""
        self._left = _MOST_BYTES

    def take(self, name: str, path: str) -> bytes:
        """Read a file whole.

        Raises:
            OSError: it cannot be read.
        """
        if os.stat(path).st_size > self._left:  # noqa: PTH116 - hundreds of paths are not made into objects
            raise _Unclear
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            data = file.readall()
        self._left -= len(data)
        self.files[name] = hashlib.sha256(data).hexdigest()
        if name == CLIENT_FILE:
            self.own = data
        return data


def _of_client(folder: Path) -> Iterator[tuple[str, str]]:
    for entry in _entries(folder):
        if not entry.is_dir(follow_symlinks=False):
            yield _file(entry, entry.name)
        elif entry.name == OUTPUT:
            yield from _walk(f"{entry.path}/{NEW}", f"{OUTPUT}/{NEW}")
        elif entry.name != EVIDENCE and not entry.name.startswith("."):
            yield from _walk(entry.path, entry.name)


def _of_firm(folder: Path | None, read: _Read) -> Iterator[tuple[str, str]]:
    if folder is None:
        return
    named = _LOGO.search(read.take(f"{FIRM}{FIRM_FILE}", f"{folder}/{FIRM_FILE}"))
    logo = named.group(1).decode("utf-8", "replace").strip() if named else ""
    if logo and os.path.isfile(f"{folder}/{logo}"):  # noqa: PTH113 - as above
        yield f"{FIRM}{logo}", f"{folder}/{logo}"
    for name in _SHELVES:
        yield from _walk(f"{folder}/{name}", f"{FIRM}{name}")


def _entries(folder: Path | str) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []


def _walk(folder: str, name: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Each file of a folder and of those below it, in order, and each folder without a path."""
    if depth > _DEEPEST:
        raise _Unclear
    for entry in _entries(folder):
        inner = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield f"{inner}/", ""
            yield from _walk(entry.path, inner, depth + 1)
        else:
            yield _file(entry, inner)


def _file(entry: "os.DirEntry[str]", name: str) -> tuple[str, str]:
    if not entry.is_file():
        raise _Unclear
    return name, entry.path


@functools.cache
def _ground() -> str:
    """What all clients share on this machine: gbtool's code and data, Python, the libraries."""
    digest = hashlib.sha256(f"{__version__}\n{sys.version}\n{zlib.ZLIB_RUNTIME_VERSION}\n".encode())
    for name, mark in sorted((*standing().items(), *marks(str(PACKAGE), ".py"))):
        digest.update(f"{name}\t{mark}\n".encode("utf-8", "surrogateescape"))
    for place in filter(None, sys.path):
        with contextlib.suppress(NotADirectoryError):
            known = (entry.name for entry in _entries(place) if entry.name.endswith("-info"))
            digest.update("\n".join(known).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
