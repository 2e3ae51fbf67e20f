"""What gbtool's own types are made of: frozen values and what changes while a command works, by msgspec.

A class is made in a fiftieth of the time that a dataclass takes, and an object in a tenth: each command makes some two
hundred classes before it does anything.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from msgspec import NODEFAULT, Struct, field
from msgspec.json import Decoder, encode
from msgspec.structs import replace

T = TypeVar("T")

__all__ = [
    "Frozen",
    "Mutable",
    "Struct",
    "as_dict",
    "defaults",
    "field",
    "names_of",
    "packed",
    "replace",
    "unpacker",
    "values_of",
]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True, array_like=True):
    """A frozen thing with named parts; equal to another one of its class with equal parts; packed as their list."""


@dataclass_transform(field_specifiers=(field,))
class Mutable(Struct):
    """A thing with named parts that change."""


def names_of(kind: "Struct | type[Struct]") -> tuple[str, ...]:
    """The names of its parts, in their order."""
    return kind.__struct_fields__


def values_of(thing: Struct) -> tuple[Any, ...]:
    """Its parts, in their order."""
    return tuple([getattr(thing, name) for name in thing.__struct_fields__])


def defaults(kind: type[Struct]) -> Mapping[str, object]:
    """The parts of a class that need not be given, by name, each with its default or with what makes one."""
    given = kind.__struct_defaults__
    named = kind.__struct_fields__[len(kind.__struct_fields__) - len(given) :]
    return {name: value for name, value in zip(named, given, strict=True) if value is not NODEFAULT}


def packed(thing: object) -> bytes:
    """A thing, or a list or mapping of plain values, as JSON.

    Raises:
        TypeError: something in it cannot be brought back.
    """
    return encode(thing, enc_hook=_mapped)


def _mapped(thing: object) -> object:
    if isinstance(thing, Mapping):
        return dict(thing)
    raise TypeError(type(thing).__name__)


@cache
def unpacker(kind: type[T]) -> Callable[[bytes], T]:
    """What brings things of a kind back; it raises ValueError where the bytes are none of them."""
    return Decoder(kind).decode


def as_dict(thing: Struct) -> dict[str, Any]:
    """Its parts by name; things in it likewise, however deep in lists, tuples and mappings."""
    return {name: _plain(getattr(thing, name)) for name in thing.__struct_fields__}


def _plain(value: object) -> object:
    if isinstance(value, Struct):
        return as_dict(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(each) for each in value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value
