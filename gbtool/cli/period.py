"""gbtool period: what each month of the operating period holds, where it has holes, from which day on one may apply."""

import typer

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On, Under
from gbtool.commands.following import under
from gbtool.commands.period import Period, operating
from gbtool.commands.workspace import workspace
from gbtool.rules.period import Span
from gbtool.structs import as_dict

RESETS = (
    "{0}作废以后重新发布：从新的实施日重新起算",
    "换成另一版标准：从新版{0}的实施日重新起算",
    "同一版标准出新版本（A/1、B/0）：接着算",
)


def command(on: On, *, standard: Under = "", folder: Folder = HERE, as_json: Json = False) -> None:
    """运行期：从哪天起、第几天、逐月有什么、缺什么、最早哪天可以申请。

    还没有发布手册的，退出码 1。
    """
    found = operating(under(workspace(folder), standard), on)
    if as_json:
        show.json(_mapping(found))
    else:
        _show(found)
    if found.effective is None:
        raise typer.Exit(1)


def _mapping(found: Period) -> dict[str, object]:
    return {
        "client": found.client,
        "on": found.today.isoformat(),
        "effective": found.effective.isoformat() if found.effective else None,
        "day": found.day,
        "months_passed": found.months,
        "earliest": found.earliest.isoformat() if found.earliest else None,
        "days_left": found.days_left,
        "months": [_span(span) for span in found.spans],
        "quarters": [_span(span) for span in found.quarters],
        "functions": [{**as_dict(each.duty), "department": each.department} for each in found.duties],
        "began": [{"effective": day, "why": why} for day, why in found.began],
        "resets": [each.format(found.manual) for each in RESETS],
    }


def _span(span: Span) -> dict[str, object]:
    return {
        "name": span.name,
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "whole": span.whole,
        "records": span.records,
        "missing": [{"form": due.form, "title": due.title} for due in span.missing],
    }


def _show(found: Period) -> None:
    if found.effective is None:
        show.text(f"{found.client}　还没有发布{found.manual}，运行期没有开始。")
        show.next_step("gbtool issue", "批准、发布文件")
        return
    left = f"还差 {found.days_left} 天" if found.days_left else "已满三个月"
    show.text(f"{found.client}　{found.effective} 起，第 {found.day} 天，满 {found.months} 个月")
    if found.earliest:
        show.text(f"最早可申请 {found.earliest}（{left}）")
    show.text()
    show.table(("月份", "起止", "记录", "缺"), [_row(span) for span in found.spans])
    lacking = [span for span in found.quarters if span.missing]
    if lacking:
        show.text()
        show.table(("季度", "起止", "记录", "缺"), [_row(span) for span in lacking])
    _show_functions(found)
    form = next((due.form for span in found.spans for due in span.missing), "")
    if form:
        show.next_step(f"gbtool ledger add {form}", "如实登记；确未发生的用 gbtool ledger absent")


def _show_functions(found: Period) -> None:
    """What each department has to keep and what it lacks; forms of single events only where there is a record."""
    rows = [
        (each.department, d.title, each.frequency, d.held, d.absent or "", "、".join(d.missing))
        for each in found.duties
        if (d := each.duty).missing or d.held or d.absent
    ]
    if rows:
        show.text()
        show.table(("部门", "表单", "频次", "记录", "未发生", "缺"), rows)
    for day, why in found.began:
        show.text(f"{day}　{why}")
    show.text("；".join(each.format(found.manual) for each in RESETS) + "。")


def _row(span: Span) -> tuple[object, ...]:
    lacking = "没有任何记录" if span.empty else "、".join(due.title for due in span.missing)
    return (
        span.name,
        f"{span.first:%m-%d}至{span.last:%m-%d}",
        span.records,
        lacking or ("" if span.whole else "不足月"),
    )
