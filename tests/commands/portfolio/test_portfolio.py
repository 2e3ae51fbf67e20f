"""All clients of a firm: what is shown is what the folders say, whatever the index says."""

import os
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from engagement import Demo
from firm import BEGUN, RUNNING, SPOILED, small_firm
from gbtool.commands.gather import gather
from gbtool.commands.ledger.due import due as due_of
from gbtool.commands.portfolio import index, inputs, standing, views
from gbtool.commands.portfolio.standing import Portfolio, Request, portfolio
from gbtool.commands.portfolio.views import Wanted, chosen
from gbtool.commands.readiness import readiness
from gbtool.commands.workspace import workspace
from gbtool.errors import Refused, UsageError
from gbtool.model.finding import Verdict
from gbtool.model.portfolio import Standing
from gbtool.rules.deadlines.listing import every
from gbtool.rules.progress import stage
from gbtool.workers import processes
from gbtool.workers.run import Lost

DAY = date(2026, 11, 22)
Tree = dict[str, tuple[int, int, bytes]]


def tree(folder: Path) -> Tree:
    """Every file with its size, time and content."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(p): (p.stat().st_size, p.stat().st_mtime_ns, p.read_bytes()) for p in files}


def of(found: Portfolio, path: str) -> Standing:
    return next(each for each in found.clients if each.path == path)


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    return small_firm(tmp_path / "机构")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_a_line_says_what_the_other_commands_say(demonstrated: Demo, cache: Path) -> None:
    found = portfolio(demonstrated.folder, DAY, Request(cache))
    assert [each.path for each in found.clients] == sorted(path.name for path in demonstrated.folder.glob("*/"))
    for each in found.clients:
        work = workspace(demonstrated.folder / each.path)
        facts, report = gather(work, DAY), readiness(work, DAY)
        assert (each.verdict, each.earliest, each.stage) == (report.verdict, report.earliest, stage(facts).value)
        assert (each.effective, each.name) == (facts.effective, facts.client.name)
        failed = {r.rule for r in report.results if r.blocks and r.status.value in ("failed", "not_assessed")}
        assert {reason.rule for reason in each.reasons} == failed
        for days in (0, 30, 200):
            listed = due_of(work.folder, DAY, days).listing.items
            mine = [d for d in each.coming(DAY + timedelta(days=days)) if d.law]
            assert {(d.right, d.what, d.days(DAY)) for d in mine} == {(i.right, i.what, i.days(DAY)) for i in listed}


def test_nothing_is_written_and_the_broken_one_is_named(firm: Path, cache: Path) -> None:
    before = tree(firm)
    found = portfolio(firm / RUNNING, DAY, Request(cache))
    assert tree(firm) == before
    assert [each.path for each in found.clients] == [BEGUN, RUNNING]
    assert [(each.path, str(each.named()[0]).split("：")[0]) for each in found.broken] == [
        (SPOILED, f"{SPOILED}/client.yaml:2")
    ]
    assert of(found, RUNNING).consultant == "（示例）顾问甲"


def test_the_second_time_only_the_broken_one_is_read_and_all_is_the_same(firm: Path, cache: Path) -> None:
    first = portfolio(firm, DAY, Request(cache))
    second = portfolio(firm, DAY, Request(cache))
    assert (first.anew, second.anew) == (3, 1)
    assert second.clients == first.clients
    assert portfolio(firm, DAY, Request(cache, rebuild=True)).anew == 3
    assert portfolio(firm, DAY, Request(cache)).anew == 1
    assert portfolio(firm, DAY, Request(None)).clients == first.clients
    assert portfolio(firm, DAY + timedelta(days=1), Request(cache)).anew == 3
    assert portfolio(firm, DAY, Request(cache, days=800)).anew == 3


def same_size_and_time(path: Path, old: str, new: str) -> None:
    """A change that leaves neither size nor time behind."""
    state, text = path.stat(), path.read_text(encoding="utf-8")
    assert old in text
    assert len(old.encode()) == len(new.encode())
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_a_client_that_changed_shows_the_truth(firm: Path, cache: Path) -> None:
    portfolio(firm, DAY, Request(cache))
    same_size_and_time(firm / BEGUN / "client.yaml", "（示例）顾问丙", "（示例）顾问丁")
    found = portfolio(firm, DAY, Request(cache))
    assert of(found, BEGUN).consultant == "（示例）顾问丁"
    assert found.anew == 2
    table = firm / RUNNING / "roster.csv"
    table.unlink()
    assert {each.path for each in portfolio(firm, DAY, Request(cache)).broken} == {SPOILED, RUNNING}


@pytest.mark.parametrize(
    "tamper",
    [
        lambda data: data.replace(b'"verdict":"not_ready"', b'"verdict":"ready"'),
        lambda data: data.replace(b'"verdict":"not_assessed"', b'"verdict":"ready"'),
        lambda data: data[: len(data) // 2],
        lambda _: b"\xff\x00 nothing",
        lambda _: b"".join(line + b"\n" for line in (forged(b'"x" y\t{}'), forged(b"\xff"))),
    ],
)
def test_an_index_that_was_tampered_with_is_not_believed(tamper: object, firm: Path, cache: Path) -> None:
    first = portfolio(firm, DAY, Request(cache))
    (path,) = (cache / "portfolio").glob("*.txt")
    assert callable(tamper)
    path.write_bytes(tamper(path.read_bytes()))
    assert portfolio(firm, DAY, Request(cache)).clients == first.clients


def forged(rest: bytes) -> bytes:
    """A line with a checksum that is right."""
    return index._sum(rest) + b" " + rest


def test_a_line_of_another_shape_is_no_line(firm: Path, cache: Path) -> None:
    first = portfolio(firm, DAY, Request(cache))
    (path,) = (cache / "portfolio").glob("*.txt")
    heads = [line.split(b" ", 1)[1].split(b"\t")[0] for line in path.read_bytes().split(b"\n")]
    path.write_bytes(b"\n".join(forged(head + b'\t{"due": 3}') for head in heads))
    assert portfolio(firm, DAY, Request(cache)).clients == first.clients


def test_only_a_few_indexes_are_kept_and_all_can_be_forgotten(firm: Path, cache: Path) -> None:
    for number in range(5):
        portfolio(firm, DAY + timedelta(days=number), Request(cache))
    assert len(list((cache / "portfolio").iterdir())) == 3
    index.drop(cache, firm.resolve())
    assert list((cache / "portfolio").iterdir()) == []
    index.drop(None, firm)


def test_a_cache_that_refuses_is_no_obstacle(firm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert len(portfolio(firm, DAY, Request(tmp_path / "file")).clients) == 2

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", refuse)
    assert len(portfolio(firm, DAY, Request(tmp_path / "cache")).clients) == 2
    assert list((tmp_path / "cache" / "portfolio").iterdir()) == []


def test_what_is_stamped(firm: Path) -> None:
    client, day = firm / BEGUN, DAY
    stamp = inputs.stamp(client, b"")
    for folder in ("证据", "输出"):
        (client / folder).mkdir()
        (client / folder / "x").write_text("x", encoding="utf-8")
    assert inputs.stamp(client, b"") == stamp
    (client / "文件" / "手册").mkdir(parents=True)
    (client / "文件" / "手册" / "甲.docx").write_bytes(b"")
    written = inputs.stamp(client, b"")
    assert written != stamp
    (client / "文件" / "手册" / "甲.docx").write_bytes(b"edited")
    assert inputs.stamp(client, b"") == written
    ledger = sqlite3.connect(client / "ledger.db")
    with ledger:
        ledger.execute("CREATE TABLE a (b)")
    first, state = inputs.stamp(client, b""), (client / "ledger.db").stat()
    with ledger:
        ledger.execute("INSERT INTO a VALUES (1)")
    ledger.close()
    os.utime(client / "ledger.db", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert inputs.stamp(client, b"") not in (first, written)
    assert inputs.ground(firm, day, 1) != inputs.ground(firm, day, 2)
    before = inputs.ground(firm, day, 1)
    (firm / "checklists").mkdir()
    (firm / "checklists" / "dates.yaml").write_text("{}", encoding="utf-8")
    assert inputs.ground(firm, day, 1) != before


def test_what_cannot_be_stamped_is_read_every_time(firm: Path, cache: Path) -> None:
    inner = firm / "分部"
    small_firm(inner, "另一家")
    (inner / "空").mkdir()
    (firm / BEGUN / "templates").symlink_to(inner / "空", target_is_directory=True)
    deep = firm / RUNNING / Path(*"abcdefgh")
    deep.mkdir(parents=True)
    for _ in range(2):
        found = portfolio(firm, DAY, Request(cache))
        assert (found.anew, len(found.clients)) == (4, 3)


def test_many_are_read_by_several_processes(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = portfolio(firm, DAY, Request())
    monkeypatch.setattr(standing, "ALONE", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert portfolio(firm, DAY, Request()) == alone

    def forbidden(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(processes, "ProcessPoolExecutor", forbidden)
    assert portfolio(firm, DAY, Request()) == alone
    monkeypatch.setattr(standing, "run", lambda _, jobs, __: ((n, Lost("没了")) for n in range(len(jobs))))
    assert portfolio(firm, DAY, Request()) == alone


def test_a_folder_that_refuses_is_named(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("gbtool.commands.portfolio.looking.gather", refuse)
    found = portfolio(firm, DAY, Request())
    assert [str(each.named()[0]) for each in found.broken][:1] == [f"{BEGUN}：读不出（没有权限）"]


def test_a_place_without_firm_or_clients_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gbtool\.yaml"):
        portfolio(tmp_path, DAY, Request())
    (tmp_path / "gbtool.yaml").write_text("name: 甲\n", encoding="utf-8")
    with pytest.raises(UsageError, match="没有客户文件夹"):
        portfolio(tmp_path, DAY, Request())


def test_filters_and_orders(demonstrated: Demo) -> None:
    found = portfolio(demonstrated.folder, DAY, Request())
    by = {
        sort: [each.path for each in chosen(found, Wanted(sort=sort)).clients]
        for sort in ("urgency", "days", "stage", "consultant", "name")
    }
    assert by["urgency"] == ["岚湾流控", "青屿软件", "衡拓科贸"]
    assert by["days"] == ["岚湾流控", "青屿软件", "衡拓科贸"]
    assert by["stage"] == ["衡拓科贸", "青屿软件", "岚湾流控"]
    assert by["consultant"][0] == "衡拓科贸"
    assert sorted(by["name"]) == sorted(by["days"])
    assert [e.path for e in chosen(found, Wanted(consultant="顾问乙")).clients] == ["岚湾流控"]
    assert [e.path for e in chosen(found, Wanted(stage="运行")).clients] == ["青屿软件"]
    assert chosen(found, Wanted(verdict="就绪")).clients == ()
    assert len(chosen(found, Wanted(verdict=Verdict.NOT_READY.value)).clients) == 3
    for wanted in (Wanted(stage="跑"), Wanted(verdict="好"), Wanted(sort="x")):
        with pytest.raises(UsageError):
            chosen(found, wanted)


def test_one_calendar_of_all(demonstrated: Demo, tmp_path: Path) -> None:
    found = portfolio(demonstrated.folder, DAY, Request())
    target = tmp_path / "期限.ics"
    count = views.write_calendar(found, target, 366)
    first = target.read_bytes()
    assert views.write_calendar(found, target, 366) == count
    assert target.read_bytes() == first
    events = Calendar.from_ical(first).walk("VEVENT")
    assert len(events) == count
    rights = {
        (item.act_by, item.right)
        for each in found.clients
        for item in every(gather(workspace(demonstrated.folder / each.path), DAY), 366)
        if item.state(DAY).value != "逾期" and (item.opens or item.act_by) <= DAY + timedelta(days=366)
    }
    shown = {(event.decoded("dtstart"), str(event["summary"])) for event in events}
    assert all(any(day == on and right in text for on, text in shown) for day, right in rights)
    assert any("运行满3个月" in text for _, text in shown)
    target.write_text("别人的", encoding="utf-8")
    with pytest.raises(Refused):
        views.write_calendar(found, target, 366)
    with pytest.raises(UsageError):
        views.write_calendar(found, tmp_path / "期限.txt", 366)


def test_a_client_inside_another_folder_has_its_path(firm: Path) -> None:
    (firm / "2026").mkdir()
    shutil.move(firm / BEGUN, firm / "2026" / BEGUN)
    assert f"2026/{BEGUN}" in [each.path for each in portfolio(firm, DAY, Request()).clients]
