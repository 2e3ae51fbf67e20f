"""Where what was there is kept before it is replaced, and where gbtool's own draft lies beside a file in conflict."""

from collections.abc import Collection
from datetime import date
from pathlib import Path, PurePosixPath

from gbtool.commands.workspace import DOCUMENTS, OUTPUT

OLD, NEW = "旧稿", "新稿"


def copy_of(folder: Path, path: str, data: bytes, today: date, taken: Collection[Path] = ()) -> Path:
    """The place of a copy made today: `输出/旧稿/2026-11-22/制度/名称.docx`, with a number where another one lies."""
    first = folder / OUTPUT / OLD / today.isoformat() / _below(path)
    place, number = first, 1
    while place in taken or (place.exists() and place.read_bytes() != data):
        number += 1
        place = first.with_name(f"{first.stem} ({number}){first.suffix}")
    return place


def draft_beside(folder: Path, path: str) -> Path:
    """The place of gbtool's own draft: `输出/新稿/制度/名称.docx`."""
    return folder / OUTPUT / NEW / _below(path)


def _below(path: str) -> PurePosixPath:
    below = PurePosixPath(path)
    return below.relative_to(DOCUMENTS) if below.is_relative_to(DOCUMENTS) else below
