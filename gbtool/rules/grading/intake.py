"""What is wrong with an answer to a condition or a threshold that somebody confirmed, before it is kept."""

from collections.abc import Iterator

from gbtool.model.entry import Entry, as_date
from gbtool.model.grading import Standing
from gbtool.rules.diagnosis.figures import number
from gbtool.rules.grading.desk import Desk, assessed


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
    answer = assessed(condition.question, desk.facts)
    if answer and as_date(answer.date) and int(answer.text("score")) <= 1:
        yield f"{entry.id} 写“满足”，{condition.question} 只得 {answer.text('score')} 分，核对证据"
