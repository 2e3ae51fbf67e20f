"""On which page each heading of a document was printed, where its PDF lies beside it and is not older."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from gbtool.commands.pdf import pdf_of
from gbtool.commands.workspace import Workspace
from gbtool.model.document import DocumentKind
from gbtool.model.facts import Facts
from gbtool.screening.folding import fold

_MOST = 50_000_000  # bytes of a PDF that is read
_TOGETHER = 2 * 10**9  # nanoseconds within which a document and its PDF are written by one command


def printed(work: Workspace, facts: Facts) -> dict[str, Mapping[str, int]]:
    """By the path of each manual the page of every heading that stands once; nothing where no PDF tells it."""
    manuals = (each.path for each in facts.documents if each.kind is DocumentKind.MANUAL)
    return {path: pages for path in manuals if (pages := dict(_pages(work.folder / path, work.folder / pdf_of(path))))}


def _pages(word: Path, pdf: Path) -> Iterator[tuple[str, int]]:
    try:
        fresh = pdf.stat().st_mtime_ns + _TOGETHER >= word.stat().st_mtime_ns and pdf.stat().st_size <= _MOST
        data = pdf.read_bytes() if fresh else b""
    except OSError:
        return
    if data:
        from gbtool.pdf.outline import marks  # noqa: PLC0415 # only a client who prints pays for it

        found = [(fold(mark.title), mark.page) for mark in marks(data)]
        titles = [title for title, _ in found]
        yield from ((title, page) for title, page in found if titles.count(title) == 1)
