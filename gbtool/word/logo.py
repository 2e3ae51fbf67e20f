"""A logo: a picture in the header of documents and on the cover of the manual."""

import struct
from functools import lru_cache
from pathlib import Path

from gbtool.errors import Complaint, FileFaults
from gbtool.structs import Frozen

RELATION = "logo"
KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_FIRST_ID = 9001
_MOST = 2_000_000
_EMU = 360_000  # in a centimetre
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


class Logo(Frozen):
    """A picture: its bytes, how its file ends (`png`, `jpg`), its width and height in pixels."""

    data: bytes
    suffix: str
    width: int
    height: int

    @property
    def part(self) -> str:
        """The part of a Word file that holds it."""
        return f"word/media/logo.{self.suffix}"

    def run(self, tall: float, wide: float, number: int = 0) -> str:
        """A run with the picture, in its own proportions within so many centimetres; `number` tells it from others."""
        id_ = _FIRST_ID + number
        scale = min(tall * _EMU / self.height, wide * _EMU / self.width)
        size = f'cx="{int(self.width * scale)}" cy="{int(self.height * scale)}"'
        return (
            f'<w:r><w:drawing><wp:inline {_NAMESPACES} distT="0" distB="0" '
            f'distL="0" distR="0"><wp:extent {size}/><wp:docPr id="{id_}" name="标志"/><a:graphic>'
            f'<a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="{id_}" '
            f'name="标志"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{RELATION}"/><a:stretch>'
            f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )


def logo_from(path: Path, name: str) -> Logo:
    """A PNG or JPEG file as a logo; `name` is what the user calls it.

    Raises:
        FileFaults: it cannot be read, is too large or no such picture.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise FileFaults([Complaint(name, "标志读不出来")]) from error
    if len(data) > _MOST:
        raise FileFaults([Complaint(name, "标志太大", "用不超过 2 MB 的图")])
    return _read(data, path.suffix.lower().removeprefix("."), name)


@lru_cache(maxsize=4)
def _read(data: bytes, suffix: str, name: str) -> Logo:
    from docx.image.exceptions import (  # noqa: PLC0415 # only where there is a logo
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.image.image import Image  # noqa: PLC0415 # as above

    try:
        picture = Image.from_blob(data)
        width, height, kind = picture.px_width, picture.px_height, picture.content_type
    except (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
        struct.error,
        ValueError,
        KeyError,
    ) as error:
        raise FileFaults([Complaint(name, "标志不是能用的图", "用 PNG 或 JPG")]) from error
    if kind != KINDS.get(f".{suffix}") or not width or not height:
        raise FileFaults([Complaint(name, "标志的后缀和内容不符", "用 PNG 或 JPG")])
    return Logo(data, suffix, width, height)
