"""PDF of a client's documents: in a folder of their own, only what is due, contents with their real pages."""

import io
import os
import re
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import docx
import pytest

from engagement import EXAMPLES
from gbtool.commands.checks.printed import printed as pages_printed
from gbtool.commands.gather import gather
from gbtool.commands.generate import Generation, Request, generate
from gbtool.commands.issue import issue
from gbtool.commands.pdf import Printed, due, pdf_of, print_
from gbtool.commands.workspace import Workspace, workspace
from gbtool.documents import guard
from gbtool.errors import FolderNotWritable, OfficeFailed
from gbtool.model.document import Outcome
from gbtool.pdf.office import Office
from gbtool.pdf.outline import marks
from gbtool.store import documents
from gbtool.store.database import open_ledger
from gbtool.store.documents import Signing
from gbtool.word import counting
from stub_office import stub

pytestmark = pytest.mark.no_cover  # printing is measured in tests/pdf and tests/cli
DAY = date(2026, 5, 15)
THREE = Request(("ip-manual", "sys-reward", "rec-background"))
MANUAL = "文件/手册/LW-IPM-01 知识产权合规管理手册.docx"
SIGNING = Signing(
    compiled_by="梁若溪",
    compiled="2026-05-08",
    reviewed_by="沈知远",
    reviewed="2026-05-12",
    approved_by="周屿川",
    approved="2026-05-15",
    issued="2026-05-15",
    effective="2026-05-18",
)


@pytest.fixture
def bare(tmp_path: Path) -> Workspace:
    """The manufacturer, without any document yet."""
    return _client(tmp_path)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manufacturer's firm when three documents are there."""
    work = _client(tmp_path_factory.mktemp("generated"))
    generate(work, DAY, THREE)
    return work.folder.parent


@pytest.fixture(scope="module")
def printed_once(generated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Printed]:
    """The firm when they were printed with the stub, and what was printed."""
    firm = Path(shutil.copytree(generated, tmp_path_factory.mktemp("printed") / "机构"))
    return firm, printed(workspace(firm / "岚湾"))[1]


@pytest.fixture
def work(generated: Path, tmp_path: Path) -> Workspace:
    """A copy of the manufacturer with three documents."""
    return workspace(Path(shutil.copytree(generated, tmp_path / "机构")) / "岚湾")


@pytest.fixture
def paged(printed_once: tuple[Path, Printed], tmp_path: Path) -> Workspace:
    """A copy of the manufacturer with three documents and their PDF."""
    return workspace(Path(shutil.copytree(printed_once[0], tmp_path / "机构")) / "岚湾")


def _client(at: Path) -> Workspace:
    folder = at / "机构" / "岚湾"
    folder.mkdir(parents=True)
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    return workspace(folder)


def printed(work: Workspace, behaviour: str = "good", request: Request = THREE) -> tuple[Generation, Printed]:
    """What was made, and what was printed of it with the stub."""
    result = generate(work, DAY, request)
    return result, print_(work, DAY, result.made, Office(stub(work.folder.parent, behaviour)), lambda: None)


def pages(data: bytes) -> list[int]:
    """The pages in the contents of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    return [int(page) for page in re.findall(r"PAGEREF _Toc\d+ .*?<w:t>(\d+)</w:t>", body, re.DOTALL)]


def settings(data: bytes) -> str:
    """The settings of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/settings.xml").decode()


def test_pdfs_lie_apart_from_what_is_controlled(bare: Workspace) -> None:
    _, found = printed(bare)
    assert found.made == (
        "输出/PDF/手册/LW-IPM-01 知识产权合规管理手册.pdf",
        "输出/PDF/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.pdf",
        "输出/PDF/记录表单/LW-IPM-JL-07-05 入职员工知识产权背景调查表.pdf",
    )
    assert all((bare.folder / path).read_bytes().startswith(b"%PDF") for path in found.made)
    assert not list((bare.folder / "文件").rglob("*.pdf"))


def test_only_what_changed_is_printed_again(paged: Workspace) -> None:
    result, again = printed(paged)
    assert (again.made, again.same, again.counted) == ((), 3, ())
    assert due(paged.folder, result.made) == ()
    reward = next(made.path for made in result.made if made.id == "sys-reward")
    later = (paged.folder / pdf_of(reward)).stat().st_mtime_ns + 10**9
    os.utime(paged.folder / reward, ns=(later, later))
    assert due(paged.folder, result.made) == (reward,)
    assert printed(paged)[1].made == (pdf_of(reward),)


def test_the_contents_get_the_pages_on_which_the_headings_stand(
    printed_once: tuple[Path, Printed], paged: Workspace
) -> None:
    assert printed_once[1].counted == (MANUAL,)
    data = (paged.folder / MANUAL).read_bytes()
    assert pages(data) == list(range(2, 2 + len(counting.entries(data))))
    assert "updateFields" not in settings(data)
    again = marks((paged.folder / pdf_of(MANUAL)).read_bytes())
    assert [mark.page for mark in again] == pages(data)
    with open_ledger(paged.ledger) as ledger:
        row = next(each for each in documents.read(ledger) if each.id == "ip-manual")
    assert row.sha256 == guard.sha256(data)


def test_check_knows_the_pages_of_a_pdf_that_is_not_older(paged: Workspace, tmp_path: Path) -> None:
    assert _known(_client(tmp_path / "没有 PDF")) == {}
    pages_of = _known(paged)[MANUAL]
    assert set(pages_of.values()) <= set(range(1, 200))
    assert pages_of
    later = (paged.folder / pdf_of(MANUAL)).stat().st_mtime_ns + 10**10
    os.utime(paged.folder / MANUAL, ns=(later, later))
    assert _known(paged) == {}


def _known(work: Workspace) -> dict[str, Mapping[str, int]]:
    return pages_printed(work, gather(work, DAY))


def test_pages_that_were_counted_stay_until_the_text_changes(paged: Workspace) -> None:
    before = (paged.folder / MANUAL).read_bytes()
    assert {made.outcome for made in generate(paged, DAY, THREE).made} == {Outcome.SAME}
    assert (paged.folder / MANUAL).read_bytes() == before
    answers = paged.folder / "client.yaml"
    answers.write_text(answers.read_text("utf-8").replace("董事长兼总经理", "董事长"), "utf-8")
    result = generate(paged, DAY, Request(("ip-manual",)))
    assert [made.outcome for made in result.made] == [Outcome.CHANGED]
    assert "updateFields" in settings((paged.folder / MANUAL).read_bytes())


def test_a_manual_that_somebody_edited_or_that_is_in_force_is_only_printed(work: Workspace) -> None:
    issue(work, ("ip-manual",), SIGNING, DAY)
    before = (work.folder / MANUAL).read_bytes()
    _, found = printed(work)
    assert found.counted == ()
    assert (work.folder / MANUAL).read_bytes() == before
    assert [mark.page for mark in marks((work.folder / pdf_of(MANUAL)).read_bytes())][:2] == [2, 3]


def test_a_manual_that_another_program_saved_is_printed_as_it_is(work: Workspace) -> None:
    edited = docx.Document(str(work.folder / MANUAL))
    edited.paragraphs[-1].add_run("手写。")
    edited.save(str(work.folder / MANUAL))
    before = (work.folder / MANUAL).read_bytes()
    _, found = printed(work)
    assert (found.counted, len(found.made)) == ((), 3)
    assert (work.folder / MANUAL).read_bytes() == before


def test_a_pdf_without_a_document_is_told_not_taken_away(work: Workspace) -> None:
    old = work.folder / "输出" / "PDF" / "制度" / "旧名.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"%PDF")
    assert printed(work)[1].stale == ("输出/PDF/制度/旧名.pdf",)
    assert old.is_file()


def test_a_failure_leaves_the_folder_as_it_was(work: Workspace) -> None:
    before = {path: path.read_bytes() for path in work.folder.rglob("*") if path.is_file()}
    with pytest.raises(OfficeFailed, match="背景调查表"):
        printed(work, "leave")
    assert {path: path.read_bytes() for path in work.folder.rglob("*") if path.is_file()} == before


def test_a_folder_that_refuses_keeps_words_and_ledger(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (work.folder / MANUAL).read_bytes()

    def full(_: Path, __: bytes) -> int:
        raise OSError(28, "No space left on device")

    office = Office(stub(work.folder.parent))
    made = generate(work, DAY, THREE).made
    real = office.pdfs({MANUAL: before}, lambda: None)
    monkeypatch.setattr(Office, "pdfs", lambda _, files, __: real if files else {})
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(FolderNotWritable, match="磁盘已满"):
        print_(work, DAY, [each for each in made if each.id == "ip-manual"], office, lambda: None)
    assert (work.folder / MANUAL).read_bytes() == before
    with open_ledger(work.ledger) as ledger:
        assert next(d for d in documents.read(ledger) if d.id == "ip-manual").sha256 == guard.sha256(before)


def test_what_waits_for_an_answer_is_not_printed(bare: Workspace) -> None:
    answers = bare.folder / "client.yaml"
    answers.write_text(re.sub(r"(?m)^manual_issue_date:.*$", "manual_issue_date:", answers.read_text("utf-8")), "utf-8")
    result, found = printed(bare)
    assert Outcome.OPEN in {made.outcome for made in result.made}
    assert len(found.made) == sum(1 for made in result.made if made.outcome is not Outcome.OPEN)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
def test_libreoffice_finds_every_heading_and_an_order_on_one_page(bare: Workspace) -> None:
    result = generate(bare, DAY, Request(("ip-manual", "appt-promulgation")))
    office = Office(Path(shutil.which("soffice") or ""))
    found = print_(bare, DAY, result.made, office, lambda: None)
    assert found.counted == (MANUAL,)
    data = (bare.folder / MANUAL).read_bytes()
    stood = [mark.page for mark in marks((bare.folder / pdf_of(MANUAL)).read_bytes()) if mark.depth < 2]
    assert pages(data) == stood
    order = next(bare.folder.glob("输出/PDF/*/*颁布令*.pdf"))
    assert order.read_bytes().count(b"/Type/Page/") == 1
