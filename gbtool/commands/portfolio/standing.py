"""Where every client of a firm stands: from the index where the folder is as it was, else read anew."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import repeat
from pathlib import Path

from gbtool.commands.portfolio import index
from gbtool.commands.portfolio.index import Line
from gbtool.commands.portfolio.inputs import ground, stamp
from gbtool.errors import Complaint, GbtoolError, UsageError, reason_of
from gbtool.model.portfolio import Standing
from gbtool.shelf.firms import clients_below
from gbtool.shelf.shelves import firm_above
from gbtool.structs import Frozen, replace
from gbtool.workers.run import How, Lost, run

FAR = 366  # days that the index looks ahead
ALONE = 24  # so many clients are read anew without another process
_MOST_PROCESSES = 4


class Broken(Frozen):
    """A client whose files are wrong."""

    path: str
    complaints: tuple[Complaint, ...]

    def named(self) -> tuple[Complaint, ...]:
        """Its complaints, each under the client's folder."""
        return tuple(replace(each, where=f"{self.path}/{each.where}".rstrip("/")) for each in self.complaints)


class Portfolio(Frozen):
    """All clients of a firm on a day, by path; the broken ones; how many were read anew, not taken from the index."""

    firm: Path
    today: date
    clients: tuple[Standing, ...]
    broken: tuple[Broken, ...]
    anew: int = 0


class Request(Frozen):
    """How to look: where the index lies (None: no index), whether to make it again, how far ahead, whom to tell."""

    cache: Path | None = None
    rebuild: bool = False
    days: int = FAR
    step: Callable[[], None] = lambda: None


def clients_of(where: Path) -> tuple[Path, Mapping[str, Path]]:
    """The firm at or above a folder, and its clients' folders by their paths below it.

    Raises:
        UsageError: there is no firm here or above, or it has no client.
    """
    firm = firm_above(where.resolve())
    if firm is None:
        raise UsageError(f"{where} 不在机构文件夹里：没有 gbtool.yaml", "在机构文件夹里运行，或用 -C 指定")
    folders = {folder.relative_to(firm).as_posix(): folder for folder in clients_below(firm)}
    if not folders:
        raise UsageError(f"{firm.name} 里没有客户文件夹", "新客户用 gbtool init 文件夹名")
    return firm, folders


def portfolio(where: Path, today: date, request: Request) -> Portfolio:
    """Every client of the firm at or above a folder; no file of a client or of the firm is written.

    Raises:
        UsageError: there is no firm here or above, or it has no client.
    """
    firm, folders = clients_of(where)
    days = max(request.days, FAR)
    shared = ground(firm, today, days)
    stamps = {path: _stamp(folder, firm, shared) for path, folder in folders.items()}
    known = index.read(request.cache, firm, shared, fresh=request.rebuild)
    found: dict[str, Standing | Broken] = {}
    for path in folders:
        line = known.line(path, stamps[path])
        if line is not None:
            found[path] = line
    missing = {path: folder for path, folder in folders.items() if path not in found}
    for each in _anew(missing, today, days, request.step):
        found[each.path] = each
    clients = tuple(each for path in folders if isinstance(each := found[path], Standing))
    if missing:
        index.write(known, (Line(stamps[each.path], each) for each in clients))
    broken = tuple(each for path in folders if isinstance(each := found[path], Broken))
    return Portfolio(firm, today, clients, broken, len(missing))


def _stamp(folder: Path, firm: Path, shared: bytes) -> str:
    """The stamp of a client's folder; a client of a firm inside the firm is read every time."""
    return stamp(folder, shared) if firm_above(folder.parent) == firm else ""


def _anew(folders: Mapping[str, Path], today: date, days: int, step: Callable[[], None]) -> Iterator[Standing | Broken]:
    jobs = list(zip(folders, folders.values(), repeat(today), repeat(days)))
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES) if len(jobs) > ALONE else 1
    for number, found in run(look, jobs, How(processes)):
        step()
        yield look(jobs[number]) if isinstance(found, Lost) else found


Job = tuple[str, Path, date, int]


def look(job: Job) -> Standing | Broken:
    """One client read from its folder."""
    from gbtool.commands.portfolio.looking import standing_of  # noqa: PLC0415 - an index that is true needs no rules

    path, folder, today, days = job
    try:
        return standing_of(path, folder, today, days)
    except GbtoolError as error:
        return Broken(path, error.complaints)
    except OSError as error:
        return Broken(path, (Complaint("", f"读不出（{reason_of(error)}）"),))
