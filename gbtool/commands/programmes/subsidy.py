"""`gbtool programme subsidy`: what was paid and received, and what a programme may still give, with the arithmetic."""

from datetime import date
from decimal import Decimal

from gbtool.commands.gather import gather
from gbtool.commands.programmes.checking import asked, chosen
from gbtool.commands.programmes.listing import Catalogue, catalogue
from gbtool.commands.workspace import Workspace
from gbtool.errors import UsageError
from gbtool.model.facts import Facts
from gbtool.model.programme import Programme, Subsidy
from gbtool.rules.gates import money
from gbtool.rules.gates.subsidies import Award, State, reckoned
from gbtool.structs import Frozen

COMPLIANT = "POL-003"  # a certificate that breaks the rules of certification is never rewarded


class Sum(Frozen):
    """So much under a heading, of so many vouchers."""

    name: str
    amount: Decimal
    count: int


class Reckoned(Frozen):
    """Costs by purpose, grants by level, and the awards of a programme; `choose` are those of which one is given.

    `total` is what may be had in all, None while a choice or a requirement is open.
    """

    costs: tuple[Sum, ...]
    grants: tuple[Sum, ...]
    programme: Programme | None
    awards: tuple[Award, ...]
    choose: tuple[Award, ...]
    total: Decimal | None
    today: date

    @property
    def certification(self) -> Decimal:
        """What certification cost."""
        mine = (each.amount for each in self.costs if each.name in money.CERTIFICATION)
        return sum(mine, Decimal(0))

    @property
    def received(self) -> Decimal:
        """What was granted or received at all levels."""
        return sum((each.amount for each in self.grants), Decimal(0))


def reckon(work: Workspace, name: str, today: date, route: str = "", take: str = "") -> Reckoned:
    """What was paid and received, and what a programme may still give.

    Raises:
        UsageError: there is no such programme, way or subsidy.
        FileFaults: a file is wrong.
    """
    facts = gather(work, today)
    costs = tuple(_sums(facts, money.PURPOSES))
    grants = tuple(_grants(facts))
    if not name:
        return Reckoned(costs, grants, None, (), (), None, today)
    known_ = catalogue(work.shelves)
    programme = known_.named(name)
    subsidies = _wanted(programme, route, take)
    awards = _awards(programme, subsidies, facts, known_)
    choose = _choice(programme, awards)
    return Reckoned(costs, grants, programme, awards, choose, _total(awards, choose), today)


def _sums(facts: Facts, purposes: tuple[str, ...]) -> list[Sum]:
    found = ((purpose, money.invoices(facts, (purpose,))) for purpose in purposes)
    return [Sum(purpose, money.total(invoices), len(invoices)) for purpose, invoices in found if invoices]


def _grants(facts: Facts) -> list[Sum]:
    grants = money.grants(facts)
    levels = dict.fromkeys(entry.text("级别") for entry in grants)
    by_level = {level: [entry for entry in grants if entry.text("级别") == level] for level in levels}
    return [Sum(level, money.total(found), len(found)) for level, found in by_level.items()]


def _wanted(programme: Programme, route: str, take: str) -> tuple[Subsidy, ...]:
    way = chosen(programme, route) if route else ""
    mine = tuple(s for s in programme.subsidies if not way or not s.for_ or way in s.for_)
    if not take:
        return mine
    if take not in {subsidy.id for subsidy in mine}:
        raise UsageError(f"{programme.id} 没有补助“{take}”", f"可用的：{'、'.join(s.id for s in mine) or '无'}")
    barred = {id_ for group in programme.one_of if take in group for id_ in group if id_ != take}
    return tuple(subsidy for subsidy in mine if subsidy.id not in barred)


def _awards(programme: Programme, subsidies: tuple[Subsidy, ...], facts: Facts, known_: Catalogue) -> tuple[Award, ...]:
    compliant = known_.book.rules.get(COMPLIANT)
    gates = (compliant,) if compliant else ()
    return tuple(reckoned(programme, subsidies, asked(programme, facts, known_), gates))


def _choice(programme: Programme, awards: tuple[Award, ...]) -> tuple[Award, ...]:
    """The awards that may be had and of which only one is given."""
    may = [award for award in awards if award.state is State.MAY]
    groups = [[a for a in may if a.subsidy.id in group] for group in programme.one_of]
    return tuple(next((group for group in groups if len(group) > 1), ()))


def _total(awards: tuple[Award, ...], choose: tuple[Award, ...]) -> Decimal | None:
    if choose or any(award.state is State.UNKNOWN for award in awards):
        return None
    return sum((a.payable for a in awards if a.state is State.MAY and a.payable is not None), Decimal(0))
