"""`gbtool ledger absent` and `declare`: what did not happen, said by a named person on a day."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from gbtool.commands.filling import form, period_faults
from gbtool.commands.gather import client
from gbtool.commands.names import strangers
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, Refused, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen

_MONTH = len("2026-05")
_MONTHS = range(1, 13)


class Absence(Frozen):
    """That nothing of a form happened in a period (`2026-07` or `2026-07-01至2026-07-31`), how found, by whom."""

    form: str
    period: str
    how: str
    by: str


class Penalties(Frozen):
    """That nobody was punished between two days, declared by a named person; the words may be his own."""

    by: str
    from_: str
    to: str
    statement: str = ""
    basis: str = ""


def absent(work: Workspace, absence: Absence, today: date) -> Entry:
    """Enter that something did not happen in a period.

    Raises:
        WrongValues: the period is not real or not over, or nobody of this name works here.
        Refused: the ledger holds a record of the form in this period.
    """
    specification, asked = form(work, absence.form), client(work)
    title = specification.title_in(asked.edition)
    period = whole_days(absence.period)
    faults = [
        *period_faults("--period", absence.period, period, today),
        *_missing({"--how": absence.how, "--by": absence.by}),
        *strangers(asked.answers, [("--by", absence.by)]),
    ]
    if faults:
        raise WrongValues(faults)
    data = {
        "form": specification.id,
        "title": title,
        "period": period,
        "result": "本期未发生",
        "confirmed_how": absence.how,
        "confirmed_by": absence.by,
        "confirmed_on": today.isoformat(),
    }
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, absence.by, f"登记本期未发生：{title}")) as change,
    ):
        kept = entries.read(ledger)
        _refuse_what_happened(kept, specification.id, period)
        day = today.isoformat()
        entry = Entry(EntryKind.ABSENT, _free(kept, f"absent-{specification.id}"), day, day, specification.id, data)
        entries.add(change, entry)
    return entry


def whole_days(period: str) -> str:
    """A period from its first to its last day; a month is all of its days."""
    first, _, last = period.partition("至")
    last = last or first
    if len(first) == len(last) == _MONTH and last[5:].isdigit() and last[:4].isdigit() and int(last[5:]) in _MONTHS:
        return f"{first}-01至{last}-{monthrange(int(last[:4]), int(last[5:]))[1]}"
    return f"{first}至{last}"


def _missing(options: dict[str, str]) -> Iterable[Complaint]:
    return [Complaint(option, "不能空着") for option, value in options.items() if not value.strip()]


def _refuse_what_happened(kept: Iterable[Entry], form_: str, period: str) -> None:
    first, _, last = period.partition("至")
    found = [e.id for e in kept if e.kind is EntryKind.RECORD and e.form == form_ and first <= e.date <= last]
    if found:
        raise Refused(f"{period} 有记录 {'、'.join(found)}，不能登记本期未发生", "核对记录，或改期间")


def _free(kept: Iterable[Entry], id_: str) -> str:
    taken = {entry.id for entry in kept if entry.kind is EntryKind.ABSENT}
    number = 1
    name = id_
    while name in taken:
        number += 1
        name = f"{id_}-{number}"
    return name


def declare_penalties(work: Workspace, given: Penalties, today: date) -> Entry:
    """Enter the declaration that nobody was punished; a new one takes the place of the old, which the history keeps.

    Raises:
        WrongValues: the days are not real, not in order or not over, or nobody of this name works here.
    """
    period = f"{given.from_}至{given.to}"
    faults = [
        *period_faults("--from/--to", period, period, today),
        *_missing({"--by": given.by}),
        *strangers(client(work).answers, [("--by", given.by)]),
    ]
    if faults:
        raise WrongValues(faults)
    data = {
        "statement": given.statement or f"{period}无知识产权行政处罚",
        "from": given.from_,
        "to": given.to,
        "declared_by": given.by,
        "date": today.isoformat(),
        **({"basis": given.basis} if given.basis else {}),
    }
    entry = Entry(EntryKind.DECLARATION, "penalties", today.isoformat(), today.isoformat(), data=data)
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, given.by, "声明无行政处罚")) as change,
    ):
        entries.put(change, [entry])
    return entry
