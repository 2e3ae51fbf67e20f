"""gbtool page: how one client stands, for its boss, in one file for the browser."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On


def command(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[文件.html]", help="写到哪里，默认 输出/进度 日期.html。", show_default=False),
    ] = None,
    *,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """一家客户的进度做成一个网页文件，给企业的负责人看：手机、电脑都能开，能打印，不联网。

    各阶段的起止（甘特图）、结论和原因、运行期、到期的事、不符合、条款覆盖。
    数字和 --json 一样，和 readiness、period 同一个算法。
    """
    from gbtool.commands.pages.client import write_page
    from gbtool.commands.workspace import workspace

    found = write_page(workspace(folder), target, on)
    if json:
        show.json(found)
        return
    show.done(f"已写 {found['path']}：一个文件，用浏览器打开，可以直接发给客户。")
