"""gbtool review: inputs from the ledger, plan, minutes and report of the management review."""

import datetime as dt
from pathlib import PurePath
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, day, where

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _review(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """管理评审：输入、计划、会议和报告。"""
    ctx.obj = folder


@app.command("input")
def _input(ctx: typer.Context, *, on: On, folder: Folder = HERE, as_json: Json = False) -> None:
    """从台账收集评审输入：只有数字和出处，不下结论；同时出一份 Word 给部门核对。"""
    from gbtool.commands.review import input_paper, inputs
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    found = inputs(work, on)
    if as_json:
        show.json({"inputs": [{"topic": i.topic, "text": i.text, "source": i.source} for i in found]})
        return
    show.table(("输入项", "内容", "出处"), [(i.topic, i.text, i.source) for i in found])
    show.done(f"已写 {PurePath(input_paper(work, on, cache_folder()))}")
    show.next_step("gbtool review plan", "批准评审计划")


@app.command("plan")
def _plan(
    ctx: typer.Context,
    *,
    held: Annotated[dt.date, typer.Option("--held", metavar="日期", parser=day, help="评审日。")],
    compiled_by: Annotated[str, typer.Option("--compiled-by", metavar="姓名", help="谁编制计划。")],
    approved_by: Annotated[str, typer.Option("--approved-by", metavar="姓名", help="谁批准计划。")],
    approved: Annotated[dt.date, typer.Option("--approved", metavar="日期", parser=day, help="哪天批准。")],
    on: On,
    folder: Folder = HERE,
) -> None:
    """登记评审计划；早于内审报告的不收。"""
    from gbtool.commands.review import plan
    from gbtool.commands.workspace import workspace

    entry = plan(workspace(where(ctx, folder)), held, (compiled_by, approved_by, approved), on)
    show.done(f"已登记 {entry.id}，{held} 评审，由 {entry.text('chair')} 主持。")


@app.command("report")
def _report(
    ctx: typer.Context,
    *,
    held: Annotated[dt.date, typer.Option("--held", metavar="日期", parser=day, help="评审日。")],
    chair: Annotated[str, typer.Option("--chair", metavar="姓名", help="主持人（最高管理者）。")],
    present: Annotated[list[str], typer.Option("--present", metavar="姓名", help="参加人，可重复。")],
    compiled_by: Annotated[str, typer.Option("--compiled-by", metavar="姓名", help="谁编制。")],
    issued: Annotated[dt.date, typer.Option("--issued", metavar="日期", parser=day, help="报告发布日。")],
    conclusion: Annotated[str, typer.Option("--conclusion", metavar="文字", help="最高管理者的结论。")],
    decisions: Annotated[
        list[str] | None, typer.Option("--decision", metavar="事项;部门;责任人;期限", help="一项决定，可重复。")
    ] = None,
    on: On,
    folder: Folder = HERE,
) -> None:
    """登记会议和报告，出 Word；由最高管理者主持，在内审报告以后。"""
    from gbtool.commands.review import Meeting, decision, report
    from gbtool.commands.workspace import workspace

    decided = tuple(decision(text) for text in decisions or ())
    meeting = Meeting(held, chair, tuple(present), decided, compiled_by, issued, conclusion)
    entry, file = report(workspace(where(ctx, folder)), meeting, on, cache_folder())
    show.text(f"  {file}")
    show.done(f"已登记 {entry.id}，决定 {len(decided)} 项。")
    show.next_step("gbtool readiness", "看能不能申请")
