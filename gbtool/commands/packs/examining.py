"""A file of an application looked at: how many pages, whether there is anything in it."""

from collections.abc import Iterator
from pathlib import Path

from gbtool.commands.packs.collecting import Piece
from gbtool.commands.pdf import pdf_of
from gbtool.commands.workspace import Workspace
from gbtool.documents.guard import sha256
from gbtool.errors import FileFaults
from gbtool.model.outside.material import Filed, Material, Materials, Problem, Wrong
from gbtool.pdf.pages import pages as pages_of
from gbtool.word import reading

_WORD, _PDF, _PICTURES = ".docx", ".pdf", (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp")


def filed(piece: Piece, name: str, work: Workspace, data: bytes) -> Filed:
    """The file as the index lists it; a Word file has the pages of its PDF, where that is not older."""
    return Filed(name, _pages(piece, work, data), len(data), sha256(data))


def _pages(piece: Piece, work: Workspace, data: bytes) -> int | None:
    suffix = Path(piece.name).suffix.lower()
    if suffix == _PDF:
        return pages_of(data)
    if suffix in _PICTURES:
        return 1
    if suffix == _WORD and piece.path and piece.path.is_relative_to(work.folder):
        printed = work.folder / pdf_of(piece.path.relative_to(work.folder).as_posix())
        if printed.is_file() and printed.stat().st_mtime_ns >= piece.path.stat().st_mtime_ns:
            return pages_of(printed.read_bytes())
    return None


def thin(piece: Piece, data: bytes, material: Material, general: Materials) -> Iterator[Problem]:
    """What is empty, nearly empty, or cannot be opened."""
    suffix = Path(piece.name).suffix.lower()
    if suffix == _WORD:
        yield from _thin_word(piece, data, general.least if material.least is None else material.least)
    elif len(data) < general.least_bytes:
        yield Problem(Wrong.THIN, f"{piece.name} 只有 {len(data)} 字节", "换一份完整的")
    elif suffix == _PDF and not pages_of(data):
        yield Problem(Wrong.THIN, f"{piece.name} 打不开，或没有一页", "换一份没有加密、打得开的")


def _thin_word(piece: Piece, data: bytes, least: int) -> Iterator[Problem]:
    try:
        signs = sum(len("".join(line.split())) for line in reading.understood(data, piece.name).blocks)
    except FileFaults:
        yield Problem(Wrong.THIN, f"{piece.name} 打不开", "换一份打得开的")
        return
    if signs < least:
        yield Problem(Wrong.THIN, f"{piece.name} 只有 {signs} 个字，少于 {least}", "补全内容")
