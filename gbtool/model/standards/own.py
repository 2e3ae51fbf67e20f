"""Rules that a standard writes as data: days in order and so far apart, rows filled, listed elsewhere, summing up."""

from collections.abc import Iterator, Mapping

from gbtool.model.place import NOWHERE, Place
from gbtool.structs import Frozen, field

LEDGER = "资料"  # terms of the client's answers begin with it
STAGES = {  # the terms of what is there once, and the names that each may have
    "体系": ("实施日",),
    "内审": ("计划", "首日", "末日", "报告"),
    "管理评审": ("计划", "评审日", "报告"),
    "申请": ("递交",),
}


class Apart(Frozen):
    """Two days that are at least or at most so far apart: `15日`, `3个月`, `5个工作日`; either may be the first."""

    from_: str
    to: str
    at_least: str = ""
    at_most: str = ""
    either_way: bool = False


class Listed(Frozen):
    """What a form names stands in another form's rows, in which these fields say the same."""

    what: str
    within: str
    equal: Mapping[str, str] = field(default_factory=dict)


class Sum(Frozen):
    """The amounts of a column add up to what a field says."""

    of: str
    to: str


class Inside(Frozen):
    """A day that lies in one of the spans that a table of answers gives, such as the terms of a year."""

    day: str
    from_: str
    to: str


class OwnRule(Frozen):
    """A rule of one standard, its terms written `form.field`.

    `same` names the field by which several forms speak of one thing (`named` where a form calls it otherwise), `only`
    the values that a form's field must have, `since` the day before which nothing is asked; `never` are words that no
    file of the client uses, each with what it says instead; `unchecked` says why nobody can look.
    """

    id: str
    severity: str
    title: str
    statement: str
    basis: str = ""
    exempt: tuple[str, ...] = ()
    fix: str = ""
    same: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    order: tuple[str, ...] = ()
    apart: tuple[Apart, ...] = ()
    filled: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    sums: tuple[Sum, ...] = ()
    inside: tuple[Inside, ...] = ()
    never: Mapping[str, str] = field(default_factory=dict)
    unchecked: str = ""
    place: Place = NOWHERE

    @property
    def days(self) -> tuple[str, ...]:
        """The terms of days, each once."""
        ends = (term for each in self.apart for term in (each.from_, each.to))
        return tuple(dict.fromkeys((*self.order, *ends)))

    @property
    def terms(self) -> Iterator[str]:
        """Every term of the rule."""
        yield from self.days
        yield from self.filled
        yield from self.only
        yield from (term for each in self.listed for term in (each.what, each.within))
        yield from (term for each in self.sums for term in (each.of, each.to))
        yield from (term for each in self.inside for term in (each.day, each.from_, each.to))
        yield from filter(None, [self.since])


def split(term: str) -> tuple[str, str]:
    """`form.field` in its two parts."""
    source, _, name = term.partition(".")
    return source, name
