"""clean: a copy whose properties tell nothing but the client's name; the file itself and its text stay."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import office
from engagement import EXAMPLES, READY_DAY
from gbtool.cli.app import app
from gbtool.commands.clean import clean
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, UsageError
from gbtool.model.piece import FileRead, Spot
from gbtool.word.pieces.reading import read
from office import docx, p, put, relation, relations, wordml, xlsx

CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CORE = (
    f"<cp:coreProperties xmlns:cp='{CP}' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:dcterms='http://purl.org/dc/terms/'><dc:title>手册</dc:title><dc:creator>张三</dc:creator>"
    "<cp:lastModifiedBy>李四</cp:lastModifiedBy><cp:keywords>乙客户</cp:keywords>"
    "<dcterms:created>2019-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"
)
APP = "<Properties><Application>Word</Application><Company>乙公司</Company><Template>乙.dotx</Template></Properties>"
CUSTOM = (
    "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'>"
    "<property name='gbtool.document'><x>ip-manual</x></property>"
    "<property name='客户'><x>乙</x></property></Properties>"
)
PARTS: dict[str, str | bytes] = {
    "docProps/core.xml": CORE,
    "docProps/app.xml": APP,
    "docProps/custom.xml": CUSTOM,
    "docProps/thumbnail.jpeg": b"\xff\xd8",
    "_rels/.rels": relations(
        relation("r1", "officeDocument", "word/document.xml"), relation("r2", "thumbnail", "docProps/thumbnail.jpeg")
    ),
    "word/settings.xml": wordml("settings", "<w:attachedTemplate r:id='t'/><w:rsids/><w:zoom/>"),
    "word/_rels/settings.xml.rels": relations(relation("t", "attachedTemplate", "file:///D:/乙.dotx", outside=True)),
    "word/comments.xml": wordml("comments", f"<w:comment w:id='0' w:author='王五'>{p('批注')}</w:comment>"),
}
DIRTY = office.with_parts(docx(p("正文")), PARTS)


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer with a dirty file."""
    folder = Path(shutil.copytree(EXAMPLES / "lanwan", tmp_path / "岚湾流控"))
    put(folder, "文件/脏.docx", DIRTY)
    return workspace(folder)


def pieces(path: Path) -> FileRead:
    """A file as it is read."""
    return read(path, path.name)


def test_a_clean_copy_tells_only_the_client(work: Workspace) -> None:
    (done,) = clean(work, ("文件/脏.docx",), work.folder, READY_DAY)
    assert (done.path, done.copy, done.outcome) == ("文件/脏.docx", "输出/清理/文件/脏.docx", "new")
    copy = pieces(work.folder / done.copy)
    assert not copy.troubles
    core = {piece.name: piece.text for piece in copy.pieces if piece.spot is Spot.CORE}
    own = "重庆岚湾流体控制设备有限公司"
    assert core == {"title": "手册", "creator": own, "lastModifiedBy": own, "Application": "Word"}
    assert copy.id == "ip-manual"
    assert not any("乙" in piece.text for piece in copy.pieces)
    assert {piece.text for piece in copy.pieces if piece.spot in (Spot.BODY, Spot.COMMENT)} == {"正文", "批注"}
    assert {gone.what for gone in done.removed} >= {
        "作者",
        "最后一次保存者",
        "标记",
        "创建时间",
        "单位",
        "模板",
        "缩略图",
    }
    assert (work.folder / "文件/脏.docx").read_bytes() == DIRTY


def test_a_clean_copy_of_a_clean_file_is_clean(work: Workspace) -> None:
    (done,) = clean(work, ("文件/脏.docx",), work.folder, READY_DAY)
    (again,) = clean(work, (done.copy,), work.folder, READY_DAY)
    assert again.removed == ()
    (same,) = clean(work, ("文件/脏.docx",), work.folder, READY_DAY)
    assert same.outcome == "same"


def test_folders_workbooks_and_files_from_outside_are_cleaned(work: Workspace, tmp_path: Path) -> None:
    put(work.folder, "文件/表.xlsx", office.with_parts(xlsx({"A1": "甲"}), {"docProps/core.xml": CORE}))
    outside = put(tmp_path, "外.docx", office.with_parts(docx(p("甲")), {"docProps/core.xml": CORE}))
    put(work.folder, "文件/图.png", b"x")
    found = clean(work, ("文件", str(outside)), work.folder, READY_DAY)
    assert {each.copy for each in found} == {
        "输出/清理/文件/脏.docx",
        "输出/清理/文件/表.xlsx",
        "输出/清理/外.docx",
    }


def test_a_template_that_lies_nowhere_is_taken_out_too(work: Workspace) -> None:
    parts = {"word/settings.xml": wordml("settings", "<w:attachedTemplate r:id='t'/>")}
    put(work.folder, "文件/a.docx", office.with_parts(docx(p("甲")), parts))
    (done,) = clean(work, ("文件/a.docx",), work.folder, READY_DAY)
    assert [gone.what for gone in done.removed] == ["模板"]


def test_one_file_that_cannot_be_read_stops_all(work: Workspace) -> None:
    put(work.folder, "文件/坏.docx", b"x")
    with pytest.raises(FileFaults, match="坏"):
        clean(work, ("文件",), work.folder, READY_DAY)
    assert not (work.folder / "输出").exists()


def test_what_is_no_office_file_is_refused(work: Workspace) -> None:
    put(work.folder, "图.png", b"x")
    with pytest.raises(UsageError, match="可以清理"):
        clean(work, ("图.png",), work.folder, READY_DAY)


def test_the_verb_tells_what_it_took_out(work: Workspace) -> None:
    path = str(work.folder / "文件/脏.docx")
    result = CliRunner().invoke(app, ["clean", path, "-C", str(work.folder), "--on", "2026-09-22"])
    assert result.exit_code == 0, result.stderr
    assert "去掉作者：张三" in result.stdout
    assert "……共" in result.stdout
    assert "清理了 1 份。" in result.stdout
    found = json.loads(CliRunner().invoke(app, ["clean", path, "-C", str(work.folder), "--json"]).stdout)
    assert found["files"][0]["outcome"] == "same"
    assert {"what": "作者", "was": "张三"} in found["files"][0]["removed"]
    again = CliRunner().invoke(app, ["clean", str(work.folder / "输出/清理"), "-C", str(work.folder)])
    assert "本来就是干净的" in again.stdout


def test_properties_under_another_name_are_cleaned_too(work: Workspace) -> None:
    put(work.folder, "文件/脏.docx", office.with_parts(DIRTY, {"package/services/a.psmdcp": CORE}))
    (done,) = clean(work, ("文件/脏.docx",), work.folder, READY_DAY)
    assert not any(piece.text in ("张三", "李四") for piece in pieces(work.folder / done.copy).pieces)
