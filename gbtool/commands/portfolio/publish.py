"""`gbtool portfolio publish`: where every client stands, into the firm's PostgreSQL; the folders are only read."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from gbtool.commands.gather import gather
from gbtool.commands.portfolio.standing import FAR, Broken, clients_of
from gbtool.commands.readiness import judged
from gbtool.commands.workspace import workspace
from gbtool.errors import Complaint, GbtoolError, UsageError, reason_of
from gbtool.model.facts import Facts
from gbtool.model.portfolio import Standing
from gbtool.rules import portfolio
from gbtool.rules.deadlines.registry import rights
from gbtool.server.publishing import Last, Member, Published, Snapshot, admit, last, publish as put, remove
from gbtool.shelf import firms
from gbtool.store import history
from gbtool.store.database import open_ledger
from gbtool.structs import Frozen, field, replace
from gbtool.workers.run import How, Lost, run

Rows = tuple[tuple[object, ...], ...]


class Job(Frozen):
    """One client to look at: its path below the firm, its folder, the day, the end of what was published last."""

    path: str
    folder: Path
    day: date
    head: str = ""


class Request(Frozen):
    """Where to (empty: as gbtool.yaml says), by whom, under which leases, which client (empty: all), who does it.

    `step` is told of each client.
    """

    url: str = ""
    by: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    how: How = field(default_factory=How)
    step: Callable[[], None] = lambda: None


class Result(Frozen):
    """What became of the clients; those whose folders here lack what others published; those that cannot be read."""

    done: Published
    apart: Mapping[str, Last]
    broken: tuple[Broken, ...]


class Apart(Frozen):
    """A client whose ledger here does not go on from what was published."""

    path: str


def address(firm: Path, url: str) -> str:
    """The firm's database: as it was typed, or as gbtool.yaml says.

    Raises:
        UsageError: neither says it.
        FileFaults: gbtool.yaml does not fit.
    """
    found = url or firms.firm(firm).database
    if not found:
        raise UsageError(
            "没有写数据库在哪里", "写在命令后面，或在 gbtool.yaml 里写 database: postgresql://用户@主机/库"
        )
    return found


def publish(where: Path, today: date, request: Request) -> Result:
    """Look at every client and write those of whom something changed; all of them or none.

    Raises:
        UsageError: there is no firm, no client, or no address.
        DatabaseTrouble: the database does not answer or refuses; it holds what it held.
    """
    firm, folders = clients_of(where)
    url = address(firm, request.url)
    before = last(url)
    heads = {path: each.head for path, each in before.items()}
    chosen = {path: folders[path] for path in sorted(folders) if request.only in ("", path)}
    jobs = [Job(path, folder, today, heads.get(path, "")) for path, folder in chosen.items()]
    found: dict[str, Snapshot | Apart | Broken] = {}
    for number, answer in run(look, jobs, request.how):
        path = jobs[number].path
        found[path] = Broken(path, (Complaint("", answer.reason),)) if isinstance(answer, Lost) else answer
        request.step()
    whole = [each for path in sorted(found) if isinstance(each := found[path], Snapshot)]
    broken = tuple(each for path in sorted(found) if isinstance(each := found[path], Broken))
    apart = {path: before[path] for path, each in found.items() if isinstance(each, Apart)}
    done = put(url, whole, request.by, request.tokens)
    return Result(replace(done, others=tuple(path for path in done.others if path not in folders)), apart, broken)


def taken_out(where: Path, url: str, paths: tuple[str, ...]) -> int:
    """Take clients out of the firm's database; how many there were.

    Raises:
        UsageError, DatabaseTrouble: as `publish`.
    """
    firm, _ = clients_of(where)
    return remove(address(firm, url), paths)


def let_in(where: Path, url: str, who: tuple[str, str], *, partner: bool, writes: bool) -> None:
    """Let a login of the database read, or write too, the clients of a consultant, or all.

    Raises:
        UsageError, DatabaseTrouble: as `publish`; there is no such login.
    """
    firm, _ = clients_of(where)
    login, name = who
    admit(address(firm, url), Member(login, name, partner, writes))


def look(job: Job) -> Snapshot | Apart | Broken:
    """One client as rows; what is wrong with its files is told, not raised."""
    try:
        work = workspace(job.folder)
        with open_ledger(work.ledger) as ledger:
            if job.head and not history.has(ledger, job.head):
                return Apart(job.path)
            end, writes = history.head(ledger), tuple((job.path, *row) for row in history.counted(ledger))
        facts = gather(work, job.day)
        standing = portfolio.standing(job.path, facts, judged(work, facts), FAR)
        return snapshot(standing, facts, writes, end)
    except GbtoolError as error:
        return Broken(job.path, error.complaints)
    except OSError as error:
        return Broken(job.path, (Complaint("", f"读不出（{reason_of(error)}）"),))


def snapshot(standing: Standing, facts: Facts, writes: Rows, end: str) -> Snapshot:
    """A client's rows for each table of the database."""
    path, client = standing.path, _clean(standing.path)
    tables: dict[str, Rows] = {
        "clients": (_client(standing, facts, end),),
        "stages": tuple((client, each.stage, each.first, each.last, each.state.value) for each in standing.bars),
        "findings": tuple(
            (client, each.rule, each.title, each.status, each.message, each.fix, each.count)
            for each in standing.reasons
        ),
        "deadlines": tuple(
            (client, d.what, d.right, d.name, d.day, d.last, d.state, d.amount, d.law, d.confidence)
            for d in standing.due
        ),
        "rights": tuple((client, r.kind, r.number, r.name, r.text("状态", "法律状态")) for r in rights(facts)),
        "documents": tuple(
            (client, d.id, d.kind.value, d.number, d.title, d.version, d.issued, d.effective, d.withdrawn)
            for d in facts.documents
        ),
        "writes": writes,
    }
    cleaned = {name: tuple(tuple(map(_value, row)) for row in rows) for name, rows in tables.items()}
    return Snapshot(path, cleaned)


def _client(standing: Standing, facts: Facts, end: str) -> tuple[object, ...]:
    return (
        *(standing.path, standing.name, standing.short, standing.consultant, list(standing.team)),
        *(facts.standard.code, standing.stage, standing.effective, standing.earliest),
        *(standing.verdict.value, standing.open, *standing.nonconformities, *standing.coverage),
        *(list(standing.holes), end, facts.today),
    )


def _value(value: object) -> object:
    if isinstance(value, list):
        return [_clean(str(each)) for each in value]
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    """A text as PostgreSQL takes it: no zero bytes, no halves of signs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
