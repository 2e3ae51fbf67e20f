"""gbtool ledger certificate: the days of the application and the certificate, and what is due for it."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

import typer

from gbtool.cli import show
from gbtool.cli.ledger_due import left
from gbtool.cli.options import HERE, Folder, Json, On, day, where
from gbtool.commands.ledger.certificate import Standing


def _option(name: str, what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar="日期", parser=day, help=what, show_default=False)
    return option


Submitted = Annotated[dt.date | None, _option("--submitted", "递交申请。")]
Stage1 = Annotated[dt.date | None, _option("--stage1", "一阶段结束。")]
Closed = Annotated[dt.date | None, _option("--stage1-closed", "一阶段问题解决。")]
Stage2 = Annotated[dt.date | None, _option("--stage2", "二阶段开始。")]
Decision = Annotated[dt.date | None, _option("--decision", "认证决定，监督从这天起算。")]
Issued = Annotated[dt.date | None, _option("--issued", "发证，和认证决定不是同一天的也登记。")]
Start = Annotated[dt.date | None, _option("--start", "证书所写的起日。")]
End = Annotated[dt.date | None, _option("--end", "证书所写的止日。")]
Again = Annotated[dt.date | None, _option("--recert-end", "再认证现场审核结束。")]
Suspended = Annotated[dt.date | None, _option("--suspended", "暂停。")]
Resumed = Annotated[dt.date | None, _option("--resumed", "恢复。")]
Withdrawn = Annotated[dt.date | None, _option("--withdrawn", "撤销。")]


def certificate(
    ctx: typer.Context,
    *,
    submitted: Submitted = None,
    stage1: Stage1 = None,
    stage1_closed: Closed = None,
    stage2: Stage2 = None,
    decision: Decision = None,
    issued: Issued = None,
    start: Start = None,
    end: End = None,
    recert_end: Again = None,
    suspended: Suspended = None,
    resumed: Resumed = None,
    withdrawn: Withdrawn = None,
    surveillance: Annotated[
        list[str] | None, typer.Option("--surveillance", metavar="日期", help="一次监督审核，可重复。")
    ] = None,
    number: Annotated[str, typer.Option("--number", metavar="证书号", help="证书号。", show_default=False)] = "",
    edition: Annotated[str, typer.Option("--edition", metavar="2013|2023", help="证书所写的版本。")] = "",
    body: Annotated[str, typer.Option("--body", metavar="机构", help="认证机构的全称。", show_default=False)] = "",
    id_: Annotated[str, typer.Option("--id", metavar="编号", help="另一张证书的编号。", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记。", show_default=False)] = "",
    on: On,
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """申请和证书：逐项登记日期；监督、再认证、暂停期满随之出现在 ledger due、status 和日历里。

    不带日期是看现在登记了什么、接着什么到期；没有证书的退出码 1。
    """
    from gbtool.commands.ledger import certificate as certificates
    from gbtool.commands.workspace import workspace

    days = {
        "submitted": submitted,
        "stage1": stage1,
        "stage1-closed": stage1_closed,
        "stage2": stage2,
        "decision": decision,
        "issued": issued,
        "start": start,
        "end": end,
        "recert-end": recert_end,
        "suspended": suspended,
        "resumed": resumed,
        "withdrawn": withdrawn,
    }
    texts = {"number": number, "edition": edition, "body": body}
    given = {name: str(value) for name, value in {**days, **texts}.items() if value}
    work = workspace(where(ctx, folder))
    if given or surveillance:
        found = certificates.enter(work, given, surveillance or (), (by, id_), on)
    else:
        found = certificates.standing(work, on)
    if as_json:
        show.json(_mapping(found, on))
    else:
        _show(found, on)
    if not found.lines:
        raise typer.Exit(1)


def _show(found: Standing, on: dt.date) -> None:
    if not found.lines:
        show.text("台账里没有申请和证书。")
        show.next_step("gbtool ledger certificate --submitted 日期 --body 机构", "递交申请以后登记")
        return
    show.pairs([*found.lines, ("状态", found.status or "还没有证书")])
    if found.due:
        show.text()
        show.table(
            ("还有", "截止", "要做什么", "依据"), [(left(i, on), i.act_by, i.what, i.source(on)) for i in found.due]
        )
    for note in dict.fromkeys((*found.remarks, *(note for item in found.due for note in item.notes))):
        show.text(f"注意：{note}")


def _mapping(found: Standing, on: dt.date) -> Mapping[str, object]:
    due = [{"what": i.what, "due": i.act_by, "days": i.days(on), "notes": list(i.notes)} for i in found.due]
    return {"id": found.id, "status": found.status, "lines": dict(found.lines), "due": due, "remarks": found.remarks}
