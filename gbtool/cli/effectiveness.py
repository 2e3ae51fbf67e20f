"""gbtool audit effectiveness: indicators before and after the system, and the report on them."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, day, where
from gbtool.cli.papers import ApprovedBy, Compiled, CompiledBy, iso, plain, said, told
from gbtool.errors import UsageError

if TYPE_CHECKING:
    from gbtool.rules.diagnosis.comparing import Comparison, Span

app = typer.Typer(add_completion=False, rich_markup_mode=None)
Baseline = Annotated[str, typer.Option("--baseline", metavar="起至止", help="基准期，默认实施以前数最多的一段。")]
Compared = Annotated[str, typer.Option("--compared", metavar="起至止", help="对比期，默认实施以后最近的一段。")]


@app.callback(invoke_without_command=True)
def _effectiveness(
    ctx: typer.Context,
    *,
    baseline: Baseline = "",
    compared: Compared = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """有效性检验：贯标前后同一口径的数并排，缺的逐项列出；没有前后两期的，退出码 1。

    数用 gbtool diagnose figure 或 gbtool diagnose export --period 起至止 的工作簿登记；gbtool 不估算、不补造。
    """
    folder = where(ctx, folder)
    if ctx.invoked_subcommand:
        ctx.obj = folder
        return
    from gbtool.commands.audit.effectiveness import compared as compared_
    from gbtool.commands.workspace import workspace

    spans = (_span("--baseline", baseline), _span("--compared", compared))
    found, remarks = compared_(workspace(folder), on, *spans)
    if as_json:
        show.json({**mapping(found), "remarks": remarks})
        return
    _show(found)
    told((), remarks)
    show.next_step("gbtool audit effectiveness report", "登记数据表，出检验报告")


def _span(option: str, text: str) -> "Span | None":
    from gbtool.rules.reading import span

    found = span(text) if text else None
    if text and (found is None or found[1] < found[0]):
        raise UsageError(f"{option} “{text}”应当写成 2025-01-01至2025-12-31")
    return found


def _show(found: "Comparison") -> None:
    from gbtool.commands.audit.effectiveness import written

    show.text(f"基准期 {written(found.before)}，对比期 {written(found.after)}；{found.method}。")
    rows = [
        (p.indicator.id, p.indicator.name, p.shown(p.before), p.shown(p.after), p.change, p.verdict)
        for p in found.known
    ]
    show.table(("编号", "指标", "基准期", "对比期", "变化", "判断"), rows)
    for pair in found.missing:
        lacking = "、".join(n for n, f in (("基准期", pair.before), ("对比期", pair.after)) if f is None or not f.known)
        show.text(f"  缺 {pair.indicator.id} {pair.indicator.name}：{lacking}没有数")


def mapping(found: "Comparison") -> dict[str, object]:
    """A comparison for JSON."""
    from gbtool.commands.audit.effectiveness import written

    return {
        "baseline": written(found.before),
        "compared": written(found.after),
        "equal": found.equal,
        "method": found.method,
        "indicators": [
            {
                "id": p.indicator.id,
                "name": p.indicator.name,
                "definition": p.indicator.definition,
                "before": p.shown(p.before),
                "after": p.shown(p.after),
                "change": p.change,
                "verdict": p.verdict,
            }
            for p in found.known
        ],
        "missing": [p.indicator.id for p in found.missing],
    }


@app.command("report")
def _report(
    ctx: typer.Context,
    *,
    baseline: Baseline = "",
    compared: Compared = "",
    compiled_by: CompiledBy = "",
    reviewed_by: Annotated[
        str, typer.Option("--reviewed-by", metavar="姓名", help="谁审核。", show_default=False)
    ] = "",
    approved_by: ApprovedBy = "",
    issued: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="哪天批准。")],
    compiled: Compiled = None,
    conclusion: Annotated[
        str, typer.Option("--conclusion", metavar="文字", help="检验人的结论，gbtool 不代写。", show_default=False)
    ] = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记绩效指标统计表和检验，出报告（Word）：定义、两期的图、缺的数都在里面。"""
    from gbtool.commands.audit.effectiveness import Signed, report
    from gbtool.commands.workspace import workspace

    signed = Signed(compiled_by, reviewed_by, approved_by, iso(issued), conclusion, iso(compiled))
    spans = (_span("--baseline", baseline), _span("--compared", compared))
    work = workspace(where(ctx, folder))
    done = report(work, signed, spans, on, cache_folder())
    if as_json:
        papers = [*plain(done.papers), *({"path": made.path, "outcome": made.outcome} for made in done.made)]
        about = {"number": done.test.id, "table": done.table.id, **mapping(done.comparison)}
        show.json({**about, "papers": papers, "remarks": done.remarks})
        return
    _show(done.comparison)
    told(done.papers, done.remarks)
    for made in done.made:
        show.text(f"  {made.path}")
    show.done(f"已登记 {done.table.id} 和 {done.test.id}：比较 {len(done.comparison.known)} 项。")
    show.next_step("gbtool review input", said(work, "作为{管理评审}的输入"))
