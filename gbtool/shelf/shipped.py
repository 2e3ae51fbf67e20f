"""Where the shipped templates, checklists and examples lie."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped(*parts: str) -> Path:
    """A shipped file: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / "_shipped"
    return (installed if installed.is_dir() else _PACKAGE.parent).joinpath(*parts)


_REMEMBERED = (shipped("templates"), shipped("checklists"))


def is_shipped(path: Path) -> bool:
    """Whether what a file says may be remembered: a client's and a firm's own are their own business."""
    return any(folder in path.parents for folder in _REMEMBERED)
