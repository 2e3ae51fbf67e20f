"""Which files are checked, and what they say."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gbtool.commands.edits.places import OLD
from gbtool.commands.workbook.shape import MARK
from gbtool.commands.workspace import EVIDENCE, OUTPUT, Workspace
from gbtool.errors import UsageError
from gbtool.model.facts import Facts
from gbtool.model.piece import FileRead, Piece, Spot
from gbtool.screening.report import Case, CaseKind
from gbtool.shelf.reader import did_you_mean
from gbtool.structs import replace
from gbtool.word.pieces import reading

COPIES = (f"{OUTPUT}/检查", f"{OUTPUT}/清理")
_MOST_FILES = 20_000
_OFFICE = (*reading.READ, *reading.OLD)
Step = Callable[[], None]


def targets(work: Workspace, facts: Facts, wanted: Iterable[str], here: Path) -> tuple[Path, ...]:
    """The files that words name: a file or folder here or in the client's, an id of a document; without words, all.

    Raises:
        UsageError: a word names nothing.
    """
    words = tuple(wanted)
    found = [path for word in words for path in _named(work, facts, word, here)] if words else _below(work.folder)
    return tuple(dict.fromkeys(found))


def _named(work: Workspace, facts: Facts, word: str, here: Path) -> Iterable[Path]:
    for path in (here / word, work.folder / word):
        if path.is_dir():
            return _below(path)
        if path.is_file():
            return (path,)
    document = facts.document(word)
    if document is None:
        known = [each.id for each in facts.documents]
        raise UsageError(
            f"没有文件、文件夹或已生成的文件“{word}”{did_you_mean(word, known)}", "写路径，或文件代号如 ip-manual"
        )
    if not (work.folder / document.path).is_file():
        raise UsageError(f"{document.number}《{document.title}》的文件不见了（{document.path}）", "找回，或重新生成")
    return (work.folder / document.path,)


def _below(folder: Path) -> list[Path]:
    """All files of a folder in order, but for what gbtool and Office put there for themselves."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        at = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _copies(at / name, folder))
        found += (at / name for name in sorted(files) if not name.startswith((".", "~$")) and ".gbtool-" not in name)
        if len(found) > _MOST_FILES:
            raise UsageError(f"{folder} 里有 {_MOST_FILES} 个以上的文件", "指定要查的文件或文件夹")
    return found


def _copies(path: Path, folder: Path) -> bool:
    return path.relative_to(folder).as_posix() in COPIES


def cases(work: Workspace, paths: Iterable[Path], step: Step) -> Iterator[Case]:
    """Each file as it was read; only the name of a questionnaire and of what is neither Word nor Excel is looked at."""
    for path in paths:
        name = shown(work, path)
        step()
        read = reading.read(path, name) if path.suffix.lower() in _OFFICE else None
        past = OLD in name.split("/")[:-1]  # also beside papers that a command made anew
        if read and past:
            read = replace(read, id="")
        if read is None or _questionnaire(read):
            yield Case(FileRead(name, (Piece(name, Spot.PATH, "文件名"),)), CaseKind.NAMED)
        else:
            evidence = CaseKind.EVIDENCE if name.startswith(f"{EVIDENCE}/") else CaseKind.DOCUMENT
            yield Case(read, CaseKind.PAST if past else evidence)


def of_their_day(cases: Iterable[Case], facts: Facts) -> Iterator[Case]:
    """The same, documents out of force as what was."""
    gone = {document.path for document in facts.documents if document.withdrawn}
    for case in cases:
        yield replace(case, kind=CaseKind.PAST) if case.read.path in gone else case


def _questionnaire(read: FileRead) -> bool:
    """Whether a file is the questionnaire for the client, whose examples are other people's by intention."""
    return any(piece.spot is Spot.CELL and piece.text == MARK for piece in read.pieces)


def shown(work: Workspace, path: Path) -> str:
    """A path as the user knows it: within the client's folder if it lies there."""
    full = path.resolve()
    return full.relative_to(work.folder).as_posix() if full.is_relative_to(work.folder) else str(path)
