"""Frozen values as plain lists and back: what was read from a file once need not be parsed again.

A value becomes the list of its parts in their order, its place the number of its line; tuples become
lists and enums their values. Nothing but text, numbers, lists and mappings is kept, so nothing can be run from it.
"""

import enum
import functools
import types
import typing
from collections.abc import Callable, Mapping

from gbtool.model.place import Place
from gbtool.structs import Struct, defaults, names_of, values_of

Unpacker = Callable[[typing.Any, str], object]


def packed(value: object) -> object:
    """A value that `reader` made, as JSON can hold it.

    Raises:
        TypeError: it is of a kind that cannot be brought back.
    """
    if value is None or (isinstance(value, (str, int, float)) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, Place):
        return value.line
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [packed(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): packed(each) for key, each in value.items()}
    if isinstance(value, Struct):
        return [packed(each) for each in values_of(value)]
    raise TypeError(type(value).__name__)


def unpacked(hint: typing.Hashable, value: object, name: str) -> object:
    """A value that was packed, as it was when it was read from the file of this name."""
    unpack = unpacker(hint)
    return unpack(value, name) if unpack else value


@functools.cache
def unpacker(hint: typing.Hashable) -> Unpacker | None:
    """What brings a value of a type back, given the name of its file; None where it is as it stands."""
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _perhaps(unpacker(next(each for each in inside if each is not type(None))))
    if origin is tuple:
        return _items(unpacker(inside[0]))
    if origin in (dict, Mapping):
        return _mapping(unpacker(inside[1]))
    if hint is Place:
        return _place
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return lambda value, _: hint(value)
    return _record(hint) if isinstance(hint, type) and issubclass(hint, Struct) else None


def _perhaps(inner: Unpacker | None) -> Unpacker | None:
    return inner and (lambda value, name: None if value is None else inner(value, name))


def _items(inner: Unpacker | None) -> Unpacker:
    if inner is None:
        return lambda values, _: tuple(values)
    return lambda values, name: tuple([inner(each, name) for each in values])


def _mapping(inner: Unpacker | None) -> Unpacker | None:
    return inner and (lambda values, name: {key: inner(each, name) for key, each in values.items()})


def _record(cls: type) -> Unpacker:
    """What makes a value of a list; how its fields come back is found when the first one comes."""
    fields: list[tuple[int, Unpacker]] = []
    ready = False

    def unpack(values: list[object], name: str) -> object:
        nonlocal ready
        if not ready:
            hints = (hints_of(cls).get(name, Place) for name in names_of(cls))
            fields.extend((at, found) for at, hint in enumerate(hints) if (found := unpacker(hint)))
            ready = True
        for at, found in fields:
            values[at] = found(values[at], name)
        return cls(*values)

    return unpack


def _place(line: int, name: str) -> Place:
    return Place(name, line)


@functools.cache
def hints_of(cls: typing.Hashable) -> dict[str, object]:
    """The types of a value's parts, `place` left out."""
    return {name: hint for name, hint in typing.get_type_hints(cls).items() if name != "place"}


@functools.cache
def shape(hint: typing.Hashable) -> str:
    """Everything by which a change of a type would change what is read into it: names, types, defaults, words."""
    seen: dict[str, object] = {}
    _shapes(hint, seen)
    return repr(sorted(seen.items()))


def _shapes(hint: object, seen: dict[str, object]) -> None:
    for each in typing.get_args(hint):
        _shapes(each, seen)
    if not isinstance(hint, type) or hint.__qualname__ in seen:
        return
    if issubclass(hint, enum.Enum):
        seen[hint.__qualname__] = [str(each.value) for each in hint]
    elif issubclass(hint, Struct):
        hints = hints_of(hint)
        given = defaults(hint)
        seen[hint.__qualname__] = [(name, repr(hints.get(name)), repr(given.get(name, ""))) for name in names_of(hint)]
        for each in hints.values():
            _shapes(each, seen)
