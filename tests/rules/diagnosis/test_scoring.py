"""Points that count, shares, levels and red flags of a diagnosis; what is not answered is no 0."""

from collections.abc import Mapping
from datetime import date

import pytest

from engagement import EXAMPLES, answered
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.model.diagnosis import Probe, Scheme
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis import intake, scoring, writing
from gbtool.shelf import diagnosis
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

SHELVES = shelves_of(None, None)
SCHEME = diagnosis.scheme(SHELVES)
DAY = date(2026, 4, 10)
BASE = gather(workspace(EXAMPLES / "lanwan"), DAY)
ONE = next(iter(SCHEME.probes))


def given(id_: str, score: int = 3, evidence: str = "看到文件", **more: str) -> Entry:
    """An answer."""
    data = {"score": str(score), "evidence": evidence, "by": "顾问甲", **more}
    return Entry(EntryKind.DIAGNOSIS, id_, "2026-04-01", data=data)


def with_(*entries: Entry, facts: Facts = BASE) -> Facts:
    """The manufacturer with these answers only."""
    own = tuple(entry for entry in facts.entries if entry.kind is not EntryKind.DIAGNOSIS)
    return replace(facts, entries=(*own, *entries))


def survey(*entries: Entry, facts: Facts = BASE) -> scoring.Survey:
    return scoring.survey(SCHEME, with_(*entries, facts=facts))


def test_the_59_questions_are_there_and_concern_the_client_by_its_business() -> None:
    assert len(SCHEME.probes) == 59
    assert len(SCHEME.dimensions) == 14
    assert sum(probe.red_flag for probe in SCHEME.probes) == 8
    found = survey()
    assert {probe.id for probe in found.left_out} == {"DQ-32", "DQ-48"}
    assert found.total.asked == len(found.open) == 57
    software = answered(BASE, is_software=True)
    assert "DQ-48" in {probe.id for probe in survey(facts=software).open}


def test_what_is_not_answered_is_no_nought_and_gives_no_level() -> None:
    nothing = survey()
    assert (nothing.total.percent, nothing.level) == (None, None)
    some = survey(given("DQ-01", 4))
    assert (some.total.percent, some.level, some.total.answered) == (100.0, None, 1)
    assert {share.name: share.percent for share in some.dimensions if share.answered} == {"领导与策划": 100.0}
    assert [share.percent for share in some.dimensions if not share.answered] == [None] * 13


def test_shares_are_weighted() -> None:
    found = survey(given("DQ-45", 0), given("DQ-46", 4), given("DQ-47", 2))
    research = next(share for share in found.dimensions if share.name == "研发")
    assert (research.points, research.most, research.percent) == (12, 28, 42.9)


@pytest.mark.parametrize(
    ("answer", "counted", "why"),
    [
        (given("DQ-16", 4, evidence=" "), 1, "没有写证据"),
        (given("DQ-16", 1, evidence=""), 1, ""),
        (given("DQ-16", 0, evidence=""), 0, ""),
        (given("DQ-16", 4, sampled="5", failed="1"), 2, "抽到不合格1份"),
        (given("DQ-16", 4, sampled="5", failed="0"), 4, ""),
        (given("DQ-16", 3, evidence="", failed="2", sampled="2"), 1, "没有写证据、抽到不合格2份"),
    ],
)
def test_points_count_only_with_evidence_and_a_clean_sample(answer: Entry, counted: int, why: str) -> None:
    (found,) = survey(answer).answers
    assert (found.counted, found.why) == (counted, why)


def test_a_sample_that_nobody_counted_is_noticed() -> None:
    assert survey(given("DQ-16", 3)).answers[0].undersampled
    assert not survey(given("DQ-16", 3, sampled="5")).answers[0].undersampled
    assert not survey(given("DQ-15", 3)).answers[0].undersampled


@pytest.mark.parametrize(("points", "name"), [(0, "起步"), (1, "起步"), (2, "基础"), (3, "有效"), (4, "有效")])
def test_the_level_is_told_when_everything_is_answered(points: int, name: str) -> None:
    asked = survey().open
    found = survey(*(given(probe.id, points, sampled="3") for probe in asked))
    assert found.level
    assert found.level.name == name
    assert found.total.percent == points * 25


def test_a_red_flag_is_one_without_any_point() -> None:
    found = survey(given("DQ-16", 0, evidence=""), given("DQ-20", 1), given("DQ-15", 0))
    assert [answer.probe.id for answer in found.red_flags] == ["DQ-16"]
    assert [answer.probe.id for answer in found.gaps] == ["DQ-15", "DQ-16", "DQ-20"]


def test_an_open_answer_of_the_profile_leaves_a_question_undecided() -> None:
    unknown = answered(BASE, has_ma=None)
    found = survey(facts=unknown)
    assert found.undecided == {"DQ-32": ("has_ma",)}
    assert survey(given("DQ-32"), facts=unknown).undecided == {}


def test_clauses_and_departments_get_their_share_in_both_editions() -> None:
    answers = (given("DQ-45", 4), given("DQ-16", 0))
    by_department = {share.name: share.percent for share in survey(*answers).departments}
    assert (by_department["技术中心"], by_department["综合管理部"], by_department["财务部"]) == (100.0, 0.0, None)
    assert any(share.percent == 100 and "立项" in share.name for share in survey(*answers).clauses)
    for edition in ("2013", "2023"):
        assert all(probe.clauses[edition] for probe in SCHEME.probes)


def test_who_answers_for_a_question() -> None:
    assert scoring.lead(SCHEME.by_id["DQ-16"], BASE) == "综合管理部"
    assert scoring.lead(SCHEME.by_id["DQ-10"], BASE) == "各部门"
    assert scoring.lead(SCHEME.by_id["DQ-16"], answered(BASE, departments=[])) == "各部门"


# Documents to write


def test_weak_answers_ask_for_documents_the_most_urgent_first() -> None:
    found = writing.wanted(survey(given("DQ-19", 2), given("DQ-45", 0), given("DQ-16", 3), given("DQ-21", 1)), BASE)
    named = [(each.specification.id, each.urgency) for each in found]
    assert named[:2] == [("rec-search-report", 1), ("rec-project-review", 1)]
    assert ("rec-budget", 2) in named
    assert named[-1][1] == 3
    assert "rec-labor-contract" not in dict(named)
    reward = next(each for each in found if each.specification.id == "sys-reward")
    assert [row["名称"] for row in reward.existing] == ["专利奖励办法"]


def test_documents_that_the_client_does_not_have_are_not_asked_for() -> None:
    old = answered(BASE, standard_edition="2013")
    found = {each.specification.id for each in writing.wanted(survey(given("DQ-04", 0), facts=old), old)}
    assert "reg-obligations" not in found
    assert "reg-laws" in found


def test_own_texts_are_matched_by_what_tells_them_apart() -> None:
    own = [{"名称": "源代码管理规定"}, {"名称": "合同管理办法"}, {"名称": ""}]
    found = writing.reusable(answered(BASE, existing_policies=own))
    assert found["源代码管理规定"] == ()
    assert [each.id for each in found["合同管理办法"]] == ["proc-contract"]


# What is refused


def wrong(entry: Entry, facts: Facts = BASE) -> list[str]:
    return list(intake.answer_faults(entry, facts.today))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"score": "5"}, "得分“5”应当是 0、1、2、3 或 4"),
        ({"score": "三"}, "得分“三”"),
        ({"by": " "}, "没有写谁打的分"),
        ({"sampled": "五"}, "抽样份数“五”应当是整数"),
        ({"sampled": "2", "failed": "3"}, "不合格 3 份，比抽的还多"),
        ({"failed": "1"}, "不合格 1 份，比抽的还多"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(change: Mapping[str, str], said: str) -> None:
    (found,) = wrong(replace(given("DQ-16"), data={**given("DQ-16").data, **change}))
    assert found.startswith(said)


def test_days_and_questions_that_do_not_concern_the_client() -> None:
    assert wrong(replace(given("DQ-16"), date="2026-04-11")) == ["打分日期：2026-04-11 在今天（2026-04-10）以后"]
    assert "应当写成日期" in wrong(replace(given("DQ-16"), date="4月1日"))[0]
    assert wrong(given("DQ-16")) == []


def test_small_samples_are_remarked() -> None:
    probe = SCHEME.by_id["DQ-16"]
    assert next(iter(intake.answer_remarks(given("DQ-16", sampled="2"), probe))).startswith("DQ-16 只抽了 2 份")
    assert list(intake.answer_remarks(given("DQ-16", sampled="2", note="总共2份"), probe)) == []
    assert list(intake.answer_remarks(given("DQ-16"), probe)) == ["DQ-16 是抽样的题，没有写抽了几份"]
    assert list(intake.answer_remarks(given("DQ-16", 1), probe)) == []


def test_a_scheme_knows_its_levels() -> None:
    assert isinstance(ONE, Probe)
    assert isinstance(SCHEME, Scheme)
    levels = [SCHEME.level(percent) for percent in (0, 29.9, 30, 55, 75, 100)]
    assert [level and level.name for level in levels] == [*("起步", "起步", "基础", "规范", "有效", "有效")]
