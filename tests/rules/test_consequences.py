from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import consequences
from gbtool.structs import replace


def test_only_what_a_deed_adds_is_objected(lanwan: Facts) -> None:
    plan = lanwan.of(EntryKind.REVIEW_PLAN)[0]
    assert consequences.objections(lanwan, [plan], ("DT-22",)).hard == ()
    early = replace(plan, data={**plan.data, "review_date": "2026-08-30"})
    found = consequences.objections(lanwan, [early], ("DT-22",))
    assert "晚于" in str(found.hard[0])
    assert str(found.hard[0]).endswith("（DT-22）")


def test_what_only_warns_does_not_forbid(lanwan: Facts) -> None:
    plan = lanwan.of(EntryKind.REVIEW_PLAN)[0]
    late = replace(plan, data={**plan.data, "approved": {"name": "周屿川", "date": "2026-09-10"}})
    found = consequences.objections(lanwan, [late], ("DT-22",))
    assert found.hard == ()
    assert "不足5个工作日" in str(found.soft[0])


def test_entries_replace_those_of_their_kind_and_id(lanwan: Facts) -> None:
    fresh = Entry(EntryKind.AUDIT_REPORT, "LW-IPM-BG-02", "2026-09-01", data={"audit": "x"})
    other = Entry(EntryKind.AUDIT_REPORT, "LW-IPM-BG-99", "2026-09-01")
    later = consequences.after(lanwan, [fresh, other])
    assert [each.id for each in later.of(EntryKind.AUDIT_REPORT)] == ["LW-IPM-BG-02", "LW-IPM-BG-99"]
    assert later.of(EntryKind.AUDIT_REPORT)[0].text("audit") == "x"
