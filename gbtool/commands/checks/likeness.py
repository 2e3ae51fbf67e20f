"""照搬照抄 measured: the client's texts against the templates, a fresh draft and the files of every other client."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gbtool.commands import drafts
from gbtool.commands.checks.desks import Clients
from gbtool.commands.workspace import DOCUMENTS, Workspace
from gbtool.documents import drafting, needs, plan
from gbtool.model.facts import Facts
from gbtool.model.identity import Identity
from gbtool.model.likeness import Likeness, whole
from gbtool.model.piece import FileRead
from gbtool.screening.desk import Desk
from gbtool.screening.identity import identity, terms_of
from gbtool.screening.likeness import Sources, alike, measure, measured, mentioned, said
from gbtool.screening.names import Covers, covers
from gbtool.screening.report import Case
from gbtool.screening.sentences import Index, covered, sentences
from gbtool.shelf import measures, screens
from gbtool.word.pieces import reading

_TAGS = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_HOLE = "\x02"
_MARKUP = re.compile(r"^(?:[#>*\-|+]+|\d+\.)\s*|\s*\|\s*", re.MULTILINE)


def likeness(work: Workspace, desk: Desk, cases: Sequence[Case], clients: Clients, cache: Path | None) -> Likeness:
    """Measure the texts among these files.

    Raises:
        FileFaults: a template does not work.
    """
    sources, compared = _sources(work, desk, clients, cache)
    reads = [case.read for case in cases if measured(case.read, desk)]
    measures = tuple(found for read in reads if (found := measure(read, sources)).sentences)
    findings = tuple(alike(measures, desk))
    return Likeness(measures, whole(measures, mentioned(reads, sources)), findings, compared)


def _sources(work: Workspace, desk: Desk, clients: Clients, cache: Path | None) -> tuple[Sources, int]:
    facts = desk.facts
    names = screens.name_sources(work.shelves)
    own = identity(work.folder.name, facts.client.answers, names.identity)
    known = terms_of(facts.client.answers, names.known)
    index = Index(desk.thresholds["near"].value if "near" in desk.thresholds else 1.0)
    compared = 0
    for folder, other in clients:
        if folder != work.folder:
            compared += _take_in(folder, other, index)
    drafted = frozenset(each for read in _drafted(work, facts, cache) for each in said(read))
    departments = tuple(department.name for department in facts.client.departments)
    static = frozenset(_static(measures.static_texts(work.shelves)))
    return Sources(static, drafted, covers((*own.terms, *known), departments), index), compared


def _static(texts: Iterable[str]) -> Iterator[str]:
    """The sentences of templates in which nothing is filled in."""
    for text in texts:
        plain = _MARKUP.sub("\n", _TAGS.sub(_HOLE, text)).replace("**", "")
        yield from (each for each in sentences(plain.replace(_HOLE, "{{x}}")) if "{{x}}" not in each)


def _drafted(work: Workspace, facts: Facts, cache: Path | None) -> Iterator[FileRead]:
    """The client's documents as they are when they are made afresh."""
    at = drafts.desk(work, facts, cache)
    for each in plan.plan(facts, drafts.parts_for(work, facts)).documents:
        if not each.templates or needs.open_values(each, facts.client):
            continue
        try:
            yield reading.read_bytes(drafting.draft(each, at), each.path)
        except drafting.StillOpen:
            continue


def _take_in(folder: Path, other: Identity, index: Index) -> int:
    """The sentences of another client's files, its names covered; how many files could be read."""
    own: Covers = covers(other.terms)
    count = 0
    for path in sorted((folder / DOCUMENTS).rglob("*.docx")):
        read = reading.read(path, path.name)
        count += not read.troubles
        index.add(other.name, (covered(sentence, own) for sentence in said(read)))
    return count
