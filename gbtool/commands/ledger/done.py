"""`gbtool ledger done`: that something was done about a deadline, on which day, for how much, by which voucher."""

from collections.abc import Iterable, Sequence
from datetime import date

from gbtool.commands.filling import day_faults
from gbtool.commands.gather import looking
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import UsageError, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.listing import every
from gbtool.rules.deadlines.registry import plain_number, rights
from gbtool.shelf.reader import did_you_mean
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen

AHEAD = 366 * 21


class Deed(Frozen):
    """What was done: for which right (and rule or year of an annuity), when, how much was paid, voucher, by whom."""

    right: str
    date: str
    rule: str = ""
    year: str = ""
    amount: int | None = None
    voucher: str = ""
    by: str = ""


class Done(Frozen):
    """What was entered, for which deadline, and what is to be said about it."""

    entry: Entry
    item: Item
    remarks: tuple[str, ...]


def done(work: Workspace, deed: Deed, today: date) -> Done:
    """Enter that something was done about a deadline.

    Raises:
        WrongValues: the day is not real or not yet come.
        UsageError: there is no such right, nothing is due for it, or it is not clear what was done.
    """
    faults = list(day_faults("--date", deed.date, today))
    if faults:
        raise WrongValues(faults)
    day = date.fromisoformat(deed.date)
    with looking(work, day) as facts:
        item = _meant(facts, deed)
    what = f"办理期限：{item.right} {item.what}"
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, deed.by, what)) as change,
    ):
        taken = {entry.id for entry in entries.read(ledger, EntryKind.ACTION)}
        entry = Entry(EntryKind.ACTION, _free(item.key, taken), deed.date, today.isoformat(), data=_data(item, deed))
        entries.add(change, entry)
    return Done(entry, item, tuple(_remarks(item, deed, day)))


def _data(item: Item, deed: Deed) -> dict[str, object]:
    data: dict[str, object] = {
        "title": item.what,
        "right": item.right,
        "name": item.name,
        "rule": item.rule.id if item.rule else "",
        "due": str(item.settles),
        "year": item.year,
        "amount": "" if deed.amount is None else str(deed.amount),
        "voucher": deed.voucher,
        "by": deed.by,
    }
    return {name: value for name, value in data.items() if value}


def _remarks(item: Item, deed: Deed, day: date) -> Iterable[str]:
    if item.end and day > item.end.last:
        yield f"办理日 {day} 晚于截止日 {item.end.last}"
    if deed.amount is not None and item.amount is not None and deed.amount < item.amount:
        yield f"那天应缴 {item.amount} 元，缴了 {deed.amount} 元，还差 {item.amount - deed.amount} 元，期限没有办完"
    if item.rule is None or item.rule.id.startswith("DOM"):
        yield "新的到期日登记到台账：gbtool ledger row other-ip --set 名称=… --set 到期=…"


def _meant(facts: Facts, deed: Deed) -> Item:
    number = plain_number(deed.right)
    same = {n for right in rights(facts) if number in right.numbers for n in right.numbers} or {number}
    due = [i for i in every(facts, AHEAD) if plain_number(i.right) in same and not (i.rule and i.rule.kind == "term")]
    if not due:
        known = [n for right in rights(facts) for n in right.numbers]
        raise UsageError(f"“{deed.right}”没有要办的期限{did_you_mean(number, set(known) - {number})}", _LOOK)
    found = [item for item in due if _fits(item, deed)]
    if not found:
        raise UsageError(f"{deed.right} 没有这一项期限", f"要办的：{_names(due)}")
    if len({(item.rule.family or item.rule.id) if item.rule else item.what for item in found}) > 1:
        raise UsageError(f"{deed.right} 有几项期限，不知道办的是哪一项", f"用 --rule 指明：{_names(found)}")
    return min(found, key=lambda item: item.act_by)


_LOOK = "看 gbtool ledger due --within 1y"


def _fits(item: Item, deed: Deed) -> bool:
    rule = item.rule.id if item.rule else "OWN"
    return (not deed.rule or deed.rule in (rule, item.what)) and (not deed.year or deed.year == item.year)


def _names(items: Sequence[Item]) -> str:
    firsts = {item.rule.id if item.rule else "OWN": item for item in reversed(items)}
    return "、".join(f"{rule}（{item.what}）" for rule, item in firsts.items())


def _free(key: str, taken: set[str]) -> str:
    number, name = 1, key
    while name in taken:
        number += 1
        name = f"{key}/{number}"
    return name
