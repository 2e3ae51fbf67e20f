"""gbtool waive: a named person lets findings pass for a reason until a day; they are shown all the same."""

import datetime as dt
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, day, where
from gbtool.structs import as_dict

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁决定的。", show_default=False)]


@app.callback()
def _waive(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """豁免检查里的一条发现：谁、为什么、到哪天；照样列出，只是不再拦着。

    豁免只管 check、发布和打包，不改 readiness 的结论；到期以后重新算。
    """
    ctx.obj = folder


@app.command("add")
def _add(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="规则", help="规则号，如 CN-01。")],
    *,
    place: Annotated[str, typer.Option("--in", metavar="文件", help="哪份文件：路径或代号。")] = "",
    about: Annotated[str, typer.Option("--about", metavar="文字", help="发现里写着这几个字的才算。")] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="为什么可以放过。", show_default=False)],
    by: By,
    until: Annotated[dt.date, typer.Option("--until", metavar="日期", parser=day, help="到哪天。", show_default=False)],
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """登记一条豁免；现在没有这样的发现就不登记。"""
    from gbtool.commands.checks.waivers import Wanted, waive
    from gbtool.commands.workspace import workspace

    waiver, covered = waive(workspace(where(ctx, folder)), Wanted(rule, place, about, by, reason, until), on)
    if json:
        show.json({**as_dict(waiver), "covered": len(covered)})
        return
    for finding in covered:
        show.text(f"  · {finding.message}　{finding.place}")
    show.done(f"{waiver.id}：豁免 {waiver.rule} 的 {len(covered)} 条发现，到 {waiver.until}。")


@app.command("list")
def _list(ctx: typer.Context, *, on: On, folder: Folder = HERE, json: Json = False) -> None:
    """全部豁免：哪条规则、哪份文件、谁、为什么、到哪天，到期的也列。"""
    from gbtool.commands.checks.waivers import waivers
    from gbtool.commands.gather import gather
    from gbtool.commands.workspace import workspace

    found = waivers(gather(workspace(where(ctx, folder)), on))
    if json:
        show.json({"waivers": [{**as_dict(each), "holds": each.holds(on.isoformat())} for each in found]})
        return
    if not found:
        show.text("没有登记。")
        return
    rows = [
        (e.id, e.rule, e.where, e.about, e.by, e.reason, e.until, "有效" if e.holds(on.isoformat()) else "到期")
        for e in found
    ]
    show.table(("豁免", "规则", "文件", "文字", "谁", "为什么", "到", "状态"), rows)


@app.command("end")
def _end(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="豁免", help="如 waiver-1，见 gbtool waive list。")],
    *,
    by: By,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """提前终止一条豁免，从今天起重新算。"""
    from gbtool.commands.checks.waivers import end
    from gbtool.commands.workspace import workspace

    waiver = end(workspace(where(ctx, folder)), id_, by, on)
    if json:
        show.json(as_dict(waiver))
        return
    show.done(f"{waiver.id} 终止，{waiver.rule} 的发现从今天起重新算。")
