"""Rights: check digit of application numbers, terms (CHK-PATENT, DT-43)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.deadlines import terms
from gbtool.rules.engine import Fault, rule
from gbtool.rules.order import chain
from gbtool.rules.reading import Dated, at

_NUMBER = re.compile(r"^(?:ZL)?(\d{12})\.?([\dX])$")


def check_digit(twelve: str) -> str:
    """The check digit of an application number: weights 2 to 9 then 2 to 5, modulo 11, X for ten (ZC 0006-2003)."""
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    rest = sum(int(digit) * weight for digit, weight in zip(twelve, weights, strict=True)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004 - ten is written X


def _patents(facts: Facts) -> tuple[Entry, ...]:
    return tuple(e for e in facts.of(EntryKind.RIGHT) if e.get("kind") in ("patent", "application"))


@rule("CHK-PATENT", of=_patents)
def number_checks(right: Entry, facts: Facts) -> Iterator[Fault]:
    """Application and patent numbers carry the right check digit and are the same number."""
    numbers = {name: right.text(name) for name in ("申请号", "专利号") if right.text(name)}
    for name, number in numbers.items():
        found = _NUMBER.match(number)
        if not found:
            yield Fault(f"{name} {number} 不是十二位数字加校验位", (at(right, f"{name} {number}"),), "核对证书")
        elif check_digit(found[1]) != found[2]:
            computed = f"按前12位算出的校验位 {check_digit(found[1])}"
            message = f"{name} {number} 的校验位是 {found[2]}，应为 {check_digit(found[1])}"
            yield Fault(message, (at(right, f"{name} {number}"), computed), "核对证书上的号码")


@rule("DT-43", of=_patents)
def term_fits(right: Entry, facts: Facts) -> Iterator[Fault]:
    """Filing, publication, grant in order; the term ends on the corresponding day or the day before (专利法第42条)."""
    days = {name: as_date(right.text(name)) for name in ("申请日", "公开日", "授权公告日", "届满日")}
    known = [Dated(day, name, at(right, f"{name} {day}")) for name, day in days.items() if day and name != "届满日"]
    yield from chain(list(known))
    filed, ends, kind = days["申请日"], days["届满日"], right.text("类型")
    term = facts.deadlines.rules.get("PAT-TERM")
    years = terms.patent_years(term, kind, filed) if term and filed else None
    if not (filed and ends and years):
        return
    expected = add_months(filed, terms.YEAR * years)
    if ends not in (expected, expected - timedelta(days=1)):
        message = f"{kind}申请日 {filed}，保护期 {years} 年，届满日应为 {expected}，写的是 {ends}"
        places = (at(right, f"届满日 {ends}"), at(right, f"申请日 {filed}加{years}年"))
        yield Fault(message, places, "按申请日和类型重算届满日；有期限补偿的写明")


def _chinese_trademarks(facts: Facts) -> tuple[Entry, ...]:
    marks = (e for e in facts.of(EntryKind.RIGHT) if e.get("kind") == "trademark")
    return tuple(mark for mark in marks if mark.text("注册地") in ("", "中国"))


@rule("DT-43", of=_chinese_trademarks)
def trademark_term_fits(right: Entry, facts: Facts) -> Iterator[Fault]:
    """A trademark ends the day before the corresponding day of a ten-year period (商标法第39条)."""
    registered, ends = as_date(right.text("注册公告日")), as_date(right.text("专用期至"))
    if not (registered and ends):
        return
    terms = [add_months(registered, 120 * n) - timedelta(days=1) for n in range(1, 6)]
    if ends not in terms:
        places = (at(right, f"专用期至 {ends}"), at(right, f"注册公告日 {registered}"))
        yield Fault(f"专用期至 {ends}，按注册公告日 {registered} 算不出", places, "核对注册证和续展证明", soft=True)
