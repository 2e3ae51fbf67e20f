"""Checks of money, in yuan and cents, never in floating numbers: at least, at most by several limits, an estimate."""

from decimal import Decimal

from gbtool.model.outside.published import Check
from gbtool.rules.gates.known import Known, yuan
from gbtool.rules.gates.outcome import Outcome, kind, met, missed, unknown


@kind("amount_at_least")
def amount_at_least(check: Check, known: Known) -> Outcome:
    """An amount is not below another."""
    value, least = known.get(check.fact), Decimal(check.amount)
    if value is None:
        return unknown(known, check.fact)
    message = f"{known.title(check.fact)} {yuan(value.amount)} 元，要求不低于 {yuan(least)} 元"
    return met(message, value.place) if value.amount >= least else missed(message, (value.place,))


@kind("amount_cap")
def amount_cap(check: Check, known: Known) -> Outcome:
    """An amount is not above the lowest of some limits."""
    value = known.get(check.fact)
    if value is not None and not value.amount:
        return met(f"{known.title(check.fact)} 0 元", value.place)
    limits = {name: known.get(name) for name in check.limits}
    lacking = [name for name, limit in limits.items() if limit is None]
    if value is None or lacking:
        return unknown(known, check.fact, *lacking)
    lowest = min((limit.amount for limit in limits.values() if limit), default=Decimal(0))
    shown = "，".join(f"{known.title(name)} {yuan(limit.amount)} 元" for name, limit in limits.items() if limit)
    message = f"{known.title(check.fact)} {yuan(value.amount)} 元；{shown}"
    if value.amount <= lowest:
        return met(message, value.place)
    over = yuan(value.amount - lowest)
    return missed(f"{message}，超过 {over} 元", (value.place, *(each.place for each in limits.values() if each)))


@kind("estimate")
def estimate(check: Check, known: Known) -> Outcome:
    """A sum by a published formula: fixed parts and so much for each; an estimate, never a cost."""
    value = known.get(check.fact)
    if value is None:
        return unknown(known, check.fact)
    total = sum(check.base) + check.each * value.count
    parts = " + ".join([*map(str, check.base), f"{check.each} × {value.count}"])
    return met(f"估算 {parts} = {total} 元，只供参考，以合同和发票为准", value.place)
