"""What gbtool's own types are made of: frozen values and what changes while a command works, by msgspec.

A class is made in a fiftieth of the time that a dataclass takes, and an object in a tenth: each command makes some two
hundred classes before it does anything.
"""

from collections.abc import Mapping
from typing import Any, dataclass_transform

from msgspec import NODEFAULT, Struct, field
from msgspec.structs import replace

__all__ = ["Frozen", "Mutable", "Struct", "as_dict", "defaults", "field", "names_of", "replace", "values_of"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True):
    """A frozen thing with named parts; equal to another one of its class with equal parts."""


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
