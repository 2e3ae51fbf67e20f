"""Which files of a folder are of the ledger, and all their entries at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.ledger.import_tables import read_sheet
from gbtool.commands.ledger.sheets import SHEETS, sheet_of
from gbtool.errors import Complaint, FileFaults
from gbtool.model.document import Specification
from gbtool.model.entry import Entry, EntryKind
from gbtool.shelf.ledger_files import read_entries

FOLDERS = ("records", "audit", "review", "visits")
PAPERS, SURVEY = "documents.yaml", "diagnosis.yaml"
YAML = (".yaml", ".yml")
TABLES = (".csv", ".xlsx", ".xls")
NOT_ENTRIES = ("client.yaml", "gbtool.yaml", "README.md", "ledger.db")

Reader = Callable[[], list[Entry]]


def read_source(source: Path, known: Mapping[str, Specification], today: date) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries of a folder or file, and the names of the files in the folder that were left aside.

    Raises:
        FileFaults: anything is wrong; every complaint of every file.
    """
    files, skipped = _chosen(source)
    return _unique(_all([_reader(path, name, known, today) for name, path in files])), skipped


def _reader(path: Path, name: str, known: Mapping[str, Specification], today: date) -> Reader:
    sheet = sheet_of(path.stem)
    if path.suffix.lower() in YAML:
        return lambda: read_entries(path, name, known, today)
    if sheet:
        return lambda: read_sheet(path, name, sheet)
    names = "、".join(SHEETS)
    raise FileFaults([Complaint(name, "认不出是哪张表", f"文件名用 {names} 之一")])


def _chosen(source: Path) -> tuple[list[tuple[str, Path]], tuple[str, ...]]:
    """The files to read by their name in complaints, and the names of those left aside."""
    if not source.is_dir():
        folder = source.parent.name
        return [(f"{folder}/{source.name}" if folder in FOLDERS else source.name, source)], ()
    files: list[tuple[str, Path]] = []
    skipped: list[str] = []
    for path in _below(source):
        name = path.relative_to(source).as_posix()
        if _wanted(path, source):
            files.append((name, path))
        elif path.name not in NOT_ENTRIES:
            skipped.append(name)
    if not files:
        raise FileFaults([Complaint(str(source), "文件夹里没有可以导入的文件", "格式见 docs/ledger.md")])
    return files, tuple(skipped)


def _below(source: Path) -> Iterator[Path]:
    folders = [source, *(source / name for name in FOLDERS)]
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _wanted(path: Path, source: Path) -> bool:
    suffix = path.suffix.lower()
    if path.parent == source:
        return path.name in (PAPERS, SURVEY) or (suffix in TABLES and sheet_of(path.stem) is not None)
    return suffix in YAML


def _all(readers: Iterable[Reader]) -> list[Entry]:
    found: list[Entry] = []
    faults: list[Complaint] = []
    for read in readers:
        try:
            found += read()
        except FileFaults as error:
            faults += error.complaints
    if faults:
        raise FileFaults(faults)
    return found


def _unique(found: list[Entry]) -> list[Entry]:
    first: dict[tuple[EntryKind, str], Entry] = {}
    faults = []
    for entry in found:
        other = first.setdefault((entry.kind, entry.id), entry)
        if other is not entry:
            faults.append(
                Complaint(str(entry.place), f"{entry.id} 写了两次，另一处在 {other.place}", "留一处，或改编号")
            )
    if faults:
        raise FileFaults(faults)
    return found
