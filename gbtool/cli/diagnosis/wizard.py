"""The diagnosis at the terminal: question by question, then figure by figure; each is kept at once."""

from collections.abc import Sequence

from gbtool.cli import ask, show
from gbtool.commands.diagnosis.standing import Diagnosis, diagnosis_of
from gbtool.commands.diagnosis.taking import answered, measured, take
from gbtool.errors import FileFaults
from gbtool.model.answers import date_complaint
from gbtool.model.diagnosis import SCORES, Indicator, Measure, Probe
from gbtool.model.entry import Entry
from gbtool.rules.diagnosis.figures import number

STOP = "停下，以后接着答"


def sit(given: Diagnosis, by: str, departments: Sequence[str]) -> None:
    """Ask what is open; Ctrl-C or 停下 leaves, and what was answered is kept."""
    try:
        by = by or _needed("打分人的姓名")
        if _questions(given, by, departments) and not departments:
            _figures(given, by)
    except KeyboardInterrupt:
        show.text("停下：答过的都已保存，下次接着答。")


def _needed(question: str) -> str:
    while True:
        text = ask.line(question)
        if text:
            return text


def _questions(given: Diagnosis, by: str, departments: Sequence[str]) -> bool:
    """Whether all were gone through."""
    open_ = {probe.id for probe in given.survey.open}
    waiting = [probe for probe in given.asked(departments) if probe.id in open_]
    for place, probe in enumerate(waiting, 1):
        show.text(f"\n[{place}/{len(waiting)}] {probe.id} {probe.dimension}　{probe.question}")
        show.pairs([("问", given.carriers(probe)), ("看", "、".join(probe.evidence)), ("红线", _red(probe))])
        score = ask.one("几分", [*_choices(probe, given), (ask.LATER, -1), (STOP, None)])
        if score is None:
            return False
        if score >= 0:
            _keep(given, answered(probe.id, given.facts.today.isoformat(), _said(probe, score, by), given.round))
    return True


def _red(probe: Probe) -> str:
    return "得 0 分的要限期处理" if probe.red_flag else ""


def _choices(probe: Probe, given: Diagnosis) -> list[tuple[str, int | None]]:
    return [
        (f"{points}　{probe.anchors.get(str(points)) or given.scheme.scale[str(points)]}", points) for points in SCORES
    ]


def _said(probe: Probe, score: int, by: str) -> dict[str, str]:
    evidence = ask.line("看到的证据（什么文件、记录、日期、谁说的；没有证据的最高按 1 分计）")
    counts = {}
    if probe.sample:
        counts["sampled"] = ask.line(f"抽了几份（应抽 {probe.sample} 份，不足的全看）", _whole)
        counts["failed"] = ask.line("其中几份不合格", _whole) if counts["sampled"] else ""
    return {"score": str(score), "evidence": evidence, "by": by, **counts}


def _whole(text: str) -> str | None:
    return None if text.isdecimal() else "写整数"


def _figures(given: Diagnosis, by: str) -> None:
    if not given.missing:
        return
    show.text(f"\n── 基准数据 · {len(given.missing)} 项，体系实施以后补不出来 ──")
    period = "至".join(_day(name) for name in ("统计期从哪天起", "到哪天止"))
    for place, indicator in enumerate(given.missing, 1):
        show.text(f"\n[{place}/{len(given.missing)}] {indicator.id} {indicator.name}　{indicator.definition}")
        choice = ask.one("有数吗", [("有", 1), ("取不到", 0), (ask.LATER, -1), (STOP, None)])
        if choice is None:
            return
        if choice >= 0:
            values = _measured(indicator) if choice else {"note": _needed("为什么取不到")}
            values |= {"period": period, "by": by}
            _keep(given, measured(indicator.id, given.facts.today.isoformat(), values))


def _day(question: str) -> str:
    while True:
        text = ask.line(f"{question}（如 2025-04-01）", date_complaint)
        if text:
            return text


def _measured(indicator: Indicator) -> dict[str, str]:
    values = {"value": ask.line(f"数值（{indicator.unit}）", _number)} if indicator.kind is Measure.COUNT else {}
    if indicator.denominator:
        values["numerator"] = ask.line(f"分子：{indicator.numerator}", _number)
        values["denominator"] = ask.line(f"分母：{indicator.denominator}", _number)
    return {**values, "source": _needed("取自哪份台账或凭证")}


def _number(text: str) -> str | None:
    return None if number(text) is not None else "写数字"


def _keep(given: Diagnosis, entry: Entry) -> None:
    try:
        taken = take(diagnosis_of(given.work, given.facts.today), [entry], typed=True)
    except FileFaults as faults:
        show.error(faults)
        show.text("这一项没有保存，下次再答。")
        return
    for remark in taken.remarks:
        show.text(f"  注意：{remark}")
