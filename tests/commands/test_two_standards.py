"""An enterprise with GB/T 29490 and ISO 56005 together: one ledger, one set of records, what serves both is seen."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drafted import CACHE, texts
from gbtool.cli.app import app
from gbtool.commands import drafts
from gbtool.commands.workspace import Workspace
from gbtool.documents import drafting, plan
from gbtool.documents.context import Documents, Words, context
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis import scoring, writing
from gbtool.shelf import catalogue, diagnosis, seen, sharing, standards
from gbtool.structs import replace
from innovating import STANDARD, both_of, client_of, folder_of

IMPORTED = ("rec-search-report", "rec-apply-approval", "n-reg-projects")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client's files."""
    return both_of(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def client(folder: Path) -> tuple[Workspace, Facts]:
    """The client with all its records."""
    return client_of(folder)


def said(client: tuple[Workspace, Facts], id_: str) -> str:
    """What a document of the client says."""
    work, facts = client
    (planned,) = (
        each for each in plan.plan(facts, drafts.parts_for(work, facts)).documents if each.specification.id == id_
    )
    with zipfile.ZipFile(io.BytesIO(drafting.draft(planned, drafts.desk(work, facts, CACHE)))) as archive:
        return "\n".join(texts(archive.read("word/document.xml").decode()))


def test_the_set_is_that_of_both_and_no_document_stands_twice(client: tuple[Workspace, Facts]) -> None:
    ids = [each.id for each in client[1].applicable]
    assert len(ids) == len(set(ids))
    assert len([id_ for id_ in ids if id_.startswith("n-")]) == 38
    assert {"ip-manual", "rec-search-report", "sys-reward"} <= set(ids)
    numbers = [each.number for each in client[1].applicable]
    assert len(numbers) == len(set(numbers))


def test_a_form_that_is_served_wholly_is_not_made_and_texts_name_the_other(client: tuple[Workspace, Facts]) -> None:
    facts = client[1]
    assert dict(facts.instead) == {"n-rec-disclosure": "rec-disclosure", "n-rec-enforce": "rec-dispute"}
    assert "《技术交底书（成果申报表）》（LW-IPM-JL-09-01）" in said(client, "n-sys-culture")
    assert "发明记录与披露书" not in said(client, "n-flow-innovation")
    assert "LW-IPM-JL-09-01-002" in said(client, "n-plan-action")
    scheme = diagnosis.scheme(client[0].shelves, standards.folder_of(STANDARD, client[0].shelves))
    asked = next(each for each in scheme.probes if "n-rec-disclosure" in each.documents)
    bad = Entry(EntryKind.DIAGNOSIS, asked.id, "2026-04-01", data={"score": "0", "by": "顾问甲"})
    found = writing.wanted(scoring.survey(scheme, replace(facts, entries=(bad,))), facts)
    assert "rec-disclosure" in {each.specification.id for each in found}


def test_a_form_that_was_used_already_stays(client: tuple[Workspace, Facts]) -> None:
    work, facts = client
    used = replace(facts, entries=(*facts.entries, Entry(EntryKind.RECORD, "x", "2026-07-01", form="n-rec-enforce")))
    assert list(used.instead) == ["n-rec-disclosure"]
    assert "n-rec-enforce" in {each.id for each in used.applicable}
    names = context(facts, Words())["doc"]
    assert isinstance(names, Documents)
    assert "n-rec-enforce" in names
    assert names["n-rec-enforce"]["id"] == "rec-dispute"
    assert "n-rec-enforce" not in list(names)
    assert names["rec-dispute"]["instead_of"] == ["n-rec-enforce"]
    alone = context(replace(facts, specifications=seen.seen_by((STANDARD,), work.shelves)), Words())["doc"]
    assert isinstance(alone, Documents)
    assert not alone.instead


def test_papers_of_the_one_are_made_of_records_of_the_other(client: tuple[Workspace, Facts]) -> None:
    assert "LW-IPM-JL-17-01-001" in said(client, "n-report-landscape")
    layout = said(client, "n-plan-layout")
    assert "迷宫分级降噪阀芯及其流道布置方法（LW-IPM-JL-09-02-002）" in layout
    case = said(client, "n-report-case")
    assert "LW-IPM-JL-09-01-002" in case  # the disclosure
    assert "LW-IPM-JL-17-03-001" in case  # the search at a stage
    assert "LW-INV-JL-12-001" in case


def test_its_texts_know_that_there_is_a_manual(client: tuple[Workspace, Facts]) -> None:
    text = said(client, "n-sys-integration")
    assert "岚湾流控已经按知识产权合规管理手册运行" in text
    assert "2026-05-25" in text  # issued after the manual
    assert "奖励、报酬和异议按《知识产权奖励与利益分配制度》" in said(client, "n-sys-culture")


def test_a_form_that_serves_both_names_the_clauses_of_both(client: tuple[Workspace, Facts]) -> None:
    form = said(client, "rec-search-report")
    assert "29490—2023" in form
    assert "6.2、6.4" in form


def test_the_mapping_names_documents_and_clauses_that_exist(client: tuple[Workspace, Facts]) -> None:
    shelves = client[0].shelves
    listed = sharing.shared(STANDARD, shelves)
    of_29490 = {each.id for each in catalogue.catalogue(shelves) if "2023" in each.editions}
    assert {each.document for each in listed} <= of_29490
    assert len({each.document for each in listed}) == len(listed)
    served = {key for each in listed for key in each.clauses}
    assert served == {clause.key for clause in standards.standard(STANDARD, shelves) if clause.auditable}
    assert all(each.how and each.confidence in ("high", "medium") for each in listed)


def test_one_command_shows_what_serves_both_and_how_many_records_there_are(folder: Path, tmp_path: Path) -> None:
    made, records = tmp_path / "岚湾", tmp_path / "记录" / "records"
    answers = ("--answers", str(folder / "client.yaml"), "--standard", "2023", "--standard", STANDARD)
    _told("init", str(made), *answers, "--on", "2026-05-20")
    records.mkdir(parents=True)
    for form in IMPORTED:
        shutil.copy(folder / "records" / f"{form}.yaml", records)
    _told("ledger", "import", str(records.parent), "-C", str(made), "--on", "2026-11-22")
    shown = json.loads(_told("clauses", "--shared", "--json", "-C", str(made), "--on", "2026-11-22"))
    found = {each["id"]: each for each in next(value for value in shown.values() if isinstance(value, list))}
    assert found["rec-search-report"]["records"] == 1
    assert "不另填" in found["rec-search-report"]["how"]
    assert len(found["rec-search-report"]["clauses"]) == 2
    assert not any(id_.startswith("n-") for id_ in found)


def test_the_trial_of_a_guide_is_counted_from_its_rules_and_leads_to_no_application(tmp_path: Path) -> None:
    answers = folder_of("lanwan", tmp_path) / "client.yaml"
    made = tmp_path / "岚湾"
    _told("init", str(made), "--answers", str(answers), "--standard", STANDARD, "--on", "2026-05-20")
    assert "融合管理办法发布后从实施日起算" in _told("status", "-C", str(made), "--on", "2026-05-29")
    _told("generate", "-C", str(made), "--on", "2026-05-29")
    days = ("--approved", "2026-05-29", "--issued", "2026-05-29", "--effective", "2026-06-01", "--on", "2026-06-01")
    _told("issue", "n-sys-integration", "--approved-by", "周屿川", *days, "-C", str(made))
    for command in ("status", "period"):
        shown = _told(command, "-C", str(made), "--on", "2026-11-03")
        assert "第 156 天" in shown
        assert "最早可申请" not in shown
        assert "手册" not in shown


def _told(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, (result.stdout, result.stderr)
    return result.stdout
