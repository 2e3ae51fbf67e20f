"""Which level a client may claim: conditions answered or reckoned, the length of the trial; what is open is no pass."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.model.grading import Claim, Condition, Graded, Judged, Level, Months, Scheme, Standing, trial_id
from gbtool.rules.dates.innovation import trial_start
from gbtool.rules.diagnosis import rounds
from gbtool.rules.diagnosis.figures import number, plain
from gbtool.rules.reading import Dated
from gbtool.rules.yearly.counting import Figures

_WORST = (Standing.UNMET, Standing.CONFLICT, Standing.OPEN, Standing.MET)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a grading looks at: the scheme, the client, its figures where the standard has any counted."""

    scheme: Scheme
    facts: Facts
    figures: Figures | None = None

    @property
    def answers(self) -> Mapping[str, Entry]:
        """What people answered or confirmed, by condition."""
        return {entry.id: entry for entry in self.facts.of(EntryKind.GRADE)}

    @property
    def start(self) -> Dated | None:
        """The day on which the trial began."""
        return trial_start(self.facts, self.scheme.trial.record, self.scheme.trial.start)


def graded(desk: Desk) -> tuple[Graded, ...]:
    """All levels as they stand; a level that is not claimed is not claimed by those above."""
    found: list[Graded] = []
    below = Claim.YES
    for level in desk.scheme.levels:
        judged = (*(_judged(condition, desk) for condition in level.conditions), trial(level, desk))
        below = _claim(judged, below)
        found.append(Graded(level, judged, below))
    return tuple(found)


def _claim(judged: tuple[Judged, ...], below: Claim) -> Claim:
    standings = {each.standing for each in judged}
    if Standing.UNMET in standings or below is Claim.NO:
        return Claim.NO
    return Claim.YES if standings == {Standing.MET} and below is Claim.YES else Claim.OPEN


def highest(found: tuple[Graded, ...]) -> Level | None:
    """The highest level that may be claimed."""
    return next((each.level for each in reversed(found) if each.claim is Claim.YES), None)


def _judged(condition: Condition, desk: Desk) -> Judged:
    entry = desk.answers.get(condition.id)
    hint = "；".join(hints(condition, desk))
    if condition.least:
        return _compared(condition, entry, desk, hint)
    if entry is None:
        why = "没有公开查到，向评价机构问清" if not condition.basis else "还没有人评"
        return Judged(condition.id, condition.text, Standing.OPEN, why, hint, confidence=condition.confidence)
    standing = Standing(entry.text("standing"))
    why = f"{entry.text('by')} {entry.date}"
    evidence = entry.text("evidence") or hint
    return Judged(condition.id, condition.text, standing, why, evidence, entry.text("gap"), condition.confidence)


def _compared(condition: Condition, entry: Entry | None, desk: Desk, hint: str) -> Judged:
    """A figure beside its threshold; one that nobody confirmed decides nothing."""
    text = f"{condition.text} ≥ {entry.text('value') if entry else condition.least}{condition.unit}"
    if entry is None:
        told = "、".join(desk.scheme.source(source) for source in condition.sources)
        why = f"门槛来自{told}，没有确认"
        return Judged(condition.id, text, Standing.OPEN, why, hint, confidence=condition.confidence)
    why = f"{entry.text('by')} {entry.date}"
    hint = "；".join(filter(None, (hint, f"门槛：{entry.text('source')}")))
    least, value = number(entry.text("value")), latest(condition.figure, desk)
    own = number(value[1]) if value else None
    if value is None or own is None or least is None:
        return Judged(condition.id, text, Standing.OPEN, f"{why}；没有这个数", hint, confidence="high")
    if own >= least:
        return Judged(condition.id, text, Standing.MET, why, hint, confidence="high")
    gap = f"{value[0]}年是 {value[1]}{condition.unit}，少于 {plain(least)}"
    return Judged(condition.id, text, Standing.UNMET, why, hint, gap, "high")


def hints(condition: Condition, desk: Desk) -> Iterator[str]:
    """What the ledger has on a condition: points of the assessment, a figure, records of a form."""
    answer = _assessed(condition.question, desk.facts) if condition.question else None
    if answer:
        yield f"{condition.question} 得 {answer.text('score')} 分：{answer.text('evidence') or '没有写证据'}"
    value = latest(condition.figure, desk) if condition.figure else None
    if value:
        yield f"{condition.figure} {value[0]}年 {value[1]}{condition.unit}"
    records = desk.facts.records(condition.document) if condition.document else ()
    if records:
        yield f"{records[-1].id} 等 {len(records)} 份" if len(records) > 1 else records[-1].id


def _assessed(question: str, facts: Facts) -> Entry | None:
    return rounds.answers(facts, rounds.latest(facts, (question,))).get(question)


def latest(figure: str, desk: Desk) -> tuple[int, str] | None:
    """The last year of which a figure is known, and what it was."""
    if desk.figures is None or figure not in desk.figures.book.by_line:
        return None
    found = ((year, desk.figures.amount(figure, year).shown) for year in reversed(desk.figures.years))
    return next(((year, shown) for year, shown in found if shown), None)


# The trial


def trial(level: Level, desk: Desk) -> Judged:
    """Whether the trial was long enough: by the source that the client chose, or by a reply; else all are shown."""
    id_, text = trial_id(level.level), f"{level.level}级的试运行月数"
    start = desk.start
    chosen = _chosen(level, desk)
    if chosen is None:
        return _undecided(level, desk)
    months, why = chosen
    named = f"{text}：{months}个月"
    if start is None:
        return Judged(id_, named, Standing.OPEN, f"{why}；还没有试运行开始日", confidence="high")
    due = add_months(start.day, months)
    if desk.facts.today < due:
        gap = f"{start.day} 起不满 {months} 个月"
        return Judged(id_, named, Standing.UNMET, why, str(start), gap, "high", ((f"按{months}个月", due),))
    return Judged(id_, named, Standing.MET, "", f"{start}；{why}", confidence="high")


def _chosen(level: Level, desk: Desk) -> tuple[int, str] | None:
    """The months that count and why; None while nobody decided."""
    entry, scheme = desk.answers.get(trial_id(level.level)), desk.scheme
    if entry:
        return int(entry.text("value")), f"{entry.text('source')}（{entry.text('by')} {entry.date}）"
    answer = desk.facts.client.text(scheme.trial.choice)
    claim = next((claim for claim in scheme.trial.claims if claim.answer == answer), None)
    return (claim.months[str(level.level)], f"企业选定{scheme.source(claim.source)}") if claim else None


def _undecided(level: Level, desk: Desk) -> Judged:
    """All claims side by side; where they agree it is still only said, where not they are in conflict."""
    claims = desk.scheme.trial.claims
    months = [claim.months[str(level.level)] for claim in claims]
    start = desk.start
    days = tuple(_days(level, claims, start.day)) if start else ()
    said = "，".join(
        f"{desk.scheme.source(claim.source)}：{each}个月" for claim, each in zip(claims, months, strict=True)
    )
    agree = len(set(months)) == 1
    why = f"{'几家说法相同，没有确认' if agree else '几家说法不同，没有确认'}：{said}"
    standing = Standing.OPEN if agree else Standing.CONFLICT
    text = f"{level.level}级的试运行月数"
    return Judged(trial_id(level.level), text, standing, why, confidence="low", earliest=days)


def _days(level: Level, claims: tuple[Months, ...], start: date) -> Iterator[tuple[str, date]]:
    seen: set[int] = set()
    for claim in claims:
        months = claim.months[str(level.level)]
        if months not in seen:
            yield f"按{months}个月", add_months(start, months)
        seen.add(months)


# What is answered


def answer_faults(entry: Entry, desk: Desk) -> Iterator[str]:
    """What is wrong with what somebody answered or confirmed."""
    condition = desk.scheme.by_id.get(entry.id)
    if not entry.text("by").strip():
        yield "没有写谁评的（--by 姓名）"
    if condition and not condition.least:
        if entry.text("standing") not in (Standing.MET, Standing.UNMET):
            yield f"“{entry.text('standing')}”应当是 满足 或 不满足"
        elif entry.text("standing") == Standing.MET and not entry.text("evidence").strip():
            yield "写“满足”要写证据"
        elif entry.text("standing") == Standing.UNMET and not entry.text("gap").strip():
            yield "写“不满足”要写差在哪里"
        return
    value = number(entry.text("value"))
    if value is None or value < 0 or (condition is None and value != value.to_integral_value()):
        yield f"“{entry.text('value')}”应当是{'数' if condition else '整月数'}"
    if not entry.text("source").strip():
        yield "没有写谁确认的门槛（--source，如 某评价机构2026-10-08书面答复）"


def answer_remarks(entry: Entry, desk: Desk) -> Iterator[str]:
    """What is said of an answer that is kept: the assessment that it was built on says otherwise."""
    condition = desk.scheme.by_id.get(entry.id)
    if condition is None or not condition.question or entry.text("standing") != Standing.MET:
        return
    answer = _assessed(condition.question, desk.facts)
    if answer and as_date(answer.date) and int(answer.text("score")) <= 1:
        yield f"{entry.id} 写“满足”，{condition.question} 只得 {answer.text('score')} 分，核对证据"
