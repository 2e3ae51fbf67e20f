"""`gbtool clean`: copies of files whose properties tell nothing but the client's name."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from gbtool.commands.checks import files
from gbtool.commands.gather import gather
from gbtool.commands.keeping import Papers, keep
from gbtool.commands.workspace import Workspace
from gbtool.errors import Complaint, FileFaults, UsageError
from gbtool.structs import Frozen
from gbtool.word.cleaning import Removed, cleaned
from gbtool.word.pieces.archive import Unreadable
from gbtool.word.pieces.reading import READ


class Cleaned(Frozen):
    """A file, its clean copy in the client's folder, what became of it, and what was taken out."""

    path: str
    copy: str
    outcome: str
    removed: tuple[Removed, ...]


def clean(work: Workspace, words: Iterable[str], here: Path, today: date) -> tuple[Cleaned, ...]:
    """Clean copies of files, folders and documents, under 输出/清理; the files themselves are not touched.

    Raises:
        UsageError: a word names no file, or none of them is Word or Excel.
        FileFaults: a file cannot be read; no copy is written.
        FolderNotWritable: folder or disk refuses.
    """
    facts = gather(work, today)
    found = [p for p in files.targets(work, facts, words, here) if p.suffix.lower() in READ]
    if not found:
        raise UsageError("没有 Word 或 Excel 文件可以清理", "写 .docx 或 .xlsx 的路径，或文件代号")
    papers = Papers(work, again=True)
    removed: list[tuple[str, tuple[Removed, ...]]] = []
    faults: list[Complaint] = []
    for path in found:
        name = files.shown(work, path)
        try:
            data, gone = cleaned(path, facts.client.name)
        except Unreadable as error:
            faults.append(Complaint(name, error.trouble.message, error.trouble.fix))
            continue
        inside = path.resolve().is_relative_to(work.folder)
        papers.copy(f"{files.COPIES[1]}/{name if inside else path.name}", data)
        removed.append((name, gone))
    if faults:
        raise FileFaults(faults)
    keep(work, None, (), papers)
    return tuple(
        Cleaned(name, written.path, written.outcome, gone)
        for (name, gone), written in zip(removed, papers.written, strict=True)
    )
