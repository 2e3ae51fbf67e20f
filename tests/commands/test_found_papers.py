"""What an audit report prints of what was found: what comes again with the earlier action, what is left open."""

from gbtool.commands.audit import found as found_papers
from gbtool.documents.papers import Block, Table, Text
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import tallies
from gbtool.structs import replace

BASIS = "GB/T 29490—2023 8（operation.business.purchase）；LW-IPM-CX-18 第5.2款"


def second(facts: Facts) -> Facts:
    """An audit in November that finds again what the one in August found; a body's finding is open."""
    plan = next(iter(facts.of(EntryKind.AUDIT_PLAN)))
    again = replace(plan, id="P-2", data={**plan.data, "audit": "LW-NS-2026-02", "start": "2026-11-09"})
    head = {"编号": "LW-NC-2026-06", "受审核部门": "采购部", "发现日期": "2026-11-10"}
    row = {"不符合事实描述": "抽2份", "不符合的条款与文件": BASIS, "性质": "一般"}
    report = Entry(EntryKind.RECORD, "N-6", "2026-11-10", "", "rec-nc-report", {"head": head, "rows": [row]})
    outside = {"编号": "BF-01", "来源": "外审", "责任部门": "生产部", "开出日期": "2026-10-20", "开出机构": "示例认证"}
    found = Entry(EntryKind.RECORD, "O-1", "2026-10-20", "", "rec-corrective", {"head": outside})
    return replace(facts, entries=(*facts.entries, again, report, found))


def said(blocks: tuple[Block, ...]) -> str:
    words = [
        block.text if isinstance(block, Text) else str(block.rows)
        for block in blocks
        if isinstance(block, (Text, Table))
    ]
    return "\n".join(words)


def test_what_comes_again_is_marked_with_the_earlier_action(lanwan: Facts) -> None:
    facts = second(lanwan)
    printed = said(found_papers.nonconformities(tallies.tally(facts), facts))
    assert "'8 采购', '抽2份', '一般', '是'" in printed
    assert "LW-NC-2026-01（内审 LW-NS-2026-01，同一部门、同一条款）" in printed
    assert "规定登记以授权书为准" in printed
    bought = next(row for row in tallies.distribution(facts) if row["部门"] == "采购部")
    assert (bought["合计"], bought["再次发生"]) == ("1", "LW-NC-2026-06")


def test_the_first_audit_has_nothing_to_compare_with(lanwan: Facts) -> None:
    assert "以前没有可比的审核" in said(found_papers.nonconformities(tallies.tally(lanwan), lanwan))
    nothing = replace(second(lanwan), entries=tuple(e for e in second(lanwan).entries if e.id != "N-6"))
    assert "没有开出不符合报告" in said(found_papers.nonconformities(tallies.tally(nothing), nothing))
    own = replace(
        second(lanwan), entries=tuple(e for e in second(lanwan).entries if e.form != "rec-nc-report" or e.id == "N-6")
    )
    assert "没有再次发生的" in said(found_papers.nonconformities(tallies.tally(own), own))


def test_what_earlier_rounds_left_open_is_not_hidden(lanwan: Facts) -> None:
    facts = second(lanwan)
    first = next(iter(facts.of(EntryKind.AUDIT_REPORT)))
    assert "BF-01" not in said(found_papers.follow_up(first, tallies.tally(facts), facts))
    report = replace(first, data={**first.data, "issued": "2026-11-12"})
    printed = said(found_papers.follow_up(report, tallies.tally(facts), facts))
    assert "以前开出、还没有关闭的" in printed
    assert "'BF-01', '外审 示例认证  2026-10-20', '生产部', '待分析原因', '没有定'" in printed
    assert "以前开出" not in said(found_papers.follow_up(report, tallies.tally(lanwan), lanwan))
