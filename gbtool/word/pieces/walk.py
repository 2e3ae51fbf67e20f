"""One part of Word's own XML in its order: paragraphs, tables, boxes, revisions, hidden and coloured runs, fields."""

import sys
from collections.abc import Callable, Iterable

from lxml import etree

from gbtool.model.piece import Grid, Piece, Spot
from gbtool.structs import Mutable, field
from gbtool.word.pieces.heard import (
    GONE,
    HEARD,
    INSTRUCTION,
    MARKED,
    NAMED,
    NEW,
    PICTURES,
    RESHAPED,
    SIGNS,
    TEXT,
)
from gbtool.word.pieces.looks import of_run, shaded
from gbtool.word.pieces.names import MC, W
from gbtool.word.pieces.places import Places
from gbtool.word.pieces.styles import NO_STYLES, Styles

_SHOWN_FIELDS = 20_000
_WHITE = frozenset({"", "auto", "ffffff", "none", "clear"})
_BLACK = frozenset({"", "auto", "000000"})
_SMALLEST = 4  # half points: nobody can read this
_FAINT = "白字或极小的字"
_OWN_SIGNS = (0xD800, 0xF8FF)  # no letter of its own: what a symbol font draws


class _Paragraph(Mutable):
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
    aside: list[str] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)
    heading: bool = False
    vanished: bool = False
    reshaped: bool = False


class Walk(Mutable):
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
    aside: int = 0
    hidden: bool = False
    faint: bool = False
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
            f"{W}sz": self._size,
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
            f"{W}rt": lambda _: self._beside(1),
            f"{W}sym": self._symbol,
        }
        table.update(dict.fromkeys(TEXT, self._text))
        table.update(dict.fromkeys(INSTRUCTION, self._instruction))
        table.update(dict.fromkeys(SIGNS, self._sign))
        table.update(dict.fromkeys(NAMED, self._named))
        table.update(dict.fromkeys((*GONE, *NEW), self._change))
        table.update(dict.fromkeys(RESHAPED, self._reshaped))
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
            f"{W}rt": lambda _: self._beside(-1),
            **dict.fromkeys(GONE, lambda _: self._settled(gone=True)),
            **dict.fromkeys(NEW, lambda _: self._settled(gone=False)),
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
        self._emit("".join(paragraph.faint), Spot.HIDDEN, paragraph, name=_FAINT)
        self._emit("".join(paragraph.fields), Spot.FIELD, paragraph)
        self._emit("".join(paragraph.aside), Spot.ALT, paragraph)
        if paragraph.reshaped:
            self._emit(text if text.strip() else "（空段落）", Spot.RESHAPED, paragraph)
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
            self._say(SIGNS[str(element.tag)])

    def _symbol(self, element: etree._Element) -> None:
        """A sign by its number; what only a symbol font can draw is some sign."""
        number = element.get(f"{W}char", "")
        try:
            code = int(number, 16)
        except ValueError:
            return
        first, last = _OWN_SIGNS
        self._say("□" if not 0 < code < sys.maxunicode or first <= code <= last else chr(code))

    def _beside(self, step: int) -> None:
        """What is written small above the words is no part of them."""
        self.aside += step

    def _say(self, text: str) -> None:
        if not self.open_ or not text:
            return
        paragraph = self.open_[-1]
        if self.aside:
            paragraph.aside.append(text)
            return
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
        if self.faint:
            paragraph.faint.append(text)
        if self.colour:
            paragraph.coloured.setdefault(self.colour, []).append(text)

    def _run_done(self) -> None:
        self.hidden = self.faint = False
        self.colour = ""

    def _vanish(self, element: etree._Element) -> None:
        if element.get(f"{W}val", "1") not in ("0", "false", "off") and of_run(element):
            self.hidden = True

    def _highlight(self, element: etree._Element) -> None:
        value = element.get(f"{W}val", "").lower()
        if of_run(element) and value not in (*_WHITE, "white"):
            self.colour = f"底色 {value}"

    def _shade(self, element: etree._Element) -> None:
        value = element.get(f"{W}fill", "").lower()
        if of_run(element) and value not in _WHITE:
            self.colour = f"底纹 #{value}"

    def _colour(self, element: etree._Element) -> None:
        value = element.get(f"{W}val", "").lower()
        if value == "ffffff" and of_run(element) and self.places.plain() and not shaded(element):
            self.faint = True
        if of_run(element) and value not in (*_BLACK, *_WHITE) and not self.colour:
            self.colour = f"字色 #{value}"

    def _size(self, element: etree._Element) -> None:
        value = element.get(f"{W}val", "")
        if of_run(element) and value.isascii() and value.isdigit() and int(value) <= _SMALLEST:
            self.faint = True

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
        above = element.getparent()
        if above is not None and above.tag in MARKED:
            self._reshaped(element)
        if element.tag in GONE:
            self.gone += 1
        else:
            self.new += 1

    def _reshaped(self, element: etree._Element) -> None:
        """A change that is of no words: of a look, a row, a paragraph's mark."""
        self.authors.setdefault(element.get(f"{W}author", ""))
        if self.open_:
            self.open_[-1].reshaped = True
        else:
            self._emit("（表格或版面）", Spot.RESHAPED, None)

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
        picture = element.tag in PICTURES
        for key in NAMED[str(element.tag)]:
            value = element.get(key, "")
            if value.strip():
                spot = Spot.PICTURE if picture and key == "name" else Spot.ALT
                self._emit(value, spot, self.open_[-1] if self.open_ else None)


def authors_of(walks: Iterable[Walk]) -> tuple[str, ...]:
    """Everybody who changed or commented something."""
    return tuple(dict.fromkeys(author for walk in walks for author in walk.authors if author.strip()))
