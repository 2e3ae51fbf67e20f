"""How rules read entries: dates of fields, papers and signatures, each with the words that name its place."""

from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.structs import Frozen

ORDER = ("compiled", "reviewed", "approved", "issued", "effective")
WORDS = {
    "compiled": "编制",
    "reviewed": "审核",
    "approved": "批准",
    "issued": "发布",
    "effective": "实施",
    "date": "落款",
    "distributed": "发放",
    "start": "{审核}首日",
    "end": "{审核}末日",
    "audit_end": "{审核}末日",
    "review_date": "{评审}日",
}
_TITLES = {
    EntryKind.PROGRAMME: "年度{内部审核}方案",
    EntryKind.AUDIT_PLAN: "{内部审核}实施计划",
    EntryKind.AUDIT_REPORT: "{内部审核}报告",
    EntryKind.REVIEW_PLAN: "{管理评审}计划",
    EntryKind.REVIEW_REPORT: "{管理评审}报告",
    EntryKind.EFFECTIVENESS: "{有效性检验}报告",
}


class Dated(Frozen):
    """A date, what it is the date of, and where it stands."""

    day: date
    what: str
    place: str

    def __str__(self) -> str:
        return f"{self.what}（{self.day}）"


def at(entry: Entry, what: str = "") -> str:
    """Where an entry stands, with the words that point into it."""
    place = str(entry.place) or entry.id
    if entry.kind is not EntryKind.PAPER and entry.id and entry.id not in place:
        place = f"{place} {entry.id}"
    return f"{place} {what}".strip()


def dated(entry: Entry | None, name: str) -> Dated | None:
    """The first date of a field in head, rows or foot, else of a datum of the entry itself."""
    return next(all_dated(entry, name), None) if entry else None


def all_dated(entry: Entry, name: str) -> Iterator[Dated]:
    """Every date of a field with its place."""
    for part, value in entry.values(name):
        day = as_date(value)
        if day:
            where = name if part in ("head", "foot") else f"{part}{name}"
            yield Dated(day, f"{entry.id} {where}", at(entry, f"{where} {day}"))
    own = as_date(entry.text(name)) if not isinstance(entry.get(name), (list, Mapping)) else None
    if own:
        yield Dated(own, f"{entry.id} {name}", at(entry, f"{name} {own}"))


def milestone(entry: Entry | None, name: str, facts: Facts) -> Dated | None:
    """A date of a paper or plan: `approved` may be a date or a mapping of name and date."""
    if entry is None:
        return None
    value = entry.get(name)
    day = as_date(value.get("date") if isinstance(value, Mapping) else value)
    id_ = entry.form or entry.text("document") or entry.id
    what = f"{title_of(entry, facts)} {facts.words.said(WORDS.get(name, name))}"
    return Dated(day, what, at(entry, f"{id_} {name} {day}")) if day else None


def title_of(entry: Entry, facts: Facts) -> str:
    """What a plan or report of audit and review is called; of another entry the id of its document."""
    usual = facts.words.said(_TITLES.get(entry.kind, ""))
    return usual or entry.form or entry.text("document") or entry.id


def signer(entry: Entry, name: str) -> str:
    """Who compiled, reviewed or approved a paper."""
    return str(entry.mapping(name).get("name") or "")


def manual(facts: Facts, name: str) -> Dated | None:
    """A date of the manual of the client's edition: from its paper, else from the document that was issued."""
    found = milestone(facts.paper(facts.manual_id), name, facts)
    document = facts.document(facts.manual_id)
    if found or document is None:
        return found
    if document.in_force and not document.holds_for(*facts.client.standards):
        return None  # the manual in force is of another edition, the client's own is still to come
    day = as_date(getattr(document, name, ""))
    return Dated(day, f"{facts.manual_id} {WORDS.get(name, name)}", f"{document.path} {name} {day}") if day else None


def paper_day(facts: Facts, document: str) -> Dated | None:
    """The day of a paper: its date, else when it was approved or issued, else when the document itself was."""
    paper = facts.paper(document)
    found = next((day for name in ("date", "approved", "issued") if (day := milestone(paper, name, facts))), None)
    return found or _issued_day(facts, document)


def _issued_day(facts: Facts, id_: str) -> Dated | None:
    document = facts.document(id_)
    if document is None or not document.in_force:
        return None
    day = as_date(document.approved or document.issued)
    return Dated(day, f"{id_} 批准", f"{document.path} 批准 {day}") if day else None


def own_day(entry: Entry) -> Dated | None:
    """The day on which a record was formed."""
    return Dated(entry.day, f"{entry.id} 日期", at(entry, f"日期 {entry.day}")) if entry.day else None


def approved_day(entry: Entry) -> Dated | None:
    """The day of the last signature with `批准`, else the last signature, else the record's own day."""
    signed = [s for s in entry.signatures if as_date(s.date)]
    best = [s for s in signed if s.role == "批准"] or signed[-1:]
    if not best:
        return own_day(entry)
    day = as_date(best[-1].date)
    return Dated(day, f"{entry.id} {best[-1].role}", at(entry, f"{best[-1].role} {day}")) if day else None


def span(text: object) -> tuple[date, date] | None:
    """A period written `2026-09-02至2026-09-04`."""
    first, _, last = str(text or "").partition("至")
    start, end = as_date(first.strip()), as_date((last or first).strip())
    return (start, end) if start and end else None


def after(system: Dated | date | None, what: Dated | None) -> bool:
    """Whether something happened on or after the day on which the system took effect."""
    day = system.day if isinstance(system, Dated) else system
    return bool(day and what and what.day >= day)


def employed(person: Entry, day: date) -> bool:
    """Whether a line of the roster covers a day."""
    hired, left = as_date(person.text("入职日")), as_date(person.text("离职日"))
    return (hired is None or hired <= day) and (left is None or day <= left)
