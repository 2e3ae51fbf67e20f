"""Text made comparable: width, case, spaces, hidden signs, kinds of dash, traditional signs; the way back is kept."""

import unicodedata
from collections.abc import Mapping

from opencc import OpenCC

_GONE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me", "Co", "Cs"})
_HAN = "\u3400"  # what stands before it has no simplified form
_SIMPLIFIED = OpenCC("t2s")


class _Fold(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kind = unicodedata.category(sign)
        if kind in _GONE:
            folded = ""
        elif kind == "Pd":
            folded = "-"
        else:
            folded = "".join(
                each
                for each in unicodedata.normalize("NFKC", sign).casefold()
                if unicodedata.category(each) not in _GONE
            )
        if folded >= _HAN:
            folded = _SIMPLIFIED.convert(folded)
        self[code] = folded
        return folded


_FOLD: Mapping[int, str] = _Fold()


def fold(text: str) -> str:
    """The text as it is compared: `Ｌ W—１` and `lw-1` are the same, 青嶼 and 青屿."""
    return text.translate(_FOLD)


def unfolded(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a span of the folded text stands in the text itself."""
    first = last = -1
    at = 0
    for index, sign in enumerate(text):
        width = len(_FOLD[ord(sign)])
        if width and first < 0 and at + width > start:
            first = index
        if width and at < end:
            last = index
        at += width
        if at >= end:
            break
    return max(first, 0), last + 1
