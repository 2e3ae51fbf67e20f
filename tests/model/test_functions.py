"""Functions that departments carry."""

import pytest

from gbtool.model.functions import Functions

NAMES = {"ip": "知识产权管理部门", "rd": "研发", "hr": "人力资源", "quality": "质量"}
FUNCTIONS = Functions(NAMES, {"ip": (), "rd": ("has_rd",)})


def row(name: str, functions: str) -> dict[str, object]:
    return {"部门": name, "职能": functions}


@pytest.mark.parametrize("text", ["rd,hr", "研发、人力资源", " rd ， 人力资源 ", "rd；hr"])
def test_functions_may_be_written_as_keys_or_words(text: str) -> None:
    assert FUNCTIONS.keys(text) == "rd,hr"


def test_unknown_words_stay() -> None:
    assert FUNCTIONS.keys("种菜") == "种菜"
    assert FUNCTIONS.keys(None) == ""
    assert FUNCTIONS.shown("种菜") == "种菜"
    assert FUNCTIONS.shown("rd") == "rd（研发）"


def test_a_function_is_needed_when_its_condition_holds() -> None:
    rows = [row("甲", "ip")]
    assert FUNCTIONS.missing(rows, {}) == ()
    assert FUNCTIONS.missing(rows, {"has_rd": True}) == ("rd",)
    assert FUNCTIONS.missing([], {"has_rd": False}) == ("ip",)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "至少要有一个部门"),
        ([row("", "ip")], "第1行的部门名称空着"),
        ([row("甲", "ip"), row("甲", "rd")], "第2行的部门名称“甲”重复"),
        ([row("甲", "ip,种菜")], "第1行“职能”不认识“种菜”，常用的：ip（知识产权管理部门）、rd（研发）"),
        ([row("甲", "ip")], "还没有部门承担：rd（研发）"),
    ],
)
def test_a_wrong_list_of_departments_is_named(rows: list[dict[str, object]], said: str) -> None:
    assert FUNCTIONS.complaint(rows, {"has_rd": True}) == said


def test_a_right_list_of_departments_is_no_complaint() -> None:
    assert FUNCTIONS.complaint([row("甲", "ip"), row("乙", "研发,quality")], {"has_rd": True}) is None
