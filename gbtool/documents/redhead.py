"""The head of a 红头 paper: the issuer's name in red on one line, however long it is."""

import html
import re

from markupsafe import Markup

from gbtool.word import wordml
from gbtool.word.look import BY_ID, layout_of

_TAG = re.compile(r"<[^>]*>")
_BROAD = re.compile("[A-Z&<>@%+=]")  # three quarters of a character rather than half
_SMALLEST = 36  # half points
_NARROWEST = 50  # percent


def name_of_issuer(content: str) -> Markup:
    """The issuer's paragraph around rendered runs, of a size, then a breadth, at which it fits on one line."""
    style = BY_ID["RedName"]
    width = layout_of("appointment").page.width / 20
    name = html.unescape(_TAG.sub("", content))
    length = max(wordml.width_of(name) + len(_BROAD.findall(name)) / 4, 1.0)
    size = max(min(style.size, int(width / length) * 2 - 2), _SMALLEST)
    share = width * 1.96 / (length * size)  # of the letters' breadth, with a little air
    narrow = f'<w:w w:val="{max(int(share * 100), _NARROWEST)}"/>' if share < 1 and size == _SMALLEST else ""
    sized = str(content).replace(
        "</w:rPr>", f'<w:color w:val="FF0000"/>{narrow}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )
    return Markup(f'<w:p><w:pPr><w:pStyle w:val="RedName"/></w:pPr>{sized}</w:p>')  # noqa: S704 # rendered XML
