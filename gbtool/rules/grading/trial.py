"""Whether the trial was long enough: by the source that the client chose, or by a reply; else all are shown."""

from collections.abc import Iterator
from datetime import date

from gbtool.model.calendar import add_months
from gbtool.model.grading import Judged, Level, Months, Standing, trial_id
from gbtool.rules.grading.desk import Desk


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
