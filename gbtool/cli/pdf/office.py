"""Where LibreOffice is on this machine."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gbtool.errors import OfficeMissing

if TYPE_CHECKING:
    from gbtool.pdf.office import Office

_NAMES = ("soffice", "libreoffice")
_WINDOWS = ("soffice.com", "soffice.exe")  # the first one waits for the end
_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


def office(given: Path | None) -> "Office":
    """LibreOffice: the program that was named, else the one on the path, else where it is usually installed.

    Raises:
        OfficeMissing: there is none.
    """
    from gbtool.pdf.office import Office

    if given is not None:
        if not given.is_file():
            raise OfficeMissing(f"{given} 那里没有")
        return Office(given.resolve())
    found = next(_places(), None)
    if found is None:
        raise OfficeMissing("这台电脑上没有找到")
    return Office(found)


def _places() -> Iterator[Path]:
    names = (*_WINDOWS, *_NAMES) if sys.platform == "win32" else _NAMES
    yield from (Path(found) for name in names if (found := shutil.which(name)))
    folders = [Path(os.environ[name]) / "LibreOffice" / "program" for name in _FOLDERS if os.environ.get(name)]
    installed = [folder / name for folder in folders for name in _WINDOWS]
    yield from (path for path in (*installed, _MAC) if path.is_file())
