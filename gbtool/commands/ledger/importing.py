"""`gbtool ledger import`: a folder or file of records, papers, people and rights into the ledger, all or nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gbtool.commands.diagnosis import taking
from gbtool.commands.diagnosis.standing import diagnosis_of
from gbtool.commands.gather import for_everybody
from gbtool.commands.ledger.import_files import read_source
from gbtool.commands.workspace import Workspace
from gbtool.commands.writing import writing
from gbtool.errors import FileFaults
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import Action


@dataclass(frozen=True, slots=True)
class Imported:
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
    """Answers and figures of a diagnosis fit its questions and indicators."""
    surveyed = [entry for entry in found if entry.kind in taking.KINDS]
    faults = list(taking.faults_of(surveyed, diagnosis_of(work, today), concerning=False)) if surveyed else []
    if faults:
        raise FileFaults(faults)


def _counted(group: Iterable[Entry]) -> Mapping[EntryKind, int]:
    return dict(Counter(entry.kind for entry in group))
