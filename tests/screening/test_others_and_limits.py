"""CN-01 and FL: how other clients, strangers, macros and unreadable files are told."""

import pytest

from desks import desk, file, messages
from engagement import answered
from gbtool.model.finding import Severity, Status, joined
from gbtool.model.firm import Firm
from gbtool.model.identity import Identity, Source, Term, TermKind
from gbtool.model.piece import FileRead, Piece, Spot, Trouble, TroubleKind
from gbtool.screening.bounding import bounded
from gbtool.screening.folding import fold
from gbtool.screening.identity import identity, terms_of
from gbtool.screening.limits import inert, readable
from gbtool.screening.names import MOST, names
from gbtool.screening.others import SHOWN, other_clients, strangers, unread
from gbtool.screening.report import Case, CaseKind, screen
from gbtool.screening.stream import stream
from gbtool.structs import replace

OWN = Identity("岚湾流控", (Term("重庆岚湾流体控制设备有限公司", TermKind.FULL),))
OTHER = Identity("青屿软件", (Term("成都青屿软件有限公司", TermKind.FULL), Term("江照野", TermKind.PERSON)))
NAMES = names(OWN, (), (OTHER,))


def test_a_finding_says_who_what_where_and_what_to_do() -> None:
    read = file("甲", "由成都青屿软件有限公司负责")
    (found,) = other_clients(read, stream(read.pieces), desk(names=NAMES))
    assert (found.rule, found.severity, found.path) == ("CN-01", Severity.ERROR, "文件/甲.docx")
    assert found.message == "正文里有另一家客户“青屿软件”的全称：成都青屿软件有限公司"
    assert found.place == "文件/甲.docx 第1段：由〖成都青屿软件有限公司〗负责"
    assert found.anchor == "word/document.xml#1"
    assert "known_names" in found.fix


def test_what_may_be_an_accident_only_warns() -> None:
    read = file("由江照野负责")
    (found,) = other_clients(read, stream(read.pieces), desk(names=NAMES))
    assert found.severity is Severity.WARN


def test_a_name_that_stands_everywhere_is_counted() -> None:
    read = file(*["由成都青屿软件有限公司负责"] * (SHOWN + 5))
    told = messages(other_clients(read, stream(read.pieces), desk(names=NAMES)))
    assert len(told) == SHOWN + 1
    assert told[-1] == "这份文件里“成都青屿软件有限公司”（客户“青屿软件”）另有 5 处"


def test_what_is_said_without_end_is_bounded() -> None:
    read = file("成都青屿软件有限公司，" * (MOST + 50))
    told = messages(other_clients(read, stream(read.pieces), desk(names=NAMES)))
    assert told[-1] == f"这份文件里“成都青屿软件有限公司”（客户“青屿软件”）另有 {MOST - SHOWN} 处以上"
    one = replace(next(readable(FileRead("a", troubles=(Trouble(TroubleKind.DAMAGED, "坏"),)), desk())), places=("a",))
    found = list(bounded(one for _ in range(10_000)))
    assert len(found) == SHOWN + 1
    assert found[-1].message.endswith("处以上")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("由武汉某某科技有限公司负责", "武汉某某科技有限公司"),
        ("关于委托上海远帆律师事务所的说明", "上海远帆律师事务所"),
        ("（示例）远帆精密机械股份有限公司", "（示例）远帆精密机械股份有限公司"),
        ("与西南交通大学签订协议", "西南交通大学"),
        ("由中国科学院重庆研究院承担", "中国科学院重庆研究院"),
        ("supplied by Blue River Valves Co., Ltd.", "Blue River Valves Co., Ltd."),
    ],
)
def test_a_company_on_no_list_is_asked_about(text: str, name: str) -> None:
    (found,) = strangers(file(text, text), desk())
    assert found.severity is Severity.WARN
    assert name in found.message


@pytest.mark.parametrize(
    "text",
    [
        "重庆岚湾流体控制设备有限公司",
        "本有限公司",
        "与供方的子公司、分公司，某有限公司",
        "由（示例）渝诚代理有限公司负责",
        "示例辅导机构有限公司",
        "各大学和研究院，高校、科研院所，国内重点大学",
        "大学生和研究生，毕业于大学本科",
        "公司研究所、设计院、某大学",
        "Acme and Ltd",
        "没有",
    ],
)
def test_own_known_and_nameless_companies_are_not_asked_about(text: str) -> None:
    own = desk(allowed=fold("（示例）渝诚代理有限公司"), firm=Firm("示例辅导机构"))
    assert messages(strangers(file(text), own)) == []


def test_a_remark_behind_the_own_name_is_no_part_of_it() -> None:
    own = desk()
    named = replace(own, facts=answered(own.facts, company_name="远帆大学（示例）"))
    assert messages(strangers(file("本办法适用于远帆大学（示例）的教职工"), named)) == []


def test_papers_of_the_consultancy_may_name_anybody() -> None:
    assert messages(strangers(file("武汉远帆科技有限公司", id_="svc-visit"), desk())) == []
    assert messages(strangers(file(Piece("武汉远帆科技有限公司", Spot.DATA)), desk())) == []


def test_a_client_whose_file_cannot_be_read_is_told() -> None:
    (found,) = unread((OTHER, Identity("乙", unread="client.yaml:3：不是合法的 YAML")), desk())
    assert (found.rule, found.severity) == ("FL-04", Severity.WARN)
    assert "客户“乙”的资料读不出" in found.message


def test_a_file_that_cannot_be_read_is_an_error_and_an_old_one_a_warning() -> None:
    damaged = FileRead("甲.docx", troubles=(Trouble(TroubleKind.DAMAGED, "已损坏", "重新要一份"),))
    old = FileRead("乙.doc", troubles=(Trouble(TroubleKind.OLD_KIND, "是旧格式", "另存"),))
    assert [each.severity for read in (damaged, old) for each in readable(read, desk())] == [
        Severity.ERROR,
        Severity.WARN,
    ]


def test_what_runs_or_fetches_is_an_error_and_what_is_embedded_a_warning() -> None:
    read = file(
        Piece("vba", Spot.MACRO),
        Piece("http://x", Spot.EXTERNAL, "外部引用", name="attachedTemplate"),
        Piece("http://y", Spot.EXTERNAL, "外部引用", name="strange"),
        Piece("表.xlsx", Spot.EMBEDDED, "嵌入的文件"),
    )
    told = [(each.severity, each.message) for each in inert(read, desk())]
    assert [severity for severity, _ in told] == [Severity.ERROR, Severity.ERROR, Severity.ERROR, Severity.WARN]
    assert "装入模板" in told[1][1]
    assert "装入strange" in told[2][1]


def test_evidence_may_name_strangers_but_no_other_client() -> None:
    read = file("由成都青屿软件有限公司和武汉远帆科技有限公司负责", path="证据/甲.docx")
    at = desk(names=NAMES)
    assert len(messages(f for r in screen((Case(read),), at) for f in r.findings)) == 2
    assert len(messages(f for r in screen((Case(read, CaseKind.EVIDENCE),), at) for f in r.findings)) == 1


def test_nothing_screened_is_no_pass() -> None:
    data = Case(file("甲"), CaseKind.DATA)
    assert {result.status for result in screen((data,), desk())} == {Status.NOT_APPLICABLE}
    assert {result.status for result in screen((Case(file("甲")),), desk())} == {Status.PASSED}


def test_results_of_one_rule_are_put_together() -> None:
    bad = screen((Case(file("由成都青屿软件有限公司负责")),), desk(names=NAMES))
    good = screen((Case(file("甲")), Case(file("乙"))), desk(names=NAMES))
    both = {result.rule: result for result in joined((*good, *bad))}
    assert (both["CN-01"].subjects, both["CN-01"].status) == (3, Status.FAILED)
    assert len(both) == len(good)


def test_answers_become_terms() -> None:
    sources = (
        Source(TermKind.FULL, "company_name"),
        Source(TermKind.PERSON, "people_roster.姓名"),
        Source(TermKind.FULL, "competitors"),
        Source(TermKind.ADDRESS, "operating_sites.地址"),
    )
    answers = {
        "company_name": " 甲公司 ",
        "people_roster": [{"姓名": "张三"}, {"姓名": None}, "坏行"],
        "competitors": ["乙", "丙"],
        "operating_sites": None,
    }
    assert [term.text for term in terms_of(answers, sources)] == ["甲公司", "张三", "乙", "丙"]
    whole = identity("夹", answers, sources, "坏")
    assert (whole.terms[-1], whole.unread) == (Term("夹", TermKind.SHORT), "坏")
    assert identity("", {}, ()).terms == ()


def test_a_rule_without_a_text_is_an_error() -> None:
    facts = replace(desk().facts, rule_texts={})
    assert Severity.ERROR in {
        each.severity
        for each in readable(FileRead("甲.docx", troubles=(Trouble(TroubleKind.DAMAGED, "坏"),)), desk(facts))
    }
    assert {result.title for result in screen((), desk(facts))} >= {"CN-01"}
