"""What is due after official notices and other events, and for licence contracts that must be filed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gbtool.model.deadline import DeadlineRule
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.deadlines import periods
from gbtool.rules.deadlines.items import Item
from gbtool.rules.deadlines.periods import End, Notice
from gbtool.rules.deadlines.registry import Right, Watch, plain_number
from gbtool.rules.reading import at

RIGHT, WHAT, SENT, DELIVERY, RECEIVED = "权利编号", "事项", "发文日", "送达方式", "收到日"
STARTS, GIVEN, CLOSED = "起算日", "指定期限", "办结日"
FILED = ("备案日", "备案日期")
LICENCES = {"专利": "PAT-LICENSE-FILE", "商标": "TM-LICENSE"}
REVIEW = "rec-license-review"
# Words in the state of an application that say which notice has come.
STATES = {
    "授权通知": "授予专利权通知书",
    "待登记": "授予专利权通知书",
    "审查意见": "第一次审查意见通知书",
    "补正": "补正通知书",
}
_PATENT = re.compile(r"(ZL)?20\d{10}")


def notices(watch: Watch, by_number: Mapping[str, Right]) -> Iterator[Item]:
    """What is due for every notice and event that is not closed."""
    for entry in watch.facts.of(EntryKind.NOTICE):
        if entry.text(CLOSED):
            continue
        found = watch.facts.deadlines.by_notice(entry.text(WHAT))
        item = _item(entry, *found, watch) if found else _unknown(entry)
        named = by_number.get(plain_number(item.right))
        if item.end is None or not watch.acts.of(named.numbers if named else (item.right,), item.end):
            yield item


def _unknown(entry: Entry) -> Item:
    """A notice of which no rule knows is named, not passed over."""
    return Item(
        entry.text(RIGHT), entry.text("名称"), f"不认识的事项“{entry.text(WHAT)}”", missing=(WHAT,), place=at(entry)
    )


def _item(entry: Entry, rule: DeadlineRule, parameter: str, watch: Watch) -> Item:
    number, place = entry.text(RIGHT), at(entry)
    what = f"{rule.title}（{entry.text(WHAT)}）"
    start = as_date(entry.text(STARTS)) or received(entry, rule, watch)
    if start is None:
        return Item(number, entry.text("名称"), what, rule, missing=(RECEIVED,), place=place)
    end = _end(entry, rule, parameter, start, watch)
    notes = [f"{start} 起算", *([rule.uncertain] if rule.uncertain else [])]
    if rule.params.get("overridden_by_notice") == "true" and not entry.text(GIVEN):
        notes.append("期限以通知书写明的为准，写明的登记到“指定期限”")
    notes += _remarks(rule)
    return Item(number, entry.text("名称"), what, rule, end, notes=tuple(notes), place=place)


def _remarks(rule: DeadlineRule) -> Iterator[str]:
    """What else the rule says that somebody who acts must know."""
    if rule.number("outer_years"):
        yield f"并且在原期限届满起{rule.number('outer_years')}年内"
    extension = rule.params.get("extension_fee_per_month")
    if isinstance(extension, Mapping):
        fees = "、".join(f"{when}每月{fee}元" for when, fee in extension.items())
        yield f"届满前可以请求延长，延长费{fees}"
    if rule.number("restore_fee"):
        yield f"恢复费{rule.number('restore_fee')}元，另缴年费和滞纳金"


def _end(entry: Entry, rule: DeadlineRule, parameter: str, start: date, watch: Watch) -> End:
    """The period that the notice names goes before the usual one."""
    given = entry.text(GIVEN).removesuffix("个月").removesuffix("月")
    if rule.params.get("overridden_by_notice") == "true" and given.isdigit():
        return periods.after(start, int(given), "months", watch.facts.calendar, roll=rule.roll)
    return periods.ends(rule, start, watch.facts.calendar, parameter)


def received(entry: Entry, rule: DeadlineRule, watch: Watch) -> date | None:
    """The day on which a notice counts as received; trademarks have a rule of their own."""
    convention = watch.rule("TM-DELIVERY" if rule.id.startswith("TM-") else "PAT-DELIVERY")
    came = Notice(as_date(entry.text(SENT)), entry.text(DELIVERY), as_date(entry.text(RECEIVED)))
    return periods.received(came, convention) if convention else came.received


def awaited(right: Right, watch: Watch) -> Iterator[Item]:
    """A state that says that a notice came, of which nothing is entered: its day is missing, and never estimated."""
    state = right.text("状态", "法律状态")
    for word, name in STATES.items():
        found = watch.facts.deadlines.by_notice(name) if word in state else None
        if found and not any((number, name) in watch.noticed for number in right.numbers):
            yield right.lacks(f"{found[0].title}（{name}）", found[0], RECEIVED)


def reviewed_licences(watch: Watch) -> Iterator[Item]:
    """Licences of patents by their review form (rec-license-review) that are not filed yet."""
    rule = watch.rule("PAT-LICENSE-FILE")
    for record in watch.facts.records(REVIEW) if rule else ():
        head, foot = record.mapping("head"), record.mapping("foot")
        values = {**head, **foot}
        start, number = as_date(values.get("合同生效日期")), str(values.get("标的") or "")
        licence = str(values.get("交易类型") or "").startswith("许可") and _PATENT.match(number)
        if rule and licence and start and not values.get("备案或登记日期"):
            end = periods.ends(rule, start, watch.facts.calendar)
            if not watch.acts.of((number,), end):
                yield Item(number, str(values.get("对方名称") or ""), rule.title, rule, end, place=at(record))


def licences(watch: Watch) -> Iterator[Item]:
    """Licence contracts that are not filed yet: patents within three months, trademarks within the contract's term."""
    for contract in watch.facts.of(EntryKind.CONTRACT):
        kind = contract.text("类型")
        name = next((rule for word, rule in LICENCES.items() if word in kind and "许可" in kind), "")
        rule, start = watch.rule(name), as_date(contract.text("生效日期"))
        if rule and start and not any(contract.text(column) for column in FILED):
            end = _filing(rule, contract, start, watch.facts)
            number = contract.text("合同编号") or contract.id
            if not end or not watch.acts.of((number,), end):
                lacks = () if end else ("到期日期",)
                yield Item(number, contract.text("名称"), rule.title, rule, end, missing=lacks, place=at(contract))


def _filing(rule: DeadlineRule, contract: Entry, start: date, facts: Facts) -> End | None:
    if rule.number("months"):
        return periods.ends(rule, start, facts.calendar)
    until = as_date(contract.text("到期日期"))
    return periods.fixed(until) if until else None
