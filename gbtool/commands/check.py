"""`gbtool check`: what contradicts itself, and what a file must not say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from gbtool.commands.checks import desks, files
from gbtool.commands.checks.likeness import likeness
from gbtool.commands.following import each_standard
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import GbtoolError, UsageError
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.model.finding import Report, Result, Status, joined
from gbtool.model.likeness import Likeness
from gbtool.model.waiver import waived, waiver_of
from gbtool.rules import report
from gbtool.screening.likeness import RULE
from gbtool.screening.report import Case, CaseKind, screen
from gbtool.shelf.shelves import firm_above
from gbtool.structs import Frozen, replace


class Request(Frozen):
    """What to look at: the words for files, folders and documents (all when empty), from where relative paths count."""

    words: tuple[str, ...] = ()
    here: Path = Path()
    step: Callable[[], None] = lambda: None


def check(work: Workspace, today: date, request: Request | None = None) -> Report:
    """All rules about the client on a day and about its files; only about these files when some are named.

    Raises:
        UsageError: a word names no file.
        FileFaults: a file of the client, of the firm or of a shelf is wrong.
    """
    return checked(work, gather(work, today), request or Request(), desks.everybody(work.firm))


def checked(work: Workspace, facts: Facts, request: Request, clients: desks.Clients) -> Report:
    """The same with what was gathered before."""
    looked = files.cases(work, files.targets(work, facts, request.words, request.here), request.step)
    own = () if request.words else tuple(Case(read, CaseKind.DATA) for read in desks.own_files(facts))
    results = screened(work, facts, (*own, *files.of_their_day(looked, facts)), clients)
    if request.words:
        return Report(facts.client.name, "check", facts.today, let_pass(facts, results))
    whole = report.check(facts)
    more = [each for other in each_standard(work)[1:] for each in report.check(gather(other, facts.today)).results]
    return replace(whole, results=let_pass(facts, joined((*whole.results, *_fresh(whole, more), *results))))


def _fresh(whole: Report, more: Iterable[Result]) -> Iterator[Result]:
    """What a look under a further standard finds beside what was found under the main one."""
    known = {(each.rule, each.message, each.places) for each in whole.findings}
    for result in more:
        found = tuple(e for e in result.findings if (e.rule, e.message, e.places) not in known)
        if found:
            yield replace(result, findings=found)


def let_pass(facts: Facts, results: Iterable[Result]) -> tuple[Result, ...]:
    """The results with those findings marked that somebody let pass by a row in the ledger."""
    waivers = [waiver_of(entry) for entry in facts.of(EntryKind.WAIVER)]
    return waived(results, waivers, facts.today.isoformat())


def check_likeness(work: Workspace, today: date, request: Request, cache: Path | None) -> tuple[Report, Likeness]:
    """The same as `check`, and how much the texts equal the templates and other clients' files.

    Raises:
        UsageError, FileFaults: as for `check`; also where a template does not work.
    """
    facts, clients = gather(work, today), desks.everybody(work.firm)
    looked = tuple(files.cases(work, files.targets(work, facts, request.words, request.here), request.step))
    found = likeness(work, desks.desk(work, facts, clients), looked, clients, cache)
    report_ = checked(work, facts, request, clients)
    status = Status.PASSED if found.measures else Status.NOT_APPLICABLE
    text = facts.rule_texts.get(RULE)
    more = Result(RULE, text.title if text else RULE, status, len(found.measures), findings=found.findings)
    return replace(report_, results=joined((*report_.results, more))), found


def screened(work: Workspace, facts: Facts, cases: Sequence[Case], clients: desks.Clients) -> tuple[Result, ...]:
    """What the files say that they must not say."""
    others = tuple(identity for folder, identity in clients if folder != work.folder)
    left_out = facts.standard.head.not_applied
    found = screen(cases, desks.desk(work, facts, clients), others)
    return tuple(_left_out(each, left_out[each.rule]) if each.rule in left_out else each for each in found)


def _left_out(result: Result, why: str) -> Result:
    """A rule that the client's standard does not apply."""
    return replace(result, status=Status.NOT_APPLICABLE, subjects=0, findings=(), note=why)


class Checked(Frozen):
    """One client of the firm: its folder's name, and its report or why there is none."""

    folder: str
    report: Report | None
    error: GbtoolError | None = None


def check_all(where: Path, today: date, step: Callable[[], None]) -> Iterator[Checked]:
    """Every client of the firm in turn; one that cannot be read does not stop the others.

    Raises:
        UsageError: there is no firm here or above, or it has no clients.
    """
    firm = firm_above(where.resolve())
    clients = desks.everybody(firm) if firm else ()
    if not clients:
        raise UsageError("这里没有机构文件夹，或机构里没有客户", "机构文件夹里要有 gbtool.yaml，每家客户一个子文件夹")
    for folder, identity in clients:
        try:
            work = workspace(folder)
            found = checked(work, gather(work, today), Request(step=step), clients)
            yield Checked(identity.name, found)
        except GbtoolError as error:
            yield Checked(identity.name, None, error)
