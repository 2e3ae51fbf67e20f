"""The points beside others: those of the time before, and what the platform gave."""

from collections.abc import Iterator

from gbtool.commands.diagnosis.lines import Told, percent
from gbtool.commands.diagnosis.standing import Diagnosis
from gbtool.documents.papers import Block, Table, Text
from gbtool.rules.diagnosis.scoring import Answer, Share
from gbtool.word.charts import radar
from gbtool.word.drawing import Picture

PLATFORM = "平台填报值"


def picture(given: Diagnosis) -> Picture:
    """The radar of the dimensions, with the time before as a dashed line."""
    before = {share.name: share.percent for share in given.before.dimensions} if given.before else {}
    axes = [radar.Axis(share.name, share.percent, before.get(share.name)) for share in given.survey.dimensions]
    rings = "、".join(map(str, radar.RINGS))
    dashed = f"；虚线为第{given.round - 1}次" if given.before else ""
    return radar.picture(axes, f"各方面的得分（满分100，各圈为{rings}{dashed}）")


def comparison(told: Told) -> Iterator[Block]:
    """How the points changed since the time before; nothing the first time."""
    given = told.given
    if given.before is None:
        return
    pairs = zip(
        (*given.before.dimensions, given.before.total), (*given.survey.dimensions, given.survey.total), strict=True
    )
    rows = tuple((now.name, percent(was), percent(now), change(was, now)) for was, now in pairs)
    yield Table(("方面", f"第{given.round - 1}次", f"第{given.round}次", "变化"), rows, (0.46, 0.18, 0.18, 0.18))
    moved = tuple(_moved(given))
    if moved:
        yield Text("得分变了的题：")
        yield Table(("编号", "问题", "原来", "现在", "这次看到的"), moved, (0.1, 0.36, 0.09, 0.09, 0.36))
    lost = [probe.id for probe in given.survey.open if given.before.by_id.get(probe.id)]
    if lost:
        yield Text(f"上次打了分、这次还没有打的{len(lost)}题和含有它们的合计不比：{'、'.join(lost)}。")


def change(was: Share, now: Share) -> str:
    """The change of points, empty where one of them is not known or stands for other questions."""
    if was.percent is None or now.percent is None or was.answered != now.answered:
        return ""
    return f"{now.percent - was.percent:+.1f}"


def moved(given: Diagnosis) -> tuple[tuple[Answer, Answer], ...]:
    """The questions that earned other points than the time before."""
    before = given.before.by_id if given.before else {}
    pairs = ((before[answer.probe.id], answer) for answer in given.survey.answers if answer.probe.id in before)
    return tuple((was, now) for was, now in pairs if was.counted != now.counted)


def _moved(given: Diagnosis) -> Iterator[tuple[str, ...]]:
    for was, now in moved(given):
        yield now.probe.id, now.probe.question, str(was.counted), str(now.counted), now.evidence


def platform(told: Told) -> Iterator[Block]:
    """What the official platform gave, beside what was found here; never converted."""
    form = told.given.scheme.record
    rows = [row for record in told.given.facts.records(form) if form for row in record.rows() if row.get(PLATFORM)]
    yield Text("平台的题目和评分办法没有公开；平台的结果和本测评并列保存，不互相换算。")
    if not rows:
        yield Text("台账里还没有登记平台测评的结果。")
        return
    names = ("题号", "得分", PLATFORM)
    yield Table(names, tuple(tuple(str(row.get(name) or "") for name in names) for row in rows), (0.3, 0.3, 0.4))
