"""gbtool ledger fact: what somebody found out for a published rule, and on which ground."""

from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.structs import as_dict


def fact(
    ctx: typer.Context,
    values: Annotated[
        list[str] | None, typer.Argument(metavar="[事项=值]...", help="如 client.credit_status=正常，中文名称也行。")
    ] = None,
    *,
    basis: Annotated[str, typer.Option("--basis", metavar="依据", help="看了什么、问了谁、哪天。")] = "",
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁查的。", show_default=False)] = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记查明的事项：公布的规则要问、台账里没有的，如信用状况、合同谁签、备案通知日；不带事项是列出已查明的。

    只能由人判断的规则用规则编号登记，如 CRT-008=是。
    """
    from gbtool.cli.filling import pair
    from gbtool.commands.ledger import facts
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    given = {name: str(value) for name, value in (pair("事项", text) for text in values or ())}
    found = facts.enter(work, given, (basis, by), on) if given else facts.noted(work, on)
    if as_json:
        show.json({"facts": [as_dict(each) for each in found]})
        return
    if given:
        show.done(f"已登记：{'；'.join(f'{each.title}：{each.value}' for each in found)}")
        return
    show.table(("事项", "名称", "值", "依据", "谁", "哪天"), [tuple(as_dict(each).values()) for each in found])
    show.text(f"已查明 {len(found)} 项；还要查明哪些，见 gbtool readiness --gate full")
