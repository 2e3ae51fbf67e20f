"""A Markdown template becomes a Word-XML template: tags held out, lines kept, values never parsed."""

import hashlib
import marshal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from lxml import etree

from drafted import W, compiled, printed, rendered, styles, texts
from gbtool.documents.compiling.compile import FIELD, Kept, Texts
from gbtool.documents.compiling.holding import hold
from gbtool.documents.jinja import environment
from gbtool.errors import FileFaults
from gbtool.model.template import Template
from gbtool.word.look import layout_of
from gbtool.word.numbering import numbering


def parsed(xml: str) -> etree._Element:
    """The XML as a tree: it must be well formed."""
    return etree.fromstring(f'<w:body xmlns:w="{W}">{xml}</w:body>')


def test_a_paragraph_keeps_its_words_and_its_values() -> None:
    assert texts(rendered("由{{ who }}负责。", who="研发部")) == ["由研发部负责。"]


@pytest.mark.parametrize(
    "value", ["A*B*型 | 伺服_驱动_器", "& < > \" '", "{{ 7 * 7 }}", "{% if x %}", "../../x", "=cmd|x", "𠮷野家"]
)
def test_a_value_goes_through_exactly(value: str) -> None:
    xml = rendered("| 名 | 值 |\n|---|---|\n| 甲 | {{ v }} |\n", v=value)
    cells = ["".join(map(str, cell.itertext())) for cell in parsed(xml).iter(f"{{{W}}}tc")]
    assert cells == ["名", "值", "甲", value]


@given(st.text())
def test_any_text_gives_well_formed_xml(value: str) -> None:
    parsed(rendered("甲{{ v }}乙\n\n| 头 |\n|---|\n| {{ v }} |\n", v=value))


def test_what_xml_forbids_is_left_out() -> None:
    assert texts(rendered("{{ v }}", v="a\x0bb\x00c\ufffe")) == ["abc"]


def test_a_newline_in_a_value_ends_the_line() -> None:
    assert "甲</w:t><w:br/><w:t" in rendered("{{ v }}", v="甲\r\n乙")


def test_the_space_in_the_standards_code_does_not_break() -> None:
    assert texts(rendered("依据 GB/T 29490 和{{ v }}", v="GB/T 33251")) == ["依据 GB/T\u00a029490 和GB/T\u00a033251"]


def test_truth_is_printed_in_chinese() -> None:
    assert texts(rendered("{{ a }}{{ b }}", a=True, b=False)) == ["是否"]


def test_a_condition_on_its_own_line_leaves_no_paragraph() -> None:
    body = "甲\n\n{% if x %}\n\n乙\n\n{% endif %}\n\n丙"
    assert texts(rendered(body, x=False)) == ["甲", "丙"]
    assert texts(rendered(body, x=True)) == ["甲", "乙", "丙"]


def test_a_paragraph_of_which_nothing_comes_is_left_out() -> None:
    assert texts(rendered("甲\n\n{% if x %}乙{% endif %}{{ '' }}\n\n丙", x=False)) == ["甲", "丙"]


def test_an_item_of_which_nothing_comes_is_left_out() -> None:
    assert texts(rendered("1. 甲\n2. {% if x %}乙{% endif %}\n3. 丙", x=False)) == ["甲", "丙"]


def test_bold_and_a_hard_break_inside_a_condition() -> None:
    xml = rendered("{% if x %}甲**乙**{% endif %}丙  \n丁", x=False)
    parsed(xml)
    assert "".join(texts(xml)) == "丙\n丁"
    assert "<w:b/>" in rendered("甲**乙**", x=1)


def test_lines_of_a_paragraph_join_without_a_space() -> None:
    assert texts(rendered("甲\n乙")) == ["甲乙"]


def test_full_width_spaces_stay() -> None:
    assert texts(rendered("　　　年　月　日")) == ["　　　年　月　日"]


def test_comments_say_nothing() -> None:
    assert texts(rendered("{# 不印 #}\n甲{# 也不印\n两行 #}乙")) == ["甲乙"]


def test_raw_text_stays_raw() -> None:
    assert texts(rendered("{% raw %}{{ x }}{% endraw %}甲")) == ["{{ x }}甲"]


def test_angle_brackets_of_a_template_are_text() -> None:
    assert texts(rendered("a <b>x</b> &amp; *y*")) == ["a <b>x</b> &amp; y"]


def test_headings_are_numbered_by_the_kind() -> None:
    xml = rendered("## 总则\n\n### 目的\n\n#### 细则\n\n正文")
    assert styles(xml) == ["Chapter", "Article", "Plain2", "Body"]
    assert '<w:numId w:val="1"/>' in xml
    assert styles(rendered("# 1 范围\n\n## 1.1 总则\n\n### 小", layout_of("manual", "manual"))) == [
        "ManualChapter",
        "ManualClause",
        "ManualSmall",
    ]
    assert styles(rendered("## 一\n\n### 二", layout_of("flow", "decimal"))) == ["Section1", "Section2"]
    assert styles(rendered("## 一", layout_of("plan"))) == ["Section1"]
    assert styles(rendered("## 一", layout_of("record"))) == ["Plain1"]


def test_a_table_has_a_grid_as_wide_as_its_cells_and_repeats_its_head() -> None:
    body = "| 甲 | 乙 |\n|---|:-:|\n{% for r in rows %}\n| {{ r }} | 很长很长很长的一格文字 |\n{% endfor %}\n"
    root = parsed(rendered(body, rows=["1", "2"]))
    grid = [int(column.get(f"{{{W}}}w", "0")) for column in root.iter(f"{{{W}}}gridCol")]
    widths = [int(width.get(f"{{{W}}}w", "0")) for width in root.iter(f"{{{W}}}tcW")]
    assert widths == grid * 3
    assert sum(grid) == layout_of("system").page.width
    assert len(list(root.iter(f"{{{W}}}tblHeader"))) == 1
    assert len(list(root.iter(f"{{{W}}}cantSplit"))) == 3


def test_a_condition_around_a_whole_table_takes_it_away() -> None:
    body = "甲\n\n{% if x %}\n| 头 |\n|---|\n{% for r in rows %}\n| {{ r }} |\n{% endfor %}\n{% endif %}\n\n乙"
    assert texts(rendered(body, x=False, rows=["1"])) == ["甲", "乙"]
    assert texts(rendered(body, x=True, rows=["1"])) == ["甲", "头", "1", "乙"]


def test_a_loop_that_closes_right_after_the_table_still_closes_in_it() -> None:
    body = "| 头 |\n|---|\n{% if x %}\n| 甲 |\n{% endif %}\n\n乙"
    assert texts(rendered(body, x=False)) == ["头", "乙"]


def test_a_table_with_many_columns_lies_on_its_side() -> None:
    heads = "| " + " | ".join(f"第{n}个栏目名称" for n in range(16)) + " |"
    body = f"## 表\n\n{heads}\n{'|---' * 16}|\n| " + " | ".join("一二三四五" for _ in range(16)) + " |\n"
    assert rendered(body).count("_wide") == 2


def test_each_list_starts_anew() -> None:
    _, lists = printed("1. 甲\n2. 乙\n\n正文\n\n1. 丙\n\n正文\n\n3. 丁")
    assert lists.starts == [1, 1, 3]


def test_a_loop_over_items_is_one_list() -> None:
    body = "{% for x in xs %}\n{{ loop.index }}. {{ x }}{{ '。' if loop.last else '；' }}\n{% endfor %}\n"
    xml, lists = printed(body, xs=["甲", "乙"])
    assert texts(xml) == ["甲；", "乙。"]
    assert lists.starts == [1]


def test_a_list_inside_a_loop_starts_anew_each_time() -> None:
    _, lists = printed("{% for x in xs %}\n\n## {{ x }}\n\n1. 甲\n2. 乙\n\n{% endfor %}\n", xs=["一", "二"])
    assert lists.starts == [1, 1]


def test_a_number_printed_by_a_tag_decides_where_a_list_starts() -> None:
    body = "{% for x in xs %}\n\n{{ loop.index }}. {{ x }}\n\n说明\n\n{% endfor %}\n"
    assert printed(body, xs=["甲", "乙"])[1].starts == [1]


def test_a_list_goes_on_after_a_condition() -> None:
    body = "{% if x %}\n\n1. 甲\n\n{% endif %}\n\n2. 乙\n"
    assert printed(body, x=True)[1].starts == [1]


def test_lists_nest_and_bullets_have_one_instance() -> None:
    xml = rendered("1. 甲\n\n   第二段\n   - 乙\n     - 丙\n\n- 丁")
    assert xml.count('<w:ilvl w:val="1"/><w:numId w:val="4"/>') == 2
    assert xml.count('<w:ilvl w:val="0"/><w:numId w:val="10"/>') == 1


def test_numbering_has_an_instance_for_every_list() -> None:
    _, lists = printed("1. 甲\n\n正文\n\n1. 乙")
    xml = numbering(lists, (480, 480))
    assert xml.count("<w:startOverride") == 2
    etree.fromstring(xml.encode())
    assert 'w:firstLine="640"' in numbering(lists, (0, -640))


def test_a_quote_has_its_own_style() -> None:
    assert styles(rendered("> {{ policy }}\n\n正文", policy="先查后用")) == ["Quote", "Body"]


def test_the_parts_of_a_red_headed_paper() -> None:
    body = (
        "<!-- 发文机关标志 -->\n{{ name }}文件\n\n<!-- 发文字号 -->\n甲〔2026〕1号\n\n"
        "<!-- 红色分隔线 -->\n\n# 通知\n\n各部门：\n\n"
        "## 事项\n\n正文\n\n<!-- 落款：日期为发布日 -->\n总经理（签名）：\n\n　　年　月　日\n\n<!-- 版记 -->\n抄送：甲"
    )
    xml = rendered(body, layout_of("appointment", "notice"), name="某某有限公司")
    assert styles(xml) == [
        "RedName",
        "RedNumber",
        "RedLine",
        "NoticeTitle",
        "NoticeTo",
        "Notice1",
        "NoticeBody",
        "NoticeSign",
        "NoticeSign",
        "NoticeFoot",
    ]
    assert 'w:val="FF0000"' in xml


def test_a_long_issuer_is_set_smaller_and_stays_on_one_line() -> None:
    short = rendered("<!-- 发文机关标志 -->\n甲乙公司", layout_of("appointment"))
    long = rendered("<!-- 发文机关标志 -->\n" + "某" * 30, layout_of("appointment"))
    assert 'w:sz w:val="72"' in short
    assert 'w:sz w:val="72"' not in long
    assert "<w:w " not in short
    assert '<w:w w:val="80"/><w:sz w:val="36"/>' in long, "30 characters of 18 points are wider than the line"


def test_the_name_of_a_product_keeps_the_spaces_of_its_english() -> None:
    assert "做Smart Valve阀门R&amp;D x V2" in rendered("做{{ name | closed }}", name="Smart Valve 阀门 R&D x V2")


def test_who_signs_stands_at_the_right_with_the_date_under_it() -> None:
    body = "{{ top }}（签名）：\n\n{{ day | zh_date }}\n\n正文{{ top }}"
    assert styles(rendered(body, layout_of("manual", "manual"), top="总经理", day="2026-05-18")) == [
        "Sign",
        "Sign",
        "Body",
    ]


def test_figures_are_asked_for_by_name() -> None:
    assert "[flow]" in rendered("<!-- figure: flow -->\n")


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(Exception, match="不是日期"):
        rendered("{{ d | zh_date }}", d="明天")


def test_nothing_is_never_printed() -> None:
    with pytest.raises(Exception, match="没有填"):
        rendered("{{ d }}", d=None)


def test_tags_stay_on_the_lines_of_the_file() -> None:
    source = compiled("甲\n\n乙\n\n{%- if a %}\n\n丙{{ b }}\n\n{% endif %}", line=10)
    assert [n for n, line in enumerate(source.split("\n"), 1) if "if a" in line] == [14]
    assert [n for n, line in enumerate(source.split("\n"), 1) if "b }}" in line] == [16]


def test_an_unclosed_tag_is_a_complaint_with_its_line() -> None:
    with pytest.raises(FileFaults, match=r"systems/x\.md\.j2:12"):
        hold("甲\n\n{{ a ", 10, "systems/x.md.j2")


def test_too_many_tags_are_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gbtool.documents.compiling.holding._LAST", 0xF0000)
    with pytest.raises(FileFaults, match="太多"):
        hold("{{ a }}{{ b }}", 1, "x")


def test_the_texts_of_the_head_follow_the_body() -> None:
    source = compiled("甲", head={"approval": {"编制": "{{ a }}"}, "effective": "今天", "issued": "昨天"})
    assert source.split(FIELD)[1:] == ["{{ a }}", "", "", "今天", "昨天"]


TEMPLATE = Template("systems/x.md.j2", "自带", {}, "甲{{ a }}", 1)


def made(folder: Path) -> str:
    """The template of this name with a value in it, compiled or kept in a folder."""
    texts = Texts({TEMPLATE.path: TEMPLATE}.get, lambda _: layout_of("system"), Kept(folder))
    return environment(texts).get_template(TEMPLATE.path).render({"a": "丙"})


def test_what_is_compiled_is_kept_and_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    whole = kept.read_bytes()
    with monkeypatch.context() as nothing:
        nothing.setattr("gbtool.documents.compiling.compile.compiled", None)  # nobody compiles it again
        assert made(tmp_path / "cache") == first
    for broken in (b"", whole[:40], whole[:-9], whole[:99] + b"?" + whole[100:], whole[32:], b"\xff\xfe"):
        kept.write_bytes(broken)
        assert made(tmp_path / "cache") == first
        assert kept.read_bytes() == whole


def test_what_is_kept_and_no_code_is_compiled_again(tmp_path: Path) -> None:
    first = made(tmp_path)
    (kept,) = tmp_path.iterdir()
    other = marshal.dumps("甲")
    kept.write_bytes(hashlib.sha256(other).digest() + other)
    assert made(tmp_path) == first


def test_another_text_layout_or_jinja_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path)
    monkeypatch.setattr("jinja2.__version__", "0")
    made(tmp_path)
    assert len([*tmp_path.iterdir()]) == 2


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    assert "甲" in made(tmp_path / "cache")
