"""The blocks of a body: paragraphs and tables that say something, each with what it says and what it looks like."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from gbtool.structs import Frozen, Mutable, field, replace
from gbtool.word.merging.opened import W
from gbtool.word.merging.styles import Styles, face_of
from gbtool.word.reading import SKIPPED, Walk

P, TABLE, SECTION = f"{W}p", f"{W}tbl", f"{W}sectPr"
_WRAPPERS = (f"{W}sdt", f"{W}customXml")
_INSIDE = f"{W}sdtContent"
_DRAWN = (f"{W}drawing", f"{W}pict", f"{W}object")
_BOXES = f"{W}txbxContent"
_REVISIONS = ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "cellIns", "cellDel", "cellMerge")
_NOTES = ("commentReference", "commentRangeStart", "commentRangeEnd", "footnoteReference", "endnoteReference")
REVISED = tuple(f"{W}{name}" for name in (*_REVISIONS, *_NOTES))

Face = tuple[tuple[str, str], ...]


class Block(Frozen):
    """A paragraph, a table or the end of a section.

    `texts` are what it says: one for each paragraph inside, or one for each cell. `look` is what else a person may have
    changed: faces of its runs, style, tracked changes, comments, pictures. `spacing` are the paragraphs that say
    nothing and follow it, each with whether a field goes on in it.
    """

    kind: str
    texts: tuple[str, ...]
    look: tuple[object, ...]
    element: etree._Element
    heading: bool = False
    rows: tuple["Row", ...] = ()
    spacing: tuple[tuple[etree._Element, bool], ...] = ()

    @property
    def text(self) -> str:
        """What it says in one line."""
        return " ".join(text for text in self.texts if text)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two blocks the same for somebody who reads."""
        return (self.kind, *self.texts)

    def same(self, other: "Block") -> bool:
        """Whether nobody touched it: it says the same and looks the same."""
        return self.key == other.key and self.look == other.look


class Row(Frozen):
    """A row of a table: its cells as blocks."""

    cells: tuple[Block, ...]
    element: etree._Element
    look: tuple[str, ...] = ()
    kind: str = "r"

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two rows the same for somebody who reads."""
        return tuple(cell.key for cell in self.cells)

    @property
    def text(self) -> str:
        """What it says in one line."""
        return "　".join(text for cell in self.cells if (text := cell.text))

    def same(self, other: "Row") -> bool:
        """Whether nobody touched it."""
        alike = self.key == other.key and self.look == other.look
        return alike and all(a.same(b) for a, b in zip(self.cells, other.cells, strict=True))


class Reader(Mutable):
    """Reads blocks in order; fields go on from one to the next."""

    styles: Styles
    walk: Walk = field(default_factory=Walk)

    def blocks(self, container: etree._Element) -> tuple[Block, ...]:
        """The blocks of a body, header or footer."""
        found: list[Block] = []
        spacing: list[list[tuple[etree._Element, bool]]] = []
        for element in _flat(container):
            glued = self.walk.in_field
            new = list(self._read(element))
            found += new
            spacing += ([] for _ in new)
            if not new and found and (element.tag == P or glued):
                spacing[-1].append((element, glued))
        return tuple(replace(block, spacing=tuple(after)) for block, after in zip(found, spacing, strict=True))

    def _read(self, element: etree._Element) -> Iterator[Block]:
        if element.tag == TABLE:
            yield self._table(element)
        elif element.tag == P:
            yield from self._paragraph(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        texts = tuple(self.walk.said(element))
        marks = _marks(element)
        if texts or marks:
            heading = self.styles.heading(_style(element))
            yield Block("p", texts, (*marks, *self._look(element)), element, heading)
        section = element.find(f"{W}pPr/{SECTION}")
        if section is not None:
            yield Block("s", (_orientation(section),), (), element)

    def _table(self, element: etree._Element) -> Block:
        rows = tuple(self._row(row) for row in _rows(element))
        texts = tuple(cell.text for row in rows for cell in row.cells)
        look = tuple((row.look, *(cell.look for cell in row.cells)) for row in rows)
        return Block("t", texts, look, element, rows=rows)

    def _row(self, element: etree._Element) -> Row:
        properties = element.find(f"{W}trPr")
        return Row(
            tuple(self._cell(cell) for cell in _cells(element)),
            element,
            _marks(properties) if properties is not None else (),
        )

    def _cell(self, element: etree._Element) -> Block:
        texts = tuple(self.walk.said(element))
        looks = tuple(self._look(paragraph) for paragraph in element.iter(P) if _runs(paragraph))
        return Block("c", texts, (*_marks(element), *looks), element)

    def _look(self, paragraph: etree._Element) -> tuple[object, ...]:
        """The style of a paragraph, and the faces of its text as stretches of one face."""
        style = _style(paragraph)
        usual = self.styles.face(style)
        stretches: list[tuple[Face, int]] = []
        for run, text in _runs(paragraph):
            face = tuple(sorted((usual | face_of(run.find(f"{W}rPr"))).items()))
            if stretches and stretches[-1][0] == face:
                stretches[-1] = (face, stretches[-1][1] + len(text))
            else:
                stretches.append((face, len(text)))
        return (self.styles.name(style), *stretches)


def _flat(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a container, also of those inside content controls."""
    for child in container:
        if child.tag in _WRAPPERS:
            inside = child.find(_INSIDE)
            yield from _flat(child if inside is None else inside)
        elif child.tag in (P, TABLE):
            yield child


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in _WRAPPERS:
            yield from child.iter(f"{W}tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from child.iter(f"{W}tc")


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val", "") if found is not None else ""


def _marks(element: etree._Element) -> tuple[str, ...]:
    """Tracked changes, comments, notes and pictures inside an element."""
    found = Counter(
        child.tag
        for child in element.iter(*REVISED, *_DRAWN)
        if not any(a.tag in _FALLBACKS for a in child.iterancestors())
    )
    return tuple(f"{etree.QName(tag).localname}{count}" for tag, count in sorted(found.items()))


def _runs(paragraph: etree._Element) -> list[tuple[etree._Element, str]]:
    """The runs of a paragraph that say something, without deleted ones, boxes of drawings and results of fields."""
    found, fields = [], list[bool]()
    for run in paragraph.iter(f"{W}r"):
        if any(above.tag in _ELSEWHERE for above in _up_to(run, paragraph)):
            continue
        text = ""
        for child in run:
            if child.tag == f"{W}fldChar":
                _turn(str(child.get(f"{W}fldCharType")), fields)
            elif child.tag == f"{W}t" and not any(fields):
                text += child.text or ""
        if text:
            found.append((run, text))
    return found


_FALLBACKS = frozenset(tag for tag in SKIPPED if tag.endswith("Fallback"))
_ELSEWHERE = SKIPPED | {_BOXES}


def _turn(kind: str, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(False)
    elif fields and kind == "separate":
        fields[-1] = True
    elif fields:
        fields.pop()


def _up_to(element: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above


def _orientation(section: etree._Element) -> str:
    size = section.find(f"{W}pgSz")
    return "landscape" if size is not None and size.get(f"{W}orient") == "landscape" else "portrait"
