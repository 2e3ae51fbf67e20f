"""What becomes of a Word file that lies there when its document is made again; no word that a person wrote is lost."""

import hashlib
from collections.abc import Callable

from gbtool.errors import FileFaults
from gbtool.model.difference import Difference, Dispute, Side, Take
from gbtool.model.document import Document, Outcome
from gbtool.structs import Frozen
from gbtool.word import reading

STRANGE = "不是 gbtool 写的"
NO_BASE = "没有底稿，分不出哪里改过"
UNREADABLE = "打不开，可能加了密或已损坏"
LOST = "合并会丢字，没有合并"


def sha256(data: bytes) -> str:
    """The hash of a file."""
    return hashlib.sha256(data).hexdigest()


class Known(Frozen):
    """What the ledger knows of a document: its row, the hash of what gbtool made last, and how to get those bytes.

    `disputes` are the conflicts that were told before and that nobody has settled.
    """

    document: Document | None = None
    sha256: str = ""
    base: Callable[[], bytes | None] = lambda: None
    disputes: frozenset[Dispute] = frozenset()


class Verdict(Frozen):
    """What becomes of a file.

    `data` is what it shall hold, None where it stays as it is; `copy` says whether what is there must be kept under
    another name first; `settled` whether what gbtool makes now is what a later merge starts from.
    """

    outcome: Outcome
    data: bytes | None = None
    copy: bool = False
    settled: bool = True
    differences: tuple[Difference, ...] = ()
    note: str = ""


def verdict(lying: bytes | None, fresh: bytes, known: Known, take: Take | None = None) -> Verdict:
    """What becomes of the file that lies there (None where there is none), now that gbtool has made it afresh.

    `take` says whose text stands where both changed the same.
    """
    if lying is None:
        return Verdict(Outcome.NEW, fresh)
    if lying == fresh:
        return Verdict(Outcome.SAME)
    if known.document is None:
        return _kept(fresh, STRANGE, take)
    if sha256(lying) == known.sha256:
        return Verdict(Outcome.CHANGED, fresh, copy=known.document.in_force)
    return _saved(lying, fresh, known, known.document, take)


def _saved(lying: bytes, fresh: bytes, known: Known, document: Document, take: Take | None) -> Verdict:
    """What becomes of a file that another program saved."""
    from gbtool.word.merging.merge import Versions, WordsLost, merge  # noqa: PLC0415 # few files are merged
    from gbtool.word.merging.threefold import Judge  # noqa: PLC0415 # as above

    base = fresh if sha256(fresh) == known.sha256 else known.base()
    try:
        if base is None:
            only_saved = reading.understood(lying, document.path).digest == document.content
            return Verdict(Outcome.CHANGED, fresh, copy=True) if only_saved else _kept(fresh, NO_BASE, take)
        merged = merge(Versions(base, lying, fresh, document.path), Judge(take, known.disputes))
    except FileFaults:
        return _kept(fresh, UNREADABLE, take)
    except WordsLost:
        return _kept(fresh, LOST, take)
    if not merged.touched:
        return Verdict(Outcome.SAME) if base == fresh else Verdict(Outcome.CHANGED, fresh, copy=True)
    changed = merged.data if merged.data != lying else None
    outcome = Outcome.MERGED if changed else Outcome.KEPT
    if merged.of(Side.CONFLICT):
        outcome = Outcome.CONFLICT
    return Verdict(outcome, changed, copy=changed is not None, differences=merged.differences)


def _kept(fresh: bytes, note: str, take: Take | None) -> Verdict:
    """A file that cannot be merged stays, unless somebody said that gbtool's own shall stand."""
    if take is Take.OURS:
        return Verdict(Outcome.CHANGED, fresh, copy=True)
    return Verdict(Outcome.KEPT, settled=take is Take.THEIRS, note=note)
