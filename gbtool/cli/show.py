"""What the user sees: results as text, tables or JSON on standard output, errors and progress on standard error."""

import contextlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

import typer

from gbtool.cli.words import fold, width
from gbtool.errors import GbtoolError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_GAP, _BETWEEN = "  ", "   "  # in a pipe, on a terminal
_USUAL = re.compile("[ -~\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uff60“”‘’…—·×]*")  # as wide in every program
_INDENT = 6  # the width of 错误：
_SHORT = 14  # columns no wider than this are never wrapped
_KEYS = 34  # nor are keys and names up to here
_ENDLESS = 100_000  # a line in a pipe is as long as it is
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PATIENCE = 1.0  # seconds before a progress bar appears


def interactive(stream: TextIO) -> bool:
    """Whether a person looks at a stream, and no pipe or file."""
    return stream.isatty()


def silence() -> None:
    """Nobody reads standard output any more: let what is still to come go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def safe(line: str) -> str:
    """A line without signs that would steer the terminal: a client's text may hold anything."""
    return _STEERING.sub("�", line)


def text(line: str = "") -> None:
    """A line of result."""
    typer.echo(safe(line))


def done(line: str) -> None:
    """What was done, in one sentence."""
    typer.secho(safe(line), fg="green", color=_colour(sys.stdout))


def next_step(command: str, why: str = "") -> None:
    """The command to type next."""
    text(f"下一步：{command}{f'（{why}）' if why else ''}")


def json(value: object) -> None:
    """One JSON value and nothing else."""
    from json import dumps

    typer.echo(dumps(value, ensure_ascii=False, indent=2, default=str))


def error(fault: GbtoolError) -> None:
    """Each thing that is wrong: its place, what it is, what to do."""
    for complaint in fault.complaints:
        place = f"{complaint.where}：" if complaint.where else ""
        for line in _folded(f"错误：{place}{complaint.message}", sys.stderr):
            typer.secho(line, err=True, fg="red", color=_colour(sys.stderr))
        for line in _folded(complaint.fix, sys.stderr, _INDENT):
            typer.echo(f"{' ' * _INDENT}{line}", err=True)


def _folded(line: str, stream: TextIO, indent: int = 0) -> list[str]:
    """A line as a terminal shows it; a pipe gets it whole."""
    line = safe(line)
    if not interactive(stream):
        return [line] if line else []
    return fold(line, shutil.get_terminal_size().columns - indent - 1) if line else []


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> None:
    """A table that fits the terminal; in a pipe every row is one line, whatever its length."""
    cells = [["" if cell is None else safe(str(cell)) for cell in row] for row in rows]
    if title:
        typer.echo(title)
    if not interactive(sys.stdout):
        _plain(columns, cells)
    elif not _straight(columns, cells):
        _drawn(columns, cells)


def _plain(columns: Sequence[str], rows: list[list[str]]) -> None:
    lines = [list(columns), *([" ".join(cell.split()) for cell in row] for row in rows)]
    widths = [max(width(line[number]) for line in lines) for number in range(len(columns))]
    for line in lines:
        padded = (cell + " " * (widths[number] - width(cell)) for number, cell in enumerate(line))
        typer.echo(_GAP.join(padded).rstrip())


def _straight(columns: Sequence[str], rows: list[list[str]]) -> bool:
    """Whether a table fits the terminal as it is, which is then shown: it takes a tenth of a second to load rich."""
    lines = [list(columns), *rows]
    if not all(_USUAL.fullmatch(cell) for line in lines for cell in line):
        return False
    widths = [max(width(line[number]) for line in lines) for number in range(len(columns))]
    across = sum(widths) + len(_BETWEEN) * (len(widths) - 1)
    if across > shutil.get_terminal_size().columns:
        return False
    head, *body = (
        _BETWEEN.join(cell + " " * (widths[at] - width(cell)) for at, cell in enumerate(line)) for line in lines
    )
    typer.secho(head, bold=True, color=os.environ.get("TERM") != "dumb")
    typer.echo("\n".join(("─" * across, *body)))
    return True


def _drawn(columns: Sequence[str], rows: list[list[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, name in enumerate(columns):
        drawn.add_column(Text(name), overflow="fold", no_wrap=_whole([row[number] for row in rows]))
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    console().print(drawn)


def console() -> "Console":
    """Rich on standard output: what clients wrote is shown as it stands, never read as markup."""
    from rich.console import Console

    colour, terminal = _colour(sys.stdout), interactive(sys.stdout)
    return Console(markup=False, highlight=False, emoji=False, no_color=not colour, force_terminal=terminal)


def _whole(cells: list[str]) -> bool:
    """Whether a column is never wrapped: a narrow one, or one of keys and names without Chinese signs."""
    widest = max((width(cell) for cell in cells), default=0)
    return widest <= _SHORT or (widest <= _KEYS and all(cell.isascii() for cell in cells))


def pairs(lines: Sequence[tuple[str, str]]) -> None:
    """Names and what they mean, folded to the terminal; empty ones are left out."""
    shown = [(name, safe(meaning)) for name, meaning in lines if meaning]
    left = max((width(name) for name, _ in shown), default=0)
    room = (shutil.get_terminal_size().columns if interactive(sys.stdout) else _ENDLESS) - left - len(_GAP) - 1
    for name, meaning in shown:
        first, *rest = fold(meaning, max(room, _SHORT))
        typer.echo(f"{name}{' ' * (left - width(name))}{_GAP}{first}")
        for line in rest:
            typer.echo(f"{' ' * left}{_GAP}{line}")


def tree(root: str, branches: Sequence[tuple[str, str]]) -> None:
    """A folder and what lies in it, each with a remark."""
    typer.echo(root)
    left = max((width(name) for name, _ in branches), default=0)
    for number, (name, remark) in enumerate(branches, 1):
        corner = "└── " if number == len(branches) else "├── "
        typer.echo(f"{corner}{name}{' ' * (left - width(name))}{_GAP}{remark}".rstrip())


def _colour(stream: TextIO) -> bool:
    return interactive(stream) and not os.environ.get("NO_COLOR")


@contextlib.contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """A bar on a terminal's standard error once the work takes longer than a second; call the result for each step."""
    bar: list[Progress] = []
    started, done_ = time.monotonic(), 0

    def step() -> None:
        nonlocal done_
        done_ += 1
        if not bar and interactive(sys.stderr) and time.monotonic() - started > _PATIENCE:
            bar.append(_bar(title, total))
        for each in bar:
            each.update(each.task_ids[0], completed=done_)

    try:
        yield step
    finally:
        for each in bar:
            each.stop()


def _bar(title: str, total: int | None) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.completed}"))
    screen = Console(stderr=True, no_color=not _colour(sys.stderr), force_terminal=True)
    bar = Progress(*columns, console=screen, transient=True)
    bar.add_task(title, total=total)
    bar.start()
    return bar
