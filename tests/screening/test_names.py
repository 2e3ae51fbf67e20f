"""Other clients' names: found however they are written, never where they are somebody else's right."""

import pytest

from gbtool.model.identity import Identity, Term, TermKind
from gbtool.model.piece import Piece, Spot
from gbtool.screening.folding import fold, unfolded
from gbtool.screening.names import Hit, Names, names
from gbtool.screening.stream import stream

OWN = Identity(
    "岚湾流控",
    (
        Term("重庆岚湾流体控制设备有限公司", TermKind.FULL),
        Term("岚湾流控", TermKind.SHORT),
        Term("LW", TermKind.CODE),
        Term("周屿川，总经理", TermKind.LEADER),
    ),
)
OTHER = Identity(
    "青屿软件",
    (
        Term("成都青屿软件有限公司", TermKind.FULL),
        Term("成都青屿信息技术部", TermKind.FORMER),
        Term("Qingyu Software Co., Ltd.", TermKind.ENGLISH),
        Term("青屿软件", TermKind.SHORT),
        Term("91510104MA0XDEM22F", TermKind.USCC),
        Term("QY", TermKind.CODE),
        Term("028-0000-0002", TermKind.PHONE),
        Term("成都市锦江区（示例）青屿街6号3层", TermKind.ADDRESS),
        Term("（示例）qingyu.example", TermKind.DOMAIN),
        Term("ZL202019900071.X", TermKind.NUMBER),
        Term("QY-HT-07", TermKind.NUMBER),
        Term("2026-001", TermKind.NUMBER),
        Term("20260601", TermKind.NUMBER),
        Term("青屿采集平台 V5", TermKind.PRODUCT),
        Term("数据采集", TermKind.PRODUCT),
        Term("陆知行，总经理", TermKind.LEADER),
        Term("白建设", TermKind.PERSON),
        Term("高峰、常规", TermKind.PERSON),
        Term("江照野", TermKind.PERSON),
    ),
)
LAKE = Identity("岚湾", (Term("岚湾", TermKind.SHORT), Term("杭州岚湾食品有限公司", TermKind.FULL)))
NOBODY: tuple[Term, ...] = ()


def ordinary(word: str) -> bool:
    """What stands in everybody's documents."""
    return word in "数据采集常规检查"


def hits(
    *texts: str, known: tuple[Term, ...] = NOBODY, others: tuple[Identity, ...] = (OTHER, LAKE)
) -> tuple[Hit, ...]:
    """What is found in paragraphs that follow one another."""
    pieces = [Piece(text, Spot.BODY, f"第{n}段", "word/document.xml", n) for n, text in enumerate(texts)]
    return names(OWN, known, others).find(stream(pieces), ordinary)


def told(*texts: str, known: tuple[Term, ...] = NOBODY) -> list[str]:
    """The kinds of what is found."""
    return [hit.term.kind.value for hit in hits(*texts, known=known)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("由成都青屿软件有限公司负责", "全称"),
        ("由成都 青屿 软件 有限 公司负责", "全称"),
        ("成都青屿\n软件有限公司", "全称"),
        ("成都青屿\u200b软件\u00ad有限公司", "全称"),
        ("原成都青屿信息技术部", "曾用名"),
        ("ＱＩＮＧＹＵ　Software Co.,Ltd.", "英文名"),
        ("Qingyu Software Co Ltd", "英文名"),
        ("Made by Qingyu Software Co., Ltd for us", "英文名"),
        ("CHENGDU QINGYU SOFTWARE CO LTD", "英文名"),
        ("青屿软件的制度", "简称"),
        ("see QY-IPM-CX-01", "文件编号代号"),
        ("QY_IPM_CX_01", "文件编号代号"),
        ("QY/IPM-CX-01", "文件编号代号"),
        ("QYIPM-CX-01", "文件编号代号"),
        ("经陆知行审批", "负责人"),
        ("９１５１０１０４ＭＡ０ＸＤＥＭ２２Ｆ", "统一社会信用代码"),
        ("见QY-IPM-CX-01", "文件编号代号"),
        ("见Q Y—IPM—CX-01", "文件编号代号"),
        ("电话 028-0000-0002", "电话"),
        ("电话 02800000002", "电话"),
        ("成都市锦江区青屿街6号3层", "地址"),
        ("www.qingyu.example/a", "域名"),
        ("专利ZL202019900071.X", "编号"),
        ("合同QY-HT-07", "编号"),
        ("采用青屿采集平台V5", "产品或项目"),
        ("总经理陆知行批准", "负责人"),
        ("陆知行", "负责人"),
        ("由江照野负责", "人员"),
        ("参加人：高峰、江照野", "人员"),
        ("电话 江照野 转", "人员"),
        ("由成都青嶼軟件有限公司負責", "全称"),
        ("采购自青·屿·软·件的平台", "简称"),
        ("由成都-青屿—软件•有限公司和青_屿软件负责", "全称"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert kind in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "重庆岚湾流体控制设备有限公司",
        "岚湾流控的制度",
        "用电高峰时段",
        "常规",
        "明白建设的意义",
        "数据采集工作",
        "AQY-IPM-1",
        "1028-0000-00021",
        "见AQY IPM",
        "Xqingyu software co., ltd.",
        "编号2026-001",
        "日期20260601",
        "LW-IPM-CX-01",
        "江-照-野",
        "杭州-岚湾流控",
        "说明 白 建设 的意义",
        "周屿川",
        "青岛屿软件",
        "",
    ],
)
def test_what_is_no_name_is_not_accused(text: str) -> None:
    assert told(text) == []


def test_a_name_inside_a_longer_name_that_is_allowed_is_not_accused() -> None:
    known = (Term("（示例）青屿软件园管理处", TermKind.FULL),)
    assert told("驻青屿软件园管理处的办公室", known=known) == []
    assert told("驻青屿软件园管理处，青屿软件的办公室", known=known) == ["简称"]


def test_the_longest_name_is_told_once() -> None:
    assert told("成都青屿软件有限公司") == ["全称"]


def test_a_name_broken_over_paragraphs_is_found() -> None:
    assert told("成都青屿", "软件有限公司") == ["全称"]
    assert told("青", "屿", "软", "件") == ["简称"]
    assert told("甲江照", "野") == []


def test_pieces_of_different_parts_do_not_flow_together() -> None:
    pieces = (
        Piece("青屿", Spot.HEADER, "页眉", "word/header1.xml", 0),
        Piece("软件", Spot.HEADER, "页眉", "word/header2.xml", 0),
        Piece("青屿", Spot.CORE, "标题", "docProps/core.xml"),
        Piece("软件", Spot.CORE, "主题", "docProps/core.xml"),
    )
    assert names(OWN, NOBODY, (OTHER,)).find(stream(pieces), ordinary) == ()


def test_who_is_on_the_clients_own_list_is_nobody_elses_name() -> None:
    assert told("由青屿软件负责", known=(Term("成都青屿软件有限公司", TermKind.FULL),)) == []
    assert told("由青屿软件负责", known=(Term("91510104MA0XDEM22F", TermKind.USCC),)) == []


def test_only_what_cannot_be_anything_else_is_sure() -> None:
    assert [hit.sure for hit in hits("成都青屿软件有限公司")] == [True]
    assert [hit.sure for hit in hits("由江照野负责")] == [False]
    assert [hit.sure for hit in hits("总经理陆知行批准")] == [True]
    assert [hit.sure for hit in hits("专利ZL202019900071.X")] == [True]
    assert [hit.sure for hit in hits("合同QY-HT-07")] == [False]
    assert [hit.sure for hit in hits("（岚湾）")] == [False]


def test_a_short_name_of_two_signs_stands_alone() -> None:
    assert told("“岚湾”的") == ["简称"]
    assert told("去岚湾流体") == []


def test_without_other_clients_nothing_is_looked_for() -> None:
    assert Names().find(stream([Piece("青屿软件", Spot.BODY)]), ordinary) == ()
    assert hits("青屿软件", others=()) == ()


def test_the_quote_shows_the_name_among_its_words() -> None:
    flow = stream([Piece(f"{'前文' * 12}由成都 青屿软件 有限公司负责{'后文' * 12}", Spot.BODY)])
    (hit,) = names(OWN, NOBODY, (OTHER,)).find(flow, ordinary)
    before, after = f"文{'前文' * 8}由", f"负责{'后文' * 8}"
    assert flow.quote(hit.start, hit.end) == f"…{before}〖成都 青屿软件 有限公司〗{after}…"


@pytest.mark.parametrize(
    ("text", "span", "raw"),
    [
        ("a b", (1, 2), "b"),
        ("甲㈱乙", (1, 4), "㈱"),
        ("\u200b甲 乙", (0, 2), "甲 乙"),
        ("ﬃx", (3, 4), "x"),
    ],
)
def test_the_way_back_from_folded_text_is_kept(text: str, span: tuple[int, int], raw: str) -> None:
    first, last = unfolded(text, *span)
    assert text[first:last] == raw
    assert fold("Ｌ W—１") == "lw-1"


def test_a_name_that_stands_open_at_its_end_only_warns() -> None:
    assert [hit.sure for hit in hits("经陆知行审批")] == [False]
    assert [hit.sure for hit in hits("经陆知行批准")] == [True]


def test_whom_the_client_deals_with_may_be_named_but_not_the_numbers_of_its_documents() -> None:
    known = (Term("成都青屿软件有限公司", TermKind.FULL),)
    assert told("成都青屿软件有限公司的陆知行", known=known) == []
    assert told("见QY-IPM-CX-01", known=known) == ["文件编号代号"]


def test_a_long_text_in_several_pieces_hides_no_name_at_the_seam() -> None:
    for spot in (Spot.DATA, Spot.BODY):
        text = "甲" * 9_998 + "青屿软件"
        pieces = [Piece(part, spot, "部件", "x.xml") for part in (text[:10_000], text[10_000:])]
        assert len(names(OWN, (), (OTHER,)).find(stream(pieces), ordinary)) == 1
    apart = [Piece("青屿", Spot.DATA, "部件", "x.xml"), Piece("软件", Spot.DATA, "部件", "x.xml")]
    assert names(OWN, (), (OTHER,)).find(stream(apart), ordinary) == ()
