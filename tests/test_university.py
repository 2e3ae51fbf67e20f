"""The fictional university of the examples goes to its verdict under GB/T 33251, in the words of that standard."""

import re
from datetime import date

import pytest

from gbtool.commands.check import check
from gbtool.commands.gather import gather
from gbtool.commands.period import operating
from gbtool.commands.readiness import readiness
from gbtool.rules import audits
from gbtool.shelf import standards
from stories import Told, story, words_in

APPLIED = date(2026, 10, 20)
# Words of other standards and other kinds of client.
STRANGE = re.compile(
    "(?<!日)内审|内部审核|管理评审|管理者代表|最高管理者|合规管理体系|合规负责人|本公司|本企业|GB/T.29490|GB/T.33250"
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The university's folder with everything that the example holds."""
    return story("jialan", tmp_path_factory.mktemp("university") / "嘉澜工大")


def test_each_step_is_told_in_the_words_of_the_standard(told: Told) -> None:
    _, steps = told
    assert "不符合 3 项，关闭 3 项；委员会审议 2026-09-28" in steps["检查监督委员会审议"]
    assert "检查监督与改进报告" in steps["生成报告"]
    assert "前后相接" in steps["核对历史"]


def test_it_is_ready_on_the_day_of_its_application_and_not_before(told: Told) -> None:
    work, _ = told
    assert readiness(work, APPLIED).verdict == "ready"
    early = readiness(work, date(2026, 6, 30))
    assert early.verdict == "not_ready"
    assert {"period.months", "audit.done", "review.recorded"} <= {
        each.rule for each in early.results if each.status != "passed"
    }
    running = operating(work, date(2026, 8, 1))
    assert (str(running.effective), str(running.earliest)) == ("2026-04-01", "2026-07-01")


def test_nothing_in_it_contradicts_itself(told: Told) -> None:
    work, _ = told
    found = check(work, APPLIED).findings
    assert [(each.rule, each.message) for each in found if each.severity == "error"] == []


def test_every_auditable_clause_and_every_department_was_looked_at(told: Told) -> None:
    work, _ = told
    facts = gather(work, APPLIED)
    judged = {audits.key_of(row) for record in facts.records(audits.CHECKLIST) for row in record.rows()}
    auditable = {clause.key for clause in standards.standard("33251-2016", work.shelves) if clause.auditable}
    assert auditable - judged == set()
    assert len(auditable) == 33
    assert len(facts.records(audits.CHECKLIST)) == len(facts.client.departments)


def test_its_documents_use_the_words_of_universities(told: Told) -> None:
    work, _ = told
    assert words_in(work.folder / "文件", STRANGE) == {}
