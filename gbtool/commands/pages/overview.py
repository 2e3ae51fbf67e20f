"""How one client stands, as plain data: what its page shows and `gbtool page --json` says."""

from collections.abc import Mapping
from datetime import timedelta

from gbtool.commands.portfolio.views import plain_bar, plain_due
from gbtool.commands.readiness import judged
from gbtool.commands.workspace import Workspace
from gbtool.documents.matrix import columns_of, marks
from gbtool.model.checklist import Judgement
from gbtool.model.facts import Facts
from gbtool.model.finding import Result
from gbtool.rules import corrections, period, portfolio
from gbtool.rules.coverage import Covered, coverage
from gbtool.rules.progress import named, stage
from gbtool.rules.timeline import timeline
from gbtool.rules.upcoming import due
from gbtool.shelf.firms import firm
from gbtool.structs import as_dict

AHEAD = 180  # days that deadlines reach
_MARKS = {
    Judgement.CONFORMS: "√",
    Judgement.MINOR: "○",
    Judgement.MAJOR: "×",
    Judgement.OBSERVATION: "观察",
    Judgement.NOT_APPLICABLE: "–",
}


def overview(work: Workspace, facts: Facts) -> dict[str, object]:
    """How a client stands, as plain data: the page shows these figures and no others."""
    today = facts.today
    found = judged(work, facts)
    until = today + timedelta(days=AHEAD)
    nonconformities = corrections.listed(facts)
    return {
        "client": facts.client.name or work.folder.name,
        "on": today,
        "firm": firm(work.firm).name,
        "consultant": portfolio.consultants(facts)[0],
        "edition": facts.standard.edition if facts.client.edition else None,
        "cite": "；".join(each.cite for each in facts.standards) if facts.client.edition else "",
        "stage": named(stage(facts), facts),
        "verdict": found.verdict.value,
        "period": _period(facts),
        "results": [_result(each) for each in found.results],
        "stages": [plain_bar(bar) for bar in timeline(facts)],
        "due": [plain_due(each, today) for each in due(facts, AHEAD) if each.within(until)],
        "nonconformities": [as_dict(each) for each in nonconformities],
        "open_nonconformities": sum(not each.closed for each in nonconformities),
        "coverage": _coverage(facts),
    }


def _period(facts: Facts) -> Mapping[str, object]:
    earliest = period.earliest(facts)
    spans = (*period.months(facts), *period.quarters(facts))
    return {
        "effective": facts.effective,
        "day": period.day_number(facts),
        "months": period.months_passed(facts),
        "earliest": earliest,
        "days": (earliest - facts.today).days if earliest else None,
        "holes": [hole.text for hole in period.holes(facts)],
        "spans": [
            {
                "name": span.name,
                "whole": span.whole,
                "records": span.records,
                "empty": span.empty,
                "missing": [due.title for due in span.missing],
            }
            for span in spans
        ],
    }


def _result(result: Result) -> dict[str, object]:
    return {
        "rule": result.rule,
        "title": result.title,
        "status": result.status.value,
        "subjects": result.subjects,
        "source": result.source,
        "confidence": result.confidence,
        "blocks": result.blocks,
        "note": result.note,
        "findings": [
            {"message": f.message, "place": f.place, "fix": f.fix, "waived": f.waived} for f in result.findings
        ],
    }


def _coverage(facts: Facts) -> Mapping[str, object]:
    covered = coverage(facts) if facts.client.departments else ()
    columns = columns_of(facts) if covered else ()
    shares = {share.clause: marks(share, facts) for share in facts.shares}
    rows = [_row(each, columns, shares.get(each.key, {})) for each in covered]
    return {
        "audited": sum(each.audited for each in covered),
        "total": len(covered),
        "columns": list(columns),
        "clauses": rows,
    }


def _row(each: Covered, columns: tuple[str, ...], given: Mapping[str, str]) -> Mapping[str, object]:
    cells = []
    for column in columns:
        judged = each.judged.get(column)
        cells.append({"column": column, "share": given.get(column, ""), "mark": _MARKS[judged] if judged else ""})
    return {"key": each.key, "cite": each.cite, "title": each.title, "audited": each.audited, "cells": cells}
