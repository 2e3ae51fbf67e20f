"""What parts that are no XML tell: sizes and remarks of pictures, texts inside old objects and pasted chunks."""

import codecs
import html
import quopri
import re
import struct
import unicodedata
from collections.abc import Iterator
from itertools import islice

_PNG, _JPEG, _GIF, _BMP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"GIF8", b"BM"
_MARK = 0xFF
_SCAN = 0xDA  # a JPEG's picture itself begins
_LONE = frozenset({0x01, *range(0xD0, 0xDA)})  # marks of a JPEG that have no body
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_DRAWN = frozenset({b"IDAT", b"PLTE", b"IEND"})
_HAN = re.compile("[\u3400-\u9fff]")
_RUN = re.compile("[\u3400-\u9fff\uff00-\uffefA-Za-z0-9（）()·.,\\-_@:/\\\\ ]{3,200}")
_LEAST_LATIN = 6  # signs of a word that has no Chinese in it
_TAG = re.compile(r"<[^>]*>")
_RTF_LETTER = re.compile(r"\\u(-?\d{1,5}) ?(?:\\'[0-9a-fA-F]{2}|\?){0,2}")
_RTF_BYTES = re.compile(r"(?:\\'[0-9a-fA-F]{2})+")
_RTF_WORD = re.compile(r"\\[a-z]+-?\d* ?|[{}]")
_RTF = b"{\\rtf"
_MOST_WORDS = 50_000


def picture_size(head: bytes) -> int:
    """How many points a picture says it has, 0 where it does not say: a small file may unfold into gigabytes."""
    width = height = 0
    if head.startswith(_PNG) and len(head) >= struct.calcsize(">8s4s4sII"):
        width, height = struct.unpack_from(">II", head, 16)
    elif head.startswith(_GIF) and len(head) >= struct.calcsize("<6s2H"):
        width, height = struct.unpack_from("<HH", head, 6)
    elif head.startswith(_BMP) and len(head) >= struct.calcsize("<18s2i"):
        width, height = (abs(each) for each in struct.unpack_from("<ii", head.ljust(26, b"\0"), 18))
    elif head.startswith(_JPEG):
        for kind, body in _segments(head):
            if kind in _SIZES and len(body) >= struct.calcsize(">BHH"):
                height, width = struct.unpack_from(">HH", body, 1)
    return int(width) * int(height)


def _segments(head: bytes) -> Iterator[tuple[int, bytes]]:
    """The marked segments of a JPEG in front of the picture itself."""
    at = 2
    while at + 4 <= len(head) and head[at] == _MARK:
        kind = head[at + 1]
        if kind == _SCAN:
            return
        if kind in _LONE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", head, at + 2)
        yield kind, head[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def _chunks(head: bytes) -> Iterator[bytes]:
    """The chunks of a PNG that draw nothing."""
    at = len(_PNG)
    while at + 8 <= len(head):
        length, kind = struct.unpack_from(">I4s", head, at)
        if kind not in _DRAWN:
            yield head[at + 8 : at + 8 + length]
        at += 12 + length


def remarked(head: bytes) -> bool:
    """Whether a picture is of a kind in which remarks have a place of their own."""
    return head.startswith((_PNG, _JPEG))


def told(head: bytes) -> str:
    """The words that a picture or an object says beside what it draws, as far as they can be made out."""
    if head.startswith(_PNG):
        parts = tuple(_chunks(head))
    elif head.startswith(_JPEG):
        parts = tuple(body for kind, body in _segments(head) if kind not in _SIZES)
    else:
        parts = (head,)
    words = dict.fromkeys(word for part in parts for word in _words(part))
    return "；".join(islice(words, _MOST_WORDS))


def _words(data: bytes) -> Iterator[str]:
    """Words in any of the usual codes, at even and at odd bytes."""
    for text in (
        data.decode("utf-8", "replace"),
        data.decode("gb18030", "replace"),
        data.decode("utf-16-le", "replace"),
        data[1:].decode("utf-16-le", "replace"),
    ):
        for match in _RUN.finditer(text):
            word = match[0].strip()
            if len(word) >= _LEAST_LATIN or _HAN.search(word):
                yield word


def loose(data: bytes) -> str:
    """The text of a chunk that Word takes in when it opens the file: a web page, plain or rich text."""
    if data.lstrip().startswith(_RTF):
        return _rich(data.decode("latin-1"))
    if b"quoted-printable" in data.lower():
        data = quopri.decodestring(data)
    return html.unescape(_TAG.sub("", _decoded(data)))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _rich(text: str) -> str:
    """Rich text without its marks: letters by number, and in the Chinese code."""
    text = _RTF_LETTER.sub(lambda match: _letter(int(match[1])), text)
    text = _RTF_BYTES.sub(lambda match: bytes.fromhex(match[0].replace("\\'", "")).decode("gb18030", "replace"), text)
    return _RTF_WORD.sub("", text)


def _letter(number: int) -> str:
    sign = chr(number & 0xFFFF)
    return "" if unicodedata.category(sign) == "Cs" else sign
