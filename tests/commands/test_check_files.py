"""check over files: twelve planted leaks found, clean sets not accused, files by name, marks in a copy."""

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

import office
from drafted import CACHE
from engagement import READY_DAY, Demo
from gbtool.commands.check import Request, check, check_all, check_likeness
from gbtool.commands.checks import desks, files
from gbtool.commands.checks.marks import annotate
from gbtool.commands.gather import gather
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import UsageError
from gbtool.model.finding import Finding, Severity, Verdict
from gbtool.screening.report import CaseKind
from gbtool.structs import replace
from gbtool.word.annotating import Note, annotated
from gbtool.word.pieces.archive import Unreadable
from gbtool.word.pieces.reading import read
from office import docx, p, put, relation, relations, wordml, xlsx

pytestmark = pytest.mark.no_cover  # the verb is measured in tests/cli, each screen in tests/screening
LATER = date(2026, 11, 22)
FULL, SHORT, CODE = "成都青屿软件有限公司", "青屿软件", "91510104MA0XDEM22F"
CORE = (
    "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' "
    f"xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{FULL}</dc:creator></cp:coreProperties>"
)


@pytest.fixture
def firm(demonstrated: Demo, tmp_path: Path) -> Path:
    """A copy of the firm with its three clients."""
    return Path(shutil.copytree(demonstrated.folder, tmp_path / "机构"))


@pytest.fixture
def work(firm: Path) -> Workspace:
    """The manufacturer in it."""
    return workspace(firm / "岚湾流控")


@pytest.fixture
def thin(thin_firm: Path) -> Workspace:
    """The manufacturer in a firm whose clients have systems alone."""
    return workspace(thin_firm / "岚湾流控")


def edited(path: Path, part: str, change: Callable[[str], str]) -> None:
    """A part of a Word file changed."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(part).decode()
    changed = change(text)
    assert changed != text
    path.write_bytes(office.with_parts(data, {part: changed}))


def into_body(inner: str) -> Callable[[str], str]:
    """A change that puts something in front of a body's last section."""
    return lambda text: text.replace("<w:sectPr", f"{inner}<w:sectPr", 1)


def planted(folder: Path) -> Iterator[Path]:
    """Twelve leaks in twelve places of the manufacturer's set; the file of each."""

    def file(name: str) -> Path:
        return next(folder.rglob(f"*{name}*.docx"))

    body = "word/document.xml"
    edited(file("ZD-01"), body, into_body(office.runs("由成都青", "屿软", "件有限公司制定")))
    yield file("ZD-01")
    edited(file("ZD-02"), body, lambda text: text.replace("<w:tc>", f"<w:tc>{p(CODE)}", 1))
    yield file("ZD-02")
    edited(file("ZD-03"), body, lambda text: text.replace("<w:tc>", f"<w:tc>{office.table(('甲', SHORT))}", 1))
    yield file("ZD-03")
    edited(file("ZD-04"), "word/header1.xml", lambda text: text.replace("</w:hdr>", f"{p(FULL)}</w:hdr>"))
    yield file("ZD-04")
    edited(file("ZD-05"), "word/footer1.xml", lambda text: text.replace("</w:ftr>", f"{p('qingyu.example')}</w:ftr>"))
    yield file("ZD-05")
    gone = f"<w:p><w:del w:author='a'><w:r><w:delText>{FULL}</w:delText></w:r></w:del></w:p>"
    edited(file("ZD-06"), body, into_body(gone))
    yield file("ZD-06")
    comment = wordml("comments", f"<w:comment w:id='0' w:author='a'>{p('见QY-IPM-CX-01')}</w:comment>")
    put(folder, "文件/制度/ZD-07.docx", office.with_parts(file("ZD-07").read_bytes(), {"word/comments.xml": comment}))
    yield folder / "文件/制度/ZD-07.docx"
    edited(file("ZD-08"), body, into_body(p("青 屿　软\u200b件", run="<w:vanish/>")))
    yield file("ZD-08")
    notes = wordml("footnotes", f"<w:footnote w:id='2'>{p('总经理陆知行批准')}</w:footnote>")
    put(folder, "文件/a.docx", office.with_parts(docx(p("甲")), {"word/footnotes.xml": notes}))
    yield folder / "文件/a.docx"
    put(folder, "文件/b.docx", office.with_parts(docx(p("甲")), {"docProps/core.xml": CORE}))
    yield folder / "文件/b.docx"
    put(folder, "文件/c.docx", office.with_parts(docx(p("甲")), {f"word/media/{SHORT}标志.png": b"\x89PNG"}))
    yield folder / "文件/c.docx"
    put(folder, f"文件/{SHORT}的台账.xlsx", xlsx({"A1": "甲"}))
    yield folder / f"文件/{SHORT}的台账.xlsx"


def about_names(findings: tuple[Finding, ...]) -> list[Finding]:
    """What CN-01 found."""
    return [finding for finding in findings if finding.rule == "CN-01"]


def test_twelve_planted_leaks_in_twelve_places_are_found(work: Workspace) -> None:
    leaks = [path.relative_to(work.folder).as_posix() for path in planted(work.folder)]
    assert len(leaks) == 12
    report = check(work, READY_DAY)
    accused = {finding.path for finding in about_names(report.findings) if finding.severity is Severity.ERROR}
    assert accused == set(leaks)
    assert report.verdict is Verdict.NOT_READY


def test_clean_sets_of_all_three_clients_are_not_accused(demonstrated: Demo) -> None:
    for name in ("岚湾流控", "青屿软件", "衡拓科贸"):
        report = check(workspace(demonstrated.folder / name), LATER)
        assert about_names(report.findings) == []
        assert [f for f in report.findings if f.severity is Severity.ERROR] == []
        assert {r.rule: r.subjects for r in report.results}["CN-01"] > 50


def test_a_leak_in_the_answers_and_in_the_ledger_is_found(thin: Workspace) -> None:
    path = thin.folder / "client.yaml"
    text = path.read_text("utf-8").replace("主营智能调节阀", f"与{SHORT}一样主营智能调节阀")
    path.write_text(text, "utf-8")
    (found, *_) = about_names(check(thin, READY_DAY).findings)
    assert found.path == "client.yaml"
    assert "client.yaml:" in found.place
    assert "company_intro" in found.place


def test_files_folders_and_documents_can_be_named(work: Workspace) -> None:
    facts = gather(work, READY_DAY)
    manual = next(work.folder.rglob("*LW-IPM-01 *.docx"))
    assert files.targets(work, facts, ("ip-manual",), work.folder) == (manual,)
    assert files.targets(work, facts, (str(manual), "ip-manual"), work.folder) == (manual,)
    assert len(files.targets(work, facts, ("文件/制度",), work.folder)) == 8
    report = check(work, READY_DAY, Request(("ip-manual",), work.folder))
    assert {result.subjects for result in report.results if result.rule == "CN-01"} == {1}
    assert not any(result.rule.startswith("DT") for result in report.results)


def test_what_names_nothing_is_told(work: Workspace) -> None:
    facts = gather(work, READY_DAY)
    with pytest.raises(UsageError, match="是不是想写“ip-manual”"):
        files.targets(work, facts, ("ip-manul",), work.folder)
    next(work.folder.rglob("*LW-IPM-01 *.docx")).unlink()
    with pytest.raises(UsageError, match="不见了"):
        files.targets(work, facts, ("ip-manual",), work.folder)


def test_what_office_and_gbtool_put_there_for_themselves_is_passed_over(thin: Workspace) -> None:
    for name in ("文件/~$a.docx", ".x/b.docx", "输出/检查/c.docx", "文件/d.docx.gbtool-old"):
        put(thin.folder, name, b"")
    assert all(f.rule != "FL-01" for f in check(thin, READY_DAY).findings)


def test_too_many_files_are_refused(thin: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST_FILES", 5)
    with pytest.raises(UsageError, match="5 个以上"):
        check(thin, READY_DAY)


def test_a_damaged_file_is_an_error_and_the_others_are_checked(thin: Workspace) -> None:
    put(thin.folder, "文件/坏.docx", b"PK\x03\x04")
    report = check(thin, READY_DAY)
    (found,) = [finding for finding in report.findings if finding.rule == "FL-01"]
    assert found.path == "文件/坏.docx"
    assert report.verdict is Verdict.NOT_READY


def test_a_file_outside_of_the_client_is_checked_against_it(thin: Workspace, tmp_path: Path) -> None:
    path = put(tmp_path, "外来.docx", docx(p(FULL)))
    report = check(thin, READY_DAY, Request((str(path),), thin.folder))
    assert [finding.path for finding in about_names(report.findings)] == [str(path)]


def test_another_clients_broken_file_is_told_and_stops_nothing(thin: Workspace) -> None:
    (thin.folder.parent / "青屿软件" / "client.yaml").write_text("company_name: [", "utf-8")
    (thin.folder.parent / "衡拓科贸" / "client.yaml").write_text(
        "people_roster: 无.csv\ncompany_short: 衡拓\n", "utf-8"
    )
    told = [finding.message for finding in check(thin, READY_DAY).findings if finding.rule == "FL-04"]
    assert any("青屿软件" in message and "YAML" in message for message in told)
    assert any("衡拓科贸" in message and "无.csv" in message for message in told)


def test_a_client_without_a_firm_is_checked_too(demonstrated: Demo, tmp_path: Path) -> None:
    folder = shutil.copytree(demonstrated.folder / "衡拓科贸", tmp_path / "单独")
    assert check(workspace(folder), LATER).verdict is Verdict.READY


def test_all_clients_are_checked_in_turn(thin_firm: Path) -> None:
    (thin_firm / "青屿软件" / "client.yaml").write_text("x: [", "utf-8")
    found = {each.folder: each for each in check_all(thin_firm, LATER, lambda: None)}
    assert set(found) == {"岚湾流控", "青屿软件", "衡拓科贸"}
    assert found["青屿软件"].report is None
    assert found["青屿软件"].error is not None
    assert found["岚湾流控"].report is not None


def test_all_clients_need_a_firm(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="机构"):
        list(check_all(tmp_path, LATER, lambda: None))


def test_a_copy_of_what_was_need_not_agree_with_what_is(work: Workspace) -> None:
    name = "LW-IPM-JL-07-05 入职员工知识产权背景调查表.docx"
    data = (work.folder / "文件" / "记录表单" / name).read_bytes()
    put(work.folder, f"输出/旧稿/2026-10-01/记录表单/{name}", data)
    old = next(files.cases(work, [work.folder / f"输出/旧稿/2026-10-01/记录表单/{name}"], quiet))
    now = next(files.cases(work, [work.folder / "文件" / "记录表单" / name], quiet))
    assert (old.read.id, now.read.id) == ("", "rec-background")
    assert (old.kind, now.kind) == (CaseKind.PAST, CaseKind.DOCUMENT)
    assert old.read.pieces
    put(work.folder, f"文件/诊断/旧稿/{name}", data)  # what a paper was before it was made anew
    assert next(files.cases(work, [work.folder / f"文件/诊断/旧稿/{name}"], quiet)).kind is CaseKind.PAST
    facts = gather(work, LATER)
    gone = tuple(replace(d, withdrawn="2026-11-01") for d in facts.documents if d.id == "rec-background")
    assert next(files.of_their_day([now], facts)).kind is CaseKind.DOCUMENT
    assert next(files.of_their_day([now], replace(facts, documents=gone))).kind is CaseKind.PAST


def quiet() -> None:
    """No progress is shown."""


def test_neighbours_are_found_below_the_firm_only(firm: Path) -> None:
    put(firm, "分组/乙/client.yaml", b"company_name: \xe4\xb9\x99\n")
    put(firm, "templates/丙/client.yaml", b"")
    put(firm, "岚湾流控/文件/丁/client.yaml", b"")
    put(firm, "1/2/3/4/5/client.yaml", b"")
    assert [folder.name for folder, _ in desks.everybody(firm)] == ["乙", "岚湾流控", "衡拓科贸", "青屿软件"]
    assert desks.everybody(None) == ()


# Likeness


def test_what_was_taken_over_from_another_client_is_measured(work: Workspace) -> None:
    theirs = "值班人员每天下班前核对采集网关的日志，把异常的设备编号记在交接本上，第二天早会由组长念给大家听"
    lines = [f"{theirs}，这是第{number}条要求" for number in "一二三四五六七八九十"]
    put(work.folder.parent, "青屿软件/文件/制度/自己写的.docx", docx("".join(map(p, lines))))
    put(work.folder, "文件/制度/抄来的.docx", docx("".join(map(p, lines))))
    put(work.folder.parent, "衡拓科贸/文件/坏.docx", b"x")
    request = Request(("文件/制度/抄来的.docx", "sys-reward"), work.folder)
    report, found = check_likeness(work, READY_DAY, request, CACHE)
    measures = {each.path.rsplit("/", 1)[-1]: each for each in found.measures}
    copied = measures["抄来的.docx"]
    assert copied.sentences == copied.copied == 10
    assert copied.nearest == "青屿软件"
    fresh = next(each for each in found.measures if each.id == "sys-reward")
    assert fresh.copied == 0
    assert fresh.others > fresh.template > 0
    assert fresh.facts > 3
    assert found.compared > 200
    told = [finding.message for finding in report.findings if finding.rule == "CN-13"]
    assert told == ["模板以外有 100% 的句子和客户“青屿软件”的文件相同或几乎相同（上限 10%）"]


# Marks in a copy


def test_findings_become_comments_where_they_are(thin: Workspace) -> None:
    for _ in planted(thin.folder):
        pass
    report = check(thin, READY_DAY)
    written = annotate(thin, report.findings, READY_DAY)
    copies = {each.path for each in written}
    assert "输出/检查/文件/制度/LW-IPM-ZD-01 知识产权管理制度.docx" in copies
    assert not any(path.endswith(".xlsx") for path in copies)
    copy = thin.folder / "输出/检查/文件/制度/LW-IPM-ZD-01 知识产权管理制度.docx"
    with zipfile.ZipFile(copy) as archive:
        body, comments = archive.read("word/document.xml").decode(), archive.read("word/comments.xml").decode()
        assert "/word/comments.xml" in archive.read("[Content_Types].xml").decode()
        assert "comments.xml" in archive.read("word/_rels/document.xml.rels").decode()
    assert FULL in comments
    assert "gbtool 检查" in comments
    marked = body[body.index("commentRangeStart") : body.index("commentRangeEnd")]
    assert "成都青" in marked
    assert {each.outcome for each in annotate(thin, report.findings, READY_DAY)} == {"same"}


def test_the_original_is_not_touched_and_an_older_copy_is_put_aside(thin: Workspace) -> None:
    path = put(thin.folder, "文件/a.docx", docx(p(FULL)))
    before = path.read_bytes()
    put(thin.folder, "输出/检查/文件/a.docx", b"my remarks")
    annotate(thin, check(thin, READY_DAY, Request((str(path),))).findings, READY_DAY)
    assert path.read_bytes() == before
    assert (thin.folder / "输出/检查/文件/旧稿/a 1.docx").read_bytes() == b"my remarks"


def test_comments_that_are_there_stay_and_boxes_get_theirs_outside(tmp_path: Path) -> None:
    old = wordml("comments", f"<w:comment w:id='7' w:author='我'>{p('旧')}</w:comment>")
    inner = f"<w:p><w:r><w:pict><v:shape><w:txbxContent>{p('盒')}</w:txbxContent></v:shape></w:pict></w:r></w:p>"
    links = relations(relation("c", "comments", "comments.xml"))
    path = put(
        tmp_path,
        "a.docx",
        office.with_parts(docx(p("甲") + inner), {"word/comments.xml": old, "word/_rels/document.xml.rels": links}),
    )
    notes = (
        Note("word/document.xml", 2, ("在盒里",)),
        Note("word/header1.xml", 0, ("在页眉\x00",)),
        Note("", -1, ("哪里都不在",)),
    )
    data = annotated(path, notes, "甲乙丙", "2026-01-01")
    copy = read(put(tmp_path, "b.docx", data), "b.docx")
    assert not copy.troubles
    assert [piece.text for piece in copy.pieces if piece.spot.value == "批注"] == [
        "旧",
        "在盒里",
        "在页眉",
        "哪里都不在",
    ]
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    outer = body[0][1]
    assert outer[0].tag.endswith("commentRangeStart")


def test_a_copy_of_a_file_without_paragraphs_or_links_is_made(tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", docx(""))
    assert read(put(tmp_path, "b.docx", annotated(path, (Note("", 0, ("x",)),), "g", "2026-01-01")), "b").troubles == ()
    with pytest.raises(Unreadable):
        annotated(put(tmp_path, "c.docx", b"x"), (), "g", "2026-01-01")


def test_a_file_that_cannot_be_read_gets_no_copy(thin: Workspace) -> None:
    put(thin.folder, "文件/坏.docx", b"PK\x03\x04")
    assert (
        annotate(thin, check(thin, READY_DAY, Request((str(thin.folder / "文件/坏.docx"),))).findings, READY_DAY) == ()
    )
