"""What `--pdf` asks for and what it tells: where LibreOffice is, the bar while it works, what was printed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.pdf.office import office
from gbtool.errors import UsageError
from gbtool.structs import as_dict

if TYPE_CHECKING:
    from gbtool.commands.generate import Generation
    from gbtool.commands.pdf import Printed
    from gbtool.commands.workspace import Workspace
    from gbtool.pdf.office import Office

Pdf = Annotated[bool, typer.Option("--pdf", help="同时出 PDF，放在 输出/PDF；手册目录的页码一并写准。")]
Program = Annotated[
    Path | None,
    typer.Option(
        "--office",
        metavar="路径",
        envvar="GBTOOL_OFFICE",
        help="LibreOffice 的 soffice 程序；默认自己找。",
        show_default=False,
        show_envvar=False,
    ),
]


def wanted(*, pdf: bool, dry_run: bool, program: Path | None) -> "Office | None":
    """LibreOffice where PDF is wanted, looked for before anything is made.

    Raises:
        UsageError: nothing is written, so nothing can be printed.
        OfficeMissing: it is not on this machine.
    """
    if pdf and dry_run:
        raise UsageError("--dry-run 什么都不写，出不了 PDF", "去掉其中一个")
    return office(program) if pdf else None


def printed(work: "Workspace", on: date, result: "Generation", program: "Office | None") -> "Printed | None":
    """Print what was made, with a bar; nothing without a program."""
    if program is None:
        return None
    from gbtool.commands.pdf import due, print_

    with show.progress("转 PDF", len(due(work.folder, result.made))) as step:
        return print_(work, on, result.made, program, step)


def mapping(found: "Printed | None") -> dict[str, object]:
    """What was printed for a script; nothing where nothing was asked for."""
    return {"pdf": as_dict(found)} if found else {}


def tell(found: "Printed | None") -> None:
    """What was printed, whose contents were counted, what nobody stands behind any more."""
    if found is None:
        return
    show.done(f"PDF 在 输出/PDF：新出 {len(found.made)} 份，没有变化 {found.same} 份。")
    for path in found.counted:
        show.text(f"目录的页码写准了：{path}")
    for path in found.stale:
        show.text(f"没有对应的 Word 文件了，核对后删除：{path}")
