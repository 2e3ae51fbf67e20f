"""Was a Word file edited by hand since gbtool wrote it? Its hash answers, or its text where it was only saved again."""

import hashlib
from enum import StrEnum
from pathlib import Path

from gbtool.errors import FileFaults
from gbtool.model.document import Document
from gbtool.word import reading


class State(StrEnum):
    """What became of a file."""

    MISSING = "missing"
    UNTOUCHED = "untouched"
    RESAVED = "resaved"
    EDITED = "edited"


def sha256(data: bytes) -> str:
    """The hash of a file."""
    return hashlib.sha256(data).hexdigest()


def state(path: Path, document: Document | None) -> State:
    """What became of the file at a path that the ledger may know; what gbtool did not write is edited."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return State.MISSING
    except OSError:
        return State.EDITED
    if document is None:
        return State.EDITED
    if sha256(data) == document.sha256:
        return State.UNTOUCHED
    try:
        same = reading.read(path).digest == document.content
    except FileFaults:
        return State.EDITED
    return State.RESAVED if same else State.EDITED
