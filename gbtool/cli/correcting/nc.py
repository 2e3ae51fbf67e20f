"""gbtool audit nc: nonconformities from the cause to another person's verification."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, day, where
from gbtool.cli.papers import iso
from gbtool.commands.audit.follow import Step
from gbtool.structs import as_dict

if TYPE_CHECKING:
    from gbtool.commands.audit.follow import Followed
    from gbtool.rules.corrections import Nonconformity

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Number = Annotated[str, typer.Argument(metavar="编号", help="如 LW-NC-2026-01。")]
Words = Annotated[str, typer.Argument(metavar="文字", help="写清楚，能复查。")]
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记。", show_default=False)]


def _when(words: str) -> Any:  # noqa: ANN401 - what Typer gives back
    return typer.Option("--date", metavar="日期", parser=day, help=words)


@app.command("list")
def _list(
    ctx: typer.Context,
    *,
    everything: Annotated[bool, typer.Option("--all", help="以前各次的也列出。")] = False,
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """列出这次内审的不符合和其他没有关闭的：走到哪一步、缺什么、逾期几天、是不是再次发生。"""
    from gbtool.commands.audit.follow import followed
    from gbtool.commands.workspace import workspace

    found = followed(workspace(where(ctx, folder)), on, everything=everything)
    if as_json:
        show.json({"nonconformities": [_mapping(each) for each in found]})
        return
    show.table(("编号", "来源", "部门", "性质", "状态", "期限", "再次发生"), [_row(each) for each in found])
    rounds = dict.fromkeys(each.round for each in found)
    if len(rounds) > 1:
        counts = (f"{name} {sum(each.round == name for each in found)} 项" for name in rounds)
        show.text(f"来源：{'；'.join(counts)}")
    for each in found:
        for text in each.again:
            show.text(f"  再次发生 {each.shown.number}：上一次是 {text}")
    open_ = [each.shown for each in found if not each.shown.closed]
    late = sum(each.overdue > 0 for each in open_)
    show.text(f"共 {len(found)} 项，没有关闭 {len(open_)} 项，其中逾期 {late} 项。")
    if open_:
        show.next_step(f"gbtool audit {_next(open_[0])} {open_[0].number}", open_[0].state.value)


def _mapping(each: "Followed") -> dict[str, object]:

    return {**as_dict(each.shown), "closed": each.shown.closed, "round": each.round, "again": list(each.again)}


def _row(each: "Followed") -> tuple[str, ...]:
    n = each.shown
    late = f" 逾期{n.overdue}天" if n.overdue else ""
    extended = "（延）" if n.extended else ""
    again = "是" if each.again else ""
    return (
        n.number,
        each.round.partition(" ")[0],
        n.department,
        n.grade,
        n.state.value,
        f"{n.due}{extended}{late}",
        again,
    )


def _next(found: "Nonconformity") -> str:
    steps = {
        "OPENED": "nc cause",
        "ANALYSED": "nc correct",
        "CORRECTED": "nc act",
        "ACTING": "nc done",
        "DONE": "nc verify",
        "TO_SUBMIT": "outside submit",
        "SUBMITTED": "outside accept",
    }
    return steps.get(found.state.name, "nc close")


def _take(folder: Path, number: str, step: Step, on: dt.date, by: str = "") -> None:
    from gbtool.commands.audit.follow import follow
    from gbtool.commands.workspace import workspace

    _told(follow(workspace(folder), number, step, on, by), step.name)


def _told(done: "Followed", what: str) -> None:
    found = done.shown
    late = f"，逾期 {found.overdue} 天" if found.overdue else ""
    for remark in done.remarks:
        show.text(f"  注意：{remark}")
    show.done(f"{found.number} 已登记：{what}；现在{found.state.value}{late}")
    if not found.closed:
        show.next_step(f"gbtool audit {_next(found)} {found.number}")


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
    by: By = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """纠正措施：怎么防止再发生，谁做，哪天前做完。"""
    from gbtool.commands.audit.follow import act

    _take(where(ctx, folder), number, act(text, owner, iso(due)), on, by)


@app.command("extend")
def _extend(
    ctx: typer.Context,
    number: Number,
    *,
    to: Annotated[dt.date, typer.Option("--to", metavar="日期", parser=day, help="延到哪天。")],
    granted_by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁批准，不能是整改责任人。")],
    when: Annotated[dt.date, _when("哪天批准。")],
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="为什么做不完。")],
    on: On,
    folder: Folder = HERE,
) -> None:
    """延期：谁在哪天批准延到哪天，原来的期限留在记录里。"""
    from gbtool.commands.audit.extending import Leave, extend
    from gbtool.commands.workspace import workspace

    leave = Leave(iso(to), granted_by, iso(when), reason)
    _told(extend(workspace(where(ctx, folder)), number, leave, on), "延期")


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
