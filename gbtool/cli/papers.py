"""How files that a command made are told, and dates among options."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import day

if TYPE_CHECKING:
    from gbtool.commands.keeping import Written  # brings every rule and the parts of Word
    from gbtool.commands.workspace import Workspace

_WORDS = {"new": "新", "same": "没变", "kept": "已有，保留", "renewed": "重做，旧的在 旧稿"}
Again = Annotated[bool, typer.Option("--again", help="已有而不同的 Word 重做，旧的移进 旧稿。")]
CompiledBy = Annotated[str, typer.Option("--compiled-by", metavar="姓名", help="谁编制。", show_default=False)]
ApprovedBy = Annotated[str, typer.Option("--approved-by", metavar="姓名", help="谁批准。", show_default=False)]
Compiled = Annotated[
    dt.date | None, typer.Option("--compiled", metavar="日期", parser=day, help="哪天编制。", show_default=False)
]
Approved = Annotated[
    dt.date | None, typer.Option("--approved", metavar="日期", parser=day, help="哪天批准。", show_default=False)
]


def iso(given: dt.date | None) -> str:
    """A day as ISO text, empty where none was given."""
    return given.isoformat() if given else ""


def told(written: Iterable["Written"], remarks: Sequence[str] = ()) -> None:
    """The files with what became of each, and what is to be said."""
    files = list(written)
    for each in files:
        show.text(f"  {_WORDS[each.outcome]}　{each.path}")
    if any(each.outcome == "kept" for each in files):
        show.text("  已有的文件和现在的内容不同，没有覆盖；要重做加 --again。")
    for remark in remarks:
        show.text(f"  注意：{remark}")


def plain(written: Iterable["Written"]) -> list[dict[str, str]]:
    """The files for JSON."""
    return [{"path": each.path, "outcome": each.outcome} for each in written]


def said(work: "Workspace", text: str) -> str:
    """A text with `{内审}` in it, in the words of the client's standard."""
    from gbtool.commands.following import words_of  # only when it is asked for

    return words_of(work).said(text)
