"""Obligations, risks, measures, evaluation of compliance: in this order (DT-50)."""

from collections.abc import Iterator

from gbtool.model.entry import Entry, EntryKind, as_date
from gbtool.model.facts import Facts
from gbtool.rules.engine import Fault, rule
from gbtool.rules.order import not_after
from gbtool.rules.reading import Dated, at, dated, milestone

OBLIGATIONS, RISKS, EVALUATION = "reg-obligations", "rec-risk-assessment", "rec-compliance-eval"
RUNNING = "进行中"


def _measures(assessment: Entry) -> Iterator[tuple[str, Dated]]:
    """The last day of every measure of an assessment, with the obligation that it serves."""
    for number, row in enumerate(assessment.rows(), 1):
        day, where = as_date(row.get("期限")), f"第{number}行期限"
        if day:
            yield (
                str(row.get("对应义务") or ""),
                Dated(day, f"{assessment.id} {where}", at(assessment, f"{where} {day}")),
            )


@rule("DT-50", of=lambda facts: facts.records(OBLIGATIONS)[:1])
def obligations_first(listed: Entry, facts: Facts) -> Iterator[Fault]:
    """The first list of obligations comes before the first assessment of risks and evaluation of compliance.

    Later lists are carried on from year to year, and the old edition has no such list: neither is asked.
    """
    known = dated(listed, "编制日期")
    fix = "先识别义务，再评估风险、评价合规；写错的更正，倒置的如实说明"
    for form, field in ((RISKS, "评估日期"), (EVALUATION, "评价日期")):
        fault = not_after(known, dated(next(iter(facts.records(form)), None), field), fix)
        if fault:
            yield fault


@rule("DT-50", of=lambda facts: facts.records(RISKS) if facts.records(OBLIGATIONS) else ())
def measures_after_the_assessment(assessment: Entry, facts: Facts) -> Iterator[Fault]:
    """No measure was due before the assessment that sets it."""
    assessed = dated(assessment, "评估日期")
    for _, last in _measures(assessment):
        fault = not_after(assessed, last, "措施在评估中确定；核对期限")
        if fault:
            yield fault


@rule("DT-50", of=lambda facts: facts.records(EVALUATION)[:1] if facts.records(OBLIGATIONS) else ())
def first_evaluation(evaluation: Entry, facts: Facts) -> Iterator[Fault]:
    """The first evaluation comes before the audit; what it says of a measure that still runs says that it runs."""
    evaluated, audit = dated(evaluation, "评价日期"), milestone(facts.one(EntryKind.AUDIT_PLAN), "start", facts)
    late = not_after(evaluated, audit, f"{facts.say('内审')}要看得到合规性评价；已经发生的如实说明", soft=True)
    if late:
        yield late
    said = {str(row.get("义务编号") or ""): str(dict(row)) for row in evaluation.rows()}
    for assessment in facts.records(RISKS) if evaluated else ():
        for obligation, last in _measures(assessment):
            if evaluated and last.day > evaluated.day and RUNNING not in said.get(obligation, RUNNING):
                message = f"{last} 晚于 {evaluated}，评价里 {obligation} 没有写“{RUNNING}”"
                yield Fault(message, (last.place, at(evaluation, obligation)), "写明措施还在进行", soft=True)
