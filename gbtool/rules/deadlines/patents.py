"""What is due for patents and for applications that are pending."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.deadline import DeadlineRule
from gbtool.rules.deadlines import annuities, periods, terms
from gbtool.rules.deadlines.items import Item, State
from gbtool.rules.deadlines.periods import End
from gbtool.rules.deadlines.registry import PATENT, Right, Watch
from gbtool.structs import replace

_CHINESE = re.compile(r"(19|20)\d{2}[1-3]\d{7}(\.[\dX])?")
YEAR = 12
INVENTION = "发明"
FILED, PRIORITY, FIRST = "申请日", "优先权日", "首次申请日"
EXAM_ASKED = ("实审请求日", "实质审查请求日")
COPIED = "优先权副本提交日"
ENTERED = ("进入国家阶段日", "进入中国国家阶段日")


def patent(right: Right, watch: Watch) -> Iterator[Item]:
    """What is due for a granted patent."""
    kind = terms.patent_kind(right.text("类型"))
    if not kind:
        yield from [right.lacks("年费", watch.rule("PAT-ANN-DUE"), "类型")] if _ours(right) else _foreign(right, watch)
        return
    yield from annuities.annuities(right, kind, watch)
    yield from annuities.ends(right, kind, watch)
    granted = right.day(*annuities.GRANTED)
    if granted:
        yield from _reward(right, kind, granted, watch)
        yield from _compensation(right, kind, granted, watch)
    yield from _after(right, "PAT-PTE", right.day("上市许可日"), watch)


def application(right: Right, watch: Watch) -> Iterator[Item]:
    """What is due for an application that is pending."""
    kind = terms.patent_kind(right.text("类型"))
    if right.text("类型").upper() == "PCT" or right.day("国际申请日"):
        yield from _national_phase(right, watch)
        return
    filed = right.day(FILED)
    if not kind or filed is None:
        if kind:
            yield right.lacks("算期限", None, FILED)
        return
    if kind == INVENTION and not right.day(*EXAM_ASKED):
        yield from _examination(right, watch)
    yield from _priority(right, kind, filed, watch)
    yield from _filing_fee(right, filed, watch)
    if kind != INVENTION:
        yield from _after(right, "PAT-AMEND-UM", filed, watch)


def _after(right: Right, name: str, start: date | None, watch: Watch, parameter: str = "") -> Iterator[Item]:
    """What ends one period after a day, unless it was done."""
    rule = watch.rule(name)
    if rule is None or start is None:
        return
    end = periods.ends(rule, start, watch.facts.calendar, parameter)
    if not watch.done(right, end):
        yield right.item(rule.title, rule, end, notes=_remarks(rule))


def _remarks(rule: DeadlineRule) -> tuple[str, ...]:
    return tuple(text for text in (rule.uncertain,) if text)


def _examination(right: Right, watch: Watch) -> Iterator[Item]:
    rule = watch.rule("PAT-EXAM")
    days = {"priority_date": right.day(PRIORITY), "filing_date": right.day(FILED)}
    for item in _after(right, "PAT-EXAM", periods.first_known(rule, days) if rule else None, watch):
        yield replace(item, notes=(*item.notes, f"已经请求的，把{EXAM_ASKED[0]}登记到台账"))


def _priority(right: Right, kind: str, filed: date, watch: Watch) -> Iterator[Item]:
    """A first filing founds priority; one that claims priority has its copy and its corrections to think of."""
    claimed = right.day(PRIORITY, FIRST)
    if claimed is None:
        yield from _after(right, "PAT-PRIO-DES" if kind == terms.DESIGN else "PAT-PRIO-INV", filed, watch)
        return
    if not right.day(COPIED):
        for item in _after(right, "PAT-PRIO-COPY", filed if kind == terms.DESIGN else claimed, watch, kind):
            past = item.state(watch.today) is State.OVERDUE
            yield right.lacks(item.what, item.rule, COPIED) if past else item
    rule = watch.rule("PAT-PRIO-ADD")
    if rule and kind != terms.DESIGN:
        spans = ((claimed, "from_priority_months"), (filed, "from_filing_months"))
        both = [_months(rule, start, name, watch) for start, name in spans]
        yield right.item(rule.title, rule, periods.later(*both))


def _months(rule: DeadlineRule, start: date, name: str, watch: Watch) -> End:
    return periods.after(start, rule.number(name) or 0, "months", watch.facts.calendar, roll=rule.roll)


def _filing_fee(right: Right, filed: date, watch: Watch) -> Iterator[Item]:
    """Two starts stand side by side: the later end is the last day, the earlier one reminds (细则第112条).

    An application that is still pending after that was paid: nothing is said of it.
    """
    rule = watch.rule("PAT-APPFEE")
    if rule is None or right.day("申请费缴纳日"):
        return
    first = periods.ends(rule, filed, watch.facts.calendar)
    accepted = right.day("受理通知收到日")
    count = rule.number("alt_days") or 0
    second = periods.after(accepted, count, "days", watch.facts.calendar, roll=True) if accepted else first
    end, early = periods.later(first, second), min(first.raw, second.raw)
    if watch.today <= end.last and not watch.done(right, end):
        notes = () if accepted else ("受理通知收到日待补，先按申请日起两个月提醒",)
        yield right.item(rule.title, rule, end, remind=early, notes=notes)


def _national_phase(right: Right, watch: Watch) -> Iterator[Item]:
    rule = watch.rule("PAT-PCT30")
    if rule is None or right.day(*ENTERED):
        return
    days = {"priority_date": right.day(PRIORITY), "international_filing_date": right.day("国际申请日", FILED)}
    start = periods.first_known(rule, days)
    if start is None:
        yield right.lacks(rule.title, rule, PRIORITY)
        return
    end = periods.ends(rule, start, watch.facts.calendar)
    extended = _months(rule, start, "grace_months", watch)
    if watch.done(right, end):
        return
    if watch.today <= end.last:
        yield right.item(rule.title, rule, end, notes=(f"交宽限费可到 {extended.last}",))
    else:
        notes = (f"{end.last} 已过，要交宽限费",)
        yield right.item(rule.title, rule, extended, grace=True, answers=end.raw, notes=notes)


def _reward(right: Right, kind: str, granted: date, watch: Watch) -> Iterator[Item]:
    """The inventors' reward, where neither contract nor system says otherwise (细则第93条); old grants are past."""
    rule, effective = watch.rule("PAT-REWARD"), watch.effective
    if rule is None or not rule.in_force.on(granted):
        return
    end = periods.ends(rule, granted, watch.facts.calendar)
    past = watch.today > end.last and (effective is None or granted < effective)
    if past or watch.done(right, end) or right.numbers & watch.rewarded:
        return
    least = rule.params.get("min_amount")
    amount = least.get(kind) if isinstance(least, Mapping) else None
    note = "金额是没有约定、制度也没写时的下限；有约定或制度的，按约定或制度"
    yield right.item(rule.title, rule, end, amount=amount if isinstance(amount, int) else None, notes=(note,))


def _compensation(right: Right, kind: str, granted: date, watch: Watch) -> Iterator[Item]:
    """Compensation for a grant that took long (专利法第42条第2款): four years from filing, three from the request."""
    rule, filed, asked = watch.rule("PAT-PTA"), right.day(FILED), right.day(*EXAM_ASKED)
    if rule is None or kind != INVENTION or filed is None:
        return
    terms_ = rule.params.get("condition")
    condition = terms_ if isinstance(terms_, Mapping) else {}
    if granted < add_months(filed, YEAR * int(condition.get("from_filing_years", 0))):
        return
    end = periods.ends(rule, granted, watch.facts.calendar)
    if watch.today > end.last or watch.done(right, end):
        return
    if asked is None:
        yield right.lacks(rule.title, rule, EXAM_ASKED[0])
    elif granted >= add_months(asked, YEAR * int(condition.get("from_exam_request_years", 0))):
        yield right.item(rule.title, rule, end)


def _ours(right: Right) -> bool:
    """Whether the number is one of a Chinese patent."""
    return any(_CHINESE.fullmatch(number) for number in right.numbers)


def _foreign(right: Right, watch: Watch) -> Iterator[Item]:
    """A patent of another country: only what the register itself says; where it says nothing, it is asked for."""
    if right.day(annuities.NEXT_DUE, "届满日") is None:
        yield right.lacks("境外专利的年费：没有收录当地的规则，按当地通知登记", None, annuities.NEXT_DUE)
    for column, what in ((annuities.NEXT_DUE, "缴年费（境外，按当地规定核对）"), ("届满日", "专利权期满（境外）")):
        day = right.day(column)
        end = periods.fixed(day) if day else None
        if end and not watch.done(right, end):
            yield right.item(what, None, end)


def items(right: Right, watch: Watch) -> Iterator[Item]:
    """What is due for a line of the register of patents or of applications."""
    return patent(right, watch) if right.kind == PATENT else application(right, watch)
