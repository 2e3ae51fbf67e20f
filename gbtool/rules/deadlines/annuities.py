"""Annuities of a granted patent: years that are not paid, grace with its surcharge, and the end of the right."""

from collections.abc import Iterator
from datetime import date, timedelta

from gbtool.rules.deadlines import fees, periods, terms
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.periods import End
from gbtool.rules.deadlines.registry import Act, Right, Watch
from gbtool.structs import Frozen, replace

PAID_THROUGH, NEXT_DUE = "上次缴费年度", "下次年费截止日"
FILED, GRANTED = "申请日", ("授权公告日", "授权日")
YES = ("是", "有", "实施中")


class Year(Frozen):
    """One year of a patent whose annuity is looked at, with what was done about it."""

    number: int
    end: End
    acts: tuple[Act, ...]


def annuities(right: Right, kind: str, watch: Watch) -> Iterator[Item]:
    """What is due for the years that are not paid, up to the day to which one looks."""
    rule, filed = watch.rule("PAT-ANN-DUE"), right.day(FILED)
    if rule is None:
        return
    if filed is None:
        yield right.lacks(rule.title, rule, FILED)
        return
    paid = paid_through(right, filed)
    if paid is None:
        yield right.lacks(rule.title, rule, PAID_THROUGH)
        return
    term = watch.rule("PAT-TERM")
    last = (terms.patent_years(term, kind, filed) if term else None) or 0
    for number in range(paid + 1, last + 1):
        end = periods.rolled(terms.annuity_due(filed, number), watch.facts.calendar)
        if end.raw > watch.until:
            return
        year = Year(number, end, watch.acts.of(right.numbers, end))
        item = _due(right, kind, year, watch)
        if item:
            yield _doubted(item, right, filed, paid)
            if item.rule and item.rule.id == "PAT-RESTORE":
                return  # the right has ended: no later year is due


def paid_through(right: Right, filed: date) -> int | None:
    """The last year that is paid, by the register: as written, else from the next last day that is written."""
    written = right.text(PAID_THROUGH)
    if written.isdigit():
        return int(written)
    upcoming = right.day(NEXT_DUE)
    year = upcoming.year - filed.year + 1 if upcoming else 0
    return year - 1 if upcoming and year > 0 and terms.annuity_due(filed, year) == upcoming else None


def _doubted(item: Item, right: Right, filed: date, paid: int) -> Item:
    """The register's own next last day that does not fit what is paid is named beside the computed one."""
    written, expected = right.day(NEXT_DUE), terms.annuity_due(filed, paid + 1)
    if written is None or written == expected:
        return item
    note = f"{NEXT_DUE}写的是 {written}，按申请日和{PAID_THROUGH} {paid} 应为 {expected}，请核对"
    return replace(item, notes=(*item.notes, note))


def _due(right: Right, kind: str, year: Year, watch: Watch) -> Item | None:
    patent, notes = _patent(right, kind)
    table, charge = watch.facts.deadlines.fees, watch.rule("PAT-SURCHARGE")
    own = fees.payable(table, patent, year.number) if table else None
    full = fees.full_annuity(table, kind, year.number) if table else None

    def total(day: date) -> int | None:
        extra = fees.surcharge(charge, year.end.raw, day, full) if charge and full and day > year.end.last else 0
        return None if own is None or extra is None else own + extra

    settled, paid = _settled(year.acts, total)
    if settled:
        return None
    amount = total(watch.today)
    rest = None if amount is None else amount - paid
    notes = (*notes, *([f"已缴 {paid} 元，没有缴足"] if paid else []))
    if watch.today <= year.end.last:
        what = f"缴第{year.number}年度年费"
        return right.item(what, watch.rule("PAT-ANN-DUE"), year.end, amount=rest, notes=notes, year=str(year.number))
    return _late(right, year, watch, (rest, full, notes))


def _settled(acts: tuple[Act, ...], total: fees.Total) -> tuple[bool, int]:
    """Whether what was paid was enough on the day on which it was paid, and how much was paid."""
    paid = 0
    for act in acts:
        if act.amount is None:
            return True, paid
        paid += act.amount
        needed = total(act.done)
        if needed is None or paid >= needed:
            return True, paid
    return False, paid


def _late(right: Right, year: Year, watch: Watch, money: tuple[int | None, int | None, tuple[str, ...]]) -> Item:
    """After the last day: six months of grace, then only the restoration of the right (细则第115条、第6条)."""
    rest, full, notes = money
    grace, charge = watch.rule("PAT-ANN-GRACE"), watch.rule("PAT-SURCHARGE")
    end = periods.ends(grace, year.end.raw, watch.facts.calendar) if grace else year.end
    if watch.today <= end.last:
        rate = fees.surcharge_rate(charge, year.end.raw, watch.today) if charge else None
        told = f"应缴日 {year.end.last} 已过，今天滞纳金为全额年费{full or ''}元的{round((rate or 0) * 100)}%"
        what = f"补缴第{year.number}年度年费和滞纳金"
        known = {"answers": year.end.raw, "year": str(year.number), "grace": True}
        return right.item(what, grace, end, amount=rest, notes=(told, *notes), **known)
    what = f"第{year.number}年度年费的宽限期已过，核对权利状态"
    told = f"权利从 {year.end.raw} 起终止；收到终止通知的，登记通知书后按收到日算恢复期限"
    restore = watch.rule("PAT-RESTORE")
    return right.item(what, restore, end, answers=year.end.raw, year=str(year.number), notes=(told, *notes))


def _patent(right: Right, kind: str) -> tuple[fees.Patent, tuple[str, ...]]:
    """What the annuity depends on, and what is to be said about it."""
    filed, granted = right.day(FILED), right.day(*GRANTED)
    year = fees.patent_year(filed, granted) if filed and granted else None
    written = right.text("费减").removesuffix("%")
    share = int(written) / 100 if written.isdigit() else 0.0
    notes = []
    if share and year is None:
        notes.append("缺授权公告日，算不出费减年限，金额待补")
    elif share:
        notes.append("费减以当年有费减备案为准")
    return fees.Patent(kind, year, share, right.text("开放许可") in YES), tuple(notes)


def ends(right: Right, kind: str, watch: Watch) -> Iterator[Item]:
    """The last protected day of a patent: the day before the corresponding day (专利法第42条)."""
    rule, filed = watch.rule("PAT-TERM"), right.day(FILED)
    computed = terms.patent_end(rule, kind, filed) if rule and filed else None
    written = right.day("届满日")
    if rule is None or not (computed or written):
        return
    known = written or computed or watch.until
    last = known if computed and known == computed - timedelta(days=1) else known - timedelta(days=1)
    if last <= watch.until:
        over = watch.today > last
        what = "专利权已期满，核对台账状态" if over else f"{rule.title}，最后保护日"
        yield right.item(what, rule, periods.fixed(last))
