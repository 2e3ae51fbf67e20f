"""The further names of plans and reports: schedule, days, clauses by department, what the ledger holds."""

from collections.abc import Mapping
from datetime import date

from gbtool.documents import schedule as days
from gbtool.documents.context import Words, department
from gbtool.documents.kept import Kept
from gbtool.model.calendar import add_months
from gbtool.model.facts import Facts
from gbtool.model.period import Period, Unit


def names(facts: Facts, words: Words, documents: Mapping[str, object]) -> dict[str, object]:
    """The names beside those of every text; `documents` are the documents that apply, by id.

    Days are counted from ISO text to ISO text: `workday(day, 5)`, `months_later(day, 3)`, `ahead(day, period[...])`,
    `later(day, period[...])`; `span(text)` is the first and last day of a period.
    """

    def workday(day: str, count: int) -> str:
        return days.workday(date.fromisoformat(day), count, facts.calendar).isoformat()

    def months_later(day: str, months: int) -> str:
        return add_months(date.fromisoformat(day), months).isoformat()

    def later(day: str, period: Period, way: int = 1) -> str:
        counted = workday if period.unit is Unit.WORKDAYS else months_later if period.unit is Unit.MONTHS else None
        if counted:
            return counted(day, way * period.value)
        moved = (period.after if way > 0 else period.before)(date.fromisoformat(day), facts.calendar)
        return moved.isoformat() if moved else day

    def ahead(day: str, period: Period) -> str:
        return later(day, period, -1)

    def span(text: str) -> list[str]:
        return [day.isoformat() for day in days.period(text) or ()]

    return {
        "schedule": schedule(facts, words, documents),
        "carried": carried(facts, words),
        "changes": lambda: words.changes(facts.standard.head.family),
        "indicators": words.indicators,
        "probes": words.probes,
        "ledger": Kept(facts),
        "firm": words.firm,
        "workday": workday,
        "months_later": months_later,
        "ahead": ahead,
        "later": later,
        "span": span,
    }


def schedule(facts: Facts, words: Words, documents: Mapping[str, object]) -> list[dict[str, object]]:
    """The tasks of the schedule with their days, departments and the documents that they leave behind."""
    return [
        {
            "no": number,
            "name": each.task.name,
            "responsible": _post(each.task.function, facts, words),
            "cooperate": [_post(function, facts, words) for function in each.task.cooperate],
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "marks": [day.isoformat() for day in each.marks],
            "milestone": each.task.milestone or None,
            "documents": [documents[id_] for id_ in each.task.documents if id_ in documents],
        }
        for number, each in enumerate(days.stretches(facts), 1)
    ]


def _post(function: str, facts: Facts, words: Words) -> str:
    """The department of a function; those at the top by their posts."""
    post = facts.client.post("top_manager")
    if function == "top" and post:
        return post.title
    return words.functions["mr"] if function == "mr" else department(function, facts, words)


def carried(facts: Facts, words: Words) -> list[dict[str, object]]:
    """The clauses of this client with the department that carries each and those that co-operate."""
    return [
        {
            "cite": clause.cite_as,
            "title": clause.title,
            "main": department(share.main, facts, words),
            "with": [department(function, facts, words) for function in share.with_],
        }
        for share in facts.shares
        if (clause := facts.standard.clause(share.clause))
    ]
