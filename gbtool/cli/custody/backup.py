"""gbtool backup: a client's folder in one file."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On


def command(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[文件.zip]", help="备份写到哪里，默认在客户文件夹旁边。", show_default=False),
    ] = None,
    *,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """备份：整个客户文件夹成一个文件，写完再读一遍，逐份核对哈希。

    台账正在用也能备份。已有的备份不会被盖掉。恢复用 gbtool restore。
    """
    from gbtool.commands.custody import backup
    from gbtool.commands.workspace import workspace

    made = backup(workspace(folder), target, on)
    if json:
        files = [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in made.members]
        show.json({"path": str(made.path), "size": made.size, "files": files, "left_out": list(made.left_out)})
        return
    show.done(f"已备份 {len(made.members)} 个文件，每份都读回核对过：{made.path}")
    for link in made.left_out:
        show.text(f"没有收：{link}（链接，指向文件夹外面的不跟过去）")
    show.next_step(f'gbtool restore "{made.path}" 文件夹名', "恢复成一个新的客户文件夹")
