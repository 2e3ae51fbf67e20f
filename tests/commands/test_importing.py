"""Whole folders and single files into the ledger: all or nothing, and the same twice is once."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands.ledger.importing import Imported, import_folder
from gbtool.commands.ledger.sheets import SHEETS
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, LedgerInUse, LedgerTooNew
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import database, entries, history
from gbtool.store.database import open_ledger

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 9, 22)


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    """A client without a ledger."""
    folder = tmp_path / "客户"
    folder.mkdir()
    shutil.copy(EXAMPLES / "hengtuo" / "client.yaml", folder)
    return workspace(folder)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small folder in the import format."""
    folder = tmp_path / "资料"
    (folder / "records").mkdir(parents=True)
    shutil.copy(EXAMPLES / "lanwan" / "records" / "rec-reward.yaml", folder / "records")
    shutil.copy(EXAMPLES / "lanwan" / "trademarks.csv", folder)
    return folder


def kept(work: Workspace) -> tuple[Entry, ...]:
    with open_ledger(work.ledger) as ledger:
        return entries.read(ledger)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def faults(work: Workspace, source: Path) -> list[str]:
    before = files(work.folder)
    with pytest.raises(FileFaults) as caught:
        import_folder(work, source, DAY)
    assert caught.value.exit_code == 3
    assert files(work.folder) == before
    return [str(each) for each in caught.value.complaints]


def test_the_manufacturers_folder_comes_in_whole(work: Workspace) -> None:
    done = import_folder(work, EXAMPLES / "lanwan", DAY)
    assert done.added[EntryKind.RECORD] == 289
    assert done.added[EntryKind.PERSON] == 187
    assert done.added[EntryKind.RIGHT] == 38 + 2 + 9 + 4 + 4 + 12
    assert done.added[EntryKind.CONTRACT] == 21
    assert {kind: done.added[kind] for kind in (EntryKind.AUDIT_PLAN, EntryKind.REVIEW_REPORT)} == {
        EntryKind.AUDIT_PLAN: 1,
        EntryKind.REVIEW_REPORT: 1,
    }
    assert (done.replaced, done.same, done.skipped) == ({}, {}, ())


def test_importing_again_adds_nothing(work: Workspace, source: Path) -> None:
    first = import_folder(work, source, DAY)
    before = kept(work), work.ledger.read_bytes()
    again = import_folder(work, source, date(2026, 10, 8))
    assert again == Imported({}, {}, first.added, ())
    assert (kept(work), work.ledger.read_bytes()) == before


def test_a_changed_record_takes_the_place_of_the_old_one_which_the_history_keeps(work: Workspace, source: Path) -> None:
    import_folder(work, source, DAY, "柳映秋")
    path = source / "records" / "rec-reward.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("金额: 680", "金额: 690"), encoding="utf-8")
    done = import_folder(work, source, DAY, "柳映秋")
    assert (done.added, done.replaced) == ({}, {EntryKind.RECORD: 1})
    with open_ledger(work.ledger) as ledger:
        old, new = history.read(ledger, "record/LW-IPM-JL-07-10-001")
    assert '"680"' in old.payload
    assert '"680"' not in new.payload
    assert (new.by, new.what, new.entered) == ("柳映秋", "导入 资料", "2026-09-22")


def test_one_file_may_come_alone(work: Workspace) -> None:
    done = import_folder(work, EXAMPLES / "lanwan" / "records" / "rec-reward.yaml", DAY)
    assert set(done.added) == {EntryKind.RECORD}
    assert str(kept(work)[0].place) == "records/rec-reward.yaml:8 LW-IPM-JL-07-10-001"
    assert import_folder(work, EXAMPLES / "lanwan" / "roster.csv", DAY).added == {EntryKind.PERSON: 187}


def test_the_clients_own_answers_are_not_imported_and_strange_files_are_named(work: Workspace, source: Path) -> None:
    shutil.copy(EXAMPLES / "lanwan" / "client.yaml", source)
    (source / ".DS_Store").write_bytes(b"")
    (source / "说明.txt").write_text("x", encoding="utf-8")
    (source / "records" / "扫描件.pdf").write_bytes(b"%PDF")
    assert import_folder(work, source, DAY).skipped == ("说明.txt", "records/扫描件.pdf")


def test_everything_wrong_in_every_file_is_said_at_once_and_nothing_is_taken(work: Workspace, source: Path) -> None:
    import_folder(work, source, DAY)
    path = source / "records" / "rec-reward.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("受奖人: 韩泊舟", "受奖者: 韩泊舟", 1), encoding="utf-8")
    (source / "documents.yaml").write_text("documents:\n- id: ip-manul\n", encoding="utf-8")
    (source / "roster.csv").write_text("姓名,工号,入职日\n周屿川,1,2026-02-30\n", encoding="utf-8")
    assert faults(work, source) == [
        "documents.yaml:2：没有文件“ip-manul”，是不是想写“ip-manual”？",
        "roster.csv:2：“入职日”2026-02-30 这一天不存在",
        "records/rec-reward.yaml:20：不认识“受奖者”，是不是想写“受奖人”？",
    ]


def test_one_number_in_two_files_is_said_with_both_places(work: Workspace, source: Path) -> None:
    shutil.copy(source / "records" / "rec-reward.yaml", source / "records" / "rec-reward-2.yaml")
    said = faults(work, source)[0]
    assert "LW-IPM-JL-07-10-001 写了两次" in said
    assert "records/rec-reward-2.yaml:8" in said
    assert "records/rec-reward.yaml:8" in said


@pytest.mark.parametrize("name", ["没有.yaml", "没有"])
def test_a_missing_source_is_said(work: Workspace, tmp_path: Path, name: str) -> None:
    assert name in faults(work, tmp_path / name)[0]


def test_a_folder_with_nothing_to_import_is_said(work: Workspace, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert "没有可以导入的文件" in faults(work, tmp_path / "空")[0]


def test_a_table_of_unknown_name_is_said_with_the_names_that_are_known(work: Workspace, tmp_path: Path) -> None:
    (tmp_path / "表1.csv").write_text("a\n1\n", encoding="utf-8")
    assert all(name in faults(work, tmp_path / "表1.csv")[0] for name in SHEETS)


def test_a_file_in_a_known_folder_that_is_no_record_is_said(work: Workspace, source: Path) -> None:
    (source / "records" / "rec-x.yaml").write_text("a: [1\n", encoding="utf-8")
    assert faults(work, source)[0].startswith("records/rec-x.yaml:2：不是合法的 YAML")


# Tables


def table(folder: Path, name: str, text: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tables_are_read_in_their_usual_encodings(work: Workspace, tmp_path: Path, encoding: str) -> None:
    path = table(tmp_path, "trademarks.csv", "序号,商标,注册号\n1,岚湾,099001407\n", encoding)
    import_folder(work, path, DAY)
    (entry,) = kept(work)
    assert (entry.id, entry.data) == (
        "trademark-099001407",
        {"序号": "1", "商标": "岚湾", "注册号": "099001407", "kind": "trademark"},
    )
    assert str(entry.place) == "trademarks.csv:2 序号1"


def test_one_mark_in_several_classes_is_several_rights(work: Workspace, tmp_path: Path) -> None:
    text = "商标,注册号,类别\n岚湾,9900,7\n岚湾,9900,9\n甲,9901,7\n"
    import_folder(work, table(tmp_path, "trademarks.csv", text), DAY)
    assert [entry.id for entry in kept(work)] == ["trademark-9900-7", "trademark-9900-9", "trademark-9901"]


def test_people_are_known_by_their_number_else_by_their_name(work: Workspace, tmp_path: Path) -> None:
    import_folder(work, table(tmp_path, "roster.csv", "姓名,工号\n周屿川,LW1\n沈知远,\n"), DAY)
    assert [(entry.kind, entry.id) for entry in kept(work)] == [
        (EntryKind.PERSON, "LW1"),
        (EntryKind.PERSON, "沈知远"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("roster.csv", "名字,工号\n周屿川,1\n", "roster.csv:1：缺列“姓名”"),
        ("roster.csv", "姓名,工号\n,1\n", "roster.csv:2：“姓名”是空的"),
        ("roster.csv", "姓名\n周屿川\n周屿川\n", "周屿川 写了两次"),
        ("contracts.csv", "合同编号,签订日期\nA,2026/5/1\n", "contracts.csv:2：“签订日期”“2026/5/1”应当写成日期"),
        ("patents.csv", "专利号,名称\n,阀\n", "patents.csv:2：没有专利号、申请号、序号，认不出是哪一条"),
        ("patents.csv", "", "表格是空的"),
        ("patents.csv", "专利号,专利号\n1,2\n", "写了两次"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(
    work: Workspace, tmp_path: Path, name: str, text: str, said: str
) -> None:
    found = faults(work, table(tmp_path, name, text))
    assert any(said in each for each in found), found


# The ledger refuses


def test_a_ledger_that_another_command_writes_is_left_alone(
    work: Workspace, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_folder(work, source / "records" / "rec-reward.yaml", DAY)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    before = files(work.folder)
    with closing(sqlite3.connect(work.ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerInUse):
            import_folder(work, source, DAY)
    assert files(work.folder) == before


def test_a_newer_ledger_is_left_alone(work: Workspace, source: Path) -> None:
    with closing(sqlite3.connect(work.ledger)) as other:
        other.execute("PRAGMA user_version = 99")
    before = files(work.folder)
    with pytest.raises(LedgerTooNew):
        import_folder(work, source, DAY)
    assert files(work.folder) == before
