"""Indicators before and after: periods chosen, counts by the year, small shares not judged, what the ledger says."""

from datetime import date

import pytest

from engagement import EXAMPLES, facts_of
from gbtool.model.diagnosis import Direction
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis import comparing, derived
from gbtool.rules.diagnosis.comparing import BETTER, EQUAL, SMALL, STATED, WORSE, Pair, Span
from gbtool.shelf import diagnosis
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

BOOK = diagnosis.indicators(shelves_of(None, None))
LANWAN = facts_of(EXAMPLES / "lanwan", date(2026, 11, 22))
BEFORE: Span = (date(2025, 1, 1), date(2025, 12, 31))
AFTER: Span = (date(2026, 5, 18), date(2026, 8, 31))
YEAR: Span = (date(2026, 5, 18), date(2027, 5, 17))


def measured(id_: str, span: Span, **values: str) -> Entry:
    data = {"indicator": id_, "from": str(span[0]), "to": str(span[1]), "source": "台账", "by": "林疏桐", **values}
    return Entry(EntryKind.FIGURE, f"{id_} {span[0]}至{span[1]}", "2026-09-01", data=data)


def with_(*entries: Entry) -> Facts:
    own = tuple(entry for entry in LANWAN.entries if entry.kind is not EntryKind.FIGURE)
    return replace(LANWAN, entries=(*own, *entries))


def pair(id_: str, before: dict[str, str], after: dict[str, str], span: Span = AFTER) -> Pair:
    facts = with_(measured(id_, BEFORE, **before), measured(id_, span, **after))
    found = comparing.comparison(BOOK, facts, None, None)
    assert found
    return next(each for each in found.pairs if each.indicator.id == id_)


@pytest.mark.parametrize(
    ("id_", "before", "after", "change", "verdict"),
    [
        (
            "EI-16",
            {"numerator": "8", "denominator": "19"},
            {"numerator": "18", "denominator": "18"},
            "+57.9个百分点",
            BETTER,
        ),
        ("EI-16", {"numerator": "9", "denominator": "9"}, {"numerator": "4", "denominator": "8"}, "-50个百分点", WORSE),
        ("EI-16", {"numerator": "9", "denominator": "9"}, {"numerator": "8", "denominator": "8"}, "0个百分点", EQUAL),
        ("EI-16", {"numerator": "1", "denominator": "4"}, {"numerator": "8", "denominator": "8"}, "", SMALL),
        ("EI-05", {"numerator": "40", "denominator": "10"}, {"numerator": "45", "denominator": "10"}, "+0.5年", BETTER),
        ("EI-04", {"numerator": "0", "denominator": "0"}, {"numerator": "45", "denominator": "10"}, "", STATED),
        ("EI-20", {"value": "0"}, {"value": "1"}, "+3.4件", WORSE),
        ("EI-20", {"value": "4"}, {"value": "1"}, "-0.6件", BETTER),
        ("EI-02", {"value": "8"}, {"value": "3"}, "+2.3件", STATED),
        ("EI-25", {"note": "没有考核"}, {"numerator": "8", "denominator": "8"}, "", "没有数据"),
    ],
)
def test_a_change_is_judged_by_the_indicators_own_direction(
    id_: str, before: dict[str, str], after: dict[str, str], change: str, verdict: str
) -> None:
    other = measured("EI-06", BEFORE, value="0")
    facts = with_(other, measured(id_, BEFORE, **before), measured(id_, AFTER, **after))
    found = comparing.comparison(BOOK, facts, None, None)
    assert found
    mine = next(each for each in found.pairs if each.indicator.id == id_)
    assert (mine.change, mine.verdict) == (change, verdict)


def test_counts_of_unequal_periods_are_turned_into_years_and_say_so() -> None:
    mine = pair("EI-02", {"value": "8"}, {"value": "3"})
    assert mine.shown(mine.before) == "8件"
    assert mine.shown(mine.after) == "10.3件（106天3件，折年）"
    assert mine.shown(None) == "没有数据"
    nothing = pair("EI-20", {"value": "0"}, {"value": "0"})
    assert nothing.shown(nothing.after) == "0件"


def test_equal_periods_are_compared_as_they_are() -> None:
    mine = pair("EI-02", {"value": "8"}, {"value": "3"}, YEAR)
    assert mine.shown(mine.after) == "3件"
    assert comparing.alike(BEFORE, YEAR)
    assert not comparing.alike(BEFORE, AFTER)
    found = comparing.comparison(
        BOOK, with_(measured("EI-02", BEFORE, value="8"), measured("EI-02", YEAR, value="3")), None, None
    )
    assert found
    assert found.method == "两期等长，不折算"


def test_periods_are_those_of_most_figures_before_and_the_last_after_unless_told() -> None:
    old: Span = (date(2024, 1, 1), date(2024, 12, 31))
    early: Span = (date(2026, 5, 18), date(2026, 6, 30))
    facts = with_(
        *(measured(id_, BEFORE, value="1") for id_ in ("EI-02", "EI-06")),
        measured("EI-02", old, value="7"),
        *(measured("EI-02", span, value="1") for span in (early, AFTER)),
    )
    found = comparing.comparison(BOOK, facts, None, None)
    assert found
    assert (found.before, found.after) == (BEFORE, AFTER)
    assert {each.indicator.id for each in found.known} == {"EI-02"}
    assert "EI-06" in {each.indicator.id for each in found.missing}
    told = comparing.comparison(BOOK, facts, old, early)
    assert told
    assert [each.shown(each.before) for each in told.known] == ["7件"]


def test_without_both_periods_there_is_nothing_to_compare() -> None:
    assert comparing.comparison(BOOK, with_(measured("EI-02", BEFORE, value="8")), None, None) is None
    assert comparing.comparison(BOOK, with_(), None, None) is None


def test_a_change_without_a_reason_is_noticed() -> None:
    share = {"numerator": "8", "denominator": "9"}
    found = comparing.comparison(
        BOOK,
        with_(
            measured("EI-16", BEFORE, numerator="3", denominator="9"),
            measured("EI-16", AFTER, **share),
            measured("EI-17", BEFORE, numerator="3", denominator="9"),
            measured("EI-17", AFTER, **share, note="意见写到条款"),
        ),
        None,
        None,
    )
    assert found
    assert [each.indicator.id for each in comparing.unexplained(found)] == ["EI-16"]
    assert {each.indicator.direction for each in found.known} == {Direction.UP}


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("EI-01", "1/3（专利和申请清单）"),
        ("EI-02", "3（专利和申请清单，按申请日）"),
        ("EI-07", "13/13（期限监控记录）"),
        ("EI-14", "1/1（项目清单）"),
        ("EI-16", "18/18（合同台账）"),
        ("EI-27", "1/1（入职清单）"),
        ("EI-28", "1/1（离职清单）"),
        ("EI-19", "None"),
        ("EI-09", "None"),
    ],
)
def test_the_ledger_says_some_figures_itself(id_: str, said: str) -> None:
    assert str(derived.derived(id_, AFTER, LANWAN)) == said


def test_the_ledger_of_september_knows_launches_and_corrections() -> None:
    september: Span = (date(2026, 9, 1), date(2026, 9, 30))
    assert str(derived.derived("EI-19", september, LANWAN)) == "1/1（产品清单）"
    corrected = derived.derived("EI-33", september, LANWAN)
    assert corrected
    assert corrected.denominator == 5
    august: Span = (date(2026, 8, 1), date(2026, 8, 31))
    assert str(derived.derived("EI-34", august, LANWAN)) == "0（不符合报告、纠正措施记录）"
    assert derived.derived("EI-34", september, LANWAN) is None
    nothing = replace(LANWAN, entries=())
    assert derived.derived("EI-02", september, nothing) is None
    assert derived.derived("EI-01", september, nothing) is None


def test_a_figure_that_differs_from_the_ledger_is_told() -> None:
    count, share = derived.Derived(3, None, None, "清单"), derived.Derived(None, 18, 18, "合同台账")
    two = pair("EI-02", {"value": "8"}, {"value": "2"}).after
    fifteen = pair(
        "EI-16", {"value": "", "numerator": "8", "denominator": "9"}, {"numerator": "15", "denominator": "18"}
    ).after
    assert two
    assert fifteen
    assert count.differs(two)
    assert count.told(two) == "EI-02 专利申请量登记2，台账算出3（清单）"
    assert share.told(fifteen) == "EI-16 合同知识产权审查率登记15/18，台账算出18/18（合同台账）"
    assert share.differs(fifteen)
    assert not derived.Derived(None, 15, 18, "合同台账").differs(fifteen)
    assert not derived.Derived(2, None, None, "清单").differs(two)


def test_of_two_baselines_with_as_much_to_compare_the_one_of_the_same_length_is_taken() -> None:
    short: Span = (date(2025, 5, 18), date(2025, 8, 31))
    facts = with_(
        measured("EI-02", BEFORE, value="8"), measured("EI-02", short, value="2"), measured("EI-02", AFTER, value="3")
    )
    found = comparing.comparison(BOOK, facts, None, None)
    assert found
    assert (found.before, found.equal) == (short, True)
