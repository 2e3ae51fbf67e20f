"""Whether two versions are laid out alike: page breaks, pages, widths of cells, near enough for another program."""

from collections.abc import Iterator

from lxml import etree

from gbtool.word.merging.opened import W

_OFF = frozenset({"0", "false", "off"})
_NEAR = 60  # twips by which programs move a line that nobody moved
_PAGE = (("pgSz", "w"), ("pgSz", "h"), ("pgMar", "left"), ("pgMar", "right"))


def same_layout(one: etree._Element, other: etree._Element) -> bool:
    """Whether nobody set a page break, turned a page or moved the edge of a column."""
    if _breaks(one) != _breaks(other):
        return False
    pairs = (([*_pages(one)], [*_pages(other)]), ([*_cells(one)], [*_cells(other)]))
    return all(len(a) == len(b) and all(abs(x - y) <= _NEAR for x, y in zip(a, b, strict=True)) for a, b in pairs)


def _breaks(body: etree._Element) -> int:
    pages = sum(each.get(f"{W}type") == "page" for each in body.iter(f"{W}br"))
    return pages + sum(each.get(f"{W}val") not in _OFF for each in body.iter(f"{W}pageBreakBefore"))


def _pages(body: etree._Element) -> Iterator[int]:
    for section in body.iter(f"{W}sectPr"):
        for tag, name in _PAGE:
            found = section.find(f"{W}{tag}")
            yield _number(found, name)


def _cells(body: etree._Element) -> Iterator[int]:
    for cell in body.iter(f"{W}tc"):
        found = cell.find(f"{W}tcPr/{W}tcW")
        yield _number(found, "w")


def _number(element: etree._Element | None, name: str) -> int:
    value = element.get(f"{W}{name}", "0") if element is not None else "0"
    try:
        return round(float(value))
    except ValueError:  # a width in percent
        return 0
