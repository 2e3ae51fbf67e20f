"""Rules that a standard writes as data: each passes on the institute and finds what a small change plants."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from engagement import EXAMPLES, ROOT, answered, facts_of, put, with_entry
from gbtool.errors import FileFaults
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.finding import Severity, Status
from gbtool.model.standards.own import Apart, OwnRule
from gbtool.rules.own.asking import asked
from gbtool.rules.own.units import plain
from gbtool.rules.report import check
from gbtool.shelf import seen
from gbtool.shelf.own_rules import own_rules
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

JL, TZ = "HY-IPM-JL", "HY-IPM-TZ"
APPLIED = date(2026, 8, 17)
Change = Callable[[Facts], Facts]


@pytest.fixture(scope="module")
def institute() -> Facts:
    """The institute on the day of its application."""
    return facts_of(EXAMPLES / "huaiyu", APPLIED)


def rule_of(facts: Facts, id_: str) -> OwnRule:
    """A rule of the client's standard."""
    return next(each for each in facts.own_rules if each.id == id_)


def sets(id_: str, *path: str | int, value: object) -> Change:
    """A change of one value in an entry's data."""
    return lambda facts: with_entry(facts, id_, lambda data: put(data, *path, value=value))


def only_plan(**values: object) -> Change:
    """A change of the inspection's plan."""

    def change(facts: Facts) -> Facts:
        plan = facts.of(EntryKind.AUDIT_PLAN)[0]
        return with_entry(facts, plan.id, lambda data: data.update(values))

    return change


PLANTED: dict[str, Change] = {
    "UD-01": sets(f"{JL}-04-06-001", "head", "披露日期", value="2026-06-09"),
    "UD-02": sets(f"{JL}-05-04-001", "rows", 0, "公示结束日", value="2026-06-12"),
    "UD-03": sets(f"{JL}-04-07-001", "foot", "声明日期", value="2026-06-24"),
    "UD-04": sets(f"{JL}-05-06-001", "head", "到账日期", value="2023-06-01"),
    "UD-05": sets(f"{TZ}-05-001", "rows", 3, "登记日", value="2026-07-27"),
    "UD-06": sets(f"{JL}-02-04-001", "head", "提醒日期", value="2026-04-20"),
    "UD-07": sets(f"{TZ}-03-001", "rows", 1, "立项日", value="2026-05-11"),
    "UD-11": sets(f"{JL}-04-09-002", "head", "拟发布日期", value="2026-06-09"),
    "UD-13": sets(f"{JL}-02-04-002", "foot", "离所日期", value="2026-03-20"),
    "UD-14": sets(f"{JL}-05-01-001", "foot", "批准日期", value="2026-06-04"),
    "UD-15": sets(f"{JL}-04-03-001", "head", "检索日期", value="2026-03-09"),
    "IR-01": only_plan(approved={"name": "宋未央", "date": "2026-03-06"}),
    "IR-02": sets(f"{JL}-07-07-001", "rows", 0, "计划完成日期", value="2026-07-20"),
    "IR-04": sets(f"{JL}-02-03-001", "rows", 3, "退出提醒日", value="2026-07-02"),
    "IR-05": sets(f"{JL}-04-04-001", "head", "检索日期", value="2026-09-30"),
    "IC-02": lambda facts: answered(facts, research_centers=[{"中心": "膜材料中心", "管理人员": "连疏影"}]),
    "IC-03": sets(f"{TZ}-03-001", "rows", 0, "专员", value=""),
    "IC-04": sets(f"{JL}-04-10-001", "foot", "委托方要求满足情况", value=""),
    "IC-05": sets(f"{JL}-04-10-001", "rows", 0, "完成人", value="江晓渡"),
    "IC-06": sets(f"{JL}-05-06-001", "rows", 0, "金额", value=100000),
}


def test_every_rule_is_planted_or_says_why_nobody_looks(institute: Facts) -> None:
    looked = {each.id for each in institute.own_rules if not (each.unchecked or each.never)}
    assert looked == set(PLANTED)
    assert {each.id for each in institute.own_rules if each.unchecked} == {"UD-08", "IR-03", "IC-07", "IC-08"}


@pytest.mark.parametrize("id_", PLANTED)
def test_a_rule_passes_on_the_example_and_finds_what_is_planted(id_: str, institute: Facts) -> None:
    rule = rule_of(institute, id_)
    clean = asked(rule, institute)
    assert clean.subjects
    assert clean.faults == ()
    (fault, *_) = asked(rule, PLANTED[id_](institute)).faults
    assert fault.message
    assert fault.fix
    assert all(fault.places)


def test_what_is_not_known_is_not_asked(institute: Facts) -> None:
    bare = replace(institute, entries=())
    assert [id_ for id_ in PLANTED if asked(rule_of(bare, id_), bare).subjects] == ["UD-15", "IC-02"]
    filing = sets(f"{JL}-04-07-001", "foot", "是否财政资助项目", value=False)(institute)
    assert asked(rule_of(filing, "UD-03"), filing).subjects == 0
    numberless = sets(f"{JL}-05-04-001", "head", "合同编号", value="")(institute)
    short = sets(f"{JL}-05-04-001", "rows", 0, "公示结束日", value="2026-06-12")(numberless)
    assert "不足15日" in asked(rule_of(short, "UD-02"), short).faults[0].message


def test_what_stands_nowhere_else_is_found(institute: Facts) -> None:
    lost = sets(f"{JL}-04-10-001", "rows", 0, "编号", value="201919900000.0")(institute)
    (fault,) = asked(rule_of(lost, "IC-05"), lost).faults
    assert "在对应的表里没有" in fault.message


def test_an_amount_that_is_none_is_left_alone(institute: Facts) -> None:
    strange = sets(f"{JL}-05-06-001", "head", "净收入", value="约十八万")(institute)
    assert asked(rule_of(strange, "IC-06"), strange).subjects == 0
    assert (plain("true"), plain(None), plain(" 否 ")) == ("是", "", "否")


def test_days_of_documents_and_workdays(institute: Facts) -> None:
    own = OwnRule("X-1", "warn", "发布以后", "手册发布在前", order=("ip-manual.发布", "rec-training-signin.日期"))
    assert asked(own, institute).subjects == 0  # nothing is issued where no document was made
    within = Apart("rec-contract-review.送审日期", "rec-contract-review.审查日期", at_most="2个工作日")
    soon = OwnRule("X-2", "warn", "两个工作日", "送审两个工作日内审完", apart=(within,))
    found = asked(soon, institute)
    assert found.subjects == 4
    assert [fault.message.rpartition(" ")[2] for fault in found.faults] == ["超过2个工作日"]


def test_its_results_stand_among_those_of_a_check(institute: Facts) -> None:
    planted = PLANTED["IC-06"](institute)
    results = {each.rule: each for each in check(planted).results}
    assert (results["IC-06"].status, results["IC-06"].findings[0].severity) == (Status.FAILED, Severity.ERROR)
    assert (results["UD-08"].subjects, results["UD-08"].source) == (0, "截止日每年由通知确定，台账里没有")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("order: [i-rec-prising.公示开始日, 体系.实施日]", "没有这张表或文件"),
        ("order: [i-rec-pricing.公示开始, 体系.实施日]", "没有“公示开始”"),
        ("order: [体系.发布日, 申请.递交]", "没有“发布日”"),
        ("order: [ip-manual.作废, 申请.递交]", "没有“作废”"),
        ("order: [i-rec-pricing.公示开始日, i-reg-contracts.签订日]", "没有写 same"),
        ("apart: [{from: 体系.实施日, to: 申请.递交, at_least: 三个月}]", "不认识"),
        ("basis: 无", "没有写查什么"),
    ],
)
def test_a_rule_that_cannot_be_asked_is_a_complaint(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "checklists/gb33250/2016/rules.yaml"
    file.parent.mkdir(parents=True)
    head = "rules:\n  - id: X-1\n    severity: error\n    title: 甲\n    statement: 乙\n"
    file.write_text(f"{head}    {text}\n", encoding="utf-8")
    shelves = shelves_of(None, tmp_path)
    forms = {each.id: each for each in seen.seen_by(("33250-2016",), shelves)}
    with pytest.raises(FileFaults, match=said):
        own_rules("33250-2016", forms, shelves)
    file.write_text(
        f"{head}    unchecked: 由人看\n{head.partition('rules:')[2].lstrip(chr(10))}    unchecked: 由人看\n", "utf-8"
    )
    with pytest.raises(FileFaults, match="写了两次"):
        own_rules("33250-2016", forms, shelves)


def test_a_standard_without_rules_has_none() -> None:
    assert own_rules("2023", {}, shelves_of(None, None)) == ()
    assert (ROOT / "checklists/gb33250/2016/rules.yaml").is_file()


def test_a_day_of_an_answer_that_is_there_once(institute: Facts) -> None:
    own = OwnRule("X-3", "warn", "甲", "乙", order=("资料.manual_issue_date", "资料.manual_effective_date"))
    assert asked(own, institute).subjects == 1
    late = answered(institute, manual_issue_date="2026-03-10")
    assert len(asked(own, late).faults) == 1
    entry = Entry(EntryKind.RECORD, "x", "2026-03-10", "2026-03-10", "i-rec-pricing", {})
    assert asked(own, replace(institute, entries=(entry,))).faults == ()
