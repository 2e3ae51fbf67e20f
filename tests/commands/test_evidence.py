"""Evidence: a copy under the name of its hash, the same content once, nothing left behind when it fails."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gbtool.commands.ledger.evidence import take
from gbtool.commands.ledger.evidence_list import take_list
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.ledger.listing import listed, verified
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, FolderNotWritable, LedgerInUse, UsageError
from gbtool.model.entry import EntryKind
from gbtool.store import database, entries
from gbtool.store.database import Change, open_ledger

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 9, 22)
RECORD = "LW-IPM-JL-07-10-001"
CLAUSE = "support.resources.people"
NONE = ("", "")


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    folder = tmp_path / "岚湾"
    folder.mkdir()
    for name in ("client.yaml", "roster.csv", "patents.csv", "trademarks.csv", "copyrights.csv", "contracts.csv"):
        shutil.copy(EXAMPLES / "lanwan" / name, folder)
    found = workspace(folder)
    import_folder(found, EXAMPLES / "lanwan" / "records" / "rec-reward.yaml", TODAY)
    return found


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "奖励签收 扫描.PDF"
    path.write_bytes(b"%PDF scan")
    return path


def files(work: Workspace) -> dict[str, bytes]:
    return {str(p.relative_to(work.folder)): p.read_bytes() for p in work.folder.rglob("*") if p.is_file()}


def folders(work: Workspace) -> list[str]:
    return sorted(p.name for p in work.folder.iterdir() if p.is_dir())


def test_a_file_is_copied_under_the_name_of_its_hash(work: Workspace, scan: Path) -> None:
    taken = take(work, scan, (RECORD, CLAUSE), TODAY, "杜星野")
    entry, sha256 = taken.entry, hashlib.sha256(b"%PDF scan").hexdigest()
    assert not taken.known
    assert entry.data == {
        "file": f"证据/{sha256[:16]}.pdf",
        "name": "奖励签收 扫描.PDF",
        "size": "9",
        "sha256": sha256,
        "records": [RECORD],
        "clauses": [CLAUSE],
    }
    assert (entry.date, entry.entered) == ("2026-09-22", "2026-09-22")
    assert (work.folder / entry.text("file")).read_bytes() == b"%PDF scan"
    assert scan.exists()


def test_the_same_content_is_kept_once_with_all_that_it_proves(work: Workspace, scan: Path, tmp_path: Path) -> None:
    take(work, scan, (RECORD, ""), TODAY, "")
    other = tmp_path / "另一个名字.pdf"
    shutil.copy(scan, other)
    again = take(work, other, ("LW-IPM-JL-07-10-002", CLAUSE), TODAY, "")
    assert again.known
    assert again.entry.data["records"] == [RECORD, "LW-IPM-JL-07-10-002"]
    assert again.entry.text("name") == "奖励签收 扫描.PDF"
    assert len(listed(work, [EntryKind.EVIDENCE])) == 1
    assert len(list((work.folder / "证据").iterdir())) == 1


@pytest.mark.parametrize("name", ["没有后缀", "怪.后缀", "a.verylongsuffix", "x.d b"])
def test_a_strange_suffix_is_left_out(work: Workspace, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    assert "." not in take(work, path, NONE, TODAY, "").entry.text("file")


def test_a_lost_copy_is_put_back_when_the_file_is_taken_again(work: Workspace, scan: Path) -> None:
    entry = take(work, scan, NONE, TODAY, "").entry
    (work.folder / entry.text("file")).unlink()
    take(work, scan, NONE, TODAY, "")
    assert verified(work).whole


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (("LW-IPM-JL-07-10-01", ""), "台账里没有“LW-IPM-JL-07-10-01”，是不是想写“LW-IPM-JL-07-10-0"),
        (("", "support.resources.peple"), "没有条款“support.resources.peple”，是不是想写“support.resources.people”"),
    ],
)
def test_what_it_should_prove_must_be_there(work: Workspace, scan: Path, links: tuple[str, str], said: str) -> None:
    before = files(work)
    with pytest.raises(UsageError, match=said):
        take(work, scan, links, TODAY, "")
    assert (files(work), folders(work)) == (before, [])


@pytest.mark.parametrize("name", ["没有.pdf", "."])
def test_a_file_that_cannot_be_read_is_said(work: Workspace, tmp_path: Path, name: str) -> None:
    with pytest.raises(FileFaults, match="读不出文件"):
        take(work, tmp_path / name, NONE, TODAY, "")


def test_a_full_disk_leaves_nothing_behind(work: Workspace, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(_: Path, target: Path) -> None:
        target.write_bytes(b"%PD")
        raise OSError(28, "No space left on device")

    before = files(work)
    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(FolderNotWritable, match=r"证据.*磁盘已满"):
        take(work, scan, NONE, TODAY, "")
    assert (files(work), folders(work)) == (before, [])


def test_a_ledger_that_fails_takes_the_copy_back(work: Workspace, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Change) -> None:
        raise KeyboardInterrupt

    take(work, scan, NONE, TODAY, "")
    other = scan.with_name("b.pdf")
    other.write_bytes(b"b")
    before = files(work)
    monkeypatch.setattr(Change, "finish", fail)
    with pytest.raises(KeyboardInterrupt):
        take(work, other, NONE, TODAY, "")
    assert files(work) == before


def test_a_file_in_the_folders_place_is_said(work: Workspace, scan: Path) -> None:
    (work.folder / "证据").write_text("x", encoding="utf-8")
    before = files(work)
    with pytest.raises(FolderNotWritable, match="同名的文件"):
        take(work, scan, NONE, TODAY, "")
    assert files(work) == before


def test_a_ledger_in_use_leaves_nothing_behind(work: Workspace, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    before = files(work)
    with closing(sqlite3.connect(work.ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerInUse):
            take(work, scan, NONE, TODAY, "")
    assert (files(work), folders(work)) == (before, [])


# What was changed afterwards


def test_an_untouched_client_verifies(work: Workspace, scan: Path) -> None:
    take(work, scan, NONE, TODAY, "")
    found = verified(work)
    assert found.whole
    assert found.files == 1
    with open_ledger(work.ledger) as ledger:
        assert found.links == len(entries.read(ledger))


def test_changed_and_lost_files_are_named(work: Workspace, scan: Path) -> None:
    first = take(work, scan, NONE, TODAY, "").entry
    other = scan.with_name("b.pdf")
    other.write_bytes(b"b")
    second = take(work, other, NONE, TODAY, "").entry
    (work.folder / first.text("file")).write_bytes(b"%PDF forged")
    (work.folder / second.text("file")).unlink()
    assert verified(work).faults == (
        (first.text("file"), "内容与收入时不同（奖励签收 扫描.PDF）"),
        (second.text("file"), "文件不见了（b.pdf）"),
    )


def test_a_changed_record_is_named(work: Workspace) -> None:
    with closing(sqlite3.connect(work.ledger, isolation_level=None)) as other:
        other.execute("UPDATE entries SET date = '2026-06-01' WHERE id = ?", [RECORD])
    (fault,) = verified(work).faults
    assert RECORD in fault[0]
    assert fault[1] == "与最后一次记下的不同"


def test_a_client_without_a_ledger_verifies(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲\n", encoding="utf-8")
    assert verified(workspace(tmp_path)).links == 0


# By a list


def listing_of(folder: Path, *lines: str, head: str = "文件名,证明的记录,条款键,备注,页数") -> Path:
    path = folder / "证据清单.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return path


def test_a_list_takes_its_files_in_together(work: Workspace, scan: Path) -> None:
    (scan.parent / "b.pdf").write_bytes(b"%PDF b")
    path = listing_of(scan.parent, f"{scan.name},{RECORD},{CLAUSE},签收,2", "b.pdf,,,,1", f"{scan.name},,,,2")
    done = take_list(work, path, TODAY, "杜星野")
    assert [each.known for each in done.taken] == [False, False, True]
    assert [match.field for match in done.matches] == ["文件", "记录", "条款", "说明", ""]
    first, second = sorted(listed(work, [EntryKind.EVIDENCE]), key=lambda each: each.text("name"), reverse=True)
    assert (first.get("records"), first.get("clauses"), first.text("note")) == ([RECORD], [CLAUSE], "签收")
    assert second.get("records") == []
    assert (work.folder / first.text("file")).read_bytes() == b"%PDF scan"
    before = files(work)
    assert all(each.known for each in take_list(work, path, TODAY, "").taken)
    assert files(work) == before
    assert verified(work).whole


def test_everything_wrong_in_a_list_is_said_and_nothing_is_taken(work: Workspace, scan: Path) -> None:
    before = files(work)
    path = listing_of(scan.parent, "没有.pdf,,,,", f"{scan.name},LW-X、LW-Y,nowhere,,", ",,support,,")
    with pytest.raises(FileFaults) as caught:
        take_list(work, path, TODAY, "")
    said = [str(each) for each in caught.value.complaints]
    lines = [2, 3, 3, 3, 4]
    assert [text.split("：")[0] for text in said] == [f"证据清单.csv:{line}" for line in lines]
    assert "没有文件 没有.pdf" in said[0]
    assert files(work) == before
    with pytest.raises(FileFaults, match="缺列“文件”"):
        take_list(work, listing_of(scan.parent, "x", head="页数"), TODAY, "")


def test_a_list_that_cannot_be_kept_leaves_no_file(
    work: Workspace, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scan.parent / "b.pdf").write_bytes(b"%PDF b")
    path = listing_of(scan.parent, f"{scan.name},,,,", "b.pdf,,,,")
    before = files(work)

    def put(*_: object) -> None:
        raise sqlite3.OperationalError

    monkeypatch.setattr(entries, "put", put)
    with pytest.raises(sqlite3.OperationalError):
        take_list(work, path, TODAY, "")
    assert files(work) == before
