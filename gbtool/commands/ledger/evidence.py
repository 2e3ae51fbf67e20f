"""`gbtool ledger evidence`: a file is copied into 证据/ under a name made from its hash, the same content once."""

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from gbtool.commands.gather import looking
from gbtool.commands.workspace import EVIDENCE, Workspace
from gbtool.commands.writing import writing
from gbtool.documents.placing import reason
from gbtool.errors import Complaint, FileFaults, FolderNotWritable, UsageError
from gbtool.model.entry import Entry, EntryKind
from gbtool.shelf.reader import did_you_mean
from gbtool.store import entries
from gbtool.store.database import Action
from gbtool.structs import Frozen, replace

_NAME = 16
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


class Taken(Frozen):
    """An evidence entry, and whether its content was there before."""

    entry: Entry
    known: bool


def take(work: Workspace, source: Path, links: tuple[str, str], today: date, by: str) -> Taken:
    """Take a file as evidence.

    Args:
        work: the client.
        source: the file.
        links: the id of a record and the key of a clause that it proves, each may be empty.
        today: the day on which it is taken in.
        by: who takes it in.

    Raises:
        FileFaults: the file cannot be read.
        UsageError: there is no such record or clause.
        FolderNotWritable: the folder or disk refused; nothing was changed.
    """
    sha256, size = measured(source)
    record, clause = links
    _known_clause(work, clause, today)
    with (
        writing(work) as ledger,
        ledger.transaction(Action(today, by, f"收入证据 {source.name}")) as change,
    ):
        kept = entries.read(ledger)
        _known_record(kept, record)
        old = next((e for e in kept if e.kind is EntryKind.EVIDENCE and e.text("sha256") == sha256), None)
        entry = linked(old or entry_of(source, sha256, size, today), record, clause)
        with placed(source, work.folder / entry.text("file"), sha256):
            entries.put(change, [entry])
            change.finish()
    return Taken(entry, old is not None)


def altered(work: Workspace, kept: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The evidence files that are missing or no longer what was taken in, each with what is wrong."""
    for entry in kept:
        if entry.kind is EntryKind.EVIDENCE:
            name = entry.text("file")
            path = work.folder / name
            if not path.is_file():
                yield name, f"文件不见了（{entry.text('name')}）"
            elif measured(path)[0] != entry.text("sha256"):
                yield name, f"内容与收入时不同（{entry.text('name')}）"


def measured(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size of a file.

    Raises:
        FileFaults: it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise FileFaults([Complaint(str(path), f"读不出文件（{error.strerror or error}）")]) from error
    return digest.hexdigest(), size


def _known_clause(work: Workspace, clause: str, today: date) -> None:
    if not clause:
        return
    with looking(work, today) as facts:
        keys = [each.key for each in facts.standard]
    if clause not in keys:
        raise UsageError(f"没有条款“{clause}”{did_you_mean(clause, keys)}", "条款键见 gbtool clauses")


def _known_record(kept: Iterable[Entry], record: str) -> None:
    ids = [entry.id for entry in kept if entry.kind is not EntryKind.EVIDENCE]
    if record and record not in ids:
        raise UsageError(f"台账里没有“{record}”{did_you_mean(record, ids)}", "已有的记录见 gbtool ledger list")


def entry_of(source: Path, sha256: str, size: int, today: date) -> Entry:
    """The entry of a file that is new; it proves nothing yet."""
    suffix = source.suffix if _SUFFIX.fullmatch(source.suffix) else ""
    name = f"{EVIDENCE}/{sha256[:_NAME]}{suffix.lower()}"
    data = {"file": name, "name": source.name, "size": str(size), "sha256": sha256, "records": [], "clauses": []}
    return Entry(EntryKind.EVIDENCE, f"evidence-{sha256[:_NAME]}", today.isoformat(), today.isoformat(), data=data)


def linked(entry: Entry, record: str = "", clause: str = "", *, note: str = "") -> Entry:
    """The entry with one more record or clause that it proves, or with what is said of it."""
    data = {**entry.data, **({"note": note} if note else {})}
    for key, value in (("records", record), ("clauses", clause)):
        have = data.get(key)
        links = list(have) if isinstance(have, list) else []
        data[key] = [*links, value] if value and value not in links else links
    return replace(entry, data=data)


@contextmanager
def placed(source: Path, target: Path, sha256: str) -> Iterator[None]:
    """The file in its place while the ledger is written; it goes again when that fails."""
    if target.is_file() and measured(target)[0] == sha256:
        yield
        return
    fresh = not target.parent.exists()
    part = target.with_name(f"{target.name}.part")
    try:
        _place(source, part, target)
        yield
    except BaseException:
        _take_back((part, target), target.parent if fresh else None)
        raise


def _place(source: Path, part: Path, target: Path) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, part)
        part.replace(target)
    except OSError as error:
        raise FolderNotWritable(str(target), reason(error)) from error


def _take_back(files: Iterable[Path], folder: Path | None) -> None:
    with suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)
        if folder:
            folder.rmdir()
