"""Passphrases: from a file, or typed unseen at a terminal; never a word of the command line, which others can read."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import ask
from gbtool.errors import UsageError, reason_of

PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file", metavar="文件", help="口令写在这个文件的第一行；不给就在终端里输入。", show_default=False
    ),
]


def from_file(path: Path) -> str:
    """The first line of a file.

    Raises:
        UsageError: it cannot be read, or its first line is empty.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = reason_of(error) if isinstance(error, OSError) else "不是 UTF-8"
        raise UsageError(f"读不出口令文件 {path}（{why}）") from error
    if not lines or not lines[0]:
        raise UsageError(f"口令文件 {path} 的第一行是空的")
    return lines[0]


def fresh(path: Path | None) -> str:
    """A passphrase for a new pack: typed twice, or from a file.

    Raises:
        UsageError: there is no terminal and no file, or it was typed differently.
    """
    if path:
        return from_file(path)
    typed = _typed("给这个包定一个口令")
    if ask.secret("再输一次") != typed:
        raise UsageError("两次输入的口令不一样", "再运行一次")
    return typed


def known(path: Path | None) -> str:
    """The passphrase of a pack that is there."""
    return from_file(path) if path else _typed("这个包的口令")


def _typed(question: str) -> str:
    if not ask.possible():
        raise UsageError("不在终端里，没法输入口令", "加上 --passphrase-file 文件")
    return ask.secret(question)
