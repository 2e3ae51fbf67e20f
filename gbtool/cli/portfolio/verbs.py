"""gbtool portfolio: all clients of a firm, what is due for them, a calendar, a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, where
from gbtool.errors import FileFaults
from gbtool.structs import Frozen

if TYPE_CHECKING:
    from gbtool.commands.portfolio.standing import Portfolio
    from gbtool.model.portfolio import Standing

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Consultant = Annotated[
    str, typer.Option("--consultant", metavar="姓名", help="只看这位顾问的客户。", show_default=False)
]
AtStage = Annotated[str, typer.Option("--stage", metavar="阶段", help="只看这个阶段，如 运行。", show_default=False)]
OfVerdict = Annotated[
    str, typer.Option("--verdict", metavar="结论", help="只看就绪、未就绪或未评估的。", show_default=False)
]
Sort = Annotated[
    str, typer.Option("--sort", metavar="次序", help="urgency（急的在前）、days、stage、consultant、name。")
]
Within = Annotated[str, typer.Option("--within", metavar="期间", help="到期的看多久以内：90d、12w、6m、1y。")]
Rebuild = Annotated[bool, typer.Option("--rebuild", help="不看索引，全部从客户文件夹重新读。")]


class _Asked(Frozen):
    """What was asked for, as it was typed."""

    consultant: str
    stage: str
    verdict: str
    sort: str
    within: str
    rebuild: bool


def _read(folder: Path, on: On, asked: _Asked) -> tuple["Portfolio", int]:
    from gbtool.commands.ledger.due import span
    from gbtool.commands.portfolio.standing import Request, portfolio
    from gbtool.commands.portfolio.views import Wanted, chosen

    days = span(asked.within)
    wanted = Wanted(asked.consultant, asked.stage, asked.verdict, asked.sort)
    with show.progress("读客户文件夹") as step:
        found = portfolio(folder, on, Request(cache_folder(), asked.rebuild, days, step))
    return chosen(found, wanted), days


@app.callback(invoke_without_command=True)
def _portfolio(
    ctx: typer.Context,
    *,
    consultant: Consultant = "",
    stage: AtStage = "",
    verdict: OfVerdict = "",
    sort: Sort = "urgency",
    within: Within = "90d",
    rebuild: Rebuild = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """全部客户：一张表、到期、日历、网页；变化影响到谁、成批做、发布到数据库。

    在机构文件夹里用（有 gbtool.yaml）。只读，不写客户文件夹；有客户的资料读不出的，点名，其余照列，退出码 3。
    """
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        _status(folder, on, _Asked(consultant, stage, verdict, sort, within, rebuild), as_json=as_json)


@app.command("status")
def status(
    ctx: typer.Context,
    *,
    consultant: Consultant = "",
    stage: AtStage = "",
    verdict: OfVerdict = "",
    sort: Sort = "urgency",
    within: Within = "90d",
    rebuild: Rebuild = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """一家一行：负责人、阶段、离最早申请日几天、结论、缺口、最近到期的事。"""
    asked = _Asked(consultant, stage, verdict, sort, within, rebuild)
    _status(where(ctx, folder), on, asked, as_json=as_json)


def _status(folder: Path, on: On, asked: _Asked, *, as_json: bool) -> None:
    from gbtool.commands.portfolio.views import plain

    found, days = _read(folder, on, asked)
    if as_json:
        show.json(plain(found, days))
    else:
        _table(found, days)
    _broken(found)


_COLUMNS = ("客户", "负责", "阶段", "还差", "结论", "缺口", "最近到期")


def _table(found: "Portfolio", days: int) -> None:
    from datetime import timedelta

    until = found.today + timedelta(days=days)
    show.text(f"{found.firm.name}　{found.today}　{len(found.clients)} 家客户")
    if found.clients:
        show.text()
        show.table(_COLUMNS, [_row(each, found.today, until) for each in found.clients])
        show.text()
        show.text(_counted(found.clients))


def _row(each: "Standing", today: On, until: On) -> tuple[object, ...]:
    left = each.days(today)
    first = next(iter(each.coming(until)), None)
    return (
        each.short or each.path,
        each.consultant,
        each.stage,
        "未起算" if left is None else f"{left}天" if left > 0 else "已满",
        each.verdict.word,
        f"{len(each.holes)}处" if each.holes else "",
        f"{days_left(first.days(today), first.state)} {first.what}" if first else "",
    )


def _counted(clients: Sequence["Standing"]) -> str:
    words = [each.verdict.word for each in clients]
    counts = [f"{word} {words.count(word)}" for word in dict.fromkeys(words)]
    late = sum(due.late for each in clients for due in each.due)
    return "、".join(counts) + (f"；逾期或在宽限期的 {late} 项" if late else "")


def days_left(days: int, state: str) -> str:
    """How many days are left, in words."""
    return f"逾期{-days}天" if state == "逾期" else f"宽限{days}天" if state == "宽限期" else f"{days}天"


@app.command("due")
def due(
    ctx: typer.Context,
    *,
    consultant: Consultant = "",
    stage: AtStage = "",
    verdict: OfVerdict = "",
    within: Within = "90d",
    rebuild: Rebuild = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """全部客户到期的事，一张表：权利的期限和各家自己的安排，逾期的在前，按天数排。"""
    from gbtool.commands.portfolio.views import lines, plain_due

    found, days = _read(where(ctx, folder), on, _Asked(consultant, stage, verdict, "urgency", within, rebuild))
    listed = lines(found, days)
    if as_json:
        rows = [{"path": e.client.path, "consultant": e.client.consultant, **plain_due(e.due, on)} for e in listed]
        broken = [{"path": b.path, "faults": [str(each) for each in b.complaints]} for b in found.broken]
        show.json({"on": on, "due": rows, "broken": broken})
    else:
        show.text(f"{len(found.clients)} 家客户　{on}　{within} 内到期 {len(listed)} 项")
        columns = ("还有", "截止", "客户", "负责", "要做什么", "依据（把握）")
        rows_ = [
            (
                days_left(e.due.days(on), e.due.state),
                e.due.day if on <= e.due.day else e.due.last,
                e.client.short or e.client.path,
                e.client.consultant,
                " ".join(part for part in (e.due.what, e.due.right, _yuan(e.due.amount)) if part),
                f"{e.due.law}（{e.due.confidence}）" if e.due.confidence else e.due.law,
            )
            for e in listed
        ]
        if rows_:
            show.text()
            show.table(columns, rows_)
    _broken(found)


def _yuan(amount: int | None) -> str:
    return "" if amount is None else f"{amount}元"


@app.command("calendar")
def calendar(
    ctx: typer.Context,
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[文件.ics]", help="写到哪里，默认当前文件夹的 客户期限.ics。", show_default=False),
    ] = None,
    *,
    consultant: Consultant = "",
    stage: AtStage = "",
    verdict: OfVerdict = "",
    within: Within = "1y",
    rebuild: Rebuild = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """全部客户到期的事写成一个日历文件（.ics），带提醒；上次由 gbtool 写的会换掉，别的文件不动。"""
    from gbtool.commands.portfolio.views import write_calendar

    asked = _Asked(consultant, stage, verdict, "urgency", within, rebuild)
    found, days = _read(where(ctx, folder), on, asked)
    path = target or Path("客户期限.ics")
    events = write_calendar(found, path, days)
    if as_json:
        show.json({"path": str(path), "events": events, "broken": [b.path for b in found.broken]})
    else:
        show.done(f"已写 {path}：{len(found.clients)} 家客户，{events} 项。")
    _broken(found)


@app.command("page")
def page(
    ctx: typer.Context,
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[文件.html]", help="写到哪里，默认当前文件夹的 客户一览.html。", show_default=False),
    ] = None,
    *,
    consultant: Consultant = "",
    stage: AtStage = "",
    verdict: OfVerdict = "",
    sort: Sort = "urgency",
    within: Within = "90d",
    rebuild: Rebuild = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """全部客户做成一个网页文件：手机、电脑都能开，能打印，不联网；上次由 gbtool 写的会换掉，别的文件不动。"""
    from gbtool.commands.pages.firm import write_firm_page

    asked = _Asked(consultant, stage, verdict, sort, within, rebuild)
    found, days = _read(where(ctx, folder), on, asked)
    words = "、".join(word for word in (consultant, stage, verdict) if word)
    made = write_firm_page(found, target or Path("客户一览.html"), days, words)
    if as_json:
        show.json(made)
    else:
        show.done(f"已写 {made['path']}：{len(found.clients)} 家客户，一个文件，用浏览器打开。")
    _broken(found)


def _broken(found: "Portfolio") -> None:
    """Clients that could not be read are named, and the exit code says so."""
    complaints = [complaint for each in found.broken for complaint in each.named()]
    if complaints:
        show.error(FileFaults(complaints))
        raise typer.Exit(FileFaults.exit_code)
