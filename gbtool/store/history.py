"""The append-only history: each link carries the hash of the one before, when it happened and when it was entered."""

import hashlib
import json
from collections.abc import Iterable

from gbtool.store.database import Change, Ledger
from gbtool.structs import Frozen

FIRST = "0" * 64
_SELECT = """
SELECT seq, happened, entered, who, what, subject, payload, payload_hash, previous, hash FROM history
"""
_INSERT = """
INSERT INTO history (seq, happened, entered, who, what, subject, payload, payload_hash, previous, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Link(Frozen):
    """One change: `happened` and `entered` as ISO days, the new value of the subject as JSON text, and the chain."""

    seq: int
    happened: str
    entered: str
    by: str
    what: str
    subject: str
    payload: str
    payload_hash: str
    previous: str
    hash: str

    @property
    def expected(self) -> str:
        """The hash that follows from the other values; the payload goes in by its own hash."""
        parts = (self.seq, self.happened, self.entered, self.by, self.what, self.subject, self.payload_hash)
        return _chained(*parts, self.previous)


class Deed(Frozen):
    """What a change does to one subject (`record/LW-IPM-JL-07-10-001`): when it happened and the new value."""

    happened: str
    subject: str
    payload: str


class Break(Frozen):
    """Where the ledger was changed behind gbtool's back."""

    seq: int
    subject: str
    message: str


def packed(value: object) -> str:
    """JSON text, always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)


def digest(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _chained(*parts: object) -> str:
    return digest(packed(parts))


def append(change: Change, deeds: Iterable[Deed]) -> None:
    """Put deeds at the end of the chain."""
    rows: list[tuple[object, ...]] = []
    seq, previous = change.connection.execute(
        "SELECT seq, hash FROM history UNION ALL SELECT 0, ? ORDER BY seq DESC LIMIT 1", [FIRST]
    ).fetchone()
    action, entered = change.action, change.action.at.isoformat()
    for number, deed in enumerate(deeds, seq + 1):
        about = (number, deed.happened or entered, entered, action.by, action.what, deed.subject)
        payload_hash = digest(deed.payload)
        hash_ = _chained(*about, payload_hash, previous)
        rows.append((*about, deed.payload, payload_hash, previous, hash_))
        previous = hash_
    change.connection.executemany(_INSERT, rows)


def read(ledger: Ledger, subject: str = "") -> tuple[Link, ...]:
    """The links in order, all or those of one subject."""
    if subject:
        return tuple(Link(*row) for row in ledger.rows(f"{_SELECT} WHERE subject = ? ORDER BY seq", [subject]))
    return tuple(Link(*row) for row in ledger.rows(f"{_SELECT} ORDER BY seq"))


def first_break(links: Iterable[Link]) -> Break | None:
    """The first link that does not hold: a gap, a changed value, a changed chain."""
    previous = FIRST
    for number, link in enumerate(links, 1):
        message = _fault(link, number, previous)
        if message:
            return Break(link.seq, link.subject, message)
        previous = link.hash
    return None


def _fault(link: Link, number: int, previous: str) -> str:
    if link.seq != number:
        return f"第 {number} 条不见了"
    if link.previous != previous:
        return "与前一条接不上"
    if digest(link.payload) != link.payload_hash:
        return "内容被改过"
    return "" if link.hash == link.expected else "时间、经手人或事由被改过"


def counted(ledger: Ledger) -> tuple[tuple[str, str, str, int], ...]:
    """How many changes on which day, by whom, in which words, in order of day."""
    rows = ledger.rows("SELECT entered, who, what, count(*) FROM history GROUP BY entered, who, what ORDER BY 1, 2, 3")
    return tuple((str(day), str(who), str(what), int(count)) for day, who, what, count in rows)


def head(ledger: Ledger) -> str:
    """The hash at the end of the chain, empty while nothing was written."""
    found = ledger.rows("SELECT hash FROM history ORDER BY seq DESC LIMIT 1")
    return str(found[0][0]) if found else ""


def has(ledger: Ledger, hash_: str) -> bool:
    """Whether the chain went through a hash: what was written up to there is in this ledger."""
    return bool(ledger.rows("SELECT 1 FROM history WHERE hash = ? LIMIT 1", [hash_]))
