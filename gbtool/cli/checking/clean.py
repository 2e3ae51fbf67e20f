"""清理文件属性：作者、单位、模板、时间、自定义属性；正文不动。"""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On

_SHOWN = 6


def command(
    words: Annotated[list[str], typer.Argument(metavar="文件|文件夹|代号…", help="要清理的 Word、Excel。")],
    *,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """给文件做一份属性干净的副本：作者和单位只写本企业，模板、时间、统计、自定义属性去掉。

    副本在 输出/清理/，原件不动；正文、批注、修订都保留（先用 gbtool check 看有没有）。
    """
    from gbtool.commands.clean import clean
    from gbtool.commands.workspace import workspace

    found = clean(workspace(folder), words, Path(), on)
    if json:
        rows = [
            {
                "path": each.path,
                "copy": each.copy,
                "outcome": each.outcome,
                "removed": [{"what": gone.what, "was": gone.was} for gone in each.removed],
            }
            for each in found
        ]
        show.json({"files": rows})
        return
    for each in found:
        show.text(f"{each.path} → {each.copy}")
        for gone in each.removed[:_SHOWN]:
            show.text(f"  去掉{gone.what}{f'：{gone.was}' if gone.was else ''}")
        if len(each.removed) > _SHOWN:
            show.text(f"  ……共 {len(each.removed)} 项")
        if not each.removed:
            show.text("  本来就是干净的")
    show.done(f"清理了 {len(found)} 份。")
