"""Pages in a table of contents that gbtool wrote: set to where the headings stand; files that differ only there."""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence

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
    """Whether two files differ in nothing but the pages of their contents."""
    return one == other or list(_parts(one)) == list(_parts(other))


def _parts(data: bytes) -> Iterator[tuple[str, str | bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)  # a logo is no text
            counts = name in (_DOCUMENT, _SETTINGS)
            yield name, _PAGE.sub(r"\1\2", part.decode()).replace(UPDATE, "") if counts else part


def _part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()
