"""The texts of an institute: what it does not do is in none of them, and no text names what its form does not have."""

import re
from functools import cache

import pytest

from drafted import CACHE, example, example_facts, texts
from engagement import answered
from gbtool.commands import drafts
from gbtool.documents.context import steps
from gbtool.model.document import DocumentKind
from gbtool.model.facts import Facts
from gbtool.shelf import templates
from gbtool.structs import replace
from gbtool.word.numbering import Lists

EDITION = "33250-2016"
WRITTEN = (DocumentKind.SYSTEM, DocumentKind.PROCEDURE, DocumentKind.FLOW, DocumentKind.APPOINTMENT, DocumentKind.PLAN)
# A business that the client does not have: the answers, what is then nowhere, and the texts that say why it is not.
ABSENT: dict[str, tuple[dict[str, object], str, set[str]]] = {
    "学生": (
        {"has_students": False, "student_count": [], "training_dates": []},
        "学生|导师|答辩|研究生",
        set(),
    ),
    "仪器开放": ({"opens_instruments": False}, "开放机时|用户身份|用户样品|开放共享|仪器开放", set()),
    "作价投资": ({"has_equity": False}, "股权登记|占股|被投资公司|出资手续|作价金额", set()),
    "外部代理": ({"uses_agent": False}, "代理机构|外部代理", {"i-sys-ip"}),
    "展会": ({"attends_exhibitions": False, "info_channels": []}, "展板|展品|展会", set()),
    "国家设立": (
        {"is_public": False, "institute_type": "新型研发机构（民办非企业）"},
        "国家设立的研究开发机构|公示期满",
        set(),
    ),
}


@cache
def institute() -> Facts:
    """The institute of the examples, without a ledger."""
    return example_facts("huaiyu")


def said(facts: Facts) -> dict[str, str]:
    """What each system, procedure, flow, appointment and plan says to these facts."""
    desk = drafts.desk(example("huaiyu"), facts, CACHE)
    words = drafts.words(example("huaiyu"))
    found: dict[str, str] = {}
    for each in facts.applicable:
        if each.kind in WRITTEN and EDITION in each.editions and each.audience == "client":
            for part in templates.parts_of(each, EDITION, example("huaiyu").shelves):
                names = {"this": desk.documents[each.id], "_lists": Lists(), "_made": lambda _: ""}
                xml = desk.render(part, {**names, "steps": steps(each, facts, words)})[0]
                found[each.id] = "\n".join((each.title_in(EDITION), *texts(xml)))
    return found


@pytest.mark.parametrize("business", ABSENT)
def test_what_an_institute_does_not_do_is_nowhere(business: str) -> None:
    answers, words, allowed = ABSENT[business]
    told = said(answered(institute(), **answers))
    assert len(told) > 15
    around = re.compile(f".{{0,12}}(?:{words}).{{0,12}}")
    found = {id_: around.findall(text) for id_, text in told.items() if id_ not in allowed}
    assert {id_: each for id_, each in found.items() if each} == {}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"has_students": False}, "学生"),
        ({"has_gov_project": False}, "财政"),
        ({"opens_instruments": False, "uses_external_instruments": False}, "仪器使用"),
        ({"has_major_projects": False}, "专员"),
    ],
)
def test_no_title_names_what_an_institute_does_not_do(answers: dict[str, object], words: str) -> None:
    titles = {
        every: [each.title_in(EDITION) for each in answered(institute(), **given).applicable]
        for every, given in ((True, {}), (False, answers))
    }
    assert [title for title in titles[True] if words in title]
    assert [title for title in titles[False] if words in title] == []


def test_an_institute_that_does_everything_is_told_so() -> None:
    told = said(answered(institute(), **dict.fromkeys(("has_equity", "in_standards", "has_noncompete"), True)))
    assert "作价投资以前" in told["i-sys-transfer"]
    assert "竞业限制的，" in told["i-proc-people"]
    assert "先读其专利政策" in told["i-proc-protect"]


def test_one_who_leads_and_represents_is_checked_by_another() -> None:
    told = said(answered(institute(), management_rep="薄野望，院长"))
    assert "科研计划处顾行止" in told["appt-mr"] or "先写意见" in told["appt-mr"]
    assert [id_ for id_, text in told.items() if "管理者代表审核，院长批准" in text] == []


def test_a_flow_of_an_institute_has_the_steps_that_were_asked_for() -> None:
    flows = {each.id: each for each in institute().applicable if each.kind is DocumentKind.FLOW}
    assert {id_: len(each.steps) for id_, each in flows.items()} == {"i-flow-project": 40, "i-flow-transfer": 42}
    plain = replace(institute(), client=answered(institute(), has_equity=False).client)
    made = {step["id"]: step for step in steps(flows["i-flow-transfer"], plain, drafts.words(example("huaiyu")))}
    assert not {"A7", "D14", "D11", "A13"} & set(made)
    assert [way["when"] for way in made["D5"]["next"]] == ["许可", "转让", "未谈成，继续推介"]  # type: ignore[attr-defined] # a list
