"""What an answer may be."""

import pytest
from hypothesis import given, strategies as st

from gbtool.model.answers import cell, cell_complaint, complaint, credit_code_digit, from_text, people, typed
from gbtool.model.question import Column, Kind, Question

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
TABLE = (Column("姓名", "person"), Column("部门", "dept"), Column("日期", "date"), Column("人数", "number"))


def ask(kind: Kind, key: str = "x", choices: tuple[str, ...] = (), columns: tuple[Column, ...] = ()) -> Question:
    return Question(key, "问题？", kind, required=True, choices=choices, columns=columns)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.TEXT, "岚湾", "岚湾"),
        (Kind.TEXT, 2023, "2023"),
        (Kind.BOOL, "是", True),
        (Kind.BOOL, "无", False),
        (Kind.BOOL, "false", False),
        (Kind.BOOL, True, True),
        (Kind.BOOL, "也许", "也许"),
        (Kind.NUMBER, "186", 186),
        (Kind.NUMBER, "1.5", 1.5),
        (Kind.NUMBER, 3, 3),
        (Kind.NUMBER, "nan", "nan"),
        (Kind.NUMBER, "1e9", "1e9"),
        (Kind.DATE, "2026-05-18", "2026-05-18"),
        (Kind.DATE, "2026/5/18", "2026-05-18"),
        (Kind.DATE, "2026年5月18日", "2026-05-18"),
        (Kind.DATE, "明天", "明天"),
        (Kind.PERIOD, "2026/8/24 ~ 2026/8/25", "2026-08-24至2026-08-25"),
        (Kind.PERIOD, ["2026-08-24"], ["2026-08-24"]),
        (Kind.LIST, ["一", 2], ["一", "2"]),
        (Kind.TEXT, "", None),
        (Kind.TEXT, None, None),
    ],
)
def test_what_was_written_gets_the_type_of_its_question(kind: Kind, raw: object, value: object) -> None:
    assert typed(ask(kind), raw) == value


def test_a_row_gets_the_types_of_its_columns() -> None:
    row = {"姓名": "梁若溪", "部门": "", "日期": "2026/6/12", "人数": "3"}
    assert typed(ask(Kind.TABLE, columns=TABLE), [row]) == [
        {"姓名": "梁若溪", "部门": "", "日期": "2026-06-12", "人数": 3}
    ]


def test_what_is_no_row_stays_as_it_is() -> None:
    assert typed(ask(Kind.TABLE, columns=TABLE), ["梁若溪"]) == ["梁若溪"]


def test_an_empty_number_is_none_and_another_empty_cell_is_empty_text() -> None:
    assert cell(Column("人数", "number"), "") is None
    assert cell(Column("姓名", "person"), None) == ""


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.LIST, "一,二， 三；四", ["一", "二", "三", "四"]),
        (Kind.LIST, "无", []),
        (Kind.LIST, " ", None),
        (Kind.NUMBER, " 6 ", 6),
    ],
)
def test_a_typed_line_becomes_a_value(kind: Kind, text: str, value: object) -> None:
    assert from_text(ask(kind), text) == value


def test_none_is_a_choice_where_the_question_has_it() -> None:
    assert from_text(ask(Kind.MULTI, choices=("ISO 9001", "无")), "无") == ["无"]


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.TEXT, 3, "一段文字"),
        (Kind.TEXT, "  ", "一段文字"),
        (Kind.LONG, ["a"], "这里的列表"),
        (Kind.TEXT, {"a": "b"}, "键: 值"),
        (Kind.BOOL, "也许", "true 或 false"),
        (Kind.NUMBER, "很多", "应当是数字"),
        (Kind.NUMBER, True, "应当是数字"),
        (Kind.NUMBER, -1, "负数"),
        (Kind.DATE, "2026-02-30", "2026-02-30 这一天不存在"),
        (Kind.DATE, "五月", "应当写成日期"),
        (Kind.DATE, "２０２６-05-18", "应当写成日期"),
        (Kind.PERIOD, "2026-08-24", "起止日期"),
        (Kind.PERIOD, "2026-08-24至2026-08-20", "早于起日"),
        (Kind.PERIOD, "2026-08-24至2026-08-32", "不存在"),
        (Kind.LIST, "一", "应当是列表"),
        (Kind.LIST, ["一", ""], "第2项"),
        (Kind.TABLE, "一", "应当是表格"),
        (Kind.TABLE, ["一"], "第1行“一”"),
        (Kind.FILE, 3, "表格文件名"),
        (Kind.TEXT, "坏\ud800", "无法保存"),
        (Kind.LIST, ["坏\ud800"], "无法保存"),
        (Kind.TEXT, {"长": "长" * 99}, "键: 值"),
    ],
)
def test_a_wrong_value_is_named(kind: Kind, value: object, said: str) -> None:
    found = complaint(ask(kind), value)
    assert found is not None
    assert said in found


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TEXT, "a & b < c \" ' {{ x }} ../ =cmd 𠮷"),
        (Kind.BOOL, False),
        (Kind.NUMBER, 0),
        (Kind.DATE, "2024-02-29"),
        (Kind.PERIOD, "2026-08-24至2026-08-24"),
        (Kind.LIST, []),
        (Kind.TABLE, []),
        (Kind.FILE, "roster.csv"),
        (Kind.FILE, []),
        (Kind.TEXT, None),
    ],
)
def test_a_right_value_is_no_complaint(kind: Kind, value: object) -> None:
    assert complaint(ask(kind), value) is None


def test_a_choice_must_be_among_the_choices() -> None:
    question = ask(Kind.CHOICE, choices=("2023", "2013"))
    assert complaint(question, "2023") is None
    assert complaint(question, "2020") == "“2020”不在可选之列：2023、2013"


def test_each_of_several_choices_must_be_among_the_choices() -> None:
    assert "“CMM”" in str(complaint(ask(Kind.MULTI, choices=("CMMI", "无")), ["无", "CMM"]))


ROW = {"姓名": "梁若溪", "部门": "知识产权部", "日期": "2026-06-12", "人数": 3}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"年龄": "3"}, "没有“年龄”这一列"),
        ({"人数": "三"}, "“人数”“三”应当是数字"),
        ({"日期": "2026-02-30"}, "这一天不存在"),
        ({"姓名": ["a"]}, "一段文字"),
    ],
)
def test_a_wrong_row_is_named_with_its_column(change: dict[str, object], said: str) -> None:
    assert said in str(complaint(ask(Kind.TABLE, columns=TABLE), [ROW, {**ROW, **change}]))


def test_a_missing_column_is_named() -> None:
    row = {name: value for name, value in ROW.items() if name != "人数"}
    assert "第1行缺列“人数”" in str(complaint(ask(Kind.TABLE, columns=TABLE), [row]))


def test_a_month_may_stand_for_a_day_in_a_cell() -> None:
    assert cell_complaint(Column("日期", "date"), "2025-08") is None
    assert cell_complaint(Column("日期", "date"), "2025-13") is not None


@pytest.mark.parametrize("code", ["91500109MA0XDEM14Q", "91320505MA0XDEM304"])
def test_a_credit_code_with_the_right_check_digit_passes(code: str) -> None:
    assert complaint(ask(Kind.TEXT, "uscc"), code) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91500109MA0XDEM14P", "校验位不对"),
        ("91500109MA0XDEM14", "这里是 17 位"),
        ("91500109MA0XDEM14q", "不会有“q”"),
        ("9150O109MA0XDEM14Q", "不会有“O”"),
    ],
)
def test_a_wrong_credit_code_is_named(code: str, said: str) -> None:
    assert said in str(complaint(ask(Kind.TEXT, "uscc"), code))


@given(st.text(LETTERS, min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(LETTERS))
def test_one_wrong_sign_of_a_credit_code_is_always_found(first: str, place: int, sign: str) -> None:
    right = first + credit_code_digit(first)
    wrong = right[:place] + sign + right[place + 1 :]
    assert (complaint(ask(Kind.TEXT, "uscc"), wrong) is None) == (wrong == right)


@pytest.mark.parametrize("code", ["L", "LWLWL", "lw", "L1", "岚湾"])
def test_a_company_code_is_two_to_four_capitals(code: str) -> None:
    assert "2—4 个大写字母" in str(complaint(ask(Kind.TEXT, "company_code"), code))
    assert complaint(ask(Kind.TEXT, "company_code"), "LW") is None


def test_a_post_is_a_name_and_a_title() -> None:
    assert complaint(ask(Kind.TEXT, "top_manager"), "周屿川，董事长兼总经理") is None
    assert complaint(ask(Kind.TEXT, "top_manager"), "周屿川,总经理") is None
    assert "姓名，职务" in str(complaint(ask(Kind.TEXT, "top_manager"), "周屿川"))


ANSWERS: dict[str, object] = {
    "people_roster": [{"姓名": "梁若溪"}, {"姓名": "方可宁"}],
    "departments": [{"部门": "知识产权部", "负责人": "梁若溪"}],
    "ip_staff": [{"姓名": "杜星野"}],
    "management_rep": "沈知远，副总经理",
}


def test_the_known_people_come_from_roster_departments_staff_and_posts() -> None:
    assert people(ANSWERS) == {"梁若溪", "方可宁", "杜星野", "沈知远"}


def test_a_person_must_be_known_once_there_is_a_roster() -> None:
    question = ask(Kind.TABLE, columns=TABLE)
    assert complaint(question, [ROW], ANSWERS) is None
    assert "“李四”不在人员名册" in str(complaint(question, [{**ROW, "姓名": "李四"}], ANSWERS))
    assert complaint(question, [{**ROW, "姓名": "李四"}], {**ANSWERS, "people_roster": None}) is None


def test_the_firm_s_own_people_are_not_on_the_roster() -> None:
    question = ask(Kind.TABLE, "consultant_team", columns=(Column("姓名", "person"),))
    assert complaint(question, [{"姓名": "顾问甲"}], ANSWERS) is None


def test_a_post_must_be_held_by_somebody_known() -> None:
    question = ask(Kind.TEXT, "top_manager")
    assert "“李四”" in str(complaint(question, "李四，总经理", ANSWERS))
    assert complaint(question, "方可宁，总经理", ANSWERS) is None


def test_a_department_must_be_one_of_the_client_s() -> None:
    question = ask(Kind.TABLE, columns=TABLE)
    assert "“市场部”不是已登记的部门" in str(complaint(question, [{**ROW, "部门": "市场部"}], ANSWERS))
    assert complaint(question, [{**ROW, "部门": "各部门"}], ANSWERS) is None


def test_the_list_of_departments_is_not_held_against_itself() -> None:
    question = ask(Kind.TABLE, "departments", columns=(Column("部门", "dept"), Column("负责人", "person")))
    assert complaint(question, [{"部门": "新部门", "负责人": "方可宁"}], ANSWERS) is None
