"""check on the terminal: files by name, all clients, commented copies, exit codes; and it stands before issue."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engagement import Demo
from gbtool.cli.app import app
from office import docx, p, put

RUN = CliRunner()
LEAK = docx(p("由成都青屿软件有限公司负责"))
ON = ("--on", "2026-09-22")


@pytest.fixture
def client(demonstrated: Demo, tmp_path: Path) -> Path:
    """The manufacturer in a copy of the firm."""
    return Path(shutil.copytree(demonstrated.folder, tmp_path / "机构")) / "岚湾流控"


@pytest.fixture
def thin(thin_firm: Path) -> Path:
    """The manufacturer in a firm whose clients have systems alone."""
    return thin_firm / "岚湾流控"


def check(*words: str) -> Result:
    """`gbtool check`."""
    return RUN.invoke(app, ["check", *words, *ON])


def test_a_clean_client_is_clean(client: Path) -> None:
    result = check("-C", str(client))
    assert (result.exit_code, "没有发现矛盾。" in result.stdout) == (0, True)


def test_a_leak_is_an_error_with_its_place(thin: Path) -> None:
    path = put(thin, "文件/外来.docx", LEAK)
    for words in ((), (str(path),), (str(path.parent),)):
        result = check(*words, "-C", str(thin))
        assert result.exit_code == 1
        assert "错误　CN-01 主体名称唯一" in result.stdout
        assert "文件/外来.docx 第1段：由〖成都青屿软件有限公司〗负责" in result.stdout


def test_json_of_files_has_the_same_shape(thin: Path) -> None:
    path = put(thin, "文件/外来.docx", LEAK)
    found = json.loads(check(str(path), "-C", str(thin), "--json").stdout)
    assert found["verdict"] == "contradictory"
    (finding,) = found["findings"]
    assert set(finding) == {"rule", "severity", "document", "path", "place", "message", "fix", "waived"}
    assert finding["path"] == "文件/外来.docx"


def test_all_clients_are_told_one_by_one(thin: Path) -> None:
    put(thin, "文件/外来.docx", LEAK)
    result = check("--all-clients", "-C", str(thin.parent))
    assert result.exit_code == 1
    assert "成都青屿软件有限公司　" in result.stdout
    assert "错误 1 条" in result.stdout
    found = json.loads(check("--all-clients", "-C", str(thin), "--json").stdout)
    assert found["verdict"] == "contradictory"
    assert {each["client"]: each["verdict"] for each in found["clients"]} == {
        "岚湾流控": "contradictory",
        "青屿软件": "clean",
        "衡拓科贸": "clean",
    }
    assert {each["client"] for each in found["findings"] if each["severity"] == "error"} == {"岚湾流控"}


def test_a_client_that_cannot_be_read_is_told_among_all(thin: Path) -> None:
    (thin.parent / "青屿软件" / "client.yaml").write_text("a: [", "utf-8")
    result = check("--all-clients", "-C", str(thin.parent))
    assert result.exit_code == 3
    assert "青屿软件　资料读不出，没有查" in result.stdout
    assert json.loads(check("--all-clients", "-C", str(thin), "--json").stdout)["verdict"] == "unreadable"


def test_words_that_do_not_go_together_are_refused(thin: Path) -> None:
    assert check("--all-clients", "--annotate", "-C", str(thin)).exit_code == 2
    assert check("没有这个", "-C", str(thin)).exit_code == 2
    assert check("--all-clients", "-C", str(thin.parent.parent)).exit_code == 2


def test_a_commented_copy_is_named(thin: Path) -> None:
    put(thin, "文件/外来.docx", LEAK)
    result = check("--annotate", "-C", str(thin))
    assert "批注副本：输出/检查/文件/外来.docx" in result.stdout
    assert (thin / "输出/检查/文件/外来.docx").is_file()
    again = check("-C", str(thin))
    assert again.stdout.count("CN-01") == 1


def test_what_says_another_clients_name_is_not_issued(client: Path) -> None:
    path = next(client.rglob("*RM-03*.docx"))
    path.write_bytes(LEAK)
    day = ("--approved", "2026-03-20", "--issued", "2026-03-20", "--effective", "2026-03-20", *ON)
    result = RUN.invoke(app, ["issue", "appt-mr", "--approved-by", "周屿川", *day, "-C", str(client)])
    assert result.exit_code in (0, 1)
    fresh = ("sys-reward",)
    target = next(client.rglob("*ZD-04*.docx"))
    target.write_bytes(LEAK)
    withdrawn = RUN.invoke(app, ["issue", *fresh, "--withdraw", "-C", str(client), *ON])
    assert withdrawn.exit_code == 0
    refused = RUN.invoke(app, ["issue", *fresh, "--approved-by", "周屿川", *day, "-C", str(client)])
    assert refused.exit_code == 1
    assert "CN-01" in refused.stderr
    assert "青屿软件" in refused.stderr


def test_likeness_is_a_table_and_numbers(thin: Path) -> None:
    shown = check("--likeness", "sys-reward", "-C", str(thin))
    assert shown.exit_code == 0, shown.stderr
    assert "模板外同别家" in shown.stdout
    assert "整套" in shown.stdout
    found = json.loads(check("--likeness", "sys-reward", "-C", str(thin), "--json").stdout)["likeness"]
    assert set(found) == {"compared", "set", "documents"}
    (row,) = found["documents"]
    assert 0 < row["template"] < row["others"] < 1
    assert row["copied"] == 0
