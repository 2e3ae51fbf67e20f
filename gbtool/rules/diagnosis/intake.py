"""What is wrong with an answer of the diagnosis or a figure before it is kept, one sentence each."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from gbtool.model.answers import date_complaint
from gbtool.model.diagnosis import SCORES, Indicator, Indicators, Measure, Probe
from gbtool.model.entry import Entry, as_date
from gbtool.model.facts import Facts
from gbtool.rules.diagnosis import rounds
from gbtool.rules.diagnosis.figures import number

NUMBERS = ("value", "numerator", "denominator")
LEAST = 3  # copies that are looked at, where there are so many


def answer_faults(entry: Entry, today: date) -> Iterator[str]:
    """What is wrong with the answer to a question."""
    if entry.text("score") not in [str(points) for points in SCORES]:
        yield f"得分“{entry.text('score')}”应当是 0、1、2、3 或 4"
    if not entry.text("by").strip():
        yield "没有写谁打的分"
    yield from _day("打分日期", entry.date, today)
    if entry.text("round") and not entry.text("round").isdecimal():
        yield f"第几次“{entry.text('round')}”应当是整数"
    counts = {"抽样份数": entry.text("sampled"), "不合格份数": entry.text("failed")}
    wrong = [f"{name}“{text}”应当是整数" for name, text in counts.items() if text and not text.isdecimal()]
    yield from wrong
    if not wrong and int(counts["不合格份数"] or 0) > int(counts["抽样份数"] or 0):
        yield f"不合格 {counts['不合格份数']} 份，比抽的还多"


def answer_remarks(entry: Entry, probe: Probe) -> Iterator[str]:
    """What is said about an answer that is kept."""
    sampled = entry.text("sampled")
    if probe.sample and not sampled and int(entry.text("score")) > 1:
        yield f"{probe.id} 是抽样的题，没有写抽了几份"
    elif probe.sample and sampled and int(sampled) < LEAST and not entry.text("note"):
        yield f"{probe.id} 只抽了 {sampled} 份；总数不足 {LEAST} 份、已经全看的，在说明里写明"


def round_faults(entry: Entry, facts: Facts, questions: Iterable[str]) -> Iterator[str]:
    """What is wrong with the time of an answer: a second one follows the first, on the same day or later."""
    time = rounds.number(entry)
    if time > rounds.latest(facts, questions) + 1:
        yield f"第{time}次以前，第{time - 1}次还没有打分"
    before = rounds.answers(facts, time - 1).get(rounds.question(entry))
    if before and entry.date and entry.date < before.date:
        yield f"第{time}次打分 {entry.date} 早于第{time - 1}次（{before.date}）"


def figure_faults(entry: Entry, book: Indicators, today: date) -> Iterator[str]:
    """What is wrong with a figure of an indicator that there is."""
    indicator = book.by_id[entry.text("indicator")]
    yield from _period(entry)
    yield from _day("取数日期", entry.date, today)
    if not entry.text("by").strip():
        yield "没有写谁取的数"
    given = {name: entry.text(name) for name in NUMBERS if entry.text(name)}
    strange = [text for text in given.values() if (number(text) or Decimal(0)) < 0 or number(text) is None]
    if strange:
        yield f"“{strange[0]}”应当是不小于 0 的数"
    elif given:
        yield from _numbers(entry, indicator)
    elif not entry.text("note").strip():
        yield "没有数；取不到的在说明里写原因"


def _numbers(entry: Entry, indicator: Indicator) -> Iterator[str]:
    value, numerator, denominator = (number(entry.get(name)) for name in NUMBERS)
    if not entry.text("source").strip():
        yield "没有写取自哪份台账或凭证"
    if indicator.kind is Measure.COUNT and value is None:
        yield f"没有写数值（{indicator.unit}）"
    if indicator.kind is not Measure.COUNT and value is not None:
        yield f"这是算出来的指标，只写分子（{indicator.numerator}）和分母（{indicator.denominator}）"
    if (numerator is None) != (denominator is None):
        yield f"分子（{indicator.numerator}）和分母（{indicator.denominator}）要一起写"
    elif indicator.kind is not Measure.COUNT and numerator is None and value is None:
        yield f"没有写分子（{indicator.numerator}）和分母（{indicator.denominator}）"
    part = indicator.kind is Measure.SHARE or value is not None
    if numerator is not None and denominator is not None and part and numerator > denominator:
        yield f"分子 {numerator} 大于分母 {denominator}"


def _period(entry: Entry) -> Iterator[str]:
    first, last = as_date(entry.text("from")), as_date(entry.text("to"))
    if first is None or last is None:
        yield f"统计期“{entry.text('from')}至{entry.text('to')}”应当写成 2025-04-01至2026-03-31"
    elif last < first:
        yield f"统计期止 {last} 早于起 {first}"
    elif entry.date and entry.date < last.isoformat():
        yield f"统计期到 {last}，取数日期 {entry.date} 还没有过完"


def _day(name: str, day: str, today: date) -> Iterator[str]:
    wrong = date_complaint(day)
    if wrong is None and day > today.isoformat():
        wrong = f"{day} 在今天（{today}）以后"
    if wrong:
        yield f"{name}：{wrong}"
