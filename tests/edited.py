"""What people do to a Word file: change, add, delete, format, comment and track, in its XML as programs write it."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from drafted import W as MAIN
from gbtool.structs import Frozen
from gbtool.word import reading
from gbtool.word.merging.opened import Opened, open_file
from gbtool.word.merging.relations import Relations

W = f"{{{MAIN}}}"
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


class Hand(Frozen, dict=True):
    """Somebody who has a file open."""

    file: Opened

    @property
    def paragraphs(self) -> list[etree._Element]:
        """The paragraphs of the body that say something, those of tables left out."""
        return [each for each in self.file.body.findall(f"{W}p") if text(each)]

    @property
    def tables(self) -> list[etree._Element]:
        """The tables of the body."""
        return self.file.body.findall(f"{W}tbl")

    def paragraph(self, beginning: str) -> etree._Element:
        """The first paragraph that begins so, in a table too."""
        return next(each for each in self.file.body.iter(f"{W}p") if text(each).startswith(beginning))

    def saved(self) -> bytes:
        """The file as she saves it."""
        return self.file.packed()


def opened(data: bytes) -> Hand:
    """A file open in Word."""
    return Hand(open_file(data, "x.docx"))


def text(element: etree._Element) -> str:
    """All that is written in an element."""
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def write(paragraph: etree._Element, words: str) -> None:
    """Write other words over those of a paragraph, in the face of its first run; an empty one gets a run."""
    runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
    run = runs[0] if runs else etree.SubElement(paragraph, f"{W}r")
    for each in runs[1:]:
        each.getparent().remove(each)  # type: ignore[union-attr] # a run stands in a paragraph
    for each in run.findall(f"{W}t"):
        run.remove(each)
    etree.SubElement(run, f"{W}t").text = words


def append(paragraph: etree._Element, words: str, *, bold: bool = False) -> None:
    """Write words behind those of a paragraph."""
    run = etree.SubElement(paragraph, f"{W}r")
    if bold:
        etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}b")
    etree.SubElement(run, f"{W}t").text = words


def add_after(element: etree._Element, words: str) -> etree._Element:
    """A paragraph like this one behind it."""
    made = deepcopy(element)
    write(made, words)
    element.addnext(made)
    return made


def delete(element: etree._Element) -> None:
    """Delete a paragraph, row or table."""
    element.getparent().remove(element)  # type: ignore[union-attr] # it stands in the body


def split_runs(paragraph: etree._Element) -> None:
    """What Word does to a paragraph that is proofread: runs in two, marks in between; nothing anybody sees."""
    for run in [*paragraph.iter(f"{W}r")]:
        words = run.find(f"{W}t")
        if words is None or len(words.text or "") < 2:
            continue
        second = deepcopy(run)
        whole = words.text or ""
        words.text = whole[:1]
        next(second.iter(f"{W}t")).text = whole[1:]
        run.addnext(second)
        run.addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
    paragraph.set(f"{W}rsidR", "00AB12CD")


def embolden(paragraph: etree._Element) -> None:
    """Make all of a paragraph bold."""
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            run.insert(0, properties)
        etree.SubElement(properties, f"{W}b")


def move_to_the_end(paragraph: etree._Element) -> None:
    """Cut a paragraph out and paste it at the end."""
    body = paragraph.getparent()
    if body is not None:
        body.insert(len(body) - 1, paragraph)


def add_picture(paragraph: etree._Element) -> None:
    """A picture in a paragraph of its own, behind this one."""
    made = deepcopy(paragraph)
    for run in made.findall(f"{W}r"):
        made.remove(run)
    etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}drawing")
    paragraph.addnext(made)


def insert_tracked(paragraph: etree._Element, words: str) -> None:
    """Add words with tracked changes on."""
    inserted = etree.SubElement(paragraph, f"{W}ins", {f"{W}id": "901", f"{W}author": "她"})
    etree.SubElement(etree.SubElement(inserted, f"{W}r"), f"{W}t").text = words


def delete_tracked(paragraph: etree._Element) -> None:
    """Delete the words of a paragraph with tracked changes on."""
    for run in [*paragraph.iter(f"{W}r")]:
        struck = etree.Element(f"{W}del", {f"{W}id": "902", f"{W}author": "她"})
        run.addprevious(struck)
        struck.append(run)
        for words in run.iter(f"{W}t"):
            words.tag = f"{W}delText"


def comment(hand: Hand, paragraph: etree._Element, words: str) -> None:
    """Comment on a paragraph."""
    name = "word/comments.xml"
    if not hand.file.has(name):
        hand.file.add(name, f'<w:comments xmlns:w="{MAIN}"/>'.encode(), f"{_KIND}.comments+xml")
        Relations(hand.file, hand.file).add("comments", "comments.xml")
    comments = hand.file.tree(name)
    id_ = str(len(comments) + 1)
    made = etree.SubElement(comments, f"{W}comment", {f"{W}id": id_, f"{W}author": "她"})
    append(etree.SubElement(made, f"{W}p"), words)
    reference = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": id_})


def add_row(table: etree._Element, words: str) -> None:
    """A row like the last one behind it, with these words in its first cell."""
    last = table.findall(f"{W}tr")[-1]
    made = deepcopy(last)
    for paragraph in made.iter(f"{W}p"):
        for run in paragraph.findall(f"{W}r"):
            paragraph.remove(run)
    write(next(made.iter(f"{W}p")), words)
    last.addnext(made)


def cell(table: etree._Element, row: int, column: int) -> etree._Element:
    """The first paragraph of a cell."""
    return next(table.findall(f"{W}tr")[row].findall(f"{W}tc")[column].iter(f"{W}p"))


def words(data: bytes) -> tuple[str, ...]:
    """What a file says, paragraph by paragraph and cell by cell."""
    return reading.content(data).blocks


def raw(data: bytes) -> str:
    """Everything that is written anywhere in a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(_written(archive))


def _written(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if name.startswith("word/") and name.endswith(".xml"):
            yield "".join(str(each) for each in etree.fromstring(archive.read(name)).itertext())


def saved_by_office(data: bytes, folder: Path) -> bytes:
    """The file as LibreOffice saves it."""
    return _converted(data, folder, "docx")


def printed_by_office(data: bytes, folder: Path) -> list[str]:
    """The lines of the file as LibreOffice prints them, with the numbers of its lists."""
    text_ = _converted(data, folder, "txt:Text (encoded):UTF8").decode("utf-8-sig")
    return [" ".join(line.split()) for line in text_.splitlines() if line.strip()]


def _converted(data: bytes, folder: Path, to: str) -> bytes:
    source, made = folder / "in" / "x.docx", folder / f"x.{to.partition(':')[0]}"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(data)
    made.unlink(missing_ok=True)
    profile = (folder / "profile").as_uri()
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}", "--convert-to", to, "--outdir"]
    subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True, timeout=180)
    return made.read_bytes()


_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
