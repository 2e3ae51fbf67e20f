"""gbtool audit nc: nonconformities from the cause to another person's verification."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, day, where
from gbtool.cli.papers import iso
from gbtool.commands.audit.follow import Step

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Number = Annotated[str, typer.Argument(metavar="编号", help="如 LW-NC-2026-01。")]
Words = Annotated[str, typer.Argument(metavar="文字", help="写清楚，能复查。")]
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记。", show_default=False)]


def _when(words: str) -> Any:  # noqa: ANN401 - what Typer gives back
    return typer.Option("--date", metavar="日期", parser=day, help=words)


@app.command("list")
def _list(ctx: typer.Context, *, on: On, folder: Folder = HERE, as_json: Json = False) -> None:
    """列出这次内审的不符合：走到哪一步、缺什么、逾期几天。"""
    from dataclasses import asdict

    from gbtool.commands.audit.follow import followed
    from gbtool.commands.workspace import workspace

    found = followed(workspace(where(ctx, folder)), on)
    if as_json:
        show.json({"nonconformities": [{**asdict(each), "closed": each.closed} for each in found]})
        return
    rows = [
        (n.number, n.department, n.grade, n.state.value, n.due, f"逾期{n.overdue}天" if n.overdue else "")
        for n in found
    ]
    show.table(("编号", "部门", "性质", "状态", "期限", ""), rows)
    open_ = [each for each in found if not each.closed]
    late = sum(each.overdue > 0 for each in open_)
    show.text(f"共 {len(found)} 项，没有关闭 {len(open_)} 项，其中逾期 {late} 项。")
    if open_:
        show.next_step(f"gbtool audit nc {_next(open_[0].state.name)} {open_[0].number}", open_[0].state.value)


def _next(state: str) -> str:
    steps = {"OPENED": "cause", "ANALYSED": "correct", "CORRECTED": "act", "ACTING": "done", "DONE": "verify"}
    return steps.get(state, "close")


def _take(folder: Path, number: str, step: Step, on: dt.date, by: str = "") -> None:
    from gbtool.commands.audit.follow import follow
    from gbtool.commands.workspace import workspace

    done = follow(workspace(folder), number, step, on, by)
    late = f"，逾期 {done.overdue} 天" if done.overdue else ""
    show.done(f"{number} 已登记：{step.name}；现在{done.state.value}{late}")
    if not done.closed:
        show.next_step(f"gbtool audit nc {_next(done.state.name)} {number}")


@app.command("cause")
def _cause(
    ctx: typer.Context,
    number: Number,
    text: Words,
    *,
    when: Annotated[dt.date, _when("哪天查明原因。")],
    by: By = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """原因分析：哪条规定没写清、谁不知道、表单为什么没拦住。"""
    from gbtool.commands.audit.follow import cause

    _take(where(ctx, folder), number, cause(text, iso(when)), on, by)


@app.command("correct")
def _correct(ctx: typer.Context, number: Number, text: Words, *, by: By = "", on: On, folder: Folder = HERE) -> None:
    """纠正：当下补了什么、改了什么；不倒签、不补造。"""
    from gbtool.commands.audit.follow import correct

    _take(where(ctx, folder), number, correct(text), on, by)


@app.command("act")
def _act(
    ctx: typer.Context,
    number: Number,
    text: Words,
    *,
    owner: Annotated[str, typer.Option("--owner", metavar="姓名", help="整改责任人。")],
    due: Annotated[dt.date, typer.Option("--due", metavar="日期", parser=day, help="计划完成日期。")],
    extended: Annotated[
        str, typer.Option("--extended", metavar="文字", help="延期的，写谁在哪天批准。", show_default=False)
    ] = "",
    by: By = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """纠正措施：怎么防止再发生，谁做，哪天前做完。"""
    from gbtool.commands.audit.follow import act

    _take(where(ctx, folder), number, act(text, owner, iso(due), extended), on, by)


@app.command("done")
def _done(
    ctx: typer.Context,
    number: Number,
    *,
    when: Annotated[dt.date, _when("哪天做完。")],
    by: By = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """整改做完了。"""
    from gbtool.commands.audit.follow import done

    _take(where(ctx, folder), number, done(iso(when)), on, by)


@app.command("verify")
def _verify(
    ctx: typer.Context,
    number: Number,
    *,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="验证人，不能是整改责任人。")],
    when: Annotated[dt.date, _when("哪天验证。")],
    proof: Annotated[str, typer.Option("--evidence", metavar="文字", help="看了什么：换样本复查的文件、编号、份数。")],
    on: On,
    folder: Folder = HERE,
) -> None:
    """由另一人验证：换样本复查，写出证据。"""
    from gbtool.commands.audit.follow import verify

    _take(where(ctx, folder), number, verify(by, iso(when), proof), on, by)


@app.command("close")
def _close(
    ctx: typer.Context,
    number: Number,
    *,
    when: Annotated[dt.date, _when("哪天关闭。")],
    by: By = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """关闭：原因、纠正、纠正措施、完成、证据、验证都在才关得了。"""
    from gbtool.commands.audit.follow import close

    _take(where(ctx, folder), number, close(iso(when)), on, by)
