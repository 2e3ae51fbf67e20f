"""What the papers of a management review say: plan and report."""

from collections.abc import Mapping

from gbtool.commands import numbering
from gbtool.commands.audit import papers as audit_papers
from gbtool.documents.papers import Block, Heading, Items, Paper, Table, Text
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import corrections, reviews
from gbtool.rules.correcting.rounds import round_of

PURPOSE = "由{最高管理者}评价体系是否适宜、充分、有效，决定要改什么、给多少资源"
_CLOSED = corrections.State.CLOSED
DEMANDS = (
    "各部门按分工写输入材料，每项写数字和出处，不写套话。",
    "没有完成的目标写原因和打算；没有发生的业务写明怎么确认的。",
    "参加人不能到会的，会前向主持人请假并委托一名了解情况的人。",
)


def plan(entry: Entry, facts: Facts) -> Paper:
    """The plan of a review, in the sections that the document set names."""
    day, place = entry.text("review_date"), entry.text("place") or "另行通知"
    shared = tuple(
        (_text(row, "department"), "、".join(_texts(row.get("items"))), _text(row, "due") or "会前")
        for row in entry.rows("inputs")
    )
    items = tuple(dict.fromkeys(item for row in entry.rows("inputs") for item in _texts(row.get("items"))))
    blocks = (
        Heading("评审目的"),
        Text(
            f"{audit_papers.sentence(entry.text('purpose') or facts.words.said(PURPOSE))}依据是{facts.standard.cite}。"
        ),
        Heading("时间地点"),
        Table(("日期", "地点"), ((day, place),), (0.3, 0.7)),
        Heading("主持人与参加人"),
        Table(
            ("身份", "姓名"),
            (("主持人", entry.text("chair")), ("参加人", "、".join(_texts(entry.get("participants"))))),
            (0.16, 0.84),
        ),
        Heading("评审内容"),
        Items((*items, "适宜、充分、有效的结论，方针目标是否调整，资源和改进的决定")),
        Heading("输入材料分工与提交期限"),
        Table(("部门", "输入项", "提交期限"), shared, (0.22, 0.58, 0.2)),
        Items(DEMANDS),
        *audit_papers.signed(entry),
    )
    return _paper("plan-review", entry, blocks, facts)


def report(entry: Entry, minutes: Entry, facts: Facts) -> Paper:
    """The report of a review, in the sections that the document set names: what was brought, said and decided."""
    head, foot = minutes.mapping("head"), minutes.mapping("foot")
    about = (
        ("评审日期", entry.text("review_date")),
        ("地点", _text(head, "地点")),
        ("主持人", _text(head, "主持人")),
        ("参加人", "、".join(_texts(foot.get("签到")))),
    )
    blocks = (
        Heading("评审概况"),
        Table(("项目", "内容"), about, (0.16, 0.84)),
        Heading("上次评审措施的落实"),
        *_former(entry, facts),
        Heading("各项输入的评价"),
        *_inputs(facts),
        Text("会上讨论的要点："),
        *_talks(minutes),
        Text(_corrected(entry, facts)),
        Heading("体系适宜性充分性有效性结论"),
        *_conclusions(entry, facts),
        Heading("方针目标是否调整"),
        Text(_policy(minutes, facts)),
        Heading("资源决定"),
        *_resources(entry),
        Heading("改进决议"),
        *_decisions(entry),
        Heading("附件"),
        Items(_attached(minutes, facts)),
        *audit_papers.signed(entry),
    )
    return _paper("report-review", entry, blocks, facts)


def _paper(id_: str, entry: Entry, blocks: tuple[Block, ...], facts: Facts) -> Paper:
    title = numbering.specification(id_, facts).title_in(facts.client.edition)
    return audit_papers.controlled(id_, title, entry, blocks)


def _inputs(facts: Facts) -> tuple[Block, ...]:
    records = reviews.inputs(facts)
    rows = tuple(
        (
            _text(record.mapping("head"), "部门"),
            *(_text(row, name) for name in ("输入项", "内容", "数据与证据", "建议")),
        )
        for record in records
        for row in record.rows()
    )
    if not rows:
        return (Text("台账里没有部门交来的书面输入材料。"),)
    heads = ("部门", "输入项", "内容", "数据与证据", "建议")
    missing = missing_inputs(facts)
    said = (Text(f"没有交书面输入材料的部门：{'、'.join(missing)}。"),) if missing else ()
    return (Table(heads, rows, (0.12, 0.13, 0.35, 0.2, 0.2)), *said)


def missing_inputs(facts: Facts) -> tuple[str, ...]:
    """The departments that brought nothing in writing to the review that is under way."""
    given = {_text(record.mapping("head"), "部门") for record in reviews.inputs(facts)}
    return tuple(name for name in reviews.shares(facts) if name not in given)


def _talks(minutes: Entry) -> tuple[Block, ...]:
    rows = tuple(tuple(_text(row, name) for name in ("议题", "汇报人", "要点", "决议")) for row in minutes.rows())
    return (Table(("议题", "汇报人", "要点", "决议"), rows, (0.2, 0.12, 0.38, 0.3)),)


def _corrected(entry: Entry, facts: Facts) -> str:
    """What became of the audit's nonconformities and of everything else that is open."""
    found = corrections.listed(facts)
    open_ = [each.number for each in found if not each.closed]
    if not found:
        said = f"{facts.say('内审')}没有开出不符合报告。"
    elif not open_:
        said = f"{facts.say('内审')}{len(found)}项不符合，已全部验证并关闭。"
    else:
        closed = len(found) - len(open_)
        said = f"{facts.say('内审')}{len(found)}项不符合，已关闭{closed}项；{'、'.join(open_)}还没有关闭。"
    own = {each.record for each in found}
    known = [r for r in corrections.every(facts) if corrections.found_on(r) <= entry.text("review_date")]
    others = [r for r in known if r.id not in own and corrections.state(r) is not _CLOSED]
    left = "、".join(f"{corrections.number_of(record)}（{round_of(record, facts)}）" for record in others)
    return f"{said}以前和其他来源没有关闭的：{left}。" if left else said


def _conclusions(entry: Entry, facts: Facts) -> tuple[Block, ...]:
    words = {"suitability": "适宜性", "adequacy": "充分性", "effectiveness": "有效性", "conclusion": "总的结论"}
    rows = tuple((word, audit_papers.sentence(entry.text(name))) for name, word in words.items() if entry.text(name))
    return (Table(("方面", f"{facts.say('最高管理者')}的结论"), rows, (0.18, 0.82)),)


def _former(entry: Entry, facts: Facts) -> tuple[Block, ...]:
    """What became of the decisions of earlier reviews, as the tracking tables have it."""
    found = reviews.tracked(facts, entry.text("review_date"))
    if not found:
        return (Text(f"台账里没有以往{facts.say('管理评审')}的措施，本次是第一次登记的评审。"),)
    names = ("决议事项", "责任人", "计划完成日期", "实际完成日期", "验证结果")
    rows = tuple((*(_text(each.row, name) for name in names), each.state) for each in found)
    left = sum(not each.done for each in found)
    said = f"以往评审的措施{len(found)}项，没有完成{left}项。"
    return (Text(said), Table((*names, "状态"), rows, (0.3, 0.1, 0.14, 0.14, 0.18, 0.14)))


def _policy(minutes: Entry, facts: Facts) -> str:
    """What the meeting said about policy and objectives: as the minutes have it, nothing where they are silent."""
    said = [
        f"{_text(row, '议题')}：{_text(row, '决议')}"
        for row in minutes.rows()
        if any(word in f"{_text(row, '议题')}{_text(row, '决议')}" for word in ("方针", "目标")) and _text(row, "决议")
    ]
    if said:
        return audit_papers.sentence("；".join(said))
    return f"会议记录没有调整方针、目标的决定，继续执行现行方针“{facts.client.text('ip_policy')}”和已批准的目标。"


def _resources(entry: Entry) -> tuple[Block, ...]:
    """The decisions that name people, money, equipment or information."""
    rows = tuple(
        (_text(row, "item"), _text(row, "resource"), _text(row, "department"))
        for row in entry.rows("decisions")
        if _text(row, "resource")
    )
    if not rows:
        return (Text("没有增加人员、经费、设施、信息的决定。"),)
    return (Table(("决定", "人员、经费、设施、信息", "责任部门"), rows, (0.46, 0.34, 0.2)),)


def _attached(minutes: Entry, facts: Facts) -> tuple[str, ...]:
    """The papers that the report stands on, by their numbers."""
    titles = {each.id: each.title_in(facts.client.edition) for each in facts.specifications}
    found = [f"{titles.get(minutes.form, minutes.form)} {minutes.id}"]
    ids = [record.id for record in reviews.inputs(facts)]
    found += [f"{titles.get(reviews.INPUT, reviews.INPUT)} {'、'.join(ids)}"] if ids else []
    kinds = (EntryKind.REVIEW_PLAN, EntryKind.AUDIT_REPORT, EntryKind.EFFECTIVENESS)
    found += [f"{titles.get(e.form, e.form)} {e.id}" for kind in kinds if (e := facts.one(kind))]
    return tuple(found)


def _decisions(entry: Entry) -> tuple[Block, ...]:
    names = ("item", "department", "person", "resource", "due")
    rows = tuple(
        (str(number), *(_text(row, name) for name in names)) for number, row in enumerate(entry.rows("decisions"), 1)
    )
    if not rows:
        return (Text("没有作出新的决定。"),)
    heads = ("序号", "事项", "责任部门", "责任人", "资源", "期限")
    return (Table(heads, rows, (0.07, 0.35, 0.15, 0.11, 0.16, 0.16)),)


def _text(mapping: Mapping[str, object], name: str) -> str:
    value = mapping.get(name)
    return "" if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(each) for each in value)
    return (str(value),) if value else ()
