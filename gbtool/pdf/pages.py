"""How many pages a PDF has."""

import io

import pypdf
from pypdf.errors import PyPdfError


def pages(data: bytes) -> int | None:
    """The number of pages; None where the PDF is locked or cannot be read."""
    try:
        return len(pypdf.PdfReader(io.BytesIO(data)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError):
        return None
