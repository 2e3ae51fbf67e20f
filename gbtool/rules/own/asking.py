"""What rules of data ask: days in order and so far apart, fields filled, things listed elsewhere, sums."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from gbtool.model.entry import as_date
from gbtool.model.facts import Facts
from gbtool.model.period import Period, Unit as Of
from gbtool.model.standards.own import LEDGER, Apart, Inside, Listed, OwnRule, Sum
from gbtool.rules.engine import Answer, Fault
from gbtool.rules.order import not_after
from gbtool.rules.own.units import Unit, is_once, once, parts, units
from gbtool.rules.reading import Dated
from gbtool.structs import Mutable, field

_UNITS = {"日": Of.DAYS, "个月": Of.MONTHS, "个工作日": Of.WORKDAYS}
_TWO = 2
Days = Mapping[str, Sequence[Dated]]


class _Tally(Mutable):
    """At how many things was looked, and what was found."""

    subjects: int = 0
    faults: list[Fault] = field(default_factory=list)

    def look(self, faults: Iterator[Fault]) -> None:
        """One more thing, with its faults."""
        self.subjects += 1
        self.faults += list(faults)


def asked(rule: OwnRule, facts: Facts) -> Answer:
    """What a rule finds about a client."""
    tally = _Tally()
    for thing in _things(rule, facts):
        if _known(rule, thing):
            tally.look(_in_time(rule, thing, facts))
    for term in rule.filled:
        source, name = parts(term)
        for unit in units(source, (name,), rule, facts):
            tally.look(_is_filled(unit, name, rule))
    for listed in rule.listed:
        _listed(listed, rule, facts, tally)
    for sum_ in rule.sums:
        _sums(sum_, rule, facts, tally)
    for inside in rule.inside:
        _inside(inside, rule, facts, tally)
    return Answer(tally.subjects, tuple(tally.faults))


def _things(rule: OwnRule, facts: Facts) -> Iterator[Days]:
    """The days of each thing that a rule is about, by term."""
    fixed = {term: [day] for term in rule.days if is_once(term, facts) for day in [once(term, facts)] if day}
    moving = [term for term in rule.days if not is_once(term, facts)]
    first = once(rule.since, facts) if rule.since else None
    for days in _moving(moving, rule, facts).values() if moving else [{}]:
        last = max((day.day for each in days.values() for day in each), default=None)
        if not rule.since or (first and (last is None or last >= first.day)):
            yield {**fixed, **days}


def _moving(terms: Sequence[str], rule: OwnRule, facts: Facts) -> dict[str, dict[str, list[Dated]]]:
    """The days of these terms by thing, then by term."""
    found: dict[str, dict[str, list[Dated]]] = {}
    of = {term: parts(term) for term in terms}
    for source in dict.fromkeys(source for source, _ in of.values()):
        own = {term: name for term, (each, name) in of.items() if each == source}
        key = rule.named.get(source) or rule.same
        for number, unit in enumerate(units(source, (*own.values(), *filter(None, [key])), rule, facts)):
            which = (unit.text(key) if key else "") or f"{source if key else ''} {number}"
            for term, day in ((term, unit.day(name)) for term, name in own.items()):
                found.setdefault(which, {}).setdefault(term, []).extend([day] if day else [])
    return {which: {term: days for term, days in thing.items() if days} for which, thing in found.items()}


def _known(rule: OwnRule, thing: Days) -> bool:
    """Whether so much is known of a thing that its days can be compared."""
    ends = any(each.from_ in thing and each.to in thing for each in rule.apart)
    return ends or sum(term in thing for term in rule.order) >= _TWO


def _in_time(rule: OwnRule, thing: Days, facts: Facts) -> Iterator[Fault]:
    steps = [thing[term] for term in rule.order if term in thing]
    for before, after in pairwise(steps):
        latest, earliest = max(before, key=lambda each: each.day), min(after, key=lambda each: each.day)
        fault = not_after(latest, earliest, rule.fix)
        if fault:
            yield fault
    for apart in rule.apart:
        for first in thing.get(apart.from_, ()):
            for second in thing.get(apart.to, ()):
                yield from _apart(apart, first, second, rule, facts)


def _apart(apart: Apart, first: Dated, second: Dated, rule: OwnRule, facts: Facts) -> Iterator[Fault]:
    if apart.either_way and second.day < first.day:
        first, second = second, first
    least, most = (_end(text, first, facts) for text in (apart.at_least, apart.at_most))
    fix = rule.fix or "核对两处日期；写错的更正，没有做到的如实说明"
    if apart.at_least and least and second.day < least.day:
        yield Fault(f"{first} 到 {second} 不足{apart.at_least}", (first.place, second.place), fix)
    if apart.at_most and most and second.day > most.day:
        yield Fault(f"{first} 到 {second} 超过{apart.at_most}", (first.place, second.place), fix)


def _end(span: str, start: Dated, facts: Facts) -> Dated | None:
    """So long after a day; None where nothing is said or the calendar does not know the year."""
    number = "".join(sign for sign in span if sign.isdigit())
    if not number:
        return None
    period = Period("", int(number), _UNITS[span.removeprefix(number)], "")
    day = period.after(start.day, facts.calendar)
    return Dated(day, span, span) if day else None


def _is_filled(unit: Unit, name: str, rule: OwnRule) -> Iterator[Fault]:
    if not unit.text(name):
        yield Fault(f"“{name}”空着", (f"{unit.place} {name}",), rule.fix or "补上；确实没有的写明")


def _listed(listed: Listed, rule: OwnRule, facts: Facts, tally: _Tally) -> None:
    (source, name), (other, within) = parts(listed.what), parts(listed.within)
    known = {each.text(within): each for each in units(other, (within,), rule, facts)}
    for unit in units(source, (name,), rule, facts):
        if unit.text(name):
            tally.look(_stands(unit, name, known.get(unit.text(name)), listed, rule))


def _stands(unit: Unit, name: str, twin: Unit | None, listed: Listed, rule: OwnRule) -> Iterator[Fault]:
    what = unit.text(name)
    if twin is None:
        places = (f"{unit.place} {name} {what}", listed.within)
        yield Fault(f"{name}“{what}”在对应的表里没有", places, rule.fix or "核对编号，或补登")
        return
    for own, its in listed.equal.items():
        if unit.text(own) and twin.text(its) and unit.text(own) != twin.text(its):
            places = (f"{unit.place} {own} {unit.text(own)}", f"{twin.place} {its} {twin.text(its)}")
            yield Fault(f"“{what}”的{own}两处不同", places, rule.fix or "以有凭据的一处为准，改另一处")


def _inside(inside: Inside, rule: OwnRule, facts: Facts, tally: _Tally) -> None:
    (source, name), (table, first), (_, last) = (parts(term) for term in (inside.day, inside.from_, inside.to))
    spans = [
        (start, end)
        for row in facts.client.rows(table.removeprefix(f"{LEDGER}."))
        if (start := as_date(row.get(first))) and (end := as_date(row.get(last)))
    ]
    for unit in units(source, (name,), rule, facts):
        day = unit.day(name)
        if day and spans:
            tally.look(_lies_in(day, spans, inside, rule))


def _lies_in(day: Dated, spans: Sequence[tuple[date, date]], inside: Inside, rule: OwnRule) -> Iterator[Fault]:
    if not any(start <= day.day <= end for start, end in spans):
        message = f"{day} 不在{'、'.join(f'{start}至{end}' for start, end in spans)}以内"
        yield Fault(message, (day.place, inside.from_), rule.fix or "核对日期；确有依据的写明")


def _sums(sum_: Sum, rule: OwnRule, facts: Facts, tally: _Tally) -> None:
    (source, name), (_, total) = parts(sum_.of), parts(sum_.to)
    found: dict[str, list[Unit]] = {}
    for unit in units(source, (name,), rule, facts):
        found.setdefault(unit.entry.id if unit.entry else unit.place, []).append(unit)
    for rows in found.values():
        amounts = [amount for row in rows if (amount := _amount(row.text(name))) is not None]
        wanted = _amount(rows[0].text(total))
        if amounts and wanted is not None:
            tally.look(_adds_up(rows[0], sum(amounts, Decimal(0)), wanted, (name, total)))


def _adds_up(unit: Unit, found: Decimal, wanted: Decimal, names: tuple[str, str]) -> Iterator[Fault]:
    if found != wanted:
        where = (f"{unit.place} {names[0]}合计 {found}", f"{unit.place} {names[1]} {wanted}")
        yield Fault(f"{names[0]}合计 {found}，{names[1]}写的是 {wanted}", where, "逐行重算，改错的一行")


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").removesuffix("%").removesuffix("元"))
    except InvalidOperation:
        return None
