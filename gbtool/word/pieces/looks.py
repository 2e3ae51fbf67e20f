"""To whom a look belongs, and on what ground it stands."""

from lxml import etree

from gbtool.word.pieces.names import W


def of_run(element: etree._Element) -> bool:
    """Whether a look belongs to a run: not to a cell, nor to what a run looked like before a change."""
    above = element.getparent()
    if above is None or above.tag not in (f"{W}rPr", f"{W}pPr"):
        return False
    over = above.getparent()
    return over is not None and over.tag in (f"{W}r", f"{W}p")


def shaded(element: etree._Element) -> bool:
    """Whether a run or its paragraph has a ground of its own, on which white can be read."""
    paragraph = next(element.iterancestors(f"{W}p"), None)
    looks = (element.getparent(), paragraph.find(f"{W}pPr") if paragraph is not None else None)
    found = [each for each in looks if each is not None]
    return any(each.find(f"{W}{name}") is not None for each in found for name in ("shd", "highlight"))
