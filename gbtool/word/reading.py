"""A .docx back to its text: blocks of the body in order, bounded against bombs and without entities."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Frozen, Mutable, field
from gbtool.word import wordml

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MOST_PART = 40_000_000
_MOST = 400_000_000
_MOST_PARTS = 3000
_SPACE = re.compile(r"\s+")
SKIPPED = frozenset({f"{_MC}Fallback", f"{_W}del", f"{_W}moveFrom", f"{_W}fldSimple"})
_MARKS = {
    f"{_W}ins": "修订",
    f"{_W}del": "修订",
    f"{_W}commentReference": "批注",
    f"{_W}drawing": "图",
    f"{_W}object": "对象",
}
_HEARD = (*SKIPPED, *(f"{_W}{name}" for name in ("p", "t", "br", "tab", "cr", "fldChar")))
# One literal before all that may follow, so that the search leaps from tag to tag.
_OWN = re.compile(r'<(?:w:t(?: [^>]*)?>([^<]*)|w:fldChar w:fldCharType="(\w+)"|(w:p>|/w:p>|w:br/|w:br |w:tab/))')
_SIDES = re.compile(r"word/(header|footer)\d*\.xml$")


class Content(Frozen):
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
        return understood(path.read_bytes(), path.name)
    except OSError as error:
        raise FileFaults([Complaint(path.name, "不是能读的 Word 文件")]) from error


def understood(data: bytes, name: str) -> Content:
    """The content of the bytes of a Word file of this name.

    Raises:
        FileFaults: it is no Word file.
    """
    try:
        return content(data)
    except (OSError, zipfile.BadZipFile, KeyError, SyntaxError, ValueError, RuntimeError) as error:
        raise FileFaults([Complaint(name, "不是能读的 Word 文件")]) from error


def content(data: bytes) -> Content:
    """The content of a Word file's bytes.

    Raises:
        ValueError: a part is too large or declares entities.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > _MOST_PARTS:
            raise ValueError("too many parts")
        body = parsed(_part(archive, "word/document.xml"))
        sides = sorted(name for name in archive.namelist() if _SIDES.fullmatch(name))
        texts = {text for name in sides for text in _blocks(parsed(_part(archive, name)))}
    return Content(tuple(_blocks(body)), tuple(_marks(body)), tuple(sorted(texts)))


def of(data: bytes, *, own: bool) -> Content:
    """The content of a file that gbtool has just made, from its own XML or from a firm's Word file."""
    return _own(data) if own else content(data)


def _own(data: bytes) -> Content:
    """The content of a file that gbtool itself has just made: the same as `content`, without building trees."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = wordml.without_fallbacks(archive.read("word/document.xml").decode())
        sides = [archive.read(name) for name in archive.namelist() if _SIDES.fullmatch(name)]
    pictures = body.count("<w:drawing>")
    marks = (f"图{pictures}",) if pictures else ()
    return Content(tuple(_own_blocks(body)), marks, tuple(sorted({text for side in sides for text in _own_side(side)})))


@lru_cache(maxsize=64)
def _own_side(part: bytes) -> tuple[str, ...]:
    """The texts of a header or footer; many documents share one."""
    return tuple(_own_blocks(part.decode()))


def _own_blocks(xml: str) -> Iterator[str]:
    """The texts of paragraphs of gbtool's own XML, where every element is written in one way."""
    open_: list[list[str]] = []
    fields: list[bool] = []
    blocks: list[str] = []
    for text, field_, other in _OWN.findall(xml):
        if text:
            if open_ and not any(fields):
                open_[-1].append(text)
        elif other == "w:p>":
            open_.append([])
        elif other == "/w:p>":
            blocks.append(_SPACE.sub(" ", "".join(open_.pop())).strip())
        elif field_:
            _own_field(field_, fields)
        elif other and open_ and not any(fields):
            open_[-1].append(" ")
    return (_unescaped(block) for block in blocks if block)


def _own_field(kind: str, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(False)
    elif kind == "separate":
        fields[-1] = True
    else:
        fields.pop()


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        data = part.read(_MOST_PART + 1)
    if len(data) > _MOST_PART:
        raise ValueError(f"{name} is too large")
    if b"<!DOCTYPE" in data[:1000] or b"<!ENTITY" in data:
        raise ValueError(f"{name} declares entities")
    return data


def bounded(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part of a Word file by name.

    Raises:
        ValueError: there are too many, they are too large or declare entities.
    """
    if len(archive.infolist()) > _MOST_PARTS:
        raise ValueError("too many parts")
    left = _MOST
    for name in dict.fromkeys(archive.namelist()):
        if not name.endswith("/"):
            data = _part(archive, name)
            left -= len(data)
            if left < 0:
                raise ValueError("the file is too large")
            yield name, data


def parsed(data: bytes) -> "etree._Element":
    """A part as a tree, without entities and without the network."""
    from lxml import etree  # noqa: PLC0415 # most commands look at no file that another program saved

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _blocks(root: "etree._Element") -> Iterator[str]:
    """The texts of paragraphs, in tables too, that say something; results of fields are no text."""
    return iter(Walk().said(root))


class Walk(Mutable):
    """Goes through a part in its order: the texts of the paragraphs that are open, how deep in fields and deletions."""

    blocks: list[str] = field(default_factory=list)
    open_: list[list[str]] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    skipping: int = 0

    @property
    def in_field(self) -> bool:
        """Whether what comes next is the result of a field that began before."""
        return any(self.fields)

    def said(self, element: "etree._Element") -> list[str]:
        """The texts of the paragraphs in an element that say something; a field may go on in the next element."""
        before = len(self.blocks)
        self.element(element)
        return self.blocks[before:]

    def element(self, root: "etree._Element") -> None:
        """Read everything in an element."""
        from lxml import etree  # noqa: PLC0415 # as in `parsed`

        for event, element in etree.iterwalk(root, events=("start", "end"), tag=_HEARD):
            tag = element.tag
            if tag in SKIPPED:
                self.skipping += 1 if event == "start" else -1
            elif not self.skipping:
                self._heard(event, tag, element)

    def _heard(self, event: str, tag: object, element: "etree._Element") -> None:
        if tag == f"{_W}p":
            if event == "start":
                self.open_.append([])
            else:
                self._close()
        elif event == "end" or not self.open_:
            return
        elif tag == f"{_W}fldChar":
            self._field(str(element.get(f"{_W}fldCharType")))
        elif not self.in_field:
            self._say(tag, element)

    def _say(self, tag: object, element: "etree._Element") -> None:
        if tag == f"{_W}t":
            self.open_[-1].append(element.text or "")
        elif _parent(element) != f"{_W}tabs":
            self.open_[-1].append(" ")

    def _close(self) -> None:
        text = _SPACE.sub(" ", "".join(self.open_.pop())).strip()
        if text:
            self.blocks.append(text)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields:
            self.fields.pop()


def _parent(element: "etree._Element") -> object:
    above = element.getparent()
    return above.tag if above is not None else None


def _marks(body: "etree._Element") -> Iterator[str]:
    """Revisions, comments and pictures, which the text does not show."""
    for tag, name in _MARKS.items():
        count = sum(1 for element in body.iter(tag) if not any(a.tag in SKIPPED for a in element.iterancestors()))
        if count:
            yield f"{name}{count}"
