"""One client's facts and report as a line of the firm's portfolio."""

from collections.abc import Mapping

from gbtool.model.facts import Facts
from gbtool.model.finding import Report, Result, Status
from gbtool.model.portfolio import Reason, Standing
from gbtool.rules import corrections, period
from gbtool.rules.coverage import coverage
from gbtool.rules.progress import Stage, named, stage
from gbtool.rules.timeline import timeline
from gbtool.rules.upcoming import due

_LEADS = ("经理", "组长", "负责")


def standing(path: str, facts: Facts, report: Report, days: int) -> Standing:
    """Where a client stands: `report` is that of the gate it is asked about, `days` how far ahead deadlines reach."""
    client = facts.client
    lead, team = consultants(facts)
    found, clauses, reached = corrections.listed(facts), coverage(facts), stage(facts)
    return Standing(
        path=path,
        name=client.name or path.rpartition("/")[2],
        short=client.text("company_short"),
        consultant=lead,
        team=team,
        stage=named(reached, facts),
        effective=facts.effective,
        day=period.day_number(facts),
        earliest=period.earliest(facts),
        verdict=report.verdict,
        open=sum(question.required for question in client.open()),
        holes=tuple(hole.text for hole in period.holes(facts)),
        reasons=reasons(report),
        due=due(facts, days),
        bars=timeline(facts),
        nonconformities=(sum(not each.closed for each in found), len(found)),
        coverage=(sum(each.audited for each in clauses), len(clauses)),
        at=tuple(Stage).index(reached),
    )


def consultants(facts: Facts) -> tuple[str, tuple[str, ...]]:
    """Who leads the engagement, the first of the team where no role says so, and the whole team."""
    rows = [row for row in facts.client.rows("consultant_team") if isinstance(row, Mapping) and row.get("姓名")]
    team = tuple(str(row["姓名"]) for row in rows)
    leads = [str(row["姓名"]) for row in rows if any(word in str(row.get("角色") or "") for word in _LEADS)]
    return "、".join(leads or team[:1]), team


def reasons(report: Report) -> tuple[Reason, ...]:
    """What stands against the verdict: the requirements that failed or that had nothing to look at."""
    against = (Status.FAILED, Status.NOT_ASSESSED)
    return tuple(_reason(result) for result in report.results if result.blocks and result.status in against)


def _reason(result: Result) -> Reason:
    first = result.findings[0] if result.findings else None
    message, fix = (first.message, first.fix) if first else (result.note, "")
    return Reason(result.rule, result.title, result.status.value, message, fix, len(result.findings))
