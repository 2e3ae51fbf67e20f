"""Each of the 25 consistency rules finds what it is for and leaves alone what is as it should be."""

import pytest

from desks import BODY, file
from drafted import example, example_facts
from gbtool.commands.checks.desks import desk as whole_desk
from gbtool.model.finding import Result
from gbtool.model.identity import Identity, Term, TermKind
from gbtool.model.likeness import Measure
from gbtool.model.piece import FileRead, Grid, Piece, Spot
from gbtool.rules.report import check
from gbtool.screening.likeness import alike
from gbtool.screening.names import names
from gbtool.screening.report import Case, screen
from gbtool.structs import replace

OTHER = Identity("青屿软件", (Term("成都青屿软件有限公司", TermKind.FULL),))
OWN = Identity("岚湾流控", (Term("重庆岚湾流体控制设备有限公司", TermKind.FULL),))
DESK = replace(whole_desk(example(), example_facts(), ()), names=names(OWN, (), (OTHER,)))
MATRIX = ("条款", "知识产权部", "技术中心", "采购部")
PROCEDURE, FORM, SECRETS = "proc-document", "rec-scope", "reg-trade-secrets"


def framed(id_: str, head: str, foot: str = "第1页 共2页", body: str = "编制 审核 批准 密级") -> FileRead:
    """A document with these sides."""
    pieces = (
        Piece(head, Spot.HEADER, "页眉", "word/header1.xml", 0),
        Piece(foot, Spot.FOOTER, "页脚", "word/footer1.xml", 0),
        Piece(body, Spot.BODY, "第1段", BODY, 1),
    )
    return FileRead("文件/a.docx", pieces, id=id_)


def grid(*rows: tuple[str, ...]) -> FileRead:
    """A file of one table."""
    return file(grids=(Grid("表1", rows),))


# Of each rule that reads files: one that is found, one that is not accused.
FILES: dict[str, tuple[FileRead, FileRead]] = {
    "CN-01": (file("由成都青屿软件有限公司负责"), file("由重庆岚湾流体控制设备有限公司负责")),
    "CN-02": (file("由某某负责"), file("由采购部负责")),
    "CN-03": (file("由研发部检索"), file("由技术中心检索")),
    "CN-04": (grid(MATRIX, ("4.1", "", "△", ""), ("4.2", "▲", "", "")), grid(MATRIX, ("4.1", "▲", "△", ""))),
    "CN-05": (file("管理者代表：梁若溪"), file("管理者代表：沈知远")),
    "CN-06": (file("按LW-IPM-CX-99执行"), file("按LW-IPM-CX-04执行")),
    "CN-07": (file("填写《天气登记表》"), file("填写《文件发放与回收记录》")),
    "CN-08": (file("见LW-IPM-CX-26"), file("见LW-IPM-CX-04")),
    "CN-09": (file("依据GB/T 29490—2013建立"), file("依据GB/T 29490—2023建立")),
    "CN-10": (
        file("截至2026年5月15日，有效专利38件", "截至2026年5月15日，有效专利40件"),
        file("截至2026年5月15日，有效专利38件", "截至2026年6月15日，有效专利40件"),
    ),
    "CN-14": (file("知识产权方针：激励创造，有效运用"), file("知识产权方针应当传达到每个员工")),
    "CN-15": (framed("ip-manual", "LW-IPM-01", body="编制"), framed("ip-manual", "LW-IPM-01")),
    "CN-16": (framed(FORM, "LW-IPM-CX-04"), framed(FORM, "LW-IPM-JL-01-03")),
    "CN-17": (file("依据《合同法》签订"), file("依据《中华人民共和国民法典》签订")),
    "CN-18": (framed(SECRETS, "LW-IPM-TZ-11", body="登记 审核 批准"), framed(SECRETS, "LW-IPM-TZ-11")),
    "CN-20": (file("由管代批准"), file("由管理者代表批准")),
    "CN-24": (framed(PROCEDURE, "LW-IPM-CX-04", foot="第1页"), framed(PROCEDURE, "LW-IPM-CX-04")),
}
# Rules about facts and ledger: tests/rules/test_each_rule.py asks that each finds, and accuses no example.
LEDGER = {"CN-11", "CN-12", "CN-19", "CN-21", "CN-22", "CN-23", "CN-25"}


def asked(rule: str, read: FileRead) -> Result:
    """What a rule says of a file."""
    return next(result for result in screen((Case(read),), DESK) if result.rule == rule)


def test_each_of_the_25_rules_has_its_cases() -> None:
    rules = {f"CN-{number:02d}" for number in range(1, 26)}
    assert {*FILES, *LEDGER, "CN-13"} == rules
    assert {result.rule for result in check(example_facts()).results} >= LEDGER
    assert set(example_facts().rule_texts) >= rules


@pytest.mark.parametrize("rule", FILES)
def test_a_rule_finds_and_does_not_accuse(rule: str) -> None:
    bad, good = FILES[rule]
    assert asked(rule, bad).findings
    if any(result.rule == rule for result in screen((Case(good),), DESK)):
        assert asked(rule, good).findings == ()


@pytest.mark.parametrize(("copied", "found"), [(10, 1), (0, 0)])
def test_likeness_finds_and_does_not_accuse(copied: int, found: int) -> None:
    measure = Measure("文件/a.docx", "", 20, 5, 10, copied, 9, "青屿软件")
    assert len(list(alike((measure,), DESK))) == found
