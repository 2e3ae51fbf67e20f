from engagement import answered, without
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import reviews
from gbtool.structs import replace

FUNCTIONAL = (EntryKind.REVIEW_PLAN,)


def said(facts: Facts, department: str) -> dict[str, reviews.Line]:
    return {line.item: line for line in reviews.lines(department, facts)}


def test_the_plan_shares_the_inputs_out_else_the_functions_do(lanwan: Facts) -> None:
    assert reviews.shares(lanwan)["生产部"] == ("改进建议",)
    own = reviews.shares(without(lanwan, *FUNCTIONAL))
    assert own["市场营销部"] == ("经营与新业务计划", "风险与机遇")
    assert own["公司领导"] == ("方针目标", "以往措施跟踪")


def test_the_next_plan_leaves_no_input_to_nobody(lanwan: Facts) -> None:
    plan = next(iter(lanwan.of(EntryKind.REVIEW_PLAN)))
    few = replace(plan, data={**plan.data, "inputs": [{"department": "生产部", "items": ["改进建议"]}]})
    entries = tuple(few if entry is plan else entry for entry in lanwan.entries)
    planned = reviews.shares_to_plan(replace(lanwan, entries=entries))
    assert planned["生产部"] == ("改进建议",)
    assert "以往措施跟踪" in planned["公司领导"]
    assert {item for items in planned.values() for item in items} == {
        item for department in lanwan.client.departments for item in reviews.by_functions(department, lanwan)
    }


def test_every_line_names_its_source_and_judges_nothing(lanwan: Facts) -> None:
    facts = without(lanwan, *FUNCTIONAL)
    for department in reviews.shares(facts):
        for line in reviews.lines(department, facts):
            assert line.row["内容"] == f"{reviews.MARK}{line.content}"
            assert line.row["建议"] == ""
            assert line.sources != reviews.NONE or "没有" in line.content
            assert not any(word in line.content for word in ("良好", "有效运行", "符合要求", "显著"))


def test_a_department_reports_on_its_own_targets(lanwan: Facts) -> None:
    own = said(lanwan, "技术中心")["目标完成情况"].content
    assert "研发项目立项检索率目标100、实际100" in own
    assert "产品上市前审查率" not in own


def test_the_audit_and_what_was_decided_before_are_counted(lanwan: Facts) -> None:
    facts = without(lanwan, *FUNCTIONAL)
    ip = said(facts, "知识产权部")
    assert "不符合5项（严重0项），已验证5项" in ip["内审外审结果"].content
    assert ip["内审外审结果"].sources.startswith("LW-IPM-BG-02、LW-IPM-JL-23-03-001")
    assert "本期未发生" in ip["争议与举报"].content
    assert "基准期2025-01-01至2025-12-31" in ip["有效性检验"].content
    leaders = said(facts, "公司领导")
    assert "以往措施4项，已完成3项" in leaders["以往措施跟踪"].content
    assert "源于实研" in leaders["方针目标"].content
    hr = said(facts, "综合管理部")
    assert "入职1人、离职1人" in hr["内外部变化"].content
    assert "专利38件" in hr["资源与经费"].content


def test_what_the_ledger_does_not_hold_is_left_to_the_department(qingyu: Facts) -> None:
    empty = replace(qingyu, entries=())
    bare = answered(empty, ip_policy=None, annual_targets=None)
    line = said(bare, "公司领导")["方针目标"]
    assert (line.content, line.sources) == (f"截至{bare.today}台账里没有这一项的数据，由部门补写", "无")
    assert "没有以往管理评审的措施" in said(bare, "公司领导")["以往措施跟踪"].content
    assert "没有这一项的数据" in said(bare, "人事行政部")["内外部变化"].content
    assert "没有这一项的数据" in said(bare, "法务与知识产权部")["内审外审结果"].content


def test_a_review_follows_the_audit_report(lanwan: Facts) -> None:
    assert reviews.before_audit_report(lanwan, "2026-09-11") == ""
    assert "DT-22" in reviews.before_audit_report(lanwan, "2026-08-31")
    assert "还没有内审报告" in reviews.before_audit_report(without(lanwan, EntryKind.AUDIT_REPORT))


def test_rights_and_people_are_counted_on_the_day(lanwan: Facts) -> None:
    assert reviews.rights(lanwan) == {"patents": "38", "trademarks": "9", "copyrights": "4", "employees": "186"}
    assert reviews.rights(replace(lanwan, entries=())) == {}
