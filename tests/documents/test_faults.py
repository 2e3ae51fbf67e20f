"""What is wrong with a mark is said in Chinese, with the name or sign itself."""

import re

import jinja2
import pytest

from gbtool.documents.faults import in_chinese
from gbtool.documents.jinja import environment


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ nobody }}", "没有“nobody”这个名字"),
        ("{{ [][0] }}", "列表里没有第 1 项"),
        ("{{ [][-1] }}", "列表是空的"),
        ("{{ {'甲': 1}.乙 }}", "这里没有“乙”这一项"),
        ("{{ ''.__class__ }}", "不许用“__class__”"),
        ("{{ 1 | 甲 }}", "没有“甲”这个过滤器或判断"),
        ("{% 甲 %}", "不认识“甲”这个标记"),
        ("{% if true %}甲", "少了 endif、endfor 一类的结尾"),
        ("{{ 甲、乙 }}", "多了符号“、”"),
        ("{{ 甲 乙 }}", "“乙”的地方应当是“}}”"),
        ("{{ 1 / 0 }}", "除数是零"),
        ("{{ * }}", "不该有“*”"),
        ("{{ 1 + 'a' }}", "这个表达式算不出来"),
    ],
)
def test_a_fault_is_told_in_chinese(body: str, said: str) -> None:
    env = environment(jinja2.DictLoader({"x": body}))
    with pytest.raises((jinja2.TemplateError, TypeError, ArithmeticError)) as caught:
        env.get_template("x").render({})
    assert in_chinese(caught.value) == said


def test_what_is_chinese_already_stays_and_the_rest_is_no_english() -> None:
    assert in_chinese(jinja2.UndefinedError("“5月”不是日期")) == "“5月”不是日期"
    assert in_chinese(jinja2.TemplateSyntaxError("Missing end of comment tag", 1)) == "标记写得不完整"
    assert not re.search("[a-z]{3}", in_chinese(ValueError("something else")))
