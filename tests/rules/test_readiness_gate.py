"""The gate before an application: ready, not ready, not assessed; nothing checked is not a pass."""

from collections.abc import Callable
from datetime import date

import pytest

from engagement import answered, put, with_entry, without
from gbtool.errors import FileFaults
from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.model.finding import Report, Status, Verdict
from gbtool.model.gate import Gate, Requirement
from gbtool.rules.engine import ask
from gbtool.rules.readiness import BASE_KINDS
from gbtool.rules.report import readiness
from gbtool.shelf.gates import gate
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

GATE = gate("certification", "2023", shelves_of(None, None))
OLD_GATE = gate("certification", "2013", shelves_of(None, None))
JL = "LW-IPM-JL"


def issued(facts: Facts) -> Facts:
    """Facts in which every base document was issued with the manual."""
    made = tuple(
        Document(
            s.id,
            DocumentKind(s.kind),
            s.number,
            s.title,
            "A/0",
            "x",
            "",
            "",
            issued="2026-05-15",
            effective="2026-05-18",
        )
        for s in facts.applicable
        if s.kind in BASE_KINDS and s.audience == "client"
    )
    return replace(facts, documents=made)


def result(report: Report, rule: str) -> Status:
    """What became of a rule."""
    return next(each.status for each in report.results if each.rule == rule)


def test_the_manufacturer_is_ready_on_its_day(lanwan_ready: Facts) -> None:
    report = readiness(GATE, issued(lanwan_ready))
    assert [f.message for f in report.findings] == []
    assert (report.verdict, report.earliest) == (Verdict.READY, date(2026, 8, 18))


def test_the_software_company_is_not_ready_and_hears_why(qingyu: Facts) -> None:
    report = readiness(GATE, qingyu)
    assert (report.verdict, report.earliest) == (Verdict.NOT_READY, date(2026, 12, 24))
    messages = " ".join(finding.message for finding in report.findings)
    assert "不满 3 个月，还差 32 天" in messages
    for title in ("信息渠道与收集登记表", "期限监控与缴费记录", "日常检查记录", "沟通（会议）记录"):
        assert "2026-10 没有《" in messages
        assert title in messages
    assert result(report, "audit.done") is Status.NOT_ASSESSED
    assert result(report, "review.done") is Status.NOT_ASSESSED


def test_a_fresh_scaffold_is_never_ready(lanwan_ready: Facts) -> None:
    fresh = replace(lanwan_ready, entries=(), documents=())
    report = readiness(GATE, fresh)
    assert report.verdict is not Verdict.READY
    assert report.earliest is None
    assert result(report, "period.months") is Status.NOT_ASSESSED


def test_an_empty_gate_is_not_assessed(lanwan_ready: Facts) -> None:
    assert readiness(Gate("empty", "", ()), lanwan_ready).verdict is Verdict.NOT_ASSESSED


def test_the_2013_edition_is_closed_since_2025(lanwan_ready: Facts) -> None:
    old = answered(lanwan_ready, standard_edition="2013")
    assert result(readiness(OLD_GATE, old), "edition.accepted") is Status.FAILED
    assert result(readiness(OLD_GATE, replace(old, today=date(2024, 12, 31))), "edition.accepted") is Status.PASSED


def test_a_rule_out_of_force_does_not_apply(lanwan_ready: Facts) -> None:
    early = replace(lanwan_ready, today=date(2023, 12, 31))
    assert result(readiness(GATE, early), "edition.accepted") is Status.NOT_APPLICABLE
    assert ask("edition.accepted", early, {"first": "2024-01-01"}).faults


Change = Callable[[Facts], Facts]


def sets(id_: str, *path: str | int, value: object) -> Change:
    """A change of one value in an entry's data."""
    return lambda facts: with_entry(facts, id_, lambda data: put(data, *path, value=value))


def drops(*kinds: EntryKind, form: str = "") -> Change:
    """Facts without some entries."""
    return lambda facts: without(facts, *kinds, form=form)


def _found_outside(facts: Facts) -> Facts:
    """A certification body found something, and nobody answered."""
    data = {"head": {"来源": "外审", "开出日期": "2026-05-10", "提交期限（天）": "30", "性质": "一般"}}
    found = Entry(EntryKind.RECORD, "LW-IPM-JL-25-01-001", "2026-05-10", "", "rec-corrective", data)
    return replace(facts, entries=(*facts.entries, found))


FAILING: dict[str, list[Change]] = {
    "period.months": [lambda facts: replace(facts, today=date(2026, 8, 17))],
    "period.records": [
        lambda facts: replace(facts, entries=tuple(e for e in facts.entries if e.date[:7] != "2026-07"))
    ],
    "period.periodic": [drops(form="rec-routine-check")],
    "documents.issued": [
        lambda facts: replace(facts, documents=facts.documents[1:]),
        lambda facts: replace(facts, documents=tuple(replace(d, issued="") for d in facts.documents)),
        lambda facts: replace(facts, documents=tuple(replace(d, present=False) for d in facts.documents)),
    ],
    "audit.done": [
        sets("LW-IPM-BG-02", "issued", value=""),
        sets("LW-IPM-BG-02", "audit_start", value="2026-05-01"),
        sets("LW-IPM-BG-02", "audit_end", value="2026-10-01"),
    ],
    "audit.coverage": [  # the only row of 方针: not judged, then gone
        sets(f"{JL}-23-02-001", "rows", 2, "判定", value=""),
        sets(f"{JL}-23-02-001", "rows", 2, "标准条款", value=""),
    ],
    "audit.departments": [sets(f"{JL}-23-02-001", "head", "受审核部门", value="")],
    "audit.evidence": [
        sets(f"{JL}-23-02-001", "rows", 0, "判定", value=""),
        sets(f"{JL}-23-02-001", "rows", 0, "审核记录（看到的事实、文件编号、日期、人名）", value="经询问，符合要求"),
    ],
    "nonconformities.closed": [
        sets(f"{JL}-23-03-001", "foot", "原因分析", value=" "),
        sets(f"{JL}-23-03-001", "foot", "验证日期", value="2026-10-01"),
    ],
    "outside.answered": [_found_outside],
    "review.done": [
        sets("LW-IPM-BG-03", "issued", value=""),
        sets("LW-IPM-BG-03", "issued", value="2026-10-16"),
        sets("LW-IPM-BG-03", "review_date", value="2026-08-30"),
        sets("LW-IPM-JH-09", "chair", value="沈知远"),
    ],
    "penalties.none": [
        sets("penalties", "declared_by", value=""),
        sets("penalties", "from", value="2026-01-01"),
        sets("penalties", "to", value="2026-09-01"),
    ],
    "dates.order": [sets("paper-3-appt-mr", "date", value="2026-05-20")],
    "rights.some": [drops(EntryKind.RIGHT)],
    "effectiveness.baseline": [
        sets("LW-IPM-BG-04", "baseline", value=""),
        sets("LW-IPM-BG-04", "baseline", "from", value="2024-01-01"),
        sets("LW-IPM-BG-04", "data", value="LW-IPM-JL-22-03-009"),
        sets("LW-IPM-JL-22-03-001", "rows", value=[{"指标编号": "EI-02", "基准期数值": "8", "本期数值": ""}]),
    ],
    "credits.done": [sets("credit-周屿川", "credits_done", value="2026-10-01")],
}


@pytest.mark.parametrize(
    ("rule", "change"),
    [(rule, change) for rule, changes in FAILING.items() for change in changes],
    ids=[f"{rule}-{n}" for rule, changes in FAILING.items() for n, _ in enumerate(changes, 1)],
)
def test_a_requirement_fails_with_a_reason_and_what_to_do(rule: str, change: Change, lanwan_ready: Facts) -> None:
    report = readiness(GATE, change(issued(lanwan_ready)))
    found = next(each for each in report.results if each.rule == rule)
    assert found.status is Status.FAILED
    assert all(finding.message and finding.fix for finding in found.findings)
    assert found.source
    assert found.confidence in ("high", "medium", "low")
    assert (report.verdict is Verdict.NOT_READY) is found.blocks or report.verdict is Verdict.READY


def test_every_requirement_has_a_failing_case() -> None:
    assert {r.rule for r in GATE.requirements} == {*FAILING, "edition.accepted"}


def test_an_audit_without_nonconformities_is_fine_but_not_without_an_audit(lanwan_ready: Facts) -> None:
    none = without(issued(lanwan_ready), form="rec-nc-report")
    found = next(r for r in readiness(GATE, none).results if r.rule == "nonconformities.closed")
    assert (found.status, found.note) == (Status.PASSED, "本次内审没有不符合")
    unaudited = without(none, form="rec-audit-checklist")
    assert result(readiness(GATE, unaudited), "nonconformities.closed") is Status.NOT_ASSESSED


@pytest.mark.parametrize(
    ("rule", "values", "words"),
    [
        ("no.such.rule", {}, "没有规则"),
        ("period.months", {"months": "三"}, "应当是数字"),
        ("period.months", {}, "缺参数"),
        ("period.months", {"months": "3", "years": "1"}, "没有参数"),
    ],
)
def test_a_wrong_gate_is_a_complaint(rule: str, values: dict[str, str], words: str, lanwan_ready: Facts) -> None:
    wrong = Gate("g", "", (Requirement(rule, "", values),))
    with pytest.raises(FileFaults, match=words):
        readiness(wrong, lanwan_ready)


def test_a_record_may_stand_for_the_review(lanwan_ready: Facts) -> None:
    head = replace(lanwan_ready.standard.head, done_by={"管理评审": "committee"})
    facts = replace(lanwan_ready, standard=replace(lanwan_ready.standard, head=head))
    assert ask("review.recorded", facts).subjects == 0
    assert ask("review.recorded", lanwan_ready).subjects == 0

    def held(day: str) -> list[str]:
        entry = Entry(EntryKind.RECORD, "HY-01", day, form="committee")
        return [each.message for each in ask("review.recorded", replace(facts, entries=(*facts.entries, entry))).faults]

    report = lanwan_ready.one(EntryKind.AUDIT_REPORT)
    assert report
    assert held(report.text("issued")) == []
    assert "早于内审报告" in held("2026-08-01")[0]
    assert "才开" in held("2026-12-01")[0]
