"""What a right costs on a day: annuities, reductions, surcharges by tier, renewal of trademarks. In yuan."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from gbtool.model.calendar import add_months
from gbtool.model.deadline import DeadlineRule, PatentFees
from gbtool.structs import Frozen

ONE_OWNER, SEVERAL_OWNERS = "单个申请人或专利权人", "两个以上"
YEAR = 12
Total = Callable[[date], int | None]  # what was to be paid on a day


class Patent(Frozen):
    """What the annuity of a patent depends on: `share` is let off when fees are reduced, from the year of grant on."""

    kind: str
    granted_in: int | None = None
    share: float = 0.0
    open_licence: bool = False


def patent_year(filed: date, day: date) -> int:
    """The year of a patent in which a day lies: the first begins on the filing day (审查指南第五部分第九章)."""
    years = day.year - filed.year
    return years + 1 if add_months(filed, YEAR * years) <= day else years


def full_annuity(fees: PatentFees, kind: str, year: int) -> int | None:
    """The annuity of a year, None where the table has none."""
    bands = fees.annuity.table.get(kind, ())
    return next((band.amount for band in bands if band.from_ <= year <= band.to), None)


def payable(fees: PatentFees, patent: Patent, year: int) -> int | None:
    """What is to be paid for a year: the cheaper of reduction and open licence, never both (财税〔2024〕23号).

    None where the table has no such year, or fees are reduced and the year of grant is not known.
    """
    full = full_annuity(fees, patent.kind, year)
    if full is None or (patent.share and patent.granted_in is None):
        return None
    shares = [0.0]
    if patent.share and patent.granted_in is not None:
        window = range(patent.granted_in, patent.granted_in + fees.reduction.window.years)
        shares += [patent.share] if year in window else []
    if patent.open_licence:
        shares.append(fees.open_licence.rate)
    return yuan(full * (1 - _exact(max(shares))))


def reduction_of(fees: PatentFees, owners: int) -> float:
    """The share that is let off for so many owners, each of whom qualifies."""
    return fees.reduction.rates[ONE_OWNER if owners == 1 else SEVERAL_OWNERS]


def surcharge_rate(rule: DeadlineRule, raw_due: date, paid: date) -> float | None:
    """The rate of the surcharge on a day; each tier holds its last corresponding day; None once six months are over.

    Counted from the day before any rolling, which is never too late (细则第115条；审查指南第五部分第九章).
    """
    if paid <= raw_due:
        return 0.0
    tiers = rule.params.get("tiers")
    for tier in tiers if isinstance(tiers, list) else ():
        if paid <= add_months(raw_due, int(tier["through_months"])):
            return float(tier["rate"])
    return None


def surcharge(rule: DeadlineRule, raw_due: date, paid: date, full: int) -> int | None:
    """The surcharge on the full annuity, never on the reduced one; None once six months are over."""
    rate = surcharge_rate(rule, raw_due, paid)
    return None if rate is None else yuan(full * _exact(rate))


def renewal(rule: DeadlineRule, classes: int, *, late: bool, channel: str = "online") -> int | None:
    """The fee for renewing a trademark in so many classes, with the fee for being late in the time of grace."""
    names = ("renewal", "late") if late else ("renewal",)
    tables = [rule.params.get(name) for name in names]
    amounts = [table.get(channel) for table in tables if isinstance(table, Mapping)]
    known = [amount for amount in amounts if isinstance(amount, int)]
    return classes * sum(known) if len(known) == len(names) else None


def yuan(amount: Fraction | int) -> int:
    """A whole sum, halves up."""
    return int(Fraction(amount) + Fraction(1, 2))


def _exact(share: float) -> Fraction:
    return Fraction(str(share))
