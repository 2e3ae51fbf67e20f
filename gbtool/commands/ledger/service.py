"""`gbtool ledger service`: the monthly sheet of the consultancy's service, as a value and as a Word file."""

import re
from datetime import date
from pathlib import Path

from gbtool.commands import drafts, keeping
from gbtool.commands.gather import gather, looking
from gbtool.commands.workspace import Workspace
from gbtool.documents.papers import Block, Heading, Paper, Signatures, Table, Text, paper
from gbtool.documents.plan import SERVICE
from gbtool.errors import UsageError
from gbtool.model.facts import Facts
from gbtool.rules import service
from gbtool.rules.service import Month, Promise, Visit

FORM = service.FREQUENCY
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def month(work: Workspace, name: str, today: date) -> Month:
    """The service of a month, this one's where none is named.

    Raises:
        UsageError: it is no month, or has not begun.
    """
    with looking(work, today) as facts:
        return service.month(facts, named(name, today))


def named(name: str, today: date) -> str:
    """The month that is meant: `2026-10`."""
    chosen = name or today.isoformat()[:7]
    if not _MONTH.fullmatch(chosen):
        raise UsageError(f"--month “{name}”不是月份", "写成 2026-10")
    if chosen > today.isoformat()[:7]:
        raise UsageError(f"{chosen} 还没有到", "换一个月，或用 --on 指明今天")
    return chosen


def save(
    work: Workspace, name: str, today: date, cache: Path | None = None, *, again: bool = False
) -> tuple[Month, tuple[keeping.Written, ...]]:
    """The sheet of a month as a Word file in the folder of service papers.

    Raises:
        UsageError: it is no month, or has not begun.
        FolderNotWritable: folder or disk refuses; nothing was changed.
    """
    facts = gather(work, today)
    found = service.month(facts, named(name, today))
    made = _paper(found, facts)
    papers = keeping.Papers(work, again)
    papers.word(SERVICE, made.title, paper(made, drafts.desk(work, facts, cache)))
    keeping.keep(work, None, (), papers)
    return found, tuple(papers.written)


def _paper(found: Month, facts: Facts) -> Paper:
    specification = next((s for s in facts.specifications if s.id == FORM), None)
    number = specification.number.replace("{company_code}", facts.client.code) if specification else ""
    year, month_ = found.name.split("-")
    blocks = (
        Table(("项目", "内容"), _about(found, facts), (0.16, 0.84)),
        Heading("本月辅导"),
        *_visits(found.visits),
        *_steps(found.visits),
        *_others(found),
        *_delivered(found),
        *_asked(found),
        *_promises(found.promises),
        Signatures(("辅导机构", facts.say("企业"))),
    )
    title = f"辅导服务月报 {year}年{int(month_)}月"
    return Paper("svc-monthly", title, f"{number}-{year}{month_}", blocks, date=str(found.until), wide=True)


def _about(found: Month, facts: Facts) -> tuple[tuple[str, str], ...]:
    signed, ends = facts.client.text("contract_sign_date"), facts.client.text("contract_end_date")
    team = "、".join(f"{row.get('姓名')}（{row.get('角色')}）" for row in facts.client.rows("consultant_team"))
    lines = (
        (facts.say("企业"), facts.client.name),
        ("统计到", str(found.until)),
        ("合同期", f"{signed}至{ends}" if signed or ends else ""),
        ("辅导人员", team),
        ("本月", f"{len(found.visits)} 次，{found.hours:g} 小时"),
        ("累计", f"{found.visits_so_far} 次，{found.hours_so_far:g} 小时"),
    )
    return tuple(line for line in lines if line[1])


def _visits(visits: tuple[Visit, ...]) -> tuple[Block, ...]:
    if not visits:
        return (Text("本月没有辅导记录。"),)
    rows = tuple(
        (
            str(visit.day),
            visit.way,
            visit.time,
            "" if visit.hours is None else f"{visit.hours:g}",
            visit.consultants,
            visit.people,
            "；".join(visit.work),
            "；".join(visit.made) or "无",
            visit.rating,
        )
        for visit in visits
    )
    heads = ("日期", "方式", "起止时间", "小时", "辅导人员", "企业参加人", "内容", "完成的文件或记录", "评价")
    return (Table(heads, rows, (0.1, 0.06, 0.11, 0.05, 0.11, 0.17, 0.19, 0.15, 0.06)),)


def _steps(visits: tuple[Visit, ...]) -> tuple[Block, ...]:
    rows = tuple((str(visit.day), *pair) for visit in visits for pair in visit.problems)
    if not rows:
        return ()
    return (Heading("问题和下一步"), Table(("日期", "问题", "下一步与责任人"), rows, (0.12, 0.44, 0.44)))


def _others(found: Month) -> tuple[Block, ...]:
    rows = tuple((str(day), title, id_) for day, title, id_ in found.others)
    if not rows:
        return ()
    return (Heading("其他服务记录"), Table(("日期", "名称", "编号"), rows, (0.14, 0.56, 0.3)))


def _delivered(found: Month) -> tuple[Block, ...]:
    rows = tuple((str(each.day), each.name, each.number, each.version, each.copies) for each in found.delivered)
    if not rows:
        return ()
    heads = ("日期", "文件名称", "编号", "版本", "份数")
    return (Heading("交付的文件"), Table(heads, rows, (0.14, 0.44, 0.24, 0.09, 0.09)))


def _asked(found: Month) -> tuple[Block, ...]:
    rows = tuple((str(each.by), each.name, each.department) for each in found.asked)
    if not rows:
        return ()
    return (Heading("等企业提供的资料"), Table(("要求日期", "资料", "提供部门"), rows, (0.16, 0.6, 0.24)))


def _promises(promises: tuple[Promise, ...]) -> tuple[Block, ...]:
    if not promises:
        return (Heading("承诺的兑现"), Text("台账里没有登记合同承诺的次数，没有可比的。"))
    rows = tuple(
        (
            each.stage,
            span(each),
            "" if each.planned is None else str(each.planned),
            str(len(each.done)),
            "、".join(f"{day.month}月{day.day}日" for day in each.done),
            each.deliverables,
            each.state,
        )
        for each in promises
    )
    heads = ("阶段", "起止", "承诺次数", "实际次数", "日期", "交付物", "情况")
    return (Heading("承诺的兑现"), Table(heads, rows, (0.12, 0.2, 0.07, 0.07, 0.24, 0.16, 0.14)))


def span(promise: Promise) -> str:
    """From when until when a promise runs."""
    return f"{promise.first or ''}至{promise.last or ''}" if promise.first or promise.last else ""
