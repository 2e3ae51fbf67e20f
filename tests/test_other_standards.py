"""A fictional university and a fictional institute go to their verdicts under GB/T 33251 and 33250, in their words."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from gbtool.commands.check import check
from gbtool.commands.gather import gather
from gbtool.commands.period import operating
from gbtool.commands.readiness import readiness
from gbtool.rules import audits, reviews
from gbtool.shelf import standards
from stories import Told, story, words_in


@dataclass(frozen=True, slots=True)
class Case:
    """An example of another standard: what its steps tell, when it is ready, whose words must not stand in its files.

    `early` is a day on which the rules `lacking` are not passed; `period` is a day, when the period began, when it may
    be applied for; `strange` are words of other standards and other kinds of client; `auditable` is how many clauses
    can be audited, `unasked` are those that this client has nothing of.
    """

    example: str
    name: str
    standard: str
    told: tuple[tuple[str, str], ...]
    applied: date
    early: date
    lacking: frozenset[str]
    period: tuple[date, str, str]
    strange: str
    auditable: int
    unasked: frozenset[str] = frozenset()


UNIVERSITY = Case(
    "jialan",
    "嘉澜工大",
    "33251-2016",
    (
        ("检查监督委员会审议", "不符合 3 项，关闭 3 项；委员会审议 2026-09-28"),
        ("生成报告", "检查监督与改进报告"),
        ("核对历史", "前后相接"),
    ),
    date(2026, 10, 20),
    date(2026, 6, 30),
    frozenset({"period.months", "audit.done", "review.recorded"}),
    (date(2026, 8, 1), "2026-04-01", "2026-07-01"),
    "(?<!日)内审|内部审核|管理评审|管理者代表|最高管理者|合规管理体系|合规负责人|本公司|本企业|GB/T.29490|GB/T.33250",
    33,
)
INSTITUTE = Case(
    "huaiyu",
    "淮屿水科院",
    "33250-2016",
    (("检查监督评审改进", "不符合 4 项，关闭 4 项；评审改进报告 2026-07-31"), ("核对历史", "前后相接")),
    date(2026, 8, 17),
    date(2026, 6, 8),
    frozenset({"period.months", "audit.done", "review.done"}),
    (date(2026, 7, 1), "2026-03-09", "2026-06-09"),
    "(?<!日)内审|内部审核|管理评审|合规管理体系|合规负责人|本公司|本企业|校长|学院|GB/T.29490",
    32,
    frozenset({"8.4"}),  # it does not invest its results
)
Walked = tuple[Case, Told]


@pytest.fixture(scope="module", params=[UNIVERSITY, INSTITUTE], ids=["university", "institute"])
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The client's folder with everything that the example holds, and what was told of each step."""
    case: Case = request.param
    return case, story(case.example, tmp_path_factory.mktemp(case.example) / case.name)


def test_each_step_is_told_in_the_words_of_the_standard(walked: Walked) -> None:
    case, (_, steps) = walked
    for step, words in case.told:
        assert words in steps[step]


def test_it_is_ready_on_the_day_of_its_application_and_not_before(walked: Walked) -> None:
    case, (work, _) = walked
    assert readiness(work, case.applied).verdict == "ready"
    early = readiness(work, case.early)
    assert early.verdict == "not_ready"
    assert case.lacking <= {each.rule for each in early.results if each.status != "passed"}
    day, effective, earliest = case.period
    running = operating(work, day)
    assert (str(running.effective), str(running.earliest)) == (effective, earliest)


def test_nothing_in_it_contradicts_itself(walked: Walked) -> None:
    case, (work, _) = walked
    found = check(work, case.applied).findings
    assert [(each.rule, each.message) for each in found if each.severity == "error"] == []


def test_every_auditable_clause_and_every_department_was_looked_at(walked: Walked) -> None:
    case, (work, _) = walked
    facts = gather(work, case.applied)
    judged = {audits.key_of(row) for record in facts.records(audits.CHECKLIST) for row in record.rows()}
    auditable = {clause.key for clause in standards.standard(case.standard, work.shelves) if clause.auditable}
    assert auditable - judged == case.unasked
    assert len(auditable) == case.auditable
    assert len(facts.records(audits.CHECKLIST)) == len(facts.client.departments)


def test_its_documents_use_the_words_of_its_kind(walked: Walked) -> None:
    case, (work, _) = walked
    assert words_in(work.folder / "文件", re.compile(case.strange)) == {}


@pytest.mark.parametrize("walked", [INSTITUTE], ids=["institute"], indirect=True)
def test_a_review_looks_at_what_institutes_do(walked: Walked) -> None:
    case, (work, _) = walked
    facts = gather(work, case.applied)
    shared = {each.name: reviews.by_functions(each, facts) for each in facts.client.departments}
    assert shared["膜材料研究室"] == ("目标完成情况", "项目与成果", "改进建议")
    assert "运用收益" in shared["财务处"]
    form = next(each.fields for each in facts.specifications if each.id == reviews.INPUT)
    choices = {choice for field in form.columns for choice in field.choices}
    assert {item for items in shared.values() for item in items} == choices
