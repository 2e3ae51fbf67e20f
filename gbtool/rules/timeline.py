"""The stages of an engagement as bars on a line of time: what the ledger shows, else what client.yaml plans."""

from collections.abc import Iterator
from datetime import date

from gbtool.model.entry import EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.portfolio import Bar, BarState
from gbtool.rules import period
from gbtool.rules.progress import Stage, named
from gbtool.rules.reading import milestone, span


def timeline(facts: Facts) -> tuple[Bar, ...]:
    """The stages of which a day is known, in their order; none is made up."""
    return tuple(_bars(facts))


def _bars(facts: Facts) -> Iterator[Bar]:
    client = facts.client
    signed, kickoff = client.date("contract_sign_date"), client.date("kickoff_date")
    diagnosed = span(client.text("diagnosis_period"))
    issued, planned = _issued(facts), client.date("manual_issue_date")
    yield from _told(Stage.CONTRACT, signed or kickoff, kickoff or signed, facts)
    if diagnosed:
        yield from _told(Stage.DIAGNOSIS, *diagnosed, facts)
    begun = diagnosed[1] if diagnosed else kickoff
    yield from _shown(Stage.WRITING, begun, issued, planned, facts)
    effective = facts.effective or client.date("manual_effective_date")
    yield from _shown(Stage.ISSUE, issued or planned, facts.effective and effective, effective, facts)
    yield from _running(facts)
    yield from _audit(facts)
    yield from _single(Stage.REVIEW, _reviewed(facts), client.date("management_review_date"), facts)
    yield from _single(Stage.APPLYING, _submitted(facts), client.date("certification_apply_date"), facts)


def _told(stage: Stage, first: date | None, last: date | None, facts: Facts) -> Iterator[Bar]:
    """A stage of which client.yaml alone says when it is or was."""
    if first and last and first <= last:
        yield Bar(named(stage, facts), first, last, _by_day(first, last, facts.today))


def _shown(stage: Stage, first: date | None, done: date | None, plan: date | None, facts: Facts) -> Iterator[Bar]:
    """A stage that ends with something that the ledger shows; without it, the plan counts for nothing that is past."""
    last = done or plan
    if first and last and first <= last:
        state = _by_day(first, last, facts.today)
        yield Bar(named(stage, facts), first, last, BarState.MISSED if state is BarState.DONE and not done else state)


def _single(stage: Stage, done: date | None, plan: date | None, facts: Facts) -> Iterator[Bar]:
    yield from _shown(stage, done or plan, done, plan, facts)


def _by_day(first: date, last: date, today: date) -> BarState:
    if first > today:
        return BarState.AHEAD
    return BarState.DONE if last < today else BarState.NOW


def _issued(facts: Facts) -> date | None:
    manual = facts.document(facts.manual_id)
    if manual is not None:
        return as_date(manual.issued) if manual.in_force else None
    issued = milestone(facts.paper(facts.manual_id), "issued", facts)
    return issued.day if issued and issued.day <= facts.today else None


def _running(facts: Facts) -> Iterator[Bar]:
    """From the effective day to the application, or to the first day on which one is possible."""
    start, enough = facts.effective, period.earliest(facts)
    if start is None or enough is None:
        return
    submitted = _submitted(facts)
    if submitted and submitted >= start:
        yield Bar(named(Stage.RUNNING, facts), start, submitted, BarState.DONE)
        return
    last = max(enough, facts.client.date("certification_apply_date") or enough, facts.today)
    yield Bar(named(Stage.RUNNING, facts), start, last, _by_day(start, last, facts.today))


def _audit(facts: Facts) -> Iterator[Bar]:
    plan = facts.one(EntryKind.AUDIT_PLAN)
    start, end = milestone(plan, "start", facts), milestone(plan, "end", facts)
    report = milestone(facts.one(EntryKind.AUDIT_REPORT), "issued", facts)
    reported = report.day if report and report.day <= facts.today else None
    if start is None:
        planned = span(facts.client.text("internal_audit_period"))
        yield from _shown(Stage.AUDIT, planned and planned[0], reported, planned and planned[1], facts)
        return
    last = reported or max(end.day if end else start.day, facts.today, start.day)
    yield from _shown(Stage.AUDIT, start.day, reported, last, facts)


def _reviewed(facts: Facts) -> date | None:
    report = facts.one(EntryKind.REVIEW_REPORT)
    held = milestone(report, "review_date", facts) or milestone(report, "issued", facts)
    return held.day if held and held.day <= facts.today else None


def _submitted(facts: Facts) -> date | None:
    application = facts.one(EntryKind.APPLICATION)
    day = as_date(application.text("submitted")) if application else None
    return day if day and day <= facts.today else None
