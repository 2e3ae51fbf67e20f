"""All that templates and rules may look at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from gbtool.model.answers import ROSTER
from gbtool.model.calendar import WorkCalendar
from gbtool.model.checklist import Share
from gbtool.model.client import Client
from gbtool.model.condition import holds
from gbtool.model.deadline import Book
from gbtool.model.document import Document, Doubt, Specification
from gbtool.model.entries import Entries, Held
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.gate import RuleText
from gbtool.model.outside.body import Body
from gbtool.model.period import Period
from gbtool.model.signing import Power
from gbtool.model.standard import Clause, Standard
from gbtool.model.standards.own import OwnRule
from gbtool.model.standards.seen import View
from gbtool.model.standards.words import Words
from gbtool.structs import Frozen, field

_FALLBACKS = {"project": "rd", "expo": "sales"}  # who does the work of a function that nobody carries


class Facts(Frozen, dict=True):  # without slots: what is looked up often is found once and kept
    """One client on one day: answers, standard, catalogue, documents, ledger, calendar, periods; today is given.

    Where the client follows several standards, `standard` is the one under which one looks, `further` are the others,
    `main` is the key of the main one.
    """

    client: Client
    standard: Standard
    today: date
    specifications: tuple[Specification, ...] = ()
    documents: tuple[Document, ...] = ()
    entries: Sequence[Entry] = ()
    matrix: tuple[Share, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    rule_texts: Mapping[str, RuleText] = field(default_factory=dict)
    deadlines: Book = field(default_factory=Book)
    periods: Mapping[str, Period] = field(default_factory=dict)
    powers: tuple[Power, ...] = ()
    doubts: Mapping[str, tuple[Doubt, ...]] = field(default_factory=dict)
    bodies: tuple[Body, ...] = ()
    own_rules: tuple[OwnRule, ...] = ()
    further: tuple[Standard, ...] = ()
    main: str = ""

    @cached_property
    def _ledger(self) -> Entries:
        return self.entries if isinstance(self.entries, Entries) else Held(self.entries)

    @property
    def standards(self) -> tuple[Standard, ...]:
        """Every standard that the client follows, first the one under which one looks."""
        return (self.standard, *self.further)

    @property
    def view(self) -> View:
        """Under which standard one looks, and which is the main one."""
        return View(self.standard.key, self.main or self.standard.key)

    def edition_of(self, specification: Specification) -> str:
        """Under which of the client's standards a document is made."""
        return specification.edition_for(self.client.answers)

    @cached_property
    def words(self) -> Words:
        """How the client's standard says audit, review, top manager and the like."""
        return self.standard.head.words

    def say(self, word: str) -> str:
        """The word of the client's standard for a usual one."""
        return self.words[word]

    @property
    def days(self) -> Mapping[str, tuple[str, ...]]:
        """The ISO days of the records of each form, in order."""
        return self._ledger.days

    @cached_property
    def carriers(self) -> Mapping[str, Mapping[str, object]]:
        """The department of each function as the client's table has it; a project team falls back to research."""
        found: dict[str, Mapping[str, object]] = {}
        for row in self.client.rows("departments"):
            for function in str(row.get("职能") or "").replace("，", ",").split(","):
                if function.strip():
                    found.setdefault(function.strip(), row)
        for missing, other in _FALLBACKS.items():
            if other in found:
                found.setdefault(missing, found[other])
        return found

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """The entries of a kind."""
        return self._ledger.of(kind)

    def records(self, *forms: str) -> tuple[Entry, ...]:
        """The filled forms of these ids, of all when none is given, in order of date."""
        if not forms:
            return self._ledger.records
        if len(forms) == 1:
            return self._ledger.form(forms[0])
        found = (entry for form in dict.fromkeys(forms) for entry in self._ledger.form(form))
        return tuple(sorted(found, key=lambda entry: (entry.date, entry.id)))

    def each(self, form: str) -> Iterator[Entry]:
        """The filled forms of an id one after the other, in any order; none is kept."""
        return self._ledger.each(form)

    @cached_property
    def roster(self) -> tuple[Entry, ...]:
        """The people: those of the ledger, then those whom only the roster of client.yaml has."""
        kept = self.of(EntryKind.PERSON)
        names, place = {person.text("姓名") for person in kept}, self.client.place(ROSTER)
        rows = (row for row in self.client.rows(ROSTER) if row.get("姓名") and row["姓名"] not in names)
        ids = ((f"person-{row.get('工号') or row['姓名']}", row) for row in rows)
        return (*kept, *(Entry(EntryKind.PERSON, id_, data=row, place=place) for id_, row in ids))

    @cached_property
    def people(self) -> Mapping[str, tuple[Entry, ...]]:
        """The roster by name; a name may stand for several people or several terms of one."""
        found: dict[str, list[Entry]] = {}
        for person in self.roster:
            found.setdefault(person.text("姓名"), []).append(person)
        return {name: tuple(terms) for name, terms in found.items()}

    def one(self, kind: EntryKind) -> Entry | None:
        """The last entry of a kind."""
        found = self.of(kind)
        return found[-1] if found else None

    def paper(self, document: str) -> Entry | None:
        """The first paper of a document: its dates and signers."""
        return next((e for e in self.of(EntryKind.PAPER) if e.form == document), None)

    def document(self, id_: str) -> Document | None:
        """A document by id."""
        return next((document for document in self.documents if document.id == id_), None)

    @property
    def manual_id(self) -> str:
        """The document from whose effective day the period is counted."""
        return self.standard.head.manual

    @cached_property
    def effective(self) -> date | None:
        """The day on which the operating period starts: the manual's effective day, once it was issued.

        A new version of the same edition goes on with the period; a withdrawal or another edition starts it anew, and
        the time under a manual of another edition than the client's does not count.
        """
        manual = self.document(self.manual_id)
        if manual and manual.issued:
            return as_date(manual.since or manual.effective) if manual.holds_for(*self.client.standards) else None
        paper = self.paper(self.manual_id)
        return as_date(paper.text("effective")) if paper and paper.text("issued") else None

    @cached_property
    def applicable(self) -> tuple[Specification, ...]:
        """What the catalogue gives this client, without what it has under another of its standards."""
        return tuple(s for s in self._given if s.id not in self.instead)

    @cached_property
    def _given(self) -> tuple[Specification, ...]:
        return tuple(s for s in self.specifications if s.applies(self.client.answers))

    @cached_property
    def instead(self) -> Mapping[str, str]:
        """The document that is kept instead of a form, by the form's id; a form that was used already stays."""
        given = {s.id for s in self._given}
        found = {s.id: next((id_ for id_ in s.served_by if id_ in given), "") for s in self._given if s.served_by}
        return {id_: by for id_, by in found.items() if by and not self.document(id_) and not self.records(id_)}

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """The rows of the matrix that apply to this client."""
        return tuple(share for share in self.matrix if holds(share.when, self.client.answers))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that this client must meet and an audit must cover."""
        carried = {share.clause for share in self.shares}
        return tuple(clause for clause in self.standard if clause.auditable and clause.key in carried)
