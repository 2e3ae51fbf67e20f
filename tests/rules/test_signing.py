"""Who may sign what when: posts over time, delegation, changes of head, names of departments, appointments."""

from datetime import date

import pytest

from engagement import answered, with_entry, without
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import report, signing
from gbtool.rules.engine import ask
from gbtool.rules.staff import staff
from gbtool.structs import replace

assert report  # its import registers the rules
REWARD = "LW-IPM-JL-07-10-001"  # signed on 2026-06-09 by 杜星野, 梁若溪, 邹明澈, 周屿川


def signed(facts: Facts, role: str, name: str, record: str = REWARD) -> Facts:
    def change(data: dict[str, object]) -> None:
        found = data["sign"]
        assert isinstance(found, list)
        data["sign"] = [{**each, "name": name} if each["role"] == role else each for each in found]

    return with_entry(facts, record, change)


def plus(facts: Facts, *entries: Entry) -> Facts:
    return replace(facts, entries=(*facts.entries, *entries))


def post(name: str, **values: str) -> Entry:
    return Entry(EntryKind.POSITION, f"{name}-{values.get('起', '')}", data={"姓名": name, **values})


def rename(old: str, new: str, day: str) -> Entry:
    return Entry(EntryKind.DEPARTMENT, f"{old}-{new}", day, data={"原名": old, "新名": new, "起": day})


def messages(facts: Facts, rule: str) -> list[str]:
    return [fault.message for fault in ask(rule, facts).faults]


def test_a_post_is_asked_on_the_day_of_the_signature(lanwan: Facts) -> None:
    other = signed(lanwan, "财务", "汪念一")
    assert messages(other, "SG-01") == [f"{REWARD} 以“财务”签字的 汪念一 当时在综合管理部，不在财务部"]
    moved = plus(
        other,
        post("汪念一", 部门="财务部", 岗位="会计", 起="2020-01-01", 止="2026-06-30"),
        post("汪念一", 部门="综合管理部", 岗位="人事主管", 起="2026-07-01"),
    )
    assert messages(moved, "SG-01") == []
    late = plus(
        other,
        post("汪念一", 部门="综合管理部", 岗位="人事主管", 起="2020-01-01", 止="2026-06-30"),
        post("汪念一", 部门="财务部", 岗位="会计", 起="2026-07-01"),
    )
    assert len(messages(late, "SG-01")) == 1


def test_who_was_delegated_may_sign_in_those_days_and_the_top_always(lanwan: Facts) -> None:
    other = signed(lanwan, "财务", "汪念一")
    both = {"部门": "综合管理部", "可签": "财务、法务", "依据": "授权书"}
    assert messages(plus(other, post("汪念一", 起="2026-06-01", 止="2026-06-30", **both)), "SG-01") == []
    assert len(messages(plus(other, post("汪念一", 起="2026-06-01", 止="2026-06-05", **both)), "SG-01")) == 0
    gap = (post("汪念一", 起="2026-06-01", 止="2026-06-05", **both), post("汪念一", 部门="综合管理部", 起="2026-06-06"))
    assert len(messages(plus(other, *gap), "SG-01")) == 1
    assert messages(signed(lanwan, "财务", "沈知远"), "SG-01") == []
    assert messages(signed(lanwan, "财务", "不在名册的人"), "SG-01") == []


def ask_signatures(facts: Facts, record: str) -> list[signing.Signed]:
    found = signing._signed(facts, appointed=False)
    return [each for each in found if each.record.id == record]


def test_a_former_head_was_head(lanwan: Facts) -> None:
    record = "LW-IPM-JL-07-05-001"
    other = signed(lanwan, "部门负责人", "施云帆", record)
    assert messages(other, "SG-01") == [f"{record} 以“部门负责人”签字的 施云帆 当时不是负责人"]
    day = next(each.day for each in ask_signatures(other, record) if each.name == "施云帆")
    head = post("施云帆", 部门="技术中心", 岗位="主任", 负责人="是", 起=str(day), 止=str(day))
    assert messages(plus(other, head), "SG-01") == []
    now = staff(plus(lanwan, head))
    assert now.heads(day, "技术中心") == {"施云帆"}
    assert now.heads(date(2026, 10, 1), "技术中心") == {"韩泊舟"}
    assert "丁一航" in now.heads(date(2026, 10, 1))
    apply = signed(lanwan, "研发负责人", "丁一航", "LW-IPM-JL-09-02-001")
    assert "不是技术中心的负责人" in messages(apply, "SG-01")[0]


def test_departments_are_the_same_under_their_names(lanwan: Facts) -> None:
    renamed = plus(lanwan, rename("财务部", "财经部", "2026-10-08"))
    assert messages(renamed, "SG-01") == []
    known = staff(renamed)
    assert known.carrying("finance") == {"财经部"}
    assert known.departments_of("邹明澈", date(2026, 6, 1)) == {"财经部"}
    assert messages(answered(lanwan, departments=[]), "SG-01") == []


def test_a_number_may_stand_for_a_name(lanwan: Facts) -> None:
    entry = Entry(EntryKind.POSITION, "x", data={"工号": "LW0011", "部门": "财务部", "起": "2012-01-01"})
    assert [each.title for each in staff(plus(lanwan, entry)).on("邹明澈", date(2026, 6, 1))] == [""]


def test_a_department_goes_by_the_name_of_the_day(lanwan: Facts) -> None:
    assert ask("DT-63", lanwan).subjects == 0
    found = messages(plus(lanwan, rename("质量部", "品质部", "2026-06-10")), "DT-63")
    assert found
    assert all("当时叫“品质部”" in message for message in found)
    assert not any("2026-06" in message for message in found)
    assert messages(plus(lanwan, rename("质量部", "品质部", "2026-10-10")), "DT-63") == []


def _as_representative(facts: Facts, name: str, day: str = "2026-09-16") -> Facts:
    signature = {"role": "管理者代表", "name": name, "date": day}
    return with_entry(facts, "LW-IPM-JL-24-03-001", lambda data: data.update(sign=[signature]))


def test_who_signs_as_appointed_is_the_one_and_after_it(lanwan: Facts) -> None:
    early = _as_representative(lanwan, "沈知远", "2026-03-19")
    assert messages(early, "SG-02") == ["沈知远 2026-03-19 以“管理者代表”签字，早于 appt-mr 落款（2026-03-20）"]
    other = _as_representative(lanwan, "梁若溪")
    assert "不在 management_rep 里" in messages(other, "SG-02")[0]
    acting = post("梁若溪", 部门="知识产权部", 岗位="管理者代表", 起="2026-09-01")
    assert messages(plus(other, acting), "SG-02") == []
    assert messages(answered(other, management_rep=None), "SG-02") == []


def test_approval_by_delegation_and_after_leaving(lanwan: Facts) -> None:
    def approve(data: dict[str, object]) -> None:
        data["approved"] = {"name": "康立夏", "date": "2026-08-10"}

    other = with_entry(lanwan, "paper-8-ip-manual", approve)
    assert messages(other, "SG-03") == ["ip-manual 由 康立夏 批准，应由 周屿川 批准"]
    assert any("不在职" in message for message in messages(other, "DT-26"))
    allowed = post("康立夏", 部门="技术中心", 可签="批准", 起="2026-08-01")
    assert messages(plus(other, allowed), "SG-03") == []


@pytest.mark.parametrize(("count", "faults"), [(19, 0), (20, 1)])
def test_a_small_firm_may_write_and_approve(lanwan: Facts, count: int, faults: int) -> None:
    one = answered(signed(lanwan, "批准", "杜星野"), employee_count=count)
    assert len(messages(one, "SG-04")) == faults


def test_what_somebody_may_sign_is_told(lanwan: Facts) -> None:
    known = staff(lanwan)

    def told(name: str, day: str) -> tuple[str, ...]:
        return signing.roles(lanwan, known, name, date.fromisoformat(day))

    assert told("沈知远", "2026-03-19") == ()
    assert told("沈知远", "2026-03-20") == ("管理者代表",)
    assert told("韩泊舟", "2026-06-01") == ("部门负责人", "研发负责人")
    assert told("丁一航", "2026-06-01") == ("部门负责人", "生产负责人")
    assert told("杜星野", "2026-06-01") == ("知识产权部门", "法务")
    delegated = staff(plus(lanwan, post("杜星野", 部门="知识产权部", 可签="法务，合规负责人", 起="2026-01-01")))
    assert signing.roles(lanwan, delegated, "杜星野", date(2026, 6, 1)) == ("知识产权部门", "法务", "合规负责人")


def test_the_roster_of_the_client_is_seen_as_well(lanwan: Facts) -> None:
    gone = without(lanwan, EntryKind.PERSON)
    assert {person.text("姓名") for person in gone.roster} == {person.text("姓名") for person in lanwan.roster}
    assert gone.roster[0].place == lanwan.client.place("people_roster")
    assert messages(signed(gone, "财务", "汪念一"), "SG-01") == messages(signed(lanwan, "财务", "汪念一"), "SG-01")
    assert ask("DT-26", gone).subjects == ask("DT-26", lanwan).subjects
    left = [
        {**row, "离职日": "2026-06-01"} if row["姓名"] == "邹明澈" else row for row in gone.client.rows("people_roster")
    ]
    (found, *_) = messages(answered(gone, people_roster=left), "DT-26")
    assert "当时不在职（离职日 2026-06-01）" in found


def test_the_ledger_goes_before_the_roster_of_the_client(lanwan: Facts) -> None:
    rows = [*lanwan.client.rows("people_roster"), {"姓名": "常新叶", "部门": "研发中心"}, {"姓名": ""}]
    more = answered(lanwan, people_roster=rows)
    assert [person.text("姓名") for person in more.roster[len(lanwan.of(EntryKind.PERSON)) :]] == ["常新叶"]
    assert more.people["沈知远"] == lanwan.people["沈知远"]


def test_an_answer_may_name_somebody_whom_only_the_ledger_has(lanwan: Facts) -> None:
    named = answered(lanwan, ip_staff=[{"姓名": "常新叶", "部门": "知识产权部", "专兼职": "专职", "资格": ""}])
    assert len(messages(named, "FIT")) == 1
    assert messages(plus(named, Entry(EntryKind.PERSON, "x", data={"姓名": "常新叶"})), "FIT") == []
