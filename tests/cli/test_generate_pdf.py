"""gbtool generate --pdf as the user sees it, with a program that stands in for LibreOffice."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engagement import EXAMPLES
from gbtool.cli.app import app
from gbtool.cli.pdf.office import office as find
from stub_office import stub

RUN = CliRunner()
ON = ["--on", "2026-05-15"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The manufacturer, without any document yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    target = tmp_path / "岚湾"
    target.mkdir()
    for file in (*EXAMPLES.glob("lanwan/*.csv"), EXAMPLES / "lanwan" / "client.yaml"):
        shutil.copy(file, target)
    return target


def test_pdf_is_told_and_listed(folder: Path) -> None:
    office = ["--office", str(stub(folder.parent))]
    result = RUN.invoke(app, ["generate", "ip-manual", "sys-reward", "--pdf", *office, "-C", str(folder), *ON])
    assert result.exit_code == 0, result.output
    assert "PDF 在 输出/PDF：新出 2 份，没有变化 0 份。" in result.stdout
    assert "目录的页码写准了：文件/手册/" in result.stdout
    (folder / "输出" / "PDF" / "旧.pdf").write_bytes(b"")
    result = RUN.invoke(app, ["generate", "ip-manual", "--pdf", *office, "-C", str(folder), *ON])
    assert "没有对应的 Word 文件了，核对后删除：输出/PDF/旧.pdf" in result.stdout
    result = RUN.invoke(app, ["generate", "ip-manual", "--pdf", "--json", *office, "-C", str(folder), *ON])
    assert json.loads(result.stdout)["pdf"] == {"made": [], "same": 1, "counted": [], "stale": ["输出/PDF/旧.pdf"]}


def test_the_office_may_be_named_once_for_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GBTOOL_OFFICE", str(stub(folder.parent)))
    result = RUN.invoke(app, ["generate", "sys-reward", "--pdf", "-C", str(folder), *ON])
    assert result.exit_code == 0, result.output


def test_without_libreoffice_nothing_is_made_and_it_is_said_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gbtool.cli.pdf.office.shutil.which", lambda _: None)
    monkeypatch.setattr("gbtool.cli.pdf.office._MAC", folder / "none")
    for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        monkeypatch.delenv(name, raising=False)
    result = RUN.invoke(app, ["generate", "sys-reward", "--pdf", "-C", str(folder), *ON])
    assert result.exit_code == 3
    assert "这台电脑上没有找到" in result.stderr
    assert "装上 LibreOffice" in result.stderr
    assert not (folder / "文件").exists()
    result = RUN.invoke(app, ["generate", "--pdf", "--office", str(folder / "no"), "-C", str(folder), *ON])
    assert (result.exit_code, "那里没有" in result.stderr) == (3, True)


def test_libreoffice_is_found_where_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gbtool.cli.pdf.office.shutil.which", lambda _: None)
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    for name in ("ProgramFiles", "ProgramW6432"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ProgramFiles(x86)", str(tmp_path))
    assert find(None).program == program
    monkeypatch.setattr("gbtool.cli.pdf.office.sys.platform", "win32")
    monkeypatch.setattr("gbtool.cli.pdf.office.shutil.which", lambda name: f"C:/{name}")
    assert find(None).program == Path("C:/soffice.com")


def test_a_dry_run_prints_no_pdf(folder: Path) -> None:
    result = RUN.invoke(app, ["generate", "--pdf", "--dry-run", "-C", str(folder), *ON])
    assert (result.exit_code, "出不了 PDF" in result.stderr) == (2, True)
