"""gbtool ledger add and export: records in one by one, registers out."""

from pathlib import Path
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.filling import filled_by_asking, from_options
from gbtool.cli.options import HERE, Folder, Json, On, where

By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记、声明或确认。", show_default=False)]
_NAMED = 5  # forms that a line names


def add(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(metavar="表单", help="表单代号，如 rec-routine-check。")],
    pairs: Annotated[
        list[str] | None, typer.Argument(metavar="字段=值 …", help="表头、表尾的字段；表里的列写成一行。")
    ] = None,
    *,
    date: Annotated[str, typer.Option("--date", metavar="日期", help="发生的日期。", show_default=False)] = "",
    values: Annotated[list[str] | None, typer.Option("--set", metavar="字段=值", help="同上，可重复。")] = None,
    rows: Annotated[list[str] | None, typer.Option("--row", metavar="字段=值;…", help="表里的一行，可重复。")] = None,
    signs: Annotated[list[str] | None, typer.Option("--sign", metavar="角色=姓名:日期", help="签名，可重复。")] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="文件", help="YAML：date、head、rows、foot、sign。")
    ] = None,
    by: By = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记一份记录；在终端里不带选项时逐项询问。录入日是 --on，晚录的会标出来。"""
    from gbtool.commands import filling
    from gbtool.commands.gather import client
    from gbtool.commands.ledger import record
    from gbtool.commands.ledger.listing import plain
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    specification = filling.form(work, form)
    given = (*(pairs or ()), *(values or ()))
    if source:
        draft = record.from_file(source, specification, on)
    else:
        asked = not (date or given or rows or signs)
        filled = (
            filled_by_asking(specification, client(work).answers, on)
            if asked
            else from_options(date, given, rows or (), signs or ())
        )
        if filled is None:
            show.text("没有登记。")
            return
        draft = filling.draft(specification, filled, on)
    kept = record.keep(work, specification, draft, on, by)
    if as_json:
        show.json(plain(kept))
        return
    late = f"（{kept.date} 发生，{kept.entered} 录入）" if kept.date != kept.entered else ""
    show.done(f"已登记 {kept.id}《{kept.text('title')}》{late}")


def export(
    ctx: typer.Context,
    target: Annotated[
        Path | None,
        typer.Argument(metavar="文件", help="xlsx、csv、json 或 docx；不写就把 JSON 打出来。", show_default=False),
    ] = None,
    *,
    form: Annotated[
        list[str] | None,
        typer.Option("--form", metavar="表单", help="只要这些表单或表（roster、patents、evidence 等），可重复。"),
    ] = None,
    record: Annotated[str, typer.Option("--record", metavar="编号", help="只要这一条记录。")] = "",
    replace_: Annotated[bool, typer.Option("--replace", help="已有同名文件也写。")] = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """导出记录、名册、权利、合同、证据等：xlsx、CSV、Word、JSON；不写文件名时把整个台账输出成一个 JSON 值。"""
    from gbtool.commands.records.giving import give, values
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    if target is None:
        show.json(values(work, form or (), record))
        return
    given = give(work, target, (form or (), record), on, replace=replace_)
    if as_json:
        show.json({"path": str(given.path), "records": dict(given.counts), "left_out": list(given.left_out)})
        return
    for name in given.left_out:
        show.text(f"  注意：{name}现在的表单没有，只在 JSON 里。")
    counts = "，".join(f"《{title}》{count} 条" for title, count in given.counts.items())
    if len(given.counts) > _NAMED:
        counts = f"{len(given.counts)} 张表，{sum(given.counts.values())} 条"
    show.done(f"已写入 {given.path}：{counts or '本期未发生'}。")
