"""CN-09 and CN-17: standards and laws as the register has them on the document's day."""

from datetime import date

import pytest

from desks import desk, file, messages
from drafted import example, example_facts
from engagement import answered
from gbtool.model.document import Document, DocumentKind
from gbtool.model.finding import Severity
from gbtool.model.piece import Grid, Piece, Spot
from gbtool.screening.editions import editions
from gbtool.screening.laws import laws
from gbtool.screening.report import Case, CaseKind, screen
from gbtool.shelf import standards
from gbtool.shelf.screens import clause_numbers, register
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

SHELVES = example().shelves
DESK = desk(register=register(SHELVES), clauses=clause_numbers(SHELVES, "GB/T 29490"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("依据GB/T 29490—2013建立", "引用了 2013 版，体系按 2023 版建立"),
        ("依据 GB／T29490-2013 建立".replace("／", "/"), "引用了 2013 版，体系按 2023 版建立"),
        ("GB/T 29490—2023《企业知识产权管理规范》", "GB/T 29490—2023 的名称不是《企业知识产权管理规范》"),
        ("GB/T 29490—2019", "GB/T 29490 没有 2019 版"),
        ("GB/T 33251—2016《科研组织知识产权管理规范》", "GB/T 33251—2016 的名称不是《科研组织知识产权管理规范》"),
        ("按照《企业知识产权管理规范》的要求", "《企业知识产权管理规范》是 2013 版的名称，体系按 2023 版建立"),
        ("符合标准7.3.1条的要求", "7.3.1 是 2013 版的条款号，2023 版没有"),
        ("GB/T 29490—2023的第6.1.2条", "6.1.2 是 2013 版的条款号，2023 版没有"),
        ("标准第99.1条", "2023 版没有找到条款号 99.1"),
        ("依据GB/T 29490:2013", "引用了 2013 版，体系按 2023 版建立"),
        ("依据GB/T 29490（2013版）", "引用了 2013 版，体系按 2023 版建立"),
        ("依据GB/T 29490 2013", "引用了 2013 版，体系按 2023 版建立"),
        ("依据29490-2013", "引用了 2013 版，体系按 2023 版建立"),
        ("依据2013版标准建立", "说的是 2013 版，体系按 2023 版建立"),
        ("2013版证书仍在有效期内", "说的是 2013 版，体系按 2023 版建立"),
        (
            "GB/T 29490—2023 企业知识产权管理规范",
            "《企业知识产权管理规范》是 2013 版的名称，体系按 2023 版建立",
        ),
        ("GB/T 29940—2023", "标准号写错了：GB/T 29940"),
        ("条款号：7.3.1", "7.3.1 是 2013 版的条款号，2023 版没有"),
        ("依据标准条款6.1.2", "6.1.2 是 2013 版的条款号，2023 版没有"),
    ],
)
def test_another_edition_is_found(text: str, message: str) -> None:
    found = list(editions(file(text), DESK))
    assert message in messages(found)
    assert found[0].rule == "CN-09"


@pytest.mark.parametrize(
    "text",
    [
        "依据GB/T\u00a029490—2023《企业知识产权合规管理体系 要求》编写",
        "GB/T 29490—2023代替GB/T 29490—2013",
        "公司曾按GB/T 29490—2013建立",
        "按第7.3.1条处理",
        "标准第5.1条",
        "GB/T 19001—2016《质量管理体系 要求》",
        "GB/T 12345—2020《别的标准》",
        "原《企业知识产权管理规范》已换版",
        "依据产品标准第3.2条检验",
        "按合同条款7.3.1验收，协议条款8.8",
        "由2013版标准换版",
        "29490件，2013年",
        "",
    ],
)
def test_what_fits_is_left_alone(text: str) -> None:
    assert messages(editions(file(text), DESK)) == []


def test_a_client_of_the_old_edition_may_not_cite_the_new_one() -> None:
    facts = answered(example_facts(), standard_edition="2013")
    old = replace(DESK, facts=replace(facts, standard=standards.standard("2013", shelves_of(None, None))))
    assert messages(editions(file("依据GB/T 29490—2023"), old)) == ["引用了 2023 版，体系按 2013 版建立"]
    assert messages(editions(file("依据GB/T 29490—2013《企业知识产权管理规范》"), old)) == []


def test_an_old_certificate_counts_no_longer() -> None:
    told = messages(editions(file("公司现有有效的GB/T 29490—2013认证证书"), DESK))
    assert "2013 版的证书在 2025-12-31 以后不能再当作有效的" in told
    before = replace(DESK, facts=replace(example_facts(), today=date(2025, 6, 1)))
    assert "2013 版的证书在 2025-12-31 以后不能再当作有效的" not in messages(
        editions(file("公司现有有效的GB/T 29490—2013认证证书"), before)
    )


def test_papers_of_the_change_over_may_name_both() -> None:
    assert messages(editions(file("GB/T 29490—2013 7.3.1", id_="reg-laws"), DESK)) == []


def test_clause_numbers_in_a_table_are_looked_at() -> None:
    grids = (
        Grid("表1", (("标准条款", "文件"), ("7.3.1", "甲"), ("5.1", "乙"), ("坏行",))),
        Grid("表2", (("2013版条款", "标准条款"), ("7.3.1", "7.3.1"))),
        Grid("表3", ()),
    )
    found = list(editions(file(grids=grids), DESK))
    assert messages(found) == ["7.3.1 是 2013 版的条款号，2023 版没有"]
    assert "表1第2行第1列" in found[0].place


def test_a_recommended_standard_is_not_compulsory() -> None:
    (found,) = editions(file("GB 29490—2023"), DESK)
    assert (found.message, found.severity) == ("标准代号写错了：GB", Severity.WARN)


def test_what_is_in_neither_edition_only_warns() -> None:
    (found,) = editions(file("标准第99.1条"), DESK)
    assert found.severity is Severity.WARN


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("依据《合同法》签订", "《合同法》已于 2021-01-01 失效"),
        ("依据《中华人民共和国侵权责任法》", "《中华人民共和国侵权责任法》已于 2021-01-01 失效"),
        ("《专利法》（2008修正）", "《中华人民共和国专利法》2008修正 在 2026-09-22 已经不是现行版本"),
        ("《商标法》（2026年修订）", "《中华人民共和国商标法》2026修订 在 2026-09-22 还没有施行"),
        ("《商标法》（1993年修正）", "《中华人民共和国商标法》的登记里没有 1993 年的版本"),
        ("《专利法实施细则》（国务院令第306号）", "《专利法实施细则》的文号不对：国务院令第306号"),
        ("《中华人民共和国知识产权法》", "没有名为《中华人民共和国知识产权法》的法规"),
        ("《职务发明条例》", "没有名为《职务发明条例》的法规"),
        ("《规范专利申请行为的规定》", "法规名称《规范专利申请行为的规定》不对"),
        ("《中华人民共和国计算机软件保护条例》", "法规名称《中华人民共和国计算机软件保护条例》不对"),
        ("按中华人民共和国专利法办理", "法规全称没有加书名号：中华人民共和国专利法"),
        ("《专利法（2008修正）》", "《中华人民共和国专利法》2008修正 在 2026-09-22 已经不是现行版本"),
        ("《专利法》2008年修正", "《中华人民共和国专利法》2008修正 在 2026-09-22 已经不是现行版本"),
        ("2008年修正的《专利法》", "《中华人民共和国专利法》2008修正 在 2026-09-22 已经不是现行版本"),
        ("《中国专利法》", "法规名称《中国专利法》不对"),
        ("《中华人民国专利法》", "法规名称《中华人民国专利法》不对"),
        ("《中华人民共和国著做权法》", "法规名称《中华人民共和国著做权法》不对"),
        ("按《中华人民共和国专利法办理", "书名号不成对"),
        ("《《专利法》》", "书名号不成对"),
    ],
)
def test_a_law_that_does_not_fit_is_found(text: str, message: str) -> None:
    found = list(laws(file(text), DESK))
    assert message in messages(found)
    assert {each.severity for each in found} == {Severity.WARN}


@pytest.mark.parametrize(
    "text",
    [
        "《中华人民共和国专利法》（2020修正）",
        "《专利法实施细则》（国务院令第769号）",
        "《商标法》和《著作权法》",
        "已废止的《合同法》",
        "《专利法（2020修正）》、2020年修正的《专利法》",
        "《中国制造2025办法》",
        "《中国专利奖评奖办法》",
        "《专利奖励办法》",
        "《保密管理规定》",
        "本法",
        "",
    ],
)
def test_a_law_as_it_is_is_left_alone(text: str) -> None:
    assert messages(laws(file(text), DESK)) == []


def test_a_document_of_the_client_s_own_is_no_law() -> None:
    text = "《知识产权管理办法》"
    assert messages(laws(file(text), DESK)) == ["法规名称《知识产权管理办法》不对"]
    assert messages(laws(file(text), replace(DESK, titles=frozenset({"知识产权管理办法"})))) == []


def test_a_list_of_laws_needs_no_marks() -> None:
    assert messages(laws(file(Piece("中华人民共和国专利法", Spot.TABLE, "表1")), DESK)) == []
    assert messages(laws(file("中华人民共和国专利法"), DESK)) == []
    assert messages(laws(file("《合同法》", id_="reg-laws"), DESK)) == []
    assert messages(laws(file("《合同法》"), desk())) == []


def test_a_document_of_this_title_said_in_a_sentence_is_no_law() -> None:
    text = file("按《规范专利申请行为的规定》办理")
    assert messages(laws(text, DESK)) == ["法规名称《规范专利申请行为的规定》不对"]
    assert messages(laws(text, replace(DESK, titles=frozenset({"规范专利申请行为的规定"})))) == []


def test_the_day_of_the_document_decides() -> None:
    issued = Document("sys-x", DocumentKind.SYSTEM, "N", "T", "A/0", "p", "", "", issued="2020-05-01")
    facts = replace(DESK.facts, documents=(issued,))
    assert messages(laws(file("《合同法》", id_="sys-x"), replace(DESK, facts=facts))) == []
    told = messages(laws(file("《中华人民共和国民法典》", id_="sys-x"), replace(DESK, facts=facts)))
    assert told == ["《中华人民共和国民法典》在 2020-05-01 还没有施行（2021-01-01 起）"]


def test_every_law_of_the_register_has_its_days_in_order() -> None:
    known = register(SHELVES)
    titles = {law.title for law in known.laws}
    for law in known.laws:
        assert law.source
        assert not law.replaced_by or law.replaced_by in titles
        days = [day for version in law.versions for day in (version.in_force, version.until) if day]
        assert days == sorted(days), law.title
        for version in law.versions:
            assert version.confidence in ("high", "medium")
            assert date.fromisoformat(version.in_force)
            assert not version.published or version.published <= version.in_force
    assert len(titles) == len(known.laws)


def test_no_law_is_cited_by_a_template_that_the_register_does_not_know() -> None:
    assert {law.title for law in register(SHELVES).laws} >= {
        "中华人民共和国专利法",
        "计算机软件保护条例",
        "中华人民共和国劳动合同法",
    }


def test_what_was_is_not_asked_for_the_standard_and_the_laws_of_today() -> None:
    read = file("本公司依据 GB/T 29490—2013 建立体系，合同按《合同法》签订。", path="输出/旧稿/甲.docx")
    found = {
        kind: {result.rule for result in screen((Case(read, kind),), DESK) if result.findings}
        for kind in (CaseKind.DOCUMENT, CaseKind.PAST)
    }
    assert {"CN-09", "CN-17"} <= found[CaseKind.DOCUMENT]
    assert not {"CN-09", "CN-17"} & found[CaseKind.PAST]
