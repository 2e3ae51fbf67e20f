"""Nothing changed: what was told is told again without drafting, and any change of what is read ends that."""

import json
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace as altered
from datetime import date
from pathlib import Path

import pytest

from edited import opened, write
from engagement import EXAMPLES, catalogued
from gbtool import remembering
from gbtool.commands import generate as front, making
from gbtool.commands.edits import retold, state as states
from gbtool.commands.generate import Generation, Request, generate
from gbtool.commands.workspace import Workspace, workspace
from gbtool.errors import GbtoolError
from gbtool.model.document import DocumentKind, Outcome
from gbtool.model.entry import Entry, EntryKind
from gbtool.store import entries
from gbtool.store.database import Action, open_ledger
from gbtool.structs import replace

DAY = date(2026, 5, 15)
FEW = ("sys-reward", "sys-training", "report-effectiveness", "rec-background")
EDITED = "sys-training"


@dataclass
class Case:
    """A client of a firm whose few documents are as they should be, one of them edited, one waiting."""

    work: Workspace
    cache: Path
    drafted: list[int] = field(default_factory=list)

    def request(self, **others: object) -> Request:
        """The same request, in parts another one, only to see."""
        return replace(Request(FEW, dry_run=True, cache=self.cache), **others)

    def told(self, day: date = DAY, **others: object) -> object:
        """What is told, or which error."""
        return _or_error(lambda: generate(workspace(self.work.folder), day, self.request(**others)))

    def slowly(self, day: date = DAY, **others: object) -> object:
        """What is told when everything is drafted."""
        request = self.request(**others)
        return _or_error(
            lambda: front._with_conflicts(making.make(workspace(self.work.folder), day, request).generation)
        )

    def at_once(self, day: date = DAY, **others: object) -> bool:
        """Whether it is told without drafting; then it is the same as when everything is drafted."""
        before = len(self.drafted)
        found = self.told(day, **others)
        if len(self.drafted) > before:
            return False
        assert found == self.slowly(day, **others)
        return True

    def settles(self) -> bool:
        """Whether it is told at once after it was told slowly."""
        self.told()
        return self.at_once()

    def path(self, id_: str) -> Path:
        """Where a document lies."""
        (made,) = (each for each in generate(self.work, DAY, self.request()).made if each.id == id_)
        return self.work.folder / made.path


def _or_error(run: Callable[[], object]) -> object:
    try:
        return run()
    except GbtoolError as error:
        return [str(each) for each in error.complaints]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A client in a firm, generated, one file edited, generated twice more; nobody leaves it changed."""
    firm = tmp_path_factory.mktemp("firm")
    (firm / "gbtool.yaml").write_text("name: 示例咨询\nlogo: '标志.png'\n", "utf-8")
    (firm / "标志.png").write_bytes(_png(16))
    (firm / "templates" / "systems").mkdir(parents=True)
    (firm / "templates" / "systems" / "sys-reward.md.j2").write_text("# 自己的\n\n## 一 总则\n\n自己写的。\n", "utf-8")
    folder = firm / "岚湾"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    case = Case(workspace(folder), tmp_path_factory.mktemp("cache"))
    generate(case.work, DAY, case.request(dry_run=False))
    path = case.path(EDITED)
    hand = opened(path.read_bytes())
    write(hand.paragraphs[-1], "手写的一句。")
    path.write_bytes(hand.saved())
    for _ in range(2):
        generate(case.work, DAY, case.request(dry_run=False))
    return case


@pytest.fixture
def case(settled: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The same, counting how often everything is drafted."""
    make = making.make
    drafted: list[int] = []

    def counted(work: Workspace, today: date, request: Request, lying: Mapping[str, str] | None = None) -> making.Run:
        drafted.append(1)
        return make(work, today, request, lying)

    monkeypatch.setattr(making, "make", counted)
    return altered(settled, drafted=drafted)


def _png(width: int) -> bytes:
    head = b"\0\0\0\rIHDR" + width.to_bytes(4, "big") + (16).to_bytes(4, "big") + bytes([8, 0, 0, 0, 0]) + bytes(4)
    return b"\x89PNG\r\n\x1a\n" + head + b"\0\0\0\0IEND" + bytes(4)


@contextmanager
def changed(path: Path, data: bytes | None) -> Iterator[None]:
    """A file that holds something else for a while, or is not there; its times stay."""
    before = path.read_bytes() if path.is_file() else None
    times = path.stat() if before is not None else None
    missing = [each for each in path.parents if not each.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    if times and data is not None:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    yield
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    for each in missing:
        each.rmdir()


def test_nothing_changed_nothing_is_drafted_and_the_same_is_told(case: Case) -> None:
    assert case.settles()
    found = case.told()
    assert isinstance(found, Generation)
    assert {made.outcome for made in found.made} >= {Outcome.SAME, Outcome.KEPT, Outcome.OPEN}
    assert case.at_once(dry_run=False)


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_one_byte_of_anything_that_a_person_wrote_ends_it(case: Case) -> None:
    """Every file of the client's and the firm's folder in turn, with its times as they were."""
    firm = case.work.firm
    assert firm
    dice = random.Random(1)  # noqa: S311 - no secret
    files = sorted(path for path in firm.rglob("*") if path.is_file())
    assert len(files) > 12
    for path in files:
        data = path.read_bytes()
        with changed(path, _flipped(data, dice.randrange(len(data)))):
            assert not case.at_once(), path
    assert case.settles()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("client.yaml", "6000元/件|8000元/件"),
        ("roster.csv", "\n|\n,,,,\n"),
        ("templates/systems/sys-reward.md.j2", "# 又一份\n\n## 一 总则\n\n客户自己的。\n"),
        ("templates/periods.yaml", "contract.submit: 9\n"),
        ("../templates/systems/sys-reward.md.j2", "总则|原则"),
        ("../templates/systems/sys-training.md.j2", "# 机构的\n\n## 一 总则\n\n机构写的。\n"),
        ("../checklists/x.yaml", "a: b\n"),
        ("../gbtool.yaml", "示例咨询|另一家"),
        ("文件/制度/别的.docx", "x"),
        ("文件/制度/LW-IPM-ZD-04 奖励与利益分配制度.docx.gbtool-new", "x"),
        ("输出/新稿/制度/别的.docx", "x"),
        ("gbtool.yaml", "name: 更近的机构\n"),
    ],
)
def test_what_is_written_changed_or_laid_there_ends_it(case: Case, name: str, data: str) -> None:
    path = case.work.folder / name
    if "|" in data:
        old, new = data.split("|")
        text = path.read_text("utf-8")
        assert old in text
        data = text.replace(old, new, 1)
    with changed(path, data.encode()):
        assert not case.at_once()
    assert case.settles()


def test_files_removed_and_renamed_end_it(case: Case) -> None:
    path = case.path("sys-reward")
    with changed(path, None):
        assert not case.at_once()
    other = path.with_name("别的名称.docx")
    path.rename(other)
    assert not case.at_once()
    other.rename(path)
    assert case.settles()
    other.mkdir()
    assert not case.at_once()
    other.rmdir()
    assert case.settles()


def test_evidence_and_what_other_commands_put_out_do_not_matter(case: Case) -> None:
    assert case.settles()
    with changed(case.work.folder / "证据" / "x.pdf", b"x"), changed(case.work.folder / "输出" / "x.xlsx", b"x"):
        assert case.at_once()


def test_another_day_and_another_request_are_another_question(case: Case, tmp_path: Path) -> None:
    assert not case.at_once(date(2026, 5, 16))
    assert not case.at_once(ids=FEW[:2])
    assert not case.at_once(ids=(), kinds=(DocumentKind.APPOINTMENT,))
    assert not case.at_once(ids=("no-such",))
    assert not case.at_once(ids=("plan-audit",))
    assert not case.at_once(cache=tmp_path)
    assert not case.at_once(cache=None)
    assert case.settles()
    assert case.at_once(ids=FEW[:2])  # it was told in the meantime, with nothing to write


def test_who_says_whose_text_stands_is_always_heard(case: Case) -> None:
    from gbtool.model.difference import Take  # noqa: PLC0415 - one test

    for _ in range(2):
        assert not case.at_once(take=Take.THEIRS)


def test_an_entry_of_the_ledger_ends_it(case: Case) -> None:
    before = case.work.ledger.read_bytes()
    with (
        open_ledger(case.work.ledger, write=True) as ledger,
        ledger.transaction(Action(DAY, "甲", "登记")) as change,
    ):
        entries.add(change, Entry(EntryKind.PERSON, "person-1", date=DAY.isoformat(), data={"姓名": "甲"}))
    assert not case.at_once()
    case.work.ledger.write_bytes(before)
    assert case.settles()


def test_other_code_data_or_libraries_of_gbtool_end_it(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ground() -> str:
        states._ground.cache_clear()
        return states._ground()

    data = {"templates/x.yaml": "1-1"}
    (tmp_path / "m.py").write_text("a = 1\n", "utf-8")
    monkeypatch.setattr(states, "PACKAGE", tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), str(tmp_path / "m.py")])
    monkeypatch.setattr(states, "standing", lambda: data)
    seen = [ground()]
    assert ground() == seen[0]
    assert not case.at_once()
    for change in (
        lambda: (tmp_path / "m.py").write_text("a = 22\n", "utf-8"),
        lambda: os.utime(tmp_path / "m.py", ns=(1, 1)),
        lambda: (tmp_path / "n.py").write_text("", "utf-8"),
        lambda: data.update({"templates/x.yaml": "1-2"}),
        lambda: data.update({"templates/y.yaml": "1-2"}),
        (tmp_path / "jinja2-4.0.dist-info").mkdir,
    ):
        change()
        seen.append(ground())
    assert len(set(seen)) == len(seen)
    states._ground.cache_clear()


def test_what_a_run_opens_is_in_the_state(case: Case) -> None:
    """Nothing is read that could change unseen: of these folders each file that is opened has its hash in the state."""
    firm = case.work.firm
    assert firm
    read: set[Path] = set()
    watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(arguments[0], str):
            read.add(Path(arguments[0]))

    sys.addaudithook(watch)
    case.slowly(ids=(), kinds=(DocumentKind.REPORT,))
    watching = False
    read = {path for path in read if path.exists()}
    seen = states.state(case.work, DAY)
    assert seen
    folder = case.work.folder
    of_client = {path.relative_to(folder).as_posix() for path in read if path.is_relative_to(folder)}
    of_firm = {
        f"{states.FIRM}{path.relative_to(firm).as_posix()}"
        for path in read
        if path.is_relative_to(firm) and not path.is_relative_to(folder)
    }
    assert {"client.yaml", "roster.csv"} <= of_client <= seen.files.keys()
    assert f"{states.FIRM}标志.png" in of_firm <= seen.files.keys()


def test_no_word_of_the_client_is_kept_in_the_cache(case: Case) -> None:
    (kept,) = case.cache.glob("told-*.jsonl")
    text = json.dumps(json.loads(kept.read_text("utf-8").split("\n")[1].partition(" ")[2]), ensure_ascii=False)
    assert "奖励" in text
    for word in ("LW-", "岚湾", "手写"):
        assert word not in text


@pytest.mark.parametrize("rest", ["", "x", "[]", '{"state": "%s"}', '{"state": "%s", "code": [0, 2], "made": [[1]]}'])
def test_a_broken_memory_costs_time_and_nothing_else(case: Case, rest: str) -> None:
    seen = states.state(case.work, DAY)
    assert seen
    (kept,) = case.cache.glob("told-*.jsonl")
    line = f"{case.request().key} {rest.replace('%s', seen.digest)}".encode()
    with changed(kept, remembering._check(line) + b"\n" + line):
        assert not case.at_once()
    with changed(kept, b"broken"):
        assert not case.at_once()
    assert case.settles()


def test_what_cannot_be_told_is_told_slowly(case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if sys.platform != "win32":
        link = case.work.folder / "templates"
        link.symlink_to(tmp_path, target_is_directory=True)
        assert states.state(case.work, DAY) is None
        link.unlink()
    deep = case.work.folder / "/".join("abcdefghij")
    deep.mkdir(parents=True)
    assert states.state(case.work, DAY) is None
    shutil.rmtree(case.work.folder / "a")
    monkeypatch.setattr(states, "_MOST_BYTES", 10)
    assert not case.at_once()


def test_what_changes_while_it_is_read_is_not_remembered(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    make = making.make

    def busy(work: Workspace, today: date, request: Request, lying: Mapping[str, str] | None = None) -> making.Run:
        run = make(work, today, request, lying)
        (work.folder / "别人.txt").write_text(str(time.perf_counter_ns()), "utf-8")
        return run

    monkeypatch.setattr(making, "make", busy)
    for _ in range(2):
        assert not case.at_once(date(2026, 5, 17))
    (case.work.folder / "别人.txt").unlink()


@pytest.mark.parametrize("own", ["logo", "catalogue", "table"])
def test_what_the_state_does_not_see_is_not_remembered(case: Case, own: str) -> None:
    folder, firm = case.work.folder, case.work.firm
    assert firm
    kept = {path: path.read_bytes() for path in (folder / "client.yaml", firm / "gbtool.yaml")}
    if own == "logo":  # written so that only YAML understands it
        (firm / "gbtool.yaml").write_text('name: 示例咨询\nlogo: "\\u6807\\u5fd7.png"\n', "utf-8")
    elif own == "catalogue":
        catalogued(folder)
    else:
        (folder / "证据").mkdir()
        shutil.copy(folder / "roster.csv", folder / "证据")
        text = (folder / "client.yaml").read_text("utf-8")
        (folder / "client.yaml").write_text(text.replace(": roster.csv", ": 证据/roster.csv"), "utf-8")
    for _ in range(2):
        assert not case.at_once()
    for path, data in kept.items():
        path.write_bytes(data)
    for name in ("templates", "证据"):
        shutil.rmtree(folder / name, ignore_errors=True)
    assert case.settles()


def test_a_text_with_the_sign_of_the_hole_is_refused(case: Case) -> None:
    found = case.told()
    assert isinstance(found, Generation)
    with pytest.raises(ValueError, match="\0"):
        retold.packed(replace(found.made[0], title="a\0b"), "LW")
    assert retold.unpacked(retold.packed(found.made[0], "LW"), "LW") == found.made[0]
