"""Programmes: what the notices say, asked of a client on a day, planned backwards; the worked examples of the data."""

import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES, ROOT
from gbtool.cli.app import app
from gbtool.cli.programmes.planned import leads
from gbtool.commands.gather import gather
from gbtool.commands.ledger import certificate, facts
from gbtool.commands.programmes.checking import Checked, check
from gbtool.commands.programmes.listing import around, catalogue
from gbtool.commands.programmes.planning import Wish, plan
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, UsageError
from gbtool.model.finding import Finding, Result, Status, Verdict
from gbtool.model.programme import Standing
from gbtool.rules.gates.known import Known
from gbtool.rules.gates.outcome import KINDS
from gbtool.shelf import programmes
from gbtool.shelf.certification import ASK
from gbtool.shelf.shelves import SHIPPED, Shelf, Shelves, shelves_of

SHIPPED_ONES = catalogue(shelves_of(None, None))
FROZEN = json.loads((ROOT / "tests" / "data" / "frozen.json").read_text("utf-8"))


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer's answers and an empty ledger."""
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, tmp_path)
    return workspace(tmp_path)


def result(found: Checked, rule: str) -> Result:
    """What became of a rule of the programme, on its first way that has it."""
    id_ = found.programme.full(rule)
    return next(r for report in found.reports for r in report.results if r.rule in (id_, rule))


def first(of: Result) -> Finding:
    """The first finding of a result."""
    return of.findings[0]


# --- the data --------------------------------------------------------------------------------------------------------


def test_every_rule_of_every_programme_is_checked_by_known_kinds_about_known_facts() -> None:
    terms = SHIPPED_ONES.book.terms
    for programme in SHIPPED_ONES.programmes.values():
        assert programme.rules
        assert programme.sources
        for rule in programme.rules:
            for one in rule.checks:
                names = (one.fact, *one.facts, one.from_, one.to, one.by, one.count_fact, one.months_fact)
                wanted = {n for n in (*names, *one.limits, *one.counts) if n and not (one.kind == ASK and n == rule.id)}
                assert one.kind in KINDS, rule.id
                assert wanted <= set(terms), rule.id
            assert rule.checks, rule.id
            known = {*SHIPPED_ONES.book.rules, *(r.id for p in SHIPPED_ONES.programmes.values() for r in p.rules)}
            assert set(rule.conflicts) <= known
        assert set(programme.gives) <= set(terms)
        assert set(programme.plans.values()) <= set(SHIPPED_ONES.steps)
        for subsidy in programme.subsidies:
            assert all(programme.rule(id_) for id_ in subsidy.requires), subsidy
            assert {*subsidy.limits, *filter(None, (subsidy.formula, subsidy.earned))} <= set(terms)
    for steps in SHIPPED_ONES.steps.values():
        ids = [step.id for step in steps.steps]
        for step in steps.steps:
            assert {each for each in (step.fact, step.done, step.needed) if each} <= set(terms)
            assert not step.before or ids.index(step.before) > ids.index(step.id)
            assert step.workdays is not None or step.ask or step.window or not step.before


def test_a_past_year_is_never_edited() -> None:
    """A file that has been released stays as it is, with or without years; what is new goes into a new file."""
    folder = ROOT / "checklists" / "programmes"
    hashes = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_text("utf-8").encode()).hexdigest()
        for path in folder.rglob("*.yaml")
        if path.name not in {"common.yaml", "steps.yaml"} and not re.search(r"20(2[6-9]|[3-9]\d)$", path.stem)
    }
    assert hashes == FROZEN


def test_where_a_programme_stands_follows_its_years() -> None:
    shaanxi, chongqing = (SHIPPED_ONES.programmes[id_] for id_ in ("SN-2022", "CQ-2019"))
    jiangsu = SHIPPED_ONES.programmes["JS-2020"]
    assert shaanxi.standing(date(2022, 5, 1)) is Standing.CURRENT
    assert shaanxi.standing(date(2021, 5, 1)) is Standing.COMING
    assert shaanxi.standing(date(2026, 5, 1)) is Standing.CLOSED
    assert chongqing.standing(date(2026, 5, 1)) is Standing.UNKNOWN
    assert jiangsu.standing(date(2020, 3, 1)) is Standing.COMING


# --- the worked examples ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "met"), [("2020-06-19", False), ("2020-06-20", True)])
def test_jiangsu_asks_for_a_full_year_after_filing(work: Workspace, day: str, met: bool) -> None:
    on = date(2020, 6, 30)
    known = {"JS-2020/filing.confirmed": "2019-06-20", "JS-2020/evaluation.applied": day}
    facts.enter(work, known, ("通知", ""), on)
    found = check(work, "JS-2020", on, "绩效评价")
    assert (result(found, "G2").status is Status.PASSED) is met
    assert met or first(result(found, "G2")).fix == "最早 2020-06-20"


def test_jiangsu_next_batch_after_june(work: Workspace) -> None:
    found = plan(work, "JS-2020", Wish("绩效评价"), date(2020, 6, 20))
    assert (found.due and found.due.id, found.plan.end) == ("D2", date(2020, 12, 10))
    filing = next(each for each in found.plan.steps if each.step.id == "filing")
    assert filing.latest == date(2019, 10, 31)  # the last batch a year before
    assert filing.late(date(2020, 6, 20)) > 0


def test_jiangsu_no_award_after_the_day(work: Workspace) -> None:
    on = date(2020, 4, 1)
    facts.enter(work, {"JS-2020/completed.on": "2020-01-01"}, ("证书", ""), on)
    found = check(work, "JS-2020", on, "认证")
    assert not any(r.rule.endswith("/A2") for report in found.reports for r in report.results)  # of the award only
    award = check(work, "JS-2020", on, "奖励")
    assert first(result(award, "A2")).message == "完成贯标的日期 2020-01-01，最迟 2019-12-31，晚了 1 天"
    assert award.verdict is Verdict.NOT_READY


def test_shaanxi_counts_three_months_to_the_day(work: Workspace) -> None:
    on = date(2022, 9, 30)
    (work.folder / "documents.yaml").write_text("documents: []\n", "utf-8")
    found = check(work, "陕西省企业知识产权贯标", on)
    assert [report.gate for report in found.reports] == ["SN-2022 第三方认证", "SN-2022 省验收"]
    assert found.verdict is not Verdict.READY
    assert result(found, "G6").status is Status.NOT_ASSESSED
    assert result(found, "STD-002").status is Status.NOT_APPLICABLE  # the announcement came later
    assert {pair[0].id for pair in found.conflicts} | {pair[1].id for pair in found.conflicts} == {
        *("POL-002", "POL-005", "SN-2022/S1", "SN-2022/S3"),
    }


def test_shaanxi_by_the_day_printed_on_the_certificate(work: Workspace) -> None:
    on = date(2022, 11, 5)
    facts.enter(work, {"SN-2022/acceptance.certificate": "2022-11-02", "SN-2022/G4": "是"}, ("证书", ""), on)
    found = check(work, "SN-2022", on, "省验收")
    assert "晚了 2 天" in first(result(found, "D1B")).message
    assert result(found, "G4").status is Status.PASSED


def test_chongqing_counts_systems_flows_and_ledger(work: Workspace) -> None:
    found = check(work, "CQ-2019", date(2022, 5, 1))
    assert "8 项里有 0 项" in first(result(found, "ONE-SYSTEM")).message
    assert "《" in first(result(found, "ONE-FLOW")).message
    assert "6 项里有 0 项" in first(result(found, "ONE-LEDGER")).message
    assert result(found, "POL-005").status is Status.FAILED
    assert ("CQ-2019/L1", "POL-005") in {(one.id, other.id) for one, other in found.conflicts}
    assert result(found, "项目").status is Status.PASSED
    assert result(check(work, "CQ-2019", date(2026, 5, 1)), "项目").status is Status.NOT_ASSESSED


def test_an_old_edition_cannot_be_applied_for_today(work: Workspace) -> None:
    path = work.folder / "client.yaml"
    path.write_text(path.read_text("utf-8").replace("standard_edition: '2023'", "standard_edition: '2013'"), "utf-8")
    found = check(work, "JS-2023", date(2026, 11, 22))
    assert result(found, "STD-002").status is Status.FAILED
    assert result(found, "项目").status is Status.FAILED


# --- planning --------------------------------------------------------------------------------------------------------


def test_a_plan_goes_back_three_months_on_working_days(work: Workspace) -> None:
    found = plan(work, "SN-2022", Wish("第三方认证"), date(2022, 5, 1))
    latest = {each.step.id: each.latest for each in found.plan.steps}
    assert latest["effective"] == date(2022, 7, 31)  # 倒排：实施日最迟
    assert latest["issued"] == date(2022, 7, 29)
    assert [step.id for step in found.plan.unknown] == ["application", "stage1", "stage2"]
    assert not found.plan.late
    given = Wish("第三方认证", None, {"递交认证申请": 20, "stage1": 10, "stage2": 20})
    later = plan(work, "SN-2022", given, date(2022, 5, 1))
    assert {each.step.id: each.latest for each in later.plan.steps}["effective"] < date(2022, 6, 15)
    assert later.plan.unknown == ()


def test_a_plan_takes_the_bodys_own_days(work: Workspace) -> None:
    own = work.folder / "checklists" / "certification" / "bodies" / "示例.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "name: （示例）认证机构\nrequires_credits: 是\nnotify_days: 30\nleads: {递交认证申请: 20}\n", "utf-8"
    )
    certificate.enter(work, {"body": "（示例）认证机构"}, (), ("", ""), date(2022, 5, 1))
    found = plan(work, "SN-2022", Wish("第三方认证"), date(2022, 5, 1))
    assert [step.id for step in found.plan.unknown] == ["stage1", "stage2"]
    known = Known(gather(work, date(2022, 5, 1)), SHIPPED_ONES.book.terms)
    values = [known.get(name) for name in ("body.requires_credits", "body.notify_days")]
    assert [value.datum for value in values if value] == [True, 30]


def test_a_plan_says_when_it_is_too_late_and_the_earliest_end(work: Workspace) -> None:
    found = plan(work, "SN-2022", Wish("省验收"), date(2022, 9, 15))
    late = {each.step.id for each in found.plan.late}
    assert "effective" in late
    assert found.plan.earliest > found.plan.end
    facts.enter(work, {"SN-2022/acceptance.applied": "2022-09-10"}, ("回执", ""), date(2022, 9, 15))
    again = plan(work, "SN-2022", Wish("省验收"), date(2022, 9, 15))
    states = {each.step.id: each.state(date(2022, 9, 15)) for each in again.plan.steps}
    assert states["application"] == "已做 2022-09-10"
    assert states["review"].startswith("后面的一步已经做了")
    assert again.plan.late == ()


def test_a_plan_for_a_year_without_calendar_says_so(work: Workspace) -> None:
    found = plan(work, "CQ-2019", Wish(by=date(2029, 12, 31)), date(2026, 11, 22))
    assert any("放假安排没有录入" in each.caveat for each in found.plan.steps)
    without = plan(work, "JS-2020", Wish("绩效评价", date(2020, 12, 10)), date(2020, 6, 1))
    assert without.due is None


def test_a_plan_ends_on_the_step_that_has_the_deadline(work: Workspace) -> None:
    """The pilot's batches are due as lists: the first assessment comes after, and is planned where a day is given."""
    found = plan(work, "CN-ISO56005-2023", Wish(), date(2024, 1, 10))
    assert (found.due and found.due.id, found.plan.end) == ("B2", date(2024, 3, 31))
    assert [each.step.id for each in found.plan.steps] == ["materials", "listed"]
    given = plan(work, "CN-ISO56005-2023", Wish(by=date(2024, 6, 28)), date(2024, 1, 10))
    assert [each.step.id for each in given.plan.steps] == ["materials", "listed", "assessment", "started"]


@pytest.mark.parametrize(
    ("name", "wish", "words"),
    [
        ("JS-2020", Wish(), "有几条路"),
        ("JS-2020", Wish("坐船"), "没有“坐船”这条路"),
        ("CQ-2019", Wish(), "没有写截止日"),
        ("CN-IP-DEMO-2025", Wish(), "没有可倒排的步骤"),
        ("SN-2022", Wish("省验收", None, {"吃饭": 3}), "没有步骤“吃饭”"),
        ("江苏", Wish(), "有 3 个项目"),
        ("JS-2021", Wish(), "没有项目“JS-2021”，是不是"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(work: Workspace, name: str, wish: Wish, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        plan(work, name, wish, date(2026, 11, 22))


# --- a firm's own ----------------------------------------------------------------------------------------------------

OWN = """
id: JS-2027
extends: JS-2020
years: [2027]
after: unknown
without: [G5]
rules:
  - id: G2
    statement: 备案满六个月
    checks: [{kind: at_least, from: filing.confirmed, to: evaluation.applied, months: 6}]
  - {id: G11, statement: 新的一条, checks: [{kind: ask, question: 做了没有}]}
"""


def firm(tmp_path: Path, text: str) -> Shelves:
    """A firm with a programme of its own."""
    path = tmp_path / "checklists" / "programmes" / "jiangsu" / "2027.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return Shelves((Shelf("机构", tmp_path), SHIPPED))


def test_a_new_year_extends_the_old_one(tmp_path: Path) -> None:
    shelves = firm(tmp_path, OWN)
    found = catalogue(shelves).programmes["JS-2027"]
    ids = [rule.id for rule in found.rules]
    assert "JS-2027/G5" not in ids
    assert ids[-1] == "JS-2027/G11"
    changed = found.rule("G2")
    assert changed
    assert (changed.statement, changed.for_, changed.checks[0].months) == ("备案满六个月", ("绩效评价",), 6)
    assert (found.name, found.years, found.windows[0].month) == ("江苏省企业知识产权管理标准化", (2027,), 4)
    assert found.rule("G11") is not None
    assert catalogue(shelves).programmes["JS-2020"].rule("G5") is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OWN.replace("extends: JS-2020", "extends: JS-2019"), "JS-2019 没有.*是不是"),
        (OWN.replace("extends: JS-2020", "extends: JS-2027"), "绕了回来"),
        (OWN.replace("id: JS-2027", "id: JS-2023"), "写了两次"),
    ],
)
def test_a_wrong_programme_is_a_complaint(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileFaults, match=words):
        catalogue(firm(tmp_path, text))


def test_empty_shelves_have_no_programmes(tmp_path: Path) -> None:
    empty = Shelves(())
    assert programmes.programmes(empty, {}) == {}
    assert (programmes.steps(empty), programmes.common(empty)) == ({}, ())
    assert around(tmp_path).programmes.keys() == SHIPPED_ONES.programmes.keys()


# --- the verbs -------------------------------------------------------------------------------------------------------


def test_the_verbs_tell_and_give_json(work: Workspace) -> None:
    run, at = CliRunner(), ("-C", str(work.folder), "--on", "2022-05-01")
    assert "SN-2022" in run.invoke(app, ("programme", "list", "陕西", *at)).stdout
    assert run.invoke(app, ("programme", "list", "火星", *at)).exit_code == 1
    listed = json.loads(run.invoke(app, ("programme", "list", "--json", *at)).stdout)
    assert len(listed["programmes"]) == 14
    told = run.invoke(app, ("programme", "show", "JS-2020", *at)).stdout
    for words in ("苏知发〔2020〕38号", "备案：4月、6月、8月、10月", "2020-12-10", "不少于1510家", "按 2013 版写"):
        assert words in told, words
    whole = json.loads(run.invoke(app, ("programme", "show", "NM-HOHHOT", "--json", *at)).stdout)
    assert whole["subsidies"][0]["formula"] == "fees.first_cycle"
    checked = run.invoke(app, ("programme", "check", "SN-2022", *at))
    assert (checked.exit_code, "要查明的：" in checked.stdout, "两条说法不一致" in checked.stdout) == (1, True, True)
    one = json.loads(run.invoke(app, ("programme", "check", "SN-2022", "--route", "省验收", "--json", *at)).stdout)
    assert [one["programme"], one["verdict"], len(one["routes"])] == ["SN-2022", "not_ready", 1]
    planned = run.invoke(app, ("programme", "plan", "SN-2022", "--route", "省验收", *at))
    assert (planned.exit_code, "2022-07-31" in planned.stdout) == (0, True)
    late = run.invoke(app, ("programme", "plan", "SN-2022", "--route", "省验收", "-C", str(work.folder), "--json"))
    assert (late.exit_code, json.loads(late.stdout)["standing"]) == (1, "已过期")
    shown = run.invoke(app, ("programme", "plan", "SN-2022", "--route", "省验收", "-C", str(work.folder)))
    assert "已经晚了：" in shown.stdout
    assert run.invoke(app, ("programme", "plan", "CQ-2019", "--by", "2026-99-01", *at)).exit_code == 2


def test_a_lead_is_working_days() -> None:
    assert leads(["一阶段=20"]) == {"一阶段": 20}
    with pytest.raises(UsageError, match="工作日数"):
        leads(["一阶段=很久"])
