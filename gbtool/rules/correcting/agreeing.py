"""Whether the five places in which an audit's nonconformities are named say the same (CN-22)."""

import re
from collections.abc import Collection, Iterator, Mapping

from gbtool.model.checklist import Judgement
from gbtool.model.entry import Entry, EntryKind
from gbtool.model.facts import Facts
from gbtool.rules.audits import CHECKLIST, JUDGED, NONCONFORMITY, NUMBER
from gbtool.rules.correcting import rounds
from gbtool.rules.corrections import number_of
from gbtool.rules.engine import Fault, rule
from gbtool.rules.reading import at

DISTRIBUTION, INPUT = "rec-nc-distribution", "rec-review-input"
ITEM = "内审外审结果"
_FAILS = (Judgement.MINOR, Judgement.MAJOR)
_COUNTED = re.compile(r"不符合\D{0,3}?(\d+)项|(\d+)项[^，。；\d]{0,6}不符合")


def audit_of(report: Entry, facts: Facts) -> Entry | None:
    """The plan of the audit that a report is about."""
    named = [plan for plan in rounds.plans(facts) if plan.text("audit") and plan.text("audit") == report.text("audit")]
    return named[0] if named else rounds.plan_at(report.text("audit_start"), facts)


def given_in(plan: Entry | None, facts: Facts) -> Mapping[str, Entry]:
    """The nonconformity reports of an audit by number: the one list that all others repeat."""
    return {number_of(record): record for record in rounds.of_audit(facts.records(NONCONFORMITY), plan, facts)}


@rule("CN-22", of=lambda facts: facts.of(EntryKind.AUDIT_REPORT))
def same_nonconformities_everywhere(report: Entry, facts: Facts) -> Iterator[Fault]:
    """Report, nonconformity reports, checklists, distribution and review name the same nonconformities."""
    plan = audit_of(report, facts)
    given = given_in(plan, facts)
    yield from _listed(report, given)
    for record in rounds.of_audit(facts.records(CHECKLIST), plan, facts):
        yield from _checked(record, given, report)
    for record in rounds.of_audit(facts.records(DISTRIBUTION), plan, facts):
        yield from _distributed(record, given, report)
    yield from _reviewed(report, plan, given, facts)


def _listed(report: Entry, given: Mapping[str, Entry]) -> Iterator[Fault]:
    value = report.get("nonconformities")
    listed = {str(each) for each in value} if isinstance(value, (list, tuple)) else set()
    first = next(iter(given.values()), report)
    if listed != set(given):
        missing = "、".join(sorted(set(given) ^ listed))
        places = (at(report, f"nonconformities {len(listed)}项"), at(first, f"{NONCONFORMITY} {len(given)}份"))
        yield Fault(
            f"审核报告列 {len(listed)} 项，不符合报告 {len(given)} 份，差 {missing}", places, "两处改成同一组编号"
        )
    counted = str(report.mapping("counts").get("nonconformities") or "")
    if counted and counted != str(len(given)):
        places = (at(report, f"counts nonconformities {counted}"), at(first, f"{NONCONFORMITY} {len(given)}份"))
        yield Fault(f"审核报告的统计写 {counted} 项，不符合报告 {len(given)} 份", places, "重新出报告")


def _checked(record: Entry, given: Collection[str], report: Entry) -> Iterator[Fault]:
    """A row that does not conform names a report that is there."""
    for row in record.rows():
        number = str(row.get(NUMBER) or "")
        if Judgement.read(str(row.get(JUDGED) or "")) in _FAILS and number not in given:
            where = f"第{row.get('序号')}行 {number}"
            message = f"{record.id} 第{row.get('序号')}行判{row.get(JUDGED)}，没有编号是“{number}”的不符合报告"
            yield Fault(
                message, (at(record, where), at(report, f"不符合报告 {len(given)}份")), "补不符合报告，或更正编号"
            )


def _distributed(record: Entry, given: Collection[str], report: Entry) -> Iterator[Fault]:
    total = sum(int(str(row.get("合计") or "0")) for row in record.rows() if str(row.get("合计") or "0").isdigit())
    if total != len(given):
        places = (at(record, f"合计 {total}"), at(report, f"不符合报告 {len(given)}份"))
        yield Fault(f"分布表合计 {total} 项，不符合报告 {len(given)} 份", places, "核对分布表")
    said = "；".join(str(row.get("各条款不符合数") or "") for row in record.rows())
    lost = [number for number in given if number not in said]
    if lost and len(lost) < len(given):  # a table without numbers only counts
        places = (at(record, "各条款不符合数"), at(report, f"不符合报告 {len(given)}份"))
        yield Fault(f"分布表里没有 {'、'.join(lost)}", places, "核对分布表")


def _reviewed(report: Entry, plan: Entry | None, given: Mapping[str, Entry], facts: Facts) -> Iterator[Fault]:
    """The review that follows closes what there was, and its inputs count the same."""
    later = [each.text("audit_start") for each in facts.of(EntryKind.AUDIT_REPORT)]
    until = min((day for day in later if day > report.text("audit_start")), default="9999")
    known = {number_of(record) for record in facts.records(NONCONFORMITY)}
    for review in facts.of(EntryKind.REVIEW_REPORT):
        if not report.text("issued") <= review.text("review_date") < until:
            continue
        value = review.get("nonconformities_closed")
        strange = [str(each) for each in value if each not in known] if isinstance(value, (list, tuple)) else []
        if strange:
            places = (at(review, "nonconformities_closed"), at(report, f"不符合报告 {len(given)}份"))
            word = facts.say("管理评审")
            message = f"{word}报告写已关闭的 {'、'.join(strange)}，没有这样的不符合报告"
            yield Fault(message, places, "核对编号")
    for record in facts.records(INPUT):
        if report.text("issued") <= record.date < until:
            yield from _brought(record, plan, len(given), facts)


def _brought(record: Entry, plan: Entry | None, count: int, facts: Facts) -> Iterator[Fault]:
    for row in record.rows():
        item = str(row.get("输入项") or "")
        about = facts.standard.head.usual_input(item) == ITEM
        found = _COUNTED.search(str(row.get("内容") or "")) if about else None
        said = next((part for part in found.groups() if part), "") if found else ""
        if said and int(said) != count:
            audit = facts.say("内审")
            places = (at(record, f"{item} {found[0] if found else ''}"), f"{plan.id if plan else audit} {count}份")
            yield Fault(
                f"{record.id} 写{audit}不符合 {said} 项，不符合报告 {count} 份", places, "核对输入材料", soft=True
            )
