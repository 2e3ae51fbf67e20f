"""gbtool review decision: what was decided, who does it until when, whether it was done."""

import datetime as dt
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, day, where
from gbtool.cli.papers import iso, told

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.command("add")
def _add(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="事项", help="决定做什么。")],
    *,
    department: Annotated[str, typer.Option("--department", metavar="部门", help="责任部门。")],
    person: Annotated[str, typer.Option("--person", metavar="姓名", help="责任人。")],
    due: Annotated[dt.date, typer.Option("--due", metavar="日期", parser=day, help="哪天前完成。")],
    resource: Annotated[str, typer.Option("--resource", metavar="文字", help="给什么资源。", show_default=False)] = "",
    topic: Annotated[str, typer.Option("--topic", metavar="议题", help="属于哪个议题。", show_default=False)] = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """登记一项决议：写进会议记录和跟踪表。"""
    from gbtool.commands.reviews.decisions import Decision, decide
    from gbtool.commands.workspace import workspace

    decision = Decision(item, department, person, iso(due), resource, topic)
    done = decide(workspace(where(ctx, folder)), decision, on)
    told((), done.remarks)
    show.done(f"已登记决议，{done.entry.id} 共 {len(done.entry.rows())} 项。")


@app.command("list")
def _list(ctx: typer.Context, *, on: On, folder: Folder = HERE, as_json: Json = False) -> None:
    """列出这次管理评审的决议，和以前评审没有完成的：谁、哪天、逾期几天。"""
    from gbtool.commands.reviews.decisions import decisions
    from gbtool.commands.workspace import workspace

    found = decisions(workspace(where(ctx, folder)), on)
    if as_json:
        rows = [{**each.row, "table": each.table.id, "number": each.number, "overdue": each.overdue} for each in found]
        show.json({"decisions": rows})
        return
    several = len({each.table.id for each in found}) > 1
    names = ("决议事项", "责任人", "计划完成日期")
    cells = [
        (*((each.table.id,) if several else ()), each.number, *(each.row.get(n) or "" for n in names), each.state)
        for each in found
    ]
    show.table((*(("跟踪表",) if several else ()), "序号", "决议事项", "责任人", "期限", "状态"), cells)
    left = [each for each in found if not each.done]
    show.text(f"共 {len(found)} 项，没有完成 {len(left)} 项，逾期 {sum(each.overdue > 0 for each in left)} 项。")


@app.command("done")
def _done(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="序号", help="第几项决议。")],
    *,
    when: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="哪天完成。")],
    result: Annotated[str, typer.Option("--result", metavar="文字", help="验证结果：看到了什么。")],
    verified_by: Annotated[str, typer.Option("--verified-by", metavar="姓名", help="验证人，不能是责任人。")],
    table: Annotated[
        str, typer.Option("--table", metavar="编号", help="以前评审的跟踪表，默认这次的。", show_default=False)
    ] = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """登记一项决议完成，由责任人以外的人验证。"""
    from gbtool.commands.reviews.decisions import carried_out
    from gbtool.commands.workspace import workspace

    values = {"实际完成日期": iso(when), "验证结果": result, "验证人": verified_by}
    carried_out(workspace(where(ctx, folder)), number, values, on, table)
    show.done(f"第 {number} 项决议已完成，{verified_by} 验证。")
