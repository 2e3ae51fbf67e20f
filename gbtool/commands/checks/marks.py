"""Findings as comments in copies of the Word files, under 输出/检查."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.checks.files import COPIES
from gbtool.commands.keeping import Papers, Written, keep
from gbtool.commands.workspace import Workspace
from gbtool.model.finding import Finding
from gbtool.word.annotating import Note, annotated
from gbtool.word.pieces.archive import Unreadable
from gbtool.word.pieces.reading import WORD

AUTHOR = "gbtool 检查"
_WORDS = {"error": "错误", "warn": "提示", "info": "说明"}


def annotate(work: Workspace, findings: Iterable[Finding], today: date) -> tuple[Written, ...]:
    """A commented copy of every Word file in which something was found; a copy that differs is put aside first.

    Raises:
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    papers = Papers(work, again=True)
    for path, found in _by_file(work, findings).items():
        try:
            data = annotated(path, [_note(each) for each in found], AUTHOR, today.isoformat())
        except Unreadable:
            continue
        name = path.relative_to(work.folder).as_posix() if path.is_relative_to(work.folder) else path.name
        papers.copy(f"{COPIES[0]}/{name}", data)
    keep(work, None, (), papers)
    return tuple(papers.written)


def _by_file(work: Workspace, findings: Iterable[Finding]) -> Mapping[Path, list[Finding]]:
    found: dict[Path, list[Finding]] = {}
    for finding in findings:
        path = work.folder / finding.path
        if finding.path and path.suffix.lower() in WORD and path.is_file():
            found.setdefault(path, []).append(finding)
    return found


def _note(finding: Finding) -> Note:
    part, _, number = finding.anchor.partition("#")
    lines = (f"{_WORDS[finding.severity]} {finding.rule} {finding.message}", finding.place, finding.fix)
    return Note(part, int(number) if number.isdigit() else -1, tuple(line for line in lines if line))
