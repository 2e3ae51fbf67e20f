"""Tables of ours and theirs row by row, rows of one grid cell by cell."""

from lxml import etree

from gbtool.model.difference import Difference
from gbtool.structs import Mutable, field
from gbtool.word.merging.blocks import Block, P, Row
from gbtool.word.merging.grafting import Graft, cut
from gbtool.word.merging.opened import W
from gbtool.word.merging.rewriting import rewrite
from gbtool.word.merging.threefold import Action, Judge, Triple, triples

_ROW, _PROPERTIES = f"{W}tr", f"{W}tcPr"
_BEFORE_ROWS = (f"{W}tblPr", f"{W}tblGrid")


def weave_table(judge: Judge, graft: Graft, tables: tuple[Block, Block, Block], place: str) -> list[Difference]:
    """Bring into a table of theirs what ours changed since the base; returns every difference in order."""
    base, theirs, ours = tables
    weaver = _Rows(judge, graft, theirs, place)
    for triple in list(triples(base.rows, theirs.rows, ours.rows)):
        weaver.row(triple)
    if not theirs.element.findall(f".//{_ROW}"):
        cut(theirs.element)
    return weaver.found


class _Rows(Mutable):
    """Goes through the rows of a table; `last` is the row of theirs behind which new ones go."""

    judge: Judge
    graft: Graft
    table: Block
    place: str
    found: list[Difference] = field(default_factory=list)
    last: etree._Element | None = None
    number: int = 0

    def row(self, triple: Triple[Row]) -> None:
        """Do with a row what becomes of it."""
        self.number += triple.theirs is not None
        if not self._cell_by_cell(triple):
            behind = "" if triple.theirs else "以后"
            action, difference = self.judge.decide(triple, f"{self.place} 第{self.number}行{behind}")
            self.found += [difference] if difference else []
            self._do(action, triple)
        if triple.theirs is not None and triple.theirs.element.getparent() is not None:
            self.last = triple.theirs.element

    def _cell_by_cell(self, triple: Triple[Row]) -> bool:
        rows = (triple.base, triple.theirs, triple.ours)
        base, theirs, ours = rows
        if base is None or theirs is None or ours is None:
            return False
        if not len(base.cells) == len(theirs.cells) == len(ours.cells) or theirs.look != base.look:
            return False
        for column, cells in enumerate(zip(base.cells, theirs.cells, ours.cells, strict=True), 1):
            one = Triple(*cells)
            action, difference = self.judge.decide(one, f"{self.place} 第{self.number}行第{column}列")
            self.found += [difference] if difference else []
            if action is Action.REWRITE:
                _rewrite_cell(self.graft, one)
        return True

    def _do(self, action: Action, triple: Triple[Row]) -> None:
        if action is Action.PLACE and triple.ours:
            self._insert(self.graft.copy(triple.ours.element), len(triple.ours.cells))
        elif action is Action.REMOVE and triple.theirs:
            cut(triple.theirs.element)
        elif action is Action.REWRITE and triple.theirs and triple.ours:
            made = self.graft.copy(triple.ours.element)
            for child in [*triple.theirs.element]:
                triple.theirs.element.remove(child)
            triple.theirs.element.extend([*made])

    def _insert(self, made: etree._Element, cells: int) -> None:
        like = next((row for row in self.table.rows if len(row.cells) == cells), None)
        for cell, model in zip(made.iter(f"{W}tc"), like.cells if like else (), strict=False):
            _as_wide(cell, model.element)
        if self.last is None:
            heads = [child for child in self.table.element if child.tag in _BEFORE_ROWS]
            self.table.element.insert(len(heads), made)
        else:
            self.last.addnext(made)
        self.last = made


def _as_wide(cell: etree._Element, model: etree._Element) -> None:
    """A cell as wide as another one is in their table."""
    ours, theirs = cell.find(f"{_PROPERTIES}/{W}tcW"), model.find(f"{_PROPERTIES}/{W}tcW")
    if ours is not None and theirs is not None:
        for name, value in theirs.attrib.items():
            ours.set(name, value)


def _rewrite_cell(graft: Graft, triple: Triple[Block]) -> None:
    """A cell of theirs with what ours says, in its own width and borders."""
    base, theirs, ours = triple.base, triple.theirs, triple.ours
    if base is None or theirs is None or ours is None:
        return
    paragraphs = [[child for child in cell.element if child.tag != _PROPERTIES] for cell in (base, theirs, ours)]
    if all(len(inside) == 1 and inside[0].tag == P for inside in paragraphs):
        rewrite(graft, *(inside[0] for inside in paragraphs))
        return
    made = graft.copy(ours.element)
    for child in paragraphs[1]:
        theirs.element.remove(child)
    theirs.element.extend(child for child in [*made] if child.tag != _PROPERTIES)
