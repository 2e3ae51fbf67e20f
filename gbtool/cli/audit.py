"""gbtool audit: plan, checklists, answers, nonconformities, report."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import audit_matrix, effectiveness, show
from gbtool.cli.correcting import nc, outside as from_outside
from gbtool.cli.options import HERE, Folder, Json, On, Under, cache_folder, day, where
from gbtool.cli.papers import Again, Approved, ApprovedBy, Compiled, CompiledBy, iso, plain, said, told
from gbtool.errors import UsageError
from gbtool.structs import replace

if TYPE_CHECKING:
    from gbtool.commands.audit.reading import Sheet
    from gbtool.model.checklist import ChecklistRow

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
app.add_typer(effectiveness.app, name="effectiveness", help="有效性检验：贯标前后的指标并排，出报告。")
app.add_typer(nc.app, name="nc", help="不符合：列出、原因、纠正、措施、延期、完成、验证、关闭。")
app.add_typer(from_outside.app, name="outside", help="认证机构开出的不符合：登记、期限、提交、验收、退回。")
Day = dt.date | None
Seed = Annotated[int | None, typer.Option("--seed", min=0, metavar="数", help="抽样的种子，默认按这次审核定。")]


@app.callback()
def _audit(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """内部审核：计划、检查表、登记、不符合、报告。"""
    ctx.obj = folder


@app.command("plan")
def _plan(
    ctx: typer.Context,
    *,
    start: Annotated[Day, typer.Option("--start", metavar="日期", parser=day, help="审核首日。")] = None,
    end: Annotated[Day, typer.Option("--end", metavar="日期", parser=day, help="审核末日。")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="写好的计划（YAML），只检查。", show_default=False)
    ] = None,
    lead: Annotated[str, typer.Option("--lead", metavar="姓名", help="审核组长。", show_default=False)] = "",
    team: Annotated[list[str] | None, typer.Option("--team", metavar="姓名", help="只用这些内审员，可重复。")] = None,
    outside: Annotated[
        list[str] | None, typer.Option("--outside", metavar="姓名", help="外部审核员，可写 姓名=培训日期。")
    ] = None,
    away: Annotated[
        list[str] | None, typer.Option("--away", metavar="姓名=日期", help="谁哪天不在，可写 至、上午、下午，可重复。")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option("--minutes", min=1, metavar="分钟", help="每个问题几分钟，默认按用时文件。")
    ] = None,
    compiled_by: CompiledBy = "",
    compiled: Compiled = None,
    approved_by: ApprovedBy = "",
    approved: Approved = None,
    distributed: Annotated[
        Day, typer.Option("--distributed", metavar="日期", parser=day, help="哪天发给各部门。", show_default=False)
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="存进台账并出 Word。")] = False,
    again: Again = False,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """排审核计划：每个部门、每个适用条款都有时段，没有人审本部门；排不出的说明为什么，退出码 1。

    不加 --save 只是建议，什么也不存。
    """
    from gbtool.commands.audit import plan as audit_plan
    from gbtool.commands.following import under
    from gbtool.commands.workspace import workspace

    work = under(workspace(where(ctx, folder)), standard)
    if source:
        plan = audit_plan.from_file(work, source, on)
    else:
        signing = audit_plan.Signing(compiled_by, iso(compiled), approved_by, iso(approved), iso(distributed))
        people = (lead, tuple(team or ()), tuple(outside or ()))
        request = audit_plan.Request(start, end, *people, minutes or 0, signing, tuple(away or ()))
        plan = audit_plan.proposed(work, request, on)
    if save:
        plan = audit_plan.save(work, plan, on, again=again)
    if as_json:
        about = {"remarks": plan.remarks, "open": plan.open, "saved": plan.saved, "papers": plain(plan.papers)}
        show.json({**plan.entry.data, **about, **audit_matrix.mapping(plan)})
        return
    label = plan.facts.words.label if plan.facts else str
    show.table(("日期", "时间", "部门", label("内审员"), "条款"), [_slot(slot) for slot in plan.entry.rows("slots")])
    audit_matrix.tell(plan)
    told(plan.papers, plan.remarks)
    if plan.saved:
        show.done(f"已存进台账：{plan.entry.id}，{label('审核编号')} {plan.entry.text('audit')}。")
        show.next_step("gbtool audit checklist", "出检查表")
        return
    show.done("这是建议，还没有存；同样的命令加 --save 存进台账。" + "".join(f"\n  {each}" for each in plan.open))


def _slot(slot: Mapping[str, object]) -> tuple[object, ...]:
    keys = slot.get("clauses")
    count = len(keys) if isinstance(keys, (list, tuple)) else 0
    hours = f"{slot.get('from')}-{slot.get('to')}"
    return (slot.get("date"), hours, slot.get("department"), slot.get("auditor"), f"{count}条")


@app.command("checklist")
def _checklist(
    ctx: typer.Context,
    departments: Annotated[list[str] | None, typer.Argument(metavar="[部门…]", help="默认全部。")] = None,
    *,
    seed: Seed = None,
    again: Again = False,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """按部门出检查表：Word 用来打印，xlsx 用来填；样本从台账随机抽。已有的文件不覆盖。"""
    from gbtool.commands.audit.checklist import Sheet, Wanted, sheets
    from gbtool.commands.following import under
    from gbtool.commands.workspace import workspace

    work = under(workspace(where(ctx, folder)), standard)
    wanted = Wanted(tuple(departments or ()), seed)
    found = sheets(work, wanted, on, again=again, cache=cache_folder())
    if as_json:

        def mapping(each: Sheet) -> dict[str, object]:
            names = ("number", "id", "clause", "cite", "title", "question", "method", "sample", "evidence")
            rows = [{name: getattr(row, name) for name in names} | _drawn(row) for row in each.checklist.rows]
            about = {"department": each.checklist.department, "seed": each.checklist.seed}
            return {**about, "files": plain(each.written), "rows": rows}

        show.json({"checklists": [mapping(each) for each in found]})
        return
    show.table(("部门", "行"), [(each.checklist.department, len(each.checklist.rows)) for each in found])
    told(file for each in found for file in each.written)
    show.text(f"样本按种子 {found[0].checklist.seed} 从 {on} 的台账随机抽取；--seed 换一个。" if found else "")
    show.next_step(
        said(work, "gbtool audit answer --from 输出/{内审}/检查表….xlsx"), "审完填好后登记；不带 --from 就逐行问"
    )


def _drawn(row: "ChecklistRow") -> dict[str, object]:
    """The sample of a row for JSON."""
    if row.drawn is None:
        return {"population": "", "total": None, "drawn": []}
    return {"population": row.drawn.said, "total": row.drawn.total, "drawn": list(row.drawn.drawn)}


@app.command("answer")
def _answer(
    ctx: typer.Context,
    department: Annotated[str, typer.Argument(metavar="[部门]", help="受审核部门；文件里写了的可以不写。")] = "",
    *,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="填好的 xlsx、Word 或 YAML。", show_default=False)
    ] = None,
    auditor: Annotated[str, typer.Option("--auditor", metavar="姓名", help="内审员，默认按计划。")] = "",
    when: Annotated[Day, typer.Option("--date", metavar="日期", parser=day, help="审核日，默认按计划。")] = None,
    confirmed_by: Annotated[
        str, typer.Option("--confirmed-by", metavar="姓名", help="部门由谁确认。", show_default=False)
    ] = "",
    seed: Seed = None,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记检查表：逐行问，或读文件。判符合要写出凭据；○、× 开出不符合报告。"""
    from gbtool.commands.audit import answer as audit_answer, reading
    from gbtool.commands.following import under
    from gbtool.commands.workspace import workspace

    work = under(workspace(where(ctx, folder)), standard)
    if source:
        given = reading.from_file(work, source, department, on, cache_folder())
    elif not department:
        raise UsageError("没有写部门", "gbtool audit answer 部门，或用 --from 文件")
    else:
        given = _asked(audit_answer.sheet(work, department, on, cache_folder(), seed), audit_answer.people(work, on))
    sitting = given.sitting
    sitting = replace(sitting, auditor=auditor or sitting.auditor, day=iso(when) or sitting.day)
    sitting = replace(sitting, confirmed_by=confirmed_by or sitting.confirmed_by)
    done = audit_answer.answer(work, replace(given, sitting=sitting), on)
    if as_json:
        opened = [str(report.mapping("head").get("编号")) for report in done.opened]
        about = {"id": done.checklist.id, "rows": len(done.checklist.rows()), "left": done.left}
        show.json({**about, "nonconformities": opened, "remarks": done.remarks, "new": done.fresh})
        return
    if not done.fresh:
        show.done(f"{done.checklist.id} 已经登记过，没有变化。")
        return
    left = f"，还有 {done.left} 行没判" if done.left else ""
    show.done(f"已登记 {done.checklist.id}，{len(done.checklist.rows())} 行{left}。")
    for report in done.opened:
        show.text(f"  开出 {report.mapping('head').get('编号')}　{report.rows()[0].get('不符合事实描述')}")
    told((), done.remarks)
    if done.opened:
        show.next_step("gbtool audit nc list", "查明原因、纠正、采取措施")


def _asked(given: "Sheet", people: frozenset[str]) -> "Sheet":
    """The rows answered at the terminal.

    Raises:
        UsageError: nobody sits there.
    """
    from gbtool.cli import ask
    from gbtool.cli.judging import judged

    if not ask.possible():
        raise UsageError("没有终端可以问", "填好 输出 里的 答案….yaml，再 gbtool audit answer 部门 --from 文件")
    return replace(given, rows=tuple(judged(given.rows, people)))


@app.command("report")
def _report(
    ctx: typer.Context,
    *,
    compiled_by: CompiledBy = "",
    approved_by: ApprovedBy = "",
    issued: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="哪天批准发布。")],
    conclusion: Annotated[
        str, typer.Option("--conclusion", metavar="文字", help="审核组的结论，gbtool 不代写。", show_default=False)
    ] = "",
    compiled: Compiled = None,
    approved: Approved = None,
    effectiveness: Annotated[str, typer.Option("--effectiveness", metavar="文字", help="有效性：看到的变化。")] = "",
    limits: Annotated[str, typer.Option("--limits", metavar="文字", help="抽样的局限。")] = "",
    due: Annotated[
        Day, typer.Option("--correction-due", metavar="日期", parser=day, help="整改期限。", show_default=False)
    ] = None,
    again: Again = False,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """出审核报告、不符合报告、分布表：数字都从同一份清单来；有一行没判、有部门没审的不出，退出码 1。"""
    from gbtool.commands.audit.report import Signed, report
    from gbtool.commands.following import under
    from gbtool.commands.workspace import workspace

    words = {"effectiveness": effectiveness, "limits": limits, "correction_due": iso(due)}
    days = {"compiled": iso(compiled), "approved": iso(approved)}
    signed = Signed(compiled_by, approved_by, iso(issued), conclusion, **days, **words)
    work = under(workspace(where(ctx, folder)), standard)
    done = report(work, signed, on, cache_folder(), again=again)
    if as_json:
        show.json({**done.report.data, "papers": plain(done.papers), "remarks": done.remarks})
        return
    told(done.papers, done.remarks)
    show.done(f"已登记 {done.report.id}：{_counts(done.report.mapping('counts'))}。")
    show.next_step("gbtool review plan", said(work, "定{管理评审}；不符合要整改、验证、关闭"))


def _counts(counts: Mapping[str, object]) -> str:
    seen = f"{counts.get('checklists')} 个部门 {counts.get('rows')} 行"
    return f"{seen}，不符合 {counts.get('nonconformities')} 项（严重 {counts.get('serious')}）"
