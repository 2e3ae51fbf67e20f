"""What is found again: same clause and department or same cause in another round; the earlier action is questioned."""

import pytest

from engagement import with_entry
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.correcting import recurrence, rounds
from gbtool.rules.engine import ask
from gbtool.structs import replace

FIRST = "LW-IPM-JL-23-03-001"  # 采购部, operation.business.purchase, of August
BASIS = "GB/T 29490—2023 8（operation.business.purchase）；LW-IPM-CX-18 第5.2款"
CAUSE = "登记时照抄报价单版本，到货时没有对授权书再核；表单没有“核对依据”栏的填写要求"


def inside(basis: str = BASIS, department: str = "采购部", cause: str = "", day: str = "2026-11-10") -> Entry:
    data = {
        "head": {"编号": "LW-NC-2026-06", "受审核部门": department, "发现日期": day},
        "rows": [{"不符合事实描述": "抽2份", "不符合的条款与文件": basis, "性质": "一般"}],
        "foot": {"原因分析": cause},
    }
    return Entry(EntryKind.RECORD, "LW-IPM-JL-23-03-006", day, day, "rec-nc-report", data)


def outside(clause: str = BASIS, cause: str = "", **head: str) -> Entry:
    own = {
        "来源": "外审",
        "责任部门": "采购部",
        "条款": clause,
        "开出机构": "示例认证",
        "开出日期": "2026-10-20",
        **head,
    }
    data = {"head": own, "rows": [{"问题描述": "抽2份", "原因": cause}]}
    return Entry(EntryKind.RECORD, "LW-IPM-JL-25-01-001", own["开出日期"], "", "rec-corrective", data)


def planned(facts: Facts, *entries: Entry) -> Facts:
    """A second audit in November, and what was found."""
    plan = next(iter(facts.of(EntryKind.AUDIT_PLAN)))
    second = replace(
        plan, id="LW-IPM-JH-08-2026-02", data={**plan.data, "audit": "LW-NS-2026-02", "start": "2026-11-09"}
    )
    return replace(facts, entries=(*facts.entries, second, *entries))


def said(facts: Facts) -> list[str]:
    return [str(each) for found in recurrence.again(facts).values() for each in found]


def test_the_same_clause_and_department_in_the_next_audit_is_found_again(lanwan: Facts) -> None:
    facts = planned(lanwan, inside())
    assert said(facts) == ["LW-NC-2026-01（内审 LW-NS-2026-01，同一部门、同一条款）"]
    (fault,) = ask("NC-01", facts).faults
    assert "LW-NC-2026-06 再次发生" in fault.message
    assert "没有防止再发生，要重新判断它的有效性" in fault.message
    named = planned(lanwan, inside(cause="LW-NC-2026-01 的措施只管了软件，没有管设备"))
    assert said(named)
    assert not ask("NC-01", named).faults


@pytest.mark.parametrize(
    "entry",
    [
        inside(department="财务部"),
        inside(basis="GB/T 29490—2023 8（operation.business.rd）"),
        inside(cause="见证人出差，没有指定替补", department="财务部"),
        inside(day="2026-08-25"),
    ],
    ids=["department", "clause", "cause", "same audit"],
)
def test_what_is_new_or_of_the_same_audit_is_not(entry: Entry, lanwan: Facts) -> None:
    assert said(planned(lanwan, entry)) == []


def test_the_same_cause_elsewhere_is_found_again(lanwan: Facts) -> None:
    same = inside(department="财务部", cause=CAUSE.replace("，", "、"))
    assert said(planned(lanwan, same)) == ["LW-NC-2026-01（内审 LW-NS-2026-01，原因相同）"]
    assert said(planned(lanwan, inside(department="财务部", cause="照抄"))) == []
    other = "登记时照抄报价单版本；" + "采购员和仓库各记各的，没有人核对，也没有规定谁来核对、什么时候核对"
    assert said(planned(lanwan, inside(department="财务部", cause=other))) == []


def test_a_certification_body_may_find_again_what_an_audit_found(lanwan: Facts) -> None:
    found = outside(审核类别="二阶段", 编号="BF-01")
    facts = replace(lanwan, entries=(*lanwan.entries, found))
    assert said(facts) == ["LW-NC-2026-01（内审 LW-NS-2026-01，同一部门、同一条款）"]
    numbered = with_entry(facts, FIRST, lambda data: data["rows"][0].update({"不符合的条款与文件": "8.2；CX-18"}))  # type: ignore[index]
    assert said(numbered) == []
    plain = replace(numbered, entries=(*numbered.entries[:-1], outside("GB/T 29490—2023 8.2", 审核类别="二阶段")))
    assert said(plain)
    assert str(rounds.round_of(found, facts)) == "外审 示例认证 二阶段 2026-10-20"


def test_what_an_inspection_found_twice_is_found_again(lanwan: Facts) -> None:
    once = replace(outside(来源="日常检查"), id="a", date="2026-06-01", data={})
    first = replace(
        once, data={"head": {"来源": "日常检查", "责任部门": "生产部", "条款": "7.1", "日期": "2026-06-01"}}
    )
    later = replace(first, id="b", date="2026-07-01", data={"head": {**first.mapping("head"), "日期": "2026-07-01"}})
    facts = replace(lanwan, entries=(*lanwan.entries, first, later))
    assert said(facts) == ["a（日常检查 2026-06-01，同一部门、同一条款）"]
    (fault,) = ask("NC-01", facts).faults
    assert "没有写纠正措施" in fault.message


@pytest.mark.parametrize(
    ("basis", "number", "key"),
    [
        ("GB/T 29490—2023 8（operation.business.rd）；CX-17", "8", "operation.business.rd"),
        ("GB/T 29490-2023 7.1 资源（support.resources.people）", "7.1", "support.resources.people"),
        ("9.2.1 内部审核", "9.2.1", ""),
        ("没有写条款（nosuch.key）", "", "nosuch.key"),
        ("", "", ""),
    ],
)
def test_a_basis_gives_the_number_and_key_of_its_clause(basis: str, number: str, key: str, lanwan: Facts) -> None:
    assert (recurrence.clause_of(basis, lanwan), recurrence.clause_key(basis)) == (number, key)


def test_records_belong_to_the_audit_that_had_begun(lanwan: Facts) -> None:
    facts = planned(lanwan, inside())
    first, second = rounds.plans(facts)
    reports = facts.records("rec-nc-report")
    assert len(rounds.of_audit(reports, first, facts)) == 5
    assert [each.id for each in rounds.of_audit(reports, second, facts)] == ["LW-IPM-JL-23-03-006"]
    nothing = replace(facts, entries=(inside(),))
    assert str(rounds.round_of(inside(), nothing)) == "内审 2026"
    assert rounds.plan_at("2026-01-01", facts) is first


def test_what_was_found_elsewhere_goes_in_order_and_is_verified_by_another(lanwan: Facts) -> None:
    wrong = outside(提交日期="2026-10-01")
    facts = replace(lanwan, entries=(*lanwan.entries, wrong))
    assert "提交 2026-10-01 早于开出 2026-10-20" in ask("NC-02", facts).faults[0].message
    own = replace(wrong, data={"head": {}, "rows": [{"责任人": "任乐舟"}], "foot": {"验证人": "任乐舟"}})
    facts = replace(lanwan, entries=(*lanwan.entries, own))
    assert "自己验证" in ask("NC-02", facts).faults[0].message
