"""gbtool audit outside: what a certification body found, until the body accepts what was done about it."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, cache_folder, day, where
from gbtool.cli.papers import iso, told
from gbtool.errors import UsageError
from gbtool.model.outside.body import Grade, Visit

if TYPE_CHECKING:
    from gbtool.commands.audit.outside import Kept, Limit
    from gbtool.rules.correcting.outside import Finding

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
Number = Annotated[str, typer.Argument(metavar="编号", help="机构报告上的编号，或台账的编号。")]
When = Annotated[dt.date, typer.Option("--date", metavar="日期", parser=day, help="哪天。")]
Days = Annotated[int | None, typer.Option("--days", min=1, metavar="天数", help="开出以后几天内提交。")]
Last = Annotated[dt.date | None, typer.Option("--due", metavar="日期", parser=day, help="机构写明的截止日。")]
Closing = Annotated[dt.date | None, typer.Option("--closing", metavar="日期", parser=day, help="末次会议哪天。")]
Source = Annotated[str, typer.Option("--source", metavar="文字", help="期限的出处。", show_default=False)]


@app.command("add")
def _add(
    ctx: typer.Context,
    statement: Annotated[str, typer.Argument(metavar="问题", help="机构写的不符合事实。")],
    *,
    visit: Annotated[str, typer.Option("--stage", metavar="阶段", help="一阶段、二阶段、监督审核、再认证、特殊审核。")],
    grade: Annotated[str, typer.Option("--grade", metavar="性质", help="一般、严重、观察项。")] = Grade.MINOR.value,
    issued: Annotated[dt.date, typer.Option("--issued", metavar="日期", parser=day, help="哪天开出。")],
    department: Annotated[str, typer.Option("--department", metavar="部门", help="责任部门。")],
    clause: Annotated[str, typer.Option("--clause", metavar="条款", help="条款号或键。", show_default=False)] = "",
    body: Annotated[
        str, typer.Option("--body", metavar="机构", help="默认申请里的认证机构。", show_default=False)
    ] = "",
    number: Annotated[str, typer.Option("--number", metavar="编号", help="机构报告上的。", show_default=False)] = "",
    days: Days = None,
    last: Last = None,
    closing: Closing = None,
    source: Source = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """登记认证机构开出的不符合。期限按报告写明的，没有写的按机构口径文件；都没有的不猜，列为待补。"""
    from gbtool.commands.audit.outside import Found, add
    from gbtool.commands.workspace import workspace

    words = (_one_of(Visit, "--stage", visit), _one_of(Grade, "--grade", grade), iso(issued), department)
    found = Found(statement, *words, clause, body, number)
    _told(add(workspace(where(ctx, folder)), found, _limit(days, last, closing, source), on), "登记", as_json=as_json)


def _one_of(words: type[Visit] | type[Grade], option: str, text: str) -> str:
    known = [word.value for word in words]
    if text not in known:
        raise UsageError(f"{option} “{text}”不认识", f"写 {'、'.join(known)}")
    return text


def _limit(days: int | None, last: dt.date | None, closing: dt.date | None, source: str) -> "Limit":
    from gbtool.commands.audit.outside import Limit

    return Limit(str(days or ""), iso(last), iso(closing), source)


@app.command("list")
def _list(ctx: typer.Context, *, on: On, folder: Folder = HERE, as_json: Json = False) -> None:
    """列出认证机构开出的不符合：走到哪一步、机构的截止日、逾期几天。"""
    from gbtool.commands.audit.outside import findings
    from gbtool.commands.workspace import workspace

    found = findings(workspace(where(ctx, folder)), on)
    if as_json:
        show.json({"findings": [_mapping(each) for each in found]})
        return
    show.table(("编号", "机构、阶段", "部门", "性质", "状态", "机构截止日"), [_row(each) for each in found])
    lacking = [each for each in found if each.open and each.due.lacking]
    late = sum(bool(each.late and not each.submitted) for each in found)
    show.text(f"共 {len(found)} 项，没有验收 {sum(each.open for each in found)} 项，其中逾期没有提交 {late} 项。")
    for each in lacking:
        show.text(f"  {each.shown.number} 期限不知道，缺{each.due.lacking}：gbtool audit outside limit")


def _row(each: "Finding") -> tuple[str, ...]:
    late = f" 逾期{each.late}天" if each.late else ""
    state = each.shown.state.value + (f"（退回{each.returned}次）" if each.returned else "")
    last = str(each.due.last or "不知道") if each.open or each.due.last else ""
    return each.shown.number, f"{each.body} {each.visit}", each.shown.department, each.shown.grade, state, last + late


def _mapping(each: "Finding") -> dict[str, object]:
    return {
        "number": each.shown.number,
        "record": each.shown.record,
        "body": each.body,
        "stage": each.visit,
        "department": each.shown.department,
        "grade": each.shown.grade,
        "clause": each.shown.basis,
        "statement": each.shown.statement,
        "state": each.shown.state.value,
        "issued": each.shown.found,
        "due": each.due.last,
        "source": each.due.source,
        "lacking": each.due.lacking,
        "submitted": each.submitted,
        "accepted": each.accepted,
        "returned": each.returned,
        "late": each.late,
        "open": each.open,
    }


def _told(done: "Kept", what: str, *, as_json: bool = False) -> None:
    if as_json:
        show.json({**_mapping(done.finding), "again": list(done.again), "remarks": list(done.remarks)})
        return
    found = done.finding
    told(done.papers, done.remarks)
    until = f"，机构的截止日 {found.due.last}" if found.due.last else ""
    show.done(f"{found.shown.number} 已登记：{what}；现在{found.shown.state.value}{until}")


@app.command("limit")
def _limited(
    ctx: typer.Context,
    number: Number,
    *,
    days: Days = None,
    last: Last = None,
    closing: Closing = None,
    source: Source = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """补登一项的期限和出处：报告、合同、机构来函写明的。"""
    from gbtool.commands.audit.outside import limited
    from gbtool.commands.workspace import workspace

    _told(limited(workspace(where(ctx, folder)), number, _limit(days, last, closing, source), on), "期限")


@app.command("submit")
def _submit(ctx: typer.Context, number: Number, *, when: When, on: On, folder: Folder = HERE) -> None:
    """整改材料交给机构了：原因、纠正、纠正措施、完成、内部验证都有才收。"""
    from gbtool.commands.audit.outside import submit
    from gbtool.commands.workspace import workspace

    _told(submit(workspace(where(ctx, folder)), number, iso(when), on, cache_folder()), "提交")


@app.command("accept")
def _accept(
    ctx: typer.Context,
    number: Number,
    *,
    when: When,
    result: Annotated[str, typer.Option("--result", metavar="文字", help="机构怎么说。", show_default=False)] = "",
    on: On,
    folder: Folder = HERE,
) -> None:
    """机构验收了，这一项关闭。"""
    from gbtool.commands.audit.outside import accept
    from gbtool.commands.workspace import workspace

    _told(accept(workspace(where(ctx, folder)), number, iso(when), result, on), "机构验收")


@app.command("return")
def _return(
    ctx: typer.Context,
    number: Number,
    *,
    when: When,
    reason: Annotated[str, typer.Option("--reason", metavar="文字", help="机构要求补什么、改什么。")],
    on: On,
    folder: Folder = HERE,
) -> None:
    """机构退回了：重新整改、验证、提交，上一次交的留在记录里。"""
    from gbtool.commands.audit.outside import returned
    from gbtool.commands.workspace import workspace

    _told(returned(workspace(where(ctx, folder)), number, iso(when), reason, on), "机构退回")
