"""Figures of indicators: how they are printed, which are the baseline, what is refused, what is missing."""

from datetime import date

import pytest

from engagement import EXAMPLES, answered
from gbtool.commands.gather import gather
from gbtool.commands.workspace import workspace
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis import figures, intake
from gbtool.shelf import diagnosis
from gbtool.shelf.shelves import shelves_of
from gbtool.structs import replace

BOOK = diagnosis.indicators(shelves_of(None, None))
BASE = gather(workspace(EXAMPLES / "lanwan"), date(2026, 9, 22))
PERIOD = ("2025-01-01", "2025-12-31")


def measured(id_: str, period: tuple[str, str] = PERIOD, day: str = "2026-04-01", **values: str) -> Entry:
    """A figure."""
    data = {"indicator": id_, "from": period[0], "to": period[1], "source": "台账", "by": "林疏桐", **values}
    return Entry(EntryKind.FIGURE, f"{id_} {'至'.join(period)}", day, data=data)


def with_(*entries: Entry) -> Facts:
    """The manufacturer with these figures only."""
    own = tuple(entry for entry in BASE.entries if entry.kind is not EntryKind.FIGURE)
    return replace(BASE, entries=(*own, *entries))


def shown(entry: Entry) -> str:
    (found,) = figures.figures(BOOK, with_(entry))
    return found.shown(BOOK.small)


def test_the_35_indicators_are_there_and_concern_the_client_by_its_business() -> None:
    assert len(BOOK.indicators) == 35
    assert [each.id for each in BOOK.indicators if each not in figures.wanted(BOOK, BASE)] == ["EI-32"]
    unknown = answered(BASE, is_software=None)
    assert "EI-32" in {each.id for each in figures.wanted(BOOK, unknown)}


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (measured("EI-02", value="8"), "8件"),
        (measured("EI-22", value="3.50"), "3.5万元"),
        (measured("EI-16", numerator="8", denominator="19"), "42.1%（8/19）"),
        (measured("EI-16", numerator="100", denominator="100"), "100%（100/100）"),
        (measured("EI-16", numerator="1", denominator="4"), "1/4"),
        (measured("EI-19", numerator="0", denominator="0"), "0/0"),
        (measured("EI-05", numerator="171", denominator="38"), "4.5年（171/38）"),
        (measured("EI-04", numerator="0", denominator="0"), "0/0"),
        (measured("EI-21", value="3", numerator="1", denominator="2"), "3件（1/2）"),
        (measured("EI-25", note="没有考核"), "没有数据"),
    ],
)
def test_a_figure_is_printed_by_the_rules(entry: Entry, text: str) -> None:
    assert shown(entry) == text


def test_the_baseline_is_the_last_period_before_the_system() -> None:
    old = measured("EI-02", ("2024-01-01", "2024-12-31"), value="7")
    last = measured("EI-02", value="8")
    after = measured("EI-02", ("2026-05-18", "2026-08-31"), value="3")
    found = figures.before(BOOK, with_(after, last, old))
    assert found["EI-02"].shown(5) == "8件"
    assert found["EI-02"].days == 365
    assert figures.before(BOOK, with_(after)) == {}


def test_what_is_missing_has_no_number() -> None:
    known = figures.before(BOOK, with_(measured("EI-02", value="0"), measured("EI-25", note="没有考核")))
    missing = {each.id for each in figures.missing(figures.wanted(BOOK, BASE), known)}
    assert "EI-02" not in missing
    assert "EI-25" in missing
    assert len(missing) == 33


def test_figures_of_unknown_indicators_or_periods_are_left_aside() -> None:
    assert figures.figures(BOOK, with_(measured("EI-99", value="1"), measured("EI-02", ("x", "y"), value="1"))) == ()


def wrong(entry: Entry, facts: Facts = BASE) -> list[str]:
    return list(intake.figure_faults(entry, BOOK, facts.today))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (measured("EI-02"), "没有数；取不到的在说明里写原因"),
        (measured("EI-02", value="八"), "“八”应当是不小于 0 的数"),
        (measured("EI-02", value="-1"), "“-1”应当是不小于 0 的数"),
        (measured("EI-02", value="NaN"), "“NaN”应当是不小于 0 的数"),
        (measured("EI-02", value="8", source=" "), "没有写取自哪份台账或凭证"),
        (measured("EI-02", value="8", by=""), "没有写谁取的数"),
        (measured("EI-02", numerator="1", denominator="2"), "没有写数值（件）"),
        (measured("EI-16", value="42"), "这是算出来的指标，只写分子（签署前审查的合同数）和分母（应审合同数）"),
        (measured("EI-16", numerator="8"), "分子（签署前审查的合同数）和分母（应审合同数）要一起写"),
        (measured("EI-16", numerator="20", denominator="19"), "分子 20 大于分母 19"),
        (measured("EI-02", ("2025-12-31", "2025-01-01"), value="8"), "统计期止 2025-01-01 早于起 2025-12-31"),
        (measured("EI-02", ("2025-12", ""), value="8"), "统计期“2025-12至”应当写成"),
        (measured("EI-02", ("2026-01-01", "2026-04-30"), value="8"), "统计期到 2026-04-30，取数日期 2026-04-01"),
        (measured("EI-02", value="8", day="2027-01-01"), "取数日期：2027-01-01 在今天（2026-09-22）以后"),
    ],
)
def test_a_figure_that_does_not_fit_is_told(entry: Entry, said: str) -> None:
    (found,) = wrong(entry)
    assert found.startswith(said)


def test_a_figure_that_fits_is_not_complained_of() -> None:
    assert wrong(measured("EI-04", numerator="40", denominator="6")) == []
    assert wrong(measured("EI-21", value="3", numerator="1", denominator="2")) == []
    assert wrong(measured("EI-25", note="没有考核")) == []
