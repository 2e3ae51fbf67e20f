"""The firm's database: what the folders say, each consultant her own, the last complete state whatever breaks."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

import database
from desk import said
from firm import BEGUN, RUNNING, SPOILED, small_firm
from gbtool.commands.portfolio.publish import Request, publish
from gbtool.commands.readiness import readiness
from gbtool.commands.workspace import workspace
from gbtool.errors import UsageError
from gbtool.server import connecting, publishing
from gbtool.server.connecting import DatabaseTrouble, connected, prepare

DAY = date(2026, 11, 22)
ON = ("--on", "2026-11-22")
READS = ("客户一览", "到期", "没有就绪的原因", "阶段", "权利", "文件", "谁写了什么")


def rows(url: str, query: str, values: tuple[str, ...] = (), login: str = "boss") -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("boss@", f"{login}@")) as connection:
        return list(connection.execute(query, values))


def of_each(url: str, names: Iterable[str], login: str) -> dict[str, list[dict[str, object]]]:
    """Every row of some tables and views as one of the logins reads them."""
    with psycopg.connect(url.replace("boss@", f"{login}@"), row_factory=dict_row) as connection:
        return {
            name: list(connection.execute(sql.SQL("SELECT * FROM gbtool.{}").format(sql.Identifier(name))))
            for name in names
        }


@pytest.mark.usefixtures("here")
def test_what_the_folders_say_stands_in_the_database(url: str, tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构")
    told = said("portfolio", "publish", url, "--by", "（示例）顾问甲", "-C", str(firm), *ON, code=3)
    assert "写了 2 家，没有变化的 0 家" in told.stdout
    assert f"{SPOILED}/client.yaml:2" in told.stderr
    report = readiness(workspace(firm / RUNNING), DAY)
    found = rows(url, "SELECT verdict, earliest, published_by FROM gbtool.clients WHERE path = %s", (RUNNING,))
    assert found == [(report.verdict.value, report.earliest, "（示例）顾问甲")]
    failed = {r.rule for r in report.results if r.blocks and r.status.value in ("failed", "not_assessed")}
    assert {each[0] for each in rows(url, "SELECT rule FROM gbtool.findings WHERE client = %s", (RUNNING,))} == failed
    assert rows(url, "SELECT count(*) FROM gbtool.rights WHERE client = %s", (RUNNING,))[0][0]
    again = json.loads(said("portfolio", "publish", url, "-C", str(firm), *ON, "--json", code=3).stdout)
    assert (again["written"], again["same"]) == ([], [BEGUN, RUNNING])


def test_only_what_changed_is_written_and_what_went_is_told(url: str, tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", RUNNING, BEGUN)
    assert publish(firm, DAY, Request(url)).done.written == (BEGUN, RUNNING)
    assert publish(firm, DAY, Request(url)).done.same == (BEGUN, RUNNING)
    text = (firm / BEGUN / "client.yaml").read_text(encoding="utf-8")
    (firm / BEGUN / "client.yaml").write_text(text.replace("（示例）顾问丙", "（示例）顾问丁"), encoding="utf-8")
    assert publish(firm, DAY, Request(url)).done.written == (BEGUN,)
    assert rows(url, "SELECT consultant FROM gbtool.clients WHERE path = %s", (BEGUN,)) == [("（示例）顾问丁",)]
    shutil.rmtree(firm / RUNNING)
    assert publish(firm, DAY, Request(url)).done.others == (RUNNING,)
    assert "去掉了 1 家" in said("portfolio", "publish", url, "--remove", RUNNING, "-C", str(firm), *ON).stdout
    assert rows(url, "SELECT count(*) FROM gbtool.rights WHERE client = %s", (RUNNING,)) == [(0,)]


def test_texts_of_clients_go_through_exactly(url: str, tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", BEGUN)
    name = "A\\tB'; DROP TABLE gbtool.clients; --\t\"&<{{ }}𠮷\n二"
    text = (firm / BEGUN / "client.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("company_name:")]
    (firm / BEGUN / "client.yaml").write_text(
        "\n".join([f"company_name: {json.dumps(name, ensure_ascii=False)}", *lines]), encoding="utf-8"
    )
    publish(firm, DAY, Request(url))
    assert rows(url, "SELECT name FROM gbtool.clients") == [(name,)]


def test_a_consultant_sees_her_clients_and_a_partner_all(url: str, tmp_path: Path) -> None:
    firm = small_firm(tmp_path / "机构", RUNNING, BEGUN)
    publish(firm, DAY, Request(url))
    with psycopg.connect(url, autocommit=True) as connection:
        for login in ("jia", "partner", "stranger"):
            connection.execute(f"DROP ROLE IF EXISTS {login}")
            connection.execute(f"CREATE ROLE {login} LOGIN")
    said("portfolio", "member", "jia", url, "--name", "（示例）顾问甲", "-C", str(firm))
    said("portfolio", "member", "partner", url, "--name", "（示例）合伙人", "--partner", "-C", str(firm))
    assert len(of_each(url, READS, "partner")["客户一览"]) == 2
    mine = of_each(url, READS, "jia")
    assert {row["文件夹"] for found in mine.values() for row in found} == {RUNNING}
    assert mine["没有就绪的原因"]
    tables = of_each(url, publishing.COLUMNS, "jia")
    assert {row.get("client", row.get("path")) for found in tables.values() for row in found} == {RUNNING}
    assert len(of_each(url, ["clients"], "partner")["clients"]) == 2
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(url, "SELECT path FROM gbtool.clients", login="stranger")
    with pytest.raises(DatabaseTrouble, match="数据库不许"):
        publishing.remove(url.replace("boss@", "jia@"), [RUNNING])
    said("portfolio", "member", "jia", url, "--name", "（示例）顾问甲", "--writes", "-C", str(firm))
    shutil.rmtree(firm / BEGUN)
    found = publish(firm, DAY, Request(url.replace("boss@", "jia@")))
    assert (found.done.same, found.done.others) == ((RUNNING,), ())
    _written_by_herself(firm, url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA gbtool CASCADE")
        connection.execute("DROP ROLE jia, partner, stranger")
    with pytest.raises(DatabaseTrouble, match="不接受"):
        publishing.admit(url, publishing.Member("nobody_of_this_name", "甲"))


def _written_by_herself(firm: Path, url: str) -> None:
    """A consultant writes what is hers and nothing else, and no longer when she may not."""
    hers = url.replace("boss@", "jia@")
    client = firm / RUNNING / "client.yaml"
    client.write_text(client.read_text(encoding="utf-8").replace("青屿软件有限公司", "青屿新名"), encoding="utf-8")
    shutil.copytree(firm / RUNNING, firm / BEGUN)
    other = (firm / BEGUN / "client.yaml").read_text(encoding="utf-8").replace("（示例）顾问甲", "（示例）顾问丙")
    (firm / BEGUN / "client.yaml").write_text(other, encoding="utf-8")
    told = said("portfolio", "publish", hers, "-C", str(firm), *ON).stdout
    assert "写了 1 家" in told
    assert f"没有发布 1 家，这个登录不负责，也不在组里：{BEGUN}" in told
    assert rows(url, "SELECT name FROM gbtool.clients WHERE path = %s", (RUNNING,)) == [("成都青屿新名",)]
    assert rows(url, "SELECT count(*) FROM gbtool.rights WHERE client = %s", (RUNNING,))[0][0]
    for statement in ("INSERT INTO gbtool.about VALUES (99)", "UPDATE gbtool.people SET partner = true"):
        with (
            psycopg.connect(hers) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)
    said("portfolio", "member", "jia", url, "--name", "（示例）顾问甲", "-C", str(firm))
    assert "数据库不许" in said("portfolio", "publish", hers, "-C", str(firm), "--remove", RUNNING, *ON, code=3).stderr


def test_a_connection_that_breaks_leaves_the_last_state(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm = small_firm(tmp_path / "机构", RUNNING, BEGUN)
    publish(firm, DAY, Request(url))
    before = rows(url, "SELECT * FROM gbtool.deadlines ORDER BY 1, 2, 3")
    for each in (RUNNING, BEGUN):
        text = (firm / each / "client.yaml").read_text(encoding="utf-8")
        (firm / each / "client.yaml").write_text(text.replace("（示例）顾问", "（示例）别人"), encoding="utf-8")
    copy = publishing._copy

    def cut(cursor: object, table: str, *rest: object) -> None:
        if table == "rights":
            with psycopg.connect(url, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'gbtool' AND pid <> pg_backend_pid()"
                )
        copy(cursor, table, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "_copy", cut)
    with pytest.raises(DatabaseTrouble, match="中途断了"):
        publish(firm, DAY, Request(url))
    assert rows(url, "SELECT * FROM gbtool.deadlines ORDER BY 1, 2, 3") == before
    assert all("别人" not in str(row[0]) for row in rows(url, "SELECT consultant FROM gbtool.clients"))
    monkeypatch.undo()
    assert len(publish(firm, DAY, Request(url)).done.written) == 2


def test_addresses_that_lead_nowhere(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = small_firm(tmp_path / "机构", BEGUN)
    with pytest.raises(UsageError, match="没有写数据库"):
        publish(firm, DAY, Request())
    with pytest.raises(UsageError, match="不是数据库地址"):
        publish(firm, DAY, Request("mysql://x"))
    monkeypatch.setattr(connecting, "_PATIENCE", 2)
    with pytest.raises(DatabaseTrouble, match="连不上"):
        publish(firm, DAY, Request("postgresql://boss@127.0.0.1:9/x"))
    with connected(url) as connection:
        prepare(connection)
        connection.execute("UPDATE gbtool.about SET version = 99")
    with pytest.raises(UsageError, match="更新的 gbtool"):
        publish(firm, DAY, Request(url))
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match="psycopg"):
        publish(firm, DAY, Request(url))


def test_the_views_can_be_read_by_the_database_s_own_tool(url: str, tmp_path: Path) -> None:
    binaries = database.programs()
    firm = small_firm(tmp_path / "机构", RUNNING)
    publish(firm, DAY, Request(url))
    publishing.admit(url, publishing.Member("boss", "（示例）合伙人", partner=True))
    assert binaries
    told = subprocess.run(
        [str(binaries / "psql"), url, "-A", "-c", 'SELECT "简称", "结论" FROM gbtool."客户一览"'],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert "青屿" in told.stdout
