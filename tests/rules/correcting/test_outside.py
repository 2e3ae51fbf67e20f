"""Findings of a certification body: in its own time by report or profile, unknown stays unknown, late is said."""

from datetime import date

import pytest

from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.outside.body import Body, Grade, Limit, Start, Visit
from gbtool.rules.correcting import outside
from gbtool.rules.correcting.outside import UNKNOWN, Due
from gbtool.rules.corrections import State
from gbtool.rules.deadlines.listing import listing
from gbtool.rules.engine import ask
from gbtool.rules.progress import upcoming
from gbtool.structs import replace

BODY = Body(
    "示例认证",
    limits=(Limit(Visit.SECOND, Grade.MINOR, 30, None, Start.CLOSING, "", "合同附件二"),),
)
DONE = {
    "原因": "表",
    "纠正": "改",
    "纠正措施": "改表",
    "责任人": "任乐舟",
    "期限": "2026-11-01",
    "完成日期": "2026-10-30",
}
VERIFIED = {"验证结果": "抽4份", "验证日期": "2026-11-02", "验证人": "柳映秋"}


def finding(foot: dict[str, str] | None = None, row: dict[str, str] | None = None, **head: str) -> Entry:
    own = {"编号": "BF-01", "来源": "外审", "责任部门": "采购部", "性质": "一般", "开出机构": "示例认证"}
    own |= {"审核类别": "二阶段", "开出日期": "2026-10-20", **head}
    data = {"head": own, "rows": [{"问题描述": "抽2份", **(row or {})}], "foot": foot or {}}
    return Entry(EntryKind.RECORD, "LW-IPM-JL-25-01-001", own["开出日期"], "", "rec-corrective", data)


def with_(facts: Facts, entry: Entry, *bodies: Body) -> Facts:
    return replace(facts, entries=(*facts.entries, entry), bodies=bodies)


@pytest.mark.parametrize(
    ("head", "bodies", "expected"),
    [
        ({}, (), Due(None, "", UNKNOWN)),
        ({}, (BODY,), Due(None, "示例认证：末次会议日期起30天（合同附件二）", "末次会议日期")),
        (
            {"末次会议日期": "2026-10-21"},
            (BODY,),
            Due(date(2026, 11, 20), "示例认证：末次会议日期起30天（合同附件二）"),
        ),
        ({"性质": "严重"}, (BODY,), Due(None, "", UNKNOWN)),
        ({"性质": "观察项"}, (BODY,), Due()),
        ({"提交期限（天）": "20"}, (BODY,), Due(date(2026, 11, 9), "不符合报告载明")),
        ({"提交期限（天）": "20", "开出日期": ""}, (), Due(None, "不符合报告载明", "开出日期")),
        ({"提交截止日期": "2026-11-15", "期限出处": "来函"}, (), Due(date(2026, 11, 15), "来函")),
    ],
)
def test_the_time_is_the_bodys_own_or_not_known(
    head: dict[str, str], bodies: tuple[Body, ...], expected: Due, lanwan: Facts
) -> None:
    assert outside.due(finding(None, None, **head), replace(lanwan, bodies=bodies)) == expected


@pytest.mark.parametrize(
    ("foot", "row", "head", "state"),
    [
        ({}, {}, {}, State.OPENED),
        ({}, DONE, {}, State.DONE),
        (VERIFIED, DONE, {}, State.TO_SUBMIT),
        (VERIFIED, DONE, {"提交日期": "2026-11-03"}, State.SUBMITTED),
        ({**VERIFIED, "机构验收日期": "2026-11-10"}, DONE, {"提交日期": "2026-11-03"}, State.CLOSED),
    ],
)
def test_a_finding_is_closed_once_the_body_accepts(
    foot: dict[str, str], row: dict[str, str], head: dict[str, str], state: State, lanwan: Facts
) -> None:
    found = outside.finding(finding(foot, row, **head), lanwan)
    assert found.shown.state is state
    assert found.open is (state is not State.CLOSED)


def test_late_is_said_by_check_gate_due_list_and_status(lanwan: Facts) -> None:
    facts = with_(lanwan, finding(提交截止日期="2026-11-12", 期限出处="来函"))
    assert outside.findings(facts)[0].late == 10
    assert "到 2026-11-22 还没有提交，晚于机构规定的期限 2026-11-12" in ask("DT-70", facts).faults[0].message
    assert "逾期 10 天没有提交" in ask("outside.answered", facts).faults[0].message
    item = next(each for each in listing(facts, 90).items if each.right == "BF-01")
    assert (item.what, item.days(facts.today)) == ("二阶段不符合，向示例认证提交整改材料", -10)
    assert item.notes == ("期限出处：来函",)
    assert any(each.what.endswith("BF-01") for each in upcoming(facts))


def test_an_unknown_time_is_listed_as_missing_and_not_judged(lanwan: Facts) -> None:
    facts = with_(lanwan, finding())
    assert not ask("DT-70", facts).faults
    assert "期限不知道（缺认证机构的整改期限）" in ask("outside.answered", facts).faults[0].message
    lacking = next(each for each in listing(facts, 90).missing if each.right == "BF-01")
    assert lacking.missing == (UNKNOWN,)


def test_what_was_handed_in_waits_for_acceptance_and_is_not_due(lanwan: Facts) -> None:
    facts = with_(lanwan, finding(VERIFIED, DONE, 提交截止日期="2026-11-12", 提交日期="2026-11-03"))
    assert "机构还没有验收" in ask("outside.answered", facts).faults[0].message
    assert not [each for each in listing(facts, 90).items if each.right == "BF-01"]
    late = with_(lanwan, finding(VERIFIED, DONE, 提交截止日期="2026-11-02", 提交日期="2026-11-03"))
    assert "2026-11-03 才提交" in ask("DT-70", late).faults[0].message
    done = {**VERIFIED, "机构验收日期": "2026-11-10"}
    closed = with_(lanwan, finding(done, DONE, 提交截止日期="2026-11-12", 提交日期="2026-11-03"))
    assert not ask("outside.answered", closed).faults
    assert not ask("outside.answered", with_(lanwan, finding(性质="观察项"))).subjects


def test_actions_and_decisions_that_are_not_done_are_due(lanwan: Facts) -> None:
    facts = with_(lanwan, finding(row={"期限": "2026-11-25", "责任人": "任乐舟"}, 提交截止日期="2026-12-20"))
    found = {(each.right, each.what) for each in listing(facts, 90).items}
    assert ("BF-01", "不符合整改，做完纠正措施") in found
    rows = [{"决议事项": "改样册", "责任人": "姜予墨", "计划完成日期": "2026-12-01", "实际完成日期": ""}]
    tracking = Entry(EntryKind.RECORD, "T-1", "2026-09-11", "", "rec-review-tracking", data={"rows": rows})
    facts = with_(lanwan, tracking)
    assert "管理评审决议：改样册" in {each.what for each in listing(facts, 90).items if each.right == "T-1 第1项"}


def test_the_body_is_that_of_the_application(lanwan: Facts) -> None:
    assert outside.body_now(replace(lanwan, entries=())) == ""
    assert outside.body_now(lanwan) == next(iter(lanwan.of(EntryKind.APPLICATION))).text("body")
