"""gbtool figures: the data of a year as a workbook, taken into the ledger, over the years, as a Word form."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, Under, cache_folder, day, where
from gbtool.cli.papers import Again, ApprovedBy, CompiledBy, iso, plain, told

if TYPE_CHECKING:
    from gbtool.commands.figures.standing import Yearly

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Year = Annotated[int, typer.Argument(metavar="年", min=2000, max=2100, help="哪一年的数据，如 2025。")]
Day = dt.date | None
_SHOWN = 3


@app.callback()
def _figures(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """年度数据：导出要填的表，收回来登记，看几年的变化，出填报表。

    指标、定义、公式在标准的文件夹里（ISO 56005：42 个）；官方口径没有查到的都标明。
    """
    ctx.obj = folder


@app.command("sheet")
def _sheet(
    ctx: typer.Context,
    year: Year,
    target: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="写到哪里。", show_default=False)],
    *,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """写一年的数据表：定义、单位、前两年的数、能算的由表格自己算；只填浅黄色的格子。"""
    from gbtool.commands.figures.sheet import UNSEEN, sheet
    from gbtool.commands.figures.standing import yearly_of
    from gbtool.commands.workspace import workspace

    made = sheet(yearly_of(workspace(where(ctx, folder)), on, standard), year, target)
    unseen = f"；平台口径{UNSEEN}的 {made.unseen} 个" if made.unseen else ""
    show.done(f"已写 {target}：指标 {made.statistics} 个，要填的数 {made.numbers} 个{unseen}。")
    show.next_step(f"gbtool figures take {target}", "填好以后登记")


@app.command("take")
def _take(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="文件.xlsx", help="填好的数据表。", show_default=False)],
    *,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁核对的，表里没写的用它。")] = "",
    when: Annotated[
        Day, typer.Option("--date", metavar="日期", parser=day, help="填报日，默认 --on 那天。", show_default=False)
    ] = None,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记填好的表：数不对、合计不对、改过公式、没有来源的，报到格子，一个也不登记。"""
    from gbtool.commands.figures.standing import yearly_of
    from gbtool.commands.figures.taking import take
    from gbtool.commands.workspace import workspace

    taken = take(yearly_of(workspace(where(ctx, folder)), on, standard), source, by, iso(when or on))
    if as_json:
        ids = [entry.id for entry in taken.kept]
        show.json({"year": taken.year, "kept": ids, "same": taken.same, "remarks": taken.remarks})
        return
    told((), taken.remarks)
    same = f"，没变的 {taken.same} 个" if taken.same else ""
    show.done(f"已登记 {taken.year}年的数 {len(taken.kept)} 个{same}。")
    show.next_step(f"gbtool figures report {taken.year}", "出年度数据填报表")


@app.command("show")
def _show(
    ctx: typer.Context,
    *,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """看登记了的几年：每个数、比上年的变化、口径改过的、没有数的；一个也没有的，退出码 1。"""
    from gbtool.commands.figures.standing import yearly_of
    from gbtool.commands.workspace import workspace

    given = yearly_of(workspace(where(ctx, folder)), on, standard)
    years = given.figures.years
    if as_json:
        show.json(mapping(given))
    elif years:
        _table(given, years[-_SHOWN:])
    else:
        show.text("还没有登记一年的数。")
        show.next_step(f"gbtool figures sheet {on.year - 1} 年度数据.xlsx", "写出要填的表")
    if not years:
        raise typer.Exit(1)


def _table(given: "Yearly", years: tuple[int, ...]) -> None:
    from gbtool.rules.yearly.checking import unknown

    rows = []
    for _, line in given.book.lines:
        shown = [given.figures.amount(line.id, year).shown for year in years]
        if any(shown):
            rows.append((line.id, line.name, line.unit, *shown, _moved(given, line.id, years[-1])))
    show.table(("编号", "数", "单位", *(f"{year}年" for year in years), "比上年"), rows)
    changed = [id_ for id_, year in given.entries if year == years[-1] and _basis(given, id_, year)]
    if changed:
        show.text(f"口径和上年不同：{'、'.join(changed)}")
    unseen = unknown(given.book)
    if unseen:
        show.text(f"{len(unseen)} 个指标和平台口径是否一致没有核实，填平台时以平台为准。")


def _basis(given: "Yearly", id_: str, year: int) -> bool:
    before = given.entries.get((id_, year - 1))
    return before is not None and before.text("basis") != given.entries[id_, year].text("basis")


def _moved(given: "Yearly", id_: str, year: int) -> str:
    moved = given.figures.change(id_, year)
    if moved is None:
        return ""
    return f"{moved.normalize():+f}{' ！' if given.figures.notable(id_, year) else ''}"


def mapping(given: "Yearly") -> dict[str, object]:
    """The figures of all years for JSON; numbers as text."""
    years = given.figures.years
    return {
        "client": given.facts.client.name,
        "on": given.facts.today,
        "years": years,
        "lines": [
            {
                "id": line.id,
                "statistic": statistic.id,
                "name": line.name,
                "unit": line.unit,
                "way": line.way.value,
                "official": statistic.official or None,
                "values": {str(year): given.figures.amount(line.id, year).shown for year in years},
                "change": _moved(given, line.id, years[-1]).removesuffix(" ！") if years else "",
                "notable": bool(years) and given.figures.notable(line.id, years[-1]),
            }
            for statistic, line in given.book.lines
        ],
    }


@app.command("report")
def _report(
    ctx: typer.Context,
    year: Year,
    *,
    compiled_by: CompiledBy = "",
    reviewed_by: Annotated[str, typer.Option("--reviewed-by", metavar="姓名", help="财务谁核的。")] = "",
    approved_by: ApprovedBy = "",
    issued: Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="填报日。")],
    submitted: Annotated[
        Day, typer.Option("--submitted", metavar="日期", parser=day, help="平台提交日期。", show_default=False)
    ] = None,
    receipt: Annotated[str, typer.Option("--receipt", metavar="文字", help="平台的回执。")] = "",
    again: Again = False,
    standard: Under = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """出一年的填报表（Word），登记在台账；没有登记过数的年份不出，退出码 1。"""
    from gbtool.commands.figures.report import Signed, report
    from gbtool.commands.figures.standing import yearly_of
    from gbtool.commands.workspace import workspace

    given = yearly_of(workspace(where(ctx, folder)), on, standard)
    signed = Signed(compiled_by, reviewed_by, approved_by, iso(issued), iso(submitted), receipt)
    done = report(given, year, signed, cache_folder(), again=again)
    if as_json:
        show.json({**done.record.data, "id": done.record.id, "papers": plain(done.papers), "remarks": done.remarks})
        return
    told(done.papers, done.remarks)
    show.done(f"已登记 {done.record.id}：{year}年 {len(done.record.rows())} 个数。")
    show.next_step("gbtool figures show", "看几年的变化")
