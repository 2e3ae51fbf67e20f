"""A gate: which rules, with which values, since when and by which notice."""

from collections.abc import Mapping

from gbtool.model.outside.published import Published, Rulebook
from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field


class Requirement(Frozen):
    """One rule of a gate: the coded rule's name, its values, and the published rule that it comes from."""

    rule: str
    title: str
    values: Mapping[str, str]
    source: str = ""
    confidence: str = ""
    in_force_from: str = ""
    in_force_to: str = ""
    blocks: bool = True
    none_is_fine: str = ""
    if_nothing: str = ""
    place: Place = NOWHERE


class Gate(Frozen):
    """A named list of requirements, and published rules that are asked as they stand in the rulebook."""

    name: str
    title: str
    requirements: tuple[Requirement, ...]
    published: tuple[Published, ...] = ()
    book: Rulebook = field(default_factory=Rulebook)


class RuleText(Frozen):
    """What a rule of dates or consistency says: id such as DT-13, severity, title, statement, basis."""

    id: str
    severity: str
    title: str
    statement: str
    basis: str = ""
    exempt: tuple[str, ...] = ()
