"""gbtool unpack: a pack into a new folder."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import Json
from gbtool.cli.packs.passphrases import PassphraseFile, known


def command(
    source: Annotated[Path, typer.Argument(metavar="包", help="gbtool pack 做的包。", show_default=False)],
    target: Annotated[Path, typer.Argument(metavar="文件夹", help="打开到哪里，要是新的。", show_default=False)],
    *,
    passphrase_file: PassphraseFile = None,
    json: Json = False,
) -> None:
    """打开包：每份文件的名字、大小、哈希都核对，台账的完整、历史的前后相接也核对。

    名字指到文件夹外面的、链接、压缩炸弹、口令不对的，都不打开，什么都不建。
    台账的历史已经被改过的，照样打开，逐处说出，退出码 1。
    """
    from gbtool.commands.packs.unpacking import unpack

    made = unpack(source, target, lambda: known(passphrase_file))
    about = {key: made.about.get(key) for key in ("kind", "client", "made", "gbtool")}
    if json:
        breaks = [{"place": place, "message": message} for place, message in made.breaks]
        places = {"folder": str(made.folder), "client_folder": str(made.client) if made.client else None}
        show.json({**places, **about, "files": len(made.members), "breaks": breaks})
    else:
        show.done(
            f"已打开 {about['client']}（{about['made']} 打的包）：{len(made.members)} 个文件，哈希都对：{made.folder}"
        )
        for place, message in made.breaks:
            show.text(f"{place}：{message}")
        if made.client:
            show.next_step(f'gbtool status -C "{made.client}"', "看进度和下一步")
    if made.breaks:
        raise typer.Exit(1)
