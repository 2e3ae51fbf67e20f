"""A firm's own Word file as the template of a document: values as they are, nothing undefined, nothing without end."""

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jinja2
import pytest
from docx import Document as WordDocument
from docx.document import Document as Opened

from documents.test_whole_documents import desk_with
from drafted import example_desk
from engagement import EXAMPLES
from gbtool.commands.generate import Request, generate
from gbtool.commands.workspace import Workspace, workspace
from gbtool.documents import drafting, needs
from gbtool.documents.desk import Desk
from gbtool.documents.jinja import environment
from gbtool.documents.plan import Planned
from gbtool.errors import FileFaults
from gbtool.model.document import Outcome
from gbtool.model.template import Template
from gbtool.shelf import templates
from gbtool.shelf.seen import seen_by
from gbtool.shelf.shelves import shelves_of
from gbtool.word import reading
from gbtool.word.merging.opened import open_file

CATALOGUE = {specification.id: specification for specification in seen_by(("2023",), shelves_of(None, None))}
DAY = date(2026, 5, 15)
REWARD = "文件/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.docx"


def word(*paragraphs: str, change: Callable[[Opened], object] = lambda _: None) -> bytes:
    """A Word file with these paragraphs."""
    file = WordDocument()
    for text in paragraphs:
        file.add_paragraph(text)
    change(file)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def planned(data: bytes) -> Planned:
    """The system of rewards made from a Word file."""
    template = Template("systems/sys-reward.docx", "机构", {}, "", data=data)
    return Planned(CATALOGUE["sys-reward"], "奖励制度", "LW-1", "A/0", "x.docx", (template,))


def said(data: bytes, desk: Desk | None = None) -> tuple[str, ...]:
    """What the document says that is made from a Word file."""
    return reading.content(drafting.draft(planned(data), desk or example_desk())).blocks


def test_values_of_the_client_stand_where_the_firm_put_them() -> None:
    def table(file: Opened) -> None:
        rows = file.add_table(rows=3, cols=2).rows
        for row, texts in zip(
            rows, (("{%tr for p in key_products %}", ""), ("{{ p.产品 }}", "甲"), ("{%tr endfor %}", "")), strict=True
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        file.sections[0].header.paragraphs[0].text = "{{ company_name }} {{ this.number }}"

    found = said(
        word(
            "{{ company_name }}，{{ manual_issue_date | zh_date }}",
            "{%p if has_rd %}",
            "有研发",
            "{%p endif %}",
            change=table,
        )
    )
    assert found[:2] == ("重庆岚湾流体控制设备有限公司，2026年5月15日", "有研发")
    assert found[2:4] == ("智能调节阀", "甲")
    header = reading.content(drafting.draft(planned(word("甲", change=table)), example_desk())).sides
    assert header[0].startswith("重庆岚湾流体控制设备有限公司 LW-IPM-ZD-04")


@pytest.mark.parametrize("value", ["A & B", "甲<乙>", "{{ 7 * 7 }}", "../../x", "𠮷野家", "甲\n乙"])
def test_a_clients_words_are_never_markup(value: str) -> None:
    found = said(word("写着{{ website }}的"), desk_with(website=value))
    assert found == (f"写着{value}的".replace("\n", " "),)


def test_the_same_facts_make_the_same_bytes_with_the_properties_of_the_document() -> None:
    made = [drafting.draft(planned(word("甲", "{{ company_name }}")), example_desk()) for _ in range(2)]
    assert made[0] == made[1]
    file = open_file(made[0], "x")
    values = [element[0].text for element in file.tree("docProps/custom.xml")]
    assert values[0] == "sys-reward"
    assert any(element.text == "奖励制度" for element in file.tree("docProps/core.xml"))
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    WordDocument(io.BytesIO(made[0]))
    again = drafting.draft(planned(made[0]), example_desk())
    assert open_file(again, "x").parts["docProps/custom.xml"] == file.parts["docProps/custom.xml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ nobody }}", r"sys-reward\.docx 第\d+段：印不出来.*nobody"),
        ("{% if has_rd %}甲", r"sys-reward\.docx.*印不出来"),
        ("{{ ''.__class__.__mro__ }}", "印不出来"),
        ("{{ 1 / 0 }}", "印不出来"),
        ("{{ 'a' * 10000000 }}", "太长"),
        ("{{ 9 ** 99999 }}", "太长"),
        ("{% for x in range(100000000) %}{% endfor %}", "太长"),
        ("{{ 'a' | center(100000000) }}", "center"),
        ("{% include 'x' %}", "印不出来"),
    ],
)
def test_a_tag_that_does_not_work_is_told_with_its_paragraph(text: str, message: str) -> None:
    with pytest.raises(FileFaults, match=message):
        said(word("第一段", text))


def test_tags_that_tear_a_table_apart_are_told() -> None:
    def table(file: Opened) -> None:
        file.add_table(rows=1, cols=1).rows[0].cells[0].text = "乙{% endif %}"

    with pytest.raises(FileFaults, match="合不起来"):
        said(word("{% if has_rd %}甲", change=table), desk_with(has_rd=False))


def test_small_sums_and_repetitions_work() -> None:
    env = environment()
    assert env.from_string("{{ 3 * 4 }} {{ 2 ** 10 }} {{ '-' * 3 }} {{ 1.5 * 2 }}").render() == "12 1024 --- 3.0"
    with pytest.raises(jinja2.exceptions.UndefinedError):
        env.from_string("{{ nobody * 2 }}").render()


def test_an_open_answer_that_a_word_file_prints_is_named() -> None:
    with pytest.raises(drafting.StillOpen) as caught:
        said(word("{{ website }}"), desk_with(website=None))
    assert [(value.key, str(value.place)) for value in caught.value.values] == [
        ("website", "templates/systems/sys-reward.docx")
    ]
    with pytest.raises(FileFaults, match="没有填"):
        said(word("{% set x = none %}{{ x }}"))


def test_a_required_answer_that_a_word_file_uses_is_asked() -> None:
    desk = desk_with(top_manager=None)
    client = desk.facts.client
    keys = [value.key for value in needs.open_values(planned(word("{{ top.职务 }}")), client)]
    assert "top_manager" in keys
    with pytest.raises(FileFaults, match="标记写错"):
        needs.open_values(planned(word("{% for %}")), client)


@pytest.mark.parametrize("data", [b"no zip", word("甲")[:300]])
def test_what_is_no_word_file_is_told(data: bytes) -> None:
    with pytest.raises(FileFaults, match=r"sys-reward\.docx"):
        said(data)


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer as a client of a firm."""
    folder = tmp_path / "机构" / "岚湾"
    folder.mkdir(parents=True)
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    (tmp_path / "机构" / "gbtool.yaml").write_text("name: 机构", "utf-8")
    return workspace(folder)


def put(folder: Path, path: str, data: bytes) -> None:
    """A file on a shelf."""
    target = folder / "templates" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def test_a_firms_word_file_makes_the_document_and_a_nearer_text_wins(work: Workspace) -> None:
    put(work.folder.parent, "systems/sys-reward.docx", word("{{ company_name }}的奖励"))
    put(work.folder.parent, "records/rec-background.docx", word("背景调查"))
    request = Request(("sys-reward", "rec-background"))
    made = generate(work, DAY, request).made
    assert [each.shelf for each in made] == ["机构", "机构"]
    assert reading.read(work.folder / REWARD).blocks == ("重庆岚湾流体控制设备有限公司的奖励",)
    assert {each.outcome for each in generate(work, DAY, request).made} == {Outcome.SAME}
    put(work.folder, "systems/sys-reward.md.j2", "---\nnumbering: articles\n---\n## 客户自己的\n\n甲\n".encode())
    (made_again, _) = generate(work, DAY, request).made
    assert made_again.shelf == "客户"
    assert "客户自己的" in reading.read(work.folder / REWARD).blocks


def test_a_firms_word_file_may_make_what_nobody_has_written_and_a_whole_manual(tmp_path: Path) -> None:
    put(tmp_path, "reports/report-annual.docx", word("年报"))
    put(tmp_path, "manual/ip-manual.docx", word("手册"))
    shelves = shelves_of(None, tmp_path)
    for id_ in ("report-annual", "ip-manual"):
        (found,) = templates.parts_of(CATALOGUE[id_], "2023", shelves)
        assert found.data


def test_a_word_file_that_is_too_large_or_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "systems/sys-reward.docx", word("甲"))
    shelves = shelves_of(None, tmp_path)
    monkeypatch.setattr(templates, "_MOST_WORD", 10)
    with pytest.raises(FileFaults, match="太大"):
        templates.parts_of(CATALOGUE["sys-reward"], "2023", shelves)

    def refuse(_: Path, mode: str) -> object:
        raise PermissionError(mode)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileFaults, match="读不出来"):
        templates.parts_of(CATALOGUE["sys-reward"], "2023", shelves)
