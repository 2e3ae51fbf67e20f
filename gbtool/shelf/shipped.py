"""Where the shipped templates, checklists and examples lie; while the program runs, they stay as they are."""

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped(*parts: str) -> Path:
    """A shipped file: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / "_shipped"
    return (installed if installed.is_dir() else _PACKAGE.parent).joinpath(*parts)


_ROOT = f"{shipped()}{os.sep}"
_TOPS = ("templates", "checklists")
_REMEMBERED = tuple(f"{_ROOT}{top}{os.sep}" for top in _TOPS)


def is_shipped(path: Path) -> bool:
    """Whether what a file says may be remembered: a client's and a firm's own are their own business."""
    return str(path).startswith(_REMEMBERED)


@cache
def standing() -> Mapping[str, str]:
    """Every shipped template and checklist by its relative path, with what tells its text from an earlier one."""
    return {path: mark for top in _TOPS for path, mark in _below(top)}


def _below(folder: str) -> Iterator[tuple[str, str]]:
    with os.scandir(f"{_ROOT}{folder}") as found:
        for each in found:
            path = f"{folder}/{each.name}"
            if each.is_dir():
                yield from _below(path)
            else:
                about = each.stat()
                yield path, f"{about.st_size}-{about.st_mtime_ns}-{about.st_ctime_ns}"


def mark_of(path: str) -> str:
    """The same for one file, empty where it does not stand there."""
    return standing().get(path.removeprefix(_ROOT).replace(os.sep, "/"), "")
