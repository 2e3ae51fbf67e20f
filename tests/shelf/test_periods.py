"""Periods: one place for each, changed by single keys on nearer shelves."""

from datetime import date
from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.calendar import WorkCalendar
from gbtool.model.period import Period, Unit, filled, unknown_in
from gbtool.shelf.periods import periods
from gbtool.shelf.shelves import shelves_of

FRIDAY = date(2026, 5, 15)
KNOWN = WorkCalendar(years=frozenset({2026}))


def written(folder: Path, text: str) -> Path:
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "periods.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_client_changes_one_and_the_firm_another(tmp_path: Path) -> None:
    firm = written(tmp_path / "firm", "periods:\n- key: release.submit\n  value: 7\n- key: ruling\n  value: 2\n")
    client = written(tmp_path / "client", "periods:\n- key: ruling\n  value: 4\n  unit: 日\n  source: 会审确认\n")
    found = periods(shelves_of(client, firm))
    assert (str(found["release.submit"]), found["release.submit"].source) == ("7个工作日", "机构自定")
    assert (str(found["ruling"]), found["ruling"].source) == ("4日", "会审确认")
    assert str(found["emergency.report"]) == "24小时"
    assert found["ruling"].meaning
    assert "client" in str(found["ruling"].place)


def test_what_is_wrong_is_said_at_once_with_its_line(tmp_path: Path) -> None:
    wrong = "periods:\n- key: release.submitt\n  value: 7\n- key: ruling\n  value: 0\n"
    firm = written(tmp_path, wrong)
    with pytest.raises(FileFaults) as found:
        periods(shelves_of(None, firm))
    first, second = found.value.complaints
    assert "“release.submitt”" in first.message
    assert "release.submit”" in first.message
    assert first.where.endswith("periods.yaml:2")
    assert "不能小于1" in second.message


def test_an_empty_change_changes_nothing(tmp_path: Path) -> None:
    assert periods(shelves_of(None, written(tmp_path, "periods:\n"))) == periods(shelves_of(None, None))


@pytest.mark.parametrize(
    ("value", "unit", "said", "after", "before"),
    [
        (5, Unit.WORKDAYS, "5个工作日", date(2026, 5, 22), date(2026, 5, 8)),
        (30, Unit.DAYS, "30日", date(2026, 6, 14), date(2026, 4, 15)),
        (3, Unit.MONTHS, "3个月", date(2026, 8, 15), date(2026, 2, 15)),
        (24, Unit.HOURS, "24小时", FRIDAY, FRIDAY),
    ],
)
def test_a_period_is_said_and_counted(value: int, unit: Unit, said: str, after: date, before: date) -> None:
    period = Period("x", value, unit, "")
    assert str(period) == said
    assert period.after(FRIDAY, KNOWN) == after
    assert period.before(FRIDAY, KNOWN) == before


def test_a_year_that_is_not_known_is_not_guessed() -> None:
    assert Period("x", 5, Unit.WORKDAYS, "").after(FRIDAY, WorkCalendar()) is None


def test_braces_are_filled_and_strangers_are_named() -> None:
    known = {"a.b": Period("a.b", 3, Unit.WORKDAYS, "")}
    assert filled("收到后{a.b}内，{c}", known) == "收到后3个工作日内，{c}"
    assert unknown_in("收到后{a.b}内，{c}", known) == ("c",)
