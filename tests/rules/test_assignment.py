import itertools
from datetime import date

import pytest

from engagement import answered
from gbtool.errors import Refused
from gbtool.model.facts import Facts
from gbtool.rules import assignment, audits
from gbtool.rules.assignment import Slot, Terms, Visit
from gbtool.rules.auditing import own_work, timetable
from gbtool.rules.auditing.absence import Absence

DAYS = (date(2026, 8, 24), date(2026, 8, 25))


def needed(facts: Facts, minutes: float) -> dict[str, dict[str, float]]:
    """So many minutes for every clause."""
    return {name: dict.fromkeys(keys, minutes) for name, keys in audits.duties(facts).items()}


def proposed(
    facts: Facts, days: tuple[date, ...] = DAYS, minutes: float = 8, away: tuple[Absence, ...] = ()
) -> tuple[Slot, ...]:
    wanted = assignment.visits(facts, needed(facts, minutes))
    team = tuple(auditor for auditor in assignment.auditors(facts) if auditor.trained_before(days[0]))
    return assignment.propose(wanted, Terms(team, days, away), facts)


def test_nobody_audits_his_own_department(lanwan: Facts) -> None:
    for slot in proposed(lanwan):
        assert slot.visit.department.name not in assignment.homes(slot.auditor, lanwan)
        assert slot.auditor not in audits.auditees(slot.visit.department, lanwan)


def test_every_department_and_clause_has_its_slot(lanwan: Facts) -> None:
    slots = proposed(lanwan)
    planned = {(slot.visit.department.name, key) for slot in slots for key in slot.clauses}
    assert len(planned) == sum(len(slot.clauses) for slot in slots)
    assert planned == {(name, key) for name, keys in audits.duties(lanwan).items() for key in keys}


def test_nobody_is_in_two_places_and_all_within_working_hours(lanwan: Facts) -> None:
    slots = proposed(lanwan)
    for first, second in itertools.combinations(slots, 2):
        people = [{s.auditor, *audits.auditees(s.visit.department, lanwan)} for s in (first, second)]
        together = first.date == second.date and first.begin < second.end and second.begin < first.end
        assert not (together and people[0] & people[1]), (first, second)
    assert all(slot.end <= assignment.NOON or slot.begin >= assignment.AFTERNOON for slot in slots)
    assert min(slot.begin for slot in slots if slot.date == "2026-08-24") >= assignment.AFTER_OPENING
    assert max(slot.end for slot in slots if slot.date == "2026-08-25") <= assignment.BEFORE_CLOSING


def test_a_department_that_nobody_may_audit_is_named_with_what_to_do(lanwan: Facts) -> None:
    auditors = [row for row in lanwan.client.rows("internal_auditors") if row["姓名"] == "柳映秋"]
    alone = answered(lanwan, internal_auditors=auditors)
    with pytest.raises(Refused) as refused:
        proposed(alone)
    assert "IA-003" in refused.value.message
    assert "质量部 没有人可以审，内审员只有 柳映秋" in refused.value.message
    assert "外部人员" in refused.value.fix


def test_without_any_auditor_nothing_is_proposed(lanwan: Facts) -> None:
    with pytest.raises(Refused, match="没有内审员"):
        proposed(answered(lanwan, internal_auditors=[]))


def test_days_that_are_too_short_are_said(lanwan: Facts) -> None:
    with pytest.raises(Refused, match=r"1 个工作日排不下：.* 分钟") as refused:
        proposed(lanwan, DAYS[:1], 12)
    assert "--end" in refused.value.fix
    with pytest.raises(Refused, match="的一个条款要 200 分钟，半天只有 140 分钟"):
        proposed(lanwan, DAYS, 200)


def test_who_can_audit_alone_is_named_when_the_time_is_short(lanwan: Facts) -> None:
    two = [row for row in lanwan.client.rows("internal_auditors") if row["姓名"] != "方可宁"]
    facts = answered(lanwan, internal_auditors=two)
    away = (Absence("梁若溪", DAYS[0], DAYS[0]), Absence("梁若溪", DAYS[1], DAYS[1], "下午"))
    with pytest.raises(Refused, match=r"质量部 只有 梁若溪 可以审（IA-003）.*梁若溪 只有 180 分钟") as refused:
        proposed(facts, DAYS, 20, away)
    assert "--outside" in refused.value.fix


def test_nobody_is_needed_where_he_is_away(lanwan: Facts) -> None:
    away = (Absence("贺闻笙", DAYS[0], DAYS[0]), Absence("柳映秋", DAYS[1], DAYS[1], "上午"))
    slots = proposed(lanwan, away=away)
    assert {slot.date for slot in slots if slot.visit.department.name == "采购部"} == {"2026-08-25"}
    mornings = [s for s in slots if s.date == "2026-08-25" and s.begin < assignment.NOON]
    assert all(slot.auditor != "柳映秋" for slot in mornings)


def test_who_made_the_records_of_a_department_audits_another(lanwan: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(slot.auditor for slot in proposed(lanwan, minutes=5) if slot.visit.department.name == "采购部")
    monkeypatch.setattr(own_work, "found", lambda who, where, _: ("LW-1",) if (who, where) == (first, "采购部") else ())
    others = {slot.auditor for slot in proposed(lanwan, minutes=5) if slot.visit.department.name == "采购部"}
    assert first not in others


def test_a_search_that_was_given_up_is_not_called_impossible(lanwan: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    def unfinished(*_: object) -> None:
        raise timetable.Unfinished

    monkeypatch.setattr(timetable, "arrange", unfinished)
    with pytest.raises(Refused, match="也没有证明排不出"):
        proposed(lanwan)
    monkeypatch.setattr(timetable, "arrange", lambda *_: None)
    with pytest.raises(Refused, match="总有人要同时在两处"):
        proposed(lanwan)


def test_an_auditor_belongs_where_anything_names_him(lanwan: Facts) -> None:
    moved = [{"姓名": "梁若溪", "部门": "采购部", "培训日期": "2026-06-12"}]
    assert assignment.homes("梁若溪", answered(lanwan, internal_auditors=moved)) == {"采购部", "知识产权部"}
    assert assignment.homes("没有这个人", lanwan) == frozenset()


def test_holidays_are_left_out_and_an_unknown_year_counts_weekdays(lanwan: Facts) -> None:
    week = assignment.working_days(lanwan, date(2026, 10, 5), date(2026, 10, 9))
    assert week == (date(2026, 10, 8), date(2026, 10, 9))
    unknown = assignment.working_days(lanwan, date(2099, 1, 2), date(2099, 1, 5))
    assert unknown == (date(2099, 1, 2), date(2099, 1, 5))


def test_a_long_visit_is_several_slots_each_within_half_a_day(lanwan: Facts) -> None:
    slots = [slot for slot in proposed(lanwan, minutes=9) if slot.visit.department.name == "公司领导"]
    assert len(slots) > 1
    assert len({slot.auditor for slot in slots}) == 1
    assert [len(set(slot.clauses)) for slot in slots] == [len(slot.clauses) for slot in slots]
    assert assignment.clock(580) == "09:40"


def test_parts_that_follow_each_other_are_one_slot(lanwan: Facts) -> None:
    department = lanwan.client.departments[0]
    keys = ("context.issues", "context.parties")
    parts = [Visit(department, {key: 30.0}, 30) for key in keys]
    slots = [Slot("2026-08-24", 600 + 30 * n, 630 + 30 * n, parts[n], "甲", (keys[n],)) for n in range(2)]
    (joined,) = assignment._joined(slots)
    assert (joined.begin, joined.end, joined.clauses) == (600, 660, keys)
