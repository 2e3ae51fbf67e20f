"""The report that goes along with a handover, as a Word paper: what a successor must know, section by section."""

from collections.abc import Iterator

from gbtool.commands.ledger.service import span
from gbtool.commands.packs.state import State
from gbtool.documents.papers import Block, Heading, Paper, Signatures, Table, Text
from gbtool.model.facts import Facts

_STATUS = {"failed": "不通过", "not_assessed": "没有可查"}


def paper_of(found: State, facts: Facts) -> Paper:
    """The report; a section about which nothing is known says so."""
    blocks = (
        Heading("现在到哪一步"),
        Table(("项目", "内容"), tuple(_about(found, facts)), (0.2, 0.8)),
        *_reasons(found),
        *_section("没有回答的问题", ("问题", "代号", "必答"), _open(found), (0.62, 0.26, 0.12)),
        *_section("等对方提供的资料", ("资料", "部门", "要求日期"), _asked(found), (0.6, 0.2, 0.2)),
        *_section("承诺", ("阶段", "起止", "承诺", "已做", "情况"), _promises(found), (0.16, 0.3, 0.18, 0.18, 0.18)),
        *_section(
            f"决定：{facts.say('管理评审')}",
            ("决定", "责任", "期限", "进展"),
            _decisions(found),
            (0.36, 0.2, 0.15, 0.29),
        ),
        *_section(
            "决定：文件更改", ("文件", "版本", "更改", "批准", "生效"), _changes(found), (0.24, 0.14, 0.32, 0.15, 0.15)
        ),
        *_section("决定：豁免", ("规则", "哪里", "谁、理由、到哪天"), _waivers(found), (0.16, 0.28, 0.56)),
        *_section("辅导中留下的问题", ("日期", "问题", "下一步与责任人"), _visits(found), (0.16, 0.42, 0.42)),
        *_section("手改过的文件", ("编号", "名称", "版本", "情况"), _edited(found), (0.24, 0.42, 0.12, 0.22)),
        *_section(
            "没有关闭的不符合", ("编号", "部门", "事实", "进展"), _nonconformities(found), (0.2, 0.16, 0.46, 0.18)
        ),
        *_section("半年内到期的事", ("还有", "截止", "要做什么", "依据"), _due(found, facts), (0.12, 0.16, 0.46, 0.26)),
        Heading("交接"),
        Text("包里每个文件的名称、大小、SHA-256 在清单 gbtool-archive.json 里；接收后用 gbtool unpack 逐份核对。"),
        Signatures(("移交人", "接收人")),
    )
    return Paper(
        "handover", f"{facts.client.name or found.standing.path} 项目移交报告", "", blocks, date=str(facts.today)
    )


Rows = Iterator[tuple[str, ...]]


def _section(title: str, heads: tuple[str, ...], rows: Rows, shares: tuple[float, ...]) -> tuple[Block, ...]:
    found = tuple(rows)
    return (Heading(title), Table(heads, found, shares) if found else Text("没有。"))


def _about(found: State, facts: Facts) -> Rows:
    standing, client = found.standing, facts.client
    left = standing.days(facts.today)
    more = f"，还差 {left} 天" if left and left > 0 else ""
    lines = (
        (facts.say("企业"), client.name),
        ("截至", str(facts.today)),
        ("标准", "；".join(each.cite for each in facts.standards) if client.edition else "还没有选定版本"),
        ("辅导人员", "、".join(standing.team)),
        ("阶段", standing.stage),
        ("运行期", f"{standing.effective} 起，第 {standing.day} 天" if standing.effective else "没有起算"),
        ("最早可申请", f"{standing.earliest}{more}" if standing.earliest else ""),
        ("缺口", "；".join(standing.holes)),
        ("结论", f"{standing.verdict.word}（申请认证）"),
        (
            "审核覆盖",
            f"{standing.coverage[0]}/{standing.coverage[1]} 条"
            if standing.coverage[0]
            else f"还没有{facts.say('内审')}",
        ),
        ("文件", f"{len(facts.documents)} 份，已发布 {sum(d.in_force for d in facts.documents)} 份"),
        ("不见了的文件", "、".join(d.number for d in found.gone)),
    )
    return (line for line in lines if line[1])


def _reasons(found: State) -> tuple[Block, ...]:
    rows = tuple(
        (_STATUS[each.status], each.title, each.message + (f"（共 {each.count} 处）" if each.count > 1 else ""))
        for each in found.standing.reasons
    )
    return _section("离申请还差什么", ("结果", "要求", "原因"), iter(rows), (0.14, 0.34, 0.52))


def _open(found: State) -> Rows:
    return ((each.question, each.key, "必答" if each.required else "") for each in found.open)


def _asked(found: State) -> Rows:
    return ((each.name, each.department, str(each.by)) for each in found.asked)


def _promises(found: State) -> Rows:
    for each in found.promises:
        promised = "、".join(
            part
            for part in (
                "" if each.planned is None else f"{each.planned} 次",
                "" if each.hours is None else f"{each.hours:g} 小时",
                each.deliverables,
            )
            if part
        )
        yield each.stage, span(each), promised, f"{len(each.done)} 次，{each.spent:g} 小时", each.state


def _decisions(found: State) -> Rows:
    for row in found.decisions:
        who = " ".join(str(row[name]) for name in ("责任部门", "责任人") if row.get(name))
        done = " ".join(str(row[name]) for name in ("实际完成日期", "验证结果") if row.get(name))
        yield str(row.get("决议事项") or ""), who, str(row.get("计划完成日期") or ""), done or "没有登记完成"


def _changes(found: State) -> Rows:
    for each in found.changes:
        granted = f"{each.approved_by} {each.approved}" if each.granted else "没有批准"
        yield each.number, f"{each.old}→{each.new}", each.what or each.where, granted, each.effective


def _waivers(found: State) -> Rows:
    return ((each.rule, " ".join(filter(None, (each.where, each.about))), each.words) for each in found.waivers)


def _visits(found: State) -> Rows:
    return ((str(visit.day), *pair) for visit in found.visits for pair in visit.problems)


def _edited(found: State) -> Rows:
    for each in found.edited:
        yield each.number, each.title, each.version, "发布以后被手改过" if each.in_force else "手改过，没有发布"


def _nonconformities(found: State) -> Rows:
    return ((each.number, each.department, each.statement, each.state.value) for each in found.nonconformities)


def _due(found: State, facts: Facts) -> Rows:
    for each in found.due:
        days = each.days(facts.today)
        left = f"逾期{-days}天" if days < 0 else f"{days}天"
        what = f"{each.what} {each.right} {each.name}".strip()
        yield left, str(each.last if days < 0 else each.day), what, each.law
