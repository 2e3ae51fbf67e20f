"""From 2013 to 2023: what carries over, what is new, what is left; old documents end when the new ones begin."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES, Demo
from gbtool.cli.app import app
from gbtool.commands.changeover import papers
from gbtool.commands.changeover.standing import standing, withdraw
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import Refused, UsageError
from gbtool.model.document import Document, DocumentKind
from gbtool.model.facts import Facts
from gbtool.rules.changeover import changeover
from gbtool.rules.engine import ask
from gbtool.shelf import standards
from gbtool.shelf.shelves import shelves_of
from gbtool.store import documents
from gbtool.store.database import Action, open_ledger
from gbtool.store.documents import Signing
from gbtool.structs import replace
from gbtool.word.lint.rules import flaws

SHELVES = shelves_of(None, None)
OLD, NEW = standards.standard("2013", SHELVES), standards.standard("2023", SHELVES)
CHANGES = standards.changes(SHELVES, "gb29490")
TODAY = date(2026, 6, 1)
MANUAL = Document("ip-manual", DocumentKind.MANUAL, "LW-01", "知识产权手册", "A/0", "文件/手册.docx", "", "", "2013")
REWARD = replace(MANUAL, id="sys-reward", kind=DocumentKind.SYSTEM, title="奖励制度", path="文件/奖励.docx")


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer's answers and an empty ledger."""
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, tmp_path)
    return workspace(tmp_path)


def written(work: Workspace, *given: Document, day: str) -> None:
    """Documents whose text was written on a day."""
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(date.fromisoformat(day), "", "生成")) as change,
    ):
        documents.save(change, given)


def issued(work: Workspace, *given: Document, day: str) -> None:
    """Documents that were written, approved, issued and take effect on a day."""
    signing = Signing(approved_by="周屿川", approved=day, issued=day, effective=day, compiled_by="梁若溪")
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(date.fromisoformat(day), "", "发布")) as change,
    ):
        documents.save(change, given)
        documents.sign(change, {each.id: signing for each in given})


def test_every_clause_says_where_it_comes_from_and_what_is_left(work: Workspace) -> None:
    found = standing(work, TODAY).found
    by_key = {row.clause.key: row for row in found.rows}
    assert len(found.rows) > 40
    assert by_key["leadership.culture"].new
    assert [clause.key for clause in by_key["leadership.policy"].before] == ["management.policy"]
    assert by_key["leadership.policy"].state == "写、审"
    assert found.open[0].startswith("还没有按新版发布的文件")
    assert found.chosen


def test_an_audited_and_trained_system_has_only_documents_left(lanwan: Facts) -> None:
    found = changeover(lanwan, OLD, NEW, CHANGES)
    assert all(row.audited for row in found.rows)
    assert found.trained == date(2026, 5, 20)
    assert found.open == (f"还没有按新版发布的文件 {len(found.unwritten)} 份",)
    made = tuple(
        replace(MANUAL, id=each.id, kind=each.kind, edition="2023", issued="2026-05-15", effective="2026-05-18")
        for each in found.unwritten
    )
    whole = changeover(replace(lanwan, documents=made), OLD, NEW, CHANGES)
    assert (whole.open, {row.state for row in whole.rows}) == ((), {"做完了"})


def test_old_documents_in_force_beside_the_new_manual_are_an_error(lanwan: Facts) -> None:
    new = replace(MANUAL, edition="2023", issued="2026-05-15", effective="2026-05-18")
    old = replace(REWARD, issued="2020-01-01", effective="2020-01-01")
    mixed = replace(lanwan, documents=(new, old))
    faults = ask("CN-09", mixed).faults
    assert [fault.message for fault in faults] == ["《奖励制度》还是 2013 版，体系已按 2023 版实施"]
    assert changeover(mixed, OLD, NEW, CHANGES).mixed
    alone = replace(lanwan, documents=(replace(MANUAL, issued="2020-01-01", effective="2020-01-01"), old))
    assert ask("CN-09", alone).faults == ()  # the new manual is not there yet
    before = changeover(alone, OLD, NEW, CHANGES)
    assert (before.mixed, before.effective, before.trained, len(before.old)) == (False, None, None, 2)


def test_the_old_ones_end_on_the_day_on_which_the_new_manual_begins(work: Workspace) -> None:
    issued(work, MANUAL, REWARD, day="2024-03-01")
    with pytest.raises(Refused, match="新版手册还没有实施"):
        withdraw(work, TODAY)
    written(work, replace(MANUAL, edition="2023", content="新"), day="2026-05-10")
    assert standing(work, date(2026, 5, 12)).found.effective is None  # it is written and not issued yet
    assert {each.id for each in standing(work, date(2026, 5, 12)).found.old} == {"ip-manual", "sys-reward"}
    issued(work, replace(MANUAL, edition="2023", content="新"), day="2026-05-18")
    assert standing(work, TODAY).found.mixed
    told = CliRunner().invoke(app, ("changeover", "-C", str(work.folder), "--on", "2026-06-01"))
    assert "下一步：gbtool changeover --withdraw" in told.stdout
    assert "还在用的旧版文件" in told.stdout
    assert withdraw(work, TODAY) == ("sys-reward",)
    with open_ledger(work.ledger) as ledger:
        gone = {document.id: document.withdrawn for document in documents.read(ledger)}
    assert gone == {"ip-manual": "", "sys-reward": "2026-05-18"}
    with pytest.raises(Refused, match="没有还在用的旧版文件"):
        withdraw(work, TODAY)


def test_the_old_manual_neither_counts_for_the_new_edition_nor_stops_it(work: Workspace) -> None:
    issued(work, MANUAL, REWARD, day="2020-03-01")  # before the new edition was published
    facts = gather(work, TODAY)
    assert (facts.client.edition, facts.effective) == ("2023", None)
    assert ask("DT-02", facts).faults == ()
    told = {finding.message for finding in ask("documents.issued", facts).faults}
    assert "《知识产权合规管理手册》在用的还是 2013 版" in told
    old = replace(facts, client=replace(facts.client, answers={**facts.client.answers, "standard_edition": "2013"}))
    assert old.effective == date(2020, 3, 1)


def test_a_client_of_the_old_edition_is_told_to_choose_the_new_one(work: Workspace) -> None:
    path = work.folder / "client.yaml"
    path.write_text(path.read_text("utf-8").replace("standard_edition: '2023'", "standard_edition: '2013'"), "utf-8")
    told = CliRunner().invoke(app, ("changeover", "-C", str(work.folder), "--on", "2026-06-01", "--by", "2026-12-31"))
    assert told.exit_code == 1
    for words in (
        "profile set standard_edition=2023",
        "新增 3 条",
        "不单写文件",
        "2026-12-31",
        "企业情况里的标准版本还是旧版",
    ):
        assert words in told.stdout, words
    whole = json.loads(
        CliRunner().invoke(app, ("changeover", "--json", "-C", str(work.folder), "--on", "2026-06-01")).stdout
    )
    assert (whole["old"], whole["new"], whole["mixed"], len(whole["plan"])) == ("2013", "2023", False, 8)


def test_the_paper_has_no_flaw(work: Workspace) -> None:
    issued(work, REWARD, day="2024-03-01")
    found, written = papers.save(work, TODAY, date(2026, 12, 31))
    assert [each.outcome for each in written] == ["new"]
    data = (work.folder / written[0].path).read_bytes()
    assert [str(flaw) for flaw in flaws(data, DocumentKind.REPORT) if flaw.rule != "control"] == []
    assert found.given
    assert papers.titles(found.found.rows[0].documents).startswith("《")
    again, same = papers.save(work, TODAY, date(2026, 12, 31))
    assert [each.outcome for each in same] == ["same"]
    assert again.plan.end == date(2026, 12, 31)


def test_a_standard_with_one_edition_has_nothing_to_change_over(
    work: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standards, "changes", lambda *_: ())
    with pytest.raises(UsageError, match="没有新旧两版的对照"):
        standing(work, TODAY)


def test_a_client_that_does_not_change_over_is_told_so(demonstrated: Demo) -> None:
    words = ("changeover", "-C", str(demonstrated.folder / "青屿软件"), "--on", "2026-11-22")
    assert "资料里写着不是换版" in CliRunner().invoke(app, words).stdout
    words = ("changeover", "-C", str(demonstrated.folder / "衡拓科贸"), "--on", "2026-11-22")
    assert "资料里写着不是换版" not in CliRunner().invoke(app, words).stdout
