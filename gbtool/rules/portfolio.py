"""One client's facts and report as a line of the firm's portfolio."""

from collections.abc import Iterator, Mapping

from gbtool.model.facts import Facts
from gbtool.model.finding import Report, Result, Status
from gbtool.model.portfolio import Due, Reason, Standing
from gbtool.rules import period
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.listing import listing
from gbtool.rules.deadlines.periods import End
from gbtool.rules.progress import planned, stage

_LEADS = ("经理", "组长", "负责")


def standing(path: str, facts: Facts, report: Report, days: int) -> Standing:
    """Where a client stands: `report` is that of the gate it is asked about, `days` how far ahead deadlines reach."""
    client = facts.client
    lead, team = consultants(facts)
    return Standing(
        path=path,
        name=client.name or path.rpartition("/")[2],
        short=client.text("company_short"),
        consultant=lead,
        team=team,
        stage=stage(facts).value,
        effective=facts.effective,
        day=period.day_number(facts),
        earliest=period.earliest(facts),
        verdict=report.verdict,
        open=sum(question.required for question in client.open()),
        holes=tuple(hole.text for hole in period.holes(facts)),
        reasons=reasons(report),
        due=due(facts, days),
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


def due(facts: Facts, days: int) -> tuple[Due, ...]:
    """What is due within so many days: of rights by the rules of periods, and what the client itself planned."""
    found = [*_of_rights(facts, days), *_planned(facts, days)]
    return tuple(sorted(found, key=lambda each: (not each.late, each.days(facts.today), each.right, each.what)))


def _planned(facts: Facts, days: int) -> Iterator[Due]:
    reminders = facts.deadlines.reminders(None)
    for each in planned(facts, days):
        key = f"{each.day}/{each.what}"
        yield Due(key, each.what, each.day, each.day, each.day, reminders=reminders, place=each.place)


def _of_rights(facts: Facts, days: int) -> Iterator[Due]:
    for item in listing(facts, days).items:
        if item.end:
            yield _due(item, item.end, facts)


def _due(item: Item, end: End, facts: Facts) -> Due:
    caveat = (end.caveat,) if end.caveat else ()
    return Due(
        key=item.key,
        what=item.what,
        day=item.act_by,
        last=end.last,
        shown=item.opens or item.act_by,
        state=item.state(facts.today).value,
        right=item.right,
        name=item.name,
        amount=item.amount,
        law=item.source(facts.today),
        confidence=item.confidence,
        notes=(*item.notes, *caveat),
        reminders=facts.deadlines.reminders(item.rule),
        place=item.place,
    )
