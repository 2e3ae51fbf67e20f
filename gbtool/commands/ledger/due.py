"""`gbtool ledger due`: what is due for one client, or for every client of a firm; a broken client is named."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.gather import looking
from gbtool.commands.workspace import workspace
from gbtool.errors import Complaint, GbtoolError, UsageError
from gbtool.model.deadline import Book
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.items import Item, order
from gbtool.rules.deadlines.listing import Listing, listing
from gbtool.shelf.shelves import CLIENT_FILE, firm_above
from gbtool.structs import Frozen, replace

_SPAN = re.compile(r"([1-9]\d{0,3})([dwmy]?)")
_UNITS = {"": 1, "d": 1, "w": 7, "m": 31, "y": 366}
_DEEP = 3


class Due(Frozen):
    """What is due for a client."""

    client: str
    folder: str
    listing: Listing
    book: Book


class Broken(Frozen):
    """A client whose files are wrong."""

    client: str
    complaints: tuple[Complaint, ...]

    def named(self) -> tuple[Complaint, ...]:
        """Its complaints, each under the client's name."""
        return tuple(replace(each, where=f"{self.client}/{each.where}".rstrip("/")) for each in self.complaints)


class Firm(Frozen):
    """What is due for all clients of a firm, and the clients that could not be read."""

    clients: tuple[Due, ...]
    broken: tuple[Broken, ...]


def span(text: str) -> int:
    """A number of days: `90`, `90d`, `12w`, `6m` (of 31 days), `1y`.

    Raises:
        UsageError: it is not written like this.
    """
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise UsageError(f"--within “{text}”不是天数", "写成 90d、12w、6m 或 1y")
    return int(found[1]) * _UNITS[found[2]]


def due(where: Path, today: date, days: int) -> Due:
    """What is due for the client at or above a folder.

    Raises:
        NotAClientFolder: there is none.
        FileFaults: its files are wrong.
    """
    work = workspace(where)
    with looking(work, today) as facts:
        return _due(facts, work.folder, days)


def _due(facts: Facts, folder: Path, days: int) -> Due:
    return Due(facts.client.name or folder.name, folder.name, listing(facts, days), facts.deadlines)


def of_firm(where: Path, today: date, days: int) -> Firm:
    """What is due for every client of the firm at or above a folder.

    Raises:
        UsageError: there is no firm here, or it has no client.
    """
    found: list[Due] = []
    broken: list[Broken] = []
    for folder in clients(where):
        try:
            found.append(due(folder, today, days))
        except GbtoolError as error:
            broken.append(Broken(folder.name, error.complaints))
    return Firm(tuple(found), tuple(broken))


def clients(where: Path) -> tuple[Path, ...]:
    """The client folders of the firm at or above a folder, by name.

    Raises:
        UsageError: there is no firm here, or it has no client.
    """
    firm = firm_above(where.resolve())
    if firm is None:
        raise UsageError(f"{where} 不在机构文件夹里：没有 gbtool.yaml", "在机构文件夹里运行，或用 -C 指定")
    found = tuple(_clients(firm, _DEEP))
    if not found:
        raise UsageError(f"{firm.name} 里没有客户文件夹", "新客户用 gbtool init 文件夹名")
    return found


def _clients(folder: Path, deep: int) -> Iterator[Path]:
    """Client folders below a folder; a client's own folder holds no other client."""
    try:
        below = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        return
    for path in below:
        if (path / CLIENT_FILE).is_file():
            yield path
        elif deep > 1:
            yield from _clients(path, deep - 1)


def ordered(firm: Firm, today: date) -> tuple[tuple[str, Item], ...]:
    """What is due for all clients of a firm in one order, each with the client's folder."""
    found = [(each.folder, item) for each in firm.clients for item in each.listing.items]
    return tuple(sorted(found, key=lambda pair: (order(pair[1], today), pair[0])))


def plain(item: Item, today: date, book: Book) -> Mapping[str, object]:
    """An item as plain data."""
    return {
        "right": item.right,
        "name": item.name,
        "what": item.what,
        "state": item.state(today).value,
        "days": item.days(today) if item.end else None,
        "raw": item.end.raw if item.end else None,
        "due": item.end.due if item.end else None,
        "caveat": item.end.caveat if item.end else "",
        "opens": item.opens,
        "amount": item.amount,
        "missing": list(item.missing),
        "rule": item.rule.id if item.rule else None,
        "law": item.source(today),
        "sources": list(book.titles(item.rule, max(today, item.act_by) if item.end else today)) if item.rule else [],
        "confidence": item.rule.confidence.value if item.rule else None,
        "notes": list(item.notes),
        "place": item.place,
    }
