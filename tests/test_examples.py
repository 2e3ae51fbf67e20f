"""The three examples, from their facts to a verdict, through the commands that a user types."""

import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from engagement import EXAMPLES, Demo
from gbtool.cli.app import app
from gbtool.commands.demo import STORIES, demo

RUN = CliRunner()


def run(*words: str, code: int = 0) -> Result:
    """A command that ends with this exit code."""
    result = RUN.invoke(app, list(words))
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result


def read(*words: str, code: int = 0) -> dict[str, object]:
    """The JSON value of a command."""
    found = json.loads(run(*words, "--json", code=code).stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def firm(demonstrated: Demo) -> Path:
    """The demo's folder."""
    return demonstrated.folder


@pytest.fixture
def lanwan_folder(firm: Path) -> str:
    """The manufacturer's folder."""
    return str(firm / "岚湾流控")


def test_the_demo_tells_what_it_counted_and_three_verdicts(demonstrated: Demo) -> None:
    for line in (
        r"── 岚湾流控（虚构） ──",
        r"  企业情况  1\d\d 题已答",
        r"  生成 Word  1\d\d 份：手册 1、制度 8",
        r"  批准发布  1\d\d 份：手册实施日 2026-05-18",
        r"  登记台账  7\d\d 条：.*记录 2\d\d.*诊断打分 57、指标数据 42",
        r"  内审管评  1\d\d 行检查：不符合 5 项，关闭 5 项；管理评审报告 2026-09-16",
        r"  核对历史  \d+ 条：前后相接",
        r"  2026-09-22 能不能申请：就绪\n",
        r"  2026-11-22 能不能申请：未就绪，按运行期最早 2026-12-24",
        r"    ✗  2026-10 没有《知识产权期限监控与缴费记录》",
        r"    \?  没有可查的，不算通过：.*没有受过行政处罚",
        r"另有 \d+ 份等资料，没有出",
        r"接着看：",
    ):
        assert re.search(line, demonstrated.told), line


def test_the_demo_again_keeps_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trader = STORIES[2:]
    monkeypatch.setattr("gbtool.commands.demo.STORIES", trader)
    monkeypatch.setattr("gbtool.cli.demo.STORIES", trader)
    target = tmp_path / "d"
    list(demo(target, tmp_path / "cache"))
    (target / "衡拓科贸" / "我的.txt").write_text("x", encoding="utf-8")
    clients = read("demo", str(target))["clients"]
    assert isinstance(clients, list)
    assert [client["verdict"] for client in clients] == ["not_ready"]
    assert [step["title"] for step in clients[0]["steps"]] == ["企业情况", "生成 Word"]
    assert (target / "上一次" / "衡拓科贸" / "我的.txt").is_file()
    assert not (target / "衡拓科贸" / "我的.txt").exists()


def test_the_demo_leaves_strange_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "我的文件.txt").write_text("x", encoding="utf-8")
    assert "不是演示留下的东西" in run("demo", str(tmp_path), code=2).stderr
    (tmp_path / "e" / "岚湾流控").mkdir(parents=True)
    assert "不是演示留下的" in run("demo", str(tmp_path / "e"), code=2).stderr
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "gbtool.yaml").write_text("name: 我的机构\n", encoding="utf-8")
    assert "不是演示留下的" in run("demo", str(tmp_path / "f"), code=2).stderr
    assert (tmp_path / "f" / "gbtool.yaml").read_text(encoding="utf-8") == "name: 我的机构\n"
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "client.yaml").write_text("company_name: 甲\n", encoding="utf-8")
    assert "在客户文件夹" in run("demo", str(tmp_path / "g" / "demo"), code=2).stderr
    assert [each.name for each in (tmp_path / "g").iterdir()] == ["client.yaml"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    run("demo", str(tmp_path / "file"), code=2)


def test_the_demo_in_a_folder_that_refuses_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert "写不进" in run("demo", str(tmp_path / "d"), code=3).stderr


def test_the_manufacturer_is_ready_on_its_day(lanwan_folder: str) -> None:
    found = read("readiness", "-C", lanwan_folder, "--on", "2026-09-22")
    assert (found["verdict"], found["earliest"]) == ("ready", "2026-08-18")
    shown = run("readiness", "-C", lanwan_folder, "--on", "2026-09-22").stdout
    assert "可以申请" in shown
    early = read("readiness", "-C", lanwan_folder, "--on", "2026-08-17", code=1)
    assert early["verdict"] == "not_ready"


def test_the_software_company_hears_what_is_missing(firm: Path) -> None:
    folder = str(firm / "青屿软件")
    found = read("period", "-C", folder, "--on", "2026-11-22")
    assert (found["effective"], found["day"], found["earliest"], found["days_left"]) == (
        "2026-09-24",
        60,
        "2026-12-24",
        32,
    )
    months = {month["name"]: [m["form"] for m in month["missing"]] for month in found["months"]}  # type: ignore[attr-defined] # JSON
    assert {"rec-info-channel", "rec-deadline-monitor", "rec-routine-check", "rec-communication"} <= set(
        months["2026-10"]
    )
    assert "青屿软件" in run("period", "-C", folder, "--on", "2026-11-22").stdout
    status = run("status", "-C", folder, "--on", "2026-11-22").stdout
    assert "第 60 天" in status


def test_the_trader_is_asked_what_is_open(firm: Path) -> None:
    folder = str(firm / "衡拓科贸")
    shown = run("generate", "-C", folder, "--dry-run").stdout
    assert "等资料：手册发布日？" in shown
    assert "回答：gbtool profile set manual_issue_date=…" in shown
    assert "templates/" in shown
    run("period", "-C", folder, code=1)
    refused = run("generate", "ip-manual", "-C", folder, code=1).stdout
    assert "ip_policy_meaning" in refused


def test_generating_again_changes_nothing_and_keeps_edits(firm: Path, tmp_path: Path) -> None:
    lanwan_folder = str(shutil.copytree(firm, tmp_path / "机构") / "岚湾流控")
    first = read("generate", "-C", lanwan_folder)["documents"]
    assert isinstance(first, list)
    assert {each["id"] for each in first if each["outcome"] == "open"} == {"svc-closeout"}  # the project goes on
    changed = {each["id"] for each in first if each["outcome"] not in ("same", "open")}
    assert changed == set()
    documents = read("generate", "-C", lanwan_folder)["documents"]
    assert isinstance(documents, list)
    assert {each["outcome"] for each in documents} == {"same", "open"}
    assert {"id", "number", "title", "path", "outcome", "shelf"} <= set(documents[0])
    path = Path(lanwan_folder) / next(each["path"] for each in documents if each["id"] == "sys-reward")
    original = path.read_bytes()
    edited = docx.Document(str(path))
    edited.paragraphs[-1].add_run("顾问手写的一句。")
    edited.save(str(path))
    mine = path.read_bytes()
    assert "手工改过，保留" in run("generate", "sys-reward", "-C", lanwan_folder).stdout
    assert path.read_bytes() == mine
    path.write_bytes(original)


def test_two_clients_get_the_same_bytes_from_the_same_facts(firm: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "lanwan", tmp_path / "c", ignore=shutil.ignore_patterns("records", "audit", "review"))
    run("generate", "ip-manual", "rec-disclosure", "-C", str(tmp_path / "c"))
    for path in (tmp_path / "c" / "文件").rglob("*.docx"):
        twin = firm / "岚湾流控" / path.relative_to(tmp_path / "c")
        assert path.read_bytes() == twin.read_bytes()


def test_no_document_holds_a_mark_or_another_client(firm: Path) -> None:
    names = {"岚湾流控": ("岚湾", "LANWAN"), "青屿软件": ("青屿",), "衡拓科贸": ("衡拓",)}
    for client in names:
        others = [word for other, words in names.items() if other != client for word in words]
        for path in (firm / client / "文件").rglob("*.docx"):
            with zipfile.ZipFile(path) as parts:
                text = "".join(parts.read(n).decode("utf-8") for n in parts.namelist() if n.endswith((".xml", ".rels")))
            assert not [mark for mark in ("{{", "{%", "None", "Undefined", *others) if mark in text], path.name


def test_the_example_of_an_edition_gone_by_has_its_own_manual(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    shutil.copytree(EXAMPLES / "lanwan", folder, ignore=shutil.ignore_patterns("records", "audit", "review"))
    run("profile", "set", "standard_edition=2013", "-C", str(folder))
    documents = read("generate", "-C", str(folder))["documents"]
    assert isinstance(documents, list)
    manual = next(each for each in documents if each["id"] == "ip-manual")
    assert (manual["title"], manual["outcome"]) == ("知识产权手册", "new")
    assert "reg-obligations" not in {each["id"] for each in documents}
    text = "\n".join(p.text for p in docx.Document(str(folder / manual["path"])).paragraphs)
    assert "GB/T\u00a029490—2013" in text
    assert "合规管理体系" not in text
    found = read("readiness", "-C", str(folder), "--on", "2026-09-22", code=1)
    results = {each["rule"]: each["status"] for each in found["results"]}  # type: ignore[attr-defined] # JSON
    assert results["edition.accepted"] == "failed"


def test_an_old_client_is_asked_on_its_old_day(lanwan_folder: str) -> None:
    before = read("status", "-C", lanwan_folder, "--on", date(2026, 5, 1).isoformat())
    assert before["stage"] == "策划与编写"
