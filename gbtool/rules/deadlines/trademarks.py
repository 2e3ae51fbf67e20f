"""What is due for trademarks: renewal, grace, opposition, priority, evidence of use."""

from collections.abc import Iterable, Iterator
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.deadline import DeadlineRule
from gbtool.rules.deadlines import fees, periods, terms
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.registry import Right, Watch

CHINA = ("", "中国", "中华人民共和国")
ENDS, ANNOUNCED, STARTS = "专用期至", "注册公告日", "专用权起始日"
_SPLIT = "、，,;； "


def grouped(marks: Iterable[Right]) -> Iterator[tuple[Right, int]]:
    """Each registration once, with the number of its classes."""
    found: dict[tuple[str, ...], tuple[Right, set[str]]] = {}
    for mark in marks:
        key = (mark.number, mark.text("注册地"))
        found.setdefault(key, (mark, set()))[1].update(_classes(mark.text("类别")))
    for mark, classes in found.values():
        yield mark, max(1, len(classes))


def _classes(text: str) -> set[str]:
    for sign in _SPLIT:
        text = text.replace(sign, " ")
    return {part for part in text.split() if part}


def items(mark: Right, classes: int, watch: Watch) -> Iterator[Item]:
    """What is due for a registration or a pending application."""
    if mark.text("注册地") not in CHINA:
        yield from _foreign(mark, watch)
        return
    registered = mark.day(STARTS, ANNOUNCED)
    if registered or mark.day(ENDS):
        yield from _renewal(mark, classes, watch)
        yield from _use(mark, watch)
    else:
        yield from _pending(mark, watch)


def _foreign(mark: Right, watch: Watch) -> Iterator[Item]:
    """A registration abroad: only the day that the register itself says; where it says nothing, it is asked for."""
    day = mark.day(ENDS)
    end = periods.fixed(day) if day else None
    if end is None:
        yield mark.lacks("境外商标的续展：没有收录当地的规则，按注册证登记", None, ENDS)
    elif not watch.done(mark, end):
        yield mark.item(f"办理续展（{mark.text('注册地')}，按当地规定核对）", None, end)


def _renewal(mark: Right, classes: int, watch: Watch) -> Iterator[Item]:
    renew, grace, term = (watch.rule(name) for name in ("TM-RENEW", "TM-GRACE", "TM-TERM"))
    if not (renew and grace and term):
        return
    start = mark.day(STARTS, ANNOUNCED)
    expiry = mark.day(ENDS) or (terms.trademark_end(term, start) if start else None)
    while expiry and watch.done(mark, periods.fixed(expiry)):
        expiry = terms.next_term(renew, expiry)[1]
    if expiry is None:
        return
    found, charge = terms.renewal(grace, expiry), watch.rule("TM-FEE")
    late = watch.today > expiry
    amount = fees.renewal(charge, classes, late=late) if charge else None
    notes = (f"{classes}类，网上办理的收费",) if amount else ()
    if not late:
        yield mark.item(renew.title, renew, periods.fixed(found.closes), opens=found.opens, amount=amount, notes=notes)
        return
    told = f"专用期 {expiry} 已满，宽展期另交延迟费"
    if watch.today > found.grace:
        told = f"宽展期 {found.grace} 已过，商标会被注销，核对状态"
    end = periods.fixed(found.grace)
    yield mark.item(grace.title, grace, end, amount=amount, grace=True, answers=expiry, notes=(told, *notes))


def _use(mark: Right, watch: Watch) -> Iterator[Item]:
    """A mark without use for three years may be attacked (商标法第49条): fresh evidence is due before that."""
    rule, announced = watch.rule("TM-NONUSE"), mark.day(ANNOUNCED, STARTS)
    if rule is None or announced is None:
        return
    used = last_use(mark, watch)
    from_ = terms.vulnerable_from(rule, announced, used)
    if from_ > watch.until:
        return
    if used is None and from_ <= watch.today:
        yield mark.lacks("收集使用证据", rule, "最近使用日或使用证据")
        return
    notes = [f"最近的使用证据是 {used}"] if used else []
    if from_.isoformat() >= str(rule.params.get("ex_officio_from") or "9"):
        notes.append("2027年起官方还可以依职权撤销")
    yield mark.item("补新的使用证据，满三年没有使用可被申请撤销", rule, periods.fixed(from_), notes=tuple(notes))


def last_use(mark: Right, watch: Watch) -> date | None:
    """The latest day on which a mark was used, by the register or by the archive of evidence."""
    days = [mark.day("最近使用日"), *(watch.used.get(number) for number in mark.numbers)]
    return max((day for day in days if day and day <= watch.today), default=None)


def _pending(mark: Right, watch: Watch) -> Iterator[Item]:
    filed, published = mark.day("申请日"), mark.day("初步审定公告日", "初审公告日")
    priority = watch.rule("TM-PRIO")
    if priority and filed and not mark.day("优先权日"):
        yield mark.item(priority.title, priority, periods.ends(priority, filed, watch.facts.calendar))
    rule = watch.facts.deadlines.of_family("TM-OPP", published) if published else None
    if rule and published:
        end = periods.ends(rule, published, watch.facts.calendar)
        yield mark.item(rule.title, rule, end, remind=_reminder(rule, published, end.raw), notes=_doubt(rule, end.raw))


def _reminder(rule: DeadlineRule, published: date, raw: date) -> date | None:
    """Where it is open which law holds, the shorter period reminds."""
    months, since = rule.number("remind_months"), str(rule.params.get("remind_from") or "9")
    return add_months(published, months) if months and raw.isoformat() >= since else None


def _doubt(rule: DeadlineRule, raw: date) -> tuple[str, ...]:
    since = str(rule.params.get("remind_from") or "9")
    return (rule.uncertain,) if raw.isoformat() >= since else ()
