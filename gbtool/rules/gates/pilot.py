"""Facts of a pilot and of a trial that the forms of innovation show, by the names that programmes use."""

from decimal import Decimal

from gbtool.model.facts import Facts
from gbtool.rules.dates.innovation import ANNUAL, INITIAL, trial_start
from gbtool.rules.diagnosis.figures import number
from gbtool.rules.gates.known import Finder, Value, found
from gbtool.rules.reading import dated


@found("assessment.first")
def _assessed(facts: Facts) -> Value | None:
    """The day of the first assessment."""
    days = [day for record in facts.records(INITIAL) if (day := dated(record, "测评日期"))]
    first = min(days, key=lambda each: each.day, default=None)
    return Value(first.day, first.place) if first else None


@found("pilot.started")
def _started(facts: Facts) -> Value | None:
    """The day on which the client began to work by the standard."""
    start = trial_start(facts)
    return Value(start.day, start.place) if start else None


found("trial.started")(_started)


@found("pilot.reports")
def _reported(facts: Facts) -> Value | None:
    """The days on which figures of a year were handed in, else filled in."""
    each = [dated(record, "平台提交日期") or dated(record, "填报日期") for record in facts.records(ANNUAL)]
    days = [day for day in each if day]
    return Value(tuple(sorted(day.day for day in days)), days[-1].place) if days else None


_SPENDING, _YEARS, _YUAN = "rd_spend", 3, 10_000


def _spent(column: str) -> Finder:
    """The mean of the last three years of a column of what the client spent, in yuan; None where a year is missing."""

    def finder(facts: Facts) -> Value | None:
        rows = sorted(facts.client.rows(_SPENDING), key=lambda row: str(row.get("年份")))
        each = [value for row in rows[-_YEARS:] if (value := number(row.get(column))) is not None]
        if len(each) < _YEARS:
            return None
        mean = sum(each, Decimal(0)) * _YUAN / _YEARS
        return Value(mean.quantize(Decimal("0.01")), f"{facts.client.place(_SPENDING)} {_SPENDING}")

    return finder


found("spending.research")(_spent("研发"))
found("spending.rights")(_spent("知识产权"))


@found("innovation.managers")
def _managers(facts: Facts) -> Value | None:
    """The people whom the client names as managers of innovation."""
    named = facts.client.get("innovation_managers")
    place = f"{facts.client.place('innovation_managers')} innovation_managers"
    return Value(len(named), place) if isinstance(named, (list, tuple)) else None
