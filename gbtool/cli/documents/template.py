"""gbtool template: from which shelf each document comes, start a text of one's own, see what of ours changed since."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, where

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _template(ctx: typer.Context, folder: Folder = HERE) -> None:
    """模板：从哪个书架来，写自己的，看自带的改了没有。

    最近的书架优先：客户文件夹、机构文件夹、自带。
    """
    ctx.obj = folder


@app.command("list")
def list_(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[代号…]", help="如 sys-reward；默认全部。")] = None,
    *,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """每份文件从哪个书架来；给一个代号时，列出可以换的块。"""
    from gbtool.commands.own_texts.listing import passages, sources
    from gbtool.commands.own_texts.shelf import desk

    seen = desk(where(ctx, folder))
    found = sources(seen, tuple(ids or ()))
    named = passages(seen, ids[0]) if ids and len(ids) == 1 else ()
    if as_json:
        fields = ("id", "kind", "title", "shelf", "path", "how", "blocks")
        blocks = [{name: getattr(each, name) for name in ("name", "title", "level", "path")} for each in named]
        documents = [{name: getattr(each, name) for name in fields} for each in found]
        show.json({"documents": documents, "passages": blocks} if named else {"documents": documents})
        return
    rows = [(s.id, s.title, s.shelf, f"{s.how}：{'、'.join(s.blocks)}" if s.blocks else s.how, s.path) for s in found]
    show.table(("代号", "名称", "书架", "写法", "文件"), rows, f"{len(rows)} 项")
    if named:
        show.text()
        indented = [(f"{'· ' * (each.level - 1)}{each.title}", each.name, each.path) for each in named]
        show.table(("标题", "块", "文件"), indented, "可以换的块（另有 开头、结尾）")
        show.next_step(f"gbtool template new {named and ids and ids[0]} --block {named[-1].name}", "换一块")


@app.command("new")
def new(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="代号", help="如 sys-reward。")],
    *,
    block: Annotated[
        list[str] | None, typer.Option("--block", metavar="块", help="只换这一块，可以重复。", show_default=False)
    ] = None,
    part: Annotated[str, typer.Option("--part", metavar="部分", help="手册的哪一章。", show_default=False)] = "",
    word: Annotated[bool, typer.Option("--word", help="用 Word 写（docxtpl 的标记）。")] = False,
    for_client: Annotated[bool, typer.Option("--for-client", help="只给这家客户，不放到机构的书架上。")] = False,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """开始一份自己的写法：换几块、整份，或用 Word。

    写进机构文件夹的 templates/（没有机构的写进客户文件夹），记下它是照自带的哪一版写的。
    """
    from gbtool.commands.own_texts.shelf import desk
    from gbtool.commands.own_texts.starting import Start, start

    made = start(desk(where(ctx, folder)), id_, Start(tuple(block or ()), part, word, for_client))
    if as_json:
        show.json({"path": str(made)})
        return
    show.done(f"已建 {made}")
    show.next_step("gbtool template check", "改完查一遍；然后 gbtool generate")


@app.command("check")
def check(
    ctx: typer.Context,
    *,
    seen: Annotated[
        list[Path] | None,
        typer.Option("--seen", metavar="文件", help="看过了，记下现在自带的版本；可以重复。", show_default=False),
    ] = None,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """查自己的写法：标记和名字对不对、有没有用上、自带的改过哪些块。

    有错或自带的改过，退出码 1。
    """
    from gbtool.commands.own_texts.checking import Trouble, remarks, seen as remember
    from gbtool.commands.own_texts.shelf import desk

    at = desk(where(ctx, folder))
    done = remember(at, tuple(path.as_posix() for path in seen or ()))
    found = remarks(at)
    if as_json:
        fields = ("shelf", "path", "trouble", "message", "place")
        show.json({"remarks": [{name: getattr(each, name) for name in fields} for each in found], "seen": done})
    else:
        for path in done:
            show.text(f"已记下：{path}")
        rows = [(each.shelf, each.path, each.trouble, each.message, each.place) for each in found]
        if rows:
            show.table(("书架", "文件", "问题", "说明", "位置"), rows, f"{len(rows)} 处")
        else:
            show.done("没有要看的。")
    if any(each.trouble in (Trouble.WRONG, Trouble.CHANGED) for each in found):
        raise typer.Exit(1)
