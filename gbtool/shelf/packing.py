"""What was read from shipped files, as bytes and back: what a machine has read once it need not parse again.

A value becomes the list of its parts in their order, as JSON: text, numbers, lists and mappings, so nothing can be run
from it. What comes back is of the types that were asked for, or it is not taken.
"""

import functools
import hashlib
import typing

from gbtool.remembering import key_of
from gbtool.shelf.shipped import PACKAGE, mark_of, marks
from gbtool.structs import packed, unpacker

__all__ = ["hints_of", "key", "packed", "unpacker"]


def key(cls: type | None, path: str, name: str) -> str:
    """Under what a shipped file is remembered as a value, or as it stands; after any change it is another."""
    kind = f"{cls.__module__}.{cls.__qualname__} {_code()}" if cls else ""
    return key_of(kind, name, f"{path}\0{mark_of(path)}")


@functools.cache
def _code() -> str:
    """What tells the code that reads from an earlier one: what a type is decides what is read into it."""
    read_by = (file for folder in ("model", "shelf") for file in marks(f"{PACKAGE}/{folder}", ".py"))
    return hashlib.sha256(repr(sorted(read_by)).encode()).hexdigest()


@functools.cache
def hints_of(cls: typing.Hashable) -> dict[str, object]:
    """The types of a value's parts, `place` left out."""
    return {name: hint for name, hint in typing.get_type_hints(cls).items() if name != "place"}
