"""Bad input of every kind: a clear Chinese sentence with its place, exit code 3 or 2, and an unchanged folder."""

import errno
import hashlib
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

import office
from engagement import EXAMPLES, again
from gbtool.cli.app import app
from gbtool.commands.workbook import shape
from gbtool.commands.workbook.making import Wish, export
from gbtool.commands.workspace import workspace
from gbtool.exchange.books import sheets
from gbtool.exchange.writing import Page, book
from gbtool.store import documents
from gbtool.structs import Mutable

RUN = CliRunner()
STRANGE = "甲&乙<丙>\"丁\"'戊'/己\\庚:辛*壬?{{ 7*7 }}{% raw %}../𠮷=cmd"
CHINESE = re.compile("[\u4e00-\u9fff]")
ON = ("--on", "2026-09-22")
DAY = "2026-03-20"
OLD = Path(__file__).parent / "data" / "tables" / "visitors.xls"
SIGNED = ("--approved-by", "周屿川", "--approved", DAY, "--issued", DAY, "--effective", DAY)

READERS: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "check": ("check",),
    "period": ("period",),
    "ledger due": ("ledger", "due"),
    "ledger people": ("ledger", "people"),
    "readiness": ("readiness",),
    "diagnose": ("diagnose",),
    "generate --dry-run": ("generate", "--dry-run"),
    "pack application --dry-run": ("pack", "application", "--dry-run"),
}
SURVEY = Path(tempfile.mkdtemp(prefix="gbtool-survey-")) / "问卷.xlsx"  # written once the client is made
ROW = "检查内容=研发日志3份;结果=符合;问题=无"
WRITERS: dict[str, tuple[str, ...]] = {
    "profile set": ("profile", "set", "website=lanwan.example"),
    "profile import": ("profile", "import", str(SURVEY), "--replace"),
    "generate": ("generate", "--kind", "appointment", *ON),
    "issue": ("issue", "appt-mr", *SIGNED, *ON),
    "ledger add": ("ledger", "add", "rec-routine-check", "--date", "2026-06-29", "--row", ROW, *ON),
    "ledger absent": (
        "ledger",
        "absent",
        "rec-whistle",
        "--period",
        "2026-06",
        "--how",
        "开信箱",
        "--by",
        "周屿川",
        *ON,
    ),
    "ledger declare": ("ledger", "declare", "penalties", "--by", "周屿川", "--from", DAY, "--to", "2026-09-01", *ON),
    "ledger import": ("ledger", "import", str(EXAMPLES / "lanwan" / "trademarks.csv"), *ON),
    "ledger row": ("ledger", "row", "patents", "--set", "专利号=ZL1", "--set", "名称=甲", *ON),
    "ledger certificate": ("ledger", "certificate", "--submitted", "2026-09-20", *ON),
    "ledger fact": ("ledger", "fact", "信用状况=正常", "--basis", "查公示系统", *ON),
    "ledger done": ("ledger", "done", "ZL202129900247.1", "--date", "2026-09-15", *ON),
    "ledger import records": (
        *("ledger", "import", str(OLD), "--form", "rec-visitor", "--date", "2026-09-20"),
        *("--map", "金额=", "--map", "说明=事由", *ON),
    ),
    "ledger evidence": ("ledger", "evidence", str(EXAMPLES / "README.md"), *ON),
    "ledger service": ("ledger", "service", "--month", "2026-09", "--save", *ON),
    "diagnose answer": ("diagnose", "answer", "DQ-16=2:抽5份", "--by", "顾问甲", *ON),
    "diagnose import": ("diagnose", "import", str(EXAMPLES / "lanwan" / "diagnosis.yaml"), *ON),
    "figures take": ("figures", "take", str(OLD.with_name("figures-2025.xlsx")), "--standard", "56005", *ON),
    "grade answer": ("grade", "answer", "G1-3=满足:资产盘点表", "--by", "林疏桐", "--standard", "56005", *ON),
    "audit checklist": ("audit", "checklist", "财务部", *ON),
    "audit outside add": (
        *("audit", "outside", "add", "抽2份没有权属条款", "--stage", "二阶段", "--issued", "2026-09-15"),
        *("--department", "采购部", "--body", "示例认证", *ON),
    ),
    "review input": ("review", "input", *ON),
    "waive add": (
        *("waive", "add", "CN-02", "--in", "文件/说明.docx", "--reason", "原文如此，已核对", "--by", "周屿川"),
        *("--until", "2026-10-31", *ON),
    ),
    "page": ("page", *ON),
}
NEEDS_NO_LEDGER = {"profile set", "profile import", "ledger service", "audit checklist", "review input", "page"}


def run(*words: str) -> Result:
    """A command, whatever becomes of it."""
    return RUN.invoke(app, list(words))


def tree(folder: Path) -> dict[str, str]:
    """Every file and folder with the hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "/"
        for path in folder.rglob("*")
    }


def refused(result: Result, *words: str, code: int = 3) -> None:
    """It ended with this code, said these words in Chinese, and nothing on standard output looks like success."""
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    assert result.stderr.startswith("错误："), result.stderr
    assert CHINESE.search(result.stderr)
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr, (word, result.stderr)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client's folder with a few documents and a ledger."""
    folder = tmp_path_factory.mktemp("made") / "客户"
    folder.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, folder)
    assert run("generate", "appt-mr", "rec-scope", "rec-routine-check", "-C", str(folder), *ON).exit_code == 0
    (folder / "文件" / "说明.docx").write_bytes(office.docx(office.p("知识财产权")))
    _survey(folder)
    return folder


def _survey(folder: Path) -> None:
    """The client's answers as a workbook in which somebody wrote another address of the website."""
    out = export(workspace(folder), SURVEY, Wish(everything=True, replace=True), date(2026, 9, 22)).path
    pages = []
    for sheet in sheets(out, out.name):
        rows = [list(cells) for _, cells in sheet.lines]
        for row in rows:
            if row[shape.KEY] == "website":
                row[shape.ANSWER] = "andere.example"
        pages.append(Page(sheet.name, rows))  # type: ignore[arg-type] # what calamine gives
    SURVEY.write_bytes(book(pages, date(2026, 9, 22)))


@pytest.fixture
def client(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(made, tmp_path / "客户"))


# --- what is wrong in the user's files -------------------------------------------------------------------------------


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


def another_database(folder: Path) -> None:
    """A database of another program under the ledger's name."""
    (folder / "ledger.db").unlink()
    with sqlite3.connect(folder / "ledger.db") as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    other.close()


Spoiling = tuple[Callable[[Path], None], tuple[str, ...]]
SPOILED: dict[str, Spoiling] = {
    "wrong YAML": (spoil("company_code: LW", "company_code: [LW"), ("client.yaml:", "不是合法的 YAML")),
    "tabs": (spoil("company_code: LW", "\tcompany_code: LW"), ("client.yaml:5", "YAML")),
    "unknown key": (spoil("company_code: LW", "compny_code: LW"), ("client.yaml:5", "不认识", "company_code")),
    "wrong type": (spoil("employee_count: 186", "employee_count: 很多"), ("client.yaml:", "employee_count", "很多")),
    "no such date": (spoil("'2012-06-18'", "'2012-02-30'"), ("client.yaml:", "2012-02-30")),
    "double key": (spoil("company_code: LW", "company_code: LW\ncompany_code: LX"), ("client.yaml:6", "写了两次")),
    "check digit": (spoil("91500109MA0XDEM14Q", "91500109MA0XDEM14A"), ("client.yaml:", "校验位")),
    "unknown edition": (spoil("standard_edition: '2023'", "standard_edition: '2033'"), ("client.yaml:", "2033")),
    "GB18030": (as_gb18030, ("client.yaml:", "GB18030", "另存为 UTF-8")),
    "missing table": (lambda folder: (folder / "roster.csv").unlink(), ("roster.csv", "读不出文件")),
}
MEASURED = ("status", "generate")  # one that reads and one that writes; the others come to the same sentences
FURTHER = ("issue", "audit checklist", "review input")
LEDGER_VERBS = (*READERS, *(name for name in WRITERS if not name.startswith("profile")))
SPOILED_LEDGERS: dict[str, Spoiling] = {
    "newer ledger": (newer, ("ledger.db", "更新的 gbtool", "升级")),
    "damaged ledger": (damaged, ("ledger.db", "损坏")),
    "another database": (another_database, ("ledger.db", "不是 gbtool 的台账")),
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_writing_verb_works_on_a_sound_folder(name: str, client: Path) -> None:
    before = tree(client)
    result = run(*WRITERS[name], "-C", str(client))
    assert result.exit_code == 0, (result.stdout, result.stderr, result.exception)
    assert tree(client) != before


@pytest.mark.parametrize("spoiled", SPOILED)
@pytest.mark.parametrize("verb", [*MEASURED, *again(*(each for each in READERS if each not in MEASURED), *FURTHER)])
def test_spoiled_facts_are_named_and_the_folder_is_left_alone(spoiled: str, verb: str, client: Path) -> None:
    change, words = SPOILED[spoiled]
    change(client)
    before = tree(client)
    refused(run(*(READERS | WRITERS)[verb], "-C", str(client)), *words)
    assert tree(client) == before


@pytest.mark.parametrize("spoiled", SPOILED_LEDGERS)
@pytest.mark.parametrize("verb", [*MEASURED, *again(*(each for each in LEDGER_VERBS if each not in MEASURED))])
def test_a_spoiled_ledger_is_named_and_left_alone(spoiled: str, verb: str, client: Path) -> None:
    change, words = SPOILED_LEDGERS[spoiled]
    change(client)
    before = tree(client)
    refused(run(*(READERS | WRITERS)[verb], "-C", str(client)), *words)
    assert tree(client) == before


def test_several_faults_come_at_once(client: Path) -> None:
    spoil("company_code: LW", "compny_code: LW")(client)
    spoil("'2012-06-18'", "'2012-02-30'")(client)
    spoil("employee_count: 186", "employee_count: 很多")(client)
    assert run("status", "-C", str(client)).stderr.count("错误：") == 3


def test_a_person_whom_nobody_knows_is_found_by_check(client: Path) -> None:
    spoil("姓名: 梁若溪", "姓名: 查无此人")(client)
    result = run("check", "-C", str(client))
    assert result.exit_code == 1
    assert "查无此人" in result.stdout
    assert "client.yaml:" in result.stdout


def test_json_says_nothing_on_standard_output_when_the_facts_are_wrong(client: Path) -> None:
    spoil("employee_count: 186", "employee_count: 很多")(client)
    for verb in ("generate", "status", "check", "readiness", "period"):
        assert run(verb, "--json", "-C", str(client)).stdout == ""


def test_a_folder_without_client_yaml_is_said(tmp_path: Path) -> None:
    for verb in (*READERS.values(), *WRITERS.values()):
        refused(run(*verb, "-C", str(tmp_path)), "没有 client.yaml", "gbtool init")
    assert list(tmp_path.iterdir()) == []


# --- tables and what is imported -------------------------------------------------------------------------------------


def test_a_table_in_gb18030_is_read_all_the_same(client: Path) -> None:
    path = client / "roster.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert run("status", "-C", str(client)).exit_code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ("roster.csv",)),
        ("工号,部门\nLW1,财务部\n".encode(), ("roster.csv", "姓名")),
        ("姓名,入职日\n甲,2026-02-30\n".encode(), ("roster.csv:2", "2026-02-30")),
        (b"\xff\xfe\x00\xd8 \x80\x81", ("roster.csv",)),
    ],
)
def test_a_wrong_table_is_named_with_its_line(content: bytes, words: tuple[str, ...], client: Path) -> None:
    (client / "roster.csv").write_bytes(content)
    before = tree(client)
    refused(run("status", "-C", str(client)), *words)
    assert tree(client) == before


RECORD = "records/rec-scope.yaml"
IMPORTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "no such date": ("'2026-05-18'", "'2026-02-30'", (f"{RECORD}:", "2026-02-30")),
    "unknown key": ("records:", "recrods:", (f"{RECORD}:", "records")),
    "wrong YAML": ("records:", "records: [", (f"{RECORD}:", "YAML")),
    "unknown form": ("form: rec-scope", "form: rec-scoop", (f"{RECORD}:", "rec-scope")),
}


@pytest.mark.parametrize("name", IMPORTS)
def test_an_import_with_one_fault_takes_nothing(name: str, client: Path, tmp_path: Path) -> None:
    old, new, words = IMPORTS[name]
    source = tmp_path / "资料"
    shutil.copytree(EXAMPLES / "lanwan" / "records", source / "records")
    path = source / RECORD
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = tree(client)
    refused(run("ledger", "import", str(source), "-C", str(client), *ON), *words)
    assert tree(client) == before


def test_an_import_in_another_encoding_takes_nothing(client: Path, tmp_path: Path) -> None:
    source = tmp_path / "资料" / "records"
    source.mkdir(parents=True)
    text = (EXAMPLES / "lanwan" / RECORD).read_text(encoding="utf-8")
    (source / "rec-scope.yaml").write_bytes(text.encode("gb18030"))
    before = tree(client)
    refused(run("ledger", "import", str(source.parent), "-C", str(client), *ON), "rec-scope.yaml:", "GB18030")
    assert tree(client) == before


@pytest.mark.parametrize("verb", [("ledger", "import"), ("ledger", "evidence"), ("issue", "--from")])
def test_a_file_that_is_not_there_is_named(verb: tuple[str, ...], client: Path) -> None:
    before = tree(client)
    result = run(*verb, str(client.parent / "没有这个.yaml"), "-C", str(client), *ON)
    assert result.exit_code in (2, 3), (result.stdout, result.stderr, result.exception)
    assert "没有这个.yaml" in result.stderr
    assert tree(client) == before


# --- a firm's own shelf ----------------------------------------------------------------------------------------------

CLAUSES = "checklists/gb29490/2023/clauses.yaml"
FIRMS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "a template with a wrong tag": (
        "templates/appointments/appt-mr.md.j2",
        "---\nid: appt-mr\n---\n\n{% if %}\n",
        ("appt-mr.md.j2:5",),
    ),
    "a template with an unknown name": (
        "templates/appointments/appt-mr.md.j2",
        "---\nid: appt-mr\n---\n\n{{ compny_name }}\n",
        ("appt-mr.md.j2:5", "compny_name"),
    ),
    "a correction of no clause": (
        CLAUSES,
        "clauses:\n- key: no.such.key\n  number: '5.1'\n",
        ("clauses.yaml:2", "no.such.key"),
    ),
    "a correction with a wrong key": (
        CLAUSES,
        "clauses:\n- key: leadership\n  nummer: '5.1'\n",
        ("clauses.yaml:3", "nummer"),
    ),
}


@pytest.mark.parametrize("name", FIRMS)
def test_a_wrong_file_on_a_firms_shelf_is_named(name: str, client: Path) -> None:
    path, text, words = FIRMS[name]
    (client.parent / "gbtool.yaml").write_text("name: 机构\n", encoding="utf-8")
    (client.parent / path).parent.mkdir(parents=True)
    (client.parent / path).write_text(text, encoding="utf-8")
    before = tree(client)
    refused(run("generate", "appt-mr", "-C", str(client), *ON), *words)
    assert tree(client) == before


# --- new clients -----------------------------------------------------------------------------------------------------


def test_no_client_inside_a_client(client: Path) -> None:
    before = tree(client)
    refused(run("init", str(client / "另一家")), "不能套在另一个里面", code=2)
    assert tree(client) == before


@pytest.mark.parametrize("name", ["a<b", 'a"b', "a:b", "a*b", "a?b", "a|b", "con", "a.", "x" * 120])
def test_a_folder_name_that_windows_refuses_is_refused(name: str, tmp_path: Path) -> None:
    refused(run("init", str(tmp_path / name)), "文件夹名", code=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("company_name: [a", ("a.yaml:", "YAML")),
        ("company_name: 甲\ncompny_code: AB", ("a.yaml:2", "company_code")),
        ("company_name: 甲\nstandard_edition: '2033'", ("a.yaml:2", "2033")),
        ("company_name: 甲\ncompany_name: 乙", ("a.yaml:2", "写了两次")),
        ("established_date: 2026-02-30", ("a.yaml:1", "2026-02-30")),
        ("people_roster: 没有.csv", ("a.yaml:1", "没有.csv")),
    ],
)
def test_a_wrong_answers_file_makes_no_folder(answers: str, words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(answers, encoding="utf-8")
    refused(run("init", str(tmp_path / "客户"), "--answers", str(tmp_path / "a.yaml")), *words)
    assert not (tmp_path / "客户").exists()


def test_an_answers_file_in_another_encoding_makes_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("company_name: 甲公司".encode("gb18030"))
    refused(run("init", str(tmp_path / "客户"), "--answers", str(tmp_path / "a.yaml")), "a.yaml:", "GB18030")
    assert not (tmp_path / "客户").exists()


def test_a_missing_answers_file_makes_no_folder(tmp_path: Path) -> None:
    refused(run("init", str(tmp_path / "客户"), "--answers", str(tmp_path / "nowhere.yaml")), "读不出文件")
    assert list(tmp_path.iterdir()) == []


# --- what clients write is data --------------------------------------------------------------------------------------


def words_of(path: Path) -> str:
    """The text of a Word file: paragraphs, cells, headers, footers, one a line."""
    found = docx.Document(str(path))
    lines = [paragraph.text for paragraph in found.paragraphs]
    lines += [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    for section in found.sections:
        parts = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        lines += [paragraph.text for part in parts for paragraph in part.paragraphs]
        lines += [cell.text for part in parts for table in part.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def test_a_strange_name_goes_through_exactly(client: Path) -> None:
    quoted = STRANGE.replace("'", "''")
    spoil("company_short: 岚湾流控", f"company_short: '{quoted}'")(client)
    spoil("- 姓名: 梁若溪", f"- 姓名: '{quoted}'")(client)
    result = run("generate", "appt-ip-org", "sys-training", "-C", str(client))
    assert result.exit_code == 0, (result.stdout, result.stderr)
    assert any(STRANGE in words_of(path) for path in (client / "文件").glob("*/*.docx"))


def test_a_strange_record_goes_through_exactly(client: Path) -> None:
    row = f"检查内容={STRANGE.replace(';', '')};结果=符合;问题=无"
    words = ("ledger", "add", "rec-routine-check", "--date", "2026-06-29", "--row", row, "--json", *ON)
    result = run(*words[:-3], *ON, "-C", str(client))
    assert result.exit_code == 0, (result.stdout, result.stderr)
    assert STRANGE in run("ledger", "export", "-C", str(client)).stdout.replace('\\"', '"').replace("\\\\", "\\")


def test_evidence_with_a_strange_name_stays_inside_the_folder(client: Path, tmp_path: Path) -> None:
    source = tmp_path / "..{{ x }}&'=cmd 𠮷.pdf"
    source.write_bytes(b"%PDF")
    assert run("ledger", "evidence", str(source), "-C", str(client), *ON).exit_code == 0
    assert {path.suffix for path in (client / "证据").iterdir()} == {".pdf"}
    assert source.name in run("ledger", "list", "--json", "-C", str(client)).stdout


def test_a_client_never_names_a_path(client: Path) -> None:
    outside = client.parent / "外面.csv"
    outside.write_text("姓名\n甲\n", encoding="utf-8")
    spoil("people_roster: roster.csv", "people_roster: ../外面.csv")(client)
    refused(run("status", "-C", str(client)), "外面.csv")


def test_a_title_never_makes_a_path(client: Path) -> None:
    spoil("company_code: LW", "company_code: ../LW")(client)
    refused(run("generate", "rec-scope", "-C", str(client)), "client.yaml:5", "company_code")
    assert not list(client.parent.glob("LW*"))


# --- folders and disks that refuse -----------------------------------------------------------------------------------


WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.chmod"})


class Disk(Mutable):
    """A disk that refuses: `wanted` says which deeds on which path, the first `left` of them pass, the rest fail."""

    code: int
    wanted: Callable[[str, Path], bool]
    left: int = 0

    def refuse(self, event: str, args: tuple[object, ...]) -> None:
        """Fail a write, as the system would."""
        if event == "open":
            event = "write" if isinstance(args[2], int) and args[2] & WRITE_FLAGS else "read"
        if event not in CHANGES and event != "write":
            return
        names = [os.fsdecode(each) for each in args[:2] if isinstance(each, (str, bytes, os.PathLike))]
        if any(self.wanted(event, Path(name)) for name in names):
            self.left -= 1
            if self.left < 0:
                raise OSError(self.code, os.strerror(self.code), *names[:1])


_DISKS: list[Disk] = []
_HOOKED: list[bool] = []


def _audit(event: str, args: tuple[object, ...]) -> None:
    for disk in _DISKS:
        disk.refuse(event, args)


@contextmanager
def disk(refusing: Disk, pragma: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Python's own writes go through the audit hook, SQLite's are refused by SQLite itself."""
    if not _HOOKED:
        sys.addaudithook(_audit)  # it stays; it does nothing while no disk refuses
        _HOOKED.append(True)
    real = sqlite3.connect

    def connect(*args: object, **options: object) -> sqlite3.Connection:
        connection = real(*args, **options)  # type: ignore[call-overload] # handed on as it came
        if "mode=rw" in str(args[0]):
            connection.execute(pragma)
        return connection  # type: ignore[no-any-return] # handed on as it came

    monkeypatch.setattr(sqlite3, "connect", connect)
    _DISKS.append(refusing)
    try:
        yield
    finally:
        _DISKS.clear()
        monkeypatch.undo()


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("code", [errno.EROFS, *again(errno.EACCES)])
def test_a_read_only_folder_is_named_and_left_alone(
    name: str, code: int, client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(client)
    refusing = Disk(code, lambda _, path: path.is_relative_to(client))
    with disk(refusing, "PRAGMA query_only = ON", monkeypatch):
        result = run(*WRITERS[name], "-C", str(client))
    refused(result, "写不进")
    assert tree(client) == before


def full(folder: Path, passing: int) -> Disk:
    """A disk on which so many files can still be written; folders, names and removing are no matter of space."""
    return Disk(errno.ENOSPC, lambda event, path: event == "write" and path.is_relative_to(folder), passing)


@pytest.mark.no_cover  # what a full disk is told by is measured below
@pytest.mark.parametrize("name", WRITERS)
def test_a_disk_that_is_full_half_way_leaves_the_folder_as_it_was(
    name: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for passing in (0, 1, 2, 4):
        client = Path(shutil.copytree(made, tmp_path / f"{passing}" / "客户"))
        if name != "issue":
            spoil("mr_appointment_date: '2026-03-20'", "mr_appointment_date: '2026-03-23'")(client)
        before = tree(client)
        with disk(full(client, passing), "PRAGMA max_page_count = 1", monkeypatch):
            result = run(*WRITERS[name], "-C", str(client))
        if result.exit_code == 0:  # this verb writes less, and no more on a larger disk
            assert tree(client) != before
            return
        refused(result, "写不进", "磁盘")
        assert tree(client) == before


def test_a_document_that_was_replaced_comes_back_on_a_full_disk(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil("mr_appointment_date: '2026-03-20'", "mr_appointment_date: '2026-03-23'")(client)
    before = tree(client)
    space = full(client, 100)

    def save(*_: object) -> None:
        space.left = 0  # the new document took the last of the space
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(documents, "save", save)
    with disk(space, "PRAGMA user_version", monkeypatch):
        result = run("generate", "appt-mr", "-C", str(client), *ON)
    refused(result, "写不进", "磁盘已满")
    assert tree(client) == before


def test_a_new_client_on_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for passing in range(3):
        with disk(full(tmp_path, passing), "PRAGMA max_page_count = 1", monkeypatch):
            result = run("init", str(tmp_path / "客户"), "--answers", str(EXAMPLES / "qingyu" / "client.yaml"))
        refused(result, "写不进", "磁盘")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("generate", "appt-mr"), ("audit", "checklist", "财务部", "--again")], ids=" ".join)
def test_a_word_file_that_is_open_elsewhere_is_named(
    words: tuple[str, ...], client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*WRITERS["audit checklist"], "-C", str(client)).exit_code == 0
    spoil("mr_appointment_date: '2026-03-20'", "mr_appointment_date: '2026-03-23'")(client)
    spoil("company_name: 重庆岚湾流体控制设备有限公司", "company_name: 重庆岚湾流控设备有限公司")(client)
    there = set(client.rglob("*.docx"))
    before = tree(client)
    with disk(Disk(errno.EACCES, lambda _, path: path in there), "PRAGMA user_version", monkeypatch):
        result = run(*words, "-C", str(client), *ON)
    refused(result, "正被其他程序打开", ".docx", "在 Word 或 WPS 里关闭它")
    assert tree(client) == before


def test_two_commands_at_once_do_not_write_over_each_other(client: Path) -> None:
    other = sqlite3.connect(client / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = tree(client)
    for name, words in WRITERS.items():
        if name not in NEEDS_NO_LEDGER:
            refused(run(*words, "-C", str(client)), "正由另一个 gbtool 命令写入")
    other.execute("ROLLBACK")
    other.close()
    assert {name: hash_ for name, hash_ in tree(client).items() if "journal" not in name} == before


def test_documents_are_whole_zip_files(client: Path) -> None:
    for path in (client / "文件").rglob("*.docx"):
        with zipfile.ZipFile(path) as parts:
            assert parts.testzip() is None
