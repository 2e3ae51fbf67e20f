"""gbtool status: one client on one page."""

from datetime import date

from gbtool.cli import show
from gbtool.cli.options import HERE, Folder, Json, On
from gbtool.commands.status import Status, status
from gbtool.commands.workspace import workspace
from gbtool.rules.period import Hole

_SHOWN = 6  # deadlines and holes on the page


def command(on: On, *, folder: Folder = HERE, as_json: Json = False) -> None:
    """一页看一家客户：阶段、运行期、缺口、文件、期限、下一步。"""
    found = status(workspace(folder), on)
    if as_json:
        show.json(_mapping(found))
        return
    show.text(f"{found.client}　{found.stage}　{found.today}")
    papers = found.papers
    gone = f"，{papers.gone} 份文件不见了" if papers.gone else ""
    gone += f"，{papers.doubtful} 份待复核" if papers.doubtful else ""
    show.pairs(
        [
            ("标准", found.cite if found.edition else "还没有选定版本"),
            ("运行期", _period(found)),
            ("缺口", _holes(found.holes) if found.effective else ""),
            ("文件", f"应有 {papers.applicable} 份，已生成 {papers.generated} 份，已发布 {papers.issued} 份{gone}"),
            ("记录", f"{found.records} 条"),
            ("待答", f"{found.open} 题，其中必答 {found.required} 题" if found.open else "没有"),
        ]
    )
    if found.deadlines:
        show.text()
        rows = [(each.day, _left(each.day, found.today), each.what) for each in found.deadlines[:_SHOWN]]
        show.table(("期限", "还有", "事项"), rows)
        more = len(found.deadlines) - _SHOWN
        if more > 0:
            show.text(f"半年内另有 {more} 项，权利的期限见 gbtool ledger due")
    show.text()
    show.next_step(found.next.command, found.next.why)


def _left(day: date, today: date) -> str:
    days = (day - today).days
    return f"{days} 天" if days >= 0 else f"逾期 {-days} 天"


def _period(found: Status) -> str:
    if found.effective is None:
        return f"还没有开始：{found.manual}发布后从实施日起算"
    if found.day == 0:
        return f"{found.effective} 开始"
    first = f"，最早可申请 {found.earliest}" if found.earliest else ""
    return f"第 {found.day} 天（{found.effective} 起，已满 {found.months} 个月）{first}"


def _holes(holes: tuple[Hole, ...]) -> str:
    lines = [each.text for each in holes]
    more = f"；另有 {len(lines) - _SHOWN} 处" if len(lines) > _SHOWN else ""
    return "；".join(lines[:_SHOWN]) + more or "没有"


def _mapping(found: Status) -> dict[str, object]:
    papers = found.papers
    return {
        "client": found.client,
        "edition": found.edition or None,
        "on": found.today,
        "stage": found.stage,
        "period": {
            "effective": found.effective,
            "day": found.day,
            "months": found.months,
            "earliest": found.earliest,
            "holes": [{"span": each.span, "empty": each.empty, "missing": each.missing} for each in found.holes],
        },
        "documents": {
            "applicable": papers.applicable,
            "generated": papers.generated,
            "issued": papers.issued,
            "gone": papers.gone,
            "doubtful": papers.doubtful,
        },
        "records": found.records,
        "questions": {"open": found.open, "required": found.required},
        "deadlines": [{"date": each.day, "what": each.what, "place": each.place} for each in found.deadlines],
        "next": {"command": found.next.command, "why": found.next.why},
    }
