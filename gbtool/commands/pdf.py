"""`gbtool generate --pdf`: the documents as PDF in a folder of their own, the manual's contents with their pages."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from gbtool.commands.workspace import DOCUMENTS, OUTPUT, Workspace
from gbtool.commands.writing import writing
from gbtool.documents import guard, placing
from gbtool.model.document import Document, Made, Outcome
from gbtool.pdf.office import Office
from gbtool.pdf.outline import marks
from gbtool.store import database, documents, pristine
from gbtool.structs import Frozen, replace
from gbtool.word import counting

PDF = "PDF"
_LEVELS = 2  # of headings in the contents


class Printed(Frozen):
    """What was printed, by path in the client's folder.

    `made` are PDFs that are new; `same` is how many were newer than their documents already; `counted` are documents
    whose contents got the pages on which their headings stand; `stale` are PDFs behind which no document stands.
    """

    made: tuple[str, ...] = ()
    same: int = 0
    counted: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def pdf_of(path: str) -> str:
    """Where the PDF of a document lies: `文件/制度/名称.docx` as `输出/PDF/制度/名称.pdf`."""
    below = PurePosixPath(path)
    below = below.relative_to(DOCUMENTS) if below.is_relative_to(DOCUMENTS) else below
    return f"{OUTPUT}/{PDF}/{below.with_suffix('.pdf')}"


def due(folder: Path, made: Iterable[Made]) -> tuple[str, ...]:
    """The documents of which there is no PDF, or one that is older."""
    paths = (each.path for each in made if each.outcome is not Outcome.OPEN and (folder / each.path).is_file())
    return tuple(path for path in dict.fromkeys(paths) if not _newer(folder / pdf_of(path), folder / path))


def print_(work: Workspace, today: date, made: Iterable[Made], office: Office, step: Callable[[], None]) -> Printed:
    """Make every PDF that is due, in one process; where contents had other pages, those documents once more.

    Raises:
        OfficeFailed: LibreOffice does not start, hangs, or leaves one out; nothing was changed.
        DocumentInUse: another program holds one of the files.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    everything = tuple(each for each in made if each.outcome is not Outcome.OPEN)
    paths = due(work.folder, everything)
    words = {path: (work.folder / path).read_bytes() for path in paths}
    printed = office.pdfs(words, step)
    counted = dict(_counted(words, printed))
    printed |= office.pdfs(counted, step)
    ours = _ours(work, counted, words)
    _keep(work, today, {**{p: counted[p] for p in ours}, **{pdf_of(p): data for p, data in printed.items()}}, ours)
    same = sum(1 for each in everything if (work.folder / each.path).is_file()) - len(paths)
    return Printed(tuple(pdf_of(path) for path in paths), same, tuple(ours), tuple(_stale(work.folder)))


def _newer(one: Path, other: Path) -> bool:
    return one.is_file() and one.stat().st_mtime_ns >= other.stat().st_mtime_ns


def _counted(words: Mapping[str, bytes], printed: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    """The documents whose contents show other pages than those on which the headings came to stand."""
    for path, data in words.items():
        listed = counting.entries(data)
        found = [mark for mark in marks(printed[path]) if mark.depth < _LEVELS] if listed else []
        if found and [_plain(mark.title) for mark in found] == [_plain(text) for text in listed]:
            fresh = counting.counted(data, [mark.page for mark in found])
            if fresh != data:
                yield path, fresh


def _plain(title: str) -> str:
    return "".join(title.split())


def _ours(work: Workspace, counted: Iterable[str], words: Mapping[str, bytes]) -> dict[str, Document]:
    """The rows of those that nobody edited and that are not in force: only they are written again."""
    paths = frozenset(counted)
    if not paths:
        return {}
    with database.open_ledger(work.ledger) as ledger:
        rows = {row.path: row for row in documents.read(ledger) if row.path in paths and not row.in_force}
    return {path: row for path, row in rows.items() if row.sha256 == guard.sha256(words[path])}


def _keep(work: Workspace, today: date, files: Mapping[str, bytes], ours: Mapping[str, Document]) -> None:
    """Write the files, and the hashes of documents that got their pages, both or neither."""
    placed = {work.folder / path: data for path, data in files.items()}
    if not ours:
        with placing.placed(placed):
            return
    rows = [replace(row, sha256=guard.sha256(files[path])) for path, row in ours.items()]
    with (
        writing(work) as ledger,
        ledger.transaction(database.Action(today, "", f"目录页码 {len(rows)} 份")) as change,
        placing.placed(placed),
    ):
        before = pristine.read(ledger)
        documents.save(change, rows)
        pristine.save(
            change,
            [(replace(before[row.id], sha256=row.sha256), files[row.path]) for row in rows if row.id in before],
        )
        change.finish()


def _stale(folder: Path) -> Iterable[str]:
    """PDFs whose document was renamed or taken away since."""
    place = folder / OUTPUT / PDF
    for path in sorted(place.rglob("*.pdf")):
        below = path.relative_to(place)
        if not (folder / DOCUMENTS / below.with_suffix(".docx")).is_file():
            yield path.relative_to(folder).as_posix()
