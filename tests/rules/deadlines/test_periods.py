"""Periods: what moves, what does not, what is not known, and which law holds on which day."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gbtool.errors import FileFaults
from gbtool.model.calendar import WorkCalendar, add_months
from gbtool.model.deadline import Book, Confidence, DeadlineRule
from gbtool.rules.deadlines import fees, periods, terms
from gbtool.rules.deadlines.periods import Notice
from gbtool.shelf.calendars import work_calendar
from gbtool.shelf.deadlines import book
from gbtool.shelf.shelves import shelves_of

BOOK: Book = book(shelves_of(None, None))
RULES = BOOK.rules
CALENDAR = work_calendar()
NEVER = WorkCalendar()
DAYS = st.dates(date(2005, 1, 1), date(2026, 12, 1))


@given(DAYS)
def test_a_rolled_day_is_the_first_working_day_from_there_on(day: date) -> None:
    found = periods.rolled(day, CALENDAR)
    assert found.raw == day
    assert found.due
    assert CALENDAR.is_workday(found.due)
    assert CALENDAR.workdays_from(day, found.due) == (0 if found.due == day else 1)


def test_a_year_that_is_not_known_gives_the_raw_day_and_says_so() -> None:
    found = periods.rolled(date(2027, 3, 6), CALENDAR)
    assert (found.raw, found.due, found.caveat) == (date(2027, 3, 6), None, "日历未覆盖2027")
    assert found.last == date(2027, 3, 6)
    edge = WorkCalendar(holidays={date(2026, 12, 31): "元旦"}, years=frozenset({2026}))
    assert periods.rolled(date(2026, 12, 31), edge).caveat == "日历未覆盖2027"
    days = periods.ends(RULES["CUS-CHANGE"], date(2026, 12, 20), CALENDAR)
    assert days.due is None
    assert days.caveat.startswith("日历未覆盖")


def test_a_rule_without_a_period_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no period"):
        periods.ends(RULES["TM-FEE"], date(2026, 1, 1), CALENDAR)


def test_evidence_of_use_rolls_though_the_warning_does_not() -> None:
    found = periods.ends(RULES["TM-NONUSE"], date(2026, 8, 1), CALENDAR, "evidence_months")
    assert (found.raw, found.due) == (date(2026, 10, 1), date(2026, 10, 8))


@pytest.mark.parametrize(
    ("delivery", "patent", "trademark"),
    [
        (periods.ELECTRONIC, "2026-06-01", "2026-06-16"),
        (periods.POSTAL, "2026-06-16", None),
        (periods.DIRECT, None, None),
        (periods.PUBLISHED, "2026-07-01", "2026-07-01"),
        ("", None, None),
    ],
)
def test_delivery_is_presumed_by_rule_or_not_known(delivery: str, patent: str | None, trademark: str | None) -> None:
    notice = Notice(date(2026, 6, 1), delivery)
    found = [periods.received(notice, RULES[name]) for name in ("PAT-DELIVERY", "TM-DELIVERY")]
    assert [day.isoformat() if day else None for day in found] == [patent, trademark]


def test_a_letter_of_the_trademark_office_counts_by_its_postmark() -> None:
    rule, sent = RULES["TM-DELIVERY"], date(2026, 9, 1)
    assert periods.received(Notice(sent, periods.POSTAL), rule) is None
    assert periods.received(Notice(sent, periods.UNMARKED), rule) == date(2026, 9, 16)
    assert periods.received(Notice(sent, periods.UNMARKED), RULES["PAT-DELIVERY"]) == date(2026, 9, 16)


def test_what_was_received_goes_before_what_is_presumed_and_nothing_is_estimated() -> None:
    known = Notice(date(2026, 6, 1), periods.POSTAL, date(2026, 6, 4))
    assert periods.received(known, RULES["PAT-DELIVERY"]) == date(2026, 6, 4)
    assert periods.received(Notice(delivery=periods.ELECTRONIC), RULES["PAT-DELIVERY"]) is None


def test_electronic_notices_of_before_2024_have_the_old_fifteen_days() -> None:
    old = periods.received(Notice(date(2024, 1, 19), periods.ELECTRONIC), RULES["PAT-DELIVERY"])
    new = periods.received(Notice(date(2024, 1, 20), periods.ELECTRONIC), RULES["PAT-DELIVERY"])
    assert (old, new) == (date(2024, 2, 3), date(2024, 1, 20))


def test_the_trademark_law_of_2027_is_chosen_by_the_day() -> None:
    old, new = BOOK.of_family("TM-OPP", date(2026, 12, 31)), BOOK.of_family("TM-OPP", date(2027, 1, 1))
    assert old
    assert new
    assert (old.id, old.number("months"), new.id, new.number("months")) == ("TM-OPP-OLD", 3, "TM-OPP-NEW", 2)
    renew = RULES["TM-RENEW"]
    assert renew.cited(date(2026, 12, 31)) == "商标法（2019修正）第40条"
    assert renew.cited(date(2027, 1, 1)) == "商标法（2026修订）第44条"
    assert BOOK.titles(renew, date(2026, 12, 31)) == ("中华人民共和国商标法（2019修正）",)
    assert BOOK.titles(renew, date(2027, 1, 1)) == ("中华人民共和国商标法（2026修订）",)
    assert not RULES["TM-MISUSE"].in_force.on(date(2026, 12, 31))
    assert RULES["TM-MISUSE"].in_force.on(date(2027, 1, 1))
    assert BOOK.of_family("TM-OPP", date(2014, 4, 30)) is None


@pytest.mark.parametrize(("kind", "filed", "years"), [("外观", "2021-05-31", 10), ("外观设计", "2021-06-01", 15)])
def test_designs_have_fifteen_years_since_june_2021(kind: str, filed: str, years: int) -> None:
    day = date.fromisoformat(filed)
    assert terms.patent_years(RULES["PAT-TERM"], kind, day) == years
    assert terms.patent_end(RULES["PAT-TERM"], "植物", day) is None


@given(DAYS, st.integers(1, 30))
def test_a_day_lies_in_the_year_whose_annuity_was_due_before_it(filed: date, year: int) -> None:
    start = terms.annuity_due(filed, year)
    assert fees.patent_year(filed, start) == year
    assert fees.patent_year(filed, add_months(start, 11)) == year


def test_the_surcharge_is_over_after_six_months_and_the_fee_unknown_without_the_year_of_grant() -> None:
    rule = RULES["PAT-SURCHARGE"]
    assert fees.surcharge_rate(rule, date(2026, 3, 15), date(2026, 3, 15)) == 0
    assert fees.surcharge_rate(rule, date(2026, 3, 15), date(2026, 9, 16)) is None
    assert fees.surcharge(rule, date(2026, 3, 15), date(2026, 9, 16), 2000) is None
    assert BOOK.fees
    assert fees.payable(BOOK.fees, fees.Patent("发明", None, 0.85), 9) is None
    assert fees.payable(BOOK.fees, fees.Patent("发明"), 21) is None
    assert fees.renewal(RULES["TM-FEE"], 2, late=False, channel="mail") is None
    assert fees.reduction_of(BOOK.fees, 2) == 0.7


def test_reminders_come_from_the_rule_or_are_the_general_ones() -> None:
    assert BOOK.reminders(RULES["PAT-ANN-DUE"]) == (90, 30, 7)
    assert BOOK.reminders(RULES["PAT-PTA"]) == BOOK.reminders(None) == (30, 7)
    assert Book().reminders(None) == ()
    assert BOOK.by_notice("驳回决定") == (RULES["PAT-REEXAM"], "months")
    assert BOOK.by_notice("没有这种通知") is None


def test_every_rule_is_dated_has_sources_and_says_how_sure_it_is() -> None:
    for rule in RULES.values():
        assert rule.sources, rule.id
        assert set(rule.sources) <= set(BOOK.sources), rule.id
        assert rule.confidence.word in "高中低"
        assert rule.statement
        assert rule.title or rule.kind in ("convention", "fee", "warning"), rule.id
        for name in rule.notices.values():
            assert rule.number(name), rule.id
    names = [name for rule in RULES.values() for name in rule.notices]
    assert len(names) == len(set(names))


def test_no_two_files_hold_the_same_rule_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "checklists" / "deadlines"
    folder.mkdir(parents=True)
    text = "rules:\n  - {id: TM-FEE, right: 商标, kind: fee, statement: 甲, sources: [tm-fee], confidence: low}\n"
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FileFaults, match="TM-FEE 写了两次"):
        book(shelves_of(tmp_path, None))
    (folder / "own.yaml").write_text(text.replace("low", "sure").replace("TM-FEE", "OWN"), encoding="utf-8")
    with pytest.raises(FileFaults, match=r"own.yaml:2.*不在可选之列"):
        book(shelves_of(tmp_path, None))


def test_a_firm_may_add_rules_and_correct_fees_on_its_shelf(tmp_path: Path) -> None:
    folder = tmp_path / "checklists" / "deadlines"
    folder.mkdir(parents=True)
    own = "{id: OWN, right: 商标, kind: deadline, statement: 甲, sources: [], confidence: low, params: {days: 9}}"
    text = f"rules:\n  - {own}\n"
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    (folder / "reminders.yaml").write_text("days_before: {其他: [5]}\n", encoding="utf-8")
    found = book(shelves_of(tmp_path, None))
    assert found.rules["OWN"].number("days") == 9
    assert found.reminders(found.rules["OWN"]) == (5,)
    bare = DeadlineRule("X", "", "", "", (), Confidence.LOW)
    assert bare.number("days") is None
