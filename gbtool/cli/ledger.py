"""gbtool ledger: everything that happened, and proof of it."""

from typing import Annotated

import typer

from gbtool.cli import (
    ledger_due,
    ledger_evidence,
    ledger_people,
    ledger_rows,
    ledger_service,
    show,
)
from gbtool.cli.certification import certificate, fact
from gbtool.cli.kinds import KINDS
from gbtool.cli.options import HERE, Folder, Json, On, where
from gbtool.cli.records import importing, verbs
from gbtool.model.entry import EntryKind

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记、声明或确认。", show_default=False)]
Form = Annotated[str, typer.Argument(metavar="表单", help="表单代号，如 rec-routine-check。")]


@app.callback()
def _ledger(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """台账：登记、查看、导入、证据、声明、核对。"""
    ctx.obj = folder


app.command("add")(verbs.add)
app.command("import")(importing.command)
app.command("export")(verbs.export)


@app.command("list")
def _list(
    ctx: typer.Context,
    *,
    form: Annotated[list[str] | None, typer.Option("--form", metavar="表单", help="只列这些表单。")] = None,
    kind: Annotated[
        list[EntryKind] | None,
        typer.Option("--kind", metavar="种类", help=f"只列这几种：{'、'.join(EntryKind)}。", show_default=False),
    ] = None,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """列出台账里的条目。"""
    from gbtool.commands.following import words_of
    from gbtool.commands.ledger.listing import listed, plain
    from gbtool.commands.workspace import workspace

    work = workspace(where(ctx, folder))
    found = listed(work, kind or (), form or ())
    if as_json:
        show.json({"entries": [plain(entry) for entry in found]})
        return
    label = words_of(work).label
    rows = [(entry.date, entry.id, label(KINDS[entry.kind]), entry.text("title") or entry.form) for entry in found]
    show.table(("日期", "编号", "种类", "名称"), rows)
    show.text(f"共 {len(found)} 条。")


@app.command("show")
def _show(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="编号", help="如 LW-IPM-JL-07-10-001。")],
    *,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """看一条：内容和它的历史。"""
    from gbtool.commands.ledger.listing import plain, shown
    from gbtool.commands.workspace import workspace

    found = shown(workspace(where(ctx, folder)), id_)
    if as_json:
        show.json([plain(entry) for entry, _ in found])
        return
    for entry, changes in found:
        show.text(f"{entry.id}　{KINDS[entry.kind]}　{entry.date}（录入 {entry.entered}）")
        show.json(dict(entry.data))
        rows = [(change.happened, change.entered, change.by, change.what) for change in changes]
        show.table(("发生", "录入", "谁", "做了什么"), rows)


@app.command("absent")
def _absent(
    ctx: typer.Context,
    form: Form,
    *,
    period: Annotated[str, typer.Option("--period", metavar="期间", help="2026-07 或 2026-07-01至2026-07-31。")],
    how: Annotated[str, typer.Option("--how", metavar="怎么确认", help="核对了什么、问了谁。")],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁确认的。")],
    on: On,
    folder: Folder = HERE,
) -> None:
    """登记“本期未发生”：写清怎么确认的，不造空记录。"""
    from gbtool.commands.ledger.declaring import Absence, absent
    from gbtool.commands.workspace import workspace

    entry = absent(workspace(where(ctx, folder)), Absence(form, period, how, by), on)
    show.done(f"已登记：《{entry.text('title')}》{entry.text('period')} 本期未发生。")


@app.command("declare")
def _declare(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="penalties", help="声明什么：penalties（没有受过行政处罚）。")],
    *,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁声明。")],
    from_: Annotated[str, typer.Option("--from", metavar="日期", help="从哪天起。")],
    to: Annotated[str, typer.Option("--to", metavar="日期", help="到哪天止。")],
    statement: Annotated[str, typer.Option("--statement", metavar="文字", help="声明的原话。")] = "",
    basis: Annotated[str, typer.Option("--basis", metavar="依据", help="核对了什么。")] = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """由具名的人声明：这段时间没有受过行政处罚。"""
    from gbtool.commands.ledger.declaring import Penalties, declare_penalties
    from gbtool.commands.workspace import workspace
    from gbtool.errors import UsageError

    if what != "penalties":
        raise UsageError(f"不认识“{what}”", "可以声明的：penalties")
    entry = declare_penalties(workspace(where(ctx, folder)), Penalties(by, from_, to, statement, basis), on)
    show.done(f"已登记：{by} 于 {on} 声明“{entry.text('statement')}”。")


@app.command("verify")
def _verify(ctx: typer.Context, *, folder: Folder = HERE, as_json: Json = False) -> None:
    """核对历史的哈希链、每条内容、每份证据；有被改动的，说出是哪一处，退出码 1。"""
    from gbtool.commands.ledger.listing import verified
    from gbtool.commands.workspace import workspace

    found = verified(workspace(where(ctx, folder)))
    if as_json:
        faults = [{"place": place, "message": message} for place, message in found.faults]
        show.json({"links": found.links, "files": found.files, "faults": faults})
    else:
        for place, message in found.faults:
            show.text(f"{place}：{message}")
        words = "都对得上" if found.whole else f"{len(found.faults)} 处对不上"
        show.text(f"历史 {found.links} 条，证据 {found.files} 份，{words}。")
    if not found.whole:
        raise typer.Exit(1)


app.command("certificate")(certificate.certificate)
app.command("fact")(fact.fact)
app.command("evidence")(ledger_evidence.evidence)
app.command("row")(ledger_rows.row)
app.command("due")(ledger_due.due)
app.command("done")(ledger_rows.done)
app.command("people")(ledger_people.people)
app.command("service")(ledger_service.service)
