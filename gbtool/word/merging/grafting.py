"""Pieces of one Word file made fit for another: styles by name, lists by use, ids of their own, pictures with them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from gbtool.structs import Mutable, field
from gbtool.word.look import FIRST_LIST
from gbtool.word.merging.lists import Lists
from gbtool.word.merging.opened import BODY, STYLES, Opened, R, W
from gbtool.word.merging.relations import Relations
from gbtool.word.merging.styles import Styles

MARKERS = tuple(f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"))
_STYLED = tuple(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle"))
_REFERENCES = (f"{W}headerReference", f"{W}footerReference")
_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_UNIQUE = (f"{_W14}paraId", f"{_W14}textId")


class Graft(Mutable):
    """Copies pieces of `ours` for `theirs`; `numbers` says which list of theirs continues which of ours."""

    ours: Opened
    theirs: Opened
    our_styles: Styles
    their_styles: Styles
    numbers: Mapping[str, str] = field(default_factory=dict)
    _copied: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)

    def copy(self, element: etree._Element, source: str = BODY, part: str = BODY) -> etree._Element:
        """A piece of a part of ours as it fits into a part of theirs."""
        made = deepcopy(element)
        made.tail = None
        for marker in [*made.iter(*MARKERS)]:
            cut(marker)
        for each in made.iter(*_STYLED):
            each.set(f"{W}val", self.style(each.get(f"{W}val", "")))
        for number in [*made.iter(f"{W}numPr")]:
            self._renumber(number)
        for section in [*made.iter(f"{W}sectPr")]:
            self._refer(section)
        for drawing in made.iter(_DRAWING_ID):
            drawing.set("id", str(self._next_drawing()))
        self._relate(made, Relations(self.ours, self.theirs, part, source))
        return made

    def style(self, id_: str) -> str:
        """The id that a style of ours has in theirs; a style that is not there is brought along."""
        name = self.our_styles.name(id_)
        if name in self.their_styles.ids:
            return self.their_styles.ids[name]
        if id_ not in self._copied and id_ in self.our_styles.by_id:
            self._copied[id_] = id_
            self._bring(id_)
        return self._copied.get(id_, id_)

    def learn(self, pairs: list[tuple[etree._Element, etree._Element]]) -> None:
        """From paragraphs that both files have: which list of theirs is which of ours."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for theirs, ours in pairs:
            number = _number(ours)
            if number:
                votes[number][_number(theirs)] += 1
        self.numbers = {number: found.most_common(1)[0][0] for number, found in votes.items()}

    def _bring(self, id_: str) -> None:
        made = deepcopy(self.our_styles.by_id[id_])
        taken = {style.get(f"{W}styleId") for style in self.theirs.tree(STYLES).iter(f"{W}style")}
        while self._copied[id_] in taken:
            self._copied[id_] += "_"
        made.set(f"{W}styleId", self._copied[id_])
        for name in ("link", "next"):
            for each in made.findall(f"{W}{name}"):
                made.remove(each)
        for number in [*made.iter(f"{W}numPr")]:
            cut(number)
        above = made.find(f"{W}basedOn")
        if above is not None:
            above.set(f"{W}val", self.style(above.get(f"{W}val", "")))
        self.theirs.tree(STYLES).append(made)

    def _renumber(self, properties: etree._Element) -> None:
        number = properties.find(f"{W}numId")
        if number is None:
            return
        ours = number.get(f"{W}val", "")
        theirs = self.numbers.get(ours)
        if theirs == "":
            cut(properties)
            return
        if theirs is None:
            theirs = self._lists.get(ours) or self._of_style(properties, ours)
            theirs = theirs or Lists(self.ours, self.theirs).bring(ours)
            self._lists[ours] = theirs
        number.set(f"{W}val", theirs)

    def _of_style(self, properties: etree._Element, ours: str) -> str:
        """The list that paragraphs of this style belong to in theirs, where it is the style that numbers them."""
        above = properties.getparent()
        style = above.find(f"{W}pStyle") if above is not None else None
        if style is None or not ours.isdecimal() or int(ours) >= FIRST_LIST:
            return ""
        return self.their_styles.numbered(style.get(f"{W}val", ""))

    def _refer(self, section: etree._Element) -> None:
        """A section of ours with the header and footers that their last section has."""
        for reference in [*section.iter(*_REFERENCES)]:
            section.remove(reference)
        last = self.theirs.body.findall(f"{W}sectPr")
        for place, reference in enumerate(last[-1].findall("*") if last else ()):
            if reference.tag in _REFERENCES:
                section.insert(place, deepcopy(reference))

    def _next_drawing(self) -> int:
        return 1 + max((int(each.get("id", "0")) for each in self.theirs.body.iter(_DRAWING_ID)), default=0)

    def _relate(self, made: etree._Element, relations: Relations) -> None:
        for element in made.iter(etree.Element):
            for name, value in element.attrib.items():
                if str(name).startswith(R) and element.tag not in _REFERENCES:
                    element.set(name, relations.bring(str(value)))
                elif name in _UNIQUE:
                    del element.attrib[name]


def _number(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    return found.get(f"{W}val", "") if found is not None else ""


def cut(element: etree._Element) -> None:
    """Take an element out of its tree; the text after it is never wanted in Word's parts."""
    above = element.getparent()
    if above is not None:
        above.remove(element)
