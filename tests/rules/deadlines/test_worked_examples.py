"""The worked examples of periods and fees, each computed with the shipped rules and the State Council's calendar."""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import yaml

from engagement import ROOT
from gbtool.model.deadline import Book
from gbtool.rules.deadlines import fees, periods, terms
from gbtool.rules.deadlines.periods import End, Notice
from gbtool.shelf.calendars import work_calendar
from gbtool.shelf.deadlines import book
from gbtool.shelf.shelves import shelves_of

BOOK: Book = book(shelves_of(None, None))
CALENDAR = work_calendar()
EXAMPLES = yaml.safe_load((ROOT / "tests/data/deadlines.yaml").read_text(encoding="utf-8"))["worked_examples"]
DELIVERIES = {"electronic": periods.ELECTRONIC, "postal": periods.POSTAL, "legacy_postal": periods.POSTAL}
Given = Mapping[str, Any]
Found = dict[str, object]


def day(given: Given, name: str) -> date:
    return date.fromisoformat(given[name])


def known(given: Given, name: str) -> date | None:
    return date.fromisoformat(given[name]) if given.get(name) else None


def end(found: End) -> Found:
    return {"raw": found.raw, "due": found.due, "caveat": found.caveat}


def after(rule: str, start: date, name: str = "") -> Found:
    return end(periods.ends(BOOK.rules[rule], start, CALENDAR, name))


def money() -> Any:  # noqa: ANN401 - what mypy narrows below
    assert BOOK.fees
    return BOOK.fees


def annuity(given: Given) -> Found:
    raw = terms.annuity_due(day(given, "filing_date"), given["year"])
    amount = fees.full_annuity(money(), given.get("type", ""), given["year"])
    return {**end(periods.rolled(raw, CALENDAR)), "amount": amount}


def surcharge(given: Given) -> Found:
    rule, full = BOOK.rules["PAT-SURCHARGE"], given["full_annuity"]
    if "paid_on" not in given:  # a published receipt without its day: the sum names its tier
        rate = given["recorded_surcharge"] / full
        assert rate in {float(tier["rate"]) for tier in rule.params["tiers"]}  # type: ignore[attr-defined]
        assert full == fees.full_annuity(money(), given["type"], given["year"])
        return {"rate": rate, "surcharge": given["recorded_surcharge"]}
    raw, paid = day(given, "annuity_raw_due"), day(given, "paid_on")
    due = fees.surcharge(rule, raw, paid, full)
    assert due is not None
    own = fees.yuan(full * (1 - Fraction(str(given.get("reduction", 0)))))
    earlier = given.get("earlier_partial", {}).get("surcharge_paid", 0)
    rate = fees.surcharge_rate(rule, raw, paid)
    return {"rate": rate, "surcharge": due, "annuity_payable": own, "total": own + due, "top_up": due - earlier}


def reduced(given: Given) -> Found:
    share = fees.reduction_of(money(), given["owners"]) if given["eligible"] else 0.0
    patent = fees.Patent(given["type"], given["grant_patent_year"], share, bool(given.get("open_licence_active")))
    full = fees.full_annuity(money(), given["type"], given["year"])
    return {"full": full, "payable": fees.payable(money(), patent, given["year"])}


def patent_term(given: Given) -> Found:
    there = terms.patent_end(BOOK.rules["PAT-TERM"], given["type"], day(given, "filing_date"))
    assert there
    return {"corresponding_day": there, "last_protected_day": date.fromordinal(there.toordinal() - 1)}


def pct(given: Given) -> Found:
    start, rule = day(given, "priority_date"), "PAT-PCT30"
    grace = periods.after(start, BOOK.rules[rule].params["grace_months"], "months", CALENDAR, roll=True)  # type: ignore[arg-type]
    return {**after(rule, start), "grace_raw": grace.raw, "grace_due": grace.due}


def notice(rule: str, convention: str, name: str = "") -> Callable[[Given], Found]:
    def compute(given: Given) -> Found:
        came = Notice(day(given, "dispatch_date"), DELIVERIES[given["delivery"]])
        received = periods.received(came, BOOK.rules[convention])
        assert received
        return {"received": received, **after(rule, received, name)}

    return compute


def trademark(given: Given) -> Found:
    expiry = terms.trademark_end(BOOK.rules["TM-TERM"], day(given, "registration_date"))
    found = terms.renewal(BOOK.rules["TM-GRACE"], expiry)
    return {"expiry": expiry, "renewal_opens": found.opens, "grace_end": found.grace}


def renewed(given: Given) -> Found:
    start, expiry = terms.next_term(BOOK.rules["TM-RENEW"], day(given, "expiry"))
    return {"next_term_start": start, "next_expiry": expiry}


def software(given: Given) -> Found:
    published, completed = known(given, "first_publication_date"), known(given, "completion_date")
    found = terms.copyright_term(BOOK.rules["SW-TERM-ORG"], published, completed)
    return {"expiry": found.ends, "lapse_if_unpublished_by": found.lapses_unpublished}


def layout(given: Given) -> Found:
    names = ("application_date", "first_exploitation_date", "creation_date")
    return {"expiry_corresponding_day": terms.layout_end(BOOK.rules["IC-TERM"], *(known(given, n) for n in names))}


def domain(given: Given) -> Found:
    stages = terms.domain_stages(BOOK.rules["DOM-CN"], day(given, "domain_expiry_date"))
    assert stages
    return {"renew_until": stages[0], "redemption_until": stages[1]}


def opposition(given: Given) -> Found:
    start = day(given, "preliminary_publication_date")
    rule = BOOK.of_family("TM-OPP", start)
    assert rule
    return {**after(rule.id, start), "rule": rule.id}


def non_use(given: Given) -> Found:
    announced, used = day(given, "registration_date"), known(given, "last_use_date")
    return {"vulnerable_from": terms.vulnerable_from(BOOK.rules["TM-NONUSE"], announced, used)}


def trademark_fee(given: Given) -> Found:
    rule, channel = BOOK.rules["TM-FEE"], given["channel"]
    return {"amount": fees.renewal(rule, given["classes"], late=given["in_grace"], channel=channel)}


def reward(given: Given) -> Found:
    minimum: Any = BOOK.rules["PAT-REWARD"].params["min_amount"]
    return {**after("PAT-REWARD", day(given, "grant_publication_date")), "min_amount": minimum[given["type"]]}


def exam(given: Given) -> Found:
    days = {name: known(given, name) for name in ("priority_date", "filing_date")}
    start = periods.first_known(BOOK.rules["PAT-EXAM"], days)
    assert start
    return after("PAT-EXAM", start)


def only(rule: str, name: str) -> Callable[[Given], Found]:
    return lambda given: after(rule, day(given, name))


COMPUTED: dict[str, Callable[[Given], Found]] = {
    "PAT-ANN-DUE": annuity,
    "PAT-ANN-GRACE": only("PAT-ANN-GRACE", "annuity_raw_due"),
    "PAT-SURCHARGE": surcharge,
    "patent_reduction": reduced,
    "patent_open_licence": reduced,
    "PAT-TERM": patent_term,
    "PAT-EXAM": exam,
    "PAT-PRIO-INV": only("PAT-PRIO-INV", "first_filing_date"),
    "PAT-PCT30": pct,
    "PAT-OA1": notice("PAT-OA1", "PAT-DELIVERY"),
    "PAT-OAN": notice("PAT-OAN", "PAT-DELIVERY"),
    "PAT-REWARD": reward,
    "PAT-LICENSE-FILE": only("PAT-LICENSE-FILE", "licence_effective_date"),
    "TM-TERM": trademark,
    "TM-RENEW": renewed,
    "TM-FEE": trademark_fee,
    "TM-OPP-OLD": opposition,
    "TM-OPP-NEW": opposition,
    "TM-REFUSE": notice("TM-REFUSE", "TM-DELIVERY", "review_days"),
    "TM-NONUSE": non_use,
    "CUS-CHANGE": only("CUS-CHANGE", "change_date"),
    "CUS-DETAIN": only("CUS-DETAIN", "customs_notice_received_date"),
    "SW-TERM-ORG": software,
    "IC-TERM": layout,
    "DOM-CN": domain,
}


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["id"]))
def test_an_example_comes_out_as_worked(example: dict[str, Any]) -> None:
    found = {name: plain(value) for name, value in COMPUTED[example["rule"]](example["input"]).items()}
    expected = example["expect"]
    assert {name: found[name] for name in expected} == expected
    if example["rule"].startswith("TM-OPP"):
        assert found["rule"] == example["rule"]


def test_no_example_is_lost() -> None:
    assert len(EXAMPLES) == len({example["id"] for example in EXAMPLES}) == 45
