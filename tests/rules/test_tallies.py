from engagement import put, with_entry, without
from gbtool.model.checklist import Judgement
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import tallies

SHEET = "LW-IPM-JL-23-02-002"
REPORT = "LW-IPM-JL-23-03-001"


def _first(data: dict[str, object], name: str, start: int, end: int) -> None:
    rows = data[name]
    assert isinstance(rows, list)
    data[name] = rows[start:end]


def test_the_counts_are_those_of_the_example_report(lanwan: Facts) -> None:
    found = tallies.tally(lanwan)
    report = lanwan.of(EntryKind.AUDIT_REPORT)[0]
    assert found.counts == dict(report.mapping("counts"))
    assert (found.serious, found.judged[Judgement.MAJOR]) == (0, 0)
    assert list(tallies.unfinished(lanwan)) == []


def test_what_keeps_the_report_back_is_said(lanwan: Facts) -> None:
    assert list(tallies.unfinished(without(lanwan, EntryKind.AUDIT_PLAN))) == ["没有审核计划：gbtool audit plan"]
    unplanned = with_entry(lanwan, "LW-IPM-JH-08", lambda data: _first(data, "slots", 2, 99))
    assert "采购部 没有排进审核计划" in list(tallies.unfinished(unplanned))
    gone = list(tallies.unfinished(without(lanwan, form="rec-audit-checklist")))
    assert "采购部 没有检查表：gbtool audit answer 采购部" in gone
    unjudged = with_entry(lanwan, SHEET, lambda data: put(data, "rows", 0, "判定", value=""))
    assert list(tallies.unfinished(unjudged)) == ["采购部 第1行没有判定"]
    unasked = with_entry(lanwan, SHEET, lambda data: _first(data, "rows", 0, 3))
    assert any("采购部 没有问到计划里的“7.3 意识”" in each for each in tallies.unfinished(unasked))


def test_a_row_that_does_not_conform_needs_its_report(lanwan: Facts) -> None:
    alone = without(lanwan, form="rec-nc-report")
    assert "采购部 第2行判一般不符合，没有不符合报告" in list(tallies.unfinished(alone))


def test_a_report_names_the_clients_own_document(lanwan: Facts) -> None:
    alone = "GB/T 29490—2023 7.1（support.resources.people）；"
    bare = with_entry(lanwan, REPORT, lambda data: put(data, "rows", 0, "不符合的条款与文件", value=alone))
    said = "LW-NC-2026-01 没有写违反了自己的哪份文件：写在“不符合的条款与文件”里再登记"
    assert list(tallies.unfinished(bare)) == [said]


def test_the_distribution_adds_up(lanwan: Facts) -> None:
    rows = tallies.distribution(lanwan)
    assert sum(int(str(row["合计"])) for row in rows) == 5
    assert rows[0] == {"部门": "公司领导", "各条款不符合数": "无", "合计": "0", "再次发生": "无"}
    bought = {"部门": "采购部", "各条款不符合数": "8 采购 1项，LW-NC-2026-01", "合计": "1", "再次发生": "无"}
    assert bought in rows
    heads, cells = tallies.cross(lanwan)
    assert (heads[0], heads[-1]) == ("条款", "合计")
    assert cells[-1][-1] == "5"
    assert [row[-1] for row in cells[:-1]] == ["1"] * 5
