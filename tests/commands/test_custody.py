"""Backup, restore, forget: everything comes back, nothing is lost half-way, the list of what went stays."""

import errno
import shutil
import sqlite3
import sys
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gbtool.cli import ask
from gbtool.cli.app import app
from gbtool.commands.custody import backup, forget, restore
from gbtool.commands.ledger.importing import import_folder
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import FileFaults, FolderNotWritable, Refused, UsageError
from gbtool.exchange import archive
from gbtool.remembering import memory_for

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 11, 29)
NAME = "重庆岚湾流体控制设备有限公司"


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    folder = tmp_path / "机构" / "岚湾"
    folder.mkdir(parents=True)
    for name in ("client.yaml", "roster.csv", "patents.csv", "trademarks.csv", "copyrights.csv", "contracts.csv"):
        shutil.copy(EXAMPLES / "lanwan" / name, folder)
    (folder / "文件").mkdir()
    (folder / "文件" / "手册 “甲”.docx").write_bytes(b"PK word")
    found = workspace(folder)
    import_folder(found, EXAMPLES / "lanwan" / "records" / "rec-reward.yaml", TODAY)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def gbtool(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_a_backup_comes_back_whole(work: Workspace, tmp_path: Path) -> None:
    made = backup(work, None, TODAY)
    assert made.path == tmp_path / "机构" / "岚湾 备份 2026-11-29.zip"
    assert made.size == made.path.stat().st_size
    back = restore(made.path, tmp_path / "别处" / "岚湾")
    before, after = tree(work.folder), tree(back.folder)
    assert before.pop("ledger.db")[100:] == after.pop("ledger.db")[100:]  # all but SQLite's counters of changes
    assert after == before
    assert (back.about["client"], back.breaks) == (NAME, ())
    assert {"证据", "输出"} <= {each.name for each in back.folder.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owner's bits")
def test_folder_and_backup_are_their_owners_alone(work: Workspace, tmp_path: Path) -> None:
    made = backup(work, None, TODAY)
    assert made.path.stat().st_mode & 0o077 == 0
    assert restore(made.path, tmp_path / "back").folder.stat().st_mode & 0o077 == 0
    assert gbtool("init", str(tmp_path / "new"), "--edition", "2023")[0] == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_ledger_in_use_is_copied_consistently(work: Workspace, tmp_path: Path) -> None:
    with closing(sqlite3.connect(work.ledger, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM entries")
        made = backup(work, None, TODAY)
        writer.execute("ROLLBACK")
    assert restore(made.path, tmp_path / "back").breaks == ()


def test_a_history_that_was_tampered_with_comes_back_and_is_said(work: Workspace, tmp_path: Path) -> None:
    with closing(sqlite3.connect(work.ledger)) as other, other:
        other.execute("DELETE FROM entries")
    made = backup(work, None, TODAY)
    code, out, _ = gbtool("restore", str(made.path), str(tmp_path / "back"))
    assert code == 1
    assert "已恢复" in out
    assert "rec" in out or "历史" in out or "LW-" in out


def test_an_old_backup_is_never_overwritten(work: Workspace) -> None:
    made = backup(work, None, TODAY)
    before = made.path.read_bytes()
    with pytest.raises(UsageError, match="已经有了"):
        backup(work, None, TODAY)
    with pytest.raises(UsageError, match="里面"):
        backup(work, work.folder / "a.zip", TODAY)
    assert made.path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot exist there")
def test_what_windows_refuses_is_said_before_anything_is_written(work: Workspace) -> None:
    (work.folder / "文件" / "a:b.docx").write_bytes(b"")
    with pytest.raises(FileFaults, match="Windows"):
        backup(work, None, TODAY)
    (work.folder / "文件" / "a:b.docx").unlink()
    (work.folder / "link").symlink_to(work.folder.parent)
    (work.folder / "file-link").symlink_to(work.folder / "client.yaml")
    assert backup(work, None, TODAY).left_out == ("file-link", "link")
    code, out, _ = gbtool("backup", str(work.folder.parent / "b.zip"), "-C", str(work.folder))
    assert (code, "没有收：link" in out) == (0, True)


def test_a_full_disk_leaves_no_half_backup(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(archive, "pack", full)
    with pytest.raises(FolderNotWritable, match="磁盘已满"):
        backup(work, None, TODAY)
    assert [p.name for p in work.folder.parent.iterdir()] == ["岚湾"]


def test_nothing_is_restored_from_a_damaged_backup(work: Workspace, tmp_path: Path) -> None:
    made = backup(work, None, TODAY)
    data = bytearray(made.path.read_bytes())
    data[100] ^= 0xFF
    made.path.write_bytes(bytes(data))
    with pytest.raises(FileFaults):
        restore(made.path, tmp_path / "back")
    assert not (tmp_path / "back").exists()
    assert not list(tmp_path.glob(".gbtool-*"))


def test_a_ledger_that_is_damaged_is_not_restored(work: Workspace, tmp_path: Path) -> None:
    made = backup(work, None, TODAY)
    with zipfile.ZipFile(made.path) as old:
        old.extractall(tmp_path / "x")
    data = bytearray((tmp_path / "x" / "ledger.db").read_bytes())
    data[5000:9000] = b"\x99" * 4000
    (tmp_path / "x" / "ledger.db").write_bytes(bytes(data))
    (tmp_path / "x" / archive.CONTENTS).unlink()
    with (tmp_path / "y.zip").open("wb") as sink:
        files = [(p.relative_to(tmp_path / "x").as_posix(), p) for p in (tmp_path / "x").rglob("*") if p.is_file()]
        archive.pack(sink, files, {"kind": "backup"})
    code, _, err = gbtool("restore", str(tmp_path / "y.zip"), str(tmp_path / "back"))
    assert (code, "损坏" in err) == (3, True)
    assert not (tmp_path / "back").exists()


def test_only_a_backup_is_restored_and_only_into_a_new_folder(work: Workspace, tmp_path: Path) -> None:
    with (tmp_path / "pack.zip").open("wb") as sink:
        archive.pack(sink, [], {"kind": "handover"})
    with pytest.raises(FileFaults, match="不是 gbtool backup"):
        restore(tmp_path / "pack.zip", tmp_path / "back")
    made = backup(work, None, TODAY)
    with pytest.raises(UsageError, match="已经是客户文件夹"):
        restore(made.path, work.folder)
    (tmp_path / "empty").mkdir()
    assert restore(made.path, tmp_path / "empty").folder == tmp_path / "empty"


def test_a_disk_that_refuses_leaves_no_folder(work: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backup(work, None, TODAY)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(archive, "unpack", full)
    with pytest.raises(FolderNotWritable):
        restore(made.path, tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_forgetting_leaves_the_list_of_what_went(work: Workspace) -> None:
    names = set(tree(work.folder))
    gone = forget(work, "周经理", TODAY)
    assert not work.folder.exists()
    assert {m.name for m in gone.members} == names
    text = gone.listed.read_text(encoding="utf-8")
    assert "由 周经理 于 2026-11-29 移除" in text
    assert all(name in text for name in names)
    assert sorted(p.name for p in gone.listed.parent.parent.iterdir()) == ["已移除"]


def test_nothing_is_forgotten_that_is_held_open(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(work.folder.parent)

    def held(self: Path, _: Path) -> None:
        raise PermissionError(errno.EACCES, "held", str(self))

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(FolderNotWritable, match="没有写的权限"):
        forget(work, "周经理", TODAY)
    assert tree(work.folder.parent) == before


def test_what_could_not_be_removed_is_named(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(path: Path) -> None:
        raise OSError(errno.EBUSY, "busy", str(path))

    monkeypatch.setattr(shutil, "rmtree", held)
    with pytest.raises(Refused, match=r"剩下的在 .*gbtool-gone"):
        forget(work, "周经理", TODAY)
    assert (work.folder.parent / "已移除" / "岚湾 2026-11-29.txt").exists()


def test_what_a_killed_forget_left_goes_with_the_next(work: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(path: Path) -> None:
        raise OSError(errno.EBUSY, "busy", str(path))

    beside = work.folder.parent
    for words, said in (((), "剩下的已经移除"), (("--json",), '"finished": true')):
        shutil.copytree(work.folder, beside / "副本")
        copy = workspace(beside / "副本")
        with monkeypatch.context() as patch:
            patch.setattr(shutil, "rmtree", killed)
            with pytest.raises(Refused):
                forget(copy, "周经理", TODAY)
        assert (beside / ".副本.gbtool-gone").is_dir()
        code, out, _ = gbtool("forget", "-C", str(beside / "副本"), "--by", "周经理", *words)
        assert (code, said in out) == (0, True)
        assert sorted(p.name for p in beside.iterdir()) == ["岚湾", "已移除"]


def test_an_older_folder_of_the_same_name_goes_as_well(work: Workspace) -> None:
    shutil.copytree(work.folder, work.folder.parent / ".岚湾.gbtool-gone")
    forget(work, "周经理", TODAY)
    assert sorted(p.name for p in work.folder.parent.iterdir()) == ["已移除"]


def test_forgetting_needs_a_name_and_a_free_place_for_the_list(work: Workspace) -> None:
    with pytest.raises(UsageError, match="谁决定"):
        forget(work, " ", TODAY)
    listed = work.folder.parent / "已移除" / "岚湾 2026-11-29.txt"
    listed.parent.mkdir()
    listed.write_text("旧", encoding="utf-8")
    with pytest.raises(Refused, match="已经有了"):
        forget(work, "周经理", TODAY)
    assert work.folder.exists()


def test_forget_wants_the_whole_name(work: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("gbtool.cli.custody.forget.cache_folder", lambda: tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    for folder in (work.folder, tmp_path):
        kept = memory_for(folder, tmp_path / "cache", "drafted")
        kept.put("manual", "hash")
        kept.save()
    words = ("forget", "-C", str(work.folder), "--by", "周经理", "--on", "2026-11-29")
    code, _, err = gbtool(*words)
    assert (code, "没有移除" in err) == (2, True)
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "line", lambda _: "别的公司")
    assert gbtool(*words)[0] == 2
    monkeypatch.setattr(ask, "line", lambda _: NAME)
    code, out, _ = gbtool(*words)
    assert (code, "已移除" in out) == (0, True)
    assert not work.folder.exists()
    assert memory_for(work.folder, tmp_path / "cache", "drafted").get("manual") is None
    assert memory_for(tmp_path, tmp_path / "cache", "drafted").get("manual") == "hash"  # another client's stays


def test_scripts_get_one_value(work: Workspace, tmp_path: Path) -> None:
    target = str(tmp_path / "b.zip")
    code, out, _ = gbtool("backup", target, "-C", str(work.folder), "--json")
    assert (code, '"sha256"' in out) == (0, True)
    code, out, _ = gbtool("backup", str(tmp_path / "c.zip"), "-C", str(work.folder))
    assert (code, "读回核对过" in out) == (0, True)
    code, out, _ = gbtool("restore", target, str(tmp_path / "r"), "--json")
    assert (code, NAME in out) == (0, True)
    code, out, _ = gbtool("restore", target, str(tmp_path / "r2"))
    assert (code, "已恢复" in out) == (0, True)
    code, out, _ = gbtool("forget", "-C", str(tmp_path / "r"), "--by", "周", "--confirm", NAME, "--json")
    assert (code, '"listed"' in out) == (0, True)
