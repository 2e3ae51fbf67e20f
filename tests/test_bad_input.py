"""Bad input of every kind: a clear Chinese sentence with its place, exit code 3 or 2, and an unchanged folder."""

import errno
import hashlib
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from engagement import EXAMPLES
from gbtool.cli.app import app

RUN = CliRunner()
STRANGE = "甲&乙<丙>\"丁\"'戊'/己\\庚:辛*壬?{{ 7*7 }}{% raw %}../𠮷=cmd"


def run(*words: str) -> Result:
    """A command, whatever becomes of it."""
    return RUN.invoke(app, list(words))


def tree(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its content."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A client's folder with a few documents and a ledger."""
    folder = tmp_path / "客户"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    assert run("generate", "appt-mr", "rec-scope", "-C", str(folder)).exit_code == 0
    return folder


def spoil(old: str, new: str) -> Callable[[Path], None]:
    """A change of client.yaml."""

    def change(folder: Path) -> None:
        path = folder / "client.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def as_gb18030(folder: Path) -> None:
    """client.yaml in another encoding."""
    path = folder / "client.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))


def newer(folder: Path) -> None:
    """A ledger of a gbtool that is not there yet."""
    with sqlite3.connect(folder / "ledger.db") as ledger:
        ledger.execute("PRAGMA user_version = 999")
    ledger.close()


def damaged(folder: Path) -> None:
    """A ledger that is none."""
    (folder / "ledger.db").write_bytes(b"not a database" * 100)


SPOILED: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "wrong YAML": (spoil("company_code: LW", "company_code: [LW"), ("client.yaml:", "不是合法的 YAML")),
    "unknown key": (spoil("company_code: LW", "compny_code: LW"), ("client.yaml:5", "不认识", "company_code")),
    "wrong type": (spoil("employee_count: 186", "employee_count: 很多"), ("client.yaml:", "employee_count")),
    "no such date": (spoil("'2012-06-18'", "'2012-02-30'"), ("client.yaml:", "2012-02-30")),
    "double key": (spoil("company_code: LW", "company_code: LW\ncompany_code: LX"), ("client.yaml:6", "写了两次")),
    "check digit": (spoil("91500109MA0XDEM14Q", "91500109MA0XDEM14A"), ("client.yaml:", "校验位")),
    "GB18030": (as_gb18030, ("client.yaml:", "GB18030", "另存为 UTF-8")),
    "missing table": (lambda folder: (folder / "roster.csv").unlink(), ("roster.csv", "读不出文件")),
    "newer ledger": (newer, ("ledger.db", "更新的 gbtool", "升级")),
    "damaged ledger": (damaged, ("ledger.db",)),
}


@pytest.mark.parametrize("name", SPOILED)
@pytest.mark.parametrize("verb", [("generate",), ("status",), ("check",), ("period",), ("readiness",)])
def test_a_spoiled_folder_is_named_and_left_alone(name: str, verb: tuple[str, ...], client: Path) -> None:
    change, words = SPOILED[name]
    change(client)
    before = tree(client)
    result = run(*verb, "-C", str(client))
    assert result.exit_code == 3, (result.stdout, result.stderr, result.exception)
    assert all(word in result.stderr for word in words), result.stderr
    assert tree(client) == before


def test_several_faults_come_at_once(client: Path) -> None:
    spoil("company_code: LW", "compny_code: LW")(client)
    spoil("'2012-06-18'", "'2012-02-30'")(client)
    spoil("employee_count: 186", "employee_count: 很多")(client)
    assert run("status", "-C", str(client)).stderr.count("错误：") == 3


def test_a_folder_without_client_yaml_is_said(tmp_path: Path) -> None:
    result = run("status", "-C", str(tmp_path))
    assert (result.exit_code, "没有 client.yaml" in result.stderr) == (3, True)


def test_no_client_inside_a_client(client: Path) -> None:
    before = tree(client)
    result = run("init", str(client / "另一家"))
    assert (result.exit_code, "不能套在另一个里面" in result.stderr, tree(client)) == (2, True, before)


@pytest.mark.parametrize("name", ["a<b", 'a"b', "a:b", "a*b", "a?b", "a|b", "con", "a.", "x" * 120])
def test_a_folder_name_that_windows_refuses_is_refused(name: str, tmp_path: Path) -> None:
    result = run("init", str(tmp_path / name))
    assert (result.exit_code, "文件夹名" in result.stderr, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize("answers", ["company_name: [a", "compny_name: a", "standard_edition: 2033"])
def test_a_wrong_answers_file_makes_no_folder(answers: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(answers, encoding="utf-8")
    result = run("init", str(tmp_path / "客户"), "--answers", str(tmp_path / "a.yaml"))
    assert result.exit_code == 3
    assert "a.yaml" in result.stderr
    assert not (tmp_path / "客户").exists()


def test_a_missing_answers_file_makes_no_folder(tmp_path: Path) -> None:
    result = run("init", str(tmp_path / "客户"), "--answers", str(tmp_path / "nowhere.yaml"))
    assert (result.exit_code, "读不出文件" in result.stderr, list(tmp_path.iterdir())) == (3, True, [])


def test_a_strange_name_goes_through_exactly(client: Path) -> None:
    spoil("company_short: 岚湾流控", f"company_short: '{STRANGE.replace(chr(39), chr(39) * 2)}'")(client)
    spoil("- 姓名: 梁若溪", f"- 姓名: '{STRANGE.replace(chr(39), chr(39) * 2)}'")(client)
    result = run("generate", "appt-ip-org", "sys-training", "-C", str(client))
    assert result.exit_code == 0, (result.stdout, result.stderr)
    texts = []
    for path in (client / "文件").rglob("*.docx"):
        found = docx.Document(str(path))
        texts += [paragraph.text for paragraph in found.paragraphs]
        texts += [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    assert any(STRANGE in text for text in texts)


def test_a_client_never_names_a_path(client: Path) -> None:
    outside = client.parent / "外面.csv"
    outside.write_text("姓名\n甲\n", encoding="utf-8")
    spoil("people_roster: roster.csv", "people_roster: ../外面.csv")(client)
    result = run("status", "-C", str(client))
    assert (result.exit_code, "外面.csv" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EACCES, "写不进"), (errno.ENOSPC, "写不进"), (errno.EROFS, "写不进")],
)
def test_a_folder_that_refuses_is_left_as_it_was(
    code: int, words: str, client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(client)
    real = Path.write_bytes
    count = iter(range(1000))

    def refuse(path: Path, data: bytes) -> int:
        if next(count) >= 3:  # the disk is full half-way
            raise OSError(code, os.strerror(code), str(path))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    result = run("generate", "--kind", "record", "-C", str(client))
    monkeypatch.undo()
    assert result.exit_code == 3, (result.stdout, result.exception)
    assert words in result.stderr
    assert tree(client) == before


def test_a_word_file_that_is_open_elsewhere_is_named(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil("mr_appointment_date: '2026-03-20'", "mr_appointment_date: '2026-03-23'")(client)
    before = tree(client)
    real = os.replace

    def locked(source: str, target: str) -> None:
        if str(target).endswith(".docx"):
            raise PermissionError(errno.EACCES, "in use", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", locked)
    monkeypatch.setattr(Path, "replace", lambda path, target: locked(str(path), str(target)))
    result = run("generate", "appt-mr", "-C", str(client))
    monkeypatch.undo()
    assert result.exit_code == 3, (result.stdout, result.exception)
    assert "正被其他程序打开" in result.stderr
    assert "任命书" in result.stderr
    assert tree(client) == before


def test_two_commands_at_once_do_not_write_over_each_other(client: Path) -> None:
    other = sqlite3.connect(client / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = tree(client)
    result = run("generate", "--kind", "record", "-C", str(client))
    assert (result.exit_code, "正由另一个 gbtool 命令写入" in result.stderr) == (3, True), result.stderr
    assert {k: v for k, v in tree(client).items() if "journal" not in k} == before
    other.execute("ROLLBACK")
    other.close()


def test_an_import_with_one_fault_takes_nothing(client: Path, tmp_path: Path) -> None:
    source = tmp_path / "资料"
    shutil.copytree(EXAMPLES / "lanwan" / "records", source / "records")
    path = source / "records" / "rec-scope.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("'2026-05-18'", "'2026-02-30'"), encoding="utf-8")
    before = tree(client)
    result = run("ledger", "import", str(source), "-C", str(client))
    assert (result.exit_code, "records/rec-scope.yaml:" in result.stderr, "2026-02-30" in result.stderr) == (
        3,
        True,
        True,
    )
    assert tree(client) == before


def test_documents_are_whole_zip_files(client: Path) -> None:
    for path in (client / "文件").rglob("*.docx"):
        with zipfile.ZipFile(path) as parts:
            assert parts.testzip() is None
