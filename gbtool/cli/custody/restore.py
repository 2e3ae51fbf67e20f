"""gbtool restore: a client's folder out of a backup."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import Json


def command(
    source: Annotated[Path, typer.Argument(metavar="备份.zip", help="gbtool backup 做的备份。", show_default=False)],
    target: Annotated[Path, typer.Argument(metavar="文件夹", help="恢复到哪里，要是新的。", show_default=False)],
    *,
    json: Json = False,
) -> None:
    """从备份恢复成一个新的客户文件夹：每份文件的哈希、台账的完整、历史的前后相接都核对。

    有一处不对就什么都不建。备份时台账的历史已经被改过的，照样恢复，逐处说出，退出码 1。
    """
    from gbtool.commands.custody import restore

    made = restore(source, target)
    if json:
        breaks = [{"place": place, "message": message} for place, message in made.breaks]
        about = {key: made.about.get(key) for key in ("client", "made", "gbtool")}
        show.json({"folder": str(made.folder), **about, "files": len(made.members), "breaks": breaks})
    else:
        show.done(f"已恢复 {made.about.get('client')}（{made.about.get('made')} 的备份）：{len(made.members)} 个文件")
        for place, message in made.breaks:
            show.text(f"{place}：{message}")
        show.next_step(f'gbtool status -C "{made.folder}"', "看进度和下一步")
    if made.breaks:
        raise typer.Exit(1)
