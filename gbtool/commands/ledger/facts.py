"""`gbtool ledger fact`: what somebody found out for a published rule, on which ground; the ledger keeps each change."""

from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.commands.gather import looking
from gbtool.commands.programmes.listing import catalogue
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, WrongValues
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.outside.published import FactTerm, FactType
from gbtool.rules.gates.known import expected, read
from gbtool.shelf.certification import ASK
from gbtool.shelf.reader import did_you_mean
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace


class Noted(Frozen):
    """A fact as it stands in the ledger: its name, what it is called, its value, the ground, by whom, since when."""

    name: str
    title: str
    value: str
    basis: str
    by: str
    date: str


def noted(work: Workspace, today: date) -> tuple[Noted, ...]:
    """What was found out up to a day."""
    with looking(work, today) as facts:
        return tuple(_noted(entry) for entry in facts.of(EntryKind.FACT))


def _noted(entry: Entry) -> Noted:
    return Noted(entry.id, entry.text("title"), entry.text("value"), entry.text("basis"), entry.text("by"), entry.date)


def askable(work: Workspace) -> dict[str, FactTerm]:
    """Every fact that somebody may enter, by name: those of the list, and the rules that only a person can judge."""
    found = catalogue(work.shelves)
    rules = (*found.book.rules.values(), *(rule for each in found.programmes.values() for rule in each.rules))
    asked = {
        rule.id: FactTerm(rule.id, check.question or rule.name, FactType.YES)
        for rule in rules
        for check in rule.checks
        if check.kind == ASK and check.fact == rule.id
    }
    scoped = {
        f"{id_}/{term.name}": replace(term, name=f"{id_}/{term.name}")
        for id_ in found.programmes
        for term in found.book.terms.values()
        if term.per_programme
    }
    return {**found.book.terms, **scoped, **asked}


def enter(work: Workspace, values: Mapping[str, str], ground: tuple[str, str], today: date) -> tuple[Noted, ...]:
    """Put facts into the ledger: by name or title, on a ground (`basis`, `by`); an older value stays in the history.

    Raises:
        WrongValues: a fact is not known, is found elsewhere, or its value does not fit; no ground is given.
    """
    basis, by = ground
    known = askable(work)
    named = {name: _named(name, known) for name in values}
    faults = [] if basis.strip() else [Complaint("--basis", "不能空着", "写出看了什么、问了谁")]
    faults += [fault for name, value in values.items() for fault in _faults(name, value, named[name], known)]
    if faults:
        raise WrongValues(faults)
    made = [_entry(named[name], value, ground, today) for name, value in values.items()]
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"查明：{'、'.join(entry.text('title') for entry in made)}")) as change,
    ):
        entries.put(change, made)
    return tuple(_noted(entry) for entry in made)


def _named(name: str, known: Mapping[str, FactTerm]) -> tuple[str, FactTerm] | None:
    """The id under which a fact is kept and what it is; the programme stands before a stroke."""
    scope, _, own = name.rpartition("/")
    term = known.get(name) or next((t for t in known.values() if t.title == own and _scope(t) == scope), None)
    return (term.name, term) if term else None


def _scope(term: FactTerm) -> str:
    return term.name.rpartition("/")[0]


def _faults(
    name: str, value: str, found: tuple[str, FactTerm] | None, known: Mapping[str, FactTerm]
) -> Iterator[Complaint]:
    if found is None:
        near = did_you_mean(name.rpartition("/")[2], [*known, *(term.title for term in known.values())])
        yield Complaint(name, f"没有这一项{near}", "查出来的见 gbtool readiness --gate full 给的名称")
        return
    term = found[1]
    if term.answer and not term.ask:
        yield Complaint(name, f"{term.title}在企业情况里", f"gbtool profile set {term.answer}=…")
    elif term.ledger and not term.ask:
        yield Complaint(name, f"{term.title}由台账得出，不单独登记", term.way or "登记到台账以后再查")
    elif read(term, value) is None:
        yield Complaint(name, f"{term.title}应当写{expected(term)}，写的是“{value}”")


def _entry(named: tuple[str, FactTerm] | None, value: str, ground: tuple[str, str], today: date) -> Entry:
    id_, term = named or ("", FactTerm("", "", FactType.TEXT))
    data = {"title": term.title, "value": value.strip(), "basis": ground[0].strip(), "by": ground[1].strip()}
    day = today.isoformat()
    return Entry(EntryKind.FACT, id_, day, day, data={key: text for key, text in data.items() if text})
