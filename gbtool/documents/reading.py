"""A .docx back to its text: blocks of the body in order, bounded against bombs and without entities."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from gbtool.errors import Complaint, FileFaults

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MOST_PART = 40_000_000
_MOST_PARTS = 3000
_SPACE = re.compile(r"\s+")
_SKIPPED = frozenset(
    {f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}fldSimple", f"{_W}pPr", f"{_W}rPr"}
)
_MARKS = {
    f"{_W}ins": "修订",
    f"{_W}del": "修订",
    f"{_W}commentReference": "批注",
    f"{_W}drawing": "图",
    f"{_W}object": "对象",
}
_SPACES = frozenset({f"{_W}br", f"{_W}tab", f"{_W}cr"})
_SIDES = re.compile(r"word/(header|footer)\d*\.xml$")


@dataclass(frozen=True, slots=True)
class Content:
    """What a Word file says: a text for each paragraph and cell, marks of revision and pictures, header and footer."""

    blocks: tuple[str, ...]
    marks: tuple[str, ...] = ()
    sides: tuple[str, ...] = field(default=())

    @property
    def digest(self) -> str:
        """A hash that saving in another program does not change, and any change of the text does."""
        parts = (*self.blocks, "\x1e", *self.marks, "\x1e", *self.sides)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def read(path: Path) -> Content:
    """The content of a Word file.

    Raises:
        FileFaults: it cannot be read or is no Word file.
    """
    try:
        return content(path.read_bytes())
    except (OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, RuntimeError) as error:
        raise FileFaults([Complaint(path.name, "不是能读的 Word 文件")]) from error


def content(data: bytes) -> Content:
    """The content of a Word file's bytes.

    Raises:
        ValueError: a part is too large or declares entities.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > _MOST_PARTS:
            raise ValueError("too many parts")
        body = _parsed(_part(archive, "word/document.xml"))
        sides = sorted(name for name in archive.namelist() if _SIDES.fullmatch(name))
        texts = {text for name in sides for text in _blocks(_parsed(_part(archive, name)))}
    return Content(tuple(_blocks(body)), tuple(_marks(body)), tuple(sorted(texts)))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        data = part.read(_MOST_PART + 1)
    if len(data) > _MOST_PART:
        raise ValueError(f"{name} is too large")
    if b"<!DOCTYPE" in data[:1000] or b"<!ENTITY" in data:
        raise ValueError(f"{name} declares entities")
    return data


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _blocks(root: etree._Element) -> Iterator[str]:
    """The texts of paragraphs, in tables too, that say something; results of fields are no text."""
    walk = _Walk()
    walk.element(root)
    return iter(walk.blocks)


@dataclass(slots=True)
class _Walk:
    """Goes through a part in its order: the text of each paragraph that is open, and how deep in fields it is."""

    blocks: list[str] = field(default_factory=list)
    open_: list[list[str]] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)

    def element(self, element: etree._Element) -> None:
        """Read an element and what is in it."""
        tag = element.tag
        if tag in _SKIPPED:
            return
        if tag == f"{_W}p":
            self._paragraph(element)
        elif tag == f"{_W}fldChar":
            self._field(str(element.get(f"{_W}fldCharType")))
        elif tag == f"{_W}t":
            self._say(element.text or "")
        elif tag in _SPACES:
            self._say(" ")
        else:
            for child in element:
                self.element(child)

    def _paragraph(self, element: etree._Element) -> None:
        self.open_.append([])
        for child in element:
            self.element(child)
        text = _SPACE.sub(" ", "".join(self.open_.pop())).strip()
        if text:
            self.blocks.append(text)

    def _say(self, text: str) -> None:
        if self.open_ and not any(self.fields):
            self.open_[-1].append(text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields:
            self.fields.pop()


def _marks(body: etree._Element) -> Iterator[str]:
    """Revisions, comments and pictures, which the text does not show."""
    for tag, name in _MARKS.items():
        count = sum(1 for element in body.iter(tag) if not any(a.tag in _SKIPPED for a in element.iterancestors()))
        if count:
            yield f"{name}{count}"
