"""What shipped files say is parsed once a machine; a broken memory costs time and nothing else."""

import enum
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from engagement import EXAMPLES
from gbtool import remembering
from gbtool.documents import names
from gbtool.model.place import NOWHERE, Place
from gbtool.shelf import catalogue, checklists, deadlines, diagnosis, packing, questions, reader, rule_texts, standards
from gbtool.shelf.packing import packed, unpacker
from gbtool.shelf.shelves import SHIPPED, Shelves, shelves_of
from gbtool.shelf.shipped import is_shipped, shipped
from gbtool.structs import Frozen, field, replace

ALL = shelves_of(None, None)


class Colour(enum.Enum):
    """Two words."""

    RED = "红"
    BLUE = "蓝"


class Inner(Frozen):
    """What stands inside."""

    name: str
    place: Place = NOWHERE


class Outer(Frozen):
    """Every kind of value."""

    name: str
    number: int
    share: float
    yes: bool
    colour: Colour
    inner: Inner
    perhaps: Inner | None = None
    word: str | None = None
    many: tuple[Inner, ...] = ()
    words: tuple[str, ...] = ()
    by_name: Mapping[str, tuple[Inner, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    anything: object = None
    place: Place = NOWHERE


TEXT = """name: 甲
number: 3
share: 0.5
yes: 是
colour: 蓝
inner: {name: 乙}
perhaps: {name: 丙}
many: [{name: 丁}, {name: 戊}]
words: [a, b]
by_name: {x: [{name: 己}]}
texts: {k: v}
anything: {k: [1, 5.10, null]}
"""


def everything(shelves: Shelves) -> tuple[object, ...]:
    """All that is read from shipped files, as far as a command of every day looks at it."""
    return (
        catalogue.catalogue(shelves),
        catalogue.vocabulary(shelves),
        questions.questions(shelves),
        checklists.audit_questions("2023", shelves),
        rule_texts.rule_texts(shelves),
        deadlines.book(shelves),
        diagnosis.scheme(shelves),
        standards.changes(shelves, "GB/T 29490"),
    )


def forgotten() -> None:
    """As in a new process."""
    reader._read.cache_clear()
    reader._shipped.cache_clear()


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """A memory that holds everything shipped."""
    forgotten()
    with remembering.remembering(lambda: tmp_path):
        everything(ALL)
    forgotten()
    return tmp_path / remembering.NAME


def test_what_is_remembered_is_what_was_read(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = everything(ALL)
    forgotten()
    monkeypatch.setattr(reader, "_composed", None)  # whoever parses now, fails
    with remembering.remembering(lambda: memory.parent):
        assert everything(ALL) == read


def test_every_kind_of_value_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(TEXT, encoding="utf-8")
    whole = reader.read(Outer, file, "f.yaml")
    assert unpacker(Outer)(packed(whole)) == whole
    empty = replace(whole, perhaps=None, many=(), by_name={})
    assert unpacker(Outer)(packed(empty)) == empty
    with pytest.raises(TypeError):
        packed({"k": object()})


def test_another_text_and_another_code_are_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(shipped("templates", "vocabulary.yaml"))
    first = packing.key(Outer, file, "f.yaml")
    assert packing.key(Outer, file, "f.yaml") == first
    others = {packing.key(Inner, file, "f.yaml"), packing.key(None, file, "f.yaml"), packing.key(Outer, file, "g.yaml")}
    monkeypatch.setattr(packing, "mark_of", lambda _: "changed")
    others.add(packing.key(Outer, file, "f.yaml"))
    monkeypatch.undo()
    monkeypatch.setattr(packing, "marks", lambda folder, _: [(f"{folder}/m.py", "changed")])
    packing._code.cache_clear()
    others.add(packing.key(Outer, file, "f.yaml"))
    packing._code.cache_clear()
    assert len(others - {first}) == 5


@pytest.mark.parametrize("broken", [b"", b"x", b"0\n1 2", "half", "foreign"])
def test_a_broken_memory_is_ignored_and_made_anew(memory: Path, broken: bytes | str) -> None:
    whole = memory.read_bytes()
    if broken == "half":
        broken = whole[: len(whole) // 2]
    elif broken == "foreign":  # somebody wrote it with the right sum
        rest = b"\n".join(line.split(b" ")[0] + b" [1]" for line in whole.split(b"\n")[1:])
        broken = remembering._check(rest) + b"\n" + rest
    assert isinstance(broken, bytes)
    memory.write_bytes(broken)
    with remembering.remembering(lambda: memory.parent):
        found = catalogue.catalogue(ALL)
    forgotten()
    assert found == catalogue.catalogue(ALL)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    forgotten()
    with remembering.remembering(lambda: tmp_path / "file"):
        assert catalogue.catalogue(ALL)
    assert (tmp_path / "file").read_text() == ""


def test_too_large_a_memory_begins_anew(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = memory.stat().st_size
    monkeypatch.setattr(remembering, "_MOST_LINES", 3)
    with remembering.remembering(lambda: memory.parent):
        standards.standard("2013", ALL)
    assert memory.stat().st_size < before
    monkeypatch.setattr(remembering, "_MOST_BYTES", 3)
    assert remembering.Memory(lambda: memory.parent).get("x") is None


def test_nothing_of_a_client_or_a_firm_is_remembered(tmp_path: Path) -> None:
    client = tmp_path / "客户"
    (client / "templates").mkdir(parents=True)
    shutil.copy(EXAMPLES / "lanwan" / "client.yaml", client)
    own = (SHIPPED.folder / "templates" / "vocabulary.yaml").read_text(encoding="utf-8")
    (client / "templates" / "vocabulary.yaml").write_text(f"{own}# 只属于这家客户\n", encoding="utf-8")
    shelves = shelves_of(client, None)
    with remembering.remembering(lambda: tmp_path / "cache"):
        catalogue.vocabulary(shelves)
        reader.read_plain(client / "client.yaml", "client.yaml")
    assert not (tmp_path / "cache").exists()
    assert is_shipped(shipped("templates", "vocabulary.yaml"))
    assert not is_shipped(client / "templates" / "vocabulary.yaml")


def test_the_names_of_a_text_are_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "{{ a }}\n{% if b %}{{ a }}{% endif %}\n"
    names._named.cache_clear()
    with remembering.remembering(lambda: tmp_path):
        first = names._named(text, 5)
    assert first == {"a": [5, 6], "b": [6]}
    names._named.cache_clear()
    monkeypatch.setattr(names, "_lines", None)  # whoever parses now, fails
    with remembering.remembering(lambda: tmp_path):
        assert names._named(text, 5) == first
        assert names._named(text, 1) == {"a": [1, 2], "b": [2]}
