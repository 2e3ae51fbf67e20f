"""Dates of innovation: the first assessment, the chain of strategy, the stages of a project (ND-01 to ND-07)."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, as_date
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, once, rule
from gbtool.rules.order import chain, not_after
from gbtool.rules.reading import Dated, all_dated, at, dated, paper_day

INITIAL, TRIAL, ANNUAL, REVIEW = "n-rec-initial", "n-rec-trial", "n-rec-annual", "n-rec-review"
SELF_GRADE = "n-rec-selfgrade"
# The stages of a project: the form, its day, and the fields that name what it is about.
STAGES = (
    ("n-rec-opportunity", "日期", ("机会名称",)),
    ("n-rec-disclosure", "日期", ("项目编号", "名称")),
    ("n-rec-concept", "日期", ("概念名称", "披露书编号")),
    ("n-rec-filing", "申请日", ("概念或方案",)),
    ("n-rec-launch", "复核日期", ("方案或产品",)),
    ("n-rec-launch", "部署日期", ("方案或产品",)),
)
YEAR = 12  # months


def trial_start(facts: Facts, form: str = TRIAL, question: str = "trial_start") -> Dated | None:
    """The day on which work in the new way began: as a form records it, else as a question is answered."""
    found = [day for record in facts.records(form) for day in all_dated(record, "试运行开始日")] if form else []
    if found:
        return min(found, key=lambda each: each.day)
    day = as_date(facts.client.text(question))
    return Dated(day, "试运行开始日", f"{facts.client.place(question)} {question} {day}") if day else None


@rule("ND-01", of=lambda facts: facts.records(INITIAL))
def assessed_before_the_trial(record: Entry, facts: Facts) -> Fault | None:
    """The first assessment is no later than the day on which work in the new way began."""
    first = facts.records(INITIAL)[0]
    if record.id != first.id:
        return None  # an assessment that was done again
    fix = "初始测评在标准实施之前；实施早于试点通知的，试运行日以内部发文为准"
    return not_after(dated(record, "测评日期"), trial_start(facts), fix)


@rule("ND-02", of=once)
def surroundings_are_recent(facts: Facts, _: Facts) -> Fault | None:
    """The analysis of the surroundings is no older than a year when the strategy is approved."""
    analysed, decided = paper_day(facts, "n-report-context"), paper_day(facts, "n-plan-strategy")
    if not (analysed and decided) or decided.day <= add_months(analysed.day, YEAR):
        return None
    message = f"{decided} 距{analysed} 超过{YEAR}个月"
    return Fault(message, (analysed.place, decided.place), "更新内外部环境分析以后再批准战略", soft=True)


@rule("ND-03", of=once)
def strategy_in_order(facts: Facts, _: Facts) -> Iterator[Fault]:
    """Analyses come before the strategy, that before its objectives, its actions and their monitoring."""
    strategy = paper_day(facts, "n-plan-strategy")
    for before in ("n-report-context", "n-report-portfolio"):
        fault = not_after(paper_day(facts, before), strategy)
        if fault:
            yield fault
    records = facts.records("n-rec-objectives")
    objectives = dated(records[0], "批准日期") if records else None
    yield from chain([strategy, objectives, paper_day(facts, "n-plan-action")])


@rule("ND-04", of=lambda facts: tuple(_projects(facts).values()))
def stages_in_order(days: Sequence[Sequence[Dated]], facts: Facts) -> Iterator[Fault]:
    """Of one project no stage begins later than the last record of the next one; a stage may be done again."""
    trial = trial_start(facts)
    found = [[day for day in stage if trial is None or day.day >= trial.day] for stage in days]
    known = [stage for stage in found if stage]
    fix = "按机会、披露、初评、决策、复核、部署核对；退回重做的写较晚的日期"
    for earlier, later in itertools.pairwise(known):
        first, last = min(earlier, key=lambda each: each.day), max(later, key=lambda each: each.day)
        fault = not_after(first, last, fix)
        if fault:
            yield fault


def _projects(facts: Facts) -> dict[str, list[list[Dated]]]:
    """The days of each stage by what the records name alike."""
    found: dict[str, list[list[Dated]]] = {}
    numbers: dict[str, str] = {}
    for stage, (form, field, names) in enumerate(STAGES):
        for record in facts.records(form):
            said = [str(record.mapping("head").get(name) or "").strip() for name in names]
            key = next((numbers[each] for each in said if each in numbers), next(filter(None, said), ""))
            numbers |= dict.fromkeys((*filter(None, said), record.id), key)
            day = dated(record, field)
            if key and day:
                found.setdefault(key, [[] for _ in STAGES])[stage].append(day)
    return found


@rule("ND-05", of=lambda facts: facts.records(ANNUAL))
def year_is_over_when_reported(record: Entry, facts: Facts) -> Fault | None:
    """Figures of a year are filled in when it is over."""
    year = str(record.mapping("head").get("数据年度") or "").strip().removesuffix("年")
    filled = dated(record, "填报日期")
    if not (filled and year.isdecimal() and len(year) == len("2025")):
        return None
    last = date(int(year), 12, 31)
    return not_after(
        Dated(last, f"{record.id} 数据年度止", at(record, f"数据年度 {year}")),
        filled,
        "统计期没有过完，年度数还不能填报",
    )


@rule("ND-06", of=lambda facts: facts.records(REVIEW))
def reviewed_every_year_after_the_figures(record: Entry, facts: Facts) -> Iterator[Fault]:
    """Reviews follow one another within a year, and the figures of that year are there."""
    held = dated(record, "日期")
    earlier = [day for each in facts.records(REVIEW) if (day := dated(each, "日期")) and held and day.day < held.day]
    if held and earlier and held.day > add_months(earlier[-1].day, YEAR):
        yield Fault(f"{held} 距上次评审（{earlier[-1].day}）超过{YEAR}个月", (earlier[-1].place, held.place), soft=True)
    figures = [day for each in facts.records(ANNUAL) if (day := dated(each, "填报日期"))]
    same = [day for day in figures if held and day.day.year == held.day.year]
    if held and same and all(day.day > held.day for day in same):
        yield Fault(
            f"{held} 早于当年的数据填报（{same[0].day}）",
            (held.place, same[0].place),
            "年度评审放在年度数据之后",
            soft=True,
        )


@rule("ND-07", of=lambda facts: facts.records(SELF_GRADE))
def graded_after_the_trial(record: Entry, facts: Facts) -> Iterator[Fault]:
    """A grade is claimed after the trial; while nobody confirmed how long it has to be, none is claimed at all."""
    start, graded = trial_start(facts), dated(record, "自评日期")
    fault = not_after(start, graded, "试运行开始以后才能自评")
    if fault:
        yield fault
    claimed = str(record.mapping("foot").get("自评结论") or "") == "具备"
    open_ = [str(row.get("条件编号")) for row in record.rows() if row.get("结论") not in (None, "满足")]
    if claimed and open_:
        yield Fault(f"{record.id} 写“具备”，{'、'.join(open_)} 没有满足", (at(record, "自评结论"),), "逐条核对结论")
    if claimed and start is None:
        yield Fault(
            f"{record.id} 写“具备”，没有试运行开始日", (at(record, "自评结论"),), "先答 trial_start，或登记试运行记录"
        )
    if claimed and facts.client.text("grading_trial_source") in ("", "未确认"):
        yield Fault(
            f"{record.id} 写“具备”，试运行月数的来源还没有确认",
            (at(record, "自评结论"),),
            "两家说法不同：向评价机构书面确认，再答 grading_trial_source；没有确认以前是“未评”",
        )
