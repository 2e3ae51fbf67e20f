"""Flows, organisation chart, matrix: nothing overlaps, everything is said, exactly one is mainly responsible."""

import re
from itertools import combinations

import pytest
from lxml import etree

from drafted import example, example_facts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents import matrix
from gbtool.documents.context import steps
from gbtool.documents.figures import Figures, graph
from gbtool.documents.telling import kept_steps
from gbtool.model.checklist import Share
from gbtool.model.document import Next, Specification, Step
from gbtool.shelf.catalogue import catalogue
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace
from gbtool.word import measure, orgchart, wordml
from gbtool.word.drawing import Box, Picture, draw, wrapped
from gbtool.word.flows import chart, sheets
from gbtool.word.flows.layers import Graph, Node, Way, places
from gbtool.word.package import NAMESPACES

FLOWS = [specification for specification in catalogue(shelves_of(None, None)) if specification.steps]
LONG = "这个部门的名称特别长而且还在变长以至于一行放不下的研究开发与知识产权综合管理中心"


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes cover one place."""
    across = one.x < other.x + other.width - 0.1 and other.x < one.x + one.width - 0.1
    return across and one.y < other.y + other.height - 0.1 and other.y < one.y + one.height - 0.1


def solid(picture: Picture) -> list[Box]:
    """The boxes with a frame."""
    return [box for box in picture.boxes if box.framed]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow.id))
def test_boxes_of_a_flow_never_overlap_and_stay_on_the_page(flow: Specification) -> None:
    facts = example_facts()
    for picture in chart.pictures(graph(steps(flow, facts, drafts.words(example()))), flow.title):
        assert picture.height <= chart.TALLEST + 1
        assert not [pair for pair in combinations(solid(picture), 2) if overlap(*pair)]
        for box in picture.boxes:
            assert 0 <= box.x <= sheets.WIDTH + 0.5 - box.width
            assert 0 <= box.y <= picture.height + 0.5 - box.height


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow.id))
def test_what_is_said_beside_lines_can_be_read(flow: Specification) -> None:
    for picture in chart.pictures(graph(steps(flow, example_facts(), drafts.words(example()))), flow.title):
        labels = [box for box in picture.boxes if not box.framed]
        assert not [pair for pair in combinations(labels, 2) if overlap(*pair)]
        straight = [box for box in solid(picture) if box.shape != "flowChartDecision"]
        assert not [(label, box) for label in labels for box in straight if overlap(label, box)]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: str(flow.id))
def test_every_step_is_drawn_once_with_its_number(flow: Specification) -> None:
    made = steps(flow, example_facts(), drafts.words(example()))
    drawn = ["".join(box.lines) for picture in chart.pictures(graph(made), "") for box in solid(picture)]
    for step in made:
        assert drawn.count(f"{step['no']} {step['name']}".replace(" ", " ")) == 1


def test_long_names_and_many_lanes_do_not_overlap() -> None:
    nodes = tuple(
        Node(f"n{n}", "decision" if n % 3 == 1 else "activity", f"{n} {LONG}", f"{LONG}{n % 7}") for n in range(14)
    )
    ways = tuple(Way(f"n{n}", f"n{n + 1}", "是") for n in range(13))
    back = tuple(Way(f"n{n}", f"n{n - 1 if n < 10 else 2}", "否") for n in range(1, 14, 3))
    skips = tuple(Way(f"n{n}", f"n{n + 3}", LONG[:9]) for n in range(1, 10, 4))
    for picture in chart.pictures(Graph(nodes, (*ways, *back, *skips)), "长"):
        assert not [pair for pair in combinations(solid(picture), 2) if overlap(*pair)]


def test_a_flow_on_several_pages_says_where_it_goes_on() -> None:
    nodes = tuple(Node(f"n{n}", "activity", f"{n + 1} 步骤", "部门") for n in range(60))
    ways = (*(Way(f"n{n}", f"n{n + 1}") for n in range(59)), Way("n50", "n2", "退回"))
    drawn = chart.pictures(Graph(nodes, ways), "流程")
    said = [" ".join("".join(box.lines) for box in picture.boxes) for picture in drawn]
    assert len(drawn) > 1
    assert drawn[0].title == f"流程（1/{len(drawn)}）"
    assert "转第" in said[0]
    assert "接第" in said[1]
    assert "转第3步" in "".join(said[1:])


def test_two_nodes_never_share_a_place() -> None:
    nodes = tuple(Node(f"n{n}", "activity", "x", "一") for n in range(4))
    where = places(Graph(nodes, tuple(Way("n0", f"n{n}") for n in range(1, 4))))
    assert sorted(where.rows.values()) == [0, 1, 2, 3]


def test_a_drawing_is_well_formed_with_a_fallback() -> None:
    nodes = (
        Node("a", "start", "1 <开始>", "甲&乙"),
        Node("b", "decision", "2 是?", "丙"),
        Node("c", "end", "3 完", "甲&乙"),
    )
    (picture,) = chart.pictures(Graph(nodes, (Way("a", "b"), Way("b", "c", "是"), Way("b", "a", "否"))), "图 & 名")
    root = etree.fromstring(f"<w:body {NAMESPACES}>{draw(picture, 1)}</w:body>")
    text = "".join(map(str, root.itertext()))
    assert text.count("<开始>") == 2
    assert len(root.findall(".//{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")) == 1


def test_a_scaled_drawing_keeps_its_proportions() -> None:
    half = Picture(10, 20, (Box(2, 4, 6, 8, ("甲",), size=9),)).scaled(0.5)
    assert (half.width, half.boxes[0].y, half.boxes[0].size) == (5, 2, 4.5)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ("",)),
        ("一二三四五", ("一二三", "四五")),
        ("一二三，四", ("一二", "三，四")),
        ("LW-IPM-JL-07", ("LW-IPM-JL-07",)),
    ],
)
def test_text_is_wrapped_where_chinese_may_be(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 30, 10) == lines or text.startswith("LW")


def flow(*each: Step) -> Specification:
    """A flow of these steps."""
    return replace(FLOWS[0], steps=each)


def test_steps_that_do_not_apply_are_bridged() -> None:
    specification = flow(
        Step("s", "start", "开始", "rd", next=(Next("x"),)),
        Step("x", "activity", "进出口", "trade", next=(Next("y"),), when=("military",)),
        Step("y", "decision", "查", "trade", next=(Next("e", "是"), Next("s", "否")), when=("military",)),
        Step("e", "end", "完", "rd"),
    )
    assert [(step.id, step.next) for step in kept_steps(specification, example_facts())] == [
        ("s", (Next("e"),)),
        ("e", ()),
    ]


def test_a_way_of_a_business_that_is_not_there_is_no_way() -> None:
    specification = flow(
        Step("s", "decision", "哪一种？", "rd", next=(Next("e", "许可"), Next("x", "军品", ("military",)))),
        Step("x", "activity", "报批", "trade", next=(Next("e"),), when=("military",)),
        Step("e", "end", "完", "rd"),
    )
    assert [step.next for step in kept_steps(specification, example_facts())] == [(Next("e", "许可"),), ()]


def test_a_clause_of_many_units_has_a_mark_for_each_of_them() -> None:
    facts = example_facts()
    many = replace(facts.standard, head=replace(facts.standard.head, units=("sales", "secrecy")))
    both = [{"部门": name, "负责人": "甲", "职能": "sales", "人数": 1} for name in ("一院", "二院")]
    seen = replace(answered(facts, departments=both), standard=many)
    assert matrix.marks(Share("x", "sales", ("secrecy",)), seen) == {"一院": matrix.MAIN, "二院": matrix.MAIN}


def test_steps_that_only_lead_to_each_other_end() -> None:
    specification = flow(
        Step("s", "start", "开始", "rd", next=(Next("x"),)),
        Step("x", "activity", "甲", "rd", next=(Next("y"),), when=("military",)),
        Step("y", "activity", "乙", "rd", next=(Next("x"),), when=("military",)),
    )
    assert [step.next for step in kept_steps(specification, example_facts())] == [()]


def test_what_nobody_asked_for_is_not_made() -> None:
    figures = Figures(example_facts(), "名", [], 9000)
    assert figures.make("flow") == ""
    assert figures.make("photo") == ""
    assert "组织机构图" in figures.make("org-chart")
    assert "▲" in figures.make("matrix")


def test_the_chart_shows_every_department_and_who_leads() -> None:
    said = ["".join(box.lines) for box in orgchart.pictures(example_facts().client)[0].boxes]
    assert said[0] == "最高管理者董事长兼总经理 周屿川"
    assert said[1] == "管理者代表副总经理 沈知远"
    assert "技术中心韩泊舟" in said
    assert not any(line.startswith("公司领导") for line in said)


def test_the_chart_shows_a_department_that_was_given_no_function() -> None:
    rows = [
        {"部门": "公司领导", "职能": "top,mr"},
        {"部门": "知识产权部", "职能": "ip"},
        {"部门": "安环部", "职能": ""},
    ]
    said = [box.lines[0] for box in orgchart.pictures(answered(example_facts(), departments=rows).client)[0].boxes]
    assert said[2:] == ["知识产权部", "安环部"]


@pytest.mark.parametrize("count", [1, 2, 7, 8, 20])
def test_the_chart_has_no_overlaps_however_many_departments(count: int) -> None:
    rows = [
        {"部门": f"{LONG}{n}", "负责人": "欧阳某某", "职能": "ip" if n == 0 else "rd", "人数": 3} for n in range(count)
    ]
    facts = answered(example_facts(), departments=rows, management_rep="周屿川，董事长", ip_department=f"{LONG}0")
    (picture,) = orgchart.pictures(facts.client)
    assert len(picture.boxes) == count + 1
    assert not [pair for pair in combinations(picture.boxes, 2) if overlap(*pair)]
    assert [box.bold for box in picture.boxes].count(True) == 2


def test_the_chart_of_a_client_without_answers_is_still_drawn() -> None:
    facts = answered(example_facts(), departments=None, top_manager=None, management_rep=None)
    assert [box.lines for box in orgchart.pictures(facts.client)[0].boxes] == [("最高管理者",)]


def test_every_row_of_the_matrix_has_exactly_one_main() -> None:
    facts = example_facts()
    assert facts.shares
    for share in facts.shares:
        given = matrix.marks(share, facts)
        assert list(given.values()).count(matrix.MAIN) == 1
        assert set(given) <= set(matrix.columns_of(facts))


def test_a_main_department_that_also_co_operates_shows_main() -> None:
    share = Share("context.scope", "ip", ("compliance", "all", "nobody"))
    assert matrix.marks(share, example_facts())["知识产权部"] == "▲"


def test_a_function_that_nobody_carries_falls_to_the_department_in_charge() -> None:
    assert matrix.marks(Share("context.scope", "audit", ("quality", "nobody")), example_facts()) == {
        "质量部": "△",
        "知识产权部": "▲",
    }


def test_posts_that_no_department_carries_have_columns_of_their_own() -> None:
    rows = [{"部门": "综合部", "负责人": "甲", "职能": "ip,hr", "人数": 3}]
    facts = answered(example_facts(), departments=rows)
    assert matrix.columns_of(facts) == ("最高管理者", "管理者代表", "综合部")
    assert matrix.marks(Share("context.scope", "top", ("mr",)), facts) == {"管理者代表": "△", "最高管理者": "▲"}
    assert matrix.marks(Share("x", "rd"), answered(facts, departments=None, ip_department="知产部"))["知产部"] == "▲"
    assert "x" in matrix.matrix(replace(facts, matrix=(Share("x", "ip"),)), 9000)


def test_the_matrix_of_many_departments_can_be_read() -> None:
    rows = [
        {"部门": f"名称有十二个字的部门第{at:02}", "负责人": "甲", "职能": "ip" if at else "top,mr"} for at in range(40)
    ]
    facts = answered(example_facts(), departments=rows)
    drawn = matrix.matrix(facts, 9180)
    assert drawn.count("<w:tbl>") == 3
    assert min(int(wide) for wide in re.findall(r'<w:gridCol w:w="(\d+)"/>', drawn)) >= 400
    assert drawn.count(matrix.MAIN) == len(facts.shares)
    assert matrix.matrix(example_facts(), 9180).count("<w:tbl>") == 1


def test_a_flow_begins_on_the_page_where_it_stands() -> None:
    nodes = tuple(
        Node(f"n{at}", "activity", f"{at} 做一件要写两行字才能写得下的事情并且留下记录", f"部门{at % 3}")
        for at in range(14)
    )
    flow = Graph(nodes, tuple(Way(f"n{at}", f"n{at + 1}") for at in range(13)))
    whole, begun = chart.pictures(flow, "图"), chart.pictures(flow, "图", 350.0)
    assert begun[0].height <= 350.0 < whole[0].height
    assert all(picture.height <= chart.TALLEST for picture in begun)


def test_the_first_of_two_pages_is_filled_where_it_can_be() -> None:
    nodes = tuple(
        Node(f"n{at}", "activity", f"{at} 做一件要写两行字才能写得下的事情并且留下记录", f"部门{at % 3}")
        for at in range(14)
    )
    ways = [Way(f"n{at}", f"n{at + 1}") for at in range(13)]
    back = [Way(f"n{at}", "n4") for at in range(6, 12, 2)]  # a cut before n4 parts one way, every later one more
    drawn = chart.pictures(Graph(nodes, (*ways, *back)), "图")
    assert len(drawn) == 2
    assert drawn[0].height >= 0.6 * chart.TALLEST


def test_a_flow_that_does_not_fit_begins_a_page_with_its_heading() -> None:
    page = wordml.Page()
    line, heading = wordml.paragraph("Body", "字"), wordml.paragraph("Section1", "工作程序")
    picture = Picture(459, 600, ())
    flow = draw(picture, 1)
    figures = Figures(example_facts(), "名", [], 9000, flow=flow, pages=(picture,))
    turned = figures.settled(line * 24 + heading + line + flow, page)
    assert turned.index("<w:pageBreakBefore/>") > turned.index("Section1")
    assert turned.replace("<w:pageBreakBefore/>", "") == line * 24 + heading + line + flow
    assert "pageBreakBefore" not in figures.settled(heading + line + flow, page)
    assert "pageBreakBefore" not in figures.settled(line * 24 + flow, page)
    far = line * 20 + heading + line * 4 + flow
    assert figures.settled(far, page) == far


def room(above: str, tall: float) -> float:
    """The room below some paragraphs for a drawing so tall."""
    page = wordml.Page()
    return measure.room(measure.above(above, page), measure.drawn(tall), page)


def test_the_room_for_a_flow_is_what_is_left_on_its_page() -> None:
    page = wordml.Page()
    line = wordml.paragraph("Body", "字")
    assert 300 < room(line * 6, 600) < page.height / 20
    assert room(line, 100) == 0.0
    assert room(line * 30, 600) < room(line * 6, 600)
    assert room("", 680) == 0.0
    (caption,) = measure.blocks(wordml.paragraph("Caption", "图（1/2）"), page)
    assert room("", 680 + caption.height) > 600  # the caption stays with its drawing, so both would move
    head, row = (wordml.row(wordml.paragraph("Cell", "字"), head=head) for head in (True, False))
    table = f"<w:tbl>{head}{row * 43}</w:tbl>"
    headless = f"<w:tbl>{row * 44}</w:tbl>"
    assert room(table, 600) < room(headless, 600)


def test_a_drawing_in_a_body_is_as_high_as_said() -> None:
    body = draw(Picture(459, 600.04, (Box(0, 0, 9, 9, ("字",)),)), 1)
    (block,) = measure.blocks(body, wordml.Page())
    assert (block.style, block.height) == ("Drawing", measure.drawn(600.04))


def test_a_flow_is_settled_where_it_stands() -> None:
    page, picture = wordml.Page(), Picture(459, 600, ())
    line, flow = wordml.paragraph("Body", "字"), draw(picture, 1)
    figures = Figures(example_facts(), "名", [], 9000, flow=flow, pages=(picture,))
    assert figures.settled(line, page) == line
    other = flow.replace("<v:group ", "<v:group  ")  # the same head, another drawing
    assert figures.settled(other + line + flow, page) == other + line + flow


def test_a_heading_above_a_drawing_counts_on_the_page_to_which_it_moves() -> None:
    line, heading = wordml.paragraph("Body", "字"), wordml.paragraph("Section1", "流程图")
    assert room(line * 30 + heading + line, 645) > 0
    assert room(line * 31 + line, 645) == 0.0


def test_a_flow_that_begins_a_page_leaves_room_for_its_heading_and_its_caption() -> None:
    page = wordml.Page()
    line, heading = wordml.paragraph("Body", "字"), wordml.paragraph("Section1", "工作程序")
    steps_ = [
        {"id": f"s{at}", "no": at, "type": "task", "name": "核对" * 9, "responsible": "甲部", "next": []}
        for at in range(60)
    ]
    figures = Figures(example_facts(), "名", steps_, 9000)
    flow = str(figures.make("flow"))
    settled = figures.settled(line * 29 + heading + line + flow, page)
    assert "<w:pageBreakBefore/>" in settled
    first = settled[settled.index("<w:drawing>") :]
    assert int(first.split('cy="')[1].split('"')[0]) / 12700 < page.height / 20 - 28 - 22 - 20


def test_an_item_of_a_list_is_narrower_than_the_text() -> None:
    (item,) = measure.blocks(wordml.paragraph("Item", "字" * 38), wordml.Page())
    (text,) = measure.blocks(wordml.paragraph("Body", "字" * 36), wordml.Page())
    assert (item.height, text.height) == (44, 22)
