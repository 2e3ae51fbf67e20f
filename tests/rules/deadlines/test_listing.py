"""What is due for each kind of right: what is listed, what is done, what is missing, what is never estimated."""

from collections.abc import Mapping
from datetime import date

import pytest

from engagement import EXAMPLES, LATER, answered, facts_of
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.model.deadline import Book
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.deadlines.items import Item, State
from gbtool.rules.deadlines.listing import every, listing
from gbtool.rules.deadlines.registry import rights
from gbtool.structs import replace

TODAY = "2026-11-22"
CN = {"申请日": "2016-03-15", "类型": "发明", "专利号": "ZL1", "名称": "甲", "授权公告日": "2018-05-04"}
MARK = {
    "注册号": "9",
    "商标": "乙",
    "类别": "7",
    "注册公告日": "2020-01-07",
    "专用期至": "2030-01-06",
    "最近使用日": "2026-05-01",
}


@pytest.fixture(scope="module")
def bare() -> Facts:
    """A client without any right."""
    facts = gather(workspace(EXAMPLES / "hengtuo"), LATER)
    return answered(
        facts, patents=None, trademarks=None, copyrights=None, other_ip=None, trade_secrets=None, customs_recordals=None
    )


def right(kind: str, **values: str) -> Entry:
    number = next((values[name] for name in ("专利号", "申请号", "注册号", "登记号", "名称") if name in values), "")
    return Entry(EntryKind.RIGHT, f"{kind}-{number}", data={"kind": kind, **values})


def record(form: str, head: Mapping[str, object], *rows: Mapping[str, object]) -> Entry:
    return Entry(EntryKind.RECORD, f"{form}-1", "2026-06-01", "", form, {"head": head, "rows": list(rows)})


def act(number: str, due: str, done: str, amount: str = "") -> Entry:
    data = {"right": number, "due": due, **({"amount": amount} if amount else {})}
    return Entry(EntryKind.ACTION, f"{number}/{due}/{done}", done, data=data)


def notice(what: str, **values: str) -> Entry:
    data = {"权利编号": "ZL1", "事项": what, **values}
    return Entry(EntryKind.NOTICE, f"ZL1-{what}", values.get("发文日", ""), data=data)


def on(facts: Facts, day: str, *entries: Entry) -> Facts:
    return replace(facts, today=date.fromisoformat(day), entries=entries)


def found(facts: Facts, day: str, *entries: Entry, days: int = 90) -> list[Item]:
    return list(listing(on(facts, day, *entries), days).items)


def only(facts: Facts, day: str, *entries: Entry, days: int = 90) -> Item:
    items = found(facts, day, *entries, days=days)
    assert len(items) == 1, items
    return items[0]


def lacking(facts: Facts, day: str, *entries: Entry) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.what, item.missing) for item in listing(on(facts, day, *entries), 90).missing]


# --- annuities -------------------------------------------------------------------------------------------------------


def test_the_next_annuity_with_its_fee_reduced(bare: Facts) -> None:
    patent = right("patent", **CN, 上次缴费年度="10", 费减="85%")
    item = only(bare, "2026-02-01", patent)
    assert (item.what, item.amount, item.state(date(2026, 2, 1)), item.days(date(2026, 2, 1))) == (
        "缴第11年度年费",
        600,
        State.OPEN,
        42,
    )
    assert item.end
    assert (item.end.raw, item.end.due) == (date(2026, 3, 15), date(2026, 3, 16))
    assert item.source(date(2026, 2, 1)) == "细则第115条"
    assert item.confidence == "高"
    assert found(bare, "2025-11-01", patent) == []
    assert [i.what for i in found(bare, "2026-02-01", patent, days=420)] == ["缴第11年度年费", "缴第12年度年费"]


@pytest.mark.parametrize(
    ("day", "what", "amount", "left"),
    [
        ("2026-03-15", "缴第11年度年费", 600, (State.OPEN, 0)),
        ("2026-03-16", "缴第11年度年费", 600, (State.OPEN, 0)),
        ("2026-03-17", "补缴第11年度年费和滞纳金", 600, (State.GRACE, 182)),
        ("2026-04-16", "补缴第11年度年费和滞纳金", 800, (State.GRACE, 152)),
        ("2026-09-15", "补缴第11年度年费和滞纳金", 1600, (State.GRACE, 0)),
        ("2026-09-16", "第11年度年费的宽限期已过，核对权利状态", None, (State.OVERDUE, -1)),
    ],
)
def test_grace_surcharge_and_the_end_of_the_right(
    bare: Facts, day: str, what: str, amount: int | None, left: tuple[State, int]
) -> None:
    item = only(bare, day, right("patent", **CN, 上次缴费年度="10", 费减="85%"))
    today = date.fromisoformat(day)
    assert (item.what, item.amount, (item.state(today), item.days(today))) == (what, amount, left)
    assert item.settles == date(2026, 3, 15)


def test_what_was_paid_is_done_by_action_or_by_the_monthly_record(bare: Facts) -> None:
    patent = right("patent", **CN, 上次缴费年度="10")
    row = {"权利编号": "1", "法定截止日": "2026-03-16", "办理日期": "2026-03-01"}
    assert found(bare, "2026-03-10", patent, act("ZL1", "2026-03-15", "2026-03-01")) == []
    assert found(bare, "2026-03-10", patent, record("rec-deadline-monitor", {}, row)) == []
    assert len(found(bare, "2026-03-10", patent, record("rec-deadline-monitor", {}, {**row, "办理日期": ""}))) == 1


def test_what_was_not_paid_in_full_stays_due_with_the_rest(bare: Facts) -> None:
    patent = right("patent", **CN, 上次缴费年度="10")
    first = act("ZL1", "2026-03-15", "2026-03-10", "3000")
    item = only(bare, "2026-03-12", patent, first)
    assert (item.amount, item.notes) == (1000, ("已缴 3000 元，没有缴足",))
    late = only(bare, "2026-05-01", patent, first)
    assert late.amount == 1200  # 5 % of the full annuity on top
    assert found(bare, "2026-05-01", patent, first, act("ZL1", "2026-03-15", "2026-04-20", "1200")) == []


def test_the_register_is_read_as_it_was_kept(bare: Facts) -> None:
    next_due = right("patent", **CN, 下次年费截止日="2026-03-15")
    assert only(bare, "2026-02-01", next_due).what == "缴第11年度年费"
    doubted = only(bare, "2026-02-01", right("patent", **CN, 上次缴费年度="10", 下次年费截止日="2026-03-20"))
    assert "下次年费截止日写的是 2026-03-20" in doubted.notes[0]
    assert lacking(bare, TODAY, right("patent", **CN)) == [("缴年费", ("上次缴费年度",))]
    assert lacking(bare, TODAY, right("patent", 专利号="ZL1", 类型="发明", 名称="甲")) == [("缴年费", ("申请日",))]
    unknown = right("patent", 专利号="ZL1", 类型="发明", 申请日="2016-03-15", 费减="85%", 上次缴费年度="10", 名称="甲")
    item = only(bare, "2026-02-01", unknown)
    assert item.amount is None
    assert "费减年限" in item.notes[0]
    open_ = right("patent", **CN, 上次缴费年度="10", 开放许可="是")
    assert only(bare, "2026-02-01", open_).amount == 3400


@pytest.mark.parametrize("state", ["届满", "未缴费终止", "放弃", "无效"])
def test_a_right_that_has_ended_has_no_deadlines(bare: Facts, state: str) -> None:
    assert found(bare, TODAY, right("patent", **CN, 上次缴费年度="5", 状态=state)) == []


def test_the_end_of_a_patent_is_told_and_no_year_is_due_after_it(bare: Facts) -> None:
    old = {**CN, "类型": "实用新型", "上次缴费年度": "10"}
    assert only(bare, "2026-03-01", right("patent", **old)).what == "专利权期满，最后保护日"
    written = only(bare, "2026-03-01", right("patent", **old, 届满日="2026-03-14"))
    assert written.end
    assert written.end.raw == date(2026, 3, 14)
    past = only(bare, "2026-03-15", right("patent", **old))
    assert (past.what, past.state(date(2026, 3, 15))) == ("专利权已期满，核对台账状态", State.OVERDUE)


def test_a_patent_abroad_has_only_the_days_of_the_register(bare: Facts) -> None:
    item = only(bare, TODAY, right("patent", 专利号="US1", 类型="境外", 名称="甲", 下次年费截止日="2026-12-01"))
    assert (item.rule, item.source(LATER), item.confidence) == (None, "台账所写的日期", "")


# --- grants and applications -----------------------------------------------------------------------------------------


def test_the_inventors_reward_is_due_until_it_was_paid(bare: Facts) -> None:
    patent = right("patent", **{**CN, "授权公告日": "2026-08-21"}, 申请号="1", 上次缴费年度="11")
    item = only(bare, TODAY, patent)
    assert item.rule
    assert (item.rule.id, item.amount) == ("PAT-REWARD", 4000)
    paid = record("rec-reward", {"申请号或登记号": "1"}, {"发放日期": "2026-09-01"})
    promised = record("rec-reward", {"申请号或登记号": "1"}, {"发放日期": ""})
    assert found(bare, TODAY, patent, paid) == []
    assert len(found(bare, TODAY, patent, promised)) == 1
    assert found(bare, "2026-12-01", patent) == []  # before the system: nobody is accused
    assert found(bare, "2024-03-01", right("patent", **{**CN, "授权公告日": "2024-01-19"}, 上次缴费年度="9")) == []


def test_a_reward_that_is_late_after_the_system_took_effect_is_overdue(lanwan: Facts) -> None:
    patent = right("patent", **{**CN, "授权公告日": "2026-06-01"}, 上次缴费年度="11")
    entries = (patent, *lanwan.of(EntryKind.PAPER))
    late = next(item for item in found(lanwan, TODAY, *entries) if item.right == "ZL1")
    assert late.state(LATER) is State.OVERDUE


@pytest.mark.parametrize(
    ("granted", "asked", "expected"),
    [
        ("2026-10-01", "2022-01-01", ["请求专利权期限补偿"]),
        ("2026-10-01", "2024-01-01", []),
        ("2026-10-01", "", ["缺"]),
        ("2020-03-01", "2016-03-15", []),
    ],
)
def test_compensation_asks_for_four_and_three_years(bare: Facts, granted: str, asked: str, expected: list[str]) -> None:
    patent = right("patent", **{**CN, "授权公告日": granted}, 实审请求日=asked, 上次缴费年度="11")
    items = [i.what for i in found(bare, TODAY, patent) if i.rule and i.rule.id == "PAT-PTA"]
    assert [*items, *("缺" for what, _ in lacking(bare, TODAY, patent) if "补偿" in what)] == expected


def test_a_drug_may_be_compensated_within_three_months(bare: Facts) -> None:
    patent = right("patent", **CN, 上次缴费年度="11", 上市许可日="2026-10-08")
    assert only(bare, TODAY, patent).what == "请求药品专利权期限补偿"


def pending(**values: str) -> Entry:
    return right("application", **{"申请号": "2", "名称": "丙", "类型": "发明", "申请日": "2024-01-10", **values})


def test_examination_runs_from_priority_and_ends_when_it_was_asked_for(bare: Facts) -> None:
    assert [i.what for i in found(bare, "2026-12-01", pending())] == ["请求实质审查并缴费"]
    claims = pending(申请日="2024-11-01", 优先权日="2023-11-30")
    early = found(bare, TODAY, claims)
    assert lacking(bare, TODAY, claims) == [("交优先权文件副本", ("优先权副本提交日",))]
    assert [(i.what, i.end.raw) for i in early if i.end] == [("请求实质审查并缴费", date(2026, 11, 30))]
    assert found(bare, "2026-12-01", pending(实审请求日="2024-02-01")) == []
    missed = only(bare, "2027-02-01", pending())
    assert missed.state(date(2027, 2, 1)) is State.OVERDUE
    assert found(bare, "2026-12-01", pending(), right("patent", **CN, 申请号="2", 上次缴费年度="20")) == []


def test_priority_copy_corrections_fee_and_amendment(bare: Facts) -> None:
    asked = {"实审请求日": "2026-10-01"}
    fresh = {i.what for i in found(bare, TODAY, pending(申请日="2026-10-01", **asked), days=400)}
    assert fresh == {"提出要求优先权的申请", "缴申请费"}
    claimed = {
        i.what for i in found(bare, TODAY, pending(申请日="2026-10-01", 优先权日="2025-11-01", **asked), days=200)
    }
    assert claimed == {"交优先权文件副本", "增加或改正优先权要求", "缴申请费"}
    design = pending(
        类型="外观",
        申请日="2026-10-20",
        优先权日="2026-06-01",
        优先权副本提交日="2026-10-20",
        申请费缴纳日="2026-10-20",
    )
    assert [i.what for i in found(bare, TODAY, design)] == ["主动修改申请文件"]
    model = {
        i.what for i in found(bare, TODAY, pending(类型="实用新型", 申请日="2026-09-30", 申请费缴纳日="2026-10-01"))
    }
    assert model == {"主动修改申请文件"}


def test_the_filing_fee_reminds_by_the_earlier_start_and_ends_by_the_later(bare: Facts) -> None:
    accepted = pending(申请日="2026-10-01", 实审请求日="2026-10-01", 受理通知收到日="2026-11-28")
    item = next(i for i in found(bare, "2026-11-29", accepted) if i.what == "缴申请费")
    assert item.end
    assert (item.act_by, item.end.raw, item.notes) == (date(2026, 12, 1), date(2026, 12, 13), ())
    assert found(bare, "2026-12-15", accepted) == []
    assert lacking(bare, TODAY, pending(申请日="")) == [("算期限", ("申请日",))]
    assert listing(on(bare, TODAY, pending(申请日="", 类型="植物")), 90).items == ()


def test_an_international_application_enters_within_thirty_months_or_thirty_two(bare: Facts) -> None:
    pct = {"类型": "PCT", "申请日": "", "优先权日": "2024-06-01"}
    item = only(bare, TODAY, pending(**pct))
    assert item.end
    assert (item.what, item.end.raw) == ("进入中国国家阶段", date(2026, 12, 1))
    late = only(bare, "2026-12-02", pending(**pct))
    assert late.end
    assert (late.state(date(2026, 12, 2)), late.end.raw, late.settles) == (
        State.GRACE,
        date(2027, 2, 1),
        date(2026, 12, 1),
    )
    assert found(bare, TODAY, pending(**pct, 进入国家阶段日="2026-09-01")) == []
    assert found(bare, TODAY, pending(**pct), act("2", "2026-12-01", "2026-11-01")) == []
    assert lacking(bare, TODAY, pending(类型="PCT", 申请日="")) == [("进入中国国家阶段", ("优先权日",))]


# --- notices ---------------------------------------------------------------------------------------------------------


def test_an_answer_is_due_from_the_day_of_receipt(bare: Facts) -> None:
    item = only(bare, TODAY, notice("第一次审查意见通知书", 发文日="2026-08-28", 送达方式="电子"))
    assert item.end
    assert (item.what, item.end.raw, item.end.due) == (
        "答复第一次审查意见（第一次审查意见通知书）",
        date(2026, 12, 28),
        date(2026, 12, 28),
    )
    assert "以通知书写明的为准" in item.notes[1]
    given = only(bare, TODAY, notice("第一次审查意见通知书", 发文日="2026-11-01", 送达方式="电子", 指定期限="2个月"))
    assert given.end
    assert given.end.raw == date(2027, 1, 1)
    closed = notice("第一次审查意见通知书", 发文日="2026-08-28", 送达方式="电子", 办结日="2026-11-01")
    assert found(bare, TODAY, closed) == []
    assert found(bare, TODAY, notice("驳回决定", 收到日="2026-10-01"), act("ZL1", "2027-01-01", "2026-11-01")) == []


def test_a_notice_without_its_day_is_missing_never_estimated(bare: Facts) -> None:
    patent = right("patent", **CN, 上次缴费年度="20")
    assert found(bare, TODAY, patent, notice("驳回决定", 发文日="2026-10-01")) == []
    assert lacking(bare, TODAY, patent, notice("驳回决定", 发文日="2026-10-01")) == [
        ("请求复审或起诉（驳回决定）", ("收到日",))
    ]
    assert lacking(bare, TODAY, notice("一封信", 收到日="2026-10-01")) == [("不认识的事项“一封信”", ("事项",))]


def test_notices_of_trademarks_customs_and_restoration_have_their_own_periods(bare: Facts) -> None:
    mark = only(bare, "2026-09-20", notice("商标驳回通知书", 发文日="2026-09-01", 送达方式="电子"))
    assert mark.end
    assert (mark.end.raw, mark.end.due) == (date(2026, 10, 1), date(2026, 10, 8))
    customs = only(bare, "2026-10-01", notice("海关发现侵权嫌疑货物通知书", 收到日="2026-09-30"))
    assert customs.end
    assert customs.end.raw == date(2026, 10, 10)
    restore = only(
        bare, TODAY, notice("专利权终止通知书", 收到日="2026-11-01"), right("patent", **CN, 上次缴费年度="20")
    )
    assert (restore.name, restore.notes) == ("甲", ("2026-11-01 起算", "恢复费1000元，另缴年费和滞纳金"))


def test_a_state_that_says_a_notice_came_asks_for_its_day(bare: Facts) -> None:
    asked = {"实审请求日": "2024-02-01", "状态": "收到授权通知"}
    granted = notice("授予专利权通知书", 收到日="2026-11-02")
    named = replace(granted, data={**granted.data, "权利编号": "2"})
    assert lacking(bare, TODAY, pending(**asked)) == [
        ("办理登记并缴授权当年的年费（也是提分案的最后期限）（授予专利权通知书）", ("收到日",))
    ]
    assert lacking(bare, TODAY, pending(**asked), named) == []
    assert [item.right for item in found(bare, TODAY, pending(**asked), named)] == ["2"]


def test_extension_restoration_and_force_majeure_are_told(bare: Facts) -> None:
    again = only(bare, TODAY, notice("补正通知书", 收到日="2026-11-02", 指定期限="2"))
    assert again.notes[-1] == "届满前可以请求延长，延长费第一次每月300元、再次每月2000元"
    force = only(bare, TODAY, notice("障碍消除", 起算日="2026-11-02"))
    assert force.notes[-1] == "并且在原期限届满起2年内"


def licence(**foot: str) -> Entry:
    head = {"交易类型": "许可出", "对方名称": "丙方", "标的": "ZL202019900011.1"}
    data = {"head": head, "foot": {"合同生效日期": "2026-09-10", **foot}}
    return Entry(EntryKind.RECORD, "XK", "2026-09-01", "", "rec-license-review", data)


def test_a_licence_in_its_review_form_is_filed_within_three_months(bare: Facts) -> None:
    item = only(bare, TODAY, licence())
    assert item.end
    assert (item.right, item.end.raw) == ("ZL202019900011.1", date(2026, 12, 10))
    assert found(bare, TODAY, licence(备案或登记日期="2026-10-01")) == []
    assert found(bare, TODAY, licence(), act("ZL202019900011.1", "2026-12-10", "2026-11-01")) == []


def contract(kind: str, **values: str) -> Entry:
    data = {"类型": kind, "名称": "许可合同", "合同编号": "XK-1", "生效日期": "2026-09-10", **values}
    return Entry(EntryKind.CONTRACT, "XK-1", data=data)


def test_licences_are_filed(bare: Facts) -> None:
    patent = only(bare, TODAY, contract("专利实施许可"))
    assert patent.end
    assert (patent.right, patent.end.raw) == ("XK-1", date(2026, 12, 10))
    assert found(bare, TODAY, contract("专利实施许可", 备案日="2026-11-01")) == []
    assert found(bare, TODAY, contract("专利实施许可"), act("XK-1", "2026-12-10", "2026-11-01")) == []
    assert found(bare, TODAY, contract("采购")) == []
    mark = only(bare, TODAY, contract("商标使用许可", 到期日期="2027-01-10"))
    assert mark.end
    assert mark.end.raw == date(2027, 1, 10)
    assert lacking(bare, TODAY, contract("商标使用许可")) == [("办理商标使用许可备案", ("到期日期",))]


# --- trademarks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "what", "amount", "state"),
    [
        ("2029-01-06", "办理续展", 450, State.OPEN),
        ("2030-01-06", "办理续展", 450, State.OPEN),
        ("2030-01-07", "宽展期内办理续展", 675, State.GRACE),
        ("2030-07-07", "宽展期内办理续展", 675, State.OVERDUE),
    ],
)
def test_renewal_and_grace(bare: Facts, day: str, what: str, amount: int, state: State) -> None:
    mark = right("trademark", **{**MARK, "最近使用日": day})
    item = only(bare, day, mark)
    today = date.fromisoformat(day)
    assert (item.what, item.amount, item.state(today), item.settles) == (what, amount, state, date(2030, 1, 6))


def test_a_renewed_mark_has_its_next_term(bare: Facts) -> None:
    mark = right("trademark", **{**MARK, "最近使用日": "2029-06-01"})
    assert found(bare, "2029-12-01", mark, act("9", "2030-01-06", "2029-06-01")) == []
    later = every(on(bare, "2029-12-01", mark, act("9", "2030-01-06", "2029-06-01")), 4000)
    assert [i.end.raw for i in later if i.end and i.what == "办理续展"] == [date(2040, 1, 6)]


def test_classes_of_one_registration_are_renewed_together(bare: Facts) -> None:
    two = {**MARK, "专用期至": "2027-01-06"}
    item = only(bare, TODAY, right("trademark", **two), right("trademark", **{**two, "类别": "9、35"}))
    assert item.amount == 3 * 450
    without = {name: value for name, value in two.items() if name != "专用期至"}
    assert only(bare, "2029-02-01", right("trademark", **{**without, "最近使用日": "2029-01-01"})).what == "办理续展"


def test_marks_that_are_not_used_may_be_attacked(bare: Facts) -> None:
    unused = right("trademark", **{**MARK, "最近使用日": ""})
    assert lacking(bare, TODAY, unused) == [("收集使用证据", ("最近使用日或使用证据",))]
    evidence = record("rec-tm-evidence", {"注册号": "9"}, {"形成日期": "2023-12-20"}, {"形成日期": "2022-01-01"})
    item = only(bare, TODAY, unused, evidence)
    assert item.end
    assert (item.end.raw, item.notes) == (date(2026, 12, 20), ("最近的使用证据是 2023-12-20",))
    later = record("rec-tm-evidence", {"注册号": "9"}, {"形成日期": "2024-01-20"}, {"形成日期": "2027-01-01"})
    ex_officio = only(bare, TODAY, unused, later)
    assert ex_officio.notes == ("最近的使用证据是 2024-01-20", "2027年起官方还可以依职权撤销")
    young = right("trademark", **{**MARK, "注册公告日": "2024-01-07", "专用期至": "2034-01-06", "最近使用日": ""})
    assert only(bare, TODAY, young).what.startswith("补新的使用证据")


def test_opposition_ends_by_the_law_of_the_day_of_publication(bare: Facts) -> None:
    def opposed(day: str, published: str) -> Item:
        mark = right("trademark", 注册号="9", 商标="乙", 申请日="2025-01-01", 初步审定公告日=published)
        return only(bare, day, mark)

    old, new = opposed(TODAY, "2026-09-20"), opposed("2027-02-01", "2027-01-06")
    assert old.end
    assert new.end
    assert (old.end.raw, old.remind, new.end.raw, new.end.caveat) == (
        date(2026, 12, 20),
        None,
        date(2027, 3, 6),
        "日历未覆盖2027",
    )
    crossing = opposed("2026-12-10", "2026-11-20")
    assert crossing.end
    assert (crossing.act_by, crossing.end.raw) == (date(2027, 1, 20), date(2027, 2, 20))
    assert "法律附则没有写" in crossing.notes[0]


def test_a_pending_mark_founds_priority_and_a_mark_abroad_has_its_own_day(bare: Facts) -> None:
    pending_mark = right("trademark", 注册号="9", 商标="乙", 申请日="2026-08-01")
    assert only(bare, TODAY, pending_mark).what == "提出要求优先权的申请"
    assert found(bare, "2027-03-01", pending_mark) == []
    abroad = right("trademark", **{**MARK, "注册地": "越南", "专用期至": "2026-12-30"})
    assert only(bare, TODAY, abroad).what == "办理续展（越南，按当地规定核对）"
    assert found(bare, TODAY, abroad, act("9", "2026-12-30", "2026-11-01")) == []


# --- the others ------------------------------------------------------------------------------------------------------


def test_copyrights_end_on_the_last_day_of_a_year(bare: Facts) -> None:
    software = right("copyright", 登记号="SR1", 名称及版本="丁 V1", 类型="软件", 首次发表日="1977-05-10")
    item = only(bare, "2027-11-01", software)
    assert item.end
    assert (item.end.raw, item.source(LATER)) == (date(2027, 12, 31), "计算机软件保护条例第14条")
    picture = right("copyright", 登记号="Z1", 名称及版本="图", 类型="美术", 创作完成日="1977-05-10")
    assert only(bare, "2027-04-01", picture).what == "不发表就不再保护"
    assert found(bare, TODAY, right("copyright", 登记号="Z2", 名称及版本="图", 类型="美术")) == []


def test_layouts_are_registered_within_two_years_and_last_ten(bare: Facts) -> None:
    layout = {"名称": "版图", "类型": "布图设计"}
    assert only(bare, TODAY, right("other", **layout, 首次商业利用日="2024-12-20")).what == "申请布图设计登记"
    ending = only(bare, TODAY, right("other", **layout, 登记或注册号="B1", 申请日="2016-12-20"))
    assert ending.end
    assert ending.end.raw == date(2026, 12, 19)
    assert lacking(bare, TODAY, right("other", **layout, 登记或注册号="B1")) == [("布图设计专有权期满", ("申请日",))]


@pytest.mark.parametrize(
    ("name", "rule", "confidence"), [("a.cn", "DOM-CN", "低"), ("a.com", "DOM-GTLD", "低"), ("a.example", "", "")]
)
def test_a_domain_ends_hard(bare: Facts, name: str, rule: str, confidence: str) -> None:
    domain = right("other", 名称=name, 类型="域名", 到期="2026-11-20")
    item = only(bare, TODAY, domain)
    assert (item.rule.id if item.rule else "", item.confidence, item.state(LATER)) == (rule, confidence, State.OVERDUE)
    assert "不要依赖" in item.notes[0]
    assert found(bare, TODAY, domain, act(name, "2026-11-20", "2026-11-20")) == []
    assert lacking(bare, TODAY, right("other", 名称=name, 类型="域名")) == [("域名续费", ("到期",))]


def test_secrets_and_indications_have_the_days_of_the_register(bare: Facts) -> None:
    secret = right("trade-secret", 代号="S01", 解密日期="2026-12-31")
    assert only(bare, TODAY, secret).what == "解密，或决定延长保密期限"
    indication = right("other", 名称="某地茶", 类型="地理标志", 到期日="2026-12-31")
    assert only(bare, TODAY, indication).what == "地理标志到期，办理续期"
    assert found(bare, TODAY, Entry(EntryKind.RIGHT, "x", data={"kind": "unheard-of", "名称": "x"})) == []


def test_what_no_rule_covers_is_asked_for_and_not_passed_over(bare: Facts) -> None:
    silent = (
        right("other", 名称="某地茶", 类型="地理标志"),
        right("other", 名称="某品种", 类型="植物新品种", 标注="无期限"),
        right("patent", 专利号="US1", 类型="境外", 名称="甲"),
        right("patent", 专利号="ZL202419900100.X", 名称="乙"),
        right("trademark", 注册号="9", 商标="丙", 注册地="日本"),
    )
    found = {item.right: item.missing for item in listing(on(bare, TODAY, *silent), 90).missing}
    assert found == {
        "某地茶": ("到期",),
        "US1": ("下次年费截止日",),
        "ZL202419900100.X": ("类型",),
        "9": ("专用期至",),
    }


def test_customs_recordals_are_renewed_within_six_months(bare: Facts) -> None:
    row = {"序号": 1, "权利名称": "乙", "备案号": "HG1", "备案失效日": "2027-02-01", "基础权利到期日": "2027-01-10"}
    item = only(bare, TODAY, record("reg-customs", {}, row))
    assert (item.right, item.opens, item.notes) == (
        "HG1",
        date(2026, 8, 1),
        ("基础权利 2027-01-10 到期，先办基础权利",),
    )
    assert found(bare, TODAY, record("reg-customs", {}, row), act("HG1", "2027-02-01", "2026-10-01")) == []
    named = answered(bare, customs_recordals=[{"权利": "乙", "失效日": "2027-02-01"}, {"权利": "丙", "失效日": ""}])
    assert [i.right for i in found(named, TODAY)] == ["乙"]


# --- the list as a whole ---------------------------------------------------------------------------------------------


def test_what_is_overdue_comes_first_and_warnings_are_those_in_force(bare: Facts) -> None:
    entries = (
        right("patent", **CN, 上次缴费年度="11"),
        right("other", 名称="a.cn", 类型="域名", 到期="2026-12-01"),
        right("trademark", **{**MARK, "专用期至": "2026-11-01"}),
        right("other", 名称="b.cn", 类型="域名", 到期="2026-11-01"),
    )
    whole = listing(on(bare, TODAY, *entries), 30)
    assert [item.right for item in whole.items] == ["b.cn", "9", "a.cn"]
    assert (whole.overdue, whole.rights) == (2, 4)
    assert [rule.id for rule in whole.warnings] == ["TM-SELFCHANGE"]
    later = listing(on(bare, "2027-01-01", *entries), 30)
    assert {rule.id for rule in later.warnings} == {"TM-MISUSE", "TM-SELFCHANGE", "TM-BADFAITH"}


def test_the_tables_of_the_client_stand_in_for_an_empty_ledger(lanwan: Facts) -> None:
    whole = replace(lanwan, entries=())
    kinds = {each.kind for each in rights(whole)}
    assert {"patent", "trademark", "copyright"} <= kinds
    assert "application" not in kinds
    some = replace(lanwan, entries=(right("patent", **CN, 上次缴费年度="11"),))
    assert sum(each.kind == "patent" for each in rights(some)) == 1
    assert sum(each.kind == "trademark" for each in rights(some)) > 1


def test_without_rules_on_the_shelf_nothing_is_made_up(lanwan: Facts) -> None:
    assert [i for i in listing(replace(lanwan, deadlines=Book()), 3000).items if i.rule] == []


@pytest.mark.parametrize("name", ["lanwan", "qingyu"])
def test_the_examples_have_nothing_overdue(name: str) -> None:
    whole = listing(facts_of(EXAMPLES / name, LATER), 365)
    assert whole.overdue == 0
    assert whole.items
    keys = [item.key for item in every(facts_of(EXAMPLES / name, LATER), 4000)]
    assert len(keys) == len(set(keys))
