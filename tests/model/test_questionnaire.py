"""The questionnaire of a client."""

from gbtool.model.client import Client
from gbtool.model.functions import Functions
from gbtool.model.place import Place
from gbtool.model.question import Group, Kind, Question
from gbtool.model.questionnaire import Questionnaire

NAME = Question("company_name", "全称？", Kind.TEXT, required=True, first=True, group="A")
STAFF = Question("rd_staff_count", "人数？", Kind.NUMBER, required=True, when=("has_rd",), group="A")
DEPARTMENTS = Question("departments", "部门？", Kind.TABLE, required=True, first=True, group="B")
HAS_RD = Question("has_rd", "有研发？", Kind.BOOL, required=True, first=True, group="D")
GROUPS = (Group("A", "企业", (NAME, STAFF)), Group("B", "组织", (DEPARTMENTS,)), Group("D", "业务", (HAS_RD,)))
QUESTIONS = {question.key: question for group in GROUPS for question in group.questions}
FUNCTIONS = Functions({"ip": "知识产权管理部门", "rd": "研发"}, {"ip": (), "rd": ("has_rd",)})


def asked(**answers: object) -> Questionnaire:
    places = {key: Place("client.yaml", 3) for key in answers}
    return Questionnaire(GROUPS, Client({**dict.fromkeys(QUESTIONS), **answers}, places, QUESTIONS), FUNCTIONS)


def test_open_questions_are_those_that_the_answers_make_relevant() -> None:
    group = GROUPS[0]
    assert asked().pending(group) == (NAME,)
    assert asked(company_name="岚湾", has_rd=True).pending(group) == (STAFF,)
    assert asked(has_rd=True).pending(group, first=True) == (NAME,)


def test_what_decides_about_other_questions_is_asked_early() -> None:
    assert [group.id for group in asked().in_order()] == ["A", "D", "B"]


def test_an_answer_is_seen_with_the_others() -> None:
    rows = [{"部门": "甲", "职能": "ip"}]
    question = asked(has_rd=True)
    assert question.complaint("has_rd", "也许") is not None
    columns = question.with_answers({"company_name": "岚湾"})
    assert columns.answers["company_name"] == "岚湾"
    assert question.functions.complaint(rows, question.answers) == "还没有部门承担：rd（研发）"


def test_functions_of_departments_are_kept_as_keys() -> None:
    assert asked().tidy("departments", [{"职能": "研发"}, {"部门": "甲"}, "甲"]) == [
        {"职能": "rd"},
        {"部门": "甲"},
        "甲",
    ]
    assert asked().tidy("company_name", "研发") == "研发"
    assert asked().tidy("departments", None) is None


def test_each_group_counts_answers_and_open_questions() -> None:
    counts = asked(company_name="岚湾", has_rd=True).counts()
    assert [(each.group.id, each.answered, each.open, each.required) for each in counts] == [
        ("A", 1, 1, 1),
        ("B", 0, 1, 1),
        ("D", 1, 0, 0),
    ]


def test_a_question_knows_answer_place_and_whether_it_is_open() -> None:
    states = {state.question.key: state for state in asked(company_name="岚湾").states()}
    assert str(states["company_name"].place) == "client.yaml:3"
    assert not states["company_name"].open
    assert states["rd_staff_count"].undecided
    assert not states["rd_staff_count"].open
    assert [state.question.key for state in asked().states(only_open=True)] == ["company_name", "departments", "has_rd"]


def test_a_changed_condition_asks_for_a_department() -> None:
    with_departments = asked(departments=[{"部门": "甲", "职能": "ip"}], has_rd=True)
    assert list(with_departments.gaps(["has_rd"])) == ["departments 里还没有部门承担：rd（研发）"]
    assert list(with_departments.gaps(["company_name"])) == []
    assert list(asked(departments=[{"部门": "甲", "职能": "ip,rd"}], has_rd=True).gaps(["has_rd"])) == []
    assert list(asked(has_rd=True).gaps(["has_rd"])) == []


def test_a_question_of_another_standard_waits_for_nothing() -> None:
    other = Question("students", "学生？", Kind.NUMBER, required=True, when=("has_students",), standards=("x",))
    assert not asked(standard_edition="2023").state(other).undecided
    assert asked(standard_edition="x").state(other).undecided
