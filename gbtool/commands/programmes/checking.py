"""`gbtool programme check`: the client against each rule of a programme; what nobody knows is not met."""

from datetime import date

from gbtool.commands.gather import gather
from gbtool.commands.programmes.listing import Catalogue, catalogue
from gbtool.commands.workspace import Workspace
from gbtool.errors import UsageError
from gbtool.model.facts import Facts
from gbtool.model.finding import Finding, Report, Result, Severity, Status, Verdict
from gbtool.model.outside.published import Published
from gbtool.model.programme import Programme, Standing
from gbtool.rules.gates import judging
from gbtool.rules.gates.known import Known
from gbtool.structs import Frozen

STANDING = "项目"


class Checked(Frozen):
    """A programme, a report for each way to its end, and the pairs of rules that say different things."""

    programme: Programme
    reports: tuple[Report, ...]
    conflicts: tuple[tuple[Published, Published], ...]

    @property
    def verdict(self) -> Verdict:
        """Ready where one way is; not assessed where none is but one may be."""
        found = [report.verdict for report in self.reports]
        return next((each for each in (Verdict.READY, Verdict.NOT_ASSESSED) if each in found), Verdict.NOT_READY)


def check(work: Workspace, name: str, today: date, route: str = "") -> Checked:
    """The client against a programme on a day, by one way or by all of them.

    Raises:
        UsageError: there is no such programme or way.
        FileFaults: a file is wrong.
    """
    known_ = catalogue(work.shelves)
    programme = known_.named(name)
    facts = gather(work, today)
    ways = (chosen(programme, route),) if route else programme.routes or ("",)
    reports = tuple(report(programme, way, facts, known_) for way in ways)
    rules = {**known_.book.rules, **{rule.id: rule for rule in programme.rules}}
    results = [result for each in reports for result in each.results]
    return Checked(programme, reports, judging.conflicts(rules, results))


def chosen(programme: Programme, route: str) -> str:
    """The way that is meant.

    Raises:
        UsageError: the programme has no such way.
    """
    if route not in programme.ways:
        raise UsageError(f"{programme.id} 没有“{route}”这条路", f"可用的：{'、'.join(programme.ways) or '无'}")
    return route


def report(programme: Programme, route: str, facts: Facts, known_: Catalogue) -> Report:
    """What became of each rule of a way."""
    known = asked(programme, facts, known_)
    results = judging.judged((*programme.rules_of(route), *known_.also()), known)
    gate = f"{programme.id} {route}".strip()
    return Report(facts.client.name, gate, facts.today, (standing(programme, facts.today), *results))


def asked(programme: Programme, facts: Facts, known_: Catalogue) -> Known:
    """The facts of a client as a programme asks for them."""
    return Known(facts, known_.book.terms, programme.id, programme.gives)


def standing(programme: Programme, today: date) -> Result:
    """Whether the programme holds on the day at all; one that may go on or not has to be asked about."""
    stands = programme.standing(today)
    statuses = {Standing.CURRENT: Status.PASSED, Standing.UNKNOWN: Status.NOT_ASSESSED}
    status = statuses.get(stands, Status.FAILED)
    years = f"（年度：{'、'.join(map(str, programme.years))}）" if programme.years else ""
    message = f"这个项目在 {today} {stands.value}{years}"
    severity = Severity.INFO if status is Status.NOT_ASSESSED else Severity.ERROR
    fix = "向主管部门问清今年有没有、规则变了没有；有新文件的，在机构书架上写一个新的年度文件"
    found = () if status is Status.PASSED else (Finding(STANDING, severity, message, fix=fix),)
    note = message if status is Status.PASSED else ""
    titles = "、".join(source.title for source in programme.sources)
    return Result(STANDING, "项目在这一天有效", status, 1, titles, programme.confidence.value, found, note=note)
