"""Reports say what the ledger holds, wait where it holds too little, and add nothing."""

import io
import zipfile

import pytest

from drafted import CACHE, example, example_desk, kept_facts, texts
from engagement import EXAMPLES, READY_DAY, answered, put, with_entry, without
from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.documents import drafting, plan
from gbtool.documents.jinja import total
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.shelf import standards
from gbtool.structs import replace

NEEDS = {
    "report-effectiveness": ("effectiveness", "rec-performance"),
    "report-annual": ("rec-target-assessment",),
    "report-warning": ("rec-search-report", "rec-risk-assessment"),
    "svc-closeout": ("svc-visit", "svc-delivery", "svc-satisfaction"),
}
KINDS = {kind.value: kind for kind in EntryKind}
LATER = (
    "rec-budget",
    "reg-risks",
    "rec-training-signin",
    "rec-implementation",
    "rec-nc-report",
    "rec-improve-suggestion",
)


def said(id_: str, facts: Facts) -> str:
    """The text of a report of the manufacturer's."""
    documents = plan.plan(facts, drafts.parts(example(), facts.client.edition)).documents
    planned = next(each for each in documents if each.specification.id == id_)
    with zipfile.ZipFile(io.BytesIO(drafting.draft(planned, example_desk(facts)))) as archive:
        return "\n".join(texts(archive.read("word/document.xml").decode()))


@pytest.mark.parametrize(("id_", "need"), [(id_, need) for id_, needs in NEEDS.items() for need in needs])
def test_a_report_waits_for_what_it_reports_on_and_names_the_command(id_: str, need: str) -> None:
    facts = without(kept_facts(), KINDS[need]) if need in KINDS else without(kept_facts(), form=need)
    with pytest.raises(drafting.StillOpen) as caught:
        said(id_, facts)
    assert [value.key for value in caught.value.values] == [need]
    assert caught.value.values[0].fix.startswith("gbtool ledger ")


def test_a_client_without_research_is_warned_without_search_reports() -> None:
    facts = without(without(kept_facts(), form="rec-search-report"), form="rec-track-search")
    report = said("report-warning", answered(facts, has_rd=False, has_outsourced_rd=False))
    assert "没有检索报告" in report
    assert "检索日；数据截止日" not in report
    assert "各节点跟踪检索" not in report


def test_the_effectiveness_report_has_both_figures_and_what_changed() -> None:
    report = said("report-effectiveness", kept_facts())
    record = next(entry for entry in kept_facts().entries if entry.form == "rec-performance")
    shown = {line for line in report.splitlines() if line}
    for row in record.rows():
        assert {str(row[name]) for name in ("指标名称", "基准期数值", "本期数值")} <= shown


def test_the_annual_report_adds_up_the_ledger_of_its_year() -> None:
    report = said("report-annual", kept_facts())
    assert "合计7场、219人次" in report
    assert "300000\n73680\n226320" in report
    more = with_entry(
        kept_facts(), "LW-IPM-TZ-06-001", lambda data: put(data, "rows", 0, "金额", value="1000000"), date="2026-05-26"
    )
    assert "226320" not in said("report-annual", more)


@pytest.mark.parametrize("form", LATER)
def test_the_annual_report_says_where_the_ledger_holds_nothing(form: str) -> None:
    report = said("report-annual", without(kept_facts(), form=form))
    assert any(words in report for words in ("台账里没有", "台账没有", "没有登记", "员工建议0条"))


def test_the_warning_report_lists_the_risks_as_they_were_assessed() -> None:
    report = said("report-warning", kept_facts())
    (record,) = kept_facts().records("rec-risk-assessment")
    assert all(str(row["风险描述"]) in report for row in record.rows())
    assert "不称他人侵权" in report


@pytest.mark.parametrize("edition", ["2013", "2023"])
@pytest.mark.parametrize("id_", NEEDS)
def test_a_report_reads_in_both_editions(id_: str, edition: str) -> None:
    facts = kept_facts()
    changed = replace(
        answered(facts, standard_edition=edition), standard=standards.standard(edition, example().shelves)
    )
    assert ("企业知识产权管理规范" in said(id_, changed)) == (
        edition == "2013" and id_ in ("report-effectiveness", "svc-closeout")
    )


def test_the_closing_report_sets_what_was_done_beside_what_was_promised() -> None:
    report = said("svc-closeout", kept_facts())
    assert "运行辅导\n2026-05-18至2026-08-21\n5\n5\n18\n19\n" in report
    assert "共12次、46小时：现场9次，远程3次。每次都有企业签字。" in report
    assert "进度8（程序初稿晚了三天）" in report
    assert "编制部门\n辅导机构\n" in report
    assert "知识产权合规管理手册\nA/0\n2\nLW-FW-08-001" in report
    assert "决议4项，没有完成1项" in report
    assert "合同里还有的服务：获证后\n辅导机构\n2026-12-01至2027-03-08" in report


def test_the_closing_report_lists_what_is_not_done() -> None:
    facts = without(kept_facts(), EntryKind.AUDIT_REPORT, EntryKind.REVIEW_REPORT, form="rec-performance")
    fewer = tuple(entry for entry in facts.entries if entry.id != "LW-FW-05-005")
    visit = replace(facts, entries=fewer)
    unsigned = with_entry(visit, "LW-FW-05-006", lambda data: put(data, "foot", value={"时长": ""}))
    report = said("svc-closeout", unsigned)
    assert "内部审核没有做，做完才能申请认证" in report
    assert "管理评审没有做，内审报告以后做" in report
    assert "运行辅导承诺5次，少1次：补做或者双方书面说明" in report
    assert "没有写时长的：LW-FW-05-006，不计入小时。企业没有签字的：LW-FW-05-006" in report
    assert "没有可比的数" in report


@pytest.mark.parametrize(("promised", "words"), [(True, "质量评分"), (False, "台账没有登记合同承诺的次数，只列实际。")])
def test_without_promises_the_list_that_the_consultant_keeps_is_shown(words: str, *, promised: bool) -> None:
    facts = without(kept_facts(), EntryKind.PROMISE)
    row = {"阶段": "诊断", "计划次数": "2", "实际次数": "2"}
    kept = Entry(EntryKind.RECORD, "LW-FW-06-001", "2026-09-20", form="svc-frequency", data={"head": {}, "rows": [row]})
    assert words in said("svc-closeout", replace(facts, entries=(*facts.entries, kept)) if promised else facts)


def test_a_paper_of_the_consultancy_says_whose_it_is_and_a_clients_does_not() -> None:
    facts = kept_facts()
    desk = example_desk(facts)
    ours = replace(desk, words=replace(desk.words, firm="甲&乙咨询有限公司"))
    documents = plan.plan(facts, drafts.parts(example(), "2023")).documents
    for id_, own in (("svc-closeout", True), ("svc-visit", True), ("report-annual", False)):
        planned = next(each for each in documents if each.specification.id == id_)
        made = drafting.draft(planned, ours)
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            parts = [archive.read(name).decode() for name in ("docProps/core.xml", "word/header1.xml")]
        assert [("甲&amp;乙咨询有限公司" in part) for part in parts] == [own, own]
        assert facts.client.name in parts[1]


def test_the_gap_report_counts_its_rows() -> None:
    work = workspace(EXAMPLES / "hengtuo")
    facts = answered(gather(work, READY_DAY), manual_issue_date="2026-12-18", manual_effective_date="2026-12-21")
    documents = plan.plan(facts, drafts.parts(work, "2023")).documents
    planned = next(each for each in documents if each.specification.id == "report-gap-transition")
    with zipfile.ZipFile(io.BytesIO(drafting.draft(planned, drafts.desk(work, facts, CACHE)))) as archive:
        lines = texts(archive.read("word/document.xml").decode())
    assert (lines.count("已有"), lines.count("要改"), lines.count("缺失")) == (1, 44, 12)
    assert any("已有1、要改44、缺失12" in line for line in lines)


def test_a_column_is_added_up_as_it_is_written() -> None:
    rows: list[dict[str, object]] = [
        {"金额": "1,200.50"},
        {"金额": 3},
        {"金额": "没有"},
        {"金额": "1e999999"},
        {"金额": ""},
        {},
    ]
    assert total(rows, "金额") == "1203.5"
    assert (total([], "金额"), total([{"金额": "1000"}], "金额")) == ("0", "1000")
