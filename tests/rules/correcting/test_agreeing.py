"""Each audit has its own list of nonconformities, and all places repeat that list."""

from engagement import with_entry
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.correcting.agreeing import audit_of, given_in
from gbtool.rules.engine import ask
from gbtool.structs import replace

SIXTH = {"编号": "LW-NC-2026-06", "受审核部门": "采购部", "发现日期": "2026-11-10"}


def twice(facts: Facts, listed: list[str]) -> Facts:
    """A second audit in November with its report and one nonconformity."""
    plan, report = next(iter(facts.of(EntryKind.AUDIT_PLAN))), next(iter(facts.of(EntryKind.AUDIT_REPORT)))
    about = {"audit": "LW-NS-2026-02"}
    second = replace(plan, id="P-2", data={**plan.data, **about, "start": "2026-11-09"})
    days = {"audit_start": "2026-11-09", "audit_end": "2026-11-10", "issued": "2026-11-12"}
    reported = replace(report, id="R-2", data={**report.data, **about, **days, "counts": {}, "nonconformities": listed})
    found = Entry(EntryKind.RECORD, "N-6", "2026-11-10", "", "rec-nc-report", {"head": SIXTH})
    return replace(facts, entries=(*facts.entries, second, reported, found))


def test_two_audits_do_not_count_each_others_nonconformities(lanwan: Facts) -> None:
    facts = twice(lanwan, ["LW-NC-2026-06"])
    assert ask("CN-22", facts).faults == ()
    first, second = (given_in(audit_of(report, facts), facts) for report in facts.of(EntryKind.AUDIT_REPORT))
    assert (len(first), list(second)) == (5, ["LW-NC-2026-06"])


def test_each_is_asked_for_its_own(lanwan: Facts) -> None:
    (fault,) = ask("CN-22", twice(lanwan, [])).faults
    assert fault.message == "审核报告列 0 项，不符合报告 1 份，差 LW-NC-2026-06"


def test_a_table_that_lost_one_is_found(lanwan: Facts) -> None:
    def lose(data: dict[str, object]) -> None:
        rows = data["rows"]
        assert isinstance(rows, list)
        for row in rows:
            row["各条款不符合数"] = str(row["各条款不符合数"]).replace("LW-NC-2026-03", "")

    said = [fault.message for fault in ask("CN-22", with_entry(lanwan, "LW-IPM-JL-23-04-001", lose)).faults]
    assert said == ["分布表里没有 LW-NC-2026-03"]
