"""How long rights last: patents, trademarks and their renewal, copyrights, layouts, customs recordals, domain names."""

from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.deadline import DeadlineRule
from gbtool.rules.deadlines.periods import day_before, soonest, year_end
from gbtool.structs import Frozen

DESIGN = "外观设计"
KINDS = ("发明", "实用新型", DESIGN)
YEAR = 12


def patent_kind(text: str) -> str:
    """The kind of a patent as the rules write it; empty where it is none of the three."""
    return next((kind for kind in KINDS if text and (text == kind or kind.startswith(text))), "")


def patent_years(rule: DeadlineRule, kind: str, filed: date) -> int | None:
    """Years of protection from the filing day (专利法第42条); designs filed before 2021-06-01 have ten."""
    return rule.number(patent_kind(kind) or kind, filed)


def patent_end(rule: DeadlineRule, kind: str, filed: date) -> date | None:
    """The corresponding day on which a patent ends; the day before it is the last protected one."""
    years = patent_years(rule, kind, filed)
    return add_months(filed, YEAR * years) if years else None


def annuity_due(filed: date, year: int) -> date:
    """The last day, before any rolling, for the annuity of a year: filing day plus year less one (细则第115条)."""
    return add_months(filed, YEAR * (year - 1))


def trademark_end(rule: DeadlineRule, registered: date) -> date:
    """The last day of a trademark's term (商标法实施条例第12条第2款)."""
    return day_before(registered, YEAR * (rule.number("years") or 10))


class Renewal(Frozen):
    """When a trademark's renewal opens and closes, and the last day of its time of grace."""

    opens: date
    closes: date
    grace: date


def renewal(grace: DeadlineRule, expiry: date) -> Renewal:
    """The renewal of a term that ends on a day: open for twelve months, then six months of grace (商标法第40条)."""
    opens = add_months(expiry, -YEAR) + timedelta(days=1)
    return Renewal(opens, expiry, add_months(expiry, grace.number("months") or 0))


def next_term(rule: DeadlineRule, expiry: date) -> tuple[date, date]:
    """First and last day of the next term of a trademark."""
    start = expiry + timedelta(days=1)
    return start, day_before(start, YEAR * (rule.number("term_years") or 10))


def vulnerable_from(rule: DeadlineRule, announced: date, used: date | None) -> date:
    """From when a trademark may be attacked for not being used (商标法第49条)."""
    return add_months(max(announced, used) if used else announced, YEAR * (rule.number("years") or 3))


class Copyright(Frozen):
    """The last day of a copyright, or until when an unpublished work must be published to be protected."""

    ends: date | None
    lapses_unpublished: date | None


def copyright_term(rule: DeadlineRule, published: date | None, completed: date | None) -> Copyright:
    """The term of an organisation's software or work (计算机软件保护条例第14条、著作权法第23条)."""
    years = rule.number("years") or 50
    if published:
        return Copyright(year_end(published, years), None)
    return Copyright(None, add_months(completed, YEAR * years) if completed else None)


def layout_end(rule: DeadlineRule, applied: date | None, exploited: date | None, created: date | None) -> date | None:
    """The corresponding day of a layout's ten years, fifteen from creation at most (布图条例第12条)."""
    start = soonest((applied, exploited))
    years, cap = rule.number("years") or 10, rule.number("cap_years_from_creation") or 15
    ends = [add_months(start, YEAR * years)] if start else []
    ends += [add_months(created, YEAR * cap)] if created and start else []
    return soonest(ends)


def domain_stages(rule: DeadlineRule, expiry: date) -> tuple[date, date] | None:
    """Until when a domain can still be renewed, then redeemed, by a registrar's custom; None where it varies."""
    renew, redeem = rule.number("renew_days"), rule.number("redemption_days")
    if renew is None or redeem is None:
        return None
    until = expiry + timedelta(days=renew)
    return until, until + timedelta(days=redeem)
