"""Numbers, files and papers of audit and review, where a whole engagement does not reach."""

from datetime import date
from pathlib import Path

import pytest

from engagement import EXAMPLES, answered, without
from gbtool.commands import drafts, keeping, numbering
from gbtool.commands.audit import papers as audit_papers, plan as audit_plan
from gbtool.commands.reviews import inputs, meeting as review, papers as review_papers
from gbtool.commands.workspace import workspace
from gbtool.documents.papers import Heading, Table, Text
from gbtool.errors import FolderNotWritable, Refused, UsageError
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences
from gbtool.rules.consequences import Objection, Objections
from gbtool.rules.engine import Fault
from gbtool.store.database import Action
from gbtool.structs import replace

DAY = date(2026, 9, 1)


def entry(facts: Facts, kind: EntryKind, **changes: object) -> Entry:
    found = facts.of(kind)[0]
    return replace(found, data={**found.data, **changes})


def test_a_form_that_the_client_does_not_have_has_no_number(lanwan: Facts) -> None:
    with pytest.raises(UsageError, match="没有“no-such”"):
        numbering.specification("no-such", lanwan)
    with pytest.raises(UsageError, match="company_code 还没有回答"):
        numbering.number_of("plan-audit", answered(lanwan, company_code=None))


def test_running_numbers_go_on_from_the_highest() -> None:
    assert numbering.running("LW-NC-2026", ["LW-NC-2026-02", "LW-NC-2025-09", "LW-NC-2026-x"]) == "LW-NC-2026-03"
    assert numbering.running("LW-NC-2026", []) == "LW-NC-2026-01"
    assert numbering.running("JL-1", ["JL-1-009"], 3) == "JL-1-010"


def test_the_next_audit_gets_its_own_numbers(lanwan: Facts) -> None:
    assert audit_plan._numbers(date(2027, 8, 23), lanwan) == ("LW-IPM-JH-08-2027-01", "LW-NS-2027-01")
    under_way = without(lanwan, EntryKind.AUDIT_REPORT)
    assert audit_plan._numbers(date(2026, 8, 31), under_way) == ("LW-IPM-JH-08", "LW-NS-2026-01")
    assert audit_plan._numbers(date(2026, 8, 31), without(lanwan, EntryKind.AUDIT_PLAN))[0] == "LW-IPM-JH-08"


def test_files_of_a_name_that_windows_refuses_are_renamed(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲\n", encoding="utf-8")
    papers = keeping.Papers(workspace(tmp_path))
    papers.word(keeping.AUDIT, "检查表 ../研发<部>", b"x")
    papers.text(keeping.AUDIT, "答案 A/B:*", "y")
    keeping.keep(papers.work, None, (), papers)
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert names == ["client.yaml", "文件/内审/检查表 ..／研发＜部＞.docx", "输出/内审/答案 A／B：＊.yaml"]


def test_old_files_are_put_aside_each_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲\n", encoding="utf-8")
    for content in (b"1", b"2", b"3"):
        papers = keeping.Papers(workspace(tmp_path), again=True)
        papers.word(keeping.REVIEW, "报告", content)
        keeping.keep(papers.work, None, (), papers)
    old = tmp_path / "文件" / "管理评审" / "旧稿"
    assert {path.name: path.read_bytes() for path in old.iterdir()} == {"报告 1.docx": b"1", "报告 2.docx": b"2"}


def test_files_and_ledger_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "client.yaml").write_text("company_name: 甲\n", encoding="utf-8")
    (tmp_path / "文件").write_text("", encoding="utf-8")
    papers = keeping.Papers(workspace(tmp_path))
    papers.word(keeping.AUDIT, "报告", b"1")
    kept = Entry(EntryKind.RECORD, "r-1", "2026-09-01", "2026-09-01", "rec-nc-report")
    with pytest.raises(FolderNotWritable):
        keeping.keep(papers.work, Action(DAY, "", "试"), [kept], papers)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["client.yaml", "文件"]


def test_what_a_rule_forbids_is_refused_with_both_places() -> None:
    fault = Objection("DT-22", Fault("早了", ("甲", "乙"), "改日期"))
    bare = Objection("CN-05", Fault("自批"))
    with pytest.raises(Refused) as refused:
        keeping.refuse(Objections((fault, bare), ()), "不能这样")
    assert refused.value.message == "不能这样：\n早了（DT-22）：甲 ↔ 乙\n自批（CN-05）"
    assert refused.value.fix == "改日期"
    assert keeping.refuse(Objections((), (bare,)), "不能这样") == ("自批（CN-05）",)


def test_a_report_without_findings_says_so(lanwan: Facts) -> None:
    bare = without(without(lanwan, form="rec-nc-report"), form="rec-audit-checklist")
    made = audit_papers.report(entry(lanwan, EntryKind.AUDIT_REPORT, effectiveness=""), bare)
    assert Text("本次审核没有开出不符合报告。") in made.blocks
    assert Text("没有观察项，也没有判不适用的行。") in made.blocks
    assert Text("没有不符合项，不需要整改。") in made.blocks
    assert Text("没有登记检查表。") in made.blocks
    unplanned = audit_papers.report(entry(lanwan, EntryKind.AUDIT_REPORT), without(bare, EntryKind.AUDIT_PLAN))
    assert "成员 无" in str(unplanned.blocks)


def test_a_nonconformity_without_its_row_cites_what_its_report_says(lanwan: Facts) -> None:
    bare = without(lanwan, form="rec-audit-checklist")
    made = audit_papers.report(entry(lanwan, EntryKind.AUDIT_REPORT, correction_due=""), bare)
    assert "'8 采购'" in str(made.blocks)
    assert "按各报告写明的期限" in str(made.blocks)


def test_a_plan_of_one_day_names_it_once(lanwan: Facts) -> None:
    plan = entry(lanwan, EntryKind.AUDIT_PLAN, end="2026-08-24", opening={}, closing={}, independence="")
    desk = drafts.desk(workspace(EXAMPLES / "lanwan"), lanwan)
    text = str(audit_papers.plan(plan, desk, {}).blocks)
    assert "2026-08-24至" not in text
    assert "会议时间由审核组长" in text
    assert "介绍审核组" not in text
    assert "内审员不审本部门和本人的工作。" in text


def test_a_review_without_inputs_decisions_or_findings_says_so(lanwan: Facts) -> None:
    minutes = lanwan.records("rec-review-minutes")[0]
    report = entry(lanwan, EntryKind.REVIEW_REPORT, decisions=[], conclusion="继续运行")
    bare = without(without(lanwan, form="rec-review-input"), form="rec-nc-report")
    blocks = review_papers.report(report, minutes, bare).blocks
    assert Text("内审没有开出不符合报告。") in blocks
    assert Text("没有作出新的决定。") in blocks
    assert any(isinstance(block, Text) and "没有部门交来的书面输入材料" in block.text for block in blocks)
    assert any(isinstance(block, Table) and ("总的结论", "继续运行。") in block.rows for block in blocks)


def test_a_nonconformity_that_is_open_stands_in_the_review(lanwan: Facts) -> None:
    record = lanwan.records("rec-nc-report")[0]
    open_ = consequences.after(lanwan, [replace(record, data={**record.data, "closed": ""})])
    minutes = lanwan.records("rec-review-minutes")[0]
    text = str(review_papers.report(lanwan.of(EntryKind.REVIEW_REPORT)[0], minutes, open_).blocks)
    assert "已关闭4项；LW-NC-2026-01还没有关闭" in text
    outside = {"编号": "BF-01", "来源": "外审", "开出机构": "示例认证", "审核类别": "一阶段", "开出日期": "2026-08-30"}
    found = Entry(EntryKind.RECORD, "O-1", "2026-08-30", "", "rec-corrective", {"head": outside})
    text = str(
        review_papers.report(lanwan.of(EntryKind.REVIEW_REPORT)[0], minutes, consequences.after(lanwan, [found])).blocks
    )
    assert "以前和其他来源没有关闭的：BF-01（外审 示例认证 一阶段 2026-08-30）" in text


def test_the_plan_of_a_review_says_who_brings_what(lanwan: Facts) -> None:
    made = review_papers.plan(entry(lanwan, EntryKind.REVIEW_PLAN, place=""), lanwan)
    assert "另行通知" in str(made.blocks)
    shared = next(block for block in made.blocks if isinstance(block, Table) and "输入项" in block.heads)
    assert ("生产部", "改进建议", "2026-09-09") in shared.rows


def test_another_review_gets_its_own_number(lanwan: Facts) -> None:
    minutes = replace(lanwan.records("rec-review-minutes")[0], date="2027-09-10")
    signed = review.Signed("梁若溪", "周屿川", "2027-09-15", "适宜", "充分", "有效")
    assert review._entry(signed, minutes, lanwan, date(2027, 9, 20)).id == "LW-IPM-BG-03-2027-09-10"


def test_another_plan_of_a_review_gets_its_own_number(lanwan: Facts) -> None:
    assert inputs._plan_number("2027-09-10", lanwan) == "LW-IPM-JH-09-2027-09-10"
    assert inputs._plan_number("2026-09-11", lanwan) == "LW-IPM-JH-09"
    waiting = without(lanwan, EntryKind.REVIEW_REPORT)
    assert inputs._plan_number("2026-09-14", waiting) == "LW-IPM-JH-09"
    assert inputs._plan_number("2026-09-14", without(lanwan, EntryKind.REVIEW_PLAN)) == "LW-IPM-JH-09"
    assert inputs._inputs_due("2026-09-11", lanwan) == "2026-09-09"
    assert inputs._inputs_due("2031-09-11", lanwan) == ""


def test_the_papers_of_audit_and_review_have_every_section(lanwan: Facts) -> None:
    desk = drafts.desk(workspace(EXAMPLES / "lanwan"), lanwan)
    minutes = lanwan.records("rec-review-minutes")[0]
    made = (
        audit_papers.plan(lanwan.of(EntryKind.AUDIT_PLAN)[0], desk, {}),
        audit_papers.report(lanwan.of(EntryKind.AUDIT_REPORT)[0], lanwan),
        review_papers.plan(lanwan.of(EntryKind.REVIEW_PLAN)[0], lanwan),
        review_papers.report(lanwan.of(EntryKind.REVIEW_REPORT)[0], minutes, lanwan),
    )
    for paper in made:
        specification = next(each for each in lanwan.specifications if each.id == paper.id)
        headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
        wanted = [section.split("（")[0] for section in specification.sections]
        assert [heading for heading in headings if heading in wanted] == wanted
        assert set(headings) - set(wanted) <= {"审批", "条款和职能"}


def test_a_review_tells_what_became_of_the_last_one(lanwan: Facts) -> None:
    minutes = lanwan.records("rec-review-minutes")[0]
    again = entry(lanwan, EntryKind.REVIEW_REPORT, review_date="2027-09-10", decisions=[{"item": "照旧"}])
    silent = replace(minutes, data={**minutes.data, "rows": []})
    text = str(review_papers.report(again, silent, lanwan).blocks)
    assert "样册、标牌纳入受控清单" in text
    assert "以往评审的措施4项，没有完成1项" in text
    assert "会议记录没有调整方针、目标的决定，继续执行现行方针“源于实研" in text
    assert "没有增加人员、经费、设施、信息的决定。" in text
    first = str(review_papers.report(lanwan.of(EntryKind.REVIEW_REPORT)[0], minutes, lanwan).blocks)
    assert "本次是第一次登记的评审" in first
    assert "方针目标适宜，年度不调整" in first
