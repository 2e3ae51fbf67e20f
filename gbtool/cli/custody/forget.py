"""gbtool forget: a client's folder is removed at the end of the contract."""

from typing import Annotated

import typer

from gbtool.cli import ask, show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder
from gbtool.errors import UsageError


def command(
    *,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁决定移除。", show_default=False)],
    confirm: Annotated[
        str, typer.Option("--confirm", metavar="企业全称", help="不在终端时，用企业全称确认。", show_default=False)
    ] = "",
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """服务终止：移除客户文件夹，留下移除清单（文件名、大小、哈希）。

    移除了就找不回来：先 gbtool backup，把该交的交给客户。要输入企业全称确认。
    """
    from gbtool.commands.custody import finish_forgetting, forget
    from gbtool.commands.gather import client
    from gbtool.commands.portfolio import index
    from gbtool.commands.workspace import workspace
    from gbtool.remembering import forget_all

    if (lists := finish_forgetting(folder)) is not None:
        forget_all(folder, cache_folder())
        if json:
            show.json({"folder": str(folder.resolve()), "finished": True, "listed": str(lists)})
        else:
            show.done(f"上次没有移除完的，剩下的已经移除。清单在 {lists}")
        return
    work = workspace(folder)
    name = client(work).name
    if not confirm and ask.possible():
        confirm = ask.line(f"将移除 {work.folder} 里的全部文件。输入企业全称“{name}”确认")
    if confirm != name:
        raise UsageError(f"没有移除：确认的名称与“{name}”不一致", "用 --confirm 给出企业全称")
    gone = forget(work, by, on)
    index.drop(cache_folder(), work.firm)
    forget_all(work.folder, cache_folder())
    if json:
        files = [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in gone.members]
        show.json({"folder": str(gone.folder), "client": gone.name, "listed": str(gone.listed), "files": files})
        return
    show.done(f"已移除 {gone.name} 的客户文件夹：{len(gone.members)} 个文件。清单：{gone.listed}")
    show.text("备份、邮件、网盘、纸质件和别处的复制件，请另行处理。")
