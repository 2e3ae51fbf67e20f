"""Papers of a documents.yaml as signings of documents: who compiled, reviewed, approved and issued what, when."""

from collections.abc import Iterable, Mapping

from gbtool.model.document import DocumentKind
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.store.documents import Signing

# The entry `procedures` stands for all documents of these kinds but those under `except`.
TOGETHER = "procedures"
LOWER = (
    DocumentKind.SYSTEM,
    DocumentKind.PROCEDURE,
    DocumentKind.FLOW,
    DocumentKind.RECORD,
    DocumentKind.REGISTER,
)


def signings(papers: Iterable[Entry], facts: Facts) -> dict[str, Signing]:
    """The first paper of each document as a signing, by the document's id."""
    found: dict[str, Signing] = {}
    for paper in papers:
        if paper.kind is EntryKind.PAPER:
            for id_ in _ids(paper, facts):
                found.setdefault(id_, signing(paper))
    return found


def _ids(paper: Entry, facts: Facts) -> tuple[str, ...]:
    if paper.form != TOGETHER:
        return (paper.form,)
    besides = paper.get("except")
    left_out = besides if isinstance(besides, (list, tuple)) else ()
    return tuple(d.id for d in facts.documents if d.kind in LOWER and d.id not in left_out)


def signing(paper: Entry) -> Signing:
    """Who and when; a paper with one date is approved, issued and takes effect on it."""
    day = paper.text("date") or paper.text("issued")
    approved_by, approved = _who(paper, "approved")
    compiled_by, compiled = _who(paper, "compiled")
    reviewed_by, reviewed = _who(paper, "reviewed")
    return Signing(
        compiled_by=compiled_by,
        compiled=compiled,
        reviewed_by=reviewed_by,
        reviewed=reviewed,
        approved_by=approved_by or paper.text("signed_by"),
        approved=approved or day,
        issued=paper.text("issued") or day,
        effective=paper.text("effective") or day,
    )


def _who(paper: Entry, name: str) -> tuple[str, str]:
    value = paper.get(name)
    if isinstance(value, Mapping):
        return str(value.get("name") or ""), str(value.get("date") or "")
    return str(value or ""), ""
