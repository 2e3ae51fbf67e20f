"""The documents of the ledger: what gbtool wrote, when it was approved, issued, took effect and was withdrawn."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from gbtool.model.document import Document, DocumentKind
from gbtool.store import history
from gbtool.store.database import Change, Ledger
from gbtool.store.history import Deed, packed
from gbtool.structs import Frozen, names_of, replace

_SELECT = """
SELECT id, kind, number, title, version, path, sha256, content, edition,
    compiled_by, compiled, reviewed_by, reviewed, approved_by, approved, issued, effective, withdrawn, issued_content
FROM documents ORDER BY position
"""
_PREFIX = "document/"
_STATES = "SELECT subject, payload FROM history WHERE subject >= 'document/' AND subject < 'document0' ORDER BY seq"
_INSERT = """
INSERT INTO documents (kind, number, title, version, path, sha256, content, edition,
    compiled_by, compiled, reviewed_by, reviewed, approved_by, approved, issued, effective, withdrawn,
    issued_content, id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE = """
UPDATE documents SET kind = ?, number = ?, title = ?, version = ?, path = ?, sha256 = ?, content = ?, edition = ?,
    compiled_by = ?, compiled = ?, reviewed_by = ?, reviewed = ?, approved_by = ?, approved = ?,
    issued = ?, effective = ?, withdrawn = ?, issued_content = ?
WHERE id = ?
"""
WRITTEN = ("kind", "number", "title", "version", "path", "sha256", "content", "edition")
SIGNED = ("compiled_by", "compiled", "reviewed_by", "reviewed", "approved_by", "approved")
STATES = ("issued", "effective", "withdrawn")
_NAMES = ("id", *WRITTEN, *SIGNED, *STATES)
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Signing(Frozen):
    """Who compiled, reviewed and approved, and the days of it, of issue and of effect, as ISO text."""

    compiled_by: str = ""
    compiled: str = ""
    reviewed_by: str = ""
    reviewed: str = ""
    approved_by: str = ""
    approved: str = ""
    issued: str = ""
    effective: str = ""

    @property
    def given(self) -> Mapping[str, str]:
        """What is not empty, by the name that `Document` has for it."""
        return {name: value for name in names_of(self) if (value := getattr(self, name))}


class _Row(Frozen):
    document: Document
    issued_content: str

    @property
    def values(self) -> tuple[str, ...]:
        return (*(str(getattr(self.document, name)) for name in _NAMES[1:]), self.issued_content)


def read(ledger: Ledger) -> tuple[Document, ...]:
    """All documents in the order in which they were first written."""
    return tuple(row.document for row in _rows(ledger).values())


def states(ledger: Ledger) -> Mapping[str, tuple[Document, ...]]:
    """What every document was after each change, oldest first, from the history.

    A text that was written after an issue and not issued yet leaves the edition in force as it was.
    """
    found: dict[str, list[Document]] = {}
    for subject, payload in ledger.rows(_STATES):
        values = json.loads(payload)
        texts = dict(zip(_NAMES[1:], values, strict=False))
        document = _document({"id": subject.removeprefix(_PREFIX), **texts})
        before = found.setdefault(document.id, [])
        if document.issued and before and before[-1].issued == document.issued:
            document = replace(document, edition=before[-1].edition)
        before.append(document)
    return {id_: tuple(each) for id_, each in found.items()}


def issued_versions(ledger: Ledger) -> Mapping[str, str]:
    """The version in which each document was last issued."""
    found: dict[str, str] = {}
    for id_, all_ in states(ledger).items():
        issued = ""
        for each in all_:
            if each.issued != issued:
                issued, found[id_] = each.issued, each.version
    return found


def changed_since_issue(ledger: Ledger) -> tuple[str, ...]:
    """The ids of the documents in force whose text is not, or not known to be, the one that was issued."""
    return tuple(
        row.document.id
        for row in _rows(ledger).values()
        if row.document.in_force and not (row.document.content and row.issued_content == row.document.content)
    )


def save(change: Change, documents: Iterable[Document]) -> None:
    """Keep what generating wrote; approval and issue of a document that is known stay as they were."""
    known = _rows(change.ledger)
    day = change.action.at.isoformat()
    _write(change, known, [(day, _written(document, known.get(document.id))) for document in documents])


def sign(change: Change, signings: Mapping[str, Signing], said: Mapping[str, str] = _NOTHING) -> None:
    """Set signers and dates of known documents by id; an issue holds for the present text and ends a withdrawal.

    `said` has the hashes of what documents say of which the ledger keeps none.
    """
    known = _rows(change.ledger)
    rows = [
        (signing.issued or signing.approved, _signed(known[id_], signing, said.get(id_, "")))
        for id_, signing in signings.items()
    ]
    _write(change, known, rows)


def withdraw(change: Change, ids: Iterable[str], on: date) -> None:
    """Take known documents out of force."""
    known = _rows(change.ledger)
    day = on.isoformat()
    old = [known[id_] for id_ in ids]
    _write(change, known, [(day, replace(row, document=replace(row.document, withdrawn=day))) for row in old])


def subjects(ledger: Ledger) -> dict[str, str]:
    """The present value of every document by its name in the history."""
    return {_subject(row): packed(row.values) for row in _rows(ledger).values()}


def _rows(ledger: Ledger) -> dict[str, _Row]:
    rows = (_Row(_document(dict(zip(_NAMES, each, strict=True))), content) for *each, content in ledger.rows(_SELECT))
    return {row.document.id: row for row in rows}


def _written(document: Document, old: _Row | None) -> _Row:
    document = replace(document, present=True, edited=False)
    if old is None:
        return _Row(document, "")
    kept = {name: getattr(old.document, name) for name in (*SIGNED, *STATES)}
    return _Row(_altered(document, kept), old.issued_content)


def _signed(old: _Row, signing: Signing, said: str) -> _Row:
    document = _altered(old.document, {**signing.given, "content": old.document.content or said})
    if not signing.issued:
        return _Row(document, old.issued_content)
    return _Row(replace(document, withdrawn=""), document.content)


def _altered(document: Document, texts: Mapping[str, str]) -> Document:
    return replace(document, **texts)  # only names of text fields come in


def _document(texts: dict[str, str]) -> Document:
    kind = DocumentKind(texts.pop("kind"))
    return Document(kind=kind, **texts)  # type: ignore[arg-type] # present and edited are no columns


def _write(change: Change, known: Mapping[str, _Row], rows: Iterable[tuple[str, _Row]]) -> None:
    changed = [(day, row) for day, row in rows if row != known.get(row.document.id)]
    for statement, is_known in ((_UPDATE, True), (_INSERT, False)):
        values = [(*row.values, row.document.id) for _, row in changed if (row.document.id in known) is is_known]
        change.connection.executemany(statement, values)
    history.append(change, [Deed(day, _subject(row), packed(row.values)) for day, row in changed])


def _subject(row: _Row) -> str:
    return f"{_PREFIX}{row.document.id}"
