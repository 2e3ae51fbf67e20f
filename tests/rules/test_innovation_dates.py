"""Dates of innovation: each rule is content with a year that went well and finds what a small change plants."""

import pytest

from engagement import answered
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.engine import ask
from gbtool.rules.report import check_names
from gbtool.structs import replace

Part = dict[str, object]


def record(form: str, id_: str, day: str, foot: Part | None = None, **head: object) -> Entry:
    """A filled form."""
    return Entry(EntryKind.RECORD, id_, day, form=form, data={"head": head, "foot": foot or {}})


def paper(document: str, day: str) -> Entry:
    """A document that was approved."""
    return Entry(EntryKind.PAPER, f"paper-{document}", day, form=document, data={"approved": day})


YEAR = (
    record("n-rec-initial", "I-1", "2026-03-02", 测评日期="2026-03-02"),
    record("n-rec-trial", "T-1", "2026-04-01", 试运行开始日="2026-04-01"),
    paper("n-report-context", "2026-03-10"),
    paper("n-report-portfolio", "2026-03-12"),
    paper("n-plan-strategy", "2026-03-20"),
    record("n-rec-objectives", "O-1", "2026-03-25", 批准日期="2026-03-25"),
    paper("n-plan-action", "2026-03-30"),
    record("n-rec-opportunity", "M-1", "2026-04-10", 日期="2026-04-10", 机会名称="低噪声阀芯"),
    record("n-rec-disclosure", "D-1", "2026-05-10", 日期="2026-05-10", 项目编号="LW26-03", 名称="低噪声阀芯"),
    record("n-rec-concept", "C-1", "2026-05-20", 日期="2026-05-20", 概念名称="", 披露书编号="D-1"),
    record("n-rec-filing", "F-1", "2026-06-20", {"申请日": "2026-07-01"}, 概念或方案="低噪声阀芯"),
    record("n-rec-launch", "L-1", "2026-08-20", 方案或产品="低噪声阀芯", 复核日期="2026-08-20", 部署日期="2026-09-01"),
    record("n-rec-annual", "A-1", "2026-02-20", 数据年度="2025", 填报日期="2026-02-20"),
    record("n-rec-review", "R-1", "2025-11-20", 日期="2025-11-20"),
    record("n-rec-review", "R-2", "2026-11-18", 日期="2026-11-18"),
    record("n-rec-selfgrade", "S-1", "2026-10-10", {"自评结论": "具备"}, 自评日期="2026-10-10"),
)
RULES = tuple(name for name in check_names() if name.startswith("ND-"))  # which also makes the rules known


@pytest.fixture
def year(lanwan: Facts) -> Facts:
    return answered(replace(lanwan, entries=YEAR), grading_trial_source="评价机构书面答复")


def put(facts: Facts, *entries: Entry) -> Facts:
    """The facts with these entries in place of those of the same id."""
    new = {entry.id: entry for entry in entries}
    kept = (entry for entry in facts.entries if entry.id not in new)
    return replace(facts, entries=(*kept, *entries))


@pytest.mark.parametrize("name", RULES)
def test_nothing_is_wrong_with_a_good_year(year: Facts, name: str) -> None:
    assert ask(name, year).faults == ()
    assert ask(name, replace(year, entries=())).faults == ()


@pytest.mark.parametrize(
    ("name", "planted", "said"),
    [
        ("ND-01", record("n-rec-initial", "I-1", "2026-04-02", 测评日期="2026-04-02"), "晚于"),
        ("ND-02", paper("n-report-context", "2025-03-01"), "超过12个月"),
        ("ND-03", paper("n-report-portfolio", "2026-03-21"), "晚于"),
        ("ND-03", record("n-rec-objectives", "O-1", "2026-03-18", 批准日期="2026-03-18"), "晚于"),
        ("ND-04", record("n-rec-concept", "C-1", "2026-05-01", 日期="2026-05-01", 披露书编号="D-1"), "晚于"),
        ("ND-04", record("n-rec-launch", "L-1", "", 方案或产品="低噪声阀芯", 复核日期="2026-06-20"), "晚于"),
        ("ND-05", record("n-rec-annual", "A-1", "2026-02-20", 数据年度="2026年", 填报日期="2026-02-20"), "没有过完"),
        ("ND-06", record("n-rec-review", "R-1", "2025-11-01", 日期="2025-11-01"), "超过12个月"),
        ("ND-06", record("n-rec-annual", "A-1", "2026-12-20", 数据年度="2025", 填报日期="2026-12-20"), "早于当年"),
        ("ND-07", record("n-rec-trial", "T-1", "2026-11-01", 试运行开始日="2026-11-01"), "以后才能自评"),
    ],
)
def test_a_planted_day_is_found(year: Facts, name: str, planted: Entry, said: str) -> None:
    assert any(said in (fault.message + fault.fix) for fault in ask(name, put(year, planted)).faults)


def test_an_assessment_done_again_and_a_year_that_is_none_are_no_faults(year: Facts) -> None:
    again = record("n-rec-initial", "I-2", "2026-12-01", 测评日期="2026-12-01")
    strange = record("n-rec-annual", "A-2", "2026-02-20", 数据年度="近三年", 填报日期="2026-02-20")
    assert ask("ND-01", put(year, again)).faults == ()
    assert ask("ND-05", put(year, strange)).faults == ()


def test_what_was_done_before_the_trial_is_left_alone(year: Facts) -> None:
    early = record("n-rec-concept", "C-1", "2026-03-01", 日期="2026-03-01", 披露书编号="D-1")
    assert ask("ND-04", put(year, early)).faults == ()


def test_a_grade_is_not_claimed_while_the_length_of_the_trial_is_open(year: Facts) -> None:
    open_ = answered(year, grading_trial_source="未确认")
    assert "还没有确认" in ask("ND-07", open_).faults[0].message
    without = replace(year, entries=tuple(entry for entry in year.entries if entry.form != "n-rec-trial"))
    assert "没有试运行开始日" in ask("ND-07", without).faults[0].message
    assert ask("ND-07", answered(without, trial_start="2026-04-01")).faults == ()


def test_a_grade_is_not_claimed_while_a_condition_is_open(year: Facts) -> None:
    row = {"条件编号": "GQ-1", "结论": "未评"}
    data = {"head": {"自评日期": "2026-10-10"}, "rows": [row], "foot": {"自评结论": "具备"}}
    claimed = Entry(EntryKind.RECORD, "S-1", "2026-10-10", form="n-rec-selfgrade", data=data)
    assert "GQ-1 没有满足" in ask("ND-07", put(year, claimed)).faults[0].message
