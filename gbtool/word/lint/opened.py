"""A .docx opened for looking: its parts as trees, its styles with what they inherit, its sections in order."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from lxml import etree

from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Frozen, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
THEME = "主题字体"
_MOST = 40_000_000
_TEXT, _SIGNS = f"{W}t", {f"{W}noBreakHyphen": "-"}
_PIECES = (f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen")
_HEADER = re.compile(r"word/(header|footer)\d*\.xml$")


class Flaw(Frozen):
    """One thing that is wrong: the rule, the text beside which it stands, and what it is."""

    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        """The flaw on a line."""
        return f"{self.rule}：“{self.where}”{self.message}"


class Look(Frozen):
    """The paragraph properties that hold after inheritance: first lines in hundredths of a character."""

    align: str = ""
    first: str = ""
    keep: bool = False
    outline: str = ""
    breaks: bool = False
    counted: str = ""
    level: str = "0"


class Section(Frozen):
    """A section: its page in twips, the parts that it refers to, and the blocks that lie on it."""

    width: int
    height: int
    margins: Mapping[str, int]
    landscape: bool
    parts: Mapping[str, str]
    blocks: tuple[etree._Element, ...]

    @property
    def room(self) -> int:
        """The width between the margins."""
        return self.width - self.margins.get("left", 0) - self.margins.get("right", 0)


class Opened(Frozen, dict=True):
    """A Word file by its parts."""

    parts: Mapping[str, etree._Element] = field(default_factory=dict)
    _faces: dict[str, str] = field(default_factory=dict)
    _chains: dict[str, list[etree._Element]] = field(default_factory=dict)

    @property
    def body(self) -> etree._Element:
        """The body of the document."""
        found = self.parts["word/document.xml"].find(f"{W}body")
        return found if found is not None else self.parts["word/document.xml"]

    @cached_property
    def blocks(self) -> tuple[etree._Element, ...]:
        """Paragraphs and tables of the body in their order."""
        return tuple(each for each in self.body if each.tag in (f"{W}p", f"{W}tbl"))

    @property
    def paragraphs(self) -> Iterator[etree._Element]:
        """The paragraphs that stand in no table."""
        return (each for each in self.blocks if each.tag == f"{W}p")

    @property
    def tables(self) -> Iterator[etree._Element]:
        """The tables of the body."""
        return (each for each in self.blocks if each.tag == f"{W}tbl")

    @property
    def sides(self) -> Iterator[tuple[str, etree._Element]]:
        """Headers and footers by name."""
        return ((name, root) for name, root in self.parts.items() if _HEADER.fullmatch(name))

    @cached_property
    def styles(self) -> Mapping[str, etree._Element]:
        """The styles by id."""
        return {str(each.get(f"{W}styleId")): each for each in self.parts["word/styles.xml"].iter(f"{W}style")}

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """The parts of the document's relations by id."""
        root = self.parts.get("word/_rels/document.xml.rels")
        return {str(each.get("Id")): f"word/{each.get('Target')}" for each in root} if root is not None else {}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections with what lies on them."""
        found: list[Section] = []
        waiting: list[etree._Element] = []
        for block in self.body:
            properties = block if block.tag == f"{W}sectPr" else block.find(f"{W}pPr/{W}sectPr")
            if block.tag != f"{W}sectPr":
                waiting.append(block)
            if properties is not None:
                found.append(self._section(properties, tuple(waiting)))
                waiting = []
        return tuple(found)

    def _section(self, properties: etree._Element, blocks: tuple[etree._Element, ...]) -> Section:
        size, margins = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
        if size is None:
            size = etree.Element("none")
        sides = {
            f"{each.tag.removeprefix(W).removesuffix('Reference')} {each.get(f'{W}type')}": self.targets.get(
                str(each.get(f"{R}id")), ""
            )
            for each in properties
            if isinstance(each.tag, str) and each.tag.endswith("Reference")
        }
        named = {
            etree.QName(name).localname: int(value)
            for name, value in (margins.attrib if margins is not None else {}).items()
        }
        return Section(
            number(size, "w"), number(size, "h"), named, size.get(f"{W}orient") == "landscape", sides, blocks
        )

    def style(self, paragraph: etree._Element) -> str:
        """The style of a paragraph."""
        return value(paragraph, "pPr/pStyle") or "Normal"

    def look(self, paragraph: etree._Element) -> Look:
        """What holds for a paragraph: its own properties before those of its style."""
        style = self.style(paragraph)
        own = paragraph.find(f"{W}pPr")
        found = [*([own] if own is not None else []), *self._chain(style)]
        return Look(
            first_of(found, "jc"),
            first_of(found, "ind", "firstLineChars"),
            on(found, "keepNext"),
            first_of(found, "outlineLvl"),
            on(found, "pageBreakBefore"),
            first_of(found, "numPr/numId"),
            first_of(found, "numPr/ilvl") or "0",
        )

    def face_of(self, run: etree._Element) -> str:
        """The Chinese face of a run: its own, else that of its character style, its paragraph's, or the document."""
        own = face_in(run) or self.face(value(run, "rPr/rStyle"))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        return own or (self.face(self.style(paragraph)) if paragraph is not None else "") or self.usual_face

    def face(self, style: str) -> str:
        """The Chinese face of a style, which one that it is based on may say; empty where none does."""
        if style not in self._faces:
            said = (face_in(self.styles[id_]) for id_ in self._family(style))
            self._faces[style] = next((face for face in said if face), "")
        return self._faces[style]

    @cached_property
    def faces(self) -> frozenset[str]:
        """The Chinese faces that the styles of paragraphs say."""
        paragraphs = (each for each in self.styles.values() if each.get(f"{W}type") == "paragraph")
        return frozenset(map(face_in, paragraphs)) - {"", THEME}

    @cached_property
    def usual_face(self) -> str:
        """The Chinese face of text whose styles say none."""
        usual = self.parts["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault")
        return face_in(usual) if usual is not None else ""

    def _family(self, style: str) -> list[str]:
        family: list[str] = []
        while style in self.styles and style not in family:
            family.append(style)
            style = value(self.styles[style], "basedOn")
        return family

    def _chain(self, style: str) -> list[etree._Element]:
        """The paragraph properties of a style and of those that it inherits from, found once."""
        if style not in self._chains:
            found = (self.styles[id_].find(f"{W}pPr") for id_ in self._family(style))
            self._chains[style] = [each for each in found if each is not None]
        return self._chains[style]


def opened(data: bytes) -> Opened:
    """A Word file by its parts.

    Raises:
        FileFaults: it is no Word file, or a part of it is too large.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
            small = all(info.file_size <= _MOST for info in infos)
            parts = {info.filename: etree.fromstring(archive.read(info), parser) for info in infos if small}
    except (zipfile.BadZipFile, OSError, RuntimeError, etree.XMLSyntaxError) as error:
        raise FileFaults([Complaint("", "不是能读的 Word 文件")]) from error
    if not {"word/document.xml", "word/styles.xml"} <= set(parts):
        raise FileFaults([Complaint("", "不是能读的 Word 文件")])
    return Opened(parts)


def face_in(element: etree._Element) -> str:
    """The Chinese face that the properties of a run or a style say; one from a theme has no name of its own."""
    fonts = element.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return ""
    return THEME if fonts.get(f"{W}eastAsiaTheme") else str(fonts.get(f"{W}eastAsia", ""))


def number(element: etree._Element, name: str) -> int:
    """A number in an attribute, 0 without one."""
    return int(element.get(f"{W}{name}", "0"))


def value(element: etree._Element, path: str) -> str:
    """The value of an element below another one by its path without prefixes, empty without it."""
    found = element.find(_full(path))
    return str(found.get(f"{W}val", "")) if found is not None else ""


def first_of(chain: list[etree._Element], path: str, attribute: str = "val") -> str:
    """The nearest value of a property that a chain of properties gives."""
    for each in chain:
        found = each.find(_full(path))
        if found is not None and found.get(f"{W}{attribute}") is not None:
            return str(found.get(f"{W}{attribute}"))
    return ""


@cache
def _full(path: str) -> str:
    return "/".join(f"{W}{step}" for step in path.split("/"))


def on(chain: list[etree._Element], name: str) -> bool:
    """Whether a switch is on where it is set nearest."""
    for each in chain:
        found = each.find(f"{W}{name}")
        if found is not None:
            return found.get(f"{W}val") not in ("0", "false", "off")
    return False


def text(element: etree._Element) -> str:
    """What an element says as a reader sees it, drawings said once and without the codes of fields."""
    twice = next(element.iter(f"{MC}Fallback"), None) is not None
    found = (
        each
        for each in element.iter(*_PIECES)
        if not (twice and any(above.tag == f"{MC}Fallback" for above in each.iterancestors()))
    )
    return "".join((each.text or "") if each.tag == _TEXT else _SIGNS.get(str(each.tag), " ") for each in found).strip()


def short(said: str) -> str:
    """As much of a text as names the place."""
    return said if len(said) <= 24 else f"{said[:24]}…"  # noqa: PLR2004 # enough to find it
