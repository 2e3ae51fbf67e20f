"""gbtool review: plan, inputs, meeting, decisions, report of the management review."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, day, where
from gbtool.cli.papers import Again, Approved, ApprovedBy, Compiled, CompiledBy, iso, plain, said, told
from gbtool.errors import UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Day = dt.date | None


@app.callback()
def _review(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """管理评审：计划、输入、会议、决议、报告。"""
    ctx.obj = folder


@app.command("plan")
def _plan(
    ctx: typer.Context,
    *,
    held: Annotated[dt.date, typer.Option("--held", metavar="日期", parser=day, help="评审日。")],
    compiled_by: CompiledBy = "",
    approved_by: ApprovedBy = "",
    approved: Annotated[dt.date, typer.Option("--approved", metavar="日期", parser=day, help="哪天批准。")],
    compiled: Compiled = None,
    place: Annotated[str, typer.Option("--place", metavar="地点", help="在哪里开。", show_default=False)] = "",
    inputs_due: Annotated[
        Day, typer.Option("--inputs-due", metavar="日期", parser=day, help="输入材料交到哪天。", show_default=False)
    ] = None,
    participants: Annotated[
        list[str] | None, typer.Option("--participant", metavar="姓名", help="参加人，可重复；默认各部门负责人。")
    ] = None,
    again: Again = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """定管理评审计划，出 Word；内审报告以前的不收，退出码 1。"""
    from gbtool.commands.reviews.inputs import Plan, plan
    from gbtool.commands.workspace import workspace

    signers = (compiled_by, iso(compiled), approved_by, iso(approved))
    wish = Plan(iso(held), place, iso(inputs_due), *signers, tuple(participants or ()))
    done = plan(workspace(where(ctx, folder)), wish, on, cache_folder(), again=again)
    if as_json:
        show.json({**done.entry.data, "papers": plain(done.papers), "remarks": done.remarks})
        return
    told(done.papers, done.remarks)
    show.done(f"已登记 {done.entry.id}，{held} 评审，由 {done.entry.text('chair')} 主持。")
    show.next_step("gbtool review input", "从台账收集各部门的输入")


@app.command("input")
def _input(
    ctx: typer.Context,
    departments: Annotated[list[str] | None, typer.Argument(metavar="[部门…]", help="默认全部。")] = None,
    *,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="部门写好的输入（YAML），登记。", show_default=False)
    ] = None,
    again: Again = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """从台账收集各部门的评审输入，出草稿：只有数字和出处，不下结论。部门写好的用 --from 登记。"""
    from gbtool.commands.reviews import inputs as review_input
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    if source:
        taken, remarks = review_input.take(work, source, on)
        told((), remarks)
        show.done(f"已登记输入材料 {len(taken)} 份：{'、'.join(entry.id for entry in taken)}。")
        return
    found = review_input.inputs(work, tuple(departments or ()), on, cache_folder(), again=again)
    if as_json:
        inputs = [
            {
                "department": draft.department,
                "inputs": [{"item": i.item, "content": i.content, "sources": i.sources} for i in draft.lines],
                "files": plain(draft.written),
            }
            for draft in found
        ]
        show.json({"departments": inputs})
        return
    rows = [(d.department, line.item, line.content, line.sources) for d in found for line in d.lines]
    show.table(("部门", "输入项", "台账里有什么", "出处"), rows)
    told(file for draft in found for file in draft.written)
    show.next_step(said(work, "gbtool review input --from 输出/{管理评审}/输入….yaml"), "部门核对、补写后登记")


@app.command("meeting")
def _meeting(
    ctx: typer.Context,
    *,
    held: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="哪天开的。")],
    chair: Annotated[str, typer.Option("--chair", metavar="姓名", help="主持人（最高管理者）。")],
    present: Annotated[list[str], typer.Option("--present", metavar="姓名", help="到会的人，可重复。")],
    recorder: Annotated[str, typer.Option("--recorder", metavar="姓名", help="记录人。", show_default=False)] = "",
    place: Annotated[str, typer.Option("--place", metavar="地点", help="在哪里开的。", show_default=False)] = "",
    topics: Annotated[
        list[str] | None, typer.Option("--topic", metavar="议题;汇报人;要点", help="一个议题，可重复。")
    ] = None,
    on: On,
    folder: Folder = HERE,
) -> None:
    """登记管理评审会议：谁主持、谁到会、谈了什么。"""
    from gbtool.commands.reviews.meeting import Meeting, meet
    from gbtool.commands.workspace import workspace

    talked = tuple(_topic(text) for text in topics or ())
    meeting = Meeting(iso(held), chair, tuple(present), recorder, place, talked)
    done = meet(workspace(where(ctx, folder)), meeting, on)
    told((), done.remarks)
    show.done(f"已登记 {done.entry.id}，到会 {len(present)} 人，议题 {len(talked)} 个。")
    show.next_step("gbtool review decision add", "登记决议：部门、责任人、期限")


def _topic(text: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in text.replace("；", ";").split(";", 2)]
    if len(parts) != 3 or not parts[0]:  # noqa: PLR2004 - topic, speaker, gist
        raise UsageError(f"--topic “{text}”应当写成 议题;汇报人;要点")
    return parts[0], parts[1], parts[2]


@app.command("report")
def _report(
    ctx: typer.Context,
    *,
    compiled_by: CompiledBy = "",
    approved_by: ApprovedBy = "",
    issued: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="哪天批准发布。")],
    suitability: Annotated[str, typer.Option("--suitability", metavar="文字", help="适宜性的结论。")] = "",
    adequacy: Annotated[str, typer.Option("--adequacy", metavar="文字", help="充分性的结论。")] = "",
    effectiveness: Annotated[str, typer.Option("--effectiveness", metavar="文字", help="有效性的结论。")] = "",
    conclusion: Annotated[str, typer.Option("--conclusion", metavar="文字", help="总的结论。")] = "",
    compiled: Compiled = None,
    approved: Approved = None,
    again: Again = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """出管理评审报告（Word）：结论由最高管理者下，gbtool 不代写；没有计划、会议的不出，退出码 1。"""
    from gbtool.commands.reviews.meeting import Signed, report
    from gbtool.commands.workspace import workspace

    words = (suitability, adequacy, effectiveness, iso(compiled), iso(approved), conclusion)
    signed = Signed(compiled_by, approved_by, iso(issued), *words)
    done = report(workspace(where(ctx, folder)), signed, on, cache_folder(), again=again)
    if as_json:
        show.json({**done.entry.data, "papers": plain(done.papers), "remarks": done.remarks})
        return
    told(done.papers, done.remarks)
    show.done(f"已登记 {done.entry.id}，决议 {len(done.entry.rows('decisions'))} 项。")
    show.next_step("gbtool readiness", "看能不能申请")
