from datetime import date

import pytest

from engagement import with_entry
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import audits, corrections
from gbtool.rules.corrections import State

FIRST = "LW-IPM-JL-23-03-001"
STEPS: tuple[tuple[State, dict[str, str]], ...] = (
    (State.OPENED, {}),
    (State.ANALYSED, {corrections.CAUSE: "表单没拦住"}),
    (State.CORRECTED, {corrections.CORRECTION: "更正"}),
    (State.ACTING, {corrections.ACTION: "改表单"}),
    (State.DONE, {corrections.DONE: "2026-08-31"}),
    (State.VERIFIED, {corrections.PROOF: "抽4条", corrections.VERIFIED: "2026-09-07", corrections.VERIFIER: "柳映秋"}),
)


def report(facts: Facts, foot: dict[str, str], **own: str) -> Entry:
    changed = with_entry(facts, FIRST, lambda data: data.update({"foot": foot, "closed": "", **own}))
    return next(record for record in audits.reports(changed) if record.id == FIRST)


def test_a_nonconformity_comes_step_by_step_to_its_end(lanwan: Facts) -> None:
    foot: dict[str, str] = {}
    for state, values in STEPS:
        foot |= values
        assert corrections.state(report(lanwan, foot)) is state
    assert corrections.missing(report(lanwan, foot)) == ()
    assert corrections.state(report(lanwan, foot, closed="2026-09-08")) is State.CLOSED


def test_the_example_is_closed_and_in_time(lanwan: Facts) -> None:
    found = corrections.listed(lanwan)
    assert [each.number for each in found] == [f"LW-NC-2026-0{n}" for n in range(1, 6)]
    assert all(each.closed and each.overdue == 0 and each.grade == corrections.MINOR for each in found)
    assert found[0].missing == ()


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ({}, 0),
        ({corrections.DUE: "2026-09-07"}, 3),
        ({corrections.DUE: "2026-09-07", corrections.DONE: "2026-09-08"}, 1),
    ],
)
def test_days_overdue_count_from_the_due_day(foot: dict[str, str], expected: int, lanwan: Facts) -> None:
    assert corrections.overdue(report(lanwan, foot), date(2026, 9, 10)) == expected


def test_a_step_needs_the_steps_before_it_and_their_days(lanwan: Facts) -> None:
    record = report(lanwan, {corrections.ACTION: "改表单"}, cause_date="2026-08-28")
    before = {corrections.CAUSE: corrections.CAUSE_DAY, corrections.ACTION: ""}
    said = [each.message for each in corrections.out_of_order(record, before, "2026-08-20", "完成")]
    assert said == ["还没有原因分析，不能完成", "完成 2026-08-20 早于发现日期 2026-08-24"]
    record = report(lanwan, {corrections.CAUSE: "表单"}, cause_date="2026-08-28")
    said = [each.message for each in corrections.out_of_order(record, before, "2026-08-26", "完成")]
    assert said == ["完成 2026-08-26 早于原因分析 2026-08-28", "还没有纠正措施，不能完成"]


def test_the_owner_does_not_verify_and_there_must_be_one(lanwan: Facts) -> None:
    record = report(lanwan, {})
    assert "不能自己验证" in next(corrections.own_verification(record, "任乐舟")).message
    assert list(corrections.own_verification(record, "柳映秋")) == []
    nobody = report(lanwan, {}, responsible="")
    assert "没有写整改责任人" in next(corrections.own_verification(nobody, "柳映秋")).message
