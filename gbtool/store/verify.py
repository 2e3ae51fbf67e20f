"""Whether anybody changed the ledger behind gbtool's back."""

from gbtool.store import documents, entries, history, links as checks
from gbtool.store.database import Ledger
from gbtool.store.history import Break


def verify(ledger: Ledger) -> tuple[Break, ...]:
    """The first break of the chain, then every entry and document that differs from its last link; none when whole."""
    links = history.read(ledger)
    broken = history.first_break(links)
    last = {link.subject: link for link in links}
    present = {entries.subject(entry): entries.payload(entry) for entry in entries.read(ledger)}
    present |= documents.subjects(ledger)
    present |= checks.subjects(ledger)
    added = [Break(0, subject, "在历史里没有来历") for subject in present if subject not in last]
    faults = [
        Break(link.seq, subject, "被删掉了" if subject not in present else "与最后一次记下的不同")
        for subject, link in last.items()
        if present.get(subject) != link.payload
    ]
    return (*((broken,) if broken else ()), *added, *faults)
