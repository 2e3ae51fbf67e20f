"""FL-01, FL-02: files that cannot be read are not checked, and a file must not run or fetch anything."""

from collections.abc import Iterator

from gbtool.model.finding import Finding
from gbtool.model.piece import FileRead, Piece, Spot, TroubleKind
from gbtool.screening.desk import Desk, Found, finding

READABLE, INERT = "FL-01", "FL-02"
_SOFT = frozenset({TroubleKind.OLD_KIND})
_LOADED = {"attachedTemplate": "模板", "image": "图片", "oleObject": "对象", "frame": "网页", "subDocument": "子文档"}


def readable(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """What could not be read of a file."""
    for trouble in read.troubles:
        message = f"没有查成：{trouble.message}"
        yield finding(desk, READABLE, read, Found(message, trouble.fix, soft=trouble.kind in _SOFT))


def inert(read: FileRead, desk: Desk) -> Iterator[Finding]:
    """Macros, and what is loaded from outside; objects inside are only remarked."""
    macros = [piece for piece in read.pieces if piece.spot is Spot.MACRO]
    if macros:
        found = Found("文件里有宏，打开时可能运行程序", "另存为 .docx 或 .xlsx，宏就去掉了", macros[0])
        yield finding(desk, INERT, read, found)
    for piece in read.pieces:
        if piece.spot is Spot.EXTERNAL:
            yield finding(desk, INERT, read, _outside(piece))
        elif piece.spot is Spot.EMBEDDED:
            found = Found("文件里嵌着另一个文件或对象", "确认里面的内容可以给人看；不需要的删去", piece, soft=True)
            yield finding(desk, INERT, read, found)


def _outside(piece: Piece) -> Found:
    what = _LOADED.get(piece.name, piece.name or "内容")
    return Found(f"打开时要从外面装入{what}", "断开链接，把内容放进文件里；模板改为空白模板", piece)
