"""LibreOffice as a program: one process for a set, every PDF looked for, nothing left running."""

import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from gbtool.errors import OfficeFailed
from gbtool.pdf.office import Office
from gbtool.pdf.outline import Mark, marks
from stub_office import stub


def word(path: Path) -> bytes:
    """A Word file with two headings."""
    import zipfile  # noqa: PLC0415 # only here

    toc = '<w:pStyle w:val="TOC{}"/><w:t xml:space="preserve">{}</w:t>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", toc.format(1, "1 甲") + toc.format(2, "1.1 乙"))
    return path.read_bytes()


def test_each_file_becomes_a_pdf_and_is_told(tmp_path: Path) -> None:
    data, told = word(tmp_path / "x.docx"), []
    found = Office(stub(tmp_path)).pdfs({"文件/甲.docx": data, "文件/乙 & 丙.docx": data}, lambda: told.append(1))
    assert list(found) == ["文件/甲.docx", "文件/乙 & 丙.docx"]
    assert told == [1, 1]
    assert marks(found["文件/甲.docx"]) == (Mark(0, "1 甲", 2), Mark(1, "1.1 乙", 3))


def test_nothing_to_print_starts_nothing(tmp_path: Path) -> None:
    assert Office(tmp_path / "missing").pdfs({}, lambda: None) == {}


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [("leave", "没有转出 b"), ("rubbish", "没有转出 a、b"), ("fail", "没有转出 a、b（.*没有许可")],
)
def test_a_pdf_that_is_missing_or_broken_is_named(behaviour: str, said: str, tmp_path: Path) -> None:
    data = word(tmp_path / "x.docx")
    with pytest.raises(OfficeFailed, match=said):
        Office(stub(tmp_path, behaviour)).pdfs({"a": data, "b": data}, lambda: None)


def test_many_that_are_missing_are_counted(tmp_path: Path) -> None:
    data = word(tmp_path / "x.docx")
    with pytest.raises(OfficeFailed, match="没有转出 0、1、2、3、4等 7 份"):
        Office(stub(tmp_path, "rubbish")).pdfs({str(n): data for n in range(7)}, lambda: None)


def test_a_program_that_hangs_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(OfficeFailed, match="1 秒没有动静"):
        Office(stub(tmp_path, "hang"), patience=1.0).pdfs({"a": word(tmp_path / "x.docx")}, lambda: None)


def test_a_program_that_does_not_start_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OfficeFailed, match="没有运行起来"):
        Office(tmp_path).pdfs({"a": b""}, lambda: None)


def test_ctrl_c_stops_the_program_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> bool:
        raise KeyboardInterrupt

    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def remembered(*given: object, **named: object) -> "subprocess.Popen[bytes]":
        started.append(real(*given, **named))  # type: ignore[call-overload] # passed on as it came
        return started[-1]

    monkeypatch.setattr("gbtool.pdf.office._still", interrupted)
    monkeypatch.setattr("gbtool.pdf.office.subprocess.Popen", remembered)
    with pytest.raises(KeyboardInterrupt):
        Office(stub(tmp_path, "hang")).pdfs({"a": word(tmp_path / "x.docx")}, lambda: None)
    assert started[0].returncode is not None


def test_what_is_no_pdf_has_no_marks() -> None:
    assert marks(b"%PDF-1.7") == ()
    assert marks(b"") == ()


def test_a_mark_to_nowhere_is_on_no_page(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(10, 10)
    other = pypdf.PdfWriter()
    other.add_blank_page(10, 10)
    writer.add_outline_item("甲", 0)
    with (tmp_path / "x.pdf").open("wb") as output:
        writer.write(output)
    assert [mark.page for mark in marks((tmp_path / "x.pdf").read_bytes())] == [1]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
def test_libreoffice_itself_makes_a_pdf(tmp_path: Path) -> None:
    from docx import Document  # noqa: PLC0415 # only where LibreOffice is

    document = Document()
    document.add_heading("第一章", 1)
    document.save(str(tmp_path / "x.docx"))
    program = Path(shutil.which("soffice") or "")
    found = Office(program).pdfs({"甲": (tmp_path / "x.docx").read_bytes()}, lambda: None)
    assert marks(found["甲"]) == (Mark(0, "第一章", 1),)
