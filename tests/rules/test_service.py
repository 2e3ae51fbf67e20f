"""The consultancy's service: visits and hours of a month, what was handed over, asked for, promised."""

from datetime import date

import pytest

from engagement import put, with_entry
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import service
from gbtool.structs import replace


def plus(facts: Facts, *entries: Entry) -> Facts:
    return replace(facts, entries=(*facts.entries, *entries))


def record(form: str, day: str, *rows: dict[str, object]) -> Entry:
    return Entry(EntryKind.RECORD, f"{form}-{day}", day, day, form, {"head": {}, "rows": list(rows)})


def without_promises(facts: Facts) -> Facts:
    return replace(facts, entries=tuple(e for e in facts.entries if e.kind is not EntryKind.PROMISE))


def test_a_month_has_its_visits_and_the_sums_so_far(lanwan: Facts) -> None:
    found = service.month(lanwan, "2026-09")
    assert [visit.day.day for visit in found.visits] == [4, 17, 21]
    assert (found.hours, found.visits_so_far, found.hours_so_far) == (10.0, 12, 46.0)
    assert found.until == date(2026, 9, 30)
    first = found.visits[0]
    assert (first.way, first.made, first.rating, first.remark) == ("现场", ("查看记录",), "满意", "")
    assert [title for _, title, _ in found.others] == ["模拟审核记录与整改清单"]
    assert found.remarks == ()
    empty = service.month(lanwan, "2026-10")
    assert (empty.visits, empty.hours, empty.visits_so_far) == ((), 0, 12)


def test_a_month_that_is_not_over_is_told_up_to_today(lanwan: Facts) -> None:
    found = service.month(replace(lanwan, today=date(2026, 9, 18)), "2026-09")
    assert (found.until, len(found.visits)) == (date(2026, 9, 18), 2)


@pytest.mark.parametrize(
    ("part", "name", "value", "remark"),
    [
        ("foot", "时长", None, "缺时长"),
        ("foot", "时长", "一上午", "缺时长"),
        ("foot", "企业签字", "", "缺企业签字"),
        ("foot", "时长", 4, "时长 4 比起止时间长"),
        ("head", "起止时间", "下午", ""),
    ],
)
def test_what_is_to_be_put_right_is_said(lanwan: Facts, part: str, name: str, value: object, remark: str) -> None:
    changed = with_entry(lanwan, "LW-FW-05-010", lambda data: put(data, part, name, value=value))
    assert service.month(changed, "2026-09").visits[0].remark == remark


def test_what_was_handed_over_and_what_is_waited_for(lanwan: Facts) -> None:
    papers = record("svc-delivery", "2026-09-10", {"文件名称": "手册", "编号": "LW-IPM-01", "版本": "A/0", "份数": 2})
    asked = record(
        "svc-doc-request",
        "2026-08-01",
        {"序号": 1, "资料名称": "社保清单", "提供部门": "综合管理部", "要求日期": "2026-08-10"},
        {"序号": 2, "资料名称": "营业执照", "要求日期": "2026-08-10", "收到日期": "2026-08-09"},
        {"序号": 3, "资料名称": "发票", "要求日期": "2026-10-10"},
        {"序号": 4, "资料名称": "专利证书", "要求日期": "2026-08-10", "收到日期": "2026-10-09"},
    )
    found = service.month(plus(lanwan, papers, asked), "2026-09")
    assert [(each.name, each.copies) for each in found.delivered] == [("手册", "2")]
    assert [each.name for each in found.asked] == ["社保清单", "专利证书"]


def promise(**values: str) -> Entry:
    return Entry(EntryKind.PROMISE, values["阶段"], data=values)


def test_promises_are_compared_with_what_was_done(lanwan: Facts, qingyu: Facts) -> None:
    states = {each.stage: each.state for each in service.month(lanwan, "2026-09").promises}
    assert states.pop("获证后") == "未到"
    assert set(states.values()) == {"已兑现"}
    behind = {each.stage: each.state for each in service.month(qingyu, "2026-11").promises}
    assert behind == {"诊断": "已兑现", "策划与编写": "差1次、5小时", "运行辅导": "进行中，还差1次、5小时"}
    bare = without_promises(lanwan)
    some = plus(bare, promise(阶段="全程", 次数="20"), promise(阶段="不限", 小时="100", 止="2026-05-01"))
    found = service.promises(some, date(2026, 9, 30))
    assert [(each.state, each.planned, len(each.done)) for each in found] == [
        ("进行中，还差8次", 20, 12),
        ("差89小时", None, 3),
    ]


def test_without_promises_the_list_of_the_consultant_counts(lanwan: Facts) -> None:
    bare = without_promises(lanwan)
    assert service.promises(bare, date(2026, 9, 30)) == ()
    rows: list[dict[str, object]] = [
        {"阶段": "诊断", "计划次数": 2, "实际次数": 2, "日期清单": "2026-03-23、2026-04-10"},
        {"阶段": "运行", "计划次数": 6, "实际次数": 5},
        {"阶段": "其他", "计划次数": 1, "实际次数": 0, "差异说明": "企业要求推迟"},
    ]
    listed = plus(bare, record("svc-frequency", "2026-08-31", *rows))
    found = service.promises(listed, date(2026, 9, 30))
    assert [(each.state, len(each.done)) for each in found] == [("已兑现", 2), ("差1次", 0), ("企业要求推迟", 0)]
    assert service.promises(listed, date(2026, 8, 30)) == ()
