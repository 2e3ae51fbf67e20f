"""What is due for a certificate: surveillance, application and audit of the next cycle, the end of a suspension.

The law counts surveillance from the decision (知识产权认证管理办法, CRT-002); a body that counts from another day is
asked as well, and the earlier of both is the day to keep.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from gbtool.model.calendar import add_months
from gbtool.model.deadline import DeadlineRule
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.outside.body import Body, body_of
from gbtool.rules.deadlines import periods
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.registry import Watch, plain_number
from gbtool.rules.reading import at
from gbtool.structs import Frozen

FIRST, NEXT, ENDS, AGAIN, STOPPED, EDITION = "CRT-002", "CRT-003", "CRT-001", "CRT-006", "AUD-007", "STD-003"
YEARS, MONTHS, AHEAD = 3, 12, 3
COUNTED = {"认证决定日": "decision", "发证日": "cert_issued", "证书起日": "cert_start"}


class Certificate(Frozen):
    """A certificate as the ledger has it on a day, and the body that gave it, where somebody described it."""

    entry: Entry
    today: date
    body: Body | None

    def day(self, name: str) -> date | None:
        """A day of the certificate that has come, or its end."""
        found = as_date(self.entry.text(name))
        return found if found and (found <= self.today or name == "cert_end") else None

    @property
    def number(self) -> str:
        """The number by which people know it."""
        return self.entry.text("cert_number") or "认证证书"

    @property
    def end(self) -> date | None:
        """The last day as the paper says, else three years from its first day (CRT-001)."""
        start = self.day("cert_start")
        counted = add_months(start, 12 * YEARS) - timedelta(days=1) if start else None
        return self.day("cert_end") or counted

    @property
    def visits(self) -> tuple[date, ...]:
        """The days of surveillance so far."""
        value = self.entry.get("surveillance")
        listed = value if isinstance(value, (list, tuple)) else str(value or "").split("、")
        return tuple(sorted(day for each in listed if (day := as_date(each)) and day <= self.today))

    @property
    def alive(self) -> bool:
        """Whether there is something to keep: it was given, not withdrawn, and no new cycle has begun."""
        given = self.day("decision") or self.day("cert_start")
        return bool(given) and not self.day("withdrawn") and not self.day("recert_end")

    def item(self, what: str, rule: DeadlineRule | None, end: date, *notes: str) -> Item:
        """Something that is due for it."""
        name = self.entry.text("body")
        return Item(self.number, name, what, rule, periods.fixed(end), notes=notes, place=at(self.entry))


def certificates(watch: Watch) -> tuple[Certificate, ...]:
    """The certificates that are to be kept."""
    found = (
        Certificate(entry, watch.today, body_of(entry.text("body"), watch.facts.bodies))
        for entry in watch.facts.of(EntryKind.APPLICATION)
    )
    return tuple(each for each in found if each.alive)


def items(watch: Watch) -> Iterator[Item]:
    """What is due for all certificates, what was done about it left out."""
    for each in certificates(watch):
        for item in _of(each, watch):
            if item.end is None or not watch.acts.of((plain_number(each.number),), item.end):
                yield item


def _of(each: Certificate, watch: Watch) -> Iterator[Item]:
    yield from _surveillance(each, watch)
    yield from _next_cycle(each, watch)
    yield from _suspended(each, watch)
    yield from _old_edition(each, watch)


def _surveillance(each: Certificate, watch: Watch) -> Iterator[Item]:
    """The next surveillance, as long as it lies before the end of the certificate."""
    visits = each.visits
    rule = watch.rule(NEXT if visits else FIRST)
    if rule is None:
        return
    months = rule.number("months") or MONTHS
    starts = [visits[-1]] if visits else [day for name in COUNTED.values() if (day := each.day(name))][:1]
    if not visits and each.day("decision") is None:
        yield each.item(rule.title, None, add_months(starts[0], months), "没有登记认证决定日，按手上最早的日期算")
        return
    law, own = add_months(starts[0], months), _by_body(each)
    day = min(law, own[0]) if own else law
    if each.end is None or day < each.end:
        yield each.item(rule.title, rule, day, *([own[1]] if own else ()), *_risk(day, watch))


def _by_body(each: Certificate) -> tuple[date, str] | None:
    """When the body wants to come by its own count, and how it counts."""
    wish = each.body.surveillance if each.body else None
    if wish is None or wish.months is None or wish.counted_from is None:
        return None
    start = each.visits[-1] if each.visits else each.day(COUNTED[wish.counted_from.value])
    if start is None:
        return None
    day = add_months(start, wish.months)
    who = each.body.name if each.body else ""
    return day, f"{who}从{wish.counted_from.value}起 {wish.months} 个月，是 {day}，取较早的"


def _risk(day: date, watch: Watch) -> tuple[str, ...]:
    return ("超期没有监督，证书可能被暂停；先和认证机构商定日期",) if watch.today > day else ()


def _next_cycle(each: Certificate, watch: Watch) -> Iterator[Item]:
    """An application some months before the end, and the audit on site before it (CRT-006)."""
    again, ends, end = watch.rule(AGAIN), watch.rule(ENDS), each.end
    if end is None:
        return
    ahead = each.body.recertify_months if each.body and each.body.recertify_months else AHEAD
    counted = () if each.day("cert_end") else ("没有登记证书止日，按起日加三年减一天算；以证书载明的为准",)
    if again and watch.today <= end:
        yield each.item("递交再认证申请", again, add_months(end, -ahead), f"到期前 {ahead} 个月，是建议", *counted)
        yield each.item("再认证现场审核做完", again, end, "到期前没有做完的，按初次认证重来")
    if ends:
        yield each.item(ends.title, ends, end, *counted)


def _suspended(each: Certificate, watch: Watch) -> Iterator[Item]:
    """How long a suspension may last, by the body's own count where it is known (AUD-007)."""
    rule, stopped, again = watch.rule(STOPPED), each.day("suspended"), each.day("resumed")
    if rule is None or stopped is None or (again and again >= stopped):
        return
    own = each.body.suspension_months if each.body else None
    months = own or rule.number("suspension_max_months") or AHEAD
    note = f"机构规定最长 {months} 个月" if own else f"按一家机构公开的 {months} 个月算，问清所属机构的"
    yield each.item("恢复证书，否则撤销", rule, add_months(stopped, months), note)


def _old_edition(each: Certificate, watch: Watch) -> Iterator[Item]:
    """A certificate of the edition before this one, once its change-over has a last day (STD-003)."""
    rule = watch.rule(EDITION)
    last = as_date(rule.params.get("transition_to")) if rule else None
    old = str(rule.params.get("superseded") or "") if rule else ""
    if rule and last and each.entry.text("edition") == old:
        yield each.item(rule.title, rule, last, "逾期没有换版的，机构要暂停或撤销")
