"""The certificate as the ledger has it: its days, its state, what was done to keep it."""

from collections.abc import Callable, Mapping
from datetime import date

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.gates.known import Value
from gbtool.rules.reading import Dated, at, milestone

VALID, SUSPENDED, WITHDRAWN, EXPIRED, MISSING = "有效", "暂停", "撤销", "过期", "没有证书"


def of(facts: Facts) -> Entry | None:
    """The application with the latest certificate, else the latest application."""
    found = facts.of(EntryKind.APPLICATION)
    held = [each for each in found if each.text("decision") or each.text("cert_start")]
    latest = max(held, key=lambda each: each.text("cert_start") or each.text("decision"), default=None)
    return latest or (found[-1] if found else None)


def day(facts: Facts, *names: str) -> Dated | None:
    """The first of these days that the certificate has, by the day on which it is asked."""
    entry = of(facts)
    found = (milestone(entry, name, facts) for name in names)
    return next((each for each in found if each and (each.day <= facts.today or names[0] == "cert_end")), None)


def held(facts: Facts) -> bool:
    """Whether there is a certificate, valid or not."""
    return day(facts, "cert_start", "decision") is not None


def surveillance(entry: Entry | None, today: date) -> tuple[Dated, ...]:
    """The days of surveillance up to a day, in order."""
    value = entry.get("surveillance") if entry else None
    listed = value if isinstance(value, (list, tuple)) else str(value or "").split("、")
    days = sorted(found for each in listed if (found := as_date(each)) and found <= today)
    place = entry or Entry(EntryKind.APPLICATION, "")
    return tuple(Dated(d, f"第{n}次监督", at(place, f"surveillance {d}")) for n, d in enumerate(days, 1))


def status(facts: Facts) -> str:
    """Valid, suspended, withdrawn or expired on the day; empty where there is no certificate."""
    entry = of(facts)
    if entry is None or not held(facts):
        return ""
    if day(facts, "withdrawn"):
        return WITHDRAWN
    stopped, again = day(facts, "suspended"), day(facts, "resumed")
    if stopped and (again is None or again.day < stopped.day):
        return SUSPENDED
    end = day(facts, "cert_end")
    return EXPIRED if end and end.day < facts.today else VALID


def _day(*names: str) -> Callable[[Facts], Value | None]:
    def finder(facts: Facts) -> Value | None:
        found = day(facts, *names)
        return Value(found.day, found.place) if found else None

    return finder


def _held(facts: Facts) -> Value:
    return Value(datum=held(facts))


def _submitted(facts: Facts) -> Value:
    return Value(datum=day(facts, "submitted") is not None)


def _status(facts: Facts) -> Value:
    found, entry = status(facts), of(facts)
    return Value(found or MISSING, at(entry) if entry else "")


def _valid(facts: Facts) -> Value:
    found = _status(facts)
    return Value(found.datum == VALID, found.place)


def _edition(facts: Facts) -> Value | None:
    entry = of(facts)
    text = entry.text("edition") if entry else ""
    return Value(text, at(entry)) if entry and text else None


def _visits(facts: Facts) -> Value | None:
    """The decision and the surveillance after it, from which each next one is counted."""
    entry, decision = of(facts), day(facts, "decision", "cert_start")
    days = surveillance(entry, facts.today)
    if decision is None:
        return None
    return Value((decision.day, *(each.day for each in days)), decision.place)


def _first(facts: Facts) -> Value | None:
    days = surveillance(of(facts), facts.today)
    return Value(days[0].day, days[0].place) if days else None


def _stopped(facts: Facts) -> Value:
    return Value(datum=day(facts, "suspended", "withdrawn") is not None)


FACTS: Mapping[str, Callable[[Facts], Value | None]] = {
    "stage1.ended": _day("stage1"),
    "stage1.closed": _day("stage1_closed"),
    "stage2.started": _day("stage2"),
    "application.made": _submitted,
    "certificate.decision": _day("decision"),
    "certificate.issued": _day("cert_issued"),
    "certificate.start": _day("cert_start"),
    "certificate.end": _day("cert_end"),
    "certificate.held": _held,
    "certificate.status": _status,
    "certificate.valid": _valid,
    "certificate.edition": _edition,
    "certificate.suspended": _day("suspended"),
    "certificate.resumed": _day("resumed"),
    "certificate.stopped": _stopped,
    "certificate.stopped_on": _day("suspended", "withdrawn"),
    "surveillance.days": _visits,
    "surveillance.first": _first,
    "recertification.ended": _day("recert_end"),
}
