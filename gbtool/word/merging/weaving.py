"""Passages of ours put into their body: placed, rewritten in place, removed; what stands around them is left."""

from collections.abc import Sequence

from lxml import etree

from gbtool.model.difference import Difference
from gbtool.structs import Mutable, field
from gbtool.word.merging.blocks import SECTION, Block, P
from gbtool.word.merging.grafting import MARKERS, Graft, cut
from gbtool.word.merging.opened import W
from gbtool.word.merging.rewriting import CONTROL, leave, rewrite
from gbtool.word.merging.rows import weave_table
from gbtool.word.merging.threefold import Action, Judge, Triple, triples

_LONGEST = 30


class Weaver(Mutable):
    """Goes through the passages of a body in order; `last` is the element of theirs behind which new ones go."""

    judge: Judge
    graft: Graft
    container: etree._Element
    found: list[Difference] = field(default_factory=list)
    last: etree._Element | None = None
    free: int = 0
    heading: str = "开头"
    paragraph: int = 0
    table: int = 0

    def weave(self, base: Sequence[Block], theirs: Sequence[Block], ours: Sequence[Block]) -> list[Difference]:
        """Bring in what ours changed; returns every difference in order."""
        sides = list(triples(base, theirs, ours))
        self.graft.learn(
            [(t.theirs.element, t.ours.element) for t in sides if t.theirs and t.ours and t.ours.kind == "p"]
        )
        for triple in sides:
            place = self._place_name(triple)
            if not self._woven_inside(triple, place):
                action, difference = self.judge.decide(triple, place)
                self.found += [difference] if difference else []
                self._do(action, triple)
            self._go_on(triple)
        return self.found

    def _woven_inside(self, triple: Triple[Block], place: str) -> bool:
        base, theirs, ours = triple.base, triple.theirs, triple.ours
        if base is None or theirs is None or ours is None or ours.kind != "t" or _columns(base) != _columns(ours):
            return False
        if not (base.same(theirs) and base.same(ours)):
            self.found += weave_table(self.judge, self.graft, (base, theirs, ours), place)
        return True

    def _do(self, action: Action, triple: Triple[Block]) -> None:
        theirs, ours = triple.theirs, triple.ours
        if action is Action.PLACE and ours:
            self._place(ours)
        elif action is Action.REMOVE and theirs:
            self._remove(theirs)
            _without_space(theirs, len(triple.base.spacing) if triple.base else 0)
        elif action is Action.REWRITE and theirs and ours:
            _rewrite_block(self.graft, triple)

    def _place(self, ours: Block) -> None:
        """Put a copy of ours behind the last passage, and behind as many empty paragraphs as it has there."""
        made = self.graft.copy(ours.element)
        if ours.kind == "s":
            for child in [child for child in made if child.tag != f"{W}pPr"]:
                made.remove(child)
        self._insert(made)
        for element, _ in ours.spacing[: max(len(ours.spacing) - self.free, 0)]:
            self._insert(self.graft.copy(element))

    def _insert(self, made: etree._Element) -> None:
        if self.last is None:
            self.container.insert(0, made)
        else:
            at = _outermost(self.last)
            at.addnext(made)
        self.last = made

    def _remove(self, theirs: Block) -> None:
        element = theirs.element
        section = element.find(f"{W}pPr/{SECTION}") if element.tag == P else None
        if theirs.kind == "s" and section is not None:
            cut(section)
            if _says_something(element):
                return
        if theirs.kind != "s" and section is not None:
            _empty(element)
            return
        leave(element)

    def _go_on(self, triple: Triple[Block]) -> None:
        """What comes next goes behind this passage of theirs, and behind the empty paragraphs that ours has there."""
        theirs, ours = triple.theirs, triple.ours
        if theirs is not None and theirs.element.getparent() is not None:
            self.last, self.free = theirs.element, 0
            wanted = len(ours.spacing) if ours else 0
            for place, (element, glued) in enumerate(theirs.spacing):
                if place < wanted or glued:
                    self.last = element
                else:
                    self.free += 1

    def _place_name(self, triple: Triple[Block]) -> str:
        """Where a passage stands, as somebody would look for it in the file."""
        seen = triple.theirs or triple.ours or triple.base
        if seen is None:
            return self.heading
        if seen.heading and triple.theirs:
            self.heading, self.paragraph = seen.text[:_LONGEST], 0
            return f"标题“{self.heading}”"
        if seen.kind == "t":
            self.table += bool(triple.theirs)
            return f"“{self.heading}”下 表{self.table}"
        self.paragraph += bool(triple.theirs)
        behind = "" if triple.theirs else "以后"
        return f"“{self.heading}”下 第{max(self.paragraph, 1)}段{behind}"


def _rewrite_block(graft: Graft, triple: Triple[Block]) -> None:
    base, theirs, ours = triple.base, triple.theirs, triple.ours
    if theirs is None or ours is None:
        return
    if ours.kind == "p" and theirs.kind == "p":
        rewrite(graft, base.element if base else None, theirs.element, ours.element)
    elif ours.kind == "s":
        old, new = theirs.element.find(f"{W}pPr/{SECTION}"), graft.copy(ours.element).find(f"{W}pPr/{SECTION}")
        if old is not None and new is not None:
            old.addnext(new)
            cut(old)
    else:
        made = graft.copy(ours.element)
        for child in [*theirs.element]:
            theirs.element.remove(child)
        theirs.element.extend([*made])


def _outermost(element: etree._Element) -> etree._Element:
    """The content control that an element ends, or itself."""
    above = element.getparent()
    while above is not None and above.tag == CONTROL and above[-1] is element:
        control = above.getparent()
        if control is None:
            break
        element, above = control, control.getparent()
    return element


def _empty(paragraph: etree._Element) -> None:
    for child in [child for child in paragraph if child.tag not in (f"{W}pPr", *MARKERS)]:
        paragraph.remove(child)


def _says_something(paragraph: etree._Element) -> bool:
    return any(child.tag not in (f"{W}pPr", *MARKERS) for child in paragraph)


def _columns(table: Block) -> set[int]:
    return {len(row.cells) for row in table.rows}


def _without_space(theirs: Block, most: int) -> None:
    """Empty paragraphs go with what stood before them, as many as gbtool had put there."""
    for element, glued in theirs.spacing[:most]:
        if not glued and len(element.findall(f"{W}pPr")) == len(element):
            leave(element)
