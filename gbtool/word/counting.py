"""Pages in a table of contents that gbtool wrote: set to where the headings stand; files that differ only there."""

import html
import io
import re
import zipfile
from collections.abc import Sequence

from gbtool.word.package import UPDATE, replaced

_ENTRY = re.compile(
    r'<w:hyperlink w:anchor="_Toc\d+" w:history="1">.*?<w:t xml:space="preserve">(.*?)</w:t>', re.DOTALL
)
_PAGE = re.compile(r"(PAGEREF _Toc\d+ .*?<w:t>)\d*(</w:t>)", re.DOTALL)
_DOCUMENT, _SETTINGS = "word/document.xml", "word/settings.xml"


def entries(data: bytes) -> tuple[str, ...]:
    """What the contents of a file list; nothing where it has none, or another program wrote it."""
    try:
        return tuple(html.unescape(text) for text in _ENTRY.findall(_part(data, _DOCUMENT)))
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        return ()


def counted(data: bytes, pages: Sequence[int]) -> bytes:
    """The file with these pages in its contents, which Word then need not update on opening."""
    numbers = iter(pages)
    body = _PAGE.sub(lambda found: f"{found.group(1)}{next(numbers)}{found.group(2)}", _part(data, _DOCUMENT))
    return replaced(data, {_DOCUMENT: body, _SETTINGS: _part(data, _SETTINGS).replace(UPDATE, "")})


def alike(one: bytes, other: bytes) -> bool:
    """Whether two files differ in nothing but the pages of their contents, which Word counts or somebody counted."""
    if one == other:
        return True
    with zipfile.ZipFile(io.BytesIO(one)) as first, zipfile.ZipFile(io.BytesIO(other)) as second:
        counts = (_SETTINGS, _DOCUMENT) if any(map(_is_counted, (first, second))) else ()
        return _sums(first, counts) == _sums(second, counts) and all(
            _plain(first, name) == _plain(second, name) for name in counts
        )


def _is_counted(archive: zipfile.ZipFile) -> bool:
    return _SETTINGS in archive.namelist() and UPDATE not in archive.read(_SETTINGS).decode()


def _sums(archive: zipfile.ZipFile, but: Sequence[str]) -> list[tuple[str, int, int]]:
    """The parts in order, each with its sum and size; of some only the name."""
    sums = ((part.filename, part.CRC, part.file_size) for part in archive.infolist())
    return [(name, 0, 0) if name in but else (name, crc, size) for name, crc, size in sums]


def _plain(archive: zipfile.ZipFile, name: str) -> str:
    return _PAGE.sub(r"\1\2", archive.read(name).decode()).replace(UPDATE, "")


def _part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()
