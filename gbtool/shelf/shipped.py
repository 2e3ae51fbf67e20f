"""Where the shipped templates, checklists and examples lie; while the program runs, they stay as they are."""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def shipped(*parts: str) -> Path:
    """A shipped file: inside the package when installed, beside it in a checkout."""
    installed = PACKAGE / "_shipped"
    return (installed if installed.is_dir() else PACKAGE.parent).joinpath(*parts)


_ROOT = f"{shipped()}{os.sep}"
_TOPS = ("templates", "checklists")
_REMEMBERED = tuple(f"{_ROOT}{top}{os.sep}" for top in _TOPS)


def is_shipped(path: Path) -> bool:
    """Whether what a file says may be remembered: a client's and a firm's own are their own business."""
    return str(path).startswith(_REMEMBERED)


@cache
def standing() -> Mapping[str, str]:
    """Every shipped template and checklist by its relative path, with what tells its text from an earlier one."""
    found = (each for top in _TOPS for each in marks(f"{_ROOT}{top}"))
    return {_relative(path): mark for path, mark in found}


def marks(folder: str, suffix: str = "") -> Iterator[tuple[str, str]]:
    """Every file below a folder, or those with a suffix, each with what tells it from an earlier one."""
    with os.scandir(folder) as found:
        for each in found:
            if each.is_dir():
                yield from marks(each.path, suffix)
            elif each.name.endswith(suffix):
                about = each.stat()
                yield each.path, f"{about.st_size}-{about.st_mtime_ns}-{about.st_ctime_ns}"


def _relative(path: str) -> str:
    return path.removeprefix(_ROOT).replace(os.sep, "/")


def mark_of(path: str) -> str:
    """The same for one file, empty where it does not stand there."""
    return standing().get(_relative(path), "")
