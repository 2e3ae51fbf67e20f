"""Generating: new, changed, same, kept, open; all or nothing; nothing edited is ever lost."""

import errno
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument

from drafted import CACHE
from engagement import EXAMPLES, READY_DAY, catalogued
from gbtool.commands.edits.said import base_of, hash_of
from gbtool.commands.generate import Generation, Request, generate
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import DocumentInUse, FileFaults, FolderNotWritable, LedgerInUse, UsageError
from gbtool.model.document import DocumentKind, Outcome
from gbtool.store import documents
from gbtool.store.database import Action, open_ledger
from gbtool.word import reading

TWO = Request(("sys-reward", "rec-background"))
REWARD = "文件/制度/LW-IPM-ZD-04 知识产权奖励与利益分配制度.docx"
DAY = date(2026, 5, 15)


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """The manufacturer, without any document yet."""
    folder = tmp_path / "机构" / "岚湾"
    folder.mkdir(parents=True)
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    return workspace(folder)


def outcomes(result: Generation) -> dict[str, Outcome]:
    """The outcome of each document."""
    return {made.id: made.outcome for made in result.made}


def answer(work: Workspace, change: Callable[[str], str]) -> None:
    """Change client.yaml as an editor would."""
    path = work.folder / "client.yaml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_documents_are_new_then_the_same(work: Workspace) -> None:
    assert set(outcomes(generate(work, DAY, TWO)).values()) == {Outcome.NEW}
    before = everything(work.folder)
    assert set(outcomes(generate(work, DAY, TWO)).values()) == {Outcome.SAME}
    assert everything(work.folder) == before


def test_the_ledger_keeps_what_was_written(work: Workspace) -> None:
    generate(work, DAY, TWO)
    with open_ledger(work.ledger) as ledger:
        kept = {document.id: document for document in documents.read(ledger)}
    made = kept["sys-reward"]
    assert (made.path, made.edition, made.version) == (REWARD, "2023", "A/0")
    assert made.content == ""
    assert hash_of(made, base_of(work, made.id)) == reading.read(work.folder / REWARD).digest


def test_another_answer_changes_what_it_concerns(work: Workspace) -> None:
    generate(work, DAY, TWO)
    answer(work, lambda text: text.replace("6000元/件", "8000元/件"))
    assert outcomes(generate(work, DAY, TWO)) == {"sys-reward": Outcome.CHANGED, "rec-background": Outcome.SAME}
    assert "8000元/件" in reading.read(work.folder / REWARD).blocks


def test_what_was_only_saved_again_is_no_edit(work: Workspace) -> None:
    generate(work, DAY, TWO)
    WordDocument(str(work.folder / REWARD)).save(str(work.folder / REWARD))
    hers = (work.folder / REWARD).read_bytes()
    assert outcomes(generate(work, DAY, TWO))["sys-reward"] is Outcome.SAME
    assert (work.folder / REWARD).read_bytes() == hers
    answer(work, lambda text: text.replace("6000元/件", "8000元/件"))
    assert outcomes(generate(work, DAY, TWO))["sys-reward"] is Outcome.CHANGED


def test_a_file_that_gbtool_did_not_write_is_kept(work: Workspace) -> None:
    target = work.folder / REWARD
    target.parent.mkdir(parents=True)
    target.write_bytes(b"hers")
    assert outcomes(generate(work, DAY, TWO))["sys-reward"] is Outcome.KEPT
    assert target.read_bytes() == b"hers"


def test_a_lost_ledger_recognises_its_own_files(work: Workspace) -> None:
    generate(work, DAY, TWO)
    work.ledger.unlink()
    assert set(outcomes(generate(work, DAY, TWO)).values()) == {Outcome.SAME}
    with open_ledger(work.ledger) as ledger:
        assert len(documents.read(ledger)) == 2


def test_a_file_that_was_deleted_is_made_again(work: Workspace) -> None:
    generate(work, DAY, TWO)
    (work.folder / REWARD).unlink()
    assert outcomes(generate(work, DAY, TWO))["sys-reward"] is Outcome.NEW


def test_a_document_moves_with_its_number(work: Workspace) -> None:
    generate(work, DAY, TWO)
    answer(work, lambda text: text.replace("company_code: LW", "company_code: LWK"))
    assert outcomes(generate(work, DAY, TWO))["sys-reward"] is Outcome.CHANGED
    assert [path.name for path in (work.folder / "文件" / "制度").iterdir()] == [
        "LWK-IPM-ZD-04 知识产权奖励与利益分配制度.docx"
    ]


def test_a_strangers_file_at_the_new_place_is_kept(work: Workspace) -> None:
    generate(work, DAY, TWO)
    answer(work, lambda text: text.replace("company_code: LW", "company_code: LWK"))
    strange = work.folder / REWARD.replace("LW-", "LWK-")
    strange.write_bytes(b"hers")
    assert outcomes(generate(work, DAY, TWO))["sys-reward"] is Outcome.KEPT
    assert strange.read_bytes() == b"hers"


def test_a_deleted_document_appears_at_its_new_place(work: Workspace) -> None:
    generate(work, DAY, TWO)
    (work.folder / REWARD).unlink()
    answer(work, lambda text: text.replace("company_code: LW", "company_code: LWK"))
    assert outcomes(generate(work, DAY, TWO))["sys-reward"] is Outcome.NEW


def test_an_open_answer_stops_only_the_documents_that_need_it(work: Workspace) -> None:
    answer(work, lambda text: text.replace("manual_issue_date: '2026-05-15'", "manual_issue_date:"))
    result = generate(work, DAY, TWO)
    assert outcomes(result) == {"sys-reward": Outcome.OPEN, "rec-background": Outcome.NEW}
    (made,) = result.of(Outcome.OPEN)
    assert [value.key for value in made.open] == ["manual_issue_date"]
    assert made.open[0].question
    assert made.open[0].place.file.startswith("templates/systems/")
    assert not (work.folder / REWARD).exists()


def test_an_optional_answer_that_a_text_prints_all_the_same_is_named(work: Workspace) -> None:
    own = work.folder / "templates" / "systems" / "sys-reward.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("---\nnumbering: articles\n---\n## 总则\n\n{{ website }}\n", "utf-8")
    answer(work, lambda text: text.replace("website: （示例）lanwan.example", "website:"))
    (made,) = generate(work, DAY, Request(("sys-reward",))).of(Outcome.OPEN)
    assert str(made.open[0].place) == "templates/systems/sys-reward.md.j2:6"
    assert made.shelf == "客户"


def test_an_undecided_condition_is_an_open_document(work: Workspace) -> None:
    answer(work, lambda text: text.replace("does_import_export: true", "does_import_export:"))
    result = generate(work, DAY, Request(("flow-import-export",)))
    assert outcomes(result) == {"flow-import-export": Outcome.OPEN}


def test_a_kind_is_made_alone(work: Workspace) -> None:
    result = generate(work, DAY, Request(kinds=(DocumentKind.SYSTEM,)))
    assert {made.kind for made in result.made} == {DocumentKind.SYSTEM}
    assert len(result.made) == 8


def test_a_dry_run_writes_nothing(work: Workspace) -> None:
    before = everything(work.folder)
    assert outcomes(generate(work, DAY, Request(TWO.ids, dry_run=True)))["sys-reward"] is Outcome.NEW
    assert everything(work.folder) == before


@pytest.mark.parametrize(
    ("id_", "message"),
    [
        ("sys-rewrd", "没有文件"),
        ("rec-military", "这家客户不用"),
        ("report-audit", "gbtool audit report"),
        ("own-report", "还没有模板"),
    ],
)
def test_an_id_that_cannot_be_made_is_wrong_usage(work: Workspace, id_: str, message: str) -> None:
    catalogued(work.folder)
    with pytest.raises(UsageError, match=message):
        generate(work, DAY, Request((id_,)))


def test_a_firms_text_is_shown_as_such(work: Workspace) -> None:
    firm = work.folder.parent
    (firm / "gbtool.yaml").write_text("name: 机构", "utf-8")
    own = firm / "templates" / "systems" / "sys-reward.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("---\nnumbering: articles\n---\n## 机构的写法\n\n正文\n", "utf-8")
    made = {made.id: made for made in generate(workspace(work.folder), DAY, TWO).made}
    assert made["sys-reward"].shelf == "机构"
    assert made["rec-background"].shelf == "自带"
    assert "机构的写法" in reading.read(work.folder / REWARD).blocks


def test_a_fault_in_a_firms_text_changes_nothing(work: Workspace) -> None:
    own = work.folder / "templates" / "systems" / "sys-reward.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("甲\n\n{{ nobody }}", "utf-8")
    before = everything(work.folder)
    with pytest.raises(FileFaults, match=r"sys-reward\.md\.j2:3"):
        generate(work, DAY, TWO)
    assert everything(work.folder) == before


def test_compiled_texts_are_kept_and_give_the_same(work: Workspace, tmp_path: Path) -> None:
    kept = Request(TWO.ids, cache=tmp_path / "cache")
    generate(work, DAY, kept)
    assert any((tmp_path / "cache").iterdir())
    assert set(outcomes(generate(work, DAY, kept)).values()) == {Outcome.SAME}
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(b"\x00broken")
    assert set(outcomes(generate(work, DAY, kept)).values()) == {Outcome.SAME}


def test_a_full_disk_leaves_the_folder_as_it_was(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name.startswith("LW-IPM-JL"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, data)

    before = everything(work.folder)
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(FolderNotWritable, match="磁盘已满"):
        generate(work, DAY, TWO)
    assert everything(work.folder) == before
    assert not (work.folder / "文件").exists()


def test_a_word_file_open_elsewhere_stops_everything(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    generate(work, DAY, TWO)
    answer(work, lambda text: text.replace("6000元/件", "8000元/件"))
    before = everything(work.folder)
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target.name.startswith("LW-IPM-ZD-04"):
            raise PermissionError(errno.EACCES, "in use", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(DocumentInUse, match="ZD-04"):
        generate(work, DAY, TWO)
    assert everything(work.folder) == before


def test_another_command_that_writes_stops_everything(work: Workspace) -> None:
    generate(work, DAY, Request(("rec-background",)))
    with (
        open_ledger(work.ledger, write=True) as ledger,
        ledger.transaction(Action(DAY, "", "x")),
        pytest.raises(LedgerInUse),
    ):
        generate(work, DAY, TWO)
    assert not (work.folder / REWARD).exists()


@pytest.mark.parametrize("value", ["A & B", "甲<乙>", "“{{ 7 * 7 }}”", "../../x", "甲|乙*丙*", "𠮷野家"])
def test_a_clients_words_go_through_exactly(work: Workspace, value: str) -> None:
    answer(work, lambda text: text.replace("- 事项: 发明授权", f"- 事项: '发明授权{value}'"))
    generate(work, DAY, TWO)
    assert f"发明授权{value}" in reading.read(work.folder / REWARD).blocks


def test_the_whole_set_is_made_and_named_as_the_issue_asks(work: Workspace) -> None:
    result = generate(work, READY_DAY, Request(cache=CACHE))
    assert {made.kind for made in result.of(Outcome.OPEN)} == {DocumentKind.REPORT}  # they wait for the ledger
    by_kind = {kind: [made for made in result.made if made.kind is kind] for kind in DocumentKind}
    assert len(by_kind[DocumentKind.MANUAL]) == 1
    assert by_kind[DocumentKind.MANUAL][0].title == "知识产权合规管理手册"
    assert len(by_kind[DocumentKind.SYSTEM]) == 8
    assert len(by_kind[DocumentKind.FLOW]) == 6
    assert len(by_kind[DocumentKind.APPOINTMENT]) == 9
    written = [made for made in result.made if made.outcome is not Outcome.OPEN]
    assert all((work.folder / made.path).is_file() for made in written)
    assert set(outcomes(generate(work, READY_DAY, Request(cache=CACHE))).values()) == {Outcome.SAME, Outcome.OPEN}


def test_a_report_waits_for_the_ledger_and_names_the_command(work: Workspace) -> None:
    own = work.folder / "templates" / "reports" / "report-warning.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("---\nneeds: [rec-risk-assessment, effectiveness]\n---\n\n## 背景与范围\n\n文字\n", "utf-8")
    (made,) = generate(work, DAY, Request(("report-warning",))).made
    assert made.outcome is Outcome.OPEN
    assert [value.fix.split("（")[0] for value in made.open] == [
        "gbtool ledger add rec-risk-assessment",
        "gbtool ledger import …",
    ]


def test_what_a_command_makes_is_not_made_twice(work: Workspace) -> None:
    result = generate(work, DAY, Request(kinds=(DocumentKind.PLAN,)))
    assert {each.id for each in result.elsewhere} == {"plan-audit", "plan-review"}
    assert not {made.id for made in result.made} & {"plan-audit", "plan-review"}
    with pytest.raises(UsageError, match="gbtool audit plan"):
        generate(work, DAY, Request(("plan-audit",)))


def test_a_plan_has_its_own_period_instead_of_the_days_of_the_manual(work: Workspace) -> None:
    generate(work, DAY, Request(("plan-implementation",)))
    blocks = reading.read(next((work.folder / "文件" / "计划").iterdir())).blocks
    assert {"编制部门", "适用期间", "2026-03-09至2026-09-22"} <= set(blocks)
    assert "发布日期" not in blocks
