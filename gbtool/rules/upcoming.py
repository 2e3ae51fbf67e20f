"""What is due for a client, in one list: rights by the rules of periods, and what the client itself planned."""

from collections.abc import Iterator

from gbtool.model.facts import Facts
from gbtool.model.portfolio import Due
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.listing import listing
from gbtool.rules.deadlines.periods import End
from gbtool.rules.progress import planned


def due(facts: Facts, days: int) -> tuple[Due, ...]:
    """What is due within so many days: of rights by the rules of periods, and what the client itself planned."""
    found = [*_of_rights(facts, days), *_planned(facts, days)]
    return tuple(sorted(found, key=lambda each: (not each.late, each.days(facts.today), each.right, each.what)))


def _planned(facts: Facts, days: int) -> Iterator[Due]:
    reminders = facts.deadlines.reminders(None)
    for each in planned(facts, days):
        key = f"{each.day}/{each.what}"
        yield Due(key, each.what, each.day, each.day, each.day, reminders=reminders, place=each.place)


def _of_rights(facts: Facts, days: int) -> Iterator[Due]:
    for item in listing(facts, days).items:
        if item.end:
            yield _due(item, item.end, facts)


def _due(item: Item, end: End, facts: Facts) -> Due:
    caveat = (end.caveat,) if end.caveat else ()
    return Due(
        key=item.key,
        what=item.what,
        day=item.act_by,
        last=end.last,
        shown=item.opens or item.act_by,
        state=item.state(facts.today).value,
        right=item.right,
        name=item.name,
        amount=item.amount,
        law=item.source(facts.today),
        confidence=item.confidence,
        notes=(*item.notes, *caveat),
        reminders=facts.deadlines.reminders(item.rule),
        place=item.place,
    )
