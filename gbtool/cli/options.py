"""The options that commands share, and the only place that asks the clock."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

HERE = Path()


def now() -> datetime:
    """The moment with its time zone."""
    return datetime.now().astimezone()


def today() -> date:
    """Today, where the user is."""
    return now().date()


def day(text: str | date) -> date:
    """A day as typed: 2026-11-22."""
    if isinstance(text, date):
        return text
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise typer.BadParameter(f"“{text}”应当写成日期，如 2026-11-22")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} 这一天不存在") from error


LISTED = ("列出", "list", "?", "？")


def listed(ctx: typer.Context, word: str | None) -> str | None:
    """The name of a standard as typed; where 列出 is typed, the standards are shown and that is all."""
    if word not in LISTED:
        return word
    from gbtool.cli.standards.family import show_family

    show_family(where(ctx, Path(ctx.params.get("folder", HERE))), as_json=bool(ctx.params.get("as_json")))
    raise typer.Exit


Folder = Annotated[
    Path,
    typer.Option(
        "-C", "--client", metavar="目录", help="客户文件夹，默认当前。", show_default=False, is_eager=True
    ),  # eager: what lists standards knows the folder, wherever it is typed
]
On = Annotated[
    date,
    typer.Option(
        "--on", metavar="日期", help="按哪一天算，默认今天。", parser=day, default_factory=today, show_default=False
    ),
]
Under = Annotated[
    str,
    typer.Option(
        "--standard",
        metavar="标准",
        help="客户按几个标准的，看哪一个；默认主标准。写 列出，看有哪些。",
        show_default=False,
        callback=listed,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值，供脚本使用。", is_eager=True)]


def where(ctx: typer.Context, folder: Path) -> Path:
    """The client's folder, whether -C stands before the sub-command or after it."""
    return ctx.obj if folder == HERE and isinstance(ctx.obj, Path) else folder


def cache_folder() -> Path:
    """Where this machine keeps what can be made again: compiled templates."""
    from platformdirs import user_cache_path

    return user_cache_path("gbtool", appauthor=False)


def data_folder() -> Path:
    """Where this machine keeps what is true of it alone: the leases that it holds."""
    from platformdirs import user_data_path

    return user_data_path("gbtool", appauthor=False)


def machine() -> str:
    """The name of this machine."""
    from platform import node

    return node()
