"""`gbtool ledger import`: a folder or file of records, papers, people and rights into the ledger, all or nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.diagnosis import taking
from gbtool.commands.diagnosis.standing import diagnosis_of
from gbtool.commands.figures.standing import heads
from gbtool.commands.gather import for_everybody
from gbtool.commands.ledger.import_files import read_source
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import Complaint, FileFaults
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.yearly import Line
from gbtool.rules.diagnosis import rounds
from gbtool.rules.yearly.checking import value_fault
from gbtool.shelf import yearly
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen


class Imported(Frozen):
    """What came in: how many entries of each kind are new, replaced, the same; which files were left aside."""

    added: Mapping[EntryKind, int]
    replaced: Mapping[EntryKind, int]
    same: Mapping[EntryKind, int]
    skipped: tuple[str, ...] = ()


def import_folder(work: Workspace, source: Path, today: date, by: str = "") -> Imported:
    """Take a folder in the format of examples/README.md, or one file of it, into the ledger.

    Raises:
        FileFaults: anything in it is wrong; every complaint of every file, and nothing is taken.
    """
    found, skipped = read_source(source, for_everybody(work), today)
    _refuse_misfits(work, found, today)
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"导入 {source.name}")) as change,
    ):
        kept = entries.put(change, found)
    return Imported(_counted(kept.added), _counted(kept.replaced), _counted(kept.same), skipped)


def _refuse_misfits(work: Workspace, found: Iterable[Entry], today: date) -> None:
    """Answers and figures fit the questions and indicators of one of the client's standards, else of its own."""
    left = [entry for entry in found if entry.kind in taking.KINDS]
    if not left:
        return
    own = diagnosis_of(work, today)
    faults: list[Complaint] = []
    for head in heads(own.facts.client, own.facts.standard.head, "", work.shelves):
        given = own if head.key == own.facts.standard.key else diagnosis_of(work, today, head.key)
        book = yearly.statistics(work.shelves, head.folder)
        lines = book.by_line if book else {}
        counted = [entry for entry in left if entry.text("indicator") in lines]
        faults += [fault for entry in counted for fault in _counts(entry, lines[entry.text("indicator")])]
        left = [entry for entry in left if entry not in counted]
        if given is not own:
            mine = [entry for entry in left if rounds.question(entry) in given.scheme.by_id]
            faults += taking.faults_of(mine, given, concerning=False)
            left = [entry for entry in left if entry not in mine]
    faults += taking.faults_of(left, own, concerning=False)
    if faults:
        raise FileFaults(faults)


def _counts(entry: Entry, line: Line) -> Iterator[Complaint]:
    """What is wrong with a figure of a year."""
    wrong = value_fault(line, entry.text("value")) if entry.text("value") else ""
    if wrong:
        yield Complaint(str(entry.place), f"{line.id} {line.name}：{wrong}")


def _counted(group: Iterable[Entry]) -> Mapping[EntryKind, int]:
    return dict(Counter(entry.kind for entry in group))
