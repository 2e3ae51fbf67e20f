"""Columns of somebody's table to the fields of a form: told, kept, the same, alike, near, or open."""

import pytest

from gbtool.exchange.matching import NEAR, How, Match, matched, plain

NAMES = {
    "申请日": ("申请日",),
    "申请号": ("申请号",),
    "授权公告日": ("授权公告日",),
    "金额": ("金额",),
    "检查人": ("检查人",),
    "应到人数": ("应到人数",),
    "实到人数": ("实到人数",),
    "#id": ("记录编号", "编号"),
}


def one(column: str, **told: str) -> Match:
    return matched([column], NAMES, told, {})[0]


@pytest.mark.parametrize(
    ("column", "field", "how"),
    [
        ("申请日", "申请日", How.SAME),
        (" 申请日 ", "申请日", How.SAME),
        ("编号", "#id", How.SAME),
        ("申 请 日", "申请日", How.ALIKE),
        ("金额（元）", "金额", How.ALIKE),
        ("【必填】金额", "金额", How.ALIKE),
        ("申请日期", "申请日", How.NEAR),
        ("检查人员", "检查人", How.NEAR),
    ],
)
def test_a_column_is_found(column: str, field: str, how: How) -> None:
    found = one(column)
    assert (found.field, found.how) == (field, how)


@pytest.mark.parametrize("column", ["授权公开日", "应到", "到场人数", "姓名", "备注"])
def test_what_is_not_near_enough_is_left_open_with_what_comes_near(column: str) -> None:
    found = one(column)
    assert (found.field, found.how) == ("", How.OPEN)
    assert found.score < NEAR


def test_who_says_what_a_column_is_is_believed_and_what_is_kept_counts_before_the_name() -> None:
    columns = ["申请日", "日子", "多余"]
    found = matched(columns, NAMES, {"日子": "申请日", "多余": ""}, {"申请日": "授权公告日", "日子": "申请号"})
    assert [(match.field, match.how) for match in found] == [
        ("授权公告日", How.KEPT),
        ("申请日", How.TOLD),
        ("", How.SKIPPED),
    ]


def test_a_kept_field_that_the_form_has_no_more_is_forgotten() -> None:
    assert matched(["申请日"], NAMES, {}, {"申请日": "公开日"})[0].how is How.SAME


def test_of_two_columns_for_one_field_the_surer_one_has_it() -> None:
    sure, other = matched(["金额", "金额（元）"], NAMES, {}, {})
    assert (sure.field, sure.how) == ("金额", How.SAME)
    assert (other.field, other.how, other.taken) == ("", How.OPEN, "金额")


def test_of_two_equal_ones_none_has_it() -> None:
    assert {match.how for match in matched(["金额（元）", "金额(万元)"], NAMES, {}, {})} == {How.OPEN}


def test_a_name_that_several_fields_have_is_open() -> None:
    found = matched(["日期"], {"a": ("日期",), "b": ("日期",)}, {}, {})[0]
    assert (found.how, found.candidates) == (How.OPEN, ("a", "b"))


def test_without_fields_everything_is_open() -> None:
    assert matched(["日期"], {}, {}, {})[0].how is How.OPEN


def test_a_plain_name_has_no_signs() -> None:
    assert plain(" Ａ-b（ 元 ）_1") == "ab元1"
