"""`gbtool ledger certificate`: the days of an application and of the certificate, added as they come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gbtool.commands import keeping
from gbtool.commands.filling import day_faults
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, WrongValues
from gbtool.model.answers import date_complaint
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.listing import every
from gbtool.rules.gates import certificate
from gbtool.rules.gates.found import profile
from gbtool.store.database import Action
from gbtool.structs import Frozen

ID = "application"
AHEAD = 366 * 4
# What may be entered: by the option's name, the field and what it is called.
DAYS: Mapping[str, tuple[str, str]] = {
    "submitted": ("submitted", "递交申请"),
    "stage1": ("stage1", "一阶段结束"),
    "stage1-closed": ("stage1_closed", "一阶段问题解决"),
    "stage2": ("stage2", "二阶段开始"),
    "decision": ("decision", "认证决定"),
    "issued": ("cert_issued", "发证"),
    "start": ("cert_start", "证书起日"),
    "end": ("cert_end", "证书止日"),
    "recert-end": ("recert_end", "再认证现场审核结束"),
    "suspended": ("suspended", "暂停"),
    "resumed": ("resumed", "恢复"),
    "withdrawn": ("withdrawn", "撤销"),
}
TEXTS: Mapping[str, tuple[str, str]] = {
    "number": ("cert_number", "证书号"),
    "edition": ("edition", "标准版本"),
    "body": ("body", "认证机构"),
}
AHEAD_OF_TODAY = ("end",)
VISITS = "surveillance"


class Standing(Frozen):
    """A certificate on a day: its lines by name, with what its body says; its state, what is due for it, remarks."""

    lines: tuple[tuple[str, str], ...]
    status: str
    due: tuple[Item, ...]
    remarks: tuple[str, ...] = ()
    id: str = ID


def standing(work: Workspace, today: date) -> Standing:
    """How the certificate stands on a day."""
    return _standing(gather(work, today))


def _standing(facts: Facts, remarks: Sequence[str] = ()) -> Standing:
    entry = certificate.of(facts)
    if entry is None:
        return Standing((), "", (), tuple(remarks))
    lines = [(what, entry.text(field)) for field, what in (*TEXTS.values(), *DAYS.values()) if entry.text(field)]
    visits = "、".join(str(each.day) for each in certificate.surveillance(entry, facts.today))
    number = entry.text("cert_number") or "认证证书"
    due = tuple(item for item in every(facts, AHEAD) if item.right == number)
    body = profile(facts)
    named = (*lines, *([("监督审核", visits)] if visits else []), *(body.terms if body else ()))
    return Standing(named, certificate.status(facts), due, tuple(remarks), entry.id)


def enter(
    work: Workspace, given: Mapping[str, str], visits: Sequence[str], by: tuple[str, str], today: date
) -> Standing:
    """Put days into the certificate; what is not given stays, surveillance is added to what is there.

    Args:
        work: the client.
        given: days and texts by the names of the options.
        visits: days of surveillance.
        by: who enters it, and the id of another certificate than the first.
        today: the day of entry.

    Raises:
        WrongValues: a day is not real or not yet come.
    """
    faults = [*_faults(given, today), *(f for day in visits for f in day_faults("--surveillance", day, today))]
    if faults:
        raise WrongValues(faults)
    facts = gather(work, today)
    entry = _entry(facts, given, visits, by[1] or ID)
    said = consequences.objections(facts, [entry], ("DT-69",))
    remarks = tuple(map(str, (*said.hard, *said.soft)))  # what happened is kept, however late it was
    keeping.keep(work, Action(today, by[0], "登记申请和证书"), [entry])
    return _standing(gather(work, today), remarks)


def _faults(given: Mapping[str, str], today: date) -> Iterator[Complaint]:
    for name, value in given.items():
        if name in AHEAD_OF_TODAY:
            wrong = date_complaint(value)
            if wrong:
                yield Complaint(f"--{name}", wrong)
        elif name in DAYS:
            yield from day_faults(f"--{name}", value, today)


def _entry(facts: Facts, given: Mapping[str, str], visits: Sequence[str], id_: str) -> Entry:
    old = next((e for e in facts.of(EntryKind.APPLICATION) if e.id == id_), None)
    fields = {field: given[name] for name, (field, _) in {**DAYS, **TEXTS}.items() if name in given}
    data: dict[str, object] = {**(old.data if old else {}), **fields}
    known = (day.day.isoformat() for day in certificate.surveillance(old, facts.today))
    every_visit = sorted({*known, *visits})
    if every_visit:
        data[VISITS] = every_visit
    days = sorted(given[name] for name in DAYS if name in given and name not in AHEAD_OF_TODAY)
    day = str(data.get("submitted") or next(iter(days), facts.today.isoformat()))
    happened = old.date if old and old.date else day
    return Entry(EntryKind.APPLICATION, id_, happened, facts.today.isoformat(), data=data)
