"""gbtool pack: an application for a certification body, a handover."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, where
from gbtool.cli.packs.passphrases import PassphraseFile, fresh

if TYPE_CHECKING:
    from gbtool.commands.packs.writing import Packed

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Target = Annotated[
    Path | None, typer.Argument(metavar="[文件.zip]", help="写到哪里；已有的包不会被盖掉。", show_default=False)
]
Encrypt = Annotated[bool, typer.Option("--encrypt", help="用口令加密（age 格式，文件名后面加 .age）。")]


@app.callback()
def _pack(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """打包：认证申请材料、项目移交。先跑 gbtool check，有错误就不打包；打好以后读回，逐份核对哈希。"""
    ctx.obj = folder


@app.command("handover")
def handover(
    ctx: typer.Context,
    target: Target = None,
    *,
    papers: Annotated[bool, typer.Option("--papers", help="只带 文件/ 里的文件和报告，不带资料、台账、证据。")] = False,
    encrypt: Encrypt = False,
    passphrase_file: PassphraseFile = None,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """移交：整个客户文件夹和一份移交报告（Word）打成一个包，带清单和哈希。

    报告写现在到哪一步、没答的问题、承诺、决定、手改过的文件、没关闭的不符合、半年内到期的事。
    对方用 gbtool unpack 打开。
    """
    from gbtool.commands.packs.handover import Wish, handover as pack
    from gbtool.commands.workspace import workspace

    passphrase = fresh(passphrase_file) if encrypt or passphrase_file else ""
    made, state = pack(workspace(where(ctx, folder)), on, Wish(target, papers, passphrase, cache_folder()))
    if as_json:
        counts = {
            "questions": len(state.open),
            "asked": len(state.asked),
            "promises": len(state.promises),
            "decisions": len(state.decisions) + len(state.changes),
            "edited": [document.path for document in state.edited],
            "nonconformities": [each.number for each in state.nonconformities],
            "due": len(state.due),
        }
        show.json({**packed_json(made), "stage": state.standing.stage, "open": counts})
        return
    told(made)
    show.text(
        f"移交报告：没答的 {len(state.open)} 题，承诺 {len(state.promises)} 项，"
        f"决定 {len(state.decisions) + len(state.changes)} 项，手改过的文件 {len(state.edited)} 份，"
        f"没关闭的不符合 {len(state.nonconformities)} 项，半年内到期 {len(state.due)} 项"
    )
    show.next_step(f'gbtool unpack "{made.path}" 文件夹名', "对方这样打开")


@app.command("application")
def application(
    ctx: typer.Context,
    target: Target = None,
    *,
    body: Annotated[
        str, typer.Option("--body", metavar="机构", help="认证机构的名称或简称；不给按通用组成。", show_default=False)
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看缺什么，不打包。")] = False,
    encrypt: Encrypt = False,
    passphrase_file: PassphraseFile = None,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """认证申请材料：按机构要的逐项找文件，缺的、太薄的、日期不对的都列出来；一处都没有才打包，带目录、页数、哈希。

    企业自己的材料（盖章的、扫描的）放在 申请材料/，文件名以编号开头，如 M02 营业执照.pdf。有缺的退出码 1，不打包。
    """
    from gbtool.commands.packs.application import Ask, application as pack
    from gbtool.commands.workspace import workspace

    passphrase = fresh(passphrase_file) if (encrypt or passphrase_file) and not dry_run else ""
    ask = Ask(body, target, dry_run, passphrase, cache_folder())
    found, made = pack(workspace(where(ctx, folder)), on, ask)
    if as_json:
        from gbtool.cli.packs.materials import mapping

        show.json({**mapping(found), "pack": packed_json(made) if made else None})
    else:
        from gbtool.cli.packs.materials import tell

        tell(found)
        if made:
            told(made)
    if found.problems:
        raise typer.Exit(1)


def packed_json(made: "Packed") -> dict[str, object]:
    """A pack as scripts read it."""
    files = [{"name": m.name, "size": m.size, "sha256": m.sha256} for m in made.members]
    return {
        "path": str(made.path),
        "size": made.size,
        "sealed": made.sealed,
        "files": files,
        "left_out": list(made.left_out),
    }


def told(made: "Packed") -> None:
    """What was packed and what was left out."""
    sealed = "，用口令加密" if made.sealed else ""
    show.done(f"已打包 {len(made.members)} 个文件，每份都读回核对过{sealed}：{made.path}")
    for link in made.left_out:
        show.text(f"没有收：{link}（链接，指向文件夹外面的不跟过去）")
