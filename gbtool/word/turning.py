"""Pages of a firm's own Word file turned on their side where a form stands that is wider than they are."""

from collections.abc import Iterator, Sequence

from lxml import etree

from gbtool.word.merging.opened import W, open_file

_SIDES = ("left", "right")


def turned(data: bytes, name: str) -> bytes:
    """The file with every upright section on its side that has a table wider than its paper; narrower margins then.

    Raises:
        NotReadable: it is no Word file.
    """
    file = open_file(data, name)
    wide = [(page, width) for page, width in _sections(file.body) if _upright(page) and width > _size(page, "w")]
    for page, width in wide:
        _turn(page, width)
    return file.packed() if wide else data


def _sections(body: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """The properties of each section that names its paper, and the width of its widest table, in twips."""
    widest = 0
    for block in body:
        widest = max(widest, *(_width(each) for each in block.iter(f"{W}tblGrid")), 0)
        for page in block.iter(f"{W}sectPr"):
            if page.find(f"{W}pgSz") is not None:
                yield page, widest
            widest = 0


def _width(grid: etree._Element) -> int:
    return sum(_number(column, "w") for column in grid.iter(f"{W}gridCol"))


def _size(page: etree._Element, name: str) -> int:
    found = page.find(f"{W}pgSz")
    return 0 if found is None else _number(found, name)


def _upright(page: etree._Element) -> bool:
    return 0 < _size(page, "w") < _size(page, "h")


def _turn(page: etree._Element, width: int) -> None:
    """Turn a section; its margins leave room for a table of this width."""
    size, margins = page.find(f"{W}pgSz"), page.find(f"{W}pgMar")
    if size is None:
        return
    across, down = size.get(f"{W}h", ""), size.get(f"{W}w", "")
    size.attrib.update({f"{W}w": across, f"{W}h": down, f"{W}orient": "landscape"})
    if margins is not None:
        _narrow(margins, int(across) - width)


def _narrow(margins: etree._Element, room: int) -> None:
    given: Sequence[int] = [_number(margins, side) for side in _SIDES]
    if sum(given) > room:
        for side, own in zip(_SIDES, given, strict=True):
            margins.set(f"{W}{side}", str(max(0, room * own // sum(given))))


def _number(element: etree._Element, name: str) -> int:
    text = element.get(f"{W}{name}", "")
    return int(text) if text.isascii() and text.isdigit() else 0
