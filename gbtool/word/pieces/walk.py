"""One part of Word's own XML in its order: paragraphs, tables, boxes, revisions, hidden and coloured runs, fields."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from gbtool.model.piece import Grid, Piece, Spot
from gbtool.word.pieces.names import MC, PIC, WP, WPG, WPS, M, V, W
from gbtool.word.pieces.places import Places
from gbtool.word.pieces.styles import NO_STYLES, Styles

_SHOWN_FIELDS = 200
_WHITE = frozenset({"", "auto", "ffffff", "none", "clear"})
_BLACK = frozenset({"", "auto", "000000"})
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_NEW = frozenset({f"{W}ins", f"{W}moveTo"})
_TEXT = frozenset({f"{W}t", f"{W}delText", f"{M}t"})
_INSTRUCTION = frozenset({f"{W}instrText", f"{W}delInstrText"})
_SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_NAMED = {
    f"{WP}docPr": ("name", "descr", "title"),
    f"{PIC}cNvPr": ("name", "descr", "title"),
    f"{WPS}cNvPr": ("name", "descr", "title"),
    f"{WPG}cNvPr": ("name", "descr", "title"),
    f"{V}shape": ("alt", "title"),
    f"{V}imagedata": ("title",),
    f"{V}textpath": ("string",),
    f"{W}hyperlink": (f"{W}tooltip",),
    f"{W}alias": (f"{W}val",),
    f"{W}tag": (f"{W}val",),
    f"{W}listItem": (f"{W}displayText", f"{W}value"),
    f"{W}bookmarkStart": (f"{W}name",),
    f"{W}tblCaption": (f"{W}val",),
    f"{W}tblDescription": (f"{W}val",),
    f"{W}docVar": (f"{W}name", f"{W}val"),
    f"{W}statusText": (f"{W}val",),
    f"{W}helpText": (f"{W}val",),
    f"{W}default": (f"{W}val",),
}
_PICTURES = frozenset({f"{WP}docPr", f"{PIC}cNvPr"})
_LINED = frozenset({f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}txbxContent", f"{W}p", f"{W}r", *_GONE, *_NEW})
_LOOKS = tuple(f"{W}{name}" for name in ("vanish", "highlight", "color", "shd", "rStyle", "pStyle"))
_OTHERS = tuple(
    f"{W}{name}"
    for name in (
        "fldChar",
        "fldSimple",
        "outlineLvl",
        "lastRenderedPageBreak",
        "sectPr",
        "comment",
        "footnote",
        "endnote",
    )
)
HEARD = (
    *_LINED,
    *_TEXT,
    *_INSTRUCTION,
    *_SIGNS,
    *_NAMED,
    *_LOOKS,
    *_OTHERS,
    f"{MC}AlternateContent",
    f"{MC}Fallback",
)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is open."""

    number: int
    where: str
    spot: Spot
    now: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    coloured: dict[str, list[str]] = field(default_factory=dict)
    heading: bool = False
    vanished: bool = False


@dataclass(slots=True)
class Walk:
    """What a part says: `read` fills pieces, grids, the authors of changes and the sections' headers and footers."""

    part: str
    spot: Spot = Spot.BODY
    where: str = ""
    styles: Styles = NO_STYLES
    pieces: list[Piece] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    sections: list[etree._Element] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    open_: list[_Paragraph] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)
    counted: int = 0
    gone: int = 0
    new: int = 0
    twice: list[set[tuple[str, Spot]]] = field(default_factory=list)
    fallback: int = 0
    hidden: bool = False
    colour: str = ""

    def read(self, root: etree._Element) -> "Walk":
        """Go through a part."""
        self.places.start(self.where)
        started, ended = self._started(), self._ended()
        for event, element in etree.iterwalk(root, events=("start", "end"), tag=HEARD):
            heard = (started if event == "start" else ended).get(element.tag)
            if heard:
                heard(element)
        return self

    def _started(self) -> dict[str, Callable[[etree._Element], None]]:
        table: dict[str, Callable[[etree._Element], None]] = {
            f"{W}p": self._paragraph,
            f"{W}tbl": lambda _: self.places.table(),
            f"{W}tr": lambda _: self.places.row(),
            f"{W}tc": self._cell,
            f"{W}txbxContent": lambda _: self.places.box(self._here()),
            f"{W}vanish": self._vanish,
            f"{W}highlight": self._highlight,
            f"{W}color": self._colour,
            f"{W}shd": self._shade,
            f"{W}rStyle": self._style,
            f"{W}pStyle": self._style,
            f"{W}fldChar": self._field,
            f"{W}fldSimple": self._simple,
            f"{W}outlineLvl": self._outline,
            f"{W}lastRenderedPageBreak": lambda _: self.places.page(),
            f"{W}sectPr": self.sections.append,
            f"{W}comment": self._note,
            f"{W}footnote": self._note,
            f"{W}endnote": self._note,
            f"{MC}AlternateContent": lambda _: self.twice.append(set()),
            f"{MC}Fallback": lambda _: self._falling(1),
        }
        table.update(dict.fromkeys(_TEXT, self._text))
        table.update(dict.fromkeys(_INSTRUCTION, self._instruction))
        table.update(dict.fromkeys(_SIGNS, self._sign))
        table.update(dict.fromkeys(_NAMED, self._named))
        table.update(dict.fromkeys((*_GONE, *_NEW), self._change))
        return table

    def _ended(self) -> dict[str, Callable[[etree._Element], None]]:
        return {
            f"{W}p": lambda _: self._close(),
            f"{W}tbl": lambda _: self._grid(),
            f"{W}tc": lambda _: self.places.cell_done(),
            f"{W}txbxContent": lambda _: self.places.box_done(),
            f"{W}r": lambda _: self._run_done(),
            f"{MC}AlternateContent": lambda _: self._alternated(),
            f"{MC}Fallback": lambda _: self._falling(-1),
            **dict.fromkeys(_GONE, lambda _: self._settled(gone=True)),
            **dict.fromkeys(_NEW, lambda _: self._settled(gone=False)),
        }

    # Paragraphs

    def _paragraph(self, _: etree._Element) -> None:
        where, spot = self.places.paragraph()
        self.open_.append(_Paragraph(self.counted, where, spot or self.spot))
        self.counted += 1

    def _close(self) -> None:
        paragraph = self.open_.pop()
        text = "".join(paragraph.now)
        if paragraph.heading and text.strip():
            self.places.heading(text)
        self._emit(text, paragraph.spot, paragraph, heading=paragraph.heading)
        self.places.said(text)
        if paragraph.hidden:
            self._emit("".join(paragraph.shown), paragraph.spot, paragraph)
        if paragraph.deleted:
            self._emit("".join(paragraph.before), Spot.BEFORE, paragraph)
        for spot, said in (
            (Spot.HIDDEN, paragraph.hidden),
            (Spot.INSERTED, paragraph.inserted),
            (Spot.DELETED, paragraph.deleted),
        ):
            self._emit("".join(said), spot, paragraph)
        self._emit("".join(paragraph.fields), Spot.FIELD, paragraph)
        for colour, said in paragraph.coloured.items():
            self._emit("".join(said), Spot.COLOURED, paragraph, name=colour)

    def _emit(self, text: str, spot: Spot, at: _Paragraph | None, *, name: str = "", heading: bool = False) -> None:
        if not text.strip():
            return
        if self.twice:
            if self.fallback and (text, spot) in self.twice[-1]:
                return
            self.twice[-1].add((text, spot))
        where = at.where if at else self.places.here()
        number = at.number if at else (self.open_[-1].number if self.open_ else -1)
        self.pieces.append(Piece(text, spot, where, self.part, number, name, heading=heading))

    def _here(self) -> str:
        return self.open_[-1].where if self.open_ else self.places.here()

    # Runs and their looks

    def _text(self, element: etree._Element) -> None:
        self._say(element.text or "")

    def _sign(self, element: etree._Element) -> None:
        above = element.getparent()
        if above is None or above.tag != f"{W}tabs":
            self._say(_SIGNS[str(element.tag)])

    def _say(self, text: str) -> None:
        if not self.open_ or not text:
            return
        paragraph = self.open_[-1]
        if self.gone:
            paragraph.deleted.append(text)
            paragraph.before.append(text)
            return
        paragraph.now.append(text)
        if self.new:
            paragraph.inserted.append(text)
        else:
            paragraph.before.append(text)
        if self.hidden or paragraph.vanished:
            paragraph.hidden.append(text)
        else:
            paragraph.shown.append(text)
        if self.colour:
            paragraph.coloured.setdefault(self.colour, []).append(text)

    def _run_done(self) -> None:
        self.hidden = False
        self.colour = ""

    def _vanish(self, element: etree._Element) -> None:
        if element.get(f"{W}val", "1") not in ("0", "false", "off") and _of_run(element):
            self.hidden = True

    def _highlight(self, element: etree._Element) -> None:
        value = element.get(f"{W}val", "").lower()
        if _of_run(element) and value not in (*_WHITE, "white"):
            self.colour = f"底色 {value}"

    def _shade(self, element: etree._Element) -> None:
        value = element.get(f"{W}fill", "").lower()
        if _of_run(element) and value not in _WHITE:
            self.colour = f"底纹 #{value}"

    def _colour(self, element: etree._Element) -> None:
        value = element.get(f"{W}val", "").lower()
        if _of_run(element) and value not in (*_BLACK, *_WHITE) and not self.colour:
            self.colour = f"字色 #{value}"

    def _style(self, element: etree._Element) -> None:
        style = element.get(f"{W}val", "")
        if element.tag == f"{W}rStyle":
            self.hidden = self.hidden or style in self.styles.hidden
        elif self.open_:
            self.open_[-1].heading = style in self.styles.headings
            self.open_[-1].vanished = style in self.styles.hidden

    def _outline(self, element: etree._Element) -> None:
        if self.open_ and element.get(f"{W}val", "9") != "9":
            self.open_[-1].heading = True

    # Fields

    def _field(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if self.open_ and kind == "begin" and self.open_[-1].fields:
            self.open_[-1].fields.append(" ")

    def _instruction(self, element: etree._Element) -> None:
        if self.open_ and len(self.open_[-1].fields) < _SHOWN_FIELDS:
            self.open_[-1].fields.append(element.text or "")

    def _simple(self, element: etree._Element) -> None:
        if self.open_:
            self.open_[-1].fields.append(f"{element.get(f'{W}instr', '')} ")

    # Changes, notes, alternatives, tables

    def _change(self, element: etree._Element) -> None:
        self.authors.setdefault(element.get(f"{W}author", ""))
        if element.tag in _GONE:
            self.gone += 1
        else:
            self.new += 1

    def _settled(self, *, gone: bool) -> None:
        if gone:
            self.gone -= 1
        else:
            self.new -= 1

    def _note(self, element: etree._Element) -> None:
        author = element.get(f"{W}author", "")
        if author:
            self.authors.setdefault(author)
        if not element.get(f"{W}type"):
            self.places.note(author)

    def _falling(self, step: int) -> None:
        self.fallback += step

    def _alternated(self) -> None:
        inner = self.twice.pop()
        if self.twice:
            self.twice[-1] |= inner

    def _cell(self, element: etree._Element) -> None:
        span = element.find(f"{W}tcPr/{W}gridSpan")
        self.places.cell(span.get(f"{W}val", "1") if span is not None else "1")

    def _grid(self) -> None:
        grid = self.places.table_done()
        if not self.fallback:
            self.grids.append(grid)

    # What has a name

    def _named(self, element: etree._Element) -> None:
        picture = element.tag in _PICTURES
        for key in _NAMED[str(element.tag)]:
            value = element.get(key, "")
            if value.strip():
                spot = Spot.PICTURE if picture and key == "name" else Spot.ALT
                self._emit(value, spot, self.open_[-1] if self.open_ else None)


def _of_run(element: etree._Element) -> bool:
    """Whether a look belongs to a run: not to a cell, nor to what a run looked like before a change."""
    above = element.getparent()
    if above is None or above.tag not in (f"{W}rPr", f"{W}pPr"):
        return False
    over = above.getparent()
    return over is not None and over.tag in (f"{W}r", f"{W}p")


def authors_of(walks: Iterable[Walk]) -> tuple[str, ...]:
    """Everybody who changed or commented something."""
    return tuple(dict.fromkeys(author for walk in walks for author in walk.authors if author.strip()))
