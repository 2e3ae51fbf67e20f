"""YAML to values: text until a type says otherwise, every complaint of a file at once with its line."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from gbtool.errors import FileFaults
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf.reader import read, read_plain
from gbtool.structs import Frozen


class Colour(StrEnum):
    """A choice."""

    RED = "red"


class Part(Frozen):
    """A part of a thing."""

    name: str
    place: Place = NOWHERE


class Thing(Frozen):
    """All kinds of fields."""

    number: str
    count: int = 0
    share: float = 0.0
    good: bool = False
    colour: Colour = Colour.RED
    part: Part | None = None
    parts: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
    texts: Mapping[str, tuple[str, ...]] | None = None
    raw: object = None
    with_: str = ""


def write(folder: Path, text: str | bytes) -> Path:
    """A file with this text."""
    path = folder / "thing.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def complaints(folder: Path, text: str | bytes) -> list[str]:
    """What is said about this text."""
    with pytest.raises(FileFaults) as caught:
        read(Thing, write(folder, text), "thing.yaml")
    return [str(each) for each in caught.value.complaints]


def test_a_clause_number_stays_text_and_no_stays_no(tmp_path: Path) -> None:
    thing = read(Thing, write(tmp_path, "number: 5.10\nwords: [NO, 5.10, '2026-01-01']\nwith: x\n"), "thing.yaml")
    assert (thing.number, thing.words, thing.with_) == ("5.10", ("NO", "5.10", "2026-01-01"), "x")


def test_types_are_read_as_the_fields_say(tmp_path: Path) -> None:
    text = (
        "number: a\ncount: 3\nshare: 0.5\ngood: 是\ncolour: red\npart: {name: p}\n"
        "parts:\n  - name: q\ntexts: {k: [v]}\nraw: {a: [1, null]}\n"
    )
    thing = read(Thing, write(tmp_path, text), "thing.yaml")
    assert (thing.count, thing.share, thing.good, thing.colour) == (3, 0.5, True, Colour.RED)
    assert thing.part == Part("p", Place("thing.yaml", 6))
    assert thing.parts == (Part("q", Place("thing.yaml", 8)),)
    assert thing.texts == {"k": ("v",)}
    assert thing.raw == {"a": ["1", None]}


def test_all_complaints_come_at_once_with_their_lines(tmp_path: Path) -> None:
    found = complaints(tmp_path, "nubmer: 1\ncount: drei\ngood: 大概\ncolour: blue\nparts: x\npart: [1]\nshare: 半\n")
    assert [each.split("：")[0] for each in found] == [f"thing.yaml:{n}" for n in (1, 2, 3, 4, 5, 6, 7, 1)]
    assert "是不是想写“number”" in found[0]
    assert "应当是整数" in found[1]
    assert "true 或 false" in found[2]
    assert "不在可选之列：red" in found[3]
    assert "缺“number”" in found[-1]


def test_a_double_key_is_refused_with_both_lines(tmp_path: Path) -> None:
    assert complaints(tmp_path, "number: 1\nnumber: 2\n") == ["thing.yaml:2：“number”写了两次，第一次在第 1 行。留一个"]


def test_an_empty_file_is_a_complaint(tmp_path: Path) -> None:
    assert complaints(tmp_path, "") == ["thing.yaml：文件是空的"]
    assert read_plain(write(tmp_path, ""), "thing.yaml") is None


def test_bad_yaml_is_a_complaint_with_its_line(tmp_path: Path) -> None:
    found = complaints(tmp_path, "number: 1\nwords: [a\nb: c\n")
    assert found[0].startswith("thing.yaml:")
    assert "不是合法的 YAML" in found[0]


def test_an_unprintable_character_is_a_complaint(tmp_path: Path) -> None:
    assert "不是合法的 YAML" in complaints(tmp_path, "number: a\x07b\n")[0]


def test_gb18030_is_recognised(tmp_path: Path) -> None:
    found = complaints(tmp_path, "number: 1\nwith: 编码\n".encode("gb18030"))
    assert found == ["thing.yaml:2：不是 UTF-8 编码，像是 GB18030（GBK）。用编辑器另存为 UTF-8"]


def test_other_bytes_are_a_complaint(tmp_path: Path) -> None:
    assert complaints(tmp_path, b"number: \xff\xfe\xff")[0].startswith("thing.yaml:1：不是 UTF-8 编码")


def test_a_missing_file_is_a_complaint(tmp_path: Path) -> None:
    with pytest.raises(FileFaults, match="读不出文件"):
        read(Thing, tmp_path / "thing.yaml", "thing.yaml")


def test_an_alias_is_refused(tmp_path: Path) -> None:
    assert "别名" in complaints(tmp_path, "number: &a x\nwith: *a\n")[0]


def test_an_ampersand_and_a_star_in_a_text_are_no_alias(tmp_path: Path) -> None:
    assert read(Thing, write(tmp_path, "number: A & B * C\n"), "thing.yaml").number == "A & B * C"


def test_deep_nesting_is_bounded(tmp_path: Path) -> None:
    text = "raw: " + "[" * 60 + "]" * 60 + "\nnumber: 1\n"
    assert any("嵌套过深" in each for each in complaints(tmp_path, text))


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    assert "上限" in complaints(tmp_path, "number: " + "a" * 8_000_001)[0]


def test_a_key_that_is_no_text_is_a_complaint(tmp_path: Path) -> None:
    assert "键只能是文字" in complaints(tmp_path, "? [a]\n: 1\nnumber: 1\n")[0]
    assert "键: 值" in complaints(tmp_path, "- 1\n")[0]
    assert "一个值" in complaints(tmp_path, "number: [1]\n")[0]
