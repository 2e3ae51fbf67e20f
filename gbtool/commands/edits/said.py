"""What a document says, by its hash: the ledger's, or that of gbtool's own copy, read when somebody asks for it."""

from collections.abc import Callable

from gbtool.commands.workspace import Workspace
from gbtool.documents import guard
from gbtool.errors import FileFaults
from gbtool.model.document import Document
from gbtool.store import pristine
from gbtool.store.database import open_ledger
from gbtool.word import reading

Base = Callable[[], bytes | None]


def hash_of(document: Document, base: Base) -> str:
    """The hash of what a document said when it was written; empty where neither it nor those bytes were kept.

    `base` gets the bytes that gbtool made last: a row without a hash is always of them.
    """
    if document.content:
        return document.content
    made = base()
    if made is None or guard.sha256(made) != document.sha256:
        return ""
    return reading.understood(made, document.path).digest


def base_of(work: Workspace, id_: str) -> Base:
    """How to get the bytes that gbtool made last of a document."""

    def base() -> bytes | None:
        with open_ledger(work.ledger) as ledger:
            return pristine.data(ledger, id_)

    return base


def edited(lying: bytes, document: Document, base: Base) -> bool:
    """Whether a person changed the words of a file; another program's saving alone changes none."""
    if guard.sha256(lying) == document.sha256:
        return False
    try:
        return reading.understood(lying, document.path).digest != hash_of(document, base)
    except FileFaults:
        return True
