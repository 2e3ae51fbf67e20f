"""Sections: tables that need a page on its side get one, with the heading that stands right above them."""

import re

from gbtool.documents.grids import WIDE
from gbtool.word import wordml
from gbtool.word.look import Layout
from gbtool.word.package import references

_NEAR = 3
_PARAGRAPH = re.compile(r"<w:p>(?:(?!</w:p>).)*</w:p>$", re.DOTALL)
_HEADING = re.compile(r'<w:p><w:pPr><w:pStyle w:val="(?:Manual\w+|Chapter|Article|Section\d|Plain\d|Notice\d)"/>')


def with_sections(body: str, layout: Layout) -> str:
    """The body with the properties of its last section, and of those around wide tables."""
    last = wordml.section(layout.page, references(layout), first_differs=layout.name == "manual")
    pieces = body.split(WIDE)
    result = pieces[0]
    for place in range(1, len(pieces), 2):
        before, heading = _heading_above(result)
        first = layout.name == "manual" and place == 1
        result = before + _break(layout, layout.page, first=first) + heading + pieces[place]
        result += _break(layout, layout.page.turned()) + pieces[place + 1]
    return result + last


def _break(layout: Layout, page: wordml.Page, *, first: bool = False) -> str:
    return wordml.empty("Tiny", wordml.section(page, references(layout, page), first_differs=first))


def _heading_above(body: str) -> tuple[str, str]:
    """What stands before the nearest heading, and from there on; nothing if no heading is near."""
    rest = body
    for _ in range(_NEAR):
        match = _PARAGRAPH.search(rest, rest.rfind("<w:p>"))
        if not match or rest.endswith("</w:tbl>"):
            break
        rest = rest[: match.start()]
        if _HEADING.match(body, match.start()):
            return rest, body[match.start() :].replace("<w:pageBreakBefore/>", "")
    return body, ""
