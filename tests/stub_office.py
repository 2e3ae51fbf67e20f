"""A program that stands in for LibreOffice where tests need no real pages: each heading of the contents on its own."""

import re
import sys
import textwrap
import zipfile
from pathlib import Path

import pypdf


def stub(folder: Path, behaviour: str = "good") -> Path:
    """The program; it may be `good`, leave the last file out, write rubbish, hang, or fail."""
    code = f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        import stub_office
        stub_office.run({behaviour!r}, sys.argv[1:])
    """
    script = folder / "office.py"
    script.write_text(f"#!{sys.executable}\n{textwrap.dedent(code)}", "utf-8")
    if sys.platform == "win32":
        launcher = folder / "office.cmd"
        launcher.write_text(f'@"{sys.executable}" "{script}" %*\n', "utf-8")
        return launcher
    script.chmod(0o755)
    return script


def run(behaviour: str, words: list[str]) -> None:
    """What the program does with its command line."""
    if behaviour == "hang":
        import time  # noqa: PLC0415 # only to hang

        time.sleep(60)
    if behaviour == "fail":
        sys.exit("没有许可")
    target = Path(words[words.index("--outdir") + 1])
    files = [Path(word) for word in words if word.endswith(".docx")]
    for file in files[: -1 if behaviour == "leave" else None]:
        path = target / file.with_suffix(".pdf").name
        if behaviour == "rubbish":
            path.write_bytes(b"%PDF-1.7 cut off")
        else:
            print_(file, path)


def print_(file: Path, path: Path) -> None:
    """A PDF with a page and a mark for each entry of the contents, three pages after the cover."""
    with zipfile.ZipFile(file) as archive:
        body = archive.read("word/document.xml").decode()
    entries = re.findall(r'"TOC(\d)"/>.*?<w:t xml:space="preserve">(.*?)</w:t>', body)
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    above = None
    for level, title in entries:
        writer.add_blank_page(595, 842)
        mark = writer.add_outline_item(title, len(writer.pages) - 1, parent=above if level == "2" else None)
        above = mark if level == "1" else above
    with path.open("wb") as output:
        writer.write(output)
