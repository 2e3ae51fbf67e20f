"""client.yaml as text."""

import pytest
import yaml
from hypothesis import example, given, settings, strategies as st

from gbtool.errors import FileFaults
from gbtool.model.question import Question
from gbtool.shelf.questions import groups, questions
from gbtool.shelf.shelves import shelves_of
from gbtool.shelf.written.client_text import changed, entry, written

SHELVES = shelves_of(None, None)
GROUPS = groups(SHELVES)
QUESTIONS = questions(SHELVES)
BY_HAND = """\
# 王老师 2026-03 采集
company_name: 重庆岚湾流体控制设备有限公司   # 以营业执照为准
uscc:    # 还没拿到执照
company_intro: |
  第一段
  # 这不是注释

  第二段

# 部门等确认
departments:
- 部门: 知识产权部
  负责人: 梁若溪
  职能: ip,compliance
  人数: 3

  # 还差生产部
long_term_targets: [一, 二]  # 三年
has_rd: true
...
"""


def read(text: str) -> dict[str, object]:
    value = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes text only
    assert isinstance(value, dict)
    return value


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=100, deadline=None)
def test_every_text_is_read_back_exactly(text: str) -> None:
    assert read(written("key", text)) == {"key": text}
    assert read(written("key", [{"列": text}])) == {"key": [{"列": text}]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "key:\n"),
        ([], "key: []\n"),
        ("岚湾", "key: 岚湾\n"),
        ("𠮷 & <", "key: 𠮷 & <\n"),
        ("2026-05-18", "key: '2026-05-18'\n"),
        (186, "key: 186\n"),
        (True, "key: true\n"),
        ("一\n二", "key: |-\n  一\n  二\n"),
        ([{"部门": "甲", "人数": None, "注": ""}], "key:\n- 部门: 甲\n  人数:\n  注:\n"),
        (["一", "一"], "key:\n- 一\n- 一\n"),
    ],
)
def test_values_are_written_as_a_person_would(value: object, text: str) -> None:
    assert written("key", value) == text


@pytest.mark.parametrize(
    ("key", "comment"),
    [
        ("entity_type", "# 申请主体是哪一类？\n# 决定适用哪个标准和哪套门槛；可选：企业、高等学校、科研组织\n"),
        ("rd_staff_count", "# 研发人员数？\n# 数字；“有无立项和研发？”答“是”才需要\n"),
        ("liaisons", "# 各部门知识产权联络员？\n# 每行写：部门、姓名；没有就写 []\n"),
        ("legal_rep", "# 法定代表人？\n"),
    ],
)
def test_the_comment_says_what_may_be_written(key: str, comment: str) -> None:
    assert entry(QUESTIONS[key], None, QUESTIONS) == f"{comment}{key}:\n"


def test_either_of_two_conditions_is_named() -> None:
    assert "”或“" in entry(QUESTIONS["production_mode"], None, QUESTIONS)


def test_several_choices_say_so() -> None:
    assert "# 可多选" in entry(QUESTIONS["search_tools"], None, QUESTIONS)


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("company_name", "岚湾", "company_name: 重庆岚湾流体控制设备有限公司   #", "company_name: 岚湾  #"),
        ("uscc", "91500109MA0XDEM14Q", "uscc:    #", "uscc: 91500109MA0XDEM14Q  #"),
        ("has_rd", False, "has_rd: true\n...\n", "has_rd: false\n...\n"),
        ("long_term_targets", ["三"], "long_term_targets: [一, 二]  # 三年\n", "long_term_targets:  # 三年\n- 三\n"),
        (
            "company_intro",
            "新的",
            "company_intro: |\n  第一段\n  # 这不是注释\n\n  第二段\n",
            "company_intro: 新的\n",
        ),
        (
            "company_name",
            "一\n二",
            "重庆岚湾流体控制设备有限公司   # 以营业执照为准\n",
            "|-  # 以营业执照为准\n  一\n  二\n",
        ),
    ],
)
def test_only_the_lines_of_the_key_change(key: str, value: object, old: str, new: str) -> None:
    assert old in BY_HAND
    assert changed(BY_HAND, {key: value}, GROUPS) == BY_HAND.replace(old, new)


def test_comments_before_the_next_key_stay() -> None:
    text = changed(BY_HAND, {"departments": [{"部门": "新", "负责人": "", "职能": "", "人数": 1}]}, GROUPS)
    assert "\n# 部门等确认\ndepartments:\n- 部门: 新\n  负责人:\n  职能:\n  人数: 1\n" in text


def test_a_key_that_is_not_there_comes_after_the_question_before_it() -> None:
    text = changed(BY_HAND, {"company_short": "岚湾"}, GROUPS)
    assert "# 以营业执照为准\n\n# 文件中使用的简称？\ncompany_short: 岚湾\nuscc:" in text


def test_a_key_before_all_others_comes_last() -> None:
    assert changed("uscc: 9", {"company_name": "岚湾"}, GROUPS).startswith("uscc: 9\n\n# 营业执照上的企业全称？\n")
    assert changed("uscc: 9\n...\n", {"company_name": "岚湾"}, GROUPS).endswith("company_name: 岚湾\n...\n")


def test_an_empty_file_takes_an_answer() -> None:
    assert changed("# 空\n", {"company_name": "岚湾"}, GROUPS).endswith("company_name: 岚湾\n")


def test_line_ends_stay_as_they_are() -> None:
    text = changed(BY_HAND.replace("\n", "\r\n"), {"company_name": "一\n二"}, GROUPS)
    assert "\n" not in text.replace("\r\n", "")
    assert read(text)["company_name"] == "一\n二"


@pytest.mark.parametrize("text", ["{company_name: 岚湾, uscc: 9}\n", "  company_name: 岚湾\n"])
def test_a_file_that_cannot_be_changed_by_lines_is_refused(text: str) -> None:
    with pytest.raises(FileFaults, match="写法特别"):
        changed(text, {"company_name": "别家", "uscc": "1"}, GROUPS)


def test_a_double_key_is_refused() -> None:
    with pytest.raises(FileFaults, match=r"client\.yaml:2：“uscc”写了两次"):
        changed("uscc: 1\nuscc: 2\n", {"uscc": "1"}, GROUPS)


KEYS = ["company_name", "company_intro", "uscc", "departments", "long_term_targets", "has_rd", "website"]


@given(st.sampled_from(KEYS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example("company_intro", "一\x85二\n三\u2028四\r五")
@settings(max_examples=80, deadline=None)
def test_a_change_changes_one_answer_only(key: str, value: str) -> None:
    assert read(changed(BY_HAND, {key: value}, GROUPS)) == {**read(BY_HAND), key: value}


def test_a_question_from_a_firm_may_span_lines() -> None:
    question = Question("x", "一\n二？", QUESTIONS["uscc"].type, required=False)
    assert entry(question, "值", {}) == "# 一 二？\nx: 值\n"
