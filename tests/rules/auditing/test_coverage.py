from engagement import answered
from gbtool.model.checklist import AuditQuestion
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.rules.auditing import coverage, own_work
from gbtool.structs import replace

NAMES = {"rd": "研发", "ip": "知识产权管理部门", "quality": "质量"}


def plan(facts: Facts, **left: str) -> Entry:
    """One long slot for each department with all its clauses but those that are left out."""
    slots = [
        {
            "date": "2026-08-24",
            "from": "09:00",
            "to": "17:00",
            "department": name,
            "auditor": "柳映秋",
            "clauses": [key for key in keys if key != left.get(name)],
        }
        for name, keys in audits.duties(facts).items()
    ]
    return Entry(EntryKind.AUDIT_PLAN, "计划", data={"slots": slots})


def test_every_clause_and_function_that_carries_it_is_a_square(lanwan: Facts) -> None:
    found = coverage.squares(plan(lanwan), lanwan)
    assert coverage.holes(found, lanwan, NAMES) == ()
    assert {each.clause for each in found} == {clause.key for clause in lanwan.clauses}
    mains = [each for each in found if each.main]
    assert len({each.clause for each in mains}) == len(mains) == len(lanwan.clauses)
    columns, rows = coverage.table(found, lanwan)
    marks = [mark for row in rows for mark in row[2:]]
    assert (marks.count(coverage.MAIN), marks.count(coverage.HOLE)) == (len(rows), 0)
    assert {*columns} == {function for department in lanwan.client.departments for function in department.functions}


def test_a_hole_is_named_and_marked(lanwan: Facts) -> None:
    found = coverage.squares(plan(lanwan, 技术中心="operation.business.rd"), lanwan)
    assert coverage.holes(found, lanwan, NAMES) == ("8 研究开发：技术中心（研发）没有时段",)
    _, rows = coverage.table(found, lanwan)
    assert sum(coverage.HOLE in row for row in rows) == 1


def test_a_main_function_that_nobody_carries_is_a_hole(lanwan: Facts) -> None:
    rows = [{**row, "职能": "other"} if row["职能"] == "rd" else row for row in lanwan.client.rows("departments")]
    facts = answered(lanwan, departments=rows)
    found = coverage.squares(plan(facts), facts)
    assert "8 研究开发：主责的研发没有部门承担" in coverage.holes(found, facts, NAMES)


def test_a_slot_that_cannot_hold_its_questions_is_tight(lanwan: Facts) -> None:
    entry = plan(lanwan)
    first = lanwan.client.departments[3]
    keys = audits.duties(lanwan)[first.name]
    questions = [
        AuditQuestion(f"q{n}", keys[n % 2], first.functions, "问", ("询问",), "样本", "证据") for n in range(10)
    ]
    minutes = {question.id: 30.0 for question in questions}
    assert list(coverage.tight(entry, questions, minutes, lanwan)) == []
    slots = [{**slot, "to": "10:00"} if slot["department"] == first.name else slot for slot in entry.rows("slots")]
    (tight,) = coverage.tight(replace(entry, data={"slots": slots}), questions, minutes, lanwan)
    assert str(tight) == f"2026-08-24 09:00-10:00 {first.name} 只有 60 分钟，10 个问题要 300 分钟"
    assert coverage.length({"from": "上午", "to": ""}) == 0


def test_own_work_is_what_somebody_made_in_a_department(lanwan: Facts) -> None:
    names = {s.name for r in lanwan.records("rec-search-report") for s in r.signatures if s.role == "检索人"}
    assert names
    slots = [{"department": "技术中心", "auditor": name} for name in sorted(names)]
    said = list(own_work.signed(Entry(EntryKind.AUDIT_PLAN, "计划", data={"slots": slots}), lanwan))
    assert said
    assert all("做过它的记录（LW-IPM-JL-" in each for each in said)
    assert own_work.found("韩泊舟", "财务部", lanwan) == ()
    assert own_work.found("没有这个人", "没有的部门", lanwan) == ()
