"""One client on one page."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from engagement import EXAMPLES
from gbtool.commands.gather import gather
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.status import Step, status
from gbtool.commands.workspace import Workspace, workspace
from gbtool.model.document import Document, DocumentKind
from gbtool.rules.progress import Stage
from gbtool.store import documents
from gbtool.store.database import Action, open_ledger

TODAY = date(2026, 11, 22)


def engagement(name: str, into: Path) -> Workspace:
    shutil.copytree(EXAMPLES / name, into / name)
    work = workspace(into / name)
    if (EXAMPLES / name / "documents.yaml").is_file():
        import_folder(work, EXAMPLES / name, TODAY)
    return work


def test_a_running_client_shows_day_holes_and_earliest_day(tmp_path: Path) -> None:
    page = status(engagement("qingyu", tmp_path), TODAY)
    assert (page.client, page.edition, page.stage) == ("成都青屿软件有限公司", "2023", Stage.RUNNING)
    assert (page.day, page.months, page.earliest) == (60, 1, date(2026, 12, 24))
    assert [hole.span for hole in page.holes] == ["2026-10"]
    assert len(page.holes[0].missing) == 6
    assert page.next == Step("gbtool period", "看 2026-10 缺哪些记录")


def test_a_client_that_applied_looks_back(tmp_path: Path) -> None:
    page = status(engagement("lanwan", tmp_path), date(2026, 9, 22))
    assert page.stage == Stage.APPLIED
    assert page.holes == ()
    assert page.next.command == "gbtool readiness"


def test_a_running_client_without_holes_goes_on(tmp_path: Path) -> None:
    assert status(engagement("lanwan", tmp_path), date(2026, 7, 3)).next.command == "gbtool ledger add"


def test_a_scaffold_asks_for_its_first_answers(tmp_path: Path) -> None:
    (tmp_path / "新的").mkdir()
    (tmp_path / "新的" / "client.yaml").write_text("company_name:\n", encoding="utf-8")
    page = status(workspace(tmp_path / "新的"), TODAY)
    assert (page.client, page.edition, page.stage, page.effective) == ("新的", "", Stage.CONTRACT, None)
    assert page.next.command == "gbtool profile"
    assert page.next.why.startswith("第一轮问题还有")


def write(work: Workspace, *ids: str) -> None:
    made = [Document(id_, DocumentKind.RECORD, "", id_, "A/0", f"文件/{id_}.docx", "", "") for id_ in ids]
    with open_ledger(work.ledger, write=True) as ledger, ledger.transaction(Action(TODAY, "", "测试")) as change:
        documents.save(change, made)


@pytest.mark.parametrize(("count", "command"), [(3, "gbtool generate"), (10_000, "gbtool issue")])
def test_documents_are_written_and_then_issued(tmp_path: Path, count: int, command: str) -> None:
    work = engagement("hengtuo", tmp_path)
    (work.folder / "文件").mkdir()
    wanted = [each for each in gather(work, TODAY).applicable if each.audience == "client" and not each.made_by]
    ids = [each.id for each in wanted if each.kind not in (DocumentKind.REPORT, DocumentKind.PLAN)][:count]
    for id_ in (*ids, "svc-visit"):
        (work.folder / f"文件/{id_}.docx").touch()
    write(work, *ids, "svc-visit")  # papers of the consultancy are not counted
    page = status(work, TODAY)
    assert page.papers.generated == len(ids)
    assert page.next.command == command


def test_a_lost_file_is_said_first(tmp_path: Path) -> None:
    work = engagement("hengtuo", tmp_path)
    write(work, "ip-manual")
    page = status(work, TODAY)
    assert page.papers.gone == 1
    assert page.next == Step("gbtool generate", "1 份文件不见了")
