"""The headings of a PDF and the pages on which they stand."""

import io
from collections.abc import Iterator

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from gbtool.structs import Frozen


class Mark(Frozen):
    """A heading: how deep, what it says, and its page, counted from 1."""

    depth: int
    title: str
    page: int


def marks(data: bytes) -> tuple[Mark, ...]:
    """The headings in their order; none where the PDF has no outline or cannot be read."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        return tuple(_marks(reader, reader.outline, 0))
    except (PyPdfError, ValueError, KeyError):
        return ()


def _marks(reader: pypdf.PdfReader, outline: object, depth: int) -> Iterator[Mark]:
    for each in outline if isinstance(outline, list) else ():
        if isinstance(each, Destination):
            page = reader.get_destination_page_number(each)
            yield Mark(depth, str(each.title or ""), 0 if page is None else page + 1)
        else:
            yield from _marks(reader, each, depth + 1)
