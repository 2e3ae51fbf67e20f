"""The schedule: days from answers, working days beside them, nothing where an answer is missing."""

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest

from drafted import example, example_desk, example_facts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents.figures import bars
from gbtool.documents.schedule import period, stretches, workday
from gbtool.model.calendar import WorkCalendar
from gbtool.model.document import Task
from gbtool.model.facts import Facts
from gbtool.model.period import Period, Unit
from gbtool.structs import replace

WORDS = drafts.words(example())


def with_task(**task: object) -> Facts:
    """The manufacturer's facts with one task only."""
    facts = example_facts()
    plan = next(each for each in facts.specifications if each.tasks)
    made = Task("做事", "ip", **task)  # type: ignore[arg-type] # the fields of a task
    return replace(facts, specifications=(replace(plan, tasks=(made,)),))


def days(facts: Facts) -> list[tuple[str, str]]:
    """First and last day of each task."""
    return [(each.first.isoformat(), each.last.isoformat()) for each in stretches(facts)]


def test_the_manufacturers_schedule_is_in_order() -> None:
    found = {each.task.name: each for each in stretches(example_facts())}
    assert found["调查诊断"].first == date(2026, 3, 17)
    assert found["策划、编写和会审"].first == date(2026, 4, 13)  # the working day after a Friday
    assert found["策划、编写和会审"].last == date(2026, 5, 14)
    assert found["体系运行、积累记录"].last == date(2026, 9, 22)
    assert len(found["培训和宣贯"].marks) == 6
    assert "旧版差距分析" not in found
    assert [bar.name.split()[0] for bar in bars(example_facts())] == [str(n) for n in range(1, len(found) + 1)]


def test_the_first_answer_that_is_given_counts() -> None:
    task = {"start": "manual_effective_date", "end": "certification_apply_date|management_review_date"}
    assert days(with_task(**task)) == [("2026-05-18", "2026-09-22")]
    assert days(answered(with_task(**task), certification_apply_date=None)) == [("2026-05-18", "2026-09-11")]


def test_a_task_whose_days_are_not_known_is_left_out() -> None:
    assert days(answered(with_task(start="kickoff_date", end="kickoff_date"), kickoff_date=None)) == []
    assert days(answered(with_task(start="kickoff_date", before="manual_issue_date"), manual_issue_date=None)) == []
    assert days(answered(with_task(marks="training_dates"), training_dates=[])) == []
    assert days(with_task(start="kickoff_date", end="kickoff_date", when=("is_software",))) == []


def test_a_task_that_would_end_before_it_begins_takes_one_day() -> None:
    assert days(with_task(start="manual_issue_date", end="kickoff_date")) == [("2026-03-16", "2026-03-16")]


def test_working_days_skip_holidays_and_where_a_year_is_unknown_weekends() -> None:
    calendar = example_facts().calendar
    assert workday(date(2026, 4, 30), 1, calendar) == date(2026, 5, 6)
    assert workday(date(2026, 5, 6), -1, calendar) == date(2026, 4, 30)
    assert workday(date(2050, 1, 7), 1, WorkCalendar()) == date(2050, 1, 10)


@pytest.mark.parametrize(
    ("text", "found"), [("", None), ("五月", None), ("2026-05-18", 1), ("2026-05-18至2026-05-19", 2)]
)
def test_a_period_has_two_days(text: str, found: int | None) -> None:
    days_ = period(text)
    assert (days_ is None) == (found is None)
    assert not days_ or len(set(days_)) == found


def test_templates_count_days_in_words() -> None:
    names = example_desk().names
    count = {name: cast("Callable[..., object]", names[name]) for name in ("workday", "months_later", "ahead", "span")}
    assert count["workday"]("2026-05-15", 1) == "2026-05-18"
    assert count["months_later"]("2026-11-30", 3) == "2027-02-28"
    assert count["span"]("不知道") == []
    assert count["span"]("2026-08-24至2026-08-25") == ["2026-08-24", "2026-08-25"]
    later = cast("Callable[..., object]", names["later"])
    ahead = count["ahead"]
    day, unit = "2026-05-18", Unit
    assert later(day, Period("a", 10, unit.WORKDAYS, "甲")) == "2026-06-01"
    assert ahead(day, Period("a", 3, unit.MONTHS, "甲")) == "2026-02-18"
    assert ahead(day, Period("a", 30, unit.DAYS, "甲")) == "2026-04-18"
    assert later(day, Period("a", 24, unit.HOURS, "甲")) == day


def test_the_table_of_the_schedule_names_departments_posts_and_papers() -> None:
    rows = example_desk().names["schedule"]
    assert isinstance(rows, list)
    first, *_, last = rows
    assert (first["no"], first["responsible"], first["cooperate"]) == (1, "管理者代表", ["辅导机构"])
    assert (last["first"], last["milestone"]) == ("2026-09-22", "递交")
    assert rows[1]["responsible"] == "董事长兼总经理"
    assert "report-audit" in {document["id"] for row in rows for document in row["documents"]}


def test_every_clause_is_carried_by_a_department() -> None:
    rows = example_desk().names["carried"]
    assert isinstance(rows, list)
    assert {row["main"] for row in rows} <= {department.name for department in example_facts().client.departments}
    assert any(row["cite"] == "9.3" and row["main"] == "公司领导" for row in rows)


def test_what_became_of_the_older_edition_is_told_for_both_sides() -> None:
    changes = WORDS.changes("GB/T 29490")
    assert any(row["before"] is None for row in changes)
    moved = next(row for row in changes if getattr(row["before"], "key", "") == "system.general")
    assert [getattr(clause, "cite_as", "") for clause in moved["after"]] == ["4.4"]  # type: ignore[attr-defined]
