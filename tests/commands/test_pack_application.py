"""An application: what is asked for is found, or named as missing, thin or dated wrong; only a whole one is packed."""

import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter
from typer.testing import CliRunner, Result

from engagement import Demo, with_entry, without
from gbtool.cli.app import app
from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.packs.collecting import Collector, Piece
from gbtool.commands.packs.examining import filed, thin
from gbtool.commands.packs.lists import NAMES, printed
from gbtool.commands.workspace import workspace
from gbtool.errors import FileFaults, Refused
from gbtool.model.document import DocumentKind
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.model.outside.material import Material, Need, Problem, Wrong
from gbtool.pdf.pages import pages
from gbtool.shelf import materials as shelf
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.seen import seen_by
from gbtool.shelf.shelves import Shelves, shelves_of
from gbtool.structs import replace

DAY = date(2026, 9, 22)
ON = ("--on", "2026-09-22")
OWN = ("M01 申请书", "M02 营业执照", "M04 简介", "m11 内审盖章", "M12/管评盖章", "M14 声明")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["pack", "application", *words, *ON])


def pdf(count: int) -> bytes:
    """A PDF of so many empty pages."""
    writer, sink = PdfWriter(), io.BytesIO()
    for _ in range(count):
        writer.add_blank_page(300, 400)
    writer.write(sink)
    return sink.getvalue()


@pytest.fixture(scope="module")
def ready(demonstrated: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client that applies, with what it has to bring along."""
    folder = Path(shutil.copytree(demonstrated.folder / "岚湾流控", tmp_path_factory.mktemp("apply") / "岚湾流控"))
    for number, name in enumerate(OWN):
        path = folder / "申请材料" / f"{name}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf(10 + number))
    (folder / "申请材料" / "~$M01.docx").write_bytes(b"")
    (folder / "申请材料" / "随手记.txt").write_text("不是材料", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def collector(ready: Path) -> Collector:
    work = workspace(ready)
    facts = gather(work, DAY)
    return Collector(work, facts, drafts.desk(work, facts))


def test_what_is_missing_is_named_and_nothing_is_packed(demonstrated: Demo, tmp_path: Path) -> None:
    client = demonstrated.folder / "岚湾流控"
    result = run(str(tmp_path / "x.zip"), "-C", str(client))
    assert result.exit_code == 1
    assert "没有《内部审核报告》的文件　→ gbtool audit report" in result.stdout
    assert "没有打包：缺 8 处" in result.stdout
    assert list(tmp_path.iterdir()) == []
    said = json.loads(run("--dry-run", "--json", "-C", str(client)).stdout)
    assert (said["complete"], said["pack"], said["body"]) == (False, None, None)
    rows = {row["id"]: row for row in said["materials"]}
    assert rows["M01"]["problems"][0]["wrong"] == "缺"
    assert rows["M03"]["problems"][0]["blocks"] is False
    assert len(rows["M07"]["files"]) == 1
    begun = run("--dry-run", "-C", str(demonstrated.folder / "衡拓科贸"))
    assert "日期不对：" in begun.stdout
    assert "gbtool readiness" in begun.stdout


def test_a_whole_application_is_packed_with_its_index(ready: Path, tmp_path: Path) -> None:
    target = tmp_path / "申请.zip"
    result = run(str(target), "--json", "-C", str(ready))
    assert result.exit_code == 0, (result.stdout, result.stderr)
    said = json.loads(result.stdout)
    assert said["complete"]
    rows = {row["id"]: row for row in said["materials"]}
    assert [each["pages"] for each in rows["M02"]["files"]] == [11]
    assert rows["M12"]["files"][0]["name"].endswith("M12 管评盖章.pdf")
    packed = {each["name"]: each for each in said["pack"]["files"]}
    for each in (file for row in said["materials"] for file in row["files"]):
        assert packed[each["name"]]["sha256"] == each["sha256"]
    with zipfile.ZipFile(target) as pack:
        index = docx.Document(io.BytesIO(pack.read("目录.docx")))
        rights = docx.Document(io.BytesIO(pack.read("M10 知识产权清单/知识产权清单.docx")))
    cells = {cell.text for row in index.tables[0].rows for cell in row.cells}
    assert {file["sha256"] for row in said["materials"] for file in row["files"]} <= cells
    assert len(rights.tables[0].rows) > 10
    opened = CliRunner().invoke(app, ["unpack", str(target), str(tmp_path / "out")])
    assert opened.exit_code == 0
    assert (tmp_path / "out" / "M07 手册").is_dir()
    again = run(str(target), "-C", str(ready))
    assert again.exit_code == 2
    assert "已经有了" in again.stderr


def test_a_body_has_its_own_list(ready: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(ready, tmp_path / "客户"))
    folder = own / "checklists" / "certification" / "bodies"
    folder.mkdir(parents=True)
    text = (
        "name: （示例）某认证公司\naliases: [某认证]\nmaterials:\n"
        "  - {id: M02, name: 法律地位证明, required: never}\n"
        "  - {id: M19, name: 商标使用证据, required: always, source: （示例）申请指南, seen: 2026-09-01}\n"
    )
    (folder / "some.yaml").write_text(text, encoding="utf-8")
    said = json.loads(run("--body", "某认证", "--dry-run", "--json", "-C", str(own)).stdout)
    assert said["body"] == "（示例）某认证公司"
    ids = [row["id"] for row in said["materials"]]
    assert "M02" not in ids
    assert ids[-1] == "M19"
    unknown = run("--body", "别的", "-C", str(own))
    assert unknown.exit_code == 2
    assert "（示例）某认证公司" in unknown.stderr
    none = run("--body", "别的", "-C", str(ready))
    assert "还没有写过一家" in none.stderr
    table = run("--body", "某认证", "--dry-run", "-C", str(own)).stdout
    assert "M19 商标使用证据" in table


def found(collector: Collector, facts: Facts | None = None, **asked: object) -> tuple[list[str], list[Problem]]:
    """The names of files and the problems of a material."""
    given = {"id": "X1", "name": "材料", "required": Need.ALWAYS, **asked}
    look = replace(collector, facts=facts) if facts else collector
    pieces, problems = look.collect(Material(**given))  # type: ignore[arg-type] # tests know the fields
    return [piece.name for piece in pieces], list(problems)


def test_documents_must_be_in_force(collector: Collector) -> None:
    facts = collector.facts
    assert found(collector, documents=("ip-manual",))[1] == []
    manual = facts.document("ip-manual")
    assert manual

    def changed(**values: object) -> Facts:
        others = tuple(d for d in facts.documents if d.id != "ip-manual")
        return replace(facts, documents=(*others, replace(manual, **values)))  # as above

    for values, wrong in (
        ({"issued": ""}, Wrong.DATE),
        ({"effective": "2026-10-01"}, Wrong.DATE),
        ({"present": False}, Wrong.MISSING),
    ):
        assert [each.wrong for each in found(collector, changed(**values), documents=("ip-manual",))[1]] == [wrong]
    names, problems = found(collector, kinds=(DocumentKind.SYSTEM,))
    assert (len(names), problems) == (8, [])


def test_records_and_papers_lie_within_the_period(collector: Collector) -> None:
    facts = collector.facts
    audit = ("report-audit",)
    assert [each.wrong for each in found(collector, made=audit, period=True)[1]] == [Wrong.MISSING]
    report = facts.one(EntryKind.AUDIT_REPORT)
    assert report
    for day, word in (("2026-04-01", "早于"), ("2026-12-01", "晚于")):
        late = with_entry(facts, report.id, lambda data, day=day: data.update(issued=day))  # type: ignore[misc]
        assert word in found(collector, late, made=audit, period=True)[1][-1].message
    unsigned = with_entry(facts, report.id, lambda data: (data.pop("issued"), data.pop("approved", None)))
    assert "没有批准日期" in found(collector, unsigned, made=audit, period=True)[1][-1].message
    names, problems = found(collector, forms=("rec-audit-checklist",), period=True)
    assert (names, problems) == (["内部审核检查表.docx"], [])
    early = replace(
        facts,
        entries=tuple(replace(e, date="2026-04-01") if e.form == "rec-audit-checklist" else e for e in facts.entries),
    )
    assert "早于" in found(collector, early, forms=("rec-audit-checklist",), period=True)[1][0].message
    two = ("rec-nc-report", "rec-audit-checklist")
    assert found(collector, without(facts, form="rec-nc-report"), forms=two) == (["内部审核检查表.docx"], [])
    assert found(collector, without(facts, form="rec-scope"), forms=("rec-scope",))[1][0].wrong is Wrong.MISSING


def test_lists_are_what_the_ledger_has(collector: Collector) -> None:
    facts = collector.facts
    assert printed("documents", facts).lines == sum(document.in_force for document in facts.documents)
    assert all(printed(name, facts).lines for name in NAMES)
    bare = replace(facts, documents=(), entries=())
    problems = found(collector, bare, lists=("documents",))[1]
    assert [each.wrong for each in problems] == [Wrong.MISSING]


def test_what_is_thin(collector: Collector, tmp_path: Path) -> None:
    general = shelf.materials(collector.work.shelves)
    material = Material("X1", "材料", Need.ALWAYS, least=10)
    sink = io.BytesIO()
    docx.Document().save(sink)

    def wrong(name: str, data: bytes, own: Material = material) -> list[str]:
        return [each.message for each in thin(Piece(name, data=data), data, own, general)]

    assert wrong("a.docx", sink.getvalue()) == ["a.docx 只有 0 个字，少于 10"]
    assert wrong("a.docx", sink.getvalue(), Material("X1", "材料", Need.ALWAYS)) == ["a.docx 只有 0 个字，少于 30"]
    assert wrong("a.docx", b"PK") == ["a.docx 打不开"]
    assert wrong("a.jpg", b"x") == ["a.jpg 只有 1 字节"]
    assert wrong("a.pdf", b"%PDF" * 500) == ["a.pdf 打不开，或没有一页"]
    assert wrong("a.pdf", pdf(12)) == []
    assert wrong("a.jpg", b"x" * 2000) == []
    assert pages(b"%PDF") is None
    assert filed(Piece("a.jpg"), "a.jpg", collector.work, b"x").pages == 1
    assert filed(Piece("a.txt"), "a.txt", collector.work, b"x").pages is None
    assert filed(Piece("a.docx", tmp_path / "a.docx"), "a", collector.work, b"").pages is None


def test_a_word_file_has_the_pages_of_its_pdf(collector: Collector) -> None:
    work = collector.work
    manual = next((work.folder / "文件" / "手册").glob("*.docx"))
    assert filed(Piece(manual.name, manual), "x", work, b"").pages is None
    printed_ = work.folder / "输出" / "PDF" / "手册" / f"{manual.stem}.pdf"
    printed_.parent.mkdir(parents=True)
    printed_.write_bytes(pdf(37))
    assert filed(Piece(manual.name, manual), "x", work, b"").pages == 37


def test_the_list_names_only_what_there_is() -> None:
    shelves = shelves_of(None, None)
    general = shelf.materials(shelves)
    known = {each.id for each in catalogue(shelves)}
    for material in general.materials:
        assert {*material.documents, *material.made, *material.forms} <= known
        assert set(material.lists) <= set(NAMES)
    assert len({material.id for material in general.materials}) == len(general.materials) == 18
    with pytest.raises(FileFaults, match="没有这个文件"):
        shelf.materials(Shelves(()))


def test_a_standard_asks_for_other_materials() -> None:
    shelves = shelves_of(None, None)
    own = shelf.materials(shelves, "33251-2016")
    known = {each.id for each in seen_by(("33251-2016",), shelves)}
    named = {each.id: each for each in own.materials}
    for material in own.materials:
        assert {*material.documents, *material.made, *material.forms} <= known, material.id
    assert (own.source, own.confidence) == ("UNI-005", "low")
    assert "M17" not in named
    assert named["M13"] in shelf.materials(shelves, "2023").materials
    assert shelf.materials(shelves, "2023") == shelf.materials(shelves)


def test_errors_stop_it(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Refused("有错误")

    monkeypatch.setattr("gbtool.commands.packs.application.refuse_errors", refuse)
    result = run(str(tmp_path / "x.zip"), "-C", str(ready))
    assert (result.exit_code, "有错误" in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []
