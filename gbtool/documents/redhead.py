"""The head of a 红头 paper: the issuer's name in red on one line, however long it is."""

import html
import re

from markupsafe import Markup

from gbtool.word import wordml
from gbtool.word.look import BY_ID, layout_of

_TAG = re.compile(r"<[^>]*>")
_SMALLEST = 36  # half points
_NARROWEST = 50  # percent


def name_of_issuer(content: str) -> Markup:
    """The issuer's paragraph around rendered runs: in a size at which it fits on one line, narrower than that if need be."""
    style = BY_ID["RedName"]
    width = layout_of("appointment").page.width / 20
    length = max(wordml.width_of(html.unescape(_TAG.sub("", content))), 1.0)
    size = max(min(style.size, int(width / length) * 2 - 2), _SMALLEST)
    share = int(width * 196 / (length * size))  # of the letters' breadth, in percent; a little air
    narrow = f'<w:w w:val="{max(share, _NARROWEST)}"/>' if share < 100 and size == _SMALLEST else ""
    sized = str(content).replace(
        "</w:rPr>", f'<w:color w:val="FF0000"/>{narrow}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )
    return Markup(f'<w:p><w:pPr><w:pStyle w:val="RedName"/></w:pPr>{sized}</w:p>')  # noqa: S704 # rendered XML
