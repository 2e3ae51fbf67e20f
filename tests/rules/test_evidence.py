import pytest
from hypothesis import given, strategies as st

from gbtool.model.facts import Facts
from gbtool.rules import evidence
from gbtool.rules.audits import FACT, JUDGED, QUESTION

PEOPLE = ("韩泊舟",)
ASKED = "抽最近三个月签的采购合同3份，看审查表日期是否早于签订日？"


def row(judged: str, fact: str, question: str = ASKED) -> dict[str, object]:
    return {JUDGED: judged, FACT: fact, QUESTION: question}


@pytest.mark.parametrize(
    "fact",
    [
        "LW-CG-2602审查2026-05-26、签订2026-05-29",
        "审查表7份全在签订之前",
        "问韩泊舟，答得出审查的范围",
        "看了四份，都在前",
    ],
)
def test_conformity_with_a_number_a_date_a_count_or_a_person_stands(fact: str) -> None:
    assert evidence.complaint(row("√", fact), PEOPLE) is None


@pytest.mark.parametrize(
    ("judged", "fact", "expected"),
    [
        ("", "看过", "没有判定"),
        ("还行", "看过", "不认识"),
        ("符合", "", "没有写看到的事实"),
        ("观察项", "", "没有写看到的事实"),
        ("√", "经询问，已明确", "没有写出凭据"),
        ("√", "抽最近三个月签的采购合同3份，审查表日期早于签订日", "又说了一遍"),
        ("○", "审查表日期是否早于签订日", "又说了一遍"),
    ],
)
def test_a_judgement_without_evidence_is_told(judged: str, fact: str, expected: str) -> None:
    assert expected in (evidence.complaint(row(judged, fact), PEOPLE) or "")


def test_other_judgements_need_a_fact_but_no_number() -> None:
    assert evidence.complaint(row("△", "本期没有发生，查合同台账"), PEOPLE) is None


def test_a_number_that_the_question_gave_is_no_evidence() -> None:
    assert evidence.complaint(row("√", "3份均无问题，均在前面完成了"), PEOPLE) == "判符合，没有写出凭据"


def test_the_names_come_from_roster_heads_posts_and_auditors(lanwan: Facts) -> None:
    assert {"宋以恒", "韩泊舟", "沈知远", "方可宁"} <= evidence.names(lanwan)
    assert "" not in evidence.names(lanwan)


def test_a_fact_is_found_under_the_short_head_too() -> None:
    assert evidence.fact_of({"审核记录": " 看过 "}) == "看过"
    assert evidence.fact_of({}) == ""


@given(st.text(max_size=60))
def test_a_text_repeats_itself_or_says_nothing(text: str) -> None:
    assert evidence.repeats(text, text) is bool(evidence._pairs(text))
