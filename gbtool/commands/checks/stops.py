"""What stops files on their way: errors in what they say, before they are issued or handed over."""

from collections.abc import Iterable
from pathlib import Path

from gbtool.commands.check import let_pass, screened
from gbtool.commands.checks import desks, files
from gbtool.commands.workspace import Workspace
from gbtool.model.facts import Facts
from gbtool.model.finding import Finding, Result, Status
from gbtool.screening.agreement.outside import RULE, outside
from gbtool.screening.report import CaseKind


def stops(work: Workspace, facts: Facts, paths: Iterable[Path], *, leaving: bool = False) -> tuple[Finding, ...]:
    """The errors in these files of a client that nobody let pass; none when they may go.

    Args:
        work: the client.
        facts: the client on a day; a document is judged by its day of issue, everything else by this one.
        paths: files on disk; only the names of those that are neither Word nor Excel are looked at.
        leaving: whether they go to somebody else than the client, who must not read its trade secrets.

    Raises:
        FileFaults: a file of the firm or of a shelf is wrong.
    """
    clients = desks.everybody(work.firm)
    cases = tuple(files.cases(work, paths, lambda: None))
    results = screened(work, facts, cases, clients)
    if leaving:
        desk = desks.desk(work, facts, clients)
        papers = (case.read for case in cases if case.kind is CaseKind.DOCUMENT)
        secrets = tuple(seen for read in papers for seen in outside(read, desk) if isinstance(seen, Finding))
        results = (*results, Result(RULE, RULE, Status.FAILED, len(cases), findings=secrets))
    found = (each for result in let_pass(facts, results) for each in result.findings)
    return tuple(each for each in found if each.counts)
