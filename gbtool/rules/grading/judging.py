"""Which level a client may claim: conditions answered or reckoned, the trial; what is open is no pass."""

from collections.abc import Iterator

from gbtool.model.entry import Entry
from gbtool.model.grading import Claim, Condition, Graded, Judged, Level, Standing
from gbtool.rules.diagnosis.figures import number, plain
from gbtool.rules.grading.desk import Desk, assessed, latest
from gbtool.rules.grading.trial import trial


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
    answer = assessed(condition.question, desk.facts) if condition.question else None
    if answer:
        yield f"{condition.question} 得 {answer.text('score')} 分：{answer.text('evidence') or '没有写证据'}"
    value = latest(condition.figure, desk) if condition.figure else None
    if value:
        yield f"{condition.figure} {value[0]}年 {value[1]}{condition.unit}"
    records = desk.facts.records(condition.document) if condition.document else ()
    if records:
        yield f"{records[-1].id} 等 {len(records)} 份" if len(records) > 1 else records[-1].id
