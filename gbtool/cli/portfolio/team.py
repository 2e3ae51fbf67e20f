"""gbtool team: one client, several hands."""

from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.cli.portfolio.publish import plain
from gbtool.cli.portfolio.sharing import name_broken

if TYPE_CHECKING:
    from gbtool.commands.portfolio.publish import Result

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Database = Annotated[
    str,
    typer.Option("--database", metavar="地址", help="机构的数据库，默认看 gbtool.yaml。", show_default=False),
]


@app.callback()
def _team(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """一家客户几个人做：同一时间由一个人写，拿了才能写，读不限；租约在机构的数据库里，到期自动放开。

    机构在 gbtool.yaml 里写 database 和 leases: 是，才用租约。拿着的人断了网照样写，到期为止；接通以后再发布。
    """
    ctx.obj = folder


@app.command("take")
def take(
    ctx: typer.Context,
    *,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁来做。")],
    days: Annotated[int, typer.Option("--days", metavar="天数", min=1, max=90, help="拿几天。")] = 7,
    database: Database = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """拿一家客户，或者把拿着的续长；断网时写的这时发布。别人拿着、别人发布过这里没有的，不给，退出码 1。"""
    from gbtool.commands import team
    from gbtool.commands.workspace import workspace

    found = team.take(workspace(where(ctx, folder)), by, days, on, database)
    if as_json:
        lease, done = found.lease, plain(found.published) if found.published else None
        told = {"client": lease.client, "holder": lease.holder, "expires": lease.expires}
        show.json({**told, "lapsed": found.lapsed, "published": done})
        return
    until = found.lease.expires.astimezone().strftime("%Y-%m-%d %H:%M")
    show.done(f"{found.lease.client} 由 {found.lease.holder} 拿着，到 {until}。")
    if found.lapsed:
        show.text("本机上一次的租约在这以前到期了；到期以前写的都在文件夹里。")
    if found.published:
        _told(found.published)
        name_broken({each.path: each.complaints for each in found.published.broken})


@app.command("release")
def release(
    ctx: typer.Context, *, database: Database = "", on: On, folder: Folder = HERE, as_json: Json = False
) -> None:
    """放开一家客户：先把写的发布，再还租约；租约在这以前到期了的，说出来。"""
    from gbtool.commands import team
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    found = team.release(work, on, database)
    if as_json:
        show.json({"client": work.folder.name, "running": found.running, "published": plain(found.published)})
        return
    _told(found.published)
    ended = "放开了。" if found.running else "的租约在这以前已经到期，别人可能拿过。"
    show.done(f"{work.folder.name} {ended}")


@app.command("who")
def who(ctx: typer.Context, *, database: Database = "", folder: Folder = HERE, as_json: Json = False) -> None:
    """谁在做哪一家，从什么时候到什么时候。"""
    from gbtool.commands import team

    rows = team.who(where(ctx, folder), database)
    if as_json:
        show.json(
            [
                {
                    **{name: getattr(row.lease, name) for name in ("client", "holder", "place", "taken", "expires")},
                    "running": row.runs,
                    "here": row.here,
                }
                for row in rows
            ]
        )
        return
    cells = [
        (
            row.lease.client,
            row.lease.holder,
            f"{row.lease.place}{'（本机）' if row.here else ''}",
            row.lease.taken.astimezone().strftime("%Y-%m-%d %H:%M"),
            row.lease.expires.astimezone().strftime("%Y-%m-%d %H:%M"),
            "在做" if row.runs else "到期",
        )
        for row in rows
    ]
    if cells:
        show.table(("客户", "谁", "机器", "从", "到", ""), cells)
    else:
        show.text("没有人拿着客户。")


def _told(published: "Result") -> None:
    """What was published, and what was not."""
    for path in published.done.written:
        show.text(f"已发布：{path}")
    for path in published.done.barred:
        show.text(f"没有发布 {path}：数据库里这个登录不负责它，也不在组里")
    for held in published.done.held:
        show.text(f"没有发布 {held.path}：{held.holder} 拿着，到 {held.until.astimezone():%Y-%m-%d %H:%M}")
    for path, last in published.apart.items():
        show.text(f"没有发布 {path}：{last.by} {last.at.astimezone():%Y-%m-%d %H:%M} 发布过这里没有的，不自动并到一起")
