import pytest

from engagement import EXAMPLES, answered, without
from gbtool.commands.workspace import workspace
from gbtool.model.checklist import AuditQuestion, Share
from gbtool.model.client import Department
from gbtool.model.entry import EntryKind
from gbtool.model.facts import Facts
from gbtool.rules import audits
from gbtool.shelf import checklists
from gbtool.structs import replace

RD = Department("技术中心", "韩泊舟", ("rd",))


def question(id_: str, clause: str, *functions: str, when: tuple[str, ...] = ()) -> AuditQuestion:
    return AuditQuestion(id_, clause, functions, f"{id_}？", ("询问",), "3份", "编号", when)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Share("x", "rd"), True),
        (Share("x", "ip", ("rd",)), True),
        (Share("x", "ip", ("all",)), True),
        (Share("x", "ip", ("sales",)), False),
    ],
)
def test_a_department_takes_part_by_its_functions(share: Share, expected: bool) -> None:
    assert audits.takes_part(RD, share) is expected


def test_every_clause_that_applies_is_carried_and_asked(lanwan: Facts) -> None:
    assert audits.nobodys(lanwan) == ()
    work = workspace(EXAMPLES / "lanwan")
    questions = checklists.audit_questions("2023", work.shelves)
    for department in lanwan.client.departments:
        asked = {each.clause for each in audits.asked(department, questions, lanwan)}
        assert asked == set(audits.duties(lanwan)[department.name]), department.name


def test_a_clause_without_a_department_is_nobodys(lanwan: Facts) -> None:
    rows = [
        {**row, "职能": str(row["职能"]).replace("production", "other")} for row in lanwan.client.rows("departments")
    ]
    rows = [{**row, "职能": str(row["职能"]).replace("quality", "other")} for row in rows]
    left = audits.nobodys(answered(lanwan, departments=rows))
    assert [clause.key for clause in left] == ["operation.business.production"]


def test_questions_follow_functions_conditions_and_the_order_of_the_standard(lanwan: Facts) -> None:
    given = (
        question("late", "operation.business.rd", "rd"),
        question("military", "operation.business.rd", "rd", when=("military",)),
        question("other", "operation.business.rd", "ip"),
        question("everybody", "planning.objectives", "all"),
        question("elsewhere", "operation.business.sales", "rd"),
    )
    assert [each.id for each in audits.asked(RD, given, lanwan)] == ["everybody", "late"]


def test_a_checklist_cites_what_may_be_cited_only(lanwan: Facts) -> None:
    given = (question("q", "operation.business.rd", "rd"),)
    made = audits.checklist(RD, given, lanwan, lambda each: (each.question, each.sample, each.evidence))
    assert [(row.number, row.cite, row.title, row.question) for row in made.rows] == [(1, "8", "研究开发", "q？")]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("operation.business.rd", ("8", "研究开发")),
        ("operation.business.contract", ("8", "经营管理（合同管理）")),
        ("leadership.commitment.duty", ("5.1", "领导作用和承诺（最高管理者职责）")),
        ("annexB", ("", "附录B")),
        ("no.such", ("", "no.such")),
    ],
)
def test_an_unconfirmed_clause_is_named_inside_the_one_above(
    key: str, expected: tuple[str, str], lanwan: Facts
) -> None:
    assert audits.label(key, lanwan) == expected


def test_a_row_keeps_the_key_of_its_clause(lanwan: Facts) -> None:
    text = audits.cited("operation.business.contract", lanwan)
    assert text == "8 经营管理（合同管理）（operation.business.contract）"
    assert audits.key_of({audits.CLAUSE: text}) == "operation.business.contract"
    assert audits.without_key(text) == "8 经营管理（合同管理）"
    assert audits.key_of({}) == ""
    assert audits.key_of({audits.CLAUSE: "7 实施（7.1.3）"}) == "7.1.3"


def test_the_leaders_answer_for_their_functions(lanwan: Facts) -> None:
    leaders = next(d for d in lanwan.client.departments if "top" in d.functions)
    assert audits.auditees(leaders, lanwan) == ("周屿川", "沈知远")
    assert audits.auditees(RD, lanwan) == ("韩泊舟",)


def test_only_records_since_the_plan_belong_to_the_audit(lanwan: Facts) -> None:
    assert len(audits.checklists(lanwan)) == 9
    assert audits.filled(lanwan, "没有的部门") is None
    later = replace(lanwan, entries=tuple(
        replace(e, data={**e.data, "start": "2027-01-04"}) if e.kind is EntryKind.AUDIT_PLAN else e
        for e in lanwan.entries
    ))  # fmt: skip
    assert audits.checklists(later) == ()
    unplanned = without(lanwan, EntryKind.AUDIT_PLAN)
    assert audits.plan_of(unplanned) is None
    assert audits.slots_of(None, "采购部") == ()
    assert len(audits.reports(unplanned)) == 5


def test_a_clause_counts_with_the_one_above_and_what_is_beside_it(lanwan: Facts) -> None:
    assert audits.covered("leadership.commitment.duty", {"leadership.commitment"}, lanwan)
    assert audits.covered("support.resources.general", {"support.resources.people"}, lanwan)
    assert not audits.covered("operation.business.rd", {"operation.business.sales"}, lanwan)
    assert audits.in_order(("x", "improvement.nc", "context.issues"), lanwan) == (
        "context.issues",
        "improvement.nc",
        "x",
    )
