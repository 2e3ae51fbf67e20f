"""The consultancy: its name and what it decided for all its clients, from gbtool.yaml."""

from collections.abc import Mapping

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field


class Threshold(Frozen):
    """A number that the firm chose and why."""

    value: float
    reason: str = ""
    place: Place = NOWHERE


class Firm(Frozen):
    """The consultancy; empty where there is none. `logo` is a picture's path inside its folder.

    `database` is the address of its PostgreSQL without a password, `leases` whether clients are written under a lease.
    """

    name: str = ""
    also: tuple[str, ...] = ()
    likeness: Mapping[str, Threshold] = field(default_factory=dict)
    place: Place = NOWHERE
    logo: str = ""
    database: str = ""
    leases: bool = False
