"""What was found out about texts, kept beside the compiled templates: a machine parses each of them once.

One file of the user's own cache folder holds a line for each text that was read: a hash that is another where the text
or the code that read it is, then the values as JSON. Nothing in it can be run, nothing about a client is in it, and
what is broken, old or somebody else's is read again.
"""

import contextlib
import functools
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path

FORMAT = "1"
NAME = "texts.jsonl"
_MOST_BYTES = 16_000_000
_MOST_LINES = 2_000


class Memory:
    """Lines by their key in a file of this name; `folder` is asked for when the first one is wanted."""

    def __init__(self, folder: Callable[[], Path], name: str = NAME) -> None:
        self._folder, self._name = folder, name
        self._new: dict[bytes, bytes] = {}

    @functools.cached_property
    def _file(self) -> Path:
        return self._folder() / self._name

    @functools.cached_property
    def _kept(self) -> dict[bytes, bytes]:
        try:
            if self._file.stat().st_size > _MOST_BYTES:
                return {}
            check, _, rest = self._file.read_bytes().partition(b"\n")
        except OSError:
            return {}
        if check != _check(rest):
            return {}
        parts = (line.partition(b" ") for line in rest.split(b"\n"))
        return {key: value for key, _, value in parts}

    def kept(self, key: str) -> bytes | None:
        """What is kept under a key, as bytes; None when nothing is."""
        found = key.encode()
        return self._new.get(found) or self._kept.get(found)

    def keep(self, key: str, value: bytes) -> None:
        """Keep some JSON."""
        self._new[key.encode()] = value

    def get(self, key: str) -> object:
        """What is kept under a key, None when nothing is."""
        try:
            return json.loads(self.kept(key) or b"null")
        except ValueError:
            return None

    def put(self, key: str, value: object) -> None:
        """Keep a value of text, numbers, lists and mappings."""
        self.keep(key, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))

    def save(self) -> None:
        """Write what is new, whole or not at all; a folder that refuses costs only the time to read again."""
        if not self._new:
            return
        old = self._kept if len(self._kept) + len(self._new) <= _MOST_LINES else {}
        rest = b"\n".join(key + b" " + value for key, value in {**old, **self._new}.items())
        draft = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_check(rest) + b"\n" + rest)
            draft.replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()


def memory_for(folder: Path, cache: Path, what: str) -> Memory:
    """What is kept about a client's folder in a cache folder, in a file whose name does not tell which folder it is."""
    return Memory(lambda: cache, f"{what}-{_nameless(folder)}.jsonl")


def forget_all(folder: Path, cache: Path) -> None:
    """Remove all that is kept about a client's folder in a cache folder, as far as the disk lets it go."""
    for file in cache.glob(f"*-{_nameless(folder)}.jsonl"):
        with contextlib.suppress(OSError):
            file.unlink()


def _nameless(folder: Path) -> str:
    return hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _check(rest: bytes) -> bytes:
    return b"%08x" % zlib.crc32(rest)


_MEMORY: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextlib.contextmanager
def remembering(folder: Callable[[], Path]) -> Iterator[None]:
    """Within this, what was found out before is taken from a folder and kept there."""
    found = Memory(folder)
    token = _MEMORY.set(found)
    try:
        yield
    finally:
        _MEMORY.reset(token)
        found.save()


def memory() -> Memory | None:
    """What remembers now, if anything does."""
    return _MEMORY.get()


def key_of(shape: str, name: str, text: str) -> str:
    """The key of a text that is read into a shape under a name."""
    return hashlib.sha256(f"{FORMAT}\0{shape}\0{name}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
