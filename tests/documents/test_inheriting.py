"""A firm changes one passage of a shipped text and keeps the rest: by the name of its heading, wherever it stands."""

import re

import pytest

from drafted import example_desk
from gbtool.documents import drafting, needs
from gbtool.documents.compiling.inheriting import composed, extended
from gbtool.documents.compiling.passages import sign, signs, text_of
from gbtool.documents.plan import Planned
from gbtool.errors import FileFaults
from gbtool.model.template import Template
from gbtool.shelf import templates
from gbtool.shelf.seen import seen_by
from gbtool.shelf.shelves import shelves_of
from gbtool.word import reading

SHIPPED = shelves_of(None, None)
CATALOGUE = {specification.id: specification for specification in seen_by(("2023",), SHIPPED)}
BELOW = """{% set 甲 = '甲部' %}
{# 说明 #}

## 1 总则

### 目的、依据

{{ 甲 }}为了
奖励员工。

{% set 乙 = '乙部' %}

### 适用对象

全体员工。

{% if has_rd %}
## 研发

### 适用对象

研发人员。
{% else %}
没有研发。
{% endif %}

{% for x in [1, 2] %}
## {{ clause['leadership.policy'].title }}

第{{ x }}次。
{% endfor %}

## 附则

{{ 乙 }}解释。
"""


def below(path: str) -> Template | None:
    """The shipped text, by its path."""
    return Template(path, "自带", {"numbering": "articles"}, BELOW, 4) if path == "systems/x.md.j2" else None


def own(blocks: str, head: dict[str, object] | None = None, line: int = 1) -> Template:
    """A firm's text that extends it."""
    body = f"{{# 机构的写法 #}}\n{{% extends 'shipped/systems/x.md.j2' %}}\n\n{blocks}"
    return Template("systems/x.md.j2", "机构", head or {}, body, line)


def block(name: str, words: str) -> str:
    """A block with these words."""
    return f"{{% block {name} %}}\n{words}\n{{% endblock %}}\n"


def body(blocks: str) -> str:
    """The whole text, its empty lines left out."""
    return re.sub(r"\n{2,}", "\n", composed(own(blocks), below).body).strip()


def test_each_heading_names_a_passage_that_ends_where_its_part_of_the_text_ends() -> None:
    found = below("systems/x.md.j2")
    assert found
    text = text_of(found)
    written = {passage.name: text.written(passage).split() for passage in text.passages}
    assert [*written] == ["总则", "目的_依据", "适用对象", "研发", "适用对象_2", "leadership_policy", "附则"]
    assert written["适用对象"] == ["全体员工。"]
    assert written["适用对象_2"] == ["研发人员。"]
    assert written["leadership_policy"] == ["第{{", "x", "}}次。"]
    assert written["附则"] == ["{{", "乙", "}}解释。"]


def test_every_shipped_text_has_passages_and_reads_back_as_it_was_written() -> None:
    for path in SHIPPED.list("templates", ".md.j2"):
        found = templates.template(path.removeprefix("templates/"), SHIPPED)
        assert found
        text = text_of(found)
        lines = [*text.source(0, len(text.lines))]
        without = re.sub(r"\{#.*?#\}", lambda match: "\n" * match[0].count("\n"), found.body, flags=re.DOTALL)
        assert "\n".join(line.text for line in lines) == without
        assert [line.place.line for line in lines] == [*range(found.line, found.line + len(lines))]
        assert len(signs(text)) == len(text.passages) + 1


def test_one_passage_is_replaced_under_its_heading_and_the_rest_stays() -> None:
    said = body(block("适用对象", "正式员工。"))
    assert "### 适用对象\n正式员工。\n{% if has_rd %}" in said
    assert "全体员工" not in said
    assert said.replace("正式员工", "全体员工") == body("")


def test_a_block_may_bring_its_own_heading_or_leave_the_passage_out() -> None:
    assert "### 谁适用\n正式员工。" in body(block("适用对象", "### 谁适用\n\n正式员工。"))
    assert "### 适用对象" in body(block("适用对象", "#### 小一级\n\n正式员工。"))
    gone = body(block("适用对象", ""))
    assert "全体员工" not in gone
    assert gone.count("### 适用对象") == 1


def test_super_is_what_was_there_with_what_is_replaced_inside() -> None:
    said = body(block("总则", "先说一句。\n\n{{ super() }}\n\n再说一句。") + block("适用对象", "正式员工。"))
    assert re.search(
        r"## 1 总则\n先说一句。\n### 目的、依据.*### 适用对象\n正式员工。\n再说一句。\n\{% if", said, re.DOTALL
    )


def test_names_that_a_passage_sets_for_what_follows_outlive_it() -> None:
    said = body(block("目的_依据", "换了。"))
    assert "{% set 乙 = '乙部' %}\n### 目的、依据\n换了。" in said
    assert body(block("目的_依据", "{{ super() }}")).count("set 乙") == 1


def test_words_come_before_the_first_heading_and_after_the_last() -> None:
    said = body(block("开头", "最前。") + block("结尾", "## 新的一章\n\n最后。"))
    assert said.startswith("{% set 甲 = '甲部' %}\n最前。\n## 1 总则")
    assert said.endswith("解释。\n## 新的一章\n最后。")


def test_the_head_is_the_shipped_one_with_what_the_firm_says() -> None:
    found = composed(own("", {"effective": "即日"}), below)
    assert (found.numbering, found.head["effective"], found.shelf, found.path) == (
        "articles",
        "即日",
        "机构",
        "systems/x.md.j2",
    )


def test_a_line_is_known_by_the_file_in_which_it_stands() -> None:
    found = composed(own(block("附则", "甲\n\n{{ nobody }}"), line=3), below)
    lines = found.body.split("\n")
    assert found.at(lines.index("{{ nobody }}") + 1) == templates_place(9)
    assert found.at(lines.index("全体员工。") + 1).line == 18
    assert found.at(lines.index("全体员工。") + 1).file == "自带的 templates/systems/x.md.j2"


def templates_place(line: int) -> object:
    """A line of the firm's own text."""
    return Template("systems/x.md.j2", "机构", {}, "").at(line)


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (block("适用对像", "甲"), r"x\.md\.j2:4.*没有“适用对像”.*适用对象"),
        (block("总则", "甲") + block("适用对象", "乙"), r"x\.md\.j2:7.*在另一个换掉的块里面"),
        (block("附则", "甲") + block("附则", "乙"), r"x\.md\.j2:7.*写了两次"),
        ("块外的话", r"x\.md\.j2:4.*块的外面"),
        (block("附则", block("总则", "甲")), r"x\.md\.j2:5.*各占一行"),
        ("{% block 附则 %} 甲 {% endblock %}", r"x\.md\.j2:4.*各占一行"),
        ("{% block 附则 %}\n甲", r"x\.md\.j2:4.*缺"),
        ("{% endblock %}", r"x\.md\.j2:4.*各占一行"),
        ("{% block 附则 %}\n{{ 甲", r"x\.md\.j2:5.*标记写错"),
    ],
)
def test_a_fault_of_a_block_is_told_with_its_line(blocks: str, message: str) -> None:
    with pytest.raises(FileFaults, match=message):
        composed(own(blocks), below)


def test_a_text_that_extends_nothing_shipped_stands_as_it_is() -> None:
    alone = Template("systems/x.md.j2", "机构", {}, "## 总则\n{% extends 'x' %}")
    assert composed(alone, below) is alone
    assert not extended(alone)
    missing = Template("systems/x.md.j2", "机构", {}, "{% extends 'shipped/systems/y.md.j2' %}")
    with pytest.raises(FileFaults, match=r"没有“systems/y\.md\.j2”"):
        composed(missing, below)


def planned(blocks: str) -> Planned:
    """The system of rewards with these blocks of a firm."""
    text = "{% extends 'shipped/systems/sys-reward.md.j2' %}\n" + blocks
    found = composed(Template("systems/sys-reward.md.j2", "机构", {}, text), templates.shipped_template)
    return Planned(CATALOGUE["sys-reward"], "奖励制度", "LW-1", "A/0", "x.docx", (found,))


def said(document: Planned) -> tuple[str, ...]:
    """What the Word file of a document says."""
    return reading.content(drafting.draft(document, example_desk())).blocks


def test_a_document_with_a_passage_of_the_firm_is_the_shipped_one_beside_it() -> None:
    plain, changed = said(planned("")), said(planned(block("解释和修订", "{{ company_name }}负责解释。")))
    assert [words for words in changed if words not in plain] == ["重庆岚湾流体控制设备有限公司负责解释。"]
    assert plain == said(Planned(CATALOGUE["sys-reward"], "奖励制度", "LW-1", "A/0", "x.docx", shipped_parts()))


def shipped_parts() -> tuple[Template, ...]:
    """The shipped text of the system of rewards."""
    return templates.parts_of(CATALOGUE["sys-reward"], "2023", SHIPPED)


def test_errors_and_open_answers_name_the_file_in_which_they_stand() -> None:
    with pytest.raises(FileFaults, match=r"^templates/systems/sys-reward\.md\.j2:5：.*nobody"):
        drafting.draft(planned(block("解释和修订", "甲\n\n{{ nobody }}")), example_desk())
    places = {str(place) for _, place in needs._uses(planned(block("解释和修订", "{{ website }}")))}
    assert "templates/systems/sys-reward.md.j2:3" in places
    assert any(place.startswith("自带的 templates/systems/sys-reward.md.j2:") for place in places)


def test_the_hash_of_a_passage_does_not_hear_spaces_at_the_end_of_lines() -> None:
    assert sign("甲  \n乙\n") == sign("甲\n乙")
    assert sign("甲\n乙") != sign("甲\n\n乙")
