"""One client, several hands: writing needs a lease, reading does not, and nobody's work is lost or merged unseen."""

import json
import pickle
import shutil
import sqlite3
from contextvars import Context
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest

from desk import Clock, said
from firm import BEGUN, RUNNING, small_firm
from gbtool.cli.options import data_folder, machine, now
from gbtool.commands import team
from gbtool.commands.portfolio.tasks import Task, Verb, perform
from gbtool.commands.workspace import workspace
from gbtool.commands.writing import lent
from gbtool.errors import FileFaults, UsageError
from gbtool.session import Session, session, sitting
from gbtool.shelf.firms import firm as firm_of
from gbtool.structs import replace

ON = ("--on", "2026-11-22")
JIA, YI = "（示例）顾问甲", "（示例）顾问乙"


@pytest.fixture
def firm(url: str, tmp_path: Path) -> Path:
    """A firm that uses leases."""
    folder = small_firm(tmp_path / "机构", RUNNING, BEGUN)
    (folder / "gbtool.yaml").write_text(f"name: （示例）晴川咨询\ndatabase: {url}\nleases: 是\n", encoding="utf-8")
    return folder


def take(client: Path, by: str, *more: str, code: int = 0) -> str:
    result = said("team", "take", "--by", by, *more, "-C", str(client), *ON, code=code)
    return result.stdout + result.stderr


def write(client: Path, code: int = 0, count: int = 1) -> str:
    """Something that goes into the ledger."""
    result = said("generate", "rec-communication", *["reg-laws"] * (count - 1), "-C", str(client), *ON, code=code)
    return result.stdout + result.stderr


def writers(client: Path) -> set[str]:
    with sqlite3.connect(client / "ledger.db") as ledger:
        return {row[0] for row in ledger.execute("SELECT who FROM history")}


def move(clock: Clock, url: str, days: int) -> None:
    """Days pass on this machine and in the database."""
    clock.moment += timedelta(days=days)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE gbtool.leases SET expires = expires - %s * interval '1 day'", [days])


def test_writing_needs_a_lease_reading_does_not(firm: Path, here: Clock) -> None:
    client = firm / RUNNING
    assert here.name
    before = sorted(path.name for path in client.iterdir())
    assert "没有拿 青屿软件" in write(client, code=1)
    assert "team take" in said("profile", "set", "company_short=青屿", "-C", str(client), code=1).stderr
    assert sorted(path.name for path in client.iterdir()) == before
    said("status", "-C", str(client), *ON)
    said("generate", "--dry-run", "-C", str(client), *ON)
    assert f"{RUNNING} 由 {JIA} 拿着" in take(client, JIA)
    write(client)
    assert writers(client) == {JIA}
    assert "没有拿 衡拓科贸" in write(firm / BEGUN, code=1)


def test_what_is_made_for_a_client_needs_its_lease_too(firm: Path, here: Clock) -> None:
    client = firm / RUNNING
    before = sorted(path.relative_to(client) for path in client.rglob("*"))
    for words in (
        ("audit", "checklist", "研发中心", *ON),
        ("review", "input", *ON),
        ("ledger", "service", "--month", "2026-10", "--save", *ON),
        ("template", "new", "appt-mr", "--for-client"),
    ):
        assert "没有拿" in said(*words, "-C", str(client), code=1).stderr, words
    assert sorted(path.relative_to(client) for path in client.rglob("*")) == before
    take(client, JIA)
    said("template", "new", "appt-mr", "--for-client", "-C", str(client))
    said("team", "release", "-C", str(client), *ON)
    seen = ("template", "check", "--seen", "appointments/appt-mr.md.j2", "-C", str(client))
    assert "没有拿" in said(*seen, code=1).stderr
    said("page", "-C", str(client), *ON)
    assert here.name


def test_other_processes_write_under_the_lease_of_this_machine(firm: Path, here: Clock) -> None:
    client = firm / RUNNING
    take(client, JIA)
    with sitting(Session(now, machine, lambda: here.folder)):
        held = lent()[str(client)]
    with sitting(Session(now, machine, data_folder)):
        pickle.dumps(session())
    task = Task(RUNNING, client, firm, Verb.GENERATE, date(2026, 11, 22), "", ("rec-communication",))
    assert "没有拿" in str(Context().run(perform, task).complaints[0])
    assert Context().run(perform, replace(task, lent=held)).counts == {"new": 1}
    assert writers(client) == {JIA}
    here.moment += timedelta(days=30)
    late = replace(held, session=Session(lambda: here.moment, machine, data_folder))
    assert "到期了" in str(Context().run(perform, replace(task, ids=("reg-laws",), lent=late)).complaints[0])


def test_a_client_that_cannot_be_read_is_not_given_back(firm: Path, here: Clock) -> None:
    client = firm / RUNNING
    take(client, JIA)
    text = (client / "client.yaml").read_text(encoding="utf-8")
    (client / "client.yaml").write_text("company_name: [\n", encoding="utf-8")
    assert f"{RUNNING}/client.yaml" in said("team", "release", "-C", str(client), *ON, code=3).stderr
    assert here.name
    (client / "client.yaml").write_text(text, encoding="utf-8")
    told = json.loads(said("team", "release", "-C", str(client), *ON, "--json").stdout)
    assert (told["running"], told["published"]["written"]) == (True, [RUNNING])


def test_a_client_is_held_by_one(firm: Path, here: Clock, tmp_path: Path) -> None:
    client = firm / RUNNING
    take(client, JIA, "--days", "3")
    here.name, here.folder = "机器二", tmp_path / "本机二"
    refused = take(client, YI, code=1)
    assert f"由 {JIA} 在做（机器一）" in refused
    assert "没有拿" in write(client, code=1)
    rows = json.loads(said("team", "who", "-C", str(firm), "--json").stdout)
    assert [(row["client"], row["holder"], row["place"], row["running"], row["here"]) for row in rows] == [
        (RUNNING, JIA, "机器一", True, False)
    ]
    assert JIA in said("team", "who", "-C", str(firm)).stdout
    assert "没有拿着" in said("team", "release", "-C", str(client), *ON, code=1).stderr


def test_releasing_publishes_and_lets_others_take(firm: Path, here: Clock, tmp_path: Path, url: str) -> None:
    client = firm / RUNNING
    take(client, JIA)
    write(client)
    told = said("team", "release", "-C", str(client), *ON).stdout
    assert f"已发布：{RUNNING}" in told
    assert "放开了" in told
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT who FROM gbtool.writes").fetchall() == [(JIA,)]
    assert "没有人拿着" in said("team", "who", "-C", str(firm)).stdout
    here.name, here.folder = "机器二", tmp_path / "本机二"
    take(client, YI)
    (client / "templates").mkdir()
    write(client, count=2)
    assert writers(client) == {JIA, YI}


def test_work_goes_on_offline_until_the_lease_ends(firm: Path, here: Clock) -> None:
    client = firm / RUNNING
    take(client, JIA, "--days", "2")
    text = (firm / "gbtool.yaml").read_text(encoding="utf-8")
    away = text.replace("127.0.0.1", "127.0.0.2").replace("postgres\n", "none\n")
    (firm / "gbtool.yaml").write_text(away, encoding="utf-8")
    write(client)
    assert "数据库" in said("team", "release", "-C", str(client), *ON, code=3).stderr
    here.moment += timedelta(days=3)
    assert "到期了" in write(client, code=1, count=2)
    (firm / "gbtool.yaml").write_text(text, encoding="utf-8")
    told = take(client, JIA)
    assert f"已发布：{RUNNING}" in told
    assert "在这以前到期了" in told
    write(client, count=2)


def test_a_lease_that_ran_out_is_reported_and_nothing_is_merged(
    firm: Path, here: Clock, tmp_path: Path, url: str
) -> None:
    mine = firm / RUNNING
    take(mine, JIA, "--days", "2")
    write(mine)
    other_firm = tmp_path / "另一台" / "机构"
    shutil.copytree(firm, other_firm)
    move(here, url, 3)
    one = (here.name, here.folder)
    here.name, here.folder = "机器二", tmp_path / "本机二"
    theirs = other_firm / RUNNING
    take(theirs, YI)
    write(theirs, count=2)
    said("profile", "set", "company_short=青屿乙", "-C", str(theirs))
    here.name, here.folder = one
    refused = take(mine, JIA, code=1)
    assert f"由 {YI} 在做（机器二）" in refused
    assert "没有并到一起" in refused
    found = json.loads(said("portfolio", "publish", "-C", str(firm), *ON, "--json").stdout)
    assert [(each["path"], each["holder"]) for each in found["held"]] == [(RUNNING, YI)]
    here.name, here.folder = "机器二", tmp_path / "本机二"
    said("team", "release", "-C", str(theirs), *ON)
    here.name, here.folder = one
    apart = take(mine, JIA, code=1)
    assert f"{YI} " in apart
    assert "不会自动并到一起" in apart
    published = said("portfolio", "publish", "-C", str(firm), *ON)
    assert f"没有发布 {RUNNING}" in published.stdout
    assert "不在这个机构文件夹" not in published.stdout
    assert writers(mine) == {JIA}


def test_a_lease_that_ran_out_before_the_release_is_said(firm: Path, here: Clock, url: str) -> None:
    client = firm / RUNNING
    take(client, JIA, "--days", "2")
    move(here, url, 3)
    assert "已经到期" in said("team", "release", "-C", str(client), *ON).stdout
    take(client, JIA, "--days", "9")
    write(client)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DELETE FROM gbtool.leases")
    assert here.name
    assert "已经到期" in said("team", "release", "-C", str(client), *ON).stdout
    assert json.loads(said("team", "who", "-C", str(firm), "--json").stdout) == []


def test_the_file_of_leases_may_be_lost_or_broken(firm: Path, here: Clock) -> None:
    client = firm / RUNNING
    take(client, JIA)
    (here.folder / "leases.json").write_text("[{", encoding="utf-8")
    assert "没有拿" in write(client, code=1)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("database: mysql://x\n", "不是数据库地址"),
        ("database: postgresql://a:secret@x/y\n", "不写密码"),
        ("leases: 也许\n", "应当是 是 或 否"),
        ("leases: 是\n", "要有 database"),
    ],
)
def test_what_gbtool_yaml_must_not_say(text: str, what: str, tmp_path: Path) -> None:
    folder = small_firm(tmp_path / "机构", BEGUN)
    (folder / "gbtool.yaml").write_text(f"name: 甲\n{text}", encoding="utf-8")
    with pytest.raises(FileFaults, match=what):
        firm_of(folder)


def test_without_a_firm_there_is_nothing_to_take(tmp_path: Path, here: Clock) -> None:
    assert here.name
    folder = small_firm(tmp_path / "机构", BEGUN)
    assert "没有写数据库" in take(folder / BEGUN, JIA, code=2)
    (folder / "gbtool.yaml").unlink()
    assert "不在机构文件夹里" in take(folder / BEGUN, JIA, code=2)
    (folder / "gbtool.yaml").write_text("name: 甲\n", encoding="utf-8")
    sits = Session(lambda: here.moment, lambda: "机", lambda: tmp_path)
    with sitting(sits), pytest.raises(UsageError, match="没有写谁"):
        team.take(workspace(folder / BEGUN), " ", 3, here.moment.date(), "postgresql://x/y")
