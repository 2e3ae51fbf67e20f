"""gbtool portfolio publish and member: where clients stand into the firm's PostgreSQL, and who reads it."""

from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.cli.portfolio.sharing import Scheduler, Workers, how, name_broken

if TYPE_CHECKING:
    from gbtool.commands.portfolio.publish import Result

Address = Annotated[
    str,
    typer.Argument(
        metavar="[地址]",
        help="postgresql://用户@主机/库，默认看 gbtool.yaml 的 database；密码放 ~/.pgpass 或 PGPASSWORD。",
        show_default=False,
    ),
]


def publish(
    ctx: typer.Context,
    url: Address = "",
    *,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁发布。")] = "",
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="客户", help="从数据库里去掉这家，可重复；不发布。")
    ] = None,
    workers: Workers = 1,
    scheduler: Scheduler = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """全部客户的阶段、运行期、结论、原因、权利、到期、文件写进机构的 PostgreSQL；只写变了的，要么全写要么不写。

    客户文件夹只读。别人拿着的、别人发布过而这里没有的，不写，点名。
    视图给 Excel、Metabase、Superset 直接读（docs/growing.md）。
    """
    from gbtool.commands.portfolio.publish import Request, publish as put, taken_out
    from gbtool.commands.team import tokens

    place = where(ctx, folder)
    if remove:
        count = taken_out(place, url, tuple(remove))
        show.json({"removed": count}) if as_json else show.done(f"数据库里去掉了 {count} 家。")
        return
    with show.progress("看客户") as step:
        found = put(place, on, Request(url, by, tokens(), how=how(workers, scheduler), step=step))
    if as_json:
        show.json(plain(found))
    else:
        _show(found)
    name_broken({each.path: each.complaints for each in found.broken})


def plain(found: "Result") -> dict[str, object]:
    """What became of the clients as plain data."""
    return {
        "written": list(found.done.written),
        "same": list(found.done.same),
        "held": [{"path": each.path, "holder": each.holder, "until": each.until} for each in found.done.held],
        "apart": [{"path": path, "by": last.by, "at": last.at} for path, last in found.apart.items()],
        "others": list(found.done.others),
        "not_yours": list(found.done.barred),
        "broken": [{"path": each.path, "faults": [str(fault) for fault in each.complaints]} for each in found.broken],
    }


def _show(found: "Result") -> None:
    for each in found.done.held:
        show.text(f"没有发布 {each.path}：{each.holder} 拿着，到 {each.until.astimezone():%Y-%m-%d %H:%M}")
    for path, last in found.apart.items():
        show.text(f"没有发布 {path}：{last.by} {last.at.astimezone():%Y-%m-%d %H:%M} 发布过这里没有的，不自动并到一起")
    if found.done.barred:
        names = "、".join(found.done.barred)
        show.text(f"没有发布 {len(found.done.barred)} 家，这个登录不负责，也不在组里：{names}")
    if found.done.others:
        show.text(f"数据库里另有 {len(found.done.others)} 家不在这个机构文件夹：{'、'.join(found.done.others)}")
    show.done(f"写了 {len(found.done.written)} 家，没有变化的 {len(found.done.same)} 家。")


def member(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(metavar="登录名", help="数据库里已有的用户。")],
    url: Address = "",
    *,
    name: Annotated[str, typer.Option("--name", metavar="姓名", help="资料里顾问的姓名。")],
    partner: Annotated[bool, typer.Option("--partner", help="看全部客户，不只自己的。")] = False,
    writes: Annotated[bool, typer.Option("--writes", help="也能发布自己的客户、拿租约；默认只读。")] = False,
    folder: Folder = HERE,
) -> None:
    """谁看得到数据库里的哪些客户：顾问只看自己负责或在组里的，合伙人看全部。"""
    from gbtool.commands.portfolio.publish import let_in

    let_in(where(ctx, folder), url, (login, name), partner=partner, writes=writes)
    clients = "全部客户" if partner else f"{name}负责或在组里的客户"
    show.done(f"{login} 能{'读写' if writes else '读'}{clients}。")
