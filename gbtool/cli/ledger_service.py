"""gbtool ledger service: the consultancy's visits, hours, deliverables and promises, month by month."""

from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, where
from gbtool.cli.papers import Again, plain, told
from gbtool.structs import as_dict

if TYPE_CHECKING:
    from gbtool.rules.service import Month


def service(
    ctx: typer.Context,
    *,
    month: Annotated[str, typer.Option("--month", metavar="月份", help="如 2026-10，默认这个月。")] = "",
    save: Annotated[bool, typer.Option("--save", help="写成给企业的 Word 月报，放在 文件/辅导服务。")] = False,
    again: Again = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """辅导服务月报：这个月去了几次、多少小时、做成了什么、等什么资料、合同承诺兑现了没有。

    这个月一次服务记录都没有的，不带 --save 时退出码 1。
    """
    from gbtool.commands.ledger import service as sheets
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    if save:
        found, written = sheets.save(work, month, on, cache_folder(), again=again)
    else:
        found, written = sheets.month(work, month, on), ()
    if as_json:
        show.json({**_mapping(found), "papers": plain(written)})
    else:
        _show(found)
        told(written, found.remarks)
    if not (found.visits or found.others or save):
        raise typer.Exit(1)


def _mapping(found: "Month") -> dict[str, object]:
    return {**as_dict(found), "hours": found.hours, "remarks": list(found.remarks)}


def _show(found: "Month") -> None:
    from gbtool.commands.ledger.service import span

    so_far = f"累计 {found.visits_so_far} 次 {found.hours_so_far:g} 小时"
    show.text(f"{found.name}（到 {found.until}）　{len(found.visits)} 次 {found.hours:g} 小时　{so_far}")
    visits = [(v.day, v.way, v.consultants, "；".join(v.work), "；".join(v.made), v.rating) for v in found.visits]
    if visits:
        show.table(("日期", "方式", "辅导人员", "内容", "完成的文件或记录", "评价"), visits, "辅导")
    if found.others:
        show.table(("日期", "名称", "编号"), found.others, "其他服务记录")
    if found.asked:
        rows = [(each.by, each.name, each.department) for each in found.asked]
        show.table(("要求日期", "资料", "提供部门"), rows, "等企业提供")
    if found.promises:
        rows_ = [(p.stage, span(p), p.planned, len(p.done), p.state) for p in found.promises]
        show.table(("阶段", "起止", "承诺", "实际", "情况"), rows_, "承诺的兑现")
    else:
        show.text("没有登记合同承诺的次数：gbtool ledger row promises --set 阶段=… --set 次数=…")
