"""A paper that would run over its page by little in smaller print, so that it stands on as few pages as it can."""

import math
import re

from gbtool.structs import replace
from gbtool.word import measure
from gbtool.word.look import Layout

_STYLE = re.compile(r'(<w:pStyle w:val=")Notice(Body|1|2|Item|To|Sign)("/>)')
_TITLE = '<w:pStyle w:val="NoticeTitle"/>'
_HEAD = '<w:pStyle w:val="RedName"/>'
_SAFE = 1.04  # what the estimate may miss


def tightened(body: str, layout: Layout) -> tuple[str, Layout]:
    """A paper of the notice's layout and its layout, in the smaller print where that spares a page."""
    if layout.name != "notice":
        return body, layout
    small = _STYLE.sub(r"\1Tight\2\3", body)
    small = small.replace(_TITLE, f'{_TITLE}<w:spacing w:before="240" w:after="240"/>')
    small = small.replace(_HEAD, f'{_HEAD}<w:spacing w:before="0" w:after="360"/>')
    now, then = (math.ceil(measure.height(each, layout.page) * _SAFE) for each in (body, small))
    return (small, replace(layout, list_indent=(0, -560))) if then < now else (body, layout)
