"""What the papers of a management review say: plan and report."""

from collections.abc import Mapping

from gbtool.commands import numbering
from gbtool.commands.audit import papers as audit_papers
from gbtool.documents.papers import Block, Heading, Items, Paper, Table, Text
from gbtool.model.entry import Entry
from gbtool.model.facts import Facts
from gbtool.rules import corrections, reviews

PURPOSE = "由最高管理者评价体系是否适宜、充分、有效，决定要改什么、给多少资源"
DEMANDS = (
    "各部门按分工写输入材料，每项写数字和出处，不写套话。",
    "没有完成的目标写原因和打算；没有发生的业务写明怎么确认的。",
    "参加人不能到会的，会前向主持人请假并委托一名了解情况的人。",
)


def plan(entry: Entry, facts: Facts) -> Paper:
    """The plan of a review."""
    about = (
        ("评审目的", entry.text("purpose") or PURPOSE),
        ("评审日期", entry.text("review_date")),
        ("地点", entry.text("place") or "另行通知"),
        ("主持人", entry.text("chair")),
        ("参加人", "、".join(_texts(entry.get("participants")))),
        ("依据", facts.standard.cite),
    )
    shared = tuple(
        (_text(row, "department"), "、".join(_texts(row.get("items"))), _text(row, "due") or "会前")
        for row in entry.rows("inputs")
    )
    blocks = (
        Table(("项目", "内容"), about, (0.16, 0.84)),
        Heading("输入材料的分工"),
        Table(("部门", "输入项", "提交期限"), shared, (0.22, 0.58, 0.2)),
        Heading("要求"),
        Items(DEMANDS),
        *audit_papers.signed(entry),
    )
    return _paper("plan-review", entry, blocks, facts)


def report(entry: Entry, minutes: Entry, facts: Facts) -> Paper:
    """The report of a review: what was brought, what was said, what was decided."""
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
        Heading("评审输入"),
        *_inputs(facts),
        Heading("讨论"),
        *_talks(minutes),
        Heading("内审不符合的整改"),
        Text(_corrected(facts)),
        *_conclusions(entry),
        Heading("决定"),
        *_decisions(entry),
        *audit_papers.signed(entry),
    )
    return _paper("report-review", entry, blocks, facts)


def _paper(id_: str, entry: Entry, blocks: tuple[Block, ...], facts: Facts) -> Paper:
    title = numbering.specification(id_, facts).title_in(facts.client.edition)
    return Paper(id_, title, entry.text("number"), blocks, entry.text("version"), entry.date)


def _inputs(facts: Facts) -> tuple[Block, ...]:
    records = facts.records(reviews.INPUT)
    rows = tuple(
        (
            _text(record.mapping("head"), "部门"),
            *(_text(row, name) for name in ("输入项", "内容", "数据与证据", "建议")),
        )
        for record in records
        for row in record.rows()
    )
    if not rows:
        return (Text("部门没有交书面输入材料，由汇报人口头说明，要点见讨论。"),)
    heads = ("部门", "输入项", "内容", "数据与证据", "建议")
    return (Table(heads, rows, (0.12, 0.13, 0.35, 0.2, 0.2)),)


def _talks(minutes: Entry) -> tuple[Block, ...]:
    rows = tuple(tuple(_text(row, name) for name in ("议题", "汇报人", "要点", "决议")) for row in minutes.rows())
    return (Table(("议题", "汇报人", "要点", "决议"), rows, (0.2, 0.12, 0.38, 0.3)),)


def _corrected(facts: Facts) -> str:
    found = corrections.listed(facts)
    if not found:
        return "内审没有开出不符合报告。"
    open_ = [each.number for each in found if not each.closed]
    if not open_:
        return f"内审{len(found)}项不符合，已全部验证并关闭。"
    return f"内审{len(found)}项不符合，已关闭{len(found) - len(open_)}项；{'、'.join(open_)}还没有关闭。"


def _conclusions(entry: Entry) -> tuple[Block, ...]:
    words = {"suitability": "适宜性", "adequacy": "充分性", "effectiveness": "有效性", "conclusion": "总的结论"}
    rows = tuple((word, audit_papers.sentence(entry.text(name))) for name, word in words.items() if entry.text(name))
    return (Heading("结论"), Table(("方面", "最高管理者的结论"), rows, (0.18, 0.82)))


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
