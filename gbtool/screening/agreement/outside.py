"""CN-18: what goes to others holds no trade secret of the client: no list of secrets, none of their codes or names."""

import re
from collections.abc import Iterator

from gbtool.model.piece import FileRead
from gbtool.screening.desk import Desk, Found, Seen, finding
from gbtool.screening.folding import fold
from gbtool.screening.stream import stream

RULE = "CN-18"
_CODE = re.compile(r"(?=[A-Za-z0-9\-]*\d)[A-Za-z0-9\-]{4,}")
_LEAST = 4
_FIX = "从要交出去的文件里删去；经批准可以给的，写明谁批准的再豁免"


def outside(read: FileRead, desk: Desk) -> Iterator[Seen]:
    """What a file that leaves the client says of its secrets."""
    yield RULE
    if read.id in desk.agreement.confidential:
        yield finding(desk, RULE, read, Found("带密级的清单不能交出去", "换成不含秘密内容的说明"))
    flow = stream(read.pieces)
    for name, words in _secrets(desk):
        for word in words:
            at = flow.text.find(word)
            if at >= 0:
                piece, _, _ = flow.raw(at, at + len(word))
                quote = flow.quote(at, at + len(word))
                yield finding(desk, RULE, read, Found(f"要交出去的文件里写着商业秘密“{name}”", _FIX, piece, quote))
                break


def _secrets(desk: Desk) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each secret of the client: as it is listed, its code, what it is called."""
    for row in desk.facts.client.rows("trade_secrets"):
        name = str(row.get("代号") or "").strip()
        code = _CODE.match(name)
        words = (fold(name), fold(code[0]) if code else "", fold(name[code.end() :]) if code else "")
        yield name, tuple(word for word in dict.fromkeys(words) if len(word) >= _LEAST)
