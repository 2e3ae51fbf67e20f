"""Everything that is due for a client on a day, soonest first, what cannot be computed, and what to bear in mind."""

from collections.abc import Iterator
from datetime import date, timedelta

from gbtool.model.deadline import DeadlineRule
from gbtool.model.facts import Facts
from gbtool.rules.deadlines import certificates, duties, notices, others, patents, trademarks
from gbtool.rules.deadlines.items import Item, State, order
from gbtool.rules.deadlines.registry import APPLICATION, PATENT, TRADEMARK, Right, Watch, plain_number, rights, watch
from gbtool.structs import Frozen, replace

WARNED = {"商标": TRADEMARK, "专利": PATENT}


class Listing(Frozen):
    """What is due up to a day, in order; what lacks a fact; warnings in force for the kinds of right there are."""

    today: date
    until: date
    rights: int
    items: tuple[Item, ...]
    missing: tuple[Item, ...]
    warnings: tuple[DeadlineRule, ...]

    @property
    def overdue(self) -> int:
        """How many have passed, those in the time of grace among them."""
        return sum(item.state(self.today) in (State.OVERDUE, State.GRACE) for item in self.items)


def listing(facts: Facts, days: int) -> Listing:
    """What is due within so many days; what is overdue is always there.

    Chances that have lapsed and windows that open later are left out.
    """
    today = facts.today
    until = today + timedelta(days=days)
    known = rights(facts)
    found = list(_all(known, watch(facts, until)))
    shown = [item for item in found if _shown(item, today, until)]
    return Listing(
        today=today,
        until=until,
        rights=len(known),
        items=tuple(sorted(shown, key=lambda item: order(item, today))),
        missing=tuple(sorted((i for i in found if i.end is None), key=lambda i: (i.what, i.missing, i.right))),
        warnings=tuple(_warnings({right.kind for right in known}, facts)),
    )


def every(facts: Facts, days: int) -> tuple[Item, ...]:
    """What has an end within so many days, windows that open later among them."""
    until = facts.today + timedelta(days=days)
    found = _all(rights(facts), watch(facts, until))
    return tuple(item for item in found if item.end and item.act_by <= until)


def _all(known: tuple[Right, ...], seen: Watch) -> Iterator[Item]:
    granted = {plain_number(r.text("申请号")) for r in known if r.kind == PATENT and r.text("申请号")}
    yield from duties.items(seen.facts)
    alive = [r for r in known if r.alive and not (r.kind == APPLICATION and r.numbers & granted)]
    by_number = {number: right for right in alive for number in right.numbers}
    for right in alive:
        if right.kind in (PATENT, APPLICATION):
            yield from patents.items(right, seen)
            yield from notices.awaited(right, seen)
        elif right.kind != TRADEMARK:
            yield from others.items(right, seen)
    for mark, classes in trademarks.grouped(right for right in alive if right.kind == TRADEMARK):
        yield from trademarks.items(mark, classes, seen)
    yield from others.customs(seen)
    yield from certificates.items(seen)
    yield from notices.licences(seen)
    yield from notices.reviewed_licences(seen)
    for item in notices.notices(seen, by_number):
        named = by_number.get(plain_number(item.right))
        yield replace(item, name=item.name or (named.name if named else ""))


def _shown(item: Item, today: date, until: date) -> bool:
    if item.end is None:
        return False
    state = item.state(today)
    if state is State.OVERDUE:
        return not item.optional
    return state is State.GRACE or (item.opens or item.act_by) <= until


def _warnings(kinds: set[str], facts: Facts) -> Iterator[DeadlineRule]:
    for rule in facts.deadlines.rules.values():
        kind = WARNED.get(rule.right)
        if rule.kind == "warning" and not rule.trigger and kind in kinds and rule.in_force.on(facts.today):
            yield rule
