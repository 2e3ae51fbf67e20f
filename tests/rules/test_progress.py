"""Where an engagement stands on a day."""

from datetime import date

import pytest

from engagement import EXAMPLES, LATER, answered, put, with_entry, without
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.model.document import Document, DocumentKind
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.progress import Stage, stage, upcoming
from gbtool.structs import replace

MANUAL = Document("ip-manual", DocumentKind.MANUAL, "LW-IPM-01", "手册", "A/0", "文件/手册.docx", "", "")


@pytest.fixture(scope="module")
def hengtuo() -> Facts:
    return gather(workspace(EXAMPLES / "hengtuo"), LATER)


def on(facts: Facts, day: str) -> Facts:
    return replace(facts, today=date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-05-16", Stage.ISSUE),
        ("2026-05-18", Stage.RUNNING),
        ("2026-08-23", Stage.RUNNING),
        ("2026-08-24", Stage.AUDIT),
        ("2026-09-22", Stage.APPLIED),
    ],
)
def test_the_stage_follows_what_happened(lanwan: Facts, day: str, expected: Stage) -> None:
    assert stage(on(lanwan, day)) is expected


def test_the_review_comes_once_every_nonconformity_is_closed(lanwan: Facts) -> None:
    audited = without(lanwan, EntryKind.APPLICATION, EntryKind.REVIEW_REPORT)
    assert stage(audited) is Stage.REVIEW
    report = audited.records("rec-nc-report")[0].id
    open_ = with_entry(audited, report, lambda data: put(data, "foot", "验证人", value=""))
    assert stage(open_) is Stage.AUDIT


def test_a_reviewed_client_may_apply(lanwan: Facts) -> None:
    assert stage(without(lanwan, EntryKind.APPLICATION)) is Stage.APPLYING


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-10-20", Stage.CONTRACT), ("2026-10-27", Stage.DIAGNOSIS), ("2026-11-22", Stage.WRITING)],
)
def test_before_any_document_the_diagnosis_decides(hengtuo: Facts, day: str, expected: Stage) -> None:
    assert stage(on(hengtuo, day)) is expected


def test_without_a_diagnosis_the_first_sitting_decides(hengtuo: Facts) -> None:
    undated = answered(hengtuo, diagnosis_period=None)
    assert stage(undated) is Stage.WRITING
    assert stage(answered(undated, company_name=None)) is Stage.CONTRACT


def test_a_generated_document_begins_the_writing(hengtuo: Facts) -> None:
    assert stage(replace(on(hengtuo, "2026-10-20"), documents=(MANUAL,))) is Stage.WRITING


def test_deadlines_come_soonest_first_each_once(lanwan: Facts) -> None:
    found = upcoming(on(lanwan, "2026-08-18"), days=16)
    assert [(each.day.isoformat(), each.what) for each in found] == [
        ("2026-08-18", "运行满3个月，可以申请的最早一天"),
        ("2026-08-24", "内审开始"),
        ("2026-08-25", "内审结束"),
        ("2026-08-27", "培训：参展人员"),
        ("2026-09-02", "开展：（示例）流体机械展"),
    ]
    assert found[1].place.endswith("internal_audit_period")


def test_rights_and_contracts_that_end_are_deadlines(lanwan: Facts) -> None:
    found = {each.what.partition("：")[0] for each in upcoming(lanwan)}
    assert {"缴第6年度年费", "专利权期满，最后保护日", "域名续费", "合同到期"} <= found


def test_what_is_overdue_comes_before_all(lanwan: Facts) -> None:
    first = upcoming(on(lanwan, "2026-11-22"))[0]
    late = upcoming(on(lanwan, "2027-05-10"))
    assert first.day >= date(2026, 11, 22)
    assert late[0].day < date(2027, 5, 10)
    assert late[0].what == "专利权已期满，核对台账状态：ZL201629900026.3"
    assert any(each.what.startswith("补缴第6年度年费和滞纳金") for each in late)


def test_an_audit_of_one_day_is_one_deadline(qingyu: Facts) -> None:
    assert [each.what for each in upcoming(qingyu) if each.what.startswith("内审")] == ["内审开始"]


def test_a_client_without_dates_has_no_deadlines(hengtuo: Facts) -> None:
    assert upcoming(hengtuo) == ()
