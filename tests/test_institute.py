"""The fictional institute of the examples goes to its verdict under GB/T 33250, in the words of that standard."""

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from drafted import CACHE
from engagement import EXAMPLES
from gbtool.commands.check import check
from gbtool.commands.gather import gather
from gbtool.commands.init import create, place_for, questions_at, read_source
from gbtool.commands.period import operating
from gbtool.commands.readiness import readiness
from gbtool.commands.telling import steps
from gbtool.commands.workspace import Workspace
from gbtool.rules import audits
from gbtool.shelf import standards

INSTITUTE = EXAMPLES / "huaiyu"
ENTERED, APPLIED = date(2026, 11, 22), date(2026, 8, 17)
# Words of other standards and other kinds of client.
TRACKING = "HY-IPM-JL-07-07 评审改进措施跟踪表.docx"  # the command names a field of it
STRANGE = re.compile("内部审核|管理评审|合规管理体系|合规负责人|本公司|本企业|校长|学院|GB/T.29490")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Mapping[str, str]]:
    """The institute's folder with everything that the example holds, and what was told of each step."""
    root = tmp_path_factory.mktemp("institute")
    target = place_for(root / "淮屿水科院")
    asked = questions_at(target)
    work = create(target, asked, read_source(INSTITUTE / "client.yaml", asked), ENTERED)
    return work, {step.title: f"{step.total} {step.note}" for step in steps(work, INSTITUTE, ENTERED, CACHE)}


def test_each_step_is_told_in_the_words_of_the_standard(told: tuple[Workspace, Mapping[str, str]]) -> None:
    _, steps_ = told
    assert "不符合 4 项，关闭 4 项；评审改进报告 2026-07-31" in steps_["检查监督评审改进"]
    assert "前后相接" in steps_["核对历史"]


def test_it_is_ready_on_the_day_of_its_application_and_not_before(told: tuple[Workspace, Mapping[str, str]]) -> None:
    work, _ = told
    assert readiness(work, APPLIED).verdict == "ready"
    early = readiness(work, date(2026, 6, 8))
    assert early.verdict == "not_ready"
    assert {"period.months", "audit.done", "review.done"} <= {
        each.rule for each in early.results if each.status != "passed"
    }
    running = operating(work, date(2026, 7, 1))
    assert (str(running.effective), str(running.earliest)) == ("2026-03-09", "2026-06-09")


def test_nothing_in_it_contradicts_itself(told: tuple[Workspace, Mapping[str, str]]) -> None:
    work, _ = told
    found = check(work, APPLIED).findings
    assert [(each.rule, each.message) for each in found if each.severity == "error"] == []


def test_every_auditable_clause_and_every_department_was_looked_at(told: tuple[Workspace, Mapping[str, str]]) -> None:
    work, _ = told
    facts = gather(work, APPLIED)
    judged = {audits.key_of(row) for record in facts.records(audits.CHECKLIST) for row in record.rows()}
    auditable = {clause.key for clause in standards.standard("33250-2016", work.shelves) if clause.auditable}
    assert auditable - judged == {"8.4"}  # it does not invest its results
    assert len(facts.records(audits.CHECKLIST)) == len(facts.client.departments)


def test_its_documents_use_the_words_of_institutes(told: tuple[Workspace, Mapping[str, str]]) -> None:
    work, _ = told
    strange = {path.name: found for path in sorted((work.folder / "文件").rglob("*.docx")) if (found := _strange(path))}
    assert set(strange) <= {TRACKING}


def _strange(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as parts:
        xml = "".join(parts.read(n).decode("utf-8") for n in parts.namelist() if n.startswith("word/") and "xml" in n)
    return set(STRANGE.findall(re.sub(r"<[^>]+>", "", xml)))
