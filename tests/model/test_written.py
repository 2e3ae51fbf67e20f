"""What people write into cells, read as the field's own value; what cannot be read stays for the complaint."""

import pytest
from hypothesis import given

from gbtool.model.document import Field
from gbtool.model.forms.form import complaint
from gbtool.model.forms.written import alike, boxes, printed, value
from hostile import TEXTS

RESULT = ("符合", "需改进")
WAYS = ("笔试", "口试", "实操")


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("date", "2026年9月1日", "2026-09-01"),
        ("date", "2026-9-1", "2026-09-01"),
        ("date", "2026/09/01", "2026-09-01"),
        ("date", "2026 年 9　月1 日", "2026-09-01"),
        ("date", "２０２６年９月１日", "2026-09-01"),
        ("date", "2026-09-01 00:00:00", "2026-09-01"),
        ("date", "　　年　　月　　日", ""),
        ("date", "", ""),
        ("period", "2026年9月1日至 2026年10月3日", "2026-09-01至2026-10-03"),
        ("period", "2026/9/1—2026/9/3", "2026-09-01至2026-09-03"),
        ("period", "2026年9月", "2026-09"),
        ("period", "　　年　月　日至　　年　月　日", ""),
        ("number", "1,200.50", "1200.50"),
        ("money", "￥1,200元", "1200"),
        ("percent", "　９５　%", "95%"),
        ("percent", "　　　　%", ""),
        ("bool", "□ 是　☑ 否", "否"),
        ("bool", "√", "是"),
        ("bool", "false", "否"),
        ("bool", "□ 是　□ 否", ""),
        ("dept", "□ 技术中心　☑ 质量部", "质量部"),
        ("dept", "□ 技术中心　□ 质量部", ""),
        ("dept", "质量部", "质量部"),
        ("text", " 甲 ", "甲"),
    ],
)
def test_a_value_is_read_in_the_ways_that_people_write(kind: str, text: str, read: str) -> None:
    assert value(Field("x", kind), text) == read
    assert complaint(Field("x", kind), read) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("☑ 符合　□ 需改进", "符合"),
        ("□ 符合　√ 需改进", "需改进"),
        ("√□ 符合　□ 需改进", "符合"),
        ("■符合 □需改进", "符合"),
        ("□ 符合　□ 需改进", ""),
        ("符合", "符合"),
        ("符 合", "符合"),
        ("☑ 符合　☑ 需改进", ["符合", "需改进"]),
    ],
)
def test_what_is_ticked_is_the_choice(text: str, read: object) -> None:
    field = Field("结果", "choice", RESULT)
    assert value(field, text) == read
    assert complaint(field, read) is None


def test_several_may_be_ticked_or_listed() -> None:
    field = Field("方式", "multi", WAYS)
    assert value(field, "☑ 笔试　□ 口试　☑ 实操") == ["笔试", "实操"]
    assert value(field, "笔试；口试") == ["笔试", "口试"]
    assert value(field, "☑ 笔试　□ 口试　□ 实操") == "笔试"
    assert value(field, "□ 笔试　□ 口试　□ 实操") == ""


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field("x", "date"), "2026年9月　日"),
        (Field("x", "date"), "昨天"),
        (Field("x", "period"), "2026年9月1日至　　年　月　日"),
        (Field("x", "number"), "三"),
        (Field("x", "bool"), "☑ 是　☑ 否"),
        (Field("x", "bool"), "×"),
        (Field("x", "choice", RESULT), "符合√"),
        (Field("x", "choice", RESULT), "☑ 符合　□ 需改进 还要看"),
        (Field("x", "choice", RESULT), "☑ 都行　□ 符合"),
        (Field("x", "multi", WAYS), "☑ 笔试　□ 口试　□ 实操 问答"),
    ],
)
def test_nothing_is_guessed(field: Field, text: str) -> None:
    assert complaint(field, value(field, text))


def test_two_ways_of_writing_the_same_are_alike() -> None:
    field = Field("x", "bool")
    assert alike(field, True) == alike(field, "true") == alike(field, "是") == "是"
    assert alike(field, None) == ""
    assert alike(Field("x", "multi", WAYS), ["笔试", "口试"]) == "笔试、口试"
    assert alike(Field("x"), "true") == "true"


def test_boxes_are_no_boxes_behind_a_text() -> None:
    assert boxes("见 ☑ 处") is None
    assert boxes("□甲☑乙") == [("甲", False), ("乙", True)]


def test_a_space_of_print_is_a_space_again() -> None:
    assert printed("GB/T\u00a029490 甲\u00a0乙") == "GB/T 29490 甲\u00a0乙"


@given(TEXTS)
def test_a_text_is_kept_exactly(text: str) -> None:
    assert value(Field("x", "text"), text) == text
