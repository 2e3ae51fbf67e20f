"""Packs: what leaves the house is checked and listed; what comes in is verified, or nothing is made."""

import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from engagement import EXAMPLES, Demo
from gbtool.cli import ask
from gbtool.cli.app import app
from gbtool.cli.packs import passphrases
from gbtool.commands.gather import gather
from gbtool.commands.packs import handover as handing, unpacking, writing
from gbtool.commands.packs.handover import Wish, handover
from gbtool.commands.packs.report import paper_of
from gbtool.commands.packs.state import state
from gbtool.commands.packs.unpacking import unpack
from gbtool.commands.workspace import Workspace, workspace
from gbtool.documents.papers import Table
from gbtool.errors import FileFaults, FolderNotWritable, Refused, UsageError
from gbtool.exchange import archive, sealing
from gbtool.model.entry import Entry, EntryKind
from gbtool.structs import replace

DAY = date(2026, 9, 22)
ON = ("--on", "2026-09-22")
CLIENT = "岚湾流控"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def nothing() -> str:
    raise AssertionError("no passphrase is asked for")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def whole(demonstrated: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client's folder handed over."""
    target = tmp_path_factory.mktemp("packs") / "移交.zip"
    before = tree(demonstrated.folder)
    result = run("pack", "handover", str(target), "-C", str(demonstrated.folder / CLIENT), *ON)
    assert result.exit_code == 0, (result.stdout, result.stderr, result.exception)
    assert tree(demonstrated.folder) == before
    assert "每份都读回核对过" in result.stdout
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    return target


def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check takes seconds and has its own tests."""
    monkeypatch.setattr(handing, "refuse_errors", lambda *_: None)


@pytest.fixture
def begun(tmp_path: Path) -> Workspace:
    """A client that has hardly begun."""
    shutil.copytree(EXAMPLES / "hengtuo", tmp_path / "衡拓科贸")
    return workspace(tmp_path / "衡拓科贸")


def test_a_folder_comes_out_as_it_went_in(whole: Path, demonstrated: Demo, tmp_path: Path) -> None:
    made = unpack(whole, tmp_path / "接收", nothing)
    client = demonstrated.folder / CLIENT
    assert made.client == tmp_path / "接收" / CLIENT
    assert made.breaks == ()
    before, after = tree(client), tree(made.client)
    assert set(after) == set(before)
    assert {name for name in before if before[name] != after[name]} <= {"ledger.db"}
    assert gather(workspace(made.client), DAY).entries == gather(workspace(client), DAY).entries
    assert (tmp_path / "接收" / f"移交报告 {DAY}.docx").is_file()


def test_the_report_says_what_a_successor_must_know(whole: Path, demonstrated: Demo) -> None:
    with zipfile.ZipFile(whole) as pack:
        report = docx.Document(io.BytesIO(pack.read(f"移交报告 {DAY}.docx")))
    cells = {cell.text for table in report.tables for row in table.rows for cell in row.cells}
    heads = [paragraph.text for paragraph in report.paragraphs]
    work = workspace(demonstrated.folder / CLIENT)
    facts = gather(work, DAY)
    found = state(work, facts)
    for head in ("没有回答的问题", "承诺", "决定：管理评审", "手改过的文件", "半年内到期的事"):
        assert head in heads
    assert {question.question for question in found.open} <= cells
    assert {promise.stage for promise in found.promises} <= cells
    assert {str(row["决议事项"]) for row in found.decisions} <= cells
    assert {change.number for change in found.changes} <= cells
    assert "就绪（申请认证）" in cells
    assert found.edited == ()


def test_what_was_edited_or_lost_is_told(demonstrated: Demo, tmp_path: Path) -> None:
    client = Path(shutil.copytree(demonstrated.folder / CLIENT, tmp_path / CLIENT))
    first, second = sorted((client / "文件" / "制度").glob("*.docx"))[:2]
    edited = docx.Document(str(first))
    edited.paragraphs[-1].add_run("手写的一句。")
    edited.save(str(first))
    second.unlink()
    work = workspace(client)
    facts = gather(work, DAY)
    data = {"rule": "CN-01", "by": "周经理", "reason": "客户已确认", "on": "2026-09-01", "until": "2026-10-01"}
    waiver = Entry(EntryKind.WAIVER, "waiver-1", "2026-09-01", data=data)
    found = state(work, replace(facts, entries=(*facts.entries, waiver)))
    rows = [row for block in paper_of(found, facts).blocks if isinstance(block, Table) for row in block.rows]
    assert ("CN-01", "", "周经理 2026-09-01：客户已确认（至 2026-10-01，waiver-1）") in rows
    assert [Path(document.path).name for document in found.edited] == [first.name]
    assert [Path(document.path).name for document in found.gone] == [second.name]


def test_only_papers_and_a_client_without_a_ledger(
    begun: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked(monkeypatch)
    (begun.folder / "文件").mkdir()
    (begun.folder / "文件" / "说明.txt").write_text("甲", encoding="utf-8")
    (begun.folder / "外面").symlink_to(tmp_path, target_is_directory=True)
    packed, _ = handover(begun, DAY, Wish(tmp_path / "a.zip", papers=True))
    names = {member.name for member in packed.members}
    assert names == {"移交报告 2026-09-22.docx", "衡拓科贸/文件/说明.txt"}
    assert packed.left_out == ("外面",)
    made = unpack(tmp_path / "a.zip", tmp_path / "a", nothing)
    assert (made.client, made.breaks) == (None, ())
    packed, _ = handover(begun, DAY, Wish())
    assert packed.path == tmp_path / "衡拓科贸 移交 2026-09-22.zip"
    result = run("unpack", str(packed.path), str(tmp_path / "b"), "--json")
    said = json.loads(result.stdout)
    assert said["client_folder"] == str(tmp_path / "b" / "衡拓科贸")
    assert said["files"] == len(packed.members)
    told = run("pack", "handover", str(tmp_path / "d.zip"), "--papers", "-C", str(begun.folder), *ON).stdout
    assert "没有收：外面" in told
    assert "没答的" in told
    assert "gbtool status" not in run("unpack", str(tmp_path / "d.zip"), str(tmp_path / "d")).stdout
    assert "gbtool status" in run("unpack", str(packed.path), str(tmp_path / "c")).stdout


def test_errors_stop_it(begun: Workspace, tmp_path: Path) -> None:
    (begun.folder / "文件").mkdir()
    (begun.folder / "文件" / "坏.docx").write_bytes(b"PK not a word file")
    result = run("pack", "handover", str(tmp_path / "x.zip"), "-C", str(begun.folder), *ON)
    assert result.exit_code == 1
    assert "坏.docx" in result.stderr
    assert "gbtool backup" in result.stderr
    assert not (tmp_path / "x.zip").exists()
    with pytest.raises(Refused):
        writing.refuse_errors(begun, gather(begun, DAY))


def test_nothing_is_written_over_and_nothing_is_left_behind(
    begun: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked(monkeypatch)
    target = tmp_path / "x.zip"
    target.write_text("别人的", encoding="utf-8")
    with pytest.raises(UsageError, match="已经有了"):
        handover(begun, DAY, Wish(target))
    with pytest.raises(UsageError, match="里面"):
        handover(begun, DAY, Wish(begun.folder / "y.zip"))
    with pytest.raises(UsageError, match="8 个"):
        handover(begun, DAY, Wish(tmp_path / "short.zip", passphrase="1234"))  # noqa: S106 - too short on purpose
    (begun.folder / "con.txt").write_text("", encoding="utf-8")
    with pytest.raises(FileFaults, match="Windows"):
        handover(begun, DAY, Wish(tmp_path / "z.zip"))
    (begun.folder / "con.txt").unlink()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(archive, "pack", refuse)
    with pytest.raises(FolderNotWritable, match="磁盘已满"):
        handover(begun, DAY, Wish(tmp_path / "z.zip"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.zip", "衡拓科贸"]
    assert target.read_text(encoding="utf-8") == "别人的"


def test_a_sealed_pack_opens_with_its_passphrase_only(
    begun: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked(monkeypatch)
    words = tmp_path / "口令.txt"
    words.write_text("一句没有人猜得到的话\n", encoding="utf-8")
    target = tmp_path / "x.zip"
    packed = run(
        *("pack", "handover", str(target), "--passphrase-file", str(words), "--json", "-C", str(begun.folder), *ON)
    )
    said = json.loads(packed.stdout)
    sealed = Path(said["path"])
    assert (said["sealed"], sealed.name) == (True, "x.zip.age")
    assert sealed.read_bytes().startswith(sealing.HEADER)
    assert "衡拓".encode() not in sealed.read_bytes()
    assert not target.exists()
    with pytest.raises(FileFaults, match="口令不对"):
        unpack(sealed, tmp_path / "out", lambda: "另一句没有人猜得到的话")
    assert not (tmp_path / "out").exists()
    opened = run("unpack", str(sealed), str(tmp_path / "out"), "--passphrase-file", str(words))
    assert opened.exit_code == 0, opened.stderr
    assert (tmp_path / "out" / "衡拓科贸" / "client.yaml").is_file()


def test_how_a_passphrase_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, data, why in (
        ("none", None, "没有这个文件"),
        ("empty", b"\n", "是空的"),
        ("other", b"\xff\xfe\xff", "UTF-8"),
    ):
        if data is not None:
            (tmp_path / path).write_bytes(data)
        with pytest.raises(UsageError, match=why):
            passphrases.from_file(tmp_path / path)
    with pytest.raises(UsageError, match="不在终端里"):
        passphrases.fresh(None)
    typed = iter(["一二三四五六七八", "一二三四五六七九", "甲", "甲", "乙"])
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "secret", lambda _: next(typed))
    with pytest.raises(UsageError, match="不一样"):
        passphrases.fresh(None)
    assert passphrases.fresh(None) == "甲"
    assert passphrases.known(None) == "乙"


def test_too_large_and_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST_BYTES", -2 << 20)
    (tmp_path / "x").write_bytes(b"x")
    with pytest.raises(UsageError, match="不能加密"):
        sealing.seal(tmp_path / "x", tmp_path / "y", "一二三四五六七八")
    with pytest.raises(FileFaults, match="不打开"):
        sealing.unseal(tmp_path / "x", tmp_path / "y", "")
    with pytest.raises(FileFaults, match="读不出"):
        unpack(tmp_path / "none", tmp_path / "out", nothing)


def test_other_archives_are_no_packs(begun: Workspace, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "b.zip"), "-C", str(begun.folder))
    with pytest.raises(FileFaults, match="gbtool restore"):
        unpack(tmp_path / "b.zip", tmp_path / "out", nothing)
    (tmp_path / "c.zip").write_bytes(b"PK")
    with pytest.raises(FileFaults):
        unpack(tmp_path / "c.zip", tmp_path / "out", nothing)
    assert not (tmp_path / "out").exists()


def repacked(source: Path, target: Path, name: str, data: bytes, about: dict[str, object]) -> Path:
    """A pack in which one more file lies, its list true."""
    folder = target.with_suffix("")
    archive_ = archive.unpack(source, folder)
    (folder / "more").write_bytes(data)
    files = {member.name: folder / member.name for member in archive_.members}
    with target.open("wb") as sink:
        archive.pack(sink, [*files.items(), (name, folder / "more")], {**archive_.about, **about})
    return target


def test_a_ledger_that_is_damaged_or_was_changed(
    begun: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unchecked(monkeypatch)
    packed, _ = handover(begun, DAY, Wish(tmp_path / "a.zip"))
    bad = repacked(packed.path, tmp_path / "bad.zip", "衡拓科贸/ledger.db", b"SQLite format 3\x00" * 200, {})
    with pytest.raises(FileFaults, match="台账文件损坏"):
        unpack(bad, tmp_path / "out", nothing)
    assert not (tmp_path / "out").exists()
    strange = repacked(packed.path, tmp_path / "strange.zip", "x.txt", b"", {"folder": "../x"})
    (tmp_path / "ok").mkdir()
    assert unpack(strange, tmp_path / "ok", nothing).client is None
    monkeypatch.setattr("gbtool.commands.packs.unpacking.verified", lambda _: Broken())
    result = run("unpack", str(packed.path), str(tmp_path / "broken"))
    assert result.exit_code == 1
    assert "ledger.db：断了" in result.stdout

    def refuse(*_: object) -> None:
        raise OSError(13, "no")

    monkeypatch.setattr(unpacking, "_opened", refuse)
    with pytest.raises(FolderNotWritable):
        unpack(packed.path, tmp_path / "out", nothing)


class Broken:
    """A history that does not hold."""

    faults = (("ledger.db", "断了"),)
