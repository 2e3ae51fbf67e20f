from datetime import date

import pytest

from gbtool.model.client import Client
from gbtool.model.document import Document, DocumentKind, Field, Fields, Specification, starts
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.standard import Standard
from gbtool.model.standards.head import Head
from gbtool.rules import period
from gbtool.structs import replace

HEAD = Head("2023", "GB/T 29490-2023", "企业知识产权合规管理体系 要求", "", "", "", "")
STANDARD = Standard(HEAD, ())


def form(id_: str, frequency: str, audience: str = "client") -> Specification:
    return Specification(id_, DocumentKind.RECORD, id_, "JL", audience, "", {}, "ip", "", ("2023",), frequency, "3y")


def manual(effective: str) -> Document:
    made = Document("ip-manual", DocumentKind.MANUAL, "LW-IPM-01", "手册", "A/0", "", "", "")
    return replace(made, issued="2026-05-01", effective=effective)


def facts(effective: str = "2026-05-18", today: str = "2026-07-10", *entries: Entry) -> Facts:
    return Facts(
        client=Client({"standard_edition": "2023"}, {}, {}),
        standard=STANDARD,
        today=date.fromisoformat(today),
        specifications=(form("weekly", "weekly"), form("monthly", "monthly"), form("quarterly", "quarterly")),
        documents=(manual(effective),) if effective else (),
        entries=entries,
    )


def record(form_: str, day: str) -> Entry:
    return Entry(EntryKind.RECORD, f"{form_}-{day}", day, day, form_)


def absence(form_: str, days: str) -> Entry:
    return Entry(EntryKind.ABSENT, f"absent-{form_}", form=form_, data={"period": days})


def missing(spans: tuple[period.Span, ...]) -> list[tuple[str, str]]:
    return [(span.name, due.form) for span in spans for due in span.missing]


@pytest.mark.parametrize(
    ("effective", "expected"),
    [
        ("2026-05-18", "2026-08-18"),
        ("2026-11-30", "2027-02-28"),
        ("2026-03-31", "2026-06-30"),
        ("2027-11-29", "2028-02-29"),
    ],
)
def test_one_may_apply_on_the_corresponding_day_three_months_later(effective: str, expected: str) -> None:
    assert period.earliest(facts(effective)) == date.fromisoformat(expected)


def test_a_gate_may_ask_for_more_months() -> None:
    assert period.earliest(facts(), 6) == date(2026, 11, 18)


def test_without_an_effective_day_there_is_no_period() -> None:
    none = facts("")
    assert period.earliest(none) is None
    assert (period.day_number(none), period.months_passed(none), period.months(none)) == (0, 0, ())


def test_before_the_effective_day_there_is_no_month() -> None:
    early = facts("2026-05-18", "2026-05-17")
    assert (period.day_number(early), period.months_passed(early), period.months(early)) == (0, 0, ())


def test_the_effective_day_is_day_one() -> None:
    assert period.day_number(facts("2026-05-18", "2026-05-18")) == 1
    assert period.day_number(facts("2026-09-24", "2026-11-22")) == 60


@pytest.mark.parametrize(
    ("today", "count"), [("2026-06-17", 0), ("2026-06-18", 1), ("2026-08-17", 2), ("2026-08-18", 3)]
)
def test_months_pass_on_the_corresponding_day(today: str, count: int) -> None:
    assert period.months_passed(facts("2026-05-18", today)) == count


def test_the_months_of_the_period_say_which_are_whole() -> None:
    spans = period.months(facts())
    assert [(s.name, s.first.day, s.last.day, s.whole) for s in spans] == [
        ("2026-05", 18, 31, False),
        ("2026-06", 1, 30, True),
        ("2026-07", 1, 10, False),
    ]


def test_a_period_from_the_first_to_the_last_day_of_a_month_is_whole() -> None:
    assert [span.whole for span in period.months(facts("2026-05-01", "2026-05-31"))] == [True]


def test_a_whole_month_without_a_weekly_or_monthly_record_has_a_hole() -> None:
    assert missing(period.months(facts())) == [("2026-06", "weekly"), ("2026-06", "monthly")]


def test_a_record_fills_its_month_only() -> None:
    found = period.months(
        facts("2026-05-18", "2026-08-10", record("monthly", "2026-06-30"), record("weekly", "2026-07-01"))
    )
    assert missing(found) == [("2026-06", "weekly"), ("2026-07", "monthly")]
    assert [span.records for span in found] == [0, 1, 1, 0]


def test_an_absence_that_somebody_confirmed_fills_its_months() -> None:
    entries = (absence("monthly", "2026-05-18至2026-06-10"), absence("weekly", "2026-06-01"))
    assert missing(period.months(facts("2026-05-18", "2026-07-31", *entries))) == [
        ("2026-07", "weekly"),
        ("2026-07", "monthly"),
    ]


def test_an_absence_may_name_a_month() -> None:
    found = period.months(facts("2026-05-18", "2026-07-10", absence("monthly", "2026-06")))
    assert missing(found) == [("2026-06", "weekly")]


def test_a_whole_month_without_any_record_is_empty() -> None:
    spans = period.months(facts())
    assert [span.empty for span in spans] == [False, True, False]


def test_records_after_today_before_the_period_and_of_the_consultancy_do_not_count() -> None:
    entries = (record("monthly", "2026-07-11"), record("monthly", "2026-05-17"), record("svc-visit", "2026-06-02"))
    assert [span.records for span in period.months(facts("2026-05-18", "2026-07-10", *entries))] == [0, 0, 0]


def test_a_quarterly_record_is_due_in_whole_quarters_only() -> None:
    spans = period.quarters(facts("2026-05-18", "2026-10-01"))
    assert [(span.name, span.whole) for span in spans] == [("2026-Q2", False), ("2026-Q3", True), ("2026-Q4", False)]
    assert missing(spans) == [("2026-Q3", "quarterly")]
    filled = facts("2026-05-18", "2026-10-01", record("quarterly", "2026-08-20"))
    assert missing(period.quarters(filled)) == []


def test_the_consultancys_own_forms_are_not_due() -> None:
    given = replace(facts(), specifications=(form("svc-visit", "monthly", "consultant"),))
    assert [span.due for span in period.months(given)] == [(), (), ()]


def test_a_function_has_to_keep_its_forms_in_every_whole_span() -> None:
    filled = replace(form("monthly", "monthly"), fields=Fields(head=(Field("a"),)))
    yearly = replace(form("yearly", "yearly"), fields=Fields(head=(Field("a"),)))
    event = replace(form("event", "per_event"), fields=Fields(head=(Field("a"),)))
    kept = (
        record("monthly", "2026-05-20"),
        record("event", "2026-06-02"),
        absence("monthly", "2026-06-01至2026-06-30"),
    )
    found = replace(facts("2026-05-01", "2026-08-02", *kept), specifications=(filled, yearly, event))
    duties = {duty.form: duty for duty in period.duties(found)}
    assert (duties["monthly"].held, duties["monthly"].absent, duties["monthly"].missing) == (1, 1, ("2026-07",))
    assert (duties["yearly"].held, duties["yearly"].missing) == (0, ())
    assert (duties["event"].held, duties["event"].missing) == (1, ())


def test_half_years_and_years_are_named() -> None:
    half = replace(form("half", "half_yearly"), fields=Fields(head=(Field("a"),)))
    year = replace(form("year", "yearly"), fields=Fields(head=(Field("a"),)))
    found = replace(facts("2025-12-01", "2027-01-05"), specifications=(half, year))
    assert [duty.missing for duty in period.duties(found)] == [("2026-H1", "2026-H2"), ("2026",)]


def test_a_withdrawal_and_another_edition_start_anew_a_new_version_does_not() -> None:
    first = replace(manual("2026-05-18"), edition="2013")
    states = [
        replace(first, issued=""),
        first,
        replace(first, version="A/1", issued="2026-06-01", effective="2026-06-02"),
        replace(first, version="B/0", edition="2023", issued="2026-07-01", effective="2026-07-05"),
        replace(first, edition="2023", issued="2026-07-01", withdrawn="2026-08-01"),
        replace(first, edition="2023", issued="2026-09-01", effective="2026-09-03"),
    ]
    assert [each.effective for each in starts(states, "2026-12-01")] == ["2026-05-18", "2026-07-05", "2026-09-03"]
    assert [each.effective for each in starts(states[:5], "2026-07-20")] == ["2026-05-18", "2026-07-05"]
    assert starts(states[:5], "2026-08-20") == ()
