"""gbtool programme: programmes of provinces and cities, checked and planned backwards."""

from datetime import date
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, day, where
from gbtool.cli.programmes import about, checked, planned, reckoned
from gbtool.commands.programmes.listing import around, listed, replaced
from gbtool.model.finding import Verdict

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="项目", help="编号，如 SN-2022，或只有它有的词，如 陕西。")]
Route = Annotated[str, typer.Option("--route", metavar="路", help="走哪条路：认证、绩效评价、省验收、奖励等。")]


@app.callback()
def _programme(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """地方和国家的项目：有哪些、现在还在不在、这家够不够、倒排日期、补助能拿多少。"""
    ctx.obj = folder


@app.command("list")
def _list(
    ctx: typer.Context,
    word: Annotated[str, typer.Argument(metavar="[词]", help="只列地区、名称里有这个词的。")] = "",
    *,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """列出项目：地区、年度、这一天还在不在、把握。"""
    found = listed(where(ctx, folder), on, word)
    if as_json:
        show.json({"on": on, "programmes": [about.brief(each, standing) for each, standing in found]})
    else:
        rows = [
            (each.id, each.region, each.name, about.years(each), standing.value, each.confidence.word)
            for each, standing in found
        ]
        show.table(("编号", "地区", "项目", "年度", f"{on}", "把握"), rows)
        show.text(f"共 {len(found)} 个。没有列出的地区、没有查到延续的年度，先向主管部门问清。")
    if not found:
        raise typer.Exit(1)


@app.command("show")
def _show(ctx: typer.Context, name: Name, *, on: On, folder: Folder = HERE, as_json: Json = False) -> None:
    """看一个项目：每条规则、批次、截止日、补助、没有查到的、出处。"""
    found = around(where(ctx, folder)).named(name)
    if as_json:
        show.json(about.whole(found, on))
        return
    about.shown(found, on, replaced(where(ctx, folder), found))


@app.command("check")
def _check(
    ctx: typer.Context, name: Name, *, route: Route = "", on: On, folder: Folder = HERE, as_json: Json = False
) -> None:
    """这家客户对照项目的每条规则：满足、不满足、没有查明；能数的写出数。

    退出码：有一条路全满足 0，否则 1。
    """
    from gbtool.commands.programmes.checking import check
    from gbtool.commands.workspace import workspace

    found = check(workspace(where(ctx, folder)), name, on, route)
    if as_json:
        show.json(checked.as_json(found))
    else:
        checked.shown(found)
    if found.verdict is not Verdict.READY:
        raise typer.Exit(1)


@app.command("plan")
def _plan(
    ctx: typer.Context,
    name: Name,
    *,
    route: Route = "",
    by: Annotated[
        date | None, typer.Option("--by", metavar="日期", parser=day, help="要赶的那一天，默认取项目的截止日。")
    ] = None,
    lead: Annotated[
        list[str] | None, typer.Option("--lead", metavar="步骤=工作日", help="这一步到下一步要留几个工作日，可重复。")
    ] = None,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """从截止日倒排：每一步最迟哪天（工作日），已经晚了的说晚几天，从今天动手最早到哪天。

    赶不上的退出码 1。
    """
    from gbtool.commands.programmes.planning import Wish, plan
    from gbtool.commands.workspace import workspace

    found = plan(workspace(where(ctx, folder)), name, Wish(route, by, planned.leads(lead or ())), on)
    if as_json:
        show.json(planned.mapping(found))
    else:
        planned.shown(found)
    if found.plan.late:
        raise typer.Exit(1)


@app.command("subsidy")
def _subsidy(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[项目]", help="编号；不写只看费用、已得和还剩多少。")] = "",
    *,
    route: Route = "",
    take: Annotated[str, typer.Option("--take", metavar="编号", help="只能得一份的，选哪一份。")] = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """补助能拿多少：实际认证费用、各级已得、项目写的金额、上限，算式一步一步写出。

    费用和奖补登记在台账的 fees、grants。还不能断定、不能得的退出码 1。
    """
    from gbtool.commands.programmes.subsidy import reckon
    from gbtool.commands.workspace import workspace

    found = reckon(workspace(where(ctx, folder)), name, on, route, take)
    if as_json:
        show.json(reckoned.mapping(found))
    else:
        reckoned.shown(found)
    if found.programme and not found.total:
        raise typer.Exit(1)
