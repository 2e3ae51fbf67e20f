"""Desks and files for tests of the screens."""

from collections.abc import Iterable

from drafted import example_facts
from gbtool.model.facts import Facts
from gbtool.model.finding import Finding
from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.screening.desk import Desk
from gbtool.structs import replace

BODY = "word/document.xml"


def desk(facts: Facts | None = None, **other: object) -> Desk:
    """The desk of the manufacturer."""
    return replace(Desk(facts or example_facts()), **other)  # tests name what they change


def file(*texts: str | Piece, path: str = "文件/甲.docx", id_: str = "", grids: Iterable[Grid] = ()) -> FileRead:
    """A file of these paragraphs."""
    pieces = tuple(
        Piece(text, Spot.BODY, f"第{n}段", BODY, n) if isinstance(text, str) else text for n, text in enumerate(texts)
    )
    return FileRead(path, pieces, tuple(grids), (), id_)


def messages(findings: Iterable[Finding]) -> list[str]:
    """What findings say."""
    return [finding.message for finding in findings]
