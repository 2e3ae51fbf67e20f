"""`gbtool pack handover`: a client's folder for a colleague or for the client, with a report on how things stand."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.custody import files_of
from gbtool.commands.gather import gather
from gbtool.commands.packs.report import paper_of
from gbtool.commands.packs.state import State, state
from gbtool.commands.packs.writing import Load, Packed, place, refuse_errors, write
from gbtool.commands.workspace import DOCUMENTS, LEDGER, Workspace
from gbtool.documents.papers import paper
from gbtool.store import copying
from gbtool.structs import Frozen

KIND = "handover"


class Wish(Frozen):
    """How to hand over: where to, only the Word papers or the whole folder, sealed with which passphrase."""

    target: Path | None = None
    papers: bool = False
    passphrase: str = ""
    cache: Path | None = None


def handover(work: Workspace, today: date, wish: Wish) -> tuple[Packed, State]:
    """Write the pack: `移交报告 <day>.docx` and beside it the client's folder under its own name.

    Raises:
        Refused: `gbtool check` finds errors.
        UsageError: something is at the target already, or it lies inside the client's folder.
        FileFaults, FolderNotWritable: as for `write`; nothing is left behind.
    """
    suffix = ".zip.age" if wish.passphrase else ".zip"
    default = work.folder.parent / f"{work.folder.name} 移交 {today}{suffix}"
    path = place(wish.target or default, work.folder, inside=False, sealed=bool(wish.passphrase))
    facts = gather(work, today)
    refuse_errors(work, facts)
    found = state(work, facts)
    report = paper(paper_of(found, facts), drafts.desk(work, facts, wish.cache))
    with _files(work, papers=wish.papers) as (files, links):
        named = {f"{work.folder.name}/{name}": each for name, each in files.items()}
        about = {
            "client": facts.client.name,
            "folder": work.folder.name,
            "made": today.isoformat(),
            "papers": wish.papers,
        }
        load = Load(KIND, named, {f"移交报告 {today}.docx": report}, about, links)
        return write(path, load, wish.passphrase), found


@contextmanager
def _files(work: Workspace, *, papers: bool) -> Iterator[tuple[Mapping[str, Path], tuple[str, ...]]]:
    """The files that go along, by their names in the client's folder; the ledger as SQLite's own backup makes it."""
    found, links = files_of(work.folder)
    if papers:
        yield {name: path for name, path in found.items() if name.startswith(f"{DOCUMENTS}/")}, links
        return
    with tempfile.TemporaryDirectory(prefix="gbtool-") as scratch:
        if not work.ledger.exists():
            yield found, links
            return
        ledger = Path(scratch) / LEDGER
        copying.copy(work.ledger, ledger)
        yield {**found, LEDGER: ledger}, links
