"""gbtool ledger row and done: single lines of tables, and what was done about a deadline."""

from datetime import date
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, day, where

By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记。", show_default=False)]


def done(
    ctx: typer.Context,
    right: Annotated[str, typer.Argument(metavar="权利", help="专利号、申请号、注册号、域名、合同编号。")],
    *,
    date_: Annotated[date, typer.Option("--date", metavar="日期", parser=day, help="哪天办的。")],
    rule: Annotated[str, typer.Option("--rule", metavar="规则", help="办的哪一项，如 PAT-ANN-DUE。")] = "",
    year: Annotated[str, typer.Option("--year", metavar="年度", help="第几年度的年费。")] = "",
    amount: Annotated[int | None, typer.Option("--amount", metavar="元", min=0, help="缴了多少。")] = None,
    voucher: Annotated[str, typer.Option("--voucher", metavar="编号", help="凭证号。")] = "",
    by: By = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记一项期限已经办理：缴了年费、办了续展、交了答复；没有缴足的，期限还在。"""
    from gbtool.commands.ledger.done import Deed, done as enter
    from gbtool.commands.ledger.listing import plain
    from gbtool.commands.workspace import workspace

    deed = Deed(right, date_.isoformat(), rule, year, amount, voucher, by)
    found = enter(workspace(where(ctx, folder)), deed, on)
    if as_json:
        show.json({**plain(found.entry), "remarks": list(found.remarks)})
        return
    show.done(f"已登记：{found.item.right} {found.item.what}，{found.entry.date} 办理")
    for remark in found.remarks:
        show.text(f"注意：{remark}")


def row(
    ctx: typer.Context,
    table: Annotated[str, typer.Argument(metavar="表", help="roster、patents、trademarks、notices、contracts 等。")],
    *,
    values: Annotated[list[str], typer.Option("--set", metavar="列=值", help="一列，可重复。")],
    by: By = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记或更改一张表里的一行：人员、权利、官文、合同；没有给的列保持原样。"""
    from gbtool.cli.filling import pair
    from gbtool.commands.ledger.listing import plain
    from gbtool.commands.ledger.rows import write_row
    from gbtool.commands.workspace import workspace

    given = {name: str(value) for name, value in (pair("--set", text) for text in values)}
    found = write_row(workspace(where(ctx, folder)), table, given, on, by)
    if as_json:
        show.json({**plain(found.entry), "outcome": found.outcome})
        return
    words = {"new": "新登记", "changed": "已更改", "same": "没有变"}
    show.done(f"{words[found.outcome]}：{found.entry.id}")
