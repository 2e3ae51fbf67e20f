"""Paragraphs and cells of theirs with the words of ours, and passages taken out without a trace."""

from lxml import etree

from gbtool.word.merging.blocks import SECTION, P
from gbtool.word.merging.grafting import MARKERS, Graft, cut
from gbtool.word.merging.opened import W

CONTROL = f"{W}sdtContent"


def rewrite(graft: Graft, base: etree._Element | None, theirs: etree._Element, ours: etree._Element) -> None:
    """A paragraph of theirs with the words of ours; its own properties where ours did not change them."""
    made = graft.copy(ours)
    markers = [child for child in theirs if child.tag in MARKERS]
    kept, new = theirs.find(f"{W}pPr"), made.find(f"{W}pPr")
    for child in [*theirs]:
        theirs.remove(child)
    same = base is not None and _frame(base) == _frame(ours)
    frame = kept if same else _with_section(new, kept)
    words = [child for child in made if child.tag != f"{W}pPr"]
    starts = [marker for marker in markers if marker.tag.endswith("Start")]
    ends = [marker for marker in markers if marker.tag.endswith("End")]
    theirs.extend([*([frame] if frame is not None else []), *starts, *words, *ends])


def _with_section(new: etree._Element | None, old: etree._Element | None) -> etree._Element | None:
    """Properties of ours that keep the end of a section that theirs has there."""
    section = old.find(SECTION) if old is not None else None
    if section is None:
        return new
    if new is None:
        return old
    for each in new.findall(SECTION):
        new.remove(each)
    new.append(section)
    return new


def _frame(paragraph: etree._Element) -> tuple[str, ...]:
    """What our properties of a paragraph say, but for which list it belongs to."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return ()
    said = (f"{each.tag}{sorted(each.attrib.items())}" for each in properties.iter(etree.Element))
    return tuple(text for text in said if not text.startswith(f"{W}numId"))


def leave(element: etree._Element) -> None:
    """Take a passage out; marks that begin or end elsewhere stay, and what must hold a paragraph still does."""
    marks = [mark for mark in element.iter(*MARKERS) if _partner(mark, element) is None]
    for mark in marks:
        cut(mark)
        element.addprevious(mark)
    above = element.getparent()
    cut(element)
    if above is not None and above.tag in (CONTROL, f"{W}tc") and not above.findall(P):
        above.append(above.makeelement(P))


def _partner(mark: etree._Element, inside: etree._Element) -> etree._Element | None:
    name, id_ = f"{W}id", mark.get(f"{W}id")
    return next((each for each in inside.iter(*MARKERS) if each is not mark and each.get(name) == id_), None)
