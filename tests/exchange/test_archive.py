"""Archives: what goes in comes out the same, and nothing comes out of one that was tampered with."""

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gbtool.errors import FileFaults
from gbtool.exchange import archive
from gbtool.exchange.archive import CONTENTS, contents_of, pack, unpack, unsafe, verify

FILES = {"client.yaml": b"a: 1\n", "文件/手册 A&B.docx": b"PK" * 5000, "证据/0123.pdf": b""}


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    files = []
    for number, (name, data) in enumerate(FILES.items()):
        path = tmp_path / f"source-{number}"
        path.write_bytes(data)
        files.append((name, path))
    target = tmp_path / "a.zip"
    with target.open("wb") as sink:
        pack(sink, files, {"kind": "backup", "client": "某公司"})
    return target


def rewritten(path: Path, change: Mapping[str, bytes], listed: Mapping[str, object] | None = None) -> Path:
    """An archive with other bytes under some names, new names among them, and another list where one is given."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files.update(change)
    if listed is not None:
        files[CONTENTS] = json.dumps(listed).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, data in files.items():
            new.writestr(name, data)
    return path


def test_what_goes_in_comes_out(packed: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    contents = unpack(packed, target)
    assert contents.about == {"kind": "backup", "client": "某公司"}
    assert {m.name: (target / m.name).read_bytes() for m in contents.members} == FILES
    assert verify(packed) == contents == contents_of(packed)


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "x"
    source.write_bytes(b"same")
    sinks = [io.BytesIO(), io.BytesIO()]
    for sink in sinks:
        pack(sink, [("x", source)], {"made": "2026-11-29"})
    assert sinks[0].getvalue() == sinks[1].getvalue()


def test_a_changed_file_is_found(packed: Path, tmp_path: Path) -> None:
    rewritten(packed, {"client.yaml": b"a: 2\n"})
    with pytest.raises(FileFaults, match=r"client\.yaml 与清单里的大小或哈希不一致"):
        unpack(packed, tmp_path)
    with pytest.raises(FileFaults, match="不一致"):
        verify(packed)


def test_a_file_longer_than_listed_is_not_read_to_its_end(packed: Path) -> None:
    rewritten(packed, {"client.yaml": b"0" * (8 << 20)})
    with pytest.raises(FileFaults, match="大小或哈希"):
        verify(packed)


def test_a_file_that_is_not_listed_is_refused(packed: Path) -> None:
    rewritten(packed, {"evil.exe": b"MZ"})
    with pytest.raises(FileFaults, match="与清单不一致"):
        contents_of(packed)


OUTSIDE = ["../x", "/etc/x", "a/../../x", "a//x", "./x", "", "a/.."]
FOREIGN = ["C:/x", "a\\b", "con", "aux.txt", "x. ", "a/nul/b", "x\x00", 'a"b', "a|b"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_never_reaches_outside(name: str, packed: Path) -> None:
    listed = {"format": 1, "files": [{"name": name, "size": 0, "sha256": ""}]}
    rewritten(packed, {name: b""} if name else {}, listed)
    with pytest.raises(FileFaults, match="名字指到文件夹外面"):
        contents_of(packed)


@pytest.mark.parametrize("name", FOREIGN)
def test_a_name_is_legal_on_windows(name: str) -> None:
    assert unsafe(name)


@given(st.text())
def test_a_safe_name_stays_below(name: str) -> None:
    if not unsafe(name):
        assert Path("/base").joinpath(name).resolve(strict=False).is_relative_to("/base")


def test_the_same_name_twice_is_refused(packed: Path) -> None:
    one = {"name": "A.txt", "size": 0, "sha256": ""}
    rewritten(packed, {"A.txt": b"", "a.txt": b""}, {"format": 1, "files": [one, {**one, "name": "a.txt"}]})
    with pytest.raises(FileFaults, match="名字重复"):
        contents_of(packed)


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ({"format": 2, "files": []}, "更新的 gbtool"),
        ({"format": 1}, "读不出来"),
        ({"format": 1, "files": [{"name": "x"}]}, "读不出来"),
        ({"format": 1, "files": [{"name": "x", "size": 5 << 40, "sha256": ""}]}, "超过"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(listed: dict[str, object], words: str, packed: Path) -> None:
    rewritten(packed, {}, listed)
    with pytest.raises(FileFaults, match=words):
        contents_of(packed)


def test_too_many_files_are_refused(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 2)
    with pytest.raises(FileFaults, match="文件太多"):
        contents_of(packed)


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="读不出文件"):
        contents_of(tmp_path / "not-there.zip")
    plain = tmp_path / "plain.zip"
    plain.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(FileFaults, match="不是 zip 文件"):
        contents_of(plain)
    with zipfile.ZipFile(plain, "w") as other:
        other.writestr("x", "y")
    with pytest.raises(FileFaults, match="不是 gbtool 做的"):
        contents_of(plain)


def test_every_damaged_byte_is_found_or_harmless(packed: Path, tmp_path: Path) -> None:
    data = packed.read_bytes()
    for at in range(0, len(data), 7):
        packed.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        target = tmp_path / f"out-{at}"
        target.mkdir()
        try:
            contents = unpack(packed, target)
        except FileFaults:
            continue
        assert {m.name: (target / m.name).read_bytes() for m in contents.members} == FILES


def with_entries(folder: Path, change: Callable[[zipfile.ZipInfo], None], data: bytes = b"x") -> Path:
    """An archive of one file whose entry was changed, its list true."""
    path = folder / "x.zip"
    listed = {"name": "a", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        entry = zipfile.ZipInfo("a")
        entry.compress_type = zipfile.ZIP_DEFLATED
        change(entry)
        made.writestr(entry, data)
        made.writestr(archive.CONTENTS, json.dumps({"format": archive.FORMAT, "files": [listed]}))
    return path


def test_a_link_is_refused(tmp_path: Path) -> None:
    def link(entry: zipfile.ZipInfo) -> None:
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16

    with pytest.raises(FileFaults, match="链接"):
        archive.unpack(with_entries(tmp_path, link, b"/etc/passwd"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_made_to_fill_a_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_entries(tmp_path, lambda _: None, bytes(1 << 20))
    assert archive.verify(path)
    monkeypatch.setattr(archive, "_BOMB_BYTES", 1 << 16)
    with pytest.raises(FileFaults, match="炸弹"):
        archive.unpack(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
