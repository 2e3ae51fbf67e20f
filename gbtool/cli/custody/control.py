"""gbtool control: changes and versions, distribution, the controlled list, what is to be reviewed."""

import datetime as dt
from typing import Annotated, Any

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, day, where
from gbtool.errors import UsageError
from gbtool.structs import as_dict

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Document = Annotated[str, typer.Argument(metavar="代号", help="文件的代号或编号，如 sys-reward、LW-IPM-ZD-04。")]
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁。", show_default=False)]


def _when(words: str) -> Any:  # noqa: ANN401 - what Typer gives back
    return typer.Option("--date", metavar="日期", parser=day, help=words, show_default=False)


@app.callback()
def _control(ctx: typer.Context, *, folder: Folder = HERE) -> None:
    """文件控制：更改申请、批准、发放、回收、受控清单、待复核。"""
    ctx.obj = folder


@app.command("list")
def _list(ctx: typer.Context, *, on: On, folder: Folder = HERE, json: Json = False) -> None:
    """受控清单：版本、状态、发在外面几份；和磁盘上的不一致的说出来，退出码 1。"""
    from gbtool.commands.control.listing import controlled
    from gbtool.commands.workspace import workspace

    found = controlled(workspace(where(ctx, folder)), on)
    names = ("id", "number", "title", "version", "issued", "effective", "withdrawn", "path")
    if json:
        rows = [
            {**{n: getattr(e.document, n) for n in names}, "state": e.state, "out": e.out, "fault": e.fault}
            for e in found.listed
        ]
        show.json({"documents": rows, "strangers": list(found.strangers)})
    else:
        lines = [
            (e.document.number, e.document.title, e.document.version, e.state, e.out or "", e.fault)
            for e in found.listed
        ]
        show.table(("编号", "名称", "版本", "状态", "在外", "不一致"), lines)
        for path in found.strangers:
            show.text(f"不在清单里的文件：{path}")
        wrong = sum(bool(e.fault) for e in found.listed) + len(found.strangers)
        say = show.text if wrong else show.done
        say(f"共 {len(found.listed)} 份，和磁盘不一致 {wrong} 处。")
    if not found.agrees:
        raise typer.Exit(1)


@app.command("changes")
def _changes(ctx: typer.Context, *, on: On, folder: Folder = HERE, json: Json = False) -> None:
    """更改申请：从哪版到哪版、改了什么、谁批准、哪天生效。"""
    from gbtool.commands.control.changes import all_changes
    from gbtool.commands.workspace import workspace

    found = all_changes(workspace(where(ctx, folder)), on)
    if json:
        show.json({"changes": [{**as_dict(each), "granted": each.granted} for each in found]})
        return
    rows = [
        (e.id, e.number, f"{e.old}→{e.new}", e.where, e.approved_by or "没有批准", e.effective or e.approved)
        for e in found
    ]
    show.table(("申请", "文件", "版本", "更改位置", "批准", "生效"), rows)


@app.command("request")
def _request(
    ctx: typer.Context,
    document: Document,
    *,
    place: Annotated[str, typer.Option("--where", metavar="位置", help="改哪一处，如 第5.3款。")] = "",
    before: Annotated[str, typer.Option("--before", metavar="文字", help="改前怎么写。")] = "",
    after: Annotated[str, typer.Option("--after", metavar="文字", help="改后怎么写。")] = "",
    why: Annotated[str, typer.Option("--why", metavar="文字", help="为什么改。")] = "",
    by: By,
    date: Annotated[dt.date, _when("申请日期。")],
    major: Annotated[bool, typer.Option("--major", help="整份改版（B/0），不是局部修改（A/1）。")] = False,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """申请更改一份已发布的文件。批准以后重新生成，就是新的版本。"""
    from gbtool.commands.control.changes import Wish, request
    from gbtool.commands.workspace import workspace

    wish = Wish(place, before, after, why, by, date.isoformat(), major)
    made = request(workspace(where(ctx, folder)), document, wish, on)
    if json:
        show.json({**as_dict(made), "granted": made.granted})
        return
    show.done(f"{made.id}　{made.number} {made.old}→{made.new}，等人批准")
    show.next_step(f"gbtool control approve {made.id} --by 姓名 --date 日期 --effective 日期", "由另一人批准")


@app.command("approve")
def _approve(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="申请编号", help="如 LW-IPM-JL-04-02-002。")],
    *,
    by: By,
    date: Annotated[dt.date, _when("批准日期。")],
    effective: Annotated[
        dt.date, typer.Option("--effective", metavar="日期", parser=day, help="哪天生效。", show_default=False)
    ],
    reviewed_by: Annotated[str, typer.Option("--reviewed-by", metavar="姓名", help="审核人。")] = "",
    reviewed: Annotated[
        dt.date | None, typer.Option("--reviewed", metavar="日期", parser=day, help="审核日期。", show_default=False)
    ] = None,
    opinion: Annotated[str, typer.Option("--opinion", metavar="文字", help="评审意见。")] = "",
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """批准一份更改申请；申请的人不能自己批准。"""
    from gbtool.commands.control.changes import Grant, approve
    from gbtool.commands.workspace import workspace

    grant = Grant(
        by,
        date.isoformat(),
        effective.isoformat(),
        reviewed_by,
        reviewed.isoformat() if reviewed else "",
        opinion,
    )
    made = approve(workspace(where(ctx, folder)), number, grant, on)
    if json:
        show.json({**as_dict(made), "granted": made.granted})
        return
    show.done(f"{made.id} 已批准：{made.number} {made.old}→{made.new}，{made.effective} 生效")
    show.next_step("gbtool generate", f"生成 {made.new}，核对以后 gbtool issue，再发放新版、回收旧版")


@app.command("distribute")
def _distribute(
    ctx: typer.Context,
    document: Document,
    *,
    to: Annotated[
        list[str], typer.Option("--to", metavar="部门:领用人", help="发给谁，可以写几次。", show_default=False)
    ],
    by: By,
    date: Annotated[dt.date, _when("发放日期。")],
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """发放一份现行文件，按领用部门登记发放编号。"""
    from gbtool.commands.control.distribution import Hand, distribute
    from gbtool.commands.workspace import workspace

    pairs = [_holder(each) for each in to]
    hand = Hand(by, date.isoformat())
    made = distribute(workspace(where(ctx, folder)), document, pairs, hand, on)
    if json:
        show.json({"copies": [as_dict(each) for each in made]})
        return
    for each in made:
        show.done(f"发放 {each.number} 号：{each.department} {each.holder}")


def _holder(text: str) -> tuple[str, str]:
    department, colon, holder = text.replace("：", ":").partition(":")
    if not (colon and department.strip() and holder.strip()):
        raise UsageError(f"--to “{text}”应当写成 部门:领用人", "如 --to 技术中心:韩泊舟")
    return department.strip(), holder.strip()


@app.command("recall")
def _recall(
    ctx: typer.Context,
    document: Document,
    *,
    version: Annotated[str, typer.Option("--version", metavar="版本", help="收回哪一版，如 A/0。", show_default=False)],
    by: By,
    date: Annotated[dt.date, _when("回收日期。")],
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """收回一版发在外面的全部文件。"""
    from gbtool.commands.control.distribution import Hand, recall
    from gbtool.commands.workspace import workspace

    hand = Hand(by, date.isoformat())
    made = recall(workspace(where(ctx, folder)), document, version, hand, on)
    if json:
        show.json({"copies": [as_dict(each) for each in made]})
        return
    show.done(f"收回 {len(made)} 份：{'、'.join(each.department for each in made)}")


@app.command("suspects")
def _suspects(ctx: typer.Context, *, on: On, folder: Folder = HERE, json: Json = False) -> None:
    """待复核：发布以后，文件用到的资料、条款、模板变了，还没有人说仍然成立。有的话退出码 1。"""
    from gbtool.commands.control.suspects import suspects
    from gbtool.commands.workspace import workspace

    found = suspects(workspace(where(ctx, folder)), on)
    if json:
        names = ("id", "number", "title", "version")
        rows = [
            {
                **{name: getattr(each.document, name) for name in names},
                "changed": list(each.changed),
                "checked_by": each.checked.by,
                "checked_on": each.checked.day,
            }
            for each in found
        ]
        show.json({"suspects": rows})
    elif found:
        for each in found:
            show.text(f"{each.document.number}《{each.document.title}》（{each.checked.day} {each.checked.by}以后）")
            for line in each.changed:
                show.text(f"  · {line}")
        show.next_step("gbtool control reviewed 代号 --by 姓名", "看过仍然成立的；要改的用 gbtool control request")
    else:
        show.done("没有待复核的文件。")
    if found:
        raise typer.Exit(1)


@app.command("reviewed")
def _reviewed(
    ctx: typer.Context,
    documents: Annotated[list[str], typer.Argument(metavar="代号…", help="看过、仍然成立的文件。")],
    *,
    by: By,
    on: On,
    folder: Folder = HERE,
    json: Json = False,
) -> None:
    """复核：有人看过，文件照现在的资料仍然成立。"""
    from gbtool.commands.control.suspects import reviewed
    from gbtool.commands.workspace import workspace

    found = reviewed(workspace(where(ctx, folder)), documents, by, on)
    if json:
        show.json({"reviewed": [document.id for document in found]})
        return
    show.done(f"{by} 已复核：{'、'.join(document.number for document in found)}")
