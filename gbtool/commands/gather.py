"""Shelf, store and day to Facts: what every command that decides looks at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path

from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults
from gbtool.exchange.tables import read_rows
from gbtool.model.client import Client
from gbtool.model.document import Document, Doubt, Specification, starts
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.model.forms.fitting import Fitted, admitting, fitted
from gbtool.model.standards.chosen import FURTHER, led_by
from gbtool.model.standards.seen import Of
from gbtool.shelf import (
    bodies,
    calendars,
    checklists,
    deadlines,
    own_rules,
    periods,
    questions,
    rule_texts,
    seen,
    signing,
    standards,
)
from gbtool.shelf.clients import read_client
from gbtool.store import documents, entries
from gbtool.store.database import Ledger, open_ledger
from gbtool.store.looking import Looked
from gbtool.structs import replace

_OF_FORM = "WHERE kind = ? AND form = ?"


def client(work: Workspace) -> Client:
    """The client of a workspace with the rows of its file answers.

    Raises:
        FileFaults: client.yaml or a table that it names is wrong.
    """
    found = read(work)
    return replace(found, answers=led_by(work.standard, found.answers)) if work.standard else found


def read(work: Workspace) -> Client:
    """The client as client.yaml has it, under whatever standard one looks."""
    return read_client(work.folder, questions.questions(work.shelves), read_rows)


def key_of(found: Client, work: Workspace) -> str:
    """The key of the standard that a client's system follows, or would usually follow."""
    return found.edition or standards.usual(work.shelves, found.text("entity_type"))


def keys_of(found: Client, work: Workspace) -> tuple[str, ...]:
    """The keys of every standard that a client's system follows, first the one under which one looks.

    Raises:
        FileFaults: two of them are editions of one standard.
    """
    keys = found.standards or (key_of(found, work),)
    families = [standards.head(key, work.shelves).family for key in keys]
    double = next((each for each in families if families.count(each) > 1), "")
    if double:
        where = str(found.place(FURTHER)) or "client.yaml"
        raise FileFaults([Complaint(where, f"{double} 写了两版，一个客户一个标准只按一版", "换版用 gbtool changeover")])
    return keys


def catalogued(work: Workspace) -> dict[str, Specification]:
    """The catalogue by id as this client sees it.

    Raises:
        FileFaults: client.yaml or a file of the catalogue is wrong.
    """
    found = client(work)
    return {each.id: each for each in _seen_by(found, keys_of(found, work), work)}


def for_everybody(work: Workspace) -> dict[str, Specification]:
    """The same with all that forms have, as what was recorded before a business ended needs it."""
    return {each.id: each for each in seen.seen_by(keys_of(client(work), work), work.shelves)}


def _seen_by(found: Client, keys: Sequence[str], work: Workspace) -> tuple[Specification, ...]:
    return tuple(fitted(each, found.answers) for each in seen.seen_by(keys, work.shelves))


def with_recorded(work: Workspace, forms: Mapping[str, Specification]) -> dict[str, Specification]:
    """The forms with what records in the ledger use of them already, though the client has no such business now."""
    narrow = tuple(id_ for id_, each in forms.items() if isinstance(each.fields, Fitted))
    with open_ledger(work.ledger) as ledger:
        kept = {id_: entries.found(ledger, _OF_FORM, (EntryKind.RECORD.value, id_)) for id_ in narrow}
    return {**forms, **{id_: admitting(forms[id_], found) for id_, found in kept.items() if found}}


def gather(work: Workspace, today: date) -> Facts:
    """All facts about the client as they stood on a day: nothing dated later is seen.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
    """
    with open_ledger(work.ledger) as ledger:
        kept = entries.read(ledger)
        facts = _facts(work, today, ledger)
    day = today.isoformat()
    shown = tuple(e for e in kept if (not e.date or e.date <= day) and (not facts.further or facts.view.shows(e)))
    return _doubted(work, replace(facts, entries=shown))


@contextmanager
def looking(work: Workspace, today: date) -> Iterator[Facts]:
    """The same for a command that only looks: entries are read when asked for, while the ledger stays open.

    Raises:
        FileFaults: a file of the client or of a shelf is wrong.
    """
    with open_ledger(work.ledger) as ledger:
        facts = _facts(work, today, ledger)
        found = Looked(ledger, today.isoformat())
        shown = Of(found, facts.view) if facts.further else found
        yield _doubted(work, replace(facts, entries=shown))


def _doubted(work: Workspace, facts: Facts) -> Facts:
    """The facts, which know what documents may no longer hold once somebody asks."""

    def find() -> Mapping[str, tuple[Doubt, ...]]:
        if not any(document.in_force for document in facts.documents):
            return {}
        from gbtool.commands.control.doubts import doubts  # noqa: PLC0415 # texts are not needed to look at rows

        return doubts(work, facts)

    return replace(facts, doubts=Found(find))


class Found(Mapping[str, tuple[Doubt, ...]]):
    """The doubts about documents by id, found when somebody asks."""

    def __init__(self, find: Callable[[], Mapping[str, tuple[Doubt, ...]]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, tuple[Doubt, ...]]:
        return self._find()

    def __getitem__(self, id_: str) -> tuple[Doubt, ...]:
        """The doubts about a document."""
        return self._found[id_]

    def __iter__(self) -> Iterator[str]:
        """The documents about which there are doubts."""
        return iter(self._found)

    def __len__(self) -> int:
        """How many they are."""
        return len(self._found)


def _facts(work: Workspace, today: date, ledger: Ledger) -> Facts:
    """All but the entries."""
    found = client(work)
    main = key_of(read(work), work) if work.standard else key_of(found, work)
    keys = keys_of(found, work)
    standard, *further = (standards.standard(each, work.shelves) for each in keys)
    key, known = standard.key, seen.seen_by(keys, work.shelves)
    return Facts(
        client=found,
        standard=standard,
        today=today,
        specifications=tuple(fitted(each, found.answers) for each in known),
        documents=as_of(documents.read(ledger), documents.states(ledger), today, work.folder),
        matrix=checklists.matrix(key, work.shelves),
        calendar=calendars.work_calendar(),
        rule_texts=rule_texts.rule_texts(work.shelves, standard.head.words),
        deadlines=deadlines.book(work.shelves),
        periods=periods.periods(work.shelves),
        powers=signing.powers(work.shelves),
        bodies=bodies.bodies(work.shelves),
        own_rules=own_rules.own_rules(key, {each.id: each for each in known}, work.shelves),
        further=tuple(further),
        main=main,
    )


def as_of(
    written: Iterable[Document], states: Mapping[str, Sequence[Document]], today: date, folder: Path
) -> tuple[Document, ...]:
    """The documents on a day: the version issued by then; one withdrawn later is still in force."""
    return tuple(_as_of(each, states.get(each.id, ()), today.isoformat(), folder) for each in written)


def _as_of(document: Document, states: Sequence[Document], day: str, folder: Path) -> Document:
    earlier = [each for each in states if each.issued and each.issued <= day]
    if document.issued > day and earlier:
        last = next(each for each in earlier if each.issued == earlier[-1].issued)  # a later text was not issued yet
        document = replace(last, path=document.path, sha256=document.sha256, content=document.content)
    later = {name: "" for name in ("issued", "effective", "withdrawn") if getattr(document, name) > day}
    if "issued" not in later:
        later.pop("effective", None)
    present = (folder / document.path).is_file()
    began = starts(earlier, day)
    since, held = (began[-1].effective, earlier[-1].edition) if began else ("", "")
    return replace(document, present=present, since=since, held=held, **later)  # text fields
