"""Whole documents of the example: they open, say who they are, and carry nothing of anybody else."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordDocument
from lxml import etree

from drafted import CACHE, desk_of, example, example_desk, example_facts, styles, texts
from engagement import ROOT, answered
from gbtool.commands import drafts
from gbtool.documents import drafting, grids, plan, sections
from gbtool.documents.desk import Desk
from gbtool.errors import FileFaults
from gbtool.model.document import DocumentKind
from gbtool.model.facts import Facts
from gbtool.model.template import Template
from gbtool.structs import replace
from gbtool.word import package, reading
from gbtool.word.contents import with_contents
from gbtool.word.lint.opened import W, opened
from gbtool.word.look import BY_ID, layout_of
from gbtool.word.wordml import Page

PLANNED = plan.plan(example_facts(), drafts.parts(example(), "2023")).documents
KINDS = {each.specification.kind: each for each in reversed(PLANNED)}


def one(id_: str) -> plan.Planned:
    """A planned document by id."""
    return next(each for each in PLANNED if each.specification.id == id_)


def part(data: bytes, name: str) -> str:
    """A part of a Word file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("planned", PLANNED, ids=lambda each: str(each.specification.id))
def test_every_document_is_well_formed_and_twice_the_same(planned: plan.Planned) -> None:
    made = drafting.draft(planned, desk_of(planned))
    assert made == drafting.draft(planned, desk_of(planned))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        for info in archive.infolist():
            etree.fromstring(archive.read(info))
            assert (info.date_time, info.create_system, info.external_attr) == ((1980, 1, 1, 0, 0, 0), 0, 0)
    assert reading.of(made, own=True) == reading.content(made)
    assert not re.search(r"\{\{|\{%|None|Undefined|[\ue000-\uf8ff]", part(made, "word/document.xml"))


@pytest.mark.parametrize("planned", KINDS.values(), ids=lambda each: str(each.specification.kind))
def test_a_document_of_each_kind_says_whose_it_is(planned: plan.Planned) -> None:
    made = drafting.draft(planned, desk_of(planned))
    word = WordDocument(io.BytesIO(made))
    client = example_facts().client
    assert word.core_properties.title == planned.title
    assert word.core_properties.author == word.core_properties.last_modified_by == client.name
    assert str(word.core_properties.created).startswith("2026-05-1")
    assert planned.specification.id in part(made, "docProps/custom.xml")
    names = {style.name for style in word.styles}
    assert set(styles(part(made, "word/document.xml"))) <= set(BY_ID)
    assert "正文段" in names
    if planned.specification.kind is not DocumentKind.APPOINTMENT:
        assert f"{client.name}" in part(made, "word/header1.xml")
        assert f"{planned.number} A/0" in part(made, "word/header1.xml")
        assert "NUMPAGES" in part(made, "word/footer1.xml")


@pytest.mark.parametrize("id_", ["ip-manual", "sys-reward", "appt-mr", "rec-background"])
def test_faces_stand_in_the_styles_and_not_in_the_runs(id_: str) -> None:
    made = part(drafting.draft(one(id_), example_desk()), "word/document.xml")
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*<w:t[ >](?:(?!</w:r>).)*[一-鿿]", made)
    assert runs
    assert all('<w:rFonts w:hint="eastAsia"' in run for run in runs)  # quotes and dashes in the Chinese face
    faces = re.findall(r'<w:pStyle w:val="(\w+)"/>(?:(?!<w:pStyle).)*?w:eastAsia="(.*?)"', made)
    assert all(BY_ID[style].east != face for style, face in faces)
    assert not re.search(r"MS Mincho|ＭＳ|ja-JP", made)


def test_the_manual_has_cover_revisions_contents_and_figures() -> None:
    made = drafting.draft(one("ip-manual"), example_desk())
    xml = part(made, "word/document.xml")
    said = texts(xml)
    assert {"修订记录", "目　录", "首次发布", "部门或职务"} <= set(said)
    entries = re.findall(r'w:anchor="(_Toc\d+)"', xml)
    marks = re.findall(r'bookmarkStart w:id="\d+" w:name="(_Toc\d+)"', xml)
    assert entries == marks
    assert len(entries) > 50
    assert all(f"PAGEREF {mark}" in xml for mark in marks)
    assert "updateFields" in part(made, "word/settings.xml")
    assert "wpg:wgp" in xml
    assert "▲" in said


def test_a_system_has_a_control_block_with_places_to_sign() -> None:
    said = texts(part(drafting.draft(one("sys-reward"), example_desk()), "word/document.xml"))
    assert {"文件编号", "受控状态", "编制", "审核", "批准", "签名", "2026-05-15", "2026-05-18"} <= set(said)
    assert said[0] == "知识产权奖励与利益分配制度"


def test_posts_come_from_the_catalogue_where_a_text_says_nothing() -> None:
    planned = one("sys-ip-management")
    bare = replace(planned, templates=(Template("systems/x.md.j2", "自带", {}, "## 甲\n\n乙"),))
    said = texts(part(drafting.draft(bare, example_desk()), "word/document.xml"))
    assert {"知识产权部", "管理者代表", "董事长兼总经理"} <= set(said)


def test_a_paper_without_a_title_of_its_own_gets_one() -> None:
    planned = replace(one("appt-mr"), templates=(Template("appointments/x.md.j2", "自带", {}, "甲"),))
    assert texts(part(drafting.draft(planned, example_desk()), "word/document.xml")) == [planned.title, "甲"]


def text_of(body: str, line: int = 1) -> plan.Planned:
    """A system made of one text."""
    return replace(one("sys-reward"), templates=(Template("systems/x.md.j2", "自带", {}, body, line),))


def desk_with(**answers: object) -> Desk:
    """A desk with other answers."""
    return example_desk(answered(example_facts(), **answers))


def test_printing_an_open_answer_names_the_question_and_the_line() -> None:
    with pytest.raises(drafting.StillOpen) as caught:
        drafting.draft(text_of("甲\n\n{{ website }}乙", 5), desk_with(website=None))
    (value,) = caught.value.values
    assert (value.key, value.place.line) == ("website", 7)


def test_a_filter_on_an_open_answer_names_the_question() -> None:
    with pytest.raises(drafting.StillOpen) as caught:
        drafting.draft(text_of("{{ mr.姓名 }}"), desk_with(management_rep=None))
    assert caught.value.values[0].key == "management_rep"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("甲\n\n{{ nobody }}", r"x\.md\.j2:3.*nobody"),
        ("甲\n\n{{ company_name + 1 }}", r"x\.md\.j2:3"),
        ("{% if x %}\n\n甲", r"x\.md\.j2:\d+.*标记写错"),
        ("{% extends 'nothing.md.j2' %}", "找不到模板“nothing"),
        ("{{ ''.__class__.__mro__ }}", r"x\.md\.j2:1"),
        ("{{ 1 / 0 }}", r"x\.md\.j2:1"),
    ],
)
def test_a_fault_of_a_template_is_a_complaint_with_its_line(body: str, message: str) -> None:
    with pytest.raises(FileFaults, match=message):
        drafting.draft(text_of(body), example_desk())


def test_a_text_may_extend_what_is_shipped() -> None:
    body = "{% extends 'shipped/systems/sys-reward.md.j2' %}"
    said = texts(part(drafting.draft(text_of(body), example_desk()), "word/document.xml"))
    assert "奖励标准" in said


def test_wide_tables_lie_on_their_side_with_their_heading() -> None:
    layout = layout_of("system", "articles")
    heading = '<w:p><w:pPr><w:pStyle w:val="Chapter"/></w:pPr></w:p>'
    text = '<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr></w:p>'
    body = sections.with_sections(f"{text}{heading}{text}{grids.WIDE}<w:tbl/>{grids.WIDE}{text}", layout)
    assert body.index("sectPr") < body.index("Chapter")
    assert body.count('w:orient="landscape"') == 1
    alone = sections.with_sections(f"<w:tbl></w:tbl>{text}{grids.WIDE}<w:tbl/>{grids.WIDE}", layout)
    assert alone.count("<w:sectPr>") == 3


def test_pages_of_the_contents_grow_with_the_text() -> None:
    chapter = '<w:p><w:pPr><w:pStyle w:val="ManualChapter"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    text = f'<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:t>{"字" * 3000}</w:t></w:r></w:p>'
    xml = with_contents(chapter.format("一") + text + chapter.format("二"), Page())
    shown = [int(page) for page in re.findall(r"<w:t>(\d+)</w:t>", xml)]
    assert shown[1] - shown[0] >= 2


def test_a_form_notes_who_keeps_it_and_how_long() -> None:
    said = texts(part(drafting.draft(one("rec-background"), example_desk()), "word/document.xml"))
    assert any("归口部门：综合管理部；保存期限：离职后不少于3年" in line for line in said)


def test_a_business_that_the_client_does_not_have_signs_and_keeps_no_form() -> None:
    trade = [{"部门": "综合部", "负责人": "甲", "职能": "ip,hr", "人数": 3}]
    without = example_desk(
        answered(example_facts(), has_rd=False, has_outsourced_rd=False, has_sales=None, departments=trade)
    )
    planned = plan.plan(without.facts, drafts.parts(example(), "2023")).documents
    lacking = {each.specification.id: each for each in planned}
    abandoned = drafting.form(lacking["rec-abandon"], without)
    assert abandoned.fields.sign == ("申请", "销售", "知识产权部门", "批准")
    assert "研发负责人" in drafting.form(one("rec-apply-approval"), example_desk()).fields.sign
    assert any("归口部门：综合部" in note for note in drafting.form(lacking["rec-disclosure"], without).notes)


def test_style_docx_is_what_its_maker_makes() -> None:
    code = "from tools.make_style import style_file as f; import sys; sys.stdout.buffer.write(f())"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT).stdout
    shipped = (ROOT / "templates" / "style.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as ours, zipfile.ZipFile(io.BytesIO(shipped)) as theirs:
        assert {n: ours.read(n) for n in ours.namelist()} == {n: theirs.read(n) for n in theirs.namelist()}


def test_style_docx_has_no_word_in_it() -> None:
    assert not WordDocument(str(ROOT / "templates" / "style.docx")).paragraphs[0].text


def written(path: Path, change: Callable[[dict[str, bytes]], object], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A style file with other parts."""
    with zipfile.ZipFile(ROOT / "templates" / "style.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_a_firms_own_look_is_taken(tmp_path: Path) -> None:
    def red(parts: dict[str, bytes]) -> None:
        parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'w:val="FF0000"', b'w:val="00FF00"')

    look = package.look_from(written(tmp_path / "style.docx", red, zipfile.ZIP_STORED))
    made = drafting.draft(one("sys-reward"), replace(example_desk(), look=look))
    assert "00FF00" in part(made, "word/styles.xml")


def test_a_face_of_a_firms_look_shows_in_the_text(tmp_path: Path) -> None:
    def fang(parts: dict[str, bytes]) -> None:
        body = re.compile('(styleId="Body".*?w:eastAsia=")宋体'.encode())
        parts["word/styles.xml"] = body.sub(r"\1仿宋".encode(), parts["word/styles.xml"], count=1)

    look = package.look_from(written(tmp_path / "style.docx", fang))
    made = drafting.draft(one("sys-reward"), replace(example_desk(), look=look))
    paragraph = next(each for each in opened(made).paragraphs if opened(made).style(each) == "Body")
    (run, *_) = paragraph.iter(f"{W}r")
    assert opened(made).face_of(run) == "仿宋"
    assert "w:eastAsia=" not in part(made, "word/numbering.xml")  # numbers follow their paragraphs


def test_a_look_that_lacks_a_style_is_a_complaint(tmp_path: Path) -> None:
    def without(parts: dict[str, bytes]) -> None:
        parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'w:styleId="Body"', b'w:styleId="Other"')

    with pytest.raises(FileFaults, match="正文段"):
        package.look_from(written(tmp_path / "a.docx", without))
    with pytest.raises(FileFaults, match="缺少样式"):
        package.look_from(written(tmp_path / "b.docx", lambda parts: parts.pop("word/styles.xml")))


def test_a_look_that_is_no_word_file_or_too_large_is_a_complaint(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("no zip", "utf-8")
    with pytest.raises(FileFaults, match="样式文件"):
        package.look_from(tmp_path / "a.docx")

    def bomb(parts: dict[str, bytes]) -> None:
        parts["word/styles.xml"] = b" " * 5_000_000

    with pytest.raises(FileFaults, match="样式文件"):
        package.look_from(written(tmp_path / "b.docx", bomb))


@pytest.mark.parametrize("edition", ["2013", "2023"])
@pytest.mark.parametrize("name", ["lanwan", "qingyu"])
def test_both_editions_are_drafted_for_other_clients(name: str, edition: str) -> None:
    facts: Facts = answered(example_facts(name), standard_edition=edition)
    if edition != facts.standard.edition:
        pytest.skip("the facts carry the other standard")
    planned = plan.plan(facts, drafts.parts(example(name), edition)).documents
    manual = next(each for each in planned if each.specification.kind is DocumentKind.MANUAL)
    desk = drafts.desk(example(name), facts, CACHE)
    said = "".join(texts(part(drafting.draft(manual, desk), "word/document.xml")))
    assert facts.client.name in said
