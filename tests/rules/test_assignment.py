import itertools
from datetime import date

import pytest

from engagement import answered
from gbtool.errors import Refused
from gbtool.model.facts import Facts
from gbtool.rules import assignment, audits
from gbtool.rules.assignment import Slot

DAYS = (date(2026, 8, 24), date(2026, 8, 25))


def proposed(facts: Facts, days: tuple[date, ...] = DAYS, minutes: int = 8) -> tuple[Slot, ...]:
    wanted = assignment.visits(facts, {}, minutes)
    return assignment.propose(wanted, assignment.auditors(facts), days, facts)


def test_nobody_audits_his_own_department(lanwan: Facts) -> None:
    for slot in proposed(lanwan):
        assert slot.visit.department.name not in assignment.homes(slot.auditor, lanwan)
        assert slot.auditor not in audits.auditees(slot.visit.department, lanwan)


def test_every_department_and_clause_has_its_slot(lanwan: Facts) -> None:
    slots = proposed(lanwan)
    planned = {(slot.visit.department.name, key) for slot in slots for key in slot.clauses}
    assert planned == {(name, key) for name, keys in audits.duties(lanwan).items() for key in keys}
    assert len(planned) == sum(len(slot.clauses) for slot in slots)


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
    with pytest.raises(Refused, match="1 个工作日排不下") as refused:
        proposed(lanwan, DAYS[:1], 12)
    assert "--end" in refused.value.fix


def test_an_auditor_belongs_where_anything_names_him(lanwan: Facts) -> None:
    moved = [{"姓名": "梁若溪", "部门": "采购部", "培训日期": "2026-06-12"}]
    assert assignment.homes("梁若溪", answered(lanwan, internal_auditors=moved)) == {"采购部", "知识产权部"}
    assert assignment.homes("没有这个人", lanwan) == frozenset()


def test_holidays_are_left_out_and_an_unknown_year_counts_weekdays(lanwan: Facts) -> None:
    week = assignment.working_days(lanwan, date(2026, 10, 5), date(2026, 10, 9))
    assert week == (date(2026, 10, 8), date(2026, 10, 9))
    unknown = assignment.working_days(lanwan, date(2099, 1, 2), date(2099, 1, 5))
    assert unknown == (date(2099, 1, 2), date(2099, 1, 5))


def test_a_visit_over_noon_is_two_slots_that_share_the_clauses(lanwan: Facts) -> None:
    slots = [slot for slot in proposed(lanwan) if slot.visit.department.name == "公司领导"]
    assert {slot.date for slot in slots} == {slots[0].date}
    assert sum(slot.end - slot.begin for slot in slots) == slots[0].visit.minutes
    assert all(slot.end - slot.begin >= assignment.PIECE for slot in slots)
    assert assignment.clock(580) == "09:40"
