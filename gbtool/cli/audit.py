"""gbtool audit: plan, checklists, answers, nonconformities, report."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, day, where

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
nc = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
app.add_typer(nc, name="nc", help="不符合：列出、填原因和措施、由另一人验证。")
Who = Annotated[str, typer.Option("--approved-by", metavar="姓名", help="谁批准。", show_default=False)]
By = Annotated[str, typer.Option("--compiled-by", metavar="姓名", help="谁编制。", show_default=False)]


@app.callback()
def _audit(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """内部审核：计划、检查表、登记、不符合、报告。"""
    ctx.obj = folder


@app.command("plan")
def _plan(
    ctx: typer.Context,
    *,
    start: Annotated[dt.date, typer.Option("--start", metavar="日期", parser=day, help="审核首日。")],
    end: Annotated[dt.date, typer.Option("--end", metavar="日期", parser=day, help="审核末日。")],
    lead: Annotated[str, typer.Option("--lead", metavar="姓名", help="审核组长。", show_default=False)] = "",
    team: Annotated[list[str] | None, typer.Option("--team", metavar="姓名", help="只用这些内审员，可重复。")] = None,
    save: Annotated[bool, typer.Option("--save", help="存进台账（要有批准人和日期）。")] = False,
    compiled_by: By = "",
    approved_by: Who = "",
    minutes: Annotated[int, typer.Option("--minutes", metavar="分钟", help="每个问题平均几分钟。")] = 4,
    approved: Annotated[
        dt.date | None, typer.Option("--approved", metavar="日期", parser=day, help="哪天批准。", show_default=False)
    ] = None,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """排审核计划：每个部门、每个适用条款都有时段，没有人审本部门；排不出的说明为什么，退出码 1。

    已有的计划用 gbtool ledger import plan.yaml。
    """
    from gbtool.commands.audit_plan import Wish, keep, proposed
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    wish = Wish(start, end, lead, tuple(team or ()), compiled_by, approved_by, approved, minutes)
    plan = proposed(work, wish, on)
    if save:
        keep(work, plan, on)
    if as_json:
        show.json(dict(plan.data))
        return
    rows = [_slot_row(slot) for slot in plan.rows("slots")]
    show.table(("日期", "时间", "部门", "内审员", "条款"), rows)
    show.done("已存进台账。" if save else "这是建议，还没有存；要存的加 --save --approved-by 姓名 --approved 日期。")
    show.next_step("gbtool audit checklist", "出检查表")


def _slot_row(slot: Mapping[str, object]) -> tuple[object, ...]:
    hours = f"{slot.get('from')}-{slot.get('to')}"
    return (slot.get("date"), hours, slot.get("department"), slot.get("auditor"), len(_list(slot.get("clauses"))))


def _list(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


@app.command("checklist")
def _checklist(
    ctx: typer.Context,
    departments: Annotated[list[str] | None, typer.Argument(metavar="[部门…]", help="默认全部。")] = None,
    *,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """按部门出检查表：Word 用来打印，YAML 用来填；已有的文件不覆盖。"""
    from gbtool.commands.audit_checklist import checklist_files
    from gbtool.commands.workspace import workspace

    found = checklist_files(workspace(where(ctx, folder)), tuple(departments or ()), on, cache_folder())
    if as_json:
        rows = [
            {
                "department": each.checklist.department,
                "made": each.made,
                "kept": each.kept,
                "rows": [
                    {"number": r.number, "id": r.id, "clause": r.clause, "cite": r.cite, "question": r.question}
                    for r in each.checklist.rows
                ],
            }
            for each in found
        ]
        show.json({"checklists": rows})
        return
    show.table(
        ("部门", "行", "新文件", "原有的，保留"),
        [(each.checklist.department, len(each.checklist.rows), len(each.made), len(each.kept)) for each in found],
    )
    show.done("在 输出/内审/ 里。")
    show.next_step("gbtool audit answer 文件.yaml", "审完填好后登记")


@app.command("answer")
def _answer(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="文件.yaml", help="填好的检查表。")],
    *,
    on: On,
    folder: Folder = HERE,
) -> None:
    """登记填好的检查表。判符合的要写出凭据；一般、严重不符合自动开不符合报告。"""
    from gbtool.commands.audit_answer import answer
    from gbtool.commands.workspace import workspace

    done = answer(workspace(where(ctx, folder)), source, on)
    show.done(f"已登记 {done.checklist.id}，开出不符合报告 {len(done.opened)} 份。")
    for report in done.opened:
        show.text(f"  {report.mapping('head').get('编号')}　{report.rows()[0].get('不符合事实描述')}")
    if done.opened:
        show.next_step("gbtool audit nc list", "填原因、纠正、纠正措施")


@nc.command("list")
def _nc_list(ctx: typer.Context, *, on: On, folder: Folder = HERE, as_json: Json = False) -> None:
    """列出不符合和还缺什么。"""
    from gbtool.commands.audit_follow import followed
    from gbtool.commands.workspace import workspace

    found = followed(workspace(where(ctx, folder)), on)
    if as_json:
        rows = [
            {"number": f.number, "closed": f.closed, "missing": f.missing, "overdue": f.overdue, "id": f.report.id}
            for f in found
        ]
        show.json({"nonconformities": rows})
        return
    words = [
        (
            f.number,
            f.report.mapping("head").get("受审核部门"),
            "已关闭" if f.closed else f.missing,
            "逾期" if f.overdue else "",
        )
        for f in found
    ]
    show.table(("编号", "部门", "状态", ""), words)
    show.text(f"共 {len(found)} 项，未关闭 {sum(not f.closed for f in found)} 项。")


@nc.command("set")
def _nc_set(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="编号", help="如 LW-NC-2026-01。")],
    values: Annotated[list[str], typer.Argument(metavar="字段=值 …", help="原因分析、纠正、纠正措施、责任人、日期……")],
    *,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁填。", show_default=False)] = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """填一项不符合；验证要在整改完成以后，由责任人以外的人做。"""
    from gbtool.cli.filling import pair
    from gbtool.commands.audit_follow import follow
    from gbtool.commands.workspace import workspace

    given = dict(pair("字段", text) for text in values)
    done = follow(workspace(where(ctx, folder)), number, {k: str(v) for k, v in given.items()}, on, by)
    show.done(f"{done.number} 已关闭。" if done.closed else f"{done.number} 已填；{done.missing}")


@app.command("report")
def _report(
    ctx: typer.Context,
    *,
    compiled_by: Annotated[str, typer.Option("--compiled-by", metavar="姓名", help="谁编制。")],
    approved_by: Annotated[str, typer.Option("--approved-by", metavar="姓名", help="谁批准。")],
    issued: Annotated[dt.date, typer.Option("--issued", metavar="日期", parser=day, help="哪天批准发布。")],
    conclusion: Annotated[str, typer.Option("--conclusion", metavar="文字", help="审核组的结论。")],
    on: On,
    folder: Folder = HERE,
) -> None:
    """出审核报告和不符合报告（Word）：数字都从同一份清单来；有部门没审完的不出。"""
    from gbtool.commands.audit_report import Signed, report
    from gbtool.commands.workspace import workspace

    signed = Signed(compiled_by, approved_by, issued, conclusion)
    done = report(workspace(where(ctx, folder)), signed, on, cache_folder())
    for name in done.files:
        show.text(f"  {name}")
    show.done(f"已登记 {done.report.id}。")
    show.next_step("gbtool review input", "收集管理评审输入")
