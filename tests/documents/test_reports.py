"""Reports say what the ledger holds, wait where it holds too little, and add nothing."""

import io
import zipfile
from dataclasses import replace

import pytest

from drafted import example, example_desk, kept_facts, texts
from engagement import EXAMPLES, READY_DAY, answered, put, with_entry, without
from gbtool.commands import drafts
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.documents import drafting, plan
from gbtool.documents.jinja import total
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.shelf import standards

NEEDS = {
    "report-effectiveness": ("effectiveness", "rec-performance"),
    "report-annual": ("rec-target-assessment",),
    "report-warning": ("rec-search-report", "rec-risk-assessment"),
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
    assert ("企业知识产权管理规范" in said(id_, changed)) == (edition == "2013" and id_ == "report-effectiveness")


def test_the_gap_report_counts_its_rows() -> None:
    work = workspace(EXAMPLES / "hengtuo")
    facts = answered(gather(work, READY_DAY), manual_issue_date="2026-12-18", manual_effective_date="2026-12-21")
    documents = plan.plan(facts, drafts.parts(work, "2023")).documents
    planned = next(each for each in documents if each.specification.id == "report-gap-transition")
    with zipfile.ZipFile(io.BytesIO(drafting.draft(planned, drafts.desk(work, facts, None)))) as archive:
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
