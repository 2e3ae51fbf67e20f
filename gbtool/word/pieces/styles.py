"""What a Word file's styles say: which are headings, which hide their text, and how they are called."""

from functools import lru_cache
from itertools import islice

from lxml import etree

from gbtool.model.piece import Piece, Spot
from gbtool.structs import Frozen
from gbtool.word.pieces.archive import parsed
from gbtool.word.pieces.names import W

_REMEMBERED = 32
_DEEP = 20
_MOST = 10_000  # Word itself allows fewer


class Styles(Frozen):
    """The ids of styles that are headings and of those that hide text; the names that somebody gave."""

    headings: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    pieces: tuple[Piece, ...] = ()


NO_STYLES = Styles()


@lru_cache(maxsize=_REMEMBERED)
def styles(data: bytes, part: str) -> Styles:
    """The styles of a part; the same bytes are read once.

    Raises:
        Unreadable: the part is no XML.
    """
    known = islice(parsed(data, part).iter(f"{W}style"), _MOST)
    found = {style.get(f"{W}styleId", ""): style for style in known}
    headings = frozenset(id_ for id_ in found if _has(found, id_, "outlineLvl", "9"))
    hidden = frozenset(id_ for id_ in found if _has(found, id_, "vanish", "0"))
    names = (style.find(f"{W}name") for style in found.values())
    given = (name.get(f"{W}val", "") for name in names if name is not None)
    where = "样式名"
    return Styles(headings, hidden, tuple(Piece(name, Spot.DATA, where, part) for name in given if name.strip()))


def _has(found: dict[str, etree._Element], id_: str, what: str, never: str) -> bool:
    """Whether a style, or one that it is based on, has a property."""
    for _ in range(_DEEP):
        style = found.get(id_)
        if style is None:
            return False
        group = f"{W}pPr" if what == "outlineLvl" else f"{W}rPr"
        own = style.find(f"{group}/{W}{what}")
        if own is not None:
            return own.get(f"{W}val", "") not in (never, "false", "off")
        based = style.find(f"{W}basedOn")
        id_ = based.get(f"{W}val", "") if based is not None else ""
    return False
