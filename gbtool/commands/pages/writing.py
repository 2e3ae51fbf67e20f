"""A page into its place: one that gbtool wrote is renewed, any other file is left alone."""

from pathlib import Path

from gbtool.documents.pages.html import ours
from gbtool.documents.placing import placed
from gbtool.errors import Refused, UsageError

SUFFIXES = (".html", ".htm")


def put(target: Path, data: bytes) -> None:
    """Write a page.

    Raises:
        UsageError: the name is not that of a page.
        Refused: another file stands there.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    if target.suffix.lower() not in SUFFIXES:
        raise UsageError(f"网页的名字应以 .html 结尾，写的是 {target.name}")
    if target.exists() and not (target.is_file() and ours(target.read_bytes())):
        raise Refused(f"{target} 已有别的文件，没有覆盖", "换一个名字，或先移开它")
    with placed({target: data}):
        return
