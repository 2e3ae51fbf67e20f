"""The fictional institute of the examples goes to its verdict under GB/T 33250, in the words of that standard."""

import re
from datetime import date

import pytest

from gbtool.commands.check import check
from gbtool.commands.gather import gather
from gbtool.commands.period import operating
from gbtool.commands.readiness import readiness
from gbtool.rules import audits, reviews
from gbtool.shelf import standards
from stories import Told, story, words_in

APPLIED = date(2026, 8, 17)
# Words of other standards and other kinds of client.
STRANGE = re.compile("(?<!日)内审|内部审核|管理评审|合规管理体系|合规负责人|本公司|本企业|校长|学院|GB/T.29490")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The institute's folder with everything that the example holds, and what was told of each step."""
    return story("huaiyu", tmp_path_factory.mktemp("institute") / "淮屿水科院")


def test_each_step_is_told_in_the_words_of_the_standard(told: Told) -> None:
    _, steps_ = told
    assert "不符合 4 项，关闭 4 项；评审改进报告 2026-07-31" in steps_["检查监督评审改进"]
    assert "前后相接" in steps_["核对历史"]


def test_it_is_ready_on_the_day_of_its_application_and_not_before(told: Told) -> None:
    work, _ = told
    assert readiness(work, APPLIED).verdict == "ready"
    early = readiness(work, date(2026, 6, 8))
    assert early.verdict == "not_ready"
    assert {"period.months", "audit.done", "review.done"} <= {
        each.rule for each in early.results if each.status != "passed"
    }
    running = operating(work, date(2026, 7, 1))
    assert (str(running.effective), str(running.earliest)) == ("2026-03-09", "2026-06-09")


def test_nothing_in_it_contradicts_itself(told: Told) -> None:
    work, _ = told
    found = check(work, APPLIED).findings
    assert [(each.rule, each.message) for each in found if each.severity == "error"] == []


def test_every_auditable_clause_and_every_department_was_looked_at(told: Told) -> None:
    work, _ = told
    facts = gather(work, APPLIED)
    judged = {audits.key_of(row) for record in facts.records(audits.CHECKLIST) for row in record.rows()}
    auditable = {clause.key for clause in standards.standard("33250-2016", work.shelves) if clause.auditable}
    assert auditable - judged == {"8.4"}  # it does not invest its results
    assert len(facts.records(audits.CHECKLIST)) == len(facts.client.departments)


def test_its_documents_use_the_words_of_institutes(told: Told) -> None:
    work, _ = told
    assert set(words_in(work.folder / "文件", STRANGE)) == set()


def test_its_review_looks_at_what_institutes_do(told: Told) -> None:
    facts = gather(told[0], APPLIED)
    shared = {each.name: reviews.by_functions(each, facts) for each in facts.client.departments}
    assert shared["膜材料研究室"] == ("目标完成情况", "项目与成果", "改进建议")
    assert "运用收益" in shared["财务处"]
    form = next(each.fields for each in facts.specifications if each.id == reviews.INPUT)
    choices = {choice for field in form.columns for choice in field.choices}
    assert {item for items in shared.values() for item in items} == choices
